"""Takes in entries that others wrote, works out what stands, and settles what was set aside.

Whoever holds the same entries and the same release ends with the same facts, whatever the order (`standing.py`). What a
release brought is left out: `ht upgrade` brings that.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import FOLLOWING
from ht_cli.catalogue.keeping.changing import Editor, edited_on, read_allowed, read_record
from ht_cli.catalogue.keeping.checking import Allowed, days_said, faults
from ht_cli.catalogue.keeping.following import CLOSING, Conflict, Followed, follow, led_to, moved_without
from ht_cli.catalogue.sharing.ahead import believed_until, kept_aside, with_what_waited
from ht_cli.clock import day_in_belgium
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.locale import translate as _
from ht_cli.model import Change


class Arrival(NamedTuple):
    """What came: the entries that were not known, the records that change by them, before and after, and entries that wait (`ahead.py`)."""

    changes: list[Change]
    records: dict[str, tuple[Record, Record]]
    waiting: list[Change]


def plan_merge(connection: sqlite3.Connection, theirs: Iterable[Change]) -> Arrival:
    """Work out what entries of others would do here; writes nothing."""
    allowed = read_allowed(connection)
    known = journal.known_uuids(connection)
    came = (*kept_aside(connection), *theirs)
    new = {change.uuid: change for change in came if change.uuid not in known and change.action != "upgrade"}
    until = believed_until()
    waiting = [new.pop(change.uuid) for change in list(new.values()) if change.at > until]
    more = _by_resource(new.values())
    records = {}
    for resource in (*more, *sorted(led_to(connection, more) - more.keys())):
        before, after, _conflicts = _follow(connection, resource, allowed, more)
        if after and "changed_on" in before:  # the new day is known when it is written
            after = after | {"changed_on": before["changed_on"]}
        if differences(before, after):
            records[resource] = (before, tidy(after))
    return Arrival(list(new.values()), records, waiting)


def _by_resource(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.resource, []).append(change)
    return found


def write_merge(connection: sqlite3.Connection, changes: Iterable[Change], act: str) -> set[str]:
    """Append what is new of others' entries, in the caller's transaction, and give the resources that they speak of.

    `act` names what brought them; what is dated too far ahead waits beside the journal. The facts follow with `refresh`.
    """
    resources = set()
    for change in with_what_waited(connection, changes):
        if change.action != "upgrade" and not journal.is_known(connection, change.uuid):
            journal.append(connection, change._replace(merged=act))
            resources.add(change.resource)
    return resources


def refresh(connection: sqlite3.Connection, resources: Iterable[str]) -> dict[str, tuple[Record, Record]]:
    """Write the facts that follow from the journal, and give the records that changed, before and after."""
    connection.execute("PRAGMA defer_foreign_keys = ON")  # what leads to a resource that goes is written after it
    spoken_of = set(resources)
    changed = _write_what_follows(connection, spoken_of)
    later = _write_what_follows(connection, led_to(connection, spoken_of))  # what it follows may have come only now, or have gone
    return changed | {resource: (changed.get(resource, pair)[0], pair[1]) for resource, pair in later.items()}


def _write_what_follows(connection: sqlite3.Connection, resources: Iterable[str]) -> dict[str, tuple[Record, Record]]:
    allowed = read_allowed(connection)
    editor = Editor(connection)
    changed = {}
    for resource in sorted(resources):
        before, after, _conflicts = _follow(connection, resource, allowed)
        touched = {field for change in journal.read_changes_of(connection, resource) for field in (*change.fields, *change.superseded)}
        journal.keep_released_values(connection, resource, {field: before.get(field) for field in (*sorted(touched), *FOLLOWING)})
        dated = tidy(after | {"changed_on": edited_on(connection, resource, after)}) if after else {}
        if dated != before:
            editor.write(resource, dated)
        if any(field not in FOLLOWING[-1:] for field in differences(before, after)):
            changed[resource] = (before, dated)
    return changed


def conflicts(connection: sqlite3.Connection) -> list[Conflict]:
    """Give what was set aside and waits to be settled, by resource and field."""
    allowed = read_allowed(connection)
    arrived = {resource for (resource,) in connection.execute("SELECT DISTINCT resource FROM change WHERE merged <> ''")}
    spoken_of = sorted(arrived | led_to(connection, arrived))
    return [conflict for resource in spoken_of for conflict in _follow(connection, resource, allowed).conflicts]


def new_conflicts(connection: sqlite3.Connection, arrival: Arrival) -> list[Conflict]:
    """Give what would be set aside on the resources of an arrival, before it is written."""
    allowed = read_allowed(connection)
    more = _by_resource(arrival.changes)
    spoken_of = sorted({*more, *led_to(connection, more)})
    return [conflict for resource in spoken_of for conflict in _follow(connection, resource, allowed, more).conflicts]


def unlike_the_journal(connection: sqlite3.Connection) -> list[str]:
    """Give the resources whose facts are not what follows from the journal; none in a catalogue that is whole."""
    allowed = read_allowed(connection)
    rows = connection.execute("SELECT DISTINCT resource FROM change WHERE action <> 'upgrade' ORDER BY resource").fetchall()
    followed = {resource: _follow(connection, resource, allowed) for (resource,) in rows}
    return [resource for resource, (before, after, _conflicts) in followed.items() if {*differences(before, after)} - {FOLLOWING[-1]}]


def as_it_waits(connection: sqlite3.Connection, conflict: Conflict) -> list[Conflict]:
    """Give a conflict as it is by now, with those of facts that stand together with it; none when it is settled already."""
    waiting = _follow(connection, conflict.resource, read_allowed(connection)).conflicts
    return [one for one in waiting if one.is_of(conflict)]


def settle(connection: sqlite3.Connection, conflict: Conflict, *, keep: bool, who: str, batch: str = "") -> Change | None:
    """Say for everybody whether what stands is kept, or what was set aside taken; None when it is settled already.

    Raises InvalidDataError when the record would not hold with it.
    """
    waiting = as_it_waits(connection, conflict)
    if not waiting:
        return None
    fields = {one.field: (one.aside, one.stands) if keep else (one.stands, one.aside) for one in waiting}
    if not keep:
        now = read_record(connection, conflict.resource)
        settled = tidy(now | {field: after for field, (_before, after) in fields.items()})
        allowed = read_allowed(connection)._replace(until=day_in_belgium(journal.next_moment(connection)))  # as it follows
        found = faults(conflict.resource, settled, allowed, days_said(now))
        if found:
            raise InvalidDataError("\n".join(f"{conflict.resource}: {fault}" for fault in found))
    change = journal.write(connection, "settle", conflict.resource, fields, who=who, batch=batch)
    refresh(connection, [conflict.resource])
    successor = fields.get("successor", ("", ""))[1]
    if successor and read_record(connection, conflict.resource).get("successor") != successor:  # they lead to each other
        _open_again(connection, successor, who, batch or change.uuid)
        refresh(connection, [conflict.resource, successor])
    return change


def _open_again(connection: sqlite3.Connection, resource: str, who: str, batch: str) -> None:
    closed = read_record(connection, resource)
    journal.write(
        connection, "settle", resource, {field: (closed[field], None) for field in CLOSING if field in closed}, who=who, batch=batch
    )


def take_back(connection: sqlite3.Connection, changes: Sequence[Change], who: str = "") -> tuple[list[Change], list[str]]:
    """Take changes back, those that came here last first; what a sync or a merge brought, whole, is one act.

    Gives the inverses, and the resources that stay because a release needs them. Raises UsageError as `Editor.take_back` does.
    """
    editor = Editor(connection, in_bulk=True)
    done: list[Change] = []
    for act, run in groupby(journal.newest_here_first(connection, changes), key=lambda change: change.merged):
        together = list(run)
        if act and len(together) == len(journal.read_changes(connection, "merged = ? AND merged <> ''", (act,))):
            done += take_back_arrival(connection, act, who)
        else:
            done += editor.take_back(together, who)
    editor.finish()
    return done, editor.staying


def take_back_arrival(connection: sqlite3.Connection, act: str, who: str = "") -> list[Change]:
    """Take back what a merge or a sync brought: each resource says again what it would say without it.

    What was written here since, knowing it, stays. Raises UsageError when it is taken back already.
    """
    arrived = journal.read_changes(connection, "merged = ? AND merged <> ''", (act,))
    if any(journal.undone(connection, change) for change in arrived):
        raise UsageError(_("{change} is taken back already").format(change=act[:8]))
    done: list[Change] = []
    for resource, brought in sorted(_by_resource(arrived).items()):
        moved = moved_without(connection, resource, read_record(connection, resource), brought)
        for change in sorted(brought, key=lambda change: _says_nothing(connection, change)):  # the first says what becomes of the resource
            batch = done[0].uuid if done else ""
            done.append(journal.write(connection, "undo", resource, moved, who=who, batch=batch, undoes=change.uuid))
            moved = {}
    refresh(connection, {change.resource for change in done})
    return done


def _says_nothing(connection: sqlite3.Connection, change: Change) -> bool:
    return change.action in journal.WORDS or journal.is_absorbed(connection, change.uuid)


def _follow(
    connection: sqlite3.Connection,
    resource: str,
    allowed: Allowed,
    more: Mapping[str, Sequence[Change]] = MappingProxyType({}),
) -> Followed:
    return follow(connection, resource, read_record(connection, resource), allowed, more)
