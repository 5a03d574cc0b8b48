"""What `ht` keeps for its user is readable by nobody else: a catalogue holds addresses that must stay secret."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Outcome

Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def everybody_may_read() -> Iterator[None]:
    """The umask of most systems."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.rglob("*")}


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("HT_CATALOGUE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "ht"


def test_catalogue_backups_and_what_lies_aside_are_the_users_alone(ht: Run, home: Path, slim: Path) -> None:
    assert ht("update", "realism", "--set", "notes=first", "--yes").exit_code == 0
    assert ht("restore", "1", "--yes").exit_code == 0
    (home / "resources.db").write_bytes(b"damaged")
    assert ht("restore", "1", "--yes").exit_code == 0
    found = modes(home)
    assert {"resources.db", "resources.db.damaged"} <= found.keys()
    assert sum(name.startswith("resources.db.backup-") for name in found) == 2
    assert set(found.values()) == {"0o600"}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o600, 0o660, 0o640])
def test_the_copies_of_a_catalogue_may_be_read_by_those_who_may_read_it(own: Path, ht: Run, slim: Path, mode: int, tmp_path: Path) -> None:
    shutil.copyfile(slim, own)
    own.chmod(mode)
    assert ht("update", "realism", "--set", "notes=first", "--yes").exit_code == 0
    assert ht("info", "--backup", str(own.with_name("copy.db"))).exit_code == 0
    assert ht("restore", "1", "--yes").exit_code == 0
    own.write_bytes(b"damaged")
    assert ht("restore", "1", "--yes").exit_code == 0
    found = modes(own.parent)
    assert len(found) >= 5
    assert set(found.values()) == {oct(mode)}
