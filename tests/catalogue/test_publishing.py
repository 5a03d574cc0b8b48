import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.exchange.harmless import harmless
from tests.conftest import Outcome
from tests.exchange.conftest import HOSTILE, catalogue  # noqa: F401, the second is a fixture

Run = Callable[..., Outcome]


@pytest.fixture
def published(ht: Run, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    assert ht("export", "-o", str(tmp_path / "resources.db"), "--locale", "fr").exit_code == 0
    connection = sqlite3.connect(tmp_path / "resources.db")
    yield connection
    connection.close()


def test_sqlite_utils_opens_it_with_search_and_foreign_keys(published: sqlite3.Connection) -> None:
    database = Database(published, execute_plugins=False)
    resource = database["resource"]
    assert resource.pks == ["id"]
    assert resource.detect_fts() == "resource_fts"
    assert "commission-psychologues" not in [row["id"] for row in resource.search("depression nerveuse")]
    assert [row["id"] for row in resource.search("epuisement")] == [row["id"] for row in resource.search("épuisement")] != []
    assert {key.other_table for table in ("phone", "address", "source", "fact_check") for key in database[table].foreign_keys} == {
        "resource"
    }
    assert published.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_each_fact_of_the_catalogue_is_in_it_once(published: sqlite3.Connection) -> None:
    with open_catalogue() as connection:
        resources = read_resources(connection, read_ids(connection))
    rows = dict(published.execute("SELECT id, name FROM resource"))
    assert rows == {resource.id: resource.name for resource in resources}
    for table, field in (("phone", "phones"), ("address", "addresses"), ("source", "sources")):
        (count,) = published.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
        assert count == sum(len(getattr(resource, field)) for resource in resources) > 200
    needs = {(resource.id, need) for resource in resources for need in resource.needs}
    assert set(published.execute("SELECT resource, term FROM resource_term WHERE kind = 'needs'")) == needs
    assert published.execute("SELECT COUNT(*) FROM resource_term WHERE label IS NULL").fetchone() == (0,)


def test_who_serves_a_town_is_whom_a_search_shows(published: sqlite3.Connection, ht: Run) -> None:
    for town in ("Eupen", "Malmedy", "Linkebeek", "Mouscron", "Anderlecht", "Namur", "Gand"):
        served = {row[0] for row in published.execute("SELECT resource FROM serves WHERE municipality = ? AND resource NOT IN (SELECT id FROM resource WHERE professionals_only)", (town,))}  # fmt: skip
        shown = set(ht("find", "--city", town, "--limit", "10000", "--format", "ids").out.split())
        assert served == shown


def test_no_confidential_address_and_no_escape_is_in_it(ht: Run, tmp_path: Path, catalogue: Callable[..., Path]) -> None:  # noqa: F811
    own = catalogue(HOSTILE)
    ht("export", "-o", str(tmp_path / "out.db"), "--catalogue", str(own))
    raw = (tmp_path / "out.db").read_bytes()
    assert b"Secret street" not in raw
    assert b"\x1b[31m" not in raw
    with sqlite3.connect(tmp_path / "out.db") as connection:
        (name,) = connection.execute("SELECT name FROM resource WHERE id = 'hostile-text'").fetchone()
    assert name == harmless(HOSTILE).name


def test_datasette_shows_facets_and_finds_words(ht: Run, tmp_path: Path) -> None:
    ht("export", "-o", str(tmp_path / "resources.db"))
    ht("export", "--format", "sqlite", "--schema", "-o", str(tmp_path / "metadata.json"))

    def get(path: str) -> str:
        command = [sys.executable, "-m", "datasette", "resources.db", "--metadata", "metadata.json", "--get", path]
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    page = json.loads(get("/resources/resource.json?_search=burnout&_extra=suggested_facets"))
    assert page["facet_results"]["kind"]["results"]
    assert "needs" in page["facet_results"]
    assert all("burn" in json.dumps(row).lower() for row in page["rows"])
    assert 'name="_search"' in get("/resources/resource")
    assert json.loads(get("/resources/who_serves_a_town.json?town=Namur&_shape=array"))
