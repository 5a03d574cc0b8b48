"""Shows what stands and what was set aside, each with who said it and how it was checked, and asks which is right."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from ht_cli.dates import day_text
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.output.changes import answer_to_what_stands, local_time, value_text
from ht_cli.output.confidential import made_public, public
from ht_cli.output.terminal import note, write
from ht_cli.output.told import told_day, told_fields
from ht_cli.shapes import Protocol
from ht_cli.wording import reader_text


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

    @property
    def secret(self) -> bool:
        """Whether no address of the resource may be shown."""


HEADERS = ("resource", "field", "stands", "said_by", "said_at", "checked_on", "checked_how", "aside", "aside_by", "aside_at", "aside_checked_on", "aside_checked_how")  # fmt: skip

_STANDING = ("status", "closed_on", "closed_reason", "successor")  # what says together whether a resource is open


def write_conflicts(things: Sequence[Sequence[Sides]], area: Callable[[str], str]) -> None:
    """Write conflicts, thing by thing, each with both sides; `area` says the code of an area in words."""
    write((line for thing in things for line in _lines(thing, area)), prose=True)


def conflict_rows(conflicts: Sequence[Sides]) -> list[tuple[str, ...]]:
    """Give a row for each conflict, as `HEADERS` names the columns."""
    return [_row(conflict) for conflict in conflicts]


def _row(one: Sides) -> tuple[str, ...]:
    stands, aside = _said_differently(one)
    said = (*_cells(stands, one.standing_word, one.standing_check), *_cells(aside, one.aside_word, one.aside_check))
    return (one.resource, one.field, *said)


def ask_which_stands(thing: Sequence[Sides], number: int, count: int, area: Callable[[str], str]) -> bool | None:
    """Ask on the terminal: True to keep what stands, False to take what was set aside, None to leave it for later."""
    note(_("{number} of {count}").format(number=number, count=count))
    note("".join(_lines(thing, area)).rstrip())
    return {"1": True, "2": False}.get(answer_to_what_stands(_("1 = keep what stands · 2 = take what was set aside · empty = later")))


def _lines(thing: Sequence[Sides], area: Callable[[str], str]) -> Iterator[str]:
    named = ", ".join((thing[0].resource, *_fields_named(thing)))
    sides = {one.field: _said_differently(one) for one in thing}
    telling = next((one for one in thing if one.field in ("name", "status")), thing[0])
    stands, aside = ({field: pair[side] for field, pair in sides.items()} for side in (0, 1))
    yield f"{named}:\n"
    yield f"    {_('stands')}: {_side_text(stands, area)}{_by(telling.standing_word, telling.standing_check)}\n"
    yield f"    {_('set aside')}: {_side_text(aside, area)}{_by(telling.aside_word, telling.aside_check)}\n"
    if any(made_public({one.field: (one.stands, one.aside)}, secret=one.secret) for one in thing):
        yield f"    {_('taken, everybody would see it: an address of this house is kept confidential, or was')}\n"


def _fields_named(thing: Sequence[Sides]) -> Iterator[str]:
    """Give the fields that people know the thing by: that a resource is closed, or there at all, is said of the whole."""
    fields = [one.field for one in thing]
    if not _is_of_the_whole(fields):
        yield from fields


def _is_of_the_whole(fields: Collection[str]) -> bool:
    return (len(fields) > 1 and "name" in fields) or any(field in _STANDING for field in fields)


def _side_text(said: Mapping[str, Any], area: Callable[[str], str]) -> str:
    """Say one side of a thing in a line."""
    if len(said) > 1 and "name" in said:
        return _("in the catalogue: {name}").format(name=said["name"]) if said["name"] else _("not in the catalogue")
    if any(field in _STANDING for field in said):
        return _standing_text(said)
    if len(said) == 1:
        return next(_value_texts(said, area))
    return ", ".join(f"{field} {text}" for field, text in zip(said, _value_texts(said, area), strict=True))


def _standing_text(said: Mapping[str, Any]) -> str:
    """Say whether it is open, or closed since when, why, and what follows it; where only that differs, both say that it is closed."""
    if said.get("status", "closed") != "closed":
        return {"unverified": _("unverified"), "unreachable": _("could not be reached")}.get(said["status"] or "", _("open"))
    since = _("closed since {day}").format(day=day_text(said["closed_on"])) if said.get("closed_on") else _("closed")
    follows = _("followed by {id}").format(id=said["successor"]) if said.get("successor") else ""
    return ", ".join(filter(None, (since, said.get("closed_reason"), follows)))


def _value_texts(said: Mapping[str, Any], area: Callable[[str], str]) -> Iterator[str]:
    for field, value in said.items():
        if value is None:
            yield _("nothing")
        elif isinstance(value, list):
            yield ", ".join(value_text(_in_words(field, entry, area)) for entry in value)
        else:
            yield value_text(value)


def _in_words(field: str, entry: Any, area: Callable[[str], str]) -> Any:
    """Give an entry of a list as people read it: a town by its name, a text in the reader's language."""
    if field == "areas":
        return area(entry)
    if not isinstance(entry, Mapping):
        return entry
    shown = {part: said for part, said in entry.items() if part != "nis"}
    if entry.get("nis") and not entry.get("locality"):
        shown["locality"] = area(f"nis:{entry['nis']}")
    return {part: reader_text(said)[0] if isinstance(said, Mapping) else said for part, said in shown.items()}


def _said_differently(one: Sides) -> tuple[Any, Any]:
    """Give the two values as they may be shown; of a list or of texts by language, only the entries that differ."""
    stands, aside = public(told_fields({one.field: (one.stands, one.aside)}), secret=one.secret)[one.field]
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
        said.append(_("checked on {date}, {how}").format(date=day_text(told_day(check.on)), how=ways.get(check.how, check.how)))
    elif word:
        said.append(_("not checked"))
    return f" ({', '.join(said)})" if said else ""


def _cells(value: Any, word: Change | None, check: Check | None) -> tuple[str, ...]:
    return (
        value_text(value),
        word.who if word else "",
        word.at if word else "",
        told_day(check.on) if check else "",
        check.how if check else "",
    )
