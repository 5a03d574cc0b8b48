"""Opens somebody else's catalogue and reads it with distrust: tables only, column by column, every value checked."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ht_cli.catalogue.facts.opening import open_catalogue, unreadable
from ht_cli.catalogue.facts.reading import PARTS
from ht_cli.catalogue.keeping.journal import read_changes
from ht_cli.catalogue.sharing.entries import is_true
from ht_cli.errors import CatalogueError, InvalidDataError
from ht_cli.locale import translate as _
from ht_cli.model import Change

LONGEST_VALUE = 5_000_000  # bytes; no honest fact is longer
_READ = ("resource", *PARTS, "change", "change_field", "meta", "term", "municipality", "province")
SQLITE = b"SQLite format 3\x00"


def is_catalogue(path: Path) -> bool:
    """Say whether a file is an SQLite one, by how it begins; of a pipe nothing may be read away."""
    if not os.path.isfile(path):
        return False
    try:
        with path.open("rb") as opened:
            return opened.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


@contextmanager
def open_foreign(path: Path) -> Iterator[sqlite3.Connection]:
    """Open another's catalogue read-only. Raises CatalogueError when it is none, is damaged, or has a view where a table is wanted."""
    if os.path.isfile(path) and not is_catalogue(path):
        raise CatalogueError(_("{path} is not a catalogue of ht; `ht info` without --catalogue shows the bundled one").format(path=path))
    with open_catalogue(str(path)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        for table in _READ:
            if not str(made.get(table, "")).upper().startswith("CREATE TABLE"):
                raise CatalogueError(_("{path} has no table {table}: it is not a catalogue that ht wrote").format(path=path, table=table))
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise unreadable(path, sqlite3.DatabaseError(said), str(path))
        yield connection


def read_foreign_changes(connection: sqlite3.Connection) -> list[Change]:
    """Give the journal of another's catalogue, oldest first. Raises InvalidDataError when an entry cannot be one of ht's."""
    try:
        changes = read_changes(connection)[::-1]
    except (ValueError, RecursionError, TypeError) as error:
        raise InvalidDataError(_("the journal of that catalogue cannot be read: {error}").format(error=error)) from error
    for change in changes:
        if change.action != "upgrade" and not is_true(change):
            raise InvalidDataError(_("the journal of that catalogue holds an entry that ht did not write: {change}").format(change=str(change.uuid)[:40]))  # fmt: skip
    return changes
