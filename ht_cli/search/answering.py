"""The whole answer to a Query: hits with distances, the lines to call first, and the way on where nothing is found."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ht_cli.model import CRISIS_NEEDS, Hit, Place, Query, Resource
from ht_cli.places.distance import distance_km
from ht_cli.search.areas import areas_of
from ht_cli.search.asking import Wishes
from ht_cli.search.filtering import filters_of
from ht_cli.search.lookups import ANY_NEED, ANYWHERE, GENERAL, Lookups
from ht_cli.search.ranking import Asker, asked_needs, in_crisis, rank

NEIGHBOURS = 3
WIDE_NET = 400  # candidates looked at when a distance sorts out most of them


class Rung(NamedTuple):
    """One way on: what to leave out or where else to look, and exactly how many resources that gives."""

    facet: str
    resources: int
    place: Place | None = None


class Answer(NamedTuple):
    """Hits, best first; the lines to call before them; rungs when there is no hit; whether more would follow."""

    hits: Sequence[Hit] = ()
    urgent: Sequence[Resource] = ()
    ladder: Sequence[Rung] = ()
    more: bool = False


def answer(query: Query, wishes: Wishes, lookups: Lookups, languages: Sequence[str], limit: int) -> Answer:
    """Search, and give what belongs to an honest answer."""
    asker = Asker(tuple(languages), wishes.show_all)
    wanted = limit + 1 if wishes.near is None else max(WIDE_NET, limit + 1)
    candidates = rank(query, lookups, asker, wanted)
    resources = lookups.resources([candidate.cell.resource for candidate in candidates])
    hits = []
    for candidate in candidates:
        resource = resources[candidate.cell.resource]
        distance = nearest_km(query.places[:1], resource, lookups)
        if wishes.near is None or (distance is not None and distance <= wishes.near):
            hits.append(Hit(resource, candidate.points, tuple(candidate.why), distance))
    urgent = urgent_lines(query, lookups)
    if not hits:
        return Answer(urgent=urgent, ladder=ladder(query, wishes, lookups))
    return Answer(hits[:limit], urgent, more=len(hits) > limit)


def nearest_km(places: Sequence[Place], resource: Resource, lookups: Lookups) -> float | None:
    """Give the km from the town to the nearest public address, centre of municipality to centre; None when unknown."""
    if not places or not places[0].nis:
        return None
    found = []
    for address in resource.addresses:
        if address.nis == places[0].nis and not address.confidential:
            return 0.0
        if not address.confidential:
            home = lookups.place_of(f"nis:{address.nis}")
            found.append(distance_km(places[0].latitude, places[0].longitude, home.latitude, home.longitude))
    return round(min(found), 1) if found else None


def urgent_lines(query: Query, lookups: Lookups) -> list[Resource]:
    """Give 112 and the lines that belong to the danger spoken of, whatever the filters; nothing when there is none."""
    needs = asked_needs(query, lookups)
    if not in_crisis(needs, query):
        return []
    about = [need for need in needs if need in CRISIS_NEEDS] or ["crisis"]
    return lookups.urgent_lines(about[0], minors=query.minor or about[0] == "child-abuse")


_DROPPABLE = ("needs", "audiences", "offers", "kinds", "languages", "channels", "costs", "referral", "age", "places")


def ladder(query: Query, wishes: Wishes, lookups: Lookups) -> list[Rung]:
    """Count what leaving out each filter alone would give, then what the neighbours and help at a distance have."""
    rungs = []
    for facet in _DROPPABLE:
        if getattr(query, facet) not in ((), None):
            empty = None if facet == "age" else ()
            rungs.append(Rung(facet, count(replace(query, **{facet: empty}, required=query.required - {facet}), lookups)))  # type: ignore[arg-type]
    core = replace(query, **dict.fromkeys(_DROPPABLE[1:-2], ()), age=None, required=query.required & {"needs"})  # type: ignore[arg-type]
    rungs.append(Rung("core", count(core, lookups)))
    if wishes.near is not None:
        rungs.append(Rung("near", count(query, lookups)))
    for place in query.places[:1]:
        for neighbour in lookups.neighbours(place, NEIGHBOURS) if place.nis else ():
            rungs.append(Rung("neighbour", count(replace(query, places=(neighbour,)), lookups), neighbour))
    online = replace(core, places=(), channels=("phone", "online", "chat"), required=core.required | {"channels"})
    rungs.append(Rung("online", count(online, lookups)))
    return [rung for rung in rungs if rung.resources]


def count(query: Query, lookups: Lookups) -> int:
    """Count the resources that meet a query, as the search itself would find them."""
    needs = asked_needs(query, lookups)
    numbers = [ANY_NEED]
    if needs:
        numbers = [lookups.need_number(need) for need in needs]
        if "needs" not in query.required:
            related = {other for need in needs for other in lookups.fits("needs", need)}
            numbers += [GENERAL, *(lookups.need_number(need) for need in related)]
    areas = [area for area, _, _ in areas_of(query)] if query.places else [ANYWHERE]
    return lookups.count(areas, numbers, filters_of(query, lookups))
