"""The days of Belgium that hours speak of: the ten legal holidays of any year, and Easter, which four of them follow.

The ten are those of the royal decree of 18 April 1974 on public holidays, article 1. Easter Sunday and Whit Sunday are none of them.
"""

from datetime import date, timedelta
from functools import cache

FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # days: Easter Monday, Ascension Day, Whit Monday


@cache
def easter(year: int) -> date:
    """Give Easter Sunday of a year, by the Gregorian reckoning (the method of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Give the ten legal holidays of a year; nine days in a year in which two of them meet (2008: Ascension Day on 1 May)."""
    return frozenset(date(year, *day) for day in FIXED) | {easter(year) + timedelta(days) for days in AFTER_EASTER}


def is_public_holiday(day: date) -> bool:
    """Say whether a day is one of the ten."""
    return day in public_holidays(day.year)
