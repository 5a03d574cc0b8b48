"""What a good referral is: each rule of docs/referral.md as a function of the same name, which gives points.

The order of the answers is that of the sums. Ten points are about what being fifteen kilometres nearer is worth; a rule that
may only decide between equals gives fewer, one that nothing else may outweigh gives more.
"""

from collections.abc import Callable

from ht_cli.model import ILLNESSES
from ht_cli.search.case import (
    BETWEEN_TWO,
    BIRTH,
    CARING,
    FEELINGS,
    HARMING,
    HOMELESS,
    INFANT,
    MOURNING,
    REIMBURSED,
    TREATED,
    VIOLENCE,
    Case,
)
from ht_cli.search.filtering import OF_A_CHILD
from ht_cli.search.lookups import ANYWHERE, COSTS, NO_AGE_LIMIT, PHONE, UNREACHABLE_RANK, WRITING, Cell
from ht_cli.search.names import HOUSE, MOST, PART, WHOLE

LISTED, LATER, LISTED_LAST, FURTHER, RELATED, ANY, ANY_SOMEWHERE, ANY_GROUP, OF_NO_NEED = 62, 8, 38, 6, 20, 26, 0, -30, 8
NAME = {WHOLE: 400, MOST: 250, HOUSE: 150, PART: 25}
THEIR_SCHOOL = 100
NETWORK, NETWORK_BESIDE_NEED, YOUNG_NETWORK_BESIDE_NEED, NETWORK_BESIDE_OFFER = 70, 18, 26, 18
NETWORK_IN_DANGER, YOUNG_NETWORK_IN_DANGER, NETWORK_OF_OTHERS = 16, 26, -90
NETWORK_WITHOUT_NUMBER, YOUNG_NETWORK_WITHOUT_NUMBER, YOUNG_NETWORK_FOR_THE_GROWN = 7, 19, -30
LISTED_FOR_THEM, OPEN_TO_ALL, NOT_SAID_FOR_WHOM, NEXT_TO_THEM, THEIR_OWN, SIGNED = 12, 8, 3, 0, 30, 30
FOR_OTHERS, ONLY_FOR_THE_YOUNG, RESERVED, FOR_ONE_TROUBLE = -40, -40, -80, -10
THEIR_SECOND_LANGUAGE, BESIDE_IN_DANGER, BESIDE_THE_ONE_ASKED, NOT_THEIR_LANGUAGE, LANGUAGE_NOT_SAID = -36, -45, -60, -70, -4
LEAST_SPOKEN_HERE, NETWORK_IN_ANOTHER_LANGUAGE, ELSEWHERE_SPOKEN, NOBODY_TO_TALK_TO = -36, -15, -48, -27
FOR_THE_ONES_CLOSE, FOR_THE_OTHER_SIDE, TO_STOP, OF_ANOTHER_HARM = 8, -120, 40, -40
FOR_THE_ILL, A_GROUP_OF_THE_ILL, AFTER_SUICIDE = -60, -45, 20
FOR_THOSE_CLOSE_ALONE, FOR_THOSE_CLOSE_TO_ANOTHER, TAKES_MEN = 30, 20, 30
THE_CENTRE_FIRST = 60  # after a rape: what it keeps as evidence is lost in days
LINE_FOR_IT, LINE_IN_THEIR_SECOND_LANGUAGE, LISTENER, POISON_BEFORE_LISTENERS = 80, 40, 30, 8
TEAM_HERE, NETWORK_OF_TEAMS, SILENT_TEAM_HERE, SILENT_NETWORK_OF_TEAMS, A_ROOF_TONIGHT = 62, 48, 44, 30, 24
HARMED_CHILDREN, AGAINST_IT, NO_MEDIATION, TEACHES, NOT_AT_ONCE, HERE_LATER = 110, 40, -60, -30, -30, 16
INTERPRETS, NOT_OF_THE_YOUNG = 50, -40
OTHER_LANGUAGE, NEXT_DOOR = "other-language", "next-door"  # reasons
AT_HAND, PER_KM, TOO_FAR = 30.0, 0.6, -25.0
ASK_FIRST = 12  # what it costs to be of a town next door, whose groups have to be asked whether others may come
TOO_FAR_TO_COME = 30.0  # km
OF_THE_TOWN, OF_THE_PROVINCE, INSIDE, OF_THE_REGION, OF_THE_COUNTRY = 26, 20, 16, 14, 10
OF_A_TOWN_NEXT_DOOR, OF_SOME_REGION, OF_ANOTHER_TOWN, IN_SOME_TOWN, OF_ONE_TOWN = 8, 6, 0, -3, -25
BY_PHONE, BY_MAIL, IN_PERSON_ALONE = 22, 3, -6
OFFER, KIND, CHANNEL, LANGUAGE, COST, FIRST_LINE = 12, 12, 6, 6, 6, 40
PSYCHIATRISTS = 40  # a house where they are, to whoever asks for one
FREE_WITHOUT_INSURANCE, PAID_BY_INSURANCE = 30, -40
ALL_THAT_IS_ASKED = 4  # how much more an offer or a kind weighs where neither town nor need is asked
DIRECTORY, A_LIST_FOR_THE_NEED, A_LIST_OF_THEM, A_LIST_OF_GROUPS, A_LIST_OF_HOUSES_FOR_IT = -30, -12, 24, 40, 0
STEPS_TO_A_POINT = 40  # of the static rank
FREE_UP_TO = 23  # years, to which a first-line psychologist costs nothing (INAMI/RIZIV)
BRUSSELS = "region:brussels"
SMALL_COMMUNITY = "community:de"  # of which one house is near enough for everybody
UNSURE = 22  # at most, what a need that is only heard is worth less


