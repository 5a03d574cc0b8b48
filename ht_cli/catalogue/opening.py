"""Opens a catalogue to read: the bundled one immutable, the user's own as the file that others may write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from ht_cli.catalogue.schema import SCHEMA_VERSION
from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _
from ht_cli.paths import bundled_catalogue, chosen_catalogue


@contextmanager
def open_catalogue(named: str | None = None) -> Iterator[sqlite3.Connection]:
    """Open the chosen catalogue read-only and close it after; every SQLite failure becomes a CatalogueError."""
    path = chosen_catalogue(named)
    try:
        connection = _connect(path)
        try:
            _check_version(connection, path)
            yield connection
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise CatalogueError(
            _("the catalogue {path} cannot be read: {error}; try again, or see `ht info`").format(path=path, error=error)
        ) from error
    except sqlite3.DatabaseError as error:
        raise CatalogueError(
            _("the catalogue {path} is damaged: {error}; set it aside, and ht reads the bundled one").format(path=path, error=error)
        ) from error


def _connect(path: Path) -> sqlite3.Connection:
    # Nobody writes the bundled file, and saying so saves 16 system calls a query.
    immutable = "&immutable=1" if path == bundled_catalogue() else ""
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro{immutable}", uri=True, timeout=5)
    if not immutable:
        connection.execute("PRAGMA trusted_schema = OFF")  # another's file may hold views and triggers of theirs
    return connection


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise CatalogueError(_("the catalogue {path} is of a newer ht; upgrade with `pip install --upgrade ht-cli`").format(path=path))
    if version == 0:
        raise CatalogueError(_("{path} is not a catalogue of ht; `ht info` without --catalogue shows the bundled one").format(path=path))
