"""What hours say of a day in Belgium: the state of each of its minutes, and unknown where they may be meant in several ways.

A day may be read in several ways: a public holiday that no rule names is a day as any other or a closed one; where
nobody can say whether the schools are closed, both hold; a wider rule after a narrower one ("PH 10:00-12:00; Mo-Fr
09:00-17:00") may take its place or not. What all the ways agree on holds, the rest is unknown.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise, product

from ht_cli.hours.calendar import easter, is_public_holiday
from ht_cli.hours.grammar import ADDS, DAY, FALLS_BACK, Dates, Holidays, Rule, Weekdays, read_hours
from ht_cli.hours.schooling import is_school_holiday
from ht_cli.shapes import NamedTuple

OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"
PUBLIC_HOLIDAY, SCHOOL_HOLIDAY = "public-holiday", "school-holiday"
WIDE, NARROW, NAMED = range(3)  # what a rule is about: weekdays, a season or a part of the month, the day itself
DAYS_NAMED = 7  # a stretch of dates up to this long names each of its days: "Dec 24-26"
EVENING, EVENING_LASTS = 17 * 60, 10 * 60  # an open end is unknown until midnight, one that begins in the evening for ten hours


class Stretch(NamedTuple):
    """Minutes of a day from one to another, with one state; `doubt` is what an unknown one hangs on, `rule` says which rule speaks."""

    start: int
    end: int
    state: str
    remark: str = ""
    doubt: str = ""
    rule: int = -1


class Match(NamedTuple):
    """A rule that holds on a day: how narrowly, and whether it speaks of that public holiday."""

    number: int
    rule: Rule
    rank: int
    names: bool


class DayReading(NamedTuple):
    """One way in which a day may be meant: what it supposes, its stretches, which rule decided them, and what it closes."""

    supposes: str
    stretches: tuple[Stretch, ...]
    decides: int
    closed: tuple[Stretch, ...]


@lru_cache(maxsize=4096)
def day_of(expression: str, day: date, community: str) -> tuple[Stretch, ...]:
    """Give the stretches of a day from 0:00 to 24:00, each with another state than the one before."""
    before, here = _readings(expression, day - timedelta(1), community), _readings(expression, day, community)
    ways = [(night.supposes or today.supposes, _on_the_clock(night, today)) for night, today in product(before, here)]
    return tuple(_joined(_agreed(ways)))


@lru_cache(maxsize=4096)
def _readings(expression: str, day: date, community: str) -> tuple[DayReading, ...]:
    """Give every way in which a day may be meant, the plain one first."""
    rules = read_hours(expression)
    spoken_of = any(holidays.kind == "SH" for rule in rules for holidays in rule.holidays)
    school = is_school_holiday(day, community) if spoken_of else False
    found = []
    for holiday in (False, True) if school is None else (school,):
        supposes = SCHOOL_HOLIDAY if school is None and holiday else ""
        matches = _standing([match for number, rule in enumerate(rules) if (match := _match(number, rule, day, holiday))])
        narrower = [match for match in matches if not _widens(match, matches)]
        found += [(supposes, matches), (supposes, narrower)]
        if is_public_holiday(day):
            found.append((PUBLIC_HOLIDAY, _of_the_holiday(matches)))
    once = [each for position, each in enumerate(found) if each[1] not in (matches for _supposes, matches in found[:position])]
    return tuple(_reading(supposes, matches) for supposes, matches in once)


def _match(number: int, rule: Rule, day: date, school: bool) -> Match | None:
    """Say how a rule holds on a day; None when it does not."""
    if rule.years and not rule.years[0] <= day.year <= rule.years[1]:
        return None
    if rule.weeks and not any(
        weeks.first <= (week := day.isocalendar().week) <= weeks.last and (week - weeks.first) % weeks.step == 0 for weeks in rule.weeks
    ):
        return None
    dates = next((dates for dates in rule.dates if _within(dates, day)), None)
    if rule.dates and dates is None:
        return None
    weekday = [weekdays for weekdays in rule.weekdays if _falls_on(weekdays, day)]
    holiday = [holidays for holidays in rule.holidays if _is_one(holidays, day, school)]
    if (rule.weekdays or rule.holidays) and not (weekday and holiday if rule.both else weekday or holiday):
        return None
    named = dates is not None and not rule.weekdays and not rule.holidays and _names_its_days(dates)
    ranks = [NAMED if named else NARROW if rule.years or rule.weeks or rule.dates else WIDE]
    ranks += [NAMED if holidays.kind == "PH" else NARROW for holidays in holiday]
    ranks += [NARROW for weekdays in weekday if weekdays.nth]
    of_this_day = any(holidays == Holidays("PH") for holidays in holiday)
    return Match(number, rule, max(ranks), named or rule.always or of_this_day)


def _within(dates: Dates, day: date) -> bool:
    first, last = dates
    if not first.month:
        return day == easter(day.year) + timedelta(first.day)
    asked, low, high = (day.month, day.day), (first.month, first.day), (last.month, last.day or 31)
    if first.year:
        return (first.year, *low) <= (day.year, *asked) <= (last.year, *high)
    return low <= asked <= high if low <= high else asked >= low or asked <= high


def _names_its_days(dates: Dates) -> bool:
    first, last = dates
    if not first.month:
        return True
    if not first.day:
        return False
    year = first.year or 2000  # a leap year
    ends = date(last.year or year + ((last.month, last.day) < (first.month, first.day)), last.month, 1) + timedelta(last.day - 1)
    return (ends - date(year, first.month, 1)).days - (first.day - 1) < DAYS_NAMED


def _falls_on(weekdays: Weekdays, day: date) -> bool:
    day -= timedelta(weekdays.offset)
    if (day.weekday() - weekdays.first) % 7 > (weekdays.last - weekdays.first) % 7:
        return False
    from_the_end = (day.replace(day=28) + timedelta(4)).replace(day=1) - day
    return not weekdays.nth or (day.day + 6) // 7 in weekdays.nth or -((from_the_end.days + 6) // 7) in weekdays.nth


def _is_one(holidays: Holidays, day: date, school: bool) -> bool:
    return is_public_holiday(day - timedelta(holidays.offset)) if holidays.kind == "PH" else school


def _standing(matches: Sequence[Match]) -> list[Match]:
    """Leave out the wider rules after one that closes these very days: "PH off; Mo-Fr 09:00-17:00" is closed on holidays."""
    closing = [match for match in matches if match.rule.whole_days_off]
    return [match for match in matches if match.rule.joined == FALLS_BACK or not any(_after(match, off) for off in closing)]


def _widens(match: Match, matches: Sequence[Match]) -> bool:
    """Say whether a rule follows a narrower one that it may not be meant to undo; closing and falling back it may."""
    return not match.rule.whole_days_off and match.rule.joined != FALLS_BACK and any(_after(match, other) for other in matches)


def _after(match: Match, narrower: Match) -> bool:
    return match.number > narrower.number and match.rank < narrower.rank


def _of_the_holiday(matches: Sequence[Match]) -> list[Match]:
    """Keep what surely speaks of a public holiday, and what closes after it or is there when all is closed; if none does, it is closed."""
    naming = [match for match in matches if match.names]
    off = [] if naming else [Match(len(matches), Rule(ADDS, state="off"), NAMED, names=True)]
    first = naming[0].number if naming else 0
    return off + [
        match for match in matches
        if match.names or match.rule.joined == FALLS_BACK or (match.rule.whole_days_off and match.number > first)
    ]  # fmt: skip


def _reading(supposes: str, matches: Sequence[Match]) -> DayReading:
    """Go through the rules that hold on a day, in their order."""
    stretches: list[Stretch] = []
    closed: list[Stretch] = []
    decides = -1
    for number, rule, _rank, _names in matches:
        said = [stretch._replace(rule=number) for stretch in _said(rule)]
        if rule.state == "off":
            stretches = [] if rule.whole_days_off else _cut(stretches, said)
            closed += said
        elif rule.joined == FALLS_BACK:
            stretches += _cut(said, stretches)
        elif rule.joined == ADDS:
            stretches += said
        else:
            stretches, closed, decides = said, [], number
    return DayReading(supposes, tuple(stretches), decides, tuple(closed))


def _said(rule: Rule) -> Iterator[Stretch]:
    for span in rule.spans:
        if span.start < span.end:
            yield Stretch(span.start, span.end, rule.state, rule.remark)
        if span.open_end:
            yield Stretch(span.end, span.end + EVENING_LASTS if span.end >= EVENING else DAY, UNKNOWN, rule.remark)
    if not rule.spans:
        yield Stretch(0, DAY, rule.state, rule.remark)


def _cut(stretches: Sequence[Stretch], away: Sequence[Stretch]) -> list[Stretch]:
    """Take the times of some stretches out of others."""
    left = list(stretches)
    for out in away:
        left = [
            part
            for stretch in left
            for part in (stretch._replace(end=min(stretch.end, out.start)), stretch._replace(start=max(stretch.start, out.end)))
            if part.start < part.end
        ]
    return left


def _on_the_clock(night: DayReading, today: DayReading) -> list[Stretch]:
    """Give the stretches of a calendar day: what lasts from the night before, and its own until midnight.

    A day that is closed ends the night before it; one with hours of its own, by a later rule, leaves it unknown.
    """
    nights = [
        stretch._replace(start=max(stretch.start - DAY, 0), end=stretch.end - DAY) for stretch in night.stretches if stretch.end > DAY
    ]
    lasting = [stretch._replace(state=UNKNOWN) if today.decides > stretch.rule else stretch for stretch in _cut(nights, today.closed)]
    own = [*today.stretches, *_cut(today.closed, today.stretches)]
    return lasting + [stretch._replace(end=min(stretch.end, DAY)) for stretch in own if stretch.start < DAY]


def _agreed(ways: Sequence[tuple[str, list[Stretch]]]) -> Iterator[Stretch]:
    """Give what all ways say of each part of the day, unknown where they differ, with what it hangs on."""
    edges = sorted({0, DAY, *(edge for _supposes, way in ways for stretch in way for edge in (stretch.start, stretch.end))})
    for start, end in pairwise(edges):
        said = [(supposes, _state(way, start)) for supposes, way in ways]
        state, remark = said[0][1]
        doubt = next((supposes for supposes, (other, _remark) in said if other != state), None)
        if doubt is not None:
            state, doubt = UNKNOWN, doubt if state != UNKNOWN else ""
        yield Stretch(start, end, state, remark, doubt or "")


def _state(way: Sequence[Stretch], minute: int) -> tuple[str, str]:
    """Give the state at a minute and the remark beside it: open before unknown before closed."""
    there = [stretch for stretch in way if stretch.start <= minute < stretch.end]
    best = next((stretch for state in (OPEN, UNKNOWN, "off") for stretch in there if stretch.state == state), None)
    return (CLOSED if best.state == "off" else best.state, best.remark) if best else (CLOSED, "")


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Join neighbours that say the same."""
    last: Stretch | None = None
    for stretch in stretches:
        if last and last[2:] == stretch[2:]:
            last = last._replace(end=stretch.end)
        else:
            if last:
                yield last
            last = stretch
    if last:
        yield last