class Candidate:
    """A resource by what is known of it: its cell, the needs it lists, how it serves the place, and why it is here."""

    __slots__ = (
        "area",
        "cell",
        "for_victims",
        "is_network",
        "km",
        "lists_exile",
        "lists_sexual_violence",
        "named",
        "needs",
        "takes_any",
        "theirs",
        "weighed",
        "worth",
    )

    def __init__(self, cell: Cell, area: str) -> None:
        self.cell = cell
        self.area = area  # the code of the nearest area in which it serves the place; empty where it serves none of it
        self.needs: list[str] = []  # why it is an answer to a need, the best first: need:ID, heard:ID, any, related:ID
        self.worth = 0  # of the best
        self.km: float | None = None  # to its nearest public address
        self.named = 0
        self.is_network = False
        self.takes_any = False  # it lists no need; looked up only where none is asked
        self.for_victims = False  # of a crime; looked up only where a sentence is spoken of
        self.theirs = False  # of a group that is named, though what is asked for is something else
        self.lists_exile = self.lists_sexual_violence = False  # looked up only where a violence is spoken of
        self.weighed: list[tuple[str, float]] = []

    @property
    def points(self) -> float:
        """The sum of the rules."""
        return sum(points for _rule, points in self.weighed)

    def lists(self, need: str) -> bool:
        """Say whether it lists a need that is asked for."""
        return f"need:{need}" in self.needs or f"heard:{need}" in self.needs

    @property
    def next_door(self) -> bool:
        """Whether it names the towns it serves, and this one is beside them."""
        return self.area.startswith("next:")

    @property
    def works_far_and_wide(self) -> bool:
        """Whether it serves a whole language community or the country: a line is nowhere, and a group meets elsewhere than at its seat."""
        return self.area.startswith(("country:", "community:"))

    @property
    def lists_need(self) -> bool:
        """Whether a need that is asked for is among those it lists."""
        return bool(self.needs) and self.needs[0].startswith(("need:", "heard:"))

    @property
    def why(self) -> list[str]:
        """The reasons, the strongest first: name, network, the needs, the area or that it is next door; and that it speaks another language than the asker's."""
        named, network = ["name"] * bool(self.named), ["network"] * self.is_network
        area = [] if self.area in ("", ANYWHERE) else [NEXT_DOOR] if self.next_door else [f"area:{self.area.removeprefix('in:')}"]
        other = [OTHER_LANGUAGE] if dict(self.weighed).get("in_their_language", 0) <= NETWORK_IN_ANOTHER_LANGUAGE else []
        return [*named, *network, *self.needs, *area, *other]


def for_an_emergency_alone(candidate: Candidate, case: Case) -> bool:
    """Say whether it is a number for an emergency that is no answer: 112 and the police stand in the block of a danger, poison is for its own."""
    if candidate.named or "needs" in case.query.required:
        return False
    return candidate.cell.resource in case.emergency - (case.lines & case.poison)


def for_whoever_is_ill(candidate: Candidate, case: Case) -> bool:
    """Say whether it is the doctor on duty, and a psychologist or a psychiatrist is asked for, whom nobody finds there."""
    return candidate.cell.resource in case.doctor_on_duty and not candidate.named and case.asks_to_consult and not case.in_danger


def for_who_harms_alone(candidate: Candidate, case: Case) -> bool:
    """Say whether it is there for those who harm, or fear to, and nobody asks for that, whatever else it lists: sexuality, the courts."""
    if candidate.named or not case.needs or "needs" in case.query.required:
        return False
    return bool(candidate.cell.reserved & case.masks["harming"]) and HARMING not in case.needs


def for_another_subject_alone(candidate: Candidate, case: Case) -> bool:
    """Say whether it is named after an illness or the like of which nobody speaks, nor of the need that this is a part of: a line for cancer, beside fear."""
    if candidate.named or "needs" in case.query.required:
        return False
    need = case.of_another_subject.get(candidate.cell.resource)
    return need is not None and need not in case.needs


def trains_helpers(candidate: Candidate, case: Case) -> bool:
    """Say whether it trains those who help, and receives nobody: peers, people who learn to notice that somebody thinks of suicide."""
    cell, masks = candidate.cell, case.masks
    if candidate.named or case.wishes_to_learn or not cell.kind & masks["in_person"]:
        return False
    return bool(cell.offers & masks["training"] and not cell.offers & ~masks["learning"] and cell.audiences & masks["trade"])


