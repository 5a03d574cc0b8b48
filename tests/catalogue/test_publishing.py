import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database
from typer.testing import CliRunner

from ht_cli import locale
from ht_cli.app import app
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.exchange.harmless import harmless
from ht_cli.search.lookups import EMERGENCY
from ht_cli.search.referral import NEXT_DOOR
from tests.conftest import BUNDLED, Outcome
from tests.exchange.conftest import HOSTILE, catalogue  # noqa: F401, the second is a fixture

Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole catalogue as a database, its names in French."""
    path = tmp_path_factory.mktemp("published") / "resources.db"
    locale.activate(["--locale", "fr"], os.environ)
    result = CliRunner().invoke(app, ["export", "-o", str(path), "--locale", "fr", "--catalogue", str(BUNDLED)])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def published(file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file)
    yield connection
    connection.close()


@pytest.fixture
def town_query(ht: Run) -> str:
    metadata = json.loads(ht("export", "--format", "sqlite", "--schema").out)
    return str(metadata["databases"]["resources"]["queries"]["who_serves_a_town"]["sql"])


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


TRAININGS = {"un-pass-sentinelles", "en-route"}  # which a search shows to who asks for one, or by their name


def test_who_serves_a_town_is_whom_a_search_shows(published: sqlite3.Connection, town_query: str, ht: Run) -> None:
    reserved = {row[0] for row in published.execute("SELECT id FROM resource WHERE professionals_only")}
    for town in ("Eupen", "Malmedy", "Linkebeek", "Mouscron", "Anderlecht", "Namur", "Gand"):
        served = {row[2] for row in published.execute(town_query, {"town": town})} - reserved
        hits = json.loads(ht("find", "--city", town, "--limit", "10000", "--format", "json").out)
        shown = {hit["id"] for hit in hits if NEXT_DOOR not in hit["why"]}  # one of a town beside it does not serve this one
        assert shown <= served
        assert served - shown - TRAININGS == set(EMERGENCY)  # a search has these in the block of a danger alone


@pytest.mark.parametrize(
    ("typed", "towns"),
    [
        ("NAMUR", {"Namur"}), ("namen", {"Namur"}), ("5000", {"Namur"}), ("B-5000 Namur", {"Namur"}), (" 5100 jambes ", {"Namur"}),
        ("lüttich", {"Liège"}), ("LUETTICH", {"Liège"}), ("la louviere", {"La Louvière"}), ("Louvière (La)", {"La Louvière"}),
        ("sint niklaas", {"Saint-Nicolas"}), ("jemelle", {"Rochefort"}), ("1000", {"Bruxelles"}), ("Bütgenbach", {"Butgenbach"}),
        ("saint gilles bruxelles", {"Saint-Gilles"}), ("Bruxelles Saint-Gilles", {"Saint-Gilles"}), ("Namur (Namen)", {"Namur"}),
        ("Liège centre", {"Liège"}), ("ville de Liège", {"Liège"}), ("4000 Liège centre", {"Liège"}), ("Gent centrum", {"Gand"}),
        ("Jambes (Namur)", {"Namur"}), ("Mons, Hainaut", {"Mons"}), ("Eupen Ostbelgien", {"Eupen"}), ("Namur, Belgique", {"Namur"}),
        ("1050 Bruxelles", {"Ixelles", "Bruxelles"}), ("1000 Bruxelles", {"Bruxelles"}), ("BE-9000", {"Gand"}), ("B - 9000 Gent", {"Gand"}),
        ("be 9000", {"Gand"}), ("5000 centre", {"Namur"}), ("7000 Hainaut", {"Mons"}), ("5000 Hainaut", set()), ("1030 Namur", set()),
        ("Namur Hainaut", set()), ("Liège Namur", set()), ("5000 Liège centre", set()),
        ("5000 liège", set()), ("nowhere", set()), ("", set()), ("' or 1=1 --", set()),
    ],
)  # fmt: skip
def test_a_town_is_taken_as_people_type_it(published: sqlite3.Connection, town_query: str, typed: str, towns: set[str]) -> None:
    assert {row[0] for row in published.execute(town_query, {"town": typed})} == towns


@pytest.mark.parametrize("region", ["Bruxelles", "Brussel", "Brüssel", "Brussels"])
def test_each_of_the_nineteen_is_found_by_its_postcode_before_the_name_of_the_region(
    published: sqlite3.Connection, town_query: str, region: str
) -> None:
    postcodes = published.execute(
        "SELECT m.name, s.spelling FROM municipality m JOIN town_spelling s ON s.nis = m.nis WHERE region = 'brussels' AND s.spelling GLOB '1[0-9][0-9][0-9]'"
    ).fetchall()
    assert len({name for name, _postcode in postcodes}) == 19
    for name, postcode in postcodes:
        assert name in {row[0] for row in published.execute(town_query, {"town": f"{postcode} {region}"})}


def test_of_two_towns_of_one_name_each_is_shown(published: sqlite3.Connection, town_query: str) -> None:
    assert {row[:2] for row in published.execute(town_query, {"town": "Saint-Nicolas"})} == {
        ("Saint-Nicolas", "liege"), ("Saint-Nicolas", "east-flanders"),
    }  # fmt: skip


def test_a_province_beside_a_name_tells_two_towns_apart(published: sqlite3.Connection, town_query: str) -> None:
    for typed, province in (("Saint-Nicolas Liège", "liege"), ("Sint-Niklaas, Oost-Vlaanderen", "east-flanders")):
        assert {row[:2] for row in published.execute(town_query, {"town": typed})} == {("Saint-Nicolas", province)}


def test_a_fax_is_no_number_of_the_query(ht: Run, tmp_path: Path, town_query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copyfile(BUNDLED, tmp_path / "own.db")
    monkeypatch.setenv("HT_CATALOGUE", str(tmp_path / "own.db"))
    assert ht("update", "realism", "--set", "phones=fax 04 342 12 13; 04 342 12 12", "--by", "An", "--yes").exit_code == 0
    assert ht("export", "realism", "-o", str(tmp_path / "out.db")).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        assert connection.execute("SELECT number, fax FROM phone ORDER BY number").fetchall() == [
            ("+3243421212", None),
            ("+3243421213", "1"),
        ]
        (row,) = connection.execute(town_query, {"town": "Liège"})
    assert row[5] == "04 342 12 12"


def test_no_confidential_address_and_no_escape_is_in_it(ht: Run, tmp_path: Path, catalogue: Callable[..., Path]) -> None:  # noqa: F811
    own = catalogue(HOSTILE)
    ht("export", "-o", str(tmp_path / "out.db"), "--catalogue", str(own))
    raw = (tmp_path / "out.db").read_bytes()
    assert b"Secret street" not in raw
    assert b"\x1b[31m" not in raw
    with sqlite3.connect(tmp_path / "out.db") as connection:
        (name,) = connection.execute("SELECT name FROM resource WHERE id = 'hostile-text'").fetchone()
    assert name == harmless(HOSTILE).name


def test_datasette_shows_facets_and_finds_words(file: Path, ht: Run, tmp_path: Path) -> None:
    ht("export", "--format", "sqlite", "--schema", "-o", str(tmp_path / "metadata.json"))

    def get(path: str) -> str:
        command = [sys.executable, "-m", "datasette", str(file), "--metadata", "metadata.json", "--get", path]
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    page = json.loads(get("/resources/resource.json?_search=burnout&_extra=suggested_facets"))
    assert page["facet_results"]["kind"]["results"]
    assert "needs" in page["facet_results"]
    assert all("burn" in json.dumps(row).lower() for row in page["rows"])
    assert 'name="_search"' in get("/resources/resource")
    served = json.loads(get("/resources/who_serves_a_town.json?town=namen&_shape=array"))
    assert {row["town"] for row in served} == {"Namur"}


def test_datasette_answers_each_page_of_each_table_within_its_default_limit(file: Path, ht: Run) -> None:
    metadata = json.loads(ht("export", "--format", "sqlite", "--schema").out)

    async def ask() -> dict[str, int]:
        datasette = Datasette([str(file)], metadata=metadata)
        await datasette.invoke_startup()
        counts = {}
        hidden = await datasette.get_database("resources").hidden_table_names()
        for table in set(await datasette.get_database("resources").table_names()) - {*hidden}:
            page = (await datasette.client.get(f"/resources/{table}.json?_size=max")).json()
            assert page.get("ok", True), (table, page)
            counts[table] = page["filtered_table_rows_count"]
            for asked in [f"_sort_desc={column}" for column in page["columns"]] + [f"_next={page['next']}"] * bool(page["next"]):
                answer = await datasette.client.get(f"/resources/{table}.json?_size=100&_nofacet=1&{asked}")
                assert answer.status_code == 200, (table, asked, answer.text)
        return counts

    counts = asyncio.run(ask())
    assert {"resource", "serves", "resource_term", "resource_area", "municipality", "phone", "address", "source", "about"} <= counts.keys()
    assert counts["serves"] > 50_000
