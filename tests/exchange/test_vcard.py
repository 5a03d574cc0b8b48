import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vobject

from ht_cli.exchange import vcard
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import clean_lines, one_line
from ht_cli.exchange.vcard import FOLD, fold
from ht_cli.model import Address, Phone, Resource
from tests.browser import node_module
from tests.conftest import ROOT, Outcome, program
from tests.exchange.android import contacts

VERSIONS = ("3.0", "4.0")

Find = Callable[[str], Resource]


def cards_of(resources: list[Resource], reference: Reference, version: str = "4.0") -> bytes:
    return b"".join(vcard.pieces(resources, reference._replace(card_version=version)))


def read_by_node(cards: bytes) -> dict[str, list[Any]]:
    """What vcard4 and ical.js understand of cards, each property in order."""
    for package in ("vcard4", "ical.js"):
        node_module(f"{package}/package.json")
    reader = ROOT / "tests" / "exchange" / "read_cards.mjs"
    run = subprocess.run([program("node"), reader], input=cards, capture_output=True, check=True)
    understood: dict[str, list[Any]] = json.loads(run.stdout)
    return understood


def read_by_sabre(cards: bytes) -> list[dict[str, Any]]:
    """What Sabre/VObject understands of cards: the parts and types of each property in order."""
    program("php")
    if not Path("/usr/share/php/Sabre/VObject").exists():
        (pytest.fail if os.environ.get("HT_ALL_PROGRAMS") == "1" else pytest.skip)("php-sabre-vobject is not installed")
    run = subprocess.run([program("php"), ROOT / "tests" / "exchange" / "read_cards.php"], input=cards, capture_output=True, check=True)
    understood: list[dict[str, Any]] = json.loads(run.stdout)
    return understood


def read_by_khard(folder: Path) -> dict[str, dict[str, Any]]:
    """What khard shows of each card of a folder, by the name of its file."""
    run = subprocess.run([sys.executable, ROOT / "tests" / "exchange" / "khard_cards.py", folder], capture_output=True, check=True)
    understood: dict[str, dict[str, Any]] = json.loads(run.stdout)
    return understood


def public(resource: Resource) -> list[Address]:
    return [address for address in resource.addresses if not address.confidential]


def values(card: list[list[Any]], name: str) -> list[Any]:
    """The values of a property as ical.js read them; of a text of version 3.0 it leaves `\\;` as it stands (findings/icaljs_semicolon.sh)."""
    found = [value for known, _parameters, _kind, *rest in card if known == name for value in rest]
    third = any(known == "version" and rest[-1] == "3.0" for known, *rest in card)
    return [value.replace("\\;", ";") if third and isinstance(value, str) else value for value in found]


def lines_of(cards: bytes) -> list[str]:
    """The unfolded lines."""
    return cards.replace(b"\r\n ", b"").decode().split("\r\n")


def shown_name(resource: Resource) -> str:
    return f"{resource.name} (fermé)" if resource.status == "closed" else resource.name


def dialled(resource: Resource) -> tuple[Phone, ...]:
    return () if resource.status == "closed" else resource.phones


def test_four_programs_read_every_card_of_version_4_alike(every_resource: list[Resource], reference: Reference) -> None:
    cards = cards_of(every_resource, reference)
    understood = read_by_node(cards)
    by_vobject, by_sabre = list(vobject.readComponents(cards.decode())), read_by_sabre(cards)
    assert len(by_vobject) == len(by_sabre) == len(understood["ical"]) == len(understood["vcard4"]) == len(every_resource)
    for resource, first, second, third, fourth in zip(
        every_resource, by_vobject, understood["ical"], understood["vcard4"], by_sabre, strict=True
    ):
        name = one_line(shown_name(resource))
        fields = {property["property"]: property["value"] for property in third}
        assert first.fn.value == values(second, "fn")[0] == fields["FN"] == fourth["FN"][0][0][0] == name
        assert first.kind.value == values(second, "kind")[0] == fields["KIND"] == fourth["KIND"][0][0][0] == "org"
        numbers = [
            f"tel:{phone.number}" if phone.number.startswith("+") else f"tel:{phone.number};phone-context=+32"
            for phone in dialled(resource)
        ]
        assert [tel.value for tel in first.contents.get("tel", [])] == values(second, "tel") == numbers
        assert [place[2] for place in values(second, "adr")] == [address.street for address in public(resource)]
        assert clean_lines(resource.descriptions["fr"]) in values(second, "note")
        assert fourth["faults"] == []


