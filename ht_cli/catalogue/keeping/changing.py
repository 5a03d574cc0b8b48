"""Changes one resource: its facts, its search rows and the journal move together, or not at all."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.facts.records import Record, differences, make_resource, record_of, tidy
from ht_cli.catalogue.facts.storing import erase_resource, write_resource
from ht_cli.catalogue.index.postings import ResourceIndexer
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import FOLLOWING, ORDER, WHOLE_CHECK, cells_of, changed_cells, record_of_cells
from ht_cli.catalogue.keeping.checking import Allowed, circle_faults, days_said, faults
from ht_cli.catalogue.keeping.device import device_of
from ht_cli.catalogue.keeping.following import follow, led_to, moved_without
from ht_cli.catalogue.keeping.verifying import unchecked
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.fields import SPOKEN
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.shapes import NamedTuple

NEW_FROM = 1 << 24  # numbers of released resources are lower
Edit = Callable[[Record], Record]


class Occasion(NamedTuple):
    """What brings a change about: the action, who, why, and the batch or the change taken back that it belongs to."""

    action: str
    who: str = ""
    note: str = ""
    batch: str = ""
    undoes: str = ""


class Editor:
    """Changes resources of a catalogue that is open for writing, inside the caller's transaction.

    `in_bulk` leaves what is counted of all, and the words of names that may be misspelt, to `finish`; `held` says that the records
    that come were held against the rules, as this catalogue has them, by whoever brings them.
    """

    def __init__(self, connection: sqlite3.Connection, *, in_bulk: bool = False, held: bool = False) -> None:
        self._connection = connection
        self._in_bulk = in_bulk
        self._held = held
        self._allowed = read_allowed(connection)
        self._indexer = ResourceIndexer(connection)
        self._before_this = journal.last_number(connection)  # what is written later may be of a trial, and nobody is told its name
        self.staying: list[str] = []  # ids of what an upgrade brought and could not be taken back: its release needs it

    def change(self, identifier: str, edit: Edit, occasion: Occasion) -> Change | None:
        """Apply an edit to what a resource says now; None when it changes nothing.

        Raises InvalidDataError when the outcome does not hold, and changes nothing then.
        """
        before = read_record(self._connection, identifier)
        after = unchecked(before, tidy(edit(dict(before))))
        return self._replace(identifier, before, after, occasion)

    def write(self, identifier: str, after: Record) -> None:
        """Make a resource say what a record says, and find it by that; the journal is the caller's care."""
        connection = self._connection
        if after.get("successor") and not _exists(connection, after["successor"]):
            raise InvalidDataError(_("successor: no resource has the id {id}").format(id=after["successor"]))
        number = _number_of(connection, identifier)
        self._indexer.remove(number)
        if after:
            resource = make_resource(identifier, after)
            write_resource(connection, number, resource)
            self._indexer.add(number, resource)
            self._indexer.learn_words(resource)
        else:
            self._erase(identifier)
        if not self._in_bulk:
            self.finish()

    def finish(self) -> None:
        """Write what is counted of all resources, and the words that were learned."""
        self._indexer.finish()

    @cached_property
    def _device(self) -> str:
        return device_of(self._connection)

    def _replace(self, identifier: str, before: Record, after: Record, occasion: Occasion) -> Change | None:
        changed = _journaled(before, after)
        if not changed:
            return None
        if after and not self._held:
            said_before = days_said(before, after if occasion.undoes else {})  # what is taken back or accepted comes as it was
            found = faults(identifier, after, self._allowed, said_before)
            if not found and "successor" in changed and occasion.action != "undo":  # what is taken back comes as it was
                found += circle_faults(identifier, after, lambda other: successor_of(self._connection, other))
            if found:
                raise InvalidDataError("\n".join(f"{identifier}: {fault}" for fault in found))
        journal.keep_released_values(self._connection, identifier, {field: before.get(field) for field in (*changed, *FOLLOWING)})
        change = journal.write(self._connection, fields=changed, resource=identifier, device=self._device, **occasion._asdict())
        if before or change.seen or change.action not in journal.EDITS:
            after = follow(self._connection, identifier, before, self._allowed).after  # a changed fact is no longer checked
            self.write(identifier, tidy(after | {"changed_on": edited_on(self._connection, identifier, after)}) if after else {})
        else:  # nobody spoke of it before: it says what its one entry says
            self.write(identifier, after | {"changed_on": change.at[:10]})
        if "successor" in changed and (before.get("successor") or occasion.action == "undo"):
            self._follow_what_leads_to(identifier)
        return change

    def _follow_what_leads_to(self, identifier: str) -> None:
        """Write what follows of the resources that lead to this one: one that was kept open, because they led to each other, may close."""
        for other in sorted(led_to(self._connection, [identifier]) - {identifier}):
            self._write_what_follows(other)

    def _write_what_follows(self, identifier: str) -> None:
        before, after, _conflicts = follow(self._connection, identifier, read_record(self._connection, identifier), self._allowed)
        dated = tidy(after | {"changed_on": edited_on(self._connection, identifier, after)}) if after else {}
        if dated != before:
            self.write(identifier, dated)

    def _erase(self, identifier: str) -> None:
        try:
            erase_resource(self._connection, identifier)
        except sqlite3.IntegrityError as error:
            raise UsageError(_("{id} cannot be taken out: another resource points at it").format(id=identifier)) from error

    def take_back(self, changes: Sequence[Change], who: str = "", begun: str = "") -> list[Change]:
        """Append the inverse of each change, newest first: what comes again before what may follow it, what goes at the end.

        `begun` names the act that this is part of, if it is. What an upgrade brought stays where the places, lines or words of
        its release need it; `staying` names it. Raises UsageError, naming the later change, where the inverse would trample on one.
        """
        done: list[Change] = []
        for change in sorted(changes, key=_comes_or_goes):
            if journal.undone(self._connection, change):
                raise UsageError(_("change {change} of {id} is taken back already").format(change=change.short, id=change.resource))
            batch = begun or (done[0].uuid if done else "")
            inverse = self._taken_back(change, Occasion("undo", who, batch=batch, undoes=change.uuid))
            if inverse is None:  # what it did is gone already, or stays; the journal says that it no longer holds
                inverse = journal.write(self._connection, "undo", change.resource, {}, who=who, batch=batch, undoes=change.uuid)
                if "changed_on" in journal.released_values(self._connection, change.resource):  # else a release alone has spoken of it
                    self._write_what_follows(change.resource)  # the day of the last edit may be another one
            done.append(inverse)
        self._require_successors(changes)
        return done

    def _taken_back(self, change: Change, occasion: Occasion) -> Change | None:
        try:
            if change.action == "upgrade" and _adds(change) and _needed_by_release(self._connection, change.resource):
                raise InvalidDataError(change.resource)
            now = read_record(self._connection, change.resource)
            return self._replace(change.resource, now, self._without_it(now, change), occasion)
        except InvalidDataError:
            if change.action != "upgrade":
                raise
            self.staying.append(change.resource)
            return None

    def _without_it(self, now: Record, change: Change) -> Record:
        """Give what a resource would say if a change had never been made. Raises UsageError where a later one stands in the way."""
        if change.action == "upgrade" or journal.is_absorbed(self._connection, change.uuid):  # the release says it
            was = tidy(self._inverse(dict(now), change))
            later = journal.read_later_changes(self._connection, change)
            confirmed = any(check.action == "verify" and not journal.undone(self._connection, check) for check in later)
            return unchecked(now, was) if confirmed else was  # what was confirmed since is not what was there before
        self._require_nothing_later(now, change)
        moved = moved_without(self._connection, change.resource, now, [change])
        was = tidy(now | {field: after for field, (_before, after) in moved.items()})
        if was.get("name"):
            return was
        for field in now.keys() - change.fields.keys() - {"changed_on"}:
            raise self._changed_later(change, field)
        return {}

    def _require_nothing_later(self, now: Record, change: Change) -> None:
        """Require that nobody gave a fact again, knowing what this change gave it. Raises UsageError, naming a later one that did."""
        moved = [field for field, (before, _after) in change.fields.items() if field not in FOLLOWING and now.get(field) != before]
        given = {cell for field in moved for cell in changed_cells(field, *change.fields[field]) if cell[1] != ORDER}
        if not given:
            return
        for later in journal.read_later_changes(self._connection, change):
            fields = [field for field in moved if field in later.fields]
            again = any(cell in given for field in fields for cell in changed_cells(field, *later.fields[field]))
            if again and later.action != "undo" and not journal.undone(self._connection, later) and self._knew(later, change):
                raise self._changed_later(change, fields[0])

    def _knew(self, later: Change, earlier: Change) -> bool:
        """Say whether who wrote a change had seen an earlier one; those of 0.1.0 do not say so."""
        if not later.device or later.device == earlier.device:
            return True
        seen_by = {change.uuid: change.seen for change in journal.read_changes_of(self._connection, later.resource)}
        known, newest = set[str](), {later.uuid}
        while newest and earlier.uuid not in known:
            newest = {name for entry in newest for name in seen_by.get(entry, ())} - known
            known |= newest
        return earlier.uuid in known

    def _require_successors(self, changes: Sequence[Change]) -> None:
        """Require that nothing is left that follows a resource that went. Raises UsageError, naming what does."""
        touched = {change.resource for change in changes}
        sql = "SELECT id, successor FROM resource r WHERE successor <> '' AND NOT EXISTS (SELECT 1 FROM resource WHERE id = r.successor)"
        for other, gone in self._connection.execute(sql):
            if gone in touched:
                raise UsageError(
                    _("{id} cannot be taken out: {other} leads to it; take that back too, see: ht history {other}").format(
                        id=gone, other=other
                    )
                )

    def _inverse(self, record: Record, change: Change) -> Record:
        for field, (before, after) in change.fields.items():
            now = record.get(field)
            if now == before:
                continue
            record[field] = before if now == after else self._without(change, field, now)
        if change.action == "add" or not record.get("name"):
            kept = {field: value for field, value in record.items() if value is not None and field != "changed_on"}
            if kept and not record.get("name"):
                raise self._changed_later(change, next(iter(kept)))
            if not kept:
                return {}
        return record

    def _without(self, change: Change, field: str, now: Any) -> Any:
        """Give a list, or a text by language, without what a change did to it, while others changed other entries of it."""
        before, after = change.fields[field]
        cells, was = cells_of({field: now}), cells_of({field: after})
        back = changed_cells(field, after, before)
        if not (field in SPOKEN or isinstance(before or after, list)) or field in FOLLOWING:
            raise self._changed_later(change, field)
        for cell, value in back.items():
            if cell[1] != ORDER and cells.get(cell) not in (value, was.get(cell)):
                raise self._changed_later(change, field)
        order = {cell: cells.get(cell) for cell in back if cell[1] == ORDER}
        return record_of_cells({**cells, **back, **order}).get(field)

    def _changed_later(self, change: Change, field: str) -> UsageError:
        others = (*journal.read_later_changes(self._connection, change), *journal.read_changes_of(self._connection, change.resource))
        known = journal.known_uuids(self._connection, up_to=self._before_this)
        there = (
            c for c in others if field in c.fields and c.uuid != change.uuid and c.uuid in known and not journal.undone(self._connection, c)
        )
        later = min(there, key=lambda c: c.action == "undo", default=None)  # by the clock it may be earlier
        if later is None:
            return UsageError(_("{id}: {field} is not what this change left; see: ht history {id}").format(id=change.resource, field=field))
        return UsageError(
            _("{id}: {field} was changed again later ({later}); take that back first: ht undo {later}").format(
                id=change.resource, field=field, later=later.short
            )
        )


