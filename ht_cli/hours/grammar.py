"""Reads hours in the OpenStreetMap opening_hours syntax: the part of it that has one meaning, and nothing else.

The syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. What is accepted, in the order in
which it is written (docs/hours.md has it in words):

    hours     = rule { (";" | "," | "||") rule }
    rule      = "24/7" [state] | [seasons [":"]] [days] [times] [state]          at least one of them
    seasons   = [year ["-" year]] [dates] ["week" weeks]
    dates     = date { "," date }         date = [year] month [day] ["-" ([year] month [day] | day)] | "easter" [offset]
    days      = day { "," day }           day  = weekday ["-" weekday] | weekday "[" nth "]" [offset] | "PH" [offset] | "SH"
              | holidays weekdays | weekdays holidays                            both must hold
    times     = time { "," time }         time = hh:mm "-" hh:mm ["+"] | hh:mm "+"
    state     = ["open" | "off" | "closed" | "unknown"] ['"' remark '"']

A comma, with a space after it or not, goes on with the list it stands in; after times or a state it begins a rule
that adds to the one before.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from ht_cli.shapes import NamedTuple

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
HOLIDAYS = ("PH", "SH")
STATES = {"open": "open", "off": "off", "closed": "off", "unknown": "unknown"}
DAY = 24 * 60  # minutes
YEARS = range(1970, 2100)  # of which hours are written; people mean times by 0700-2100
REPLACES, ADDS, FALLS_BACK = ";", ",", "||"
_TOKEN = re.compile(r'\s*("[^"]*"|24/7(?![\d:])|\d{1,2}:\d\d|\d+|[A-Za-z]+|\|\||[-+;,:/\[\]])')
Item = TypeVar("Item")


class UnreadableHoursError(ValueError):
    """A text is no hours, or none of the accepted ones."""


class Date(NamedTuple):
    """A date as written: of a year or of each (0), a month or one of its days; or so many days from Easter, with month 0."""

    month: int
    day: int = 0
    year: int = 0


class Dates(NamedTuple):
    """From a date to another, both included; the same twice for a single one."""

    first: Date
    last: Date


class Weeks(NamedTuple):
    """ISO weeks from one to another, each so many-th."""

    first: int
    last: int
    step: int = 1


class Weekdays(NamedTuple):
    """From a weekday to another (0 is Monday), or the n-th of the month (-1 the last), moved by `offset` days."""

    first: int
    last: int
    nth: tuple[int, ...] = ()
    offset: int = 0


class Holidays(NamedTuple):
    """Public ("PH") or school holidays ("SH"), moved by `offset` days."""

    kind: str
    offset: int = 0


class TimeSpan(NamedTuple):
    """Minutes of a day from one to another, past DAY in the night that follows; `open_end` when it may last longer."""

    start: int
    end: int
    open_end: bool = False


class Rule(NamedTuple):
    """One rule: when it holds, and what it says then. Empty selectors hold always; `state` is open, off or unknown.

    `joined` tells how it goes together with the rules before it, `both` that weekdays and holidays must hold together.
    """

    joined: str
    years: tuple[int, int] | None = None
    dates: tuple[Dates, ...] = ()
    weeks: tuple[Weeks, ...] = ()
    weekdays: tuple[Weekdays, ...] = ()
    holidays: tuple[Holidays, ...] = ()
    both: bool = False
    always: bool = False
    spans: tuple[TimeSpan, ...] = ()
    state: str = "open"
    remark: str = ""

    @property
    def plain(self) -> bool:
        """Say whether it is open or closed on days of the week, or on n-th weekdays of the month, and says nothing else."""
        if self.joined != REPLACES or self.years or self.dates or self.weeks or self.both or self.remark or self.state == "unknown":
            return False
        if any(span.open_end for span in self.spans) or any(holidays != Holidays("PH") for holidays in self.holidays):
            return False
        monthly = {bool(weekdays.nth) for weekdays in self.weekdays}
        if any(weekdays.offset for weekdays in self.weekdays) or (True in monthly and (False in monthly or self.holidays)):
            return False
        return self.whole_days_off or self.state == "open"

    @property
    def monthly(self) -> bool:
        """Say whether it is about n-th weekdays of the month."""
        return any(weekdays.nth for weekdays in self.weekdays)

    @property
    def days_of_the_week(self) -> tuple[int, ...]:
        """Give the days of the week of a plain rule, 0 for Monday; all seven where it names none."""
        if not self.weekdays:
            return () if self.holidays else tuple(range(7))
        return tuple((first + day) % 7 for first, last, *_rest in self.weekdays for day in range((last - first) % 7 + 1))

    @property
    def whole_days_off(self) -> bool:
        """Say whether it closes the days for which it holds."""
        return self.state == "off" and not self.spans


@cache
def read_hours(text: str) -> tuple[Rule, ...]:
    """Give the rules of hours, in their order. Raises UnreadableHoursError."""
    return tuple(_Reader(text).rules())


def readable_hours(text: str) -> bool:
    """Say whether a text is of the accepted syntax."""
    try:
        read_hours(text)
    except UnreadableHoursError:
        return False
    return True


class _Reader:
    """Goes through the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[str] = []
        self._at = 0
        position = 0
        while found := _TOKEN.match(text, position):
            self._tokens.append(found[1])
            position = found.end()
        if not self._tokens or text[position:].strip():
            raise UnreadableHoursError(text)

    def rules(self) -> Iterator[Rule]:
        yield self._rule(REPLACES)
        while self._peek():
            joined = next((mark for mark in (REPLACES, FALLS_BACK, ADDS) if self._take(mark)), "")
            if joined == REPLACES and not self._peek():
                return
            if not joined or (joined == ADDS and not self._at_end_of_rule()):
                raise UnreadableHoursError(self._text)
            yield self._rule(joined)

    def _at_end_of_rule(self) -> bool:
        """Say whether what stands before the comma just taken ends a rule: "Mo, 10:00-12:00" would lose its day."""
        last = self._tokens[self._at - 2]
        return ":" in last[1:] or last[0] == '"' or last in ("24/7", "+") or last.lower() in STATES

    def _rule(self, joined: str) -> Rule:
        begun = self._at
        always = Rule(joined, always=True, spans=(TimeSpan(0, DAY),))
        rule = always if self._take("24/7") else self._spans(self._days(self._seasons(Rule(joined))))
        word = self._peek().lower()
        if word in STATES:
            self._at += 1
        remark = self._remark()
        if begun == self._at:
            raise UnreadableHoursError(self._text)
        # Without times nobody wrote an hour, and a remark alone stands in place of a state: both are to be asked.
        said = bool(rule.spans) and not remark
        state = STATES.get(word) or ("open" if said else "unknown")
        rule = rule._replace(state="unknown" if state == "open" and not rule.spans else state, remark=remark)
        return rule._replace(joined=REPLACES) if rule.whole_days_off and joined == ADDS else rule  # "…, PH off" adds nothing

    def _seasons(self, rule: Rule) -> Rule:
        begun = self._at
        years = self._years()
        dates = self._listed(self._dates) if self._at_date() else []
        weeks = self._listed(self._weeks) if self._take("week") else []
        if begun < self._at:
            self._take(":")
        return rule._replace(years=years, dates=tuple(dates), weeks=tuple(weeks))

    def _years(self) -> tuple[int, int] | None:
        if not self._is_year(0) or self._peek(1) in MONTHS:
            return None
        first = self._number()
        last = self._number() if self._peek() == "-" and self._is_year(1) and self._take("-") else first
        if last < first:
            raise UnreadableHoursError(self._text)
        return first, last

    def _is_year(self, ahead: int) -> bool:
        return len(self._peek(ahead)) == 4 and self._peek(ahead).isdigit() and int(self._peek(ahead)) in YEARS

    def _at_date(self, ahead: int = 0) -> bool:
        return self._peek(ahead) in (*MONTHS, "easter") or (self._is_year(ahead) and self._peek(ahead + 1) in MONTHS)

    def _dates(self, before: Dates | None) -> Dates | None:
        """Read one stretch of dates; a bare number goes on with the month before: "Dec 24-26,31"."""
        if self._take("easter"):
            single = Date(0, self._offset())
            return Dates(single, single)
        if before and before.last.month and before.last.day and self._peek().isdigit() and not self._is_year(0):
            first = before.last._replace(day=self._day_of(before.last.month))
        elif self._at_date():
            first = self._date()
        else:
            return None
        last = first
        if self._peek() == "-" and self._at_date(1) and self._peek(1) != "easter":
            self._take("-")
            last = self._date()
        elif self._peek() == "-" and first.day and self._peek(1).isdigit() and not self._is_year(1):
            self._take("-")
            last = first._replace(day=self._day_of(first.month))
            if last.day < first.day:
                raise UnreadableHoursError(self._text)
        if first.year and not last.year:
            last = last._replace(year=first.year)
        if bool(first.day) != bool(last.day) or bool(first.year) != bool(last.year) or (first.year and _key(last) < _key(first)):
            raise UnreadableHoursError(self._text)
        return Dates(first, last)

    def _date(self) -> Date:
        year = self._number() if self._is_year(0) else 0
        month = MONTHS.index(self._next()) + 1
        return Date(month, self._day_of(month) if self._peek().isdigit() and not self._is_year(0) else 0, year)

    def _day_of(self, month: int) -> int:
        day = self._number()
        if not 1 <= day <= LONGEST_MONTH[month - 1]:
            raise UnreadableHoursError(self._text)
        return day

    def _weeks(self, _before: Weeks | None) -> Weeks | None:
        if not self._peek().isdigit():
            return None
        first = self._number()
        last = self._number() if self._take("-") else first
        step = self._number() if self._take("/") else 1
        if not (1 <= first <= last <= 53 and 1 <= step <= 26):
            raise UnreadableHoursError(self._text)
        return Weeks(first, last, step)

    def _days(self, rule: Rule) -> Rule:
        days: list[Weekdays | Holidays] = self._listed(self._day)
        more: list[Weekdays | Holidays] = self._listed(self._day) if days else []
        weekdays = [day for day in (*days, *more) if isinstance(day, Weekdays)]
        holidays = [day for day in (*days, *more) if isinstance(day, Holidays)]
        if more and {frozenset(map(type, days)), frozenset(map(type, more))} != {frozenset([Weekdays]), frozenset([Holidays])}:
            raise UnreadableHoursError(self._text)
        return rule._replace(weekdays=tuple(weekdays), holidays=tuple(holidays), both=bool(more))

    def _day(self, _before: "Weekdays | Holidays | None") -> "Weekdays | Holidays | None":
        word = self._peek()
        if word in HOLIDAYS:
            self._at += 1
            return Holidays(word, self._offset() if word == "PH" else 0)
        if word not in WEEKDAYS:
            return None
        self._at += 1
        first = WEEKDAYS.index(word)
        if self._take("["):
            nth = [number for part in self._listed(self._nth) for number in part]
            if not nth or not self._take("]"):
                raise UnreadableHoursError(self._text)
            return Weekdays(first, first, tuple(nth), self._offset())
        if self._take("-"):
            if self._peek() not in WEEKDAYS:
                raise UnreadableHoursError(self._text)
            return Weekdays(first, WEEKDAYS.index(self._next()))
        return Weekdays(first, first)

    def _nth(self, _before: tuple[int, ...] | None) -> tuple[int, ...] | None:
        last_ones = self._take("-")
        if not self._peek().isdigit():
            return None
        first = self._number()
        last = self._number() if not last_ones and self._take("-") else first
        if not 1 <= first <= last <= (1 if last_ones else 5):
            raise UnreadableHoursError(self._text)
        return (-1,) if last_ones else tuple(range(first, last + 1))

    def _offset(self) -> int:
        if self._peek() not in ("+", "-") or self._peek(2) not in ("day", "days"):
            return 0
        sign = 1 if self._next() == "+" else -1
        days = self._number()
        self._at += 1
        if not 1 <= days <= 60:
            raise UnreadableHoursError(self._text)
        return sign * days

    def _spans(self, rule: Rule) -> Rule:
        return rule._replace(spans=tuple(self._listed(self._span)))

    def _span(self, _before: TimeSpan | None) -> TimeSpan | None:
        if not self._at_time():
            return None
        start = self._minutes(DAY - 1)
        if self._take("+"):
            return TimeSpan(start, start, open_end=True)
        if not self._take("-") or not self._at_time():
            raise UnreadableHoursError(self._text)
        end = self._minutes(2 * DAY)
        end += DAY if end < start else 0
        if not start < end <= start + DAY:  # from a time to the same one: nobody can be sure what is meant
            raise UnreadableHoursError(self._text)
        return TimeSpan(start, end, self._take("+"))

    def _at_time(self) -> bool:
        return ":" in self._peek() and self._peek()[0].isdigit()  # a remark may hold a colon too

    def _minutes(self, most: int) -> int:
        hour, _colon, minute = self._peek().partition(":")
        minutes = int(hour) * 60 + int(minute)
        if int(minute) > 59 or minutes > most:
            raise UnreadableHoursError(self._text)
        self._at += 1
        return minutes

    def _remark(self) -> str:
        return self._next()[1:-1].strip() if self._peek().startswith('"') else ""

    def _listed(self, read: Callable[[Item | None], Item | None]) -> list[Item]:
        """Read items parted by commas, as long as another one follows; each is told the one before it."""
        found: list[Item] = []
        while True:
            back = self._at
            if found and not self._take(","):
                return found
            item = read(found[-1] if found else None)
            if item is None:
                self._at = back
                return found
            found.append(item)

    def _number(self) -> int:
        if not self._peek().isdigit():
            raise UnreadableHoursError(self._text)
        return int(self._next())

    def _peek(self, ahead: int = 0) -> str:
        return self._tokens[self._at + ahead] if self._at + ahead < len(self._tokens) else ""

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, token: str) -> bool:
        taken = self._peek() == token
        self._at += taken
        return taken


def _key(date: Date) -> tuple[int, int, int]:
    return date.year, date.month, date.day
