import csv
import io
import json
import shlex
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ht_cli import clock
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def found(outcome: Outcome) -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = json.loads(outcome.out)
    return resources


def test_an_anxious_adolescent_in_liege_finds_a_number_and_then_the_youth_network_that_has_none(ht: Run) -> None:
    answers = found(ht("find", "ado", "anxieux", "liege", "--json"))
    assert answers[0]["id"] == "ecoute-enfants-103"
    (network,) = (answer for answer in answers[:5] if answer["id"] == "realism")
    assert network["why"][0] == "network"
    assert len(answers) == 10


def test_the_order_and_the_spelling_of_the_words_do_not_matter(ht: Run) -> None:
    assert found(ht("find", "liege", "ado", "anxieus", "--json"))[0]["id"] == "ecoute-enfants-103"


def test_what_was_corrected_is_said_on_stderr(ht: Run) -> None:
    outcome = ht("find", "depresion", "namur", "--json")
    assert "depresion → " in outcome.err


def test_options_take_the_same_words_as_the_question(ht: Run) -> None:
    answers = found(ht("find", "--city", "luttich", "--need", "burn out", "--json"))
    assert answers
    assert all("burnout" in answer["needs"] or answer["kind"].startswith("network") for answer in answers)


def test_an_exact_or_misspelt_name_comes_first(ht: Run) -> None:
    assert found(ht("find", "zelfmordlijn", "--json"))[0]["id"] == "zelfmoordlijn-1813"
    assert found(ht("find", "tele accueil", "--json"))[0]["id"] == "tele-accueil-107"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("bastide namur", "la-bastide-namur"), ("groupe bastide namur", "la-bastide-namur"), ("group bastide", "la-bastide-namur"),
        ("gerbe schaerbeek", "ssm-la-gerbe"), ("service tabane liège", "tabane-liege"), ("relais malmedy", "le-relais-malmedy"),
    ],
)  # fmt: skip
def test_what_people_call_a_house_is_its_name_without_article_kind_and_town(ht: Run, question: str, first: str) -> None:
    found = ht("find", question, "--format", "ids")
    assert found.out.splitlines()[0] == first
    assert "not understood" not in found.err


def test_in_danger_a_word_of_a_name_calls_nobody_before_the_help_for_it(ht: Run) -> None:
    found = ht(
        "find", "cliënt heeft mij zijn bankkaart en de sleutel van zijn kat gegeven, zei dat ik maandag niet meer moet bellen", "--json"
    )
    assert "112" in found.err
    assert not [hit["id"] for hit in json.loads(found.out)[:3] if "sleutel" in hit["id"]]


@pytest.mark.parametrize("question", ["gambling addiction", "relais liège", "groupe deuil namur"])
def test_a_word_of_a_name_that_means_something_else_names_nothing(ht: Run, question: str) -> None:
    assert "name" not in {
        reason for row in ht("find", question, "--format", "csv", "--fields", "why").out.split() for reason in row.split(";")
    }


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("je veux mourir", ["112", "0800 32 123", "107"]),
        ("ik wil niet meer leven", ["112", "1813", "0800 32 123"]),
        ("ich will sterben", ["112", "108", "0800 32 123"]),
        ("wants to kill herself", ["112", "02 616 26 26", "0800 32 123"]),
    ],
)
def test_words_of_suicide_bring_the_lines_first_whatever_the_filters(ht: Run, words: str, numbers: list[str]) -> None:
    outcome = ht("find", *words.split(), "--free", "--kind", "group", "--city", "arlon", "--json")
    lines = [line.strip() for line in outcome.err.splitlines()]
    assert [line for line in lines if line.startswith(numbers[0])] == [lines[1]]
    for number in numbers:
        assert any(line.startswith(f"{number}  ") for line in lines), number


def test_only_lines_of_the_askers_and_the_places_languages_are_given(ht: Run) -> None:
    mons = ht("find", "mon", "mari", "me", "frappe", "mons", "--json").err
    assert "0800 30 030" in mons
    assert "1712" not in mons
    assert "108" not in mons
    assert "1712" in ht("find", "hij", "slaat", "mij", "--json").err


def test_the_lines_stand_on_stderr_before_everything_else(ht: Run) -> None:
    outcome = ht("find", "hij", "slaat", "mij", "depresion", "--format", "records")
    assert outcome.err.splitlines()[1].strip().startswith("112  ")
    assert "112" not in outcome.out.split("Result 1")[0]


