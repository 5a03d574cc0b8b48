"""What a resource must meet to be an answer at all: audience, age, language, and what options require."""

from collections.abc import Sequence

from ht_cli.model import ADULT_AGE, AGE_GROUPS, MINORS, YOUNG, Query
from ht_cli.search.danger import OLD
from ht_cli.search.lookups import COSTS, HIDDEN, Filters, Lookups

# Whom a need is about, where nobody says for whom the help is.
MEANT_BY = {
    "grief": ("bereaved",), "exile": ("exiles",), "lgbtqia": ("lgbtqia",), "perinatal": ("parents", "families", "women"),
    "parenting": ("parents", "families", "children"), "caregiving": ("caregivers", "relatives"), "dementia": ("older-people", "relatives", "caregivers"),
    "school": ("children", "adolescents", "parents"), "bullying": ("children", "adolescents", "parents"),
    "child-abuse": ("children", "adolescents", "parents", "families"), "parent-illness": ("children", "adolescents", "young-adults", "families"),
    "separation": ("couples", "families", "parents"), "relationship": ("couples",), "family-conflict": ("families", "parents"),
    "domestic-violence": ("women", "families"), "sexual-violence": ("women",), "elder-abuse": ("older-people", "relatives"),
}  # fmt: skip
# The audiences of a person, by the age under which they are. Twelve: where "adolescents" begins for most services that say an age, and
# primary school ends. Eighteen: of age. Twenty-five is the last year of "young adults" for half of the services that say one. No service
# says where "older people" begins: sixty-five is the age of a pension.
AUDIENCES_BY_AGE = (
    (12, ("children",)), (ADULT_AGE, ("adolescents",)), (26, ("young-adults", "adults")), (OLD, ("adults",)),
    (1_000, ("older-people", "adults")),
)  # fmt: skip
OF_ANY_AGE = {need: MEANT_BY[need] for need in ("grief", "exile", "lgbtqia")}  # whose groups are not of an age
ONLY_GROWN_UP = ("young-adults", "adults", "older-people")  # what names some of these, and none of the young, is not for a minor
OF_A_CHILD = ("perinatal", "parenting")  # needs for which the ages of a service are those of the child, and not of its mother
OF_ITS_PARENTS = ("parents", "families")
CLOSE = frozenset(("relatives", "caregivers"))
OF_THE_TRADE = frozenset(("professionals", "doctors"))  # who sees what is for professionals alone
OF_THE_OLD = ("dementia", "elder-abuse")  # needs of somebody whose children are grown up
OF_A_COUPLE = frozenset(("relationship", "separation", "domestic-violence", "sexuality"))  # needs that are between the two of one
OF_THE_YOUNG = ("school", "bullying")  # needs of an age: of somebody grown up they are said of work, or of a child


def filters_of(query: Query, lookups: Lookups, *, show_all: bool = False) -> Filters:
    """Turn what a question requires into what a cell must meet.

    Words about offers, kinds, channels and languages only order the results; options and ages exclude.
    """
    required = query.required
    hidden = 0 if show_all else HIDDEN["unverified"] | HIDDEN["closed"] | HIDDEN["contactless"]
    if OF_THE_TRADE.isdisjoint(query.audiences) and not show_all:
        hidden |= HIDDEN["professionals"]
    low, high = _ages(query)
    return Filters(
        audiences=_suitable(query, lookups),
        grown_up=lookups.mask("audiences", ONLY_GROWN_UP) if query.minor else 0,
        young=lookups.mask("audiences", _for_the_young(query)),
        whatever_age=lookups.mask("audiences", OF_ITS_PARENTS) if asks_for_a_child(query) else 0,
        offers=lookups.mask("offers", query.offers) if "offers" in required else 0,
        languages=lookups.mask("languages", query.languages) if "languages" in required else 0,
        channels=lookups.mask("channels", query.channels) if "channels" in required else 0,
        kinds=lookups.mask("kinds", query.kinds) if "kinds" in required else 0,
        cost=COSTS.index("free") if "costs" in required else 0,
        no_referral="referral" in required,
        age=-1 if query.age is None else query.age,
        low=low,
        high=high,
        hidden=hidden,
    )


def _ages(query: Query) -> tuple[int, int]:
    """The span of ages that the words give, so that a service from 18 is not told to a child."""
    if query.age is None and query.minor and not query.relations:
        return (0, 11) if query.audiences == ("children",) else (0, 17)
    return -1, -1


def _suitable(query: Query, lookups: Lookups) -> int:
    """The audiences that suit: those asked, those that fit them or that the rest of the question is about, and everyone."""
    asked = audiences_asked(query)
    if not asked or asked == ["everyone"]:
        return 0
    fitting = [other for audience in asked for other in lookups.fits("audiences", audience)]
    meant = [] if "audiences" in query.required else _meant_at_any_age(query, lookups)
    return lookups.mask("audiences", {*asked, *fitting, *meant, "everyone"})


