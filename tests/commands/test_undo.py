import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli import clock
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import read_changes, read_changes_named, read_changes_of, undone
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.errors import UsageError
from tests.catalogue.facts import dump, fact, faults_of, id_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def short(outcome: Outcome) -> str:
    return outcome.out.rstrip().rpartition("(")[2].rstrip(")")


def test_a_change_is_taken_back_by_appending_its_inverse(own: Path, ht: Run) -> None:
    before = dump(own)
    change = short(ht("update", "realism", "--set", "hours=9-17", "--yes"))
    assert ht("undo", change, "--yes").exit_code == 0
    assert dump(own) == before
    assert ht("history", "realism", "--json").out.count('"action": "') == 2
    assert ht("undo", change, "--yes").exit_code == 2


def test_it_refuses_naming_the_later_change_where_it_would_trample_on_one(own: Path, ht: Run) -> None:
    first = short(ht("update", "realism", "--set", "hours=one", "--yes"))
    second = short(ht("update", "realism", "--set", "hours=two", "--yes"))
    outcome = ht("undo", first, "--yes")
    assert outcome.exit_code == 2
    assert f"ht undo {second}" in outcome.err
    assert fact(own, "realism")["hours"] == {"en": "two"}


def test_what_was_added_and_taken_back_is_gone_and_comes_again_when_the_undo_is_undone(own: Path, ht: Run) -> None:
    before = dump(own)
    ht("add", "--name", "Kort Bestaan", "--kind", "group", "--serves", "gent", "--language", "nl")
    identifier = id_of(own, "Kort Bestaan")
    undo = short(ht("undo", "--last", "1", "--yes"))
    assert dump(own) == before
    assert ht("show", identifier).exit_code == 1
    ht("undo", undo, "--yes")
    assert fact(own, identifier)["name"] == "Kort Bestaan"
    assert faults_of(own) == []


