"""What tests compare: the facts of a whole catalogue, and whether its journal tells the same story."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from ht_cli.catalogue.facts.reading import PARTS, read_ids, read_resources
from ht_cli.catalogue.facts.records import record_of
from ht_cli.catalogue.index.integrity import problems
from ht_cli.catalogue.sharing.merging import unlike_the_journal
from tests.conftest import BUNDLED


def facts(path: Path) -> dict[str, dict[str, Any]]:
    """The record of every resource."""
    with closing(sqlite3.connect(path)) as connection:
        return {r.id: record_of(r) for r in read_resources(connection, read_ids(connection, all_statuses=True))}


def fact(path: Path, identifier: str) -> dict[str, Any]:
    """The record of one resource, which takes a hundredth of the time of all."""
    with closing(sqlite3.connect(path)) as connection:
        (resource,) = read_resources(connection, [identifier])
        return record_of(resource)


def id_of(path: Path, name: str) -> str:
    """The id of the one resource of a name: what is added gets digits of the device, which no test knows beforehand."""
    with closing(sqlite3.connect(path)) as connection:
        ((identifier,),) = connection.execute("SELECT id FROM resource WHERE name = ?", (name,)).fetchall()
    return str(identifier)


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
        found += unlike_the_journal(connection)
    return found
