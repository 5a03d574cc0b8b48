"""The whole answer to a Query: hits with distances, the lines to call first, and the way on where nothing is found."""

from collections.abc import Sequence

from ht_cli.model import Hit, Moment, Place, Query
from ht_cli.search.areas import areas_of
from ht_cli.search.danger import OVERDOSE, urgent_lines
from ht_cli.search.dialling import with_their_numbers
from ht_cli.search.filtering import filters_of
from ht_cli.search.lookups import ANY_NEED, ANYWHERE, GENERAL, Lookups
from ht_cli.search.narrowing import answering_lines_first, narrow, narrows
from ht_cli.search.ranking import EVERYTHING, ROWS_APART, SPARE, WIDE_NET, Asker, asked_needs, count_ranked, rank
from ht_cli.search.referral import TOO_FAR_TO_COME, Candidate
from ht_cli.search.wishes import Wishes
from ht_cli.shapes import NamedTuple

NEIGHBOURS = 3
COUNTABLE = 2_000  # resources that are read to be counted: two hundredths of a second


class Rung(NamedTuple):
    """One way on: what to leave out or where else to look, and exactly how many resources that gives."""

    facet: str
    resources: int
    place: Place | None = None


class Answer(NamedTuple):
    """Hits, best first; rungs when there is no hit; whether more would follow.

    `total` is how many there are, where that is known without counting: where all of them were looked at.
    `closed` counts what a moment left out, and `without_address` what a distance did that serves the place, nobody knows where;
    `closed_and_more` says that there may be further ones of either.
    """

    hits: Sequence[Hit] = ()
    ladder: Sequence[Rung] = ()
    more: bool = False
    total: int | None = None
    closed: int = 0
    closed_and_more: bool = False
    without_address: int = 0


def answer(query: Query, wishes: Wishes, lookups: Lookups, languages: Sequence[str], limit: int) -> Answer:
    """Search, and give what belongs to an honest answer."""
    narrowing = narrows(query, wishes)
    wanted = max(WIDE_NET if narrowing else SPARE, limit + 1)
    candidates = rank(query, lookups, Asker(tuple(languages), wishes.show_all), wanted)
    if query.in_danger and wishes.open_at is None:
        lines = [line.id for line in urgent_lines(query, lookups, languages)]
        swallowed = query.danger.kinds[:1] == (OVERDOSE,)
        candidates = [*answering_lines_first(candidates[:SPARE], lines, lookups, swallowed=swallowed), *candidates[SPARE:]]
    left = narrow(candidates, query, wishes, lookups)
    ordered = left.candidates
    if wishes.open_at is None:  # else what is open stands before what may be
        ordered = [*with_numbers_apart(ordered[:SPARE], lookups), *ordered[SPARE:]]
    hits = _hits(ordered[:limit], query, wishes, lookups, languages)
    if not hits:
        return Answer(ladder=ladder(query, wishes, lookups))
    all_read = len(candidates) < wanted
    total = len(left.candidates) if all_read else None
    return Answer(
        hits, more=len(left.candidates) > limit, total=total, closed=left.closed, closed_and_more=narrowing and not all_read,
        without_address=left.without_address,
    )  # fmt: skip


def _hits(candidates: Sequence[Candidate], query: Query, wishes: Wishes, lookups: Lookups, languages: Sequence[str]) -> list[Hit]:
    resources = lookups.resources([candidate.cell.resource for candidate in candidates])
    hits = [
        Hit(
            resources[candidate.cell.resource],
            candidate.points,
            tuple(candidate.why),
            _km_to(candidate, wishes),
            weighed=tuple(candidate.weighed),
        )
        for candidate in candidates
    ]
    hits = with_their_numbers(hits, query, languages, lookups)
    return hits if wishes.open_at is None else with_openings(hits, wishes.open_at)


def _km_to(candidate: Candidate, wishes: Wishes) -> float | None:
    """Give how far away it is; of the seat of what serves a whole community or the country only where it is near, or a distance is asked for."""
    far = candidate.works_far_and_wide and (candidate.km or 0) > TOO_FAR_TO_COME
    return None if far and wishes.near is None else candidate.km


