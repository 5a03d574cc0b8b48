"""Which format the ending of a file means."""

from __future__ import annotations

from collections.abc import Mapping

from ht_cli.errors import UsageError
from ht_cli.locale import translate as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SHEET = {
    "": "html", ".html": "html", ".htm": "html", ".txt": "text", ".md": "markdown", ".pdf": "pdf", ".eml": "eml", ".vcf": "vcard",
}  # fmt: skip
ANY_TEXT = ("", ".txt")  # endings that promise no format


def meant_by(output: Path, endings: Mapping[str, str]) -> str:
    """Give the format that the ending of a file means. Raises UsageError, with what can be written here and by others, when it means none."""
    ending = output.suffix.lower()
    if ending not in endings:
        elsewhere = (
            _("{ending} cannot be written here, but: {endings}; others are made by ht export")
            if endings is SHEET
            else _("{ending} cannot be written here, but: {endings}; others are made by ht export and ht sheet")
        )
        raise UsageError(elsewhere.format(ending=ending, endings=" ".join(filter(None, endings))))
    return endings[ending]


def refuse_another_format(asked: str, output: Path, endings: Mapping[str, str]) -> None:
    """Refuse a file whose name promises another format than the one asked for; one without an ending of its own may go anywhere.

    Raises UsageError.
    """
    ending = output.suffix.lower()
    promised = endings.get(ending, asked)
    if promised != asked and ending not in ANY_TEXT and asked in endings.values():
        raise UsageError(
            _("{path} promises {promised}, and {asked} is asked for: leave one out, or name the file otherwise").format(
                path=output, promised=ending.removeprefix("."), asked=asked
            )
        )
