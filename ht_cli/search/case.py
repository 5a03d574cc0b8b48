"""A question as the rules of a referral look at it: who asks, for whom, what is needed and where, as the masks of cells."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from ht_cli.model import ADDICTIONS, ADULT_AGE, ILLNESSES, MINORS, NETWORKS, YOUNG, Query
from ht_cli.search.danger import QUIET, needs_of, spoken_beside
from ht_cli.search.filtering import (
    CLOSE,
    MEANT_BY,
    OF_A_CHILD,
    OF_ITS_PARENTS,
    OF_THE_TRADE,
    a_parent_asks,
    audiences_asked,
    audiences_meant,
    audiences_of_age,
    is_a_man,
    relations_meant,
)
from ht_cli.search.lookups import DOCTOR_ON_DUTY, EMERGENCY, INTERPRETERS, Lookups
from ht_cli.search.subjects import named_after_another
from ht_cli.shapes import NamedTuple

FIRST_CONTACT, LISTENING = "first-contact", "listening"  # offers
CONSULTATION, REIMBURSED = "individual-consultation", "reimbursed"
ANYONE = ("adults", "everyone")
GROUP_OF_NEEDS = {"exile": "exiles", "lgbtqia": "lgbtqia", "grief": "bereaved", "caregiving": "caregivers"}  # by need, who has it
NEEDS_OF_WHO_THEY_ARE = ("exile", "lgbtqia")  # said of somebody whatever else is the matter
# Audiences whose houses are there for them whatever the trouble.
OCCUPATIONS = ("students", "farmers", "self-employed", "sex-workers", "professionals", "doctors")
OF_ANY_TROUBLE = (*OCCUPATIONS, "deaf")
TAKING_ANY_NEED_OF_THEIRS = tuple(one for one in OF_ANY_TROUBLE if one not in ("professionals", "doctors"))  # whoever is one says so
HALVES = ("women", "men")
DEAF, SEX_WORKERS = "deaf", "sex-workers"
WITH_A_HOUSE_OF_THEIR_OWN = (*OF_ANY_TROUBLE, "exiles", "lgbtqia")
IN_PERSON_KINDS = ("service", "group")
TAKING_ANY_NEED = ("service", "helpline", *NETWORKS)
BOTH_SIDES = ("adults", "everyone")  # audiences of a house for violence where who did it is listened to as well
OF_LONG_AGO = frozenset(("sexual-violence", "child-abuse"))  # needs of a violence that people tell of years after
BETWEEN_TWO = ("relationship", "separation", "family-conflict")  # needs for which somebody mediates
LEARNING = ("training", "peer-support", "workshop", "prevention")  # all that a training of helpers offers
VIOLENCE = ("domestic-violence", "sexual-violence", "child-abuse", "elder-abuse")
BY_ANOTHER = ("partner-violence", "sexual-violence", "child-abuse", "elder-abuse")  # dangers that are nothing for a team that treats
CLIENT = "pupil-client"  # the relation of a professional to whom they write about
GROWN_YOUNG = ("adolescents", "young-adults")  # what names these alone is for no child under twelve
INFANT = 3  # years, up to which houses for births receive parents with a child
SURELY_HEARD = 0.4  # probability from which a need that no word names says for whom the help is
HARMING, BIRTH, MOURNING, HOMELESS = "fear-of-harming", "perinatal", "grief", "homelessness"
PARENT_ILLNESS, CARING = "parent-illness", "caregiving"
# Needs for which a team comes: who is worn out by work or by another's drinking says "I can't any more" as well.
OF_A_CRISIS = ("crisis", "suicide", "self-harm", "psychosis", "bipolar", "personality-disorder", "depression")
OF_GROWN_UPS = ("psychosis", "bipolar", "personality-disorder")  # illnesses that seldom begin before eighteen
OF_PSYCHIATRY = ("psychosis", "bipolar", "personality-disorder", "depression", "crisis")  # needs of a house where psychiatrists are
WITH_RELATIVES = frozenset(("psychosis", "bipolar", "personality-disorder", "depression", "ocd"))  # whose relatives have help of their own
# Complaints that are treated: somebody to talk to eases them, and is no treatment.
TREATED = frozenset((*ILLNESSES, "depression", "anxiety", "stress", "burnout", "trauma", "sleep"))
HARMED = frozenset((*VIOLENCE, "trauma", MOURNING, "bullying"))  # needs of somebody to whom something was done
OF_VICTIMS = frozenset(("justice", "trauma", MOURNING))  # all that is listed by who helps the victims of a crime through a trial
TOGETHER = frozenset(("support-group", "talking-circle", "peer-support"))  # offers
TO_TALK, BY_TALKING = (LISTENING, "chat"), ("phone", "chat")  # offers and channels of who asks for somebody to talk to
TEAMS = ("mobile-team", "crisis-care")
MOURNING_A_CHILD = ("parents", "couples", "bereaved", "women", "men")  # whom alone a group for parents whose child died serves
OF_THE_BODY = ("disability", "chronic-illness")
# Needs that go with an illness of the body, and are not what is for it.
FEELINGS = frozenset(("anxiety", "self-esteem", "loneliness", "emotions", "depression", "stress"))
TELLING_OF_A_CHILD = frozenset(("child-abuse", "school", "bullying", "parenting", "perinatal"))  # needs in which a child is spoken of
MEDICINE = ("hospital", "day-centre", "crisis-care")  # offers of a house where psychiatrists are
OFFERED_BY_FEW = (*TEAMS, "hospital", "residential", "day-centre")
FIRST_OFFERS = (
    *TEAMS, "first-contact", "information-referral", "individual-consultation", "listening", "chat", "family-support", "couple-family-therapy",
)  # fmt: skip

# What the rules ask of a cell, as its masks: by name, the kind of the terms and the terms.
GROUPS_OF_TERMS: dict[str, tuple[str, Sequence[str]]] = {
    "anyone": ("audiences", ANYONE),
    "everyone": ("audiences", ("everyone",)),
    "young": ("audiences", YOUNG),
    "children": ("audiences", ("children",)),
    "grown_young": ("audiences", GROWN_YOUNG),
    "adults": ("audiences", ("adults",)),
    "women": ("audiences", ("women",)),
    "men": ("audiences", ("men",)),
    "halves": ("audiences", HALVES),
    "its_parents": ("audiences", OF_ITS_PARENTS),
    "parents": ("audiences", ("parents",)),
    "mourning_a_child": ("audiences", MOURNING_A_CHILD),
    "deaf": ("audiences", (DEAF,)),
    "sex_workers": ("audiences", (SEX_WORKERS,)),
    "theirs_whatever_the_need": ("audiences", TAKING_ANY_NEED_OF_THEIRS),
    "families": ("audiences", ("families", "couples")),
    "carers": ("audiences", ("caregivers",)),
    "exiles": ("audiences", ("exiles",)),
    "trade": ("audiences", tuple(OF_THE_TRADE)),
    "both_sides": ("audiences", BOTH_SIDES),
    "close": ("audiences", tuple(CLOSE)),
    "of_any_trouble": ("audiences", OF_ANY_TROUBLE),
    "of_their_own": ("audiences", WITH_A_HOUSE_OF_THEIR_OWN),
    "first_contact": ("offers", (FIRST_CONTACT,)),
    "together": ("offers", tuple(TOGETHER)),
    "medicine": ("offers", MEDICINE),
    "students": ("audiences", ("students",)),
    "consultation": ("offers", (CONSULTATION,)),
    "comes": ("offers", TEAMS),
    "mobile": ("offers", TEAMS[:1]),
    "crisis_care": ("offers", TEAMS[1:]),
    "training": ("offers", LEARNING[:1]),
    "learning": ("offers", LEARNING),
    "offered_by_few": ("offers", OFFERED_BY_FEW),
    "first": ("offers", FIRST_OFFERS),
    "group": ("kinds", ("group",)),
    "service": ("kinds", ("service",)),
    "helpline": ("kinds", ("helpline",)),
    "directory": ("kinds", ("directory", "platform")),
    "platform": ("kinds", ("platform",)),
    "in_person": ("kinds", IN_PERSON_KINDS),
    "takes_any": ("kinds", TAKING_ANY_NEED),
    "network": ("kinds", NETWORKS),
    "network_of_the_young": ("kinds", ("network-youth",)),
}
GROUPS_OF_NEEDS: dict[str, Iterable[str]] = {
    "illness": ILLNESSES,
    "addictions": ADDICTIONS,
    "mourning": (MOURNING,),
    "of_the_body": OF_THE_BODY,
    "with_relatives": WITH_RELATIVES,
    "violence": VIOLENCE,
    "harming": (HARMING,),
    "sexuality": ("sexuality",),
    "suicide": ("suicide",),
    "sexual_violence": ("sexual-violence",),
    "disability": ("disability",),
    "mental_illness": OF_PSYCHIATRY,
    "homeless": (HOMELESS,),
    "births": (BIRTH,),
    "caring": (CARING,),
    "justice": ("justice",),
}


class Case(NamedTuple):
    """A question as the rules look at it: what is asked, as the masks of cells."""

    query: Query
    needs: tuple[str, ...]
    in_danger: bool
    violence_in_danger: bool  # somebody is hurt by another; whoever asks
    in_crisis: bool  # in danger, or somebody must be seen or spoken to now
    doubtful: frozenset[str]  # needs that are heard and not surely
    something_sure: bool  # another need is said, or heard surely
    open_needs: int  # needs whose services are open to the asker: those asked, and those of who they are; see _open_needs
    asked_for: int  # audiences that are said, by a word or an age
    meant_for: int  # and those whom the needs, said or surely heard, and the relations are about
    after_suicide: bool  # somebody mourns, and a suicide is spoken of
    a_baby_died: bool  # a birth and a grief are spoken of
    a_child_died: bool  # or a baby, as the words say
    of_a_child: bool  # a child is spoken of, whoever asks
    of_another_subject: Mapping[int, str]  # resources named after one that nobody speaks of, each with the need it is a part of
    of_an_addiction: bool  # one is said or surely heard
    nothing_feared: bool  # of danger
    abuse_long_over: bool  # of somebody who is grown up by now
    lines_of_harmed_children: frozenset[int]  # lines for children to whom that is done, where it is of long ago
    a_child_is_harmed: bool  # by another; and who asks is not who harms it
    partner_violence: bool  # is told first
    of_an_exile: bool  # somebody who came from elsewhere is spoken of
    for_victims_too: bool  # what somebody lived through is told first
    put_out: bool  # somebody under eighteen, of the house
    wishes_to_learn: bool  # a training, or help among peers, is wished for
    interpreters: frozenset[int]  # resources that interpret, where that is asked for
    hits: bool  # who does harm, or fears to, speaks of anger or of violence at home, and not of an attraction
    deaf: bool  # or hard of hearing
    a_man_is_harmed: bool  # by another
    other_half: int  # the audience of women where a man asks, of men where a woman does
    needs_of_their_half: frozenset[str]  # needs that are about women, where a woman asks
    for_a_child: bool  # what is there for a child and its parents is asked for, by somebody grown up
    a_child_speaks: bool  # or somebody young, for themself
    after_a_sentence: bool  # a prison or a sentence is spoken of, and nothing that was done to who asks
    close_for_themselves: bool  # who is close to somebody who drinks or is ill asks for help, and is not the one who drinks
    ill_parent: bool  # somebody young speaks of a parent who drinks or is ill
    past_infancy: bool  # the help is for a child of an age at which it is no baby
    under_twelve: bool  # of an age at which it is none of the older young
    of_the_grown: bool  # an illness is told that begins with grown-ups, and no age
    does_harm: bool  # or fears to, and wants to stop
    fears_for_a_baby: bool  # has dreadful images of it, and harms nobody
    danger_needs: frozenset[str]  # what the danger asks for
    relations_close: bool  # somebody close to the one it is about asks
    relative_of_the_ill: bool
    for_relatives: bool  # those close to somebody ask for themselves
    languages: tuple[int, int, int]  # of the asker, those of the place beside them, and the first of the place
    question_in: int  # the languages that it asks for, or is surely in, whoever reads the answer
    communities: frozenset[str]  # areas of those whose language the asker speaks
    asks_for_a_group: bool
    asks_to_consult: bool  # a psychologist, a psychiatrist
    names_a_school: bool  # of higher education: that of another town is not theirs
    asks_to_talk: bool  # to somebody, whatever about
    asks_to_be_treated: bool  # in a town, for a complaint of somebody grown up
    asks_first_line: bool  # a psychologist whom the health insurance pays for
    called_in: int  # the languages of lines to call: the asker's, and those beside them
    here: frozenset[str]  # codes of the places
    masks: dict[str, int]  # GROUPS_OF_TERMS and GROUPS_OF_NEEDS as the cells hold them, and what the words wish for
    lines: frozenset[int]  # to call in this danger
    listeners: frozenset[int]  # to call in any
    lines_of_despair: frozenset[int]  # for who thinks of suicide
    lines_of_anybody: frozenset[int]  # somebody to talk to, whoever calls and whatever about
    lines_of_the_young: frozenset[int]  # somebody to talk to who is there for the young
    emergency: frozenset[int]  # numbers of resources that are for an emergency alone
    doctor_on_duty: frozenset[int]
    poison: frozenset[int]  # the one among them that is for one danger and answers for it


def case_of(query: Query, needs: Sequence[str], lookups: Lookups, languages: Sequence[str]) -> Case:
    """Prepare a question for the rules; `languages` are the reader's."""
    mask = lookups.mask
    asked_for = audiences_asked(query)
    asker = query.languages or query.spoken or tuple(languages[:1])
    local = [code for place in query.places for code in place.languages]
    beside = spoken_beside(asker, local)
    in_danger = query.in_danger
    doubtful = frozenset(need for need, share in query.heard if share < SURELY_HEARD)
    sure = [need for need in needs if need not in doubtful or need == needs[0]]
    close = (
        query.refuses_care or not {CLIENT}.issuperset(query.relations) or query.voice == "other" or not CLOSE.isdisjoint(query.audiences)
    )
    about = query._replace(relations=relations_meant(query.relations, needs))
    of_the_ill = query.relations if needs[:1] == (MOURNING,) else about.relations
    parents_who_mourn = ("parents",) if a_child_died(query, needs) else ()
    ill_parent = query.minor and "parent" in query.relations and not {*ILLNESSES, "depression"}.isdisjoint(needs)
    return Case(
        query=query,
        needs=tuple(needs),
        doubtful=doubtful,
        something_sure=not doubtful.issuperset(needs),
        in_danger=in_danger,
        violence_in_danger=in_danger and any(kind in BY_ANOTHER for kind in query.danger.kinds[:1]),
        in_crisis=in_danger or ("crisis" in needs and "crisis" not in doubtful and needs[0] in OF_A_CRISIS),
        open_needs=needs_mask(_open_needs(needs, asked_for, close=close, in_danger=in_danger, ill_parent=ill_parent), lookups),
        asked_for=mask("audiences", asked_for),
        meant_for=mask("audiences", {*asked_for, *audiences_meant(about, sure, lookups), *(CLOSE if close else ()), *parents_who_mourn}),
        after_suicide={MOURNING, "suicide"}.issubset(needs),
        a_baby_died={MOURNING, BIRTH}.issubset(needs),
        a_child_died=a_child_died(query, needs),
        of_a_child=_speaks_of_a_child(query, sure),
        of_another_subject=named_after_another(query.subjects, needs, lookups) if needs else {},
        of_an_addiction=not set(ADDICTIONS).isdisjoint(sure),
        nothing_feared=query.danger.probability < QUIET,
        abuse_long_over=query.long_over and not query.minor and not OF_LONG_AGO.isdisjoint(needs),
        lines_of_harmed_children=_lines_of_harmed_children(lookups) if query.long_over else frozenset(),
        a_child_is_harmed=_a_child_is_harmed(query, needs, doubtful),
        partner_violence=needs[:1] == ("domestic-violence",),
        of_an_exile="exiles" in asked_for or "exile" in sure,
        for_victims_too=needs[:1] == ("trauma",) and "exile" not in needs,
        put_out=query.minor and {HOMELESS, "family-conflict"}.issubset(needs),
        wishes_to_learn=not set(LEARNING).isdisjoint(query.offers),
        interpreters=frozenset(lookups.numbers_of(INTERPRETERS)) if query.interpreted else frozenset(),
        hits=not {"anger", "domestic-violence"}.isdisjoint(needs),
        deaf=DEAF in asked_for,
        a_man_is_harmed=is_a_man(query) and not set(VIOLENCE).isdisjoint(needs) and not does_harm(needs),
        other_half=mask("audiences", _other_half(asked_for)),
        needs_of_their_half=frozenset(need for need in needs if set(HALVES).intersection(asked_for, MEANT_BY.get(need, ()))),
        for_a_child=not query.minor and not set(needs[:2]).isdisjoint(OF_A_CHILD),
        a_child_speaks=query.minor and query.voice == "self" and not a_parent_asks(query),
        after_a_sentence=query.sentenced and needs[:1] == ("justice",) and HARMED.isdisjoint(needs),
        close_for_themselves=close and query.voice == "self" and _is_of_the_other(query, needs),
        ill_parent=ill_parent,
        past_infancy=query.age is not None and INFANT < query.age < ADULT_AGE,
        under_twelve=query.age is not None and audiences_of_age(query.age) == ["children"],
        of_the_grown=query.age is None and not query.minor and needs[:1] != () and needs[0] in OF_GROWN_UPS,
        does_harm=does_harm(needs),
        fears_for_a_baby=BIRTH in needs and HARMING in needs and not does_harm(needs),
        danger_needs=_needs_of_danger(query, needs, lookups),
        relations_close=close,
        relative_of_the_ill=close and not WITH_RELATIVES.isdisjoint(needs),
        for_relatives=not TOGETHER.isdisjoint(query.offers) and bool(_close_said(query)),
        languages=(mask("languages", asker), mask("languages", beside), mask("languages", beside[:1])),
        question_in=mask("languages", query.languages or query.spoken),
        communities=frozenset(f"community:{code}" for code in asker),
        asks_for_a_group=not TOGETHER.isdisjoint(query.offers),
        asks_to_consult=CONSULTATION in query.offers,
        names_a_school="students" in asked_for and _names_a_school(query, lookups),
        asks_to_talk=LISTENING in query.offers,
        asks_to_be_treated=not (in_danger or _asks_to_talk(query)) and _asks_to_be_treated(query, needs),
        asks_first_line=REIMBURSED in query.costs,
        called_in=mask("languages", {*asker, *beside}),
        here=frozenset(place.code for place in query.places),
        masks=_masks(query, of_the_ill, lookups),
        emergency=frozenset(lookups.numbers_of(EMERGENCY)),
        doctor_on_duty=frozenset(lookups.numbers_of(DOCTOR_ON_DUTY)),
        poison=frozenset(lookups.numbers_of(EMERGENCY[2:])),
        lines_of_the_young=_lines_of_the_young(lookups) if query.minor else frozenset(),
        lines=_lines(query, needs, lookups),
        lines_of_despair=frozenset(lines_of_despair(lookups) if LISTENING in query.offers else ()),
        lines_of_anybody=frozenset(lookups.urgent_numbers("crisis", minors=False)),
        listeners=frozenset(lookups.urgent_numbers("crisis", minors=query.minor) if in_danger else ()),
    )


