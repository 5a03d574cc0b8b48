"""What stands: the facts of a resource as they follow from what was released and from all that keepers wrote, in any order.

Cell by cell (`cells.py`) the newest words count: those that nobody wrote over knowing them. Where there are several, written
by people who did not know of one another,

1. a value that a person confirmed stands before one that nobody did;
2. the later confirmation stands before the earlier;
3. else the later word stands, by the clock of the journal and then by the name of the entry.

What does not stand is set aside and shown until somebody settles it, by an entry that has seen them all. The outcome is a
function of the set of entries alone: whoever holds the same entries and the same release holds the same facts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ht_cli.catalogue.facts.records import Record, tidy
from ht_cli.catalogue.keeping.cells import ORDER, TOGETHER, WHOLE_CHECK, Cell, cell_of, cells_of, changed_cells, fields_of, record_of_cells
from ht_cli.catalogue.keeping.journal import WORDS
from ht_cli.catalogue.keeping.verifying import FACTS
from ht_cli.model import Change

Seen = Mapping[str, tuple[str, str]]  # by device, its last entry (moment, name) that was known


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

    @property
    def rank(self) -> tuple[bool, str, str]:
        """The later in this order stands."""
        return (self.check is not None, *_stamp(self.entry))


class Aside(NamedTuple):
    """Of one cell, what stands and what was set aside."""

    cell: Cell
    stands: Touch
    aside: Touch


class Outcome(NamedTuple):
    """The record that follows, with its checks, and what was set aside."""

    record: Record
    aside: tuple[Aside, ...]


def outcome(released: Record, entries: Iterable[Change], silent: Collection[str] = ()) -> Outcome:
    """Give what follows from what was released of a resource and from the entries on it, which may come in any order.

    The `silent` ones say nothing here, as words between keepers never do; but whoever had seen one knew all that it had seen.
    """
    history = _History(released)
    for entry in sorted(entries, key=_stamp):
        if entry.action != "upgrade":
            history.take(entry, says=entry.uuid not in silent and entry.action not in WORDS)
    return history.outcome()


def _stamp(entry: Change | None) -> tuple[str, str]:
    return (entry.at, entry.uuid) if entry else ("", "")


class _History:
    """The touches of each cell, as entries come in the order of their clock: whatever an entry has seen came before it."""

    def __init__(self, released: Record) -> None:
        cells = {OPEN: {}, **cells_of(released)} if released else {}
        self._released = {cell: Touch(value, _released_check(released, cell)) for cell, value in cells.items()}
        self._touches: dict[Cell, list[tuple[Touch, Seen]]] = {}
        self._newest: dict[Cell, list[Touch]] = {}
        self._seen_by: dict[str, Seen] = {}
        self._old: list[Change] = []  # entries of 0.1.0, which do not say what they have seen

    def take(self, entry: Change, *, says: bool = True) -> None:
        """Add what an entry says, if it says anything, and what its author knew."""
        seen = self._seen_of(entry)
        if says:
            self._hear(entry, seen)
        self._seen_by[entry.uuid] = {**seen, (entry.device or entry.uuid): _stamp(entry)}

    def _hear(self, entry: Change, seen: Seen) -> None:
        for cell, value in _given(entry).items():
            self._touch(cell, _patched(cell, value, self._standing(cell, seen)), None, entry, seen)
        for field, check in _confirmed(entry).items():
            self._confirm(field, check, entry, seen)

    def _seen_of(self, entry: Change) -> Seen:
        """Give what the author of an entry knew; one of 0.1.0 knew those whose value it found."""
        seen: dict[str, tuple[str, str]] = {}
        known = entry.seen if entry.device else [older.uuid for older in self._old if _grew_out_of(entry, older)]
        for name in known:
            for device, stamp in self._seen_by.get(name, {}).items():
                seen[device] = max(stamp, seen.get(device, stamp))
        if not entry.device:
            self._old.append(entry)
        return seen

    def _touch(self, cell: Cell, value: Any, check: Check | None, entry: Change, seen: Seen) -> None:
        newest = self._newest.get(cell, [])
        covered = [touch for touch in newest if _knows(seen, touch, entry)]
        if check is None:  # whoever settles for a value that was confirmed takes over its check
            check = next((touch.check for touch in sorted(covered, key=lambda t: t.rank, reverse=True) if touch.check and touch.value == value), None)  # fmt: skip
        touch = Touch(value, check, entry)
        self._newest[cell] = [*(touch for touch in newest if touch not in covered), touch]
        self._touches.setdefault(cell, []).append((touch, seen))

    def _confirm(self, field: str, check: Check | None, entry: Change, seen: Seen) -> None:
        """Confirm, or no longer, each cell of a field (empty: of the record) that its author saw.

        Where a check is taken back, the one before it holds again, if it was of the value that stands.
        """
        itself = cell_of(field) if field else OPEN  # somebody may have confirmed that there is none
        for cell in {itself, *self._released, *self._touches}:
            if field in fields_of(cell) if field else _is_confirmed_with_the_record(cell):
                known = self._touches[cell][-1][0] if self._gave(entry, cell) else self._standing(cell, seen)
                if known.value is not None or known.entry or cell == itself:  # what nobody had heard of is not confirmed to be away
                    holds = check or self._check_before(entry.undoes, cell, known.value)
                    self._touch_again(cell, known.value, holds, entry, seen)

    def _check_before(self, undone: str, cell: Cell, value: Any) -> Check | None:
        """Give the check that a value of a cell had before the entry of this name touched it."""
        touches = [touch for touch, _seen in self._touches.get(cell, ())]
        position = next((place for place, touch in enumerate(touches) if touch.entry and touch.entry.uuid == undone), None)
        if position is None:
            return None
        earlier = touches[position - 1] if position else self._released.get(cell, Touch(None))
        return earlier.check if earlier.value == value else None

    def _gave(self, entry: Change, cell: Cell) -> bool:
        return bool(self._newest.get(cell)) and self._newest[cell][-1].entry is entry

    def _touch_again(self, cell: Cell, value: Any, check: Check | None, entry: Change, seen: Seen) -> None:
        newest = [touch for touch in self._newest.get(cell, []) if not _knows(seen, touch, entry)]
        touch = Touch(value, check, entry)
        self._newest[cell] = [*newest, touch]
        self._touches.setdefault(cell, []).append((touch, seen))

    def _standing(self, cell: Cell, seen: Seen | None = None) -> Touch:
        """Give what stands, of all there is or of what somebody knew."""
        newest = self._newest.get(cell, [])
        if seen is not None and not all(_knows(seen, touch) for touch in newest):
            newest = self._newest_known(cell, seen)
        return max(newest, key=lambda touch: touch.rank, default=self._released.get(cell, Touch({} if cell == OPEN else None)))

    def _newest_known(self, cell: Cell, seen: Seen) -> list[Touch]:
        newest: list[tuple[Touch, Seen]] = []
        for touch, knew in reversed(self._touches[cell]):
            if _knows(seen, touch) and not any(_knows(later_knew, touch, later.entry) for later, later_knew in newest):
                newest.append((touch, knew))
        return [touch for touch, _knew in newest]

    def outcome(self) -> Outcome:
        """Give the record with its checks, and what was set aside."""
        standing = {cell: self._standing(cell) for cell in (*self._released, *(c for c in self._touches if c not in self._released))}
        record = record_of_cells({cell: touch.value for cell, touch in standing.items()})
        aside = [
            Aside(cell, standing[cell], touch)
            for cell, newest in sorted(self._newest.items())
            for touch in sorted(newest, key=lambda touch: touch.rank, reverse=True)
            if cell[1] != ORDER and touch.value != standing[cell].value
        ]
        return Outcome(record | _checks(standing) if record else record, tuple(aside))


def _knows(seen: Seen, touch: Touch, entry: Change | None = None) -> bool:
    """Say whether somebody had seen a touch; it may also be their own."""
    if touch.entry is None or touch.entry is entry:
        return True
    return seen.get(touch.entry.device or touch.entry.uuid, ("", "")) >= _stamp(touch.entry)


def _grew_out_of(entry: Change, older: Change) -> bool:
    later, earlier = _all_fields(entry), _all_fields(older)
    shared = later.keys() & earlier.keys()
    return entry.resource == older.resource and any(later[field][0] == earlier[field][1] for field in shared)


def _all_fields(entry: Change) -> Mapping[str, tuple[Any, Any]]:
    return {**entry.fields, **entry.superseded}


def _given(entry: Change) -> dict[Cell, Any]:
    given: dict[Cell, Any] = {}
    for field, (before, after) in _all_fields(entry).items():
        for cell, value in changed_cells(field, before, after).items():
            given[cell] = {**given[cell], **value} if isinstance(given.get(cell), dict) and not cell[1] else value
    return given


def _patched(cell: Cell, value: Any, known: Touch) -> Any:
    """Give the facts of a cell that stand together: those that an entry says, and the others as its author knew them."""
    if fields_of(cell) == (cell[0],):
        return value
    return {field: fact for field, fact in {**(known.value or {}), **value}.items() if fact is not None}


def _confirmed(entry: Change) -> dict[str, Check | None]:
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


def _took_away(touch: Touch) -> bool:
    """Say whether somebody took a fact away, which is nothing like taking back that it was given."""
    return touch.entry is not None and not touch.entry.undoes


def _is_confirmed_with_the_record(cell: Cell) -> bool:
    """Say whether a check of a whole record confirms a cell: the facts, and that it is open."""
    return cell == OPEN or any(field in FACTS for field in fields_of(cell))


def _released_check(released: Record, cell: Cell) -> Check | None:
    for check in released.get("fact_checks", ()):
        if check["field"] in fields_of(cell):
            return Check(check["on"], check["how"], check.get("by", ""), whole=False)
    if not released.get("checked_on") or not _is_confirmed_with_the_record(cell):
        return None
    return Check(released["checked_on"], released.get("checked_how", ""), released.get("checked_by", ""), whole=True)


def _checks(standing: Mapping[Cell, Touch]) -> Record:
    """Give the checks that still hold: of the whole record where no fact of it stands unconfirmed, else of single facts."""
    by_fact: dict[str, list[Touch]] = {}
    said = set()
    for cell, touch in standing.items():
        for field in fields_of(cell):
            if field in FACTS and (_says(touch, field) or touch.check or _took_away(touch)):
                by_fact.setdefault(field, []).append(touch)
            if (_says(touch, field) and cell[1] != ORDER) or (touch.check and not touch.check.whole):
                said.add(field)
    checks = {field: _oldest(touches) for field, touches in by_fact.items()}
    whole = [check for field, check in checks.items() if field in said and check and check.whole]
    of_record = min(whole, key=lambda check: check.on) if whole and all(checks.values()) else None
    record: Record = {}
    if of_record:
        record |= {"checked_on": of_record.on, "checked_how": of_record.how, "checked_by": of_record.by}
    single = [  # a check of which nobody knows how it was made cannot be kept apart
        {"field": field, "on": check.on, "how": check.how, "by": check.by}
        for field, check in sorted(checks.items())
        if field in said and check and check.how and not (of_record and check.whole)
    ]
    return tidy(record | {"fact_checks": single})


def _says(touch: Touch, field: str) -> bool:
    return (touch.value.get(field) if field in TOGETHER and touch.value else touch.value) not in (None, {})


def _oldest(touches: Sequence[Touch]) -> Check | None:
    checks = [touch.check for touch in touches]
    return min((check for check in checks if check), key=lambda check: check.on) if all(checks) else None