def is_about_something_else(candidate: Candidate, case: Case) -> bool:
    """Say whether it is a platform that lists no need, or offers nothing of what is asked: what it is about, the catalogue has no word for."""
    cell, masks = candidate.cell, case.masks
    if candidate.named or case.query.kinds or cell.group or not cell.kind & masks["platform"]:
        return False
    offers_none = bool(masks["offers"]) and not cell.offers & masks["offers"]
    return candidate.needs[:1] == ["any"] if case.needs else offers_none


def listens_in_another_language(candidate: Candidate, case: Case) -> bool:
    """Say whether it is a line that speaks neither the language that the question is surely in, or asks for, nor one of the place.

    In danger, where no place is said, any line stands before the house of some town.
    """
    cell = candidate.cell
    if (
        (case.in_danger and not case.query.places)
        or candidate.named
        or case.query.kinds
        or not cell.kind & case.masks["helpline"]
        or not cell.languages
    ):
        return False
    return bool(case.question_in) and not cell.languages & (case.question_in | case.languages[1])


def is_of_a_group_nobody_named(candidate: Candidate, case: Case) -> bool:
    """Say whether it is the house of a group of their own – students, farmers, the self-employed, sex workers, the deaf – that nobody named."""
    if candidate.named or case.query.kinds or "needs" in case.query.required or not case.needs:
        return False
    group = candidate.cell.group & ~case.masks["trade"]
    return bool(group & case.masks["of_any_trouble"]) and not group & case.meant_for


def called_by_name(candidate: Candidate, case: Case) -> float:
    """What the question names comes first, the surer the higher; to a student that of the university they name."""
    if candidate.named == PART and case.names_a_school and candidate.cell.audiences & case.masks["students"]:
        return THEIR_SCHOOL
    return NAME.get(candidate.named, 0)


def what_is_needed(candidate: Candidate, case: Case) -> float:
    """What lists the need comes before what takes any, and that before what lists one close to it.

    A group or a list that names no need does not take any: it is about something that the catalogue has no word for; nor does a day
    centre or a ward, to which others send. What takes any is worth less where no place is said, for it is the first contact of one place;
    in the small German-speaking Community it is that of everybody. After a suicide, what is for those who think of one is no more than
    close to the need; nor is, where a baby died, what is for births alone; nor what lists nothing but a need that is hardly heard, where
    another is said or heard surely. With a town and a complaint that is treated a line to talk to somebody is worth no more than what takes
    any, whatever it lists: treatment that can be called comes before it. Who asks for a psychologist and says no need finds a house for
    whatever it is before one that is there for a few.
    """
    if candidate.is_network:  # it takes any, whichever it lists
        return ANY if case.needs else 0
    if not case.needs:
        of_any = candidate.takes_any and candidate.cell.kind & case.masks["takes_any"]
        return OF_NO_NEED if of_any and case.asks_to_consult else 0
    if candidate.needs[:1] == ["any"]:
        if not candidate.cell.kind & case.masks["takes_any"] or (candidate.cell.offers and not candidate.cell.offers & case.masks["first"]):
            return ANY_GROUP
        at_home = candidate.area == SMALL_COMMUNITY and SMALL_COMMUNITY in case.communities and candidate.cell.reach == PHONE
        if not case.query.places and candidate.cell.kind & case.masks["in_person"] and not at_home:
            return ANY_SOMEWHERE
    if case.after_suicide and case.nothing_feared and not candidate.lists(MOURNING):
        return min(candidate.worth, RELATED)
    if case.a_baby_died and candidate.lists(BIRTH) and not candidate.lists(MOURNING):
        return min(candidate.worth, RELATED)
    listed = [need.partition(":")[2] for need in candidate.needs]
    if case.asks_to_be_treated and candidate.cell.resource in case.lines_of_anybody and TREATED.issuperset(listed):
        return min(candidate.worth, ANY)
    worth = min(candidate.worth, RELATED) if case.something_sure and case.doubtful.issuperset(listed) else candidate.worth
    return worth + FURTHER * sum(need not in case.doubtful for need in listed[1:])


def its_own_network(candidate: Candidate, case: Case) -> float:
    """The network of the place and the age: first where nothing is said, else beside what lists the need.

    Of somebody's child of whom only an illness of grown-ups is told, both networks are shown, and that of the young behind.
    One that nobody can call stands behind a number for the need, that of the young, where help for a child begins, close behind.
    """
    if not candidate.is_network:
        another = candidate.cell.kind & case.masks["network"] and not case.query.kinds and not candidate.named
        return NETWORK_OF_OTHERS if another else 0
    if case.in_danger:
        return YOUNG_NETWORK_IN_DANGER if case.query.minor else NETWORK_IN_DANGER
    if not case.needs:
        named = max(case.query.names.values(), default=0) >= HOUSE
        wished = (
            case.query.offers or case.query.kinds or case.query.languages or case.query.costs or case.asked_for & case.masks["of_their_own"]
        )
        return NETWORK_BESIDE_OFFER if wished or named else NETWORK
    if candidate.cell.kind & case.masks["network_of_the_young"] and case.of_the_grown:
        return YOUNG_NETWORK_FOR_THE_GROWN
    if candidate.cell.reach != PHONE:
        return YOUNG_NETWORK_WITHOUT_NUMBER if case.query.minor else NETWORK_WITHOUT_NUMBER
    return YOUNG_NETWORK_BESIDE_NEED if case.query.minor else NETWORK_BESIDE_NEED