def test_the_last_so_many_acts_and_everything_since_a_day(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(own)
    monkeypatch.setattr(clock, "moment", lambda: "2026-11-20T10:00:00.000Z")
    ht("update", "realism", "--set", "hours=monday", "--yes")
    kept = dump(own)
    monkeypatch.setattr(clock, "moment", lambda: "2026-11-21T10:00:00.000Z")
    ht("update", "realism", "--set", "hours=tuesday", "--yes")
    ht("update", "similes-vlaanderen", "--set", "hours=tuesday", "--yes")
    ht("undo", "--to", "2026-11-20", "--yes")
    assert dump(own) == kept
    ht("undo", "--last", "1", "--yes")
    assert dump(own) == before
    assert ht("undo", "--last", "1", "--yes").exit_code == 1


def test_the_last_act_may_be_a_word_between_keepers(own: Path, ht: Run) -> None:
    before = dump(own)
    ht("update", "realism", "--set", "hours=monday", "--yes")
    changed = dump(own)
    ht("report", "realism", "nobody answers")
    ht("due", "--take", "3")
    ht("update", "realism", "--set", "email=a@example.org", "--propose", "--yes")
    assert "proposed" in ht("undo", "--last", "1", "--yes").out
    taken = ht("undo", "--last", "1", "--yes")
    assert taken.out.count("taken back") == 3
    assert ht("due", "--mine", "--format", "ids").out == ""
    offered = ht("undo", "--last", "1", "--dry-run")
    assert "- reported: nobody answers" in offered.out
    assert "hours" not in offered.out
    ht("undo", "--last", "1", "--yes")
    assert dump(own) == changed
    ht("undo", "--last", "1", "--yes")
    assert dump(own) == before


def test_an_import_is_one_act(own: Path, ht: Run, tmp_path: Path) -> None:
    before = dump(own)
    (tmp_path / "two.csv").write_text("id,hours\nrealism,9-17\nsimiles-vlaanderen,9-17\n", "utf-8")
    ht("import", str(tmp_path / "two.csv"))
    ht("undo", "--last", "1", "--yes")
    assert dump(own) == before


@pytest.mark.parametrize("arguments", [(), ("--to", "yesterday"), ("zzzz",), ("--last", "1", "--to", "2026-11-20")])
def test_what_is_not_clear_is_not_done(own: Path, ht: Run, arguments: tuple[str, ...]) -> None:
    assert ht("undo", *arguments, "--yes").exit_code in (1, 2)


def test_history_shows_readable_differences(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "hours=9-17", "--by", "AB", "--reason", "they told us", "--yes")
    said = ht("history", "realism", "--format", "records").out
    assert "AB" in said
    assert "they told us" in said
    assert "+ 9-17" in said
    assert ht("history", "similes-vlaanderen").exit_code == 1


def test_a_dry_run_refuses_what_the_real_run_would_refuse(own: Path, ht: Run) -> None:
    first = short(ht("update", "realism", "--set", "notes=one", "--yes"))
    ht("update", "realism", "--set", "notes=two", "--yes")
    before = own.read_bytes()
    rehearsed, real = ht("undo", first, "--dry-run"), ht("undo", first, "--yes")
    assert (rehearsed.exit_code, rehearsed.err) == (real.exit_code, real.err)
    assert rehearsed.exit_code == 2
    assert own.read_bytes() == before


@pytest.fixture
def told(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four changes of two people, on three days and two resources."""
    for moment, who, resource in (
        ("2026-11-20T10:00:00.000Z", "AB", "realism"), ("2026-11-20T23:30:00.000Z", "CD", "realism"),
        ("2026-11-21T12:00:00.000Z", "ab", "similes-vlaanderen"), ("2026-11-24T12:00:00.000Z", "CD", "realism"),
    ):  # fmt: skip
        monkeypatch.setattr(clock, "moment", lambda moment=moment: moment)
        ht("update", resource, "--set", f"notes={moment}", "--by", who, "--yes")
    return own


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (("--by", "AB"), ["21", "20"]),
        (("--since", "2026-11-21"), ["24", "21", "20"]),  # half past eleven at night in UTC is the next day in Belgium
        (("--until", "2026-11-20"), ["20"]),
        (("--since", "2026-11-21", "--until", "2026-11-21"), ["21", "20"]),
        (("--since", "2026-11-21 13:00"), ["24", "21"]),
        (("realism", "--by", "cd", "--since", "2026-11-22"), ["24"]),
        (("realism",), ["24", "20", "20"]),
        (("--by", "AB", "--limit", "1"), ["21"]),
    ],
)
def test_history_by_person_date_and_resource(told: Path, ht: Run, options: tuple[str, ...], days: list[str]) -> None:
    rows = json.loads(ht("history", *options, "--json").out)
    assert [row["at"][8:10] for row in rows] == days


def test_where_no_change_fits_the_options_are_named(told: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = ht("history", "--by", "XY", "--since", "2026-11-01")
    assert (outcome.exit_code, "--by, --since" in outcome.err) == (1, True)
    for option in ("--since", "--until"):
        outcome = ht("history", option, "2026-02-31")
        assert (outcome.exit_code, outcome.err.startswith(f"ht: {option}:")) == (2, True)
    monkeypatch.setenv("HT_BY", "AB")  # who somebody is does not choose what they see
    assert len(json.loads(ht("history", "--json").out)) == 4


def test_checks_are_taken_back_one_after_the_other_and_what_was_confirmed_before_is_so_again(own: Path, ht: Run) -> None:
    """A field that says nothing may be confirmed too ("there are no hours"), and a check of all comes over those of single fields."""
    before = fact(own, "realism")
    assert "hours" not in before
    ht("verify", "realism", "--field", "hours", "--how", "phone", "--by", "AB")
    ht("verify", "realism", "--field", "phones", "--how", "phone", "--by", "AB")
    single = fact(own, "realism")
    ht("verify", "realism", "--how", "phone", "--by", "AB")
    assert "fact_checks" not in fact(own, "realism")
    ht("verify", "realism", "--field", "url", "--how", "phone", "--by", "AB")  # today's check of all says it already
    assert "fact_checks" not in fact(own, "realism")
    assert ht("undo", "--last", "1", "--yes").exit_code == 0
    assert fact(own, "realism")["fact_checks"] == single["fact_checks"]
    assert ht("undo", "--last", "2", "--yes").exit_code == 0
    assert fact(own, "realism") == before


def test_an_entry_of_a_trial_is_never_named(own: Path, ht: Run) -> None:
    change = short(ht("update", "realism", "--set", "email=a@example.org", "--yes"))
    with open_for_writing(str(own)) as connection:
        editor = Editor(connection)
        trial = editor.change("realism", lambda now: now | {"email": "b@example.org"}, Occasion("update"))
        with pytest.raises(UsageError) as refused:
            editor.take_back(read_changes_named(connection, change))
    assert trial is not None
    assert trial.short not in str(refused.value)
    assert "ht history realism" in str(refused.value)


def test_whether_a_change_is_taken_back_is_looked_up_and_not_searched_for(own: Path, ht: Run) -> None:
    """Else taking back many costs as many times what the journal holds."""
    assert ht("update", "realism", "--set", "notes=one", "--yes").exit_code == 0
    with closing(sqlite3.connect(own)) as connection:
        (change,) = read_changes_of(connection, "realism")
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        assert not undone(connection, change)
        read_changes(connection, "merged = ? AND merged <> ''", ("none",))
        connection.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [plan for plan in plans if plan.startswith("SCAN")]


def test_a_check_is_not_taken_out_without_a_yes(own: Path, ht: Run) -> None:
    ht("verify", "realism", "--how", "phone", "--by", "AB")
    refused = ht("undo", "--last", "1")
    assert refused.exit_code == 2
    assert "add --yes" in refused.err
    assert fact(own, "realism")["checked_how"] == "phone"
    assert ht("undo", "--last", "1", "--yes").exit_code == 0
    assert "checked_how" not in fact(own, "realism")


def test_of_what_was_never_changed_it_is_said(own: Path, ht: Run) -> None:
    ht("verify", "realism", "--how", "phone", "--by", "AB")
    assert "similes-vlaanderen was never changed" in ht("history", "similes-vlaanderen").err
    assert "leave out one of: ID, --by" in ht("history", "realism", "--by", "XY").err
