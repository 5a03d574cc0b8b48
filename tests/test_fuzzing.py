"""Harmed input for every reader, for a moment each: what `python -m reliability.fuzzing` does for long."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reliability.fuzzing import input_of, prepared
from reliability.readers import READERS
from tests.conftest import ROOT

SECONDS = 0.4  # for each reader
# In a process of its own: a child of one that has run other tests begins with their memory.
EVERY_READER = """
import json, sys
from pathlib import Path
from reliability.fuzzing import prepared, try_reader
from reliability.readers import READERS
folder = prepared(Path(sys.argv[1]))
tried = {reader: try_reader(reader, 500, folder, seconds=float(sys.argv[2])) for reader in READERS}
print(json.dumps({reader: (one.count, one.faults) for reader, one in tried.items()}))
"""


@pytest.fixture
def honest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the honest input; what is set to make it is set back."""
    for variable in ("HT_CATALOGUE", "HT_LANG", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, "")
    return prepared(tmp_path)


def test_no_harmed_input_brings_a_traceback_ten_seconds_or_300_mb(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", EVERY_READER, str(tmp_path), str(SECONDS)], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    tried = json.loads(ended.stdout)
    assert tried.keys() == READERS.keys()
    for count, faults in tried.values():
        assert faults == []
        assert count > 0


def test_the_same_seed_does_the_same_harm_at_any_moment(honest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in ("questions", "hours", "CSV", "TOML", "zip"):
        done = input_of(reader, 7, honest)
        with monkeypatch.context() as later:
            later.setattr("time.time", lambda: 2_000_000_000.0)
            assert input_of(reader, 7, honest) == done
        assert input_of(reader, 7, honest) != input_of(reader, 8, honest)
