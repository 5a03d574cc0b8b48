"""What hours were understood to mean, read back in the four languages, also of what is refused."""

import os

import pytest

from ht_cli import locale
from ht_cli.hours.grammar import read_hours
from ht_cli.hours.guessing import guessed
from ht_cli.hours.in_words import rules_text
from ht_cli.hours.writing import written
from tests.hours.test_grammar import EXPRESSIONS, readable_hours


def said(language: str, text: str) -> str:
    locale.activate(["--locale", language], os.environ)
    return rules_text(read_hours(text))


@pytest.mark.parametrize(
    ("language", "hours", "text"),
    [
        ("en", "Mo-Fr 09:00-17:00", "Monday to Friday 9:00–17:00"),
        ("fr", "Mo-Fr 09:00-12:00,13:30-17:00; PH off", "du lundi au vendredi 9h–12h, 13h30–17h ; jours fériés : fermé"),
        ("nl", "Mo-We,Fr 09:00-17:00; SH off", "maandag tot woensdag, vrijdag 9u–17u; schoolvakanties: gesloten"),
        ("de", "Mo-Su,PH 20:00-02:00", "jeden Tag, Feiertage 20:00 bis 2:00 am nächsten Tag"),
        ("fr", "24/7", "jour et nuit, tous les jours"),
        ("en", "00:00-24:00", "day and night, every day"),
        ("nl", "Mo-Su 00:00-24:00", "dag en nacht, elke dag"),
        ("en", "Sa-Su 00:00-24:00", "Saturday to Sunday day and night"),
        ("fr", "Dec 01-15 09:00-12:00", "du 1er décembre au 15 décembre 9h–12h"),
        ("de", "Dec 24,31 off", "24. Dezember, 31. Dezember: geschlossen"),
        ("en", "Jan,Sep-Nov Tu[2] 19:30-21:30", "January, September to November, 2nd Tuesday of the month 19:30–21:30"),
        ("fr", "Sep-Jun Th[-1] 18:00-20:00", "de septembre à juin, dernier jeudi du mois 18h–20h"),
        ("nl", "week 2-52/2 Mo 19:00+", "week 2 tot 52 (om de twee weken), maandag vanaf 19u, einduur niet bekend"),
        ("en", "PH -1 day 09:00-12:00", "the day before: public holidays 9:00–12:00"),
        ("en", "PH Mo-Fr 09:00-17:00+", "public holidays, only Monday to Friday 9:00–17:00 or later"),
        ("en", 'Mo-Fr 09:00-17:00 "by appointment"', "Monday to Friday 9:00–17:00 (to be asked) “by appointment”"),
        ("fr", 'Mo-Fr 09:00-12:00, Sa 10:00-12:00 || unknown "répondeur"', "du lundi au vendredi 9h–12h ; et aussi samedi 10h–12h ; sinon (à demander) « répondeur »"),
        ("de", "2026 Jul 13-24 off", "13. Juli 2026 bis 24. Juli 2026: geschlossen"),
        ("en", "easter -2 days off; easter +1 day 10:00-12:00", "2 days before: Easter Sunday: closed; the day after: Easter Sunday 10:00–12:00"),
    ],
)  # fmt: skip
def test_hours_are_read_back(language: str, hours: str, text: str) -> None:
    assert said(language, hours) == text


def test_all_that_is_accepted_can_be_said() -> None:
    for hours in filter(readable_hours, EXPRESSIONS):
        assert said("en", hours).strip("; "), hours


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "Mo-Fr 9h-17h", "Mo-Fr 09:00-17:00"), ("en", "mo-fr 9:00-17:00", "Mo-Fr 09:00-17:00"), ("en", "Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00"),
        ("fr", "lu-ve 9h-17h", "Mo-Fr 09:00-17:00"), ("fr", "Ma 9h-12h; sa 10h-12h", "Tu 09:00-12:00; Sa 10:00-12:00"),
        ("fr", "lundi au vendredi de 9h30 à 12h et de 13h à 17h, fermé jours fériés", "Mo-Fr 09:30-12:00,13:00-17:00; PH off"),
        ("nl", "ma-vr 9u-17u30; za 10-12", "Mo-Fr 09:00-17:30; Sa 10:00-12:00"), ("nl", "ma,do 9.00-12.00 uur", "Mo,Th 09:00-12:00"),
        ("de", "Di und Do 9-12 Uhr; So geschlossen", "Tu,Th 09:00-12:00; Su off"), ("de", "Di 9–12 Uhr", "Tu 09:00-12:00"),
        ("fr", "24h/24, 7j/7", "24/7"), ("en", "24/07/26", ""), ("fr", "sur rendez-vous", ""), ("en", "Mo-Xx 9", ""), ("en", "Mo-Fr sunrise-sunset", ""),
    ],
)  # fmt: skip
def test_what_is_refused_is_guessed_in_the_language_spoken(language: str, text: str, meant: str) -> None:
    assert written(guessed(text, language).rules) == meant


def test_what_is_not_understood_is_named_apart() -> None:
    guess = guessed("Mo-Fr 9h-17h; samedi sur rdv", "fr")
    assert (written(guess.rules), guess.left) == ("Mo-Fr 09:00-17:00", ("samedi sur rdv",))


def test_what_only_ends_is_said_by_its_end() -> None:
    osm = "2000 Jan 01-2027 Jun 30 Mo 09:00-12:00"
    assert said("en", osm).startswith("until 30 June 2027")
    assert said("fr", osm).startswith("jusqu'au 30 juin 2027")
    assert said("nl", osm).startswith("tot en met 30 juni 2027")
    assert said("de", osm).startswith("bis 30. Juni 2027")
