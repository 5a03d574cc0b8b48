"""What a good referral is: each rule of docs/referral.md as a function of the same name, which gives points.

The order of the answers is that of the sums. Ten points are about what being fifteen kilometres nearer is worth; a rule that
may only decide between equals gives fewer, one that nothing else may outweigh gives more.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ht_cli.model import NETWORKS, YOUNG, Query
from ht_cli.search.filtering import audiences_meant, audiences_of_age
from ht_cli.search.lookups import ANYWHERE, COSTS, EMERGENCY, PHONE, UNREACHABLE_RANK, WRITING, Cell, Lookups
from ht_cli.search.names import HOUSE, MOST, PART, WHOLE

LISTED, LATER, LISTED_LAST, FURTHER, RELATED, ANY, ANY_GROUP = 60, 6, 42, 5, 20, 30, 10
NAME = {WHOLE: 400, MOST: 250, HOUSE: 150, PART: 25}
NETWORK, NETWORK_BESIDE_NEED, NETWORK_WITHOUT_NUMBER, NETWORK_BESIDE_OFFER, NETWORK_IN_DANGER, NETWORK_OF_OTHERS = 70, 32, 4, 12, -10, -90
LISTED_FOR_THEM, OPEN_TO_ALL, NOT_SAID_FOR_WHOM, NEXT_TO_THEM = 12, 8, 3, 0
FOR_OTHERS, ONLY_FOR_THE_YOUNG, RESERVED = -25, -35, -45
THEIR_SECOND_LANGUAGE, NOT_THEIR_LANGUAGE, LANGUAGE_NOT_SAID = -16, -45, -4
FOR_THE_ONES_CLOSE, FOR_THE_OTHER_SIDE = 8, -45
LINE_FOR_IT, LINE_IN_THEIR_SECOND_LANGUAGE, TEAM_HERE, NO_EMERGENCY = 80, 40, 62, -60
OTHER_LANGUAGE = "other-language"
AT_HAND, PER_KM, TOO_FAR = 30.0, 0.6, -25.0
TOO_FAR_TO_COME = 30.0  # km
OF_THE_TOWN, OF_THE_PROVINCE, INSIDE, OF_THE_REGION, OF_THE_COUNTRY, OF_ANOTHER_TOWN = 26, 20, 16, 14, 10, 0
BY_PHONE, BY_MAIL, IN_PERSON_ALONE = 14, 3, -6
OFFER, KIND, CHANNEL, COST = 12, 12, 6, 6
ALL_THAT_IS_ASKED = 4  # how much more an offer or a kind weighs where neither town nor need is asked
DIRECTORY = -20
STEPS_TO_A_POINT = 40  # of the static rank
ANYONE = ("adults", "everyone")
IN_PERSON_KINDS = ("service", "group")
TAKING_ANY_NEED = ("service", "helpline", *NETWORKS)
VICTIMS = ("women", "children")
HARMING = "fear-of-harming"
TEAMS = ("mobile-team", "crisis-care")


class Candidate:
    """A resource by what is known of it: its cell, the needs it lists, how it serves the place, and why it is here."""

    __slots__ = ("area", "cell", "is_network", "km", "named", "needs", "weighed", "worth")

    def __init__(self, cell: Cell, area: str) -> None:
        self.cell = cell
        self.area = area  # the code of the nearest area in which it serves the place; empty where it serves none of it
        self.needs: list[str] = []  # why it is an answer to a need, the best first: need:ID, heard:ID, any, related:ID
        self.worth = 0  # of the best
        self.km: float | None = None  # to its nearest public address
        self.named = 0
        self.is_network = False
        self.weighed: list[tuple[str, float]] = []

    @property
    def points(self) -> float:
        """The sum of the rules."""
        return sum(points for _rule, points in self.weighed)

    @property
    def lists_need(self) -> bool:
        """Whether a need that is asked for is among those it lists."""
        return bool(self.needs) and self.needs[0].startswith(("need:", "heard:"))

    @property
    def why(self) -> list[str]:
        """The reasons, the strongest first: name, network, the needs, the area; and that it speaks another language than the asker's."""
        named, network = ["name"] * bool(self.named), ["network"] * self.is_network
        area = [f"area:{self.area.removeprefix('in:')}"] if self.area not in ("", ANYWHERE) else []
        other = [OTHER_LANGUAGE] if dict(self.weighed).get("in_their_language", 0) <= THEIR_SECOND_LANGUAGE else []
        return [*named, *network, *self.needs, *area, *other]


class Case(NamedTuple):
    """A question as the rules look at it: what is asked, as the masks of cells."""

    query: Query
    needs: tuple[str, ...]
    in_danger: bool
    in_crisis: bool  # in danger, or somebody must be seen or spoken to now
    asked_needs: int
    asked_for: int  # audiences that are said, by a word or an age
    meant_for: int  # and those whom the needs and the relations are about
    languages: tuple[int, int]  # of the asker, and those of the place beside them
    here: frozenset[str]  # codes of the places
    masks: dict[str, int]
    lines: frozenset[int]  # to call in this danger
    emergency: frozenset[int]  # numbers of resources that are for an emergency alone