def for_this_person(candidate: Candidate, case: Case) -> float:
    """Whom it serves, held against for whom the help is; where nobody says, for any adult.

    A child under twelve is not sent to what is there for adolescents and young adults alone.
    """
    served = candidate.cell.audiences
    if case.under_twelve and served and not served & ~case.masks["grown_young"] and candidate.named < HOUSE:
        return FOR_OTHERS
    if candidate.is_network:  # that of the age was chosen
        return LISTED_FOR_THEM if case.asked_for else OPEN_TO_ALL
    if not served:
        return NOT_SAID_FOR_WHOM
    if served & case.asked_for:
        return LISTED_FOR_THEM + _of_their_own(candidate, case) + THEIR_OWN * _is_of_carers(candidate, case)
    # Though it lets anybody call about a child.
    if not (case.of_a_child or candidate.named >= HOUSE) and _is_a_line_of_the_young(candidate.cell, case):
        return ONLY_FOR_THE_YOUNG
    if served & (case.masks["everyone"] | case.meant_for):
        return OPEN_TO_ALL
    if served & case.masks["anyone"]:
        return NEXT_TO_THEM if case.asked_for else OPEN_TO_ALL
    if candidate.named >= HOUSE:
        return NEXT_TO_THEM
    return FOR_OTHERS if served & ~case.masks["young"] else ONLY_FOR_THE_YOUNG


def _of_their_own(candidate: Candidate, case: Case) -> int:
    """Say how much more the house of a group of their own is worth, and the line for the young to a child who speaks.

    The deaf are understood in few others.
    """
    theirs = 0 if candidate.cell.resource in case.interpreters else candidate.cell.group & case.asked_for & case.masks["of_their_own"]
    listens_to_them = case.a_child_speaks and candidate.cell.resource in case.lines_of_the_young
    return THEIR_OWN * bool(theirs or listens_to_them) + SIGNED * bool(theirs & case.masks["deaf"])


def _is_of_carers(candidate: Candidate, case: Case) -> bool:
    """Say whether a carer is named, and it is their association: a service for carers alone, whomever they care for, and no group."""
    cell, masks = candidate.cell, case.masks
    return bool(cell.kind & masks["service"] and cell.audiences & case.asked_for & masks["carers"] and cell.reserved & masks["caring"])


def not_reserved_for_others(candidate: Candidate, case: Case) -> float:
    """What is there for one group or one illness stays behind what is for all, unless that group is said or heard.

    Where any group of a town is asked for, those of the town that meet for one trouble stand little behind.
    """
    cell = candidate.cell
    group = cell.group & ~case.masks["trade"] or cell.group  # who works with a group is received by its house, and is none of it
    of_others = group and not group & case.meant_for
    other_group = bool(of_others and not _is_for_its_parents(candidate, case)) or _other_half(cell, case)
    # Sex work is supposed of nobody: a house for those who do it is for them alone, whoever of them it names besides.
    other_group = other_group or bool(cell.group & case.masks["sex_workers"] & ~case.asked_for)
    # Who names their university is not sent to that of another town.
    other_group = other_group or bool(case.names_a_school and cell.group & case.masks["students"] and not candidate.named)
    other_group = other_group and not (case.query.by_custom and _names_exiles(candidate, case))
    for_relatives = cell.audiences & case.masks["close"] and not cell.audiences & case.masks["anyone"]
    # Who helps the relatives of the mentally ill asks little after the diagnosis; what is for dementia or autism is another house.
    of_the_ill = case.relative_of_the_ill or (case.query.refuses_care and not case.needs)
    theirs = of_the_ill and for_relatives and cell.reserved & case.masks["with_relatives"]
    said = cell.group & case.asked_for & case.masks["of_any_trouble"] or (
        cell.group & case.asked_for & case.masks["halves"] and any(map(candidate.lists, case.needs_of_their_half))
    )
    of_births = bool(cell.reserved & case.masks["births"])
    # A team that is asked for, whatever it is sent for, but one that goes to babies, or for a disability.
    of_a_disability = cell.reserved & case.masks["disability"] and not cell.reserved & case.masks["mental_illness"]
    comes = cell.offers & case.masks["offers"] & case.masks["comes"] and not (of_births or of_a_disability)
    other_illness = cell.reserved and not cell.reserved & case.open_needs and not (theirs or said or comes)
    other_illness = other_illness and not (_has_psychiatrists(cell, case) and not case.needs)
    other_illness = other_illness or (of_births and case.past_infancy and not _says_it_takes_schoolchildren(cell))
    other_illness = other_illness or _is_for_another_substance(candidate, case) or _is_for_who_lost_a_child(cell, case)
    other_illness = other_illness or cell.resource in case.of_another_subject or _is_against_a_custom(candidate, case)
    # Who helps the victims of a crime through a trial helps them with what they lived through as well.
    helps_victims = case.for_victims_too and cell.reserved == case.masks["justice"] and candidate.lists("trauma")
    other_illness = other_illness and not helps_victims
    # Where a group is asked for, one that meets for two troubles (ups and downs, and depression) is for either.
    meets_for_it = cell.kind == case.masks["group"] and _lists_the_trouble(candidate, case) and case.asks_for_a_group
    if case.asks_to_talk and cell.resource in case.lines_of_despair:
        return FOR_ONE_TROUBLE
    known = candidate.named >= HOUSE or candidate.is_network
    if known or not (other_group or (other_illness and not meets_for_it)):
        return 0
    of_the_town = cell.kind == case.masks["group"] and candidate.area.startswith("nis:") and cell.offers & case.masks["offers"]
    return FOR_ONE_TROUBLE if of_the_town and case.asks_for_a_group and not case.needs else RESERVED


