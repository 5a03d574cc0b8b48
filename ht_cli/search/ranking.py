"""Query → the resources that answer, best first: gathers the candidates; search/referral.py says what each is worth."""

from collections.abc import Iterator, Sequence

from ht_cli.model import NEEDS_OF_DANGER, Place, Query
from ht_cli.places.distance import distance_km
from ht_cli.search.areas import areas_of
from ht_cli.search.case import (
    BIRTH,
    CARING,
    GROUP_OF_NEEDS,
    HARMING,
    HOMELESS,
    LISTENING,
    MOURNING,
    NEEDS_OF_WHO_THEY_ARE,
    OF_VICTIMS,
    PARENT_ILLNESS,
    SURELY_HEARD,
    VIOLENCE,
    WITH_RELATIVES,
    Case,
    case_of,
    lines_of_despair,
)
from ht_cli.search.danger import DANGERS_OF_NEEDS, needs_of
from ht_cli.search.filtering import audiences_asked, filters_of, relations_meant
from ht_cli.search.lookups import ANY_NEED, EMERGENCY, GENERAL, HIDDEN, PHONE, Cell, Filters, Lookups
from ht_cli.search.names import HOUSE, MOST, PART
from ht_cli.search.referral import (
    ANY,
    LATER,
    LISTED,
    LISTED_LAST,
    RELATED,
    UNSURE,
    Candidate,
    for_an_emergency_alone,
    for_another_subject_alone,
    for_who_harms_alone,
    for_whoever_is_ill,
    is_about_something_else,
    is_of_a_group_nobody_named,
    listens_in_another_language,
    trains_helpers,
    weigh,
)
from ht_cli.shapes import NamedTuple

SPARE = 32  # cells read of each area and need for a short list: nearly all that there are today
ROWS_APART = 5  # in so many rows the same number stands once
WIDE_NET = 400  # the same for a longer one, and where a distance or the hours sort out most of what is found
EVERYTHING = 10_000_000
SUICIDE = "suicide"
NO_ANSWERS = (
    for_an_emergency_alone, for_whoever_is_ill, for_who_harms_alone, for_another_subject_alone, trains_helpers, is_about_something_else,
    listens_in_another_language, is_of_a_group_nobody_named,
)  # fmt: skip
OF_BOTH_NETWORKS = range(18, 24)  # years; the networks of the young go to twenty-three
ONE_NETWORK = {"region:brussels": "21004"}  # the nineteen municipalities have the same networks as the city


class Asker(NamedTuple):
    """How the search is to be made: the reader's language first, and what may be shown."""

    languages: tuple[str, ...]
    show_all: bool = False


def rank(query: Query, lookups: Lookups, asker: Asker, limit: int) -> list[Candidate]:
    """Give up to `limit` candidates, best first; the first n are the same for every limit.

    A short list costs a few cells of each area and need, however large the catalogue, and a longer one some more; a very long one
    reads them all.
    """
    best: list[Candidate] = []
    for depth in (SPARE, WIDE_NET, EVERYTHING):
        known = {candidate.cell.resource for candidate in best}
        ordered, looked_at = _ordered(query, lookups, asker, depth)
        best += [c for c in ordered if c.cell.resource not in known][: depth - len(best)]
        if limit <= depth or looked_at < depth:  # as many as wanted, or all that there are
            break
    return best[:limit]


def count_ranked(query: Query, lookups: Lookups, asker: Asker) -> int:
    """Count all candidates that `rank` would give, by reading them, without saying what each is worth."""
    case = _case_of(query, lookups, asker)
    return len(_helping(case, _found(case, lookups, asker, EVERYTHING)))


def _ordered(query: Query, lookups: Lookups, asker: Asker, depth: int) -> tuple[list[Candidate], int]:
    """Order the candidates of the first `depth` cells of each area and need, and give how many were looked at."""
    case = _case_of(query, lookups, asker)
    found = _found(case, lookups, asker, depth)
    helping = _helping(case, found)
    _measure({candidate.cell.resource: candidate for candidate in helping}, query, lookups)
    for candidate in helping:
        weigh(candidate, case)
    ordered = sorted(helping, key=lambda c: (-c.points, c.cell.rank, c.cell.resource))
    return _with_numbers_before_talk(ordered, case), len(found)


