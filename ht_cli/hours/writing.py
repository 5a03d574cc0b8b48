"""Writes rules in the opening_hours syntax, in the one form that every program reads alike."""

from collections.abc import Iterator, Sequence

from ht_cli.hours.grammar import ADDS, DAY, FALLS_BACK, MONTHS, WEEKDAYS, Date, Dates, Holidays, Rule, TimeSpan, Weekdays, Weeks


def written(rules: Sequence[Rule]) -> str:
    """Write rules in their order: "Mo-We,Fr 09:00-17:00; PH off"; read again, they are the same."""
    marks = {ADDS: ", ", FALLS_BACK: " || "}
    return "".join((marks.get(rule.joined, "; ") if number else "") + _rule(rule) for number, rule in enumerate(rules))


def _rule(rule: Rule) -> str:
    state = "" if rule.state == "open" or (rule.state == "unknown" and rule.remark and rule.spans) else rule.state
    if rule.state == "open" and rule.remark:
        state = "open"
    remark = f'"{rule.remark}"' if rule.remark else ""
    return " ".join(filter(None, (*_when(rule), "24/7" if rule.always else ",".join(map(_span, rule.spans)), state, remark)))


def _when(rule: Rule) -> Iterator[str]:
    if rule.years:
        yield "-".join(str(year) for year in dict.fromkeys(rule.years))
    yield ",".join(map(_dates, rule.dates))
    if rule.weeks:
        yield "week " + ",".join(map(_weeks, rule.weeks))
    weekdays, holidays = ",".join(map(_weekdays, rule.weekdays)), ",".join(map(_holidays, rule.holidays))
    yield f"{holidays} {weekdays}" if rule.both else ",".join(filter(None, (weekdays, holidays)))


def _dates(dates: Dates) -> str:
    return "-".join(dict.fromkeys(map(_date, dates)))


def _date(date: Date) -> str:
    if not date.month:
        return "easter" + _offset(date.day)
    return " ".join(filter(None, (str(date.year or ""), MONTHS[date.month - 1], f"{date.day:02}" if date.day else "")))


def _weeks(weeks: Weeks) -> str:
    return f"{weeks.first:02}" + (f"-{weeks.last:02}" if weeks.last != weeks.first else "") + (f"/{weeks.step}" if weeks.step > 1 else "")


def _weekdays(weekdays: Weekdays) -> str:
    first, last = WEEKDAYS[weekdays.first], WEEKDAYS[weekdays.last]
    if weekdays.nth:
        return f"{first}[{','.join(map(str, weekdays.nth))}]{_offset(weekdays.offset)}"
    return first if first == last else f"{first}-{last}"


def _holidays(holidays: Holidays) -> str:
    return holidays.kind + _offset(holidays.offset)


def _offset(days: int) -> str:
    return f" {days:+} day{'s' if abs(days) > 1 else ''}" if days else ""


def _span(span: TimeSpan) -> str:
    if span.start == span.end:
        return f"{_time(span.start)}+"
    end = span.end - DAY if DAY < span.end != span.start + DAY else span.end  # 02:00-02:00 would be read as no hours at all
    return f"{_time(span.start)}-{_time(end)}" + ("+" if span.open_end else "")


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