def read_record(connection: sqlite3.Connection, identifier: str) -> Record:
    """Give the record of a resource; empty when there is none of this id."""
    found = read_resources(connection, [identifier])
    return record_of(found[0]) if found else {}


def successor_of(connection: sqlite3.Connection, identifier: str) -> str:
    """Give the id of what follows a resource that is closed; empty where nothing does."""
    row = connection.execute("SELECT successor FROM resource WHERE id = ? AND status = 'closed'", (identifier,)).fetchone()
    return row[0] or "" if row else ""


def read_allowed(connection: sqlite3.Connection) -> Allowed:
    """Give what a record may name, as the catalogue holds it."""
    terms: dict[str, list[str]] = {}
    for kind, identifier in connection.execute("SELECT kind, id FROM term ORDER BY kind, position"):
        terms.setdefault(kind, []).append(identifier)
    postcodes = {nis: text.split(";") for nis, text in connection.execute("SELECT nis, postcodes FROM municipality")}
    provinces = dict(connection.execute("SELECT slug, region FROM province"))
    return Allowed.made_of(terms, postcodes, provinces)


def edited_on(connection: sqlite3.Connection, identifier: str, record: Record) -> str:
    """Give the day of the newest edit that is in effect, else what the release said; that too where the record says what the release says.

    So it is the same wherever the same facts and entries are, whatever was taken back there and how.
    """
    released = journal.released_values(connection, identifier)
    as_released = bool(released) and all(record.get(field) == value for field, value in released.items() if field not in FOLLOWING)
    moment = "" if as_released else journal.last_edit(connection, identifier)
    return moment[:10] if moment else released.get("changed_on") or ""