def _is_for_another_substance(candidate: Candidate, case: Case) -> bool:
    """Say whether it is there for an addiction, and for none of those that are asked about: alcohol alone, beside cannabis."""
    for_one = candidate.cell.reserved == case.masks["addictions"]  # and not for the debts or the lack of a home that gambling brings
    return case.of_an_addiction and for_one and not any(map(candidate.lists, case.needs))


def _is_for_who_lost_a_child(cell: Cell, case: Case) -> bool:
    """Say whether it is there for parents whose child died, and no child did."""
    of_parents = cell.audiences & case.masks["parents"] and not cell.audiences & ~case.masks["mourning_a_child"]
    return bool(cell.reserved == case.masks["mourning"] and of_parents and not case.a_child_died)


def _says_it_takes_schoolchildren(cell: Cell) -> bool:
    """Say whether it tells its own ages, beyond those of a baby: they decide before what it lists."""
    return INFANT < cell.high < NO_AGE_LIMIT


def _has_psychiatrists(cell: Cell, case: Case) -> bool:
    """Say whether psychiatry is asked for, and it is a ward, a day clinic or an emergency for mental illness."""
    for_it = not cell.reserved or cell.reserved & case.masks["mental_illness"]
    return bool(case.query.asks_for_medicine and for_it and cell.kind & case.masks["service"] and cell.offers & case.masks["medicine"])


def _is_against_a_custom(candidate: Candidate, case: Case) -> bool:
    """Say whether it is there against a violence of custom, an excision or a forced marriage, and nobody speaks of one: it names exiles.

    What is there against a violence at home alone is open to whoever came from elsewhere; an excision is supposed of nobody.
    """
    open_to_exiles = case.of_an_exile and not candidate.lists_sexual_violence
    return _names_exiles(candidate, case) and not (case.query.by_custom or open_to_exiles)


def _names_exiles(candidate: Candidate, case: Case) -> bool:
    """Say whether it is there against a violence and names exiles, by whom it serves or by what it lists."""
    names_them = candidate.cell.audiences & case.masks["exiles"] or candidate.lists_exile
    return bool(candidate.cell.reserved & case.masks["violence"] and names_them)


def _lists_the_trouble(candidate: Candidate, case: Case) -> bool:
    """Say whether it lists a need that is asked for; beside an illness, caring for somebody is who asks, and not what is the matter.

    Who meets for a stutter or an illness of the body lists the fear that goes with it, and is no group for fear.
    """
    beside = FEELINGS if candidate.cell.reserved & case.masks["of_the_body"] else frozenset()
    needs = [need for need in case.needs if need not in beside]
    return any(candidate.lists(need) for need in needs if need != CARING or not case.relative_of_the_ill)


def _is_for_its_parents(candidate: Candidate, case: Case) -> bool:
    """Say whether it is there for the young and their parents, and a parent asks for what it lists of a child: a birth, bringing up."""
    return bool(case.for_a_child and candidate.cell.audiences & case.masks["its_parents"] and any(map(candidate.lists, OF_A_CHILD)))


def _other_half(cell: Cell, case: Case) -> bool:
    """Say whether of its group it welcomes women alone, and a man asks, or men alone and a woman does."""
    welcome = cell.audiences & case.masks["halves"]
    return bool(cell.group and welcome and welcome == case.other_half and not cell.audiences & case.masks["anyone"])


def in_their_language(candidate: Candidate, case: Case) -> float:
    """The language of the question first, then those of the place; what speaks neither far behind.

    Where nobody says where, what speaks another stands behind what takes any need by phone, and behind a house of some place that does;
    a line to talk to somebody farthest, for talking is all that it gives.
    Where the question names a language the others of the place stand farther behind. The network of the place loses little.
    Who speaks none of those of the place is more likely to be understood in the first of them.
    """
    spoken = candidate.cell.languages
    asker, place, first = case.languages
    if not spoken:
        return LANGUAGE_NOT_SAID
    if spoken & asker:
        return 0
    if candidate.is_network:
        return NETWORK_IN_ANOTHER_LANGUAGE
    if not case.query.places:
        return ELSEWHERE_SPOKEN + NOBODY_TO_TALK_TO * (candidate.cell.resource in case.lines_of_anybody)
    if not spoken & place:
        return NOT_THEIR_LANGUAGE
    points = THEIR_SECOND_LANGUAGE
    if case.query.languages:  # in danger what is near is called all the same
        points = BESIDE_IN_DANGER if case.in_danger else BESIDE_THE_ONE_ASKED
    return points if spoken & first or asker & place else points + LEAST_SPOKEN_HERE


