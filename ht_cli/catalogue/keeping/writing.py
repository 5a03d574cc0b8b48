"""Opens the user's own catalogue to write: made on the first write, never the bundled one, one writer at a time.

One file, with SQLite's rollback journal and not its write-ahead log: a volunteer can copy or mail the
file at any time without losing what would still stand in a second one.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from io import FileIO
from pathlib import Path

from ht_cli.catalogue.facts.opening import bring_up_to_date, check_version, unreadable
from ht_cli.catalogue.facts.schema import SCHEMA_VERSION
from ht_cli.catalogue.facts.sealing import LARGE, held_open, make_room, require_whole, seal
from ht_cli.catalogue.keeping.backups import keep_state
from ht_cli.catalogue.keeping.leftovers import beside, clear_leftovers, make_for
from ht_cli.errors import CatalogueError, InvalidDataError
from ht_cli.locale import translate as _
from ht_cli.paths import CATALOGUE_VARIABLE, bundled_catalogue, chosen_catalogue, user_catalogue
from ht_cli.reasons import reason_of

BULK_CACHE = 16_000  # kilobytes of the file that are held while much changes: what is written out too early is read and written again
BUSY_SECONDS = 60.0  # how long a write waits for another one


@contextmanager
def open_for_writing(named: str | None = None, *, in_bulk: bool = False, arriving: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the catalogue to write, in one transaction that is kept when the block ends well.

    The state before an act is kept as a backup; `in_bulk` says that much will change, and that it is an act by itself. So is what
    is `arriving`, entries of others, unless the file is large: there a copy costs more than it saves, for `ht undo` takes them back.

    Raises CatalogueError when the file is locked, damaged, read-only or newer, or the disk is full;
    nothing is changed then.
    """
    path = _writable_catalogue(named)
    try:
        with held_open(path) as opened, closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            _configure(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                if in_bulk:
                    connection.execute(f"PRAGMA cache_size = -{BULK_CACHE}")
                _prepare(connection, path, opened, named, in_bulk=in_bulk or (arriving and path.stat().st_size <= LARGE))
                yield connection
                if connection.total_changes:
                    commit(connection, path, opened)
                else:
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except sqlite3.IntegrityError as error:
        raise _contradiction(error) from error
    except sqlite3.DatabaseError as error:
        raise _failure(path, error, named) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema may be no text
        raise unreadable(path, sqlite3.DatabaseError(error.reason), named) from error
    except OSError as error:
        raise CatalogueError(_("the catalogue {path} cannot be written: {reason}").format(path=path, reason=reason_of(error))) from error


@contextmanager
def open_rehearsal(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Give a copy in memory of an open catalogue, to try an act on that is to be refused as the real one would be.

    Raises InvalidDataError where the facts would contradict one another. Nothing of it is kept.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA foreign_keys = ON")
        copy.execute("BEGIN")
        try:
            yield copy
            copy.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise _contradiction(error) from error


def _writable_catalogue(named: str | None) -> Path:
    if named or os.environ.get(CATALOGUE_VARIABLE):
        path = Path(chosen_catalogue(named))
        if os.path.exists(path) and os.path.exists(bundled_catalogue()) and path.samefile(bundled_catalogue()):
            raise CatalogueError(_("the bundled catalogue is never written; without --catalogue, ht makes your own copy"))
        return path
    path = Path(user_catalogue())
    if not os.path.exists(path):
        _make_copy(Path(chosen_catalogue()), path)
    return path


def _make_copy(bundled: Path, path: Path) -> None:
    """Copy the bundled catalogue beside and move it into place; where another process was quicker, its copy stays."""
    made = beside(path)
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        make_for(made, path)
        try:
            with bundled.open("rb") as source, made.open("wb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
            os.link(made, path)
        except FileExistsError:
            return
        finally:
            made.unlink(missing_ok=True)
    except OSError as error:
        raise CatalogueError(
            _("your own catalogue cannot be made in {path}: {reason}").format(path=path.parent, reason=reason_of(error))
        ) from error


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = DELETE")


def commit(connection: sqlite3.Connection, path: Path, opened: FileIO) -> None:
    """Write what the transaction holds, and seal the file; nobody else writes in between."""
    make_room(connection)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # from now on the lock is kept until the connection is closed
    connection.execute("COMMIT")
    with suppress(sqlite3.DatabaseError):  # what was asked for is written; without a seal it is looked through at the next write
        seal(connection, path, opened)


def _prepare(connection: sqlite3.Connection, path: Path, opened: FileIO, named: str | None, *, in_bulk: bool) -> None:
    """Clear what killed processes left, keep a backup and bring an older file up to date, while no other process can write."""
    version = check_version(connection, path, named)
    require_whole(connection, path, opened, thoroughly=in_bulk or path.stat().st_size <= LARGE)
    clear_leftovers(path)
    keep_state(path, opened.fileno(), in_bulk=in_bulk or version < SCHEMA_VERSION)
    if version < SCHEMA_VERSION:
        _migrate(connection, path)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older file up to date; a step that fails leaves the file as it was."""
    try:
        bring_up_to_date(connection)
    except sqlite3.DatabaseError as error:
        raise CatalogueError(_("the catalogue {path} could not be brought up to date: {error}").format(path=path, error=error)) from error


def _contradiction(error: sqlite3.IntegrityError) -> InvalidDataError:
    return InvalidDataError(_("the facts contradict one another ({error}); nothing was changed").format(error=error))


def _failure(path: Path, error: sqlite3.DatabaseError, named: str | None) -> CatalogueError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return CatalogueError(_("another program is writing to {path}; nothing was changed, try again in a moment").format(path=path))
    if "readonly" in text or "unable to open" in text:
        return CatalogueError(_("{path} cannot be written: the file or its folder is read-only; nothing was changed").format(path=path))
    if "full" in text or "disk I/O" in text:
        return CatalogueError(_("no room to write {path}; nothing was changed").format(path=path))
    return unreadable(path, error, named)
