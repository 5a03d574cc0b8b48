"""What a question says no to: dangers that a note denies, help that is not wanted, a language that is not spoken, a place that is not meant."""

from collections.abc import Sequence

from ht_cli.search.lookups import Lookups
from ht_cli.search.question import AND, BUT, Reading, Span

NOT = "NOT"  # the notion of what says no
ONLY = ("que", "qu")  # French "ne parle que le néerlandais": nothing but
WAY_ON = 4  # words behind a language among which it is said to be hardly spoken: "my French is not good"
BADLY = frozenset((
    "poor", "bad", "terrible", "weak", "rusty", "not", "slecht", "zwak", "beperkt", "mauvais", "faible", "schlecht", "reicht", "mangelhaft",
    "kaum", "nauwelijks", "amper", "hardly", "barely", "peine", "wenig", "weinig",
))  # fmt: skip
A_LITTLE = frozenset((  # before a language: "a little French"
    "wenig", "bisschen", "bissl", "peu", "beetje", "bietje", "little", "bit", "weinig", "kaum", "hardly", "barely", "amper",
))  # fmt: skip
TAUGHT = frozenset((  # beside a language that somebody learns: "his French classes", "cours de néerlandais"
    "class", "classes", "lesson", "lessons", "course", "courses", "teacher", "exam", "cours", "lecons", "prof", "les", "lessen", "examen", "toets",
    "kurs", "kurse", "unterricht", "prufung", "leerkracht",
))  # fmt: skip
WAY_BACK = 4  # words before a language among which a "no" is looked for
NONE_OF_IT = frozenset((
    "no", "not", "without", "denies", "geen", "niet", "zonder", "ontkent", "kein", "keine", "keinen", "keinerlei", "nicht", "ohne", "verneint",
    "aucun", "aucune", "pas", "sans", "nie",
))  # fmt: skip
NOT_WANTED = frozenset((  # what somebody may not want: "pas d'hôpital", "pas un groupe"
    ("offers", "hospital"), ("offers", "residential"), ("offers", "support-group"), ("offers", "talking-circle"), ("offers", "group-therapy"),
    ("offers", "peer-support"), ("kinds", "group"), ("kinds", "network-adult"), ("kinds", "network-youth"),
))  # fmt: skip
# What of those, and of the police, somebody may fear, refuse or have tried.
NOT_ASKED_FOR = frozenset((*NOT_WANTED, ("offers", "crisis-care"), ("offers", "day-centre"), ("needs", "justice")))
# The dangers that notes about a client deny.
DENIED = frozenset(("suicide", "self-harm", "domestic-violence", "sexual-violence", "child-abuse", "elder-abuse"))
CHILDREN_SPOKEN_OF = (("relations", "child"), ("audiences", "children"))
LIVES = frozenset((
    "woont", "wonen", "woonde", "zit", "zitten", "leeft", "leven", "studeert", "zijn", "wohnt", "wohnen", "lebt", "leben", "studiert", "sind", "habite",
    "habitent", "vit", "vivent", "etudie", "sont", "lives", "live", "lived", "studies", "are",
))  # fmt: skip
LEADS_HOME = frozenset((  # what stands between who lives somewhere and where that is: "woont nu in", "vit loin"
    "in", "en", "a", "au", "aux", "te", "at", "nu", "maintenant", "now", "jetzt", "ver", "loin", "far", "weit", "all", "alle", "tous", "weg",
))  # fmt: skip
WAY_HOME = 4  # words between a child and the place where it lives
NOT_THERE = frozenset(("not", "niet", "pas", "nicht", "geen", "no"))  # before a place, at the beginning of a clause or behind "but"
INSURANCES = frozenset((
    "mutuelle", "mutualite", "mutualiteit", "mutuality", "ziekenfonds", "krankenkasse", "krankenversicherung", "insurance", "assurance", "verzekering",
    "versicherung", "insured", "assure", "assuree", "verzekerd", "versichert",
))  # fmt: skip
NO_LONGER = frozenset(("plus", "longer", "mehr", "meer"))  # "plus de mutuelle"
WAY_TO_INSURANCE = 2  # words at most between a "no" and the insurance: "no health insurance", "pas en ordre de mutuelle" is one more
EXCEPT = frozenset(("except", "behalve", "sauf", "ausser", "uitgezonderd", "hormis"))


def is_denied(span: Span, reading: Reading) -> bool:
    """Say whether a "no" stands right before some words, or in a gap of them: "not suicidal", "ik denk niet aan zelfmoord"."""
    gaps = [reading.tokens[position] for position in range(span.start, span.end) if not span.tokens >> position & 1]
    return not NONE_OF_IT.isdisjoint([*reading.tokens[max(span.start - 1, 0) : span.start], *gaps])


