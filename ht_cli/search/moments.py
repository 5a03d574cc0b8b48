"""Reads a moment as people write it in the four languages: "sat 21:00", "samedi 21h", "morgen 9.30 uur", "2026-12-24 23:30"."""

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
_BESIDE = {"a", "at", "om", "um", "on", "op", "le", "den"}  # small words that change nothing
_TIME = re.compile(r"(\d{1,2})\s*(?:(?::|\.|h|u)\s*(\d{2})|h|u)?\s*(?:uur|uhr|heures?|h|u)?\s*(am|pm)?", re.IGNORECASE)
YEARS = range(1970, 2100)  # of which there are calendars of holidays, and hours are written
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


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

    Raises UsageError, saying what can be written.
    """
    refused = UsageError(
        _("--open-at: “{text}” is no moment; write a day and a time, for example sat 21:00, 2026-12-24 23:30 or 21:00").format(text=text)
    )
    words = _plain(text)
    found = _DATE.search(words)
    rest = words if not found else f"{words[: found.start()]} {words[found.end() :].removeprefix('t')}"
    days = [word for word in re.findall(r"[a-z']+", rest) if word not in _BESIDE and _day(word, now) is not None]
    time = _time(" ".join(word for word in rest.split() if word not in days and word not in _BESIDE))
    if time is None or len(days) + (found is not None) > 1:
        raise refused
    try:
        day = _date(found) if found else _day(days[0], now) if days else now.date()
        asked = _at(day or now.date(), time, now)
    except ValueError as error:
        raise refused from error
    if asked.year not in YEARS:
        raise refused
    if found or asked >= now:
        return asked
    return asked if days and days[0] in (*TODAY, *TOMORROW) else _at(asked.date() + timedelta(days=7 if days else 1), time, now)


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
        return 12 * 60 if text in NOON else 24 * 60
    read = _TIME.fullmatch(text)
    if not read:
        return None
    hour, minute = int(read[1]), int(read[2] or 0)
    if read[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if read[3].lower() == "pm" else 0)
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= 24 * 60 else None
