"""What each number of the rules and of the reading decides, where no answer of `answers.txt` turns on it."""

import time
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.hearing.ears import NOTHING, Heard
from ht_cli.model import Danger, Query
from ht_cli.search import referral
from ht_cli.search.case import case_of
from ht_cli.search.danger import danger_of
from ht_cli.search.labelling import _stretches, best_labelling, span_cost
from ht_cli.search.listening import languages_of, with_hearing
from ht_cli.search.lookups import DOOR, PHONE, WRITING
from ht_cli.search.names import near_names
from ht_cli.search.question import Reading, Span
from ht_cli.search.ranking import Asker, rank
from ht_cli.search.reading import read_question
from ht_cli.search.referral import Candidate
from ht_cli.search.weighing import guesses, weigh_needs
from tests.search.test_referral import NAMUR, Bench


def points(rule: str, candidate: Candidate, query: Query, lexicon: Lexicon) -> float:
    return getattr(referral, rule)(candidate, case_of(query, query.needs, lexicon, ("fr",)))


GRIEF: dict[str, Any] = {"needs": ("grief",), "places": (NAMUR,)}
GRIEF_IN_CRISIS = Query(needs=("crisis",), places=(NAMUR,))


@pytest.mark.parametrize(
    ("rule", "made", "asked", "worth"),
    [
        ("its_own_network", {"kind": "network-adult"}, GRIEF, -90),
        ("for_this_person", {"audiences": ()}, GRIEF, 3),
        ("for_this_person", {"audiences": ("everyone",)}, GRIEF, 8),
        ("for_this_person", {"audiences": ("adolescents",)}, GRIEF, -40),
        ("for_this_person", {"audiences": ("professionals",)}, GRIEF, -40),
        ("for_this_person", {"audiences": ("adolescents",)}, GRIEF | {"audiences": ("adolescents",)}, 12),
        ("for_this_person", {"audiences": ("adults",)}, GRIEF | {"audiences": ("adolescents",)}, 0),
        ("in_their_language", {"languages": ()}, GRIEF, -4),
        ("in_their_language", {"languages": ("fr",)}, GRIEF, 0),
        ("in_their_language", {"languages": ("nl",)}, GRIEF, -70),
        ("in_their_language", {"languages": ("fr",)}, GRIEF | {"spoken": ("nl",)}, -36),
        ("in_their_language", {"languages": ("fr",)}, GRIEF | {"languages": ("nl",)}, -60),
        (
            "in_their_language",
            {"languages": ("fr",)},
            GRIEF | {"languages": ("nl",), "danger": Danger("alarm", ("suicide",), 0.9)},
            -45,
        ),
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
    assert [points("for_this_role", made, close, lexicon) for made in (group, service)] == [-45, 0]


def test_of_many_needs_the_last_still_weighs_more_than_what_takes_any(lexicon: Lexicon) -> None:
    needs = ("grief", "burnout", "alcohol", "gambling", "stress", "autism")
    found = rank(Query(needs=needs, places=(NAMUR,)), lexicon, Asker(("fr",), False), 400)
    worths = {candidate.needs[0]: candidate.worth for candidate in found if candidate.lists_need}
    assert worths["need:grief"] == 62
    assert worths["need:burnout"] == 54
    assert min(worths.values()) == 38


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


def needs_of(said: Sequence[str], shares: Mapping[str, float], *, all_read: bool = False) -> list[str]:
    return list(weigh_needs(said, Heard(needs=tuple(shares.items())), few=False, all_read=all_read)[0])


@pytest.mark.parametrize(
    ("said", "shares", "all_read", "meant"),
    [
        ([], {"grief": 0.07}, False, ["grief"]),
        ([], {"grief": 0.069}, False, []),
        ([], {"nothing": 0.63, "grief": 0.08}, False, ["grief"]),  # hardly eight times less likely than no need at all
        ([], {"nothing": 0.65, "grief": 0.08}, False, []),
        (["stress"], {"stress": 0.6, "grief": 0.13}, False, ["stress", "grief"]),
        (["stress"], {"stress": 0.6, "grief": 0.129}, False, ["stress"]),
        (["stress"], {"stress": 0.3, "grief": 0.5}, True, ["grief", "stress"]),
        (["stress"], {"stress": 0.3, "grief": 0.49}, True, ["stress"]),
        (["stress"], {"stress": 0.019, "grief": 0.4}, True, ["grief", "stress"]),  # which nobody would hear
        (["stress"], {"stress": 0.019, "grief": 0.39}, True, ["stress"]),
        (["stress", "grief"], {"stress": 0.9, "grief": 0.02}, False, ["stress", "grief"]),
        (["stress", "grief"], {"stress": 0.9, "grief": 0.019}, False, ["stress"]),
        ([], {"grief": 0.3, "stress": 0.25, "burnout": 0.2}, False, ["grief", "stress"]),
        (["stress"], {"grief": 0.5, "stress": 0.30}, False, ["grief", "stress"]),
        (["stress"], {"grief": 0.5, "stress": 0.32}, False, ["stress", "grief"]),
        (["adhd"], {"grief": 0.5, "adhd": 0.045}, False, ["grief", "adhd"]),
        (["adhd"], {"grief": 0.5, "adhd": 0.050}, False, ["adhd", "grief"]),
    ],
)
def test_what_is_said_and_what_is_heard_are_joined_by_their_odds(
    said: list[str], shares: dict[str, float], all_read: bool, meant: list[str]
) -> None:
    assert needs_of(said, {NOTHING if need == "nothing" else need: share for need, share in shares.items()}, all_read=all_read) == meant


@pytest.mark.parametrize(("nothing", "share", "meant"), [(0.9, 0.019, ()), (0.899, 0.019, ("grief",)), (0.9, 0.02, ("grief",))])
def test_a_word_of_need_said_in_few_words_that_surely_mean_none_is_left_out(nothing: float, share: float, meant: tuple[str, ...]) -> None:
    heard = Heard(needs=((NOTHING, nothing), ("grief", share)))
    assert weigh_needs(("grief",), heard, few=True, all_read=False) == (meant, ())
    assert weigh_needs(("grief",), heard, few=True, all_read=True) == (("grief",), ())


@pytest.mark.parametrize(("share", "asked"), [(0.04, ("grief",)), (0.039, ())])
def test_what_is_hardly_heard_is_not_asked_back(share: float, asked: tuple[str, ...]) -> None:
    assert guesses(Heard(needs=(("grief", share),))) == asked


@pytest.mark.parametrize(
    ("share", "said", "few", "of_a_client", "level"),
    [
        (0.58, (), False, False, "alarm"), (0.579, (), True, False, "quiet"), (0.5, ("suicide",), False, False, "alarm"),
        (0.499, ("suicide",), False, False, "quiet"), (0.25, ("suicide",), True, False, "alarm"), (0.249, ("suicide",), True, False, "quiet"),
        (0.06, ("suicide",), False, True, "alarm"), (0.059, ("suicide",), True, True, "quiet"), (0.1, (), False, False, "quiet"),
        (0.099, (), False, False, "none"),
    ],
)  # fmt: skip
def test_the_levels_of_danger(share: float, said: tuple[str, ...], few: bool, of_a_client: bool, level: str) -> None:
    assert danger_of(Heard(danger=share, dangers=(("suicide", 0.9),)), said, few=few, of_a_client=of_a_client).level == level


@pytest.mark.parametrize(("share", "level"), [(0.4, "quiet"), (0.399, "none")])
def test_few_words_that_name_a_need_want_more_for_a_quiet_word(share: float, level: str) -> None:
    assert danger_of(Heard(danger=share, dangers=(("overdose", 0.9),)), (), names_what=True).level == level


def test_words_that_say_only_for_whom_help_is_asked_are_no_alarm() -> None:
    assert danger_of(Heard(danger=0.9, dangers=(("child-abuse", 0.9),)), (), no_alarm=True).level == "quiet"


@pytest.mark.parametrize(("share", "kinds"), [(0.1, ("suicide", "threat")), (0.099, ("suicide",))])
def test_a_second_danger_is_named_from_a_tenth(share: float, kinds: tuple[str, ...]) -> None:
    assert danger_of(Heard(danger=0.9, dangers=(("suicide", 0.7), ("threat", share))), ()).kinds == kinds


@pytest.mark.parametrize(
    ("shares", "spoken"),
    [
        ({"fr": 0.8, "nl": 0.2}, ("fr", "nl")), ({"fr": 0.8, "nl": 0.199}, ("fr",)), ({"fr": 0.79, "nl": 0.05}, ("fr", "nl")),
        ({"fr": 0.79, "nl": 0.049}, ("fr",)),
    ],
)  # fmt: skip
def test_which_languages_a_question_may_be_in(shares: dict[str, float], spoken: tuple[str, ...]) -> None:
    assert languages_of(Heard(languages=tuple(shares.items()))) == spoken


def heard_as(query: Query, words: int, heard: Heard, *, unread: int = 1) -> Query:
    reading = Reading(["x"] * words, ["x"] * words, ["x"] * words, list(range(words)))
    return with_hearing(query, heard._replace(voices=heard.voices or (("other", 0.5),)), reading, unread)


def test_a_need_said_in_few_words_is_all_that_is_meant() -> None:
    heard = Heard(needs=(("stress", 0.5), ("grief", 0.4)))
    said = Query(needs=("grief",))
    assert heard_as(said, 4, heard).needs == ("grief",)
    assert heard_as(said, 5, heard).needs == ("grief", "stress")
    assert heard_as(said, 6, heard, unread=0).needs == ("grief",)
    assert heard_as(said, 7, heard, unread=0).needs == ("grief", "stress")


def test_a_question_of_which_little_is_known_is_heard_from_a_half() -> None:
    strange = Query(unknown=("a", "b", "c"))
    for share, needs in ((0.5, ("stress",)), (0.499, ())):
        assert heard_as(strange, 5, Heard(needs=(("stress", share),))).needs == needs


@pytest.mark.parametrize(("share", "voice", "spoken"), [(0.8, "other", ("nl",)), (0.79, "other", ()), (0.7, "other", ()), (0.69, "", ())])
def test_voice_and_language_are_named_where_they_are_sure(share: float, voice: str, spoken: tuple[str, ...]) -> None:
    query = heard_as(Query(), 9, Heard(needs=(("stress", 0.5),), voices=(("other", share),), languages=(("nl", share),)))
    assert (query.voice, query.spoken) == (voice, spoken)


@pytest.mark.parametrize(("words", "level"), [(16, "alarm"), (17, "quiet")])
def test_a_note_about_a_client_is_short(words: int, level: str) -> None:
    note = Query(places=(NAMUR,), audiences=("men",), danger=Danger("alarm", ("suicide",)))
    heard = Heard(needs=(("stress", 0.5),), danger=0.06, dangers=(("suicide", 0.9),))
    assert heard_as(note, words, heard).danger.level == level


@pytest.mark.parametrize(("share", "level"), [(0.01, "quiet"), (0.009, "none")])
def test_in_a_story_with_a_strange_word_a_hint_of_danger_is_enough(share: float, level: str) -> None:
    story = Query(places=(NAMUR,), unknown=("strange",))
    assert heard_as(story, 12, Heard(needs=(("stress", 0.5),), danger=share, dangers=(("suicide", 0.9),))).danger.level == level


@pytest.mark.parametrize(("age", "also"), [(65, True), (64, False)])
def test_violence_against_somebody_of_sixty_five_may_be_that_against_older_people(age: int, also: bool) -> None:
    heard = Heard(needs=(("stress", 0.5),), danger=0.9, dangers=(("partner-violence", 0.9),))
    assert ("elder-abuse" in heard_as(Query(age=age), 9, heard).danger.kinds) is also


def read_as(tokens: str, **known: Any) -> Any:
    """A reading of these words of which nothing is known but what is said."""
    words = tokens.split()
    nothing = {
        "cues": set(), "weak_cues": set(), "paired": set(), "apart": set(), "led_to": set(), "known": set(), "ordinary": set(), "empty": set(), "small": set(), "said": set(),
        "homes": set(), "note": False, "spans": [],
    }  # fmt: skip
    return SimpleNamespace(tokens=words, raw=words, **(nothing | known))


FIVE = "a b c d e"  # no short question
THREE = "a b c"


@pytest.mark.parametrize(
    ("span", "reading", "places", "cost"),
    [
        (Span(1, "stop"), read_as(FIVE), 0, 0.05),
        (Span(1, "before"), read_as(FIVE), 0, 0.05),
        (Span(1, "between"), read_as(FIVE), 0, 0.05),
        (Span(1, "number"), read_as(FIVE), 0, 0.3),
        (Span(1, "age"), read_as(FIVE), 0, 0.15),
        (Span(1, "concept", (("dangers", "x"),)), read_as(FIVE), 0, 0.1),
        (Span(1, "concept", (("needs", "x"),)), read_as(FIVE), 0, 0.25),
        (Span(1, "concept", (("audiences", "x"),)), read_as(FIVE), 0, 0.3),
        (Span(1, "concept", (("relations", "x"),)), read_as(FIVE), 0, 0.3),
        (Span(1, "concept", (("kinds", "x"),)), read_as(FIVE), 0, 0.35),
        (Span(1, "concept", (("offers", "x"),)), read_as(FIVE), 0, 0.35),
        (Span(1, "concept", (("channels", "x"),)), read_as(FIVE), 0, 0.4),
        (Span(0b11, "concept", (("needs", "x"),)), read_as(FIVE), 0, 0.05),
        (Span(0b101, "concept", (("needs", "x"),)), read_as(FIVE), 0, 0.25 - 0.2 + 0.15),
        (Span(1, "concept", (("needs", "x"),), edits=1), read_as(FIVE), 0, 1.25),
        (Span(1, "concept", (("needs", "x"),), edits=2), read_as(FIVE), 0, 2.05),
        (Span(1, "concept", (("needs", "x"),), edits=1, moved_first=True), read_as(FIVE), 0, 1.6),
        (Span(0b10, "place"), read_as(FIVE), 0, 0.25),
        (Span(0b10, "abroad"), read_as(FIVE), 0, 0.45),
        (Span(0b10, "place"), read_as(FIVE, cues={0}), 0, -0.05),
        (Span(0b10, "place"), read_as(FIVE, weak_cues={0}), 0, 0.05),
        (Span(0b10000, "place"), read_as(FIVE), 0, 0.15),
        (Span(0b10, "place"), read_as(FIVE), 1, 1.25),
        (Span(0b10, "place"), read_as(FIVE, paired={1}), 1, -0.15),
        (Span(0b100, "place", edits=1), read_as(THREE), 0, 0.25 - 0.1 + 1.0 - 0.2),
        (Span(0b1000, "place", edits=1), read_as("a b c d"), 0, 0.25 - 0.1 + 1.0 - 0.2),
        (Span(0b10000, "place", edits=1), read_as(FIVE), 0, 0.25 - 0.1 + 1.0),
        (Span(0b10, "place", risky=True), read_as(FIVE), 0, 0.25 + 0.8),
        (Span(0b10, "place", risky=True), read_as(FIVE, apart={1}), 0, 0.25 - 0.25),
        (Span(0b10000, "place", risky=True), read_as(FIVE, empty={4}), 0, 0.25 - 0.1 + 0.25),
        (Span(0b10000, "place", risky=True), read_as(FIVE, empty={4}, cues={3}), 0, 0.25 - 0.3 - 0.1 + 0.1),
        (Span(0b100, "place", risky=True), read_as(THREE), 0, 0.25 - 0.1 - 0.25),
        (Span(1, "place", risky=True), read_as("a b c d e f g"), 0, 0.25 - 0.25),
        (Span(1, "place", risky=True), read_as("a b c d e f g h"), 0, 0.25 + 0.8),
    ],
)
def test_what_makes_a_reading_less_likely(span: Span, reading: Any, places: int, cost: float) -> None:
    assert span_cost(span, reading, places) == pytest.approx(cost)


@pytest.mark.parametrize(("word", "known", "cost"), [("abcd", set(), 2.2), ("abc", set(), 0.9), ("abcd", {0}, 0.9)])
def test_a_word_that_is_left_out_costs(word: str, known: set[int], cost: float) -> None:
    assert best_labelling(read_as(word, known=known)).cost == pytest.approx(cost)


def test_a_long_text_is_settled_forty_words_at_a_time() -> None:
    assert best_labelling(read_as("x " * 85)).spans[-1].start == 84
    assert list(_stretches(85, {})) == [(0, 40), (40, 80), (80, 85)]


def test_names_that_may_be_meant_are_near_and_few() -> None:
    assert (
        near_names("maison ouverte", [(f"house-{number}", "Maison ouverte") for number in range(20)])
        == sorted(f"house-{n}" for n in range(20))[:12]
    )
    assert near_names("abcdefghijklmnopqrst", [("x", "abcdefghijklmnopq123")]) == ["x"]  # seventeen letters of twenty: 85 of 100
    assert near_names("abcdefghijklmnopqrs", [("x", "abcdefghijklmnop123")]) == ["x"]  # sixteen of nineteen: 84.2
    assert near_names("abcdefghijklmnopqr", [("x", "abcdefghijklmno123")]) == []  # fifteen of eighteen: 83.3
    assert near_names("car", [("x", "Caravane")]) == ["x"]
    assert near_names("ca", [("x", "Caravane")]) == []


@pytest.mark.parametrize(("km", "comes"), [(30.0, True), (30.5, False)])
def test_a_team_comes_from_thirty_kilometres_at_most(km: float, comes: bool, lexicon: Lexicon) -> None:
    team = Bench(lexicon).resource("crisis", offers=("mobile-team",), km=km)
    assert (points("for_this_moment", team, GRIEF_IN_CRISIS, lexicon) > 0) is comes
