import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.commands._reference import reference_of
from ht_cli.errors import InvalidDataError
from ht_cli.exchange.hsds import pieces, services
from ht_cli.exchange.hsds.documents import document_faults, document_of
from ht_cli.exchange.hsds.terms import NAMESPACE, identity
from ht_cli.exchange.reference import Reference
from ht_cli.model import Address, Change, Phone, Resource
from tests.exchange.hsds.conftest import SHELTER, catalogue, example, reference_in

HOSTILE = {
    "markup": "<script>alert(1)</script>",
    "a formula": '=HYPERLINK("http://evil.example","x")',
    "escapes": "\x1b]0;title\x07\x1b[2J",
    "a card": "BEGIN:VCARD\r\nEND:VCARD",
    "text turned round": "\u202egnp.exe\u2066",
    "length": "é" * 10_000,
    "a NUL": "a\x00b",
    "half of a pair": "a\ud800b",
    "quotes and braces": '"}],"x":[{"',
    "only controls": "\x00\x01",
}


def written(resources: list[Resource], reference: Reference) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(pieces(resources, reference)))
    return found


def values_in(found: Any) -> Iterator[Any]:
    yield found
    for part in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from values_in(part)


def attributes(service: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["taxonomy_term"]["code"], row.get("value", "")) for row in service["attributes"]]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """The whole catalogue as the command writes it."""
    with open_catalogue() as connection:
        return written(catalogue(), reference_of(connection))


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_whole_catalogue_is_valid_and_two_runs_give_the_same_bytes(language: str) -> None:
    resources, reference = catalogue(), reference_in(language)
    text = "".join(pieces(resources, reference))
    assert text == "".join(pieces(resources, reference))
    found = json.loads(text)
    assert list(document_faults(document_of(found))) == []
    assert found["total_items"] == len(found["contents"]) == len(resources) == 1008
    assert not any(value is None or value == "" or value == [] for value in values_in(found["contents"]))


@pytest.mark.skipif(
    "HSDS_SCHEMA" not in os.environ, reason="HSDS_SCHEMA names the folder of the public schemas, which are not ours to ship"
)
def test_the_whole_catalogue_is_valid_for_the_public_schemas(reference: Reference) -> None:
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry
    from referencing import Resource as Schema
    from referencing.jsonschema import DRAFT202012

    base, registry = "https://example.invalid/hsds/", Registry()
    for path in Path(os.environ["HSDS_SCHEMA"]).glob("*.json"):
        if path.name != "openapi.json":
            schema = {**json.loads(path.read_text("utf-8")), "$id": base + path.name}
            registry = registry.with_resource(base + path.name, Schema.from_contents(schema, default_specification=DRAFT202012))
    check = Draft202012Validator({"$ref": f"{base}service.json"}, registry=registry, format_checker=FormatChecker())
    services = written([*catalogue(), example()], reference)["contents"]
    assert [error.message for service in services for error in check.iter_errors(service)] == []


def test_the_envelope_is_a_page_that_holds_all(reference: Reference) -> None:
    found = written([example()], reference)
    assert {name: found[name] for name in ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")} == {
        "total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "first_page": True, "last_page": True, "empty": False,
    }  # fmt: skip
    assert written([], reference)["empty"] is True
    assert {taxonomy["name"] for taxonomy in found["taxonomies"]} >= {"ht-need", "ht-field"}


def test_services_leave_one_by_one_however_many_there_are(reference: Reference) -> None:
    endless = (example(id=f"x-{number}") for number in count())
    leaving = pieces(endless, reference)
    assert [next(leaving)[:16], next(leaving)[:7], next(leaving)[:8]] == ['{"hsds_version":', '\n{"id":', ',\n{"id":']


def test_every_id_is_a_uuid_of_version_5_that_can_be_made_again(reference: Reference) -> None:
    (service,) = written([example()], reference)["contents"]
    ids = [value["id"] for value in values_in(service) if isinstance(value, dict) and "id" in value]
    assert {UUID(identifier).version for identifier in ids} == {5}
    assert service["id"] == identity("service/huis-van-steun") == str(uuid5(NAMESPACE, "service/huis-van-steun"))
    assert str(NAMESPACE) == "6a3b3a57-3f0e-5d0c-9c52-6f2f0d0a7b1e"
    terms = [value["taxonomy_term"]["id"] for value in values_in(service) if isinstance(value, dict) and "taxonomy_term" in value]
    assert len(set(ids) - set(terms)) == len(ids) - len(terms)


