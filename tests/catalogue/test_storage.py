"""A catalogue outlives what happens to it: many writers, killed ones, a full disk, files that may not be written."""

import os
import random
import re
import resource as limits
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.keeping import writing
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import count_changes
from ht_cli.catalogue.keeping.writing import open_for_writing
from tests.catalogue.children import Child, run_command
from tests.catalogue.facts import dump, facts, faults_of
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
NOBODY = 65534
ADDED = ("--kind", "group", "--city", "Namur", "--need", "grief", "--language", "fr", "--phone", "081 22 33 44", "--force", "--yes")


def test_eight_processes_that_write_fifty_times_each_lose_nothing(own: Path, few: Path) -> None:
    shutil.copyfile(few, own)
    ids = list(facts(own))

    def write_fifty(worker: int) -> int:
        for number in range(50):
            with open_for_writing() as connection:
                note = f"{worker}-{number}"
                Editor(connection).change(ids[(7 * worker + number) % 40], lambda record, note=note: record | {"notes": note}, Occasion("update", "AB"))  # type: ignore[misc]  # fmt: skip
        return 0

    children = [Child(lambda worker=worker: write_fifty(worker)) for worker in range(8)]  # type: ignore[misc]
    ended = [child.end() for child in children]
    assert [(child.exit_code, child.said) for child in ended] == [(0, "")] * 8
    with closing(sqlite3.connect(own)) as connection:
        assert count_changes(connection) == 400
        notes = {text for (text,) in connection.execute("SELECT after FROM change_field WHERE field = 'notes'")}
    assert len(notes) == 400
    assert faults_of(own, release_path=few) == []


KILLS, KILLS_OF_A_ROUND = int(os.environ.get("HT_KILLS", "100")), 25
ACKNOWLEDGED = r": \w.* \(([0-9a-f]{8})\)$"  # what was done, not what an undo is about to take back


@pytest.mark.parametrize("round_", range(KILLS // KILLS_OF_A_ROUND))
def test_a_killed_process_loses_at_most_what_it_had_not_acknowledged(own: Path, few: Path, tmp_path: Path, round_: int) -> None:
    shutil.copyfile(few, own)
    chance = random.Random(round_)
    files = _files_to_bring(tmp_path, own, few)
    acknowledged: set[str] = set()
    for attempt in range(KILLS_OF_A_ROUND):
        child = Child(lambda seed=1000 * round_ + attempt: _go_on_writing(seed, files))  # type: ignore[misc]
        child.hear(chance.choice((0, 1, 1, 2, 12)), ACKNOWLEDGED)
        time.sleep(chance.uniform(0.0, 0.05))
        said = child.kill().said
        acknowledged |= set(re.findall(ACKNOWLEDGED, said, re.MULTILINE))
        with closing(sqlite3.connect(own)) as connection:
            kept = {uuid[:8] for (uuid,) in connection.execute("SELECT uuid FROM change")}
        assert acknowledged <= kept
        assert faults_of(own, deep=attempt == KILLS_OF_A_ROUND - 1, release_path=few) == []
    assert len(acknowledged) > 25


def _files_to_bring(folder: Path, own: Path, few: Path) -> dict[str, Path]:
    """A colleague's catalogue to merge, and a spreadsheet to import."""
    colleague = folder / "colleague.db"
    shutil.copyfile(few, colleague)
    for number, identifier in enumerate(list(facts(own))[40:80]):
        with open_for_writing(str(colleague)) as connection:
            Editor(connection).change(identifier, lambda record, n=number: record | {"notes": f"colleague {n}"}, Occasion("update"))  # type: ignore[misc]
    sheet = folder / "sheet.csv"
    sheet.write_text(
        "id,notes\n" + "".join(f"{identifier},imported {n}\n" for n, identifier in enumerate(list(facts(own))[80:140])), "utf-8"
    )
    return {"colleague": colleague, "sheet": sheet}


def _go_on_writing(seed: int, files: dict[str, Path]) -> int:
    chance = random.Random(seed)
    for number in range(1000):
        identifier = chance.choice(("realism", "similes-vlaanderen", "tele-accueil-107", "agapei-groepen"))
        arguments = chance.choice(
            [
                ("update", identifier, "--set", f"hours=text {seed} {number}", "--yes"),
                ("add", "--name", f"Groupe {seed} {number}", *ADDED),
                ("import", str(files["sheet"]), "--yes"),
                ("merge", str(files["colleague"]), "--yes"),
                ("undo", "--last", "1", "--yes"),
                ("verify", identifier, "--how", "phone"),
            ]
        )
        run_command(*arguments)
    return 0


def test_an_upgrade_that_is_killed_has_happened_or_has_not(own: Path, few: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    release = tmp_path / "package" / "data" / "resources.db"
    release.parent.mkdir(parents=True)
    shutil.copyfile(few, own)
    shutil.copyfile(few, release)
    with open_for_writing(str(release)) as connection:
        connection.execute("UPDATE meta SET value = '2099.01' WHERE key = 'data_version'")
        connection.execute("UPDATE resource SET email = 'new@example.org' WHERE id = 'realism'")
    monkeypatch.setattr("ht_cli.paths._PACKAGE", release.parent.parent)
    before = facts(own)
    chance = random.Random(7)
    for _attempt in range(20):
        child = Child(lambda: run_command("upgrade", "--yes"))
        time.sleep(chance.uniform(0.0, 1.2))
        child.kill()
        now = facts(own)
        assert now == before or now["realism"]["email"] == "new@example.org"
        assert faults_of(own, deep=False) == []
        if now != before:
            break


@pytest.mark.parametrize("room", [1_000_000, BUNDLED.stat().st_size + 700_000])
def test_a_full_disk_changes_nothing_and_says_so(own: Path, tmp_path: Path, room: int) -> None:
    sheet = tmp_path / "long.csv"
    sheet.write_text(
        "id,name,kind,languages,areas,notes\n" + "".join(f"full-{n},Full {n},group,fr,country:be,{'x' * 4000}\n" for n in range(400))
    )
    before = dump(own)

    def with_little_room() -> int:
        limits.setrlimit(limits.RLIMIT_FSIZE, (room, room))
        return run_command("import", str(sheet), "--yes")

    ended = Child(with_little_room).end()
    assert ended.exit_code == 5
    assert "nothing was changed" in ended.said or "cannot be written" in ended.said
    assert "Traceback" not in ended.said
    assert dump(own) == before
    assert faults_of(own, deep=False) == []


def as_nobody(*arguments: str) -> Callable[[], int]:
    def run() -> int:
        run_command("show", "realism", "--format", "ids")  # what is loaded now need not be readable later
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        return run_command(*arguments)

    return run


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become a user who may not write")
@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o666), (0o777, 0o444), (0o555, 0o444)])
def test_a_file_or_folder_that_may_not_be_written_is_said(own: Path, folder: int, file: int, ht: Run) -> None:
    for parent in own.parents:
        if parent.is_relative_to("/tmp") and parent != Path("/tmp"):
            parent.chmod(0o755)
    own.chmod(file)
    own.parent.chmod(folder)
    ht("update", "similes-vlaanderen", "--set", "hours=x", "--dry-run")
    before = dump(own)
    ended = Child(as_nobody("update", "similes-vlaanderen", "--set", "hours=x", "--yes")).end()
    assert ended.exit_code == 5, ended.said
    assert str(own) in ended.said
    assert dump(own) == before


