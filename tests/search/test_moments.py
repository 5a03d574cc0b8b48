import os
from datetime import datetime

import pytest

from ht_cli import locale
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.clock import BRUSSELS
from ht_cli.errors import UsageError
from ht_cli.model import Moment, Query
from ht_cli.search.asking import ask, with_moment_said
from ht_cli.search.moments import asked_moment, read_moment
from ht_cli.search.reading import read_question
from ht_cli.search.wishes import Wishes

NOW = datetime(2026, 11, 25, 23, 10, tzinfo=BRUSSELS)  # a Wednesday


@pytest.mark.parametrize(
    "text",
    [
        "sat 21:00", "samedi 21h", "zaterdag 21:00", "Samstag 21 Uhr", "SAMEDI À 21 H 00", "zat 21u", "Samstag um 21.00 Uhr", "sa 21", "9pm sat",
        "zaterdag om 21 uur", "am Samstag 21 Uhr", "sam. 21h", "Sonnabend 21 Uhr", "2026-11-28 21:00", "2026-11-28T21:00", "28/11/2026 21h",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_four_languages(text: str) -> None:
    assert read_moment(text, NOW) == datetime(2026, 11, 28, 21, 0, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    "text",
    [
        "25 décembre", "25 december", "25. Dezember", "25 December", "le 25 décembre à midi", "op 25 december om 12 uur", "am 25. Dezember um 12 Uhr", "25 déc. 12h",
        "on the 25th of December, 12:00", "December 25", "Dec 25th 12pm", "12:00 25 december", "12:00 December 25", "vendredi 25 décembre", "Freitag, den 25. Dez. 12 Uhr",
        "25 décembre 2026 12h", "25/12", "25/12 12h", "2026-12-25", "25/12/2026", "de 25ste december",
    ],
)  # fmt: skip
def test_a_day_of_a_month_is_the_next_one_and_without_a_time_its_noon(text: str) -> None:
    assert read_moment(text, NOW) == datetime(2026, 12, 25, 12, 0, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("25 December 14:00", (2026, 12, 25, 14)), ("24 novembre 14h", (2027, 11, 24, 14)), ("25 november 9u", (2026, 11, 25, 9)), ("1er mars 9h", (2027, 3, 1, 9)),
        ("3. März 9 Uhr", (2027, 3, 3, 9)), ("29 février 9h", (2028, 2, 29, 9)), ("may 5 9am", (2027, 5, 5, 9)), ("15 août 20h", (2027, 8, 15, 20)), ("1 mei 9u", (2027, 5, 1, 9)),
    ],
)  # fmt: skip
def test_of_a_day_of_a_month_the_year_is_the_next_that_has_it(text: str, wanted: tuple[int, int, int, int]) -> None:
    assert read_moment(text, NOW) == datetime(*wanted, tzinfo=BRUSSELS)


@pytest.mark.parametrize("text", ["31 avril", "30 februari 9u", "0 december", "december", "december 14:00", "25 december 25:00", "sat 25 December", "today 25 December", "25 december 26 december", "13/13", "25 décembre bientôt"])  # fmt: skip
def test_a_day_that_no_month_has_or_that_is_two_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_moment(text, NOW)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("23:30", 25, 23), ("23:10", 25, 23), ("21:00", 26, 21), ("mercredi 23:30", 25, 23), ("wed 21:00", 2, 21), ("demain 9h", 26, 9),
        ("morgen 9.30 uur", 26, 9), ("tomorrow noon", 26, 12), ("heute 8 Uhr", 25, 8), ("vandaag 8u", 25, 8), ("aujourd’hui 8h", 25, 8),
        ("dimanche minuit", 30, 0), ("24:00", 26, 0), ("2026-12-24 23:30", 24, 23),
    ],
)  # fmt: skip
def test_a_time_without_a_date_is_the_next_one(text: str, day: int, hour: int) -> None:
    found = read_moment(text, NOW)
    assert (found.day, found.hour) == (day, hour)
    assert found >= NOW or text.startswith(("heute", "vandaag", "aujourd"))


