"""A sync is taken back as one act, with every entry of it, and brought again as it was; whoever does it, all end with the same."""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ht_cli import clock
from ht_cli.catalogue.facts.records import Record
from ht_cli.catalogue.keeping import remarks
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.device import device_of
from ht_cli.catalogue.keeping.journal import read_changes, undone
from ht_cli.catalogue.keeping.verifying import failed, verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.merging import take_back, unlike_the_journal
from ht_cli.catalogue.sharing.syncing import sync
from ht_cli.model import Change
from tests.catalogue.facts import fact, facts
from tests.conftest import Outcome
from tests.sharing.test_syncing import check, devices, journal, place, say

__all__ = ["place"]

Run = Callable[..., Outcome]
SEEDS = int(os.environ.get("HT_UNDONE_SYNCS", "3"))  # more of them on a machine that has the time
ACTS = 60
HOUSES = ("realism", "similes-vlaanderen")


def named(path: Path, device: str) -> None:
    """Give a device its name: by it the files of a folder are read in their order."""
    with open_for_writing(str(path)) as connection:
        device_of(connection)
        connection.execute("UPDATE own SET value = ? WHERE key = 'device'", (device,))


def speak(path: Path, identifier: str) -> None:
    with open_for_writing(str(path)) as connection:
        remarks.report(connection, identifier, "nobody answers", who=path.parent.name)
        remarks.claim(connection, identifier, path.parent.name)


def words(path: Path) -> tuple[set[str], set[str], set[str]]:
    """What keepers say to one another here: open remarks, who calls what, and what was put off."""
    with closing(sqlite3.connect(path)) as connection:
        said = remarks.open_reports(connection)
        today = clock.today()
        called, put_off = remarks.read_claims(connection, today), remarks.put_off(connection, today)
        return {one.uuid for ones in said.values() for one in ones}, set(called), set(put_off)


def undated(path: Path) -> dict[str, Record]:
    """The facts, without the day of the last edit: a sync that was taken back leaves its edits in the journal."""
    return {
        identifier: {field: value for field, value in record.items() if field != "changed_on"} for identifier, record in facts(path).items()
    }


def taken_back(path: Path, where: str, *values: Any) -> list[Change]:
    with open_for_writing(str(path)) as connection:
        done, _staying = take_back(connection, read_changes(connection, where, values), "U")
        return done


def two_who_worked(slim: Path, tmp_path: Path, place: Path, names: tuple[str, str] = ("1", "2")) -> tuple[Path, Path, Path]:
    """Two keepers changed and checked one house after the other, one left a remark and took it to call; a third has heard of nothing."""
    anna, bram, newcomer = devices(slim, tmp_path, 3)
    for path, name in zip((anna, bram), names, strict=True):
        named(path, name * 8)
    say(anna, "realism", url="https://c.example.org", phones=[{"number": "+3243421212"}])
    check(anna, "realism", "url")
    speak(anna, "realism")
    sync(str(place), str(anna))
    sync(str(place), str(bram))
    say(bram, "realism", phones=[{"number": "+3243421214"}])
    check(bram, "realism", "phones")
    speak(bram, "similes-vlaanderen")
    sync(str(place), str(bram))
    return anna, bram, newcomer


@pytest.mark.parametrize("names", [("1", "2"), ("2", "1")])
@pytest.mark.parametrize("which", [("--last", "1"), ("--to", "2026-01-01"), ()])
def test_a_sync_is_one_act_whatever_its_devices_are_called(
    slim: Path, tmp_path: Path, place: Path, ht: Run, names: tuple[str, str], which: tuple[str, ...]
) -> None:
    anna, bram, newcomer = two_who_worked(slim, tmp_path, place, names)
    before, nothing = undated(newcomer), words(newcomer)
    act = sync(str(place), str(newcomer)).act
    whole, said = facts(newcomer), words(newcomer)
    asked = ("undo", *(which or (act[:8],)), "--catalogue", str(newcomer))
    plan = ht(*asked, "--dry-run")
    assert plan.exit_code == 0, plan.err
    assert "reported, 0: nobody answers" in plan.out
    assert "taken to call, 1" in plan.out
    assert "fact_checks" in plan.out
    assert ht(*asked, "--yes").exit_code == 0
    assert (undated(newcomer), words(newcomer)) == (before, nothing)
    undo = history(newcomer)[0]
    again = ("undo", undo.short if which else undo.batch[:8], "--catalogue", str(newcomer))  # any entry of it stands for all
    plan = ht(*again, "--dry-run")
    assert "+ reported, 0: nobody answers" in plan.out
    assert "+ taken to call, 1" in plan.out
    assert ht(*again, "--yes").exit_code == 0
    assert (facts(newcomer), words(newcomer)) == (whole, said)
    for path in (newcomer, anna, bram):
        sync(str(place), str(path))
        assert (facts(path), words(path)) == (whole, said)


