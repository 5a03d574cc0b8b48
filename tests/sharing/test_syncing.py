"""Whole catalogues exchanged: the same facts, the same journal, the same search, also when a process is killed."""

import gzip
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ht_cli import clock
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import WORDS, read_changes, write
from ht_cli.catalogue.keeping.verifying import verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.merging import conflicts, refresh, settle, unlike_the_journal
from ht_cli.catalogue.sharing.syncing import sync
from tests.catalogue.facts import fact, facts, id_of
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
IDS = ("realism", "similes-vlaanderen", "tele-accueil-107", "zelfmoordlijn-1813")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "cloud").mkdir()
    return tmp_path / "cloud"


def devices(slim: Path, tmp_path: Path, count: int) -> list[Path]:
    paths = [tmp_path / f"{number}" / "resources.db" for number in range(count)]
    for path in paths:
        path.parent.mkdir()
        shutil.copyfile(slim, path)
    return paths


def say(path: Path, identifier: str, **values: Any) -> None:
    with open_for_writing(str(path)) as connection:
        Editor(connection).change(identifier, lambda record: record | values, Occasion("update", path.parent.name))


def check(path: Path, identifier: str, field: str) -> None:
    with open_for_writing(str(path)) as connection:
        Editor(connection).change(identifier, lambda record: verified(record, field, "phone", path.parent.name), Occasion("verify"))


def journal(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT uuid, at, who, action, resource, note, batch, undoes, device, seen FROM change ORDER BY at, uuid"
        ).fetchall()


def test_three_devices_end_with_the_same_facts_journal_and_search(tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram, chloe = devices(BUNDLED, tmp_path, 3)
    say(anna, "realism", email="anna@example.org")
    say(bram, "realism", url="https://bram.example.org")
    added = {
        "name": "Cercle des Tilleuls",
        "kind": "group",
        "languages": ["fr"],
        "areas": ["nis:92094"],
        "needs": ["grief"],
        "url": "https://x.example",
    }
    for path, identifier in ((anna, "cercle-des-tilleuls-a"), (chloe, "cercle-des-tilleuls-c")):
        with open_for_writing(str(path)) as connection:
            Editor(connection).change(identifier, lambda _now: dict(added), Occasion("add"))
    for path in (anna, bram, chloe, anna, bram):
        sync(str(place), str(path))
    assert facts(anna) == facts(bram) == facts(chloe)
    assert journal(anna) == journal(bram) == journal(chloe)
    assert {"cercle-des-tilleuls-a", "cercle-des-tilleuls-c"} < facts(bram).keys()
    found = [
        ht("find", "--city", "namur", "--need", "grief", "--limit", "500", "--json", "--catalogue", str(path)).out
        for path in (anna, bram, chloe)
    ]
    assert found[0] == found[1] == found[2]
    assert "cercle-des-tilleuls-a" in found[0]


@pytest.mark.parametrize("door", ["add", "import"])
def test_two_who_add_the_same_name_before_they_exchange_anything_end_with_two(tmp_path: Path, place: Path, ht: Run, door: str) -> None:
    paths = devices(BUNDLED, tmp_path, 2)
    sheet = tmp_path / "new.csv"
    sheet.write_text("id,name,kind,languages,areas,needs,phones\n,Cercle des Tilleuls,group,fr,nis:92094,grief,081 22 33 44\n", "utf-8")
    options = ("--name", "Cercle des Tilleuls", "--kind", "group", "--city", "namur", "--need", "grief", "--language", "fr", "--phone", "081 22 33 44")  # fmt: skip
    for path in paths:
        assert ht(door, *(options if door == "add" else [str(sheet)]), "--yes", "--catalogue", str(path)).exit_code == 0
    ids = {id_of(path, "Cercle des Tilleuls") for path in paths}
    assert len(ids) == 2
    for path in (*paths, *paths):
        sync(str(place), str(path))
    found = [ht("find", "cercle des tilleuls", "namur", "--format", "ids", "--catalogue", str(path)).out.splitlines() for path in paths]
    assert ids <= set(found[0])
    assert found[0] == found[1]
    assert facts(paths[0]) == facts(paths[1])


def test_the_place_is_remembered_and_a_second_sync_has_nothing_to_do(slim: Path, tmp_path: Path, place: Path) -> None:
    (anna,) = devices(slim, tmp_path, 1)
    say(anna, "realism", email="anna@example.org")
    assert sync(str(place), str(anna)).sent == 1
    again = sync("", str(anna))
    assert (again.received, again.sent) == (0, 0)
    assert len(list(place.iterdir())) == 1


@pytest.mark.parametrize(("ahead", "day"), [(timedelta(hours=1), "2026-12-01"), (timedelta(days=365), "2026-11-30")])
def test_a_confirmed_number_is_not_lost_to_an_older_or_a_later_word(
    slim: Path, tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, ahead: timedelta, day: str
) -> None:
    """An hour may pass; what a year dated is dated anew, and a check is of the day on which that is done."""
    now = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)  # half past eleven in Belgium

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "moment", lambda: moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
        monkeypatch.setattr(clock, "today", lambda: moment.astimezone(clock.BRUSSELS).date())

    set_clock(now)
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", email="right@example.org")
    check(anna, "realism", "email")
    set_clock(now + ahead)  # his clock is wrong
    say(bram, "realism", email="wrong@example.org")
    check(bram, "similes-vlaanderen", "url")
    set_clock(now)
    for path in (anna, bram, anna):
        sync(str(place), str(path))
        assert fact(path, "realism")["email"] == "right@example.org"
    say(anna, "realism", url="https://anna.example.org")  # nobody is locked out, not even once
    say(anna, "realism", url="https://right.example.org")
    set_clock(now + ahead)
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    assert facts(anna) == facts(bram)
    assert journal(anna) == journal(bram)
    for path in (anna, bram):
        assert fact(path, "realism")["url"] == "https://right.example.org"
        assert fact(path, "similes-vlaanderen")["fact_checks"][0]["on"] == day
        with closing(sqlite3.connect(path)) as connection:
            (waiting,) = conflicts(connection)
        assert (waiting.stands, waiting.aside) == ("right@example.org", "wrong@example.org")


