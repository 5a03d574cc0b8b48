"""Opening hours in the OpenStreetMap syntax → rows of a schedule, as far as the rules of HSDS can say them.

Said: days of the week with times of one day, and the n-th weekday of a month. Not said, and left to the text of the
description: hours past midnight, seasons, weeks. Public and school holidays go into the notes of each row. A zone is not written:
HSDS has an offset only, which changes twice a year; the times are those of Belgium.
"""

import re
from typing import NamedTuple

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS = ("PH", "SH")
_RULE = re.compile(r"(?P<days>[A-Za-z][A-Za-z,\-\[\]\d]*)?\s*(?P<times>off|closed|\d\d:\d\d-\d\d:\d\d(?:\s*,\s*\d\d:\d\d-\d\d:\d\d)*)")
_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_NTH = re.compile(r"([A-Z][a-z])\[(-?[1-5])\]")
Spans = tuple[tuple[str, str], ...]


class Opening(NamedTuple):
    """When it is open: how often (WEEKLY or MONTHLY), on which days as iCalendar writes them, from when to when, and what goes beside."""

    frequency: str
    days: str
    opens: str
    closes: str
    notes: str = ""


def openings(hours_osm: str) -> list[Opening]:
    """Give the rows that say these hours; none when a part of them cannot be said."""
    if hours_osm.strip() == "24/7":
        return [Opening("WEEKLY", ",".join(day.upper()[:2] for day in DAYS), "00:00:00", "23:59:00")]
    weekly: dict[str, Spans] = {}
    monthly: list[tuple[str, Spans]] = []
    holidays: list[str] = []
    for rule in filter(None, (part.strip() for part in hours_osm.split(";"))):
        read = _RULE.fullmatch(rule)
        spans = _spans(read["times"]) if read else None
        days = _days(read["days"] or "Mo-Su") if read else None
        if spans is None or days is None:
            return []
        for day in days:
            if day in HOLIDAYS:
                holidays.append(f"{day} {read['times']}")  # type: ignore[index]
            elif _NTH.fullmatch(day):
                monthly.append((day, spans))
            else:
                weekly[day] = spans  # a later rule takes the place of an earlier one for its days
    if monthly and weekly:  # the rule of a month would take the place of that of the week
        return []
    return [*_rows("WEEKLY", weekly, "; ".join(holidays)), *_rows("MONTHLY", dict(monthly), "; ".join(holidays))]


def _rows(frequency: str, said: dict[str, Spans], notes: str) -> list[Opening]:
    """Join days with the same hours into one row."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for day in sorted(said, key=lambda day: (DAYS.index(day[:2]), day)):
        for span in said[day]:
            grouped.setdefault(span, []).append(_ical(day))
    return [Opening(frequency, ",".join(days), opens, closes, notes) for (opens, closes), days in grouped.items()]


def _ical(day: str) -> str:
    nth = _NTH.fullmatch(day)
    return f"{nth[2]}{nth[1].upper()}" if nth else day.upper()


def _spans(text: str) -> Spans | None:
    """Read times of one day; None when one goes past midnight or is no time. Midnight is 23:59, as HSDS advises."""
    found = []
    for span in [] if text in ("off", "closed") else _SPAN.findall(text):
        opens, closes = f"{span[0]}:{span[1]}", f"{span[2]}:{span[3]}"
        if not (opens < closes <= "24:00" and max(span[1], span[3]) < "60"):
            return None
        found.append((f"{opens}:00", "23:59:00" if closes == "24:00" else f"{closes}:00"))
    return tuple(found)


def _days(text: str) -> list[str] | None:
    """Read "Mo-We,Fr,PH" or "Th[1]"; None when it holds anything else."""
    found: list[str] = []
    for part in text.split(","):
        first, dash, last = part.partition("-") if not _NTH.fullmatch(part) else (part, "", "")
        if part in HOLIDAYS or _NTH.fullmatch(part):
            if part not in HOLIDAYS and part[:2] not in DAYS:
                return None
            found.append(part)
        elif first in DAYS and (last in DAYS if dash else True):
            start, end = DAYS.index(first), DAYS.index(last or first)
            found += [DAYS[number % 7] for number in range(start, end + 1 if end >= start else end + 8)]
        else:
            return None
    return found
