"""Who does what in words about somebody else: who hits and wants help, who drinks and wants to stop, whose child is ill."""

from itertools import pairwise

from ht_cli.model import ADDICTIONS, Query
from ht_cli.search.case import CARING, HARMING, PARENT_ILLNESS
from ht_cli.search.people import BY, FROM_HER_TO_ME, HIS, ME, MY, WIVES
from ht_cli.search.question import Reading

HIS_OR_MY = HIS | MY | {"seine"}
HIM = ME | {"hem", "ihn", "him"}
OF_GROWN_UPS = frozenset(("partner", "parent", "sibling", "friend", "relative"))  # relations; who is asked for a child stays its parent
HITS = frozenset((  # verbs before the one who is hit
    "slaat", "sla", "sloeg", "slaagt", "mept", "mishandelt", "frappe", "frappait", "bat", "battait", "tape", "cogne", "schlagt", "schlage", "schlug",
    "misshandelt", "hits", "hit", "beats", "beat", "beating", "hitting", "abuses",
))  # fmt: skip
HAS_HIT = frozenset(("geslagen", "gemept", "mishandeld", "geschlagen", "misshandelt"))  # participles behind the one who is hit
WANTS = frozenset((
    "wil", "zoekt", "vraagt", "wenst", "veut", "cherche", "demande", "souhaite", "voudrait", "will", "mochte", "sucht", "fragt", "bittet", "wants", "seeks",
    "asks",
))  # fmt: skip
HELP_OR_AN_END = frozenset((
    "hulp", "stoppen", "minderen", "afkicken", "ontwennen", "aide", "arreter", "soigner", "sevrer", "sevrage", "hilfe", "aufhoren", "entzug", "help", "stop",
    "quit", "stopping",
))  # fmt: skip
NO = frozenset(("geen", "niet", "nooit", "pas", "aucune", "aucun", "jamais", "plus", "kein", "keine", "nicht", "no", "not", "never"))
FROM_WISH_TO_HELP, FROM_VERB_TO_WIFE = 5, 2  # words at most
PARENT_WORDS = frozenset((
    "ouder", "ouders", "moeder", "vader", "mama", "papa", "parent", "parents", "pere", "mere", "maman", "mutter", "vater", "eltern", "elternteil", "mother",
    "father", "mum", "mom", "dad",
))  # fmt: skip
OF = frozenset(("van", "de", "d", "du", "von", "of", "to", "eines", "einer"))  # in German the article alone
BETWEEN_PARENT_AND_CHILD = frozenset((
    "een", "mijn", "hun", "volwassen", "jong", "jonge", "un", "une", "jeune", "grand", "einem", "einer", "eines", "erwachsenen", "a", "an", "the", "their",
    "adult", "grown", "up", "young",
))  # fmt: skip
CHILD_WORDS = frozenset((
    "kind", "kinderen", "zoon", "zonen", "dochter", "dochters", "puber", "jongere", "tiener", "enfant", "enfants", "fils", "fille", "filles", "ado", "adolescent",
    "adolescente", "kindes", "kinder", "kindern", "sohn", "sohnes", "sohnen", "tochter", "tochtern", "child", "children", "kid", "kids", "son", "sons",
    "daughter", "daughters", "teenager",
))  # fmt: skip
# Who may have a wish beside the one who is told of.
OTHERS = WIVES | CHILD_WORDS | PARENT_WORDS | frozenset((
    "ik", "je", "j", "ich", "i", "we", "wij", "nous", "wir", "ze", "zij", "elle", "sie", "she", "familie", "famille", "family", "broer", "zus", "frere", "soeur",
    "bruder", "schwester", "brother", "sister",
))  # fmt: skip


def with_roles(query: Query, reading: Reading) -> Query:
    """Give a question in which who is told of has the part that the words give them."""
    return _parent_of_who_is_ill(_who_wants_to_stop(_who_hits(query, reading), reading), reading)


def _who_hits(query: Query, reading: Reading) -> Query:
    """Read a man who hits his wife as no man that is harmed; where he wants help, it is asked to stop hitting."""
    hit = place_of_hitting(reading.tokens)
    if hit < 0:
        return query
    query = query._replace(audiences=tuple(audience for audience in query.audiences if audience != "men"))
    if not wants_help(reading, hit):
        return query
    return query._replace(needs=tuple(dict.fromkeys((HARMING, *query.needs))), heard=tuple(one for one in query.heard if one[0] != HARMING))


