"""verify, due and doctor: what a volunteer works through."""

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ht_cli import clock
from tests.catalogue.facts import fact, facts, id_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def due(outcome: Outcome) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = json.loads(outcome.out)
    return listed


def on_day(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    """Hold the clock at noon of a day of November 2026."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, day))
    monkeypatch.setattr(clock, "moment", lambda: f"2026-11-{day:02}T11:00:00.000Z")


def test_a_check_moves_its_own_date_and_nothing_else(own: Path, ht: Run) -> None:
    before = fact(own, "realism")
    assert ht("verify", "realism", "--how", "phone", "--by", "AB").exit_code == 0
    after = fact(own, "realism")
    assert after == before | {"checked_on": clock.today().isoformat(), "checked_how": "phone", "checked_by": "AB"}


def test_one_fact_is_checked_alone(own: Path, ht: Run) -> None:
    ht("verify", "realism", "--field", "phone", "--how", "site")
    record = fact(own, "realism")
    assert "checked_on" not in record
    assert record["fact_checks"] == [{"field": "phones", "on": clock.today().isoformat(), "how": "site"}]
    assert ht("verify", "realism", "--field", "colour", "--how", "site").exit_code == 2
    assert ht("verify", "realism").exit_code == 2


def test_the_third_failure_in_a_row_makes_it_unreachable_and_a_success_ends_that(
    own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (3, 4):
        on_day(monkeypatch, day)
        ht("verify", "similes-vlaanderen", "--failed")
    assert fact(own, "similes-vlaanderen").get("status") is None
    on_day(monkeypatch, 5)
    assert "Not reached 3 times" in ht("verify", "similes-vlaanderen", "--failed").err
    assert fact(own, "similes-vlaanderen")["status"] == "unreachable"
    assert "similes-vlaanderen" not in ht("find", "similes", "--format", "ids").out
    ht("verify", "similes-vlaanderen", "--how", "phone")
    assert fact(own, "similes-vlaanderen").get("status") is None
    assert "failed_tries" not in fact(own, "similes-vlaanderen")


def test_tries_of_one_day_count_once_and_hide_nothing(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    on_day(monkeypatch, 3)
    for _time in range(5):
        assert ht("verify", "similes-vlaanderen", "--failed").exit_code == 0
    assert "one a day counts" in ht("verify", "similes-vlaanderen", "--failed").err
    assert fact(own, "similes-vlaanderen")["failed_tries"] == 1
    ht("undo", "--last", "1", "--yes")
    ht("verify", "similes-vlaanderen", "--failed")
    assert fact(own, "similes-vlaanderen")["failed_tries"] == 1  # the one that was taken back is none


def test_what_was_checked_is_due_again_after_the_rhythm_of_its_kind(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 31))
    for identifier in ("tele-accueil-107", "similes-vlaanderen", "realism"):
        ht("verify", identifier, "--how", "phone")
    for day, expected in (
        (date(2026, 4, 29), set()),
        (date(2026, 4, 30), {"tele-accueil-107"}),
        (date(2027, 1, 31), {"tele-accueil-107", "realism"}),
    ):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        listed = {entry["id"] for entry in due(ht("due", "--limit", "1000", "--json")) if entry["checked_on"]}
        assert listed & {"tele-accueil-107", "realism"} == expected


def test_what_would_do_most_harm_comes_first_and_what_nobody_can_call_last(own: Path, ht: Run) -> None:
    listed = due(ht("due", "--limit", "1000", "--json"))
    without = ["no contact" in entry["reasons"] for entry in listed]
    assert without == sorted(without)
    with sqlite3.connect(own) as connection:
        lines = {row[0] for row in connection.execute("SELECT DISTINCT resource FROM urgent_line")} | {"urgence-112"}
    first = {entry["id"] for entry in listed[: len(lines)]}
    assert len(first & lines) >= len(lines) - 1  # one of them has no contact of its own
    assert "urgence-112" in first
    callable_ = [entry for entry in listed if "no contact" not in entry["reasons"] and entry["id"] not in lines]
    doors = [entry["kind"] in ("helpline", "network-adult", "network-youth") for entry in callable_]
    assert doors == sorted(doors, reverse=True)
    assert {entry["kind"] for entry in due(ht("due", "--kind", "helpline", "--limit", "1000", "--json"))} == {"helpline"}
    namur = due(ht("due", "--city", "namur", "--limit", "1000", "--json"))
    assert 0 < len(namur) < len(listed)
    assert "and" not in {entry["id"] for entry in namur}


def test_what_writes_never_guesses_which_resource_is_meant(own: Path, ht: Run) -> None:
    before = own.read_bytes()
    for command in (("update", "--set", "hours=1"), ("remove", "--reason", "x"), ("verify", "--how", "phone")):
        outcome = ht(command[0], "tele-acueil-107", *command[1:])
        assert outcome.exit_code == 3
        assert "tele-accueil-107" in outcome.err
    assert own.read_bytes() == before


def test_the_list_for_people_has_its_own_columns(own: Path, ht: Run) -> None:
    assert ht("due", "--limit", "3", "--format", "table").out.count("\n") == 3


def test_doctor_finds_what_fits_the_kind(own: Path, ht: Run) -> None:
    ht("add", "--name", "Ligne Sans Rien", "--kind", "helpline", "--serves", "belgique", "--language", "fr", "--yes")
    line = id_of(own, "Ligne Sans Rien")
    ht(
        "update",
        "realism",
        "--set",
        "description.fr=Il a voulu commettre un suicide.",
        "--set",
        "min_age=20",
        "--set",
        "max_age=23",
        "--yes",
    )
    with sqlite3.connect(own) as connection:  # as an earlier release wrote them; no door takes them today
        connection.execute("UPDATE resource SET hours_osm = 'Mo-Xx 9' WHERE id = 'realism'")
    connection.close()
    found = {(entry["resource"], entry["check"]) for entry in due(ht("doctor", line, "realism", "--json"))}
    assert {(line, "contact"), (line, "phone"), ("realism", "wording"), ("realism", "hours")} <= found
    assert (line, "address") not in found
    assert ht("doctor", line).exit_code == 1
    assert ht("doctor", "tele-accueil-107").exit_code == 0


def test_doctor_explains_each_check_and_mends_only_what_needs_no_knowledge(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "notes=  spaces around  ", "--yes")
    with_spaces = fact(own, "realism")
    outcome = ht("doctor", "realism", "--explain", "--fix")
    assert "wording: " in outcome.err
    after = fact(own, "realism")
    assert {field for field in after if after[field] != with_spaces[field]} <= {"notes", "changed_on"}


@pytest.mark.parametrize(
    "text",
    [
        "He committed suicide.",
        "suicide réussi",
        "Hij pleegde zelfmoord.",
        "Selbstmord begehen",
        "een geslaagde zelfdoding",
        "commettre un suicide",
    ],
)
def test_wording_that_hurts_is_found_in_four_languages(own: Path, ht: Run, text: str) -> None:
    ht("update", "realism", "--set", f"description.en={text}", "--yes")
    assert "wording" in {entry["check"] for entry in due(ht("doctor", "realism", "--json"))}


def test_a_check_without_initials_says_how_to_give_them(own: Path, ht: Run) -> None:
    assert "HT_BY" in ht("verify", "realism", "--how", "phone").err
    assert "HT_BY" not in ht("verify", "awel-102", "--how", "phone", "--by", "AB").err


def test_a_second_check_of_a_day_stands_and_is_taken_back_to_the_first(own: Path, ht: Run) -> None:
    for how, by in (("phone", "AB"), ("site", "AB"), ("site", "CD")):
        assert ht("verify", "realism", "--how", how, "--by", by).exit_code == 0
        record = fact(own, "realism")
        assert (record["checked_on"], record["checked_how"], record["checked_by"]) == (clock.today().isoformat(), how, by)
    for how, by in (("site", "AB"), ("phone", "AB")):
        assert ht("undo", "--last", "1", "--yes").exit_code == 0
        assert (fact(own, "realism")["checked_how"], fact(own, "realism")["checked_by"]) == (how, by)
    assert ht("undo", "--last", "1", "--yes").exit_code == 0
    assert "checked_on" not in fact(own, "realism")


def test_one_that_is_named_is_held_against_all_for_likeness(own: Path, ht: Run) -> None:
    options = ("--kind", "group", "--serves", "namur", "--language", "fr", "--need", "grief", "--yes")
    for _each in range(2):
        ht("add", "--name", "Cercle Neuf", *options, "--force")
    ids = [identifier for identifier, record in facts(own).items() if record["name"] == "Cercle Neuf"]
    assert len(ids) == 2
    for named, other in (ids, ids[::-1]):
        found = [one for one in json.loads(ht("doctor", named, "--json").out) if one["check"] == "duplicate"]
        assert [(one["resource"], other in one["detail"]) for one in found] == [(named, True)]
    both = [one for one in json.loads(ht("doctor", *ids, "--json").out) if one["check"] == "duplicate"]
    assert len(both) == 1
