"""Changes one resource: its facts, its search rows and the journal move together, or not at all."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from ht_cli import clock
from ht_cli.catalogue import journal
from ht_cli.catalogue.checking import Allowed, faults
from ht_cli.catalogue.postings import ResourceIndexer
from ht_cli.catalogue.reading import read_resources
from ht_cli.catalogue.records import Record, differences, make_resource, record_of, tidy
from ht_cli.catalogue.storing import erase_resource, write_resource
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.locale import translate as _
from ht_cli.model import Change

Edit = Callable[[Record], Record]


class Occasion(NamedTuple):
    """What brings a change about: the action, who, why, and the batch or the change taken back that it belongs to."""

    action: str
    who: str = ""
    note: str = ""
    batch: str = ""
    undoes: str = ""


class Editor:
    """Changes resources of a catalogue that is open for writing, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._allowed = read_allowed(connection)
        self._indexer = ResourceIndexer(connection)

    def change(self, identifier: str, edit: Edit, occasion: Occasion) -> Change | None:
        """Apply an edit to what a resource says now; None when it changes nothing.

        Raises InvalidDataError when the outcome does not hold, and changes nothing then.
        """
        before = read_record(self._connection, identifier)
        after = tidy(edit(dict(before)))
        return self._replace(identifier, before, after, occasion)

    def write(self, identifier: str, after: Record) -> None:
        """Make a resource say what a record says, and find it by that; the journal is the caller's care."""
        connection = self._connection
        if after.get("successor") and not _exists(connection, after["successor"]):
            raise InvalidDataError(_("successor: no resource has the id {id}").format(id=after["successor"]))
        row = connection.execute("SELECT number FROM resource WHERE id = ?", (identifier,)).fetchone()
        number = row[0] if row else connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM resource").fetchone()[0]
        self._indexer.remove(number)
        if not after:
            self._erase(identifier)
            return
        resource = make_resource(identifier, after)
        write_resource(connection, number, resource)
        self._indexer.add(number, resource)
        self._indexer.learn_words(resource)

    def _replace(self, identifier: str, before: Record, after: Record, occasion: Occasion) -> Change | None:
        changed = _journaled(before, after)
        if not changed:
            return None
        if after:
            found = faults(identifier, after, self._allowed)
            if found:
                raise InvalidDataError("\n".join(f"{identifier}: {fault}" for fault in found))
        change = Change(str(uuid4()), clock.moment(), occasion.who, occasion.action, identifier, changed, *occasion[2:])
        released = {field: value for field, (value, _after) in changed.items()}
        if not before:
            released["changed_on"] = None
        journal.keep_released_values(self._connection, identifier, {**released, "changed_on": before.get("changed_on")})
        journal.append(self._connection, change)
        if after:
            after = tidy(after | {"changed_on": edited_on(self._connection, identifier)})
        self.write(identifier, after)
        return change

    def _erase(self, identifier: str) -> None:
        try:
            erase_resource(self._connection, identifier)
        except sqlite3.IntegrityError as error:
            raise UsageError(_("{id} cannot be taken out: another resource points at it").format(id=identifier)) from error

    def take_back(self, changes: Iterable[Change], who: str = "") -> list[Change]:
        """Append the inverse of each change, newest first.

        Raises UsageError, naming the later change, where the inverse would trample on one.
        """
        done: list[Change] = []
        for change in changes:
            if journal.undone(self._connection, change):
                raise UsageError(_("change {change} of {id} is taken back already").format(change=change.short, id=change.resource))
            batch = done[0].uuid if done else ""
            occasion = Occasion("undo", who, batch=batch, undoes=change.uuid)
            inverse = self.change(change.resource, lambda record, change=change: self._inverse(record, change), occasion)  # type: ignore[misc]
            if inverse is None:  # what it did is gone already; the journal says that it no longer holds
                inverse = Change(str(uuid4()), clock.moment(), who, "undo", change.resource, {}, batch=batch, undoes=change.uuid)
                journal.append(self._connection, inverse)
            done.append(inverse)
        return done

    def _inverse(self, record: Record, change: Change) -> Record:
        for field, (before, after) in change.fields.items():
            now = record.get(field)
            if now == before:
                continue
            if now != after:
                raise self._changed_later(change, field)
            record[field] = before
        if change.action == "add" or not record.get("name"):
            kept = {field: value for field, value in record.items() if value is not None and field != "changed_on"}
            if kept and not record.get("name"):
                raise self._changed_later(change, next(iter(kept)))
            if not kept:
                return {}
        return record

    def _changed_later(self, change: Change, field: str) -> UsageError:
        later = next((c for c in journal.read_later_changes(self._connection, change) if field in c.fields), change)
        return UsageError(
            _("{id}: {field} was changed again later ({later}); take that back first: ht undo {later}").format(
                id=change.resource, field=field, later=later.short
            )
        )


def read_record(connection: sqlite3.Connection, identifier: str) -> Record:
    """Give the record of a resource; empty when there is none of this id."""
    found = read_resources(connection, [identifier])
    return record_of(found[0]) if found else {}


def read_allowed(connection: sqlite3.Connection) -> Allowed:
    """Give what a record may name, as the catalogue holds it."""
    terms: dict[str, list[str]] = {}
    for kind, identifier in connection.execute("SELECT kind, id FROM term ORDER BY kind, position"):
        terms.setdefault(kind, []).append(identifier)
    postcodes = {nis: text.split(";") for nis, text in connection.execute("SELECT nis, postcodes FROM municipality")}
    return Allowed.made_of(terms, postcodes, dict(connection.execute("SELECT slug, region FROM province")))


def edited_on(connection: sqlite3.Connection, identifier: str) -> str:
    """Give the day of the newest edit that is in effect, else what the release said."""
    moment = journal.last_edit(connection, identifier)
    return moment[:10] if moment else journal.released_values(connection, identifier).get("changed_on") or ""


def _exists(connection: sqlite3.Connection, identifier: str) -> bool:
    return connection.execute("SELECT 1 FROM resource WHERE id = ?", (identifier,)).fetchone() is not None


def _journaled(before: Record, after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The day of the edit follows from the journal, so it is not itself a change."""
    changed = differences(before, after)
    changed.pop("changed_on", None)
    return changed