@pytest.mark.parametrize(
    "text", ["", "sat", "soon", "25:00", "sat 21:60", "2026-02-30 10:00", "sat sun 9:00", "ma 9h", "di 9:00", "13 pm", "sat 21:00 or so"]
)
def test_what_is_no_moment_or_may_be_two_is_refused_with_what_can_be_written(text: str) -> None:
    with pytest.raises(UsageError, match="sat 21:00, 2026-12-24 23:30 or 21:00"):
        read_moment(text, NOW)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("nl", "ma 9u", 30), ("fr", "ma 9h", 1), ("fr", "mar. 9h", 1), ("nl", "di 9:00", 1), ("de", "Di 9 Uhr", 1), ("fr", "di 9h", 29), ("fr", "dim 9h", 29),
        ("de", "so 9:00", 29), ("nl", "zo 9u", 29), ("nl", "wo. 9u", 2), ("nl", "do 9u", 26), ("de", "Do 9 Uhr", 26), ("de", "Mi 9 Uhr", 2), ("fr", "me 9h", 2),
        ("fr", "je 9h", 26), ("fr", "ve 9h", 27), ("nl", "vr 9u", 27), ("en", "fr 9:00", 27), ("nl", "za 9u", 28), ("de", "Sa 9 Uhr", 28), ("fr", "sa 9h", 28),
        ("fr", "lu 9h", 30), ("de", "mo 9 Uhr", 30), ("en", "mo 9:00", 30), ("en", "tu 9:00", 1), ("en", "th 9am", 26), ("de", "am So 9 Uhr", 29),
        ("fr", "zondag 9u", 29), ("nl", "dimanche 9h", 29), ("fr", "sunday 9:00", 29),
    ],
)  # fmt: skip
def test_a_day_is_the_one_that_the_language_spoken_means(language: str, text: str, day: int) -> None:
    locale.activate(["--locale", language], os.environ)
    found = read_moment(text, NOW)
    assert (found.day, found.hour) == (day, 9)


def test_a_time_that_summer_time_leaves_out_is_an_hour_later_and_one_shown_twice_the_first() -> None:
    assert read_moment("2026-03-29 02:15", NOW).isoformat() == "2026-03-29T03:15:00+02:00"
    assert read_moment("2026-10-25 02:30", NOW).isoformat() == "2026-10-25T02:30:00+02:00"


def test_the_clock_is_asked_only_when_a_moment_is_and_both_options_are_one_too_many() -> None:
    def clock() -> datetime:
        raise AssertionError

    assert asked_moment(False, None, clock) is None
    with pytest.raises(UsageError):
        asked_moment(True, "21:00", clock)
    found = asked_moment(True, None, lambda: NOW)
    assert found is not None
    assert (found.at, found.now) == (NOW, True)


@pytest.mark.parametrize(
    ("said", "hour", "meant"),
    [
        ("wednesday 20:00", 22, Moment(datetime(2026, 11, 25, 22, 10, tzinfo=BRUSSELS))),  # the evening that has begun
        ("today 20:00", 22, Moment(datetime(2026, 11, 25, 22, 10, tzinfo=BRUSSELS))),
        ("wednesday 20:00", 19, Moment(datetime(2026, 11, 25, 20, 0, tzinfo=BRUSSELS), now=False)),
        ("wednesday 9:00", 19, Moment(datetime(2026, 12, 2, 9, 0, tzinfo=BRUSSELS), now=False)),
        ("now", 19, Moment(datetime(2026, 11, 25, 19, 10, tzinfo=BRUSSELS))),
    ],
)
def test_a_part_of_the_day_that_has_begun_means_now(said: str, hour: int, meant: Moment) -> None:
    assert with_moment_said(Query(open_at=said), Wishes(), lambda: NOW.replace(hour=hour)).open_at == meant


@pytest.mark.parametrize(
    "question",
    [
        "rouw gent vanavond", "groupe de parole ce soir à liège", "psy ce soir namur", "Trauer Eupen heute Abend", "grief brussels tonight",
        "grief brussels this evening", "wie is vanavond open in gent",
    ],
)  # fmt: skip
def test_this_evening_is_asked_about_in_four_languages(question: str, lexicon: Lexicon) -> None:
    query = ask(question, Wishes(), lexicon)
    assert query.open_at == "today 20:00"
    assert not query.unknown
    assert with_moment_said(query, Wishes(), lambda: NOW.replace(hour=9)).open_at == Moment(NOW.replace(hour=20, minute=0), now=False)
    assert with_moment_said(query, Wishes(), lambda: NOW.replace(hour=20, minute=30)).open_at == Moment(NOW.replace(hour=20, minute=30))


@pytest.mark.parametrize(
    "question", ["angst in de avond", "tous les soirs il boit", "un film ce soir", "abends trinkt er", "cette nuit mon fils a pleuré"]
)
def test_an_evening_of_a_story_is_no_hour_asked_about(question: str, lexicon: Lexicon) -> None:
    assert not ask(question, Wishes(), lexicon).open_at


def test_whoever_is_in_danger_this_evening_is_sent_to_who_answers_now(lexicon: Lexicon) -> None:
    for question in ("ce soir il m'a frappé", "tonight he hit me", "vanavond sloeg hij mij", "j'ai envie de mourir ce soir"):
        query = ask(question, Wishes(), lexicon)
        assert with_moment_said(query, Wishes(), lambda: NOW).open_at is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("dad was buried on monday", ""), ("patient discharged Friday, needs a mobile team, Liège", ""), ("Freitag entlassen, braucht Termin, Eupen", ""),
        ("he left me on saturday, namur", ""), ("elle est partie dimanche", ""), ("vrijdag is hij vertrokken", ""),
        ("psycholoog zaterdag gent", "saturday 12:00"), ("psy ouvert samedi matin namur", "saturday 9:00"),
    ],
)  # fmt: skip
def test_a_day_on_which_something_happened_is_not_when_somebody_must_answer(question: str, asked: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).open_at == asked
