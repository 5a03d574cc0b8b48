"""Backups: one before each act, dated, whole, kept for the hour, the day, the week and the month; and nothing left lying about."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ht_cli import clock
from ht_cli.catalogue.facts.sealing import damage_of, held_open
from ht_cli.catalogue.keeping.backups import backups_of, keep_state
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.restoring import bring_back
from ht_cli.catalogue.keeping.writing import open_for_writing
from tests.catalogue.children import Child, run_command
from tests.catalogue.facts import dump, fact, facts, faults_of
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock."""

    def hold(moment: datetime) -> None:
        text = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        monkeypatch.setattr(clock, "moment", lambda: text)

    return hold


def change(path: Path, text: str, *, in_bulk: bool = False) -> None:
    with open_for_writing(str(path), in_bulk=in_bulk) as connection:
        Editor(connection).change("realism", lambda record: record | {"notes": text}, Occasion("update"))


def test_what_is_written_within_ten_minutes_is_one_act_with_one_backup_of_before(own: Path, at: Callable[[datetime], None]) -> None:
    before = facts(own)
    for minute in (0, 1, 5, 9):
        at(NOON + timedelta(minutes=minute))
        change(own, f"minute {minute}")
    (backup,) = backups_of(own)
    assert backup.path.name == "resources.db.backup-2026-11-25-120000Z"
    assert backup.at == NOON
    assert facts(backup.path) == before
    at(NOON + timedelta(minutes=10))
    change(own, "another act")
    assert [fact(backup.path, "realism")["notes"] for backup in backups_of(own)] == ["minute 9", before["realism"]["notes"]]


def test_an_import_is_an_act_by_itself_and_makes_one_backup(own: Path, ht: Run, tmp_path: Path, at: Callable[[datetime], None]) -> None:
    (tmp_path / "many.csv").write_text("id,notes\n" + "".join(f"{name},imported\n" for name in list(facts(own))[:30]), "utf-8")
    at(NOON)
    change(own, "before the import")
    before = facts(own)
    at(NOON + timedelta(minutes=2))
    assert ht("import", str(tmp_path / "many.csv"), "--yes").exit_code == 0
    assert len(backups_of(own)) == 2
    assert facts(backups_of(own)[0].path) == before


def test_two_acts_in_one_second_are_two_backups(own: Path, at: Callable[[datetime], None]) -> None:
    at(NOON)
    for text in ("one", "two", "three"):
        change(own, text, in_bulk=True)
    assert [fact(backup.path, "realism").get("notes") for backup in backups_of(own)][:2] == ["two", "one"]


SPANS = {  # how old one is at least, and at most
    timedelta(hours=1): timedelta(hours=2), timedelta(days=1): timedelta(days=2), timedelta(weeks=1): timedelta(weeks=2),
    timedelta(days=28): timedelta(days=62),
}  # fmt: skip


def test_of_acts_every_hour_for_seventy_days_there_is_one_of_each_age_and_eleven_at_most(
    tmp_path: Path, at: Callable[[datetime], None]
) -> None:
    own = tmp_path / "resources.db"
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
    for step in range(70 * 24):
        now = NOON + timedelta(hours=step)
        at(now)
        with held_open(own) as opened:
            keep_state(own, opened.fileno(), in_bulk=True)
        ages = [now - backup.at for backup in backups_of(own)]
        assert ages[0] == timedelta()
        assert len(ages) <= 11
        for least, most in SPANS.items():
            assert now - NOON < least or any(least <= age <= most for age in ages), (now, least, ages)


def test_the_first_acts_of_all_stay_until_there_are_older_ones(own: Path, at: Callable[[datetime], None]) -> None:
    first = facts(own)
    for minute in range(0, 50, 10):
        at(NOON + timedelta(minutes=minute))
        change(own, f"minute {minute}")
    assert facts(backups_of(own)[-1].path) == first


def test_a_backup_of_an_earlier_version_is_found_and_brought_back(own: Path, ht: Run) -> None:
    before = facts(own)
    shutil.copyfile(own, own.with_name("resources.db.backup-2"))
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(own.with_name("resources.db.backup-2"), (long_ago, long_ago))
    change(own, "later")
    assert "resources.db.backup-2" in ht("restore", "--format", "table").out
    assert ht("restore", "resources.db.backup-2", "--yes").exit_code == 0
    assert facts(own) == before


