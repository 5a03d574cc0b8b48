"""What else a question tells of who is meant: who hits or is hit, is controlled, put out, uninsured or at school, refuses care, came alone.

Each circumstance is told by words that no list of the vocabulary holds together; what the ears made of them is set right by it.
"""

from ht_cli.model import Query
from ht_cli.search.case import HARMING, SURELY_HEARD, TEAMS
from ht_cli.search.controlling import is_controlled_by_a_partner
from ht_cli.search.danger import if_by_a_partner
from ht_cli.search.denials import INSURANCES, without_insurance
from ht_cli.search.filtering import OF_ITS_PARENTS, OF_THE_YOUNG
from ht_cli.search.listening import without_needs
from ht_cli.search.minors import came_alone, is_of_school_age, is_put_out
from ht_cli.search.people import asks_for_themself, is_hit_by_his_wife, refuses_care
from ht_cli.search.question import Reading
from ht_cli.search.roles import with_roles
from ht_cli.search.senses import are_nightmares

SCHOOL, BULLYING = ("needs", "school"), ("needs", "bullying")
DOMESTIC_VIOLENCE, JUSTICE = "domestic-violence", "justice"
EXILE, SLEEP, TRAUMA = "exile", "sleep", "trauma"
OF_ONE_PUT_OUT = ("homelessness", "family-conflict")  # needs
GROWN_UP_CARERS = ("caregivers",)  # audiences
OF_A_CARER = "children"


def with_circumstances(query: Query, reading: Reading) -> Query:
    """Give a question that was heard with what its words tell of who is meant; each is read in what the ones before it left."""
    for read in (
        _with_who_asks, with_roles, _with_control_by_a_partner, _with_a_roof_for_a_minor, _with_what_an_exile_dreams, _without_insurance,
        _where_care_is_refused, _at_school,
    ):  # fmt: skip
        query = read(query, reading)
    return query


def with_who_is_under_age(query: Query, reading: Reading) -> Query:
    """Read who came alone to the country, and a boy beside a school, as minors; and a child beside who cares for it as no one who asks."""
    if query.age is not None or HARMING in query.needs:
        return query
    at_school = is_of_school_age(reading.tokens) and not set(query.needs).isdisjoint(OF_THE_YOUNG)
    if came_alone(reading.tokens) or at_school:
        others = tuple(one for one in query.audiences if one not in ("adults", "men", "women"))
        return query._replace(audiences=tuple(dict.fromkeys((*others, "adolescents"))))
    if not set(GROWN_UP_CARERS).isdisjoint(query.audiences):
        return query._replace(audiences=tuple(one for one in query.audiences if one != OF_A_CARER))
    return query


def _with_who_asks(query: Query, reading: Reading) -> Query:
    """Read who is hit by his wife as a man, though no word calls him one, and who asks "for me" as speaking of themself."""
    if query.voice in ("", "other") and asks_for_themself(reading.tokens):
        query = query._replace(voice="self")
    violence = "domestic-violence" in query.needs or "partner-violence" in query.danger.kinds[:1]
    if not violence or {"men", "women"}.intersection(query.audiences) or not is_hit_by_his_wife(reading.tokens):
        return query
    return query._replace(audiences=(*query.audiences, "men"))


def _with_control_by_a_partner(query: Query, reading: Reading) -> Query:
    """Read what a partner, or one of before, does to control somebody as partner violence, and not as a matter of courts that is only heard."""
    if HARMING in query.needs or not is_controlled_by_a_partner(reading):
        return query
    heard = tuple(one for one in query.heard if one[0] not in (DOMESTIC_VIOLENCE, JUSTICE))
    courts = {JUSTICE}.intersection(need for need, _share in query.heard)
    others = (need for need in query.needs if need != DOMESTIC_VIOLENCE and need not in courts)
    return query._replace(needs=(DOMESTIC_VIOLENCE, *others), heard=heard, danger=if_by_a_partner(query.danger))


def _with_a_roof_for_a_minor(query: Query, reading: Reading) -> Query:
    """Read a minor who is put out of the house as one who needs a roof, and somebody between them and the parents, beside what else is said."""
    if not query.minor or not is_put_out(reading.tokens):
        return query
    others = tuple(one for one in query.audiences if one not in OF_ITS_PARENTS)  # who put them out
    return query._replace(needs=tuple(dict.fromkeys((*query.needs, *OF_ONE_PUT_OUT))), audiences=others)


def _with_what_an_exile_dreams(query: Query, reading: Reading) -> Query:
    """Read the nightmares of an exile as what was lived through, and not as a trouble of sleep."""
    if not {EXILE, SLEEP}.issubset(query.needs) or not are_nightmares(reading.tokens):
        return query
    needs = tuple(dict.fromkeys(TRAUMA if need == SLEEP else need for need in query.needs))
    return query._replace(needs=needs, heard=tuple(one for one in query.heard if one[0] != SLEEP))


def _without_insurance(query: Query, reading: Reading) -> Query:
    """Let who has no health insurance wish for what costs nothing, and not for what the insurance pays: "pas mutuelle"."""
    if not without_insurance(reading.tokens):
        return query
    unknown = tuple(word for word in query.unknown if word not in INSURANCES)
    return query._replace(uninsured=True, costs=("free",), unknown=unknown)


def _where_care_is_refused(query: Query, reading: Reading) -> Query:
    """Let who speaks of somebody that refuses care ask for a team that comes; what is hardly heard in that is left out."""
    if query.voice == "self" or not refuses_care(reading.tokens):
        return query
    needs = tuple(need for need in query.needs if dict(query.heard).get(need, 1.0) >= SURELY_HEARD)
    offers = tuple(dict.fromkeys((*query.offers, TEAMS[0])))
    return without_needs(query, set(query.needs).difference(needs))._replace(refuses_care=True, offers=offers)


def _at_school(query: Query, reading: Reading) -> Query:
    """Read the bullying of a child, or at school, as a matter of the school too, and not of work, which has the same word."""
    of_school = any(SCHOOL in span.terms and not span.edits for span in reading.spans)
    if "bullying" not in query.needs or not (of_school or query.minor or "child" in query.relations):
        return query
    names_work = [span for span in reading.spans if ("needs", "work") in span.terms and BULLYING not in span.terms]
    needs = [need for need in query.needs if need != "work" or names_work]
    place = needs.index("bullying") + 1
    return query._replace(needs=tuple(dict.fromkeys([*needs[:place], "school", *needs[place:]])))
