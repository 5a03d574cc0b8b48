"""Probabilities made true: on weights that are wrong on purpose, and sentences that show by how much."""

from collections.abc import Iterator
from random import Random

import pytest

from ht_cli.hearing.calibrating import made_true
from ht_cli.hearing.ears import DANGERS, LANGUAGES, MIDDLE, NEAR, NEEDS, NOTHING, VOICES, Column, Hearing, Judgement, hear
from ht_cli.hearing.features import number
from ht_cli.hearing.training import Learned, Lesson

WORDS = ("sleepless", "mourning", "weather", "dying", "laughing")  # each a value of the one byte of a code, in this order
COLUMNS = {
    NEEDS: {"sleep": (40, 0, 0, 0, 0), "grief": (0, 40, 0, 20, 0), NOTHING: (0, 0, 40, 0, 40)},
    DANGERS: {"suicide": (0, 0, 0, 40, 0), f"{NEAR}suicide": (0, 0, 0, 20, 40), NOTHING: (40, 40, 40, 0, 0)},
    VOICES: {"self": (0, 0, 0, 0, 0)},
    LANGUAGES: {"en": (0, 0, 0, 0, 0)},
}
BIAS = {"sleep": 2.0, "suicide": -3.0}  # what the weights have learned amiss


def table(units: tuple[int, ...]) -> bytes:
    return bytes(MIDDLE + unit for unit in units).ljust(256, bytes([MIDDLE]))


AMISS = Learned(
    columns=tuple(
        Column(head, name, BIAS.get(name, 0.0), (table(units),)) for head, named in COLUMNS.items() for name, units in named.items()
    ),
    judgement=Judgement(),
    unit=0.1,
    codes={number(f"={word}"): bytes([value]) for value, word in enumerate(WORDS)},
    notions={"en": {}},
)


def lesson(word: str, need: str, danger: str) -> Lesson:
    return Lesson(((((word,),),)), "en", (need,) if need else (), dangers=frozenset((danger,)), no_need=not need)


def development() -> Iterator[Lesson]:
    """Nine sentences in ten are what their word says; the tenth is something else."""
    for _time in range(90):
        yield from (lesson("sleepless", "sleep", NOTHING), lesson("mourning", "grief", NOTHING), lesson("weather", "", NOTHING))
        yield from (lesson("dying", "grief", "suicide"), lesson("laughing", "", f"{NEAR}suicide"))
    for _time in range(10):
        yield from (lesson("sleepless", "grief", NOTHING), lesson("mourning", "sleep", NOTHING), lesson("weather", "sleep", NOTHING))
        yield from (lesson("dying", "", f"{NEAR}suicide"), lesson("laughing", "grief", "suicide"))


@pytest.fixture(scope="module")
def mended() -> Learned:
    lessons = list(development())
    Random(1).shuffle(lessons)
    return made_true(AMISS, lessons)


def test_the_word_of_each_sentence_is_known() -> None:
    assert [dict(Hearing((((word,),),), AMISS).scores[NEEDS])["sleep"] for word in WORDS] == [6.0, 2.0, 2.0, 2.0, 2.0]


@pytest.mark.parametrize(("word", "need"), [("sleepless", "sleep"), ("mourning", "grief"), ("weather", NOTHING), ("laughing", NOTHING)])
def test_a_need_that_was_too_likely_is_as_likely_as_it_is_right(word: str, need: str, mended: Learned) -> None:
    assert dict(hear((((word,),),), mended).needs)[need] == pytest.approx(0.9, abs=0.06)


@pytest.mark.parametrize(("word", "danger"), [("dying", 0.9), ("laughing", 0.1), ("sleepless", 0.0), ("mourning", 0.0)])
def test_a_danger_that_was_too_unlikely_is_as_likely_as_it_is_true(word: str, danger: float, mended: Learned) -> None:
    assert hear((((word,),),), AMISS).danger < 0.9
    assert hear((((word,),),), mended).danger == pytest.approx(danger, abs=0.06)


def test_small_talk_says_nothing_of_what_is_in_doubt(mended: Learned) -> None:
    more = [*development(), *(lesson("dying", "", NOTHING) for _time in range(300))]
    assert hear(((("dying",),),), made_true(AMISS, more)).danger == pytest.approx(hear(((("dying",),),), mended).danger, abs=0.08)


def test_the_voices_and_the_language_stay_as_they_were_learned(mended: Learned) -> None:
    assert [column for column in mended.columns if column.head in (VOICES, LANGUAGES)] == [
        c for c in AMISS.columns if c.head in (VOICES, LANGUAGES)
    ]
    assert all(column.alarm == 0.0 for column in mended.columns if column.head != DANGERS)


def test_nothing_is_heard_in_no_words_and_by_who_never_learned() -> None:
    assert hear((), AMISS).needs == ()
    assert hear(((("dying",),),), AMISS._replace(columns=())).dangers == ()