def test_four_programs_read_every_card_of_version_3_alike(every_resource: list[Resource], reference: Reference) -> None:
    cards = cards_of(every_resource, reference, "3.0")
    by_vobject, by_sabre, by_android = list(vobject.readComponents(cards.decode())), read_by_sabre(cards), contacts(cards.decode())
    by_ical = read_by_node(cards)["ical"]
    assert len(by_vobject) == len(by_sabre) == len(by_ical) == len(by_android) == len(every_resource)
    for resource, first, second, third, fourth in zip(every_resource, by_vobject, by_ical, by_android, by_sabre, strict=True):
        name = one_line(shown_name(resource))
        assert first.fn.value == values(second, "fn")[0] == third.display_name == fourth["FN"][0][0][0] == name
        assert first.org.value == [third.company] == fourth["ORG"][0][0] == [name]
        assert (first.x_abshowas.value, third.family, third.at_home, fourth["faults"]) == ("COMPANY", "", False, [])
        numbers = [phone.number for phone in dialled(resource)]
        assert [tel.value for tel in first.contents.get("tel", [])] == values(second, "tel") == third.phones == numbers
        assert third.primary == (numbers[:1] if len(numbers) > 1 else [])
        assert third.emails == [value[0][0] for value in fourth.get("EMAIL", [])] == ([resource.email] if resource.email else [])
        addresses = [(one_line(address.street), one_line(address.locality)) for address in public(resource)]
        assert [(place[2], place[3]) for place in values(second, "adr")] == [*zip(third.streets, third.towns, strict=True)] == addresses
        assert all(third.towns)
        assert [types for _parts, types in fourth.get("ADR", [])] == ["work"] * len(addresses)
        (note,) = third.notes
        assert first.note.value == values(second, "note")[0] == fourth["NOTE"][0][0][0] == note
        described = note.partition("\n")[2] if resource.status == "closed" else note  # that it is closed is said first
        assert described.startswith(clean_lines(resource.descriptions["fr"]) + "\n")


def test_a_folder_holds_a_file_for_each_card_as_khard_wants_it(ht: Callable[..., Outcome], tmp_path: Path) -> None:
    (tmp_path / "help").mkdir()
    assert ht("export", "--city", "namur", "--format", "vcard", "-o", str(tmp_path / "help"), "--locale", "fr").exit_code == 0
    shown = read_by_khard(tmp_path / "help")
    assert set(shown) == set(ht("export", "--city", "namur", "--fields", "id").out.split()[1:]) & set(shown)
    assert {f"{name}.vcf" for name in shown} == {path.name for path in (tmp_path / "help").iterdir()}
    assert {found["kind"] for found in shown.values()} == {"org"}
    assert not [found for found in shown.values() if "home" in " ".join([*found["phones"], *found["addresses"], *found["emails"]])]
    assert shown["couples-et-familles-namur"]["phones"] == {"voice, work": ["+3281450299"]}
    assert shown["couples-et-familles-namur"]["addresses"]["work"][0]["city"] == "Namur"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_town_is_in_every_address_also_where_no_street_is_known(
    resource: Find, make_reference: Callable[[str], Reference], version: str
) -> None:
    known = resource("pbsm")._replace(addresses=(Address(nis="62063"), Address("", "5000", "Namur", "92094")))
    lines = lines_of(cards_of([known], make_reference("nl"), version))
    assert [line for line in lines if line.startswith("ADR")] == ["ADR;TYPE=work:;;;Luik;;;België", "ADR;TYPE=work:;;;Namur;;5000;België"]


def test_what_version_3_has_no_property_for_stands_in_its_note(resource: Find, reference: Reference) -> None:
    lines = lines_of(cards_of([resource("chs-helpline")], reference, "3.0"))
    assert "ht1.TEL;TYPE=voice,work,pref:+3226162626" in lines
    assert "ht2.TEL;TYPE=voice,work:+3226484014" in lines
    (note,) = [line for line in lines if line.startswith("NOTE")]
    assert "\\nLangues : " in note
    assert "jamais vérifiée" in note
    assert "CC BY 4.0" in note


@pytest.mark.parametrize("version", VERSIONS)
def test_no_line_is_over_75_octets_and_every_line_ends_with_crlf(
    every_resource: list[Resource], reference: Reference, version: str
) -> None:
    cards = cards_of(every_resource, reference, version)
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


@pytest.mark.parametrize("version", VERSIONS)
def test_commas_semicolons_backslashes_and_line_breaks_come_back(resource: Find, reference: Reference, version: str) -> None:
    name, text, street = "A; B, C\\D\\n", "one, two; three\\\nfour\r\nfive\rsix\u2028seven", "Rue; de, la\\Paix 1"
    odd = resource("pbsm")._replace(
        name=name, descriptions={"fr": text}, addresses=(Address(street, "4000", "Liège", "62063"),), alternate_names=("a,b", "c;d\\")
    )  # fmt: skip
    cards = cards_of([odd], reference, version)
    by_vobject = vobject.readOne(cards.decode())
    card = read_by_node(cards)["ical"][0]
    written = "one, two; three\\\nfour\nfive\nsix\nseven"
    assert by_vobject.fn.value == values(card, "fn")[0] == name
    assert by_vobject.note.value.startswith(written)
    assert values(card, "note")[0].startswith(written)
    assert by_vobject.adr.value.street == values(card, "adr")[0][2] == street
    assert values(card, "nickname") == ["a,b", "c;d\\"]
    if version == "3.0":
        assert contacts(cards.decode())[0].display_name == name