def _names_a_school(query: Query, lookups: Lookups) -> bool:
    """Say whether a resource for students is named: their own university's or college's."""
    students = lookups.mask("audiences", ("students",))
    return any(cell.audiences & students for number in query.names for cell in lookups.cells_of(number, 0))


def _masks(query: Query, relations: Sequence[str], lookups: Lookups) -> dict[str, int]:
    """Give the groups of terms of the rules as the masks of cells, and what the question wishes for; `relations` are those spoken of."""
    wished = {kind: lookups.mask(kind, getattr(query, kind)) for kind in ("offers", "kinds", "channels")}
    wished["relatives"] = lookups.mask("audiences", [a for relation in relations for a in lookups.fits("relations", relation)])
    wished |= {name: lookups.mask(kind, terms) for name, (kind, terms) in GROUPS_OF_TERMS.items()}
    return wished | {name: needs_mask(needs, lookups) for name, needs in GROUPS_OF_NEEDS.items()}


def a_child_died(query: Query, needs: Sequence[str]) -> bool:
    """Say whether a child, or a baby that was awaited, is mourned: by the words, or where parents mourn and nobody else is said to have died."""
    if MOURNING not in needs:
        return False
    parents_mourn = not (query.died or _is_a_minor_of_an_age(query)) and ("child" in query.relations or "parents" in query.audiences)
    return BIRTH in needs or "child" in query.died or parents_mourn


