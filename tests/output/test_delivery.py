"""A file appears whole, or what was there stays."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ht_cli.errors import UsageError
from ht_cli.output.delivery import deliver
from tests.conftest import BUNDLED, ROOT

EXPORT = [sys.executable, "-m", "ht_cli", "export", "--force", "--format"]
ENVIRONMENT = os.environ | {"HT_CATALOGUE": str(BUNDLED), "HT_LANG": "en"}
SMALL_DISK = 100_000  # bytes


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, SMALL_DISK))


@pytest.mark.parametrize("form", ["csv", "json", "geojson", "xlsx", "sqlite"])
def test_a_full_disk_leaves_what_was_there_and_says_so(tmp_path: Path, form: str) -> None:
    path = tmp_path / "all"
    path.write_text("what was there")
    run = subprocess.run([*EXPORT, form, "-o", str(path)], capture_output=True, text=True, check=False, cwd=ROOT, preexec_fn=limit_files, env=ENVIRONMENT)  # fmt: skip
    assert run.returncode in (2, 5)
    assert run.stderr.startswith("ht: ")
    assert len(run.stderr.splitlines()) == 1
    assert path.read_text() == "what was there"
    assert os.listdir(tmp_path) == ["all"]


def test_a_full_disk_behind_stdout_is_one_sentence(tmp_path: Path) -> None:
    with (tmp_path / "all").open("wb") as file:
        run = subprocess.run([*EXPORT, "csv"], stdout=file, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT, preexec_fn=limit_files, env=ENVIRONMENT)  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.startswith("ht: cannot write stdout")
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_process_leaves_what_was_there(tmp_path: Path, sent: signal.Signals) -> None:
    path = tmp_path / "all"
    path.write_text("what was there")
    code = (
        "import sys, time, pathlib; from ht_cli.output.delivery import deliver\n"
        "def slow():\n yield 'x' * 100_000\n print('begun', flush=True)\n time.sleep(60)\n"
        "deliver(slow(), pathlib.Path(sys.argv[1]))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT)
    assert process.stdout
    assert process.stdout.readline() == b"begun\n"
    process.send_signal(sent)
    assert process.wait(10) != 0
    assert path.read_text() == "what was there"
    process.stdout.close()


def test_a_failure_half_way_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[str]:
        yield "x" * 100_000
        raise UsageError("no")

    with pytest.raises(UsageError):
        deliver(failing(), tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_rights_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    deliver(["new"], tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE)
    time.sleep(0.1)
    deliver(["through"], tmp_path / "pipe")
    assert reader.communicate(timeout=10)[0] == b"through"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        deliver(["x"], tmp_path)