def test_a_number_keeps_its_label_and_its_order_and_a_short_one_is_dialled_as_it_is(resource: Find, reference: Reference) -> None:
    lines = lines_of(cards_of([resource("chs-helpline")], reference))
    assert "ht1.TEL;VALUE=uri;TYPE=voice,work;PREF=1:tel:+3226162626" in lines
    assert "ht1.X-ABLabel:nouveau numéro\\, depuis juin 2026" in lines
    assert "ht2.TEL;VALUE=uri;TYPE=voice,work:tel:+3226484014" in lines
    short = resource("tele-accueil-107")
    assert "TEL;VALUE=uri;TYPE=voice,work:tel:107;phone-context=+32" in lines_of(cards_of([short], reference))
    assert "TEL;TYPE=voice,work:107" in lines_of(cards_of([short], reference, "3.0"))


def test_the_note_is_in_the_language_of_the_file_or_says_in_which_it_is(resource: Find, make_reference: Callable[[str], Reference]) -> None:
    found = resource("caw-halle-vilvoorde")
    lines = lines_of(cards_of([found], make_reference("nl")))
    assert any(line.startswith("NOTE;LANGUAGE=nl:Centrum algemeen welzijnswerk") for line in lines)
    assert "NOTE;LANGUAGE=nl:0800 13 500: maandag–vrijdag 9u–17u" in lines
    assert any(line.startswith("NOTE;LANGUAGE=nl:bron van 2026\\, nooit nagekeken\\n") for line in lines)
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


@pytest.mark.parametrize("version", VERSIONS)
def test_hostile_texts_make_no_card_and_no_property_of_their_own(hostile: list[Resource], reference: Reference, version: str) -> None:
    cards = cards_of(hostile, reference, version)
    text = cards.decode()
    understood = read_by_node(cards)
    assert len(understood["ical"]) == len(list(vobject.readComponents(text))) == len(read_by_sabre(cards)) == len(hostile)
    assert version == "3.0" or len(understood["vcard4"]) == len(hostile)
    assert text.count("\r\nEND:VCARD\r\n") == len(hostile)
    assert not {*text} & {*"\x00\x1b\u202e\u2028\x85\x0b"}
    numbers = {"3.0": ["+3243421212", "107"], "4.0": ["tel:+3243421212", "tel:107;phone-context=+32"]}
    assert values(understood["ical"][0], "tel") == numbers[version]
    assert values(understood["ical"][0], "url") == []
    assert values(understood["ical"][1], "fn") == ["BEGIN: VCARD"]  # else some readers see a card there
    assert values(understood["ical"][2], "fn") == [one_line(hostile[2].name)]
    assert "Secrète" not in text


def test_a_number_that_cannot_be_dialled_is_left_out(resource: Find, reference: Reference) -> None:
    strange = resource("pbsm")._replace(phones=(Phone("+32 2 289", "02 289"), Phone("*#06#")))
    assert not [line for line in lines_of(cards_of([strange], reference)) if "TEL" in line]


def test_two_runs_give_the_same_bytes(every_resource: list[Resource], reference: Reference) -> None:
    assert cards_of(every_resource, reference) == cards_of(every_resource, reference)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_whoever_gave_the_point_is_named_where_one_stands(every_resource: list[Resource], reference: Reference, version: str) -> None:
    cards = [unfolded.replace("\r\n ", "") for unfolded in (cards_of([found], reference, version).decode() for found in every_resource)]
    assert any("\r\nGEO:" in card for card in cards)
    assert [("\r\nGEO:" in card) == ("GeoNames" in card) for card in cards] == [True] * len(cards)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_what_is_closed_says_so_in_a_list_of_contacts_and_has_no_number_to_call(resource: Find, reference: Reference, version: str) -> None:
    closed = resource("realism")._replace(
        status="closed", closed_on="2026-10-01", closed_reason="a déménagé", successor="resme", phones=(Phone("+3243421212"),), hours_osm="Mo 09:00-17:00"
    )  # fmt: skip
    card = next(vobject.readComponents(cards_of([closed], reference, version).decode()))
    assert card.fn.value == f"{closed.name} (fermé)"
    assert "tel" not in card.contents
    notes = [note.value for note in card.contents["note"]]
    assert notes[0].split("\n")[0] == "fermé · 1er octobre 2026 · a déménagé · → resme"
    assert "9h" not in "".join(notes)
