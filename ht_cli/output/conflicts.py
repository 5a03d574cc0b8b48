"""Shows two values of one fact side by side, and asks which stands."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from ht_cli.locale import translate as _
from ht_cli.output.changes import answer, value_text
from ht_cli.output.terminal import note, write


class Sides(Protocol):
    """A field of a resource of which two sides say different things."""

    @property
    def resource(self) -> str:
        """The id of the resource."""

    @property
    def field(self) -> str:
        """The field."""

    @property
    def ours(self) -> Any:
        """What we say."""

    @property
    def theirs(self) -> Any:
        """What the other side says."""


def write_conflicts(conflicts: Sequence[Sides]) -> None:
    """Write conflicts, each with both values."""
    write(line for conflict in conflicts for line in _lines(conflict))


def ask_which_stands(conflict: Sides, number: int, count: int) -> bool | None:
    """Ask on the terminal: True for ours, False for theirs, None to leave it for later."""
    note(_("{number} of {count}").format(number=number, count=count))
    note("".join(_lines(conflict)).rstrip())
    return {"1": True, "2": False}.get(answer(_("1 = ours · 2 = theirs · empty = later")))


def _lines(conflict: Sides) -> Iterator[str]:
    yield f"{conflict.resource}, {conflict.field}:\n"
    yield f"    {_('ours')}: {value_text(conflict.ours)}\n"
    yield f"    {_('theirs')}: {value_text(conflict.theirs)}\n"
