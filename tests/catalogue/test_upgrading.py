"""A newer release comes in without losing a word of what was changed here."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.records import make_resource, record_of
from ht_cli.catalogue.index.integrity import problems
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.release.build import build
from ht_cli.catalogue.release.sources import read_sources
from tests.catalogue.facts import fact, facts, faults_of
from tests.catalogue.test_merging import say
from tests.conftest import BUNDLED, ROOT, Outcome

pytestmark = pytest.mark.xdist_group("upgrading")  # what they share is made once

Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that changes some facts, adds a resource, and knows a new word."""
    sources = read_sources(ROOT / "data" / "sources")
    resources = []
    for resource in sources.resources:
        record = record_of(resource)
        if resource.id == "realism":
            record |= {"email": "release@example.org", "hours": {"fr": "released hours"}}
        if resource.id == "similes-vlaanderen":
            record |= {"email": "release@example.org", "needs": ["caregiving"]}
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
    assert fact(released, "realism")["email"] == "ours@example.org"
    assert fact(released, "realism")["hours"] == {"fr": "released hours"}
    assert "release@example.org" in outcome.out


def test_a_list_that_the_release_and_we_changed_joins_at_once_and_is_shown(released: Path, ht: Run) -> None:
    before = fact(released, "similes-vlaanderen")["needs"]
    assert "caregiving" in before
    ht("update", "similes-vlaanderen", "--add-need", "grief", "--yes")
    assert "needs" in ht("upgrade", "--yes").out
    assert sorted(fact(released, "similes-vlaanderen")["needs"]) == ["caregiving", "grief"]
    assert faults_of(released, deep=False) == []
    ht("update", "similes-vlaanderen", "--set", "notes=hello", "--yes")
    assert sorted(fact(released, "similes-vlaanderen")["needs"]) == ["caregiving", "grief"]
    ht("undo", "--last", "1", "--yes")
    assert ht("undo", "--last", "1", "--yes").exit_code == 0
    assert sorted(fact(released, "similes-vlaanderen")["needs"]) == sorted([*before, "grief"])
    assert faults_of(released, deep=False) == []


def test_a_fact_that_we_changed_and_put_back_in_words_of_our_own_stays(released: Path, ht: Run) -> None:
    was = fact(released, "similes-vlaanderen")["email"]
    for email in ("ours@example.org", was):
        ht("update", "similes-vlaanderen", "--set", f"email={email}", "--yes")
    ht("upgrade", "--yes")
    assert fact(released, "similes-vlaanderen")["email"] == was
    assert faults_of(released, deep=False) == []


def test_theirs_takes_the_releases_value(released: Path, ht: Run) -> None:
    say(released, "realism", email="ours@example.org")
    ht("upgrade", "--yes", "--theirs")
    assert fact(released, "realism")["email"] == "release@example.org"


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


