"""Opening hours in the reader's language: as somebody wrote them in it, else made of the OpenStreetMap `opening_hours` syntax.

The grammar: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. Only what the catalogue
uses is said in words: days, ranges of days, `PH`, the n-th weekday of a month, times, `off`, `24/7`. Anything else
is left unsaid: half-understood hours would send somebody to a closed door.
"""

import re
from collections.abc import Iterator

from ht_cli.locale import translate as _
from ht_cli.model import Spoken
from ht_cli.wording import marked, reader_text

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
WEEK = DAYS[:7]
ALL_DAY = "00:00-24:00"
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_NTH = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)\[(-1|[1-5])\]")
_TIMES = r"\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*"
_RULE = re.compile(rf"(?:({_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*|{_NTH.pattern}) )?({_TIMES}|off)")


def hours_said(written: Spoken, osm: str) -> tuple[str, str]:
    """Give hours in words, and their language where it is not the reader's: what was written in theirs, else what the syntax says.

    What was written in another language may say more than the syntax: it follows in quotes, marked.
    """
    text, other = reader_text(written)
    made = hours_text(osm) if other or not text else ""
    if made and text:
        return f"{made}, {marked(_('“{text}”').format(text=text), other)}", ""
    return (made, "") if made else (text, other)


def hours_text(osm: str) -> str:
    """Say opening hours in the reader's language, nothing when they cannot be said whole."""
    if osm == "24/7":
        return _("day and night, every day")
    rules = [_RULE.fullmatch(rule.strip()) for rule in osm.split(";")]
    if not osm or not all(rules):
        return ""
    weekly: dict[str, str] = {}
    monthly: list[str] = []
    for rule in filter(None, rules):
        days, _weekday, _nth, times = rule.groups()
        if days and _NTH.fullmatch(days):
            monthly.append(_("{days} {times}").format(days=_monthly_day(days), times=_times_text(times)))
        else:
            # A later rule replaces an earlier one for its days, as the specification says.
            weekly |= dict.fromkeys(_days_of(days), times)
    return "; ".join([*_grouped(weekly), *monthly])


def _days_of(days: str | None) -> Iterator[str]:
    for part in (days or "Mo-Su").split(","):
        first, _mark, last = part.partition("-")
        low, high = DAYS.index(first), DAYS.index(last or first)
        yield from DAYS[low : high + 1] if low <= high else (*WEEK[low:], *WEEK[: high + 1])


def _grouped(weekly: dict[str, str]) -> Iterator[str]:
    """Say the days that have the same times together, in the order of the week; a closed weekday is not named."""
    for times in dict.fromkeys(weekly[day] for day in DAYS if day in weekly):
        days = [day for day in DAYS if weekly.get(day) == times]
        if times != "off":
            yield _("{days} {times}").format(days=_days_text(days), times=_times_text(times))
    if weekly.get("PH") == "off":
        yield _("not on public holidays")


def _days_text(days: list[str]) -> str:
    if days[:7] == list(WEEK):
        return ", ".join([_("every day"), *(_name(day) for day in days[7:])])
    runs: list[list[str]] = []
    for day in days:
        if runs and day != "PH" and DAYS.index(day) == DAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        names = [_name(day) for day in run]
        said.append(f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names))
    return ", ".join(said)


def _monthly_day(day: str) -> str:
    name, nth = day[:2], day[3:-1]
    which = {"1": _("1st {day} of the month"), "2": _("2nd {day} of the month"), "3": _("3rd {day} of the month"), "4": _("4th {day} of the month"),
             "5": _("5th {day} of the month"), "-1": _("last {day} of the month")}  # fmt: skip
    return which[nth].format(day=_name(name))


def _name(day: str) -> str:
    return {"Mo": _("Monday"), "Tu": _("Tuesday"), "We": _("Wednesday"), "Th": _("Thursday"), "Fr": _("Friday"), "Sa": _("Saturday"),
            "Su": _("Sunday"), "PH": _("public holidays")}[day]  # fmt: skip


def _times_text(times: str) -> str:
    if times == "off":
        return _("closed")
    if times == ALL_DAY:
        return _("day and night")
    return ", ".join("–".join(_time_text(moment) for moment in span.split("-")) for span in times.split(","))


def _time_text(moment: str) -> str:
    hour, minute = moment.split(":")
    said = _("{h}:00") if minute == "00" else _("{h}:{minute}")
    return said.format(h=str(int(hour)), minute=minute)
