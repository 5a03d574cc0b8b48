"""Says in the reader's language what hours were understood to mean, rule by rule: "Monday to Friday 9:00–17:00; public holidays closed"."""

from collections.abc import Iterator, Sequence

from ht_cli.dates import day_of_month, month_names, weekday_names
from ht_cli.hours.grammar import ADDS, DAY, FALLS_BACK, Date, Dates, Holidays, Rule, TimeSpan, Weekdays, Weeks
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n

SINCE_EVER = 2000  # the year in which what only ends is said to begin: the syntax knows no end alone

ALL_DAY = (TimeSpan(0, DAY),)


def rules_text(rules: Sequence[Rule]) -> str:
    """Say rules in their order."""
    return _("; ").join(_joined_text(rule) for rule in rules)


def _joined_text(rule: Rule) -> str:
    said = _rule_text(rule)
    if rule.joined == ADDS:
        return _("and also {hours}").format(hours=said)
    return _("otherwise {hours}").format(hours=said) if rule.joined == FALLS_BACK else said


def _rule_text(rule: Rule) -> str:
    remark = _("“{text}”").format(text=rule.remark) if rule.remark else ""
    season, days = ", ".join(_seasons(rule)), _days_text(rule)
    if rule.spans and not season and not days:
        days = _("every day")
    if rule.spans == ALL_DAY and rule.state == "open" and not season and days == _("every day"):
        return " ".join(filter(None, (_("day and night, every day"), remark)))
    when, said = ", ".join(filter(None, (season, days))), " ".join(filter(None, (*_said(rule), remark)))
    return _("{label}: {value}").format(label=when, value=said) if when and rule.state == "off" else f"{when} {said}".strip()


def _said(rule: Rule) -> Iterator[str]:
    if rule.state == "off":
        yield _("closed")
    yield times_text(rule.spans)
    if rule.state == "unknown":
        yield _("(to be asked)")


def _seasons(rule: Rule) -> Iterator[str]:
    if rule.years:
        first, last = rule.years
        yield str(first) if first == last else f"{first}–{last}"
    yield from (_dates_text(dates) for dates in rule.dates)
    yield from (_weeks_text(weeks) for weeks in rule.weeks)


def _dates_text(dates: Dates) -> str:
    first, last = dates
    if first == last:
        return _date_text(first)
    if first.year == SINCE_EVER and last.year:
        return _("until {day}").format(day=_date_text(last))
    if first.day:
        return _("{day} to {last_day}").format(day=_date_text(first), last_day=_date_text(last))
    return _("{month} to {last_month}").format(month=_date_text(first), last_month=_date_text(last))


def _date_text(date: Date) -> str:
    if not date.month:
        return _moved(_("Easter Sunday"), date.day)
    month = month_names()[date.month - 1]
    day = day_of_month(date.day, month) if date.day else month
    return f"{day} {date.year}" if date.year else day


def _weeks_text(weeks: Weeks) -> str:
    if weeks.first == weeks.last:
        return _("week {week}").format(week=weeks.first)
    said = _("weeks {first} to {last}").format(first=weeks.first, last=weeks.last)
    if weeks.step == 1:
        return said
    each = (
        _("every other week") if weeks.step == 2 else _n("every {count} week", "every {count} weeks", weeks.step).format(count=weeks.step)
    )
    return f"{said} ({each})"


def _days_text(rule: Rule) -> str:
    weekdays = ", ".join(_weekdays_text(each) for each in rule.weekdays)
    holidays = ", ".join(_holidays_text(each) for each in rule.holidays)
    if rule.both:
        return _("{holidays}, only {weekdays}").format(holidays=holidays, weekdays=weekdays)
    return ", ".join(filter(None, (weekdays, holidays)))


def _weekdays_text(weekdays: Weekdays) -> str:
    names = weekday_names()
    if weekdays.nth:
        return _moved(", ".join(nth_text(weekdays.first, nth) for nth in weekdays.nth), weekdays.offset)
    if (weekdays.last - weekdays.first) % 7 == 6:
        return _("every day")
    if weekdays.first == weekdays.last:
        return names[weekdays.first]
    return _("{weekday} to {last_weekday}").format(weekday=names[weekdays.first], last_weekday=names[weekdays.last])


def _holidays_text(holidays: Holidays) -> str:
    return _moved(_("public holidays") if holidays.kind == "PH" else _("school holidays"), holidays.offset)


def _moved(day: str, offset: int) -> str:
    """Say a day so many days before or after another."""
    if abs(offset) <= 1:
        return (_("the day before: {day}") if offset < 0 else _("the day after: {day}")).format(day=day) if offset else day
    count = abs(offset)
    if offset < 0:
        return _n("{count} day before: {day}", "{count} days before: {day}", count).format(count=count, day=day)
    return _n("{count} day after: {day}", "{count} days after: {day}", count).format(count=count, day=day)


def nth_text(weekday: int, nth: int) -> str:
    """Say the n-th weekday (0 is Monday) of a month, the last for -1."""
    said = {1: _("1st {day} of the month"), 2: _("2nd {day} of the month"), 3: _("3rd {day} of the month"), 4: _("4th {day} of the month"),
            5: _("5th {day} of the month"), -1: _("last {day} of the month")}  # fmt: skip
    return said[nth].format(day=weekday_names()[weekday])


def times_text(spans: Sequence[TimeSpan]) -> str:
    """Say times: 9:00–12:00, 13:00–17:00; day and night; 20:00 until 2:00 the next day."""
    return ", ".join(_span_text(span) for span in spans)


def _span_text(span: TimeSpan) -> str:
    start, end = _time_text(span.start), _time_text(span.end if span.end <= DAY else span.end - DAY)
    if (span.start, span.end) == (0, DAY):
        return _("day and night")
    if span.start == span.end:
        return _("from {start} on, until when is not known").format(start=start)
    said = (_("{start} until {end} the next day") if span.end > DAY else _("{start}–{end}")).format(start=start, end=end)
    return _("{times} or later").format(times=said) if span.open_end else said


def _time_text(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return (_("{h}:{minute}") if minute else _("{h}:00")).format(h=hour, minute=f"{minute:02}")