def without_what_is_denied(span: Span, reading: Reading) -> Span:
    """Leave out a need of danger of which a "no" stands right before, or with one small word between: "geen zelfverwonding", "pas d'idées noires".

    And what somebody fears, refuses or has tried: "refus hosto".
    """
    if span.start in reading.shunned:
        span = span._replace(terms=tuple(term for term in span.terms if term not in NOT_ASKED_FOR))
    before = reading.tokens[: span.start]
    beside = before[-2:] if span.start - 1 in reading.small else before[-1:]
    if NONE_OF_IT.isdisjoint(beside):
        return span
    denied = {term for term in span.terms if (term[0] == "needs" and term[1] in DENIED) or term in NOT_WANTED}
    return span._replace(terms=tuple(term for term in span.terms if term not in denied))


def needs_of_danger_denied(span: Span, reading: Reading) -> set[str]:
    """Give the needs of the dangers that a phrase names and a "no" in it or before it denies: "je ne pense pas au suicide"."""
    return {ref for kind, ref in span.terms if kind == "dangers" and ref in DENIED and is_denied(span, reading)}


def language_not_spoken(span: Span, reading: Reading, lookups: Lookups, spoken: Sequence[str]) -> bool:
    """Say whether a language is named that somebody does not speak: "no Dutch", "no French or Dutch", "my Dutch is poor", "ein wenig Englisch".

    Or only learns: "he stopped his French classes".
    """
    if not any(kind == "languages" for kind, _ref in span.terms):
        return False
    if not BADLY.isdisjoint(reading.tokens[span.end : span.end + WAY_ON]):
        return True
    if not A_LITTLE.isdisjoint(reading.tokens[max(span.start - 2, 0) : span.start]):
        return True
    taught = [*reading.tokens[max(span.start - 2, 0) : span.start], *reading.tokens[span.end : span.end + 1]]
    if not TAUGHT.isdisjoint(taught):
        return True
    before = [p for p in range(max(span.start - WAY_BACK, 0), span.end - 1) if not span.tokens >> p & 1]
    words = {reading.tokens[position] for position in before}
    negations = {word for word, notions in lookups.notions_of(words, spoken).items() if NOT in notions} if words else set()
    for position in reversed(before):
        if reading.tokens[position] in (ONLY if position < span.start else ()):
            return False
        if reading.tokens[position] in negations:
            return True
        if position not in reading.small | _languages_named(reading):
            return False
    return False


def _languages_named(reading: Reading) -> set[int]:
    return {s.start for s in reading.spans if s.kind == "concept" and any(kind in ("languages", "offers") for kind, _ref in s.terms)}


def leave_out_where_children_live(reading: Reading) -> None:
    """Leave out where somebody's children live, and them, where another place was said before: "alone in Ostend, daughter lives in Spain".

    Nobody looks for help there, nor for them.
    """
    places = sorted((span for span in reading.spans if span.kind in ("place", "abroad") and not span.edits), key=lambda span: span.start)
    children = [span for span in reading.spans if span.kind == "concept" and any(term in CHILDREN_SPOKEN_OF for term in span.terms)]
    away: set[int] = set()
    for place in places:
        elsewhere = [other for other in places if not other.tokens & place.tokens and other.start not in away]
        if not any(other.start < place.start or place.kind == "abroad" for other in elsewhere):
            continue
        for child in children:
            between = reading.tokens[child.end : place.start]
            lives = len(between) <= WAY_HOME and not LIVES.isdisjoint(between) and LIVES.union(LEADS_HOME).issuperset(between)
            right_there = reading.clause_ends_before(child.start) if child.start else False
            if lives or (right_there and len(between) == 1 and LEADS_HOME.issuperset(between)):
                away |= {place.start, child.start}
        follows = place.start > 1 and reading.tokens[place.start - 1] in AND and place.start - 2 in away  # "in Aachen und Brüssel"
        away |= {place.start} if follows else set()
    reading.spans = [span for span in reading.spans if span.start not in away or (span.kind == "concept" and span not in children)]


def without_insurance(tokens: Sequence[str]) -> bool:
    """Say whether somebody has no health insurance: "pas mutuelle", "zonder mutualiteit", "no insurance", "keine Krankenkasse"."""
    return any(
        token in INSURANCES and not (NONE_OF_IT | NO_LONGER).isdisjoint(tokens[max(place - 1 - WAY_TO_INSURANCE, 0) : place])
        for place, token in enumerate(tokens)
    ) or not {"uninsured", "onverzekerd", "unversichert"}.isdisjoint(tokens)


def leave_out_excepted_places(reading: Reading) -> None:
    """Leave out places in which no help is looked for: "Halle, not Germany", "mais pas à Bruxelles", "behalve Antwerpen".

    A "no" that may belong to what stands before it ("slaapt niet gent") leaves out only a place beside which another is said.
    """
    places = [span for span in reading.spans if span.kind in ("place", "abroad")]
    for span in places:
        before = span.start - 1 - (span.start - 1 in reading.cues)
        word = reading.tokens[before] if before >= 0 else ""
        parted = before > 0 and (reading.clause_ends_before(before) or reading.tokens[before - 1] in BUT)
        beside = before < span.start - 1 and any(not (other.tokens & span.tokens or other.edits) for other in places)
        if word in EXCEPT or (word in NOT_THERE and (parted or beside)):
            reading.spans.remove(span)
            reading.excepted.add(" ".join(reading.tokens[span.start : span.end]))