def with_numbers_apart(candidates: Sequence[Candidate], lookups: Lookups) -> list[Candidate]:
    """Let a row step back, behind the next four at most, whose number stands in one of the four before it: who called it needs another.

    What is called by its name, or by that number, stays; so does what lists a need that is asked for, and is more than another way there.
    """
    numbers = lookups.first_numbers([one.cell.resource for one in candidates])
    waiting, ordered = list(candidates), list[Candidate]()
    while waiting:
        above = {numbers.get(one.cell.resource) for one in ordered[1 - ROWS_APART :]} - {None}
        stays = (one.named or one.lists_need or numbers.get(one.cell.resource) not in above for one in waiting[:ROWS_APART])
        ordered.append(waiting.pop(next((place for place, kept in enumerate(stays) if kept), 0)))
    return ordered


def with_openings(hits: Sequence[Hit], moment: Moment) -> list[Hit]:
    """Give the same hits, each with whether it answers at a moment."""
    from ht_cli.hours import openings_of  # 10 ms with the time zone, wanted only by people, and for a search by hours

    return [hit._replace(openings=openings_of(hit.resource, moment)) for hit in hits]


_DROPPABLE = ("needs", "audiences", "offers", "kinds", "languages", "channels", "costs", "referral", "age", "places")


def ladder(query: Query, wishes: Wishes, lookups: Lookups) -> list[Rung]:
    """Count what leaving out each filter alone would give, then what the neighbours and help at a distance have."""
    rungs = []
    for facet in _DROPPABLE:
        if getattr(query, facet) not in ((), None):
            empty = None if facet == "age" else ()
            without = query._replace(**{facet: empty}, required=query.required - {facet})  # type: ignore[arg-type]
            rungs.append(Rung(facet, count_narrowed(without, wishes, lookups)))
    core = query._replace(**dict.fromkeys(_DROPPABLE[1:-2], ()), age=None, required=query.required & {"needs"})  # type: ignore[arg-type]
    rungs.append(Rung("core", count(core, lookups)))
    if wishes.near is not None:
        rungs.append(Rung("near", count_narrowed(query, wishes._replace(near=None), lookups)))
    if wishes.open_at is not None:
        rungs.append(Rung("open_at", count_narrowed(query, wishes._replace(open_at=None), lookups)))
    for place in query.places[:1]:
        for neighbour in lookups.neighbours(place, NEIGHBOURS) if place.nis else ():
            rungs.append(Rung("neighbour", count_narrowed(query._replace(places=(neighbour,)), wishes, lookups), neighbour))
    online = core._replace(places=(), channels=("phone", "online", "chat"), required=core.required | {"channels"})
    rungs.append(Rung("online", count_narrowed(online, wishes, lookups)))
    return [rung for rung in rungs if rung.resources]


def count_narrowed(query: Query, wishes: Wishes, lookups: Lookups) -> int:
    """Count the resources that meet a query, a distance and a moment; by reading them where the last two are asked for."""
    if not narrows(query, wishes):
        return count(query, lookups)
    return len(narrow(rank(query, lookups, Asker(()), EVERYTHING), query, wishes, lookups).candidates)


def count(query: Query, lookups: Lookups, *, show_all: bool = False) -> int:
    """Count the resources that meet a query, as the search itself would find them; beyond `COUNTABLE` about how many there are.

    So many are read to be counted: which of them are no answer, and which are one by their name alone, no list of numbers says.
    """
    asker = Asker((), show_all)
    about = _count_cells(query, lookups, asker)
    return about if about > COUNTABLE else count_ranked(query, lookups, asker)


def _count_cells(query: Query, lookups: Lookups, asker: Asker) -> int:
    """Count the resources that serve the place of a query for its needs: one look-up, however many there are."""
    if not query.facets:
        return 0
    needs = asked_needs(query, lookups)
    numbers = [ANY_NEED]
    if needs:
        numbers = [lookups.need_number(need) for need in needs]
        if "needs" not in query.required:
            related = {other for need in needs for other in lookups.fits("needs", need)}
            numbers += [GENERAL, *(lookups.need_number(need) for need in related)]
    areas = [*areas_of(query)] if query.places else [ANYWHERE]
    return lookups.count(areas, numbers, filters_of(query, lookups, show_all=asker.show_all))
