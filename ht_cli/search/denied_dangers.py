"""Hears that a danger is denied: "il ne m'a jamais frappée", "hij slaat mij niet", "ik denk niet aan zelfmoord".

What is denied in part, or no longer, is none of it: "never where it shows", "not yet today", "I do not think of it any more".
"""

from collections.abc import Iterator

from ht_cli.search.denials import is_denied
from ht_cli.search.question import BUT, Reading
from ht_cli.search.senses import SUBJECTS

# Verbs of violence as they stand in the present, and the forms that stand behind "has": each language says no in another place.
STRIKES = frozenset((
    "frappe", "frappent", "frappait", "bat", "battent", "battait", "tape", "tapent", "tapait", "gifle", "menace", "menacent", "maltraite", "brutalise",
    "touche", "slaat", "slaan", "sloeg", "mishandelt", "bedreigt", "raakt", "duwt", "schlagt", "schlagen", "schlug", "misshandelt", "bedroht", "haut",
))  # fmt: skip
STRUCK = frozenset((
    "frappe", "frappee", "frappes", "frappees", "battu", "battue", "battus", "battues", "tape", "tapee", "gifle", "giflee", "menace", "menacee", "maltraite",
    "maltraitee", "brutalisee", "touche", "touchee", "geslagen", "mishandeld", "bedreigd", "aangeraakt", "geduwd", "geschlagen", "misshandelt", "bedroht",
    "angefasst", "gehauen", "hit", "hits", "beat", "beats", "beaten", "hurt", "hurts", "threaten", "threatens", "threatened", "touch", "touched", "slapped",
    "abused",
))  # fmt: skip
RIGHT_BESIDE = frozenset(("pas", "jamais", "point", "never", "not"))
NEVER = frozenset(("nooit", "nie", "niemals"))
NOT = NEVER | {"niet", "nicht"}
CUT = {"t": frozenset(("doesn", "didn", "hasn", "haven", "don", "isn", "wasn"))}  # "doesn't", as it is folded
BEHIND, BEFORE = 3, 2  # words at most between a Dutch or German verb and its no: "slaat de kinderen niet", "nooit hard geslagen"
IN_PART = frozenset((  # words of a clause in which the no is none
    "first", "time", "fois", "premiere", "keer", "eerste", "mal", "erste", "seulement", "que", "qu", "alleen", "nur", "only", "encore", "yet", "nog", "noch",
    "where", "ou", "waar", "wo", "la", "aujourd", "hui", "vandaag", "heute", "today", "quand", "als", "wenn", "when", "unless", "sauf", "tant", "zolang",
    "solange", "open", "over", "dicht", "hard", "fort", "anymore", "plus", "meer", "mehr", "visage", "gezicht", "gesicht", "face", "schlimm", "erg",
))  # fmt: skip
HAS_DONE = frozenset((
    "a", "ai", "ont", "heeft", "hebben", "hat", "haben", "has", "have", "had", "does", "did", "m", "me", "mij", "mich", "mir", "ne", "n", "t", "s", "doesn",
    "didn", "hasn", "haven", "nog", "noch", "haar", "hem", "sie", "her", "him", "us", "nous", "ons", "uns", "my", "mon", "ma", "mijn", "mein", "mari", "man",
    "mann", "husband",
))  # fmt: skip
OF_ONESELF = (("dangers", "suicide"), ("dangers", "self-harm"), ("needs", "suicide"), ("needs", "self-harm"))


def without_denied_dangers(reading: Reading) -> str | None:
    """Give a question but for the words that deny a danger, nothing where only small ones are left; None where none do."""
    denied = set(_denied(reading))
    if not denied:
        return None
    left = set(range(len(reading.tokens))) - denied - reading.small
    return reading.without(denied) if any(reading.tokens[position] not in SUBJECTS | HAS_DONE for position in left) else ""


def _denied(reading: Reading) -> Iterator[int]:
    named = [span for span in reading.spans if any(term in OF_ONESELF for term in span.terms) and not span.edits]
    for clause in reading.clauses(but=BUT):
        words = [reading.tokens[position] for position in clause]
        never = {place for place, word in enumerate(words[1:]) if word in NEVER}  # before it "nog", "noch" say no more than never
        if not IN_PART.isdisjoint(word for place, word in enumerate(words) if place not in never):
            continue
        for place, word in enumerate(words):
            yield from (clause[inside] for inside in _reach_of_the_no(words, place, word))
        for span in named:
            before = max(span.start - 1, clause.start)
            part_of_it = any(other.start <= before < other.end and other.tokens >> before & 1 for other in named)  # "no point in living"
            if span.start in clause and is_denied(span, reading) and not part_of_it:
                yield from range(before, span.end)


def _reach_of_the_no(words: list[str], place: int, word: str) -> range:
    """Give the places from a verb of violence to what says no to it; none where nothing does."""
    before, behind = words[max(place - BEFORE, 0) : place], words[place + 1 : place + 1 + BEHIND]
    if word in STRUCK and before and (before[-1] in RIGHT_BESIDE or (before[:1] and before[0] in CUT.get(before[-1], ()))):
        return range(place - 1, place + 1)
    if word in STRUCK and not NOT.isdisjoint(before):
        return range(place - len(before), place + 1)
    if word in STRIKES and behind[:1] and behind[0] in RIGHT_BESIDE:
        return range(place, place + 2)
    if word in STRIKES and not NOT.isdisjoint(behind):
        return range(place, place + 2 + min(behind.index(no) for no in NOT.intersection(behind)))
    return range(0)