def history(path: Path) -> list[Change]:
    with closing(sqlite3.connect(path)) as connection:
        return read_changes(connection)


def test_what_came_by_a_sync_goes_for_everybody_checks_and_remarks_with_it(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram, newcomer = two_who_worked(slim, tmp_path, place)
    before, nothing = undated(newcomer), words(newcomer)
    sync(str(place), str(newcomer))
    assert ht("undo", "--last", "1", "--yes", "--catalogue", str(newcomer)).exit_code == 0
    for path in (newcomer, anna, bram):
        sync(str(place), str(path))
        assert undated(path) == before
        assert words(path) == nothing


def test_a_check_alone_that_came_goes_and_comes_again(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    with open_for_writing(str(bram)) as connection:
        Editor(connection).change("realism", lambda record: verified(record, "", "visit", "B"), Occasion("verify"))
    check(bram, "realism", "url")
    before = fact(bram, "realism")
    check(anna, "realism", "name")
    sync(str(place), str(anna))
    act = sync(str(place), str(bram)).act
    whole = fact(bram, "realism")
    assert whole != before
    assert ht("undo", act[:8], "--yes", "--catalogue", str(bram)).exit_code == 0
    assert fact(bram, "realism") == before
    assert ht("undo", history(bram)[0].short, "--yes", "--catalogue", str(bram)).exit_code == 0
    for path in (bram, anna):
        sync(str(place), str(path))
        assert fact(path, "realism") == whole


def test_of_a_sync_of_which_one_entry_was_taken_back_by_name_the_rest_is_taken_back(
    slim: Path, tmp_path: Path, place: Path, ht: Run
) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    before = undated(bram)
    say(anna, "realism", email="anna@example.org")
    say(anna, "similes-vlaanderen", email="anna@example.org")
    sync(str(place), str(anna))
    act = sync(str(place), str(bram)).act
    one = next(change for change in history(bram) if change.resource == "realism")
    assert ht("undo", one.short, "--yes", "--catalogue", str(bram)).exit_code == 0
    last = ht("undo", "--last", "1", "--dry-run", "--catalogue", str(bram))
    assert "similes-vlaanderen" in last.out
    assert "realism" not in last.out
    assert ht("undo", act[:8], "--yes", "--catalogue", str(bram)).exit_code == 0
    assert undated(bram) == before
    again = ht("undo", act[:8], "--yes", "--catalogue", str(bram))
    assert again.exit_code == 2
    assert "taken back already" in again.err
    assert ht("undo", history(bram)[0].short, "--yes", "--catalogue", str(bram)).exit_code == 0
    assert fact(bram, "realism").get("email") == before["realism"].get("email")
    assert fact(bram, "similes-vlaanderen")["email"] == "anna@example.org"


def test_what_was_written_here_since_stays_and_the_plan_says_so(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", email="anna@example.org")
    sync(str(place), str(anna))
    act = sync(str(place), str(bram)).act
    say(bram, "realism", email="bram@example.org")
    check(bram, "realism", "email")
    known = fact(bram, "realism")
    plan = ht("undo", act[:8], "--dry-run", "--catalogue", str(bram))
    assert "nothing changes here" in plan.out
    assert ht("undo", act[:8], "--yes", "--catalogue", str(bram)).exit_code == 0
    assert fact(bram, "realism") == known


def test_a_check_that_is_taken_back_leaves_the_remark_waiting_that_it_answered(slim: Path, tmp_path: Path, place: Path) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    speak(bram, "realism")
    said = words(bram)
    sync(str(place), str(bram))
    sync(str(place), str(anna))
    check(anna, "realism", "url")
    sync(str(place), str(anna))
    act = sync(str(place), str(bram)).act
    assert words(bram) == (set(), set(), set())
    done = taken_back(bram, "merged = ?", act)
    assert words(bram) == said
    taken_back(bram, "uuid = ?", done[0].uuid)
    assert words(bram) == (set(), set(), set())


class Four:
    """Four devices that do anything, and take back whole syncs and those undos."""

    def __init__(self, few: Path, tmp_path: Path, seed: int) -> None:
        self.paths = devices(few, tmp_path, 4)
        self.chance = random.Random(seed)
        self.place = tmp_path / "cloud"
        self.place.mkdir(exist_ok=True)

    def act(self, number: int) -> None:
        path, house = self.chance.choice(self.paths), self.chance.choice(HOUSES)
        doing = self.chance.choice(
            (self.say, self.say, self.check, self.close, self.speak, self.add, self.exchange, self.undo_sync, self.undo_sync, self.undo_own)
        )
        doing(path, house, number)
        with closing(sqlite3.connect(path)) as connection:
            assert unlike_the_journal(connection) == []

    def change(self, path: Path, house: str, edit: Callable[[Record], Record], action: str) -> None:
        if facts(path).get(house):
            with open_for_writing(str(path)) as connection:
                Editor(connection).change(house, edit, Occasion(action, path.parent.name))

    def say(self, path: Path, house: str, number: int) -> None:
        value: Any = self.chance.choice((
            {"email": f"a{number}@example.org"}, {"phones": [{"number": f"+32434212{number:02}"}]}, {"url": f"https://u{number}.example.org"},
            {"needs": self.chance.sample(["grief", "stress", "sleep", "burnout"], 2)}, {"min_age": self.chance.randrange(10, 20)},
        ))  # fmt: skip
        self.change(path, house, lambda record: record | value, "update")

    def check(self, path: Path, house: str, number: int) -> None:
        field, how = self.chance.choice(("email", "phones", "url", "needs", "", "")), self.chance.choice(("phone", "site"))
        if self.chance.random() < 0.2:
            self.change(path, house, failed, "fail")
        else:
            self.change(path, house, lambda record: verified(record, field, how, path.parent.name), "verify")

    def close(self, path: Path, house: str, number: int) -> None:
        closing_fields = {"status": "closed", "closed_on": "2026-11-01", "closed_reason": f"moved {number}"}

        def turned(record: Record) -> Record:
            if record.get("status") == "closed":
                return {field: value for field, value in record.items() if field not in closing_fields}
            return record | closing_fields

        self.change(path, house, turned, "close")

    def speak(self, path: Path, house: str, number: int) -> None:
        speak(path, house)

    def add(self, path: Path, house: str, number: int) -> None:
        added = {
            "name": f"Groupe {number}",
            "kind": "group",
            "languages": ["fr"],
            "areas": ["nis:92094"],
            "needs": ["grief"],
            "url": "https://x.example",
        }
        with open_for_writing(str(path)) as connection:
            Editor(connection).change(f"groupe-{number}", lambda _now: dict(added), Occasion("add", path.parent.name))

    def exchange(self, path: Path, house: str, number: int) -> None:
        sync(str(self.place), str(path))

    def undo_own(self, path: Path, house: str, number: int) -> None:
        own = [change for change in history(path) if not change.merged and change.fields and change.action == "update"][:1]
        with closing(sqlite3.connect(path)) as connection:
            newest = own and read_changes(connection, "resource = ?", (own[0].resource,), 1)
            free = own and newest[0] == own[0] and not undone(connection, own[0])
        if free:
            taken_back(path, "uuid = ?", own[0].uuid)

    def undo_sync(self, path: Path, house: str, number: int) -> None:
        """Take a sync back at once, and, more often than not, that again: each gives exactly what stood."""
        before, said = undated(path), words(path)
        synced = sync(str(self.place), str(path))
        after, heard = facts(path), words(path)
        if not synced.received:
            return
        done = taken_back(path, "merged = ?", synced.act)
        assert undated(path) == before
        assert words(path) == said
        if self.chance.random() < 0.7:
            again = taken_back(path, "uuid = ? OR batch = ?", done[0].uuid, done[0].uuid)
            assert facts(path) == after
            assert words(path) == heard
            if self.chance.random() < 0.3:
                taken_back(path, "uuid = ? OR batch = ?", again[0].uuid, again[0].uuid)
                assert undated(path) == before


@pytest.mark.parametrize("seed", range(SEEDS))
def test_four_devices_that_take_syncs_back_and_bring_them_again_end_equal(few: Path, tmp_path: Path, seed: int) -> None:
    four = Four(few, tmp_path, seed)
    for number in range(10, ACTS + 10):
        four.act(number)
    for path in (*four.paths, *four.paths):
        four.exchange(path, "", 0)
    first = four.paths[0]
    assert all(facts(path) == facts(first) and journal(path) == journal(first) for path in four.paths)
