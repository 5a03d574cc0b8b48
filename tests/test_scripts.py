"""The examples of docs/scripts.md do what they say: each section is run with bash, in a folder of its own."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BUNDLED, ROOT, posix, program

pytestmark = posix

TEXT = (ROOT / "docs" / "scripts.md").read_text("utf-8")
SECTIONS = {
    section.splitlines()[0]: re.findall(r"^```bash\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    for section in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
}
LEFT_BEHIND = {
    "A CSV every night in a shared folder": {"shared", "namur.csv", "phones.csv", "namur.xlsx"},
    "Numbers in other programs": {"numbers.csv", "numbers.db", "numbers.json", "numbers.fods", "pandas.json", "duckdb.json", "said.txt"},
    "What changed between two nights": {"monday.jsonl", "tuesday.jsonl", "back.jsonl", "changes.json"},
    "Feeding a website": {"site", "gids.html", "gids.md"},
    "Loading HSDS elsewhere": {"help.json", "help.zip", "package", "elsewhere.db"},
    "Opening it in Datasette": {"resources.db", "metadata.json", "counts.json", "served.json"},
    "Exit codes": {"found.txt", "said.txt", "namur.csv"},
}
SAID = {
    "What changed between two nights": ["changed: al-anon-fr", "area_note.en:", "there are changes"],
    "Feeding a website": ["resources hold"],
    "Loading HSDS elsewhere": ['"services": ', '"number": "+32'],
    "Exit codes": [" found"],
}


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with `ht` and the other commands of this environment."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "ht").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m ht_cli "$@"\n')
    (folder / "ht").chmod(0o755)
    (folder / "python3").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')  # a link would leave the environment
    (folder / "python3").chmod(0o755)
    for name, module in (("sqlite-utils", "sqlite_utils"), ("datasette", "datasette"), ("csvjson", "csvkit.utilities.csvjson")):
        (folder / name).write_text(f'#!/bin/sh\nexec {sys.executable} -m {module} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


def test_every_section_has_examples_and_every_one_is_run() -> None:
    assert set(SECTIONS) == set(LEFT_BEHIND)
    assert all(SECTIONS.values())
    assert TEXT.count("```bash") == sum(map(len, SECTIONS.values()))


def numbers_kept(work: Path) -> list[str]:
    """The files of a folder that hold every number of its CSV as it is written there."""
    with (work / "numbers.csv").open(encoding="utf-8", newline="") as file:
        numbers = {row["phone"] for row in csv.DictReader(file) if row["phone"]}
    assert len({number for number in numbers if number.startswith("+") and number[1:].isdigit()}) > 10
    return sorted(path.name for path in work.iterdir() if all(number.encode() in path.read_bytes() for number in numbers))


@pytest.mark.parametrize("section", SECTIONS)
def test_the_examples_of_a_section_run_as_they_stand(tmp_path: Path, tools: Path, section: str) -> None:
    if any("soffice" in example for example in SECTIONS[section]):
        program("soffice")
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(BUNDLED, tmp_path / "own.db")
    environment = {
        **os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "HT_CATALOGUE": str(tmp_path / "own.db"), "HT_LANG": "en", "HOME": str(tmp_path),
    }  # fmt: skip
    script = "set -eu\n" + "\n".join(SECTIONS[section])
    run = subprocess.run([program("bash"), "-c", script], capture_output=True, text=True, check=False, cwd=work, env=environment)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name for path in work.iterdir()} == LEFT_BEHIND[section]
    assert all(path.is_dir() or path.stat().st_size > 0 for path in work.iterdir() if path.name != "said.txt")
    for said in SAID.get(section, []):
        assert said in run.stdout + run.stderr
    if section == "Numbers in other programs":
        assert numbers_kept(work) == sorted(LEFT_BEHIND[section] - {"said.txt"})
