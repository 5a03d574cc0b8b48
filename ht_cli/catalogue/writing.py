"""Opens the user's own catalogue to write: made on the first write, never the bundled one, one writer at a time.

One file, with SQLite's rollback journal and not its write-ahead log: a volunteer can copy or mail the
file at any time without losing what would still stand in a second one.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ht_cli.catalogue.backups import keep_state, newest_backup
from ht_cli.catalogue.opening import bring_up_to_date, check_version
from ht_cli.catalogue.schema import SCHEMA_VERSION
from ht_cli.errors import CatalogueError, InvalidDataError
from ht_cli.locale import translate as _
from ht_cli.paths import CATALOGUE_VARIABLE, bundled_catalogue, chosen_catalogue, user_catalogue

BUSY_SECONDS = 60.0  # how long a write waits for another one


@contextmanager
def open_for_writing(named: str | None = None, *, in_bulk: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the catalogue to write, in one transaction that is kept when the block ends well.

    The state before is kept as a backup; `in_bulk` says that much will change, and so keeps a large one too.

    Raises CatalogueError when the file is locked, damaged, read-only or newer, or the disk is full;
    nothing is changed then.
    """
    path = _writable_catalogue(named)
    try:
        with _opened(path) as opened, closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            _configure(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                _prepare(connection, path, opened, in_bulk=in_bulk)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except sqlite3.IntegrityError as error:
        raise InvalidDataError(_("the facts contradict one another ({error}); nothing was changed").format(error=error)) from error
    except sqlite3.DatabaseError as error:
        raise CatalogueError(_reason(path, error)) from error
    except OSError as error:
        raise CatalogueError(_("the catalogue {path} cannot be written: {reason}").format(path=path, reason=error.strerror)) from error


def _writable_catalogue(named: str | None) -> Path:
    if named or os.environ.get(CATALOGUE_VARIABLE):
        path = chosen_catalogue(named)
        if path.exists() and bundled_catalogue().exists() and path.samefile(bundled_catalogue()):
            raise CatalogueError(_("the bundled catalogue is never written; without --catalogue, ht makes your own copy"))
        return path
    path = user_catalogue()
    if not path.exists():
        _make_copy(chosen_catalogue(), path)
    return path


def _make_copy(bundled: Path, path: Path) -> None:
    """Copy the bundled catalogue beside and move it into place; where another process was quicker, its copy stays."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with bundled.open("rb") as source, beside.open("wb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
            os.link(beside, path)
        except FileExistsError:
            return
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CatalogueError(
            _("your own catalogue cannot be made in {path}: {reason}").format(path=path.parent, reason=error.strerror)
        ) from error


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Hold a descriptor of the file, from before SQLite locks it until after: closing one lets go of this process's locks."""
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        yield opened
    finally:
        os.close(opened)


def _prepare(connection: sqlite3.Connection, path: Path, opened: int, *, in_bulk: bool) -> None:
    """Keep a backup and bring an older file up to date, while no other process can write."""
    version = check_version(connection, path)
    keep_state(path, opened, in_bulk=in_bulk or version < SCHEMA_VERSION)
    if version < SCHEMA_VERSION:
        _migrate(connection, path)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older file up to date; a step that fails leaves the file as it was."""
    try:
        bring_up_to_date(connection)
    except sqlite3.DatabaseError as error:
        raise CatalogueError(_("the catalogue {path} could not be brought up to date: {error}").format(path=path, error=error)) from error


def _reason(path: Path, error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return _("another program is writing to {path}; nothing was changed, try again in a moment").format(path=path)
    if "readonly" in text or "unable to open" in text:
        return _("{path} cannot be written: the file or its folder is read-only; nothing was changed").format(path=path)
    if "full" in text or "disk I/O" in text:
        return _("no room to write {path}; nothing was changed").format(path=path)
    backup = newest_backup(path)
    text = _("the catalogue {path} is damaged: {error}").format(path=path, error=error)
    return f"{text}; {_('the newest backup is {backup}').format(backup=backup)}" if backup else text