def _with_numbers_before_talk(ordered: list[Candidate], case: Case) -> list[Candidate]:
    """Let treatment without a number that stands before a line to talk to, in the first rows, step right behind it: who calls is heard today.

    The line speaks the language of who asks. Where an offer, a kind or a cost is wished for, what grants it is no less asked for than a call; and who is deaf calls nobody.
    """
    query = case.query
    shown = [one.cell for one in ordered[:ROWS_APART]]
    lines = (place for place, cell in enumerate(shown) if cell.resource in case.lines_of_anybody and cell.languages & case.languages[0])
    line = next(lines, 0)
    if not case.asks_to_be_treated or case.deaf or query.offers or query.kinds or query.costs:
        return ordered
    silent = [one for one in ordered[:line] if one.cell.reach != PHONE and not one.named]
    called = [one for one in ordered[:line] if one not in silent]
    return [*called, *ordered[line : line + 1], *silent, *ordered[line + 1 :]]


def _case_of(query: Query, lookups: Lookups, asker: Asker) -> Case:
    return case_of(query, _ranked_needs(asked_needs(query, lookups), query), lookups, asker.languages)


def _found(case: Case, lookups: Lookups, asker: Asker, depth: int) -> list[Candidate]:
    """Give the candidates of the first `depth` cells of each area and need."""
    query = case.query
    filters = filters_of(query, lookups, show_all=asker.show_all)
    candidates: dict[int, Candidate] = {}
    if query.facets:
        _gather(candidates, case, lookups, filters, depth)
        _add_houses_of_their_own(candidates, case, lookups, filters, depth)
        _add_networks(candidates, query, lookups, filters)
        _add_listeners(candidates, query, lookups, filters)
        _add_houses_in_the_language_asked(candidates, query, lookups, filters, depth)
        _add_branches(candidates, case, lookups, filters, depth)
        _add_houses_of_who_they_are(candidates, case, lookups, filters, depth)
        _add_interpreters(candidates, case, lookups, filters)
        _note_houses_of_victims(candidates, case, lookups)
        _note_what_is_against_a_custom(candidates, case, lookups)
    _add_named(candidates, case, lookups, filters.hidden & HIDDEN["contactless"])
    return [*candidates.values()]


def _helping(case: Case, found: Sequence[Candidate]) -> list[Candidate]:
    """Give those that may be an answer, to which none of the rules that say what is none holds."""
    return [one for one in found if not any(is_no_answer(one, case) for is_no_answer in NO_ANSWERS)]


def asked_needs(query: Query, lookups: Lookups) -> tuple[str, ...]:
    """Give the needs of the words, and of the danger they speak of, the likeliest first."""
    if query.danger.level != "alarm" or not (set(query.needs) - {"crisis"}).isdisjoint(NEEDS_OF_DANGER):
        return query.needs
    return tuple(dict.fromkeys([*query.needs, *needs_of(query.danger, lookups)]))


def _ranked_needs(needs: tuple[str, ...], query: Query) -> tuple[str, ...]:
    """Put behind the others a crisis that is said beside them ("I care for my mother and cannot go on").

    So is caring for somebody, beside the illness of whom it is. And, beside a birth, the fear of harming: a mother's dreadful images are
    helped where births are. A birth itself stands behind the grief for a child that was not born alive. To be without a roof, where words
    say it and nobody is in danger, comes before what else is the matter.
    """
    last = ("crisis", HARMING) if BIRTH in needs else ("crisis",)
    last = last if WITH_RELATIVES.isdisjoint(needs) else (*last, CARING)
    roof = set() if query.in_danger else {HOMELESS}.difference(dict(query.heard))
    return tuple(sorted(needs, key=lambda need: (need in last, need not in roof, need == BIRTH and MOURNING in needs)))


