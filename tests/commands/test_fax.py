"""A number at which a fax answers is nowhere the number to dial."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.model import Phone, Resource, names_a_fax
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
FAX, DESK = "+3243421213", "+3243421212"
FAX_SHOWN, DESK_SHOWN = "04 342 12 13", "04 342 12 12"


@pytest.mark.parametrize(
    "label",
    ["fax", "Fax", "télécopie", "Télécopieur", "Faxnummer", "Telefaxnummer", "Fax secrétariat", "Secrétariat (fax)", "numéro de fax",
     "n° fax", "Fax: +32 4 342", "Hauptfax", "Fax direction et accueil"],
)  # fmt: skip
def test_a_label_that_names_a_fax_is_one(label: str) -> None:
    assert names_a_fax(label)
    assert Phone(FAX, label={"nl": label}).is_fax


@pytest.mark.parametrize(
    "label",
    [
        "",
        "accueil",
        "Tel./Fax",
        "Fax/tél.",
        "Téléphone et fax",
        "secrétariat et fax",
        "fax & accueil",
        "Reception, fax on request",
        "Arlon",
    ],
)
def test_a_label_that_names_somebody_too_is_none(label: str) -> None:
    assert not names_a_fax(label)


def test_a_resource_says_which_of_its_numbers_are_dialled() -> None:
    fax, desk = Phone(FAX, label={"fr": "fax"}), Phone(DESK)
    assert Resource("a", "A", "service", phones=(fax, desk)).dialled == (desk,)
    assert Resource("a", "A", "service", phones=(fax, desk)).faxes == (fax,)


@pytest.fixture
def asked(ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Ask a catalogue in which the first number of a resource is its fax, as a CSV brought it."""
    shutil.copyfile(BUNDLED, tmp_path / "own.db")
    monkeypatch.setenv("HT_CATALOGUE", str(tmp_path / "own.db"))
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"id,phones\nrealism,{FAX_SHOWN}|[fr] télécopie; {DESK_SHOWN}|[fr] accueil\n", "utf-8")
    assert ht("import", str(sheet), "--by", "An", "--yes").exit_code == 0
    return ht


def test_find_gives_the_number_that_somebody_answers(asked: Run) -> None:
    shown = asked("find", "realism", "--format", "table").out
    assert DESK_SHOWN in shown
    assert FAX_SHOWN not in shown
    (row,) = [line for line in asked("find", "realism", "--fields", "id,phone").out.splitlines() if line.startswith("realism\t")]
    assert row.split("\t")[1] == DESK


def test_show_names_the_fax_last_and_as_what_it_is(asked: Run) -> None:
    numbers = [
        line.split()[:4]
        for line in asked("show", "realism", "--format", "records").out.splitlines()
        if DESK_SHOWN in line or FAX_SHOWN in line
    ]
    assert [words[0] for words in numbers] == ["Phone:", "Fax:"]


def test_a_sheet_for_a_client_leaves_the_fax_out(asked: Run) -> None:
    for form in ("text", "html", "sms", "eml"):
        sheet = "".join(asked("sheet", "realism", "--format", form).out.replace("\u00a0", " ").split())
        assert FAX[-6:] not in sheet
        assert DESK[-6:] in sheet


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_card_says_which_number_is_a_fax_and_prefers_no_fax(asked: Run, version: str) -> None:
    card = asked("export", "realism", "--format", "vcard", "--vcard-version", version).out.replace("\n ", "")
    desk, fax = [line for line in card.splitlines() if "TEL" in line]
    assert desk.endswith(DESK)
    assert "TYPE=voice,work" in desk
    assert fax.endswith(FAX)
    assert "TYPE=fax,work" in fax
    assert "pref" not in card.lower().replace("preferred", "")


def test_hsds_and_the_directories_call_it_a_fax(asked: Run) -> None:
    (service,) = json.loads(asked("export", "realism", "--format", "hsds").out)["contents"]
    assert {phone["number"]: phone["type"] for phone in service["phones"]} == {FAX: "fax", DESK: "voice"}
    page = asked("export", "realism", "--format", "markdown").out
    assert f"tel:{DESK}" in page
    assert f"tel:{FAX}" not in page
    assert "Fax" in page