def case_of(query: Query, needs: Sequence[str], lookups: Lookups, languages: Sequence[str]) -> Case:
    """Prepare a question for the rules; `languages` are the reader's."""
    mask = lookups.mask
    asked_for = query.audiences or audiences_of_age(query.age)
    asker = query.languages or query.spoken or tuple(languages[:1])
    local = [code for place in query.places for code in place.languages]
    in_danger = query.danger.level == "alarm"
    return Case(
        query=query,
        needs=tuple(needs),
        in_danger=in_danger,
        in_crisis=in_danger or "crisis" in needs,
        asked_needs=sum(1 << lookups.need_number(need) for need in needs),
        asked_for=mask("audiences", asked_for),
        meant_for=mask("audiences", {*asked_for, *audiences_meant(query, needs, lookups)}),
        languages=(mask("languages", asker), mask("languages", local or languages)),
        here=frozenset(place.code for place in query.places),
        masks={
            "anyone": mask("audiences", ANYONE), "everyone": mask("audiences", ("everyone",)), "young": mask("audiences", YOUNG),
            "victims": mask("audiences", VICTIMS), "offers": mask("offers", query.offers), "kinds": mask("kinds", query.kinds),
            "relatives": mask("audiences", [a for relation in query.relations for a in lookups.fits("relations", relation)]),
            "channels": mask("channels", query.channels), "directory": mask("kinds", ("directory", "platform")),
            "in_person": mask("kinds", IN_PERSON_KINDS), "takes_any": mask("kinds", TAKING_ANY_NEED), "network": mask("kinds", NETWORKS), "comes": mask("offers", TEAMS),
            "mobile": mask("offers", TEAMS[:1]),
        },
        emergency=frozenset(lookups.numbers_of(EMERGENCY)),
        lines=_lines(query, lookups),
    )  # fmt: skip


def _lines(query: Query, lookups: Lookups) -> frozenset[int]:
    """Give the lines to call in a danger; those for minors only where one is in it."""
    kinds = query.danger.kinds if query.danger.level == "alarm" else ()
    young = query.minor or "child-abuse" in kinds
    return frozenset(number for kind in kinds for number in lookups.urgent_numbers(kind, minors=young))


def called_by_name(candidate: Candidate, case: Case) -> float:
    """What the question names comes first, the surer the higher."""
    return NAME.get(candidate.named, 0)


def what_is_needed(candidate: Candidate, case: Case) -> float:
    """What lists the need comes before what takes any, and that before what lists one close to it.

    A group or a list that names no need does not take any: it is about something that the catalogue has no word for.
    """
    if candidate.is_network:
        return max(candidate.worth, ANY if case.needs else 0)
    if candidate.needs[:1] == ["any"] and not candidate.cell.kind & case.masks["takes_any"]:
        return ANY_GROUP
    return candidate.worth + FURTHER * max(len(candidate.needs) - 1, 0)


def its_own_network(candidate: Candidate, case: Case) -> float:
    """The network of the place and the age: first where nothing is said, else beside what lists the need.

    The networks of the young are where help for a child begins; one for adults that nobody can call is named further down.
    """
    if not candidate.is_network:
        another = candidate.cell.kind & case.masks["network"] and not case.query.kinds and not candidate.named
        return NETWORK_OF_OTHERS if another else 0
    if case.in_danger:
        return NETWORK_IN_DANGER
    if case.query.offers or case.query.kinds:
        return NETWORK_BESIDE_OFFER
    if not case.needs:
        return NETWORK
    return NETWORK_BESIDE_NEED if case.query.minor or candidate.cell.reach == PHONE else NETWORK_WITHOUT_NUMBER


def for_this_person(candidate: Candidate, case: Case) -> float:
    """Whom it serves, held against for whom the help is; where nobody says, for any adult."""
    served = candidate.cell.audiences
    if candidate.is_network:  # that of the age was chosen
        return LISTED_FOR_THEM if case.asked_for else OPEN_TO_ALL
    if not served:
        return NOT_SAID_FOR_WHOM
    if served & case.asked_for:
        return LISTED_FOR_THEM
    if served & (case.masks["everyone"] | case.meant_for):
        return OPEN_TO_ALL
    if served & case.masks["anyone"]:
        return NEXT_TO_THEM if case.asked_for else OPEN_TO_ALL
    return FOR_OTHERS if served & ~case.masks["young"] else ONLY_FOR_THE_YOUNG


def not_reserved_for_others(candidate: Candidate, case: Case) -> float:
    """What is there for one group or one illness stays behind what is for all, unless that group is said or heard."""
    cell = candidate.cell
    other_group = cell.group and not cell.group & case.meant_for
    other_illness = cell.reserved and not cell.reserved & case.asked_needs
    known = candidate.named or candidate.is_network
    return RESERVED if (other_group or other_illness) and not known else 0


