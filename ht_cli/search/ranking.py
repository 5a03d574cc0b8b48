"""Query → the resources that answer, best first: what a good referral is, as points.

The order of the tiers (network, nearest that lists the need, wider, general) is the project's idea of
a good referral; the points keep the tiers apart and let the audience and the offer decide within one.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ht_cli.model import CRISIS_NEEDS, MINORS, Query
from ht_cli.search.areas import OWN_TOWN, areas_of
from ht_cli.search.filtering import audiences_of_age, filters_of
from ht_cli.search.lookups import ANY_NEED, COSTS, GENERAL, HIDDEN, UNREACHABLE_RANK, Cell, Filters, Lookups
from ht_cli.search.names import HOUSE, MOST, PART, WHOLE

LATER_NEED, LAST_NEED = 6, 45  # how much less each further need is worth, down to which
NEED, FURTHER_NEED, RELATED_NEED, NO_NEED = 65, 5, 22, 18  # the need listed anywhere near comes before a general service in town
NAME = {WHOLE: 400, MOST: 250, HOUSE: 150, PART: 25}
NETWORK, NETWORK_BESIDE_OFFER, NETWORK_IN_CRISIS, HELPLINE_IN_CRISIS = 100, 40, 20, 60
YOUNG = (*MINORS, "young-adults", "students")
ONLY_FOR_THE_YOUNG = 8  # when nobody young is spoken of
LINE_TO_CALL, LINE_SPOKEN_THERE = 30, 40  # in danger, the lines for it come first, those of the reader's or the town's language before
NETWORK_BESIDE_NEED = 44  # after what lists the need in town, before what lists it further away
AUDIENCE_LISTED, AUDIENCE_OPEN, AUDIENCE_UNKNOWN = 12, 8, 4
OFFER, KIND, CHANNEL, COST, READERS_LANGUAGE, RELATION = 10, 10, 6, 6, 5, 6
READERS_LANGUAGE_ANYWHERE = 9  # without a town, the language says where the reader is likely to be
ALL_THAT_IS_ASKED = 4  # how much more an offer or a kind weighs where neither town nor need is asked
DIRECTORY, RANK_POINTS = -6, 100  # a hundred steps of the static rank weigh one point
UNREACHABLE = 8  # behind what fits as well and can be reached
SPARE = 20  # cells read of each area and need for a short list
EVERYTHING = 1_000_000


class Candidate:
    """A resource by what is known of it, with its points and the reasons (`need:anxiety`, `area:nis:62063` …)."""

    def __init__(self, cell: Cell, points: float = 0.0, why: Iterable[str] = (), *, nearness: int = 0, lists_need: bool = False) -> None:
        self.cell = cell
        self.points = points
        self.nearness = nearness  # the points of its area
        self.why = list(why)
        self.lists_need = lists_need


class Asker(NamedTuple):
    """How the search is to be made: the reader's language first, and what may be shown."""

    languages: tuple[str, ...]
    show_all: bool = False


def rank(query: Query, lookups: Lookups, asker: Asker, limit: int) -> list[Candidate]:
    """Give up to `limit` candidates, best first; the first n are the same for every limit.

    A short list costs a few cells of each area and need, however large the catalogue; a long one reads them all.
    """
    best = _ordered(query, lookups, asker, SPARE)[:SPARE]
    if limit > SPARE:
        known = {candidate.cell.resource for candidate in best}
        best += [c for c in _ordered(query, lookups, asker, EVERYTHING) if c.cell.resource not in known]
    return best[:limit]


def _ordered(query: Query, lookups: Lookups, asker: Asker, depth: int) -> list[Candidate]:
    """Order the candidates of the first `depth` cells of each area and need."""
    needs = _ranked_needs(asked_needs(query, lookups), query)
    filters = filters_of(query, lookups, show_all=asker.show_all)
    candidates: dict[int, Candidate] = {}
    if query.facets:
        for area, points, reason in areas_of(query):
            for need, worth, why in _need_tiers(query, needs, lookups):
                for cell in _cells(query, lookups, area, need, filters, depth):
                    _credit(candidates, cell, points, reason, worth, why)
        _prefer(candidates, query, lookups, asker, needs, filters)
    _add_named(candidates, query, lookups, filters.hidden & HIDDEN["contactless"])
    return _reachable_first(sorted(candidates.values(), key=lambda c: (-c.points, c.cell.rank, c.cell.resource)), query, needs)


def _reachable_first(ordered: list[Candidate], query: Query, needs: tuple[str, ...]) -> list[Candidate]:
    """Begin with what can be reached and lists the need, where there is such a one and no other is asked for by name."""
    for position, candidate in enumerate(ordered):
        if candidate.cell.resource in query.names and not position:
            return ordered
        if candidate.cell.rank < UNREACHABLE_RANK and (candidate.lists_need or not needs):
            return [candidate, *ordered[:position], *ordered[position + 1 :]] if _unreachable(ordered[0]) else ordered
    return ordered