def test_a_resource_is_told_in_the_fields_of_hsds(reference: Reference) -> None:
    (service,) = written([example()], reference)["contents"]
    assert service["status"] == "defunct"
    assert service["description"] == "Un lieu d'écoute."
    assert ("ht-description:nl", "Een plek om te praten.") in attributes(service)
    assert service["alternate_name"] == "HVS; Steun; en troost"
    assert (service["minimum_age"], service["maximum_age"]) == (18, 65)
    assert (service["assured_date"], service["last_modified"]) == ("2026-08-10", "2026-10-01T00:00:00Z")
    assert [(row["code"], row["name"]) for row in service["languages"]] == [("nl", "néerlandais"), ("fr", "français")]
    assert [row["name"] for row in service["service_areas"]] == ["Anvers", "province of Anvers"]
    assert [row["number"] for row in service["phones"]] == ["+3232000000", "106"]
    address = service["service_at_locations"][0]["location"]["addresses"][0]
    assert (address["address_1"], address["postal_code"], address["country"], address["state_province"]) == (
        "Meir 1",
        "2000",
        "BE",
        "Anvers",
    )


def test_an_address_without_street_is_no_address_row_but_is_not_lost(reference: Reference) -> None:
    (service,) = written([example(addresses=(Address(locality="Angleur", nis="62063"), Address(nis="62063")))], reference)["contents"]
    partly, hardly = (spot["location"] for spot in service["service_at_locations"])
    assert "addresses" not in partly
    assert (partly["description"], partly["external_identifier"]) == ("Angleur", "62063")
    assert hardly["description"] == "Liège"


def test_every_place_of_the_catalogue_has_a_point_and_an_address_or_a_town(made: dict[str, Any]) -> None:
    locations = [spot["location"] for service in made["contents"] for spot in service.get("service_at_locations", ())]
    physical = [location for location in locations if location["location_type"] == "physical"]
    assert len(physical) > 600
    for location in physical:
        assert 49.4 < location["latitude"] < 51.6
        assert 2.5 < location["longitude"] < 6.5
        assert location.get("addresses") or location["description"]
        assert ("ht-field:precision", "municipality") in attributes(location)
    assert not [location for location in locations if location["location_type"] == "virtual" and "latitude" in location]


def test_every_number_says_what_it_takes(reference: Reference) -> None:
    numbers = (
        Phone("+3232000000"),
        Phone("+3232000001", label={"nl": "Fax", "fr": "fax"}),
        Phone("+32475000000", label={"fr": "par SMS"}),
        Phone("107"),
    )
    (service,) = written([example(phones=numbers)], reference)["contents"]
    assert [phone["type"] for phone in service["phones"]] == ["voice", "fax", "text", "voice"]


def test_times_are_those_of_belgium_and_say_so(made: dict[str, Any]) -> None:
    rows = [row for service in made["contents"] for row in service.get("schedules", ()) if "opens_at" in row]
    assert len(rows) > 150
    assert {row["timezone"] for row in rows} == {1}
    assert {row[name][-6:] for row in rows for name in ("opens_at", "closes_at")} == {"+01:00"}


def test_services_share_the_organization_that_their_names_and_their_site_name(made: dict[str, Any]) -> None:
    shared: dict[str, set[str]] = {}
    for service in made["contents"]:
        owner = service["organization"]
        shared.setdefault(owner["id"], set()).add(service["name"])
    several = {
        service["organization"]["name"]: run for service in made["contents"] if len(run := shared[service["organization"]["id"]]) > 1
    }
    assert several["Enaden"] >= {"Enaden", "Enaden – consultations"}
    assert several["L'Équipe asbl"] == {"Babel (L'Équipe asbl)", "Club 55 (L'Équipe asbl)", "L'Équipe asbl", "La Pièce (L'Équipe asbl)"}
    assert len(several["Province de Namur"]) > 10
    assert len([name for name in several["Ligue Alzheimer"] if name.startswith("Alzheimer Café – ")]) == 11
    assert (len(several["ISoSL"]), len(several["Province de Luxembourg"])) == (4, 3)
    assert len(several["Similes"]) == 5
    assert len(several["Aimer à l'ULB"]) == 2
    common = {"CAW", "MonPlanningFamilial.be", "Alzheimer Café", "ZSG", "Vlaanderen"} & several.keys()
    assert not {name: several[name] for name in common}


