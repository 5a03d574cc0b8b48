"""Opening hours in the OpenStreetMap syntax → rows of a schedule, as far as the rules of HSDS can say them.

Said: days of the week with times of one day, and the n-th weekday of a month. Not said, and left to the text of the
description: hours past midnight, seasons, weeks. Public and school holidays go into the notes of each row.
"""

from ht_cli.hours.grammar import DAY, WEEKDAYS, Holidays, Rule, TimeSpan, UnreadableHoursError, read_hours
from ht_cli.shapes import NamedTuple

PUBLIC, SCHOOL = Holidays("PH"), Holidays("SH")


class ScheduledOpening(NamedTuple):
    """When it is open: how often (WEEKLY or MONTHLY), on which days as iCalendar writes them, from when to when, and what goes beside."""

    frequency: str
    days: str
    opens: str
    closes: str
    notes: str = ""


def openings(hours_osm: str) -> list[ScheduledOpening]:
    """Give the rows that say these hours; none when a part of them cannot be said."""
    try:
        rules = read_hours(hours_osm)
    except UnreadableHoursError:
        return []
    if not all(_can_be_said(rule) and all(span.end <= DAY for span in rule.spans) for rule in rules):
        return []
    weekly: dict[str, tuple[TimeSpan, ...]] = {}
    monthly: dict[str, tuple[TimeSpan, ...]] = {}
    for rule in rules:
        if rule.monthly:
            monthly |= {f"{nth}{WEEKDAYS[each.first].upper()}": rule.spans for each in rule.weekdays for nth in each.nth}
        else:
            weekly |= {WEEKDAYS[day].upper(): rule.spans for day in rule.days_of_the_week}  # a later rule takes the place of an earlier one
    if monthly and weekly:  # the rule of a month would take the place of that of the week
        return []
    holidays = "; ".join(_holiday_text(rule) for rule in rules if rule.holidays)
    return [*_rows("WEEKLY", weekly, holidays), *_rows("MONTHLY", monthly, holidays)]


def _rows(frequency: str, said: dict[str, tuple[TimeSpan, ...]], notes: str) -> list[ScheduledOpening]:
    """Join days with the same hours into one row. Midnight is 23:59, as HSDS advises."""
    grouped: dict[TimeSpan, list[str]] = {}
    for day in sorted(said, key=lambda day: (WEEKDAYS.index(day[-2:].title()), day)):
        for span in said[day]:
            grouped.setdefault(span, []).append(day)
    return [
        ScheduledOpening(frequency, ",".join(days), _time(span.start), _time(min(span.end, DAY - 1)), notes)
        for span, days in grouped.items()
    ]


def _can_be_said(rule: Rule) -> bool:
    """Say whether a rule is one of weekdays, of the n-th weekdays of a month, or of public or school holidays."""
    return rule.plain or (rule.holidays == (SCHOOL,) and rule._replace(holidays=(PUBLIC,)).plain)


def _holiday_text(rule: Rule) -> str:
    name = "SH " if rule.holidays == (SCHOOL,) else "PH "
    return name + (",".join(f"{_time(span.start)[:5]}-{_time(span.end)[:5]}" for span in rule.spans) or "off")


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}:00"
