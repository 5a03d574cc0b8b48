"""Joins a colleague's catalogue with ours: replays the entries of their journal that ours does not hold.

Where our value is still their "before", or nobody changed it here, it moves. Where both changed it, ours
stays and the conflict waits to be settled; between two colleagues' words the later one stands, so that the
order of merges does not matter. What a release brought is left out: `ht upgrade` brings that.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import uuid4

from ht_cli import clock
from ht_cli.catalogue import journal
from ht_cli.catalogue.changing import Editor, Occasion, edited_on, read_allowed, read_record
from ht_cli.catalogue.checking import faults
from ht_cli.catalogue.records import Record, differences, tidy
from ht_cli.model import Change


class Conflict(NamedTuple):
    """A field that both sides changed: our value, which stays, and theirs."""

    resource: str
    field: str
    ours: Any
    theirs: Any


class Arrival(NamedTuple):
    """What a merge brings: the changes as our journal will hold them, and the records that change, before and after."""

    changes: list[Change]
    records: dict[str, tuple[Record, Record]]


def plan_merge(connection: sqlite3.Connection, theirs: Sequence[Change], merge: str = "") -> Arrival:
    """Work out what a colleague's changes, oldest first, would do here; writes nothing."""
    known = journal.known_uuids(connection)
    replay = _Replay(connection, merge)
    changes = [replay.take(change) for change in theirs if change.uuid not in known and change.action != "upgrade"]
    refused = replay.refused()
    changes = [_superseded_whole(change) if change.resource in refused else change for change in changes]
    records = {
        identifier: (before, after)
        for identifier, (before, after) in replay.records.items()
        if identifier not in refused and differences(before, after)
    }
    return Arrival(changes, records)


def write_merge(connection: sqlite3.Connection, arrival: Arrival) -> None:
    """Write what a merge brings: the journal first, then each record once, successors after those they follow."""
    now = {change.resource: read_record(connection, change.resource) for change in arrival.changes}
    for change in arrival.changes:
        values = {field: now[change.resource].get(field) for field in (*change.fields, "changed_on")}
        journal.keep_released_values(connection, change.resource, values)
        journal.append(connection, change)
    editor = Editor(connection)
    for identifier, (_before, after) in sorted(arrival.records.items(), key=lambda item: "successor" in item[1][1]):
        editor.write(identifier, _dated(connection, identifier, after))


def conflicts(connection: sqlite3.Connection) -> list[Conflict]:
    """Give the conflicts that wait to be settled, by resource and field."""
    waiting = journal.read_superseded(connection)
    return _held_against_ours(connection, {(resource, field): change.superseded[field][1] for (resource, field), change in waiting.items()})


def new_conflicts(connection: sqlite3.Connection, arrival: Arrival) -> list[Conflict]:
    """Give the conflicts that a merge would leave, before it is written."""
    last: dict[tuple[str, str], Any] = {}
    for change in arrival.changes:
        for field in change.fields:
            last.pop((change.resource, field), None)
        last |= {(change.resource, field): after for field, (_before, after) in change.superseded.items()}
    return _held_against_ours(connection, last)


def _held_against_ours(connection: sqlite3.Connection, theirs: Mapping[tuple[str, str], Any]) -> list[Conflict]:
    """Give where ours says something else, by resource and field; of what we do not have at all, there is nothing to settle."""
    ours = {resource: read_record(connection, resource) for resource in {resource for resource, _field in theirs}}
    found = [
        Conflict(resource, field, ours[resource].get(field), value)
        for (resource, field), value in sorted(theirs.items(), key=itemgetter(0))
    ]
    return [conflict for conflict in found if ours[conflict.resource] and conflict.ours != conflict.theirs]


def settle(connection: sqlite3.Connection, conflict: Conflict, *, ours: bool, who: str, merge: str) -> Change:
    """Write which value stands. Raises InvalidDataError when the record would not hold with theirs.

    When ours stands, the entry says "theirs → ours", and so moves the value of the colleague who merges next.
    """
    resource, field = conflict.resource, conflict.field
    editor = Editor(connection)
    change = (
        None if ours else editor.change(resource, lambda record: record | {field: conflict.theirs}, Occasion("merge", who, batch=merge))
    )
    if change is None:
        change = Change(str(uuid4()), clock.moment(), who, "merge", resource, {field: (conflict.theirs, conflict.ours)}, batch=merge)
        journal.append(connection, change)
        editor.write(resource, _dated(connection, resource, read_record(connection, resource)))
    return change


