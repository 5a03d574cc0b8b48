"""In a window of any size no word is broken: listings, what was changed, and help."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.roster import COMMANDS
from tests.conftest import ROOT, Outcome
from tests.terminal import shown

Run = Callable[..., Outcome]


def whole_words(*arguments: str, columns: int, catalogue: Path) -> list[str]:
    """What a window shows of a command, in words, which are those that stand in a wide one; and no line of it is too long."""
    wide, narrow = (shown(*arguments, columns=size, HT_CATALOGUE=str(catalogue), NO_COLOR="1") for size in (1000, columns))
    assert [line for line in narrow.splitlines() if len(line) > columns and " " in line.strip()] == []
    assert narrow.split() == wide.split()
    return narrow.split()


@pytest.mark.parametrize("columns", [40, 57, 80])
@pytest.mark.parametrize("arguments", ["due --limit 60", "doctor", "terms", "info", "terms needs"])
def test_a_listing_breaks_no_word(few: Path, arguments: str, columns: int) -> None:
    assert len(whole_words(*arguments.split(), columns=columns, catalogue=few)) > 20


@pytest.mark.parametrize("columns", [40, 57, 80])
def test_what_was_changed_breaks_no_word(own: Path, ht: Run, columns: int) -> None:
    ht("update", "sos-burn-out", "--set", "notes=A text that is long enough for it to be broken, by whoever does so", "--set", "email=somebody@example.be", "--yes")  # fmt: skip
    words = whole_words("history", columns=columns, catalogue=own)
    assert {"sos-burn-out:", "somebody@example.be", "enough"} <= {*words}


def test_a_listing_that_is_piped_stays_as_it_is(few: Path, ht: Run) -> None:
    lines = ht("due", "--format", "table", "--catalogue", str(few)).out.splitlines()
    assert len({line.index("  helpline  ") for line in lines if "  helpline  " in line}) == 1


@pytest.mark.parametrize("columns", [40, 51, 60, 80])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_breaks_no_word(ht: Run, monkeypatch: pytest.MonkeyPatch, command: str, columns: int) -> None:
    arguments = (*filter(None, [command]), "--help")
    monkeypatch.setenv("COLUMNS", "80")
    words = {part for word in ht(*arguments).out.split() for part in (word, *re.split(r"(?<=\|)", word))}
    monkeypatch.setenv("COLUMNS", str(columns))
    narrow = ht(*arguments).out
    assert [line for line in narrow.splitlines() if len(line) > columns and " " in line.strip()] == []
    assert [word for word in narrow.split() if word not in words and "|" not in word] == []
    assert "-\n" not in narrow


@pytest.mark.parametrize(
    "words",
    [
        "export burnout namur -o {folder}/a.csv", "sheet realism -o {folder}/a.html", "sheet realism -o {folder}/a.vcf", "map namur -o {folder}/a.svg",
        "map -o {folder}/a.geojson", "find burnout namur -o {folder}/a.tsv", "show realism -o {folder}/a.txt", "terms needs -o {folder}/a.csv",
    ],
)  # fmt: skip
def test_on_a_terminal_it_is_said_which_file_was_written_and_in_a_pipe_nothing(tmp_path: Path, words: str) -> None:
    line = words.format(folder=tmp_path).split()
    said = shown(*line, columns=200)
    assert said.count(f"Written: {line[-1]}\n") == 1
    assert ("18 resources. Written" in said) == (line[0] == "export")
    piped = subprocess.run([sys.executable, "-m", "ht_cli", *line, "--force"], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Written" not in piped.stdout + piped.stderr


def test_a_map_of_a_town_says_that_its_numbers_stand_in_no_street() -> None:
    assert "not in their street" in " ".join(shown("map", "liege", "--no-pager", columns=120).split())
    assert "street" not in shown("map", "--no-pager", columns=120)


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_word_of_a_list_of_networks_is_broken(columns: int) -> None:
    window = shown("networks", "jemelle", "--no-pager", columns=columns, HT_LANG="fr")
    assert max(map(len, window.splitlines())) <= columns


def test_what_is_read_and_what_is_found_is_said_in_words_on_a_terminal_and_in_codes_to_a_program() -> None:
    said, codes = shown("info", "--no-pager"), shown("info", "--format", "tsv")
    for word in ("built_by", "data_version", "source year", "data/LICENSE", "  ?  "):
        assert word not in said
    assert "Year of the source" in said
    assert "catalogue\tbuilt_by\t" in codes
    assert "source year\t?\t" in codes
    assert re.search(r"^credits\t1\t.*see data/LICENSE$", codes, re.MULTILINE)
    found, findings = shown("doctor", "--no-pager", "--explain"), shown("doctor", "--format", "tsv", "--explain")
    assert re.search(r"  warning +perhaps twice +\S", found)
    assert "perhaps twice: " in found
    assert not re.search(r"  info +border", found)
    assert re.search(r"\tinfo\tborder\t", findings)
    assert "\nduplicate: " in findings


def test_a_row_that_leaves_its_topic_out_stands_under_the_one_that_says_it() -> None:
    lines = shown("info", "--no-pager", columns=40, HT_LANG="nl", NO_COLOR="1").splitlines()
    years = [line for line in lines if re.match(r"\s*2\d\d\d  \d", line)]
    assert years
    assert all(line.startswith("  ") for line in years)


def test_who_listens_hears_the_topic_of_each_row() -> None:
    rows = shown("info", HT_ACCESSIBLE="1").splitlines()
    assert sum(row.startswith("Year of the source ") for row in rows) > 5
    assert not [row for row in rows if re.match(r" +\d{4} ", row)]
    assert [row for row in shown("info").splitlines() if re.match(r" +\d{4} ", row)]