def place_of_hitting(tokens: list[str]) -> int:
    """Give where the wife stands whom a man hits: "man slaat zijn vrouw", "hat seine Frau geschlagen"; -1 where none is, or she hits."""
    for place, token in enumerate(tokens):
        if token not in WIVES or place == 0:
            continue
        owner = place - (tokens[place - 1] in HIS_OR_MY)
        if not BY.isdisjoint(tokens[max(owner - 1, 0) : owner]):
            continue
        behind = tokens[place + 1 : place + 1 + FROM_HER_TO_ME]
        hits = not HITS.isdisjoint(tokens[max(owner - FROM_VERB_TO_WIFE, 0) : owner]) and HIM.isdisjoint(behind)  # "sloeg mijn vrouw mij"
        if hits or (owner < place and not HAS_HIT.isdisjoint(behind[:1])):
            return place
    return -1


def _who_wants_to_stop(query: Query, reading: Reading) -> Query:
    """Read somebody grown up who drinks, uses or gambles and wants help as the one who is helped, and not who tells of them.

    So what is for those close, and for the children of such parents, stands behind what is for the drinker.
    """
    addiction, place = _addiction_said(reading)
    told_of_another = OF_GROWN_UPS.issuperset(query.relations) and (query.relations or "parents" in query.audiences)
    if not addiction or query.minor or not told_of_another or not wants_help(reading, place):
        return query
    left_out = {PARENT_ILLNESS, CARING, addiction}
    return query._replace(
        needs=(addiction, *(need for need in query.needs if need not in left_out)),
        heard=tuple(one for one in query.heard if one[0] not in left_out),
        audiences=tuple(audience for audience in query.audiences if audience not in ("parents", "relatives", "caregivers")),
        relations=(),
        voice="" if query.voice == "other" else query.voice,
    )


def _addiction_said(reading: Reading) -> tuple[str, int]:
    """Give the first addiction that words name, also within a phrase for more ("vader drinkt"), and where they end."""
    for span in sorted(reading.spans, key=lambda one: one.start):
        for kind, need in span.terms if span.kind == "concept" and not span.edits else ():
            if kind == "needs" and need in ADDICTIONS:
                return need, span.end - 1
    return "", -1


def wants_help(reading: Reading, behind: int) -> bool:
    """Say whether behind a place the one who is told of wants help or an end: "vader drinkt, wil hulp", and not "ik wil hulp", "wil geen hulp"."""
    tokens = reading.tokens
    for place in range(behind + 1, len(tokens)):
        if tokens[place] in OTHERS:  # whose wish is it then?
            return False
        if tokens[place] in WANTS and _is_for_help(tokens[place + 1 : place + 1 + FROM_WISH_TO_HELP]):
            return True
    return False


def _is_for_help(wish: list[str]) -> bool:
    """Say whether the words of a wish ask for help or an end, and deny neither before they name it."""
    named = next((place for place, token in enumerate(wish) if token in HELP_OR_AN_END), len(wish))
    return named < len(wish) and NO.isdisjoint(wish[:named])


def _parent_of_who_is_ill(query: Query, reading: Reading) -> Query:
    """Read the parent of an ill child as one of those close to somebody, whose own illness nobody tells: "ouder van een kind met psychose"."""
    told = {*query.needs} - {PARENT_ILLNESS, CARING}
    if not told or not is_parent_of_a_child(reading.tokens):
        return query
    audiences = [audience for audience in query.audiences if audience != "children" or query.age is not None]
    return query._replace(
        needs=tuple(need for need in query.needs if need != PARENT_ILLNESS),
        heard=tuple(one for one in query.heard if one[0] != PARENT_ILLNESS),
        audiences=tuple(dict.fromkeys((*audiences, "parents"))),
        relations=tuple(dict.fromkeys((*(one for one in query.relations if one != "parent"), "child"))),
    )


def is_parent_of_a_child(tokens: list[str]) -> bool:
    """Say whether somebody is called the parent of a child: "moeder van een dochter", "parents d'un fils", "Mutter eines Sohnes"."""
    for place, (parent, of) in enumerate(pairwise(tokens)):
        if parent not in PARENT_WORDS or of not in OF:
            continue
        child = place + 2
        while child < len(tokens) and tokens[child] in BETWEEN_PARENT_AND_CHILD:
            child += 1
        if tokens[child : child + 1] and tokens[child] in CHILD_WORDS:
            return True
    return False
