"""Harmed input for every reader, for a moment each: what `python -m reliability.fuzzing` does for long."""

from pathlib import Path

import pytest

from reliability.fuzzing import input_of, prepared, try_reader
from reliability.readers import READERS

SECONDS = 0.4  # for each reader


@pytest.fixture
def honest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the honest input; what is set to make it is set back."""
    for variable in ("HT_CATALOGUE", "HT_LANG", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, "")
    return prepared(tmp_path)


def test_no_harmed_input_brings_a_traceback_ten_seconds_or_300_mb(honest: Path) -> None:
    for reader in READERS:
        tried = try_reader(reader, 500, honest, seconds=SECONDS)
        assert tried.faults == []
        assert tried.count > 0


def test_the_same_seed_does_the_same_harm(honest: Path) -> None:
    for reader in ("questions", "hours", "CSV", "TOML", "zip"):
        assert input_of(reader, 7, honest) == input_of(reader, 7, honest)
        assert input_of(reader, 7, honest) != input_of(reader, 8, honest)