def _gather(candidates: dict[int, Candidate], case: Case, lookups: Lookups, filters: Filters, depth: int) -> None:
    """Walk the areas that serve the place, from the nearest, and the needs, from the one asked."""
    for area in areas_of(case.query):
        for need, worth, reason in _need_tiers(case, lookups):
            for cell in _cells(case.query, lookups, area, need, filters, depth):
                _credit(candidates.setdefault(cell.resource, Candidate(cell, area)), worth, reason)
    if case.asks_to_consult and not case.needs:
        for number in lookups.listing(GENERAL, [*candidates]):
            candidates[number].takes_any = True
    # One that stands low in a long list of a need may have been found by another: it is credited for what it lists all the same.
    for need, worth, reason in _need_tiers(case, lookups):
        missing = [number for number, found in candidates.items() if reason not in found.needs]
        if reason.startswith(("need:", "heard:")) and missing:
            for number in lookups.listing(need, missing):
                _credit(candidates[number], worth, reason)


def _need_tiers(case: Case, lookups: Lookups) -> Iterator[tuple[int, int, str]]:
    """Give the needs to look for, as the cells hold them, what each is worth, and its reason."""
    query, needs = case.query, case.needs
    if not needs:
        yield ANY_NEED, 0, ""
        return
    heard = dict(query.heard)
    for place, need in enumerate(needs):
        worth = LISTED if query.alike or "needs" in query.required else max(LISTED - LATER * place, LISTED_LAST)
        worth -= round(UNSURE * max(1 - heard.get(need, 1.0) / SURELY_HEARD, 0.0))
        yield lookups.need_number(need), worth, f"heard:{need}" if need in heard else f"need:{need}"
    if "needs" in query.required:
        return
    yield GENERAL, ANY, "any"
    if case.ill_parent and PARENT_ILLNESS not in needs:
        yield lookups.need_number(PARENT_ILLNESS), LISTED - LATER, f"related:{PARENT_ILLNESS}"
    close = (CARING,) if case.relative_of_the_ill else ()
    for related in sorted({*close, *(other for need in needs for other in lookups.fits("needs", need))} - set(needs)):
        yield lookups.need_number(related), RELATED, f"related:{related}"


def _cells(query: Query, lookups: Lookups, area: str, need: int, filters: Filters, depth: int) -> list[Cell]:
    """Read the best-ranked cells, and of those that fit the wishes more than the rank shows: each wish, and all of them together."""
    cells = lookups.cells(area, need, filters, depth)
    wishes = []
    if asked := audiences_asked(query):
        wishes.append(filters._replace(audiences=lookups.mask("audiences", asked)))
    if query.languages and not filters.languages:
        wishes.append(filters._replace(languages=lookups.mask("languages", query.languages)))
    if query.offers and not filters.offers:
        wishes.append(filters._replace(offers=lookups.mask("offers", query.offers)))
    if query.kinds and not filters.kinds:
        wishes.append(filters._replace(kinds=lookups.mask("kinds", query.kinds)))
    if len(cells) == depth:
        for wish in [*wishes, *([_all_of(wishes, filters)] if len(wishes) > 1 else ())]:
            cells += lookups.cells(area, need, wish, depth)
    return cells


def _all_of(wishes: Sequence[Filters], filters: Filters) -> Filters:
    """Give what meets every wish: of the many who speak Dutch and the many psychologists in Brussels, the few Dutch-speaking psychologists."""
    changed = {field: value for wish in wishes for field, value in wish._asdict().items() if value != getattr(filters, field)}
    return filters._replace(**changed)


def _credit(candidate: Candidate, worth: int, reason: str) -> None:
    """Note a need for which a candidate answers, the best first; one close to it counts only alone."""
    if not reason or reason in candidate.needs or (candidate.needs and reason.startswith("related:")):
        return
    if candidate.needs[:1] and candidate.needs[0].startswith("related:"):
        candidate.needs, candidate.worth = [], 0
    better = worth > candidate.worth
    candidate.needs.insert(0 if better else len(candidate.needs), reason)
    candidate.worth = max(candidate.worth, worth)


