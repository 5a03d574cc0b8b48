"""What one entry of the journal says of each cell of a resource, and who had seen what when they said it.

An entry *touches* a cell: it gives it a value, takes the value away, or confirms the one that is there. `standing.py` weighs the
touches of all entries against one another.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ht_cli.catalogue.keeping.cells import ORDER, WHOLE_CHECK, FactCell, cells_of, changed_cells, fields_of
from ht_cli.catalogue.keeping.secrecy import as_it_travels
from ht_cli.model import Change, holds_secret
from ht_cli.shapes import NamedTuple

Seen = Mapping[str, tuple[str, str]]  # by device, its last entry (moment, name) that was known
_REPLACED = ("phones", "addresses")  # lists in which one entry takes the place of another
OPEN = ("standing", "")  # a record that says nothing of it is open, and a check confirms that


class Check(NamedTuple):
    """A person confirmed it: the day, how, by whom; of the whole record or of this field."""

    on: str
    how: str
    by: str
    whole: bool


class Touch(NamedTuple):
    """What one entry says of one cell: a value, newly given or confirmed; None is taken away."""

    value: Any
    check: Check | None = None
    entry: Change | None = None  # None: what was released
    confirmed: "Touch | None" = None  # who confirmed it, where the check was taken over from there

    @property
    def rank(self) -> tuple[bool, tuple[str, str], tuple[str, str]]:
        """The later in this order stands: of what is confirmed, what was confirmed later, whoever settled for it since."""
        return self.check is not None, stamp_of((self.confirmed or self).entry), stamp_of(self.entry)


class Replacement(NamedTuple):
    """An entry of a list that somebody put in the place of another one."""

    old: FactCell
    new: FactCell
    entry: Change


def stamp_of(entry: Change | None) -> tuple[str, str]:
    """Give what puts an entry in its place among all of them: its moment, then its name; what was released comes first."""
    return (entry.at, entry.uuid) if entry else ("", "")


def has_seen(seen: Seen, touch: Touch, entry: Change | None = None) -> bool:
    """Say whether somebody had seen a touch; it may also be their own."""
    if touch.entry is None or touch.entry is entry:
        return True
    return seen.get(touch.entry.device or touch.entry.uuid, ("", "")) >= stamp_of(touch.entry)


def cells_given(entry: Change) -> dict[FactCell, Any]:
    """Give the cells of which an entry says a value, each with it: None where it takes the value away.

    A secret address that moved is said to be there, by who knows it and by who only heard of it: both have it unchecked then.
    """
    given: dict[FactCell, Any] = {}
    for field, (before, after) in _all_fields(entry).items():
        for cell, value in changed_cells(field, before, after).items():
            given[cell] = {**given[cell], **value} if isinstance(given.get(cell), dict) and not cell[1] else value
        if field == "addresses" and holds_secret(after) and as_it_travels(field, before) == as_it_travels(field, after):
            given |= {cell: value for cell, value in cells_of({field: after}).items() if cell[1] != ORDER and value.get("confidential")}
    return given


def patched(cell: FactCell, value: Any, known: Touch) -> Any:
    """Give the facts of a cell that stand together: those that an entry says, and the others as its author knew them."""
    if fields_of(cell) == (cell[0],):
        return value
    return {field: fact for field, fact in {**(known.value or {}), **value}.items() if fact is not None}


def checks_given(entry: Change) -> dict[str, Check | None]:
    """Give what an entry confirms, or no longer does: fields, or the whole record under an empty name."""
    if entry.device and entry.action not in ("verify", "undo", "merge"):
        return {}  # that a changed fact is unchecked follows, and is not said
    fields = _all_fields(entry)
    found: dict[str, Check | None] = {}
    if any(name in fields for name in WHOLE_CHECK):
        on, how, by = (fields.get(name, (None, None))[1] or "" for name in WHOLE_CHECK)
        found[""] = Check(on, how, by, whole=True) if on else None
    before, after = ({check["field"]: check for check in value or ()} for value in fields.get("fact_checks", (None, None)))
    for field in before | after:
        if before.get(field) != after.get(field):
            now = after.get(field)
            if now or "" not in found:  # with a check of the whole record come back, single ones are only put away
                found[field] = Check(now["on"], now["how"], now.get("by", ""), whole=False) if now else None
    return found


def replacements_in(entry: Change) -> Iterator[Replacement]:
    """Give what an entry puts in the place of what: the first that comes for the first that goes, and so on."""
    fields = _all_fields(entry)
    for field in (field for field in _REPLACED if field in fields):
        cells = changed_cells(field, *fields[field])
        gone = [cell for cell, value in cells.items() if cell[1] != ORDER and value is None]
        come = [cell for cell, value in cells.items() if cell[1] != ORDER and value is not None and not _was_there(cell, entry)]
        yield from (Replacement(old, new, entry) for old, new in zip(gone, come, strict=False))


def _was_there(cell: FactCell, entry: Change) -> bool:
    before, _after = _all_fields(entry)[cell[0]]
    return cell in cells_of({cell[0]: before})


def grew_out_of(entry: Change, older: Change) -> bool:
    """Say whether an entry found what an older one had left, in a field of both."""
    later, earlier = _all_fields(entry), _all_fields(older)
    shared = later.keys() & earlier.keys()
    return entry.resource == older.resource and any(later[field][0] == earlier[field][1] for field in shared)


def _all_fields(entry: Change) -> Mapping[str, tuple[Any, Any]]:
    return {**entry.fields, **entry.superseded}
