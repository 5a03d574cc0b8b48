"""Catalogues of every released schema are read and brought up to date; a step that fails leaves the file as it was."""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.facts import schema
from ht_cli.catalogue.facts.schema import SCHEMA_VERSION
from ht_cli.catalogue.index.learned import EAR_TABLES
from ht_cli.catalogue.index.spellings import ORDINARY
from tests.catalogue.facts import facts
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.db.gz"))


@pytest.fixture(params=FROZEN, ids=lambda path: path.name)
def frozen(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "resources.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    monkeypatch.setenv("HT_CATALOGUE", str(path))
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_catalogue_is_read_without_being_written(frozen: Path, ht: Run) -> None:
    before = frozen.read_bytes()
    assert ht("show", "realism", "--json").exit_code == 0
    assert ht("history").exit_code == (1 if version(frozen) == 1 else 0)  # the oldest has no changes
    assert ht("info", "--check").exit_code == 0
    assert ht("doctor", "--json").exit_code in (0, 1)
    assert frozen.read_bytes() == before


def test_an_older_catalogue_that_holds_what_no_ht_wrote_is_said_to_be_damaged(frozen: Path, ht: Run) -> None:
    with closing(sqlite3.connect(frozen)) as connection, connection:
        connection.execute("UPDATE resource SET kind = x'00ff' WHERE id = 'realism'")
    outcome = ht("show", "realism", "--catalogue", str(frozen))
    assert (outcome.exit_code, "damaged" in outcome.err) == (5, True)


def test_the_first_change_brings_it_up_to_date_and_loses_nothing(frozen: Path, ht: Run) -> None:
    with closing(sqlite3.connect(frozen)) as connection:
        count = connection.execute("SELECT COUNT(*) FROM resource").fetchone()[0]
        email = connection.execute("SELECT email FROM resource WHERE id = 'realism'").fetchone()[0]
    assert ht("update", "realism", "--set", "hours=new hours", "--yes").exit_code == 0
    now = facts(frozen)
    assert version(frozen) == SCHEMA_VERSION
    assert len(now) == count
    assert now["realism"].get("email", "") == email
    assert now["realism"]["hours"] == {"en": "new hours"}
    assert ht("update", "realism", "--set", "hours=newer", "--yes").exit_code == 0


def test_what_was_learned_in_another_layout_comes_anew_from_the_release(frozen: Path, ht: Run) -> None:
    """Features of schema 10 have longer numbers, and words stand in other lists: read as today's, they would say something else."""
    question = ("find", "il me frappe quand il a bu", "mons", "--json")
    before = ht(*question).err
    assert "Are you in danger" in before
    assert ht("update", "realism", "--set", "hours=new hours", "--yes").exit_code == 0
    assert ht(*question).err == before
    for table in (*EAR_TABLES, ORDINARY):
        assert rows(frozen, table) == rows(BUNDLED, table)


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_step_that_fails_leaves_the_file_as_it_was(frozen: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "JUDGED", schema.JUDGED + "CREATE TABLE resource (again TEXT);\n")
    before, was = facts_of_old(frozen), version(frozen)
    outcome = ht("update", "realism", "--set", "hours=new hours", "--yes")
    assert outcome.exit_code == 5
    assert (facts_of_old(frozen), version(frozen)) == (before, was)


def facts_of_old(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM resource ORDER BY id").fetchall()


def test_a_catalogue_of_a_newer_ht_is_not_written_and_help_is_read_from_the_bundled_one(own: Path, ht: Run) -> None:
    with closing(sqlite3.connect(own)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    written, read = ht("update", "realism", "--set", "hours=x", "--yes"), ht("show", "realism")
    assert (written.exit_code, read.exit_code) == (5, 0)
    assert "newer ht" in written.err
    assert "newer ht" in read.err
    assert "The catalogue that came with ht is read instead" in read.err


def test_building_anew_gives_the_schema_that_migrating_gives(frozen: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "hours=new hours", "--yes")

    def columns(path: Path) -> dict[str, list[str]]:
        with closing(sqlite3.connect(path)) as connection:
            tables = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            ]
            return {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables}

    assert columns(frozen) == columns(BUNDLED)