def _add_houses_of_their_own(candidates: dict[int, Candidate], case: Case, lookups: Lookups, filters: Filters, depth: int) -> None:
    """Add the houses here where one of a group that is said is received (students, deaf people …): they are there for them whatever the need."""
    query = case.query
    own = case.asked_for & case.masks["theirs_whatever_the_need"]
    if not own or not query.places or not query.needs or query.in_danger or "needs" in query.required:
        return
    for area in areas_of(query):
        for cell in lookups.cells(area, ANY_NEED, filters._replace(audiences=own), depth):
            found = candidates.get(cell.resource) or Candidate(cell, area)
            if cell.group & own and cell.offers & case.masks["consultation"] and not found.lists_need:
                candidates[cell.resource] = found
                _credit(found, ANY, "any")


def _add_houses_in_the_language_asked(
    candidates: dict[int, Candidate], query: Query, lookups: Lookups, filters: Filters, depth: int
) -> None:
    """Add the houses for whatever it is of the community whose language is asked for, where no place that is said speaks it.

    Who wants a German psychologist in Liège goes to Eupen, or calls there.
    """
    if not query.places or query.in_danger or "needs" in query.required:
        return
    for code in query.languages:
        if any(code in place.languages for place in query.places):
            continue
        only = filters._replace(languages=lookups.mask("languages", (code,)))
        for cell in lookups.cells(f"community:{code}", GENERAL, only, depth):
            found = candidates.setdefault(cell.resource, Candidate(cell, f"community:{code}"))
            if query.needs:
                _credit(found, ANY, "any")
            else:
                found.takes_any = True


def _add_branches(candidates: dict[int, Candidate], case: Case, lookups: Lookups, filters: Filters, depth: int) -> None:
    """Let the branch in town of a house that takes any need and has its seat elsewhere take any need too: who calls its number is received there."""
    query, welcomes = case.query, case.masks["first_contact"]
    seats = [
        one for one, found in candidates.items() if found.needs[:1] == ["any"] and found.cell.offers & welcomes and not found.is_network
    ]
    if not seats or not query.places or "needs" in query.required:
        return
    for town in query.places[0].towns:
        area = f"nis:{town}"
        of_the_town = [
            Candidate(cell, area)
            for cell in lookups.cells(area, ANY_NEED, filters._replace(offers=welcomes), depth)
            if cell.kind & case.masks["service"] and cell.resource not in seats
        ]
        in_town = {number for number, nis, _latitude, _longitude in lookups.homes(seats) if nis == town} if of_the_town else set()
        numbers = lookups.first_numbers([*seats, *(one.cell.resource for one in of_the_town)]) if of_the_town else {}
        of_seats = {numbers[seat] for seat in seats if seat in numbers and seat not in in_town}
        for branch in of_the_town:
            found = candidates.get(branch.cell.resource, branch)
            if numbers.get(branch.cell.resource) in of_seats and not found.lists_need:
                candidates[branch.cell.resource] = found
                _credit(found, ANY, "any")


def _add_houses_of_who_they_are(candidates: dict[int, Candidate], case: Case, lookups: Lookups, filters: Filters, depth: int) -> None:
    """Add what is there for a group that is said (LGBTQIA+ people, exiles), where something else is asked for: they are told of both."""
    query = case.query
    if not query.needs or "needs" in query.required or not query.places:
        return
    asked = audiences_asked(query)
    for need in (need for need in NEEDS_OF_WHO_THEY_ARE if GROUP_OF_NEEDS[need] in asked and need not in query.needs):
        theirs = filters._replace(audiences=lookups.mask("audiences", (GROUP_OF_NEEDS[need],)))
        for area in areas_of(query):
            for cell in lookups.cells(area, lookups.need_number(need), theirs, depth):
                found = candidates.setdefault(cell.resource, Candidate(cell, area))
                if not found.lists_need:
                    found.needs, found.worth, found.theirs = [f"need:{need}"], LISTED_LAST, True


