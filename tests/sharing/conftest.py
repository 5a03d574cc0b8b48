import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from ht_cli.catalogue.keeping.changing import Editor, read_record
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.postgres import PostgresPlace, initialise
from tests.sharing.server import PASSWORD, Server, binaries
from tests.sharing.two import Run, Two

_numbers = count(1)  # of logins, which all databases of a server share


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL, one for all tests; without its programs they are skipped, and fail where all programs must be there."""
    programs = binaries()
    if programs is None:
        (pytest.fail if os.environ.get("HT_ALL_PROGRAMS") == "1" else pytest.skip)("PostgreSQL is not installed")
    running = Server(programs)
    yield running
    running.stop()


class Database:
    """The database of one test, with logins for each role."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.url = server.url("postgres")
        self.run("DROP SCHEMA IF EXISTS ht CASCADE")

    def run(self, statement: LiteralString, *values: object, by: str = "") -> list[tuple[object, ...]]:
        """Run one statement as an administrator, or by the address of another, and give its rows."""
        with psycopg.connect(by or self.url, autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def login(self, *roles: str) -> str:
        """Make a login that is in some roles, and give its address."""
        name = f"{(*roles, 'nobody')[0].removeprefix('ht_')}_{next(_numbers)}"
        self.run(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}' {'IN ROLE ' + ', '.join(roles) if roles else ''}")
        return self.server.url("postgres", name)


@pytest.fixture
def empty(server: Server, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database that nobody has prepared; without TLS, where an address does not ask for it."""
    monkeypatch.setenv("PGSSLMODE", "disable")
    return Database(server)


@pytest.fixture
def database(empty: Database) -> Database:
    """A prepared database."""
    initialise(empty.url)
    return empty


@pytest.fixture
def place() -> Iterator[Callable[[str], PostgresPlace]]:
    """Open a place by its address; all are let go of at the end."""
    opened: list[PostgresPlace] = []

    def open_place(url: str) -> PostgresPlace:
        opened.append(PostgresPlace(url, "0a1b2c3d"))
        return opened[-1]

    yield open_place
    for each in opened:
        each.close()


@pytest.fixture
def two(tmp_path: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> Two:
    """Two keepers with a folder between them."""
    return Two(tmp_path, ht, monkeypatch)


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make the next release of what a keeper's catalogue says, as the sources that it exports are: without its secret addresses."""

    def make(own: Path) -> None:
        path = tmp_path / "package" / "data" / "resources.db"
        path.parent.mkdir(parents=True)
        shutil.copyfile(own, path)
        with open_for_writing(str(path)) as connection:
            for (identifier,) in connection.execute("SELECT DISTINCT resource FROM address WHERE confidential").fetchall():
                record = read_record(connection, identifier)
                shown = [address for address in record.pop("addresses") if not address.get("confidential")]
                Editor(connection).write(identifier, record | ({"addresses": shown} if shown else {}))
            connection.execute("INSERT INTO absorbed SELECT uuid FROM change")
            for table in ("change_field", "change", "released", "own"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("UPDATE meta SET value = '2099.01' WHERE key = 'data_version'")
        monkeypatch.setattr("ht_cli.paths._PACKAGE", path.parent.parent)

    return make
