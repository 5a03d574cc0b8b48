"""Brings an earlier state of the user's catalogue back, whole or not at all; the state before is kept beside it."""

import os
import shutil
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from ht_cli.catalogue.facts.opening import check_version
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.catalogue.facts.records import Record, differences, record_of
from ht_cli.catalogue.facts.sealing import damage_of, held_open, uri
from ht_cli.catalogue.keeping.backups import keep_state
from ht_cli.catalogue.keeping.device import forget_place
from ht_cli.catalogue.keeping.journal import known_uuids
from ht_cli.catalogue.keeping.leftovers import beside, clear_leftovers, make_for
from ht_cli.catalogue.keeping.writing import BUSY_SECONDS, commit
from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _
from ht_cli.paths import own_catalogue
from ht_cli.shapes import NamedTuple

DAMAGED = ".damaged"  # what a damaged catalogue that was set aside is called, behind its name
_AT_ONCE = 64  # pages of one step: few enough that none of ours is written before the state of now is kept


class Return(NamedTuple):
    """What bringing a state back would do: each field that changes by resource, and the changes that are lost and that come back."""

    fields: Mapping[str, Mapping[str, tuple[Any, Any]]]
    lost: int
    regained: int


def plan_return(now: sqlite3.Connection, then: sqlite3.Connection) -> Return:
    """Hold the state of now against another one; writes nothing."""
    ours, theirs = _records(now), _records(then)
    changed = {identifier: differences(ours.get(identifier, {}), theirs.get(identifier, {})) for identifier in sorted({*ours, *theirs})}
    made_since, made_then = known_uuids(now), known_uuids(then)
    fields = {identifier: found for identifier, found in changed.items() if found}
    return Return(fields, len(made_since - made_then), len(made_then - made_since))


def _records(connection: sqlite3.Connection) -> dict[str, Record]:
    return {resource.id: record_of(resource) for resource in read_resources(connection, read_ids(connection, all_statuses=True))}


def require_restorable(state: Path) -> None:
    """Require that a state is whole and of this `ht` or an older one. Raises CatalogueError when it is not."""
    damage = damage_of(state)
    if damage:
        raise CatalogueError(_("{path} is damaged itself: {error}; choose another one: ht restore").format(path=state, error=damage))
    with closing(sqlite3.connect(uri(state, "mode=ro"), uri=True)) as connection:
        check_version(connection, state, str(state))


def bring_back(state: Path, named: str | None = None) -> Path | None:
    """Put a state in the place of one's own catalogue, and give where the state before is; None where there was none.

    It becomes a backup, so that this is taken back in the same way. A damaged one is no backup: the newest such
    lies beside as `resources.db.damaged`. Raises CatalogueError when the state is damaged itself, or the disk is full;
    nothing is changed then.
    """
    path = Path(own_catalogue(named))
    require_restorable(state)
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        if os.path.isfile(path) and path.stat().st_size and not damage_of(path):
            return _write_over(path, state)
        return _put_in_place(path, state)
    except (sqlite3.DatabaseError, OSError) as error:
        raise CatalogueError(_("the catalogue {path} cannot be written: {reason}").format(path=path, reason=error)) from error


def _write_over(path: Path, state: Path) -> Path | None:
    """Write a state over the pages of a whole catalogue in one transaction of SQLite's, which other writers wait for."""
    before: Path | None = None
    with (
        held_open(path) as opened,
        closing(sqlite3.connect(uri(state, "mode=ro"), uri=True)) as source,
        closing(sqlite3.connect(path, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous = FULL")
        until = time.monotonic() + BUSY_SECONDS

        def keep_before(status: int, _remaining: int, _pages: int) -> None:
            """Keep the state of now once nobody else can write and no page of ours is written."""
            nonlocal before
            if status == sqlite3.SQLITE_BUSY and time.monotonic() > until:
                raise sqlite3.OperationalError("database is locked")
            if status == sqlite3.SQLITE_OK and not before:
                clear_leftovers(path)
                before = keep_state(path, opened.fileno(), in_bulk=True, spared=[state])

        source.backup(target, pages=_AT_ONCE, progress=keep_before, sleep=0.02)
        target.execute("BEGIN IMMEDIATE")
        forget_place(target)
        commit(target, path, opened)
    return before


def _put_in_place(path: Path, state: Path) -> Path | None:
    """Move a copy of a state into a place where nothing is that anybody could write to; set what lies there aside."""
    clear_leftovers(path)
    copy, aside = beside(path), path.with_name(path.name + DAMAGED)
    try:
        make_for(copy, path)
        shutil.copyfile(state, copy)
        with copy.open("rb+") as written:
            os.fsync(written.fileno())
        damaged = os.path.isfile(path) and path.stat().st_size > 0
        if damaged:
            make_for(aside, path)
            shutil.copyfile(path, aside)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # of the damaged one: it would be played into this one
        os.replace(copy, path)
    finally:
        copy.unlink(missing_ok=True)
    return aside if damaged else None