def _add_interpreters(candidates: dict[int, Candidate], case: Case, lookups: Lookups, filters: Filters) -> None:
    """Add who interprets here, where an interpreter is asked for: whoever helps can ask for one, though they work for professionals."""
    known = filters._replace(audiences=0, grown_up=0, age=-1, low=-1, high=-1, hidden=filters.hidden & ~HIDDEN["professionals"])
    for number in case.interpreters:
        found = candidates.get(number) or serving(number, case.query, lookups, known)
        if found:
            candidates[number] = found
            if not found.needs and case.needs:
                _credit(found, ANY, "any")


def _note_what_is_against_a_custom(candidates: dict[int, Candidate], case: Case, lookups: Lookups) -> None:
    """Note what lists exile, and what a sexual violence, where a violence is spoken of: both tell what is there against a custom."""
    if set(VIOLENCE).isdisjoint(case.needs):
        return
    for number in lookups.listing(lookups.need_number("exile"), [*candidates]):
        candidates[number].lists_exile = True
    for number in lookups.listing(lookups.need_number("sexual-violence"), [*candidates]):
        candidates[number].lists_sexual_violence = True


def _note_houses_of_victims(candidates: dict[int, Candidate], case: Case, lookups: Lookups) -> None:
    """Note who helps the victims of a crime through a trial, where somebody speaks of a sentence: they list nothing else."""
    if case.after_a_sentence:
        theirs = {lookups.need_number(need) for need in OF_VICTIMS}
        for number in lookups.listing(lookups.need_number("trauma"), [one for one in candidates if candidates[one].lists("justice")]):
            candidates[number].for_victims = {cell.need for cell in lookups.cells_of(number, 0)} <= theirs


def _add_networks(candidates: dict[int, Candidate], query: Query, lookups: Lookups, filters: Filters) -> None:
    """Add the networks of the place, which take any need, whatever they list; they still have to meet the filters."""
    for network in networks_of(query, lookups):
        if network not in candidates and (found := serving(network, query, lookups, filters)):
            candidates[network] = found
        if network in candidates:
            candidates[network].is_network = True


def _add_listeners(candidates: dict[int, Candidate], query: Query, lookups: Lookups, filters: Filters) -> None:
    """Add the lines to talk to somebody, which take any need too, and those for a need that may be a danger, which list it.

    Also those of the community whose language is asked for or spoken, wherever the town is: they are a phone call away.
    """
    lines = lines_for_needs(query, lookups)
    # Who asks for somebody to talk to may not say all.
    despair = lines_of_despair(lookups) if LISTENING in query.offers and query.needs and "needs" not in query.required else []
    for number in dict.fromkeys([*lines, *listeners_of(query, lookups), *despair]):
        found = (
            candidates.get(number) or serving(number, query, lookups, filters) or _called_in_their_language(number, query, lookups, filters)
        )
        if found:
            candidates[number] = found
            if number in lines and not found.lists_need:
                found.needs, found.worth = ["any"], LISTED
            elif number in despair:
                _credit(found, RELATED, f"related:{SUICIDE}")
            elif not found.needs:
                _credit(found, ANY, "any")


def _called_in_their_language(resource: int, query: Query, lookups: Lookups, filters: Filters) -> Candidate | None:
    """Give, for a place of the country, a line of the community whose language the question asks for, else is in; None where it is of another."""
    only = filters._replace(resource=resource)
    areas = [f"community:{code}" for code in query.languages or query.spoken] if query.places else []
    return next((Candidate(cell, area) for area in areas for cell in lookups.cells(area, ANY_NEED, only, 1)), None)


def listeners_of(query: Query, lookups: Lookups) -> list[int]:
    """Give the lines to talk to somebody, where words name a need and no option requires one."""
    return [] if "needs" in query.required or not query.needs else lookups.urgent_numbers("crisis", minors=query.minor)


