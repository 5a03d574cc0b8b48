"""Whether somebody answers at a moment, from hours in the OpenStreetMap opening_hours syntax.

Hours speak of the clock on a wall in Belgium, summer time included. What they do not say is never taken for open:
a public holiday that they do not name, school holidays that are not known, days without times, a closing time left
open, and a remark that stands in place of a state ("by appointment") all give `unknown`; so do hours that
`grammar.py` does not read.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from ht_cli import clock
from ht_cli.clock import BRUSSELS
from ht_cli.hours.evaluating import CLOSED, OPEN, UNKNOWN, Stretch, day_of
from ht_cli.hours.grammar import readable_hours
from ht_cli.hours.schooling import community_of
from ht_cli.model import ALWAYS, UNSAID, Moment, Opening, Openings, Phone, Resource, Spoken

__all__ = ("ALWAYS", "CLOSED", "OPEN", "UNKNOWN", "opening_of", "openings_now", "openings_of", "rank_of", "readable_hours")

LOOK_AHEAD = 400  # days: a year, and what opens once a year
_ORDER = (OPEN, UNKNOWN, CLOSED)


def openings_now(resources: Sequence[Resource]) -> list[Openings]:
    """Say of each resource whether somebody answers at this moment."""
    moment = Moment(clock.now())
    return [openings_of(resource, moment) for resource in resources]


def openings_of(resource: Resource, moment: Moment) -> Openings:
    """Give whether a resource answers: a number by its own hours, else by those of the resource; the place by these."""
    community = community_of(resource)
    place = opening_of(resource.hours_osm, moment, text=resource.hours, community=community)
    phones = tuple(_phone_opening(phone, place, moment, community) for phone in resource.phones)
    stated = bool(resource.hours or resource.hours_osm)
    met = stated and any(not address.confidential for address in resource.addresses)
    answering = [opening for phone, opening in zip(resource.phones, phones, strict=True) if not phone.is_fax]
    ways = [*answering, place] if met or not answering else answering
    return Openings(moment, phones, place if stated else None, min(ways, key=_preference))


def _phone_opening(phone: Phone, place: Opening, moment: Moment, community: str) -> Opening:
    if not phone.hours and not phone.hours_osm:
        return place
    return opening_of(phone.hours_osm, moment, text=phone.hours, community=community)


def _preference(opening: Opening) -> tuple[int, float]:
    """Open before unknown before closed; open the longest, and opening the soonest."""
    far = float("inf")
    if opening.state == OPEN:
        return 0, -(opening.until.timestamp() if opening.until else far)
    return rank_of(opening), opening.opens.timestamp() if opening.opens else far


def rank_of(opening: Opening) -> int:
    """Give the place in the order of who to call: 0 answers, 1 unknown, 2 closed."""
    return _ORDER.index(opening.state)


def opening_of(expression: str, moment: Moment, *, text: Spoken = UNSAID, community: str = "") -> Opening:
    """Give whether hours are open at a moment; unknown where they say nothing, or cannot be read.

    `community` (nl, fr, de) is the one whose school holidays they speak of; without it these are not known.
    """
    if expression == ALWAYS:
        return Opening(OPEN, text=text)
    if not expression or not readable_hours(expression):
        return Opening(text=text)
    wall = moment.at.astimezone(BRUSSELS)
    stretches = _stretches(expression, wall.replace(tzinfo=None, fold=0), community)
    _since, now = next(stretches)
    if now.state == UNKNOWN:
        return Opening(UNKNOWN, doubt=now.doubt, text=text, note=now.remark)
    if now.state == OPEN:
        until = next((since for since, stretch in stretches if stretch.state != OPEN), None)
        return Opening(OPEN, until=_on_the_clock(until, wall), text=text, note=now.remark)
    opens = next((since for since, stretch in stretches if stretch.state == OPEN), None)
    return Opening(CLOSED, opens=_on_the_clock(opens, wall), text=text, note=now.remark)


def _stretches(expression: str, wall: datetime, community: str) -> Iterator[tuple[datetime, Stretch]]:
    """Give the stretch of time at hand and those within LOOK_AHEAD after it, each with the moment at which it begins."""
    midnight = datetime(wall.year, wall.month, wall.day)
    for number in range(LOOK_AHEAD + 1):
        for stretch in day_of(expression, (midnight + timedelta(number)).date(), community):
            if midnight + timedelta(number, minutes=stretch.end) > wall:
                yield midnight + timedelta(number, minutes=stretch.start), stretch


def _on_the_clock(naive: datetime | None, asked: datetime) -> datetime | None:
    """Give the moment at which the clock shows this; of an hour shown twice the one at hand, of one never shown its end."""
    if naive is None:
        return None
    shown = naive.replace(tzinfo=BRUSSELS, fold=asked.fold if naive.date() == asked.date() else 0)
    real = shown.astimezone(UTC).astimezone(BRUSSELS)
    return shown if real.replace(tzinfo=None, fold=0) == naive else real.replace(minute=0)