def _unreachable(candidate: Candidate) -> bool:
    return candidate.cell.rank >= UNREACHABLE_RANK


def asked_needs(query: Query, lookups: Lookups) -> tuple[str, ...]:
    """Give the needs of the words, and of the danger they speak of, the likeliest first."""
    implied = [need for danger in query.danger.kinds[:1] for need in lookups.fits("dangers", danger)]
    if query.danger.level != "alarm" or set(query.needs) & {*CRISIS_NEEDS, "elder-abuse"}:
        return query.needs
    return tuple(dict.fromkeys([*query.needs, *implied]))


def _ranked_needs(needs: tuple[str, ...], query: Query) -> tuple[str, ...]:
    """Leave a crisis that is only said beside another need ("I care for my mother and cannot go on") to the lines shown first."""
    others = tuple(need for need in needs if need != "crisis")
    return others if others and not in_crisis(query) else needs


def in_crisis(query: Query) -> bool:
    """Say whether helplines come first: the words speak of danger."""
    return query.danger.level == "alarm"


def _need_tiers(query: Query, needs: tuple[str, ...], lookups: Lookups) -> Iterator[tuple[int, int, str]]:
    if not needs:
        yield ANY_NEED, 0, ""
        return
    heard = dict(query.heard)
    for place, need in enumerate(needs):
        worth = NEED if query.alike or "needs" in query.required else max(NEED - LATER_NEED * place, LAST_NEED)
        yield lookups.need_number(need), worth, f"heard:{need}" if need in heard else f"need:{need}"
    if "needs" in query.required:
        return
    related = {r for need in needs for r in lookups.fits("needs", need)} - set(needs)
    for need in sorted(related):
        yield lookups.need_number(need), RELATED_NEED, f"related:{need}"
    yield GENERAL, NO_NEED, ""


def _cells(query: Query, lookups: Lookups, area: str, need: int, filters: Filters, depth: int) -> list[Cell]:
    """Read the best-ranked cells, and of those that fit the wishes more than the rank shows."""
    cells = lookups.cells(area, need, filters, depth)
    wishes = []
    if query.audiences:
        wishes.append(filters._replace(audiences=lookups.mask("audiences", query.audiences)))
    if query.offers and not filters.offers:
        wishes.append(filters._replace(offers=lookups.mask("offers", query.offers)))
    if query.kinds and not filters.kinds:
        wishes.append(filters._replace(kinds=lookups.mask("kinds", query.kinds)))
    if len(cells) == depth:
        for wish in wishes:
            cells += lookups.cells(area, need, wish, depth)
    return cells


def _credit(candidates: dict[int, Candidate], cell: Cell, points: int, reason: str, worth: int, why: str) -> None:
    """Count the best area and the best need once, further needs a little."""
    known = candidates.get(cell.resource)
    if known is None:
        candidates[cell.resource] = Candidate(
            cell, points + worth, [w for w in (why, reason) if w], nearness=points, lists_need=worth >= LAST_NEED
        )
    elif worth >= LAST_NEED and why not in known.why:
        known.points += FURTHER_NEED
        known.why.insert(0, why)


def _prefer(
    candidates: dict[int, Candidate], query: Query, lookups: Lookups, asker: Asker, needs: tuple[str, ...], filters: Filters
) -> None:
    """Give the points that do not depend on area and need."""
    masks = {
        "audiences": lookups.mask("audiences", query.audiences or audiences_of_age(query.age)), "everyone": lookups.mask("audiences", ("everyone",)),
        "offers": lookups.mask("offers", query.offers), "kinds": lookups.mask("kinds", query.kinds),
        "channels": lookups.mask("channels", query.channels), "helpline": lookups.mask("kinds", ("helpline",)),
        "directory": lookups.mask("kinds", ("directory", "platform")), "reader": lookups.mask("languages", (query.spoken or asker.languages)[:1]),
        "young": lookups.mask("audiences", YOUNG),
        "relatives": lookups.mask("audiences", [a for r in query.relations for a in lookups.fits("relations", r)]),
    }  # fmt: skip
    crisis = in_crisis(query)
    lines = frozenset(number for danger in query.danger.kinds for number in lookups.urgent_numbers(danger)) if crisis else frozenset()
    spoken = masks["reader"] | lookups.mask("languages", [code for place in query.places for code in place.languages])
    networks = _networks(query, lookups)
    for network in networks:
        if network not in candidates and not query.required & {"needs", "kinds"}:
            _add_network(candidates, network, query, lookups, filters)
    for candidate in candidates.values():
        cell = candidate.cell
        candidate.points += _wishes_met(cell, masks, query)
        candidate.points -= cell.rank / RANK_POINTS + UNREACHABLE * (cell.rank >= UNREACHABLE_RANK)
        if not query.places and candidate.lists_need == bool(needs) and cell.languages & masks["reader"]:
            candidate.points += READERS_LANGUAGE_ANYWHERE
        if crisis and candidate.lists_need and cell.kind & masks["helpline"]:
            candidate.points += HELPLINE_IN_CRISIS
        if cell.resource in lines:
            candidate.points += LINE_TO_CALL + LINE_SPOKEN_THERE * bool(cell.languages & spoken)
            candidate.points += 0 if candidate.lists_need else HELPLINE_IN_CRISIS
        if cell.resource in networks and not filters.offers:
            # A network is the one of this town, whatever area it names.
            candidate.points += _worth_of_network(query, needs, crisis=crisis) + OWN_TOWN - candidate.nearness
            candidate.why.insert(0, "network")


