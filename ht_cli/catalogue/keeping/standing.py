"""What stands: the facts of a resource as they follow from what was released and from all that keepers wrote, in any order.

Cell by cell (`cells.py`) the newest words count: those that nobody wrote over knowing them. Where there are several, written
by people who did not know of one another,

1. a value that a person confirmed stands before one that nobody did;
2. the later confirmation stands before the earlier;
3. else the later word stands, by the clock of the journal and then by the name of the entry.

Two who each put another number in the place of the same one said different things too, though in two cells: one of them stands.

What does not stand is set aside and shown until somebody settles it, by an entry that has seen them all. The outcome is a
function of the set of entries alone: whoever holds the same entries and the same release holds the same facts.

What is taken back says nothing, and so does what takes it back, by the name of which all know it: what stands is what would stand
if it had never been written. Only a check needs to know what its author saw: it holds of the value that was there then, and of no other.
Where neither who confirmed something nor who took it back knew of the other, what was confirmed stands, and what is there without it
is set aside as the word of who took it back.

That an address must stay secret stands before everything: of the addresses of its resource nothing counts that was said, or
confirmed, by somebody who did not know of that and of whom the one who said it did not know.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ht_cli.catalogue.facts.records import Record
from ht_cli.catalogue.keeping.cells import ORDER, FactCell, cell_of, cells_of, fields_of, record_of_cells
from ht_cli.catalogue.keeping.journal import WORDS
from ht_cli.catalogue.keeping.secrecy import marks_secret
from ht_cli.catalogue.keeping.standing_checks import checks_that_hold, is_confirmed_with_the_record, released_check
from ht_cli.catalogue.keeping.touches import (
    OPEN,
    Check,
    Replacement,
    Seen,
    Touch,
    cells_given,
    checks_given,
    grew_out_of,
    has_seen,
    patched,
    replacements_in,
    stamp_of,
)
from ht_cli.model import SECRET_ADDRESS, Change
from ht_cli.shapes import NamedTuple

_CHANGING = ("add", "update", "close", "reopen", "import")  # acts that change facts and confirm none


class Aside(NamedTuple):
    """Of one cell, what stands and what was set aside; `rival` is the cell of a list that stands in its place."""

    cell: FactCell
    stands: Touch
    aside: Touch
    rival: FactCell | None = None


class Outcome(NamedTuple):
    """The record that follows, with its checks, and what was set aside."""

    record: Record
    aside: tuple[Aside, ...]


def outcome(released: Record, entries: Iterable[Change], silent: Collection[str] = ()) -> Outcome:
    """Give what follows from what was released of a resource and from the entries on it, which may come in any order.

    The `silent` ones, which the release knows, say nothing that it does not say too, as words between keepers never do: what it made of
    them stands. But who wrote without knowing of one writes over it no more than before, whoever had seen one knew all that it had
    seen, and that an address is secret they go on saying: a release does not tell of that.
    """
    known = sorted((entry for entry in entries if entry.action != "upgrade"), key=stamp_of)
    saying = {entry.uuid for entry in known if entry.uuid not in silent and entry.action not in WORDS}
    undos = [entry for entry in known if entry.action == "undo" and {entry.uuid, entry.undoes} <= saying]
    in_effect = _in_effect(undos)
    left = saying - {undo.undoes for undo in in_effect} - {undo.uuid for undo in undos}
    marks = _marks_among_the_silent(known, silent)
    told, meant = None, {}
    if undos and any(checks_given(entry) for entry in known if entry.uuid in left):
        told = _History(released).take_all(known, saying, marks)
        meant = _as_seen(released, known, saying, undos, marks, told)
    repeated = _in_effect_among_the_silent(known, silent) if left else ()  # where nobody else says anything, the release says it all
    return _History(released, told, in_effect, meant).take_all(known, left, marks, repeated).outcome()


def _as_seen(
    released: Record, known: Sequence[Change], saying: Collection[str], undos: Sequence[Change], marks: Collection[str], told: "_History"
) -> dict[str, Mapping[FactCell, Any]]:
    """Give, by the name of each check, what its author saw in each cell that it confirms, where some of that was taken back unseen.

    What they saw is what follows of the entries that they knew, of which they knew some to be taken back.
    """
    meant: dict[str, Mapping[FactCell, Any]] = {}
    for check in (entry for entry in known if entry.uuid in saying and entry.action != "undo" and checks_given(entry)):
        seen = [entry for entry in known if entry is check or told.knew_of(check, entry)]
        names = {entry.uuid for entry in seen}
        if any(undo.undoes in names and undo.uuid not in names for undo in undos):
            in_effect = _in_effect([undo for undo in undos if undo.uuid in names])
            left = (names & set(saying)) - {undo.undoes for undo in in_effect} - {undo.uuid for undo in undos}
            history = _History(released, told, in_effect, meant).take_all(seen, left, names.intersection(marks))
            meant[check.uuid] = history.confirmed_by(check)
    return meant


def _marks_among_the_silent(known: Sequence[Change], silent: Collection[str]) -> set[str]:
    """Give the names of the silent entries, of these in the order of their clock, that say that an address is secret and hold."""
    marks = {entry.uuid for entry in known if entry.uuid in silent and entry.action not in WORDS and marks_secret(entry)}
    if not marks:
        return marks
    return marks - {undo.undoes for undo in _in_effect([entry for entry in known if entry.action == "undo"])}


def _in_effect_among_the_silent(known: Sequence[Change], silent: Collection[str]) -> set[str]:
    """Give the names of the silent entries that were not taken back and take nothing back."""
    undos = [entry for entry in known if entry.action == "undo"]
    gone = {name for undo in undos for name in (undo.uuid, undo.undoes)}
    return {entry.uuid for entry in known if entry.uuid in silent and entry.action not in WORDS} - gone


def _in_effect(undos: Sequence[Change]) -> list[Change]:
    """Give the undoings, of these in the order of their clock, that are not taken back in their turn."""
    in_effect: list[Change] = []
    gone: set[str] = set()
    for undo in reversed(undos):
        if undo.uuid not in gone:
            in_effect.append(undo)
            gone.add(undo.undoes)
    return in_effect


class _History:
    """The touches of each cell, as entries come in the order of their clock: whatever an entry has seen came before it.

    `_newest` holds those of each cell that no later one covered: one where everybody had seen the others, several where people did not
    know of one another. Of the several the one of the highest rank stands.

    `undos` took back what is left out, `told` is the history with that, and `meant` is what was there, by cell, when a check was made
    of which the author had seen some of it.
    """

    def __init__(
        self,
        released: Record,
        told: "_History | None" = None,
        undos: Sequence[Change] = (),
        meant: Mapping[str, Mapping[FactCell, Any]] = MappingProxyType({}),
    ) -> None:
        cells = {OPEN: {}, **cells_of(released)} if released else {}
        self._released = {cell: Touch(value, released_check(released, cell)) for cell, value in cells.items()}
        self._touches: dict[FactCell, list[tuple[Touch, Seen]]] = {}
        self._newest: dict[FactCell, list[Touch]] = {}
        self._replaced: list[Replacement] = []
        self._seen_by: dict[str, Seen] = {}
        self._confirmed: dict[str, dict[FactCell, Any]] = {}  # by the entry: what each cell said that it confirmed
        self._gave: dict[str, set[FactCell]] = {}  # by the entry: the cells to which it gave a value
        self._denied: dict[tuple[FactCell, str], tuple[Touch, Touch]] = {}  # what was confirmed, and what its undoing, unknowing, leaves
        self._secret: list[tuple[Change, Seen]] = []  # entries that say that an address is secret, each with what its author knew
        self._told = told
        self._undos = undos
        self._meant = meant
        self._old: list[Change] = []  # entries of 0.1.0, which do not say what they have seen

    # taking in what an entry says

    def take_all(
        self, entries: Iterable[Change], saying: Collection[str], marks: Collection[str], repeated: Collection[str] = ()
    ) -> "_History":
        """Add what the entries say of which the names are given, and what the author of each knew; gives itself.

        Of the `marks` it adds that an address is secret alone, of the `repeated` what the release says too.
        """
        for entry in entries:
            seen = self._seen_of(entry)
            if entry.uuid in saying:
                self._hear(entry, seen)
            if entry.uuid in marks:
                self._secret.append((entry, seen))
            if entry.uuid in repeated:
                self._hear_what_is_repeated(entry, seen)
            self._seen_by[entry.uuid] = {**seen, (entry.device or entry.uuid): stamp_of(entry)}
        return self

    def _hear(self, entry: Change, seen: Seen) -> None:
        if marks_secret(entry):
            self._secret.append((entry, seen))
        given = cells_given(entry)
        for cell, known in self._settled_by(given, seen).items():
            self._touch(cell, known.value, known.check, entry, seen, known)
        for cell, value in given.items():
            known = self._standing(cell, seen)
            self._give(cell, patched(cell, value, known), known, entry, seen)
        self._replaced += replacements_in(entry)
        for field, check in checks_given(entry).items():
            self._confirm(field, check, entry, seen)

    def _hear_what_is_repeated(self, entry: Change, seen: Seen) -> None:
        for cell, value in cells_given(entry).items():
            known = self._standing(cell, seen)
            if self._is_released(cell, patched(cell, value, known)):
                self._give(cell, patched(cell, value, known), known, entry, seen)
        for field, check in checks_given(entry).items():
            self._confirm(field, check, entry, seen, as_released=True)

    def _is_released(self, cell: FactCell, value: Any) -> bool:
        """Say whether the release says this of a cell, or nothing where it is nothing."""
        return (value or None) == (self._released[cell].value or None if cell in self._released else None)

    def _settled_by(self, given: Mapping[FactCell, Any], seen: Seen) -> dict[FactCell, Touch]:
        """Give what stays as its author knew it where an entry gives one of several that stood against one another.

        Who gave a street that is secret elsewhere saw it stand: whatever is known here against it goes.
        """
        if not self._replaced:
            return {}
        against = {one: self._rival(one, seen) for cell in given for one in (cell, *self._rivals(cell, seen))}
        pairs = {frozenset((one, rival)) for one, rival in against.items() if rival}
        asked = {cell for pair in pairs if pair & given.keys() for cell in pair}
        others = {cell for pair in pairs if pair & asked for cell in pair} - given.keys()
        elsewhere = SECRET_ADDRESS in given.values()
        return {cell: Touch(None) if elsewhere else self._standing(cell, seen) for cell in sorted(others)}

    def _confirm(self, field: str, check: Check | None, entry: Change, seen: Seen, *, as_released: bool = False) -> None:
        """Confirm, or no longer, each cell of a field (empty: of the record) that its author saw; what was taken back unknowing, too.

        `as_released` leaves out what the release says otherwise, or without a check.
        """
        itself = cell_of(field) if field else OPEN  # somebody may have confirmed that there is none
        confirmed = self._confirmed.setdefault(entry.uuid, {})
        as_seen = self._meant.get(entry.uuid, {})
        for cell in {itself, *self._released, *self._touches, *as_seen}:
            if field in fields_of(cell) if field else is_confirmed_with_the_record(cell):
                known = self._touches[cell][-1][0] if self._touched_last(entry, cell) else self._standing(cell, seen)
                if as_released and not (self._is_released(cell, known.value) and cell in self._released and self._released[cell].check):
                    continue
                meant = as_seen.get(cell, known.value)
                if meant != known.value and (undo := self._taken_back_unknowing(cell, entry)):
                    self._touch(cell, meant, check, entry, seen)
                    self._denied[cell, undo.uuid] = self._newest[cell][-1], Touch(known.value, entry=undo)
                elif known.value is not None or known.entry or cell == itself:  # what nobody had heard of is not confirmed to be away
                    confirmed[cell] = known.value
                    self._touch(cell, known.value, check if meant == known.value else None, entry, seen)

    def confirmed_by(self, check: Change) -> Mapping[FactCell, Any]:
        """Give what each cell said that a check confirmed."""
        return self._confirmed.get(check.uuid, {})

    def _taken_back_unknowing(self, cell: FactCell, entry: Change) -> Change | None:
        """Give who last took back what a cell said without knowing that it was confirmed elsewhere, where nobody knew of that."""
        told = self._told or self
        strangers = (undo for undo in self._undos if cell in told._gave.get(undo.undoes, ()) and not told.knew_of(entry, undo))
        return max((undo for undo in strangers if not told.knew_of(undo, entry)), key=stamp_of, default=None)

    def knew_of(self, entry: Change, other: Change) -> bool:
        """Say whether who wrote an entry had seen another one."""
        return has_seen(self._seen_by[entry.uuid], Touch(None, entry=other))

    def _touched_last(self, entry: Change, cell: FactCell) -> bool:
        """Say whether an entry itself touched a cell last."""
        return bool(self._newest.get(cell)) and self._newest[cell][-1].entry is entry

    def _give(self, cell: FactCell, value: Any, known: Touch, entry: Change, seen: Seen) -> None:
        """Let an entry give a cell a value; whoever settles for one that was confirmed, or puts it back, takes over its check.

        Who changes a fact has confirmed nothing, though somebody whose word did not stand had confirmed the same.

        Where it put back what is taken back by now, it says what is there already, and moves nothing.
        """
        self._gave.setdefault(entry.uuid, set()).add(cell)
        covered = [touch for touch in self._newest.get(cell, []) if has_seen(seen, touch, entry)]
        if self._undos and not covered and (value or None) == (known.value or None):
            return
        confirmed = [known, *sorted(covered, key=lambda touch: touch.rank, reverse=True)] if covered else []
        over = next((touch for touch in confirmed if touch.check and touch.value == value), None)
        if not over or (entry.device and entry.action in _CHANGING):
            self._touch(cell, value, None, entry, seen)
        else:
            self._touch(cell, value, over.check, entry, seen, over)

    def _touch(self, cell: FactCell, value: Any, check: Check | None, entry: Change, seen: Seen, over: Touch | None = None) -> None:
        """Add a touch, which takes the place of the newest ones that its author had seen; `over` is the one whose check it takes over."""
        strange = [touch for touch in self._newest.get(cell, []) if not has_seen(seen, touch, entry)]
        touch = Touch(value, check, entry, (over.confirmed or over) if over and check else None)
        self._newest[cell] = [*strange, touch]
        self._touches.setdefault(cell, []).append((touch, seen))

    def _seen_of(self, entry: Change) -> Seen:
        """Give what the author of an entry knew; one of 0.1.0 knew those whose value it found."""
        seen: dict[str, tuple[str, str]] = {}
        known = entry.seen if entry.device else [older.uuid for older in self._old if grew_out_of(entry, older)]
        for name in known:
            for device, stamp in self._seen_by.get(name, {}).items():
                seen[device] = max(stamp, seen.get(device, stamp))
        if not entry.device:
            self._old.append(entry)
        return seen

    # what stands, of all there is or of what somebody had seen

    def outcome(self) -> Outcome:
        """Give the record with its checks, and what was set aside."""
        standing = {cell: self._standing(cell) for cell in (*self._released, *(c for c in self._touches if c not in self._released))}
        record = record_of_cells({cell: touch.value for cell, touch in standing.items()})
        aside = [
            Aside(cell, standing[cell], touch, self._rival(cell))
            for cell, newest in sorted(self._newest.items())
            for touch in sorted(newest, key=lambda touch: touch.rank, reverse=True)
            if cell[1] != ORDER and touch.value != standing[cell].value and not self._became_secret(cell, touch)
        ]
        aside += [
            Aside(cell, standing[cell], left, self._rival(cell))
            for (cell, _undo), (confirmed, left) in sorted(self._denied.items(), key=lambda item: item[0])
            if cell[1] != ORDER and left.value != standing[cell].value and self._is_open(cell, confirmed, left)
        ]
        return Outcome(record | checks_that_hold(standing) if record else record, tuple(aside))

    def _is_open(self, cell: FactCell, confirmed: Touch, left: Touch) -> bool:
        """Say whether nobody wrote over what was confirmed, nor anything knowing that it was taken back."""
        newest = self._newest[cell]
        knew = (self._seen_by[touch.entry.uuid] for touch in newest if touch.entry)
        return any(touch is confirmed for touch in newest) and not any(has_seen(seen, left) for seen in knew)

    def _standing(self, cell: FactCell, seen: Seen | None = None) -> Touch:
        """Give what stands, of all there is or of what somebody knew."""
        own = self._last(cell, seen)
        rival = self._rival(cell, seen) if self._replaced and own.value is not None else None
        return self._last(rival, seen)._replace(value=None) if rival else own

    def _last(self, cell: FactCell, seen: Seen | None) -> Touch:
        """Give what stands in a cell, whatever stands in others."""
        newest = self._newest.get(cell, [])
        if self._secret and cell[0] == "addresses":
            newest = self._newest_of(cell, lambda touch, knew: self._counts(touch, knew, seen) and (seen is None or has_seen(seen, touch)))
        elif seen is not None and not all(has_seen(seen, touch) for touch in newest):
            newest = self._newest_of(cell, lambda touch, _knew: has_seen(seen, touch))
        return max(newest, key=lambda touch: touch.rank, default=self._released.get(cell, Touch({} if cell == OPEN else None)))

    def _newest_of(self, cell: FactCell, counts: Callable[[Touch, Seen], bool]) -> list[Touch]:
        """Give the newest touches of a cell among those that count, by what they say and by what their authors knew."""
        newest: list[tuple[Touch, Seen]] = []
        for touch, knew in reversed(self._touches.get(cell, ())):
            if counts(touch, knew) and not any(has_seen(later_knew, touch, later.entry) for later, later_knew in newest):
                newest.append((touch, knew))
        return [touch for touch, _knew in newest]

    def _counts(self, touch: Touch, knew: Seen, seen: Seen | None = None) -> bool:
        """Say whether an address may stand beside each word that one is secret: by who knew of that word, or was known to who said it.

        `seen` is what somebody knew in whose eyes it is judged; who says that an address is secret counts always.
        """
        if touch.entry is None or marks_secret(touch.entry):
            return True
        words = ((word, before) for word, before in self._secret if seen is None or has_seen(seen, Touch(None, entry=word)))
        return all(has_seen(before, touch) or has_seen(knew, Touch(None, entry=word)) for word, before in words)

    def _became_secret(self, cell: FactCell, touch: Touch) -> bool:
        """Say whether a touch does not count since its very address became secret meanwhile: that needs no settling."""
        marked = (self._gave.get(word.uuid, ()) for word, _before in self._secret)  # of one secret street after another nothing is heard
        if cell[0] != "addresses" or not any(cell in given for given in marked):
            return False
        return not all(self._counts(one, knew) for one, knew in self._touches[cell] if one is touch)

    # entries of a list that several people put in the place of the same one

    def _rival(self, cell: FactCell, seen: Seen | None = None) -> FactCell | None:
        """Give what stands in the place of an entry of a list, if its author and that of this one did not know of one another."""
        rivals = self._rivals(cell, seen)
        last = {one: self._last(one, seen) for one in {cell, *rivals}}
        standing: list[FactCell] = []
        for one in sorted((one for one in last if last[one].value is not None), key=lambda one: _claim(last[one]), reverse=True):
            before = next((other for other in standing if self._are_strangers(one, other, last)), None)
            if one == cell:
                return before
            if before is None:
                standing.append(one)
        return None

    def _rivals(self, cell: FactCell, seen: Seen | None = None) -> set[FactCell]:
        """Give what was put in the place of the same entry of a list, or of what had been put there, and that entry itself."""
        known = [one for one in self._replaced if cell[0] == one.old[0] and (seen is None or has_seen(seen, Touch(None, entry=one.entry)))]
        family, size = {cell}, 0
        while len(family) > size:
            size = len(family)
            family |= {end for one in known if one.old in family or one.new in family for end in (one.old, one.new)}
        return family - {cell}

    def _are_strangers(self, one: FactCell, other: FactCell, last: Mapping[FactCell, Touch]) -> bool:
        """Say whether what stands in two cells was said by people who did not know of one another."""
        return not any(self._knew(*pair, last) for pair in ((one, other), (other, one)))

    def _knew(self, cell: FactCell, other: FactCell, last: Mapping[FactCell, Touch]) -> bool:
        """Say whether who said what stands in a cell had seen what stands in another; of what was released everybody has."""
        entry = last[cell].entry
        seen = next((seen for touch, seen in reversed(self._touches.get(cell, ())) if touch.entry is entry), None)
        return entry is None or seen is None or has_seen(seen, last[other], entry)


def _claim(touch: Touch) -> tuple[bool, tuple[bool, tuple[str, str], tuple[str, str]]]:
    """Give what puts entries of a list that were put in the place of the same one in order: the later in it stands.

    That there is a secret address elsewhere comes before none: it takes a street that is known here away from nobody.
    """
    return touch.value != SECRET_ADDRESS, touch.rank
