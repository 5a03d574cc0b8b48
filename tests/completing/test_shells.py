"""Completion, in a real bash, zsh and fish."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ht_cli.commands.completion import HINTS, SCRIPTS, Shell
from tests.completing.shells import RealShell
from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("shells")  # what they share is made once

LEFT = "\x1b[D"


@pytest.fixture(scope="module", params=list(Shell))
def shell(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealShell]:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "my file.csv").touch()
    (folder / "own.db").touch()
    (folder / "shared.csv").touch()
    (folder / "shared folder").mkdir()
    running = RealShell(request.param, folder)
    yield running
    running.close()


COMPLETED = {
    "ht verif\t": ["verify"],
    "ht help verif\t": ["help", "verify"],
    "ht find --open-n\t": ["find", "--open-now"],
    "ht --locale nl terms aud\t": ["--locale", "nl", "terms", "audiences"],
    # the values of options
    "ht find --format rec\t": ["find", "--format", "records"],
    "ht find --format=rec\t": ["find", "--format=records"],
    "ht sheet realism --format mar\t": ["sheet", "realism", "--format", "markdown"],
    "ht export --format geo\t": ["export", "--format", "geojson"],
    "ht verify realism --how vi\t": ["verify", "realism", "--how", "visit"],
    "ht update realism --set kind=serv\t": ["update", "realism", "--set", "kind=service"],
    "ht update realism --set needs=grief,ocd,debt,gambl\t": ["update", "realism", "--set", "needs=grief,ocd,debt,gambling"],
    "ht update realism --set hours_o\tMo-Fr": ["update", "realism", "--set", "hours_osm=Mo-Fr"],
    "ht find --fields name,distan\t": ["find", "--fields", "name,distance_km"],
    "ht find --need gambl\t -c jemel\t": ["find", "--need", "gambling", "-c", "Jemelle"],
    # towns, localities and postcodes
    "ht find --city=jemel\t": ["find", "--city=Jemelle"],
    "ht find --stad JEMEL\t": ["find", "--stad", "Jemelle"],
    "ht find --ville brux\t": ["find", "--ville", "Bruxelles"],
    "ht networks oosten\t": ["networks", "Oostende"],
    "ht networks lüttic\t": ["networks", "Lüttich"],
    "ht urgent 105\t": ["urgent", "1050"],
    "ht find gambl\t jemel\t": ["find", "gambling", "Jemelle"],
    "ht jemel\t": ["Jemelle"],
    # ids
    "ht show realis\t": ["show", "realism"],
    "ht sheet realis\t tele-accueil-1\t": ["sheet", "realism", "tele-accueil-107"],
    # quoting
    "ht find --city la\\ lo\t": ["find", "--city", "La Louvière"],
    'ht find --city "la lo\t': ["find", "--city", "La Louvière"],
    "ht find --city braine-l\\'\t": ["find", "--city", "Braine-l'Alleud"],
    "ht find --city \"braine-l'\t": ["find", "--city", "Braine-l'Alleud"],
    "ht find --city la\\ lo\t -n gambl\t": ["find", "--city", "La Louvière", "-n", "gambling"],
    "ht find --city \"l'eclu\t": ["find", "--city", "L'Ecluse"],
    "ht find --city=\"l'eclu\t": ["find", "--city=L'Ecluse"],
    # a value joined to a short option, other languages
    "ht find -cjemel\t": ["find", "-cJemelle"],
    "ht find gambling -omy\t": ["find", "gambling", "-omy file.csv"],
    "ht find --vil\t jemel\t": ["find", "--ville", "Jemelle"],
    "ht terms beso\t": ["terms", "besoin"],
    "ht find --need burn\t": ["find", "--need", "burnout"],
    # files
    "ht import my\t": ["import", "my file.csv"],
    "ht find gambling -o my\t": ["find", "gambling", "-o", "my file.csv"],
    "ht add --from my\t": ["add", "--from", "my file.csv"],
    "ht find --catalogue=ow\t": ["find", "--catalogue=own.db"],
    # folders, where no file can be meant
    "ht sync sha\tx": ["sync", "shared folder/x"],
    # nothing to offer, files neither
    "ht show own\t": ["show", "own"],
    "ht find --limit ow\t": ["find", "--limit", "ow"],
    # in the middle of a line, and of a word
    f"ht find --city jemel --online{LEFT * 9}\t": ["find", "--city", "Jemelle", "--online"],
    # elsewhere than alone
    "HT_LANG=nl ht verif\t": ["verify"],
    "bin/ht verif\t": ["verify"],
}


@pytest.mark.parametrize("keys", COMPLETED)
def test_a_word_is_completed(keys: str, shell: RealShell) -> None:
    assert shell.completed(keys) == COMPLETED[keys]


def test_several_are_offered_and_none_takes_a_letter_away(shell: RealShell) -> None:
    assert "hsds-csv" in shell.offered("ht export --format h")
    offered = shell.offered("ht networks Lie")
    for town in ("Liege", "Lierneux", "Lierde"):
        assert town in offered


@pytest.mark.parametrize("name", Shell)
def test_the_command_that_is_named_installs_the_script(name: Shell, tmp_path: Path) -> None:
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "HT_LANG": "en"}
    (tmp_path / "ht").write_text(f'#!/bin/sh\nexec {sys.executable} -m ht_cli "$@"\n')
    (tmp_path / "ht").chmod(0o755)
    subprocess.run(["bash", "-c", HINTS[name]], check=True, capture_output=True, env=environment)
    written = [path.read_text() for path in tmp_path.rglob("*ht*") if path.is_file()]
    assert SCRIPTS[name] in written
