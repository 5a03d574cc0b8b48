import json
from typing import Any
from unittest.mock import ANY

import pytest

from ht_cli.exchange.hsds.hours import hours_of
from ht_cli.exchange.hsds.schedules import openings
from ht_cli.exchange.hsds.taking import Taken
from ht_cli.hours.grammar import readable_hours
from tests.exchange.hsds.conftest import catalogue

SAID = [
    ("24/7", [("WEEKLY", "MO,TU,WE,TH,FR,SA,SU", "00:00:00", "23:59:00", "")]),
    ("Mo-Fr 09:00-12:00,13:00-17:00", [("WEEKLY", "MO,TU,WE,TH,FR", "09:00:00", "12:00:00", ""), ("WEEKLY", "MO,TU,WE,TH,FR", "13:00:00", "17:00:00", "")]),
    ("Mo-Fr 10:00-17:00; Tu 10:00-18:00", [("WEEKLY", "MO,WE,TH,FR", "10:00:00", "17:00:00", ""), ("WEEKLY", "TU", "10:00:00", "18:00:00", "")]),
    ("Mo-Fr 09:00-17:00; We off", [("WEEKLY", "MO,TU,TH,FR", "09:00:00", "17:00:00", "")]),
    ("Sa-Mo 10:00-24:00", [("WEEKLY", "MO,SA,SU", "10:00:00", "23:59:00", "")]),
    ("Th[1] 18:30-22:30", [("MONTHLY", "1TH", "18:30:00", "22:30:00", "")]),
    ("Fr[-1] 13:30-16:30", [("MONTHLY", "-1FR", "13:30:00", "16:30:00", "")]),
    ("Mo 09:00-16:00; PH off", [("WEEKLY", "MO", "09:00:00", "16:00:00", "PH off")]),
    ("Th[3] 14:00-16:00; SH off", [("MONTHLY", "3TH", "14:00:00", "16:00:00", "SH off")]),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "expected"), SAID, ids=[hours for hours, _rows in SAID])
def test_hours_become_rows(hours: str, expected: list[tuple[str, ...]]) -> None:
    assert [tuple(row) for row in openings(hours)] == expected


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "Mo-Sa 18:00-02:00",
        "Jan-Mar Mo 10:00-12:00",
        "Mo 09:00-12:75",
        "sunrise-sunset",
        "Mo 10:00+",
        "Xx 10:00-12:00",
        "Th[1] 09:00-10:00; Mo 09:00-10:00",
    ],
)
def test_what_the_rows_cannot_say_gives_none(hours: str) -> None:
    assert openings(hours) == []


def test_all_hours_of_the_catalogue_that_are_known_whole_can_be_said() -> None:
    hours = {text for resource in catalogue() for text in (resource.hours_osm, *(phone.hours_osm for phone in resource.phones)) if text}
    assert [text for text in hours if not openings(text) and "unknown" not in text and "week" not in text] == []


