from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli import clock
from tests.catalogue.facts import dump, facts, faults_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def short(outcome: Outcome) -> str:
    return outcome.out.rstrip().rpartition("(")[2].rstrip(")")


def test_a_change_is_taken_back_by_appending_its_inverse(own: Path, ht: Run) -> None:
    before = dump(own)
    change = short(ht("update", "realism", "--set", "hours=9-17"))
    assert ht("undo", change).exit_code == 0
    assert dump(own) == before
    assert ht("history", "realism", "--json").out.count('"action": "') == 2
    assert ht("undo", change).exit_code == 2


def test_it_refuses_naming_the_later_change_where_it_would_trample_on_one(own: Path, ht: Run) -> None:
    first = short(ht("update", "realism", "--set", "hours=one"))
    second = short(ht("update", "realism", "--set", "hours=two"))
    outcome = ht("undo", first)
    assert outcome.exit_code == 2
    assert f"ht undo {second}" in outcome.err
    assert facts(own)["realism"]["hours"] == {"en": "two"}


def test_what_was_added_and_taken_back_is_gone_and_comes_again_when_the_undo_is_undone(own: Path, ht: Run) -> None:
    before = dump(own)
    ht("add", "--name", "Kort Bestaan", "--kind", "group", "--serves", "gent", "--language", "nl")
    undo = short(ht("undo", "--last", "1"))
    assert dump(own) == before
    assert ht("show", "kort-bestaan").exit_code == 1
    ht("undo", undo)
    assert facts(own)["kort-bestaan"]["name"] == "Kort Bestaan"
    assert faults_of(own) == []


def test_the_last_so_many_acts_and_everything_since_a_day(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(own)
    monkeypatch.setattr(clock, "moment", lambda: "2026-11-20T10:00:00.000Z")
    ht("update", "realism", "--set", "hours=monday")
    kept = dump(own)
    monkeypatch.setattr(clock, "moment", lambda: "2026-11-21T10:00:00.000Z")
    ht("update", "realism", "--set", "hours=tuesday")
    ht("update", "similes-vlaanderen", "--set", "hours=tuesday")
    ht("undo", "--to", "2026-11-20")
    assert dump(own) == kept
    ht("undo", "--last", "1")
    assert dump(own) == before
    assert ht("undo", "--last", "1").exit_code == 1


def test_an_import_is_one_act(own: Path, ht: Run, tmp_path: Path) -> None:
    before = dump(own)
    (tmp_path / "two.csv").write_text("id,hours\nrealism,9-17\nsimiles-vlaanderen,9-17\n", "utf-8")
    ht("import", str(tmp_path / "two.csv"))
    ht("undo", "--last", "1")
    assert dump(own) == before


@pytest.mark.parametrize("arguments", [(), ("--to", "yesterday"), ("zzzz",), ("--last", "1", "--to", "2026-11-20")])
def test_what_is_not_clear_is_not_done(own: Path, ht: Run, arguments: tuple[str, ...]) -> None:
    assert ht("undo", *arguments).exit_code in (1, 2)


def test_history_shows_readable_differences(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "hours=9-17", "--by", "AB", "--reason", "they told us")
    said = ht("history", "realism", "--format", "records").out
    assert "AB" in said
    assert "they told us" in said
    assert "+ 9-17" in said
    assert ht("history", "similes-vlaanderen").exit_code == 1
