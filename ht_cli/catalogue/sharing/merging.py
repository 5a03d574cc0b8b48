"""Takes in entries that others wrote, works out what stands, and settles what was set aside.

Whoever holds the same entries and the same release ends with the same facts, whatever the order (`standing.py`). What a
release brought is left out: `ht upgrade` brings that.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import FOLLOWING, TOGETHER
from ht_cli.catalogue.keeping.changing import Editor, edited_on, read_allowed, read_record
from ht_cli.catalogue.keeping.checking import Allowed, days_said, faults
from ht_cli.catalogue.keeping.following import CLOSING, Conflict, Followed, follow, led_to, moved_without
from ht_cli.catalogue.keeping.secrecy import secret_among
from ht_cli.catalogue.sharing.ahead import believed_until, kept_aside, with_what_waited
from ht_cli.clock import day_in_belgium
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.shapes import NamedTuple


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


def conflicts(connection: sqlite3.Connection, arrival: Arrival | None = None) -> list[Conflict]:
    """Give what was set aside and waits to be settled, by resource and field; with an arrival, what will wait once that is written."""
    allowed = read_allowed(connection)
    more = _by_resource(arrival.changes) if arrival else {}
    arrived = {resource for (resource,) in connection.execute("SELECT DISTINCT resource FROM change WHERE merged <> ''")} | more.keys()
    spoken_of = sorted(arrived | led_to(connection, arrived))
    found = [conflict for resource in spoken_of for conflict in _follow(connection, resource, allowed, more).conflicts]
    return _knowing_secrets(connection, found, arrival.changes if arrival else ())


def _knowing_secrets(connection: sqlite3.Connection, found: Sequence[Conflict], arriving: Iterable[Change] = ()) -> list[Conflict]:
    secret = secret_among(connection, {one.resource for one in found}, arriving) if found else set()
    return [one._replace(secret=one.resource in secret) for one in found]


def things(found: Iterable[Conflict]) -> list[list[Conflict]]:
    """Give conflicts by what people disagree about: a closing is one thing, whatever fields say so, and so is that a resource is there."""
    grouped: dict[tuple[str, ...], list[Conflict]] = {}
    of_resource = groupby(sorted(found, key=lambda one: (one.resource, one.field)), key=lambda one: one.resource)
    for resource, some in of_resource:
        together = list(some)
        name = next((one for one in together if one.field == "name" and None in (one.stands, one.aside)), None)
        for one in together:
            if name and (name.stands is None or one.aside_word == name.aside_word):
                key: tuple[str, ...] = (resource,)
            else:
                cell = one.cell if any(one.cell) else (TOGETHER.get(one.field, one.field), "")
                key = (resource, *cell, one.aside_word.uuid if one.aside_word else "")
            grouped.setdefault(key, []).append(one)
    return list(grouped.values())


def unlike_the_journal(connection: sqlite3.Connection) -> list[str]:
    """Give the resources whose facts are not what follows from the journal; none in a catalogue that is whole."""
    allowed = read_allowed(connection)
    rows = connection.execute("SELECT DISTINCT resource FROM change WHERE action <> 'upgrade' ORDER BY resource").fetchall()
    followed = {resource: _follow(connection, resource, allowed) for (resource,) in rows}
    return [resource for resource, (before, after, _conflicts) in followed.items() if {*differences(before, after)} - {FOLLOWING[-1]}]


def as_it_waits(connection: sqlite3.Connection, conflict: Conflict) -> list[Conflict]:
    """Give a conflict as it is by now, with all that is one thing with it; none when it is settled already."""
    waiting = things(_knowing_secrets(connection, _follow(connection, conflict.resource, read_allowed(connection)).conflicts))
    return next((thing for thing in waiting if any(one.is_of(conflict) for one in thing)), [])


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
        if fields.get("name", ("", ""))[1] is None:  # it goes with all that it says
            fields = {field: (value, None) for field, value in now.items() if field not in FOLLOWING}
        settled = tidy(now | {field: after for field, (_before, after) in fields.items()})
        allowed = read_allowed(connection)._replace(until=day_in_belgium(journal.next_moment(connection)))  # as it follows
        found = faults(conflict.resource, settled, allowed, days_said(now)) if settled.get("name") else []
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
    """Take changes back, those that came here last first; what is left of what a sync or a merge brought is one act.

    Gives the inverses, and the resources that stay because a release needs them. Raises UsageError as `Editor.take_back` does, and
    where all of it is taken back already.
    """
    editor = Editor(connection, in_bulk=True)
    done: list[Change] = []
    for act, run in groupby(_last_act_first(connection, changes), key=lambda change: change.merged):
        together = list(run)
        if act and _is_what_is_left(connection, act, together):
            done += take_back_arrival(connection, act, who, _begun(done, together))
            continue
        for again, some in groupby(together, key=lambda change: _is_about_an_arrival(connection, change)):
            few = list(some)
            begun = _begun(done, few)
            done += _bring_again(connection, few, who, begun) if again else editor.take_back(few, who, begun)
    editor.finish()
    return done, editor.staying


def _begun(done: Sequence[Change], changes: Sequence[Change]) -> str:
    """Name the act that taking changes back is part of; of an upgrade it is one by itself, and of nothing yet there is none."""
    return done[0].act if done and not any(change.action == "upgrade" for change in changes) else ""


def _last_act_first(connection: sqlite3.Connection, changes: Sequence[Change]) -> list[Change]:
    """Give changes as they came into this journal, the last first; of those that came together the newest first, whatever file they came in."""
    numbers = {change.uuid: journal.number_of(connection, change.uuid) for change in changes}
    newest: dict[str, int] = {}
    for change in changes:
        newest[change.merged] = max(numbers[change.uuid], newest.get(change.merged, 0))
    return sorted(
        changes,
        key=lambda change: (newest[change.merged], change.at, change.uuid) if change.merged else (numbers[change.uuid], "", ""),
        reverse=True,
    )


def _is_what_is_left(connection: sqlite3.Connection, act: str, changes: Sequence[Change]) -> bool:
    """Say whether these are all that an act brought and that is not taken back yet."""
    left = {change.uuid for change in _arrived(connection, act) if not journal.undone(connection, change)}
    return left <= {change.uuid for change in changes}


def _arrived(connection: sqlite3.Connection, act: str) -> list[Change]:
    return journal.read_changes(connection, "merged = ? AND merged <> ''", (act,))


def _is_about_an_arrival(connection: sqlite3.Connection, change: Change) -> bool:
    """Say whether this is an undo of ours of what others wrote, or of such an undo: it is brought again, or goes again, whole."""
    if change.merged or change.action != "undo":
        return False
    named = journal.read_changes(connection, "uuid = ?", (change.undoes,))
    return any(undone.merged or _is_about_an_arrival(connection, undone) for undone in named)


def of_one_act(connection: sqlite3.Connection, change: Change) -> list[Change]:
    """Give all that is taken back where this change is named: the whole of an undo of what others wrote, else the change alone."""
    return journal.read_changes_named(connection, change.act) if _is_about_an_arrival(connection, change) else [change]


def take_back_arrival(connection: sqlite3.Connection, act: str, who: str = "", begun: str = "") -> list[Change]:
    """Take back, each by its name, what is left of what a merge or a sync brought: each resource says what it would say without all of it.

    What it took back itself, words between keepers among it, goes too. `begun` names the act that this is part of, if it is.
    Raises UsageError when all of it is taken back already.
    """
    left = [change for change in _arrived(connection, act) if not journal.undone(connection, change, apart_from=act)]
    if not left:
        raise UsageError(_("{change} is taken back already").format(change=act[:8]))
    return _take_back_together(connection, left, who, begun)


def _bring_again(connection: sqlite3.Connection, undos: Sequence[Change], who: str, begun: str) -> list[Change]:
    """Take back that an arrival was taken back. Raises UsageError when that is taken back already."""
    for undo in undos:
        if journal.undone(connection, undo):
            raise UsageError(_("change {change} of {id} is taken back already").format(change=undo.short, id=undo.resource))
    return _take_back_together(connection, undos, who, begun)


def _take_back_together(connection: sqlite3.Connection, changes: Sequence[Change], who: str, begun: str) -> list[Change]:
    """Take changes back as one: no other stands in the way, and of those on one resource the first undo says what becomes of it."""
    done: list[Change] = []
    for resource, some in sorted(_by_resource(changes).items()):
        moved = moved_without(connection, resource, read_record(connection, resource), some)
        for change in sorted(some, key=lambda change: _says_nothing(connection, change)):
            batch = begun or (done[0].uuid if done else "")
            done.append(journal.write(connection, "undo", resource, moved, who=who, batch=batch, undoes=change.uuid))
            moved = {}
    refresh(connection, {change.resource for change in done})
    return done


def _says_nothing(connection: sqlite3.Connection, change: Change) -> bool:
    """Say whether a change says nothing of facts: a word between keepers or what takes one back, or what a release says already."""
    if change.action == "undo":
        return any(_says_nothing(connection, named) for named in journal.read_changes(connection, "uuid = ?", (change.undoes,)))
    return change.action in journal.WORDS or journal.is_absorbed(connection, change.uuid)


def _follow(
    connection: sqlite3.Connection,
    resource: str,
    allowed: Allowed,
    more: Mapping[str, Sequence[Change]] = MappingProxyType({}),
) -> Followed:
    return follow(connection, resource, read_record(connection, resource), allowed, more)