def test_a_need_of_danger_asked_for_by_option_brings_its_lines_whatever_the_words_are(ht: Run) -> None:
    assert "0800 32 123" in ht("find", "psychologue", "namur", "--need", "suicide", "--json").err
    assert "0800 32 123" in ht("map", "--need", "depression", "--need", "suicide", HT_LANG="fr").err


def test_a_quiet_word_is_one_line_that_begins_with_words(ht: Run) -> None:
    first = ht("find", "angst", "als", "kind", "in", "mol", "qwrtz", "--json").err.splitlines()[0]
    assert first.startswith("If somebody may be in danger: 112.")
    assert sum("112" in line for line in ht("find", "angst", "qwrtz", "--json").err.splitlines()) == 1


def test_what_was_only_heard_is_said_apart_and_is_a_reason(ht: Run) -> None:
    outcome = ht("find", "he spends his whole wage on the machines in the cafe", "--json")
    assert "heard: gambling (very likely)" in outcome.err
    assert any("heard:gambling" in answer["why"] for answer in found(outcome))


def test_what_the_catalogue_does_not_know_is_named_and_not_left_out_in_silence(ht: Run) -> None:
    outcome = ht("find", "psy", "en", "arabe", "fauteuil", "roulant", "liege", "--json")
    assert "ask: Arabic, wheelchair access" in outcome.err  # in the order of the question


@pytest.mark.parametrize("question", ["wie kan mij helpen", "pouvez-vous m'aider", "I need help with something", "Ich brauche Hilfe"])
def test_who_asks_for_help_and_says_nothing_of_what_is_shown_somebody_to_talk_to(question: str, ht: Run) -> None:
    outcome = ht("find", question, "--json")
    assert outcome.exit_code == 0
    assert {"first-contact", "listening"} & set(found(outcome)[0]["offers"])
    assert "nothing understood" not in outcome.err


@pytest.mark.parametrize("question", ["wie helpt mij", "het loopt fout", "Ich brauche Hilfe"])
def test_where_no_need_is_sure_the_question_is_asked_back(question: str, ht: Run) -> None:
    assert "Is it about " in ht("find", question, "--json").err


def test_where_nothing_is_sure_it_is_asked_back_with_whole_commands_and_nothing_denies_it(ht: Run) -> None:
    outcome = ht("find", "perdu")
    asked, *rest = [line for line in outcome.err.splitlines() if "112" not in line]
    assert (outcome.exit_code, outcome.out) == (1, "")
    assert asked.startswith("Is it about ")
    assert "--need" not in asked
    assert rest[0] == "ht: to search for what is meant, or to see all that may be:"
    assert [command.split()[1] for command in rest[1:]] == ["find", "find", "terms"]
    for command in rest[1:]:
        assert ht(*shlex.split(command)[1:]).out
    assert outcome.err.count("112") == 1


@pytest.mark.parametrize("words", ["qsdfqsdf", "perdu"])
def test_whom_to_call_is_said_once(words: str, ht: Run) -> None:
    assert ht("find", words).err.count("danger: 112") == 1


def test_a_phone_number_finds_who_has_it_and_is_no_age(ht: Run) -> None:
    assert found(ht("find", "0800", "32", "123", "--json"))[0]["id"] == "centre-prevention-suicide"
    assert found(ht("find", "+32 800 32 123", "--json"))[0]["id"] == "centre-prevention-suicide"
    assert found(ht("find", "1712", "--json"))[0]["id"] == "hulplijn-1712"


def test_a_day_that_is_asked_for_is_the_hour_of_the_search(ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 10, 0, tzinfo=clock.BRUSSELS))  # a Tuesday
    outcome = ht("find", "psy", "ouvert", "dimanche", "soir", "namur", "--json")
    assert "Who answers on Sunday" in outcome.err
    assert "left aside" not in outcome.err
    assert "Who answers now:" in ht("find", "psy", "ouvert", "maintenant", "namur", "--json").err
    assert "Who answers" not in ht("find", "il", "boit", "depuis", "dimanche", "soir", "--json").err


def test_a_text_of_hostile_length_is_cut_and_that_is_said(ht: Run) -> None:
    outcome = ht("find", "burnout " * 2_010, "--format", "ids")
    assert "10 words at its end were not read" in outcome.err


