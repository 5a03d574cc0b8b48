"""Backups of the user's catalogue: the three last states, each kept before it is changed."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _

KEPT = 3
SMALL = 64_000_000  # bytes; a larger file is kept before a large change only, for a copy costs what the file holds
_AT_ONCE = 1 << 20  # bytes


def backup_paths(path: Path) -> list[Path]:
    """Give where the backups of a catalogue are, the newest first; they may not exist."""
    return [path.with_name(f"{path.name}.backup-{number}") for number in range(1, KEPT + 1)]


def newest_backup(path: Path) -> Path | None:
    """Give the newest backup that exists."""
    return next((backup for backup in backup_paths(path) if backup.is_file()), None)


def keep_state(path: Path, opened: int, *, in_bulk: bool) -> None:
    """Keep the state of now as the newest backup and drop the oldest, unless it is kept already.

    Called by the one process that holds the right to write and has not written yet, with a descriptor
    of the file: to close one would let go of the locks, so it stays open until the write is over.
    Raises OSError when there is no room.
    """
    if not in_bulk and path.stat().st_size > SMALL:
        return
    newest, *_older = paths = backup_paths(path)
    if newest.is_file() and newest.stat().st_mtime_ns > path.stat().st_mtime_ns:
        return
    beside = newest.with_name(f".{newest.name}.new")
    try:
        with beside.open("wb") as copy:
            os.lseek(opened, 0, os.SEEK_SET)
            while piece := os.read(opened, _AT_ONCE):
                copy.write(piece)
        for older, younger in reversed(list(zip(paths[1:], paths, strict=False))):
            if younger.exists():
                os.replace(younger, older)
        os.replace(beside, newest)
    finally:
        beside.unlink(missing_ok=True)


def write_backup(path: Path, target: Path) -> None:
    """Write a whole, consistent copy beside and move it into place, also while others write.

    Raises CatalogueError when it cannot be written; what stood under that name is still there then.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(beside)) as copy:
            original.backup(copy)
        os.replace(beside, target)
    except (sqlite3.DatabaseError, OSError) as error:
        raise CatalogueError(_("the backup {path} cannot be written: {error}").format(path=target, error=error)) from error
    finally:
        beside.unlink(missing_ok=True)
