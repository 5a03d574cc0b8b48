import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ht_cli.catalogue.facts.records import record_of, tidy
from ht_cli.exchange.hsds import pieces
from ht_cli.exchange.hsds.languages import guess_language
from ht_cli.exchange.hsds.reading import Record, is_hsds, read_service, services_in
from ht_cli.exchange.hsds.validating import Fault
from ht_cli.exchange.meanings import NOTHING_KNOWN, FileMeanings
from ht_cli.exchange.objects import resource_object
from ht_cli.model import Address, Phone, Resource, Source
from tests.exchange.hsds.conftest import catalogue, example, reference_in

TOWNS = {"4000": "nis:62063", "Liège": "nis:62063", "Province de Liège": "province:liege"}
FOREIGN: dict[str, Any] = {
    "id": "3F7B145D-84af-42d7-8fae-eaca714b02b2",
    "name": "Écoute Meuse",
    "alternate_name": "EM",
    "description": "Un service d'écoute pour les personnes en deuil et leurs proches.",
    "url": "https://ecoute.example.org/",
    "email": None,
    "status": "active",
    "minimum_age": 12.0,
    "maximum_age": None,
    "assured_date": "2026-01-01",
    "fees_description": "gratuit",
    "cost_options": [{"id": "3f7b145d-84af-42d7-8fae-eaca714b02b3", "amount": 0}],
    "languages": [
        {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b4", "code": "fra"},
        {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b5", "code": "ar", "name": "arabe"},
    ],
    "phones": [{"id": "3f7b145d-84af-42d7-8fae-eaca714b02b6", "number": "04 222 33 44", "description": "accueil", "extension": 3}],
    "schedules": [
        {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b7", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "12:00"},
        {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b8", "byday": "MO", "opens_at": "13:00", "closes_at": "17:00", "description": "lundi tard"},
    ],
    "service_areas": [
        {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b9", "name": "Province de Liège"},
        {"id": "3f7b145d-84af-42d7-8fae-eaca714b02ba", "name": "x", "uri": "http://vocab.belgif.be/auth/refnis2019/21004#id"},
        {"id": "3f7b145d-84af-42d7-8fae-eaca714b02bb", "name": "Springfield"},
    ],
    "organization": {"id": "3f7b145d-84af-42d7-8fae-eaca714b02bc", "name": "ASBL", "description": "x", "email": "info@ecoute.example.org", "tax_id": "1"},
    "contacts": [{"id": "3f7b145d-84af-42d7-8fae-eaca714b02bd", "name": "Somebody"}],
    "service_at_locations": [
        {
            "id": "3f7b145d-84af-42d7-8fae-eaca714b02be",
            "location": {
                "id": "3f7b145d-84af-42d7-8fae-eaca714b02bf",
                "location_type": "physical",
                "addresses": [
                    {
                        "id": "3f7b145d-84af-42d7-8fae-eaca714b02c0", "address_1": "Rue Neuve 1", "city": "Liège", "state_province": "Liège",
                        "postal_code": "4000", "country": "BE", "address_type": "physical",
                    },
                    {
                        "id": "3f7b145d-84af-42d7-8fae-eaca714b02c1", "address_1": "1 Main St", "city": "Springfield", "state_province": "IL",
                        "postal_code": "62701", "country": "US", "address_type": "physical",
                    },
                ],
            },
        }
    ],
}  # fmt: skip


def places(name: str) -> str:
    return TOWNS.get(name, "")


MEANINGS = FileMeanings(area=places, towns=lambda name: [code] if (code := places(name)).startswith("nis:") else [])


def read(service: dict[str, Any]) -> Record:
    found = read_service(service, MEANINGS)
    assert isinstance(found, Record)
    return found


def exported(resource: Resource, language: str = "fr") -> dict[str, Any]:
    page = json.loads("".join(pieces([resource], reference_in(language))))
    (service,) = page["contents"]
    assert isinstance(service, dict)
    return service


def told(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they lie in a record: what is not known is not there."""
    return tidy(values)


def known(resource: Resource) -> dict[str, Any]:
    """What an export may say of a resource: all but the addresses that are confidential."""
    return record_of(resource) | {"addresses": [row for row in record_of(resource).get("addresses", ()) if not row.get("confidential")]}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_resource_comes_back_as_it_was(language: str) -> None:
    resources = [*catalogue(), example()]
    page = json.loads("".join(pieces(resources, reference_in(language))))
    for resource, service in zip(resources, page["contents"], strict=True):
        found = read(service)
        assert (found.id, told(found.values)) == (resource.id, tidy(known(resource)))
        assert found.left == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"addresses": ()}, {"descriptions": {"de": "Nur Deutsch."}}, {"descriptions": {}}, {"alternate_names": ("A; B",)}, {"url": "https://é.be/"},
        {"checked_on": "2026-08", "changed_on": "2026"}, {"status": "unreachable", "closed_on": "", "closed_reason": ""}, {"min_age": 0, "max_age": None},
        {"referral_needed": True, "cost": "unknown", "professionals_only": False}, {"phones": (), "sources": (), "fact_checks": ()},
    ],
)  # fmt: skip
def test_odd_facts_come_back_too(changed: dict[str, Any]) -> None:
    resource = example(**changed)
    assert told(read(exported(resource)).values) == tidy(known(resource))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_as_it_was(text: str, other: str) -> None:
    resource = example(
        name=text, descriptions={"nl": text, "de": other}, alternate_names=(text, other), notes=other, area_note={"nl": text}, hours={"fr": other, "de": text},
        phones=(Phone("106", label={"nl": text, "en": other}, hours={"de": other}),), addresses=(Address(text, other, text, "62063"), Address(other, "", "", "")),
        sources=(Source(text, other),), closed_reason=text,
    )  # fmt: skip
    assert told(read(exported(resource)).values) == tidy(known(resource))


def test_the_likely_language_counts_where_the_words_do_not_tell() -> None:
    assert guess_language("Zorghuis", ["nl", "fr"]) == "nl"


def test_what_was_emptied_comes_back_as_not_known() -> None:
    values = read(exported(Resource("x", "X", "service"))).values
    assert values["url"] in ("", None)
    assert values["phones"] == values["addresses"] == values["needs"] == []
    assert values["descriptions"] == {"fr": None, "nl": None, "de": None, "en": None}


def test_a_foreign_service_is_taken_as_far_as_it_goes() -> None:
    found = read(FOREIGN)
    assert found.id == "3f7b145d-84af-42d7-8fae-eaca714b02b2"
    assert tidy(found.values) == {
        "name": "Écoute Meuse", "kind": "service", "alternate_names": ["EM"],
        "descriptions": {"fr": "Un service d'écoute pour les personnes en deuil et leurs proches."}, "min_age": 12, "languages": ["fr"],
        "cost": "free", "areas": ["province:liege", "nis:21004"], "url": "https://ecoute.example.org/", "email": "info@ecoute.example.org",
        "addresses": [{"street": "Rue Neuve 1", "postcode": "4000", "locality": "Liège", "nis": "62063"}],
        "phones": [{"number": "04 222 33 44", "label": {
            "fr": "accueil, poste 3", "nl": "accueil, toestel 3", "de": "accueil, Durchwahl 3", "en": "accueil, ext. 3",
        }}],
        "hours": {"fr": "lundi tard"}, "hours_osm": "Mo 09:00-12:00,13:00-17:00; Tu 09:00-12:00", "notes": "fees_description: gratuit\norganization: ASBL",
    }  # fmt: skip


def test_what_is_not_taken_over_is_named() -> None:
    assert [tuple(left) for left in read(FOREIGN).left] == [
        ("contacts", "", "people are not kept"), ("assured_date", "2026-01-01", ""),
        ("languages", "arabe", "a language that the catalogue does not know"), ("service_areas.name", "Province de Liège → province:liege", "guessed"), ("service_areas", "Springfield", "no area that is known by this name"),
        ("organization.description", "x", ""), ("organization.tax_id", "1", ""), ("addresses", "1 Main St, 62701 Springfield", "not in Belgium"),
        ("kind → service", "", "guessed"), ("description → fr", "", "guessed"),
    ]  # fmt: skip


def test_a_service_that_cannot_be_used_now_sends_nobody_there() -> None:
    statuses = [read({**FOREIGN, "status": status}).values["status"] for status in ("active", "inactive", "defunct", "temporarily closed")]
    assert statuses == ["active", "unverified", "closed", "unverified"]


def test_without_service_areas_it_serves_the_municipality_of_its_address() -> None:
    assert read({**FOREIGN, "service_areas": []}).values["areas"] == ["nis:62063"]


def test_hours_that_the_syntax_cannot_say_stay_a_text() -> None:
    rows = [{"id": FOREIGN["id"], "freq": "WEEKLY", "interval": 2, "byday": "MO", "opens_at": "09:00", "closes_at": "12:00", "description": "chaque mois"}]  # fmt: skip
    values = read({**FOREIGN, "schedules": rows}).values
    assert (values["hours"], values["hours_osm"]) == ({"fr": "chaque mois"}, "")


def test_a_postal_address_is_no_place_to_send_somebody() -> None:
    spot = json.loads(json.dumps(FOREIGN["service_at_locations"][0]))
    spot["location"]["location_type"] = "postal"
    assert read({**FOREIGN, "service_at_locations": [spot]}).values["addresses"] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("Help for people in grief and their family", "en"), ("Hulp voor mensen met een verlies", "nl"), ("Hilfe für Menschen mit Trauer", "de"), ("Aide pour les proches", "fr")],
)  # fmt: skip
def test_the_language_of_a_text_is_guessed(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    "spoilt",
    [{"phones": 3}, {"phones": [3]}, {"name": {}}, {"minimum_age": "12"}, {"organization": []}, {"attributes": [{"taxonomy_term": "x"}]}],
)
def test_wrong_shapes_are_refused_with_their_place(spoilt: dict[str, Any]) -> None:
    found = read_service({**FOREIGN, **spoilt}, MEANINGS)
    assert isinstance(found, Fault)
    assert found.path.startswith("/" + next(iter(spoilt)))


def test_records_of_ours_are_not_taken_for_hsds() -> None:
    assert not any(is_hsds(resource_object(resource)) for resource in catalogue())
    assert not is_hsds({"id": "realism", "url": "https://realism0-18.be/"})
    assert is_hsds(FOREIGN)
    assert is_hsds({"id": FOREIGN["id"], "name": "x", "status": "active"})


def test_the_services_of_an_organization_and_of_a_location_are_found() -> None:
    organization = {"id": FOREIGN["id"], "name": "ASBL", "description": "x", "website": "https://a.be", "services": [{"name": "S"}, 3]}
    assert services_in(organization) == [
        {"organization": {name: value for name, value in organization.items() if name != "services"}, "name": "S"}
    ]
    spot = {"id": FOREIGN["id"], "location": {"id": FOREIGN["id"]}, "service_areas": [], "service": {"name": "S"}}
    assert services_in(spot)[0]["service_at_locations"][0]["location"] == {"id": FOREIGN["id"]}
    assert services_in({"id": FOREIGN["id"], "name": "T", "description": "x", "website": "https://a.be"}) == []


def test_a_contact_without_a_name_is_a_desk_and_its_number_and_mail_are_taken() -> None:
    desk = {"id": FOREIGN["id"], "title": "Reception", "department": "Onthaal", "email": "desk@example.org", "phones": [{"id": FOREIGN["id"], "number": "+32 9 222 33 01"}]}  # fmt: skip
    service = {field: value for field, value in FOREIGN.items() if field not in ("phones", "email", "contacts", "organization")}
    found = read_service({**service, "contacts": [desk]}, NOTHING_KNOWN)
    assert isinstance(found, Record)
    assert [phone["number"] for phone in found.values["phones"]] == ["+32 9 222 33 01"]
    assert set(found.values["phones"][0]["label"].values()) == {"Onthaal, Reception"}
    assert found.values["email"] == "desk@example.org"
    assert not any(left.name.startswith("contacts") for left in found.left)


@pytest.mark.parametrize("name", ["Onthaal", "Secretariaat", "Réception", "Empfang", "Reception"])
def test_a_contact_that_bears_the_name_of_a_desk_is_no_person(name: str) -> None:
    desk = {"id": FOREIGN["id"], "name": name, "phones": [{"id": FOREIGN["id"], "number": "+32 9 222 33 01"}]}
    service = {field: value for field, value in FOREIGN.items() if field not in ("phones", "email", "contacts", "organization")}
    found = read_service({**service, "contacts": [desk]}, NOTHING_KNOWN)
    assert isinstance(found, Record)
    assert set(found.values["phones"][0]["label"].values()) == {name}
    assert not any(left.name.startswith("contacts") for left in found.left)


@pytest.mark.parametrize("said", ["Free of charge", "Sans frais", "Kosteloos", "Kostenfrei."])
def test_what_people_say_for_free_is_free(said: str) -> None:
    service = {field: value for field, value in FOREIGN.items() if field != "cost_options"}
    found = read_service({**service, "fees_description": said}, NOTHING_KNOWN)
    assert isinstance(found, Record)
    assert found.values["cost"] == "free"


@pytest.mark.parametrize("word", ["ext.", "poste", "toestel", "Durchwahl"])
def test_two_extensions_of_one_number_are_both_kept(word: str) -> None:
    rows = [{"id": FOREIGN["id"], "number": f"+3281242424 {word} 4"}, {"id": FOREIGN["id"], "number": "+3281242424", "extension": "33"}]
    found = read_service({**FOREIGN, "phones": rows}, NOTHING_KNOWN)
    assert isinstance(found, Record)
    (number,) = [phone for phone in found.values["phones"] if phone["number"] == "+3281242424"]
    assert number["label"]["en"] == "ext. 4; ext. 33"


def test_a_name_of_a_language_beside_the_code_of_another_is_named() -> None:
    meanings = NOTHING_KNOWN._replace(term=lambda _kind, name: {"German": "de", "French": "fr"}.get(name, ""))
    rows = [{"id": FOREIGN["id"], "name": "German", "code": "fr"}, {"id": FOREIGN["id"], "name": "French", "code": "fr"}]
    found = read_service({**FOREIGN, "languages": rows}, meanings)
    assert isinstance(found, Record)
    assert found.values["languages"] == ["fr"]
    assert [left for left in found.left if left.name == "languages.name"] == [
        ("languages.name", "German", "another language than that of its code, which counts")
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Een <b>dienst</b> voor jongeren &amp; ouders</p><p>Bel ons.</p>", "Een dienst voor jongeren & ouders\nBel ons."),
        ("<ul><li>one<li>two</ul>", "- one\n- two"), ('see <a href="https://a.be">our site</a>', "see our site (https://a.be)"),
        ('<a href="mailto:a@b.be">a@b.be</a>', "a@b.be"), ("a < b & c", "a < b & c"), ("R&D, <18 years>", "R&D, <18 years>"),
        ("one<br/>two<script>alert(1)</script>", "one\ntwo"),
    ],
)  # fmt: skip
def test_texts_with_markup_are_read_as_people_read_them_and_named(written: str, read: str) -> None:
    found = read_service({**FOREIGN, "description": written}, NOTHING_KNOWN)
    assert isinstance(found, Record)
    assert read in found.values["descriptions"].values()
    assert [left.name for left in found.left if left.why == "markup, read as plain text"] == (["description"] if written != read else [])


def test_a_row_of_hours_without_a_day_is_named_with_what_it_said() -> None:
    row = {"id": FOREIGN["id"], "dtstart": "2026-12-24", "opens_at": "10:00", "closes_at": "12:00"}
    found = read_service({**FOREIGN, "schedules": [row]}, NOTHING_KNOWN)
    assert isinstance(found, Record)
    assert ("schedules.byday", "2026-12-24 10:00 12:00", "no day of the week") in found.left
