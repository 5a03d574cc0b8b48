"""Shows what stands and what was set aside, each with who said it and how it was checked, and asks which is right."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from ht_cli.dates import day_text
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.output.changes import answer_to_what_stands, local_time, value_text
from ht_cli.output.confidential import public
from ht_cli.output.terminal import note, write


class Check(Protocol):
    """How a person confirmed a value."""

    @property
    def on(self) -> str:
        """The day, ISO 8601."""

    @property
    def how(self) -> str:
        """By phone, mail, site or visit."""

    @property
    def by(self) -> str:
        """Their initials."""


class Sides(Protocol):
    """A field of a resource of which people said different things."""

    @property
    def resource(self) -> str:
        """The id of the resource."""

    @property
    def field(self) -> str:
        """The field."""

    @property
    def stands(self) -> Any:
        """What stands."""

    @property
    def aside(self) -> Any:
        """What was set aside."""

    @property
    def standing_word(self) -> Change | None:
        """The entry that says what stands; None: the release."""

    @property
    def aside_word(self) -> Change | None:
        """The entry that says what was set aside."""

    @property
    def standing_check(self) -> Check | None:
        """Who confirmed what stands."""

    @property
    def aside_check(self) -> Check | None:
        """Who confirmed what was set aside."""


HEADERS = ("resource", "field", "stands", "said_by", "said_at", "checked_on", "checked_how", "aside", "aside_by", "aside_at", "aside_checked_on", "aside_checked_how")  # fmt: skip


def write_conflicts(conflicts: Sequence[Sides]) -> None:
    """Write conflicts, each with both values."""
    write((line for conflict in conflicts for line in _lines(conflict)), prose=True)


def conflict_rows(conflicts: Sequence[Sides]) -> list[tuple[str, ...]]:
    """Give a row for each conflict, as `HEADERS` names the columns."""
    return [_row(conflict) for conflict in conflicts]


def _row(one: Sides) -> tuple[str, ...]:
    stands, aside = _said_differently(one)
    said = (*_cells(stands, one.standing_word, one.standing_check), *_cells(aside, one.aside_word, one.aside_check))
    return (one.resource, one.field, *said)


def ask_which_stands(conflict: Sides, number: int, count: int) -> bool | None:
    """Ask on the terminal: True to keep what stands, False to take what was set aside, None to leave it for later."""
    note(_("{number} of {count}").format(number=number, count=count))
    note("".join(_lines(conflict)).rstrip())
    return {"1": True, "2": False}.get(answer_to_what_stands(_("1 = keep what stands · 2 = take what was set aside · empty = later")))


def _lines(conflict: Sides) -> Iterator[str]:
    yield f"{conflict.resource}, {conflict.field}:\n"
    stands, aside = _said_differently(conflict)
    yield f"    {_('stands')}: {value_text(stands)}{_by(conflict.standing_word, conflict.standing_check)}\n"
    yield f"    {_('set aside')}: {value_text(aside)}{_by(conflict.aside_word, conflict.aside_check)}\n"


def _said_differently(one: Sides) -> tuple[Any, Any]:
    """Give the two values as they may be shown; of a list or of texts by language, only the entries that differ."""
    stands, aside = public({one.field: (one.stands, one.aside)})[one.field]
    return _without(stands, aside), _without(aside, stands)


def _without(value: Any, other: Any) -> Any:
    if isinstance(value, list):
        return [entry for entry in value if entry not in (other or ())] or None
    if isinstance(value, dict):
        return {part: said for part, said in value.items() if said != (other or {}).get(part)} or None
    return value


def _by(word: Change | None, check: Check | None) -> str:
    said = [*([word.who] if word and word.who else []), *([local_time(word.at)] if word else [])]
    if check:
        ways = {"phone": _("by phone"), "mail": _("by mail"), "site": _("on their site"), "visit": _("by a visit")}
        said.append(_("checked on {date}, {how}").format(date=day_text(check.on), how=ways.get(check.how, check.how)))
    elif word:
        said.append(_("not checked"))
    return f" ({', '.join(said)})" if said else ""


def _cells(value: Any, word: Change | None, check: Check | None) -> tuple[str, ...]:
    return (value_text(value), word.who if word else "", word.at if word else "", check.on if check else "", check.how if check else "")
