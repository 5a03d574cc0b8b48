"""Which device writes: a name for this copy of the catalogue on this machine, of which nobody can tell whose it is."""

import os
import platform
import sqlite3
from hashlib import sha256
from secrets import token_hex


def device_of(connection: sqlite3.Connection) -> str:
    """Give the name of this device, eight hexadecimal digits; made here when a catalogue is first written where it now lies.

    A file that was copied, moved or restored is another device: two that wrote under one name would each believe
    to have written what the other did.
    """
    return device_known(connection) or _named(connection, _place(connection))


def device_known(connection: sqlite3.Connection) -> str:
    """Give the name of this device where it was made for the file as it lies here, else nothing; writes nothing."""
    known = dict(connection.execute("SELECT key, value FROM own WHERE key IN ('device', 'device_place')"))
    return str(known["device"]) if known.get("device_place") == _place(connection) else ""


def renamed(connection: sqlite3.Connection) -> str:
    """Give this device another name from now on."""
    return _named(connection, _place(connection))


def forget_place(connection: sqlite3.Connection) -> None:
    """Let who writes next be another device: what this one has written since the state that is brought back may be with others."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'own'").fetchone():  # 0.1.0 has no such table
        connection.execute("DELETE FROM own WHERE key = 'device_place'")


def _named(connection: sqlite3.Connection, place: str) -> str:
    name = token_hex(4)
    connection.executemany("INSERT OR REPLACE INTO own VALUES (?,?)", [("device", name), ("device_place", place)])
    return name


def device_named(connection: sqlite3.Connection) -> str:
    """Give the name of this device where it has one; empty where nothing was ever written."""
    row = connection.execute("SELECT value FROM own WHERE key = 'device'").fetchone()
    return str(row[0]) if row else ""


def _place(connection: sqlite3.Connection) -> str:
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    file = os.stat(path) if path else None
    inode = (file.st_dev, file.st_ino) if file else ()
    return sha256(repr((platform.node(), path, inode)).encode()).hexdigest()[:16]
