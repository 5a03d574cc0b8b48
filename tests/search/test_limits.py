"""How far and how dear help may be at most, where words say it."""

from datetime import datetime

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.clock import BRUSSELS
from ht_cli.search.answering import answer, count_narrowed
from ht_cli.search.asking import with_moment_said
from ht_cli.search.narrowing import limits_distance, narrow
from ht_cli.search.ranking import WIDE_NET, Asker, rank
from ht_cli.search.reading import read_question
from ht_cli.search.wishes import Wishes


def clock() -> datetime:
    return datetime(2026, 11, 25, 19, 10, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("question", "km"),
    [
        ("psychologue à moins de 15 km de Wavre", 15),
        ("binnen 10km van Aalst iemand om over rouw te praten", 10),
        ("Psychologe im Umkreis von 20 Kilometern um Eupen", 20),
        ("therapist within 10 km of Leuven", 10),
        ("psy namur 25 km max", 25),
    ],
)
def test_what_is_farther_than_words_allow_is_left_out(question: str, km: float, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert (query.within, query.unknown) == (km, ())
    hits = answer(query, Wishes(), lexicon, ("fr",), 20).hits
    assert any(hit.distance_km is None for hit in hits)  # a list of psychologists, the network
    assert all(hit.distance_km is None or hit.distance_km <= km for hit in hits)
    assert any((hit.distance_km or 0) > km for hit in answer(query._replace(within=None), Wishes(), lexicon, ("fr",), 100).hits)


@pytest.mark.parametrize(
    "question",
    [
        "hij woont 20 km verder en drinkt, gent",
        "mon fils a fait une fugue à 30 km de Namur",
        "depression, 3 children under ten, leuven",
        "angst gent 15",
    ],
)
def test_the_kilometres_of_a_story_are_no_limit(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).within is None


def test_an_option_and_a_danger_come_before_the_kilometres_of_the_words(lexicon: Lexicon) -> None:
    query = read_question("psychologue à moins de 15 km de Wavre", lexicon)
    hits = answer(query, Wishes(near=3.0), lexicon, ("fr",), 20).hits
    assert all(hit.distance_km is not None and hit.distance_km <= 3 for hit in hits)
    danger = read_question("je veux mourir, quelqu'un à moins de 5 km de Wavre", lexicon)
    assert danger.in_danger
    assert not limits_distance(danger, Wishes())


@pytest.mark.parametrize(
    "question",
    [
        "ich will sterben, jemand im Umkreis von 5 km von Eupen", "ik wil dood, iemand binnen 5 km van Gent",
        "I want to die, someone within 5 km of Leuven", "envie de mourir, psy à moins de 5 km de Namur",
    ],
)  # fmt: skip
def test_how_far_help_may_be_makes_no_danger_smaller(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).in_danger


@pytest.mark.parametrize(
    ("question", "not_used"),
    [
        ("psycholoog max 30 euro gent", ("price",)),
        ("psy 15€ maximum namur", ("price",)),
        ("therapist under 50 euros leuven", ("price",)),
        ("psychologue 11 euros namur", ()),  # the rate of the health insurance, which the catalogue knows
        ("2000 euro schulden gent", ()),
    ],
)
def test_a_price_that_is_asked_is_named_as_not_used(question: str, not_used: tuple[str, ...], lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.not_used == not_used
    assert not not_used or not query.unknown


def test_what_is_there_for_others_is_not_offered_first_because_it_is_open(lexicon: Lexicon) -> None:
    query = read_question("psycholoog op zaterdag gent", lexicon)
    wishes = with_moment_said(query, Wishes(), clock)
    left = narrow(rank(query, lexicon, Asker(("nl",)), WIDE_NET), query, wishes, lexicon).candidates
    for_others = [
        position for position, one in enumerate(left) if one.points < 0 and one.cell.resource in lexicon.with_hours([one.cell.resource])
    ]
    for_them = [position for position, one in enumerate(left) if one.points > 0]
    assert for_them
    assert for_others
    assert max(for_them) < min(for_others)


def test_what_words_allow_is_counted_as_it_is_answered(lexicon: Lexicon) -> None:
    query = read_question("psychologue à moins de 15 km de Wavre", lexicon)
    found = answer(query, Wishes(), lexicon, ("fr",), 5)
    assert found.more
    everything = answer(query, Wishes(), lexicon, ("fr",), 1_000)
    assert count_narrowed(query, Wishes(), lexicon) == everything.total == len(everything.hits)
    assert count_narrowed(query._replace(within=None), Wishes(), lexicon) > len(everything.hits)