def for_this_role(candidate: Candidate, case: Case) -> float:
    """Who is close to somebody finds what is for those close, and no group of the ill themselves.

    Who asks for themself, and not for the one who drinks, finds what is for those close alone. Who does harm and wants to stop finds what
    is for that first, and is not sent among the harmed; nor is who comes out of prison. A man who is harmed is not sent to a house for
    women. Who lost somebody to suicide finds those who lost somebody so.
    """
    cell = candidate.cell
    points = FOR_THE_ONES_CLOSE if cell.audiences & case.masks["relatives"] else 0
    of_the_ill = not cell.audiences & (case.masks["close"] | case.masks["everyone"])
    if of_the_ill and cell.reserved & case.masks["illness"] and case.for_relatives:
        points += FOR_THE_ILL
    elif of_the_ill and case.relations_close and cell.kind == case.masks["group"] and _is_of_an_illness(candidate, case):
        points += A_GROUP_OF_THE_ILL
    if (
        (case.close_for_themselves or case.query.refuses_care)
        and cell.audiences & case.masks["close"]
        and not cell.audiences & case.masks["anyone"]
    ):
        points += FOR_THOSE_CLOSE_ALONE if candidate.lists_need else FOR_THOSE_CLOSE_TO_ANOTHER
    if case.a_man_is_harmed and cell.group & case.masks["halves"]:
        points += TAKES_MEN if cell.audiences & case.masks["men"] else FOR_THE_OTHER_SIDE
    if candidate.for_victims or (HARMING in case.needs and _is_a_line_of_the_young(cell, case)):
        points += FOR_THE_OTHER_SIDE
    if case.after_suicide and candidate.lists(MOURNING) and cell.reserved == case.masks["suicide"]:
        points += AFTER_SUICIDE
    if case.fears_for_a_baby and candidate.lists(HARMING) and not candidate.lists(BIRTH):
        points += FOR_THE_OTHER_SIDE
    points += _for_those_harmed(candidate, case)
    for_the_young = cell.audiences & (case.masks["young"] | case.masks["everyone"]) or cell.group & case.asked_for
    if case.put_out and not (for_the_young or candidate.is_network):
        points += NOT_OF_THE_YOUNG
    if case.does_harm:
        if candidate.lists(HARMING):
            points += OF_ANOTHER_HARM if case.hits and cell.reserved & case.masks["sexuality"] else TO_STOP
        elif _for_the_harmed(cell, case):
            points += FOR_THE_OTHER_SIDE
    return points


def _for_those_harmed(candidate: Candidate, case: Case) -> int:
    """A child who is harmed: the team for that. A partner who harms: nobody who mediates. Long ago: who has time, and nothing for children.

    Whatever the violence, what only teaches how to meet it stands behind who helps.
    """
    cell, masks = candidate.cell, case.masks
    points = 0
    if case.a_child_is_harmed and _is_for_harmed_children(candidate, case):
        points += HARMED_CHILDREN
    if case.query.by_custom and _names_exiles(candidate, case):
        points += AGAINST_IT
    mediates = any(map(candidate.lists, (*BETWEEN_TWO, "justice"))) and not any(map(candidate.lists, VIOLENCE))
    if case.partner_violence and mediates and cell.kind & masks["in_person"]:
        points += NO_MEDIATION
    if candidate.cell.reserved & masks["violence"] and cell.offers and not cell.offers & ~masks["learning"]:
        points += TEACHES
    if case.abuse_long_over:
        of_children = cell.audiences & masks["children"] and not cell.audiences & masks["adults"]
        if of_children and (cell.resource in case.lines_of_harmed_children or cell.kind & masks["service"]):
            points += FOR_THE_OTHER_SIDE
        elif cell.offers & masks["crisis_care"]:
            points += NOT_AT_ONCE
        elif candidate.needs[:1] == ["any"] and cell.kind & masks["service"] and case.query.places:
            points += HERE_LATER
    return points


def _is_for_harmed_children(candidate: Candidate, case: Case) -> bool:
    """Say whether it is a team for children who are harmed, and for nobody else who is; of the place, or the entry to all of them.

    Where the asker's language is one of the place, it speaks that.
    """
    asker, place, _first = case.languages
    cell, masks = candidate.cell, case.masks
    of_children = cell.audiences & masks["children"] and not cell.audiences & (masks["adults"] | masks["women"])
    fitting = cell.kind & masks["service"] and cell.reserved & masks["violence"] and of_children and candidate.lists("child-abuse")
    theirs = candidate.area in case.communities or candidate.area.startswith("country:")
    understood = cell.languages & asker or not (cell.languages and asker & place)
    return bool(fitting and understood) and (bool(case.query.places) or theirs)


def _is_of_an_illness(candidate: Candidate, case: Case) -> bool:
    """Say whether it is there for an illness alone, or is here for one that is asked about."""
    return bool(candidate.cell.reserved & case.masks["illness"]) or any(map(candidate.lists, ILLNESSES))


def _is_a_line_of_the_young(cell: Cell, case: Case) -> bool:
    """Say whether it is a line for children, also where a parent may call it, and who asks is grown up."""
    of_children = cell.audiences & case.masks["children"] and not cell.audiences & case.masks["adults"]
    return bool(not case.query.minor and cell.kind & case.masks["helpline"] and of_children)


