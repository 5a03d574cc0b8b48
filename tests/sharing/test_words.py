"""Remarks, proposals, who calls whom: they change no fact, travel with a sync, and stand on top of what is due."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.keeping import remarks
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_record
from ht_cli.catalogue.keeping.remarks import open_proposals, skip
from ht_cli.catalogue.keeping.writing import open_for_writing
from tests.catalogue.facts import fact, facts
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def due(ht: Run, *options: str) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = json.loads(ht("due", "--limit", "1000", "--json", *options).out)
    return listed


def test_a_remark_changes_no_fact_and_puts_the_resource_on_top(own: Path, ht: Run) -> None:
    before = facts(own)
    outcome = ht("report", "realism", "nobody answers since June", "--field", "phone", "--by", "SW")
    assert outcome.exit_code == 0
    assert "nobody answers since June" in outcome.out
    assert facts(own) == before
    first = due(ht)[0]
    assert (first["id"], first["remarks"]) == ("realism", "phones: nobody answers since June")
    assert "reported" in first["reasons"]
    assert "nobody answers since June" in ht("due", "--limit", "1").out


def test_a_remark_is_dealt_with_by_a_check_or_by_an_answer(own: Path, ht: Run) -> None:
    ht("report", "realism", "moved")
    ht("report", "similes-vlaanderen", "number is wrong")
    ht("verify", "realism", "--how", "phone")
    (waiting,) = json.loads(ht("report", "--json").out)
    assert waiting["resource"] == "similes-vlaanderen"
    assert ht("report", "--done", waiting["change"]).exit_code == 0
    assert ht("report").exit_code == 1


def test_a_remark_on_a_fact_waits_until_that_fact_is_checked(own: Path, ht: Run) -> None:
    ht("report", "realism", "nobody answers since June", "--field", "phone")
    ht("verify", "realism", "--field", "email", "--how", "site")
    assert due(ht)[0]["id"] == "realism"
    ht("verify", "realism", "--field", "phone", "--how", "phone")
    assert ht("report").exit_code == 1


def test_a_remark_on_a_fact_is_dealt_with_by_a_check_of_the_whole(own: Path, ht: Run) -> None:
    ht("report", "realism", "nobody answers since June", "--field", "phone")
    ht("verify", "realism", "--how", "phone")
    assert ht("report").exit_code == 1


def test_an_empty_remark_and_an_unknown_resource_are_refused(own: Path, ht: Run) -> None:
    assert ht("report", "realism").exit_code == 2
    assert ht("report", "no-such-house-at-all", "closed").exit_code in (1, 3)


def test_a_proposal_waits_for_a_keepers_yes(own: Path, ht: Run) -> None:
    assert ht("update", "realism", "--set", "email=new@example.org", "--propose", "--by", "SW", "--yes").exit_code == 0
    assert "email" not in fact(own, "realism")
    (waiting,) = json.loads(ht("report", "--json").out)
    assert (waiting["kind"], waiting["resource"], waiting["who"]) == ("proposal", "realism", "SW")
    assert ht("report", "--accept", waiting["change"], "--by", "AB", "--yes").exit_code == 0
    assert fact(own, "realism")["email"] == "new@example.org"
    with open_catalogue(str(own)) as connection:
        assert open_proposals(connection) == []


def test_what_somebody_took_is_theirs_for_two_weeks(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = {entry["id"] for entry in due(ht, "--take", "3", "--by", "AB")}
    assert len(taken) == 3
    assert {entry["id"] for entry in due(ht, "--mine", "--by", "AB")} == taken
    others = {entry["id"] for entry in due(ht, "--take", "3", "--by", "CD")}
    assert not others & taken
    one = min(taken)
    ht("verify", one, "--how", "phone")
    assert {entry["id"] for entry in due(ht, "--mine", "--by", "AB")} == taken - {one}
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: date.fromordinal(today.toordinal() + 15))
    assert ht("due", "--mine", "--by", "AB").exit_code == 1


def test_who_takes_some_is_told_that_they_are_theirs_and_lists_no_others_at_once(own: Path, ht: Run) -> None:
    taken = due(ht, "--take", "2", "--by", "AB")
    assert [entry["claimed_by"] for entry in taken] == ["AB", "AB"]
    assert taken == due(ht, "--mine", "--by", "AB")
    refused = ht("due", "--take", "2", "--mine")
    assert refused.exit_code == 2
    assert "--mine" in refused.err


def test_what_was_not_reached_stands_behind_for_a_week(own: Path, ht: Run) -> None:
    first, second = (entry["id"] for entry in due(ht)[:2])
    ht("verify", first, "--failed")
    assert due(ht)[0]["id"] == second
    assert first in {entry["id"] for entry in due(ht)}


def test_words_travel_with_a_sync(own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shared").mkdir()
    other = tmp_path / "other.db"
    other.write_bytes(own.read_bytes())
    ht("report", "realism", "nobody answers since June", "--by", "SW")
    ht("sync", str(tmp_path / "shared"))
    monkeypatch.setenv("HT_CATALOGUE", str(other))
    ht("sync", str(tmp_path / "shared"))
    assert due(ht)[0]["remarks"] == "nobody answers since June"


def propose(ht: Run, own: Path) -> None:
    ht("update", "realism", "--set", "notes=x", "--propose", "--yes")


def refuse(ht: Run, own: Path) -> None:
    propose(ht, own)
    ht("report", "--done", json.loads(ht("report", "--json").out)[0]["change"])


SAID = {
    "report": lambda ht, own: ht("report", "realism", "is this their site?"),
    "claim": lambda ht, own: ht("due", "--take", "1000", "--by", "AB"),
    "skip": lambda ht, own: put_off(own),
    "propose": propose,
    "answer": refuse,
}


def put_off(own: Path) -> None:
    with open_for_writing(str(own)) as connection:
        skip(connection, "realism", "AB")


@pytest.mark.parametrize("word", SAID)
def test_a_word_makes_nobody_forget_what_they_had_written(own: Path, ht: Run, word: str) -> None:
    ht("update", "realism", "--set", "url=https://c.example/", "--yes")
    SAID[word](ht, own)
    assert ht("verify", "realism", "--field", "url", "--how", "phone").exit_code == 0
    record = fact(own, "realism")
    assert (record["url"], [one["field"] for one in record["fact_checks"]]) == ("https://c.example/", ["url"])
    SAID[word](ht, own)
    ht("update", "realism", "--set", "url=https://b.example/", "--yes")
    assert fact(own, "realism")["url"] == "https://b.example/"
    assert ht("conflicts").exit_code == 1


def test_what_was_accepted_is_what_stands(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "url=https://c.example/", "--yes")
    ht("verify", "realism", "--field", "url", "--how", "phone")
    ht("update", "realism", "--set", "url=https://b.example/", "--propose", "--yes")
    ht("report", "--accept", json.loads(ht("report", "--json").out)[0]["change"], "--yes")
    assert fact(own, "realism")["url"] == "https://b.example/"


def proposal(ht: Run, *assignments: str) -> str:
    ht("update", "realism", *(part for one in assignments for part in ("--set", one)), "--propose", "--yes")
    return str(json.loads(ht("report", "--json").out)[0]["change"])


def test_what_would_overwrite_a_newer_or_confirmed_fact_is_shown_as_it_stands_and_needs_a_yes(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "url=https://a.example/", "--yes")
    change = proposal(ht, "url=https://b.example/")
    ht("update", "realism", "--set", "url=https://c.example/", "--yes")
    ht("verify", "realism", "--field", "url", "--how", "phone")
    refused = ht("report", "--accept", change)
    assert refused.exit_code == 2
    assert "--yes" in refused.err
    assert "- https://c.example/" in refused.out
    assert "https://a.example/" not in refused.out
    assert "url was changed after this was proposed" in refused.err
    assert "url was confirmed on" in refused.err
    assert fact(own, "realism")["url"] == "https://c.example/"
    assert ht("report", "--accept", change, "--yes").exit_code == 0
    record = fact(own, "realism")
    assert record["url"] == "https://b.example/"
    assert "fact_checks" not in record


@pytest.mark.parametrize("again", ["--accept", "--done"])
def test_what_was_answered_is_not_answered_again(own: Path, ht: Run, again: str) -> None:
    change = proposal(ht, "email=new@example.org")
    ht("report", "--accept", change, "--yes")
    ht("update", "realism", "--set", "email=newer@example.org", "--yes")
    refused = ht("report", again, change, "--yes")
    assert refused.exit_code == 2
    assert "ht history realism" in refused.err
    assert fact(own, "realism")["email"] == "newer@example.org"


def test_what_was_proposed_of_a_list_leaves_what_others_added_meanwhile(own: Path, ht: Run) -> None:
    ht("update", "realism", "--add-need", "sleep", "--propose", "--yes")
    change = json.loads(ht("report", "--json").out)[0]["change"]
    ht("update", "realism", "--add-need", "grief", "--yes")
    assert ht("report", "--accept", change).exit_code == 0  # it takes nothing away
    assert {"sleep", "grief"} <= {*fact(own, "realism")["needs"]}


def test_a_proposal_that_is_true_already_is_answered_and_said_to_change_nothing(own: Path, ht: Run) -> None:
    change = proposal(ht, "email=new@example.org")
    ht("update", "realism", "--set", "email=new@example.org", "--yes")
    outcome = ht("report", "--accept", change)
    assert outcome.exit_code == 0
    assert "nothing to change" in outcome.err
    assert ht("report").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("report", "realism", "{}"),
        ("update", "realism", "--set", "url=https://a.be", "--reason", "{}"),
        ("report", "realism", "x", "--by", "{}"),
    ],
)
def test_nothing_is_written_that_others_would_not_take_in(own: Path, ht: Run, words: tuple[str, ...]) -> None:
    """It would keep away from everybody what was sent with it."""
    before = own.read_bytes()
    outcome = ht(*(word.format("a" * 10_001) for word in words), *(["--yes"] if words[0] == "update" else []))
    assert outcome.exit_code == 4
    assert "is longer than 10000 characters" in outcome.err
    assert own.read_bytes() == before


def test_what_one_change_may_say_is_what_others_take_in(own: Path, ht: Run, tmp_path: Path) -> None:
    sources = [{"url": f"https://example.org/{number}/{'a' * 500}"} for number in range(2_500)]
    (tmp_path / "rows.json").write_text(json.dumps([{"id": "realism", "sources": sources}]), "utf-8")
    outcome = ht("import", str(tmp_path / "rows.json"), "--yes")
    assert outcome.exit_code == 4
    assert "change it in several steps" in outcome.err


@pytest.mark.parametrize("form", ["table", "tsv", "json"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("email=new@example.org", "email: {email} → new@example.org"),
        ("phone=081 22 33 44", "→ +3281223344"),
        ("hours.nl=op afspraak", "hours.nl: "),
    ],
)
def test_a_proposal_is_listed_with_what_it_proposes(own: Path, ht: Run, typed: str, said: str, form: str) -> None:
    email = fact(own, "realism").get("email") or "–"
    proposed = ht("update", "realism", "--set", typed, "--propose", "--yes")
    assert proposed.exit_code == 0, proposed.err
    listed = " ".join(ht("report", "--format", form).out.split())
    assert said.format(email=email) in listed


def test_the_secret_street_of_a_proposal_is_not_listed(own: Path, ht: Run) -> None:
    address = {"street": "Rue Cachee 9", "postcode": "5000", "locality": "Namur", "nis": "92094", "confidential": True}
    with open_for_writing(str(own)) as connection:
        Editor(connection).change("realism", lambda record: record | {"addresses": [address]}, Occasion("update", "AB"))
    with open_for_writing(str(own)) as connection:
        assert remarks.propose(
            connection, "realism", read_record(connection, "realism") | {"addresses": [address | {"street": "Rue Secrete 5"}]}
        )
    listed = ht("report").out + ht("report", "--json").out
    assert "addresses: " in listed
    assert "Secrete" not in listed
    assert "Cachee" not in listed