def _worth_of_network(query: Query, needs: tuple[str, ...], *, crisis: bool) -> int:
    if crisis:
        return NETWORK_IN_CRISIS
    if query.offers or query.kinds:
        return NETWORK_BESIDE_OFFER
    return NETWORK_BESIDE_NEED if needs else NETWORK


def _add_network(candidates: dict[int, Candidate], network: int, query: Query, lookups: Lookups, filters: Filters) -> None:
    """A network takes any need, whatever it lists; it still has to meet the filters."""
    for area, points, reason in areas_of(query):
        for cell in lookups.cells(area, ANY_NEED, filters._replace(resource=network), 1):
            candidates.setdefault(network, Candidate(cell, points + NO_NEED, [reason], nearness=points))


def _wishes_met(cell: Cell, masks: dict[str, int], query: Query) -> float:
    points = 0.0
    if query.audiences or query.age is not None:
        listed = cell.audiences & masks["audiences"]
        points += (
            AUDIENCE_LISTED
            if listed
            else AUDIENCE_OPEN
            if cell.audiences & masks["everyone"]
            else 0
            if cell.audiences
            else AUDIENCE_UNKNOWN
        )
    elif cell.audiences and not cell.audiences & ~masks["young"]:
        points -= ONLY_FOR_THE_YOUNG
    weight = 1 if query.needs or query.places or in_crisis(query) else ALL_THAT_IS_ASKED
    points += weight * (OFFER * bool(cell.offers & masks["offers"]) + KIND * bool(cell.kind & masks["kinds"]))
    points += CHANNEL * bool(cell.channels & masks["channels"]) + RELATION * bool(cell.audiences & masks["relatives"])
    points += READERS_LANGUAGE * bool(cell.languages & masks["reader"]) + DIRECTORY * bool(cell.kind & masks["directory"])
    if query.costs:
        points += COST * (COSTS[cell.cost] in query.costs)
    return points


def _networks(query: Query, lookups: Lookups) -> list[int]:
    """Give the networks of the towns asked: the youth one for a minor, the adult one for an adult, else both."""
    networks = []
    for place in query.places:
        if place.nis:
            adult, youth = lookups.networks(place.nis)
            plain = not (query.audiences or query.needs or query.age is not None or in_crisis(query))
            networks += [youth] if query.minor else [adult, youth] if plain or _about_a_child(query) else [adult]
    return networks


def _about_a_child(query: Query) -> bool:
    """Say whether somebody's child, perhaps grown up, needs the help."""
    return "child" in query.relations and query.age is None and not query.audiences


def _where_it_serves(resource: int, query: Query, lookups: Lookups) -> Candidate | None:
    """Give a resource with the points of the nearest area in which it serves the places of the question; None when it serves none."""
    only = Filters(resource=resource)
    for area, points, reason in areas_of(query):
        for cell in lookups.cells(area, ANY_NEED, only, 1):
            return Candidate(cell, points, [reason], nearness=points)
    return None


def _add_named(candidates: dict[int, Candidate], query: Query, lookups: Lookups, hidden: int) -> None:
    """Credit names; what is not named whole and serves another town does not come before what serves this one."""
    for resource, sure in query.names.items():
        cells = lookups.cells_of(resource, hidden)
        if not cells or (sure == PART and resource not in candidates and query.facets):
            continue
        candidate = candidates.get(resource)
        if candidate is None and query.places:
            candidate = _where_it_serves(resource, query, lookups)
            if candidate is None and sure == HOUSE:
                continue
            sure = PART if candidate is None and sure == MOST else sure
        candidate = candidates.setdefault(resource, candidate or Candidate(cells[0]))
        candidate.points += NAME[sure]
        candidate.why.insert(0, "name")
