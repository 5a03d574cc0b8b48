"""Clocks that are wrong: by an hour over midnight, by days, by years; nobody is locked out, and all end the same once they are right."""

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from ht_cli import clock
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.remarks import open_reports, read_claims
from ht_cli.catalogue.keeping.verifying import verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.merging import conflicts, unlike_the_journal
from ht_cli.catalogue.sharing.syncing import Synced, sync
from tests.catalogue.facts import fact, facts
from tests.conftest import Outcome

Run = Callable[..., Outcome]
EVENING = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)  # half past eleven in Belgium
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
SEEDS = int(os.environ.get("HT_CLOCKS", "2"))  # more of them on a machine that has the time
IDS = ("realism", "similes-vlaanderen", "mado-liege")


class Times:
    """What moment it is, and by how much the clock of each device is wrong; whoever asks is told by the clock of the device at hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = EVENING
        self.wrong: dict[Path, timedelta] = {}
        self._at_hand = Path()
        monkeypatch.setattr(clock, "moment", lambda: self._told().isoformat(timespec="milliseconds").replace("+00:00", "Z"))
        monkeypatch.setattr(clock, "today", lambda: self._told().astimezone(clock.BRUSSELS).date())
        monkeypatch.setattr(clock, "now", lambda: self._told().astimezone(clock.BRUSSELS).replace(second=0, microsecond=0))

    def at(self, device: Path) -> str:
        """Take a device at hand: from now on its clock tells the time, a second later each time."""
        self.now += timedelta(seconds=1)
        self._at_hand = device
        return str(device)

    def pass_by(self, time: timedelta) -> None:
        self.now += time

    def _told(self) -> datetime:
        return self.now + self.wrong.get(self._at_hand, timedelta())


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Times:
    return Times(monkeypatch)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "cloud").mkdir()
    return tmp_path / "cloud"


@pytest.fixture
def devices(slim: Path, tmp_path: Path) -> Callable[[int], list[Path]]:
    def made(count: int) -> list[Path]:
        paths = [tmp_path / "abcdefgh"[number] / "resources.db" for number in range(count)]
        for path in paths:
            path.parent.mkdir()
            shutil.copyfile(slim, path)
        return paths

    return made


def do(times: Times, device: Path, identifier: str, action: str = "update", field: str = "", **values: Any) -> None:
    with open_for_writing(times.at(device)) as connection:
        who = device.parent.name.upper()
        if action == "verify":
            Editor(connection).change(identifier, lambda record: verified(record, field, "phone", who), Occasion("verify", who))
        elif action == "close":
            closing_ = {"status": "closed", "closed_on": clock.today().isoformat(), "closed_reason": "moved"}
            Editor(connection).change(identifier, lambda record: record | closing_, Occasion("close", who))
        else:
            Editor(connection).change(identifier, lambda record: record | values, Occasion("update", who))


def exchange(times: Times, place: Path, *paths: Path) -> list[Synced]:
    return [sync(str(place), times.at(path)) for path in paths]


def ends(path: Path) -> tuple[Any, ...]:
    """What must be the same on all devices: the facts, the entries, what was set aside; and that facts and journal agree."""
    with closing(sqlite3.connect(path)) as connection:
        entries = connection.execute("SELECT uuid, at FROM change WHERE action <> 'upgrade' ORDER BY at, uuid").fetchall()
        aside = [(one.resource, one.field, str(one.stands), str(one.aside)) for one in conflicts(connection)]
        assert unlike_the_journal(connection) == []
    return facts(path), entries, sorted(aside)


def test_a_check_dated_tomorrow_stands_at_once_and_for_good_whoever_reads_it_and_when(
    times: Times, place: Path, devices: Callable[[int], list[Path]], ht: Run
) -> None:
    anna, bram, chloe = devices(3)
    times.wrong = {anna: HOUR}
    do(times, anna, "realism", "verify")
    do(times, anna, "mado-liege", "verify", field="url")
    do(times, anna, "similes-vlaanderen", "close")
    assert all(one.remarks == () for one in exchange(times, place, anna, bram))
    checked = fact(bram, "realism")
    assert (checked["checked_on"], checked["checked_how"], checked["checked_by"]) == ("2026-12-01", "phone", "A")
    assert fact(bram, "mado-liege")["fact_checks"] == [{"field": "url", "on": "2026-12-01", "how": "phone", "by": "A"}]
    assert fact(bram, "similes-vlaanderen")["closed_on"] == "2026-12-01"
    assert ends(anna) == ends(bram)
    assert ends(bram)[2] == []
    times.wrong = {}
    times.pass_by(HOUR)
    exchange(times, place, chloe, anna, bram)
    assert ends(anna) == ends(bram) == ends(chloe)


def test_who_reads_a_day_to_come_by_their_own_clock_may_change_everything_that_is_there(
    times: Times, place: Path, devices: Callable[[int], list[Path]], ht: Run
) -> None:
    anna, bram = devices(2)
    times.wrong = {anna: 2 * HOUR}  # it is tomorrow for her in Belgium, and where moments are counted too
    do(times, anna, "realism", "verify")
    do(times, anna, "mado-liege", email="a@example.org")
    exchange(times, place, anna, bram)
    for command in (
        ("update", "realism", "--set", "email=b@example.org"),
        ("verify", "realism", "--how", "phone", "--by", "B"),
        ("remove", "realism", "--reason", "gone"),
        ("undo", "--last", "1"),
        ("update", "mado-liege", "--set", "email=c@example.org"),
    ):
        yes = () if command[0] == "verify" else ("--yes",)
        done = ht(*command, *yes, "--catalogue", times.at(bram))
        assert done.exit_code == 0, done.err
    assert fact(bram, "realism")["checked_on"] == "2026-11-30"
    exchange(times, place, bram, anna)
    assert ends(anna) == ends(bram)


def test_a_forged_day_to_come_is_set_aside_by_everybody_on_every_day(
    times: Times, place: Path, devices: Callable[[int], list[Path]]
) -> None:
    anna, bram, chloe = devices(3)
    with open_for_writing(times.at(anna)) as connection:
        journal.write(connection, "verify", "realism", {"checked_on": (None, "2027-06-01"), "checked_how": (None, "phone")})
    exchange(times, place, anna, bram)
    assert not {"checked_on", "checked_how"} & fact(bram, "realism").keys()
    times.pass_by(YEAR)
    exchange(times, place, chloe)
    assert fact(chloe, "realism") == fact(bram, "realism")


@pytest.mark.parametrize("order", list(permutations(range(3)))[::2])
def test_a_clock_two_days_ahead_locks_nobody_out_and_nothing_of_it_is_lost(
    times: Times, place: Path, devices: Callable[[int], list[Path]], ht: Run, order: tuple[int, ...]
) -> None:
    paths = anna, bram, chloe = devices(3)
    times.wrong = {anna: 2 * DAY}
    do(times, anna, "realism", email="a@example.org")
    do(times, anna, "mado-liege", "verify", field="url")
    do(times, bram, "realism", notes="b")
    _, came, _ = exchange(times, place, anna, bram, chloe)
    (said,) = came.remarks
    assert "2 entries of A (device " in said
    assert "2 December 2026 23:30" in said
    assert "30 November 2026 23:30" in said
    for path in (bram, chloe):  # one edit after another, of what they read and of what they did not
        for number, identifier in enumerate((*IDS, *IDS)):
            do(times, path, identifier, notes=f"{path.parent.name} {number}")
        do(times, path, "realism", "verify")
        undone = ht("undo", "--last", "1", "--yes", "--catalogue", times.at(path))
        assert undone.exit_code == 0, undone.err
    assert all(at < "2026-12-01" for _uuid, at in ends(bram)[1])  # nobody's clock is pulled along
    times.wrong = {}
    (right,) = exchange(times, place, anna)
    assert "2 entries were written here while the clock was ahead, dated up to 2 December 2026 23:30" in right.remarks[0]
    do(times, anna, "realism", url="https://a.example.org")  # her clock is right now, and she goes on
    do(times, anna, "realism", url="https://aa.example.org")
    exchange(times, place, anna, *(paths[number] for number in order))
    assert fact(bram, "realism")["url"] == "https://aa.example.org"  # nobody waits for her
    assert fact(bram, "mado-liege")["fact_checks"] == [{"field": "url", "on": "2026-11-30", "how": "phone", "by": "A"}]
    times.pass_by(2 * DAY)
    for _round in range(2):
        for one in exchange(times, place, *(paths[number] for number in order)):
            assert one.remarks == ()
    assert ends(anna) == ends(bram) == ends(chloe)
    assert fact(bram, "realism")["url"] == "https://aa.example.org"
    assert fact(bram, "mado-liege")["fact_checks"][0]["by"] == "A"


def test_what_comes_by_mail_or_with_a_file_waits_as_well(
    times: Times, devices: Callable[[int], list[Path]], ht: Run, tmp_path: Path
) -> None:
    anna, bram, chloe = devices(3)
    times.wrong = {anna: 2 * DAY}
    do(times, anna, "realism", email="a@example.org")
    packet = str(tmp_path / "monday.jsonl")
    ht("send", packet, "--catalogue", times.at(anna))
    times.wrong = {}
    before = fact(bram, "realism")
    for path, command in ((bram, ("take", packet)), (chloe, ("merge", str(anna)))):
        tried = ht(*command, "--dry-run", "--catalogue", times.at(path))
        assert tried.exit_code == 0
        taken = ht(*command, "--yes", "--catalogue", times.at(path))
        assert taken.exit_code == 0
        assert "is dated 2 December 2026" in taken.err
        assert fact(path, "realism") == before
    do(times, bram, "realism", notes="b")
    later = tmp_path / "later.jsonl"
    ht("send", str(later), "--catalogue", times.at(bram))
    times.pass_by(2 * DAY)
    assert ht("take", str(later), "--yes", "--catalogue", times.at(chloe)).exit_code == 0  # brings what waited along
    assert fact(chloe, "realism")["email"] == "a@example.org"
    assert ht("take", packet, "--yes", "--catalogue", times.at(bram)).exit_code == 0
    assert ends(bram) == ends(chloe)


def test_what_a_wrong_clock_dated_is_dated_anew_before_it_is_mailed(
    times: Times, devices: Callable[[int], list[Path]], ht: Run, tmp_path: Path
) -> None:
    anna, bram = devices(2)
    times.wrong = {anna: YEAR}
    do(times, anna, "realism", email="a@example.org")
    first, right = str(tmp_path / "first.jsonl"), str(tmp_path / "right.jsonl")
    ht("send", first, "--catalogue", times.at(anna))
    times.wrong = {}
    sent = ht("send", right, "--catalogue", times.at(anna))
    assert "1 entry was written here while the clock was ahead, dated 30 November 2027" in sent.err
    assert "while the clock was ahead" not in ht("send", right, "--force", "--catalogue", times.at(anna)).err
    for packet in (first, right):
        ht("take", packet, "--yes", "--catalogue", times.at(bram))
    assert fact(bram, "realism")["email"] == "a@example.org"
    do(times, bram, "realism", email="b@example.org")
    times.pass_by(YEAR)
    ht("take", first, "--yes", "--catalogue", times.at(bram))
    assert fact(bram, "realism")["email"] == "b@example.org"  # the old entry's time has come, and it says nothing


@pytest.mark.parametrize("sent_before", [True, False])
def test_everything_that_a_wrong_clock_dated_is_there_again_and_at_once(
    times: Times, place: Path, devices: Callable[[int], list[Path]], ht: Run, sent_before: bool
) -> None:
    """Facts, checks, a closing, an undo, a remark with its answer, a claim; each says of the others what it said."""
    anna, bram = devices(2)
    do(times, anna, "mado-liege", notes="before")
    times.wrong = {anna: YEAR}

    def run(*arguments: str) -> None:
        done = ht(*arguments, "--catalogue", times.at(anna))
        assert done.exit_code == 0, done.err

    do(times, anna, "realism", email="a@example.org")
    do(times, anna, "realism", "verify")
    do(times, anna, "similes-vlaanderen", "close")
    run("undo", "--last", "1", "--yes")
    do(times, anna, "mado-liege", notes="after")
    run("undo", "--last", "1", "--yes")
    with open_for_writing(times.at(anna)) as connection:
        before = journal.read_changes_of(connection, "mado-liege")[-1]
    run("undo", before.short, "--yes")  # what was dated rightly
    run("report", "mado-liege", "nobody answers")
    with open_for_writing(times.at(anna)) as connection:
        ((remark,),) = open_reports(connection).values()
    run("report", "--done", remark.short)
    run("report", "realism", "it moved")
    run("due", "--take", "3")
    if sent_before:
        exchange(times, place, anna, bram)
        assert "email" not in fact(bram, "realism")
    told = {identifier: fact(anna, identifier) for identifier in IDS}
    times.wrong = {}
    one, *_ = exchange(times, place, anna, bram)
    assert "while the clock was ahead" in one.remarks[0]
    assert ends(anna) == ends(bram)
    assert ends(anna)[2] == []
    checked = fact(bram, "realism")
    assert (checked["email"], checked["checked_on"], checked["checked_by"]) == ("a@example.org", "2026-11-30", "A")
    days = {"checked_on", "changed_on", "fact_checks"}
    for identifier in IDS:
        now = fact(bram, identifier)
        assert {field: now[field] for field in now.keys() - days} == {
            field: told[identifier][field] for field in told[identifier].keys() - days
        }
    for path in (anna, bram):
        with open_for_writing(str(path)) as connection:
            assert [report.note for reports in open_reports(connection).values() for report in reports] == ["it moved"]
            assert len(read_claims(connection, clock.today())) == 3
    at_once = facts(bram)
    for time in (YEAR, DAY):
        times.pass_by(time)
        exchange(times, place, anna, bram, anna)
        assert ends(anna) == ends(bram)
        assert facts(bram) == at_once
    assert ht("undo", "--last", "1", "--yes", "--catalogue", times.at(anna)).exit_code == 0


@pytest.mark.parametrize("times_ahead", [2, 3])
@pytest.mark.parametrize("longer", [timedelta(), 40 * DAY])
def test_a_clock_that_is_ahead_again_and_again_keeps_nobody_waiting(
    times: Times, place: Path, devices: Callable[[int], list[Path]], times_ahead: int, longer: timedelta
) -> None:
    """It syncs each time, and so takes in again what it had dated anew."""
    anna, bram, chloe = devices(3)
    for time in range(times_ahead):
        times.wrong = {anna: YEAR + time * longer}
        do(times, anna, IDS[time], email=f"a{time}@example.org")
        do(times, anna, IDS[time], "verify", field="email")
        exchange(times, place, anna, chloe)
        times.wrong = {}
        do(times, anna, IDS[time], notes=f"a{time}")  # before the sync that puts it right
        right, came = exchange(times, place, anna, bram)
        (said,) = right.remarks
        assert "3 entries were written here while the clock was ahead" in said
        assert came.remarks == ()
        times.pass_by(10 * DAY)
    do(times, anna, "realism", url="https://a.example.org")
    assert exchange(times, place, anna, bram, chloe, anna)[0].remarks == ()
    assert ends(anna) == ends(bram) == ends(chloe)
    for time, identifier in enumerate(IDS[:times_ahead]):
        assert (fact(bram, identifier)["email"], fact(bram, identifier)["notes"]) == (f"a{time}@example.org", f"a{time}")
    assert fact(bram, "realism")["url"] == "https://a.example.org"
    at_once = facts(bram)
    times.pass_by(2 * YEAR)
    exchange(times, place, anna, bram, chloe, anna)
    assert ends(anna) == ends(bram) == ends(chloe)
    assert facts(bram) == at_once


@pytest.mark.parametrize("writes", [True, False])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_somebody_else_dated_anew_makes_nobody_wait_whose_clock_is_ahead_later(
    times: Times, place: Path, devices: Callable[[int], list[Path]], order: tuple[int, ...], writes: bool
) -> None:
    paths = anna, bram, chloe = devices(3)
    times.wrong = {bram: YEAR}
    do(times, bram, "realism", email="b@example.org")
    exchange(times, place, bram)
    times.wrong = {}
    exchange(times, place, bram, chloe)
    times.pass_by(60 * DAY)
    times.wrong = {anna: YEAR}
    if writes:
        do(times, anna, "mado-liege", email="a@example.org")
    exchange(times, place, anna)  # the old entry of the year to come, which is in the place for good
    times.wrong = {}
    do(times, anna, "realism", notes="a")
    exchange(times, place, anna)
    do(times, anna, "similes-vlaanderen", notes="a")
    assert all(one.remarks == () for one in exchange(times, place, anna, *(paths[number] for number in order), *paths))
    assert ends(anna) == ends(bram) == ends(chloe)
    assert all(at < "2027-03" for _uuid, at in ends(anna)[1])
    assert (fact(chloe, "realism")["email"], fact(chloe, "realism")["notes"]) == ("b@example.org", "a")
    at_once = facts(chloe)
    times.pass_by(2 * YEAR)
    exchange(times, place, *paths, *paths)
    assert ends(anna) == ends(bram) == ends(chloe)
    assert facts(chloe) == at_once


def test_who_is_ahead_while_somebody_else_is_goes_on_once_that_one_is_right(
    times: Times, place: Path, devices: Callable[[int], list[Path]]
) -> None:
    anna, bram, chloe = devices(3)
    times.wrong = {anna: YEAR + 30 * DAY, bram: YEAR}
    do(times, bram, "realism", email="b@example.org")
    do(times, anna, "mado-liege", email="a@example.org")
    exchange(times, place, bram, anna)
    times.wrong = {}
    (unsure,) = exchange(times, place, anna)
    assert "is that right?" in unsure.remarks[-1]  # by what Bram wrote it may be the clock here that is wrong now
    exchange(times, place, bram)
    (sure,) = exchange(times, place, anna)  # one sync brings that Bram's was, and dates anew
    assert "while the clock was ahead" in sure.remarks[0]
    exchange(times, place, chloe, bram)
    assert ends(anna) == ends(bram) == ends(chloe)
    assert fact(chloe, "mado-liege")["email"] == "a@example.org"


def test_what_was_dated_anew_before_a_backup_was_restored_is_said_once(
    times: Times, place: Path, devices: Callable[[int], list[Path]], tmp_path: Path
) -> None:
    anna, bram = devices(2)
    times.wrong = {anna: YEAR}
    do(times, anna, "realism", email="a@example.org")
    exchange(times, place, anna)
    shutil.copyfile(anna, tmp_path / "before")
    times.wrong = {}
    exchange(times, place, anna)
    shutil.copyfile(tmp_path / "before", anna)
    (again,) = exchange(times, place, anna)
    assert not any("dated anew" in remark for remark in again.remarks)
    exchange(times, place, bram)
    assert ends(anna) == ends(bram)
    assert len(ends(bram)[1]) == 2  # the entry as it is dated now, and that the old one is taken back


def test_a_clock_that_may_be_behind_dates_nothing_anew(times: Times, place: Path, devices: Callable[[int], list[Path]]) -> None:
    anna, bram = devices(2)
    do(times, anna, "realism", "verify")
    times.wrong = {anna: -YEAR}  # before the month of the release
    assert not any("dated anew" in remark for remark in exchange(times, place, anna)[0].remarks)
    times.pass_by(10 * DAY)
    times.wrong = {}
    do(times, bram, "mado-liege", email="b@example.org")
    exchange(times, place, bram, anna)
    times.wrong = {anna: -5 * DAY}  # what came of somebody else is of a day to come
    assert not any("dated anew" in remark for remark in exchange(times, place, anna)[0].remarks)
    times.wrong = {}
    exchange(times, place, anna, bram)
    assert ends(anna) == ends(bram)
    assert fact(bram, "realism")["checked_on"] == "2026-11-30"


def test_a_clock_that_is_behind_keeps_what_comes_until_it_is_right(times: Times, place: Path, devices: Callable[[int], list[Path]]) -> None:
    anna, bram = devices(2)
    times.wrong = {bram: -6 * YEAR}
    do(times, anna, "realism", email="a@example.org")
    _, came = exchange(times, place, anna, bram)
    assert came.received == 0
    assert "here it is 1 December 2020" in came.remarks[0]
    do(times, bram, "realism", notes="b")  # the dates of the release are of a day to come by this clock
    times.wrong = {}
    exchange(times, place, bram, anna)
    assert ends(anna) == ends(bram)
    assert (fact(anna, "realism")["email"], fact(anna, "realism")["notes"]) == ("a@example.org", "b")


def test_the_day_of_an_edit_is_never_shown_as_one_to_come(times: Times, place: Path, devices: Callable[[int], list[Path]], ht: Run) -> None:
    anna, bram = devices(2)
    times.wrong = {anna: 3 * HOUR}
    do(times, anna, "realism", email="a@example.org")
    exchange(times, place, anna, bram)
    assert fact(bram, "realism")["changed_on"] == "2026-12-01"
    shown = ht("show", "realism", "--format", "records", "--catalogue", times.at(bram)).out
    assert "Changed: 30 November 2026" in shown
    assert json.loads(ht("doctor", "realism", "--json", "--catalogue", times.at(bram)).out or "[]") == []


def test_no_day_of_a_fact_is_told_as_one_to_come_and_each_is_stored_as_it_was_said(
    times: Times, place: Path, devices: Callable[[int], list[Path]], ht: Run, tmp_path: Path
) -> None:
    anna, bram = devices(2)
    times.wrong = {anna: 3 * HOUR}
    do(times, anna, "realism", email="a@example.org")
    do(times, anna, "realism", "verify")
    do(times, anna, "mado-liege", "verify", field="url")
    do(times, anna, "similes-vlaanderen", "close")
    exchange(times, place, anna)
    said = []

    def run(*arguments: str) -> str:
        done = ht(*arguments, "--catalogue", times.at(bram))
        assert done.exit_code == 0, done.err
        said.append(done.out + done.err)
        return done.out

    assert "2026-11-30" in run("sync", str(place))
    shown = {one["id"]: one for one in json.loads(run("show", *IDS, "--json"))}
    assert (shown["realism"]["changed_on"], shown["realism"]["checked_on"]) == ("2026-11-30", "2026-11-30")
    assert shown["mado-liege"]["fact_checks"] == [{"field": "url", "on": "2026-11-30", "how": "phone", "by": "A"}]
    assert shown["similes-vlaanderen"]["closed_on"] == "2026-11-30"
    for form in ("records", "table", "csv"):
        run("show", *IDS, "--format", form)
        run("find", "realism", "--format", form)
    run("sheet", "realism", "--format", "text")
    run("export", "--format", "markdown")
    run("due", "--json")
    assert not [text for text in said if "2026-12-01" in text or "1 December" in text]
    for identifier in IDS:
        assert "future" not in ht("doctor", identifier, "--json", "--catalogue", times.at(bram)).out
    assert "checked_on:\n    + 2026-11-30" in run("history", "realism", "--format", "table")
    for identifier in IDS:
        assert fact(bram, identifier) == fact(anna, identifier)
    assert fact(bram, "realism")["checked_on"] == "2026-12-01"
    sheet = tmp_path / "sheet.csv"
    run("export", "--excel", "--all", "-o", str(sheet))
    run("import", str(sheet), "--yes")
    for identifier in IDS:  # what comes back says what was said
        assert fact(bram, identifier) == fact(anna, identifier)


@pytest.mark.parametrize("row", ["closed,2026-11-30,moved,", ",,,2026-11-28"])
def test_the_month_of_the_release_makes_no_day_come_earlier_for_who_imports(
    times: Times, devices: Callable[[int], list[Path]], ht: Run, tmp_path: Path, row: str
) -> None:
    (anna,) = devices(1)
    times.pass_by(-10 * DAY)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"id,status,closed_on,closed_reason,source_date\nsimiles-vlaanderen,{row}\n", "utf-8")
    refused = ht("import", str(sheet), "--yes", "--catalogue", times.at(anna))
    assert refused.exit_code == 4
    assert "is still to come" in refused.err


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("mended", [60, 20])  # after so many acts all clocks are right
def test_five_devices_with_wrong_clocks_over_midnight_end_the_same(
    times: Times, place: Path, devices: Callable[[int], list[Path]], seed: int, mended: int
) -> None:
    paths = devices(5)
    by_chance = random.Random(seed)
    times.wrong = dict(zip(paths, (timedelta(), HOUR, -HOUR, 2 * DAY, -2 * DAY), strict=True))
    for number in range(60):
        if number == mended:
            times.wrong = {}
        path = by_chance.choice(paths)
        identifier = by_chance.choice(IDS)
        act = by_chance.choice(["email", "email", "needs", "verify", "close", "sync", "sync"])
        if act == "sync":
            exchange(times, place, path)
        elif act == "email":
            do(times, path, identifier, email=f"{number}@example.org")
        elif act == "needs":
            do(times, path, identifier, needs=by_chance.sample(["grief", "stress", "trauma", "sleep"], 2))
        elif act == "close":
            do(times, path, identifier, "close" if number % 4 == 0 else "update", notes=f"{number}")
        else:
            do(times, path, identifier, "verify", field=by_chance.choice(["", "email"]))
        times.pass_by(timedelta(minutes=2))
    times.wrong = {}
    exchange(times, place, *paths, *paths)
    times.pass_by(2 * DAY)
    exchange(times, place, *paths, *reversed(paths))
    assert all(ends(path) == ends(paths[0]) for path in paths)
