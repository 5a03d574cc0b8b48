import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_alike, read_ids, read_resources
from ht_cli.catalogue.index.postings import reserved_audiences, reserved_needs
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]


def test_show_gives_the_whole_card_in_the_readers_language(ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HT_LANG", "nl")
    card = ht("show", "realism", "--format", "records").out
    assert "Netwerk geestelijke gezondheid" in card
    assert "realism0-18.be" in card
    assert "nooit nagekeken" in card


def test_show_finds_a_resource_by_a_misspelt_name(ht: Run) -> None:
    assert "Id: tele-accueil-107" in ht("show", "tele-acueil", "--format", "records").out


def test_what_answers_a_program_never_takes_one_resource_for_another(ht: Run) -> None:
    outcome = ht("show", "tele-acueil", "--json")
    assert (outcome.exit_code, outcome.out) == (3, "")
    assert "tele-accueil-107" in outcome.err
    assert json.loads(ht("show", "Télé-Accueil 107", "--json").out)[0]["id"] == "tele-accueil-107"


def test_show_follows_a_closed_resource_to_its_successor(ht: Run) -> None:
    with sqlite3.connect(BUNDLED) as connection:
        closed, successor = connection.execute("SELECT id, successor FROM resource WHERE status = 'closed' AND successor <> ''").fetchone()
    assert json.loads(ht("show", closed, "--json").out)[0]["id"] == successor


@pytest.mark.parametrize("words", [("networks", "qsdfqsdf"), ("map", "qsdfqsdf"), ("urgent", "qsdfqsdf")])
def test_what_is_no_place_is_said_without_an_option_that_nobody_typed(words: tuple[str, ...], ht: Run) -> None:
    said = ht(*words).err
    assert "no place is known by “qsdfqsdf”" in said
    assert "--city" not in said
    assert "--city: nothing known by" in ht("find", "--city", "qsdfqsdf").err


@pytest.mark.parametrize("words", [("networks", "houdimont"), ("map", "houdimont"), ("urgent", "houdimont"), ("due", "--city", "houdimont"), ("map", "--zoom", "houdimont")])  # fmt: skip
def test_a_place_that_is_guessed_is_named(words: tuple[str, ...], ht: Run) -> None:
    assert "no place is called “houdimont”; taken: Hodimont (Verviers)" in ht(*words).err


def test_what_of_a_place_was_not_read_is_said(ht: Run) -> None:
    said = ht("networks", "Mons", "en", "Baroeul").err
    assert "left aside: en, baroeul" in said
    assert "very probably" in said  # as where the place was mended


def test_an_unknown_id_ends_with_1(ht: Run) -> None:
    assert ht("show", "qqqqqqq").exit_code == 1


def test_several_candidates_end_with_3_and_are_named(ht: Run) -> None:
    outcome = ht("show", "infor")
    assert outcome.exit_code == 3
    assert outcome.out == ""
    candidates = dict(line.split(maxsplit=1) for line in outcome.err.splitlines()[1:])
    assert {"infor-drogues": "Infor Drogues & Addictions", "inforautisme": "Inforautisme"}.items() <= candidates.items()


def test_a_misspelt_id_finds_its_resource_and_says_so(ht: Run) -> None:
    outcome = ht("show", "tele-acueil-107", "--format", "records")
    assert "Id: tele-accueil-107" in outcome.out
    assert "tele-acueil-107 → tele-accueil-107" in outcome.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("find", "--age", "x"), "--age: hier hoort een geheel getal van 0 tot 120"),
        (("find", "--format", "xml", "x"), "--format: kies een van: table, records"),
        (("find", "--age"), "--age"),
        (("find", "--formt"), "--format"),
        (("fnd",), "find"),
        (("show",), "ID…"),
        (("info", "a", "b"), "a b"),
        (("--foo",), "--foo"),
    ],
)
def test_wrong_usage_is_one_sentence_in_the_readers_language_and_2(ht: Run, typed: tuple[str, ...], said: str) -> None:
    outcome = ht(*typed, HT_LANG="nl")
    assert outcome.exit_code == 2
    assert len(outcome.err.splitlines()) == 1
    assert said in outcome.err
    assert "--help" in outcome.err


def test_networks_of_a_village_are_those_of_its_municipality(ht: Run) -> None:
    outcome = ht("networks", "jemelle", "--json")
    assert [network["id"] for network in json.loads(outcome.out)] == ["reseau-sante-namur", "kirikou"]
    assert "Rochefort" in outcome.err


