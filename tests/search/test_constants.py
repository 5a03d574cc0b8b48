"""What each number of the rules and of the reading decides, where no answer of `answers.txt` turns on it."""

import time
from typing import Any

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.model import Query
from ht_cli.search import referral
from ht_cli.search.lookups import DOOR, PHONE, WRITING
from ht_cli.search.ranking import Asker, rank
from ht_cli.search.reading import read_question
from ht_cli.search.referral import Candidate, case_of
from tests.search.test_referral import NAMUR, Bench


def points(rule: str, candidate: Candidate, query: Query, lexicon: Lexicon) -> float:
    return getattr(referral, rule)(candidate, case_of(query, query.needs, lexicon, ("fr",)))


GRIEF: dict[str, Any] = {"needs": ("grief",), "places": (NAMUR,)}


@pytest.mark.parametrize(
    ("rule", "made", "asked", "worth"),
    [
        ("its_own_network", {"kind": "network-adult"}, GRIEF, -90),
        ("for_this_person", {"audiences": ()}, GRIEF, 3),
        ("for_this_person", {"audiences": ("everyone",)}, GRIEF, 8),
        ("for_this_person", {"audiences": ("adolescents",)}, GRIEF, -40),
        ("for_this_person", {"audiences": ("professionals",)}, GRIEF, -30),
        ("for_this_person", {"audiences": ("adolescents",)}, GRIEF | {"audiences": ("adolescents",)}, 12),
        ("for_this_person", {"audiences": ("adults",)}, GRIEF | {"audiences": ("adolescents",)}, 0),
        ("in_their_language", {"languages": ()}, GRIEF, -4),
        ("in_their_language", {"languages": ("fr",)}, GRIEF, 0),
        ("in_their_language", {"languages": ("nl",)}, GRIEF, -70),
        ("in_their_language", {"languages": ("fr",)}, GRIEF | {"spoken": ("nl",)}, -36),
        ("in_their_language", {"languages": ("fr",)}, GRIEF | {"languages": ("nl",)}, -45),
        ("near", {"km": 0.0}, GRIEF, 30),
        ("near", {"km": 10.0}, GRIEF, 24),
        ("near", {"km": 500.0}, GRIEF, -25),
        ("near", {"km": None, "area": "nis:92094"}, GRIEF, 26),
        ("near", {"km": None, "area": "province:namur"}, GRIEF, 20),
        ("near", {"km": None, "area": "in:namur"}, GRIEF, 16),
        ("near", {"km": None, "area": "region:wallonia"}, GRIEF, 14),
        ("near", {"km": None, "area": "community:fr"}, GRIEF, 14),
        ("near", {"km": None, "area": "country:be"}, GRIEF, 10),
        ("near", {"km": None, "area": ""}, GRIEF, 0),
        ("can_be_called", {"reach": PHONE}, GRIEF, 22),
        ("can_be_called", {"reach": WRITING}, GRIEF, 3),
        ("can_be_called", {"reach": DOOR}, GRIEF, -6),
        ("as_wished", {"offers": ("support-group",)}, GRIEF | {"offers": ("support-group",)}, 12),
        ("as_wished", {"offers": ("support-group",)}, {"offers": ("support-group",)}, 48),
        ("as_wished", {"kind": "helpline"}, GRIEF | {"kinds": ("helpline",)}, 12),
        ("as_wished", {"channels": ("online",)}, GRIEF | {"channels": ("online",)}, 6),
        ("as_wished", {"languages": ("nl",)}, GRIEF | {"languages": ("nl",)}, 6),
        ("help_before_lists", {"kind": "directory"}, GRIEF, -30),
        ("known_well", {"rank": 80}, GRIEF, -2),
    ],
)
def test_a_rule_gives_the_points_of_its_case(
    rule: str, made: dict[str, Any], asked: dict[str, Any], worth: float, lexicon: Lexicon
) -> None:
    assert points(rule, Bench(lexicon).resource("grief", **made), Query(**asked), lexicon) == pytest.approx(worth)


def test_who_asks_for_relatives_is_not_sent_among_the_ill(lexicon: Lexicon) -> None:
    ill = {"audiences": ("adults",), "offers": ("support-group",)}
    group, service = (Bench(lexicon).resource("alcohol", kind=kind, **ill) for kind in ("group", "service"))  # type: ignore[arg-type]
    asking = Query(needs=("alcohol",), places=(NAMUR,), offers=("support-group",), audiences=("relatives",))
    assert [points("for_this_role", made, asking, lexicon) for made in (group, service)] == [-60, -60]
    close = Query(needs=("alcohol",), places=(NAMUR,), relations=("partner",))
    assert [points("for_this_role", made, close, lexicon) for made in (group, service)] == [-30, 0]


def test_of_many_needs_the_last_still_weighs_more_than_what_takes_any(lexicon: Lexicon) -> None:
    needs = ("grief", "burnout", "alcohol", "gambling", "stress", "autism")
    found = rank(Query(needs=needs, places=(NAMUR,)), lexicon, Asker(("fr",), False), 400)
    worths = {candidate.needs[0]: candidate.worth for candidate in found if candidate.lists_need}
    assert worths["need:grief"] == 60
    assert worths["need:burnout"] == 52
    assert min(worths.values()) == 36


@pytest.mark.parametrize(("question", "age"), [("dame de 110 ans namur", 110), ("dame de 111 ans namur", None)])
def test_nobody_is_older_than_a_hundred_and_ten(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


def test_what_a_text_of_hostile_length_holds_beyond_two_thousand_words_is_left(lexicon: Lexicon) -> None:
    assert read_question("deuil " * 2_003, lexicon).cut == 3


def test_a_word_of_a_hundred_thousand_letters_is_no_compound(lexicon: Lexicon) -> None:
    start = time.process_time()
    query = read_question(f"{'a' * 120_000} deuil namur", lexicon)
    assert (query.needs, [place.name for place in query.places]) == (("grief",), ["Namur"])
    assert time.process_time() - start < 5
    assert read_question("rouwgroep", lexicon).needs == ("grief",)
