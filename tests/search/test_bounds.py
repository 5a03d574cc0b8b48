"""How far each look goes: the numbers that bound the reading of a question, of which no answer of `answers.txt` may turn.

A double stands for the catalogue: it notes what it is asked, and knows what a test says.
"""

from collections.abc import Collection, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.hearing.clauses import _windows
from ht_cli.hearing.ears import Heard
from ht_cli.hearing.ears import _stretches as heard_once_more
from ht_cli.model import Danger, Place, Query, Resource
from ht_cli.search import telling
from ht_cli.search.danger import danger_of, urgent_lines
from ht_cli.search.denials import language_not_spoken
from ht_cli.search.hours_asked import hours_asked
from ht_cli.search.listening import with_hearing
from ht_cli.search.lookups import Correction, Form
from ht_cli.search.names import MOST, PART, _by_windows
from ht_cli.search.question import Reading, Span, tokenize
from ht_cli.search.reading import read_question
from ht_cli.search.referral import its_own_network
from ht_cli.search.spans import _compound, _spellings
from ht_cli.search.spelling import near_words, spell
from ht_cli.search.towns import _is_piece_of_a_word, _is_postcode, _nearness, add_misspelt_towns, leave_out_years, likeliness
from ht_cli.search.weighing import _is_another_violence
from tests.search.test_constants import points
from tests.search.test_referral import NAMUR, Bench

FRENCH = frozenset(("fr",))


class Asked:
    """A catalogue that knows nothing but what it is told, and keeps what it was asked."""

    def __init__(self, near: Mapping[str, Sequence[str]] | None = None, forms: Sequence[Form] = (), **more: Any) -> None:
        self.near, self.known = near or {}, forms
        self.mended: list[str] = []
        self.looked_up: list[str] = []
        self.expected: list[tuple[str, ...]] = []
        self.__dict__ |= more

    def corrections(self, word: str, *, names: bool, within: int = 2) -> list[Correction]:
        self.mended.append(word)
        return [Correction(known, 1, 1.0, 3, FRENCH, False) for known in self.near.get(word, ())]

    def nearest_ordinary(self, _word: str, languages: Sequence[str], limit: int) -> int:
        self.expected.append(tuple(languages))
        return limit + 1

    def known_words(self, _words: Sequence[str]) -> dict[str, Any]:
        return {}

    def ordinary_words(self, _words: Collection[str]) -> dict[str, Any]:
        return {}

    def forms(self, keys: Collection[str]) -> list[Form]:
        self.looked_up += keys
        return [form for form in self.known if form.key in keys]


def reading_of(text: str, spans: Sequence[Span] = (), **more: Any) -> Reading:
    reading = tokenize(text)
    reading.spans = list(spans)
    for name, value in more.items():
        setattr(reading, name, value)
    return reading


@pytest.mark.parametrize(("probability", "named"), [(0.2, ("suicide",)), (0.199, ())])
def test_a_quiet_word_says_which_danger_from_a_fifth(probability: float, named: tuple[str, ...]) -> None:
    assert danger_of(Heard(danger=probability, dangers=(("suicide", 0.5),)), ()).kinds == named


def test_a_misspelt_word_is_meant_for_six_words_at_most() -> None:
    catalogue: Any = Asked({"abcde": [f"abcd{letter}" for letter in "fghijklm"]})
    assert len(near_words("abcde", ("fr",), ("fr",), catalogue, names=False)) == 6


def test_sixty_strange_words_of_a_text_are_mended_and_two_languages_expected() -> None:
    words = [f"{letter}{other}xyz" for letter in "abcdefgh" for other in "abcdefghij"]
    catalogue: Any = Asked({words[0]: ["aaxyzz"]})
    spell(reading_of(" ".join(words)), ("fr", "nl", "de", "en"), catalogue, correct=True)
    assert len(set(catalogue.mended)) == 60
    assert catalogue.expected == [("fr", "nl")]


@pytest.mark.parametrize(("words", "looked_for"), [(12, True), (13, False)])
def test_misspelt_towns_of_several_words_are_looked_for_in_few(words: int, looked_for: bool) -> None:
    catalogue: Any = Asked()
    add_misspelt_towns(reading_of(" ".join(["heist"] * words)), catalogue)
    assert bool(catalogue.mended) is looked_for


def test_a_misspelt_town_has_seven_letters_and_four_words() -> None:
    catalogue: Any = Asked()
    add_misspelt_towns(reading_of("abc def"), catalogue)
    assert catalogue.mended == []
    add_misspelt_towns(reading_of("abc defg hij klm nop"), catalogue)
    assert set(map(len, catalogue.mended)) == {7, 9, 10, 13}
    assert "abcdefghijklm" in catalogue.mended


def place(code: str, kind: str, **more: Any) -> Place:
    return Place(1, code, code.partition(":")[2].title(), kind, **more)


