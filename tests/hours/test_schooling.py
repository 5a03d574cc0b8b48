"""School holidays: where the Community is certain, in the years that are known, and never a guess."""

import csv
from datetime import date, timedelta

import holidays
import pytest

from ht_cli.hours import openings_of
from ht_cli.hours.schooling import community_at, community_of, is_school_holiday
from ht_cli.model import Address, Resource
from tests.conftest import ROOT
from tests.test_hours import at, moment

SUBDIVISIONS = {"nl": "Flemish", "fr": "French", "de": "German"}
KNOWN = {"nl": (2025, 2028), "fr": (2025, 2027), "de": (2025, 2027)}
# First and last days as read on pages of 2025 and 2026; docs/hours.md says which.
READ = {
    "nl": ["2025-10-27 2025-11-02", "2025-12-22 2026-01-04", "2026-02-16 2026-02-22", "2026-04-06 2026-04-19", "2026-07-01 2026-08-31",
           "2026-11-02 2026-11-08", "2026-12-21 2027-01-03", "2027-11-01 2027-11-07", "2027-12-27 2028-01-09", "2028-02-28 2028-03-05",
           "2028-04-03 2028-04-17", "2028-07-01 2028-08-31"],
    "fr": ["2025-10-20 2025-11-02", "2025-12-22 2026-01-04", "2026-02-16 2026-03-01", "2026-04-27 2026-05-10", "2026-07-04 2026-08-23",
           "2026-10-19 2026-11-01", "2026-12-21 2027-01-03"],
}  # fmt: skip


@pytest.mark.parametrize("community", SUBDIVISIONS)
def test_the_table_agrees_with_the_package_on_every_day_that_it_knows(community: str) -> None:
    first, last = KNOWN[community]
    theirs = holidays.country_holidays(
        "BE", subdiv=SUBDIVISIONS[community], categories="school", years=range(first, last + 1), language="en_US"
    )
    day, end = date(first, 9, 1), date(last, 8, 29)
    while day <= end:
        ours = is_school_holiday(day, community)
        assert ours is None or ours == (day in theirs), day
        day += timedelta(1)
    assert is_school_holiday(date(last, 9, 15), community) is None
    assert is_school_holiday(date(first, 8, 1), community) is None


@pytest.mark.parametrize(("community", "stretch"), [(community, stretch) for community, read in READ.items() for stretch in read])
def test_the_table_agrees_with_the_pages(community: str, stretch: str) -> None:
    first, last = map(date.fromisoformat, stretch.split())
    assert is_school_holiday(first, community)
    assert is_school_holiday(last, community)
    assert not is_school_holiday(first - timedelta(1), community)
    assert not is_school_holiday(last + timedelta(1), community)


def test_days_that_some_count_and_some_do_not_are_not_known() -> None:
    assert is_school_holiday(date(2026, 5, 15), "nl") is None  # the Friday after Ascension Day
    assert is_school_holiday(date(2026, 10, 31), "nl") is None  # the Saturday before the autumn holiday
    assert is_school_holiday(date(2026, 11, 2), "fr") is None
    assert is_school_holiday(date(2026, 11, 15), "de") is None
    assert is_school_holiday(date(2026, 11, 25), "fr") is False


def test_the_community_of_a_municipality_is_that_of_its_language_where_it_has_one() -> None:
    with (ROOT / "data" / "sources" / "places" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            two = row["region"] == "brussels" or (row["facilities"] and row["language"] != "de")
            assert community_at(row["nis"]) == ("" if two else row["language"]), row["name"]


def resource_in(*nis: str, areas: tuple[str, ...] = ()) -> Resource:
    return Resource(
        "x",
        "X",
        "service",
        hours="9-17",
        hours_osm="Mo-Fr 09:00-17:00; SH off",
        addresses=tuple(Address(nis=each) for each in nis),
        areas=areas,
    )


@pytest.mark.parametrize(
    ("resource", "community"),
    [
        (resource_in("92094"), "fr"), (resource_in("11002"), "nl"), (resource_in("63023"), "de"), (resource_in("21004"), ""),
        (resource_in("73109"), ""), (resource_in("92094", "11002"), ""), (resource_in("92094", "62063"), "fr"),
        (resource_in(areas=("nis:92094",)), "fr"), (resource_in(areas=("region:flanders",)), ""), (resource_in(areas=("country:be",)), ""),
    ],
)  # fmt: skip
def test_a_resource_keeps_the_school_holidays_of_the_community_in_which_it_lies(resource: Resource, community: str) -> None:
    assert community_of(resource) == community


def test_school_holidays_are_answered_where_the_community_is_certain() -> None:
    def state(nis: str, text: str) -> tuple[str, str]:
        best = openings_of(resource_in(nis), moment(text)).best
        return best.state, best.doubt

    namur, antwerp, eupen, brussels = "92094", "11002", "63023", "21004"
    assert [state(nis, "2026-02-25 10:00")[0] for nis in (namur, antwerp, eupen)] == ["closed", "open", "open"]
    assert [state(nis, "2026-04-15 10:00")[0] for nis in (namur, antwerp, eupen)] == ["open", "closed", "closed"]
    assert state(brussels, "2026-04-15 10:00") == ("unknown", "school-holiday")
    assert state(namur, "2029-02-21 10:00") == ("unknown", "school-holiday")
    assert state(namur, "2029-02-21 20:00") == ("closed", "")


@pytest.mark.parametrize(
    "hours", ["SH off; Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00; SH off", "SH,PH off; Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00, SH off"]
)
def test_closed_in_the_school_holidays_holds_wherever_it_is_written(hours: str) -> None:
    from ht_cli.hours import opening_of

    assert opening_of(hours, moment("2026-07-15 10:00"), community="nl").state == "closed"
    assert opening_of(hours, moment("2026-11-25 10:00"), community="nl").state == "open"
    assert at(hours, "2026-07-15 10:00").state == "unknown"