def test_a_damaged_catalogue_is_never_backed_up_over_a_good_one(own: Path, ht: Run, at: Callable[[datetime], None]) -> None:
    at(NOON)
    change(own, "good")
    kept = {backup.path: backup.path.read_bytes() for backup in backups_of(own)}
    content = bytearray(own.read_bytes())
    content[len(content) // 2] ^= 1
    own.write_bytes(content)
    at(NOON + timedelta(days=40))
    for arguments in (("update", "realism", "--set", "notes=x"), ("undo", "--last", "1"), ("verify", "realism", "--how", "phone")):
        outcome = ht(*arguments)
        assert (outcome.exit_code, "ht restore" in outcome.err) == (5, True), outcome
    assert {backup.path: backup.path.read_bytes() for backup in backups_of(own)} == kept


def test_a_backup_that_cannot_be_written_lets_no_older_one_go_and_nothing_is_changed(
    own: Path, ht: Run, at: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    at(NOON)
    change(own, "one")
    before, kept = own.read_bytes(), [backup.path for backup in backups_of(own)]
    at(NOON + timedelta(days=40))
    monkeypatch.setattr("ht_cli.catalogue.keeping.backups.damage_of", lambda _path: "bad disk")
    outcome = ht("update", "realism", "--set", "notes=two", "--yes")
    assert (outcome.exit_code, "bad disk" in outcome.err) == (5, True)
    assert own.read_bytes() == before
    assert [backup.path for backup in backups_of(own)] == kept
    assert sorted(path.name for path in own.parent.iterdir()) == sorted([own.name, *(path.name for path in kept)])


ENDED = subprocess.Popen([sys.executable, "-c", "pass"])
ENDED.wait()


def test_what_killed_processes_left_is_cleared_by_the_next_write_and_what_a_living_one_makes_is_not(own: Path) -> None:
    folder = own.parent
    nobodys = [f".resources.db.{ENDED.pid}", f".resources.db.{ENDED.pid}-journal", ".resources.db.backup-1.new"]
    somebodys = [f".resources.db.{os.getppid()}", ".resources.db.notes", f".other.db.{ENDED.pid}"]
    for name in (*nobodys, *somebodys):
        (folder / name).write_bytes(b"half a copy")
    change(own, "the next write")
    left = {path.name for path in folder.iterdir()}
    assert left.isdisjoint(nobodys)
    assert left >= set(somebodys)


def test_kills_in_the_middle_of_writes_leave_the_facts_whole_and_nothing_lying_about(own: Path, few: Path) -> None:
    """Each write is made an act, so that many are killed in the middle of a backup."""
    shutil.copyfile(few, own)
    chance = random.Random(40)
    said = r"written (\d+)"
    acknowledged: set[str] = set()
    for attempt in range(40):
        child = Child(lambda attempt=attempt: write_on(own, attempt))  # type: ignore[misc]
        child.hear(chance.choice((0, 1, 2, 3)), said)
        time.sleep(chance.uniform(0.0, 0.04))
        acknowledged |= set(re.findall(said, child.kill().said))
        with closing(sqlite3.connect(own)) as connection:
            kept = {after.strip('"') for (after,) in connection.execute("SELECT after FROM change_field WHERE field = 'notes'")}
        assert acknowledged <= kept
        assert faults_of(own, deep=False) == []
    assert len(acknowledged) > 20
    change(own, "the next write")
    names = [path.name for path in own.parent.iterdir()]
    assert [name for name in names if not re.fullmatch(r"resources\.db(\.backup-[0-9-]{17}Z)?", name)] == []
    assert [damage_of(backup.path) for backup in backups_of(own)] == [""] * len(backups_of(own))


def write_on(path: Path, seed: int) -> int:
    """Write and say so, again and again."""
    for number in range(100):
        change(path, str(1000 * seed + number), in_bulk=True)
        print(f"written {1000 * seed + number}", flush=True)
    return 0


@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_that_is_killed_has_happened_or_has_not(own: Path, slim: Path, damaged: bool) -> None:
    shutil.copyfile(slim, own)
    then = facts(own)
    change(own, "later")
    now, good = facts(own), own.read_bytes()
    (backup,) = backups_of(own)
    kept = own.with_name("kept.db")
    shutil.copyfile(backup.path, kept)
    chance = random.Random(5)
    ends = set()
    for _attempt in range(10):
        own.write_bytes(good)
        if damaged:
            with own.open("rb+") as file:
                file.seek(len(good) // 2)
                file.write(b"\x00" * 3000)
        child = Child(lambda: run_command("restore", str(kept), "--yes"))
        child.hear(1, "later")
        time.sleep(chance.uniform(0.0, 0.12))
        child.kill()
        if damaged and b"\x00" * 3000 in own.read_bytes():
            ends.add("before")
            continue
        found = facts(own)
        assert found in (then, now)
        ends.add("after" if found == then else "before")
        assert damage_of(own) == ""
    bring_back(kept)
    assert facts(own) == then
    change(own, "the next write")
    assert [path.name for path in own.parent.iterdir() if path.name.startswith(".")] == []


def test_a_restore_waits_for_who_writes_and_keeps_what_was_written(own: Path, slim: Path) -> None:
    shutil.copyfile(slim, own)
    first = dump(own)
    change(own, "kept in the backup")
    kept = backups_of(own)[0].path

    def write_slowly() -> int:
        with open_for_writing() as connection:
            Editor(connection).change("realism", lambda record: record | {"email": "slow@example.org"}, Occasion("update"))
            print("writing", flush=True)
            time.sleep(0.5)
        return 0

    child = Child(write_slowly)
    child.hear(1, "writing")
    before = bring_back(kept)
    assert child.end().exit_code == 0
    assert dump(own) == first
    assert before is not None
    assert fact(before, "realism")["email"] == "slow@example.org"


def test_the_bundled_catalogue_is_never_restored_over(ht: Run) -> None:
    before = BUNDLED.read_bytes()
    assert ht("restore", "0", "--yes").exit_code == 5
    assert BUNDLED.read_bytes() == before
