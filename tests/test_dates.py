"""Days as each language says them; the first of a month has a word of its own in French."""

import pytest

from ht_cli import locale
from ht_cli.clock import day_in_belgium
from ht_cli.dates import day_text


@pytest.mark.parametrize(
    ("iso", "fr", "nl", "de", "en"),
    [
        ("2026-12-01", "1er décembre 2026", "1 december 2026", "1. Dezember 2026", "1 December 2026"),
        ("2026-12-02", "2 décembre 2026", "2 december 2026", "2. Dezember 2026", "2 December 2026"),
        ("2026-12-21", "21 décembre 2026", "21 december 2026", "21. Dezember 2026", "21 December 2026"),
        ("2026-03-01T10:00:00.000Z", "1er mars 2026", "1 maart 2026", "1. März 2026", "1 March 2026"),
        ("2026-08", "août 2026", "augustus 2026", "August 2026", "August 2026"),
        ("2026", "2026", "2026", "2026", "2026"),
        ("2026-13-01", "2026-13-01", "2026-13-01", "2026-13-01", "2026-13-01"),
        ("printemps 2026", "printemps 2026", "printemps 2026", "printemps 2026", "printemps 2026"),
        ("", "", "", "", ""),
    ],
)
def test_a_day_a_month_or_a_year_is_said_as_the_language_says_it(iso: str, fr: str, nl: str, de: str, en: str) -> None:
    for language, said in (("fr", fr), ("nl", nl), ("de", de), ("en", en)):
        locale.activate([], {"HT_LANG": language})
        assert day_text(iso) == said


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-11-29T22:59:59.999Z", "2026-11-29"), ("2026-11-29T23:00:00.000Z", "2026-11-30"), ("2026-07-01T22:00:00.000Z", "2026-07-02")],
)
def test_after_midnight_in_belgium_it_is_the_next_day(moment, day):
    assert day_in_belgium(moment).isoformat() == day
