import os
import re
import subprocess
import sys

import pytest
from rich.console import Console

from ht_cli.output.colours import ANSI, INDEXED, NONE, TRUE, Glyph, colour_depth, line_of
from ht_cli.output.map import _sign_of
from tests.conftest import ROOT
from tests.terminal import all_sent_to

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(*arguments: str, columns: int = 80, **variables: str) -> str:
    """What a terminal of so many columns is sent; the drawing alone, without what was said on stderr."""
    import pty

    parent, child = pty.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "TERM": "xterm-256color", "HT_LANG": "en", "PAGER": ""} | variables
    command = [sys.executable, "-m", "ht_cli", "map", *arguments]
    process = subprocess.Popen(command, stdout=child, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT)
    os.close(child)
    received = all_sent_to(parent)
    assert process.wait() == 0
    return received


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_map_is_as_wide_as_the_window_and_never_wider(columns: int) -> None:
    lines = ESCAPE.sub("", shown("--youth", columns=columns, COLORTERM="")).splitlines()
    assert max(map(len, lines)) <= columns
    land = [line for line in lines if "▀" in line or "▄" in line]
    assert len(land) > columns / 10
    legend = [name for name in ("Bru-Stars", "PANGG 0-18", "YUNECO") if any(name in line for line in lines)]
    assert legend == ["Bru-Stars", "PANGG 0-18", "YUNECO"]


def test_the_land_keeps_its_proportions() -> None:
    """Belgium is 1.22 times as wide as it is high, a character twice as high as it is wide."""
    for columns in (40, 80):
        lines = shown("--youth", columns=columns, NO_COLOR="1").split("\n\n")[1].splitlines()
        assert len(lines) == pytest.approx(columns / 1.22 / 2, abs=1)


@pytest.mark.parametrize(
    ("variables", "pattern"),
    [
        ({"TERM": "xterm", "COLORTERM": ""}, r"\x1b\[(3[0-7]|9[0-7]|4[0-7]|10[0-7])m"),
        ({"COLORTERM": ""}, r"\x1b\[[34]8;5;\d+m"),
        ({"COLORTERM": "truecolor"}, r"\x1b\[[34]8;2;\d+;\d+;\d+m"),
    ],
)
def test_colours_are_those_that_the_terminal_has(variables: dict[str, str], pattern: str) -> None:
    escapes = set(ESCAPE.findall(shown(**variables)))
    assert len(escapes) > 6
    assert all(re.fullmatch(pattern, escape) or escape == "\x1b[0m" for escape in escapes)


def test_no_colour_means_no_escape_and_small_letters_where_a_border_is_not_sure() -> None:
    drawn = shown(NO_COLOR="1")
    assert "\x1b" not in drawn
    land = drawn.split("\n\n")[1]
    assert {"A", "M", "U", "h", "g"} <= set(land)


def test_a_plain_terminal_and_a_screen_reader_get_text() -> None:
    for variables in ({"TERM": "dumb"}, {"HT_ACCESSIBLE": "1"}):
        text = shown("--youth", **variables)
        assert "\x1b" not in text
        assert "Entry 1 of 11" in text
        assert not set(text) & set("▀▄█")


@pytest.mark.parametrize(
    ("term", "colorterm"), [("xterm", ""), ("xterm-256color", ""), ("xterm-256color", "truecolor"), ("linux", "24bit"), ("dumb", "")]
)
def test_the_depth_is_what_rich_finds(monkeypatch: pytest.MonkeyPatch, term: str, colorterm: str) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    found = Console(force_terminal=True, _environ={"TERM": term, "COLORTERM": colorterm}).color_system
    expected = {None: NONE, "standard": ANSI, "256": INDEXED, "truecolor": TRUE}[found]
    assert colour_depth() == (NONE if term == "dumb" else expected)


def test_an_escape_stands_only_where_the_colour_changes() -> None:
    line = line_of([Glyph("a", "", "#a54b00"), Glyph("b", "", "#a54b00"), Glyph("c"), Glyph(" ")], TRUE)
    assert line == "\x1b[0m\x1b[48;2;165;75;0mab\x1b[0mc\n"


def test_every_network_has_its_letter_on_the_land_and_in_the_legend() -> None:
    drawn = ESCAPE.sub("", shown(columns=120, COLORTERM="truecolor"))
    letters = [chr(number) for number in range(ord("A"), ord("U") + 1)]
    beside = [line[79:] for line in drawn.splitlines()]
    assert [found[1] for line in beside if (found := re.match(r" *([A-U])  \S.*\d+(?: \(\d\?\))?$", line))] == letters
    land = "".join(line[:78] for line in drawn.split("\n\n")[1].splitlines())
    assert set(letters) <= set(land)


def test_a_place_shows_where_one_is_and_the_nearest_services_by_number() -> None:
    drawn = shown("jemelle", columns=80, NO_COLOR="1")
    assert "You are here: Jemelle (Rochefort)" in drawn
    assert "Réseau Santé Namur" in drawn
    assert re.search(r"^ 1 Service de santé mentale Jemelle.*?· in\s+town", drawn, re.MULTILINE | re.DOTALL)
    assert re.search(r"^ 2 La Transhumance.*?· in\s+town", drawn, re.MULTILINE | re.DOTALL)
    land = drawn.split("\n\n")[2]
    assert sorted(re.findall(r"@|\(\d\)", land)) == ["(2)", "(2)", "(2)", "@"]


def test_a_zoom_names_the_towns() -> None:
    land = shown("--zoom", "brumenta", NO_COLOR="1").split("\n\n")[1]
    assert {"Uccle", "Evere", "Jette"} <= set(re.findall(r"\w+", land))


def test_signs_that_coincide_are_one_with_how_many_they_are() -> None:
    assert _sign_of(["@"]) == "@"
    assert _sign_of(["@", "1"]) == "@1"
    assert _sign_of(["@", "1", "2", "3"]) == "@(3)"
    assert _sign_of(["4"]) == "4"
    assert _sign_of(["4", "5"]) == "(2)"
