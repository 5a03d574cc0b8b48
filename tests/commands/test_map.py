import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]


def facts(outcome: Outcome) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outcome.out)))


def test_off_a_terminal_a_map_is_the_facts_behind_it(ht: Run) -> None:
    rows = ht("map").out.splitlines()
    assert rows[0].split("\t") == ["nis", "municipality", "province", "network_adult", "network_adult_confidence", "network_youth"]
    assert len(rows) == 566
    assert "62063\tLiège\tliege\tfusion-liege\thigh\trealism" in rows


def test_a_table_in_a_pipe_is_drawn_without_colour(ht: Run) -> None:
    drawn = ht("map", "--format", "table").out
    assert "\x1b" not in drawn
    assert "TTT" in drawn
    assert "Approximate" in drawn


def test_the_machine_formats_agree(ht: Run) -> None:
    rows = facts(ht("map", "--need", "grief", "--format", "csv"))
    assert json.loads(ht("map", "--need", "grief", "--json").out) == [
        {name: int(value) if name.startswith("services") else value for name, value in row.items()} for row in rows
    ]
    assert ht("map", "--format", "ids").out.split() == [row["nis"] for row in rows]


@pytest.mark.parametrize("need", ["burnout", "grief", "trauma"])
def test_a_count_is_what_serves_the_municipality_by_the_sources(ht: Run, need: str) -> None:
    """Counted anew from the facts: by name or province, by region or community, by country, each resource where it is nearest."""
    with sqlite3.connect(BUNDLED) as connection:
        serving = connection.execute(
            "SELECT r.id, a.area FROM resource r JOIN resource_area a ON a.resource = r.id JOIN resource_term t ON t.resource = r.id"
            " WHERE r.status = 'active' AND NOT r.professionals_only AND t.kind = 'needs' AND t.term = ? AND (r.kind LIKE 'network-%'"
            " OR r.email || r.url <> '' OR r.id IN (SELECT resource FROM phone UNION SELECT resource FROM address WHERE street <> ''))",
            (need,),
        ).fetchall()
        towns = {row[0]: row for row in connection.execute("SELECT nis, province, region, languages FROM municipality")}
    for row in facts(ht("map", "--need", need, "--format", "csv"))[::40]:
        nis, province, region, languages = towns[row["nis"]]
        near = {resource for resource, area in serving if area in (f"nis:{nis}", f"province:{province}")}
        spoken = ("fr", "nl") if region == "brussels" else (languages.split(";")[0],)
        wide = {f"region:{region}", *(f"community:{language}" for language in spoken)}
        regional = {resource for resource, area in serving if area in wide} - near
        country = {resource for resource, area in serving if area == "country:be"} - near - regional
        assert [int(row[f"services_{reach}"]) for reach in ("near", "region", "country")] == [len(near), len(regional), len(country)]


def test_a_place_gives_its_two_networks_and_the_nearest_services_that_serve_it(ht: Run) -> None:
    outcome = ht("map", "liege", "--json")
    found = json.loads(outcome.out)
    assert [one["id"] for one in found[:2]] == ["fusion-liege", "realism"]
    distances = [one["distance_km"] for one in found[2:]]
    assert distances == sorted(distances)
    assert {one["kind"] for one in found[2:]} <= {"service", "group"}
    assert "It is certain that Liège" in outcome.err
    served = {"nis:62063", "province:liege", "region:wallonia", "community:fr", "country:be"}
    assert all(set(one["areas"]) & served for one in found[2:])


def test_the_text_form_names_what_each_network_covers_and_marks_what_is_not_sure(ht: Run) -> None:
    text = ht("map", "--format", "records").out
    assert "Entry 1 of 21" in text
    assert "Name: Brumenta" in text
    assert " ?" in text
    assert "Note: Approximate" in " ".join(text.split("\n"))


@pytest.mark.parametrize(
    ("zoom", "count"), [("brumenta", 19), ("Réseau Santé Namur", 38), ("province de namur", 38), ("wallonie", 261), ("4000", 1)]
)
def test_a_zoom_is_a_network_a_province_a_region_or_a_town(ht: Run, zoom: str, count: int) -> None:
    assert len(facts(ht("map", "--zoom", zoom, "--format", "csv"))) == count


