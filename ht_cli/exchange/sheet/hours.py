"""Opening hours on a sheet, in the reader's language: what every week is alike, days with the same times together.

Said are days, public holidays, the n-th weekday of a month, times, `off` and `24/7`. Anything else is left unsaid:
half-understood hours would send somebody to a closed door.
"""

from collections.abc import Iterator

from ht_cli.hours.grammar import REPLACES, Holidays, Rule, Span, UnreadableHoursError, read_hours
from ht_cli.hours.in_words import nth_text, times_text
from ht_cli.hours_wording import weekday_names
from ht_cli.locale import translate as _

WEEK = tuple(range(7))
PUBLIC_HOLIDAYS = 7  # behind the days of the week
ALL_DAY = (Span(0, 24 * 60),)


def hours_text(osm: str) -> str:
    """Say opening hours in the reader's language, nothing when they cannot be said whole."""
    try:
        rules = read_hours(osm)
    except UnreadableHoursError:
        return ""
    if not all(map(_is_plain, rules)):
        return ""
    weekly: dict[int, tuple[Span, ...]] = {}
    monthly: list[str] = []
    for rule in rules:
        if rule.weekdays and rule.weekdays[0].nth:
            days = ", ".join(nth_text(each.first, nth) for each in rule.weekdays for nth in each.nth)
            monthly.append(_("{days} {times}").format(days=days, times=_times(rule.spans)))
        else:
            # A later rule replaces an earlier one for its days, as the specification says.
            weekly |= dict.fromkeys(_days_of(rule), rule.spans)
    return "; ".join([*_grouped(weekly), *monthly])


def _is_plain(rule: Rule) -> bool:
    """Say whether a rule says open or closed of days of the week or of the month, and nothing else."""
    if rule.years or rule.dates or rule.weeks or rule.both or rule.remark or rule.joined != REPLACES:
        return False
    if any(span.open_end for span in rule.spans) or any(each != Holidays("PH") for each in rule.holidays):
        return False
    monthly = {bool(each.nth) for each in rule.weekdays}
    if any(each.offset for each in rule.weekdays) or (True in monthly and (False in monthly or rule.holidays)):
        return False
    return rule.whole_days_off or (rule.state == "open" and bool(rule.spans))


def _days_of(rule: Rule) -> Iterator[int]:
    for each in rule.weekdays:
        yield from ((each.first + day) % 7 for day in range((each.last - each.first) % 7 + 1))
    if rule.holidays or rule.always:
        yield PUBLIC_HOLIDAYS
    if not rule.weekdays and not rule.holidays:
        yield from WEEK


def _grouped(weekly: dict[int, tuple[Span, ...]]) -> Iterator[str]:
    """Say the days that have the same times together, in the order of the week; a closed weekday is not named."""
    if weekly and set(weekly.values()) == {ALL_DAY} and set(weekly) >= set(WEEK):
        yield _("day and night, every day")
        return
    for times in dict.fromkeys(weekly[day] for day in sorted(weekly)):
        days = [day for day in sorted(weekly) if weekly[day] == times]
        if times:
            yield _("{days} {times}").format(days=_days_text(days), times=_times(times))
    if weekly.get(PUBLIC_HOLIDAYS) == ():
        yield _("not on public holidays")


def _days_text(days: list[int]) -> str:
    names = (*weekday_names(), _("public holidays"))
    if days[:7] == list(WEEK):
        return ", ".join([_("every day"), *(names[day] for day in days[7:])])
    runs: list[list[int]] = []
    for day in days:
        if runs and day != PUBLIC_HOLIDAYS and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        f"{names[run[0]]}–{names[run[-1]]}" if len(run) > 2 else ", ".join(names[day] for day in run) for run in runs
    )  # fmt: skip


def _times(spans: tuple[Span, ...]) -> str:
    return times_text(spans) or _("closed")
