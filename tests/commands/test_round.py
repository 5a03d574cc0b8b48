"""The round of `ht due --round`: what was answered is written, and nothing more."""

import io
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.writing import open_for_writing
from tests.catalogue.facts import fact
from tests.conftest import BUNDLED, Outcome, posix
from tests.terminal import spoken_with

Run = Callable[..., Outcome]
Answers = Callable[..., Outcome]
TODAY = clock.today().isoformat()


@pytest.fixture
def go(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Go on a round through helplines and give these answers; what is no text is done."""
    monkeypatch.setattr("ht_cli.commands.due.interactive", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def run(*answers: Any) -> Outcome:
        waiting = iter(answers)

        def answer(_question: str) -> str:
            said = next(waiting, "")
            while callable(said):
                said()
                said = next(waiting, "")
            if isinstance(said, BaseException):
                raise said
            return str(said)

        for asking in ("answer", "key"):
            monkeypatch.setattr(f"ht_cli.commands._round.{asking}", answer)
        return ht("due", "--limit", "1000", "--kind", "helpline", "--round", "--by", "AB")

    return run


def listed(ht: Run, count: int) -> Iterable[str]:
    return [entry["id"] for entry in json.loads(ht("due", "--limit", str(count), "--kind", "helpline", "--json").out)]


def test_all_right_is_one_answer_and_the_way_is_asked_once(own: Path, ht: Run, go: Answers) -> None:
    first, second, third = listed(ht, 3)
    outcome = go("1", "3", "1", "4")
    assert "2 answers are written" in outcome.err
    for identifier in (first, second):
        record = fact(own, identifier)
        assert (record["checked_on"], record["checked_how"], record["checked_by"]) == (TODAY, "site", "AB")
    assert "checked_on" not in fact(own, third)


def test_a_slip_ends_no_round_and_is_asked_again(own: Path, ht: Run, go: Answers) -> None:
    first, second = listed(ht, 2)
    outcome = go("12", "n", "1", "x", "3", "1")
    assert "“12” is none of the answers" in outcome.err
    assert "2 answers are written; go on with: ht due --round" in outcome.err
    assert fact(own, first)["checked_how"] == fact(own, second)["checked_how"] == "site"


def test_whom_to_call_stands_above_the_question_where_the_card_is_longer_than_the_window(
    own: Path, ht: Run, go: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = listed(ht, 1)
    for height, times in (("20", 2), ("200", 1)):
        monkeypatch.setenv("LINES", height)
        assert go("").out.count(f"{fact(own, first)['name']}\n") == times


def test_long_notes_leave_the_window_to_whom_to_call_and_are_shown_when_they_are_asked_for(
    own: Path, ht: Run, go: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = listed(ht, 1)
    notes = " ".join(f"word{number}" for number in range(200))
    assert ht("update", first, "--set", f"notes={notes}", "--yes", "--by", "AB").exit_code == 0
    (first,) = listed(ht, 1)
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("COLUMNS", "80")
    with open_for_writing(str(own)) as connection:
        Editor(connection).change(first, lambda now: now | {"notes": notes}, Occasion("update", "AB"))
    cut = go("")
    shown = cut.out.partition("Notes: ")[2].splitlines()
    assert [line.startswith("  word") for line in shown[:3]] == [False, True, False]
    assert shown[1].endswith(" …")
    assert "word199" not in cut.out
    assert "word199" in go("5", "").out
    monkeypatch.setenv("LINES", "200")
    assert "word199" in go("").out


def test_each_answer_is_written_at_once_and_the_round_can_be_taken_up_again(own: Path, ht: Run, go: Answers) -> None:
    first, second = listed(ht, 2)
    go("3", "2", "1", "3", "3", "1", "1")
    assert fact(own, first)["failed_tries"] == 1
    checks = fact(own, second)["fact_checks"]
    assert len(checks) >= 1
    assert {check["on"] for check in checks} == {TODAY}


def test_going_through_to_the_end_keeps_every_single_check(own: Path, ht: Run, go: Answers) -> None:
    first, *_ = listed(ht, 1)
    known = [field for field in ("phones", "email", "url", "addresses", "hours", "languages", "cost") if field in fact(own, first)]
    asked = [
        field
        for field in ("phones", "email", "url", "addresses", "hours", "languages", "cost")
        if field in known or field in ("phones", "email", "url")
    ]
    go("2", "1", *("1" if field in known else "3" for field in asked))
    assert [check["field"] for check in fact(own, first)["fact_checks"]] == sorted(known)


def test_what_is_skipped_stands_behind_the_others_and_is_no_answer(own: Path, ht: Run, go: Answers) -> None:
    first, second = listed(ht, 2)
    outcome = go("4", "")
    assert "0 answers are written" in outcome.err
    assert next(iter(listed(ht, 1))) == second
    assert first in listed(ht, 1000)
    assert "checked_on" not in fact(own, first)


def test_ctrl_c_keeps_what_was_said(own: Path, ht: Run, go: Answers) -> None:
    first, second = listed(ht, 2)
    outcome = go("1", "1", "2", KeyboardInterrupt())
    assert outcome.exit_code == 0
    assert "1 answer is written" in outcome.err
    assert fact(own, first)["checked_on"] == TODAY
    assert "checked_on" not in fact(own, second)


def test_could_not_reach_twice_on_one_day_is_one_try(own: Path, ht: Run, go: Answers) -> None:
    first, *_ = listed(ht, 1)
    go("3")
    again = go(*["4"] * listed(ht, 1000).index(first), "3")
    assert "one a day counts" in again.err
    assert fact(own, first)["failed_tries"] == 1
    assert fact(own, first).get("status") != "unreachable"


def test_a_catalogue_that_is_replaced_meanwhile_is_noticed(own: Path, ht: Run, go: Answers, tmp_path: Path) -> None:
    def replace() -> None:
        shutil.copyfile(BUNDLED, tmp_path / "other.db")
        (tmp_path / "other.db").replace(own)

    outcome = go("1", "1", replace, "1")
    assert outcome.exit_code == 5
    assert "ht due --round" in outcome.err
    with open_catalogue(str(own)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM change").fetchone() == (0,)


def test_what_somebody_changed_meanwhile_is_not_confirmed(own: Path, ht: Run, go: Answers) -> None:
    first, *_ = listed(ht, 1)

    def change() -> None:
        with open_for_writing() as connection:
            Editor(connection).change(first, lambda record: record | {"email": "new@example.org"}, Occasion("update"))

    outcome = go(change, "1", "1")
    assert "was changed meanwhile" in outcome.err
    assert "checked_on" not in fact(own, first)


@posix
def test_one_key_answers_on_a_terminal_and_an_enter_behind_it_answers_nothing_more(own: Path, ht: Run) -> None:
    first, second = listed(ht, 2)
    command = ("due", "--limit", "1000", "--kind", "helpline", "--round", "--by", "AB")
    said = spoken_with(*command, keys=["1", "3", "\x1b[B1\r", "4"])
    assert "2 answers are written" in said
    for identifier in (first, second):
        assert fact(own, identifier)["checked_how"] == "site"


@posix
def test_a_screen_reader_is_asked_line_by_line(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HT_ACCESSIBLE", "1")
    (first,) = listed(ht, 1)
    said = spoken_with("due", "--limit", "1000", "--kind", "helpline", "--round", "--by", "AB", lines=["1", "3"])
    assert "1 answer is written" in said
    assert fact(own, first)["checked_how"] == "site"


ROUND = ("due", "--limit", "1000", "--kind", "helpline", "--round", "--by", "AB")


@posix
@pytest.mark.parametrize(("accessible", "ahead"), [("", "1311111"), ("1", "1\n3\n1\n1\n1\n")])
def test_what_is_typed_before_the_question_stands_on_the_screen_confirms_nothing(
    own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch, accessible: str, ahead: str
) -> None:
    first, second = listed(ht, 2)
    monkeypatch.setenv("HT_ACCESSIBLE", accessible)
    assert "0 answers are written" in spoken_with(*ROUND, ahead=ahead)
    assert not any("checked_on" in fact(own, identifier) for identifier in (first, second))


@posix
def test_keys_that_come_at_once_answer_one_question(own: Path, ht: Run) -> None:
    first, second, third = listed(ht, 3)
    assert "2 answers are written" in spoken_with(*ROUND, keys=["1", "1111", "111"])
    assert fact(own, first)["checked_how"] == fact(own, second)["checked_how"] == "phone"
    assert "checked_on" not in fact(own, third)


@posix
def test_a_key_that_is_held_down_confirms_one_and_no_more(own: Path, ht: Run) -> None:
    first, second = listed(ht, 2)
    assert "1 answer is written" in spoken_with(*ROUND, keys=["1", "3"], held="1")
    assert fact(own, first)["checked_on"] == TODAY
    assert "checked_on" not in fact(own, second)
