"""What tests compare: the facts of a whole catalogue, and whether its journal tells the same story."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from ht_cli.catalogue.integrity import problems
from ht_cli.catalogue.journal import read_changes
from ht_cli.catalogue.reading import PARTS, read_ids, read_resources
from ht_cli.catalogue.records import record_of
from tests.conftest import BUNDLED


def facts(path: Path) -> dict[str, dict[str, Any]]:
    """The record of every resource."""
    with closing(sqlite3.connect(path)) as connection:
        return {r.id: record_of(r) for r in read_resources(connection, read_ids(connection, all_statuses=True))}


def dump(path: Path) -> list[tuple[Any, ...]]:
    """Every row of the facts, as SQLite holds them, but for the number of a resource."""
    with closing(sqlite3.connect(path)) as connection:
        columns = [name for _, name, *_rest in connection.execute("PRAGMA table_info(resource)") if name != "number"]
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM resource ORDER BY id").fetchall()
        for table in PARTS:
            rows += connection.execute(f"SELECT '{table}', * FROM {table} ORDER BY 2, 3, 4").fetchall()
        return rows


def faults_of(path: Path, *, deep: bool = True, release_path: Path = BUNDLED) -> list[str]:
    """What is wrong with a file, its search tables and its journal; nothing when all agree."""
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(release_path)) as release:
        found = list(problems(connection, release)) if deep else []
        if not deep:
            found = [text for (text,) in connection.execute("PRAGMA quick_check") if text != "ok"]
        records = {r.id: record_of(r) for r in read_resources(connection, read_ids(connection, all_statuses=True))}
        last: dict[tuple[str, str], Any] = {}
        for change in reversed(read_changes(connection)):
            last |= {(change.resource, field): after for field, (_before, after) in change.fields.items()}
        found += [f"{resource}.{field}" for (resource, field), value in last.items() if records.get(resource, {}).get(field) != value]
    return found