def test_all_networks_are_listed_without_a_place(ht: Run) -> None:
    assert len(json.loads(ht("networks", "--json").out)) == 32


def test_urgent_fits_on_a_screen_and_speaks_the_languages_of_the_place(ht: Run) -> None:
    lines = ht("urgent", "eupen", "--format", "records").out
    assert "108" in lines
    assert len(lines.splitlines()) <= 24


def test_terms_counts_what_one_can_search_for(ht: Run) -> None:
    rows = json.loads(ht("terms", "needs", "--json").out)
    counted = {row["id"]: int(row["count"]) for row in rows}
    listed = json.loads(ht("find", "--need", "burnout", "--limit", "1000", "--json").out)
    assert counted["burnout"] == sum("burnout" in resource["needs"] for resource in listed) > 5
    assert ht("terms", "cities", "qqqq").exit_code == 1


@pytest.mark.parametrize("content", [b"", b"not a database at all, but a text of some length", None])
def test_a_missing_or_damaged_catalogue_is_one_sentence_and_5(ht: Run, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "bad.db").write_bytes(content)
    outcome = ht("find", "deuil", "--catalogue", str(tmp_path / "bad.db"))
    assert outcome.exit_code == 5
    assert outcome.err.startswith("ht: ")


def test_a_newer_catalogue_is_refused(ht: Run, tmp_path: Path) -> None:
    shutil.copy(BUNDLED, tmp_path / "newer.db")
    with sqlite3.connect(tmp_path / "newer.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    outcome = ht("find", "deuil", "--catalogue", str(tmp_path / "newer.db"))
    assert outcome.exit_code == 5
    assert "newer" in outcome.err


def test_a_terminal_gets_whole_colours_and_no_color_not_one_escape(tmp_path: Path) -> None:
    for variable, escapes in (("HT_UNUSED", True), ("NO_COLOR", False)):
        command = f"{variable}=1 TERM=xterm COLUMNS=100 {sys.executable} -m ht_cli find ado anxieux liege"
        typed = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, check=True, stdin=subprocess.DEVNULL).stdout
        assert (b"\x1b[1m" in typed) is escapes
        assert (b"\x1b" in typed) is escapes


def test_networks_of_a_name_of_several_places_are_shown_for_each(ht: Run) -> None:
    shown = ht("networks", "meldert", "--format", "records").out
    heads = [line for line in shown.splitlines() if line.startswith("Meldert (")]
    assert heads == ["Meldert (9310 Aalst)", "Meldert (3320 Hoegaarden)", "Meldert (3560 Lummen)"]
    assert {record["id"] for record in json.loads(ht("networks", "meldert", "--json").out)} >= {"netwerk-gg-ads", "diletti", "reling"}


def test_nothing_is_certain_of_a_place_that_was_misspelt(ht: Run) -> None:
    assert "It is certain that Liège" in ht("networks", "liège", "--format", "records").out
    assert "It is certain" not in ht("networks", "lièege", "--format", "records").out


def test_what_stands_beside_a_resource_is_for_nobody_else_alone() -> None:
    """A centre after sexual violence is not like a network that takes any need, though both are for a crisis."""
    with open_catalogue() as connection:
        resources = {resource.id: resource for resource in read_resources(connection, read_ids(connection))}
        beside = [(one, [resources[other] for other in read_alike(connection, one)]) for one in resources.values()]
    assert sum(bool(others) for _one, others in beside) > len(beside) / 2
    for resource, others in beside:
        for other in others:
            assert not reserved_needs(other) or set(reserved_needs(other)) & set(resource.needs), (resource.id, other.id)
            assert not reserved_audiences(other) or set(reserved_audiences(other)) & set(resource.audiences), (resource.id, other.id)


