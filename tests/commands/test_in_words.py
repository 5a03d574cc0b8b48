"""Those who keep facts read and type them in their own words: fields, values, checks, the way of a check, opening hours."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.keeping.entering import SETTABLE
from ht_cli.commands._fields import field_meant, names_of
from ht_cli.errors import UsageError
from ht_cli.locale import translate_into
from ht_cli.model import LANGUAGES
from ht_cli.output.in_words import NAMES
from ht_cli.synonyms import ways_meant
from tests.catalogue.facts import fact
from tests.conftest import Outcome
from tests.terminal import shown, spoken_with

Run = Callable[..., Outcome]
ID = "realism"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("telephone", "phone"), ("téléphone", "phone"), ("Telefoon", "phone"), ("e-mail", "mail"), ("courriel", "mail"), ("website", "site"), ("Besuch", "visit"), ("bezoek", "visit"), ("phone", "phone")],
)  # fmt: skip
def test_the_way_of_a_check_is_understood_in_four_languages(own: Path, ht: Run, typed: str, meant: str) -> None:
    assert ht("verify", ID, "--how", typed).exit_code == 0
    assert ht("verify", ID, f"--how={typed}", "--field", "url").exit_code == 0
    assert fact(own, ID)["checked_how"] == meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ways_that_a_refusal_lists_are_understood(language: str, own: Path, ht: Run) -> None:
    listed = translate_into(language, "phone, mail, site, visit").split(", ")
    assert [ways_meant(["--how", way])[1] for way in listed] == ["phone", "mail", "site", "visit"]
    assert ", ".join(listed) in ht("verify", ID, "--how", "telephonne", HT_LANG=language).err


def test_a_way_that_means_none_is_refused(own: Path, ht: Run) -> None:
    assert ht("verify", ID, "--how", "fax").exit_code == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("téléphone", "phone"), ("telefoon", "phone"), ("téléphones", "phones"), ("besoins", "needs"), ("noden", "needs"), ("kosten", "cost"),
        ("Gemeente", "city"), ("code postal", "postcode"), ("Straße", "street"), ("uren", "hours"), ("horaire", "hours"), ("Für wen", "audiences"),
        ("beschrijving.nl", "descriptions.nl"), ("description.fr", "description.fr"), ("hours-osm", "hours_osm"), ("vertrouwelijk", "confidential"),
    ],
)  # fmt: skip
def test_a_field_is_understood_in_four_languages(typed: str, field: str) -> None:
    assert field_meant(typed, SETTABLE) == field


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_that_is_shown_is_understood(language: str) -> None:
    for field in set(SETTABLE) & set(NAMES):
        one = {"phones": "phone", "descriptions": "description", "areas": "serves"}.get(field, field)
        assert field_meant(translate_into(language, NAMES[field]), SETTABLE) in (field, one)


def test_what_means_no_field_is_told_the_names_of_the_language(own: Path, ht: Run) -> None:
    with pytest.raises(UsageError, match="no field rien"):
        field_meant("rien", SETTABLE)
    assert names_of(SETTABLE)[:2] == ["name", "kind"]
    assert "besoins" in ht("update", ID, "--set", "rien=1", HT_LANG="fr").err


def test_a_fact_is_set_and_confirmed_by_the_name_that_people_give_it(own: Path, ht: Run) -> None:
    assert ht("update", ID, "--set", "téléphone=04 342 12 14", "--set", "kosten=gratis", "--yes").exit_code == 0
    assert ht("verify", ID, "--field", "telefoon", "--how", "telefoon", "--by", "AB").exit_code == 0
    record = fact(own, ID)
    assert (record["phones"], record["cost"]) == ([{"number": "+3243421214"}], "free")
    assert record["fact_checks"][0]["field"] == "phones"


def test_hours_that_were_understood_are_offered_on_a_terminal(own: Path, ht: Run) -> None:
    said = spoken_with("update", ID, "--set", "hours=mo-fr 9h-17h", lines=["y", "y"])
    assert "can be computed with as Mo-Fr 09:00-17:00" in said
    assert fact(own, ID)["hours_osm"] == "Mo-Fr 09:00-17:00"
    assert fact(own, ID)["hours"] == {"en": "mo-fr 9h-17h"}


def test_hours_that_were_not_asked_for_are_not_written(own: Path, ht: Run) -> None:
    spoken_with("update", ID, "--set", "hours=mo-fr 9h-17h", lines=["", "y"])
    assert "hours_osm" not in fact(own, ID)
    piped = ht("update", ID, "--set", "hours=tu 10h-12h", "--yes")
    assert 'add: --set hours_osm="Tu 10:00-12:00"' in piped.err
    assert "hours_osm" not in fact(own, ID)
    assert 'hours_osm="Mo-Fr 09:00-17:00"' in ht("update", ID, "--set", "hours=on request", "--yes").err  # an example


def test_hours_that_are_written_as_nobody_computes_are_offered_as_they_should_be(own: Path) -> None:
    spoken_with("update", ID, "--set", "hours_osm=mo-fr 9h-17h", lines=["y", "y"])
    assert fact(own, ID)["hours_osm"] == "Mo-Fr 09:00-17:00"


def test_on_a_terminal_what_changes_is_said_in_words_and_in_a_pipe_as_it_was(own: Path, ht: Run) -> None:
    changes = (
        "update",
        ID,
        "--set",
        "phone=04 342 12 14",
        "--set",
        "cost=free",
        "--set",
        "city=jambes",
        "--remove-need",
        "crisis",
        "--dry-run",
    )
    said = shown(*changes)
    for line in ("Phone:\n    + 04 342 12 14", "Cost:\n    + free", "Needs:\n    - crisis", "Address:\n    + Jambes (Namur)"):
        assert line in said
    piped = ht(*changes).out
    assert "phones:\n    + +3243421214" in piped
    assert "addresses:\n    + Jambes" in piped


def test_checks_are_said_as_one_sentence(own: Path, ht: Run) -> None:
    ht("verify", ID, "--how", "phone", "--by", "AB")
    assert "Checked:\n    + everything (by phone, " in shown("history", ID)
    ht("update", ID, "--set", "email=a@b.be", "--yes")
    card = shown("show", ID, columns=400)
    assert card.count("Checked: ") == 1
    assert "Checked: name, kind, also called" in card
    assert "(by phone, " in card
    assert "fact_checks" not in shown("history", ID)
    assert "fact_checks" in ht("history", ID, "--format", "records").out


def test_without_an_editor_it_is_asked_what_changes(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    said = spoken_with("update", ID, lines=["telefoon", "04 342 12 14", "truc", "cost=free", "", "y"])
    assert "Name: " in said
    assert "not known: " in said
    assert "no field truc" in said
    assert "→ 04 342 12 14" in said
    record = fact(own, ID)
    assert (record["phones"], record["cost"]) == ([{"number": "+3243421214"}], "free")


def test_checks_of_single_facts_are_counted_among_what_is_known_of_the_catalogue(own: Path, ht: Run) -> None:
    assert "No fact has been checked" in ht("info").err
    ht("verify", ID, "--field", "url", "--how", "site")
    assert "Of 1 resource a person checked single facts" in ht("info").err
    ht("verify", ID, "--how", "site")
    assert "fact" not in ht("info").err


def test_a_remark_names_a_field_as_people_do(own: Path, ht: Run) -> None:
    assert ht("report", ID, "nobody answers", "--field", "telefoon", "--yes").exit_code == 0
    assert "phones: nobody answers" in ht("report").out


def test_what_is_newer_here_than_in_a_sheet_is_said_in_words(own: Path, ht: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    ht("export", "--all", "-o", str(sheet))
    ht("update", ID, "--set", "phone=04 342 12 14", "--yes")
    with sheet.open(newline="", encoding="utf-8") as file:
        row = next(line for line in csv.DictReader(file) if line["id"] == ID)
    row["phones"] = "081 22 33 44|"
    with (tmp_path / "edited.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row.keys())
        writer.writeheader()
        writer.writerow(row)
    command = ("import", str(tmp_path / "edited.csv"), "--dry-run")
    assert "phones: +3243421214; the sheet says: +3281223344" in ht(*command).err
    assert "Phone: 04 342 12 14; the sheet says: 081 22 33 44" in shown(*command, columns=200)
