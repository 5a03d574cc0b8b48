"""Hours that cannot be computed with are refused wherever they come in, with what was understood read back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogue.facts import fact
from tests.conftest import Outcome

Run = Callable[..., Outcome]
WRONG = "Mo-Fr 9h-17h"
READ_BACK = "reads as: Monday to Friday 9:00–17:00; write: Mo-Fr 09:00-17:00"
RECORD = """
name = "Groupe du mardi"
kind = "group"
languages = ["fr"]
areas = ["nis:92094"]
"""


def test_set_refuses_them(own: Path, ht: Run) -> None:
    before = fact(own, "realism")
    outcome = ht("update", "realism", "--set", f"hours_osm={WRONG}", "--yes")
    assert outcome.exit_code != 0
    assert f"hours_osm: “{WRONG}”" in outcome.err
    assert READ_BACK in outcome.err
    assert fact(own, "realism") == before
    assert (
        ht(
            "add", "--name", "X", "--kind", "group", "--serves", "namur", "--language", "fr", "--set", f"hours_osm={WRONG}", "--yes"
        ).exit_code
        != 0
    )


def test_a_date_is_no_hours(own: Path, ht: Run) -> None:
    outcome = ht("update", "realism", "--set", "hours_osm=24/07/26", "--yes")
    assert outcome.exit_code != 0
    assert "“24/07/26”" in outcome.err
    assert "reads as" not in outcome.err
    assert "write for example: Mo-Fr 09:00-12:00,13:00-17:00" in outcome.err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "se lit : du lundi au vendredi 9h–17h ; écrivez : Mo-Fr 09:00-17:00"),
        ("nl", "betekent: maandag tot vrijdag 9u–17u; schrijf: Mo-Fr 09:00-17:00"),
        ("de", "bedeutet: Montag bis Freitag 9:00–17:00; schreiben Sie: Mo-Fr 09:00-17:00"),
    ],
)
def test_they_are_read_back_in_the_language_spoken(own: Path, ht: Run, language: str, said: str) -> None:
    assert said in ht("update", "realism", "--set", f"hours_osm={WRONG}", "--yes", "--locale", language).err


@pytest.mark.parametrize(
    "hours", [f'hours = "x"\nhours_osm = "{WRONG}"', f'phones = [{{ number = "107", hours = "x", hours_osm = "{WRONG}" }}]']
)
def test_a_file_and_the_editor_bring_none_in(own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: str) -> None:
    file = tmp_path / "record.toml"
    file.write_text(RECORD + hours, "utf-8")
    added = ht("add", "--from", str(file), "--force", "--yes")
    assert added.exit_code != 0
    assert READ_BACK in added.err
    monkeypatch.setenv("EDITOR", f"cp {file}")
    edited = ht("update", "realism", "--edit", "--yes")
    assert edited.exit_code != 0
    assert READ_BACK in edited.err
    assert "hours_osm" not in json.dumps(fact(own, "realism"))


def test_a_row_of_an_import_is_refused_and_the_rest_comes_in(own: Path, ht: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"id,hours,hours_osm\nrealism,9-17,{WRONG}\nsimiles-vlaanderen,9-17,Mo-Fr 09:00-17:00\n", "utf-8")
    outcome = ht("import", str(sheet), "--yes", "--skip-bad")
    assert READ_BACK in outcome.err + outcome.out
    assert "hours_osm" not in fact(own, "realism")
    assert fact(own, "similes-vlaanderen")["hours_osm"] == "Mo-Fr 09:00-17:00"


def test_what_is_accepted_is_written_in_one_form_and_read_back(own: Path, ht: Run) -> None:
    outcome = ht("update", "realism", "--set", "hours_osm=Mo-We, Fr 9:00-17:00, PH closed", "--yes")
    assert outcome.exit_code == 0
    assert "reads as: Monday to Wednesday, Friday 9:00–17:00; public holidays: closed" in outcome.out
    assert fact(own, "realism")["hours_osm"] == "Mo-We,Fr 09:00-17:00; PH off"
