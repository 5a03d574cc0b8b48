"""Backups of the user's catalogue: dated copies beside it, each made before an act and held to be whole before an older one goes.

An act is what is written within ten minutes of a backup, such as a round of checks; an import, a merge, an upgrade or a
restore is one by itself. In a large file an act is a day long, and a merge or a sync belongs to it: to copy it costs what
it holds, and `ht undo` takes them back.

Kept are the three newest backups, and for each of hour, day, week (from Monday) and month, as UTC counts them, the last one
made before it began and the last one made before the one before it began, or else the oldest there is. So there is always
one that is at least an hour, a day, a week and a month old, once there was; eleven at most, and mostly five or six.

The name says when in UTC: `resources.db.backup-2026-11-28-205627Z`. Earlier versions wrote `resources.db.backup-1` to `-3`;
these count by the time of their file.
"""

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ht_cli import clock
from ht_cli.catalogue.facts.sealing import LARGE, damage_of
from ht_cli.catalogue.keeping.leftovers import beside, clear_leftovers, make_for
from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _
from ht_cli.paths import backups_beside
from ht_cli.shapes import NamedTuple

ACT = timedelta(minutes=10)  # what is written so soon after a backup belongs to the act that it was made before
ACT_ON_LARGE = timedelta(days=1)  # the same for a large file, for a copy costs what the file holds
_DATED = re.compile(r"\.backup-(\d{4}-\d\d-\d\d-\d{6})Z$")
_NUMBERED = re.compile(r"\.backup-\d+$")
_FORM = "%Y-%m-%d-%H%M%S"
NEWEST = 3  # kept whatever their age
_AT_ONCE = 1 << 20  # bytes


class Backup(NamedTuple):
    """A backup: its file, and the moment in UTC at which it was made."""

    path: Path
    at: datetime


def backups_of(path: Path) -> list[Backup]:
    """Give the backups of a catalogue, the newest first."""
    found = [Backup(backup, at) for backup in map(Path, backups_beside(str(path))) if (at := _made_at(backup))]
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def _made_at(backup: Path) -> datetime | None:
    dated = _DATED.search(backup.name)
    if dated:
        with suppress(ValueError):  # a day that does not exist: a file that only looks like one
            return datetime.strptime(dated[1], _FORM).replace(tzinfo=UTC)
        return None
    return datetime.fromtimestamp(backup.stat().st_mtime, UTC).replace(microsecond=0) if _NUMBERED.search(backup.name) else None


def keep_state(path: Path, opened: int, *, in_bulk: bool, spared: Sequence[Path] = ()) -> Path | None:
    """Keep the state of now as a backup where an act begins, and give it; let older ones go, but those spared, once it is whole.

    Called by the one process that holds the right to write and has not written yet, with a descriptor
    of the file: to close one would let go of the locks, so it stays open until the write is over.
    Raises OSError when there is no room, and sqlite3.DatabaseError when the file is damaged; the older ones stay then.
    """
    now, known = _now(), backups_of(path)
    act = ACT_ON_LARGE if os.fstat(opened).st_size > LARGE else ACT
    if not in_bulk and any(timedelta() <= now - backup.at < act for backup in known):
        return None
    made = _new_backup(path, now)
    copy = beside(path)
    try:
        make_for(copy, path)
        _copy(opened, copy)
        damage = damage_of(copy)
        if damage:
            raise sqlite3.DatabaseError(damage)
        os.replace(copy, made.path)
    finally:
        copy.unlink(missing_ok=True)
    kept = {made, *_kept([made, *known], now)}
    for backup in known:
        if backup not in kept and backup.path not in spared:
            backup.path.unlink(missing_ok=True)
    return made.path


def _now() -> datetime:
    return datetime.fromisoformat(clock.moment()).replace(microsecond=0)


def _new_backup(path: Path, at: datetime) -> Backup:
    """Give the backup of a moment under a name that is free: two acts may begin in one second."""
    while (backup := path.with_name(f"{path.name}.backup-{at.strftime(_FORM)}Z")).exists():
        at += timedelta(seconds=1)
    return Backup(backup, at)


def _kept(backups: Sequence[Backup], now: datetime) -> Iterator[Backup]:
    """Give those of the backups, the newest first, that stay; what bears a date to come stays too, for the clock may be wrong."""
    yield from backups[:NEWEST]
    yield from (backup for backup in backups if backup.at > now)
    for start in _starts(now):
        yield next((backup for backup in backups if backup.at < start), backups[-1])


def _starts(now: datetime) -> Iterator[datetime]:
    """Give when this hour, day, week and month began, and the one before each."""
    hour = now.replace(minute=0, second=0)
    day = hour.replace(hour=0)
    week, month = day - timedelta(days=day.weekday()), day.replace(day=1)
    yield from (hour, hour - timedelta(hours=1), day, day - timedelta(days=1), week, week - timedelta(weeks=1))
    yield from (month, (month - timedelta(days=1)).replace(day=1))


def _copy(opened: int, target: Path) -> None:
    """Copy an open file, as the system does best (shared blocks, where its disk can), and see it written."""
    with target.open("wb") as copy:
        size = os.fstat(opened).st_size
        try:
            done = 0
            while done < size:
                moved = os.copy_file_range(opened, copy.fileno(), size - done, done, done)
                if not moved:
                    raise OSError
                done += moved
        except (AttributeError, OSError):  # another system, or a disk that cannot
            copy.seek(0)
            os.lseek(opened, 0, os.SEEK_SET)
            while piece := os.read(opened, _AT_ONCE):
                copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())


def write_backup(path: Path, target: Path) -> None:
    """Write a whole, consistent copy beside and move it into place, also while others write.

    Raises CatalogueError when it cannot be written; what stood under that name is still there then.
    """
    clear_leftovers(target)
    copy = beside(target)
    try:
        make_for(copy, path)
        with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(copy)) as written:
            original.backup(written)
        os.replace(copy, target)
    except (sqlite3.DatabaseError, OSError) as error:
        raise CatalogueError(_("the backup {path} cannot be written: {error}").format(path=target, error=error)) from error
    finally:
        with suppress(OSError):  # what kept it from being written may keep it from being looked for
            copy.unlink(missing_ok=True)
