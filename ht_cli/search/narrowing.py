"""What is left of the candidates by distance and by opening hours: facts that the cells do not hold."""

from collections.abc import Sequence
from typing import NamedTuple

from ht_cli.model import Moment, Query
from ht_cli.search.lookups import Lookups
from ht_cli.search.referral import Candidate
from ht_cli.search.wishes import Wishes


class Narrowed(NamedTuple):
    """The candidates that are left, those whose hours are unknown last, and how many are closed."""

    candidates: Sequence[Candidate]
    closed: int = 0


def narrow(candidates: Sequence[Candidate], query: Query, wishes: Wishes, lookups: Lookups) -> Narrowed:
    """Keep the candidates that are near enough, and of these the ones that are not closed."""
    if wishes.near is not None and query.places:
        candidates = [candidate for candidate in candidates if candidate.km is not None and candidate.km <= wishes.near]
    return Narrowed(candidates) if wishes.open_at is None else _not_closed(wishes.open_at, candidates, lookups)


def _not_closed(moment: Moment, candidates: Sequence[Candidate], lookups: Lookups) -> Narrowed:
    """Put what is open before what is unknown, each in the order of the ranking; only what states hours is read."""
    from ht_cli.hours import CLOSED, OPEN, UNKNOWN, openings_of  # 10 ms with the time zone, wanted only for a search by hours

    stated = lookups.resources(lookups.with_hours([candidate.cell.resource for candidate in candidates]))
    states = {number: openings_of(resource, moment).best.state for number, resource in stated.items()}
    ordered: dict[str, list[Candidate]] = {OPEN: [], UNKNOWN: [], CLOSED: []}
    for candidate in candidates:
        ordered[states.get(candidate.cell.resource, UNKNOWN)].append(candidate)
    return Narrowed([*ordered[OPEN], *ordered[UNKNOWN]], len(ordered[CLOSED]))


def answering_lines_first(candidates: Sequence[Candidate], lookups: Lookups) -> list[Candidate]:
    """Let the lines that are closed now change places with those after them that answer or may; what is no line stays where it is."""
    from ht_cli.hours import CLOSED, openings_now  # wanted only where somebody may be in danger

    helpline = lookups.mask("kinds", ("helpline",))
    places = [place for place, candidate in enumerate(candidates) if candidate.cell.kind & helpline]
    numbers = lookups.with_hours([candidates[place].cell.resource for place in places])
    lines = lookups.resources(numbers)
    closed = {number for number, openings in zip(lines, openings_now([*lines.values()]), strict=True) if openings.best.state == CLOSED}
    ordered = sorted((candidates[place] for place in places), key=lambda candidate: candidate.cell.resource in closed)
    moved = dict(zip(places, ordered, strict=True))
    return [moved.get(place, candidate) for place, candidate in enumerate(candidates)]
