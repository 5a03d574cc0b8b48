import os

import pytest

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.hours.weekly import weekly_text


def said(language: str, osm: str) -> str:
    locale.activate(["--locale", language], os.environ)
    return weekly_text(osm)


@pytest.mark.parametrize(
    ("language", "osm", "text"),
    [
        ("fr", "24/7", "jour et nuit, tous les jours"),
        ("nl", "Mo-Fr 09:00-17:30", "maandag–vrijdag 9u–17u30"),
        ("de", "Mo-Fr 08:00-22:00; Sa 10:00-14:00", "Montag–Freitag 8:00–22:00; Samstag 10:00–14:00"),
        ("en", "Mo-Su 10:00-24:00", "every day 10:00–24:00"),
        ("fr", "Mo,We 16:00-20:00; Fr 18:00-22:00", "lundi, mercredi 16h–20h ; vendredi 18h–22h"),
        ("fr", "Mo-Fr 09:00-12:00,13:00-17:00; PH off", "lundi–vendredi 9h–12h, 13h–17h ; pas les jours fériés"),
        ("en", "Mo-Fr 09:00-19:00; Sa 09:00-16:00; PH 09:00-13:00",
         "Monday–Friday 9:00–19:00; Saturday 9:00–16:00; public holidays 9:00–13:00"),
        ("nl", "Fr[-1] 13:30-16:30", "laatste vrijdag van de maand 13u30–16u30"),
        ("de", "Th[1] 18:30-22:30", "1. Donnerstag im Monat 18:30–22:30"),
        ("en", "Fr-Mo 09:00-12:00", "Monday, Friday–Sunday 9:00–12:00"),
        ("en", "00:00-24:00", "day and night, every day"),
        ("nl", "Mo-Su,PH 00:00-24:00", "dag en nacht, elke dag"),
        ("fr", "Sa-Su,PH 00:00-24:00", "samedi, dimanche, jours fériés jour et nuit"),
        ("en", "Fr 20:00-26:00", "Friday 20:00 until 2:00 the next day"),
        ("fr", "Fr-Sa 20:00-02:00", "vendredi, samedi 20h jusqu'à 2h le lendemain"),
        ("nl", "Mo-Su 20:00-26:30", "elke dag 20u tot 2u30 de volgende dag"),
        ("de", "Mo-We, Fr 09:00-12:00, 13:00-17:00", "Montag–Mittwoch, Freitag 9:00–12:00, 13:00–17:00"),
        ("en", "Mo[1], Mo[3] 18:00-20:00", "1st Monday of the month, 3rd Monday of the month 18:00–20:00"),
    ],
)  # fmt: skip
def test_hours_are_said_in_the_readers_language(language: str, osm: str, text: str) -> None:
    assert said(language, osm) == text


def test_a_later_rule_replaces_an_earlier_one_for_its_days() -> None:
    assert said("en", "Mo-Fr 09:00-18:00; We 09:00-19:00") == "Monday, Tuesday, Thursday, Friday 9:00–18:00; Wednesday 9:00–19:00"
    assert said("en", "Mo-Fr 09:00-18:00; We off") == "Monday, Tuesday, Thursday, Friday 9:00–18:00"


@pytest.mark.parametrize("osm", ["", "Mo-Fr 09:00+", 'Mo-Fr "by appointment"', "SH off", "Mo-Fr 09:00-17:00 || We off", "lu-ve 9-17"])
def test_what_is_not_understood_whole_is_not_said(osm: str) -> None:
    assert said("en", osm) == ""


def test_all_hours_of_the_catalogue_can_be_said_but_few() -> None:
    with open_catalogue() as connection:
        found = read_resources(connection, read_ids(connection, all_statuses=True))
    known = {osm for resource in found for osm in (resource.hours_osm, *(phone.hours_osm for phone in resource.phones)) if osm}
    unsaid = {osm for osm in known if not said("nl", osm)}
    assert len(known) > 40
    assert len(unsaid) <= len(known) / 5, unsaid
