import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
import vobject

from ht_cli.exchange import vcard
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import clean_lines, one_line
from ht_cli.exchange.vcard import FOLD, fold
from ht_cli.model import Address, Phone, Resource
from tests.browser import node_module
from tests.conftest import ROOT, program

Find = Callable[[str], Resource]


def cards_of(resources: list[Resource], reference: Reference) -> bytes:
    return b"".join(vcard.pieces(resources, reference))


def read_by_node(cards: bytes) -> dict[str, list[Any]]:
    """What vcard4 and ical.js understand of cards, each property in order."""
    for package in ("vcard4", "ical.js"):
        node_module(f"{package}/package.json")
    reader = ROOT / "tests" / "exchange" / "read_cards.mjs"
    run = subprocess.run([program("node"), reader], input=cards, capture_output=True, check=True)
    understood: dict[str, list[Any]] = json.loads(run.stdout)
    return understood


def values(card: list[list[Any]], name: str) -> list[Any]:
    """The values of a property as ical.js read them."""
    return [value for found, _parameters, _kind, *rest in card if found == name for value in rest]


def lines_of(cards: bytes) -> list[str]:
    """The unfolded lines."""
    return cards.replace(b"\r\n ", b"").decode().split("\r\n")


def test_three_programs_read_every_card_of_the_catalogue_alike(every_resource: list[Resource], reference: Reference) -> None:
    cards = cards_of(every_resource, reference)
    understood = read_by_node(cards)
    by_vobject = list(vobject.readComponents(cards.decode()))
    assert len(by_vobject) == len(understood["ical"]) == len(understood["vcard4"]) == len(every_resource)
    for resource, first, second, third in zip(every_resource, by_vobject, understood["ical"], understood["vcard4"], strict=True):
        name = one_line(resource.name)
        fields = {property["property"]: property["value"] for property in third}
        assert first.fn.value == values(second, "fn")[0] == fields["FN"] == name
        assert first.kind.value == values(second, "kind")[0] == fields["KIND"] == "org"
        numbers = [f"tel:{phone.number}" if phone.number.startswith("+") else phone.number for phone in resource.phones]
        assert [tel.value for tel in first.contents.get("tel", [])] == values(second, "tel") == numbers
        assert [place[2] for place in values(second, "adr")] == [address.street for address in resource.public_addresses]
        assert clean_lines(resource.descriptions["fr"]) in values(second, "note")


def test_no_line_is_over_75_octets_and_every_line_ends_with_crlf(every_resource: list[Resource], reference: Reference) -> None:
    cards = cards_of(every_resource, reference)
    assert cards.endswith(b"\r\n")
    for line in cards.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= FOLD
        assert b"\n" not in line
        line.decode()  # each part is whole characters


@pytest.mark.parametrize("text", ["x" * 75, "x" * 76, "é" * 200, "x" + "é" * 200, "😀" * 100, "xx" + "😀€é" * 60, "", "x" * 10_000])
def test_what_is_folded_unfolds_to_what_it_was(text: str) -> None:
    folded = fold(text)
    assert all(len(part) <= FOLD and part.decode() is not None for part in folded.split(b"\r\n"))
    assert folded.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode() == text


def test_a_card_says_whose_work_it_is(resource: Find, reference: Reference) -> None:
    assert any(
        line.startswith("NOTE;LANGUAGE=fr:« ht") and "CC BY 4.0" in line for line in lines_of(cards_of([resource("realism")], reference))
    )


def test_commas_semicolons_backslashes_and_line_breaks_come_back(resource: Find, reference: Reference) -> None:
    name, text, street = "A; B, C\\D\\n", "one, two; three\\\nfour\r\nfive\rsix\u2028seven", "Rue; de, la\\Paix 1"
    odd = resource("pbsm")._replace(
        name=name, descriptions={"fr": text}, addresses=(Address(street, "4000", "Liège", "62063"),), alternate_names=("a,b", "c;d\\")
    )  # fmt: skip
    cards = cards_of([odd], reference)
    by_vobject = vobject.readOne(cards.decode())
    card = read_by_node(cards)["ical"][0]
    assert by_vobject.fn.value == values(card, "fn")[0] == name
    assert by_vobject.note.value == values(card, "note")[0] == "one, two; three\\\nfour\nfive\nsix\nseven"
    assert by_vobject.adr.value.street == values(card, "adr")[0][2] == street
    assert values(card, "nickname") == ["a,b", "c;d\\"]


