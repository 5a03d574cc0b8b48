"""Whatever a shell can hand over is read or refused in words: bytes that are no UTF-8, and names that no disk takes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.cleaning import in_characters
from tests.conftest import ROOT, Outcome

Run = Callable[..., Outcome]
LATIN = "d\udce9pression"  # as Python gives dépression from a terminal that writes Latin-1
LONG = "x" * 300 + ".db"  # the longest name of a file is 255 bytes on most systems


def test_a_word_from_a_terminal_that_writes_latin_1_is_the_word() -> None:
    run = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"ht_cli", b"find", b"d\xe9pression", b"li\xe8ge", b"--format", b"ids"],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    plain = subprocess.run(
        [sys.executable, "-m", "ht_cli", "find", "dépression", "liège", "--format", "ids"], capture_output=True, check=True, cwd=ROOT
    )
    assert run.stdout == plain.stdout != b""
    assert b"Traceback" not in run.stderr


def test_what_is_no_letter_of_latin_1_either_stands_for_itself() -> None:
    assert in_characters("été") == "été"
    assert in_characters("li\udce8ge") == "liège"
    assert in_characters("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    "words",
    [
        ("find", LATIN), ("show", LATIN), ("networks", LATIN), ("map", LATIN), ("history", "--by", LATIN), ("find", "--city", LATIN), ("open", LATIN),
        ("guide", LATIN), ("due", "--city", LATIN), ("terms", LATIN), ("sheet", LATIN), ("restore", LATIN), ("sync", LATIN), ("take", LATIN),
        ("import", LATIN), ("merge", LATIN), ("validate", LATIN), ("update", LATIN, "--set", "notes=x"), ("remove", LATIN), (LATIN,), ("zzz", LATIN),
        ("find", "x", "--format", LATIN), ("find", "x", "--locale", LATIN), ("find", "x", "--catalogue", LATIN), ("add", "--from", LATIN),
        ("report", "realism", LATIN), ("undo", LATIN), ("update", "realism", "--set", f"notes={LATIN}", "--yes"), ("find", LATIN, "--explain"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_utf_8_are_an_argument_like_any_other(own: Path, ht: Run, words: tuple[str, ...]) -> None:
    assert ht(*words).exit_code in range(6)


def test_what_is_kept_of_such_a_text_is_in_characters(own: Path, ht: Run) -> None:
    assert ht("update", "realism", "--set", f"notes={LATIN}", "--yes").exit_code == 0
    assert "dépression" in ht("history", "realism").out


def test_a_file_keeps_the_bytes_of_its_name(own: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "d\udce9part.jsonl"
    ht("update", "realism", "--set", "notes=x", "--yes")
    assert ht("send", str(path)).exit_code == 0
    assert b"d\xe9part.jsonl" in os.listdir(os.fsencode(tmp_path))
    assert ht("find", "deuil", "--catalogue", str(own.rename(tmp_path / "d\udce9.db"))).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("take",), ("import",), ("merge",), ("validate",), ("send",), ("sync",), ("restore",), ("add", "--from"), ("find", "deuil", "--catalogue"),
        ("history", "--catalogue"), ("update", "realism", "--set", "notes=x", "--catalogue"), ("find", "deuil", "--format", "csv", "-o"),
        ("export", "deuil", "--format", "sqlite", "-o"), ("map", "--format", "svg", "-o"), ("sheet", "realism", "--format", "text", "-o"),
        ("info", "--backup"), ("info", "--catalogue"), ("restore", "--catalogue"), ("upgrade", "--catalogue"),
    ],
)  # fmt: skip
def test_a_name_that_no_disk_takes_is_refused_in_words(own: Path, ht: Run, words: tuple[str, ...]) -> None:
    ht("update", "realism", "--set", "notes=x", "--yes")
    outcome = ht(*words, LONG)
    assert outcome.exit_code in (0, 1, 2, 5)  # where there is no catalogue, `ht restore` still lists what there is to go back to
    assert outcome.err


def test_a_record_nested_a_hundred_thousand_deep_is_refused(own: Path, ht: Run, tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text("name = " + "[" * 100_000)
    outcome = ht("add", "--from", str(tmp_path / "deep.toml"), "--yes")
    assert outcome.exit_code == 4
    assert "is not TOML" in outcome.err
