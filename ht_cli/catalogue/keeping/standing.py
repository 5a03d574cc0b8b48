"""What stands: the facts of a resource as they follow from what was released and from all that keepers wrote, in any order.

Cell by cell (`cells.py`) the newest words count: those that nobody wrote over knowing them. Where there are several, written
by people who did not know of one another,

1. a value that a person confirmed stands before one that nobody did;
2. the later confirmation stands before the earlier;
3. else the later word stands, by the clock of the journal and then by the name of the entry.

Two who each put another number in the place of the same one said different things too, though in two cells: one of them stands.

What does not stand is set aside and shown until somebody settles it, by an entry that has seen them all. The outcome is a
function of the set of entries alone: whoever holds the same entries and the same release holds the same facts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ht_cli.catalogue.facts.records import Record, tidy
from ht_cli.catalogue.keeping.cells import ORDER, TOGETHER, WHOLE_CHECK, Cell, cell_of, cells_of, changed_cells, fields_of, record_of_cells
from ht_cli.catalogue.keeping.journal import WORDS
from ht_cli.catalogue.keeping.verifying import FACTS
from ht_cli.model import Change

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

    @property
    def rank(self) -> tuple[bool, str, str]:
        """The later in this order stands."""
        return (self.check is not None, *_stamp(self.entry))


class Aside(NamedTuple):
    """Of one cell, what stands and what was set aside; `rival` is the cell of a list that stands in its place."""

    cell: Cell
    stands: Touch
    aside: Touch
    rival: Cell | None = None


class _Replacement(NamedTuple):
    """An entry of a list that somebody put in the place of another one."""

    old: Cell
    new: Cell
    entry: Change


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
        self._replaced: list[_Replacement] = []
        self._seen_by: dict[str, Seen] = {}
        self._old: list[Change] = []  # entries of 0.1.0, which do not say what they have seen

    def take(self, entry: Change, *, says: bool = True) -> None:
        """Add what an entry says, if it says anything, and what its author knew."""
        seen = self._seen_of(entry)
        if says:
            self._hear(entry, seen)
        self._seen_by[entry.uuid] = {**seen, (entry.device or entry.uuid): _stamp(entry)}

    def _hear(self, entry: Change, seen: Seen) -> None:
        given = _given(entry)
        for cell, known in self._settled_by(given, seen).items():
            self._touch_again(cell, known.value, known.check, entry, seen)
        for cell, value in given.items():
            known = self._standing(cell, seen)
            self._touch(cell, _patched(cell, value, known), known, entry, seen)
        self._replaced += _replacements(entry)
        for field, check in _confirmed(entry).items():
            self._confirm(field, check, entry, seen)

    def _settled_by(self, given: Mapping[Cell, Any], seen: Seen) -> dict[Cell, Touch]:
        """Give what stays as its author knew it where an entry gives one of several that stood against one another."""
        if not self._replaced:
            return {}
        against = {one: self._rival(one, seen) for cell in given for one in (cell, *self._rivals(cell, seen))}
        pairs = {frozenset((one, rival)) for one, rival in against.items() if rival}
        asked = {cell for pair in pairs if pair & given.keys() for cell in pair}
        others = {cell for pair in pairs if pair & asked for cell in pair} - given.keys()
        return {cell: self._standing(cell, seen) for cell in sorted(others)}

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

    def _touch(self, cell: Cell, value: Any, known: Touch, entry: Change, seen: Seen) -> None:
        newest = self._newest.get(cell, [])
        covered = [touch for touch in newest if _knows(seen, touch, entry)]
        # whoever settles for a value that was confirmed takes over its check
        confirmed = [known, *sorted(covered, key=lambda touch: touch.rank, reverse=True)] if covered else []
        check = next((touch.check for touch in confirmed if touch.check and touch.value == value), None)
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
        own = self._last(cell, seen)
        rival = self._rival(cell, seen) if self._replaced and own.value is not None else None
        return Touch(None, *self._last(rival, seen)[1:]) if rival else own

    def _last(self, cell: Cell, seen: Seen | None) -> Touch:
        """Give what stands in a cell, whatever stands in others."""
        newest = self._newest.get(cell, [])
        if seen is not None and not all(_knows(seen, touch) for touch in newest):
            newest = self._newest_known(cell, seen)
        return max(newest, key=lambda touch: touch.rank, default=self._released.get(cell, Touch({} if cell == OPEN else None)))

    def _rival(self, cell: Cell, seen: Seen | None = None) -> Cell | None:
        """Give what stands in the place of an entry of a list, if its author and that of this one did not know of one another."""
        rivals = self._rivals(cell, seen)
        last = {one: self._last(one, seen) for one in {cell, *rivals}}
        standing: list[Cell] = []
        for one in sorted((one for one in last if last[one].value is not None), key=lambda one: last[one].rank, reverse=True):
            before = next((other for other in standing if self._are_strangers(one, other, last)), None)
            if one == cell:
                return before
            if before is None:
                standing.append(one)
        return None

    def _rivals(self, cell: Cell, seen: Seen | None = None) -> set[Cell]:
        """Give what was put in the place of the same entry of a list, or of what had been put there, and that entry itself."""
        known = [one for one in self._replaced if cell[0] == one.old[0] and (seen is None or _knows(seen, Touch(None, entry=one.entry)))]
        family, size = {cell}, 0
        while len(family) > size:
            size = len(family)
            family |= {end for one in known if one.old in family or one.new in family for end in (one.old, one.new)}
        return family - {cell}

    def _are_strangers(self, one: Cell, other: Cell, last: Mapping[Cell, Touch]) -> bool:
        """Say whether what stands in two cells was said by people who did not know of one another."""
        return not any(self._knew(*pair, last) for pair in ((one, other), (other, one)))

    def _knew(self, cell: Cell, other: Cell, last: Mapping[Cell, Touch]) -> bool:
        """Say whether who said what stands in a cell had seen what stands in another; of what was released everybody has."""
        entry = last[cell].entry
        seen = next((seen for touch, seen in reversed(self._touches.get(cell, ())) if touch.entry is entry), None)
        return entry is None or seen is None or _knows(seen, last[other], entry)

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
            Aside(cell, standing[cell], touch, self._rival(cell))
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


def _replacements(entry: Change) -> Iterator[_Replacement]:
    """Give what an entry puts in the place of what: the first that comes for the first that goes, and so on."""
    for field in _REPLACED:
        cells = changed_cells(field, *_all_fields(entry).get(field, (None, None)))
        gone = [cell for cell, value in cells.items() if cell[1] != ORDER and value is None]
        come = [cell for cell, value in cells.items() if cell[1] != ORDER and value is not None and not _was_there(cell, entry)]
        yield from (_Replacement(old, new, entry) for old, new in zip(gone, come, strict=False))


def _was_there(cell: Cell, entry: Change) -> bool:
    before, _after = _all_fields(entry)[cell[0]]
    return cell in cells_of({cell[0]: before})


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
    """Give the checks that still hold: of the whole record where no fact of it stands unconfirmed, else of single facts.

    That a field says nothing is confirmed by a check of it that found nothing, never by one of what it said before.
    """
    by_fact: dict[str, list[Touch]] = {}
    said = {field for cell, touch in standing.items() if cell[1] != ORDER for field in fields_of(cell) if _says(touch, field)}
    silent_but_checked = set()
    for cell, touch in standing.items():
        for field in (field for field in fields_of(cell) if field in FACTS):
            if field in said:
                counts = _says(touch, field) or touch.check or _took_away(touch)
            elif cell == cell_of(field) and touch.check and not (touch.value if cell[1] == ORDER else _says(touch, field)):
                counts = True
                silent_but_checked |= {field} if not touch.check.whole else set()
            else:
                counts = not touch.check and (_says(touch, field) or _took_away(touch))
            if counts:
                by_fact.setdefault(field, []).append(touch)
    said |= silent_but_checked
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
