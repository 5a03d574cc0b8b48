"""What is longer than the window goes through the pager that the user has set; nothing else does."""

import re
import stat
from pathlib import Path

import pytest

from ht_cli.output.terminal import wrapped
from tests.terminal import shown


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that says which settings it was given, and how many lines."""
    script = tmp_path / "pager"
    script.write_text('#!/bin/sh\nlines=$(wc -l)\necho "paged $1 LESS=$LESS HISTORY=$LESSHISTFILE $lines"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def test_long_output_goes_to_the_pager_with_the_settings_of_git_and_keeps_no_history(pager: Path) -> None:
    assert shown("terms", PAGER=f"{pager} --quick").startswith("paged --quick LESS=FRX HISTORY=- ")


def test_what_was_said_beside_the_results_is_paged_with_them(pager: Path) -> None:
    whole = shown("find", "depresion", "--limit", "40", PAGER="")
    assert "depresion → " in whole.splitlines()[0]
    assert shown("find", "depresion", "--limit", "40", PAGER=str(pager)).split()[-1] == str(len(whole.splitlines()))


@pytest.mark.parametrize("options", [(), ("--format", "json"), ("--format", "markdown"), ("deuil", "namur"), ("--schema",)])
def test_an_export_to_the_terminal_goes_through_the_pager(options: tuple[str, ...], pager: Path) -> None:
    assert shown("export", *options, PAGER=str(pager)).startswith("paged ")
    assert "paged" not in shown("export", *options, "--no-pager", PAGER=str(pager))


def test_what_the_window_holds_is_not_paged(pager: Path) -> None:
    assert "paged" not in shown("find", "burnout", "namur", PAGER=str(pager))
    assert "paged" not in shown("terms", lines=500, PAGER=str(pager))


@pytest.mark.parametrize("setting", ["", "cat", "/no/such/pager"])
def test_without_a_pager_the_text_is_printed(setting: str) -> None:
    assert shown("terms", PAGER=setting).startswith("crisis ")


def test_no_pager_a_screen_reader_and_a_dumb_terminal_get_the_text(pager: Path) -> None:
    assert "paged" not in shown("terms", "--no-pager", PAGER=str(pager))
    assert "paged" not in shown("terms", PAGER=str(pager), HT_ACCESSIBLE="1")
    assert "paged" not in shown("terms", PAGER=str(pager), TERM="dumb")


def test_a_private_search_is_shown_on_the_screen_that_is_cleared_and_leaves_nothing() -> None:
    screen = shown("find", "burnout", "namur", "--private", keys="\n")
    before, _enter, inside = screen.partition("\x1b[?1049h")
    assert "ht" not in before
    inside, _leave, after = inside.partition("\x1b[?1049l")
    assert "sos-burn-out" in inside
    assert after == ""


def test_the_name_over_the_facts_is_wrapped_between_words() -> None:
    first, second = shown("show", "espace-28-verviers", columns=40).splitlines()[:2]
    assert f"{first} {second}" == "Espace 28 – service psychologique (Verviers)"


@pytest.mark.parametrize("words", [("find", "--help"), ("help", "find"), ("-h",)])
def test_help_that_is_longer_than_the_window_goes_through_the_pager(pager: Path, words: tuple[str, ...]) -> None:
    assert shown(*words, lines=20, PAGER=str(pager)).startswith("paged ")
    assert "paged" not in shown(*words, lines=100, PAGER=str(pager))
    assert "paged" not in shown(*words, "--no-pager", lines=20, PAGER=str(pager))


def test_a_map_that_is_longer_than_the_window_goes_through_the_pager_so_that_the_networks_stay_on_it(pager: Path) -> None:
    whole = shown("map", "liege", PAGER="")
    assert "Fusion" in "".join(whole.splitlines()[:4])
    assert shown("map", "liege", PAGER=str(pager)).split()[-1] == str(len(whole.splitlines()))
    assert "paged" not in shown("map", "liege", "--no-pager", PAGER=str(pager))
    assert "paged" not in shown("map", "liege", lines=500, PAGER=str(pager))


@pytest.mark.parametrize("command", [("map", "liege"), ("find", "suicide"), ("urgent", "liege"), ("show", "cpvs-liege")])
def test_no_telephone_number_is_broken_in_any_window(command: tuple[str, ...]) -> None:
    spaced = re.compile(r"(?<!\d)0\d{1,3}(?: \d\d\d?){2,3}(?!\d)")
    wide = set(spaced.findall(shown(*command, columns=200, lines=500, NO_COLOR="1")))
    assert wide
    for columns in range(40, 110, 7):
        seen = shown(*command, columns=columns, lines=500, NO_COLOR="1")
        broken = {number for number in spaced.findall(" ".join(seen.split())) if number not in seen}
        assert not broken & wide, (columns, broken)


def test_an_address_that_is_longer_than_a_line_goes_on_after_a_slash_or_a_hyphen() -> None:
    address = "meuse.chrsm.be/a-la-une/le-centre-de-prise-en-charge-des-violences-sexuelles-du-chrsm-site-meuse-namur"
    for columns in (30, 40, 70):
        lines = wrapped(f"Contact: {address}", columns, then="  ")
        assert max(map(len, lines)) <= columns
        assert "".join(line.strip() for line in lines).removeprefix("Contact:").strip() == address
    assert wrapped("Avenue de la Porte-de-Hal 12", 12) == ["Avenue de la", "Porte-de-Hal", "12"]


@pytest.mark.parametrize("columns", [40, 60])
def test_what_a_first_step_does_stands_beside_its_command_or_below_it_and_never_at_the_edge(columns: int) -> None:
    first, *others = shown(columns=columns, HT_BROWSE="0", HT_LANG="fr").splitlines()
    assert first.startswith("ht find burnout namur")
    assert all(line.startswith(("ht ", "  ")) and len(line) <= columns for line in others)