def _for_the_harmed(cell: Cell, case: Case) -> bool:
    """Say whether it is a house for those alone who are harmed by a violence; one for families, and not for women, receives both sides."""
    if not cell.reserved & case.masks["violence"] or cell.audiences & case.masks["both_sides"]:
        return False
    return bool(cell.audiences & case.masks["women"] or not cell.audiences & case.masks["families"])


def for_this_moment(candidate: Candidate, case: Case) -> float:
    """In danger, or where somebody must be seen now: the lines for it first, and what comes or receives here beside them.

    Who goes out to those without a roof, or takes them in at once, comes before the houses that have a waiting list.
    """
    cell = candidate.cell
    other_side = for_this_role(candidate, case) < 0
    of_a_child = not cell.audiences & ~case.masks["young"] and not case.query.minor  # who is grown up calls no line for children alone
    somewhere_else = (
        not case.query.places and cell.kind & case.masks["in_person"] and not candidate.area.startswith(("community:", "country:"))
    )
    if cell.resource in case.lines and cell.languages & case.called_in and not (other_side or of_a_child or somewhere_else):
        asked_first = POISON_BEFORE_LISTENERS if cell.resource in case.poison else 0
        if cell.reserved & case.masks["sexual_violence"] and cell.kind & case.masks["service"] and _nearby(candidate, case):
            asked_first = THE_CENTRE_FIRST
        return asked_first + (LINE_FOR_IT if cell.languages & case.languages[0] else LINE_IN_THEIR_SECOND_LANGUAGE)
    if cell.resource in case.listeners and cell.languages & case.languages[0]:
        return LISTENER
    if case.needs[:1] == (HOMELESS,) and cell.reserved & case.masks["homeless"] and cell.offers & case.masks["comes"]:
        return A_ROOF_TONIGHT
    if not case.in_crisis:
        return 0
    receives = cell.offers & case.masks["comes"] or (case.in_danger and _receives_in_danger(candidate, case))
    if candidate.is_network:  # its teams are asked for at its own number
        no_team = not cell.offers & case.masks["comes"] or case.violence_in_danger
        return 0 if no_team else NETWORK_OF_TEAMS if cell.reach == PHONE else SILENT_NETWORK_OF_TEAMS
    for_another = not_reserved_for_others(candidate, case) or _is_for_another_violence(candidate, case)
    fitting = cell.kind & case.masks["service"] and not other_side and not for_another
    if not (receives and fitting and _nearby(candidate, case)):
        return 0
    return TEAM_HERE if cell.reach == PHONE else SILENT_TEAM_HERE


def _receives_in_danger(candidate: Candidate, case: Case) -> bool:
    """Say whether it lists what the danger asks for."""
    return any(map(candidate.lists, case.danger_needs))


def _is_for_another_violence(candidate: Candidate, case: Case) -> bool:
    """Say whether it is a house for a violence of which nobody speaks."""
    return bool(candidate.cell.reserved & case.masks["violence"]) and not any(map(candidate.lists, VIOLENCE))


def _nearby(candidate: Candidate, case: Case) -> bool:
    """Say whether a team is near enough to come or to be gone to; of one whose address is not known, by the area it serves."""
    kind = candidate.area.partition(":")[0]
    if candidate.area == SMALL_COMMUNITY and SMALL_COMMUNITY in case.communities and case.query.places:
        return True  # from one end of it to the other is as far as people there go for anything
    if kind == "province" and case.violence_in_danger and candidate.cell.reserved & case.masks["violence"]:
        return True  # a province has one centre for those who were harmed so, and it is gone to from all of it
    if candidate.km is not None:
        return candidate.km <= TOO_FAR_TO_COME
    return kind == "nis" or candidate.area in case.here or (kind == "province" and bool(candidate.cell.offers & case.masks["mobile"]))


def near(candidate: Candidate, case: Case) -> float:
    """Where one goes to it, each kilometre counts; what is reached by phone or comes to the house counts by the area it serves."""
    if candidate.is_network:  # it is the one of this town, whatever area it names and wherever its office is
        return OF_THE_TOWN
    wide = candidate.cell.kind == case.masks["group"] and candidate.works_far_and_wide  # its seat is not where it meets
    if candidate.km is not None and candidate.cell.kind & case.masks["in_person"] and not wide:
        return max(AT_HAND - PER_KM * candidate.km - ASK_FIRST * candidate.next_door, TOO_FAR)
    kind, _, _name = candidate.area.partition(":")
    if not case.query.places:  # nobody knows where: what serves the whole country before what serves a part of it
        theirs = kind == "country" or candidate.area in case.communities
        gone_to = candidate.cell.kind & case.masks["in_person"]
        of_one_town = kind == ANYWHERE or (gone_to and candidate.area == BRUSSELS)  # or of one province: who knows whether that is near
        if of_one_town and not candidate.named and candidate.cell.languages & case.languages[0]:
            return OF_ONE_TOWN  # what speaks another language stands behind already
        if gone_to and not (theirs or candidate.named):
            return IN_SOME_TOWN
        if kind == "community" and not (theirs or candidate.lists_need):
            return OF_SOME_REGION  # who takes any need in another community
        return {"community": OF_THE_REGION, "country": OF_THE_COUNTRY, "region": OF_SOME_REGION}.get(kind, OF_ANOTHER_TOWN)
    return {
        "nis": OF_THE_TOWN, "province": OF_THE_PROVINCE, "in": INSIDE, "region": OF_THE_REGION, "community": OF_THE_REGION,
        "country": OF_THE_COUNTRY, "next": OF_A_TOWN_NEXT_DOOR,
    }.get(kind, OF_ANOTHER_TOWN)  # fmt: skip


