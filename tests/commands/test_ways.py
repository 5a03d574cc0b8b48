"""Finding one's way: what is meant is done, or said."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.roster import COMMANDS, FAMILIES
from ht_cli.synonyms import options_meant
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def test_ht_alone_says_in_six_lines_what_to_type(ht: Run) -> None:
    lines = ht().out.splitlines()
    assert len(lines) == 6
    assert [line.split("  ")[0] for line in lines] == [
        "ht find burnout namur",
        "ht show ID",
        "ht sheet ID",
        "ht urgent",
        "ht guide",
        "ht --help",
    ]


@pytest.mark.parametrize("asked", [("--help",), ("-h",), ("help",)])
def test_the_help_names_every_command_under_its_family(ht: Run, asked: tuple[str, ...]) -> None:
    text = ht(*asked).out
    assert [line[:-1] for line in text.splitlines() if line[:1].isalpha() and line.endswith(":") and line != "Options:"] == [
        "Find", "Take along", "Keep true", "Together", "Set up and look after",
    ]  # fmt: skip
    assert all(f"\n  {command} " in text for command in COMMANDS)
    assert set(COMMANDS) == {command for family in FAMILIES.values() for command in family}


def test_help_of_a_command_is_its_own(ht: Run) -> None:
    assert ht("help", "find").out == ht("find", "--help").out == ht("find", "-h").out
    assert "want quotes" in ht("help", "find").out
    unknown = ht("help", "fnd")
    assert (unknown.exit_code, "near: find" in unknown.err) == (2, True)


def test_words_without_a_command_are_searched_and_that_is_said(ht: Run) -> None:
    outcome = ht("alcool", "mons", "--json")
    assert outcome.err.startswith("understood: ht find alcool mons")
    assert outcome.out == ht("find", "alcool", "mons", "--json").out
    assert json.loads(ht("je bois trop", "--limit", "1", "--json").out)


def test_an_option_of_the_search_without_a_command_is_a_search(ht: Run) -> None:
    outcome = ht("--ville", "mons", "--besoin", "alcool", "--json")
    assert outcome.err.startswith("understood: ht find --ville mons --besoin alcool")
    assert outcome.out == ht("find", "--city", "mons", "--need", "alcool", "--json").out
    assert ht("--foo").exit_code == 2


def test_a_command_with_one_letter_wrong_is_pointed_to_and_nothing_is_searched(ht: Run) -> None:
    outcome = ht("shwo", "realism")
    assert (outcome.exit_code, outcome.out) == (2, "")
    assert "near: show" in outcome.err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--ville namur", "--city namur"), ("--stad=namur", "--city namur"), ("--besoin burnout", "--need burnout"),
        ("--âge 15", "--age 15"), ("--Sprache nl", "--language nl"), ("--gratis", "--free"), ("--limite 3", "--limit 3"),
    ],
)  # fmt: skip
def test_options_are_understood_in_four_languages(ht: Run, typed: str, meant: str) -> None:
    assert ht("find", "deuil", *typed.split(), "--json").out == ht("find", "deuil", *meant.split(), "--json").out


def test_an_option_that_the_command_does_not_have_is_refused_as_before(ht: Run) -> None:
    outcome = ht("terms", "--ville", "namur")
    assert (outcome.exit_code, "--ville" in outcome.err) == (2, True)
    assert options_meant(["--gratis", "--", "--ville"], {"--free", "--city"}) == ["--free", "--", "--ville"]


@pytest.mark.parametrize(("word", "topic"), [("besoins", "needs"), ("noden", "needs"), ("Städte", "cities"), ("langues", "languages")])
def test_topics_are_understood_in_four_languages(ht: Run, word: str, topic: str) -> None:
    assert ht("terms", word).out == ht("terms", topic).out


def test_a_word_that_is_no_topic_is_told_which_there_are(ht: Run) -> None:
    outcome = ht("terms", "qqqq")
    assert (outcome.exit_code, "needs, offers" in outcome.err) == (2, True)


def test_an_id_cut_at_its_end_finds_its_resource_for_a_reader_and_is_offered_to_a_program(ht: Run) -> None:
    shown = ht("show", "ecoute-violences-conjuga", "--format", "records")
    assert "Id: ecoute-violences-conjugales" in shown.out
    assert "Id: ecoute-violences-conjugales" in ht("show", "ecoute-violences…", "--format", "records").out
    program = ht("show", "ecoute-violences-conjuga", "--json")
    assert (program.exit_code, program.out) == (3, "")
    assert program.err.splitlines()[1].strip() == "ecoute-violences-conjugales"
    assert "which one" not in program.err


def test_a_name_of_several_words_needs_no_quotes(ht: Run) -> None:
    assert "Id: centre-prevention-suicide" in ht("show", "centre", "de", "prevention", "du", "suicide", "--format", "records").out


def test_words_given_for_ids_are_searched_and_offered_and_no_sheet_is_made(ht: Run, tmp_path: Path) -> None:
    outcome = ht("sheet", "burnout", "namur", "-o", str(tmp_path / "sheet.html"))
    assert (outcome.exit_code, outcome.out) == (3, "")
    assert "ht sheet ID" in outcome.err.splitlines()[0]
    assert "sos-burn-out" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_words_of_danger_given_for_ids_bring_the_lines_first(ht: Run) -> None:
    assert ht("sheet", "je", "veux", "mourir").err.splitlines()[1].strip().startswith("112  ")


@pytest.mark.parametrize(
    "command", [("find", "deuil", "namur"), ("show", "realism"), ("networks", "namur"), ("terms",), ("urgent",), ("map",)]
)
@pytest.mark.parametrize(("ending", "begins"), [("json", "["), ("csv", ""), ("jsonl", "{"), ("tsv", "")])
def test_the_ending_of_a_file_is_its_format(ht: Run, tmp_path: Path, command: tuple[str, ...], ending: str, begins: str) -> None:
    path = tmp_path / f"a.{ending}"
    assert ht(*command, "-o", str(path)).exit_code == 0
    assert path.read_text("utf-8") == ht(*command, "--format", ending).out
    assert path.read_text("utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("command", "ending"),
    [
        (command, ending)
        for command in (("find", "deuil"), ("show", "realism"), ("terms",), ("guide",), ("sheet", "realism"), ("map",), ("info",))
        for ending in ("xlsx", "geojson", "docx")
        if (command, ending) != (("map",), "geojson")  # a map is a layer too
    ],
)
def test_a_file_that_a_command_cannot_write_is_refused_with_what_it_can(
    ht: Run, tmp_path: Path, command: tuple[str, ...], ending: str
) -> None:
    outcome = ht(*command, "-o", str(tmp_path / f"a.{ending}"))
    assert outcome.exit_code == 2
    assert f".{ending}" in outcome.err
    assert "ht export" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [("networks", "--ville", "jemelle"), ("networks", "--stad=jemelle"), ("urgent", "--city", "jemelle"), ("map", "--ort", "jemelle")],
)
def test_a_command_that_takes_its_town_as_a_word_understands_it_as_an_option(ht: Run, words: tuple[str, ...]) -> None:
    assert ht(*words) == ht(words[0], "jemelle")


@pytest.mark.parametrize(
    ("words", "promised"),
    [
        ("find deuil --json -o {folder}/a.csv", "csv"), ("find deuil --format tsv -o {folder}/a.json", "json"),
        ("show realism --csv -o {folder}/a.tsv", "tsv"), ("export deuil --format html -o {folder}/a.csv", "csv"),
        ("export deuil --csv -o {folder}/a.xlsx", "xlsx"), ("sheet realism --format html -o {folder}/a.pdf", "pdf"),
        ("guide --json -o {folder}/a.csv", "csv"), ("terms --csv -o {folder}/a.json", "json"),
    ],
)  # fmt: skip
def test_no_file_holds_another_format_than_its_name_promises(ht: Run, tmp_path: Path, words: str, promised: str) -> None:
    outcome = ht(*words.format(folder=tmp_path).split())
    assert outcome.exit_code == 2
    assert f"promises {promised}" in outcome.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        "find deuil --json -o {folder}/a.txt", "find deuil --format ids -o {folder}/a.csv", "export deuil --format hsds -o {folder}/a.json",
        "sheet realism --sms -o {folder}/a.txt", "export deuil --excel -o {folder}/a.csv", "find deuil --format jsonl -o {folder}/a.ndjson",
    ],
)  # fmt: skip
def test_a_name_that_promises_nothing_else_takes_any_format(ht: Run, tmp_path: Path, words: str) -> None:
    assert ht(*words.format(folder=tmp_path).split()).exit_code == 0