def _is_a_minor_of_an_age(query: Query) -> bool:
    return query.age is not None and query.age < ADULT_AGE


def _speaks_of_a_child(query: Query, needs: Sequence[str]) -> bool:
    """Say whether a child is spoken of: as who needs help, as somebody's child, or by what only happens to children."""
    if query.minor:
        return True
    if a_child_died(query, needs):  # whom nobody can help any more
        return False
    said = a_parent_asks(query) or not set(MINORS).isdisjoint(audiences_asked(query))  # "raped as a child, man of 40" is grown up
    return said or not TELLING_OF_A_CHILD.isdisjoint(needs) or (query.danger.level != "none" and query.danger.kinds[:1] == ("child-abuse",))


def _is_of_the_other(query: Query, needs: Sequence[str]) -> bool:
    """Say whether an illness is said first, and by no words of who speaks: it is that of somebody close."""
    return needs[:1] != () and needs[0] in ILLNESSES and needs[0] not in dict(query.heard) and not query.own_trouble


def _other_half(asked_for: Collection[str]) -> tuple[str, ...]:
    """Give women where a man asks, men where a woman does; nobody where both are said, or none."""
    said = [half for half in HALVES if half in asked_for]
    return tuple(half for half in HALVES if half not in said) if said else ()


def _asks_to_be_treated(query: Query, needs: Sequence[str]) -> bool:
    """Say whether a town is said, and a complaint that is treated of somebody grown up."""
    return bool(query.places) and not query.minor and not TREATED.isdisjoint(needs[:1])