def test_a_town_abroad_is_said_to_be_outside_and_nothing_local_is_given(ht: Run) -> None:
    outcome = ht("find", "depression", "paris", "--json")
    assert "outside Belgium" in outcome.err
    assert all("country:be" in answer["areas"] for answer in found(outcome)[:3])


def test_107_alone_gives_the_line_and_the_networks(ht: Run) -> None:
    answers = found(ht("find", "107", "--json"))
    assert answers[0]["id"] == "tele-accueil-107"
    assert any(answer["kind"] == "network-adult" for answer in answers)


def test_what_is_not_understood_ends_with_1_and_the_next_step(ht: Run) -> None:
    outcome = ht("find", "xyzzy", "qwrtplk")
    assert outcome.exit_code == 1
    assert outcome.out == ""
    assert "ht terms" in outcome.err


def test_nothing_found_says_what_leaving_out_each_filter_gives(ht: Run) -> None:
    outcome = ht("find", "--city", "arlon", "--need", "gambling", "--kind", "group", "--language", "de", "--json")
    assert outcome.exit_code == 1
    assert "with the place and the need alone: " in outcome.err
    assert "by phone or internet, from anywhere: " in outcome.err


def test_no_words_and_no_option_is_wrong_usage(ht: Run) -> None:
    assert ht("find").exit_code == 2


@pytest.mark.parametrize("option", [("--need", "qqqqqq"), ("--city", "qqqqqq"), ("--fields", "qq"), ("--age", "x"), ("--near", "3")])
def test_an_option_that_means_nothing_is_wrong_usage(ht: Run, option: tuple[str, str]) -> None:
    outcome = ht("find", "deuil", *option)
    assert outcome.exit_code == 2
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(("typed", "near"), [("Gnt", "Gent"), ("Lir", "Lier")])
def test_a_town_too_short_to_be_mended_is_refused_with_the_towns_it_may_be(ht: Run, typed: str, near: str) -> None:
    outcome = ht("find", "drank", "--city", typed)
    assert outcome.exit_code == 2
    assert near in outcome.err.partition("near to it: ")[2].partition(";")[0]


@pytest.mark.parametrize(
    ("option", "value", "taken"),
    [
        ("--need", "zwangseinweisung", "zwangseinweisung → crisis"), ("--need", "sectes", "sectes → radicalisation"),
        ("--offer", "groepje", "groepje → support group"), ("--need", "deuil", ""), ("--need", "rouw", ""), ("--need", "drogues", ""),
    ],
)  # fmt: skip
def test_an_option_that_is_no_name_of_what_it_was_taken_for_says_what_that_is(ht: Run, option: str, value: str, taken: str) -> None:
    said = ht("find", option, value, "--city", "brussels").err
    assert taken in said
    assert ("→" in said) == bool(taken)


@pytest.mark.parametrize(("value", "block"), [("zwangseinweisung", False), ("colloqué", False), ("crise", True), ("crisis", True)])
def test_what_is_only_taken_for_a_crisis_is_no_danger(ht: Run, value: str, block: bool) -> None:
    assert ("112" in ht("find", "--need", value, "--city", "eupen").err) == block


def test_explain_says_that_an_age_is_a_number_that_stands_alone(ht: Run) -> None:
    assert "age: 22 (a number that stands alone)" in ht("find", "psychose 22 eupen", "--explain").err
    assert "age: 22 (“man 22”)" in ht("find", "man 22 psychose gent", "--explain").err


def test_a_pipe_gets_uncut_values_under_a_header(ht: Run) -> None:
    lines = ht("find", "deuil", "namur").out.splitlines()
    assert lines[0].startswith("id\tname\tkind")
    assert len({line.count("\t") for line in lines}) == 1


def test_csv_is_read_back_by_python(ht: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(ht("find", "deuil", "namur", "--csv").out)))
    assert len(rows) == 10
    assert all(row["id"] and row["name"] for row in rows)


def test_a_file_holds_the_same_bytes_as_stdout(ht: Run, tmp_path: Path) -> None:
    printed = ht("find", "rouw", "gent", "--json").out
    ht("find", "rouw", "gent", "--json", "-o", str(tmp_path / "out.json"))
    assert (tmp_path / "out.json").read_text("utf-8") == printed
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_fields_are_given_in_the_order_asked(ht: Run) -> None:
    assert list(found(ht("find", "deuil", "--fields", "name,id", "--json"))[0]) == ["name", "id"]


