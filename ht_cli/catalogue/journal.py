"""The journal: every change of a fact, who made it and when, each field before and after; only ever appended to."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ht_cli.model import Change

ACTIONS = ("add", "update", "close", "reopen", "verify", "fail", "undo", "import", "merge", "upgrade")


def append(connection: sqlite3.Connection, change: Change) -> None:
    """Write one change at the end of the journal."""
    c = change
    connection.execute(
        "INSERT INTO change (uuid, at, who, action, resource, note, batch, undoes) VALUES (?,?,?,?,?,?,?,?)",
        (c.uuid, c.at, c.who, c.action, c.resource, c.note, c.batch, c.undoes),
    )
    append_fields(connection, c)


def append_fields(connection: sqlite3.Connection, change: Change) -> None:
    """Write fields of a change that the journal has already, or has just been given."""
    rows = [
        (change.uuid, field, _text(before), _text(after), superseded)
        for superseded, fields in enumerate((change.fields, change.superseded))
        for field, (before, after) in fields.items()
    ]
    connection.executemany("INSERT INTO change_field VALUES (?,?,?,?,?)", rows)


def read_changes(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = (), limit: int = -1) -> list[Change]:
    """Give changes, the newest first; `where` is a condition on the columns of the table `change`."""
    sql = f"SELECT uuid, at, who, action, resource, note, batch, undoes FROM change WHERE {where} ORDER BY number DESC LIMIT ?"
    rows = connection.execute(sql, (*values, limit)).fetchall()
    return [_change(row, *_fields(connection, row[0])) for row in rows]


def read_changes_of(connection: sqlite3.Connection, resource: str, limit: int = -1) -> list[Change]:
    """Give the changes of one resource, the newest first."""
    return read_changes(connection, "resource = ?", (resource,), limit)


def read_changes_named(connection: sqlite3.Connection, name: str) -> list[Change]:
    """Give the change whose uuid begins so, with those of its batch, the newest first."""
    if len(name) < 4 or not all(c in "0123456789abcdef-" for c in name.lower()):
        return []
    prefix = name.lower()
    return read_changes(connection, "substr(uuid, 1, ?) = ? OR substr(batch, 1, ?) = ?", (len(prefix), prefix, len(prefix), prefix))


def read_later_changes(connection: sqlite3.Connection, change: Change) -> list[Change]:
    """Give the changes of the same resource that came after, the newest first."""
    number = "number > (SELECT number FROM change WHERE uuid = ?)"
    return read_changes(connection, f"resource = ? AND {number}", (change.resource, change.uuid))


def undone(connection: sqlite3.Connection, change: Change) -> bool:
    """Say whether a change has been taken back, and that has not been taken back in its turn."""
    rows = connection.execute("SELECT uuid FROM change WHERE undoes = ?", (change.uuid,)).fetchall()
    return any(not undone(connection, Change(uuid, "", "", "undo", "", {})) for (uuid,) in rows)


def known_uuids(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """Give the changes that the journal holds, and the fields of each."""
    known: dict[str, set[str]] = {uuid: set() for (uuid,) in connection.execute("SELECT uuid FROM change")}
    for uuid, field in connection.execute("SELECT change, field FROM change_field"):
        known[uuid].add(field)
    return known


def last_edit(connection: sqlite3.Connection, resource: str) -> str:
    """Give the moment of the newest edit in effect of a resource; checks are not edits, nor is what was taken back."""
    edits = read_changes(connection, "resource = ? AND action NOT IN ('verify', 'fail', 'undo', 'upgrade')", (resource,))
    return next((change.at for change in edits if change.fields and not undone(connection, change)), "")


def released_values(connection: sqlite3.Connection, resource: str) -> dict[str, Any]:
    """Give, for the fields changed here since the release, what the release said."""
    rows = connection.execute("SELECT field, value FROM released WHERE resource = ?", (resource,))
    return {field: _value(value) for field, value in rows}


def keep_released_values(connection: sqlite3.Connection, resource: str, values: Mapping[str, Any], *, replace: bool = False) -> None:
    """Remember what the release said of fields that now change; the first value stays unless it is replaced."""
    verb = "INSERT OR REPLACE" if replace else "INSERT OR IGNORE"
    rows = [(resource, field, _text(value)) for field, value in values.items()]
    connection.executemany(f"{verb} INTO released VALUES (?,?,?)", rows)


def count_changes(connection: sqlite3.Connection) -> int:
    """Count the changes in the journal."""
    (count,) = connection.execute("SELECT COUNT(*) FROM change").fetchone()
    return int(count)


def _fields(connection: sqlite3.Connection, uuid: str) -> Iterator[dict[str, tuple[Any, Any]]]:
    rows = connection.execute(
        "SELECT field, before, after, superseded FROM change_field WHERE change = ? ORDER BY field", (uuid,)
    ).fetchall()
    for wanted in (0, 1):
        yield {field: (_value(before), _value(after)) for field, before, after, superseded in rows if superseded == wanted}


def _change(row: Sequence[str], fields: Mapping[str, tuple[Any, Any]], superseded: Mapping[str, tuple[Any, Any]]) -> Change:
    uuid, at, who, action, resource, note, batch, undoes = row
    return Change(uuid, at, who, action, resource, fields, note, batch, undoes, superseded)


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)