ROW = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00:00", "closes_at": "12:00:00"}
TAKEN = [
    ({}, "Mo 09:00-12:00"),
    ({"opens_at": "9:00"}, "Mo 09:00-12:00"),
    ({"byday": "MO,TU,FR"}, "Mo,Tu,Fr 09:00-12:00"),
    ({"opens_at": "22:00", "closes_at": "06:00"}, "Mo 22:00-06:00"),
    ({"opens_at": "18:00", "closes_at": "00:00"}, "Mo 18:00-00:00"),
    ({"opens_at": "00:00", "closes_at": "23:59"}, "Mo 00:00-24:00"),
    ({"freq": "MONTHLY", "byday": "1MO,-1FR"}, "Mo[1],Fr[-1] 09:00-12:00"),
    ({"freq": "MONTHLY", "byday": "2TU", "opens_at": "19:00Z"}, ""),
    ({"opens_at": "09:00+01:00", "closes_at": "12:00+01:00"}, "Mo 09:00-12:00"),
    ({"opens_at": "09:00+02:00", "closes_at": "12:00+02:00", "timezone": 2}, "Mo 09:00-12:00"),
    ({"timezone": 1}, "Mo 09:00-12:00"),
    ({"opens_at": "08:00Z", "closes_at": "11:00Z"}, ""),
    ({"timezone": -5}, ""),
    ({"interval": 2, "dtstart": "2026-11-02"}, ""),
    ({"freq": "MONTHLY", "byday": "", "bymonthday": "15"}, ""),
    ({"byday": "", "dtstart": "2026-11-03"}, "Tu 09:00-12:00"),
    ({"byweekno": "41,42"}, "week 41,42 Mo 09:00-12:00"),
    ({"valid_from": "2026-01-01"}, "Mo 09:00-12:00"),
    ({"valid_to": "2026-01-01"}, ""),
    ({"valid_from": "2026-09-01", "valid_to": "2027-06-30"}, "2026 Sep 01-2027 Jun 30 Mo 09:00-12:00; 2027 Jul 01-2047 Dec 31 unknown"),
    ({"until": "2027-06-30"}, "2000 Jan 01-2027 Jun 30 Mo 09:00-12:00; 2027 Jul 01-2047 Dec 31 unknown"),
    ({"valid_from": "2027-01-04"}, "2027 Jan 04-2047 Dec 31 Mo 09:00-12:00"),
    ({"count": 3}, ""),
    ({"closes_at": "09:00"}, ""),
    ({"opens_at": "9 am"}, ""),
    ({"byday": "-2MO", "freq": "MONTHLY"}, ""),
    ({"byday": "XX"}, ""),
    ({"notes": "PH off; SH off"}, "Mo 09:00-12:00; PH off; SH off"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "osm"), TAKEN, ids=[json.dumps(said) for said, _osm in TAKEN])
def test_a_row_of_others_is_taken_or_left_with_the_reason(said: dict[str, Any], osm: str) -> None:
    row = Taken({**ROW, **said}, "schedule")
    assert hours_of([row]).osm == osm
    assert not osm or readable_hours(osm)
    assert [left.why for left in row.left()] == ([] if osm else [ANY])


@pytest.mark.parametrize(
    ("row", "osm"),
    [
        ({"freq": "WEEKLY", "opens_at": "14:00", "closes_at": "16:00"}, "Fr 09:00-12:00, Mo-Su 14:00-16:00 unknown"),
        ({"freq": "WEEKLY", "byday": "MO;TU", "opens_at": "14:00", "closes_at": "16:00"}, "Fr 09:00-12:00, Mo-Su 14:00-16:00 unknown"),
        (
            {"freq": "MONTHLY", "byday": "TU", "bysetpos": 2, "opens_at": "14:00", "closes_at": "16:00"},
            "Fr 09:00-12:00, Tu 14:00-16:00 unknown",
        ),
    ],
)
def test_a_row_of_which_the_days_cannot_be_read_closes_no_day_and_opens_none(row: dict[str, Any], osm: str) -> None:
    rows = [Taken(ROW | {"byday": "FR"}, "schedule"), Taken(row, "schedule")]
    assert hours_of(rows).osm == osm
    assert readable_hours(osm)


def test_a_row_that_cannot_be_said_does_not_hide_those_beside_it_and_its_days_are_unknown() -> None:
    fortnightly = {**ROW, "byday": "TU", "interval": 2, "description": "tous les quinze jours"}
    monthly = {**ROW, "freq": "MONTHLY", "byday": "1SA"}
    hours = hours_of([Taken(row, "schedule") for row in (ROW, fortnightly, monthly)])
    assert hours == ("tous les quinze jours", "Mo 09:00-12:00, Tu 09:00-12:00 unknown, Sa[1] 09:00-12:00")


def test_what_is_over_is_left_with_its_last_day() -> None:
    row = Taken({**ROW, "valid_to": "2026-01-01", "description": "l'été"}, "schedule", "schedules")
    assert hours_of([row]) == ("", "")
    assert [tuple(left) for left in row.left()] == [("schedules", "2026-01-01", "already over")]


@pytest.mark.parametrize("words", ["Fermé", "Gesloten"])
def test_words_without_times_keep_the_dates_between_which_they_hold(words: str) -> None:
    row = {"id": "x", "valid_from": "2126-12-20", "valid_to": "2127-01-05", "description": words}
    assert hours_of([Taken(row, "schedule")]).text == f"2126-12-20 – 2127-01-05: {words}"