@pytest.mark.parametrize(("people", "order"), [(20_000, 3), (19_999, 1)])
def test_a_town_of_twenty_thousand_comes_before_a_province_of_its_name(people: int, order: int) -> None:
    town = place("nis:1", "municipality", nis="1", population=people)
    assert likeliness(town, "other", ())[0] == order


def test_a_postcode_has_four_digits() -> None:
    assert [text for text in ("400", "4000", "40000", "400a") if _is_postcode(text)] == ["4000"]


def test_what_tells_which_place_is_meant_tells_it_the_surer_the_nearer() -> None:
    here = {"nis": "1", "province": "liege", "region": "wallonia"}
    village, town = place("locality:1", "locality", **here), place("nis:1", "municipality", **here)
    other = place("nis:2", "municipality", **(here | {"nis": "2"}))
    province = place("province:liege", "province", province="liege", region="wallonia")
    region = place("region:wallonia", "region", region="wallonia")
    near = [_nearness(village, beside) for beside in (town, province, region, other)]
    assert near == sorted(near, reverse=True)
    assert len(set(near)) == 4
    assert near[-1] > _nearness(village, place("nis:3", "municipality", nis="3", province="namur", region="wallonia")) == 0


@pytest.mark.parametrize(("text", "kept"), [("deuil in 1950", True), ("deuil depuis in 1950", False)])
def test_in_three_words_a_year_is_a_postcode(text: str, kept: bool) -> None:
    last = len(text.split()) - 1
    reading = reading_of(text, [Span(1 << last, "place", (("place", "1"),))])
    leave_out_years(reading)
    assert bool(reading.spans) is kept


@pytest.mark.parametrize(("text", "piece"), [("qu'anvers", False), ("lez'anvers", True)])
def test_two_letters_before_an_apostrophe_are_no_part_of_a_name(text: str, piece: bool) -> None:
    reading = reading_of(text)
    assert reading.words == [0, 0]
    assert _is_piece_of_a_word(Span(0b10, "place"), reading, set(), set()) is piece


@pytest.mark.parametrize(("words", "asked"), [(6, "sunday 12:00"), (7, "")])
def test_a_day_alone_asks_for_hours_in_six_words(words: int, asked: str) -> None:
    catalogue: Any = Asked(forms=[Form("dimanche", "hours-day", "sunday", "", False)])
    tokens = ["dimanche", *(f"word{number}" for number in range(words - 1))]
    assert hours_asked(tokens, set(), catalogue)[0] == asked


def named_in(words: int, told: Mapping[str, str], content: Sequence[str]) -> dict[int, int]:
    tokens = [f"w{number}" for number in range(words)]
    catalogue: Any = Asked(named=lambda keys: [(1, key, told[key]) for key in keys if key in told])
    found: dict[int, int] = {}
    _by_windows(" ".join(tokens), tokens, content, {}, catalogue, frozenset(), found)
    return found


def test_a_name_inside_a_question_has_eight_words_and_is_sure_from_two_that_tell() -> None:
    eight, nine = ("".join(f"w{number}" for number in range(words)) for words in (8, 9))
    everything = [f"w{number}" for number in range(20)]
    assert named_in(20, {eight: "whole"}, everything) == {1: MOST}
    assert named_in(20, {nine: "whole"}, everything) == {}
    assert named_in(20, {"w10w11": "whole"}, everything) == {1: MOST}
    assert named_in(20, {"w10w11": "whole"}, [*everything[:10], *everything[11:]]) == {1: PART}


@pytest.mark.parametrize(("share", "another"), [(0.9, True), (0.899, False)])
def test_a_word_of_violence_is_another_one_where_that_is_sure(share: float, another: bool) -> None:
    assert _is_another_violence("child-abuse", {"elder-abuse": share}) is another


@pytest.mark.parametrize(("letters", "cut"), [(100, True), (101, False)])
def test_a_word_of_a_hundred_letters_may_be_a_compound(letters: int, cut: bool) -> None:
    catalogue: Any = Asked()
    _compound(0, "a" * letters, catalogue)
    assert bool(catalogue.looked_up) is cut


@pytest.mark.parametrize(("words", "spellings"), [(4, 2), (5, 1)])
def test_a_form_of_four_words_is_known_with_one_of_them_mended(words: int, spellings: int) -> None:
    reading = reading_of(" ".join("abcde"[:words]), spellings=[[(letter, 0)] for letter in "abcde"])
    reading.spellings[1].append(("bb", 1))
    assert len(list(_spellings(reading, 0, words))) == spellings


def test_four_words_that_take_a_fiftieth_away_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    worth = {"deuil": 0.3, "perdu": 0.2, "pere": 0.1, "triste": 0.05, "pleurer": 0.04, "hier": 0.019}

    def hear(text: Any, _lookups: Any) -> Heard:
        kept = {word for sentence in text for clause in sentence for word in clause}
        return Heard(needs=(("grief", sum(share for word, share in worth.items() if word in kept)),))

    monkeypatch.setattr(telling, "hear", hear)
    catalogue: Any = SimpleNamespace(columns=True)

    def told(text: str) -> list[str]:
        monkeypatch.setattr(telling, "heard_text", lambda text, _lookups: ((tuple(text.split()),),))
        return telling.telling_words(Query(text, needs=("grief",)), catalogue)["grief"]

    assert told("deuil perdu pere triste pleurer hier") == ["deuil", "perdu", "pere", "triste"]
    worth["perdu"] = 0.02
    assert told("deuil perdu hier") == ["deuil", "perdu"]