def _asks_to_talk(query: Query) -> bool:
    """Say whether somebody to talk to is asked for, or help by phone or chat."""
    return not (set(TO_TALK).isdisjoint(query.offers) and set(BY_TALKING).isdisjoint(query.channels))


def lines_of_despair(lookups: Lookups) -> list[int]:
    """Give the lines for who thinks of suicide, but those that listen to whoever calls."""
    listening = lookups.urgent_numbers("crisis", minors=False)
    return [number for number in lookups.urgent_numbers("suicide", minors=False) if number not in listening]


def _lines_of_the_young(lookups: Lookups) -> frozenset[int]:
    """Give the lines to talk to somebody that are there for minors."""
    return frozenset(lookups.urgent_numbers("crisis", minors=True)).difference(lookups.urgent_numbers("crisis", minors=False))


def _a_child_is_harmed(query: Query, needs: Sequence[str], doubtful: Collection[str]) -> bool:
    """Say whether a child is harmed by another than who asks, as is told first, and it is no grown-up who tells of then."""
    told = "child-abuse" in needs and "child-abuse" not in doubtful and needs[0] in OF_LONG_AGO and HARMING not in needs
    of_then = query.long_over or (query.age is not None and "child" not in query.relations)
    return told and (query.minor or not of_then)


def _lines_of_harmed_children(lookups: Lookups) -> frozenset[int]:
    """Give the lines to call against a sexual violence that are there for minors alone."""
    of_minors = lookups.urgent_numbers("sexual-violence", minors=True)
    return frozenset(of_minors).difference(lookups.urgent_numbers("sexual-violence", minors=False))


