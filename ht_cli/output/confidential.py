"""Who may see a confidential address: whoever asks for it on a terminal, and nobody else, in no output of any kind."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ht_cli.errors import UsageError
from ht_cli.locale import translate as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SECRET = {"confidential": True}  # what stands in place of one
_revealed = False


def reveal() -> None:
    """Show confidential addresses from here on. Raises UsageError where what is written would not stand on a terminal."""
    global _revealed
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        raise UsageError(_("--show-confidential shows on a terminal only, and writes to no file and no pipe"))
    _revealed = True


def refuse_in_a_file(asked: bool, output: Path | None) -> None:
    """Refuse to write to a file what was asked to be shown. Raises UsageError."""
    if asked and output:
        raise UsageError(_("--show-confidential shows on a terminal only, and writes to no file and no pipe"))


def conceal() -> None:
    """Show none any more."""
    global _revealed
    _revealed = False


def shows_confidential() -> bool:
    """Say whether they were asked for on a terminal."""
    return _revealed


def public(fields: Mapping[str, tuple[Any, Any]], *, secret: bool = False) -> dict[str, tuple[Any, Any]]:
    """Give changed fields as anybody may see them: where an address is confidential before or after, none that differs is shown.

    It may be the one that has just become secret. `secret` says that one was at some other time.
    """
    shown = dict(fields)
    before, after = shown.get("addresses", (None, None))
    if not _revealed and (secret or _holds_secret(before) or _holds_secret(after)):
        shown["addresses"] = (_hidden(before, after), _hidden(after, before))
    return {field: sides for field, sides in shown.items() if field in fields}


def _holds_secret(value: Any) -> bool:
    return isinstance(value, Sequence) and any(isinstance(row, Mapping) and row.get("confidential") for row in value)


def _hidden(rows: Any, others: Any) -> Any:
    """Put what is no address in place of each that is secret or does not stand on the other side too."""
    if not isinstance(rows, Sequence):
        return rows
    return [row if row in (others or ()) and not row.get("confidential") else SECRET for row in rows]
