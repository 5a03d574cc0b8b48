"""Reads a moment as people write it in the four languages: "sat 21:00", "samedi 21h", "morgen 9.30 uur", "24. Dezember 23:30"."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from ht_cli.errors import UsageError
from ht_cli.hours.day_names import weekday_of
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Moment

TODAY = ("aujourd'hui", "aujourdhui", "vandaag", "heute", "today")
TOMORROW = ("demain", "morgen", "tomorrow")
NOON, MIDNIGHT = ("midi", "middag", "mittag", "noon"), ("minuit", "middernacht", "mitternacht", "midnight")
_NOON = 12 * 60  # minutes
_BESIDE = {"a", "at", "om", "um", "on", "op", "le", "den", "de", "der", "the"}  # small words that change nothing
_TIME = re.compile(r"(\d{1,2})\s*(?:(?::|\.|h|u)\s*(\d{2})|h|u)?\s*(?:uur|uhr|heures?|h|u)?\s*(am|pm)?", re.IGNORECASE)
YEARS = range(1970, 2100)  # of which there are calendars of holidays, and hours are written
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
# The months of the four languages without accents, January first, and how each is cut short; "mar" is a Tuesday.
_MONTHS = {
    name: number
    for number, names in enumerate((
        "janvier januari januar january janv jan", "fevrier februari februar february fevr fev feb", "mars maart marz maerz march mrt",
        "avril april avr apr", "mai mei may", "juin juni june jun", "juillet juli july juil jul", "aout augustus august aug",
        "septembre september sept sep", "octobre oktober october oct okt", "novembre november nov", "decembre december dezember dec dez",
    ), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:\s+(\d{4})\b)?"
_DAY_OF_MONTH = (
    re.compile(rf"(?<![\d:.hu])(\d{{1,2}})(?:er|st|nd|rd|th|ste|de|e|\.)?\s*(?:of\s+)?\b({_MONTH})\b{_YEAR}"),
    re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|\s*(?:[hu]|am|pm|uhr|uur|heures?)\b){_YEAR}"),
    re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])"),
)
_LEAP = 8  # years in which a 29 February comes again


def asked_moment(open_now: bool, open_at: str | None, clock: Callable[[], datetime]) -> Moment | None:
    """Give the moment that --open-now or --open-at asks about, none without them; `clock` gives the time in Europe/Brussels.

    Raises UsageError when both are given, or when the text is no moment.
    """
    if open_now and open_at:
        raise UsageError(_("choose one of: {choices}").format(choices="--open-now, --open-at"))
    if open_at is not None:
        return Moment(read_moment(open_at, clock()), now=False)
    return Moment(clock()) if open_now else None


def read_moment(text: str, now: datetime) -> datetime:
    """Give the moment that a text names, in the zone of `now`: a time alone, or of a weekday, is the next one from now on.

    A day of a month without a year is the next such day, and a date without a time its noon, as where a question asks for a day.

    Raises UsageError, saying what can be written.
    """
    refused = UsageError(
        _("--open-at: “{text}” is no moment; write a day and a time, for example sat 21:00, 2026-12-24 23:30 or 21:00").format(text=text)
    )
    words = _plain(text)
    try:
        found, rest = _dated(words, now)
    except ValueError as error:
        raise refused from error
    days = [word for word in re.findall(r"[a-z']+", rest) if word not in _BESIDE and _day(word, now) is not None]
    said = " ".join(word for word in rest.split() if word not in days and word not in _BESIDE)
    time = _time(said) if said or not found else _NOON
    if time is None or len(days) > 1 or (found and days and not _is_weekday(days[0], found, now)):
        raise refused
    day = found or (_day(days[0], now) if days else None) or now.date()
    try:
        asked = _at(day, time, now)
    except ValueError as error:
        raise refused from error
    if asked.year not in YEARS:
        raise refused
    if found or asked >= now:
        return asked
    return asked if days and days[0] in (*TODAY, *TOMORROW) else _at(asked.date() + timedelta(days=7 if days else 1), time, now)


def _dated(words: str, now: datetime) -> tuple[date | None, str]:
    """Give the date that words name, and the rest of them; a day of a month without a year is the next such day.

    Raises ValueError where there is no such day.
    """
    found = _DATE.search(words)
    if found:
        return _date(found), f"{words[: found.start()]} {words[found.end() :].removeprefix('t')}"
    for written in _DAY_OF_MONTH:
        named = written.search(words)
        if named:
            parts = [_MONTHS.get(part) or int(part) for part in named.groups() if part]
            day, month = reversed(parts[:2]) if named[1] in _MONTHS else parts[:2]
            rest = f"{words[: named.start()]} {words[named.end() :]}"
            return (date(parts[2], month, day) if len(parts) > 2 else _next(day, month, now)), rest
    return None, words


def _next(day: int, month: int, now: datetime) -> date:
    """Give the next such day of a year from today on. Raises ValueError where no year has one."""
    for year in range(now.year, now.year + _LEAP + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= now.date():
            return found
    raise ValueError(day)


def _is_weekday(word: str, day: date, now: datetime) -> bool:
    """Say whether a word beside a date is the weekday of it."""
    meant = None if word in (*TODAY, *TOMORROW) else _day(word, now)
    return meant is not None and meant.weekday() == day.weekday()


def _plain(text: str) -> str:
    """Take off accents, capitals, the dot of an abbreviation and a German "am" before the day; signs between figures stay."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text.lower().replace("’", "'")) if not unicodedata.combining(c))
    return re.sub(r"(?<=[a-z])\.|,|^\s*am\s", " ", letters).strip()


def _at(day: date, minutes: int, now: datetime) -> datetime:
    """Give the moment so many minutes into a day by the clock on the wall; one that summer time leaves out is an hour later."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=now.tzinfo).astimezone(UTC).astimezone(now.tzinfo)


def _date(found: re.Match[str]) -> date:
    parts = [int(part) for part in found.groups() if part]
    return date(*parts) if found[1] else date(*reversed(parts))


def _day(word: str, now: datetime) -> date | None:
    """Give the next day of a name, as the language spoken has it: "ma" is Monday in Dutch and Tuesday in French."""
    if word in TODAY:
        return now.date()
    if word in TOMORROW:
        return now.date() + timedelta(days=1)
    weekday = weekday_of(word, languages()[0])
    return None if weekday is None else now.date() + timedelta(days=(weekday - now.weekday()) % 7)


def _time(text: str) -> int | None:
    """Give the minutes since midnight that a text names; 24:00 is the end of the day."""
    if text in NOON or text in MIDNIGHT:
        return _NOON if text in NOON else 24 * 60
    read = _TIME.fullmatch(text)
    if not read:
        return None
    hour, minute = int(read[1]), int(read[2] or 0)
    if read[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if read[3].lower() == "pm" else 0)
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= 24 * 60 else None
