"""Backups of the user's catalogue: the three last states, made before a day's first change and before a large one."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ht_cli import clock
from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _

KEPT = 3


def backup_paths(path: Path) -> list[Path]:
    """Give where the backups of a catalogue are, the newest first; they may not exist."""
    return [path.with_name(f"{path.name}.backup-{number}") for number in range(1, KEPT + 1)]


def newest_backup(path: Path) -> Path | None:
    """Give the newest backup that exists."""
    return next((backup for backup in backup_paths(path) if backup.is_file()), None)


def backup_of_the_day(path: Path) -> None:
    """Keep the state before the first change of a day: the cost of a change must not grow with the file."""
    newest = backup_paths(path)[0]
    if newest.exists() and datetime.fromtimestamp(newest.stat().st_mtime, clock.BRUSSELS).date() == clock.today():
        return
    rotate_backups(path)


def rotate_backups(path: Path) -> Path:
    """Keep the state of now as the newest backup and drop the oldest."""
    newest, *_older = paths = backup_paths(path)
    beside = newest.with_name(f".{newest.name}.{os.getpid()}")
    try:
        write_backup(path, beside)
        for older, younger in reversed(list(zip(paths[1:], paths, strict=False))):
            if younger.exists():
                os.replace(younger, older)
        os.replace(beside, newest)
    except FileNotFoundError:  # another process rotates at this moment; one backup of this state is enough
        pass
    finally:
        beside.unlink(missing_ok=True)
    return newest


def write_backup(path: Path, target: Path) -> None:
    """Write a whole, consistent copy, also while others write. Raises CatalogueError when it cannot be written."""
    target.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(target)) as copy:
            original.backup(copy)  # from a connection of its own: SQLite waits for ever on one that is writing
    except sqlite3.DatabaseError as error:
        target.unlink(missing_ok=True)
        raise CatalogueError(_("the backup {path} cannot be written: {error}").format(path=target, error=error)) from error
