"""Rows of a schedule that others wrote → opening hours in the OpenStreetMap syntax, their texts, and what of them it cannot say.

A row is said alone: one that cannot be said never hides those beside it. It makes its days unknown, or every day where they cannot
be read, since somebody may be there: what nobody wrote is neither open nor closed. Times without an offset, or with one of the two that Belgium
has in a year, are those of the clock in Belgium.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from ht_cli import clock
from ht_cli.exchange.hsds.taking import Taken
from ht_cli.exchange.hsds.values import is_date
from ht_cli.hours.grammar import MONTHS, WEEKDAYS, UnreadableHoursError, read_hours, readable_hours
from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple

ALWAYS_SINCE, FOR_EVER = "2000 Jan 01", 20  # the beginning of a row that only ends; years until the end of one that only begins
EVERY_DAY = "Mo-Su"
MIDNIGHT = ("23:59", "24:00")  # HSDS advises to write the first; the second is meant
OF_BELGIUM = (1, 2)  # hours from UTC, in winter and in summer
_DAY = {day[:2].upper(): day for day in WEEKDAYS}
_BYDAY = re.compile(r"(?P<nth>[+-]?\d{1,2})?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
_CLOCK = re.compile(r"(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d|24:00)(?::\d\d(?:\.\d+)?)?(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?")
_OF_ICALENDAR = ("bysetpos", "bymonth", "byhour", "byminute")  # no fields of HSDS, and where somebody writes them they say which days
_WEEKS = re.compile(r"\d{1,2}(?:,\d{1,2})*")
_SHOWN = ("byday", "bymonthday", "byyearday", "opens_at", "closes_at")  # of a row that cannot be said
_WHEN = ("freq", "dtstart", "valid_from", "valid_to", "until")  # of a row that names no day
_TIMES = ("opens_at", "closes_at", "byday", "freq", "interval", "timezone", "valid_from", "valid_to", "dtstart", "until", "count", "wkst",
          "byweekno", "bymonthday", "byyearday")  # fmt: skip


class Hours(NamedTuple):
    """What rows say: their texts joined, and their times in the OpenStreetMap syntax, empty where no row is certain."""

    text: str
    osm: str


class _Rule(NamedTuple):
    """One row in the syntax: when it holds, on which days, at which times; its last day; `sure` when nothing of it is left out."""

    limits: str
    days: str
    span: str
    last: str = ""
    sure: bool = True

    @property
    def weekly(self) -> bool:
        """Whether it holds each week."""
        return self.sure and not self.limits and "[" not in self.days

    def __str__(self) -> str:
        return " ".join(filter(None, (self.limits, self.days, self.span, "" if self.sure else "unknown")))


def hours_of(rows: Iterable[Taken]) -> Hours:
    """Give the hours that rows say. What of a row is not said is left in it, with the reason."""
    rules: list[_Rule] = []
    holidays: list[str] = []
    texts: list[str] = []
    for row in rows:
        if _over(row):
            continue
        notes = row.text("notes")
        if _about_holidays(notes):
            holidays.append(notes)
            notes = ""
        timed = any(field in row for field in ("opens_at", "closes_at", "byday"))
        said = "; ".join(filter(None, (row.text("description"), notes)))
        texts += filter(None, (said if timed else _dated(row, said),))
        if timed:
            rules += _rule(row)
        else:
            row.ignore(*_TIMES)
    osm = _joined(rules, holidays) if any(rule.sure for rule in rules) else ""
    return Hours("; ".join(dict.fromkeys(texts)), osm if readable_hours(osm) else "")


def _dated(row: Taken, said: str) -> str:
    """Put the dates of a row without times before its words: what holds for two weeks is not said for ever."""
    dates = [row.text(field)[:10] for field in ("valid_from", "valid_to")]
    return f"{' – '.join(dates).strip()}: {said}" if said and any(dates) else said


def _over(row: Taken) -> bool:
    """Say whether a row is of the past; it is left, whole."""
    ends = [row.text(field) for field in ("valid_to", "until") if is_date(row.text(field)[:10])]
    if not ends or min(ends)[:10] >= clock.today().isoformat():
        return False
    row.leave_whole(_("already over"), min(ends)[:10])
    return True


def _about_holidays(notes: str) -> bool:
    """Say whether notes are rules about holidays alone, as the export writes them."""
    try:
        return all(rule.holidays and not rule.weekdays for rule in read_hours(notes))
    except UnreadableHoursError:
        return False


def _rule(row: Taken) -> list[_Rule]:
    """Write one row; days or times that are not known make it unknown, and the row says why."""
    days, reason = _days(row)
    span, why = _span(row)
    if not days:
        row.leave("byday", reason or _("no day of the week"), " ".join(filter(None, map(row.text, (*_WHEN, *_SHOWN)))))
        row.ignore(*_TIMES)
        return [_Rule("", EVERY_DAY, span, sure=False)]
    limits, last, limited = _limits(row)
    reason = reason or why or limited or _repeated(row)
    row.ignore(*_TIMES)
    if reason:
        row.leave("byday", reason, " ".join(filter(None, map(row.text, _SHOWN))))
    return [_Rule(limits, days, span, last, sure=not reason)]


def _days(row: Taken) -> tuple[str, str]:
    """Give the days of a row, and why they are not all that it says of them."""
    written = [part.strip().upper() for part in row.text("byday").split(",") if part.strip()]
    if not written:
        return _day_of(row)
    found = [_BYDAY.fullmatch(part) for part in written]
    if not all(found):
        return "", _("no day of the week")
    numbers = [int(each["nth"] or 0) for each in found if each]
    if any(number not in (-1, 0, 1, 2, 3, 4, 5) for number in numbers):
        return _plain(each["day"] for each in found if each), _("a day counted from the end of the month")
    parts = [f"{_DAY[each['day']]}[{number}]" if number else _DAY[each["day"]] for each, number in zip(found, numbers, strict=True) if each]
    return ",".join(dict.fromkeys(parts)), ""


def _plain(days: Iterable[str]) -> str:
    return ",".join(dict.fromkeys(_DAY[day] for day in days))


def _day_of(row: Taken) -> tuple[str, str]:
    """Give the day of a row that names none: each week it is that of its beginning, each month any day may be."""
    if row.text("freq") == "MONTHLY" or "bymonthday" in row or "byyearday" in row:
        return EVERY_DAY, _("a day of the month")
    if row.text("freq") == "WEEKLY" and is_date(row.text("dtstart")[:10]):
        return WEEKDAYS[date.fromisoformat(row.text("dtstart")[:10]).weekday()], ""
    return "", ""


def _span(row: Taken) -> tuple[str, str]:
    """Give the times of a row, past midnight too, and why they cannot be said."""
    opens, closes = (_CLOCK.fullmatch(row.text(field).replace(" ", "")) for field in ("opens_at", "closes_at"))
    if not opens or not closes:
        return "", _("no times of the day")
    zones: set[float | None] = {_zone(found["zone"]) for found in (opens, closes) if found["zone"]}
    zones = zones or {row.number("timezone")}
    if not zones <= {None, *map(float, OF_BELGIUM)}:
        return "", _("times of another zone than that of Belgium")
    start, end = opens["time"].zfill(5), closes["time"].zfill(5)
    end = MIDNIGHT[1] if end == MIDNIGHT[0] else end
    if start == end or start == MIDNIGHT[1]:
        return "", _("it opens when it closes")
    return f"{start}-{end}", ""


def _zone(text: str) -> float:
    """Give the hours from UTC of an offset: Z, +01:00."""
    if text in "Zz":
        return 0.0
    digits = text[1:].replace(":", "").ljust(4, "0")
    return (-1 if text[0] == "-" else 1) * (int(digits[:2]) + int(digits[2:]) / 60)


def _limits(row: Taken) -> tuple[str, str, str]:
    """Give the days from which and until which a row holds, its last day where it has one, and why they cannot be said."""
    dates = {field: row.text(field)[:10] for field in ("valid_from", "dtstart", "valid_to", "until") if field in row}
    if not all(map(is_date, dates.values())):
        return "", "", _("a date that is none")
    begins = max((dates[field] for field in ("valid_from", "dtstart") if field in dates), default="")
    ends = min((dates[field] for field in ("valid_to", "until") if field in dates), default="")
    weeks = row.text("byweekno").replace(" ", "")
    if weeks:
        good = _WEEKS.fullmatch(weeks) and not begins and not ends
        return (f"week {weeks}", "", "") if good else ("", "", _("weeks counted otherwise"))
    if not ends and begins <= clock.today().isoformat():
        return "", "", ""
    first = _day_text(date.fromisoformat(begins)) if begins else ALWAYS_SINCE
    last = _day_text(date.fromisoformat(ends)) if ends else f"{int(begins[:4]) + FOR_EVER} Dec 31"
    return f"{first}-{last}", ends, ""


def _repeated(row: Taken) -> str:
    """Say why the rhythm of a row cannot be said; nothing when it holds each week, or each month on an n-th weekday."""
    if row.number("interval") not in (None, 1):
        return _("not each week or month")
    if "count" in row:
        return _("so many times")
    if "bymonthday" in row or "byyearday" in row:
        return _("a day of the month")
    if any(field in row for field in _OF_ICALENDAR):
        return _("another rhythm")
    return "" if row.text("freq") in ("", "WEEKLY", "MONTHLY") else _("another rhythm")


def _joined(rules: list[_Rule], holidays: list[str]) -> str:
    """Join the rules: several times of the same days become one rule, since a later one would take its place; the others add to them."""
    spans: dict[str, list[str]] = {}
    for rule in dict.fromkeys(rule for rule in rules if rule.weekly):
        for day in rule.days.split(","):
            spans.setdefault(day, []).append(rule.span)
    grouped: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        if day in spans:
            grouped.setdefault(",".join(sorted(spans[day])), []).append(day)
    weekly = "; ".join(f"{','.join(days)} {span}" for span, days in grouped.items())
    others = dict.fromkeys(str(rule) for rule in rules if not rule.weekly)
    return "; ".join(filter(None, (", ".join(filter(None, (weekly, *others))), *dict.fromkeys(holidays), _afterwards(rules))))


def _afterwards(rules: list[_Rule]) -> str:
    """Say that nothing is known of the days after the last rule that ends, where all end."""
    if not all(rule.last for rule in rules):
        return ""
    last = date.fromisoformat(max(rule.last for rule in rules))
    return f"{_day_text(last + timedelta(days=1))}-{last.year + FOR_EVER} Dec 31 unknown"


def _day_text(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"
