"""A damaged catalogue is noticed at any read and said with the way out; who looks for help is answered from the bundled one."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.sealing import held_open, is_whole
from ht_cli.catalogue.keeping.backups import backups_of
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.errors import OwnCatalogueError
from tests.catalogue.facts import dump
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
LOOKS_FOR_HELP = [
    ("find", "deuil", "namur", "--json"), ("show", "realism", "--json"), ("urgent", "--json"), ("networks", "namur", "--json"),
    ("map", "namur", "--json"), ("terms", "needs", "--json"), ("sheet", "realism", "--format", "sms"),
]  # fmt: skip
KEEPS = [
    ("info",), ("history",), ("due",), ("doctor",), ("export", "--json"), ("update", "realism", "--set", "hours=y"), ("undo", "--last", "1"),
    ("verify", "realism", "--how", "phone"), ("info", "--check"), ("info", "--repair"),
]  # fmt: skip
DAMAGES: dict[str, Callable[[bytearray], bytes]] = {
    "head": lambda content: bytes(100) + content[100:],
    "middle": lambda content: content[: len(content) // 2] + bytes(200) + content[len(content) // 2 + 200 :],
    "one bit": lambda content: content[:7_000_000] + bytes([content[7_000_000] ^ 4]) + content[7_000_001:],
    "cut": lambda content: content[: len(content) // 3],
    "longer": lambda content: content[:20_000] + bytes(4096) + content[20_000:],
    "empty": lambda content: b"",
    "text": lambda content: b"these are words, not pages",
}


@pytest.fixture
def kept(own: Path) -> Path:
    """A catalogue of one's own that was changed once, and so has a seal and a backup."""
    change(own, "kept")
    return own


def change(path: Path, text: str) -> None:
    with open_for_writing(str(path)) as connection:
        Editor(connection).change("similes-vlaanderen", lambda record: record | {"notes": text}, Occasion("update"))


def damage(path: Path, kind: str) -> None:
    path.write_bytes(DAMAGES[kind](bytearray(path.read_bytes())))


@pytest.mark.parametrize("kind", DAMAGES)
def test_who_looks_for_help_is_answered_from_the_bundled_catalogue_and_told_so(kept: Path, ht: Run, kind: str) -> None:
    damage(kept, kind)
    for command in LOOKS_FOR_HELP:
        outcome = ht(*command)
        with_bundled = ht(*command, "--catalogue", str(BUNDLED))
        assert (outcome.exit_code, outcome.out) == (0, with_bundled.out), (command, outcome.err)
        assert "ht restore" in outcome.err
        assert "The catalogue that came with ht is read instead" in outcome.err


@pytest.mark.parametrize("kind", DAMAGES)
def test_whatever_else_is_asked_is_refused_with_the_way_out(kept: Path, ht: Run, kind: str) -> None:
    damage(kept, kind)
    content = kept.read_bytes()
    for command in KEEPS:
        outcome = ht(*command)
        assert (outcome.exit_code, outcome.out) == (5, ""), (command, outcome)
        assert "to bring a backup back: ht restore" in outcome.err
    assert kept.read_bytes() == content


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_one_that_was_named_is_refused_before_and_after_the_command(kept: Path, ht: Run, kind: str, tmp_path: Path) -> None:
    alone = tmp_path / "alone.db"
    shutil.copyfile(kept, alone)
    damage(alone, kind)
    for command in (("--catalogue", str(alone), "find", "deuil"), ("find", "deuil", "--catalogue", str(alone))):
        outcome = ht(*command)
        assert (outcome.exit_code, outcome.out) == (5, "")
        assert str(alone) in outcome.err
        assert "take another copy" in outcome.err