def test_a_story_is_listened_to_again_from_twenty_five_words_in_pieces_of_twenty_four() -> None:
    assert list(heard_once_more(((("a",) * 24,),))) == []
    assert [len(piece[0]) for piece in heard_once_more(((tuple(map(str, range(25))),),))] == [24, 13]


def test_a_greeting_or_a_town_has_six_words() -> None:
    assert max(map(len, _windows("abcdefgh"))) == 6


@pytest.mark.parametrize(("text", "named", "denied"), [
    ("francais a b c not", 0, True), ("francais a b c d not", 0, False), ("no a b c francais", 4, True), ("no a b c d francais", 5, False),
])  # fmt: skip
def test_a_language_is_denied_by_one_of_the_four_words_around_it(text: str, named: int, denied: bool) -> None:
    catalogue: Any = Asked(notions_of=lambda words, _spoken: {word: ("NOT",) for word in words if word == "no"})
    reading = reading_of(text, small=set(range(1, 5)))
    assert language_not_spoken(Span(1 << named, "concept", (("languages", "fr"),)), reading, catalogue, ("en",)) is denied


@pytest.mark.parametrize(("share", "needs"), [(0.8, ("grief",)), (0.79, ())])
def test_where_no_word_is_of_any_language_a_need_is_heard_where_it_is_sure(share: float, needs: tuple[str, ...]) -> None:
    strange = ("aaaaa", "bbbbb", "ccccc")
    reading = Reading(list(strange), list(strange), list(strange), list(range(len(strange))))
    heard = Heard(needs=(("grief", share),), voices=(("other", 0.5),))
    assert with_hearing(Query(unknown=strange), heard, reading, 3).needs == needs


@pytest.mark.parametrize(("question", "age"), [("vingt et un depression namur", 21), ("vingt depression namur", None)])
def test_a_number_in_words_from_twenty_one_is_an_age(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


def test_a_town_next_door_is_worth_less_than_the_country(lexicon: Lexicon) -> None:
    next_door = Bench(lexicon).resource("grief", km=None, area="next:nis:92094")
    assert points("near", next_door, Query(needs=("grief",), places=(NAMUR,)), lexicon) == 8


def test_the_network_of_the_young_stands_among_the_answers_in_danger(lexicon: Lexicon) -> None:
    network = Bench(lexicon).resource("grief", kind="network-youth")
    network.is_network = True
    asked = Query(needs=("grief",), places=(NAMUR,), age=12, danger=Danger("alarm", ("suicide",), 0.9))
    assert points("its_own_network", network, asked, lexicon) == 26


def test_whom_to_call_in_danger_is_seven_lines_at_most() -> None:
    lines = [Resource(f"line-{number}", "A", "helpline", areas=("country:be",), languages=("fr",)) for number in range(9)]
    catalogue: Any = Asked(urgent_lines=lambda _kind, *, minors: lines)
    asked = Query(danger=Danger("alarm", ("suicide",), 0.9))
    assert urgent_lines(asked, catalogue, ("fr",)) == lines[:7]


def test_the_network_of_the_young_stands_behind_for_an_illness_of_the_grown(lexicon: Lexicon) -> None:
    network = Bench(lexicon).resource("grief", kind="network-youth")
    network.is_network = True
    masks = {"network_of_the_young": network.cell.kind}
    case: Any = SimpleNamespace(in_danger=False, needs=("grief",), of_the_grown=True, masks=masks, query=Query())
    assert its_own_network(network, case) == -30


def test_without_a_place_what_serves_the_askers_community_stands_before_the_line_of_a_region() -> None:
    here, there = (
        Resource(name, "A", "helpline", areas=(area,), languages=("fr",))
        for name, area in (("here", "community:fr"), ("there", "region:brussels"))
    )
    catalogue: Any = Asked(urgent_lines=lambda _kind, *, minors: [there, here])
    assert urgent_lines(Query(danger=Danger("alarm", ("sexual-violence",), 0.9)), catalogue, ("fr",)) == [here, there]


def test_without_a_place_a_house_of_another_community_is_that_of_some_town(lexicon: Lexicon) -> None:
    of_theirs, of_others, for_it = (Bench(lexicon).resource("grief", km=None, area=f"community:{code}") for code in ("fr", "de", "de"))
    of_theirs.needs = of_others.needs = ["any"]
    asked = Query(needs=("grief",), spoken=("fr",))
    assert [points("near", one, asked, lexicon) for one in (of_theirs, of_others, for_it)] == [14, -3, -3]
