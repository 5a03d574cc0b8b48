"""A newer release comes in without losing a word of what was changed here."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.build import build
from ht_cli.catalogue.integrity import problems
from ht_cli.catalogue.records import make_resource, record_of
from ht_cli.catalogue.sources import read_sources
from tests.catalogue.facts import facts, faults_of
from tests.catalogue.test_merging import say
from tests.conftest import BUNDLED, ROOT, Outcome

Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that changes two facts, adds a resource, and knows a new word."""
    sources = read_sources(ROOT / "data" / "sources")
    resources = []
    for resource in sources.resources:
        record = record_of(resource)
        if resource.id == "realism":
            record |= {"email": "release@example.org", "hours": {"fr": "released hours"}}
        resources.append(make_resource(resource.id, record))
    added = {"name": "Brand New Circle", "kind": "group", "languages": ["en"], "areas": ["country:be"], "needs": ["grief"]}
    resources.append(make_resource("brand-new-circle", added))
    sources.words["en"]["needs"]["grief"]["forms"].append("zorblefunk")
    path = tmp_path_factory.mktemp("release") / "data" / "resources.db"
    path.parent.mkdir()
    build(sources, path, resources=resources, ears=BUNDLED)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = '2099.01' WHERE key = 'data_version'")
    return path


@pytest.fixture
def released(newer: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One's own catalogue of the release before, where the platform keeps it, and a newer bundled one."""
    monkeypatch.delenv("HT_CATALOGUE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    own = tmp_path / "ht" / "resources.db"
    own.parent.mkdir()
    shutil.copyfile(BUNDLED, own)
    monkeypatch.setattr("ht_cli.paths._PACKAGE", newer.parent.parent)
    return own


def test_a_newer_release_is_told_of_once_and_upgrade_brings_it_in(released: Path, ht: Run) -> None:
    assert ht("show", "realism", "--format", "ids").err.count("ht upgrade") == 1
    say(released, "realism", notes="ours")
    outcome = ht("upgrade", "--yes")
    assert outcome.exit_code == 0
    now = facts(released)
    assert now["realism"]["email"] == "release@example.org"
    assert now["realism"]["notes"] == "ours"
    assert now["brand-new-circle"]["name"] == "Brand New Circle"
    assert ht("find", "zorblefunk", "--format", "ids").exit_code == 0
    assert "ht upgrade" not in ht("show", "realism", "--format", "ids").err
    with closing(sqlite3.connect(released)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert ht("upgrade").err.startswith("your catalogue holds the newest release")


def test_where_the_release_and_we_changed_the_same_ours_stays_and_is_told(released: Path, ht: Run) -> None:
    say(released, "realism", email="ours@example.org")
    outcome = ht("upgrade", "--yes")
    assert facts(released)["realism"]["email"] == "ours@example.org"
    assert facts(released)["realism"]["hours"] == {"fr": "released hours"}
    assert "release@example.org" in outcome.out


def test_theirs_takes_the_releases_value(released: Path, ht: Run) -> None:
    say(released, "realism", email="ours@example.org")
    ht("upgrade", "--yes", "--theirs")
    assert facts(released)["realism"]["email"] == "release@example.org"


def test_undoing_an_upgrade_gives_the_facts_of_before_back(released: Path, ht: Run) -> None:
    before = facts(released)
    ht("upgrade", "--yes")
    assert ht("undo", "--last", "1", "--yes").exit_code == 0
    after = facts(released)
    assert {identifier: record for identifier, record in after.items() if identifier in before} == before
    assert "brand-new-circle" not in after


def test_dry_run_changes_nothing(released: Path, ht: Run) -> None:
    before = released.read_bytes()
    assert "release@example.org" in ht("upgrade", "--dry-run").out
    assert released.read_bytes() == before


def test_an_upgraded_catalogue_is_whole(released: Path, newer: Path, ht: Run) -> None:
    ht("upgrade", "--yes")
    with closing(sqlite3.connect(newer)) as release, closing(sqlite3.connect(released)) as own:
        assert list(problems(own, release)) == []
    assert faults_of(released, deep=False) == []


def test_without_a_catalogue_of_ones_own_there_is_nothing_to_upgrade(ht: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HT_CATALOGUE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    outcome = ht("upgrade")
    assert outcome.exit_code == 0
    assert "no catalogue of your own" in outcome.err
