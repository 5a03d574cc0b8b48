"""Files in the shapes in which others publish HSDS go through: checked, and taken as far as they go, the rest named."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import tidy
from ht_cli.catalogue.keeping.importing import Planning
from ht_cli.commands._meanings import meanings_of
from ht_cli.exchange.files import each_once
from ht_cli.exchange.hsds.archives import open_archive
from ht_cli.exchange.hsds.arriving import rows_of_package
from ht_cli.exchange.hsds.documents import document_faults, read_document
from ht_cli.exchange.hsds.packages import package_faults
from ht_cli.exchange.hsds.tables import tables as tables_of_hsds
from tests.exchange.hsds import shapes
from tests.exchange.incoming import Found, parted_rows, read_file


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with open_catalogue() as opened:
        yield opened


def arrive(connection: sqlite3.Connection, path: Path) -> Found:
    meanings = meanings_of(connection)
    return parted_rows(each_once(rows_of_package(path, meanings))) if path.is_dir() or path.suffix == ".zip" else read_file(path, meanings)


def values_of(found: Found) -> dict[str, Any]:
    (row,), bad = found
    assert bad == []
    return tidy(row.values)


def left_of(found: Found) -> dict[str, str]:
    return {left.name: left.why for row in found[0] for left in row.left}


def written(path: Path, found: Any) -> Path:
    path.write_text(json.dumps(found), "utf-8")
    return path


def faults_of(path: Path) -> set[tuple[str, str]]:
    return {(fault.path, fault.rule) for fault in document_faults(read_document(path)) if not fault.advice}


EXPECTED: dict[str, Any] = {
    "name": "Talking about it", "kind": "service", "alternate_names": ["TAI"], "min_age": 12, "max_age": 99, "languages": ["fr"], "areas": ["nis:53053"],
    "descriptions": {"en": "The service is for people who want to talk about grief"}, "email": "talk@example.com", "url": "https://example.com/talk",
    "addresses": [{"street": "Rue Neuve 12", "postcode": "7000", "locality": "Mons", "nis": "53053"}],
    "phones": [{"number": "+32 2 555 01 23", "label": {
        "fr": "The reception of the house, poste 100, Urdu", "nl": "The reception of the house, toestel 100, Urdu",
        "de": "The reception of the house, Durchwahl 100, Urdu", "en": "The reception of the house, ext. 100, Urdu",
    }}],
    "hours": {"en": "Thursday and Friday, from 10 to 18; not while we have lunch"}, "hours_osm": "Th,Fr 10:00-18:00",
    "notes": "fees_description: 5 euros an hour\ncost_options: Students 3 EUR an hour\nattending_type: in person or by video\norganization: A house for all",
}  # fmt: skip


@pytest.mark.parametrize(
    "shape", [shapes.SERVICE_FULL, shapes.ORGANIZATION_FULL, [shapes.SERVICE_FULL]], ids=["service", "organization", "list"]
)
def test_the_examples_of_the_specification_are_valid_and_taken(connection: sqlite3.Connection, tmp_path: Path, shape: Any) -> None:
    path = written(tmp_path / "x.json", shape)
    assert faults_of(path) == set()
    found = arrive(connection, path)
    assert values_of(found) == EXPECTED
    assert left_of(found) == {
        "assured_date": "", "last_modified": "", "organization.description": "", "organization.email": "", "organization.website": "",
        "organization.year_incorporated": "", "organization.funding": "", "organization.contacts": "people are not kept", "location.name": "",
        "location.latitude": "", "location.longitude": "", "location.accessibility": "", "attributes": "a term of another taxonomy",
        "service_areas.name": "guessed", "languages": "a language that the catalogue does not know", "languages.note": "", "addresses": "no place to go to",
        "schedules.schedule_link": "", "kind → service": "guessed", "description → en": "guessed",
    }  # fmt: skip


def test_a_service_that_several_locations_bring_is_one_service_with_them_all(connection: sqlite3.Connection, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", shapes.SPOTS)
    assert faults_of(path) == set()
    towns = [address["locality"] for address in values_of(arrive(connection, path))["addresses"]]
    assert towns == ["Mons", "Namur"]


def tables(folder: Path, found: dict[str, list[dict[str, Any]]]) -> Path:
    for name, rows in found.items():
        (folder / name).write_text(shapes.sheet(rows), "utf-8")
    return folder


def zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as package:
        for file in sorted(folder.iterdir()):
            package.write(file, f"data/{file.name}")
    return path


@pytest.mark.parametrize("form", ["tabular", "plural", "folder", "zip"])
def test_tables_are_joined_into_services_in_json_in_a_folder_and_in_a_zip_file(
    connection: sqlite3.Connection, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    plural = {name.removesuffix(".csv"): rows for name, rows in shapes.TABULAR.items()}
    path = {
        "tabular": lambda: written(tmp_path / "x.json", shapes.TABULAR), "plural": lambda: written(tmp_path / "x.json", plural),
        "folder": lambda: tables(folder, shapes.TABULAR), "zip": lambda: zipped(tables(folder, shapes.TABULAR)),
    }[form]()  # fmt: skip
    if form == "tabular":
        assert faults_of(path) == set()
    found = arrive(connection, path)
    first, second = (tidy(row.values) for row in found[0])
    assert first["phones"] == [
        {"number": "065 12 34 56", "label": {"fr": "poste 7", "nl": "toestel 7", "de": "Durchwahl 7", "en": "ext. 7"}}
    ]
    assert (first["hours_osm"], first["languages"], first["areas"], first["min_age"]) == ("Mo[1] 19:00-21:00", ["fr"], ["nis:53053"], 12)
    assert first["addresses"][0]["postcode"] == "7000"
    assert (second["name"], second["status"]) == ("Groups", "unverified")
    why = {(left.name, left.value): left.why for row in found[0] for left in row.left}
    assert why["phones", "fax 065 12 34 57"] == "a number that nobody answers"
    assert why["phone", "065 12 34 58"] == "belongs to no service of the file"


def test_a_feed_of_open_referral_uk_is_taken_as_unverified_with_what_is_missing_named(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    path = written(tmp_path / "uk.json", {"contents": [shapes.UK]})
    assert faults_of(path) == {("/contents/0/service_at_locations/0/location/location_type", "required")}
    found = arrive(connection, path)
    values = values_of(found)
    assert (values["status"], values["areas"], values.get("languages")) == ("unverified", ["nis:53053"], None)
    assert values["hours_osm"] == "Mo 09:00-12:00"
    left = [(each.name, each.value, each.why) for each in found[0][0].left]
    assert ("languages", "", "missing: taken as unverified") in left
    assert ("service_areas", "All who live in Mons", "no area that is known by this name") in left
    assert ("schedules", "2026-03-31", "already over") in left


def test_a_directory_of_icarol_is_taken_with_the_one_location_of_its_organization(connection: sqlite3.Connection, tmp_path: Path) -> None:
    path = written(tmp_path / "240.json", shapes.ICAROL)
    assert ("/id", "format") in faults_of(path)
    found = arrive(connection, path)
    values = values_of(found)
    assert (values["languages"], values["areas"], values["status"]) == (["en"], ["nis:53053"], "unverified")
    assert values["phones"] == [{"number": "065 12 34 56", "label": {"en": "Administration"}}]
    assert values["url"] == "https://example.com"
    assert values["hours"] == {"en": "Seven days a week, 24 hours"}
    left = left_of(found)
    assert left["addresses → organization.locations"] == "guessed"
    assert left["required_documents"] == ""
    assert found[0][0].id == arrive(connection, path)[0][0].id != ""


def test_a_package_of_an_older_version_is_taken_as_far_as_it_goes(connection: sqlite3.Connection, tmp_path: Path) -> None:
    folder = tables(tmp_path, shapes.OHANA)
    assert ("services.csv:1:accepted_payments", "column") in {(fault.path, fault.rule) for fault in package_faults(open_archive(folder))}
    found = arrive(connection, folder)
    values = values_of(found)
    assert (values["status"], values["addresses"][0]["nis"]) == ("unverified", "53053")
    left = left_of(found)
    assert (left["accepted_payments"], left["website"], left["phones.department"]) == ("", "", "")
    assert left["service_taxonomy.csv"] == "no table of HSDS"


def test_a_guide_of_food_pantries_keeps_what_can_be_said_beside_what_cannot(connection: sqlite3.Connection, tmp_path: Path) -> None:
    found = arrive(connection, written(tmp_path / "x.json", shapes.PANTRY))
    values = values_of(found)
    assert (values["cost"], values["referral_needed"], values.get("status"), values["areas"]) == ("free", False, None, ["nis:53053"])
    assert values["hours_osm"] == "Mo unknown, Sa[2],Sa[4] 09:00-12:00"
    assert [phone["number"] for phone in values["phones"]] == ["02 555 01 23", "0470 12 34 56", "02 555 01 24"]
    assert [phone.get("label", {}).get("nl") for phone in values["phones"]] == [None, "sms", "teksttelefoon"]
    assert left_of(found)["schedules.byday"] == "times of another zone than that of Belgium"


def test_json_lines_are_read_whatever_their_ending_and_a_folder_of_services_too(connection: sqlite3.Connection, tmp_path: Path) -> None:
    other = {**shapes.SERVICE_FULL, "id": shapes.uuid("other")}
    text = "\n".join(map(json.dumps, (shapes.SERVICE_FULL, other)))
    for name in ("x.json", "x.ndjson", "x.txt"):
        (tmp_path / name).write_text(text, "utf-8")
        rows, bad = arrive(connection, tmp_path / name)
        assert (len(rows), bad) == (2, [])
    folder = tmp_path / "services"
    folder.mkdir()
    written(folder / "1.json", shapes.SERVICE_FULL)
    written(folder / "2.json", other)
    assert [row.id for row in arrive(connection, folder)[0]] == [shapes.uuid("service"), shapes.uuid("other")]


def test_all_of_them_can_be_written_into_the_catalogue(connection: sqlite3.Connection, tmp_path: Path) -> None:
    for shape in (shapes.SERVICE_FULL, shapes.UK, shapes.ICAROL, shapes.PANTRY, shapes.TABULAR):
        rows, bad = arrive(connection, written(tmp_path / "x.json", shape))
        planning = Planning(connection, {row.id for row in rows}, "test")
        steps = list(planning.steps(rows))
        assert (bad, planning.refused, len(steps)) == ([], [], len(rows))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ({"code": "fry"}, None), ({"code": "frs"}, None), ({"code": "fra"}, "fr"), ({"code": "nl-BE"}, "nl"), ({"code": "ger"}, "de"), ({"name": "Duits"}, "de"),
        ({"name": "néerlandais"}, "nl"), ({"name": "Frisian"}, None), ({"name": "English", "code": "eng"}, "en"),
    ],
)  # fmt: skip
def test_languages_are_known_by_their_codes_and_names(
    connection: sqlite3.Connection, tmp_path: Path, language: dict[str, str], expected: str | None
) -> None:
    service = {**shapes.SERVICE_FULL, "languages": [{"id": shapes.uuid("l"), **language}]}
    assert values_of(arrive(connection, written(tmp_path / "x.json", service))).get("languages") == ([expected] if expected else None)


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ({"number": "065 12 34 57", "type": "fax"}, False), ({"number": "065 12 34 57", "type": "Pager"}, False), ({"number": "065 12 34 57", "description": "Fax"}, False),
        ({"number": "065 12 34 57", "description": "Téléfax"}, False), ({"number": "065 12 34 57", "description": "Fax/tél."}, True), ({"number": "407-303-5600", "type": "voice"}, False),
        ({"number": "065 12 34 57", "type": "cell"}, True),
    ],
)  # fmt: skip
def test_a_fax_is_never_the_number_to_dial(connection: sqlite3.Connection, tmp_path: Path, phone: dict[str, str], kept: bool) -> None:
    service = {**shapes.SERVICE, "phones": [{"id": shapes.uuid("p"), **phone}, {"id": shapes.uuid("q"), "number": "065 12 34 56"}]}
    numbers = [row["number"] for row in values_of(arrive(connection, written(tmp_path / "x.json", service)))["phones"]]
    assert (numbers[-1], len(numbers)) == (("065 12 34 57", 2) if kept and phone.get("type") == "cell" else ("065 12 34 56", 1 + kept))


def test_a_number_that_stands_twice_keeps_what_both_rows_say(connection: sqlite3.Connection, tmp_path: Path) -> None:
    phones = [
        {"id": shapes.uuid("a"), "number": "065 12 34 56", "extension": 101, "description": "Accueil du centre"},
        {"id": shapes.uuid("b"), "number": "tel:+3265123456;ext=102", "description": "Psychologue du centre"},
        {"id": shapes.uuid("c"), "number": "+32 65 12 34 56", "extension": 101, "description": "Accueil du centre"},
        {"id": shapes.uuid("d"), "number": "+32 65 12 34 56", "type": "text"},
    ]
    found = arrive(connection, written(tmp_path / "x.json", {**shapes.SERVICE, "phones": phones}))
    (phone,) = values_of(found)["phones"]
    assert (phone["number"], phone["label"]["fr"]) == ("065 12 34 56", "Accueil du centre, poste 101; Psychologue du centre, poste 102")
    assert [left.value for left in found[0][0].left if left.name == "phones"] == ["text +32 65 12 34 56"]


def test_whoever_only_has_a_fax_is_reached_by_the_number_of_the_organization(connection: sqlite3.Connection, tmp_path: Path) -> None:
    owner = {**shapes.ORGANIZATION, "phones": [{"id": shapes.uuid("o"), "number": "065 12 34 56"}]}
    fax = {"id": shapes.uuid("f"), "number": "065 12 34 57", "type": "fax"}
    found = arrive(connection, written(tmp_path / "x.json", {**shapes.SERVICE, "organization": owner, "phones": [fax]}))
    assert values_of(found)["phones"] == [{"number": "065 12 34 56"}]


def test_the_languages_of_a_number_stand_beside_it_and_rows_inside_a_field_that_is_left_say_what_they_said(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    phone = {"id": shapes.uuid("p"), "number": "065 12 34 56", "languages": [{"id": shapes.uuid("q"), "name": "Urdu"}]}
    more = [{"id": shapes.uuid("u"), "label": "chat", "url": "https://example.com/chat"}]
    found = arrive(connection, written(tmp_path / "x.json", {**shapes.SERVICE, "phones": [phone], "additional_urls": more}))
    assert values_of(found)["phones"][0]["label"]["nl"] == "Urdu"
    assert {left.name: left.value for left in found[0][0].left}["additional_urls"] == "chat, https://example.com/chat"


def test_a_town_elsewhere_than_its_postcode_is_named(connection: sqlite3.Connection, tmp_path: Path) -> None:
    towns = [("7000", "Namur"), ("7000", "Bergen"), ("5100", "Jambes"), ("4000", "Liège")]
    address = {"address_1": "Rue Haute 1", "state_province": "", "country": "BE", "address_type": "physical"}
    rows = [{"id": shapes.uuid(f"{code}{town}"), **address, "postal_code": code, "city": town} for code, town in towns]
    location = {"id": shapes.uuid("there"), "location_type": "physical", "addresses": rows}
    service = {**shapes.SERVICE, "service_at_locations": [{"id": shapes.uuid("spot"), "location": location}]}
    found = arrive(connection, written(tmp_path / "x.json", service))
    assert [row["nis"] for row in values_of(found)["addresses"]] == ["53053", "53053", "92094", "62063"]
    assert [left.value for left in found[0][0].left if left.name == "addresses.city"] == ["7000 Namur"]


def test_hours_that_differ_from_place_to_place_are_those_of_no_place(connection: sqlite3.Connection, tmp_path: Path) -> None:
    def spot(name: str, day: str) -> dict[str, Any]:
        return {
            "id": shapes.uuid(name),
            "schedules": [{"id": shapes.uuid(name + "s"), "freq": "WEEKLY", "byday": day, "opens_at": "09:00", "closes_at": "12:00"}],
        }

    found = arrive(connection, written(tmp_path / "x.json", {**shapes.SERVICE, "service_at_locations": [spot("a", "MO"), spot("b", "TU")]}))
    assert "hours_osm" not in values_of(found)
    assert [left.value for left in found[0][0].left if left.why == "hours of one place among several"] == ["MO", "TU"]


def test_a_number_that_is_written_in_two_ways_is_one_number(connection: sqlite3.Connection, tmp_path: Path) -> None:
    phones = [{"id": shapes.uuid(text), "number": text} for text in ("065 12 34 56", "+32 65 12 34 56", "065 12 34 56 / 065 12 34 58")]
    rows, _bad = arrive(connection, written(tmp_path / "x.json", {**shapes.SERVICE, "phones": phones}))
    assert rows[0].values["phones"] == [{"number": "065 12 34 56"}, {"number": "+3265123458"}]
    planning = Planning(connection, {row.id for row in rows}, "test")
    assert (len(list(planning.steps(rows))), planning.refused) == (1, [])


ELSEWHERE = {  # what says again what is taken from the field beside it
    "languages.name", "languages.code", "addresses.region", "addresses.state_province", "addresses.country", "phones.type",
}  # fmt: skip


def filled(table: str, path: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[tuple[str, ...], str]]:
    """A row that says something of its own in every text, with the rows inside it; and what it says, by path."""
    row: dict[str, Any] = {}
    said: dict[tuple[str, ...], str] = {}
    for field in tables_of_hsds()[table].fields.values():
        here, text = (*path, field.name), "tok" + "".join(name[:5] for name in (*path, field.name))
        if field.nested:
            if len(path) < 3:
                inside, more = filled(field.of[0], here)
                row[field.name] = [inside] if field.type == "list" else inside
                said |= more
        elif field.type == "text":
            row[field.name] = said[here] = text
        elif field.type in ("uuid", "choice", "uri"):
            row[field.name] = {"uuid": shapes.uuid(text), "choice": field.of[0] if field.of else "", "uri": "https://example.com/x"}[
                field.type
            ]
    return row, said


def test_nothing_of_a_full_service_is_dropped_without_its_name(connection: sqlite3.Connection, tmp_path: Path) -> None:
    service, said = filled("service")
    location = service["service_at_locations"][0]["location"]
    location["addresses"][0] |= {"city": "Mons", "postal_code": "7000", "country": "BE"}
    for number, holder in enumerate((service, service["service_at_locations"][0], location)):
        holder["phones"][0] |= {"number": f"065 12 34 {number}0", "type": "voice"}
    service["schedules"] = [shapes.SCHEDULE]
    (row,), _bad = arrive(connection, written(tmp_path / "x.json", service))
    values, left = json.dumps(row.values), {left.name: left.value for left in row.left}
    names = {tuple(name.split(".")) for name in left}
    dropped = {
        ".".join(path) for path, text in said.items()
        if text in json.dumps(service) and text not in values and ".".join(path[-2:]) not in ELSEWHERE
        and not any(path[start:end] in names for start in range(len(path)) for end in range(start + 1, len(path) + 1))
    }  # fmt: skip
    assert dropped == set()
    assert len(said) > 150


@pytest.mark.parametrize(("row", "field"), [("phones", "number"), ("service_areas", "name"), ("languages", "code")])
@pytest.mark.parametrize("strange", [{"of": "what"}, ["a"]])
def test_a_list_or_an_object_in_place_of_a_text_is_named_and_hides_nothing_beside_it(
    connection: sqlite3.Connection, tmp_path: Path, row: str, field: str, strange: object
) -> None:
    service = {**shapes.SERVICE_FULL, row: [{**shapes.SERVICE_FULL[row][0], field: strange}]}
    (found,), bad = arrive(connection, written(tmp_path / "x.json", service))
    assert (bad, found.values["name"]) == ([], "Talking about it")
    assert any(left.name == field and left.why.endswith("is no text") for left in found.left)


def test_half_of_a_pair_of_surrogates_names_no_town(connection: sqlite3.Connection, tmp_path: Path) -> None:
    text = json.dumps({**shapes.SERVICE_FULL, "service_areas": [{"id": shapes.uuid("area"), "name": "Namur\ud800"}]})
    (tmp_path / "x.json").write_text(text, "utf-8")
    (found,), _bad = arrive(connection, tmp_path / "x.json")
    assert found.values["areas"] == ["nis:53053"]  # where its address is


def test_a_file_without_a_name_in_a_package_is_named_and_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as package:
        package.writestr("services.csv", "id,name,status\n")
        package.writestr("x.csv", "")
        package.infolist()[-1].filename = package.infolist()[-1].orig_filename = ""
    archive = open_archive(tmp_path / "x.zip")
    assert (list(archive.files), archive.refused) == (["services.csv"], ("",))
