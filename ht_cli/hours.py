"""Whether somebody answers at a moment, from hours in the OpenStreetMap opening_hours syntax; the one place that knows its library.

Hours speak of the clock on a wall in Belgium, summer time included. What they do not say is never taken for open:
a public holiday that they do not name, school holidays (no calendar of them is kept), a closing time left open,
the sun, and a remark that stands in place of a state ("by appointment") all give `unknown`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ht_cli import clock
from ht_cli.clock import BRUSSELS
from ht_cli.model import UNSAID, Moment, Opening, Openings, Phone, Resource, Spoken

if TYPE_CHECKING:
    from opening_hours import OpeningHours

ALWAYS = "24/7"
COUNTRY = "BE"  # whose public holidays the library brings along
LOOK_AHEAD = timedelta(days=400)  # a year, and what opens once a year; without an end the library looks for ever
CHANGES = 100  # looked at before a next opening is called not known
OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"
_ORDER = (OPEN, UNKNOWN, CLOSED)
_REMARK = re.compile(r'\s*(?:\b(open|off|closed|unknown))?\s*("[^"]*")')
_OUTSIDE_REMARKS = r'(?=(?:[^"]*"[^"]*")*[^"]*$)'
_RULES = re.compile(";" + _OUTSIDE_REMARKS)
_ALTERNATIVES = re.compile(r"\|\|" + _OUTSIDE_REMARKS)
_OF_HOLIDAYS = re.compile(r"(?:[^\s\"]+,)?PH(?:,[^\s\"]+)?\s+(.+)")
# The sun (no coordinates are kept), an open end ("18:00+"), and holidays narrowed to weekdays, which the library widens.
_BEYOND = re.compile(r"sunrise|sunset|dawn|dusk|:\d\d\+|\b[PS]H\s+(?:Mo|Tu|We|Th|Fr|Sa|Su)\b", re.IGNORECASE)


class _World(NamedTuple):
    """One way in which the hours may be meant, and what it supposes; alternatives (`||`) from the first to the last."""

    supposes: str
    alternatives: tuple["OpeningHours", ...]


def readable_hours(expression: str) -> bool:
    """Say whether a text is of the OpenStreetMap opening_hours syntax."""
    from opening_hours import validate  # 7 ms, wanted only where hours are examined

    return bool(validate(expression))


def openings_now(resources: Sequence[Resource]) -> list[Openings]:
    """Say of each resource whether somebody answers at this moment."""
    moment = Moment(clock.now())
    return [openings_of(resource, moment) for resource in resources]


def openings_of(resource: Resource, moment: Moment) -> Openings:
    """Give whether a resource answers: a number by its own hours, else by those of the resource; the place by these."""
    place = opening_of(resource.hours_osm, moment, text=resource.hours)
    phones = tuple(_phone_opening(phone, place, moment) for phone in resource.phones)
    stated = bool(resource.hours or resource.hours_osm)
    met = stated and any(not address.confidential for address in resource.addresses)
    ways = [*phones, place] if met or not phones else phones
    return Openings(moment, phones, place if stated else None, min(ways, key=_preference))


def _phone_opening(phone: Phone, place: Opening, moment: Moment) -> Opening:
    return opening_of(phone.hours_osm, moment, text=phone.hours) if phone.hours or phone.hours_osm else place


def _preference(opening: Opening) -> tuple[int, float]:
    """Open before unknown before closed; open the longest, and opening the soonest."""
    far = float("inf")
    if opening.state == OPEN:
        return 0, -(opening.until.timestamp() if opening.until else far)
    return rank_of(opening), opening.opens.timestamp() if opening.opens else far


def rank_of(opening: Opening) -> int:
    """Give the place in the order of who to call: 0 answers, 1 unknown, 2 closed."""
    return _ORDER.index(opening.state)


def opening_of(expression: str, moment: Moment, *, text: Spoken = UNSAID) -> Opening:
    """Give whether hours are open at a moment; unknown where they say nothing, or cannot be read."""
    if expression == ALWAYS:
        return Opening(OPEN, text=text)
    worlds = _worlds(expression) if expression else ()
    if not worlds:
        return Opening(text=text)
    wall = moment.at.astimezone(BRUSSELS)
    naive = wall.replace(tzinfo=None, fold=0)
    now = _agreed(worlds, naive)
    if now.state == UNKNOWN:
        return now._replace(text=text)
    changes = ((change, _agreed(worlds, change).state) for change in _changes(worlds, naive))
    if now.state == OPEN:
        until = next((change for change, state in changes if state != OPEN), None)
        return now._replace(until=_on_the_clock(until, wall), text=text)
    opens = next((change for change, state in changes if state == OPEN), None)
    return now._replace(opens=_on_the_clock(opens, wall), text=text)


@cache
def _worlds(expression: str) -> tuple[_World, ...]:
    """Give every way in which hours may be meant, the plain one first; none when they cannot be read."""
    from opening_hours import ParserError  # type: ignore[attr-defined]  # there, though not in its stub; 7 ms

    written = _REMARK.sub(lambda remark: f" {remark[1] or UNKNOWN} {remark[2]}", expression)
    bare = re.sub(r'"[^"]*"', "", written)
    if _BEYOND.search(bare):
        return ()
    meant = [("", written)]
    if re.search(r"\bSH\b", bare):  # the library knows no school holidays: none at all, or nothing but
        meant.append(("school-holiday", re.sub(r"\bSH\b" + _OUTSIDE_REMARKS, "Mo-Su", written)))
    if not re.search(r"\bPH\b", bare):
        meant += [("public-holiday", "||".join(f"{part}; PH off" for part in _ALTERNATIVES.split(each))) for _, each in meant]
    try:
        return tuple(_World(supposes, _read(each)) for supposes, each in meant)
    except ParserError:
        return ()


def _read(expression: str) -> tuple["OpeningHours", ...]:
    """Parse alternatives; what is said of holidays is said again at the end, for it is meant wherever it was written."""
    from opening_hours import OpeningHours

    alternatives = []
    for part in _ALTERNATIVES.split(expression):
        rules = [rule.strip() for rule in _RULES.split(part) if rule.strip()]
        rules += [f"PH {of_holidays[1]}" for rule in rules if (of_holidays := _OF_HOLIDAYS.match(rule))]
        alternatives.append(OpeningHours("; ".join(rules), country=COUNTRY, max_interval_days=LOOK_AHEAD.days))
    return tuple(alternatives)


def _agreed(worlds: Sequence[_World], wall: datetime) -> Opening:
    """Give the state that holds in every world; unknown where they differ, with what it hangs on."""
    plain, note = _state(worlds[0], wall)
    for world in worlds[1:]:
        if _state(world, wall)[0] != plain:
            return Opening(UNKNOWN, doubt=world.supposes if plain != UNKNOWN else "", note=note)
    return Opening(plain, note=note)


def _state(world: _World, wall: datetime) -> tuple[str, str]:
    """Give the state of the first alternative that is not closed, and its remark."""
    state, note = CLOSED, ""
    for hours in world.alternatives:
        found, note = hours.state(wall)
        state = str(found)
        if state != CLOSED:
            break
    return state, note


def _changes(worlds: Sequence[_World], wall: datetime) -> Iterator[datetime]:
    """Give every time within LOOK_AHEAD at which any of the worlds may change its state."""
    last = wall + LOOK_AHEAD
    every = [hours for world in worlds for hours in world.alternatives]
    for _change in range(CHANGES):
        following = [change for hours in every if (change := hours.next_change(wall)) is not None]
        if not following or min(following) > last:
            return
        wall = min(following)
        yield wall


def _on_the_clock(naive: datetime | None, asked: datetime) -> datetime | None:
    """Give the moment at which the clock shows this; of an hour shown twice the one at hand, of one never shown its end."""
    if naive is None:
        return None
    shown = naive.replace(tzinfo=BRUSSELS, fold=asked.fold if naive.date() == asked.date() else 0)
    real = shown.astimezone(UTC).astimezone(BRUSSELS)
    return shown if real.replace(tzinfo=None, fold=0) == naive else real.replace(minute=0)
