"""What a write leaves is what follows from the journal, one's own write as well as what arrives."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import content_of, name_of, read_changes
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.entries import line_of, read_line
from ht_cli.catalogue.sharing.merging import refresh, unlike_the_journal, write_merge
from ht_cli.catalogue.sharing.syncing import sync
from ht_cli.errors import InvalidDataError
from ht_cli.model import Change
from tests.catalogue.facts import fact, facts
from tests.sharing.test_syncing import Run, check, devices, say


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "cloud").mkdir()
    return tmp_path / "cloud"


def unlike(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return unlike_the_journal(connection)


def test_a_fact_that_changed_after_its_check_is_unchecked_where_it_was_changed_and_elsewhere(
    slim: Path, tmp_path: Path, place: Path
) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    check(anna, "realism", "")
    say(anna, "realism", email="new@example.org")
    record = fact(anna, "realism")
    assert "checked_on" not in record
    confirmed = {one["field"] for one in record["fact_checks"]}
    assert "email" not in confirmed
    assert {"name", "url", "needs"} <= confirmed
    assert unlike(anna) == []
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    assert facts(anna) == facts(bram)


def added(path: Path, identifier: str) -> None:
    with open_for_writing(str(path)) as connection:
        record = {"name": identifier, "kind": "group", "languages": ["fr"], "areas": ["nis:92094"], "needs": ["grief"]}
        Editor(connection).change(identifier, lambda _now: dict(record), Occasion("add"))


def closed(path: Path, identifier: str, successor: str) -> None:
    say(path, identifier, status="closed", closed_on="2026-11-28", successor=successor)


def entries(path: Path) -> list[Change]:
    with closing(sqlite3.connect(path)) as connection:
        return read_changes(connection)[::-1]


def take(path: Path, changes: list[Change]) -> None:
    with open_for_writing(str(path)) as connection:
        refresh(connection, write_merge(connection, changes, str(uuid4())))


def test_a_successor_may_come_later_than_the_word_of_it(slim: Path, tmp_path: Path) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    added(anna, "cercle-nouveau")
    closed(anna, "realism", "cercle-nouveau")
    came, word = entries(anna)
    take(bram, [word])
    assert fact(bram, "realism")["status"] == "closed"
    assert "successor" not in fact(bram, "realism")
    assert unlike(bram) == []
    take(bram, [came])
    assert facts(bram) == facts(anna)


def test_a_successor_that_is_taken_back_elsewhere_is_none_and_the_sync_goes_on(slim: Path, tmp_path: Path, place: Path) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    added(anna, "cercle-nouveau")
    sync(str(place), str(anna))
    sync(str(place), str(bram))
    closed(bram, "realism", "cercle-nouveau")
    with open_for_writing(str(anna)) as connection:
        Editor(connection).take_back(read_changes(connection))
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    assert "cercle-nouveau" not in facts(anna)
    assert facts(anna) == facts(bram)
    assert unlike(anna) == unlike(bram) == []


def test_two_that_each_follow_the_other_are_both_shown(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    closed(anna, "realism", "similes-vlaanderen")
    closed(bram, "similes-vlaanderen", "realism")
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    assert facts(anna) == facts(bram)
    assert ht("show", "realism", "--catalogue", str(anna)).exit_code == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("needs", 5), ("needs", [["grief"]]), ("descriptions", "text"), ("descriptions", [1]), ("phones", [[1]]), ("phones", "107"),
        ("phones", [{"label": {"fr": "x"}}]), ("failed_tries", 10**30), ("min_age", float("inf")), ("fact_checks", "x"),
        ("fact_checks", [{}]), ("fact_checks", [{"field": "url", "on": "2026-11-01"}]), ("addresses", ["x"]), ("status", {"a": 1}),
    ],
)  # fmt: skip
def test_a_value_that_its_field_cannot_hold_is_refused_where_it_arrives(field: str, value: Any) -> None:
    """Under a true name: whoever can write into the folder can name an entry."""
    said = content_of(Change("", "2026-11-28T10:00:00.000Z", "X", "update", "realism", {}, device="deadbeef"))
    said["fields"] = {field: [None, value]}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    name = UUID(int=int.from_bytes(sha256(text.encode()).digest()[:16]) & ~(0xF << 76) & ~(0x3 << 62) | 8 << 76 | 2 << 62)
    with pytest.raises(InvalidDataError, match=field):
        read_line(json.dumps({"id": str(name), **said}))


@pytest.mark.parametrize(
    "at", ["2026-02-30T10:00:00.000Z", "2026-12-39T10:00:00.000Z", "9999-12-31T23:59:59.999Z", "2026-11-28T29:00:00.000Z"]
)
def test_a_moment_after_which_nothing_could_be_written_is_refused(at: str) -> None:
    change = Change("", at, "X", "update", "realism", {"email": (None, "x@example.org")}, device="deadbeef")
    with pytest.raises(InvalidDataError, match="at"):
        read_line(line_of(change._replace(uuid=name_of(change))))
