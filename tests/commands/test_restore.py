"""An earlier state comes back, is shown before, and can be taken back in its turn."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ht_cli import clock
from ht_cli.catalogue.keeping.backups import backups_of
from tests.catalogue.facts import dump, facts
from tests.conftest import Outcome

Run = Callable[..., Outcome]
DAYS = [datetime(2026, 11, day, 9, 30, tzinfo=UTC) for day in (20, 21, 24)]


@pytest.fixture
def states(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, dict[str, object]]]:
    """The facts before each of three acts on three days."""
    found = []
    for number, day in enumerate(DAYS):
        text = day.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        monkeypatch.setattr(clock, "moment", lambda text=text: text)
        found.append(facts(own))
        assert ht("update", "realism", "--set", f"notes=day {number}", "--by", "AB", "--yes").exit_code == 0
    now = (DAYS[-1] + timedelta(hours=3)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    monkeypatch.setattr(clock, "moment", lambda: now)
    return found


def test_the_backups_are_listed_for_people_and_for_programs(states: object, own: Path, ht: Run) -> None:
    lines = ht("restore", "--format", "table").out.splitlines()
    name = "resources.db.backup-2026-11-24-093000Z"
    size = own.with_name(name).stat().st_size / 1e6
    assert " ".join(lines[0].split()) == f"1 2026-11-24 10:30 3 hours ago {size:.1f} MB 1 change since {name}"
    assert "4 days ago" in lines[2]
    assert "3 changes since" in lines[2]
    assert lines[3].startswith("0  ")
    assert "came with ht" in lines[3]
    rows = json.loads(ht("restore", "--json").out)
    assert [row["number"] for row in rows] == [1, 2, 3, 0]
    assert [row["made_at"] for row in rows[:3]] == ["2026-11-24T09:30:00Z", "2026-11-21T09:30:00Z", "2026-11-20T09:30:00Z"]
    assert [row["changes_since"] for row in rows] == [1, 2, 3, 3]
    assert [row["state"] for row in rows] == ["whole", "whole", "whole", "bundled"]
    assert rows[0]["bytes"] == backups_of(own)[0].path.stat().st_size
    assert ht("restore", "--csv").out.startswith("number,made_at,bytes,changes_since,state,name\n1,")


@pytest.mark.parametrize(
    ("which", "place"),
    [("1", 2), ("3", 0), ("2026-11-21", 1), ("2026-11-20 10", 0), ("2026-11-20T10:30", 0), ("resources.db.backup-2026-11-24-093000Z", 2)],
)
def test_one_is_named_by_number_day_moment_or_name(
    states: list[dict[str, dict[str, object]]], own: Path, ht: Run, which: str, place: int
) -> None:
    assert ht("restore", which, "--yes").exit_code == 0
    assert facts(own) == states[place]


def test_what_would_be_lost_is_shown_and_a_dry_run_changes_nothing(states: object, own: Path, ht: Run) -> None:
    before = own.read_bytes()
    outcome = ht("restore", "2", "--dry-run")
    assert "realism\n" in outcome.out
    assert "- day 2" in outcome.out
    assert "+ day 0" in outcome.out
    assert "2 changes made since would be lost." in outcome.err
    assert own.read_bytes() == before
    assert len(backups_of(own)) == 3


def test_it_is_taken_back_by_itself(states: list[dict[str, dict[str, object]]], own: Path, ht: Run) -> None:
    now = dump(own)
    outcome = ht("restore", "3", "--yes")
    assert facts(own) == states[0]
    assert "To take it back: ht restore 1" in outcome.err
    again = ht("restore", "1", "--yes")
    assert "3 changes that are lost now would come back." in again.err
    assert dump(own) == now


def test_without_a_terminal_it_wants_yes(states: object, own: Path, ht: Run) -> None:
    before = own.read_bytes()
    outcome = ht("restore", "1")
    assert (outcome.exit_code, "--yes" in outcome.err) == (2, True)
    assert own.read_bytes() == before


@pytest.mark.parametrize(("typed", "done"), [("y", True), ("Yes", True), ("", False), ("n", False), ("q", False)])
def test_on_a_terminal_only_a_typed_yes_is_one(
    states: object, own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch, typed: str, done: bool
) -> None:
    for module in ("commands.restore", "output.changes"):
        monkeypatch.setattr(f"ht_cli.{module}.interactive", lambda: True)
    monkeypatch.setattr("ht_cli.output.changes.answer", lambda _question: typed)
    before = own.read_bytes()
    assert ht("restore", "1").exit_code == 0
    assert (own.read_bytes() != before) == done


@pytest.mark.parametrize("which", ["9", "2026-11-22", "2027-13-40", "no-such-file"])
def test_what_is_not_there_is_said_with_the_way_to_see_what_is(states: object, ht: Run, which: str) -> None:
    outcome = ht("restore", which, "--yes")
    assert (outcome.exit_code, "ht restore" in outcome.err) == (1, True)


def test_a_damaged_backup_is_listed_as_such_and_refused_also_by_a_dry_run(states: object, own: Path, ht: Run) -> None:
    backup = backups_of(own)[0].path
    content = bytearray(backup.read_bytes())
    content[5_000_000] ^= 255
    backup.write_bytes(content)
    before = own.read_bytes()
    assert json.loads(ht("restore", "--json").out)[0]["state"] == "damaged"
    for options in (("--dry-run",), ("--yes",)):
        outcome = ht("restore", "1", *options)
        assert (outcome.exit_code, "choose another one: ht restore" in outcome.err) == (5, True)
    assert own.read_bytes() == before
    assert ht("restore", "2", "--yes").exit_code == 0


def test_a_damaged_catalogue_is_set_aside_and_is_no_backup(states: list[dict[str, dict[str, object]]], own: Path, ht: Run) -> None:
    content = bytearray(own.read_bytes())
    content[5_000_000] ^= 255
    own.write_bytes(content)
    assert "cannot be read" in ht("restore").err
    outcome = ht("restore", "1", "--yes")
    assert outcome.exit_code == 0
    assert "resources.db.damaged" in outcome.err
    assert facts(own) == states[2]
    assert own.with_name("resources.db.damaged").read_bytes() == content
    assert len(json.loads(ht("restore", "--json").out)) == 4


def test_what_a_killed_process_left_of_a_change_is_not_played_into_what_is_put_in_place(states: object, own: Path, ht: Run) -> None:
    own.with_name("resources.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    own.write_bytes(b"no pages")
    assert ht("restore", "1", "--yes").exit_code == 0
    assert ht("info", "--check").exit_code == 0
    assert not own.with_name("resources.db-journal").exists()


def test_a_copy_that_was_written_elsewhere_is_brought_back_by_its_path(own: Path, ht: Run, tmp_path: Path) -> None:
    before = facts(own)
    copy = tmp_path / "monday.db"
    ht("info", "--backup", str(copy))
    ht("update", "realism", "--set", "notes=later", "--yes")
    assert ht("restore", str(copy), "--yes").exit_code == 0
    assert facts(own) == before
    assert copy.is_file()


def test_a_named_catalogue_is_brought_back_beside_itself(own: Path, ht: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copyfile(own, other)
    before = facts(other)
    ht("update", "realism", "--set", "notes=later", "--catalogue", str(other), "--yes")
    outcome = ht("--catalogue", str(other), "restore", "1", "--yes")
    assert f"ht restore 1 --catalogue {other}" in outcome.err
    assert facts(other) == before
