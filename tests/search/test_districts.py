"""The regions that people name and no law does: found by their names, served by what serves their towns, written as their towns."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.option_values import read_option
from ht_cli.search.reading import read_question
from tests.conftest import ROOT, Outcome

Run = Callable[..., Outcome]
WITH_ROWS = ("districts.csv", "municipalities.csv")
DISTRICTS, MUNICIPALITIES = (
    list(csv.DictReader((ROOT / "data" / "sources" / "places" / name).open(encoding="utf-8", newline=""))) for name in WITH_ROWS
)
WESTHOEK = next(row for row in DISTRICTS if row["name"] == "Westhoek")


def test_each_holds_several_municipalities_of_today_and_names_its_page() -> None:
    homes = {row["nis"] for row in MUNICIPALITIES}
    for row in DISTRICTS:
        held = row["nis"].split(";")
        assert len(held) == len(set(held)) >= 2, row["name"]
        assert homes.issuperset(held), row["name"]
        assert row["source"].startswith("http"), row["name"]


def test_each_is_found_by_each_of_its_names(lexicon: Lexicon) -> None:
    lost = []
    for row in DISTRICTS:
        for name in filter(None, (row["name"], *row["aliases"].split(";"))):
            query = read_option("city", name, lexicon)
            if [place.holds for place in query.places] != [tuple(row["nis"].split(";"))] or query.homonyms:
                lost.append((name, [place.code for place in query.places]))
    assert lost == []


def test_a_town_said_beside_its_district_is_the_place_that_is_meant(lexicon: Lexicon) -> None:
    assert [place.name for place in read_question("rouwgroep ieper westhoek", lexicon).places] == ["Ieper"]
    assert [place.name for place in read_question("rouwgroep westhoek", lexicon).places] == ["Westhoek"]


def test_what_serves_a_town_of_it_is_found_and_what_serves_none_is_not(ht: Run) -> None:
    held = {f"nis:{nis}" for nis in WESTHOEK["nis"].split(";")}
    found = json.loads(ht("find", "--city", "westhoek", "--kind", "service", "--limit", "60", "--json").out)
    of_towns = [one for one in found if all(area.startswith("nis:") for area in one["areas"])]
    assert of_towns
    assert all(held.intersection(one["areas"]) for one in of_towns)
    assert any("province:west-flanders" in one["areas"] for one in found)


def test_networks_and_what_is_due_are_those_of_its_towns(ht: Run) -> None:
    networks = {one["id"] for one in json.loads(ht("networks", "westhoek", "--json").out)}
    assert networks == {
        row[layer] for row in MUNICIPALITIES if row["nis"] in WESTHOEK["nis"] for layer in ("network_adult", "network_youth")
    }
    of_the_district, of_the_province = (
        {one["id"] for one in json.loads(ht("due", "--city", place, "--limit", "500", "--json").out)}
        for place in ("westhoek", "west-vlaanderen")
    )
    assert set() < of_the_district < of_the_province


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_its_towns_are_written_as_the_area_of_what_serves_it(ht: Run, own: Path, language: str) -> None:
    ht("add", "--name", "Praatgroep X", "--kind", "group", "--serves", "westhoek", "--phone", "057 20 00 00", "--language", "nl", HT_LANG=language)  # fmt: skip
    (added,) = json.loads(ht("show", "praatgroep-x", "--json").out)
    assert added["areas"] == [f"nis:{nis}" for nis in WESTHOEK["nis"].split(";")]
