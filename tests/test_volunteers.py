"""A volunteer's first hour, in four languages: each block for a shell is run as it stands, and the pages say the same."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import BUNDLED, ROOT, Outcome, posix, program

pytestmark = [posix, pytest.mark.xdist_group("volunteers")]  # what they share is made once

LANGUAGES = ("en", "fr", "nl", "de")
NAMES = {"en": "volunteers.md", "fr": "volunteers.fr.md", "nl": "volunteers.nl.md", "de": "volunteers.de.md"}
PAGES = {language: (ROOT / "docs" / NAMES[language]).read_text("utf-8") for language in LANGUAGES}
SAID_IN_EACH = (  # the words of an example that are those of the reader; all others are the same on every page
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
)
AS_IT_STANDS = "trap 'code=$?; [ $code -eq 1 ] || exit $code' ERR\n"  # stops where something goes wrong; 1 is "nothing found"


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def commands(page: str) -> list[list[str]]:
    """The commands of all blocks in the order of the page, word by word."""
    return [shlex.split(line) for block in blocks(page, "(?:sh|console)") for line in block.splitlines()]


@pytest.fixture(scope="module")
def hours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[tuple[Path, subprocess.CompletedProcess[str]]]]]:
    """Each page on its way through bash, in a home and with a catalogue of its own; two at a time, for they mostly wait."""
    with ThreadPoolExecutor(2) as pool:
        yield {language: pool.submit(an_hour, language, tmp_path_factory.mktemp(language)) for language in LANGUAGES}


def an_hour(language: str, home: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Give the folder in which the blocks of a page were run, without a terminal, and what was said."""
    (home / "ht").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m ht_cli "$@"\n')
    (home / "ht").chmod(0o755)
    (home / "Nextcloud" / "ht").mkdir(parents=True)
    (home / "work").mkdir()
    shutil.copyfile(BUNDLED, home / "own.db")
    script = AS_IT_STANDS + "".join(blocks(PAGES[language], "sh"))
    environment = {name: value for name, value in os.environ.items() if name != "HT_BY"} | {
        "PATH": f"{home}:{os.environ['PATH']}", "HT_CATALOGUE": str(home / "own.db"), "HT_LANG": language, "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
    }  # fmt: skip
    return home, subprocess.run(
        [program("bash"), "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=home / "work", env=environment
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blocks_of_a_page_run_as_they_stand(
    hours: dict[str, Future[tuple[Path, subprocess.CompletedProcess[str]]]], language: str
) -> None:
    home, run = hours[language].result()
    group, number, _, _, _, _, _, remark, _, packet, sheet = (row[LANGUAGES.index(language)] for row in SAID_IN_EACH)
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
    words = {row[0]: row[LANGUAGES.index(language)] for row in SAID_IN_EACH}
    assert commands(PAGES[language]) == [[words.get(word, word) for word in command] for command in commands(PAGES["en"])]
    assert {word for command in commands(PAGES["en"]) for word in command} >= set(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_needs_a_terminal_is_no_block_that_is_run(language: str) -> None:
    run = "".join(blocks(PAGES[language], "sh"))
    assert not re.search(r"--(?:round|edit|settle|resume)\b", run)
    assert PAGES[language].count("```") == 2 * len(blocks(PAGES[language], "(?:sh|console)"))


def test_every_command_and_option_that_a_page_names_is_there(ht: Callable[..., Outcome]) -> None:
    asked: dict[str, str] = {}
    for page in PAGES.values():
        in_the_text = [shlex.split(code) for code in re.findall(r"`(ht [a-z][^`]*)`", page)]
        for _, command, *words in [*filter(lambda words: words[0] == "ht", commands(page)), *in_the_text]:
            if command not in asked:
                said = ht(command, "--help")
                assert said.exit_code == 0, command
                asked[command] = said.out
            options = [word for word in words if re.match(r"--?[a-z]", word)]
            assert not [option for option in options if not re.search(rf"(?<![\w-]){option}(?![\w-])", asked[command])], command


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_short_and_leads_to_the_others_and_to_what_is_there(language: str) -> None:
    first = PAGES[language].splitlines()[0]
    assert len(PAGES[language].splitlines()) <= 150
    assert set(re.findall(r"\]\(([^)]+)\)", first)) == {NAMES[other] for other in LANGUAGES if other != language}
    assert all((ROOT / "docs" / target).exists() for target in re.findall(r"\]\(([^):]+)\)", PAGES[language]))
    steps = re.findall(r"^## (\d+)\. .*\((\d+) \w+\)$", PAGES[language], re.MULTILINE)
    assert steps == re.findall(r"^## (\d+)\. .*\((\d+) \w+\)$", PAGES["en"], re.MULTILINE)
    assert len(steps) == PAGES[language].count("\n## ")


def test_the_readme_leads_to_each_page() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"(docs/{name})" in readme for name in NAMES.values())
