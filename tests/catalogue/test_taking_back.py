"""What is taken back leaves what would stand if it had never been written: facts, checks, and what others said meanwhile."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import read_changes, undone
from ht_cli.catalogue.keeping.verifying import verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.merging import conflicts, take_back
from tests.catalogue.facts import dump, fact, faults_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]
Do = Callable[..., str]
HOUSE = "agapei-groepen"  # it says no hours and no e-mail address, and nobody has checked it


@pytest.fixture
def do(own: Path, ht: Run) -> Do:
    """Do something, and give the name of the change."""

    def done(*words: str) -> str:
        outcome = ht(*words, "--by", "AB", *(() if words[0] == "verify" else ("--yes",)))
        assert outcome.exit_code == 0, outcome
        return str(json.loads(ht("history", "--limit", "1", "--format", "json").out)[0]["change"])

    return done


@pytest.fixture
def colleague(own: Path, tmp_path: Path) -> Path:
    path = tmp_path / "colleague.db"
    shutil.copyfile(own, path)
    return path


def colleague_says(path: Path, **values: Any) -> None:
    with open_for_writing(str(path)) as connection:
        Editor(connection).change(HOUSE, lambda record: record | values, Occasion("update", "CD"))


def take_all_back(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        standing = [change for change in read_changes(connection) if change.action != "undo" and not undone(connection, change)]
    with open_for_writing(str(path)) as connection:
        take_back(connection, standing)
    assert faults_of(path) == []


def singly_checked(path: Path) -> list[str]:
    return [check["field"] for check in fact(path, HOUSE).get("fact_checks", ())]


def test_an_older_word_comes_again_with_no_check_of_the_later_one_and_nothing_is_left_of_all(own: Path, do: Do) -> None:
    first = dump(own)
    do("update", HOUSE, "--set", "email=a@b.be", "--set", "notes=one")
    later = do("update", HOUSE, "--set", "email=c@d.be")
    last = do("update", HOUSE, "--set", "email=a@b.be", "--set", "notes=two")
    do("undo", last)
    do("verify", HOUSE, "--how", "phone")
    do("undo", later)
    record = fact(own, HOUSE)
    assert (record["email"], record["notes"]) == ("a@b.be", "one")
    assert "checked_on" not in record
    assert "email" not in singly_checked(own)
    assert {"name", "kind", "languages"} <= set(singly_checked(own))
    take_all_back(own)
    assert dump(own) == first


def test_a_check_of_all_is_taken_back_to_those_of_single_facts_whatever_was_taken_back_between(own: Path, do: Do) -> None:
    first = dump(own)
    change = do("update", HOUSE, "--set", "min_age=17")
    do("undo", do("undo", change))
    do("verify", HOUSE, "--field", "hours", "--how", "phone")
    of_all = do("verify", HOUSE, "--how", "phone")
    do("undo", change)
    do("verify", HOUSE, "--field", "phones", "--how", "site")
    do("undo", of_all)
    assert singly_checked(own) == ["hours", "phones"]
    take_all_back(own)
    assert dump(own) == first


def test_a_check_of_one_fact_is_taken_back_where_another_was_checked_after_it(own: Path, do: Do) -> None:
    of_hours = do("verify", HOUSE, "--field", "hours", "--how", "phone")
    do("verify", HOUSE, "--field", "phones", "--how", "phone")
    do("undo", of_hours)
    assert singly_checked(own) == ["phones"]


def test_a_check_of_all_taken_back_after_an_older_one_of_one_fact_leaves_none(own: Path, do: Do) -> None:
    before = dump(own)
    of_hours = do("verify", HOUSE, "--field", "hours", "--how", "phone")
    of_all = do("verify", HOUSE, "--how", "phone")
    do("undo", of_hours)
    assert fact(own, HOUSE)["checked_by"] == "AB"
    do("undo", of_all)
    assert dump(own) == before


def test_a_check_stands_again_once_what_changed_the_fact_is_taken_back_after_others(own: Path, do: Do) -> None:
    do("verify", HOUSE, "--how", "phone")
    checked = fact(own, HOUSE)
    change = do("update", HOUSE, "--set", "min_age=17")
    do("verify", HOUSE, "--field", "hours", "--how", "site")
    again = do("update", HOUSE, "--set", "cost=free")
    do("undo", change)
    assert set(singly_checked(own)) >= {"name", "kind", "languages"}
    do("undo", again)
    record = fact(own, HOUSE)
    assert (record["checked_on"], record["checked_how"]) == (checked["checked_on"], "phone")
    assert singly_checked(own) == ["hours"]


def test_closing_reopening_and_failed_tries_leave_nothing_in_whatever_order_they_are_taken_back(own: Path, do: Do) -> None:
    first = dump(own)
    closed = do("remove", HOUSE, "--reason", "stopped")
    reopened = do("remove", HOUSE, "--reopen")
    not_closed = do("undo", closed)
    do("undo", reopened)
    assert dump(own) == first
    closed_again = do("remove", HOUSE, "--reason", "moved")
    do("verify", HOUSE, "--failed")
    do("undo", closed_again)
    do("undo", not_closed)
    assert fact(own, HOUSE)["closed_reason"] == "stopped"
    take_all_back(own)
    assert dump(own) == first


def test_what_a_later_change_gave_again_is_not_trampled_on(own: Path, do: Do, ht: Run) -> None:
    first = do("update", HOUSE, "--set", "email=a@b.be")
    do("update", HOUSE, "--set", "email=c@d.be")
    last = do("update", HOUSE, "--set", "email=a@b.be")
    refused = ht("undo", first, "--yes")
    assert refused.exit_code == 2
    assert f"ht undo {last[:8]}" in refused.err
    assert fact(own, HOUSE)["email"] == "a@b.be"


def test_what_was_taken_back_does_not_come_again_with_the_undoing_of_what_followed_it(own: Path, do: Do) -> None:
    before = dump(own)
    first = do("update", HOUSE, "--set", "email=a@b.be", "--set", "notes=one")
    second = do("update", HOUSE, "--set", "email=")
    do("undo", first)
    do("undo", second)
    assert dump(own) == before


def test_what_came_from_a_colleague_is_taken_back_to_ones_own_word(own: Path, colleague: Path, do: Do) -> None:
    do("update", HOUSE, "--set", "email=ours@example.org")
    colleague_says(colleague, email="theirs@example.org")
    do("merge", str(colleague))
    assert fact(own, HOUSE)["email"] == "theirs@example.org"
    with closing(sqlite3.connect(own)) as connection:
        (change,) = (change for change in read_changes(connection) if change.merged)
    with open_for_writing(str(own)) as connection:
        Editor(connection).take_back([change])
    assert fact(own, HOUSE)["email"] == "ours@example.org"


def test_what_one_said_is_taken_back_after_a_merge_that_was_taken_back(own: Path, colleague: Path, do: Do) -> None:
    before = dump(own)
    ours = do("update", HOUSE, "--set", "email=ours@example.org")
    colleague_says(colleague, email="theirs@example.org")
    do("merge", str(colleague))
    do("undo", "--last", "1")
    assert fact(own, HOUSE)["email"] == "ours@example.org"
    do("undo", ours)
    assert dump(own) == before


def test_a_check_that_came_from_a_colleague_is_taken_back_with_the_merge(own: Path, colleague: Path, do: Do) -> None:
    before = dump(own)
    with open_for_writing(str(colleague)) as connection:
        Editor(connection).change(HOUSE, lambda record: verified(record, "", "phone", "CD"), Occasion("verify", "CD"))
    do("merge", str(colleague))
    assert fact(own, HOUSE)["checked_by"] == "CD"
    do("undo", "--last", "1")
    assert dump(own) == before


def test_what_a_colleague_took_back_and_remarked_goes_with_the_merge_that_brought_it(own: Path, colleague: Path, do: Do, ht: Run) -> None:
    colleague_says(colleague, email="theirs@example.org")
    do("merge", str(colleague))
    before = dump(own)
    with open_for_writing(str(colleague)) as connection:
        Editor(connection).take_back(read_changes(connection))
    colleague_says(colleague, notes="n")
    assert ht("report", HOUSE, "nobody answers", "--catalogue", str(colleague)).exit_code == 0
    do("merge", str(colleague))
    assert "email" not in fact(own, HOUSE)
    do("undo", "--last", "1")
    assert dump(own) == before
    with closing(sqlite3.connect(own)) as connection:
        act = next(change.batch for change in read_changes(connection) if change.batch)
    do("undo", act)
    record = fact(own, HOUSE)
    assert (record.get("email"), record["notes"]) == (None, "n")
    assert faults_of(own) == []


def test_a_word_that_is_set_aside_is_taken_back_while_another_stands(own: Path, colleague: Path, do: Do) -> None:
    colleague_says(colleague, email="theirs@example.org")
    do("update", HOUSE, "--set", "email=ours@example.org")
    do("merge", str(colleague))
    after = fact(own, HOUSE)
    assert after["email"] == "ours@example.org"
    with closing(sqlite3.connect(own)) as connection:
        (theirs,) = (change for change in read_changes(connection) if change.merged)
    do("undo", do("undo", theirs.merged))
    assert fact(own, HOUSE) == after
    with open_for_writing(str(own)) as connection:
        Editor(connection).take_back([theirs])
        assert conflicts(connection) == []
    assert fact(own, HOUSE) == after
