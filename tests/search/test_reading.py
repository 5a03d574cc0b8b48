import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_municipality
from ht_cli.search.ranking import Asker, rank
from ht_cli.search.reading import read_question
from tests.conftest import ROOT

ASKER = Asker(("fr", "nl", "de", "en"))
WORDS = st.sampled_from(
    [
        "ado",
        "anxieux",
        "liege",
        "burnout",
        "namur",
        "rouw",
        "gent",
        "alcool",
        "spa",
        "mol",
        "angst",
        "14",
        "ans",
        "ma",
        "fille",
        "gratuit",
        "groupe",
        "trauer",
        "eupen",
    ]
)


def intents() -> list[dict[str, str]]:
    with (ROOT / "tests" / "examples" / "intents.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def understood(row: dict[str, str], lexicon: Lexicon) -> bool:
    """Whether the town, the need and the audience that a person reads are among what was read."""
    query = read_question(row["query"], lexicon)
    towns = {place.name for place in query.places}
    for place in query.places:
        towns |= {form.shown for form in lexicon.spellings_of(place)}
    audiences = {*query.audiences, *(a for relation in query.relations for a in lexicon.fits("relations", relation))}
    facets = (("city", towns), ("need", set(query.needs)), ("audience", audiences))
    if not row["city"] and query.places:
        return False
    return all(not row[facet] or set(row[facet].split("|")) & found for facet, found in facets)


def test_at_least_75_of_the_80_intents_are_understood(lexicon: Lexicon) -> None:
    missed = [row["query"] for row in intents() if not understood(row, lexicon)]
    assert len(intents()) - len(missed) >= 75, missed


@pytest.mark.parametrize(
    ("question", "crisis"),
    [
        ("je veux mourir", "suicide"), ("jveux mourir", "suicide"), ("ik wil niet meer leven", "suicide"), ("ich will sterben", "suicide"),
        ("wants to kill herself", "suicide"), ("mon mari me frappe", "violence"), ("hij slaat mij", "violence"), ("er schlägt mich", "violence"),
        ("my husband hits me", "violence"), ("ma fille se scarifie", "self-harm"), ("snijdt zichzelf", "self-harm"),
        ("mon père me frappe", "child-danger"), ("slaat zijn kinderen", "child-danger"), ("touches my daughter", "child-danger"),
    ],
)  # fmt: skip
def test_danger_is_heard_in_every_language(question: str, crisis: str, lexicon: Lexicon) -> None:
    assert crisis in read_question(question, lexicon).crisis


@pytest.mark.parametrize(
    "question", ["mort de fatigue", "mourir de rire", "hij slaat de bal", "ik slaap slecht", "meine Tochter will nicht mehr essen"]
)
def test_harmless_words_are_no_danger(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).crisis == ()


@pytest.mark.parametrize("question", ["xyzzy qwrtplk", "zzzz", "!!!", "asdfgh jklm"])
def test_gibberish_means_nothing(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert not query.facets
    assert not query.names


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80))
def test_any_text_is_a_valid_question(text: str) -> None:
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        rank(read_question(text, lexicon), lexicon, ASKER, 5)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_case_and_accents_never_change_the_answer(words: list[str]) -> None:
    text = " ".join(words)
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        plain, shouted = (rank(read_question(t, lexicon), lexicon, ASKER, 10) for t in (text, text.upper()))
    assert [c.cell.resource for c in plain] == [c.cell.resource for c in shouted]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(1, 30))
def test_a_longer_list_begins_with_the_shorter_one(words: list[str], limit: int) -> None:
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        query = read_question(" ".join(words), lexicon)
        shorter, longer = rank(query, lexicon, ASKER, limit), rank(query, lexicon, ASKER, limit + 1)
    assert [(c.cell.resource, c.points) for c in longer[:limit]] == [(c.cell.resource, c.points) for c in shorter]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.tuples(
        st.sampled_from(["liège", "gent", "eupen", "bruxelles", "namur", "4000"]),
        st.sampled_from(["burnout", "deuil", "depressie", "angst", "addiction", "grief", "schizophrenia"]),
        st.sampled_from(["adolescents", "kinderen", "parents", "students", "senioren"]),
        st.sampled_from(["gratuit", "online", "groupe de parole", "praatgroep", "helpline"]),
    ).flatmap(lambda words: st.tuples(st.just(words), st.permutations(words)))
)
def test_the_order_of_words_never_loses_a_hit(orders: tuple[tuple[str, ...], list[str]]) -> None:
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        found = [rank(read_question(" ".join(words), lexicon), lexicon, ASKER, 10_000) for words in orders]
    first, second = ([candidate.cell.resource for candidate in candidates] for candidates in found)
    assert first == second


def test_the_networks_of_a_town_are_read_with_it() -> None:
    with open_catalogue() as connection:
        municipality = read_municipality(connection, "62063")
    assert municipality is not None
    assert municipality.network_youth == "realism"
