"""Brings a newer release into the user's own catalogue: its places and words whole, its facts where nobody changed them here."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import uuid4

from ht_cli.catalogue.facts.reading import read_ids, read_meta
from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.facts.versions import is_newer
from ht_cli.catalogue.index.rebuilding import copy_of_the_release, index_resources, require_terms
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import ORDER, cells_of, changed_cells
from ht_cli.catalogue.keeping.changing import Editor, edited_on, read_allowed, read_record
from ht_cli.catalogue.keeping.checking import days_said, faults
from ht_cli.catalogue.keeping.following import Conflict
from ht_cli.catalogue.keeping.secrecy import whereabouts
from ht_cli.catalogue.keeping.standing import outcome
from ht_cli.fields import RECORD_FIELDS
from ht_cli.model import Change
from ht_cli.shapes import NamedTuple


class UpgradeStep(NamedTuple):
    """What a release says anew of one resource: the record before and after, and what it released of the changed fields."""

    before: Record
    after: Record
    released: dict[str, Any]


class Upgrade(NamedTuple):
    """The steps by resource, and where the release and we changed the same field: ours stays."""

    steps: dict[str, UpgradeStep]
    conflicts: list[Conflict]


def plan_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection) -> Upgrade:
    """Hold the release's facts against ours; writes nothing."""
    allowed = read_allowed(release).of_release(read_meta(release).get("data_version", ""))
    steps: dict[str, UpgradeStep] = {}
    conflicts: list[Conflict] = []
    for identifier in read_ids(release, all_statuses=True):
        offered, ours = read_record(release, identifier), read_record(connection, identifier)
        released = journal.released_values(connection, identifier)
        entries = [change for change in journal.read_changes_of(connection, identifier) if change.action != "upgrade"] if released else []
        silent = {change.uuid for change in entries if journal.is_absorbed(release, change.uuid)}
        step = _step(ours, offered, released, {field for change in entries if change.uuid not in silent for field in change.fields})
        open_to_settle: list[Conflict] = []
        if entries:
            step = _joined(step, released, entries, silent)
            open_to_settle = _set_aside(identifier, step, released)
        if step.before != step.after and faults(identifier, step.after, allowed, days_said(ours)):
            open_to_settle = [Conflict(identifier, field, ours.get(field), value) for field, value in step.released.items()]
            step = UpgradeStep(ours, ours, {})
        if step.before != step.after or step.released:
            steps[identifier] = step
        conflicts += open_to_settle
    return Upgrade(steps, conflicts)


def _step(ours: Record, offered: Record, released: dict[str, Any], spoken_of: Collection[str]) -> UpgradeStep:
    """Take what the release says, where no keeper says otherwise in an entry that it does not know."""
    after, news = dict(ours), {}
    for field in (name for name in RECORD_FIELDS if name != "changed_on"):  # the day follows from the journal
        now, new = ours.get(field), offered.get(field)
        if field in spoken_of and released.get(field, now) != now:
            if new != released[field]:
                news[field] = new
            continue
        if field == "addresses":
            new = _with_ours_that_are_secret(now, new)
        if now != new or released.get(field, new) != new:
            after[field] = news[field] = new
    if "changed_on" not in released and offered.get("changed_on"):
        after["changed_on"] = offered["changed_on"]
    return UpgradeStep(ours, tidy(after), news)


def _joined(step: UpgradeStep, released: dict[str, Any], entries: Sequence[Change], silent: Collection[str]) -> UpgradeStep:
    """Let what keepers said follow on what is released now, as it does with each later write: of a list what both did happens."""
    root = tidy(step.before | released | step.released)
    after = outcome(root, entries, silent).record
    return step._replace(after=tidy(after | {"changed_on": step.after.get("changed_on")}) if after else {})


def _set_aside(identifier: str, step: UpgradeStep, released: Mapping[str, Any]) -> list[Conflict]:
    """Give the fields in which the release changed a fact that keepers say otherwise: theirs stands."""
    found, cells = [], cells_of(step.after)
    for field, new in step.released.items():
        stands = step.after.get(field)
        moved = changed_cells(field, released.get(field, step.before.get(field)), new)
        if stands != new and any(cells.get(cell) != value for cell, value in moved.items() if cell[1] != ORDER):
            found.append(Conflict(identifier, field, stands, new))
    return found


def _with_ours_that_are_secret(ours: Any, offered: Any) -> Any:
    """Give the addresses that a release says, with ours that are secret: those never travel, so no release can know of them."""
    told = {whereabouts(address) for address in offered or ()}
    secret = [address for address in ours or () if address.get("confidential") and whereabouts(address) not in told]
    return [*(offered or ()), *secret] if secret else offered


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
            changes.append(journal.write(connection, "upgrade", identifier, fields, who=who, batch=batch))
    _write_records(connection, plan)
    require_terms(connection)  # a term that the release renamed is gone from the facts by now, unless they are ours
    index_resources(connection)
    return changes


def _write_records(connection: sqlite3.Connection, plan: Upgrade) -> None:
    editor = Editor(connection)
    changed = {identifier: step.after for identifier, step in plan.steps.items() if step.before != step.after}
    for identifier, after in sorted(changed.items(), key=lambda item: "successor" in item[1]):
        edited = edited_on(connection, identifier, after)
        editor.write(identifier, tidy(after | {"changed_on": edited}) if edited else after)


def waits_for_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection) -> bool:
    """Say whether the release is newer than the one that this catalogue was made from."""
    ours, released = (read_meta(read).get("data_version", "") for read in (connection, release))
    return is_newer(released, ours)


def taken_back(connection: sqlite3.Connection) -> str:
    """Give the name of the act that took an upgrade back and is in effect; nothing when there is none."""
    for undo in journal.read_changes(connection, "action = 'undo' AND batch = ''"):
        upgraded = any(change.action == "upgrade" for change in journal.read_changes(connection, "uuid = ?", (undo.undoes,)))
        if upgraded and not journal.undone(connection, undo):
            return undo.short
    return ""
