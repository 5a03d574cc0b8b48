import pytest

from ht_cli.exchange.hsds.hours import hours_of
from ht_cli.exchange.hsds.schedules import openings
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


def test_rows_with_limits_are_not_made_into_hours() -> None:
    row = {"byday": "MO", "opens_at": "09:00:00", "closes_at": "12:00:00"}
    assert hours_of([row])[1] == "Mo 09:00-12:00"
    for limit in (
        {"valid_to": "2026-01-01"},
        {"interval": 2},
        {"timezone": 1},
        {"byday": "1MO"},
        {"closes_at": "08:00"},
        {"opens_at": "9 am"},
    ):
        assert hours_of([{**row, **limit}])[1] == ""