@pytest.mark.parametrize("zoom", ["qqqqqqq", "paris"])
def test_an_unknown_zoom_says_what_can_be_asked(ht: Run, zoom: str) -> None:
    outcome = ht("map", "--zoom", zoom)
    assert outcome.exit_code in (1, 2)
    assert outcome.out == ""
    assert outcome.err.startswith("ht: ")


def test_a_need_that_speaks_of_danger_puts_the_lines_to_call_first(ht: Run) -> None:
    assert "112" in ht("map", "--need", "suicide", "--format", "table").err.splitlines()[1]
    piped = ht("map", "--need", "suicide")
    assert "112" in piped.err
    assert piped.out.startswith("nis\t")


def test_no_confidential_address_is_on_a_map(ht: Run, tmp_path: Path) -> None:
    copy = tmp_path / "own.db"
    with sqlite3.connect(BUNDLED) as source, sqlite3.connect(copy) as connection:
        source.backup(connection)
        before = sum(int(row["resources_here"]) for row in facts(ht("map", "--resources", "--format", "csv")))
        (hidden,) = connection.execute("SELECT COUNT(DISTINCT resource) FROM address WHERE nis = '62063'").fetchone()
        connection.execute("UPDATE address SET confidential = 1 WHERE nis = '62063'")
    rows = facts(ht("map", "--resources", "--format", "csv", "--catalogue", str(copy)))
    assert next(row for row in rows if row["nis"] == "62063")["resources_here"] == "0"
    assert 0 < before - sum(int(row["resources_here"]) for row in rows) <= hidden
    found = json.loads(ht("map", "liege", "--json", "--catalogue", str(copy)).out)
    assert all(one["distance_km"] > 0 for one in found[2:])


def test_a_catalogue_from_before_the_map_takes_the_bundled_outlines(ht: Run, tmp_path: Path) -> None:
    copy = tmp_path / "own.db"
    with sqlite3.connect(BUNDLED) as source, sqlite3.connect(copy) as connection:
        source.backup(connection)
        connection.executescript("DELETE FROM outline; DELETE FROM network_mark;")
    assert ht("map", "--format", "table", "--catalogue", str(copy)).out == ht("map", "--format", "table").out


def test_a_drawing_in_a_file_has_no_escape(ht: Run, tmp_path: Path) -> None:
    ht("map", "--format", "table", "-o", str(tmp_path / "map.txt"))
    assert (tmp_path / "map.txt").read_text("utf-8") == ht("map", "--format", "table").out


def test_a_map_of_a_name_of_several_places_says_which_was_taken_and_how_to_choose(ht: Callable[..., Outcome]) -> None:
    outcome = ht("map", "saint-remy", "--format", "records")
    assert "Saint-Remy (Blegny)" in outcome.out
    assert "It is certain" not in outcome.out
    assert 'ht map "Saint-Remy (6460 Chimay)"' in outcome.err
    assert "Saint-Remy (Chimay)" in ht("map", "Saint-Remy (6460 Chimay)", "--format", "records").out


@pytest.mark.parametrize("place", ["gent", "liege", "eupen"])
def test_of_what_is_in_town_whom_a_helper_turns_to_first_comes_first(ht: Run, place: str) -> None:
    found = [one for one in json.loads(ht("map", place, "--json").out)[2:] if one["distance_km"] == 0]
    has_a_number = [bool(one["phones"]) for one in found]
    assert has_a_number[0]
    assert sum(has_a_number[:4]) >= sum(has_a_number[4:])
    assert {"first-contact", "crisis-care", "mobile-team"} & {*found[0]["offers"]}


@pytest.mark.parametrize(
    ("language", "heading"),
    [("nl", "Netwerk voor volwassenen: Het PAKT · pakt.be · ht show"), ("fr", "Réseau pour adultes : Het PAKT · pakt.be · ht show")],
)
def test_around_a_place_a_site_is_its_host_and_what_coincides_is_one_sign(ht: Run, language: str, heading: str) -> None:
    drawn = ht("map", "gent", "--format", "table", "--locale", language).out
    assert heading in drawn
    assert "@(8)" in drawn
    assert not re.search(r"\.be/", drawn)
