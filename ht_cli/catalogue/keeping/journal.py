"""The journal: every change of a fact, who made it and when, each field before and after.

It is only ever appended to, but for what a wrong clock dated (`sharing/redating.py`).

An entry is named after what it says (`name_of`), so that it cannot be altered on its way and is the same wherever it is
held. Its moment is a hybrid logical clock: that of the wall, and always later than that of every entry known here, so that
what somebody did knowing another's work stands after it, whatever their clocks say. (Kulkarni et al., Logical Physical
Clocks, 2014; the counter is folded into the milliseconds.)
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID

from ht_cli import clock
from ht_cli.catalogue.keeping.device import device_of
from ht_cli.catalogue.keeping.secrecy import as_it_travels
from ht_cli.errors import InvalidDataError
from ht_cli.locale import translate as _
from ht_cli.model import Change

FACTS = ("add", "update", "close", "reopen", "verify", "fail", "undo", "import", "merge", "settle", "upgrade")  # what changes facts
WORDS = ("report", "answer", "propose", "claim", "skip")  # what keepers say to one another
ACTIONS = (*FACTS, *WORDS)
LONGEST_ENTRY = 1_000_000  # characters of a line, as it travels
LONGEST_NOTE = 10_000  # of a reason, a remark, or initials
EDITS = ("add", "update", "close", "reopen", "import", "merge", "settle")  # what moves the day of the last edit; a check does not
_as_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make an encoder for each value
_COLUMNS = "uuid, at, who, action, resource, note, batch, undoes, merged, device, seen"


def write(
    connection: sqlite3.Connection,
    action: str,
    resource: str,
    fields: Mapping[str, tuple[Any, Any]],
    *,
    who: str = "",
    note: str = "",
    batch: str = "",
    undoes: str = "",
    superseded: Mapping[str, tuple[Any, Any]] = MappingProxyType({}),
    device: str = "",
) -> Change:
    """Append what is done here and now to one resource, and give the entry; `device` is the name of this one, where it was asked for.

    Raises InvalidDataError when it is longer than others take in: it would keep away from them all that goes with it.
    """
    unnamed = Change(
        "", next_moment(connection), who, action, resource, fields, note, batch, undoes,
        superseded=superseded, device=device or device_of(connection), seen=newest_of(connection, resource),
    )  # fmt: skip
    written = _written(unnamed)
    change = unnamed._replace(uuid=_name_of_written(written))
    _require_short(change, written)
    append(connection, change)
    return change


def _require_short(change: Change, written: str) -> None:
    for text in (change.note, change.who):
        if len(text) > LONGEST_NOTE:
            raise InvalidDataError(
                _("“{begins}…” is longer than {most} characters; say it shorter").format(begins=text[:40], most=LONGEST_NOTE)
            )
    if change.action == "upgrade":  # that stays here
        return
    if len(written) + len(change.uuid) > LONGEST_ENTRY - 100:  # the name is written beside it
        raise InvalidDataError(_("what changes of {id} at once is longer than {most} characters; change it in several steps").format(id=change.resource, most=LONGEST_ENTRY))  # fmt: skip


def _written(change: Change) -> str:
    return json.dumps(content_of(change), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def name_of(change: Change) -> str:
    """Give the name that follows from what an entry says: the first half of its SHA-256, written as a UUID (version 8)."""
    return _name_of_written(_written(change))


def _name_of_written(written: str) -> str:
    digest = sha256(written.encode()).digest()
    return str(UUID(int=int.from_bytes(digest[:16]) & ~(0xF << 76) & ~(0x3 << 62) | 8 << 76 | 2 << 62))


def content_of(change: Change) -> dict[str, Any]:
    """Give what travels of an entry, as JSON can hold it; what is empty is left out, and no confidential address is in it."""
    parts: dict[str, Any] = {
        name: getattr(change, name) for name in ("at", "device", "who", "action", "resource", "note", "batch", "undoes")
    }
    parts |= {"seen": list(change.seen)}
    parts |= {name: {field: [as_it_travels(field, value) for value in pair] for field, pair in getattr(change, name).items()} for name in ("fields", "superseded")}  # fmt: skip
    return {name: value for name, value in parts.items() if value}


def next_moment(connection: sqlite3.Connection) -> str:
    """Give the moment of an entry that is written now: later than that of every other."""
    now = clock.moment()
    (last,) = connection.execute("SELECT MAX(at) FROM change").fetchone()
    if not last or last < now:
        return now
    return clock.written(datetime.fromisoformat(last) + timedelta(milliseconds=1))


def newest_of(connection: sqlite3.Connection, resource: str) -> tuple[str, ...]:
    """Give the entries on a resource that no other has seen: whoever writes next has seen them all."""
    rows = connection.execute("SELECT uuid, seen FROM change WHERE resource = ? AND action <> 'upgrade'", (resource,)).fetchall()
    seen = {name for _uuid, names in rows for name in names.split()}
    return tuple(sorted(uuid for uuid, _seen in rows if uuid not in seen))


def append(connection: sqlite3.Connection, change: Change) -> None:
    """Write one change at the end of the journal."""
    c = change
    connection.execute(
        f"INSERT INTO change ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (c.uuid, c.at, c.who, c.action, c.resource, c.note, c.batch, c.undoes, c.merged, c.device, " ".join(c.seen)),
    )
    rows = [
        (c.uuid, field, _text(before), _text(after), superseded)
        for superseded, fields in enumerate((c.fields, c.superseded))
        for field, (before, after) in fields.items()
    ]
    connection.executemany("INSERT INTO change_field VALUES (?,?,?,?,?)", rows)


def naming(entry: Change, anew: Mapping[str, str]) -> Change:
    """Give an entry that names others as they are called now; `anew` holds the names by the old ones."""
    seen = tuple(sorted(anew.get(name, name) for name in entry.seen))
    return entry._replace(seen=seen, batch=anew.get(entry.batch, entry.batch), undoes=anew.get(entry.undoes, entry.undoes))


def take_out(connection: sqlite3.Connection, entries: Sequence[Change]) -> None:
    """Take entries out of the journal that are written again under another name."""
    names = [(entry.uuid,) for entry in entries]
    connection.executemany("DELETE FROM change_field WHERE change = ?", names)
    connection.executemany("DELETE FROM change WHERE uuid = ?", names)


def read_changes(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = (), limit: int = -1) -> list[Change]:
    """Give changes, the newest first; `where` is a condition on the columns of the table `change`."""
    sql = f"SELECT {_COLUMNS} FROM change WHERE {where} ORDER BY at DESC, number DESC LIMIT ?"
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
    later = "at > ? OR (at = ? AND number > (SELECT number FROM change WHERE uuid = ?))"
    return read_changes(connection, f"resource = ? AND ({later})", (change.resource, change.at, change.at, change.uuid))


def undone(connection: sqlite3.Connection, change: Change, *, apart_from: str = "") -> bool:
    """Say whether a change has been taken back by its name, and that has not been taken back in its turn; `apart_from` what an act brought.

    So it is too where that moved nothing: what it did was gone already, or stays, or others say the same.
    """
    undos = read_changes(connection, "undoes = ? AND undoes <> '' AND action = 'undo'", (change.uuid,))  # as the index has it
    return any(not undone(connection, undo, apart_from=apart_from) for undo in undos if not apart_from or undo.merged != apart_from)


def known_uuids(connection: sqlite3.Connection, up_to: int | None = None) -> set[str]:
    """Give the uuid of every change that the journal holds, or held when its last number was this one."""
    rows = connection.execute("SELECT uuid FROM change WHERE ?1 IS NULL OR number <= ?1", (up_to,))
    return {uuid for (uuid,) in rows}


def last_number(connection: sqlite3.Connection) -> int:
    """Give the number of the change that came into this journal last; 0 in an empty one."""
    (number,) = connection.execute("SELECT COALESCE(MAX(number), 0) FROM change").fetchone()
    return int(number)


def number_of(connection: sqlite3.Connection, uuid: str) -> int:
    """Give the number under which an entry that the journal holds came into it."""
    (number,) = connection.execute("SELECT number FROM change WHERE uuid = ?", (uuid,)).fetchone()
    return int(number)


def is_known(connection: sqlite3.Connection, uuid: str) -> bool:
    """Say whether the journal holds an entry."""
    return connection.execute("SELECT 1 FROM change WHERE uuid = ?", (uuid,)).fetchone() is not None


def is_absorbed(connection: sqlite3.Connection, uuid: str) -> bool:
    """Say whether the release that the catalogue is of already says what an entry says."""
    return connection.execute("SELECT 1 FROM absorbed WHERE change = ?", (uuid,)).fetchone() is not None


def last_edit(connection: sqlite3.Connection, resource: str) -> str:
    """Give the moment of the newest edit in effect of a resource; checks are not edits, nor is what was taken back."""
    edits = read_changes(connection, f"resource = ? AND action IN {EDITS}", (resource,))
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


def state_of(connection: sqlite3.Connection) -> tuple[str, int, str]:
    """Give what tells one state of the facts from another: the release, how many changes were made since, and the newest.

    Whoever changes a fact writes an entry, so where this is the same nothing was changed.
    """
    release = connection.execute("SELECT COALESCE(MAX(value), '') FROM meta WHERE key = 'data_version'").fetchone()
    newest = connection.execute("SELECT uuid FROM change ORDER BY number DESC LIMIT 1").fetchone()
    return release[0], count_changes(connection), newest[0] if newest else ""


def _fields(connection: sqlite3.Connection, uuid: str) -> Iterator[dict[str, tuple[Any, Any]]]:
    rows = connection.execute(
        "SELECT field, before, after, superseded FROM change_field WHERE change = ? ORDER BY field", (uuid,)
    ).fetchall()
    for wanted in (0, 1):
        yield {field: (_value(before), _value(after)) for field, before, after, superseded in rows if superseded == wanted}


def _change(row: Sequence[str], fields: Mapping[str, tuple[Any, Any]], superseded: Mapping[str, tuple[Any, Any]]) -> Change:
    uuid, at, who, action, resource, note, batch, undoes, merged, device, seen = row
    return Change(uuid, at, who, action, resource, fields, note, batch, undoes, merged, superseded, device, tuple(seen.split()))


def _text(value: Any) -> str | None:
    return None if value is None else _as_json(value)


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)
