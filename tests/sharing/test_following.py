"""What a write leaves is what follows from the journal, one's own write as well as what arrives."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.sharing.merging import unlike_the_journal
from ht_cli.catalogue.sharing.syncing import sync
from tests.catalogue.facts import facts
from tests.sharing.test_syncing import check, devices, say


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
    record = facts(anna)["realism"]
    assert "checked_on" not in record
    confirmed = {one["field"] for one in record["fact_checks"]}
    assert "email" not in confirmed
    assert {"name", "url", "needs"} <= confirmed
    assert unlike(anna) == []
    for path in (anna, bram, anna):
        sync(str(place), str(path))
    assert facts(anna) == facts(bram)
