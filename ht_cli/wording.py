"""Says the facts of a resource in the reader's words: kinds, reasons, areas, freshness, contacts."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Moment, Opening, Openings, Phone, Resource

SHOWN_AREAS = 6  # municipalities named before "and 12 more"
_DAY_AND_NIGHT = re.compile(r"24 ?h?/24(?:,? 7 ?j/7)?|24/7")  # hours that say no more than the sentence made of them


class Words(NamedTuple):
    """The labels of terms by (kind, id) and the names of areas by code, in the reader's language."""

    labels: Mapping[tuple[str, str], str] = {}
    areas: Mapping[str, str] = {}

    def term(self, kind: str, identifier: str) -> str:
        """Say a term."""
        return self.labels.get((kind, identifier), identifier)

    def terms(self, kind: str, identifiers: Sequence[str]) -> str:
        """Say several terms, with commas."""
        return ", ".join(self.term(kind, identifier) for identifier in identifiers)

    def area(self, code: str) -> str:
        """Say an area: Liège, the province of Liège, Wallonia, the whole of Belgium."""
        kind, _mark, slug = code.partition(":")
        if kind == "nis":
            return self.areas.get(code, slug)
        if kind == "province":
            return _("province of {name}").format(name=self.areas.get(code, slug))
        return {
            "country:be": _("all of Belgium"),
            "region:brussels": _("Brussels-Capital Region"),
            "region:wallonia": _("Wallonia"),
            "region:flanders": _("Flanders"),
            "community:fr": _("French-speaking Belgium"),
            "community:nl": _("Dutch-speaking Belgium"),
            "community:de": _("German-speaking Belgium"),
        }.get(code, slug)

    def service_area(self, resource: Resource) -> str:
        """Say whom a resource serves, a long list of municipalities cut with its count."""
        named = [self.area(code) for code in resource.areas]
        if len(named) <= SHOWN_AREAS + 1:
            return ", ".join(named)
        return _("{names} and {count} more").format(names=", ".join(named[:SHOWN_AREAS]), count=len(named) - SHOWN_AREAS)

    def reasons(self, hit: Hit) -> str:
        """Say why a resource is among the results."""
        said = [self._reason(code) for code in hit.why]
        if hit.distance_km is not None:
            said.append(_("{km} km").format(km=round(hit.distance_km)) if hit.distance_km >= 1 else _("in town"))
        if not hit.resource.reachable:
            said.append(_("no contact known"))
        return " · ".join(filter(None, said))

    def _reason(self, code: str) -> str:
        kind, _mark, value = code.partition(":")
        if kind == "need":
            return self.term("needs", value)
        if kind == "related":
            return _("close to it: {need}").format(need=self.term("needs", value))
        if kind == "area":
            return _("serves {area}").format(area=self.area(value))
        return {"network": _("network of this place"), "name": _("name"), "line": _("urgent line")}.get(kind, "")


def freshness(resource: Resource) -> str:
    """Say how fresh the facts are: a person's check, else the year of the source and that nobody checked."""
    if resource.checked_on:
        return _("checked on {date}").format(date=resource.checked_on)
    if resource.source_date:
        return _("source of {year}, never checked").format(year=resource.source_date[:4])
    return _("undated source, never checked")


def phone_text(phone: Phone) -> str:
    """Say a number with its label: 04 342 12 12 (accueil)."""
    number = phone.national or phone.number
    return f"{number} ({phone.label})" if phone.label else number


def contacts(resource: Resource) -> list[str]:
    """Give the ways to reach a resource, phones first; the address where there is nothing else."""
    found = [*(phone_text(phone) for phone in resource.phones), *filter(None, (resource.email, site(resource.url)))]
    return found or [f"{a.street}, {f'{a.postcode} {a.locality}'.strip()}" for a in resource.public_addresses]


def site(url: str) -> str:
    """Shorten a site for the screen: without its scheme and last slash."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def description(resource: Resource) -> tuple[str, str]:
    """Give the text in the first of the reader's languages that has one, and that language when it is another."""
    for language in languages():
        if language in resource.descriptions:
            return resource.descriptions[language], "" if language == languages()[0] else language
    return "", ""


def yes_no(value: bool | None) -> str:
    """Say yes, no, or that it is not known."""
    return _("unknown: ask") if value is None else _("yes") if value else _("no")


def opening_text(opening: Opening, moment: Moment) -> str:
    """Say whether somebody answers: until when, from when, or that it is to be asked; with the condition that goes with it."""
    said = {"open": _open_text, "closed": _closed_text, "unknown": _unknown_text}[opening.state](opening, moment)
    return f"{said} ({opening.note})" if opening.note and opening.note not in opening.text else said


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
    return _("hours unknown: ask")


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
        return _("{weekday} {time}").format(weekday=_weekdays()[at.weekday()], time=time_text(at))
    return date_text(at)


def date_text(at: datetime) -> str:
    """Say a day and a time whole: Thursday 24 December 2026, 23:30."""
    weekday, month = _weekdays()[at.weekday()], _months()[at.month - 1]
    return _("{weekday} {day} {month} {year}, {time}").format(weekday=weekday, day=at.day, month=month, year=at.year, time=time_text(at))


def time_text(at: datetime) -> str:
    """Say a time of the day: 9:00."""
    return (_("{hour}:{minute}") if at.minute else _("{hour}:00")).format(hour=at.hour, minute=f"{at.minute:02}")


def _weekdays() -> tuple[str, ...]:
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def _months() -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def hours_text(text: str, opening: Opening | None) -> str:
    """Give hours as they were written; nothing where the sentence about them says the same."""
    return "" if opening and opening.state == "open" and opening.until is None and _DAY_AND_NIGHT.fullmatch(text) else text


def ways_text(resource: Resource, openings: Openings) -> list[str]:
    """Say of each way to a resource whether somebody answers, the hours as written beside it; which way, where there are several."""
    own = [(p, opening) for p, opening in zip(resource.phones, openings.phones, strict=True) if p.hours or p.hours_osm]
    ways = [(phone_text(phone), _with_hours(opening, openings.moment)) for phone, opening in own]
    if openings.place or not own:
        label = _("Address") if any(not address.confidential for address in resource.addresses) else ""
        sentence = _with_hours(openings.place or openings.best, openings.moment)
        ways += [(label, sentence)] if sentence not in (said for _way, said in ways) else []
    named = len(ways) > 1 or (len(resource.phones) > 1 and bool(own))
    return [_("{label}: {value}").format(label=label, value=said) if named and label else said for label, said in ways]


def _with_hours(opening: Opening, moment: Moment) -> str:
    text = hours_text(opening.text, opening)
    return opening_text(opening, moment) + (f" ({text})" if text else "")