def _meant_at_any_age(query: Query, lookups: Lookups) -> list[str]:
    """Give whom a question is about whatever age it tells: an age leaves out what is for another age, and nobody close to the ill.

    The age of a husband or a daughter who calls is not that of the old for whom the help is. A child's age leaves more out: what is for
    those close stays where a parent asks.
    """
    meant = audiences_meant(query, query.needs, lookups)
    if query.age is None:
        return meant
    if query.minor:
        of_the_need = [audience for need in query.needs for audience in OF_ANY_AGE.get(need, ())]
        return [*of_the_need, *(CLOSE if "child" in query.relations else ())]
    of_the_old = query.relations and query.needs[:1] != () and query.needs[0] in OF_THE_OLD
    return [audience for audience in meant if audience not in AGE_GROUPS or (of_the_old and audience == "older-people")]


def _for_the_young(query: Query) -> tuple[str, ...]:
    """Give the audiences by one of which what is for grown-ups serves a minor too: parents; those close, where a parent asks; and who is said.

    "Jeune" may be somebody of twenty, where no age is told.
    """
    close = CLOSE if a_parent_asks(query) else ()
    said = ("students",) if query.age is not None else ("students", "young-adults")
    return (*MINORS, "everyone", *OF_ITS_PARENTS, *close, *(one for one in said if one in query.audiences))


def a_parent_asks(query: Query) -> bool:
    """Say whether somebody speaks of a child of theirs, or the help is for parents."""
    return "child" in query.relations or "parents" in query.audiences


def asks_for_a_child(query: Query) -> bool:
    """Say whether somebody grown up asks for what is there for a child and its parents: a mother's age says nothing of it."""
    return query.age is not None and query.age >= ADULT_AGE and not set(query.needs[:2]).isdisjoint(OF_A_CHILD)


def audiences_asked(query: Query) -> list[str]:
    """Give for whom the help is, as words and an age say.

    An option alone counts where one is given. Who is grown up is not one of the children spoken of, nor a boy one of the men.
    """
    if "audiences" in query.required:
        return list(query.audiences)
    of_age = audiences_of_age(query.age)
    others = () if query.age is None else ("men", "women") if query.age < ADULT_AGE else MINORS
    if query.age is not None and query.age >= OLD and "child" not in query.relations:
        others = (*others, "parents")  # "mother of 82" says who she is
    return list(dict.fromkeys([*(audience for audience in query.audiences if audience not in others), *of_age]))


def audiences_meant(query: Query, needs: Sequence[str], lookups: Lookups) -> list[str]:
    """Give whom the needs, and the people spoken of ("my mother"), are about, though no word says for whom help is sought."""
    grown_up = query.age is not None and query.age >= ADULT_AGE
    of_a_child = "child" in query.relations or not set(MINORS).isdisjoint(query.audiences)
    meant = [audience for need in needs if need not in OF_THE_YOUNG for audience in MEANT_BY.get(need, ())]
    a_child_died = "grief" in needs[:1] and "parents" in query.audiences  # its parents mourn it, and none of the young
    relations = [relation for relation in query.relations if not (a_child_died and relation == "child")]
    close = [audience for relation in relations for audience in lookups.fits("relations", relation)]
    others = {*YOUNG}.difference(audiences_of_age(query.age)) if grown_up else set()
    if is_a_man(query):
        others.add("women")  # violence is done to women first, and not alone
    young = [audience for need in needs if need in OF_THE_YOUNG and (of_a_child or not grown_up) for audience in MEANT_BY[need]]
    return [*(audience for audience in (*meant, *close) if audience not in others), *young]


def is_a_man(query: Query) -> bool:
    """Say whether the help is for a man, as a word says."""
    asked = audiences_asked(query)
    return "men" in asked and "women" not in asked


def relations_meant(relations: Sequence[str], needs: Sequence[str]) -> tuple[str, ...]:
    """Give those close to somebody whom the help may be for, by the first need.

    Of those who mourn, the one spoken of is the one who died: a widow is not a couple; a child that died makes parents of them. And
    the child of somebody old is the grown-up who cares for a parent.
    """
    if needs[:1] == ("grief",):
        return tuple(one for one in relations if one == "child")
    if needs and needs[0] in OF_THE_OLD:
        return tuple(dict.fromkeys("parent" if one == "child" else one for one in relations))
    return tuple(relations)


def audiences_of_age(age: int | None) -> list[str]:
    """Give the audiences that a person of this age, in years, belongs to."""
    if age is None:
        return []
    return list(next(audiences for below, audiences in AUDIENCES_BY_AGE if age < below))


def audiences_told_first(age: int | None) -> list[str]:
    """Give those for whom a result is that somebody who asks for a person of this age is told first: of a minor, the parents next."""
    return [*audiences_of_age(age), *(OF_ITS_PARENTS if age is not None and age < ADULT_AGE else ())]