def lines_for_needs(query: Query, lookups: Lookups) -> list[int]:
    """Give the lines that answer for the danger of an alarm, or for a need in which somebody may be in danger (abuse of the old).

    112 and the police, and without an alarm the poison centre, stand in the block before the answers and in no list.
    """
    in_danger = query.in_danger
    dangers = query.danger.kinds[:1] if in_danger else [DANGERS_OF_NEEDS[need] for need in query.needs[:1] if need in DANGERS_OF_NEEDS]
    if "needs" in query.required or not dangers:
        return []
    left_out = lookups.numbers_of(EMERGENCY[:2] if in_danger else EMERGENCY)
    return [
        number
        for danger in dangers
        for number in lookups.urgent_numbers(danger, minors=query.minor and in_danger)
        if number not in left_out
    ]


def networks_of(query: Query, lookups: Lookups) -> list[int]:
    """Give the networks of the towns asked: the youth one for a minor, the adult one for an adult, both where only a place is said.

    The young of eighteen to twenty-three are received by both; who calls a service by its name asks for no network of another age.
    """
    networks = []
    for place in query.places:
        for adult, youth in _networks_of_a_place(place, lookups):
            networks += [youth] if query.minor else [adult, youth] if _of_any_age(query) or _about_a_child(query) else [adult]
    return [network for network in dict.fromkeys(networks) if network]


def _networks_of_a_place(place: Place, lookups: Lookups) -> Sequence[tuple[int, int]]:
    """Give the adult and the youth network of each town of a place; of a province, those of all its towns."""
    if place.kind == "province":
        return lookups.networks_inside(place.province)
    towns = place.towns or ([ONE_NETWORK[place.code]] if place.code in ONE_NETWORK else [])
    return [lookups.networks(nis) for nis in towns]


def _of_any_age(query: Query) -> bool:
    """Say whether nothing is asked for but a place, or nothing but an age of which both networks are."""
    if query.needs or query.danger.level == "alarm" or max(query.names.values(), default=0) >= HOUSE:
        return False
    if query.age is not None:
        return query.age in OF_BOTH_NETWORKS
    return not (query.audiences or query.offers or query.costs or query.kinds or query.languages or query.channels)


def _about_a_child(query: Query) -> bool:
    """Say whether somebody's child, perhaps grown up, needs the help."""
    return "child" in relations_meant(query.relations, query.needs) and query.age is None and not query.audiences


def serving(resource: int, query: Query, lookups: Lookups, filters: Filters | None = None) -> Candidate | None:
    """Give a resource with the nearest area in which it serves the places of the question; None when it serves none."""
    only = (filters or Filters())._replace(resource=resource)
    for area in areas_of(query):
        for cell in lookups.cells(area, ANY_NEED, only, 1):
            return Candidate(cell, area)
    return None


def _add_named(candidates: dict[int, Candidate], case: Case, lookups: Lookups, hidden: int) -> None:
    """Credit names; what is not named whole and serves another town does not come before what serves this one.

    Nor, in danger, before the help for it: "the key of his cat" calls no De Sleutel. The university that a student names is meant, whatever it lists.
    """
    query = case.query
    for resource, sure in query.names.items():
        cells = lookups.cells_of(resource, hidden)
        their_school = case.names_a_school and any(cell.audiences & case.masks["students"] for cell in cells)
        if not cells or (sure == PART and resource not in candidates and query.facets and not their_school):
            continue
        candidate = candidates.get(resource)
        if candidate is None and query.places:
            candidate = serving(resource, query, lookups)
            if candidate is None and sure == HOUSE:
                continue
            sure = PART if candidate is None and sure == MOST else sure
        if query.in_danger and sure == MOST:
            sure = PART
        candidate = candidates.setdefault(resource, candidate or Candidate(cells[0], ""))
        candidate.named = sure


def _measure(candidates: dict[int, Candidate], query: Query, lookups: Lookups) -> None:
    """Say how far each candidate's nearest public address is from the town, in km; unknown ones, and a province, have none."""
    if not query.places or not query.places[0].nis or not candidates:
        return
    town = query.places[0]
    for number, nis, latitude, longitude in lookups.homes(list(candidates)):
        km = 0.0 if nis == town.nis else round(distance_km(town.latitude, town.longitude, latitude, longitude), 1)
        known = candidates[number].km
        candidates[number].km = km if known is None else min(km, known)
