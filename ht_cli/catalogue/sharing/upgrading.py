"""Brings a newer release into the user's own catalogue: its places and words whole, its facts where nobody changed them here."""

import sqlite3
from typing import Any, NamedTuple
from uuid import uuid4

from ht_cli import clock
from ht_cli.catalogue.facts.reading import read_ids, read_meta
from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.index.rebuilding import copy_of_the_release, hold_terms, index_resources
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.changing import Editor, edited_on, read_allowed, read_record
from ht_cli.catalogue.keeping.checking import faults
from ht_cli.catalogue.sharing.merging import Conflict
from ht_cli.model import Change


class Step(NamedTuple):
    """What a release says anew of one resource: the record before and after, and what it released of the changed fields."""

    before: Record
    after: Record
    released: dict[str, Any]


class Upgrade(NamedTuple):
    """The steps by resource, and where the release and we changed the same field: ours stays."""

    steps: dict[str, Step]
    conflicts: list[Conflict]


def plan_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection) -> Upgrade:
    """Hold the release's facts against ours; writes nothing."""
    allowed = read_allowed(release)
    steps: dict[str, Step] = {}
    conflicts: list[Conflict] = []
    for identifier in read_ids(release, all_statuses=True):
        offered, ours = read_record(release, identifier), read_record(connection, identifier)
        step, open_to_settle = _step(identifier, ours, offered, journal.released_values(connection, identifier))
        if step.before != step.after and faults(identifier, step.after, allowed):
            open_to_settle = [Conflict(identifier, field, ours.get(field), value) for field, value in step.released.items()]
            step = Step(ours, ours, {})
        if step.before != step.after or step.released:
            steps[identifier] = step
        conflicts += open_to_settle
    return Upgrade(steps, conflicts)


def _step(identifier: str, ours: Record, offered: Record, released: dict[str, Any]) -> tuple[Step, list[Conflict]]:
    """Take what the release changed since the one we have, where we did not change the same."""
    after, news, conflicts = dict(ours), {}, []
    for field, (now, new) in differences(ours, offered).items():
        if new == released.get(field, now) or field == "changed_on":
            continue  # the release says what it said before; or the day follows from the journal
        news[field] = new
        if released.get(field, now) == now:
            after[field] = new
        else:
            conflicts.append(Conflict(identifier, field, now, new))
    if "changed_on" not in released and offered.get("changed_on"):
        after["changed_on"] = offered["changed_on"]
    return Step(ours, tidy(after), news), conflicts


def write_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection, who: str = "") -> list[Change]:
    """Bring the release in, in the caller's transaction, and give what changed of our resources."""
    plan = plan_upgrade(connection, release)
    connection.execute("PRAGMA defer_foreign_keys = ON")  # places and resources point at one another
    copy_of_the_release(connection, release)
    batch = str(uuid4())
    changes = []
    for identifier, step in plan.steps.items():
        fields = {field: pair for field, pair in differences(step.before, step.after).items() if field != "changed_on"}
        journal.keep_released_values(connection, identifier, step.released, replace=True)
        if fields:
            changes.append(Change(str(uuid4()), clock.moment(), who, "upgrade", identifier, fields, batch=batch))
            journal.append(connection, changes[-1])
    _write_records(connection, plan)
    hold_terms(connection)  # a term that the release renamed is gone from the facts by now, unless they are ours
    index_resources(connection)
    return changes


def _write_records(connection: sqlite3.Connection, plan: Upgrade) -> None:
    editor = Editor(connection)
    changed = {identifier: step.after for identifier, step in plan.steps.items() if step.before != step.after}
    for identifier, after in sorted(changed.items(), key=lambda item: "successor" in item[1]):
        edited = edited_on(connection, identifier)
        editor.write(identifier, tidy(after | {"changed_on": edited}) if edited else after)


def waits_for_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection) -> bool:
    """Say whether the release is newer than the one that this catalogue was made from."""
    return read_meta(release).get("data_version", "") > read_meta(connection).get("data_version", "")


def taken_back(connection: sqlite3.Connection) -> str:
    """Give the name of the act that took an upgrade back and is in effect; nothing when there is none."""
    for undo in journal.read_changes(connection, "action = 'undo' AND batch = ''"):
        upgraded = any(change.action == "upgrade" for change in journal.read_changes(connection, "uuid = ?", (undo.undoes,)))
        if upgraded and not journal.undone(connection, undo):
            return undo.short
    return ""