def can_be_called(candidate: Candidate, case: Case) -> float:
    """A number to dial before an address to write to, that before a door to knock at; who is deaf dials none."""
    reach = candidate.cell.reach
    if reach == PHONE:
        return IN_PERSON_ALONE if case.deaf else BY_PHONE
    return BY_MAIL if reach == WRITING else IN_PERSON_ALONE


def as_wished(candidate: Candidate, case: Case) -> float:
    """An offer, a kind, a way to reach it, a language or a cost that words wish for.

    Where nothing else is asked it counts for more, and in a town so does a ward, a house to live in or a team, which few offer.
    """
    cell, query, masks = candidate.cell, case.query, case.masks
    if case.needs and candidate.needs[:1] and candidate.needs[0].startswith("related:"):
        return 0  # a group is wished for, and not any group
    asks_for_more = case.needs or case.in_danger
    weight = 1 if asks_for_more or query.places else ALL_THAT_IS_ASKED
    wished = weight * (OFFER * bool(cell.offers & masks["offers"]) + KIND * bool(cell.kind & masks["kinds"]))
    if query.places and not asks_for_more and cell.offers & masks["offers"] & masks["offered_by_few"]:
        wished += OFFER * (ALL_THAT_IS_ASKED - 1)
    wished += LANGUAGE * bool(query.languages and cell.languages & case.languages[0])
    if not asks_for_more and _has_psychiatrists(cell, case):
        wished += PSYCHIATRISTS * (not cell.offers & masks["offers"])
    if case.query.uninsured:
        wished += FREE_WITHOUT_INSURANCE if COSTS[cell.cost] == "free" else PAID_BY_INSURANCE * (COSTS[cell.cost] == REIMBURSED)
    wished += INTERPRETS * (cell.resource in case.interpreters)
    wished += FIRST_LINE * (case.asks_first_line and _is_paid_by_insurance(candidate, case))
    return wished + CHANNEL * bool(cell.channels & masks["channels"]) + COST * (bool(query.costs) and COSTS[cell.cost] in query.costs)


def _is_paid_by_insurance(candidate: Candidate, case: Case) -> bool:
    """Say whether it consults at the rate of the health insurance, which is nothing up to the age of 23: a list of those who do so is free then."""
    cell = candidate.cell
    free_for_the_young = COSTS[cell.cost] == "free" and cell.kind & case.masks["directory"] and cell.high <= FREE_UP_TO
    return bool(cell.offers & case.masks["consultation"]) and bool(COSTS[cell.cost] == REIMBURSED or free_for_the_young)


def help_before_lists(candidate: Candidate, case: Case) -> float:
    """A directory or a platform points to help and is none; a list of psychologists is, for whoever looks for one, and one of groups.

    So is a list of the houses that are there for this need alone: of debt mediators, of centres for family planning.
    """
    if not candidate.cell.kind & case.masks["directory"] or candidate.theirs:
        return 0
    listed = candidate.cell.offers & case.masks["offers"]
    if listed & case.masks["together"]:
        return A_LIST_OF_GROUPS
    if listed & case.masks["consultation"] and not (case.needs or case.query.asks_for_medicine):  # a psychiatrist is no psychologist
        return A_LIST_OF_THEM
    if case.needs and candidate.lists(case.needs[0]) and not candidate.named and _is_paid_by_insurance(candidate, case):
        return A_LIST_FOR_THE_NEED
    for_it_alone = case.needs and candidate.lists(case.needs[0]) and candidate.cell.reserved & case.open_needs and not candidate.named
    return A_LIST_OF_HOUSES_FOR_IT if for_it_alone and candidate.cell.offers & case.masks["consultation"] else DIRECTORY


def known_well(candidate: Candidate, case: Case) -> float:
    """Of equals, the one whose facts are sure, complete and checked."""
    rank = candidate.cell.rank % UNREACHABLE_RANK if candidate.is_network else min(candidate.cell.rank, UNREACHABLE_RANK)
    return -rank / STEPS_TO_A_POINT


RULES: tuple[Callable[[Candidate, Case], float], ...] = (
    called_by_name, what_is_needed, its_own_network, for_this_person, not_reserved_for_others, in_their_language, for_this_role,
    for_this_moment, near, can_be_called, as_wished, help_before_lists, known_well,
)  # fmt: skip


def weigh(candidate: Candidate, case: Case) -> None:
    """Hold every rule against a candidate."""
    candidate.weighed = [(rule.__name__, points) for rule in RULES if (points := rule(candidate, case))]
