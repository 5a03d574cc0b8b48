"""Finding one's way: what is meant is done, or said."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.commands._naming import named_resources, one_resource
from ht_cli.completing.table import options_of
from ht_cli.errors import AmbiguousError
from ht_cli.roster import COMMANDS, FAMILIES
from ht_cli.search.text import fold
from ht_cli.slips import line_meant
from ht_cli.synonyms import options_meant, options_near
from tests.conftest import ROOT, Outcome

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
    assert "ht browse" in lines[-1]


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
    assert "Words wish and options require" in " ".join(ht("help", "find").out.split())


@pytest.mark.parametrize("words", [("me",), ("burnout",), ("ik", "voel", "me", "slecht")])
def test_help_with_something_else_than_a_command_is_offered_the_search_and_the_guide(ht: Run, words: tuple[str, ...]) -> None:
    outcome = ht("help", *words)
    assert (outcome.exit_code, outcome.out) == (2, "")
    assert f"ht find {' '.join(words)}" in outcome.err
    assert "ht guide" in outcome.err


def test_help_with_one_word_too_many_is_refused(ht: Run) -> None:
    outcome = ht("help", "find", "deuil")
    assert (outcome.exit_code, "too many words: deuil" in outcome.err) == (2, True)


def test_words_without_a_command_are_searched_and_that_is_said(ht: Run) -> None:
    outcome = ht("alcool", "mons", "--json")
    assert "understood: ht find alcool mons" in outcome.err
    assert outcome.out == ht("find", "alcool", "mons", "--json").out
    assert json.loads(ht("je bois trop", "--limit", "1", "--json").out)


def test_an_option_of_the_search_without_a_command_is_a_search(ht: Run) -> None:
    outcome = ht("--ville", "mons", "--besoin", "alcool", "--json")
    assert "understood: ht find --ville mons --besoin alcool" in outcome.err
    assert outcome.out == ht("find", "--city", "mons", "--need", "alcool", "--json").out
    assert ht("--foo").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("shwo", "realism"), ("udpate", "realism", "--set", "phone=107"), ("ado", "--name", "Arc"), ("semd", "a.jsonl"), ("urgnt", "liege"),
        ("mpa", "liege"), ("tems", "besoins"), ("hlep", "find"), ("brwose", "burnout"), ("shwo", "similes", "vlaanderen"), ("shwo",),
        ("shwo", "qqqq"), ("conflits", "realism"),
    ],
)  # fmt: skip
def test_a_command_with_one_letter_wrong_is_pointed_to_and_nothing_is_searched(ht: Run, words: tuple[str, ...]) -> None:
    outcome = ht(*words)
    assert (outcome.exit_code, outcome.out) == (2, "")
    assert f"there is no command {words[0]} (near: " in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_what_is_a_command_with_one_letter_wrong_does_not_hang_on_a_catalogue_that_can_be_read(
    ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HT_CATALOGUE", str(tmp_path / "none.db"))
    for words in (("shwo", "realism"), ("--catalogue", str(tmp_path / "none.db"), "shwo", "realism")):
        outcome = ht(*words)
        assert (outcome.exit_code, "near: show" in outcome.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        "ado anxieux liege", "adhd liege", "kind angst gent", "ma fille se scarifie", "mam huilt", "man 47 kortrijk suicidal", "hulp gent",
        "kind will sterben", "argent", "conflits", "teams", "asd brussels", "dad drinks", "que faire", "mal de vivre liège",
    ],
)  # fmt: skip
def test_a_question_that_begins_like_a_command_is_searched(ht: Run, words: str) -> None:
    outcome = ht(*words.split())
    assert f"understood: ht find {words}\n" in outcome.err
    assert "there is no command" not in outcome.err


def test_no_word_of_the_vocabulary_is_refused_as_a_command_with_one_letter_wrong(ht: Run, lexicon: Lexicon) -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "data" / "sources" / "vocabulary").glob("??.toml")]
    words = {word for text in texts for quoted in re.findall(r'"([^"]+)"', text) for word in fold(quoted).split()[:1]}
    near = [word for word in words if word not in COMMANDS and any(OSA.distance(word, command) <= 1 for command in COMMANDS)]
    assert len(near) > 50
    for word in near:
        assert line_meant([word, "liege"], None) == ["find", word, "liege"], word


@pytest.mark.parametrize("words", ["Find deuil namur", "FIND deuil namur", "fnid deuil namur"])
def test_the_search_is_found_in_capitals_or_with_one_letter_wrong(ht: Run, words: str) -> None:
    outcome = ht(*words.split(), "--format", "ids")
    assert outcome.out == ht("find", "deuil", "namur", "--format", "ids").out
    assert "understood: ht find deuil namur" in outcome.err


@pytest.mark.parametrize(
    "words",
    [("udpate", "realism", "je veux mourir", "--set", "phone=107"), ("help", "je", "veux", "mourir"), ("find", "je", "veux", "mourir", "--foo"),
     ("browse", "je veux mourir", "--foo"), ("Help", "ik", "wil", "dood")],
)  # fmt: skip
def test_a_line_that_is_refused_says_whom_to_call_where_its_words_speak_of_danger(ht: Run, words: tuple[str, ...]) -> None:
    outcome = ht(*words)
    assert (outcome.exit_code, outcome.out) == (2, "")
    assert "\n  112  " in outcome.err


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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--sans-ordonnance", "--without-referral"), ("--ohne-ueberweisung", "--without-referral"), ("--ohne-überweisung", "--without-referral"),
        ("--limiet", "--limit"), ("--près", "--near"), ("--pres", "--near"), ("--dichtbij", "--near"), ("--code-postal", "--city"),
        ("--postcode", "--city"), ("--plz", "--city"), ("--publiek", "--audience"), ("--sujet", "--need"), ("--offen-am", "--open-at"),
        ("--langue", "--language"),
    ],
)  # fmt: skip
def test_an_option_of_the_search_is_known_by_what_people_call_it(typed: str, meant: str) -> None:
    assert options_meant([typed], options_of("find")) == [meant]


def test_a_word_for_two_options_is_the_one_that_the_command_has(ht: Run) -> None:
    assert options_meant(["--code-postal", "--plz"], options_of("add")) == ["--postcode", "--postcode"]
    for option in ("--langue", "--taal", "--sprache", "--language"):
        assert ht("sheet", "realism", option, "nl") == ht("sheet", "realism", "--locale", "nl")
    assert ht("networks", "--code-postal", "4000") == ht("networks", "4000")


@pytest.mark.parametrize(
    ("word", "topic"),
    [("plaatsen", "cities"), ("lieux", "cities"), ("besoins", "needs"), ("noden", "needs"), ("Städte", "cities"), ("langues", "languages")],
)
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
    assert program.err.splitlines()[1].split() == ["ecoute-violences-conjugales", "Écoute", "Violences", "Conjugales"]
    assert "which one" not in program.err


def test_the_first_word_of_an_id_leads_to_it_whatever_else_the_word_means() -> None:
    missed = {}
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        ids = [identifier for (identifier,) in connection.execute("SELECT id FROM resource")]
        for first, begun in {one.partition("-")[0]: one for one in ids}.items():
            if sum(identifier.startswith(first) for identifier in ids) > 1:
                continue
            followed = one_resource(begun, lexicon, connection).id
            called_so = {
                one.id for one in lexicon.resources([number for number, _key, how in lexicon.named([first]) if how == "whole"]).values()
            }
            for cut in (first, f"{first}-") if begun != first else (first,):
                if _first_named(cut, lexicon, connection) not in {begun, followed} | (called_so if cut == first else set()):
                    missed[cut] = begun
    assert not missed


def _first_named(text: str, lexicon: Lexicon, connection: sqlite3.Connection) -> str:
    """The id of what is opened, else of the first that is offered."""
    try:
        return named_resources([text], lexicon, connection, command="ht show")[0].id
    except AmbiguousError as error:
        return error.candidates[0].split()[0]


def test_an_id_cut_behind_a_hyphen_is_opened_though_its_word_is_one_that_people_search_for(ht: Run) -> None:
    assert "Id: dementiecafe-dwaallicht-malle" in ht("show", "dementiecafe-", "--format", "records").out
    assert ht("show", "rainbows").err.splitlines()[1].split()[0] == "rainbows-united"


def test_a_pipe_without_a_format_is_a_reader_too(ht: Run) -> None:
    outcome = ht("show", "similes-brux")
    assert outcome.out == ht("show", "similes-bruxelles").out != ""
    assert "similes-brux → similes-bruxelles" in outcome.err


def test_a_phone_number_of_several_words_opens_whom_it_calls(ht: Run) -> None:
    assert "Id: chs-helpline" in ht("show", "02", "616", "26", "26", "--format", "records").out
    assert "Id: chs-helpline" in ht("show", "02 616 26 26", "--format", "records").out
    assert ht("update", "02 616 26 26", "--set", "notes=x").exit_code == 3  # what writes wants the id


@pytest.mark.parametrize("command", ["show", "sheet", "open", "history"])
def test_a_name_that_is_bare_of_its_bracket_stands_beside_the_ids_that_begin_with_it(ht: Run, command: str) -> None:
    outcome = ht(command, "similes")
    assert (outcome.exit_code, outcome.out) == (3, "")
    offered = dict(line.split(maxsplit=1) for line in outcome.err.splitlines()[1:])
    assert offered["similes-vlaanderen"] == "Similes (Vlaanderen)"
    assert {"similes-bruxelles", "similes-wallonie", "similes-meetjesland"} <= offered.keys()


@pytest.mark.parametrize("command", ["sheet", "show", "open", "history"])
@pytest.mark.parametrize("word", ["burnout", "burn-out", "tdah", "groupe deuil"])
def test_a_word_that_people_search_for_names_no_resource_and_is_searched(ht: Run, command: str, word: str) -> None:
    outcome = ht(command, word)
    assert (outcome.exit_code, outcome.out) == (3, "")
    best = ht("find", word, "--format", "ids").out.splitlines()[0]
    offered = [line.split()[0] for line in outcome.err.splitlines() if line.startswith("  ")]
    begun = [identifier for identifier in offered if identifier.startswith(f"{word}-")]
    expected = list(dict.fromkeys([*begun, best]))
    assert expected == offered[: len(expected)]  # an id that begins so may be what was meant, and was cut
    assert all(len(line.split()) > 1 for line in outcome.err.splitlines() if line.startswith("  "))


def test_a_whole_name_or_id_is_opened_though_it_is_a_word_that_people_search_for(ht: Run) -> None:
    assert "Id: clb" in ht("show", "clb", "--format", "records").out
    assert "Id: centre-prevention-suicide" in ht("show", "Centre de Prévention du Suicide", "--format", "records").out


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


@pytest.mark.parametrize("words", [("conflicts",), ("restore",), ("report",), ("due",), ("history",)])
def test_such_a_file_is_refused_though_there_is_nothing_to_write(own: Path, ht: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    outcome = ht(*words, "-o", str(tmp_path / "a.pdf"))
    assert (outcome.exit_code, ".pdf cannot be written here" in outcome.err) == (2, True)


def test_a_sheet_that_cannot_be_written_so_does_not_send_one_to_ht_sheet(ht: Run, tmp_path: Path) -> None:
    outcome = ht("sheet", "realism", "-o", str(tmp_path / "a.json"))
    assert (outcome.exit_code, "others are made by ht export\n" in outcome.err) == (2, True)


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


def test_the_lines_of_a_danger_stand_before_what_was_understood(ht: Run) -> None:
    said = ht("ma", "fille", "se", "scarifie", "--format", "ids").err
    assert 0 < said.index("\n  112  ") < said.index("understood: ht find ma fille se scarifie")


VERBS = {
    "carte liege": "map liege", "kaart": "map", "Karte liege": "map liege", "kaart --need burnout": "map --need burnout",
    "trouve un psy liege": "find un psy liege", "zoek burnout gent": "find burnout gent", "suche burnout eupen": "find burnout eupen",
    "urgence liege": "urgent liege", "noodgeval": "urgent", "notfall": "urgent", "réseaux liege": "networks liege",
    "montre realism": "show realism", "fiche realism": "sheet realism", "termes besoins": "terms besoins",
    "aide": "help", "hulp": "help", "Hilfe": "help", "aide find": "help find", "hulp zoek": "help zoek",
    "termes réseaux": "terms réseaux", "begriffe Netzwerke": "terms Netzwerke",
    # what is no line of that command is a question
    "carte bancaire volée": "find carte bancaire volée", "urgence psychiatrique liege": "find urgence psychiatrique liege",
    "réseaux sociaux addiction": "find réseaux sociaux addiction", "montre moi": "find montre moi", "carte --online": "find carte --online",
    "aide moi": "find aide moi", "hilfe gewalt": "find hilfe gewalt", "hulp gent": "find hulp gent", "zoek de dood": "find zoek de dood",
}  # fmt: skip


@pytest.mark.parametrize("typed", VERBS)
def test_a_command_named_in_another_language_is_that_command_where_a_line_of_it_follows(typed: str) -> None:
    assert line_meant(typed.split(), None) == VERBS[typed].split()


def test_the_command_that_was_meant_is_said_and_its_help_is_shown(ht: Run) -> None:
    assert "understood: ht map liege" in ht("carte", "liege", "--format", "records").err
    outcome = ht("help", "trouver")
    assert "understood: ht help find" in outcome.err
    assert outcome.out == ht("help", "find").out
    assert ht("help", "aide", "moi").exit_code == 2


@pytest.mark.parametrize("word", ["aide", "hulp", "hilfe", "AIDE"])
def test_who_types_the_word_for_help_alone_learns_whom_to_call_and_how_ht_is_used(ht: Run, word: str) -> None:
    outcome = ht(word)
    assert 0 <= outcome.err.index("112") < outcome.err.index("understood: ht help")
    assert outcome.exit_code == 0
    assert outcome.out == ht("--help").out
    assert "--need" not in ht("find", word).err


@pytest.mark.parametrize(("typed", "language", "name"), [
    ("wavr", "fr", "Wavre"), ("wavr", "nl", "Waver"), ("brusel", "nl", "Brussel"), ("brusel", "fr", "Bruxelles"), ("brusel", "en", "Brussels"),
    ("antwerpn", "fr", "Anvers"), ("schaarbeck", "fr", "Schaerbeek"),
])  # fmt: skip
def test_a_town_that_was_mended_has_its_name_in_the_language_of_the_reader(ht: Run, typed: str, language: str, name: str) -> None:
    said = ht("find", "burnout", typed, "--locale", language).err
    assert f"{typed} → {name}\n" in said


def test_a_town_that_a_command_took_has_its_name_in_the_language_of_the_reader(ht: Run) -> None:
    assert "Wavre (" in ht("networks", "wavr", "--locale", "fr").err
    assert "Waver (" in ht("networks", "wavr", "--locale", "nl").err


@pytest.mark.parametrize("topic", ["réseaux", "netwerken", "Netzwerke", "networks"])
def test_the_networks_are_no_topic_and_their_command_is_named(topic: str, ht: Run) -> None:
    assert "ht networks" in ht("terms", topic).err


@pytest.mark.parametrize(("typed", "meant"), [
    ("--open-nu", "--open-now"), ("--maintenant", "--open-now"), ("--opennow", "--open-now"), ("--enligne", "--online"), ("--en_ligne", "--online"),
    ("--sansordonnance", "--without-referral"), ("--jetzt", "--open-now"),
])  # fmt: skip
def test_an_option_is_known_without_the_marks_between_its_parts(typed: str, meant: str) -> None:
    assert options_meant([typed], options_of("find")) == [meant]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("--villle", "--ville"), ("--needd", "--need"), ("--stadt-", "--stadt"), ("--leeftijdd", "--leeftijd"), ("--opennow", "--open-now"),
        ("--qsdfqsdf", ""), ("--umkreiss", "--umkreis"),
    ],
)  # fmt: skip
def test_of_an_option_with_a_slip_the_nearest_of_four_languages_is_named_first(ht: Run, typed: str, first: str) -> None:
    known = {"--city", "--need", "--age", "--open-now", "--near", "--all", "--output", "--kind", "--locale"}
    assert (options_near(typed, known) or [""])[0] == first
    near = re.search(r"\(near: ([^,)]+)", ht("find", typed, "namur").err)
    assert (near[1] if near else "") in (first, "")


@pytest.mark.parametrize(("language", "file"), [("fr", "FICHIER"), ("nl", "BESTAND"), ("de", "DATEI"), ("en", "FILE")])
@pytest.mark.parametrize("words", [["--help"], ["help"], ["show", "--help"]])
def test_what_stands_for_a_value_is_in_the_readers_language(words: list[str], language: str, file: str) -> None:
    command = [sys.executable, "-m", "ht_cli", *words]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"HT_LANG": language}, cwd=ROOT).stdout
    assert re.search(rf"--catalogue +{file}\b", said)


def test_an_option_without_its_value_leads_to_the_help_of_its_command(ht: Run) -> None:
    assert ht("find", "--need").err.rstrip().endswith(" find --help")


def test_the_picker_takes_a_town_as_an_option_and_says_which_command_takes_the_others(ht: Run) -> None:
    assert "search with: ht find mons" in ht("browse", "--city", "mons").err
    assert "see: ht find --help" in ht("browse", "--need", "burnout").err
    assert ht("browse", "--qsdf").err.rstrip().endswith(" browse --help")


def test_who_asks_who_answers_now_and_nothing_else_is_told_who_listens(ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ht urgent" not in ht("find", "--format", "records").err
    assert ht("find", "--open-now", "--format", "records").err.startswith("Somebody to talk to, now: ht urgent")


def test_who_names_no_shell_is_told_which_there_are(ht: Run) -> None:
    assert "(choose one of: bash, zsh, fish)" in ht("completion").err


@pytest.mark.parametrize("form", ["records", "table"])
def test_what_is_unknown_is_said_without_a_second_colon(ht: Run, form: str) -> None:
    for words in (("show", "realism"), ("find", "drogues", "bruxelles", "--open-now")):
        assert not re.search(r": \S*\s?unknown:", ht(*words, "--format", form).out, re.IGNORECASE)
