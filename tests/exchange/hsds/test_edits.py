"""Our own HSDS, edited by others: what was edited counts, and where our attributes say something else, that is named."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ht_cli.catalogue.facts.records import record_of, tidy
from ht_cli.exchange.hsds import pieces
from ht_cli.exchange.hsds.reading import Record, read_service
from ht_cli.exchange.hsds.terms import identity
from ht_cli.exchange.meanings import FileMeanings
from ht_cli.locale import speaking
from ht_cli.model import LANGUAGES, Phone, Resource
from tests.exchange.hsds.conftest import example, reference_in

AREAS = {"Liège": "nis:62063", "Namur": "nis:92094", "4000": "nis:62063", "2000": "nis:11002", "Antwerpen": "nis:11002"}
TERMS = {("costs", "gratuit"): "free", ("costs", "gratis"): "free", ("referral", "pas nécessaire"): "not-needed"}
MEANINGS = FileMeanings(
    area=lambda name: AREAS.get(name, ""), towns=lambda name: [AREAS[name]] if name in AREAS else [],
    term=lambda kind, name: TERMS.get((kind, name), ""),
)  # fmt: skip
OPEN = example(status="active", closed_on="", closed_reason="", successor="", addresses=example().addresses[:1])
EDITED = "edited: it counts, and not our attribute"

Service = dict[str, Any]


def exported(resource: Resource, language: str = "fr") -> Service:
    with speaking(language):
        (service,) = json.loads("".join(pieces([resource], reference_in(language))))["contents"]
    assert isinstance(service, dict)
    return service


def read(service: Service, meanings: FileMeanings = MEANINGS) -> Record:
    found = read_service(service, meanings)
    assert isinstance(found, Record)
    return found


def changed(resource: Resource, edit: Callable[[Service], object]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """What comes back otherwise than it was, and what is named."""
    service = exported(resource)
    edit(service)
    found, was = read(service), tidy(record_of(resource))
    now = tidy(found.values)
    return {name: now.get(name) for name in {**was, **now} if now.get(name) != was.get(name)}, [tuple(left) for left in found.left]


def test_without_an_edit_nothing_changes_and_nothing_is_named() -> None:
    assert changed(OPEN, lambda service: None) == ({}, [])


@pytest.mark.parametrize(
    ("status", "alert", "expected"),
    [
        ("defunct", "", {"status": "closed"}),
        ("defunct", "verhuisd naar Gent", {"status": "closed", "closed_reason": "verhuisd naar Gent"}),
        ("inactive", "", {"status": "unverified"}),
        ("temporarily closed", "fermé en août", {"status": "unverified", "notes": "Twee regels\nen een tab\t.\nalert: fermé en août\nstatus: temporarily closed"}),
        ("active", "liste d'attente", {"notes": "Twee regels\nen een tab\t.\nalert: liste d'attente"}),
    ],
)  # fmt: skip
def test_a_status_and_an_alert_say_what_they_mean_here(status: str, alert: str, expected: dict[str, Any]) -> None:
    found, left = changed(OPEN, lambda service: service.update({"status": status, "alert": alert}))
    assert found == expected
    assert {(name, why) for name, _value, why in left} == {
        (name, EDITED) for name, text in (("status", status), ("alert", alert)) if text not in ("", "active")
    }


def test_the_reason_of_an_end_is_edited_in_the_alert() -> None:
    closed = example(addresses=())
    assert exported(closed)["alert"] == "fermé · 2026-10-01 · verhuisd"
    assert changed(closed, lambda service: service.update(alert="fermé · 2026-10-01 · gestopt"))[0] == {"closed_reason": "gestopt"}
    assert changed(closed, lambda service: service.update(alert="fermé · 2026-10-01"))[0] == {"closed_reason": None}


def test_one_that_opens_again_has_no_reason_for_its_end() -> None:
    found, left = changed(example(addresses=()), lambda service: service.update(status="active"))
    assert found == {"status": None, "closed_on": None, "closed_reason": None, "successor": None}
    assert left == [("status", "active", EDITED)]


def test_what_it_costs_and_whether_it_needs_a_referral_follow_the_edited_words() -> None:
    assert changed(OPEN, lambda service: service.update(fees_description="gratuit"))[0] == {"cost": "free"}
    found, left = changed(OPEN, lambda service: service.update(fees_description="7 euros", application_process="appelez-nous"))
    assert found == {
        "cost": None, "referral_needed": None, "notes": "Twee regels\nen een tab\t.\napplication_process: appelez-nous\nfees_description: 7 euros",
    }  # fmt: skip
    assert left == [("application_process", "appelez-nous", EDITED), ("fees_description", "7 euros", EDITED)]


def test_areas_are_added_taken_out_and_renamed() -> None:
    def edit(service: Service) -> None:
        first, _second = service["service_areas"]
        service["service_areas"] = [
            {**first, "name": "Liège"},
            {"id": identity("x"), "name": "Namur"},
            {"id": identity("y"), "name": "Atlantis"},
        ]

    found, left = changed(OPEN, edit)
    assert found == {"areas": ["nis:62063", "nis:92094"]}
    assert left == [
        ("service_areas.name", "Liège → nis:62063", EDITED),
        ("service_areas.name", "Namur → nis:92094", "guessed"), ("service_areas", "Atlantis", "no area that is known by this name"),
    ]  # fmt: skip


@pytest.mark.parametrize(("field", "ours"), [("service_areas", "areas"), ("languages", "languages")])
def test_without_any_area_or_language_it_is_unverified_and_that_is_named(field: str, ours: str) -> None:
    found, left = changed(OPEN, lambda service: service.pop(field))
    assert found == {"status": "unverified", ours: None}
    assert left == [(ours, "", "missing: taken as unverified")]
    assert changed(OPEN._replace(status="closed"), lambda service: service.pop(field)) == ({ours: None}, [])


def test_edited_times_count_and_the_words_that_said_the_old_ones_go() -> None:
    found, left = changed(OPEN, lambda service: service["schedules"][0].update(closes_at="18:30:00"))
    assert found == {"hours_osm": "Mo,Tu,We,Th,Fr 09:00-18:30; PH off", "hours": None}
    assert left == [("schedules", "Mo,Tu,We,Th,Fr 09:00-18:30; PH off", EDITED)]


def test_edited_words_about_hours_take_the_place_of_those_of_their_language() -> None:
    found, _left = changed(OPEN, lambda service: service["schedules"][0].update(description="sur rendez-vous"))
    assert found == {"hours": {"fr": "sur rendez-vous"}}


def test_an_edit_that_changes_nothing_is_not_said_to_count() -> None:
    nothing = "edited, and nothing changes by it"
    free = OPEN._replace(cost="free")
    assert changed(free, lambda service: service.update(fees_description="gratis")) == ({}, [("fees_description", "gratis", nothing)])
    words = OPEN._replace(hours_osm="")
    found, left = changed(words, lambda service: service["schedules"][0].update(byday="MO", opens_at="10:00"))
    assert found == {}
    assert {why for _name, _value, why in left} == {nothing, "no times of the day"}


def test_rows_of_hours_that_are_taken_out_or_added_count() -> None:
    assert changed(OPEN, lambda service: service.update(schedules=[]))[0] == {"hours_osm": None, "hours": None}
    row = {"id": identity("x"), "freq": "WEEKLY", "byday": "SA", "opens_at": "10:00", "closes_at": "12:00"}
    found, _left = changed(OPEN, lambda service: service["schedules"].append(row))
    assert found["hours_osm"] == "Mo,Tu,We,Th,Fr 09:00-17:00; Sa 10:00-12:00; PH off"


def test_phones_are_renamed_added_and_a_fax_is_left() -> None:
    def edit(service: Service) -> None:
        service["phones"][0]["description"] = "accueil · tous les jours"
        service["phones"] += [
            {"id": identity("x"), "number": "02 555 01 23", "type": "text"},
            {"id": identity("y"), "number": "02 555 01 24", "type": "fax"},
        ]

    found, left = changed(OPEN, edit)
    first, second, third = found["phones"]
    assert first == {"number": "+3232000000", "label": {"fr": "accueil", "nl": "onthaal"}, "hours": {"fr": "tous les jours"}}
    assert (second, third["number"], third["label"]["fr"]) == ({"number": "106"}, "02 555 01 23", "SMS")
    assert ("phones", "fax 02 555 01 24", "a number that nobody answers") in left


@pytest.mark.parametrize("number", ["", " ", None, True, {"a": "b"}])
def test_a_phone_that_lost_its_number_is_taken_out_and_named(number: object) -> None:
    found, left = changed(OPEN, lambda service: service["phones"][0].update(number=number))
    assert found == {"phones": [{"number": "106"}]}
    assert "no number that can be dialled" in {why for _name, _value, why in left}


def test_a_phone_whose_number_is_not_there_is_taken_out_and_named() -> None:
    found, left = changed(OPEN, lambda service: service["phones"][0].pop("number"))
    assert found == {"phones": [{"number": "106"}]}
    assert left == [("phones", "accueil · elke werkdag", "no number that can be dialled")]


def test_an_address_that_moves_takes_its_municipality_with_it() -> None:
    def edit(service: Service) -> None:
        service["service_at_locations"][0]["location"]["addresses"][0].update(address_1="Rue Neuve 1", city="Liège", postal_code="B-4000")

    found, left = changed(OPEN, edit)
    assert found == {"addresses": [{"street": "Rue Neuve 1", "postcode": "4000", "locality": "Liège", "nis": "62063"}]}
    assert left == []


def test_what_others_add_and_the_catalogue_cannot_hold_is_named() -> None:
    added = {
        "required_documents": [{"id": identity("x"), "document": "ID"}],
        "contacts": [{"id": identity("y"), "name": "Somebody"}],
    }
    found, left = changed(OPEN, lambda service: service.update(added))
    assert found == {}
    assert left == [("contacts", "", "people are not kept"), ("required_documents", "ID", "")]


def test_what_others_add_and_people_need_goes_to_the_notes_as_that_of_a_service_of_others() -> None:
    added = {
        "wait_time": "2 weeks",
        "interpretation_services": "LSFB",
        "cost_options": [{"id": identity("x"), "option": "Students", "amount": 3}],
    }
    found, left = changed(OPEN, lambda service: service.update(added))
    was = record_of(OPEN)["notes"]
    assert (found, left) == ({"notes": f"{was}\ninterpretation_services: LSFB\nwait_time: 2 weeks\ncost_options: Students 3"}, [])


def test_a_number_that_others_add_to_a_place_is_one_of_the_service() -> None:
    def edit(service: Service) -> None:
        phones = [{"id": identity("x"), "number": "02 555 01 23"}, {"id": identity("y"), "number": "+3232000000", "description": "garde"}]
        service["service_at_locations"][0]["location"]["phones"] = phones

    found, left = changed(OPEN, edit)
    assert found["phones"] == [*record_of(OPEN)["phones"], {"number": "02 555 01 23"}]
    assert left == [("phones", "+3232000000, garde", "a number that stands there already")]


def test_an_edit_of_an_organization_or_of_a_location_has_no_place_and_is_named() -> None:
    def edit(service: Service) -> None:
        service["organization"] |= {"website": "https://other.example.org", "email": "a@b.be"}
        service["service_at_locations"][0]["location"]["latitude"] = 50.1
        address = service["service_at_locations"][0]["location"]["addresses"][0]
        service["service_at_locations"][0]["location"]["addresses"].append({**address, "id": identity("x"), "address_type": "postal"})

    found, left = changed(OPEN, edit)
    assert found == {}
    assert left == [
        ("organization.website", "https://other.example.org", "edited, and not kept here"), ("organization.email", "a@b.be", "edited, and not kept here"),
        ("location.latitude", "50.1", "edited, and not kept here"), ("addresses", "Meir 1, 2000 Antwerpen", "no place to go to"),
    ]  # fmt: skip


# Without our attributes


def bare(value: Any) -> Any:
    if isinstance(value, list):
        return [bare(item) for item in value]
    return (
        {name: bare(item) for name, item in value.items() if name not in ("attributes", "metadata")} if isinstance(value, dict) else value
    )


def knowing(resource: Resource) -> FileMeanings:
    uuid = identity(f"service/{resource.id}")
    return MEANINGS._replace(
        own=lambda found: resource.id if found == uuid else "",
        written=lambda _id, _moment, _mark: {code: exported(resource, code) for code in LANGUAGES},
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("resource", [OPEN, example(addresses=example().addresses[:1])], ids=["open", "closed"])
def test_our_export_without_its_attributes_is_known_by_its_id_and_nothing_changes(resource: Resource, language: str) -> None:
    found = read(bare(exported(resource, language)), knowing(resource))
    assert (found.id, {**tidy(found.values), "changed_on": resource.changed_on}) == (resource.id, tidy(record_of(resource)))
    assert [tuple(left) for left in found.left] == [("id", resource.id, "one of ours, by its UUID")]


def test_an_edit_beside_lost_attributes_counts_and_lost_fields_say_nothing() -> None:
    service = bare(exported(OPEN))
    for lost in ("languages", "service_areas", "schedules"):
        del service[lost]
    service["status"] = "defunct"
    found = read(service, knowing(OPEN))
    assert {**tidy(found.values)} == {**tidy(record_of(OPEN)), "status": "closed"}


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.sampled_from(["Mo-Fr 09:00-12:00; PH off", "Mo 22:00-06:00", "Th[1] 10:00-12:00", ""]),
)
@settings(max_examples=15, deadline=None)
def test_any_text_is_no_edit(text: str, osm: str) -> None:
    resource = OPEN._replace(name=text, alternate_names=(text, "x"), hours={"fr": text}, hours_osm=osm, phones=(Phone("106", label={"fr": text}, hours={"fr": text}),), closed_reason=text, status="closed")  # fmt: skip
    assert read(exported(resource)).left == ()


@pytest.mark.parametrize("identifier", [{"of": "whom"}, ["a"], None, 7, True])
def test_an_id_of_any_shape_in_a_row_inside_is_read_as_a_row_of_someone_else(identifier: object) -> None:
    service = exported(OPEN)
    for row in (service["phones"][0], service["service_areas"][0], service["organization"]):
        row["id"] = identifier
    found, was = tidy(read(service).values), tidy(record_of(OPEN))
    assert [phone["number"] for phone in found["phones"]] == [phone["number"] for phone in was["phones"]]
    assert found["areas"] == was["areas"]


# What others change and HSDS has a place for, each taken or named

NOT_KEPT = "edited, and not kept here"
X = identity("x")
OTHER_TERM = {"id": X, "link_entity": "service", "value": "v", "taxonomy_term": {"id": identity("y"), "name": "Counselling", "description": "x", "taxonomy": "oe"}}  # fmt: skip


def test_the_type_of_a_number_that_was_edited_is_said_beside_it() -> None:
    found, left = changed(OPEN, lambda service: service["phones"][0].update(type="TTY"))
    label = {"fr": "accueil; téléphone à texte", "nl": "onthaal; teksttelefoon", "de": "Schreibtelefon", "en": "textphone"}
    assert found["phones"][0] == {**record_of(OPEN)["phones"][0], "label": label}
    assert left == [("phones.type", "TTY", EDITED)]
    assert changed(OPEN, lambda service: service["phones"][0].update(type="mobile"))[0]["phones"][0]["label"]["en"] == "mobile"
    assert changed(OPEN, lambda service: service["phones"][0].update(type="landline")) == (
        {},
        [("phones.type", "landline", "edited, and nothing changes by it")],
    )


def test_an_extension_is_said_beside_the_number() -> None:
    found, _left = changed(OPEN, lambda service: service["phones"][0].update(extension=12))
    assert found["phones"][0]["label"] == {"fr": "accueil; poste 12", "nl": "onthaal; toestel 12", "de": "Durchwahl 12", "en": "ext. 12"}


def test_a_term_of_another_taxonomy_is_named_wherever_it_stands() -> None:
    def edit(service: Service) -> None:
        location = service["service_at_locations"][0]["location"]
        for row in (service, service["organization"], service["phones"][0], service["phones"][1], location):
            row.setdefault("attributes", []).append(OTHER_TERM)

    found, left = changed(OPEN, edit)
    assert found == {}
    assert set(left) == {("attributes", "Counselling", "a term of another taxonomy")}
    assert changed(OPEN, lambda service: service["phones"][0]["attributes"].append(OTHER_TERM))[1] == [*set(left)]


def test_another_organization_and_none_are_named() -> None:
    other = {"id": X, "name": "Brand new", "description": "d"}
    found, left = changed(OPEN, lambda service: service.update(organization=other))
    assert (found, left) == ({}, [("organization.name", "Brand new", NOT_KEPT), ("organization.description", "d", NOT_KEPT)])
    assert changed(OPEN, lambda service: service.pop("organization")) == ({}, [("organization", "–", NOT_KEPT)])


def test_prices_of_nothing_make_it_free() -> None:
    unknown = OPEN._replace(cost="unknown")
    assert changed(unknown, lambda service: service.update(cost_options=[{"id": X, "amount": 0}])) == ({"cost": "free"}, [])


def test_an_address_in_another_country_is_left_and_named() -> None:
    def edit(service: Service) -> None:
        service["service_at_locations"][0]["location"]["addresses"][0]["country"] = "NL"

    assert changed(OPEN, edit) == ({"addresses": None}, [("addresses", "Meir 1, 2000 Antwerpen", "not in Belgium")])


def test_an_edited_postcode_takes_its_municipality_with_it_and_the_town_beside_it_is_named() -> None:
    def edit(service: Service) -> None:
        service["service_at_locations"][0]["location"]["addresses"][0].update(postal_code="4000", state_province="Elsewhere")

    found, left = changed(OPEN, edit)
    assert found == {"addresses": [{"street": "Meir 1", "postcode": "4000", "nis": "62063"}]}
    assert left == [("addresses.city", "4000 Antwerpen", "a town elsewhere than its postcode, which counts")]


def test_an_edited_province_is_named() -> None:
    def edit(service: Service) -> None:
        service["service_at_locations"][0]["location"]["addresses"][0].update(state_province="Elsewhere")

    assert changed(OPEN, edit) == ({}, [("addresses.state_province", "Elsewhere", NOT_KEPT)])


def test_a_row_of_the_journal_that_others_add_is_named() -> None:
    row = {"id": X, "resource_id": X, "resource_type": "service", "last_action_date": "2026-01-01", "last_action_type": "update", "field_name": "name",
           "previous_value": "Oud", "replacement_value": "Nieuw", "updated_by": "x"}  # fmt: skip
    found, left = changed(OPEN, lambda service: service.setdefault("metadata", []).append(row))
    assert found == {}
    assert [(name, why) for name, _value, why in left] == [("metadata", NOT_KEPT)]


def test_what_an_area_covers_is_named_and_an_unknown_name_leaves_the_area_as_it_was() -> None:
    assert changed(OPEN, lambda service: service["service_areas"][0].update(extent="POLYGON")) == (
        {},
        [("service_areas.extent", "POLYGON", NOT_KEPT)],
    )
    found, left = changed(OPEN, lambda service: service["service_areas"][0].update(name="Atlantis"))
    assert (found, left) == ({}, [("service_areas", "Atlantis", "no area that is known by this name")])


def test_another_name_that_is_added_is_not_said_to_change_nothing() -> None:
    alone = OPEN._replace(alternate_names=())
    found, left = changed(alone, lambda service: service.update(alternate_name="HVS"))
    assert (found, left) == ({"alternate_names": ["HVS"]}, [("alternate_name", "HVS", EDITED)])


def test_hours_of_a_place_count_where_the_service_has_none_and_how_one_attends_is_a_note() -> None:
    row = {"id": X, "freq": "WEEKLY", "byday": "SU", "opens_at": "10:00", "closes_at": "12:00", "attending_type": "online"}
    closed = OPEN._replace(hours={}, hours_osm="", notes="")
    found, left = changed(closed, lambda service: service["service_at_locations"][0].update(schedules=[row]))
    assert found == {"hours_osm": "Su 10:00-12:00", "notes": "attending_type: online"}
    assert left == [("schedules", "Su 10:00-12:00", EDITED)]
    found, left = changed(OPEN, lambda service: service["service_at_locations"][0].update(schedules=[row]))
    assert (found, left) == ({}, [("schedules", "SU", "hours of one place among several")])


def test_the_number_of_the_organization_counts_where_the_service_has_none() -> None:
    silent = OPEN._replace(phones=())
    found, _left = changed(silent, lambda service: service["organization"].update(phones=[{"id": X, "number": "02 555 01 23"}]))
    assert found == {"phones": [{"number": "02 555 01 23"}]}


def test_the_number_of_a_desk_is_one_of_the_service_and_that_of_a_person_is_named() -> None:
    desk = {"id": X, "department": "Onthaal", "phones": [{"id": X, "number": "02 555 01 23"}]}
    person = {"id": X, "name": "Somebody", "phones": [{"id": X, "number": "02 555 01 24"}]}
    found, left = changed(OPEN, lambda service: service.update(contacts=[desk, person]))
    assert found["phones"][2] == {"number": "02 555 01 23", "label": {"nl": "Onthaal"}} | {"label": found["phones"][2]["label"]}
    assert set(found["phones"][2]["label"].values()) == {"Onthaal"}
    assert left == [("contacts", "", "people are not kept"), ("contacts.phones", "", "people are not kept")]


@pytest.mark.parametrize(
    "words", ["not needed", "No referral needed.", "geen verwijzing nodig", "niet nodig", "nicht nötig", "Pas nécessaire"]
)
def test_words_that_say_that_nobody_has_to_refer(words: str) -> None:
    asked = OPEN._replace(referral_needed=None)
    assert changed(asked, lambda service: service.update(application_process=words))[0] == {"referral_needed": False}
    needed = OPEN._replace(referral_needed=True)
    assert changed(needed, lambda service: service.update(application_process=words))[0] == {"referral_needed": False}
