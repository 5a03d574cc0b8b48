"""A page of docs/ that stands there in four languages, with blocks for a shell: how tests read it, run it and hold it to its rules."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.conftest import READERS_OWN, ROOT, Outcome, program

LANGUAGES = ("en", "fr", "nl", "de")
AS_IT_STANDS = "trap 'code=$?; [ $code -eq 1 ] || exit $code' ERR\n"  # stops where something goes wrong; 1 is "nothing found"
# Read once: a page runs in a thread beside tests that set and take away variables of this process.
OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith(("HT_", "PYTHON")) and name not in READERS_OWN}
STEP = re.compile(r"^## (\d+)\. .*\((\d+) \w+\)$", re.MULTILINE)


def blocks(page: str, kind: str) -> list[str]:
    """The blocks of a kind: `sh` is run by a test, `console` needs a terminal."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def commands(page: str) -> list[list[str]]:
    """The commands of all blocks in the order of the page, word by word."""
    return [shlex.split(line) for block in blocks(page, "(?:sh|console)") for line in block.splitlines()]


@dataclass(frozen=True)
class Pages:
    """One page in four languages. `said_in_each` has the words of an example that are those of the reader; all others are the same."""

    stem: str
    said_in_each: Sequence[tuple[str, str, str, str]]

    @cached_property
    def names(self) -> dict[str, str]:
        return {language: f"{self.stem}.md" if language == "en" else f"{self.stem}.{language}.md" for language in LANGUAGES}

    @cached_property
    def texts(self) -> dict[str, str]:
        return {language: (ROOT / "docs" / name).read_text("utf-8") for language, name in self.names.items()}

    def words_of(self, language: str) -> list[str]:
        """What the reader of a language says, in the order of `said_in_each`."""
        return [row[LANGUAGES.index(language)] for row in self.said_in_each]

    def check_same_commands(self, language: str) -> None:
        """The commands are those of the English page but for the words of the reader, and each of those stands there."""
        english = commands(self.texts["en"])
        words = dict(zip(self.words_of("en"), self.words_of(language), strict=True))
        assert commands(self.texts[language]) == [[words.get(word, word) for word in command] for command in english]
        assert {word for command in english for word in command} >= set(words)

    def check_only_these_blocks(self, language: str) -> None:
        """Each block is one to be run, or one for a terminal."""
        assert self.texts[language].count("```") == 2 * len(blocks(self.texts[language], "(?:sh|console)"))

    def check_commands_are_there(self, ht: Callable[..., Outcome]) -> None:
        """Every command and option that a page names, in a block or in the text, stands in the help."""
        asked: dict[str, str] = {}
        for page in self.texts.values():
            in_the_text = [shlex.split(code) for code in re.findall(r"`(ht [a-z][^`]*)`", page)]
            for _, command, *words in [*filter(lambda words: words[0] == "ht", commands(page)), *in_the_text]:
                if command not in asked:
                    said = ht(command, "--help")
                    assert said.exit_code == 0, command
                    asked[command] = said.out
                options = [word for word in words if re.match(r"--?[a-z]", word)]
                assert not [option for option in options if not re.search(rf"(?<![\w-]){option}(?![\w-])", asked[command])], command

    def check_form(self, language: str, *, lines: int) -> None:
        """A page is short, leads to the others and to what is there, and has the steps and minutes of the English one."""
        page = self.texts[language]
        assert len(page.splitlines()) <= lines
        assert set(re.findall(r"\]\(([^)]+)\)", page.splitlines()[0])) == {self.names[other] for other in LANGUAGES if other != language}
        assert all((ROOT / "docs" / target).exists() for target in re.findall(r"\]\(([^):]+)\)", page))
        assert STEP.findall(page) == STEP.findall(self.texts["en"])
        assert len(STEP.findall(page)) == page.count("\n## ")

    def check_readme_leads_here(self) -> None:
        readme = (ROOT / "README.md").read_text("utf-8")
        assert all(f"(docs/{name})" in readme for name in self.names.values())


def this_python(home: Path, name: str, arguments: str = "", **environment: str) -> None:
    """Put a program of this name into a folder: the Python of the tests, with these arguments and variables before its own."""
    (home / name).write_text(
        f'#!/bin/sh\n{"".join(f"{key}={shlex.quote(value)} " for key, value in environment.items())}exec {sys.executable} {arguments} "$@"\n'
    )
    (home / name).chmod(0o755)


def run_in_bash(script: Sequence[str], home: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run blocks as they stand, one after the other, without a terminal and as somebody whose home is `home` and whose programs it holds first."""
    return subprocess.run(
        [program("bash"), "-c", AS_IT_STANDS + "".join(script)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=folder,
        env=OUTSIDE | {"PATH": f"{home}:{OUTSIDE['PATH']}", "HOME": str(home), "XDG_DATA_HOME": str(home / "data")} | environment,
    )  # fmt: skip