def _dated(connection: sqlite3.Connection, identifier: str, record: Record) -> Record:
    return tidy(record | {"changed_on": edited_on(connection, identifier)}) if record else {}


class _Standing(NamedTuple):
    """Whose word a value is: ours, or one that grew out of ours; else the moment and uuid of the colleague's."""

    ours: bool
    stamp: tuple[str, str] = ("", "")


class _Replay:
    """Our records while a colleague's changes are laid over them one by one."""

    def __init__(self, connection: sqlite3.Connection, merge: str) -> None:
        self._connection = connection
        self._merge = merge
        self._standing: dict[tuple[str, str], _Standing | None] = {}
        self._released: dict[str, dict[str, Any]] = {}
        self.records: dict[str, tuple[Record, Record]] = {}

    def take(self, change: Change) -> Change:
        """Give the change as our journal will hold it, its fields parted into those in effect and those superseded."""
        if change.resource not in self.records:
            record = read_record(self._connection, change.resource)
            record.pop("changed_on", None)  # it follows from the journal
            self.records[change.resource] = (record, dict(record))
            self._released[change.resource] = journal.released_values(self._connection, change.resource)
        in_effect, superseded = {}, {}
        for field, (before, after) in {**change.fields, **change.superseded}.items():
            if self._moves(change, field, before, after):
                in_effect[field] = (before, after)
            else:
                superseded[field] = (before, after)
        first, now = self.records[change.resource]
        self.records[change.resource] = (first, tidy(now | {field: after for field, (_before, after) in in_effect.items()}))
        return Change(*_head(change), in_effect, change.note, change.batch, change.undoes, self._merge, superseded)

    def _moves(self, change: Change, field: str, before: Any, after: Any) -> bool:
        """Say whether a value takes effect here, and remember whose word it is then."""
        known, record = self.records[change.resource]
        now, standing = record.get(field), self._stands(change.resource, field)
        stamp = (change.at, change.uuid)
        if standing is None or (standing.ours and self._released[change.resource].get(field, now) == now):
            if not known and before is not None:
                return False  # a change of what we do not have
            self._standing[change.resource, field] = _Standing(False, stamp)
            return True
        if standing.ours:
            return bool(now == before)
        if now == after or stamp > standing.stamp:
            self._standing[change.resource, field] = _Standing(False, max(stamp, standing.stamp))
            return True
        return False

    def _stands(self, resource: str, field: str) -> _Standing | None:
        if (resource, field) not in self._standing:
            self._standing[resource, field] = _standing_of(journal.read_words_on(self._connection, resource, field))
        return self._standing[resource, field]

    def refused(self) -> set[str]:
        """Give the resources whose record would not hold once both sides are joined: ours stays whole there."""
        allowed = read_allowed(self._connection)
        return {
            identifier
            for identifier, (before, after) in self.records.items()
            if differences(before, after) and after and faults(identifier, after, allowed)
        }


def _standing_of(words: Sequence[journal.Word]) -> _Standing | None:
    """Follow the words on a field back, the newest first, as long as each grew out of the one before."""
    stamp = ("", "")
    for position, word in enumerate(words):
        if not word.merged:
            return _Standing(True)
        stamp = max(stamp, (word.at, word.uuid))
        older = words[position + 1 : position + 2]
        if not older or older[0].after not in (word.before, word.after):
            break
    return _Standing(False, stamp) if words else None


def _superseded_whole(change: Change) -> Change:
    fields = {**change.fields, **change.superseded}
    return Change(*_head(change), {}, change.note, change.batch, change.undoes, change.merged, fields)


def _head(change: Change) -> tuple[str, str, str, str, str]:
    return change.uuid, change.at, change.who, change.action, change.resource
