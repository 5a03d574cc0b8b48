"""What the window shows for twelve real questions, at three widths; and what holds at every width."""

import re
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids
from tests.conftest import BUNDLED
from tests.output.golden import GOLDEN, QUESTIONS, WIDTHS, answer, make_catalogue
from tests.terminal import shown


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "resources.db"
    make_catalogue(path)
    return path


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_window_shows_what_was_agreed(catalogue: Path, name: str, columns: int) -> None:
    assert answer(name, columns, catalogue) == (GOLDEN / f"{name}-{columns}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_window_of_80_by_24_holds_the_answer_the_typed_command_and_the_prompt(catalogue: Path, name: str) -> None:
    lines = answer(name, 80, catalogue).splitlines()
    assert len(lines) <= 24 - 2
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("lines", [13, 15, 16])
def test_what_is_said_before_the_answer_takes_its_line_of_the_window(catalogue: Path, lines: int) -> None:
    """`ht alcool mons` says first that it was understood as `ht find`."""
    shown_lines = shown("alcool", "mons", lines=lines, HT_LANG="fr", NO_COLOR="1", HT_CATALOGUE=str(catalogue)).splitlines()
    assert "ht find alcool mons" in shown_lines[0]
    assert len(shown_lines) <= lines - 2


@pytest.mark.parametrize("columns", [40, 60, 79, 80, 100, 139, 140, 200])
@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_at_every_width_and_in_every_language_ids_are_whole_and_no_line_is_longer_than_the_window(
    catalogue: Path, columns: int, language: str
) -> None:
    with open_catalogue(str(catalogue)) as connection:
        ids = set(read_ids(connection))
    window = shown("find", "burnout", "namur", columns=columns, lines=60, HT_LANG=language, NO_COLOR="1", HT_CATALOGUE=str(catalogue))
    assert [line for line in window.splitlines() if len(line) > columns and " " in line.strip()] == []  # an address is never broken
    last_words = {line.split()[-1] for line in window.splitlines() if line.strip()}
    assert len(last_words & ids) >= 9


@pytest.mark.parametrize("columns", [60, 80, 100, 140, 200])
@pytest.mark.parametrize(("language", "label"), [("fr", "seulement pour"), ("nl", "alleen voor"), ("de", "nur für"), ("en", "only for")])
def test_for_whom_alone_a_service_is_never_loses_who_it_is(catalogue: Path, columns: int, language: str, label: str) -> None:
    questions = ("find alcool mons", "find burnout namur", "find rouw gent", "find violence conjugale liege", "find depression eupen")
    windows = [shown(*q.split(), columns=columns, lines=60, HT_LANG=language, NO_COLOR="1", HT_CATALOGUE=str(catalogue)) for q in questions]
    assert label in "".join(windows)
    assert f"{label}…" not in "".join(windows)


def test_bold_and_dim_are_the_only_escapes_and_without_colour_there_are_none(catalogue: Path) -> None:
    coloured = shown("find", "burnout", "namur", HT_CATALOGUE=str(catalogue))
    assert set(re.findall(r"\x1b\[([0-9;]*)m", coloured)) == {"1", "2", "0"}
    for setting in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"HT_ACCESSIBLE": "1"}):
        assert "\x1b" not in shown("find", "burnout", "namur", HT_CATALOGUE=str(catalogue), **setting)


def test_a_limit_that_is_asked_for_holds_whatever_the_window(catalogue: Path) -> None:
    window = shown("find", "alcohol", "--limit", "9", lines=10, HT_CATALOGUE=str(catalogue))
    assert re.search(r"^9  ", re.sub(r"\x1b\[[0-9;]*m", "", window), re.MULTILINE)


@pytest.mark.parametrize("lines", [12, 24, 34])
@pytest.mark.parametrize("at", ["2026-11-25 12:00", "2026-11-25 23:30"])
def test_an_answer_by_the_hour_counts_what_is_on_the_screen_and_how_many_are_not(lines: int, at: str) -> None:
    question = ("find", "drogues", "bruxelles", "--open-now")
    machine = shown(*question, "--limit", "1000", "--format", "ids", at=at, HT_CATALOGUE=str(BUNDLED)).splitlines()
    every = sum(bool(re.fullmatch(r"[a-z0-9-]+", line)) for line in machine)
    window = shown(*question, lines=lines, at=at, NO_COLOR="1", HT_CATALOGUE=str(BUNDLED))
    rows = re.findall(r"^ ?\d+  ", window, re.MULTILINE)
    assert f"\n{every - len(rows)} more, the next with: --limit 20" in window
    assert "unknown" not in window.replace("Hours unknown, ask first:", "", 1)
    assert len(window.splitlines()) <= lines - 2


def test_a_screen_reader_gets_every_result_line_by_line(catalogue: Path) -> None:
    lines = shown("find", "depression", HT_ACCESSIBLE="1", HT_CATALOGUE=str(catalogue)).splitlines()
    assert sum(line.startswith("Result ") for line in lines) == 10
    assert sum(line.startswith("Freshness: ") for line in lines) == 10


@pytest.mark.parametrize(("columns", "lines", "most"), [(40, 24, 5), (80, 24, 10), (140, 24, 20), (80, 48, 22)])
@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_a_window_is_filled_and_not_overrun(columns: int, lines: int, most: int, term: str) -> None:
    window = shown(
        "find", "depression", "gent", columns=columns, lines=lines, TERM=term, NO_COLOR="1", HT_CATALOGUE=str(BUNDLED)
    ).splitlines()
    results = [line for line in window if re.match(r" ?\d+  ", line)]
    assert len(window) <= lines - 2
    assert len(window) > lines - 2 - 5
    assert most / 2 < len(results) <= most
    assert re.search(r"^\d+ more", "\n".join(window), re.MULTILINE)