@pytest.mark.parametrize("ids", [("realism",), ("realism", "cvfe-liege")])
@pytest.mark.parametrize(("ending", "form"), [
    (".txt", "records"), ("", "records"), (".txt", "table"), (".json", "json"), (".jsonl", "jsonl"), (".csv", "csv"), (".tsv", "tsv"), ("", "tsv"),
])  # fmt: skip
def test_show_writes_to_a_file_what_it_writes_to_stdout(ids: tuple[str, ...], ending: str, form: str, ht: Run, tmp_path: Path) -> None:
    said = ht("show", *ids, "--format", form).out
    path = tmp_path / f"shown{ending}"
    assert ht("show", *ids, "--format", form, "-o", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8").replace("\ufeff", "") == said.replace("\ufeff", "")
    assert all(name in said for name in ids)
    if (ending, form) == (".txt", "records"):
        ht("show", *ids, "-o", str(path), "--force")
        assert path.read_text(encoding="utf-8") == said


@pytest.mark.parametrize(
    ("place", "language", "pairs"),
    [
        ("kraainem", "fr", [("centre-prevention-suicide", "zelfmoordlijn-1813"), ("ecoute-enfants-103", "awel-102"), ("tele-accueil-107", "tele-onthaal-106")]),
        ("bruxelles", "nl", [("zelfmoordlijn-1813", "centre-prevention-suicide"), ("tele-onthaal-106", "tele-accueil-107")]),
        ("gent", "fr", []),
    ],
)  # fmt: skip
def test_where_two_languages_are_spoken_the_lines_of_the_reader_come_first(
    ht: Run, place: str, language: str, pairs: list[tuple[str, str]]
) -> None:
    lines = ht("urgent", place, "--locale", language, "--format", "ids").out.split()
    assert all(lines.index(first) < lines.index(second) for first, second in pairs)
    assert pairs or lines.index("zelfmoordlijn-1813") < lines.index("centre-prevention-suicide")


@pytest.mark.parametrize(("place", "language", "listening"), [("eupen", "de", "telefonhilfe-108"), ("gent", "nl", "tele-onthaal-106")])
def test_who_listens_to_anybody_stands_before_a_line_for_children_whatever_that_speaks(
    ht: Run, place: str, language: str, listening: str
) -> None:
    lines = ht("urgent", place, "--locale", language, "--format", "ids").out.split()
    assert lines[:2] == ["urgence-112", "police-101"]
    assert lines.index(listening) < lines.index("child-focus-116000")


@pytest.mark.parametrize(
    ("language", "asked", "definition"),
    [("fr", "« celles » peut désigner plusieurs lieux", "article 107"), ("nl", "“celles” kan meer dan één plaats zijn", "artikel 107")],
)
def test_which_of_several_places_is_asked_before_their_networks_and_what_a_network_is_is_said_once(
    ht: Run, language: str, asked: str, definition: str
) -> None:
    outcome = ht("networks", "celles", "--format", "records", "--locale", language)
    assert outcome.err.startswith(asked)
    assert outcome.out.count(definition) == 1
    choice = outcome.err.split('ht networks "')[1].split('"')[0]
    alone = ht("networks", choice, "--format", "ids", "--locale", language)
    assert asked not in alone.err
    assert alone.out.split() == ["reseau-partenaires-107", "rheseau"]


@pytest.mark.parametrize(
    ("place", "language", "said"),
    [
        ("linkebeek", "fr", 'Linkebeek est à facilités (français), et ses réseaux travaillent dans une autre langue (néerlandais). De l\'aide dans la première : ht find --city "Linkebeek" --language fr'),
        ("mouscron", "nl", 'Moeskroen heeft faciliteiten (Nederlands), en de netwerken werken in een andere taal (Frans). Hulp in de eerste: ht find --city "Moeskroen" --language nl'),
    ],
)  # fmt: skip
def test_the_networks_of_a_place_with_facilities_say_where_help_in_the_other_language_is(
    ht: Run, place: str, language: str, said: str
) -> None:
    assert said in " ".join(ht("networks", place, "--format", "records", "--locale", language).out.split())
    assert said in ht("networks", place, "--json", "--locale", language).err
    assert said not in ht("networks", "gent", "--json", "--locale", language).err


@pytest.mark.parametrize(("language", "said"), [("fr", "Téléphone : aucun numéro connu"), ("nl", "Telefoon: geen nummer bekend")])
def test_a_service_without_a_number_says_so_and_a_site_that_is_read_does_not(ht: Run, language: str, said: str) -> None:
    assert said in ht("show", "cpvs-luxembourg", "--format", "records", "--locale", language).out.splitlines()
    assert said not in ht("show", "healing-together", "--format", "records", "--locale", language).out
    assert said not in ht("show", "similes-wallonie", "--format", "records", "--locale", language).out