def test_a_missing_file_or_folder_is_said(ht: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HT_CATALOGUE", str(tmp_path / "none" / "resources.db"))
    outcome = ht("update", "similes-vlaanderen", "--set", "hours=x", "--yes")
    assert outcome.exit_code == 5
    assert "no catalogue at" in outcome.err


def test_a_catalogue_that_another_process_holds_is_said(own: Path, monkeypatch: pytest.MonkeyPatch, ht: Run) -> None:
    monkeypatch.setattr(writing, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(own, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        outcome = ht("update", "similes-vlaanderen", "--set", "hours=x", "--yes")
        other.execute("ROLLBACK")
    assert outcome.exit_code == 5
    assert "another program is writing" in outcome.err


def test_the_bundled_catalogue_is_never_written(ht: Run) -> None:
    before = BUNDLED.read_bytes()
    outcome = ht("update", "similes-vlaanderen", "--set", "hours=x", "--yes")
    assert outcome.exit_code == 5
    assert BUNDLED.read_bytes() == before


def test_the_first_change_makes_ones_own_copy_and_that_is_read_from_then_on(
    ht: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HT_CATALOGUE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert ht("show", "similes-vlaanderen", "--format", "ids").exit_code == 0
    assert not (tmp_path / "ht").exists()
    assert ht("update", "similes-vlaanderen", "--set", "hours=own words", "--yes").exit_code == 0
    assert "own words" in ht("show", "similes-vlaanderen", "--json").out
    own, *backups = sorted(path.name for path in (tmp_path / "ht").iterdir())
    assert own == "resources.db"
    assert [name.startswith("resources.db.backup-2") for name in backups] == [True]


def test_check_finds_stale_search_tables_and_repair_mends_them(own: Path, ht: Run) -> None:
    assert ht("info", "--check").exit_code == 0
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("DELETE FROM name_key WHERE resource = 5")
        connection.execute("DELETE FROM form WHERE meaning IN (SELECT number FROM meaning WHERE kind = 'needs')")
    outcome = ht("info", "--check")
    assert outcome.exit_code == 5
    assert "name_key" in outcome.err
    assert "form" in outcome.err
    assert ht("info", "--repair").exit_code == 0
    assert ht("info", "--check").exit_code == 0


def test_check_finds_facts_that_are_not_what_their_history_says_and_repair_mends_them(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "email=right@example.org", "--yes")
    assert ht("info", "--check").exit_code == 0
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("UPDATE resource SET email = 'wrong@example.org' WHERE id = 'realism'")
    outcome = ht("info", "--check")
    assert outcome.exit_code == 5
    assert "realism does not say what its history says" in outcome.err
    assert ht("info", "--repair").exit_code == 0
    assert facts(own)["realism"]["email"] == "right@example.org"
    assert ht("info", "--check").exit_code == 0


def test_a_backup_is_a_whole_catalogue_and_a_failing_one_leaves_the_old(own: Path, ht: Run, tmp_path: Path) -> None:
    assert ht("info", "--backup", str(tmp_path / "copy.db")).exit_code == 0
    assert dump(tmp_path / "copy.db") == dump(own)
    outcome = ht("info", "--backup", str(tmp_path / "none" / "copy.db"))
    assert outcome.exit_code == 5
