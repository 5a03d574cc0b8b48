"""A checksum of the whole file that stands in the file itself, so that a flipped byte anywhere is noticed when it is opened.

It is the CRC-32 of every page but the one it stands in, and is written by each write right after its commit, under the
same lock and without waiting for the disk: a few bytes in place, which may be lost and do no harm then. Beside it stands
what SQLite counts up at each commit: where that has moved on, the seal says nothing. The check takes about 0.7 ms for
each MB; a file that is larger than `LARGE` is neither sealed nor checked.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from zlib import crc32

from ht_cli.locale import translate as _
from ht_cli.paths import StrPath

LARGE = 64_000_000  # bytes
_HEAD = 100  # bytes of the first page that speak of the whole file
_COUNTED, _VERSION = slice(24, 44), slice(92, 100)  # of the head: the commits and the layout; the library that wrote last
_TABLE_LEAF = 13  # the first byte of a page that holds rows and has no pages below it
_NO_SEAL = "0" * 48
_AT_ONCE = 1 << 18  # bytes
_found_whole: dict[str, tuple[int, int, int]] = {}  # what this process has checked or sealed, by what changes with each write


def uri(path: StrPath, how: str) -> str:
    """Give the name of a file as SQLite takes it with options (sqlite.org/uri.html, 3.1)."""
    name = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    name = "".join(f"%{ord(c) - 0xDC00:02x}" if "\udc80" <= c <= "\udcff" else c for c in name)  # bytes of a name that are no UTF-8
    return f"file:{'/' if os.name == 'nt' else ''}{name.replace(os.sep, '/')}?{how}"


@contextmanager
def held_open(path: StrPath) -> Iterator[FileIO]:
    """Hold a file open from before SQLite locks it until after: to close it lets go of all the locks of this process on it."""
    with FileIO(path) as opened:
        yield opened


def make_room(connection: sqlite3.Connection) -> None:
    """Give the seal its row, in the caller's transaction: what is written in its place later moves nothing else.

    It always writes, so that this commit is counted, and the one of the seal is not: a connection that keeps its lock
    counts once.
    """
    connection.execute("INSERT INTO meta VALUES ('seal', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (_NO_SEAL,))


def seal(connection: sqlite3.Connection, path: StrPath, opened: FileIO) -> None:
    """Seal a file as it was just committed by a connection that has kept its lock, and that writes nothing else after."""
    if os.stat(path).st_size > LARGE:
        return
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE meta SET value = ? WHERE key = 'seal'", (_seal_of(connection, opened),))
    connection.execute("COMMIT")
    _found_whole[os.fspath(path)] = _stamp(path)


def is_whole(connection: sqlite3.Connection, opened: FileIO) -> bool | None:
    """Say whether every byte is as it was sealed; None where no seal speaks of the file as it is."""
    begun = not connection.in_transaction
    if begun:
        connection.execute("BEGIN")  # nobody writes from the first look to the last
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'seal'").fetchone()
        sealed = str(row[0]) if row else _NO_SEAL
        if sealed[8:] != _read(opened, 0, _HEAD)[_COUNTED].hex():
            return None
        return sealed == _seal_of(connection, opened)
    finally:
        if begun:
            connection.execute("ROLLBACK")


def require_whole(connection: sqlite3.Connection, path: StrPath, opened: FileIO, *, thoroughly: bool = False) -> None:
    """Require that a file is whole, once as long as nobody writes it; `thoroughly` also where it is large or no seal speaks of it.

    Raises sqlite3.DatabaseError when it is not.
    """
    stamp = _stamp(path)
    if (stamp[0] > LARGE and not thoroughly) or _found_whole.get(os.fspath(path)) == stamp:
        return
    whole = None if stamp[0] > LARGE else is_whole(connection, opened)
    if whole is None and thoroughly:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(str(said).replace("\n", " "))
        whole = True
    if whole is False:
        raise sqlite3.DatabaseError(_("its checksum does not agree with its content"))
    if whole:
        _found_whole[os.fspath(path)] = stamp


def damage_of(path: StrPath) -> str:
    """Say what is wrong with a file, by its seal or else by SQLite's own check; nothing when it is whole."""
    _found_whole.pop(os.fspath(path), None)
    try:
        with held_open(path) as opened:
            # one that may only read leaves the constraints out of its look, and the half of a change that a killed process left
            connection = sqlite3.connect(uri(path, "mode=rw"), uri=True, timeout=5, isolation_level=None)
            try:
                require_whole(connection, path, opened, thoroughly=True)
            finally:
                connection.close()
    except (sqlite3.DatabaseError, OSError, UnicodeDecodeError) as error:  # the last of what SQLite says of a damaged schema
        return str(error)
    return ""


def _stamp(path: StrPath) -> tuple[int, int, int]:
    at = os.stat(path)
    return at.st_size, at.st_mtime_ns, at.st_ino


def _seal_of(connection: sqlite3.Connection, opened: FileIO) -> str:
    """Give the seal of what stands in the file: eight digits of the checksum, then what SQLite counts; none where it cannot stand apart."""
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    start, end = (page - 1) * size, page * size
    if _read(opened, start, 1) != bytes([_TABLE_LEAF]):  # the table has grown out of one page
        return _NO_SEAL
    others = connection.execute("SELECT key, value FROM meta WHERE key <> 'seal' ORDER BY key").fetchall()
    checksum = crc32(repr(others).encode())
    for begins, ends in ((0, _COUNTED.start), (_COUNTED.stop, _VERSION.start), (_VERSION.stop, start), (end, None)):
        checksum = _checksum(opened, begins, ends, checksum)
    return f"{checksum:08x}{_read(opened, 0, _HEAD)[_COUNTED].hex()}"


def _read(opened: FileIO, start: int, count: int) -> bytes:
    opened.seek(start)
    return opened.read(count) or b""


def _checksum(opened: FileIO, start: int, end: int | None, checksum: int) -> int:
    """Go on with a checksum over the bytes from a place to another, or to the end of the file."""
    buffer = memoryview(bytearray(_AT_ONCE))
    opened.seek(start)
    while end is None or start < end:
        count = opened.readinto(buffer if end is None else buffer[: end - start])
        if not count:
            break
        checksum = crc32(buffer[:count], checksum)
        start += count
    return checksum