def test_a_number_keeps_its_label_and_its_order_and_a_short_one_is_dialled_as_it_is(resource: Find, reference: Reference) -> None:
    lines = lines_of(cards_of([resource("chs-helpline")], reference))
    assert 'ht1.TEL;VALUE=uri;TYPE="voice,work";PREF=1:tel:+3226162626' in lines
    assert "ht1.X-ABLabel:nouveau numéro\\, depuis juin 2026" in lines
    assert 'ht2.TEL;VALUE=uri;TYPE="voice,work";PREF=2:tel:+3226484014' in lines
    assert 'TEL;TYPE="voice,work":107' in lines_of(cards_of([resource("tele-accueil-107")], reference))


def test_the_note_is_in_the_language_of_the_file_or_says_in_which_it_is(resource: Find, make_reference: Callable[[str], Reference]) -> None:
    found = resource("caw-halle-vilvoorde")
    lines = lines_of(cards_of([found], make_reference("nl")))
    assert any(line.startswith("NOTE;LANGUAGE=nl:Centrum algemeen welzijnswerk") for line in lines)
    assert "NOTE;LANGUAGE=nl:0800 13 500: maandag–vrijdag 9u–17u" in lines
    assert "NOTE;LANGUAGE=nl:bron van 2026\\, nooit nagekeken" in lines
    only_french = lines_of(cards_of([found._replace(descriptions={"fr": "Accueil."})], make_reference("nl")))
    assert "NOTE;LANGUAGE=fr:Accueil." in only_french


def test_the_uid_is_that_of_the_slug_for_ever(resource: Find, reference: Reference) -> None:
    assert "UID:urn:uuid:8ade19c6-4049-5832-938c-6cbcf5f45400" in lines_of(cards_of([resource("chs-helpline")], reference))


@pytest.mark.parametrize(
    ("changed_on", "said"),
    [("2026-11-24", ["REV:20261124T000000Z"]), ("2026-11-24T14:03:07.120Z", ["REV:20261124T140307Z"]), ("", []), ("yesterday", [])],
)
def test_rev_comes_from_the_day_of_the_change_and_never_from_the_clock(
    changed_on: str, said: list[str], resource: Find, reference: Reference
) -> None:
    lines = lines_of(cards_of([resource("pbsm")._replace(changed_on=changed_on)], reference))
    assert [line for line in lines if line.startswith("REV")] == said


def test_a_confidential_address_gives_neither_place_nor_point(resource: Find, reference: Reference) -> None:
    hidden = Address("Rue Secrète 1", "4000", "Liège", "62063", confidential=True)
    lines = lines_of(cards_of([resource("pbsm")._replace(addresses=(hidden,))], reference))
    assert not [line for line in lines if line.startswith(("ADR", "GEO")) or "Secrète" in line]


def test_the_point_is_the_centre_of_the_municipality(resource: Find, reference: Reference) -> None:
    home = reference.homes["62063"]
    known = Address("Rue Haute 1", "4000", "Liège", "62063")
    assert f"GEO:geo:{home.latitude:.4f},{home.longitude:.4f}" in lines_of(
        cards_of([resource("pbsm")._replace(addresses=(known,))], reference)
    )


def test_hostile_texts_make_no_card_and_no_property_of_their_own(hostile: list[Resource], reference: Reference) -> None:
    cards = cards_of(hostile, reference)
    text = cards.decode()
    understood = read_by_node(cards)
    assert len(understood["ical"]) == len(understood["vcard4"]) == len(list(vobject.readComponents(text))) == len(hostile)
    assert text.count("\r\nEND:VCARD\r\n") == len(hostile)
    assert not {*text} & {*"\x00\x1b\u202e\u2028\x85\x0b"}
    assert values(understood["ical"][0], "tel") == ["tel:+3243421212", "107"]
    assert values(understood["ical"][0], "url") == []
    assert values(understood["ical"][1], "fn") == ["BEGIN: VCARD"]  # else some readers see a card there
    assert values(understood["ical"][2], "fn") == [one_line(hostile[2].name)]
    assert "Secrète" not in text


def test_a_number_that_cannot_be_dialled_is_left_out(resource: Find, reference: Reference) -> None:
    strange = resource("pbsm")._replace(phones=(Phone("+32 2 289", "02 289"), Phone("*#06#")))
    assert not [line for line in lines_of(cards_of([strange], reference)) if "TEL" in line]


def test_two_runs_give_the_same_bytes(every_resource: list[Resource], reference: Reference) -> None:
    assert cards_of(every_resource, reference) == cards_of(every_resource, reference)
