"""Colleagues' catalogues joined: twice, in any order, with conflicts and without."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import read_changes
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.foreign import open_foreign, read_foreign_changes
from ht_cli.catalogue.sharing.merging import conflicts, refresh, take_back_arrival, write_merge
from tests.catalogue.facts import fact, facts, faults_of
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
IDS = ("realism", "similes-vlaanderen", "tele-accueil-107")
FIELDS = ("email", "hours", "notes")


@pytest.fixture
def colleague(tmp_path: Path) -> Path:
    path = tmp_path / "colleague.db"
    shutil.copyfile(BUNDLED, path)
    return path


def say(path: Path, identifier: str, **values: Any) -> None:
    with open_for_writing(str(path)) as connection:
        Editor(connection).change(identifier, lambda record: record | as_said(values), Occasion("update"))


def as_said(values: dict[str, Any]) -> dict[str, Any]:
    """The values as a record holds them: hours in words are said in a language."""
    return {field: {"fr": value} if field == "hours" else value for field, value in values.items()}


def join(path: Path, other: Path) -> None:
    with open_foreign(other) as foreign:
        changes = read_foreign_changes(foreign)
    with open_for_writing(str(path)) as connection:
        refresh(connection, write_merge(connection, changes, "3f2a91c4-0000-4000-8000-000000000000"))


def waiting(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return [(conflict.resource, conflict.field) for conflict in conflicts(connection)]


def test_merges_taken_back_one_after_the_other_leave_nothing_of_any(own: Path, colleague: Path, ht: Run) -> None:
    """What the undoing of the later one says came with the earlier one, and goes with it."""
    first = fact(own, "realism")
    for values in (("g@h.be", "e@f.be"), ("g@h.be",)):
        for email in values:
            say(colleague, "realism", email=email)
        assert ht("merge", str(colleague), "--yes").exit_code == 0
    with closing(sqlite3.connect(own)) as connection:
        acts = list(dict.fromkeys(change.merged for change in read_changes(connection)))
    for act, left in zip(acts, ("e@f.be", first.get("email")), strict=True):
        with open_for_writing(str(own)) as connection:
            take_back_arrival(connection, act)
        assert fact(own, "realism").get("email") == left
    assert faults_of(own) == []


def test_what_only_the_colleague_changed_moves(own: Path, colleague: Path, ht: Run) -> None:
    say(own, "realism", notes="ours")
    say(colleague, "realism", email="new@example.org")
    outcome = ht("merge", str(colleague), "--yes")
    assert outcome.exit_code == 0
    record = fact(own, "realism")
    assert (record["notes"], record["email"]) == ("ours", "new@example.org")
    assert faults_of(own) == []


def test_where_both_changed_the_later_word_stands_and_the_conflict_is_told(own: Path, colleague: Path, ht: Run) -> None:
    say(own, "realism", email="ours@example.org")
    say(colleague, "realism", email="theirs@example.org")
    outcome = ht("merge", str(colleague), "--yes")
    assert fact(own, "realism")["email"] == "theirs@example.org"
    assert "ours@example.org" in outcome.out
    assert waiting(own) == [("realism", "email")]


def test_what_a_person_confirmed_stands_before_what_was_said_later(own: Path, colleague: Path, ht: Run) -> None:
    say(own, "realism", email="ours@example.org")
    ht("verify", "realism", "--field", "email", "--how", "phone", "--by", "AB")
    say(colleague, "realism", email="theirs@example.org")
    ht("merge", str(colleague), "--yes")
    assert fact(own, "realism")["email"] == "ours@example.org"
    assert fact(own, "realism")["fact_checks"][0]["by"] == "AB"
    join(colleague, own)
    assert facts(colleague) == facts(own)


def test_a_conflict_is_settled_later_and_the_colleague_follows(own: Path, colleague: Path, ht: Run) -> None:
    say(own, "realism", email="ours@example.org")
    say(colleague, "realism", email="theirs@example.org")
    ht("merge", str(colleague), "--yes")
    ht("merge", str(colleague), "--ours", "--yes")
    assert waiting(own) == []
    join(colleague, own)
    assert fact(colleague, "realism")["email"] == "ours@example.org"
    assert waiting(colleague) == []


def test_what_a_file_settles_itself_is_not_told_as_waiting(own: Path, colleague: Path, ht: Run) -> None:
    say(own, "realism", email="ours@example.org", notes="ours")
    say(colleague, "realism", email="theirs@example.org", notes="theirs")
    ht("merge", str(colleague), "--yes")
    ht("merge", str(own), "--yes", "--catalogue", str(colleague))
    assert waiting(own) == waiting(colleague) == [("realism", "email"), ("realism", "notes")]
    assert ht("conflicts", "realism", "--field", "email", "--keep", "--catalogue", str(colleague)).exit_code == 0
    brought = ht("merge", str(colleague), "--yes")
    assert "realism, email" not in brought.out
    assert "realism, notes" in brought.out  # that one still waits
    assert waiting(own) == [("realism", "notes")]


def test_theirs_takes_the_colleagues_value_and_undo_gives_ours_back(own: Path, colleague: Path, ht: Run) -> None:
    say(own, "realism", email="ours@example.org")
    say(colleague, "realism", email="theirs@example.org", hours="9-17")
    ht("merge", str(colleague), "--theirs", "--yes")
    assert fact(own, "realism")["email"] == "theirs@example.org"
    ht("undo", "--last", "1", "--yes")
    assert fact(own, "realism")["email"] == "ours@example.org"
    assert "hours" not in fact(own, "realism")
    assert faults_of(own) == []


def test_an_added_resource_comes_over_and_is_found(own: Path, colleague: Path, ht: Run) -> None:
    added = {
        "name": "Cercle des Tilleuls",
        "kind": "group",
        "languages": ["fr"],
        "areas": ["nis:92094"],
        "needs": ["grief"],
        "url": "https://www.example.be",
    }
    with open_for_writing(str(colleague)) as connection:
        Editor(connection).change("cercle-des-tilleuls", lambda _now: added, Occasion("add"))
    ht("merge", str(colleague), "--yes")
    assert ht("find", "cercle des tilleuls", "--format", "ids").out.splitlines()[0] == "cercle-des-tilleuls"


def test_ages_are_one_word_so_that_none_is_joined_of_two(own: Path, colleague: Path, ht: Run) -> None:
    say(own, "similes-vlaanderen", min_age=40)
    say(colleague, "similes-vlaanderen", max_age=20)
    outcome = ht("merge", str(colleague), "--yes")
    assert outcome.exit_code == 0
    assert fact(own, "similes-vlaanderen")["max_age"] == 20
    assert "min_age" not in fact(own, "similes-vlaanderen")
    assert "min_age" in outcome.out
    assert faults_of(own) == []


def test_dry_run_shows_and_writes_nothing(own: Path, colleague: Path, ht: Run) -> None:
    say(colleague, "realism", email="new@example.org")
    before = own.read_bytes()
    assert "new@example.org" in ht("merge", str(colleague), "--dry-run").out
    assert own.read_bytes() == before


EDITS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(IDS), st.sampled_from(FIELDS), st.sampled_from("abc")), max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(edits=EDITS, ours=st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(FIELDS), st.sampled_from("xyz")), max_size=3))
def test_merging_twice_or_in_either_order_ends_in_the_same_catalogue(
    edits: list[tuple[int, str, str, str]], ours: list[tuple[str, str, str]], few: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    colleagues = [folder / f"{number}.db" for number in range(3)]
    one, two = folder / "one.db", folder / "two.db"
    for path in (*colleagues, one):
        shutil.copyfile(few, path)
    for who, identifier, field, value in edits:
        say(colleagues[who], identifier, **{field: f"{value}@example.org"})
    for identifier, field, value in ours:
        say(one, identifier, **{field: f"{value}@example.org"})
    shutil.copyfile(one, two)
    for path, order in ((one, colleagues), (two, colleagues[::-1])):
        for other in order:
            join(path, other)
    assert facts(one) == facts(two)
    said = facts(one)
    for other in colleagues:
        join(one, other)
    assert facts(one) == said
    for other in colleagues:
        join(other, one)
        assert facts(other) == said
    assert faults_of(one, deep=False) == []
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TABLE change_field; CREATE VIEW change_field AS SELECT 1",
        "DROP TABLE phone",
        "UPDATE change SET uuid = 'not one'",
        "UPDATE change SET at = 5",
        "UPDATE change SET resource = '../../etc'",
        "UPDATE change_field SET after = '{broken'",
        "UPDATE change_field SET after = '[[[1]]]'",
        "UPDATE change_field SET field = 'number' WHERE field = 'notes'",
        "UPDATE change_field SET after = '\"' || char(27) || '[31m\"'",
        "PRAGMA user_version = 99",
        "PRAGMA user_version = 0",
    ],
)
def test_a_hostile_catalogue_changes_nothing_and_ends_in_a_sentence(own: Path, colleague: Path, ht: Run, harm: str) -> None:
    say(colleague, "realism", email="new@example.org", notes="x")
    with closing(sqlite3.connect(colleague)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executescript(harm)
    before = facts(own)
    outcome = ht("merge", str(colleague), "--yes")
    assert outcome.exit_code in (0, 4, 5)
    assert facts(own) == before
    assert "\x1b" not in outcome.out + outcome.err
    assert ht("import", str(colleague), "--yes").exit_code in (0, 4, 5)


def test_a_file_that_is_no_catalogue_is_said(own: Path, tmp_path: Path, ht: Run) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear colleague", "utf-8")
    assert ht("merge", str(text)).exit_code == 5
    assert ht("merge", str(tmp_path / "none.db")).exit_code == 5
