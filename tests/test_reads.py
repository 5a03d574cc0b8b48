"""What only reads asks nothing of a network and opens no file for writing, as the system sees it."""

import os
from pathlib import Path

import pytest

from reliability.watching import asked_of_the_system
from tests.conftest import program

READS = (
    ("find", "depresion", "bruxeles", "--open-now"),
    ("show", "realism"),
    ("history",),
    ("export", "burnout", "namur", "--format", "vcard"),
)


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_command_that_reads_opens_no_connection_and_writes_nothing(own: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    program("strace")
    assert asked_of_the_system(words, own, tmp_path) == []


def test_one_that_writes_is_seen(own: Path, tmp_path: Path) -> None:
    program("strace")
    calls = asked_of_the_system(("update", "realism", "--set", "notes=x", "--yes"), own, tmp_path)
    assert any("O_RDWR" in call and os.fspath(own) in call for call in calls)
