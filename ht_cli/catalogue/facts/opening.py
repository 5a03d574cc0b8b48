"""Opens a catalogue to read: the bundled one immutable, the user's own as the file that others may write."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from io import FileIO

from ht_cli.catalogue.facts.schema import SCHEMA_VERSION
from ht_cli.catalogue.facts.sealing import damage_of, held_open, require_whole, uri
from ht_cli.errors import CatalogueError, OwnCatalogueError, installing
from ht_cli.locale import translate as _
from ht_cli.paths import CATALOGUE_VARIABLE, StrPath, bundled_catalogue, chosen_catalogue, user_catalogue, way_out

_OF_WRONG_VALUES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)  # what a damaged value may lead to
_NO_DAMAGE = ("database is locked", "unable to open", "disk I/O", "interrupted")  # how SQLite begins where the file may be whole


@contextmanager
def open_catalogue(named: str | None = None) -> Iterator[sqlite3.Connection]:
    """Open the chosen catalogue read-only, held to be whole, and close it after.

    Raises CatalogueError, with the way out, when it is damaged or cannot be read: OwnCatalogueError when it is the
    user's own and was not named. That holds to the end of the block, also for a value in it that nothing can be made of.
    """
    path = chosen_catalogue(named)
    try:
        if path == bundled_catalogue():  # what was installed is whole
            with closing(_connect(path)) as connection:
                yield connection
            return
        with ExitStack() as stack:
            opened = _held(stack, path, named)
            connection = stack.enter_context(closing(_connect(path)))
            version = check_version(connection, path, named)
            require_whole(connection, path, opened)
            yield connection if version == SCHEMA_VERSION else stack.enter_context(closing(_brought_up_to_date(connection)))
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error, named) from error
    except _OF_WRONG_VALUES as error:
        damage = "" if path == bundled_catalogue() else damage_of(path)
        if not damage:
            raise
        raise unreadable(path, sqlite3.DatabaseError(damage), named) from error


def _held(stack: ExitStack, path: str, named: str | None) -> FileIO:
    try:
        return stack.enter_context(held_open(path))
    except OSError as error:
        raise unreadable(path, sqlite3.OperationalError(f"unable to open: {error.strerror}"), named) from error


def unreadable(path: StrPath, error: sqlite3.DatabaseError, named: str | None) -> CatalogueError:
    """Turn what SQLite says of a file into a sentence that ends with the way out."""
    kind = CatalogueError if named or os.fspath(path) == bundled_catalogue() else OwnCatalogueError
    if isinstance(error, sqlite3.OperationalError) and str(error).startswith(_NO_DAMAGE):
        return kind(_("the catalogue {path} cannot be read: {error}; try again, or see `ht info`").format(path=path, error=error))
    text = _("the catalogue {path} is damaged: {error}; {way_out}")
    return kind(text.format(path=path, error=error, way_out=way_out(path, named)))


def _connect(path: str) -> sqlite3.Connection:
    # Nobody writes the bundled file, and saying so saves 16 system calls a query.
    immutable = path == bundled_catalogue()
    connection = sqlite3.connect(uri(path, "mode=ro&immutable=1" if immutable else "mode=ro"), uri=True, timeout=5)
    if not immutable:
        connection.execute("PRAGMA trusted_schema = OFF")  # another's file may hold views and triggers of theirs
        _recover(connection, path)
    return connection


def _recover(connection: sqlite3.Connection, path: str) -> None:
    """Let SQLite take back the half of a change that a killed process left; it may not while it only reads."""
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        repairing = sqlite3.connect(path, timeout=5)
        try:
            repairing.execute("PRAGMA schema_version").fetchone()
        finally:
            repairing.close()


def check_version(connection: sqlite3.Connection, path: StrPath, named: str | None = None) -> int:
    """Give the schema version of a file. Raises CatalogueError when it is newer than this `ht`, or no catalogue."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    kind = CatalogueError if named or os.fspath(path) == bundled_catalogue() else OwnCatalogueError
    if version > SCHEMA_VERSION:
        raise kind(_("the catalogue {path} is of a newer ht; upgrade with `{command}`").format(command=installing(), path=path))
    if version == 0:
        raise kind(_("{path} is not a catalogue of ht; {way_out}").format(path=path, way_out=way_out(path, named)))
    return int(version)


def newer_release() -> str:
    """Give the version of the bundled release where the user's own catalogue was made from an older one, else nothing."""
    own, bundled = user_catalogue(), bundled_catalogue()
    if os.environ.get(CATALOGUE_VARIABLE) or not os.path.isfile(own) or not os.path.isfile(bundled):
        return ""
    try:
        ours, released = (_data_version(path) for path in (own, bundled))
    except CatalogueError:  # what is read with it says so
        return ""
    from ht_cli.catalogue.facts.versions import is_newer

    return released if is_newer(released, ours) else ""


def _data_version(path: str) -> str:
    with open_catalogue(path) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()
    return str(row[0]) if row else ""


def _brought_up_to_date(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Give a copy in memory that has today's tables: reading an older file must not write it.

    Raises sqlite3.DatabaseError where a value is none that an ht of that time wrote.
    """
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    try:
        bring_up_to_date(copy)
    except _OF_WRONG_VALUES as error:
        raise sqlite3.DatabaseError(str(error)) from error
    copy.commit()  # who copies it in turn would wait for ever for the end of its transaction
    return copy


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Give an older file today's tables, and the words of the bundled release, in the caller's transaction."""
    from sqlite_utils import Database  # 43 ms, wanted only for an older file

    from ht_cli.catalogue.facts.schema import migrate
    from ht_cli.catalogue.index.rebuilding import index_resources, take_vocabulary

    migrate(Database(connection, execute_plugins=False))
    with closing(_connect(bundled_catalogue())) as release:
        take_vocabulary(connection, release)
    index_resources(connection)