def in_their_language(candidate: Candidate, case: Case) -> float:
    """The language of the question first, then those of the place; what speaks neither far behind."""
    spoken = candidate.cell.languages
    asker, place = case.languages
    if not spoken:
        return LANGUAGE_NOT_SAID
    if spoken & asker:
        return 0
    return THEIR_SECOND_LANGUAGE if spoken & place and not case.query.languages else NOT_THEIR_LANGUAGE


def for_this_role(candidate: Candidate, case: Case) -> float:
    """Who is close to somebody finds what is for those close; who does harm and wants to stop is not sent among the harmed."""
    points = FOR_THE_ONES_CLOSE if candidate.cell.audiences & case.masks["relatives"] else 0
    if (
        HARMING in case.needs[:1]
        and candidate.cell.audiences & case.masks["victims"]
        and not any(HARMING in why for why in candidate.needs)
    ):
        points += FOR_THE_OTHER_SIDE
    return points


def for_this_moment(candidate: Candidate, case: Case) -> float:
    """In danger, or where somebody must be seen now: the lines for it first, and what comes or receives here beside them.

    The numbers for an emergency (112, the police, poison) are for the danger that they are for, and no help for anything else.
    """
    cell = candidate.cell
    if cell.resource in case.lines and cell.languages & (case.languages[0] | case.languages[1]):
        return LINE_FOR_IT if cell.languages & case.languages[0] else LINE_IN_THEIR_SECOND_LANGUAGE
    if cell.resource in case.emergency:
        return 0 if candidate.named or cell.resource in case.lines else NO_EMERGENCY
    if not case.in_crisis:
        return 0
    receives = cell.offers & case.masks["comes"] or (case.in_danger and candidate.lists_need)
    fitting = cell.kind & case.masks["in_person"] and not not_reserved_for_others(candidate, case)
    return TEAM_HERE if receives and fitting and _nearby(candidate, case) else 0


def _nearby(candidate: Candidate, case: Case) -> bool:
    """Say whether a team is near enough to come or to be gone to; of one whose address is not known, by the area it serves."""
    if candidate.km is not None:
        return candidate.km <= TOO_FAR_TO_COME
    kind = candidate.area.partition(":")[0]
    return kind == "nis" or candidate.area in case.here or (kind == "province" and bool(candidate.cell.offers & case.masks["mobile"]))


def near(candidate: Candidate, case: Case) -> float:
    """Where one goes to it, each kilometre counts; what is reached by phone or comes to the house counts by the area it serves."""
    if candidate.is_network:  # it is the one of this town, whatever area it names and wherever its office is
        return OF_THE_TOWN
    if candidate.km is not None and candidate.cell.kind & case.masks["in_person"]:
        return max(AT_HAND - PER_KM * candidate.km, TOO_FAR)
    kind, _, _name = candidate.area.partition(":")
    return {
        "nis": OF_THE_TOWN, "province": OF_THE_PROVINCE, "in": INSIDE, "region": OF_THE_REGION, "community": OF_THE_REGION,
        "country": OF_THE_COUNTRY,
    }.get(kind, OF_ANOTHER_TOWN)  # fmt: skip


def can_be_called(candidate: Candidate, case: Case) -> float:
    """A number to dial before an address to write to, that before a door to knock at."""
    reach = candidate.cell.reach
    return BY_PHONE if reach == PHONE else BY_MAIL if reach == WRITING else IN_PERSON_ALONE


def as_wished(candidate: Candidate, case: Case) -> float:
    """An offer, a kind, a way to reach it or a cost that words wish for."""
    cell, query, masks = candidate.cell, case.query, case.masks
    weight = 1 if case.needs or query.places or case.in_danger else ALL_THAT_IS_ASKED
    wished = weight * (OFFER * bool(cell.offers & masks["offers"]) + KIND * bool(cell.kind & masks["kinds"]))
    return wished + CHANNEL * bool(cell.channels & masks["channels"]) + COST * (bool(query.costs) and COSTS[cell.cost] in query.costs)


def help_before_lists(candidate: Candidate, case: Case) -> float:
    """A directory or a platform points to help and is none."""
    return DIRECTORY if candidate.cell.kind & case.masks["directory"] else 0


def known_well(candidate: Candidate, case: Case) -> float:
    """Of equals, the one whose facts are sure, complete and checked."""
    return -min(candidate.cell.rank, UNREACHABLE_RANK) / STEPS_TO_A_POINT


RULES: tuple[Callable[[Candidate, Case], float], ...] = (
    called_by_name, what_is_needed, its_own_network, for_this_person, not_reserved_for_others, in_their_language, for_this_role,
    for_this_moment, near, can_be_called, as_wished, help_before_lists, known_well,
)  # fmt: skip


def weigh(candidate: Candidate, case: Case) -> None:
    """Hold every rule against a candidate."""
    candidate.weighed = [(rule.__name__, points) for rule in RULES if (points := rule(candidate, case))]
