"""What is offered, and what it costs, is held against the commands themselves."""

import resource
import subprocess
import sys
from statistics import median
from typing import Any

import pytest

from ht_cli import locale
from ht_cli.app import load_command
from ht_cli.completing.candidates import ELSEWHERE, FIXED, TERMS, candidates
from ht_cli.completing.line import place_at_cursor
from ht_cli.completing.table import COMMAND, FILE, FLAG, FOLDER, OPTIONS, TEXT, options_of, word_of
from ht_cli.roster import COMMANDS
from ht_cli.synonyms import options_meant
from tests.conftest import ROOT

PAIRS = 15


def parameters(command: str) -> list[Any]:
    return [parameter for parameter in load_command(command).params if parameter.param_type_name == "option"]


def offered(*words: str) -> list[str]:
    return [candidate.text for candidate in candidates(place_at_cursor(words))]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_table_has_every_option_of_a_command_and_knows_which_take_a_value(command: str) -> None:
    wanted = options_of(command)
    named = {name: parameter for parameter in parameters(command) for name in (*parameter.opts, *parameter.secondary_opts)}
    assert set(wanted) == {*named, "--help", "-h"}
    for name, parameter in named.items():
        assert (wanted[name] == FLAG) == parameter.is_flag, name


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_with_values_of_its_own_is_offered_all_of_them(command: str) -> None:
    for parameter in parameters(command):
        own = getattr(parameter.type, "choices", None) or (parameter.metavar or "").split("|")
        if len(own) > 1:
            values = offered(command, parameter.opts[0], "")
            assert set(own) <= set(values), parameter.name


@pytest.mark.parametrize("command", COMMANDS)
def test_files_are_offered_where_a_path_is_wanted(command: str) -> None:
    wanted = options_of(command)
    for parameter in load_command(command).params:
        is_file = parameter.type.name == "path" or parameter.name == "catalogue"
        names = parameter.opts if parameter.param_type_name == "option" else ()
        assert all((wanted[name] == FILE) == is_file for name in names), parameter.name
        if parameter.param_type_name == "argument" and is_file:
            assert word_of(command, 0) == FILE


def test_everything_that_is_wanted_is_known() -> None:
    known = {FLAG, TEXT, FILE, FOLDER, COMMAND, *FIXED, *ELSEWHERE, *TERMS, "id", "change", "city", "area", "words", "assignment", "option"}
    for command in OPTIONS:
        assert {*options_of(command).values(), word_of(command, 0)} <= known, command


TOWNS = {
    "lutti": "Lutti", "LUTTI": "Lutti", "Lütti": "Lütti", "luetti": "luetti", "braine-l'": "Braine-l'Alleud", "braine l": "braine l'Alleud",
    "oostend": "Oostende", "osten": "Ostende", "jemel": "Jemelle", "1050": "1050", "saint-nico": "Saint-Nicolas", "liège": "Liège",
    "liege": "Liege", "Bruxel": "Bruxelles", "brabant w": "Brabant wallon",
}  # fmt: skip


@pytest.mark.parametrize("typed", TOWNS)
def test_a_town_is_offered_whatever_its_language_case_and_accents(typed: str) -> None:
    found = offered("find", "--city", typed)
    assert any(name.startswith(TOWNS[typed]) for name in found), found
    assert all(name.casefold().startswith(typed.casefold()) for name in found), found


def test_what_is_offered_for_a_town_is_understood() -> None:
    from ht_cli.catalogue.facts.opening import open_catalogue
    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.search.option_values import read_option

    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        for typed in ("lie", "LUE", "st ", "sint n", "braine l", "la", "10"):
            for name in offered("find", "--city", typed):
                assert read_option("city", name, lexicon).places, name


def test_a_need_is_offered_once_by_its_id_or_by_its_name_in_any_language() -> None:
    assert offered("find", "--need", "eating") == ["eating-disorder"]
    assert "grief" in offered("find", "--need", "")
    assert offered("find", "--need", "rouw") == ["rouw"]
    assert offered("find", "--need", "anxié") == ["anxiété"]
    locale.activate([], {"HT_LANG": "fr"})
    assert offered("find", "--need", "burn") == ["burnout"]
    assert offered("find", "--need", "anx") == ["anxiety"]


def test_what_is_offered_for_a_need_is_understood_as_one_need() -> None:
    from ht_cli.catalogue.facts.opening import open_catalogue
    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.search.option_values import read_option

    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        for letter in "abcdefghijklmnopqrstuvwxyz":
            meant = [read_option("need", name, lexicon).needs for name in offered("find", "--need", letter)]
            assert all(meant), letter
            assert len(set(meant)) == len(meant), letter


JOINED = {
    ("find", "-cjemel"): ["-cJemelle"], ("find", "-ngambl"): ["-ngambling"], ("show", "realism", "-opyproj"): ["-opyproject.toml"],
    ("find", "--bes"): ["--besoin", "--bestand"], ("find", "--vil"): ["--ville"], ("find", "--maint"): ["--maintenant"], ("find", "--o"): ["--offer", "--online", "--open-now", "--open-at", "--output"],
    ("terms", "beso"): ["besoin"], ("terms", "nee"): ["needs"], ("find", "--city", "l'é"): ["l'écluse", "l'éscaillère"],
    ("toon", "realis"): ["realism"], ("termes", "audi"): ["audiences"], ("trouve", "--open-n"): ["--open-now"], ("carte", "--you"): ["--youth"],
}  # fmt: skip


@pytest.mark.parametrize("words", JOINED)
def test_joined_values_and_names_of_other_languages_are_completed(words: tuple[str, ...]) -> None:
    assert offered(*words) == JOINED[words]


def test_an_option_of_another_language_that_is_offered_is_understood() -> None:
    for command in COMMANDS:
        known = options_of(command)
        for letter in "abcdefghijklmnopqrstuvwxyz":
            for name in offered(command, f"--{letter}"):
                assert options_meant([name], known)[0] in known, name


def test_a_word_after_an_option_without_a_value_is_a_word() -> None:
    assert offered("find", "--online", "jemel") == ["Jemelle"]
    assert offered("find", "--limit", "jemel") == []
    assert offered("find", "--", "jemel") == ["Jemelle"]


def test_a_catalogue_that_cannot_be_read_offers_nothing() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ht_cli", "__complete", "find", "--catalogue", "/none", "--city", "lie"], capture_output=True, text=True, check=False, cwd=ROOT
    )  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def seconds(*arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "ht_cli", *arguments], capture_output=True, check=False, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    "words", [("",), ("find", "--o"), ("find", "--city", "lie"), ("update", "realism", "--set", "k"), ("export", "--format", "")]
)
def test_a_key_press_costs_less_than_twice_the_help(words: tuple[str, ...]) -> None:
    assert median(seconds("__complete", *words) / seconds("--help") for _ in range(PAIRS)) < 2
