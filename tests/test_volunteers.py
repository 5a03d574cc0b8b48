"""A volunteer's first hour, in four languages: each block for a shell is run as it stands, and the pages say the same."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import BUNDLED, ROOT, Outcome, posix
from tests.pages import LANGUAGES, Pages, blocks, run_in_bash, this_python

pytestmark = [posix, pytest.mark.xdist_group("volunteers")]  # what they share is made once

Hour = tuple[Path, subprocess.CompletedProcess[str]]
PAGES = Pages("volunteers", (
    ("Cercle des Tilleuls", "Cercle des Tilleuls", "Praatgroep De Linde", "Gesprächskreis Zur Linde"),
    ("081 22 33 44", "081 22 33 44", "09 222 33 44", "087 22 33 44"),
    ("namur", "namur", "gent", "eupen"),
    ("group", "groupe", "groep", "Gruppe"),
    ("grief", "deuil", "rouw", "Trauer"),
    ("talking circle", "groupe de parole", "praatgroep", "Gesprächskreis"),
    ("fr", "fr", "nl", "de"),
    ("nobody answers since June", "personne ne répond depuis juin", "niemand neemt op sinds juni", "seit Juni nimmt niemand ab"),
    ("stopped in June", "arrêté en juin", "gestopt in juni", "im Juni beendet"),
    ("monday.jsonl", "lundi.jsonl", "maandag.jsonl", "montag.jsonl"),
    ("all.csv", "tout.csv", "alles.csv", "alles.csv"),
))  # fmt: skip


@pytest.fixture(scope="module")
def hours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[Hour]]]:
    """Each page on its way through bash, in a home and with a catalogue of its own; two at a time, for they mostly wait."""
    with ThreadPoolExecutor(2) as pool:
        yield {language: pool.submit(an_hour, language, tmp_path_factory.mktemp(language)) for language in LANGUAGES}


def an_hour(language: str, home: Path) -> Hour:
    """Give the folder in which the blocks of a page were run, without a terminal, and what was said."""
    this_python(home, "ht", "-m ht_cli", PYTHONPATH=str(ROOT))
    (home / "Nextcloud" / "ht").mkdir(parents=True)
    (home / "work").mkdir()
    shutil.copyfile(BUNDLED, home / "own.db")
    script = blocks(PAGES.texts[language], "sh")
    return home, run_in_bash(script, home, home / "work", HT_CATALOGUE=str(home / "own.db"), HT_LANG=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blocks_of_a_page_run_as_they_stand(hours: dict[str, Future[Hour]], language: str) -> None:
    home, run = hours[language].result()
    group, number, _, _, _, _, _, remark, _, packet, sheet = PAGES.words_of(language)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name for path in (home / "work").iterdir()} == {packet, sheet}
    assert [path for path in (home / "Nextcloud" / "ht").rglob("*") if path.is_file()]
    found = [row.split("\t") for row in run.stdout.splitlines() if f"\t{group}\t" in row]
    assert found
    assert f"+32{number[1:].replace(' ', '')}" in found[0]
    assert "+3243421212" in run.stdout
    assert f"\tAB\t{remark}" in run.stdout
    packed = (home / "work" / packet).read_text("utf-8")
    assert all(f'"{what}"' in packed for what in ("AB", "update", "verify", "add"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_have_the_same_commands_but_for_the_readers_words(language: str) -> None:
    PAGES.check_same_commands(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_needs_a_terminal_is_no_block_that_is_run(language: str) -> None:
    PAGES.check_only_these_blocks(language)
    assert not re.search(r"--(?:round|edit|settle|resume)\b", "".join(blocks(PAGES.texts[language], "sh")))


def test_every_command_and_option_that_a_page_names_is_there(ht: Callable[..., Outcome]) -> None:
    PAGES.check_commands_are_there(ht)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_short_and_leads_to_the_others_and_to_what_is_there(language: str) -> None:
    PAGES.check_form(language, lines=150)


def test_the_readme_leads_to_each_page() -> None:
    PAGES.check_readme_leads_here()