def test_what_keepers_changed_is_in_the_next_release_and_known_there_as_such(
    released: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The morning's phone call is in the next release without anybody retyping it, and the release after that may change it again."""
    sources = tmp_path / "sources"
    shutil.copytree(ROOT / "data" / "sources", sources)
    ht("update", "realism", "--set", "email=morning@example.org", "--yes")
    ht("verify", "realism", "--field", "email", "--how", "phone", "--by", "AB")
    assert ht("export", "--format", "sources", "-o", str(sources)).exit_code == 0
    shutil.copyfile(released, tmp_path / "colleague.db")

    def release(version: str, **said: str) -> None:
        read = read_sources(sources)
        resources = [make_resource(r.id, record_of(r) | (said if r.id == "realism" else {})) for r in read.resources]
        path = tmp_path / version / "data" / "resources.db"
        path.parent.mkdir(parents=True)
        build(read, path, resources=resources, ears=BUNDLED)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'data_version'", (version,))
        monkeypatch.setattr("ht_cli.paths._PACKAGE", path.parent.parent)

    release("2099.02")
    outcome = ht("upgrade", "--yes")
    assert "morning@example.org" not in outcome.out
    record = fact(released, "realism")
    assert record["email"] == "morning@example.org"
    assert record["fact_checks"][0]["by"] == "AB"
    assert ht("export", "--format", "sources", "-o", str(tmp_path / "again")).exit_code == 1  # nothing is left to bring back
    release("2099.03", email="later@example.org")
    ht("upgrade", "--yes")
    assert fact(released, "realism")["email"] == "later@example.org"
    assert faults_of(released, deep=False) == []


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One's own catalogue, and a release whose places, lines and words lead to what it brings: new ids before and after all others, a renamed need."""
    monkeypatch.delenv("HT_CATALOGUE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    own, release = tmp_path / "ht" / "resources.db", tmp_path / "package" / "data" / "resources.db"
    for path in (own, release):
        path.parent.mkdir(parents=True)
        shutil.copyfile(BUNDLED, path)
    base = {"kind": "group", "languages": ["en"], "areas": ["country:be"], "needs": ["grief"]}
    with open_for_writing(str(release)) as connection:
        editor = Editor(connection)
        for name, values in {"aaa-new": {}, "zzz-new": {}, "net-new": {"kind": "network-adult"}, "line-new": {}}.items():
            editor.change(name, lambda _none, name=name, values=values: {"name": name, **base, **values}, Occasion("add"))  # type: ignore[misc]
        for closed, successor in {"aandacht-vzw": "zzz-new", "similes-vlaanderen": "aaa-new"}.items():
            editor.change(closed, lambda r, successor=successor: r | {"status": "closed", "successor": successor}, Occasion("close"))  # type: ignore[misc]
        connection.execute("UPDATE municipality SET network_adult = 'net-new' WHERE nis = '92094'")
        connection.execute("INSERT INTO urgent_line VALUES ('grief', 0, 9, 'line-new')")
        connection.execute("INSERT INTO term SELECT kind, 'mourning', (SELECT MAX(position) + 1 FROM term WHERE kind = 'needs'), fits, months FROM term WHERE kind = 'needs' AND id = 'grief'")  # fmt: skip
        connection.execute("UPDATE label SET id = 'mourning' WHERE kind = 'needs' AND id = 'grief'")
        connection.execute("UPDATE resource_term SET term = 'mourning' WHERE kind = 'needs' AND term = 'grief'")
        connection.execute("UPDATE urgent_line SET need = 'mourning' WHERE need = 'grief'")
        connection.execute("DELETE FROM term WHERE kind = 'needs' AND id = 'grief'")
        for table in ("change_field", "change", "released"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE meta SET value = '2099.01' WHERE key = 'data_version'")
    monkeypatch.setattr("ht_cli.paths._PACKAGE", release.parent.parent)
    return own


def test_an_upgrade_is_taken_back_and_brought_again_without_a_dead_end(moved: Path, ht: Run) -> None:
    before = facts(moved)
    assert ht("upgrade", "--yes").exit_code == 0
    upgraded = facts(moved)
    assert upgraded["similes-vlaanderen"]["successor"] == "aaa-new"

    rehearsed = ht("undo", "--last", "1", "--dry-run")
    assert facts(moved) == upgraded
    undo = ht("undo", "--last", "1", "--yes")
    assert (rehearsed.exit_code, undo.exit_code) == (0, 0)
    stays = {line.split()[0] for line in undo.err.splitlines() if "stays as the release has it" in line}
    assert stays == {line.split()[0] for line in rehearsed.err.splitlines() if "stays as the release has it" in line}
    assert {"net-new", "line-new"} < stays
    back = facts(moved)
    assert not {"aaa-new", "zzz-new"} & set(back)
    said = {name: {field: value for field, value in record.items() if field != "changed_on"} for name, record in back.items()}
    assert {name for name in before if said[name] != before[name]} <= stays  # the day of an edit is the release's
    assert "net-new: taken back" not in undo.out
    assert faults_of(moved, deep=False) == []

    told = ht("upgrade")
    way = told.err.rpartition("ht undo ")[2].strip()
    assert ht("undo", way, "--yes").exit_code == 0
    assert facts(moved) == upgraded
    assert ht("undo", "--last", "1", "--yes").exit_code == 0
    assert facts(moved) == back
    assert faults_of(moved, deep=False) == []


def test_an_upgrade_is_left_whole_by_restore_too(moved: Path, ht: Run) -> None:
    before = facts(moved)
    ht("upgrade", "--yes")
    assert ht("restore", "1", "--yes").exit_code == 0
    assert facts(moved) == before
    assert ht("upgrade", "--yes").exit_code == 0
    assert "aaa-new" in facts(moved)


def test_one_that_another_follows_is_not_taken_out_alone_and_the_other_is_named(moved: Path, ht: Run) -> None:
    ht("upgrade", "--yes")
    added = next(row for row in json.loads(ht("history", "zzz-new", "--json").out))["change"][:8]
    for options in (("--dry-run",), ("--yes",)):
        outcome = ht("undo", added, *options)
        assert (outcome.exit_code, "ht history aandacht-vzw" in outcome.err) == (2, True)
