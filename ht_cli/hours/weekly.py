"""Opening hours in the reader's language: what every week is alike, days with the same times together.

Said are days, public holidays, the n-th weekday of a month, times, `off` and `24/7`. Anything else is left unsaid:
half-understood hours would send somebody to a closed door.
"""

from collections.abc import Iterator

from ht_cli.dates import weekday_names
from ht_cli.hours.grammar import TimeSpan, UnreadableHoursError, read_hours
from ht_cli.hours.in_words import ALL_DAY, nth_text, times_text
from ht_cli.locale import translate as _

WEEK = tuple(range(7))
PUBLIC_HOLIDAYS = 7  # behind the days of the week


def weekly_text(osm: str) -> str:
    """Say opening hours in the reader's language, nothing when they cannot be said whole."""
    try:
        rules = read_hours(osm)
    except UnreadableHoursError:
        return ""
    if not all(rule.plain for rule in rules):
        return ""
    weekly: dict[int, tuple[TimeSpan, ...]] = {}
    monthly: list[str] = []
    for rule in rules:
        if rule.monthly:
            days = ", ".join(nth_text(each.first, nth) for each in rule.weekdays for nth in each.nth)
            monthly.append(_("{days} {times}").format(days=days, times=_times(rule.spans)))
        else:
            # A later rule replaces an earlier one for its days, as the specification says.
            weekly |= dict.fromkeys(rule.days_of_the_week, rule.spans)
            weekly |= {PUBLIC_HOLIDAYS: rule.spans} if rule.holidays or rule.always else {}
    return _("; ").join([*_grouped(weekly), *monthly])


def _grouped(weekly: dict[int, tuple[TimeSpan, ...]]) -> Iterator[str]:
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


def _times(spans: tuple[TimeSpan, ...]) -> str:
    return times_text(spans) or _("closed")
