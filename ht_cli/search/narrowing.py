"""What is left of the candidates by distance and by opening hours: facts that the cells do not hold."""

from collections.abc import Sequence

from ht_cli.model import Moment, Query
from ht_cli.search.case import IN_PERSON_KINDS, TEAMS
from ht_cli.search.lookups import Lookups
from ht_cli.search.referral import OTHER_LANGUAGE, Candidate
from ht_cli.search.wishes import Wishes
from ht_cli.shapes import NamedTuple

CLOSED_NOW = 50  # points that a line, or a team, loses by being closed: it stays before what is not for the danger


class Narrowed(NamedTuple):
    """The candidates that are left, those whose hours are unknown last, how many are closed, and how many left out for want of an address."""

    candidates: Sequence[Candidate]
    closed: int = 0
    without_address: int = 0


def narrow(candidates: Sequence[Candidate], query: Query, wishes: Wishes, lookups: Lookups) -> Narrowed:
    """Keep the candidates that are near enough, and of these the ones that are not closed.

    An option requires that one is near; words leave out what is known to be farther, and nothing where somebody is in danger.
    What serves the place and has no known address may be around the corner: an option leaves it out, and it is counted.
    """
    without_address = 0
    if wishes.near is not None and query.places:
        without_address = _count_without_address(candidates, lookups)
        candidates = [candidate for candidate in candidates if candidate.km is not None and candidate.km <= wishes.near]
    elif limits_distance(query, wishes):
        candidates = [candidate for candidate in candidates if candidate.km is None or candidate.km <= (query.within or 0)]
    left = Narrowed(candidates) if wishes.open_at is None else _not_closed(wishes.open_at, candidates, lookups, wished=bool(query.open_at))
    return left._replace(without_address=without_address)


def _count_without_address(candidates: Sequence[Candidate], lookups: Lookups) -> int:
    """Count those to which one goes, nobody knows where: not the lines, which are nowhere."""
    houses, in_person = lookups.mask("kinds", IN_PERSON_KINDS), lookups.mask("channels", ("in-person",))
    cells = [candidate.cell for candidate in candidates if candidate.km is None]
    return sum(bool(cell.kind & houses and (not cell.channels or cell.channels & in_person)) for cell in cells)


def narrows(query: Query, wishes: Wishes) -> bool:
    """Say whether a distance or a moment is asked for: then each candidate has to be looked at, and none can be counted unread."""
    return wishes.open_at is not None or bool(wishes.near is not None and query.places) or limits_distance(query, wishes)


def limits_distance(query: Query, wishes: Wishes) -> bool:
    """Say whether the words set a limit to the distance from a place, and no option does."""
    return bool(query.within and query.places) and wishes.near is None and not query.in_danger


def _not_closed(moment: Moment, candidates: Sequence[Candidate], lookups: Lookups, *, wished: bool) -> Narrowed:
    """Put what is open before what is unknown, each in the order of the ranking; only what states hours is read.

    Where words wish for the hour and no option requires it, what is there for others, or in another language, is not offered first
    because it is open: it stands behind both. What is open and speaks the language of who asks stands before what is and does not.
    """
    from ht_cli.hours import CLOSED, OPEN, UNKNOWN, openings_of  # 10 ms with the time zone, wanted only for a search by hours

    stated = lookups.resources(lookups.with_hours([candidate.cell.resource for candidate in candidates]))
    states = {number: openings_of(resource, moment).best.state for number, resource in stated.items()}
    ordered: dict[str, list[Candidate]] = {OPEN: [], UNKNOWN: [], CLOSED: []}
    for candidate in candidates:
        ordered[states.get(candidate.cell.resource, UNKNOWN)].append(candidate)
    for_others = [one for one in ordered[OPEN] if wished and one.points < 0]
    for_them = [one for one in ordered[OPEN] if one not in for_others]
    for_them.sort(key=_in_another_language)
    return Narrowed([*for_them, *ordered[UNKNOWN], *for_others], len(ordered[CLOSED]))


def _in_another_language(candidate: Candidate) -> bool:
    return OTHER_LANGUAGE in candidate.why


def answering_lines_first(
    candidates: Sequence[Candidate], lines: Sequence[str], lookups: Lookups, *, swallowed: bool = False
) -> list[Candidate]:
    """Put a line to call, or a team, that is closed now behind those that answer, or may, and behind the teams that come or receive here.

    `swallowed` tells that somebody took something: then the lines come first, as they stand in the block of the danger; poison knows what to do.
    """
    from ht_cli.hours import CLOSED, openings_now  # wanted only where somebody may be in danger

    ids = lookups.ids([candidate.cell.resource for candidate in candidates])
    called = {number: lines.index(identifier) for number, identifier in ids.items() if identifier in lines}
    teams = lookups.mask("offers", TEAMS)
    may_be_closed = [c.cell.resource for c in candidates if c.cell.resource in called or c.cell.offers & teams]
    stated = lookups.resources(lookups.with_hours(may_be_closed))
    openings = zip(stated, openings_now([*stated.values()]), strict=True)
    closed = {number for number, opening in openings if opening.best.state == CLOSED}
    order = sorted(candidates, key=lambda c: (c.cell.resource in closed) * CLOSED_NOW - c.points)
    answering = {number: place for number, place in called.items() if swallowed and number not in closed}
    return sorted(order, key=lambda c: answering.get(c.cell.resource, len(lines)))