def _number_of(connection: sqlite3.Connection, identifier: str) -> int:
    """Give the number of a resource, for a new one that which follows from its id: of equal hits the lower comes first, on every device."""
    row = connection.execute("SELECT number FROM resource WHERE id = ?", (identifier,)).fetchone()
    if row:
        return int(row[0])
    number = NEW_FROM + int.from_bytes(sha256(identifier.encode()).digest()[:4])
    while connection.execute("SELECT 1 FROM resource WHERE number = ?", (number,)).fetchone():
        number += 1
    return number


def _adds(change: Change) -> bool:
    return "name" in change.fields and change.fields["name"][0] is None


def _comes_or_goes(change: Change) -> int:
    """Order what is taken back: first what comes again, last what goes."""
    before, after = change.fields.get("name", ("", ""))
    return -1 if after is None else int(before is None)


def _needed_by_release(connection: sqlite3.Connection, identifier: str) -> bool:
    """Say whether the places or the lines to call of a release lead to a resource."""
    sql = (
        "SELECT 1 FROM municipality WHERE ?1 IN (network_adult, network_youth) UNION ALL SELECT 1 FROM network_mark WHERE network = ?1"
        " UNION ALL SELECT 1 FROM urgent_line WHERE resource = ?1"
    )
    return connection.execute(sql, (identifier,)).fetchone() is not None


def _exists(connection: sqlite3.Connection, identifier: str) -> bool:
    return connection.execute("SELECT 1 FROM resource WHERE id = ?", (identifier,)).fetchone() is not None


def _journaled(before: Record, after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The day of the edit follows from the journal, so it is not itself a change; a check of a record is said as a whole.

    What of it is the same as before (the day, of a second check of that day) would else seem to be taken away.
    """
    changed = differences(before, after)
    changed.pop("changed_on", None)
    if any(name in changed for name in WHOLE_CHECK):
        changed |= {name: (before.get(name), after.get(name)) for name in WHOLE_CHECK if name in before or name in after}
    return changed