def test_a_file_says_whose_work_it_is_and_under_which_licence(made: dict[str, Any]) -> None:
    assert made["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert made["publisher"]["name"]
    assert "GeoNames" in made["attribution"]
    assert "Statbel" in made["attribution"]


def test_hours_become_rows_with_days_and_times(reference: Reference) -> None:
    (service,) = written([example()], reference)["contents"]
    (row,) = service["schedules"]
    assert (row["freq"], row["byday"], row["opens_at"], row["closes_at"]) == (
        "WEEKLY",
        "MO,TU,WE,TH,FR",
        "09:00:00+01:00",
        "17:00:00+01:00",
    )
    assert row["timezone"] == 1
    assert row["notes"] == "PH off"
    assert row["description"] == "lun-ven 9h-17h"


def test_help_from_a_distance_has_a_virtual_location_and_an_unknown_address_has_none(reference: Reference) -> None:
    line, group = written([example(addresses=(), channels=("phone",)), example(addresses=(), channels=("in-person",))], reference)[
        "contents"
    ]
    assert line["service_at_locations"][0]["location"]["location_type"] == "virtual"
    assert "service_at_locations" not in group


def test_a_confidential_address_is_nowhere_not_even_in_the_history() -> None:
    secret = {"street": SHELTER.street, "postcode": "2000", "locality": "Antwerpen", "nis": "11002"}
    changes = [
        Change("b" * 8, "2026-10-01T10:00:00Z", "AB", "update", "huis-van-steun", {"addresses": ([secret], [{**secret, "confidential": True}])}),
        Change("a" * 8, "2026-09-01T10:00:00Z", "", "update", "huis-van-steun", {"addresses": (None, [secret]), "min_age": (None, 18)}),
    ]  # fmt: skip
    for addresses in (example().addresses, ()):
        text = "".join(pieces([example(addresses=addresses)], reference_in("fr", changes)))
        assert "Geheimstraat" not in text
        assert '"replacement_value": "18"' in text


def test_a_resource_with_only_confidential_addresses_has_no_place(reference: Reference) -> None:
    (service,) = written([example(addresses=(SHELTER,), channels=("in-person",))], reference)["contents"]
    assert "service_at_locations" not in service


def test_the_journal_becomes_metadata_the_oldest_first() -> None:
    changes = [
        Change("3" * 8, "2026-10-01T11:00:00Z", "AB", "verify", "x", {}),
        Change("2" * 8, "2026-10-01T10:00:00Z", "AB", "update", "x", {"url": ("https://a.be", "https://b.be")}),
        Change("1" * 8, "2026-09-01T10:00:00Z", "", "add", "x", {"needs": (None, ["grief"])}),
    ]
    (service,) = written([example()], reference_in("fr", changes))["contents"]
    first, last = service["metadata"]
    assert (first["field_name"], first["previous_value"], first["replacement_value"]) == ("needs", "null", '["grief"]')
    assert (first["updated_by"], last["updated_by"]) == ("ht", "AB")
    assert (last["last_action_date"], last["previous_value"], last["replacement_value"]) == ("2026-10-01", "https://a.be", "https://b.be")
    assert service["last_modified"] == "2026-10-01T10:00:00Z"


def test_what_hsds_would_refuse_is_kept_in_an_attribute(reference: Reference) -> None:
    resource = example(url="https://example.org/à", email="info@exämple.org", checked_on="2026-08", changed_on="2026")
    (service,) = written([resource], reference)["contents"]
    assert not {"url", "email", "assured_date", "last_modified"} & set(service)
    said = dict(attributes(service))
    assert said["ht-field:url"] == "https://example.org/à"
    assert said["ht-field:checked_on"] == "2026-08"


def test_a_resource_that_says_almost_nothing_is_valid(reference: Reference) -> None:
    found = written([Resource("x", "", "service"), Resource("y", "Y", "service", addresses=(Address(),))], reference)
    assert list(document_faults(document_of(found))) == []
    assert found["contents"][0]["organization"]["description"] == "x"


def test_an_export_that_would_be_invalid_is_refused_before_it_is_written(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(services.STATUSES, "closed", "gone")
    with pytest.raises(InvalidDataError, match=r"huis-van-steun.*status.*gone.*active, inactive"):
        written([example()], reference)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_data(text: str, reference: Reference) -> None:
    changed = dict.fromkeys(("name", "url", "email", "hours_osm", "notes", "kind", "checked_on", "changed_on"), text)
    resource = example(
        **changed, area_note={"fr": text}, hours={"nl": text}, descriptions={"fr": text, "nl": text}, alternate_names=(text, text), needs=(text, text), languages=(text,), areas=(text, f"nis:{text}"),
        addresses=(Address(text, text, text, text),),
    )  # fmt: skip
    raw = "".join(pieces([resource], reference))
    assert raw.encode("utf-8")
    assert all(character.isprintable() or character == "\n" for character in raw)
    found = json.loads(raw)
    assert list(document_faults(document_of(found))) == []
    (service,) = found["contents"]
    assert service["name"] == text.replace("\ud800", "\ufffd")
