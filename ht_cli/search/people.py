"""Whom the words speak of: who died, which children are only counted, whose relatives are not the asker's, where somebody works, whom somebody only mentions."""

from ht_cli.search.question import FEW_WORDS, Reading, Span
from ht_cli.search.text import HOUSES

THEIRS = frozenset((  # of somebody spoken about: "his wife" is not who asks
    "sa", "son", "ses", "leur", "leurs", "zijn", "zn", "haar", "hun", "sein", "seine", "seiner", "seinem", "seinen", "ihr", "ihre", "ihrer", "ihrem",
    "ihren", "his", "her", "their",
))  # fmt: skip
PARENTS = ("audiences", "parents")
CHILDREN = (("audiences", "children"), ("audiences", "adolescents"))
I_AM = frozenset(("suis", "comme", "ben", "als", "bin", "am", "m", "as"))  # what stands before the profession of who speaks
PROFESSIONALS = ("audiences", "professionals")
WORKING = frozenset((
    "work", "works", "worked", "working", "werk", "werkt", "werken", "werkte", "arbeite", "arbeitet", "arbeiten", "travaille", "travailles",
    "travaillait",
))  # fmt: skip
WELFARE_OFFICES = frozenset(("cpas", "ocmw", "oshz"))
A_CLIENT = ("relations", "pupil-client")
WORDS_TO_A_CLIENT = 2  # behind the organisation that writes, its town at most between: "CAW Gent cliënt"
SEEKS = frozenset((  # behind the profession of who asks, before what they ask for a client: "huisarts zoekt mobiel crisisteam"
    "zoekt", "zoek", "zoeken", "vraagt", "cherche", "cherchent", "recherche", "demande", "sucht", "suche", "suchen", "fragt", "seeks", "seeking", "looking",
    "looks", "asks",
))  # fmt: skip
SMALL_BETWEEN = 4  # small words at most between "work" and the place
WORKPLACES = frozenset((
    ("offers", "hospital"), ("offers", "residential"), ("offers", "day-centre"), ("offers", "crisis-care"), ("needs", "school"), ("needs", "justice"),
))  # fmt: skip


def of_one_who_died(span: Span, reading: Reading) -> Span:
    """Read who died as the one that is mourned, and no longer as who needs help: "verlies kind" is said by parents, "moeder overleden" by no mother."""
    if not any(span.tokens >> position & 1 for position in reading.mourned):
        return span
    others = tuple(term for term in span.terms if term[0] != "audiences")
    of_a_child = any(term in CHILDREN or term == ("relations", "child") for term in span.terms)
    return span._replace(terms=(*others, ("relations", "child"), PARENTS) if of_a_child else others)


def without_counted_children(span: Span, reading: Reading) -> Span:
    """Read children who are only counted as those of who needs help: "maman solo, 3 enfants" asks for a parent, "2 kinderen 6 en 9" for them."""
    of_children = ("relations", "child") in span.terms or any(term in CHILDREN for term in span.terms)
    of_an_age = span.end < len(reading.tokens) and reading.tokens[span.end].isdigit()
    if span.start - 1 not in reading.counting or not of_children or of_an_age:
        return span
    others = tuple(term for term in span.terms if term not in CHILDREN and term != ("relations", "child"))
    return span._replace(terms=(*others, PARENTS))


def without_relations_of_others(span: Span, reading: Reading) -> Span:
    """Leave out whom somebody else is related to ("since his wife retired"): they do not ask."""
    if span.start == 0 or reading.tokens[span.start - 1] not in THEIRS:
        return span
    return span._replace(terms=tuple(term for term in span.terms if term[0] != "relations"))


def without_workplace(span: Span, reading: Reading) -> Span:
    """Leave out where somebody works, which is not what they look for: "ich arbeite für das Krankenhaus", "I work for a school"."""
    before = span.start - 1
    while before in reading.small and span.start - before <= SMALL_BETWEEN:
        before -= 1
    if WORKPLACES.isdisjoint(span.terms) or before < 0 or before == span.start - 1 or reading.tokens[before] not in WORKING:
        return span
    return span._replace(terms=tuple(term for term in span.terms if term not in WORKPLACES))


def without_welfare_office(span: Span, reading: Reading) -> Span:
    """Leave debts out of the welfare office that writes a longer note, or of which somebody is a client: "OCMW Gent, man hoort stemmen"."""
    if span.length > 1 or reading.tokens[span.start] not in WELFARE_OFFICES or len(reading.tokens) <= FEW_WORDS:
        return span
    return span._replace(terms=tuple(term for term in span.terms if term[0] != "needs"))


def sender(reading: Reading) -> str:
    """Give the word of the organisation that writes, before a client at the beginning: "CAW cliënt dakloos", "CPAS Mons, client de 40 ans"; else nothing.

    Who writes is not what is looked for.
    """
    if not reading.tokens or reading.tokens[0] not in HOUSES | WELFARE_OFFICES:
        return ""
    clients = {span.start for span in reading.spans if A_CLIENT in span.terms and not span.edits}
    return reading.tokens[0] if clients & set(range(1, WORDS_TO_A_CLIENT + 1)) else ""


def without_sender(span: Span, reading: Reading) -> Span:
    """Leave out what the organisation that writes is or does."""
    return span._replace(terms=()) if span.tokens == 1 and span.kind == "concept" and sender(reading) else span


def without_passing_profession(span: Span, reading: Reading) -> Span:
    """Leave out the professionals of whom somebody only speaks ("mijn huisarts zegt …", "mon père est médecin"): the help is not for them.

    Nor is it for who looks for something for a client: "huisarts zoekt mobiel crisisteam".
    """
    if PROFESSIONALS not in span.terms:
        return span
    is_own = not I_AM.isdisjoint(reading.tokens[max(span.start - 3, 0) : span.start])
    of_a_relative = any(
        relation.end <= span.start for relation in reading.spans if any(kind == "relations" for kind, _ref in relation.terms)
    )
    seeks = not SEEKS.isdisjoint(reading.tokens[span.end : span.end + 1])
    if is_own or not (of_a_relative or seeks or len(reading.tokens) > FEW_WORDS):
        return span
    return span._replace(terms=tuple(term for term in span.terms if term != PROFESSIONALS))