def test_a_missing_one_of_which_backups_are_left_is_said_and_not_begun_anew_in_silence(
    ht: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HT_CATALOGUE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ht("update", "realism", "--set", "notes=mine", "--yes")
    own = tmp_path / "ht" / "resources.db"
    own.unlink()
    outcome = ht("show", "realism", "--json")
    assert (outcome.exit_code, "ht restore" in outcome.err) == (0, True)
    assert ht("update", "realism", "--set", "notes=again", "--yes").exit_code == 5
    assert not own.exists()
    assert ht("restore", "1", "--yes").exit_code == 0
    assert own.is_file()
    assert ht("show", "realism", "--json").err == ""


def test_one_that_the_environment_names_and_is_not_there_is_said(ht: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HT_CATALOGUE", str(tmp_path / "gone.db"))
    outcome = ht("find", "deuil", "namur", "--json")
    assert (outcome.exit_code, outcome.out) == (0, ht("find", "deuil", "namur", "--json", "--catalogue", str(BUNDLED)).out)
    assert "ht restore 0" in outcome.err
    assert ht("history").exit_code == 5
    assert ht("--catalogue", str(tmp_path / "gone.db"), "find", "deuil").exit_code == 5


def test_without_a_backup_one_begins_anew_from_the_bundled_one(own: Path, ht: Run) -> None:
    own.write_bytes(b"")
    assert "ht restore 0" in ht("history").err
    assert ht("restore", "0", "--yes").exit_code == 0
    assert dump(own) == dump(BUNDLED)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_way_out_is_named_in_each_language(kept: Path, ht: Run, language: str) -> None:
    damage(kept, "one bit")
    said = ht("history", "--locale", language).err
    assert ": ht restore\n" in said
    locale.activate([], {"HT_LANG": "en"})
    assert (said == ht("history").err) == (language == "en")


def test_flipped_bytes_bring_neither_a_traceback_nor_a_wrong_answer(kept: Path, ht: Run) -> None:
    """60 copies with 1 to 64 bytes flipped: each read says so, or gives what it gave before."""
    content = kept.read_bytes()
    commands = (("find", "deuil", "namur", "--json"), ("show", "realism", "--json"), ("history", "--json"), ("map", "namur", "--json"))
    right = {command: ht(*command).out for command in commands}
    chance = random.Random(64)
    noticed = 0
    for _number in range(60):
        flipped = bytearray(content)
        for _spot in range(round(2 ** chance.uniform(0, 6))):
            flipped[chance.randrange(len(flipped))] ^= chance.randrange(1, 256)
        kept.write_bytes(flipped)
        for command in commands:
            outcome = ht(*command)
            said = outcome.exit_code == 5 or "is read instead" in outcome.err
            noticed += said
            assert said or outcome.out == right[command], command
    assert noticed > 230


def test_a_value_that_nothing_can_be_made_of_is_damage_where_the_file_proves_it(own: Path) -> None:
    """Without a seal, as an earlier version wrote it: what a wrong value leads to is said as damage where SQLite finds some."""
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE resource SET status = 'acti'")
    with pytest.raises(OwnCatalogueError, match="is damaged"), open_catalogue():
        raise KeyError("acti")


def test_a_mistake_of_the_program_is_not_taken_for_damage(kept: Path) -> None:
    with pytest.raises(KeyError), open_catalogue():
        raise KeyError("mine")


def seal_of(path: Path) -> bool | None:
    with held_open(path) as opened, closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return is_whole(connection, opened)


def test_each_write_seals_and_a_copy_keeps_the_seal(kept: Path, ht: Run, tmp_path: Path) -> None:
    assert seal_of(kept) is True
    for command in (
        ("update", "realism", "--set", "notes=x", "--yes"),
        ("undo", "--last", "1", "--yes"),
        ("info", "--repair"),
        ("restore", "1", "--yes"),
    ):
        assert ht(*command).exit_code == 0
        assert seal_of(kept) is True, command
    shutil.copyfile(kept, tmp_path / "copy.db")
    assert seal_of(tmp_path / "copy.db") is True
    assert "\tseal\t" not in ht("info").out


def test_where_another_program_wrote_the_seal_says_nothing(kept: Path, ht: Run) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        for statement in ("UPDATE resource SET notes = 'by hand' WHERE id = 'realism'", "VACUUM", "PRAGMA user_version = 6"):
            connection.execute(statement)
            connection.commit()
            assert seal_of(kept) is None
    assert ht("show", "realism", "--json").err == ""
    assert ht("info", "--backup", str(kept.with_name("copy.db"))).exit_code == 0
    assert seal_of(kept.with_name("copy.db")) is not False


def test_a_catalogue_of_an_earlier_version_has_no_seal_and_gets_one_with_the_first_write(own: Path) -> None:
    assert seal_of(own) is None
    change(own, "first")
    assert seal_of(own) is True
    assert seal_of(backups_of(own)[0].path) is None


def test_who_reads_while_another_process_writes_never_sees_damage(kept: Path, slim: Path) -> None:
    shutil.copyfile(slim, kept)
    pid = os.fork()
    if pid == 0:
        for number in range(40):
            change(kept, f"number {number}")
        os._exit(0)
    reads = 0
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        with open_catalogue(str(kept)) as connection:
            connection.execute("SELECT COUNT(*) FROM resource").fetchone()
        reads += 1
    assert reads > 10
