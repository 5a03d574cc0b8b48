"""Takes in entries that others wrote, works out what stands, and settles what was set aside.

Whoever holds the same entries and the same release ends with the same facts, whatever the order (`standing.py`). What a
release brought is left out: `ht upgrade` brings that.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.changing import Editor, edited_on, read_allowed, read_record
from ht_cli.catalogue.keeping.checking import Allowed, faults, parted
from ht_cli.catalogue.sharing.cells import FOLLOWING, TOGETHER, cells_of, fields_of, record_of_cells
from ht_cli.catalogue.sharing.standing import Check, Outcome, outcome
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.locale import translate as _
from ht_cli.model import Change


class Conflict(NamedTuple):
    """A field of which people who did not know of one another said different things: what stands, and what was set aside.

    The words are the entries that say so (None: the release), the checks say who confirmed it, when and how.
    """

    resource: str
    field: str
    stands: Any
    aside: Any
    standing_word: Change | None = None
    aside_word: Change | None = None
    standing_check: Check | None = None
    aside_check: Check | None = None


class Arrival(NamedTuple):
    """What came: the entries that were not known, and the records that change by them, before and after."""

    changes: list[Change]
    records: dict[str, tuple[Record, Record]]


class Followed(NamedTuple):
    """A resource as its entries make it: its record before and after, what was set aside, and fields that would not hold."""

    before: Record
    after: Record
    conflicts: tuple[Conflict, ...]


def plan_merge(connection: sqlite3.Connection, theirs: Iterable[Change]) -> Arrival:
    """Work out what entries of others would do here; writes nothing."""
    allowed = read_allowed(connection)
    known = journal.known_uuids(connection)
    new = {change.uuid: change for change in theirs if change.uuid not in known and change.action != "upgrade"}
    by_resource: dict[str, list[Change]] = {}
    for change in new.values():
        by_resource.setdefault(change.resource, []).append(change)
    records = {}
    for resource, changes in by_resource.items():
        followed = _follow(connection, resource, allowed, changes)
        if differences(followed.before, followed.after):
            records[resource] = (followed.before, followed.after)
    return Arrival(list(new.values()), records)


def write_merge(connection: sqlite3.Connection, changes: Iterable[Change], act: str) -> set[str]:
    """Append what is new of others' entries, in the caller's transaction, and give the resources that they speak of.

    `act` names what brought them. The facts follow with `refresh`.
    """
    resources = set()
    for change in changes:
        if change.action != "upgrade" and not journal.is_known(connection, change.uuid):
            journal.append(connection, change._replace(merged=act))
            resources.add(change.resource)
    return resources


def refresh(connection: sqlite3.Connection, resources: Iterable[str]) -> dict[str, tuple[Record, Record]]:
    """Write the facts that follow from the journal, and give the records that changed, before and after."""
    allowed = read_allowed(connection)
    editor = Editor(connection)
    changed = {}
    followed = ((resource, _follow(connection, resource, allowed)) for resource in sorted(resources))
    for resource, (before, after, _conflicts) in sorted(followed, key=lambda pair: "successor" in pair[1].after):
        touched = {field for change in journal.read_changes_of(connection, resource) for field in (*change.fields, *change.superseded)}
        journal.keep_released_values(connection, resource, {field: before.get(field) for field in (*sorted(touched), *FOLLOWING)})
        dated = tidy(after | {"changed_on": edited_on(connection, resource)}) if after else {}
        if dated != before:
            editor.write(resource, dated)
        if any(field not in FOLLOWING[-1:] for field in differences(before, after)):
            changed[resource] = (before, dated)
    return changed


def conflicts(connection: sqlite3.Connection) -> list[Conflict]:
    """Give what was set aside and waits to be settled, by resource and field."""
    allowed = read_allowed(connection)
    rows = connection.execute("SELECT DISTINCT resource FROM change WHERE merged <> '' ORDER BY resource").fetchall()
    return [conflict for (resource,) in rows for conflict in _follow(connection, resource, allowed).conflicts]


def new_conflicts(connection: sqlite3.Connection, arrival: Arrival) -> list[Conflict]:
    """Give what would be set aside on the resources of an arrival, before it is written."""
    allowed = read_allowed(connection)
    by_resource: dict[str, list[Change]] = {}
    for change in arrival.changes:
        by_resource.setdefault(change.resource, []).append(change)
    return [
        conflict
        for resource, changes in sorted(by_resource.items())
        for conflict in _follow(connection, resource, allowed, changes).conflicts
    ]


def unlike_the_journal(connection: sqlite3.Connection) -> list[str]:
    """Give the resources whose facts are not what follows from the journal; none in a catalogue that is whole."""
    allowed = read_allowed(connection)
    rows = connection.execute("SELECT DISTINCT resource FROM change WHERE action <> 'upgrade' ORDER BY resource").fetchall()
    followed = {resource: _follow(connection, resource, allowed) for (resource,) in rows}
    return [resource for resource, (before, after, _conflicts) in followed.items() if {*differences(before, after)} - {FOLLOWING[-1]}]


def settle(connection: sqlite3.Connection, conflict: Conflict, *, keep: bool, who: str, batch: str = "") -> Change:
    """Say for everybody whether what stands is kept, or what was set aside taken.

    Raises InvalidDataError when the record would not hold with it.
    """
    before, after = (conflict.aside, conflict.stands) if keep else (conflict.stands, conflict.aside)
    if not keep:
        found = faults(
            conflict.resource, tidy(read_record(connection, conflict.resource) | {conflict.field: after}), read_allowed(connection)
        )
        if found:
            raise InvalidDataError("\n".join(f"{conflict.resource}: {fault}" for fault in found))
    change = journal.write(connection, "settle", conflict.resource, {conflict.field: (before, after)}, who=who, batch=batch)
    refresh(connection, [conflict.resource])
    return change


def take_back_arrival(connection: sqlite3.Connection, act: str, who: str = "") -> list[Change]:
    """Take back what a merge or a sync brought: each resource says again what it would say without it.

    What was written here since, knowing it, stays. Raises UsageError when it is taken back already.
    """
    arrived = journal.read_changes(connection, "merged = ?", (act,))
    if any(journal.undone(connection, change) for change in arrived):
        raise UsageError(_("{change} is taken back already").format(change=act[:8]))
    done: list[Change] = []
    allowed = read_allowed(connection)
    for resource in sorted({change.resource for change in arrived}):
        without = _follow(connection, resource, allowed, leaving_out=act)
        fields = {field: (now, then) for field, (then, now) in differences(without.after, without.before).items() if field not in FOLLOWING}
        batch = done[0].uuid if done else ""
        done.append(journal.write(connection, "undo", resource, fields, who=who, batch=batch, undoes=act))
    refresh(connection, {change.resource for change in done})
    return done


def _follow(
    connection: sqlite3.Connection, resource: str, allowed: Allowed, more: Iterable[Change] = (), *, leaving_out: str = ""
) -> Followed:
    """Work out what a resource says by its entries; `more` are some that the journal does not hold yet."""
    before = read_record(connection, resource)
    entries = [
        change
        for change in journal.read_changes_of(connection, resource)
        if change.action in journal.FACTS and not (leaving_out and change.merged == leaving_out)
    ]
    entries = [change for change in entries if not journal.is_absorbed(connection, change.uuid)]
    entries += [change for change in more if change.action in journal.FACTS]
    root = tidy(before | journal.released_values(connection, resource))
    follows = outcome(root, entries)
    after, refused = _holding(resource, root, follows, allowed)
    found = [*_set_aside(resource, after, follows), *refused]
    return Followed(before, after, tuple(sorted(found, key=lambda conflict: conflict.field)))


def _holding(resource: str, root: Record, follows: Outcome, allowed: Allowed) -> tuple[Record, list[Conflict]]:
    """Give the record, its fields that do not hold together put back to what was released, and those fields as conflicts."""
    record, refused = follows.record, dict[str, Conflict]()
    while record and (found := faults(resource, record, allowed)):
        fields = {name for fault in found for name in _together(parted(fault)[0].partition(".")[0])} & (record.keys() | root.keys())
        fields = {field for field in fields if record.get(field) != root.get(field)}
        if not fields:
            return root, [Conflict(resource, field, root.get(field), record.get(field)) for field in differences(root, record)]
        refused |= {field: Conflict(resource, field, root.get(field), record.get(field)) for field in fields}
        record = tidy(record | {field: root.get(field) for field in fields})
    return record, list(refused.values())


def _together(field: str) -> tuple[str, ...]:
    return fields_of((TOGETHER.get(field, field), ""))


def _set_aside(resource: str, record: Record, follows: Outcome) -> Iterator[Conflict]:
    """Give each field with something set aside: as it stands, and as it would be with the other word."""
    cells = cells_of(record)
    for cell, stands, aside in follows.aside:
        other = record_of_cells({**cells, cell: aside.value})
        for field in fields_of(cell):
            if record.get(field) != other.get(field):
                yield Conflict(resource, field, record.get(field), other.get(field), stands.entry, aside.entry, stands.check, aside.check)
