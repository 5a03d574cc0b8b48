"""What a service is named after: a substance, an illness, a violence of which somebody has to speak."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.lookups import GENERAL
from ht_cli.search.subjects import SUBJECTS, subjects_said
from ht_cli.search.text import fold
from ht_cli.search.wishes import Wishes
from tests.search.finding import first_ids

CANCER_LINES = {"kankerlijn", "cancerinfo"}
LINES_FOR_CHILDREN = {
    "crisismeldpunt-west-vlaanderen",
    "crisismeldpunten-jeugdhulp",
    "child-focus-116000",
    "awel-102",
    "ecoute-enfants-103",
}


def test_the_subjects_are_of_needs_and_their_words_are_folded(lexicon: Lexicon) -> None:
    for name, subject in SUBJECTS.items():
        assert lexicon.need_number(subject.need) > GENERAL, name
        assert all(fold(word) == word for word in (*subject.said, *subject.names)), name
        assert lexicon.name_words(subject.names), name


@pytest.mark.parametrize(
    ("language", "question", "beside"),
    [
        ("nl", "cannabis zoon 19 jaar Beveren", {"afbouw-slaapmiddelen-apotheek", "al-anon-vlaanderen"}),
        ("nl", "wiet 20 jaar Gent", {"afbouw-slaapmiddelen-apotheek", "msoc-gent"}),
        ("nl", "mijn man drinkt Gent", {"msoc-gent"}),
        ("fr", "cannabis Mons", {"parenthese-mass-mons", "afbouw-slaapmiddelen-apotheek"}),
        ("fr", "cocaïne Bruxelles", {"cannabis-clinic-brugmann", "alcooliques-anonymes-fr"}),
        ("de", "Sohn 19 kifft Eupen", {"al-anon-fr", "afbouw-slaapmiddelen-apotheek"}),
        ("en", "cannabis 20 years old Brussels", {"mass-bruxelles", "afbouw-slaapmiddelen-apotheek"}),
    ],
)
def test_the_substance_decides_which_help_is_for_it(language: str, question: str, beside: set[str], lexicon: Lexicon) -> None:
    assert not beside.intersection(first_ids(question, lexicon, language, 6))


@pytest.mark.parametrize(
    ("language", "question", "named"),
    [
        ("nl", "heroïne Gent", "msoc-gent"),
        ("nl", "verslaafd aan slaapmiddelen Gent", "afbouw-slaapmiddelen-apotheek"),
        ("nl", "verslaafd aan slaapmidelen Gent", "afbouw-slaapmiddelen-apotheek"),
        ("fr", "accro aux benzos Namur", "afbouw-slaapmiddelen-apotheek"),
        ("nl", "drugs Gent", "msoc-gent"),
    ],
)
def test_who_names_it_finds_what_is_for_it_alone(language: str, question: str, named: str, lexicon: Lexicon) -> None:
    assert named in first_ids(question, lexicon, language, 7)


@pytest.mark.parametrize(("language", "question", "city"), [("nl", "angst", "Ninove"), ("fr", "angoisse", "Namur"), ("nl", "rouw", "Gent")])
def test_a_line_for_cancer_is_for_cancer_alone(language: str, question: str, city: str, lexicon: Lexicon) -> None:
    wishes = Wishes(city=city, without_referral=True)
    assert not CANCER_LINES.intersection(first_ids(question, lexicon, language, 30, wishes))
    assert CANCER_LINES.intersection(first_ids("kanker en angst" if language == "nl" else "cancer et angoisse", lexicon, language, 5))


@pytest.mark.parametrize(("language", "question"), [("nl", "verkracht gisterenavond, Leuven"), ("fr", "violée hier soir, Namur")])
def test_a_centre_for_excised_women_is_no_answer_to_a_rape(language: str, question: str, lexicon: Lexicon) -> None:
    assert "cemavie-chu-saint-pierre" not in first_ids(question, lexicon, language, 8)
    assert "cemavie-chu-saint-pierre" in first_ids("excision Bruxelles", lexicon, language, 8)


@pytest.mark.parametrize(
    ("language", "question"),
    [("nl", "praten met lotgenoten angst Bree"), ("nl", "angstgroep Bree"), ("fr", "groupe anxiété Namur"), ("de", "Gruppe Angst Eupen")],
)
def test_a_group_for_a_stutter_or_tics_is_no_group_for_fear(language: str, question: str, lexicon: Lexicon) -> None:
    assert not {"vzw-best-stotteren", "iktic-jetique"}.intersection(first_ids(question, lexicon, language, 6))


@pytest.mark.parametrize(
    ("language", "question", "group"),
    [
        ("nl", "stotteren groep Gent", "vzw-best-stotteren"),
        ("nl", "tics groep Gent", "iktic-jetique"),
        ("fr", "groupe tics Namur", "iktic-jetique"),
    ],
)
def test_who_has_it_finds_that_group(language: str, question: str, group: str, lexicon: Lexicon) -> None:
    assert group in first_ids(question, lexicon, language, 6)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "mobiel team crisis Veurne"),
        ("nl", "psychiater in Beernem"),
        ("nl", "verkracht gisterenavond, Leuven"),
        ("nl", "verkracht als kind, man 40, Gent"),
        ("fr", "violée hier soir, Namur"),
        ("en", "psychologist in Ypres"),
    ],
)
def test_a_line_for_minors_is_not_among_the_first_where_no_child_is_spoken_of(language: str, question: str, lexicon: Lexicon) -> None:
    assert not LINES_FOR_CHILDREN.intersection(first_ids(question, lexicon, language))


@pytest.mark.parametrize(
    ("language", "question", "line"),
    [
        ("nl", "crisis kind 10 jaar Veurne", "crisismeldpunt-west-vlaanderen"),
        ("nl", "mijn dochter is weggelopen en misbruikt, Gent", "child-focus-116000"),
        ("fr", "mon fils de 12 ans est harcelé, Namur", "ecoute-enfants-103"),
    ],
)
def test_where_one_is_it_is(language: str, question: str, line: str, lexicon: Lexicon) -> None:
    assert line in first_ids(question, lexicon, language)


def test_drugs_without_a_name_are_any_of_them() -> None:
    assert set(subjects_said(["drogues"])) == {"hard-drugs", "cannabis"}
