"""Says whether somebody answers: until when, from when, or that it is to be asked."""

from datetime import datetime, timedelta

from ht_cli.dates import day_of_month, month_names, weekday_names
from ht_cli.locale import translate as _
from ht_cli.model import Moment, Opening, Openings, Resource, Spoken
from ht_cli.wording import marked, phone_text, reader_text


def opening_text(opening: Opening, moment: Moment) -> str:
    """Say whether somebody answers: until when, from when, or that it is to be asked; with the condition that goes with it."""
    said = {"open": _open_text, "closed": _closed_text, "unknown": _unknown_text}[opening.state](opening, moment)
    repeated = any(opening.note in text for text in opening.text.values())
    return f"{said} ({opening.note})" if opening.note and not repeated else said


def brief_text(opening: Opening, moment: Moment, hours: str) -> str:
    """Say the same in a few words, for a column: of unknown hours what they hang on, else the `hours` in words; nothing without any."""
    if opening.state == "open" and opening.until:
        return _("answers until {when}").format(when=_end_text(opening.until, moment))
    if opening.state == "unknown" and not opening.doubt:
        return hours
    return opening_text(opening._replace(note=""), moment)


def _open_text(opening: Opening, moment: Moment) -> str:
    if opening.until is None:
        return _("answers day and night")
    sentence = _("answers now until {when}") if moment.now else _("answers then until {when}")
    return sentence.format(when=_end_text(opening.until, moment))


def _closed_text(opening: Opening, moment: Moment) -> str:
    if opening.opens is None:
        return _("closed now") if moment.now else _("closed then")
    return _("opens {when}").format(when=moment_text(opening.opens, moment))


def _unknown_text(opening: Opening, moment: Moment) -> str:
    if opening.doubt == "public-holiday":
        return _("public holiday: ask whether it answers")
    if opening.doubt == "school-holiday":
        return _("depends on the school holidays: ask")
    if opening.text:
        return _("ask whether it answers now") if moment.now else _("ask whether it answers then")
    return _("hours unknown, ask")


def _end_text(until: datetime, moment: Moment) -> str:
    """Say when it closes: the time alone on the same day, midnight at its end."""
    if until.date() == moment.at.date():
        return time_text(until)
    if until.date() == moment.at.date() + timedelta(days=1) and (until.hour, until.minute) == (0, 0):
        return _("midnight")
    return moment_text(until, moment)


def moment_text(at: datetime, asked: Moment) -> str:
    """Say a moment as seen from another: today, tomorrow, a day of the week, and the date from a week on."""
    days = (at.date() - asked.at.date()).days
    if asked.now and days in (0, 1):
        return (_("today {time}") if days == 0 else _("tomorrow {time}")).format(time=time_text(at))
    if 0 <= days < 7:
        return _("{weekday} {time}").format(weekday=weekday_names()[at.weekday()], time=time_text(at))
    return date_text(at)


def date_text(at: datetime) -> str:
    """Say a day and a time whole: Thursday 24 December 2026, 23:30."""
    weekday, day = weekday_names()[at.weekday()], day_of_month(at.day, month_names()[at.month - 1])
    return _("{weekday} {day} {year}, {time}").format(weekday=weekday, day=day, year=at.year, time=time_text(at))


def time_text(at: datetime) -> str:
    """Say a time of the day: 9:00."""
    return (_("{hour}:{minute}") if at.minute else _("{hour}:00")).format(hour=at.hour, minute=f"{at.minute:02}")


def hours_said(written: Spoken, osm: str) -> tuple[str, str]:
    """Give hours in words, and their language where it is not the reader's: what was written in theirs, else what the syntax says.

    What was written in another language may say more than the syntax: it follows in quotes, marked.
    """
    from ht_cli.hours.weekly import weekly_text  # 10 ms, wanted only where hours are shown

    text, other = reader_text(written)
    made = weekly_text(osm) if other or not text else ""
    if made and text:
        return f"{made}, {marked(_('“{text}”').format(text=text), other)}", ""
    return (made, "") if made else (text, other)


def hours_text(text: str, opening: Opening | None) -> str:
    """Give hours as they were written; nothing where the sentence about them says the same."""
    return "" if opening and opening.state == "open" and opening.until is None and text == _("day and night, every day") else text


def ways_text(resource: Resource, openings: Openings) -> list[str]:
    """Say of each way to a resource whether somebody answers, the hours as written beside it; which way, where there are several."""
    own = [(p, opening) for p, opening in zip(resource.phones, openings.phones, strict=True) if not p.is_fax and (p.hours or p.hours_osm)]
    ways = [(phone_text(phone), _with_hours(opening, phone.hours, phone.hours_osm, openings.moment)) for phone, opening in own]
    if (openings.place and not told_by_numbers(resource, openings)) or not own:
        label = _("Address") if any(not address.confidential for address in resource.addresses) else ""
        sentence = _with_hours(openings.place or openings.best, resource.hours, resource.hours_osm, openings.moment)
        ways += [(label, sentence)] if sentence not in (said for _way, said in ways) else []
    named = len(ways) > 1 or (len(resource.dialled) > 1 and bool(own))
    return [_("{label}: {value}").format(label=label, value=said) if named and label else said for label, said in ways]


def told_by_numbers(resource: Resource, openings: Openings) -> bool:
    """Say whether the numbers say if somebody answers, and the hours of the resource itself do not: to ask it then would contradict them."""
    own = [opening for phone, opening in zip(resource.phones, openings.phones, strict=True) if phone.hours or phone.hours_osm]
    return (openings.place or Opening()).state == "unknown" and any(opening.state != "unknown" for opening in own)


def _with_hours(opening: Opening, written: Spoken, osm: str, moment: Moment) -> str:
    text = hours_text(marked(*hours_said(written, osm)), opening)
    return opening_text(opening, moment) + (f" ({text})" if text else "")
