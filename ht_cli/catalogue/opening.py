"""Opens a catalogue to read: the bundled one immutable, the user's own as the file that others may write."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from ht_cli.catalogue.schema import SCHEMA_VERSION
from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _
from ht_cli.paths import CATALOGUE_VARIABLE, bundled_catalogue, chosen_catalogue, user_catalogue


@contextmanager
def open_catalogue(named: str | None = None) -> Iterator[sqlite3.Connection]:
    """Open the chosen catalogue read-only and close it after; every SQLite failure becomes a CatalogueError."""
    path = chosen_catalogue(named)
    try:
        connection = _connect(path)
        try:
            if check_version(connection, path) < SCHEMA_VERSION:
                connection = _brought_up_to_date(connection)
            yield connection
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise CatalogueError(
            _("the catalogue {path} cannot be read: {error}; try again, or see `ht info`").format(path=path, error=error)
        ) from error
    except sqlite3.DatabaseError as error:
        raise CatalogueError(
            _("the catalogue {path} is damaged: {error}; {advice}").format(path=path, error=error, advice=_advice(path))
        ) from error


def _advice(path: Path) -> str:
    from ht_cli.catalogue.backups import newest_backup

    backup = newest_backup(path)
    if backup:
        return _("the newest backup is {backup}").format(backup=backup)
    return _("set it aside, and ht reads the bundled one")


def _connect(path: Path) -> sqlite3.Connection:
    # Nobody writes the bundled file, and saying so saves 16 system calls a query.
    immutable = "&immutable=1" if path == bundled_catalogue() else ""
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro{immutable}", uri=True, timeout=5)
    if not immutable:
        connection.execute("PRAGMA trusted_schema = OFF")  # another's file may hold views and triggers of theirs
        _recover(connection, path)
    return connection


def _recover(connection: sqlite3.Connection, path: Path) -> None:
    """Let SQLite take back the half of a change that a killed process left; it may not while it only reads."""
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        repairing = sqlite3.connect(path, timeout=5)
        try:
            repairing.execute("PRAGMA schema_version").fetchone()
        finally:
            repairing.close()


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """Give the schema version of a file. Raises CatalogueError when it is newer than this `ht`, or no catalogue."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise CatalogueError(_("the catalogue {path} is of a newer ht; upgrade with `pip install --upgrade ht-cli`").format(path=path))
    if version == 0:
        raise CatalogueError(_("{path} is not a catalogue of ht; `ht info` without --catalogue shows the bundled one").format(path=path))
    return int(version)


def newer_release() -> str:
    """Give the version of the bundled release where the user's own catalogue was made from an older one, else nothing."""
    own, bundled = user_catalogue(), bundled_catalogue()
    if os.environ.get(CATALOGUE_VARIABLE) or not own.is_file() or not bundled.is_file():
        return ""
    ours, released = (_data_version(path) for path in (own, bundled))
    return released if released > ours else ""


def _data_version(path: Path) -> str:
    with open_catalogue(str(path)) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()
    return str(row[0]) if row else ""


def _brought_up_to_date(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Give a copy in memory that has today's tables: reading an older file must not write it."""
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    connection.close()
    bring_up_to_date(copy)
    return copy


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Give an older file today's tables, and the words of the bundled release, in the caller's transaction."""
    from sqlite_utils import Database  # 43 ms, wanted only for an older file

    from ht_cli.catalogue.schema import migrate
    from ht_cli.catalogue.upgrading import index_resources, take_vocabulary

    migrate(Database(connection, execute_plugins=False))
    with closing(_connect(bundled_catalogue())) as release:
        take_vocabulary(connection, release)
    index_resources(connection)
