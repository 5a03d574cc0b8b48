"""What a resource must meet to be an answer at all: audience, age, language, and what options require."""

from ht_cli.model import Query
from ht_cli.search.lookups import COSTS, HIDDEN, Filters, Lookups


def filters_of(query: Query, lookups: Lookups, *, show_all: bool = False) -> Filters:
    """Turn what a question requires into what a cell must meet.

    Words about offers, kinds and channels only order the results; options, languages and ages exclude.
    """
    required = query.required
    hidden = 0 if show_all else HIDDEN["unverified"] | HIDDEN["closed"] | HIDDEN["contactless"]
    if "professionals" not in query.audiences and not show_all:
        hidden |= HIDDEN["professionals"]
    low, high = _ages(query)
    return Filters(
        audiences=_suitable(query, lookups),
        offers=lookups.mask("offers", query.offers) if "offers" in required else 0,
        languages=lookups.mask("languages", query.languages),
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
    """The audiences that suit: those asked, those that fit them, and everyone."""
    asked = list(query.audiences) or audiences_of_age(query.age)
    if not asked or asked == ["everyone"]:
        return 0
    fitting = [other for audience in asked for other in lookups.fits("audiences", audience)]
    return lookups.mask("audiences", {*asked, *fitting, "everyone"})


def audiences_of_age(age: int | None) -> list[str]:
    """Give the audiences that a person of this age, in years, belongs to."""
    if age is None:
        return []
    if age < 12:
        return ["children"]
    if age < 18:
        return ["adolescents"]
    return ["young-adults", "adults"] if age < 26 else ["adults"] if age < 65 else ["older-people", "adults"]
