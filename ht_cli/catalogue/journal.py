"""The journal: every change of a fact, who made it and when, each field before and after; only ever appended to."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ht_cli.model import Change

ACTIONS = ("add", "update", "close", "reopen", "verify", "fail", "undo", "import", "merge", "upgrade")


def append(connection: sqlite3.Connection, change: Change) -> None:
    """Write one change at the end of the journal."""
    c = change
    connection.execute(
        "INSERT INTO change (uuid, at, who, action, resource, note, batch, undoes, merged) VALUES (?,?,?,?,?,?,?,?,?)",
        (c.uuid, c.at, c.who, c.action, c.resource, c.note, c.batch, c.undoes, c.merged),
    )
    rows = [
        (c.uuid, field, _text(before), _text(after), superseded)
        for superseded, fields in enumerate((c.fields, c.superseded))
        for field, (before, after) in fields.items()
    ]
    connection.executemany("INSERT INTO change_field VALUES (?,?,?,?,?)", rows)


def read_changes(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = (), limit: int = -1) -> list[Change]:
    """Give changes, the newest first; `where` is a condition on the columns of the table `change`."""
    sql = f"SELECT uuid, at, who, action, resource, note, batch, undoes, merged FROM change WHERE {where} ORDER BY number DESC LIMIT ?"
    rows = connection.execute(sql, (*values, limit)).fetchall()
    return [_change(row, *_fields(connection, row[0])) for row in rows]


def read_changes_of(connection: sqlite3.Connection, resource: str, limit: int = -1) -> list[Change]:
    """Give the changes of one resource, the newest first."""
    return read_changes(connection, "resource = ?", (resource,), limit)


def read_changes_named(connection: sqlite3.Connection, name: str) -> list[Change]:
    """Give the change whose uuid begins so, or the changes of the import or merge that does, the newest first."""
    if len(name) < 4 or not all(c in "0123456789abcdef-" for c in name.lower()):
        return []
    prefix = name.lower()
    begins = " OR ".join(f"substr({column}, 1, ?) = ?" for column in ("uuid", "batch", "merged"))
    return read_changes(connection, begins, (len(prefix), prefix) * 3)


def read_later_changes(connection: sqlite3.Connection, change: Change) -> list[Change]:
    """Give the changes of the same resource that came after, the newest first."""
    number = "number > (SELECT number FROM change WHERE uuid = ?)"
    return read_changes(connection, f"resource = ? AND {number}", (change.resource, change.uuid))


def undone(connection: sqlite3.Connection, change: Change) -> bool:
    """Say whether a change has been taken back here, and that has not been taken back in its turn."""
    in_effect = [undo for undo in read_changes(connection, "undoes = ?", (change.uuid,)) if undo.fields or not undo.superseded]
    return any(not undone(connection, undo) for undo in in_effect)


def known_uuids(connection: sqlite3.Connection) -> set[str]:
    """Give the uuid of every change that the journal holds."""
    return {uuid for (uuid,) in connection.execute("SELECT uuid FROM change")}


class Word(NamedTuple):
    """What one change in effect said of a field, and whether a merge brought it."""

    at: str
    uuid: str
    merged: bool
    before: Any
    after: Any


def read_words_on(connection: sqlite3.Connection, resource: str, field: str) -> list[Word]:
    """Give what was said of a field and came into effect here, the newest first."""
    sql = (
        "SELECT c.at, c.uuid, c.merged, f.before, f.after FROM change c JOIN change_field f ON f.change = c.uuid"
        " WHERE c.resource = ? AND f.field = ? AND NOT f.superseded ORDER BY c.number DESC"
    )
    rows = connection.execute(sql, (resource, field))
    return [Word(at, uuid, bool(merged), _value(before), _value(after)) for at, uuid, merged, before, after in rows]


def read_superseded(connection: sqlite3.Connection) -> dict[tuple[str, str], Change]:
    """Give, by (resource, field), the colleague's change that waits to be settled: nothing came into effect there after it."""
    newest: dict[tuple[str, str], tuple[str, int]] = {}
    sql = "SELECT c.resource, f.field, c.uuid, f.superseded FROM change c JOIN change_field f ON f.change = c.uuid ORDER BY c.number"
    for resource, field, uuid, superseded in connection.execute(sql):
        newest[resource, field] = (uuid, superseded)
    waiting = {key: uuid for key, (uuid, superseded) in newest.items() if superseded}
    return {key: read_changes(connection, "uuid = ?", (uuid,))[0] for key, uuid in sorted(waiting.items())}


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
    uuid, at, who, action, resource, note, batch, undoes, merged = row
    return Change(uuid, at, who, action, resource, fields, note, batch, undoes, merged, superseded)


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)
