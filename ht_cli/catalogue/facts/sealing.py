"""A checksum of the whole file that stands in the file itself, so that a flipped byte anywhere is noticed when it is opened.

It is the CRC-32 of every page but the one it stands in, and moves with each write in the same transaction. Beside it
stands what SQLite counts up at each write: where that has moved on, another program wrote, and the seal says nothing.
The check takes about 1 ms for each MB; a file that is larger than `LARGE` is neither sealed nor checked.
"""

import sqlite3
from pathlib import Path
from zlib import crc32

LARGE = 64_000_000  # bytes
_COUNTER, _LAYOUT, _SINCE = slice(24, 28), slice(28, 44), slice(92, 100)  # of the head: what each write moves
_TABLE_LEAF = 13  # the first byte of a page that holds rows and no pages below it
_NO_SEAL = "0" * 48
_found_whole: dict[Path, tuple[int, int, int]] = {}  # what this process has checked, by what changes with each write


def seal(connection: sqlite3.Connection, path: Path) -> None:
    """Seal what is about to be committed, in the caller's transaction, as its last change."""
    connection.execute("DELETE FROM meta WHERE key = 'seal'")
    if path.stat().st_size > LARGE:
        return
    connection.execute("INSERT INTO meta VALUES ('seal', ?)", (_NO_SEAL,))
    content = connection.serialize()
    if _stands_alone(connection, content):
        counter = (int.from_bytes(content[_COUNTER], "big") + 1) % 2**32  # as the commit will count it
        connection.execute("UPDATE meta SET value = ? WHERE key = 'seal'", (_seal_text(connection, content, counter),))


def is_whole(connection: sqlite3.Connection) -> bool | None:
    """Say whether every byte is as it was sealed; None where no seal speaks of the file as it is."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'seal'").fetchone()
    if row is None or len(str(row[0])) != len(_NO_SEAL):
        return None
    content = connection.serialize()
    now = _seal_text(connection, content, int.from_bytes(content[_COUNTER], "big"))
    if str(row[0])[8:] != now[8:]:
        return None
    return bool(row[0] == now)


def hold_whole(connection: sqlite3.Connection, path: Path, *, thoroughly: bool = False) -> None:
    """Hold that a file is whole, once as long as nobody writes it; `thoroughly` a large one too, and by SQLite's look where no seal speaks.

    Raises sqlite3.DatabaseError when it is not.
    """
    at = path.stat()
    stamp = (at.st_size, at.st_mtime_ns, at.st_ino)
    if (at.st_size > LARGE and not thoroughly) or _found_whole.get(path) == stamp:
        return
    whole = is_whole(connection)
    if whole is None and thoroughly:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(str(said).replace("\n", " "))
        whole = True
    if whole is False:
        raise sqlite3.DatabaseError("its checksum does not agree with its content")
    if whole:
        _found_whole[path] = stamp


def damage_of(path: Path) -> str:
    """Say what is wrong with a file, by its seal or else by SQLite's own check; nothing when it is whole."""
    _found_whole.pop(path, None)
    try:
        # one that may only read leaves the constraints out of its look, and the half of a change that a killed process left
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
        try:
            hold_whole(connection, path, thoroughly=True)
        finally:
            connection.close()
    except (sqlite3.DatabaseError, OSError) as error:
        return str(error)
    return ""


def _seal_text(connection: sqlite3.Connection, content: bytes, counter: int) -> str:
    """Give the seal: eight digits of the checksum, eight of the counter, 32 of the layout."""
    start, end = _page_of_meta(connection, content)
    view = memoryview(content)
    checksum = 0
    for piece in (view[: _COUNTER.start], view[_LAYOUT.stop : _SINCE.start], view[_SINCE.stop : start], view[end:]):
        checksum = crc32(piece, checksum)
    others = connection.execute("SELECT key, value FROM meta WHERE key <> 'seal' ORDER BY key").fetchall()
    return f"{crc32(repr(others).encode(), checksum):08x}{counter:08x}{content[_LAYOUT].hex()}"


def _page_of_meta(connection: sqlite3.Connection, content: bytes) -> tuple[int, int]:
    """Give where the page begins and ends that holds the table `meta`."""
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return (page - 1) * size, page * size


def _stands_alone(connection: sqlite3.Connection, content: bytes) -> bool:
    """Say whether `meta` fits into one page: only then does the seal stand outside of what it seals."""
    return content[_page_of_meta(connection, content)[0]] == _TABLE_LEAF
