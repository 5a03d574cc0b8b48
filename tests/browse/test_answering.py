"""Answers come in order, the newest question first of all, and are those of `ht find`."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from ht_cli import clock
from ht_cli.browse import answering
from ht_cli.browse.answering import Answering, Reply, reply_to
from ht_cli.browse.question import MOST, Filters, Question
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.wording import Words
from tests.conftest import Outcome

Run = Callable[..., Outcome]
PATIENCE = 30  # seconds
NONE = Filters()


@pytest.fixture
def told() -> "Queue[Reply]":
    return Queue()


@pytest.fixture
def thread(told: "Queue[Reply]") -> Iterator[Answering]:
    working = Answering(told.put)
    working.start()
    yield working
    working.close()


def answered(text: str, lexicon: Lexicon, filters: Filters = NONE) -> Reply:
    return reply_to(Question(text, filters), 1, lexicon, Words())


@pytest.mark.parametrize("text", ["burnout namur", "groep rouw gent", "mijn zoon drinkt te veel antwerpen", "realism"])
def test_the_results_are_those_of_find(text: str, lexicon: Lexicon, ht: Run) -> None:
    found = json.loads(ht("find", *text.split(), "--limit", str(MOST), "--json").out)
    assert [hit.resource.id for hit in answered(text, lexicon).hits] == [resource["id"] for resource in found]


def test_filters_narrow_as_the_options_of_find_do(lexicon: Lexicon, ht: Run) -> None:
    found = json.loads(ht("find", "angst", "gent", "--online", "--language", "nl", "--limit", str(MOST), "--json").out)
    filters = Filters(online=True, language="nl")
    assert [hit.resource.id for hit in answered("angst gent", lexicon, filters).hits] == [resource["id"] for resource in found]


def test_open_now_leaves_out_what_is_closed_and_counts_it(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 25, 23, 30, tzinfo=clock.BRUSSELS))
    reply = answered("drogues bruxelles", lexicon, Filters(open_now=True))
    assert {hit.openings.best.state for hit in reply.hits if hit.openings} == {"open", "unknown"}
    assert any(remark.endswith("more are closed now.") for remark in reply.remarks)
    assert not any(remark.endswith(":") for remark in reply.remarks), "a heading stands over something"


def test_every_result_says_whether_it_answers_now(lexicon: Lexicon) -> None:
    assert all(hit.openings for hit in answered("burnout namur", lexicon).hits)


def test_words_that_ask_about_an_hour_are_a_search_by_the_hour(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 25, 10, 30, tzinfo=clock.BRUSSELS))
    reply = answered("psy ouvert dimanche soir", lexicon)
    assert reply.wishes.open_at
    assert reply.wishes.open_at.at == datetime(2026, 11, 29, 20, tzinfo=clock.BRUSSELS)
    assert "29 November 2026" in reply.remarks[0]
    assert not any(remark.endswith(":") for remark in reply.remarks)


def test_what_was_understood_heard_and_corrected_is_said(lexicon: Lexicon) -> None:
    assert answered("burnout namu", lexicon).understood == ["Namur · burnout", "namu → Namur"]
    assert "heard: " in answered("je retourne trois fois voir si le gaz est ferme", lexicon).understood[-1]


def test_what_was_understood_is_the_words_and_not_the_filters(lexicon: Lexicon) -> None:
    assert answered("burnout 15 ans", lexicon).understood == ["burnout · age 15"]
    assert answered("burnout", lexicon, Filters(free=True, language="fr", age=15)).understood == ["burnout"]


@pytest.mark.parametrize("text", ["burnout meldert", "wie kan mij helpen", "pouvez-vous m'aider"])
def test_nothing_that_is_said_speaks_of_an_option_that_the_picker_has_not(lexicon: Lexicon, text: str) -> None:
    reply = answered(text, lexicon)
    assert "--" not in " ".join((*reply.understood, *reply.remarks, *reply.problem))


def test_another_place_of_the_same_name_is_chosen_by_the_words_that_are_said(lexicon: Lexicon) -> None:
    (said,) = (line for line in answered("burnout meldert", lexicon).understood if "several places" in line)
    place = said.partition("To choose: ")[2]
    chosen = answered(f"burnout {place}", lexicon)
    assert chosen.place
    assert chosen.place != answered("burnout meldert", lexicon).place


def test_danger_gives_the_lines_that_find_gives(lexicon: Lexicon, ht: Run) -> None:
    said = ht("find", "il", "me", "frappe").err
    reply = answered("il me frappe", lexicon)
    assert reply.danger == "Are you in danger, or somebody else? Call:"
    assert reply.to_call[0][0].startswith("112  ")
    assert len(reply.to_call) > 2
    assert all(fullest in said for fullest, *_fewer_words in reply.to_call)


def test_danger_stands_whatever_the_filters_leave_out(lexicon: Lexicon) -> None:
    narrow = Filters(free=True, online=True, language="de")
    assert answered("il me frappe", lexicon, narrow).to_call == answered("il me frappe", lexicon).to_call


def test_nothing_understood_says_so_and_whom_to_call(lexicon: Lexicon) -> None:
    reply = answered("qsdfqsdf", lexicon)
    assert "nothing understood in “qsdfqsdf”" in reply.problem[0]
    assert "112" in reply.problem[1]
    assert reply.hits == ()


def test_nothing_found_says_what_leaving_out_each_condition_would_give(lexicon: Lexicon) -> None:
    reply = answered("il me frappe", lexicon, Filters(free=True, online=True, language="de"))
    assert reply.problem[0] == "Nothing in the catalogue answers all of this."
    assert any("without the language:" in line for line in reply.problem)


def test_an_empty_line_is_no_question(lexicon: Lexicon) -> None:
    reply = answered("  ", lexicon)
    assert (reply.hits, reply.problem, reply.danger) == ((), (), "")


def test_replies_carry_the_number_of_their_question(thread: Answering, told: "Queue[Reply]") -> None:
    for text in ("burnout", "burnout namur"):
        number = thread.ask(Question(text))
        reply = told.get(timeout=PATIENCE)
        assert (reply.number, reply.question.text) == (number, text)


def test_of_the_questions_that_wait_only_the_newest_is_answered(
    thread: Answering, told: "Queue[Reply]", monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()
    really = answering.reply_to

    def slowly(*arguments: object) -> Reply:
        begun.set()
        assert go_on.wait(PATIENCE)
        return really(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(answering, "reply_to", slowly)
    thread.ask(Question("burn"))
    assert begun.wait(PATIENCE)
    for text in ("burno", "burnou", "burnout"):
        newest = thread.ask(Question(text))
    go_on.set()
    assert [told.get(timeout=PATIENCE).question.text for _reply in range(2)] == ["burn", "burnout"]
    assert newest == 4
    assert told.empty()


def test_a_catalogue_that_was_written_is_read_anew(own: Path, told: "Queue[Reply]") -> None:
    thread = Answering(told.put)
    thread.start()
    thread.ask(Question("realism"))
    assert told.get(timeout=PATIENCE).hits[0].resource.checked_on == ""
    with closing(sqlite3.connect(own)) as connection:
        connection.execute("UPDATE resource SET checked_on = '2026-11-25' WHERE id = 'realism'")
        connection.commit()
    thread.reopen()
    thread.ask(Question("realism"))
    assert told.get(timeout=PATIENCE).hits[0].resource.checked_on == "2026-11-25"
    thread.close()


def test_a_catalogue_that_cannot_be_read_is_said_and_the_thread_goes_on(own: Path, told: "Queue[Reply]") -> None:
    own.write_bytes(b"no catalogue" * 1000)
    thread = Answering(told.put)
    thread.start()
    for text in ("burnout", "burnout namur"):
        thread.ask(Question(text))
        reply = told.get(timeout=PATIENCE)
        assert reply.question.text == text
        assert str(own) in reply.problem[0]
    thread.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_leaves_nobody_with_a_list_that_answers_no_more(
    thread: Answering, told: "Queue[Reply]", monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> Reply:
        raise ZeroDivisionError

    monkeypatch.setattr(answering, "reply_to", broken)
    thread.ask(Question("burnout"))
    reply = told.get(timeout=PATIENCE)
    thread._thread.join(PATIENCE)
    assert (reply.number, reply.problem) == (1, ["The search has stopped; leave with Esc, and use: ht find"])
