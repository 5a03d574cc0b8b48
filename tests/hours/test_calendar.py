"""The ten legal holidays of Belgium, and Easter."""

from datetime import date, timedelta

import holidays
import pytest

from ht_cli.hours.calendar import easter, is_public_holiday, public_holidays


def test_the_ten_of_2026_are_those_of_the_law() -> None:
    assert [f"{day:%m-%d}" for day in sorted(public_holidays(2026))] == [
        "01-01", "04-06", "05-01", "05-14", "05-25", "07-21", "08-15", "11-01", "11-11", "12-25",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "day", [date(2026, 4, 5), date(2026, 5, 24), date(2026, 12, 26), date(2026, 11, 15), date(2026, 7, 11), date(2026, 4, 3)]
)
def test_easter_sunday_whit_sunday_and_the_days_of_the_communities_are_none(day: date) -> None:
    assert not is_public_holiday(day)


@pytest.mark.parametrize(
    ("year", "day"), [(1818, "03-22"), (1943, "04-25"), (2000, "04-23"), (2008, "03-23"), (2077, "04-11"), (2285, "03-22")]
)
def test_easter_is_known_of_any_year(year: int, day: str) -> None:
    assert f"{easter(year):%m-%d}" == day
    assert is_public_holiday(easter(year) + timedelta(1))


def test_another_library_has_the_same_days_and_two_sundays_more() -> None:
    for year in range(1950, 2101):
        theirs = set(holidays.country_holidays("BE", years=year, language="en_US"))
        assert theirs - public_holidays(year) == {easter(year), easter(year) + timedelta(49)} - public_holidays(year)
        assert public_holidays(year) <= theirs
    assert len(public_holidays(2008)) == 9  # Ascension Day fell on 1 May
