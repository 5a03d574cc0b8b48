"""What leaves as a release runs where nothing is installed, and is the same bytes whoever makes it."""

import gzip
import hashlib
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from ht_cli import __version__
from shipping import debian, single_file
from shipping.staging import LEFT_OUT, libraries
from tests.conftest import ROOT, program

pytestmark = pytest.mark.xdist_group("artefacts")  # what they share is made once
ANSWER = "ecoute-enfants-103"  # the first line for "ado anxieux liege"


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has no library but its own."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    return folder / "bin" / "python"


def asked(home: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program with an empty environment and home."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HT_LANG": "en"}
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=home, env=environment)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_wheel_is_the_same_bytes_twice_and_brings_the_manual(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    for number, zone in enumerate(("Europe/Brussels", "Asia/Tokyo")):
        subprocess.run(
            [*build, tmp_path / str(number)], check=True, capture_output=True, cwd=ROOT, env=os.environ | {"TZ": zone}, umask=(0o022, 0o077)[number]
        )  # fmt: skip
    one, other = (next((tmp_path / str(number)).glob("*.whl")) for number in range(2))
    assert digest(one) == digest(other)
    names = zipfile.ZipFile(one).namelist()
    for laid in ("man/man1/ht.1", "man/nl/man1/ht.1", "bash-completion/completions/ht", "zsh/site-functions/_ht"):
        assert f"ht_cli-{__version__}.data/data/share/{laid}" in names
    metadata = zipfile.ZipFile(one).read(f"ht_cli-{__version__}.dist-info/METADATA").decode()
    assert metadata.startswith("Metadata-Version: 2.4\n")


def test_the_single_file_answers_with_nothing_installed(bare: Path, tmp_path: Path) -> None:
    made = single_file.make(tmp_path / "ht.pyz")
    assert made.stat().st_size < 15_000_000
    assert digest(made) == digest(single_file.make(tmp_path / "again" / "ht.pyz"))
    home = tmp_path / "home"
    home.mkdir()
    run = asked(home, bare, "-I", made, "find", "ado", "anxieuxx", "liege", "--format", "ids")  # a slip too: its library is there
    assert run.stdout.splitlines()[0] == ANSWER
    assert "Wo anfangen?" in asked(home, bare, "-I", made, "guide", "--locale", "de").stdout
    assert asked(home, bare, "-I", made, "update", "realism", "--set", "phone=04 342 12 12", "--dry-run").stderr
    assert not any(home.rglob(".local"))


def test_the_debian_package_installs_answers_and_goes(bare: Path, tmp_path: Path) -> None:
    for needed in ("dpkg", "dpkg-deb"):
        program(needed)
    package = debian.make(tmp_path, "none")
    assert digest(package) == digest(debian.make(tmp_path / "again", "none"))
    root, home = tmp_path / "root", tmp_path / "home"
    home.mkdir()
    for folder in ("info", "updates"):
        (root / "var" / "lib" / "dpkg" / folder).mkdir(parents=True)
    python = "Package: python3\nStatus: install ok installed\nArchitecture: all\nMaintainer: nobody\nVersion: 3.11.2\nDescription: Python\n"
    (root / "var" / "lib" / "dpkg" / "status").write_text(python)
    dpkg = [program("dpkg"), f"--root={root}", "--force-not-root", "--force-script-chrootless"]
    environment = os.environ | {"PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}
    subprocess.run([*dpkg, "--install", package], check=True, capture_output=True, env=environment)
    run = asked(home, bare, root / "usr" / "bin" / "ht", "find", "ado", "anxieuxx", "liege", "--format", "ids")
    assert run.stdout.splitlines()[0] == ANSWER
    assert gzip.decompress((root / "usr/share/man/fr/man1/ht.1.gz").read_bytes()).startswith(b".TH HT 1")
    assert (root / "usr/share/bash-completion/completions/ht").exists()
    assert (root / "usr/share/zsh/vendor-completions/_ht").exists()
    rights = (root / "usr/share/doc/ht-cli/copyright").read_text("utf-8")
    for library in libraries():
        assert f"\n{library.name} {library.version}:" in rights
    subprocess.run([*dpkg, "--remove", "ht-cli"], check=True, capture_output=True, env=environment)
    assert not (root / "usr" / "bin" / "ht").exists()
    assert not (root / "usr" / "share" / "man").exists()


def test_what_leaves_names_each_library_that_is_imported() -> None:
    names = {library.name.lower() for library in libraries()}
    assert {"typer", "rich", "sqlite-utils", "rapidfuzz", "textual", "jinja2", "markupsafe", "phonenumbers"} <= names
    assert not names & LEFT_OUT