def test_closed_and_unverified_ones_are_never_results(ht: Run) -> None:
    assert {answer["status"] for answer in found(ht("find", "parents", "--limit", "300", "--json"))} == {"active"}


def test_without_words_a_place_gives_both_networks(ht: Run) -> None:
    assert {answer["kind"] for answer in found(ht("find", "gent", "--json"))[:2]} == {"network-adult", "network-youth"}


def test_near_keeps_what_is_within_the_distance(ht: Run) -> None:
    answers = found(ht("find", "psychologue", "namur", "--near", "10", "--json"))
    assert answers
    assert all(answer["distance_km"] <= 10 for answer in answers)


def test_a_name_of_several_places_is_said_to_be_one_with_the_others_and_the_option_that_chooses(ht: Run) -> None:
    outcome = ht("find", "burnout", "meldert", "--json")
    assert "“meldert” may be several places; taken: Meldert (9310 Aalst)." in outcome.err
    assert "Meldert (3320 Hoegaarden) · Meldert (3560 Lummen)" in outcome.err
    assert '--city "Meldert (3320 Hoegaarden)"' in outcome.err
    chosen = ht("find", "burnout", "--city", "Meldert (3560 Lummen)", "--json")
    assert "several places" not in chosen.err
    assert "reling" in [answer["id"] for answer in json.loads(chosen.out)]
    assert "noolim" not in chosen.out


def test_a_village_beside_its_town_is_the_one_in_that_town(ht: Run) -> None:
    outcome = ht("find", "burnout", "saint-remy", "chimay", "--explain")
    assert "Saint-Remy (locality:6460:56016:saintremy)" in outcome.err
    assert "several places" not in outcome.err


@pytest.mark.parametrize("question", ["tilleuls", "les tilleuls", "tilleul", "les tilleuls à namur", "tilleuls namur", "groupe tilleuls"])
def test_a_word_of_the_name_of_what_was_added_finds_it(own: Path, ht: Run, question: str) -> None:
    ht("add", "--name", "Groupe les Tilleuls", "--kind", "group", "--city", "namur", "--language", "fr", "--phone", "081 22 33 44", "--yes")
    outcome = ht("find", question, "--json")
    assert found(outcome)[0]["name"] == "Groupe les Tilleuls"
    assert "not understood" not in outcome.err


def test_a_word_of_a_name_is_none_where_something_else_is_understood(own: Path, ht: Run) -> None:
    ht("add", "--name", "Groupe les Tilleuls", "--kind", "group", "--city", "namur", "--language", "fr", "--phone", "081 22 33 44", "--yes")
    assert "Groupe les Tilleuls" not in [one["name"] for one in found(ht("find", "angoisse tilleuls namur", "--json"))][:1]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "nog {count} werken voor Gent, en hun adressen zijn niet bekend: zonder --near staan ze erbij."),
        ("fr", "{count} de plus desservent Gand, et leurs adresses ne sont pas connues : on les voit sans --near."),
    ],
)
@pytest.mark.parametrize("form", ["table", "records", "tsv"])
def test_what_a_distance_leaves_out_for_want_of_an_address_is_counted(ht: Run, language: str, said: str, form: str) -> None:
    asked = ("find", "--city", "Gent", "--need", "drugs", "--locale", language, "--limit", "100")
    near = found(ht(*asked, "--near", "10", "--json"))
    left_out = [one for one in found(ht(*asked, "--json")) if one["distance_km"] is None and one["kind"] in ("service", "group")]
    assert left_out
    assert not {one["id"] for one in left_out} & {one["id"] for one in near}
    assert said.format(count=len(left_out)) in ht(*asked, "--near", "10", "--format", form).err


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        ("gedwongen opname kortrijk", "nl", "ht guide dwangopname: Gedwongen opname"),
        ("mise en observation mons", "fr", "ht guide collocation: L'admission forcée"),
        ("can they section my son", "en", "ht guide forced-admission: Forced admission"),
    ],
)
def test_the_page_that_answers_a_question_is_named_below_the_answer(ht: Run, question: str, language: str, said: str) -> None:
    assert said in ht("find", question, "--format", "table", "--locale", language).err.splitlines()
    assert "ht guide" not in ht("find", question, "--json", "--locale", language).err
    assert "ht guide" not in ht("find", "burnout", "namur", "--format", "table", "--locale", language).err
