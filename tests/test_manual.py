"""The manual: current, whole, and readable by man and by the shells."""

import re
import subprocess

import pytest

from ht_cli import locale
from ht_cli.app import load_command
from ht_cli.manual.__main__ import ROOT, SHARE, files
from ht_cli.manual.man_page import man_page
from ht_cli.manual.reading import command_page
from ht_cli.roster import COMMANDS
from tests.conftest import program


def test_the_manual_is_what_the_app_says() -> None:
    """After a change of a command or of a translation: python -m ht_cli.manual."""
    stale = [str(path) for path, text in files() if (ROOT / path).read_text("utf-8") != text]
    assert stale == []


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_it_with_all_that_it_takes(command: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8").partition(f"### ht {command}\n")[2].partition("\n### ")[0]
    for parameter in load_command(command).params:
        for option in parameter.opts if parameter.param_type_name == "option" and parameter.help else ():
            assert f"{option}" in page


@pytest.mark.parametrize("language", locale.AVAILABLE)
def test_man_shows_the_page_without_a_complaint(language: str) -> None:
    folder = ROOT / SHARE / ("man/man1" if language == "en" else f"man/{language}/man1")
    run = subprocess.run(
        [program("groff"), "-man", "-Kutf8", "-Tutf8", "-ww", str(folder / "ht.1")], capture_output=True, text=True, check=True,
        env={"PATH": "/usr/bin:/bin", "GROFF_NO_SGR": "1"},
    )  # fmt: skip
    assert run.stderr == ""
    shown = re.sub(".\b", "", run.stdout)  # a letter printed twice is a bold one
    assert re.search(r"^ +ht find \[OPT\w+\] \[\w+…\]$", shown, re.M)


def test_the_page_shows_what_a_shell_needs_letter_for_letter() -> None:
    locale.activate(["--locale", "en"], {})
    page = man_page()
    assert "\\-\\-open\\-at MOMENT" in page  # a hyphen that is copied is one that the shell knows
    assert ".TH HT 1" in page.splitlines()[0]
    assert [line for line in page.splitlines() if line.startswith("'")] == []


def test_what_an_argument_is_for_is_said_in_the_language_spoken() -> None:
    locale.activate(["--locale", "de"], {})
    page = command_page("show")
    assert page.name == "show"
    assert all(taken.meaning for taken in (*page.arguments, *page.options))
    assert page.examples[0].startswith("Beispiele:")