def needs_mask(needs: Iterable[str], lookups: Lookups) -> int:
    """Give the bits of some needs as the cells hold those for which alone a resource is there."""
    return sum(1 << lookups.need_number(need) for need in needs)


def _open_needs(needs: Sequence[str], asked_for: Collection[str], *, close: bool, in_danger: bool, ill_parent: bool) -> set[str]:
    """Give the needs whose services are open to the asker: also that of a group that is said, caring for who is close, a crisis in danger.

    And, for somebody young who speaks of a parent that drinks or is ill, that of the children of such parents.
    """
    of_a_group = {need for need, group in GROUP_OF_NEEDS.items() if group in asked_for}
    if ill_parent:
        of_a_group.add(PARENT_ILLNESS)
    return {*needs, *of_a_group, *((CARING,) if close else ()), *(("crisis",) if in_danger else ())}


def does_harm(needs: Sequence[str]) -> bool:
    """Say whether the one who asks does harm, or fears to, by the needs in their order."""
    return needs[:1] == (HARMING,) or (needs[:1] == ("anger",) and HARMING in needs)


def _close_said(query: Query) -> set[str]:
    """Give those close to somebody for whom help is asked by a word: relatives, carers, the parents of a child."""
    return set(query.audiences) & ({*CLOSE, "parents"} if "child" in query.relations else CLOSE)


def _needs_of_danger(query: Query, needs: Sequence[str], lookups: Lookups) -> frozenset[str]:
    """Give what a danger asks for, a crisis among it, and what the question is chiefly about."""
    of_danger = needs_of(query.danger, lookups) if query.in_danger else ()
    return frozenset(("crisis", *needs[:1], *of_danger))


def _lines(query: Query, needs: Sequence[str], lookups: Lookups) -> frozenset[int]:
    """Give the lines to call in a danger; those for minors only where one is in it, and never for who does the harm, or fears to."""
    kinds = query.danger.kinds[:1] if query.in_danger else ()
    young = query.minor or ("child-abuse" in kinds and HARMING not in needs)
    return frozenset(number for kind in kinds for number in lookups.urgent_numbers(kind, minors=young))