@pytest.mark.parametrize("address", ["ftp://example.org/ht", "https://example.org/ht", "mysql://example.org/ht"])
def test_an_address_that_is_no_place_is_refused_as_such(slim: Path, ht: Run, address: str) -> None:
    refused = ht("sync", address, "--catalogue", str(slim))
    assert (refused.exit_code, refused.err) == (2, f"ht: {address} is no place for a sync; it is a folder, or postgresql://…\n")


def test_what_is_settled_once_is_settled_for_everybody(slim: Path, tmp_path: Path, place: Path) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", email="anna@example.org")
    say(bram, "realism", email="bram@example.org")
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    with open_for_writing(str(anna)) as connection:
        settle(connection, conflicts(connection)[0], keep=False, who="A")
    for path in (anna, bram):
        sync(str(place), str(path))
    assert fact(anna, "realism")["email"] == fact(bram, "realism")["email"] == "anna@example.org"
    for path in (anna, bram):
        with closing(sqlite3.connect(path)) as connection:
            assert conflicts(connection) == []


def test_a_sync_is_taken_back_and_brought_again(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", email="anna@example.org")
    say(bram, "realism", notes="bram")
    before = facts(bram)
    sync(str(place), str(anna))
    act = sync(str(place), str(bram)).act
    assert ht("undo", act[:8], "--yes", "--catalogue", str(bram)).exit_code == 0
    assert fact(bram, "realism").get("email") == before["realism"].get("email")
    assert fact(bram, "realism")["notes"] == "bram"
    assert ht("undo", "--last", "1", "--yes", "--catalogue", str(bram)).exit_code == 0
    again = ht("undo", act[:8], "--yes", "--catalogue", str(bram))
    assert again.exit_code in (0, 2)


@pytest.mark.parametrize("which", [["--last", "1"], []])
def test_what_others_wrote_is_not_taken_back_for_everybody_unasked(
    slim: Path, tmp_path: Path, place: Path, ht: Run, which: list[str]
) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", alternate_names=["Le Cercle"])
    sync(str(place), str(anna))
    act = sync(str(place), str(bram)).act
    known = facts(bram)
    refused = ht("undo", *(which or [act[:8]]), "--catalogue", str(bram))
    assert refused.exit_code == 2
    assert "for everybody" in refused.err
    assert "--yes" in refused.err
    assert facts(bram) == known
    assert ht("undo", *(which or [act[:8]]), "--yes", "--catalogue", str(bram)).exit_code == 0


def test_one_who_takes_a_sync_back_leaves_no_check_on_nothing(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram, newcomer = devices(slim, tmp_path, 3)
    say(anna, "realism", phones=[{"number": "+3243421212"}])
    sync(str(place), str(anna))
    sync(str(place), str(bram))
    say(bram, "realism", phones=[{"number": "+3243421214"}])
    check(bram, "realism", "phones")
    sync(str(place), str(bram))
    released = fact(newcomer, "realism")
    sync(str(place), str(newcomer))
    assert ht("undo", "--last", "1", "--yes", "--catalogue", str(newcomer)).exit_code == 0
    for path in (newcomer, anna):
        sync(str(place), str(path))
        record = fact(path, "realism")
        record.pop("changed_on", None)
        assert record == {field: value for field, value in released.items() if field != "changed_on"}


def test_a_confidential_address_stays_at_home(slim: Path, tmp_path: Path, place: Path) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    secret = {"street": "Canary street 13", "postcode": "4000", "locality": "Liège", "nis": "62063", "confidential": True}
    say(anna, "realism", addresses=[secret], email="anna@example.org")
    sync(str(place), str(anna))
    sync(str(place), str(bram))
    assert all(b"Canary" not in path.read_bytes() for path in place.iterdir())
    assert "addresses" not in fact(bram, "realism")
    sync(str(place), str(anna))
    assert fact(anna, "realism")["addresses"] == [secret]


def test_send_and_take_are_the_same_by_mail(slim: Path, tmp_path: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", email="anna@example.org")
    packet = tmp_path / "monday.jsonl"
    assert ht("send", str(packet), "--catalogue", str(anna)).exit_code == 0
    assert ht("send", str(packet), "--catalogue", str(anna)).exit_code == 2  # it is there already
    assert packet.stat().st_size < 1000
    assert "anna@example.org" in ht("take", str(packet), "--dry-run", "--catalogue", str(bram)).out
    assert fact(bram, "realism").get("email") != "anna@example.org"
    for _ in range(2):
        assert ht("take", str(packet), "--yes", "--catalogue", str(bram)).exit_code == 0
    assert facts(bram) == facts(anna)
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(packet.read_bytes()[:-9])
    assert ht("take", str(broken), "--yes", "--catalogue", str(bram)).exit_code == 4


def test_conflicts_are_listed_for_programs_and_settled_by_them(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", email="anna@example.org")
    say(bram, "realism", email="bram@example.org")
    for path in (anna, bram):
        sync(str(place), str(path))
    (row,) = json.loads(ht("conflicts", "--json", "--catalogue", str(bram)).out)
    assert (row["stands"], row["aside"], row["aside_by"]) == ("bram@example.org", "anna@example.org", "0")
    assert ht("conflicts", "realism", "--take", "--yes", "--catalogue", str(bram)).exit_code == 0
    assert ht("conflicts", "--catalogue", str(bram)).exit_code == 1
    assert fact(bram, "realism")["email"] == "anna@example.org"


def two_numbers_for_one(slim: Path, tmp_path: Path, place: Path) -> tuple[Path, Path]:
    """One keeper puts a number in the place of the only one; a colleague put another there before, and confirmed it by phone."""
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", phones=[{"number": "+3243421212"}, {"number": "107"}])
    for path in (anna, bram):
        sync(str(place), str(path))
    say(anna, "realism", phones=[{"number": "+3243421214"}, {"number": "107"}])
    check(anna, "realism", "phones")
    say(bram, "realism", phones=[{"number": "+3243421213"}, {"number": "107"}])
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    return anna, bram


def test_nothing_confirmed_is_overwritten_where_nobody_can_be_asked(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, _bram = two_numbers_for_one(slim, tmp_path, place)
    before = facts(anna)
    for options in (("realism", "--take"), ("--settle",)):
        refused = ht("conflicts", *options, "--catalogue", str(anna))
        assert refused.exit_code == 2
        assert "--yes" in refused.err
    assert "--keep" in refused.err
    assert facts(anna) == before
    assert ht("conflicts", "realism", "--keep", "--catalogue", str(anna)).exit_code == 0


@pytest.mark.parametrize(("answer", "number", "checked"), [("--keep", "+3243421214", ["phones"]), ("--take", "+3243421213", [])])
def test_a_conflict_of_a_list_shows_the_entries_that_are_meant_and_no_other(
    slim: Path, tmp_path: Path, place: Path, ht: Run, answer: str, number: str, checked: list[str]
) -> None:
    paths = two_numbers_for_one(slim, tmp_path, place)
    for path in paths:
        (row,) = json.loads(ht("conflicts", "--json", "--catalogue", str(path)).out)
        assert (row["stands"], row["said_by"], row["checked_how"]) == ("+3243421214", "", "phone")
        assert (row["aside"], row["aside_by"], row["aside_checked_how"]) == ("+3243421213", "1", "")
        assert [check["field"] for check in fact(path, "realism")["fact_checks"]] == ["phones"]
    assert ht("conflicts", "realism", answer, "--yes", "--catalogue", str(paths[0])).exit_code == 0
    for path in paths:
        sync(str(place), str(path))
    for path in paths:
        record = fact(path, "realism")
        assert {phone["number"] for phone in record["phones"]} == {number, "107"}
        assert [check["field"] for check in record.get("fact_checks", [])] == checked
        assert ht("conflicts", "--catalogue", str(path)).exit_code == 1


@pytest.mark.parametrize("seed", range(2))
def test_eight_devices_at_random_end_equal(slim: Path, tmp_path: Path, place: Path, seed: int) -> None:
    chance = random.Random(seed)
    paths = devices(slim, tmp_path, 8)
    for number in range(120):
        path, identifier = chance.choice(paths), chance.choice(IDS[:2])
        deed = chance.random()
        if deed < 0.4:
            say(path, identifier, email=f"{path.parent.name}{number}@example.org")
            assert fact(path, identifier)["email"] == f"{path.parent.name}{number}@example.org"
        elif deed < 0.5:
            speak(path, identifier, chance.choice(WORDS))
        elif deed < 0.6:
            needs = facts_of(path, identifier)["needs"]
            say(path, identifier, needs=sorted({*needs, chance.choice(["grief", "stress", "sleep"])} - {chance.choice(needs)}) or needs)
        elif deed < 0.75:
            check(path, identifier, chance.choice(["email", "url", ""]))
        else:
            sync(str(place), str(path))
    for path in (*paths, *paths):
        sync(str(place), str(path))
    assert all(facts(path) == facts(paths[0]) for path in paths)
    assert all(journal(path) == journal(paths[0]) for path in paths)
    with closing(sqlite3.connect(paths[3])) as connection:
        assert unlike_the_journal(connection) == []


def speak(path: Path, identifier: str, word: str) -> None:
    """Say something that changes no fact: a remark, who calls, what is left for later, a proposal, an answer."""
    before = fact(path, identifier)
    proposed = {"email": (before.get("email"), "proposed@example.org")} if word == "propose" else {}
    with open_for_writing(str(path)) as connection:
        write(connection, word, identifier, {}, superseded=proposed)
        refresh(connection, [identifier])
    assert fact(path, identifier) == before


def facts_of(path: Path, identifier: str) -> dict[str, Any]:
    return fact(path, identifier)


KILLS = int(os.environ.get("HT_KILLS", "25"))  # of each command; more of them on a machine that has the time


def killed(command: list[str], chance: random.Random, whole: float) -> None:
    """Start a command and end it by SIGKILL at some moment of the time that the whole of it takes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.random() * whole)
    process.send_signal(signal.SIGKILL)
    process.wait()


def seconds(command: list[str]) -> float:
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begun


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA quick_check").fetchall() == [("ok",)] and unlike_the_journal(connection) == []


def test_a_sync_that_is_killed_loses_nothing_and_repeats_nothing(slim: Path, tmp_path: Path, place: Path) -> None:
    """At moments spread over the whole of it; a folder and a catalogue are whole each time, and in the end equal."""
    anna, bram = devices(slim, tmp_path, 2)
    chance = random.Random(7)
    command = [sys.executable, "-m", "ht_cli", "sync", str(place), "--catalogue", str(bram)]
    whole = seconds(command)
    for number in range(KILLS):
        say(anna, "realism", email=f"anna{number}@example.org")
        say(bram, "tele-accueil-107", notes=f"bram {number}")
        sync(str(place), str(anna))
        killed(command, chance, whole)
        assert is_whole(bram)
    for path in (bram, anna, bram):
        sync(str(place), str(path))
    assert facts(anna) == facts(bram)
    assert journal(anna) == journal(bram)
    assert [path.name for path in place.iterdir() if path.name.startswith(".")] == []


def test_a_take_that_is_killed_has_taken_all_or_nothing(few: Path, tmp_path: Path, ht: Run) -> None:
    anna, bram = devices(few, tmp_path, 2)
    chance, packet = random.Random(8), tmp_path / "monday.jsonl"
    command = [sys.executable, "-m", "ht_cli", "take", str(packet), "--yes", "--catalogue", str(bram)]
    whole = 0.0
    for number in range(KILLS):
        for identifier in IDS:
            say(anna, identifier, notes=f"anna {number}")
        before, sent = facts(bram), facts(anna)
        ht("send", str(packet), "--force", "--catalogue", str(anna))
        if not whole:
            whole = seconds(command)
            continue
        killed(command, chance, whole)
        assert is_whole(bram)
        notes = [{fact(path, identifier).get("notes") for identifier in IDS} for path in (anna, bram)]
        assert notes[1] == notes[0] or facts(bram) == before
        assert facts(anna) == sent
    subprocess.run(command, check=True, capture_output=True)
    assert facts(bram) == facts(anna)
    assert journal(bram) == journal(anna)
    say(bram, "realism", notes="after")
    assert [path.name for path in bram.parent.iterdir() if path.name.endswith(("-journal", ".new")) or path.name.startswith(".")] == []


def test_a_restore_that_is_killed_has_brought_back_all_or_nothing(few: Path, tmp_path: Path, ht: Run) -> None:
    (anna,) = devices(few, tmp_path, 1)
    ht("update", "realism", "--set", "notes=earlier", "--yes", "--catalogue", str(anna))
    kept = tmp_path / "kept.db"
    ht("info", "--backup", str(kept), "--catalogue", str(anna))
    earlier = facts(kept)
    chance = random.Random(9)
    command = [sys.executable, "-m", "ht_cli", "restore", str(kept), "--yes", "--catalogue", str(anna)]
    whole = seconds(command)
    assert facts(anna) == earlier
    for number in range(KILLS):
        say(anna, "realism", notes=f"later {number}")
        later = facts(anna)
        killed(command, chance, whole)
        assert is_whole(anna)
        assert facts(anna) in (earlier, later)
        assert facts(kept) == earlier
    say(anna, "realism", notes="after")
    assert [path.name for path in anna.parent.iterdir() if path.name != anna.name and "backup" not in path.name] == []


def test_catalogues_of_the_first_version_bring_their_history_along(tmp_path: Path, place: Path) -> None:
    """Two of 0.1.0, of which one had merged the other: nothing is lost, and what was set aside then is still shown."""
    paths = []
    for name in ("anna", "bram"):
        path = tmp_path / name / "resources.db"
        path.parent.mkdir()
        path.write_bytes(gzip.decompress((Path(__file__).parent / "frozen" / f"{name}.db.gz").read_bytes()))
        paths.append(path)
    anna, bram = paths
    with closing(sqlite3.connect(anna)) as connection:
        known = {uuid for (uuid,) in connection.execute("SELECT uuid FROM change")}
    say(bram, "realism", url="https://bram.example.org")
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    assert known < {row[0] for row in journal(anna)}
    assert journal(anna) == journal(bram)
    assert facts(anna) == facts(bram)
    record = fact(anna, "realism")
    assert (record["email"], record["url"], record["hours"]) == ("bram@example.org", "https://bram.example.org", {"fr": "mardi"})
    assert fact(bram, "tele-accueil-107")["checked_by"] == "AA"
    assert "cercle-des-tilleuls" in facts(anna)
    with closing(sqlite3.connect(anna)) as connection:
        assert [(one.field, one.aside) for one in conflicts(connection)] == [("email", "anna@example.org")]


def three_words(slim: Path, tmp_path: Path, place: Path) -> Path:
    paths = devices(slim, tmp_path, 3)
    for path in paths:
        say(path, "realism", email=f"{path.parent.name}@example.org")
    for path in (*paths, paths[0]):
        sync(str(place), str(path))
    return paths[0]


def test_of_three_words_one_answer_settles_all(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    path = three_words(slim, tmp_path, place)
    with closing(sqlite3.connect(path)) as connection:
        first, second = conflicts(connection)
    assert ht("conflicts", "realism", "--take", "--yes", "--catalogue", str(path)).exit_code == 0
    assert fact(path, "realism")["email"] == first.aside == "1@example.org"
    with open_for_writing(str(path)) as connection:
        assert settle(connection, second, keep=True, who="A") is None  # its "what stands" is not what stands any more
    assert fact(path, "realism")["email"] == first.aside


def test_open_or_closed_since_when_and_why_are_settled_together(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", status="closed", closed_on="2026-11-01", closed_reason="moved")
    say(bram, "realism", status="unverified")
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    assert ht("conflicts", "realism", "--field", "status", "--take", "--yes", "--catalogue", str(anna)).exit_code == 0
    record = fact(anna, "realism")
    assert (record["status"], record["closed_on"], record["closed_reason"]) == ("closed", "2026-11-01", "moved")
    assert ht("conflicts", "--catalogue", str(anna)).exit_code == 1


def test_one_takes_back_what_one_added_to_a_list_to_which_another_added_too(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    needs = fact(anna, "realism")["needs"]
    say(bram, "realism", needs=[*needs, "sleep"])
    say(anna, "realism", needs=[*needs, "grief"])
    sync(str(place), str(bram))
    sync(str(place), str(anna))
    with closing(sqlite3.connect(anna)) as connection:
        own = next(change for change in read_changes(connection) if not change.merged)
    assert ht("undo", own.short, "--yes", "--catalogue", str(anna)).exit_code == 0
    assert fact(anna, "realism")["needs"] == [*needs, "sleep"]


def test_the_last_act_is_taken_back_whole_where_others_words_lie_between(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    with open_for_writing(str(anna)) as connection:
        first = Editor(connection).change("realism", lambda now: now | {"notes": "import"}, Occasion("import"))
        assert first is not None
    say(bram, "zelfmoordlijn-1813", notes="bram")
    with open_for_writing(str(anna)) as connection:
        Editor(connection).change("similes-vlaanderen", lambda now: now | {"notes": "import"}, Occasion("import", batch=first.uuid))
    sync(str(place), str(bram))
    sync(str(place), str(anna))
    assert ht("undo", "--last", "1", "--yes", "--catalogue", str(anna)).exit_code == 0
    notes = {identifier: record.get("notes") for identifier, record in facts(anna).items() if identifier in IDS}
    assert "import" not in notes.values()
    assert notes["zelfmoordlijn-1813"] == "bram"


def test_the_day_of_an_edit_is_the_same_for_who_took_its_sync_back(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    """What brought an entry here is known here alone: whoever never took it back holds the same entries."""
    anna, bram, cleo = devices(slim, tmp_path, 3)
    say(anna, "realism", email="anna@example.org")
    sync(str(place), str(anna))
    sync(str(place), str(bram))
    assert ht("undo", "--last", "1", "--yes", "--catalogue", str(bram)).exit_code == 0
    for path in (bram, cleo, anna, bram):
        sync(str(place), str(path))
    assert fact(anna, "realism") == fact(bram, "realism") == fact(cleo, "realism")
    assert fact(anna, "realism").get("email") is None


def test_a_conflict_is_named_as_everything_else_is(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", phones=[{"number": "+3243421212"}])
    sync(str(place), str(anna))
    sync(str(place), str(bram))
    for path, number in ((anna, "+3243421213"), (bram, "+3243421214")):
        say(path, "realism", phones=[{"number": number}])
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    asked = ("--format", "tsv", "--catalogue", str(anna))
    assert "+3243421213" in ht("conflicts", "REALiSM", "--field", "phone", *asked).out
    assert "no resource is called" in ht("conflicts", "nosuch", *asked).err
    assert ht("conflicts", "realism", "--field", "nosuch", *asked).exit_code == 2
    assert ht("conflicts", "realism", "--field", "phone", "--keep", "--catalogue", str(anna)).exit_code == 0
    assert ht("conflicts", "realism", *asked).exit_code == 1
