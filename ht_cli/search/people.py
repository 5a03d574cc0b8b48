"""Whom the words speak of: who died, which children are only counted or come along, whose relatives are not the asker's, where somebody works, whom somebody only mentions, who is hit by his wife, whose illness it is, who was in prison."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from ht_cli.model import ILLNESSES
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
WITH = frozenset(("avec", "met", "mit", "with"))  # before the children who come along
DEAF_PEOPLE, SIGN_LANGUAGE = ("audiences", "deaf"), ("unrecorded", "sign-language")
FAMILIES, RELATIVES = ("audiences", "families"), ("audiences", "relatives")
CONFLICT, OTHER_DISABILITY = ("needs", "family-conflict"), ("needs", "disability")
WIVES = frozenset((
    "femme", "epouse", "compagne", "copine", "conjointe", "vrouw", "vriendin", "echtgenote", "frau", "ehefrau", "freundin", "partnerin", "wife", "girlfriend",
))  # fmt: skip
MY = frozenset(("ma", "mon", "mijn", "mn", "meine", "my"))
HIS = frozenset(("sa", "son", "zijn", "zn", "seiner", "his"))
ME = frozenset(("me", "m", "mij", "mich", "mir"))
BY = frozenset(("par", "door", "von", "by"))
HARMED_MEN = frozenset((
    ("homme", "battu"), ("hommes", "battus"), ("mari", "battu"), ("geslagen", "man"), ("mishandelde", "man"), ("mishandelde", "mannen"),
    ("geschlagener", "mann"), ("geschlagene", "manner"), ("misshandelter", "mann"), ("battered", "man"), ("battered", "men"), ("abused", "man"), ("abused", "men"),
))  # fmt: skip
WIDOWED = frozenset((  # who lost a husband, a wife or their parents
    "weduwe", "weduwen", "weduwnaar", "weduwnaars", "wees", "veuve", "veuves", "veuf", "veufs", "orphelin", "orpheline", "witwe", "witwen", "witwer", "waise", "widow",
    "widows", "widower", "widowers", "widowed", "orphan", "orphans",
))  # fmt: skip
LOST_BEHIND, LOST_BEFORE = frozenset(("verloren",)), frozenset(("verloor", "verlor"))
# Within words for mourning: one child, for children in the plural are those who mourn ("rouwende kinderen"); and the wish for one is no loss of it.
CHILDREN_LOST = frozenset((
    "kind", "kindje", "zoon", "dochter", "baby", "sterrenkind", "sterrenkindje", "sterrenkindjes", "koesterkind", "enfant", "fils", "fille", "bebe", "nourrisson", "sohn", "tochter",
    "kindes", "sternenkind", "sternenkinder", "sternenkindeltern", "kindstod", "child", "son", "daughter",
))  # fmt: skip
DESIRES = frozenset(("desir", "pas", "kinderloos", "kinderlos", "childless"))
FROM_HER_TO_ME = 3  # words at most from the wife to whom she hits
FOR_MYSELF = frozenset((("pour", "moi"), ("voor", "mij"), ("voor", "mezelf"), ("fur", "mich"), ("for", "me"), ("for", "myself")))
FIRST_PERSON = frozenset(("je", "j", "ik", "ich", "i"))
OF_A_SENTENCE = frozenset((
    "prison", "prisonnier", "detenu", "detenus", "detenue", "detention", "incarcere", "probation", "liberation", "gevangenis", "gevangene", "gevangenen", "gedetineerde",
    "gedetineerden", "detentie", "enkelband", "probatie", "gefangnis", "haft", "haftling", "strafgefangener", "bewahrung", "prisoner", "prisoners", "jail",
    "parole", "inmate", "inmates",
))  # fmt: skip
REFUSES_CARE = tuple(f" {words} " for words in (  # folded
    "refuse de se soigner", "refuse de se faire soigner", "refuse les soins", "refuse tout soin", "refuse tous les soins", "refuse toute aide",
    "refuse l aide", "refus de soins", "veut pas se soigner", "veut pas se faire soigner", "veut plus se soigner", "refuse de voir un medecin",
    "weigert hulp", "weigert alle hulp", "weigert elke hulp", "weigert zorg", "weigert behandeling", "wil geen hulp", "wil geen behandeling", "zorgmijder",
    "lehnt hilfe ab", "lehnt jede hilfe ab", "verweigert hilfe", "will keine hilfe", "lehnt behandlung ab", "verweigert behandlung",
    "verweigert die behandlung", "will sich nicht behandeln lassen", "nimmt keine hilfe an",
    "refuses help", "refuses any help", "refuses all help", "refuses treatment", "refuses care", "refusing help", "refusing treatment",
    "won t accept help", "doesn t want help", "does not want help", "refuses to see a doctor",
))  # fmt: skip
PSYCHIATRY = frozenset((
    "psychiatre", "psychiatres", "psychiatrie", "psychiater", "psychiaters", "psychiaterin", "psychiatrist", "psychiatrists", "psychiatry", "pedopsychiatre",
    "kinderpsychiater", "jeugdpsychiater",
))  # fmt: skip
WELFARE_OFFICES = frozenset(("cpas", "ocmw", "oshz"))
ORGANISATIONS = HOUSES | WELFARE_OFFICES  # that write of a client
A_CLIENT = ("relations", "pupil-client")
WORDS_TO_A_CLIENT = 2  # behind the organisation that writes, its town at most between: "CAW Gent cliënt"
SEEKS = frozenset((  # behind the profession of who asks, before what they ask for a client: "huisarts zoekt mobiel crisisteam"
    "zoekt", "zoek", "zoeken", "vraagt", "cherche", "cherchent", "recherche", "demande", "sucht", "suche", "suchen", "fragt", "seeks", "seeking", "looking",
    "looks", "asks",
))  # fmt: skip
GENERAL_PRACTITIONERS = frozenset(
    ("generaliste", "generalistes", "huisarts", "huisartsen", "hausarzt", "hausarztin", "gp", "gps", "practitioner")
)
OF_THE_JOB = frozenset((("needs", "burnout"), ("needs", "stress"), ("needs", "work")))
# What is done to girls and women by custom: excision, a forced marriage.
BY_CUSTOM = frozenset((
    "excision", "excisee", "excisees", "infibulation", "infibulee", "vgv", "meisjesbesnijdenis", "vrouwenbesnijdenis", "besneden", "beschneidung",
    "genitalverstummelung", "zwangsheirat", "zwangsehe", "zwangsverheiratung", "fgm", "kindhuwelijk", "uithuwelijken", "uitgehuwelijkt",
))  # fmt: skip
BY_CUSTOM_IN_TWO = frozenset((
    ("mariage", "force"), ("mariages", "forces"), ("mutilation", "genitale"), ("mutilations", "genitales"), ("mutilations", "sexuelles"),
    ("genitale", "verminking"), ("gedwongen", "huwelijk"), ("forced", "marriage"), ("genital", "mutilation"), ("female", "circumcision"),
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


def who_died(reading: Reading) -> tuple[str, ...]:
    """Give whom the words say to have died, a child or another: "overlijden man", "mama décédée"; a widow's husband is another."""
    dead = set(reading.mourned)
    children: set[int] = set()
    for span in reading.spans:
        of_a_child = any(term in CHILDREN or term == ("relations", "child") for term in span.terms)
        of_somebody = of_a_child or any(kind == "relations" for kind, _ref in span.terms)
        here = set(range(span.start, span.end))
        if of_somebody and not span.edits and _is_lost(span, reading):
            dead |= here
        if of_a_child and not span.edits:
            children |= here
    others = dead - children or WIDOWED.intersection(reading.tokens)
    a_child = dead & children or _loses_a_child(reading)
    return (*(("child",) if a_child else ()), *(("another",) if others else ()))


def _is_lost(span: Span, reading: Reading) -> bool:
    """Say whether the verb of a loss stands right behind somebody or before them: "kind verloren", "verloor haar kind"."""
    behind = reading.tokens[span.end : span.end + 1]
    lost_behind = bool(behind) and behind[0] in LOST_BEHIND and not reading.clause_ends_before(span.end)
    return lost_behind or not LOST_BEFORE.isdisjoint(reading.tokens[max(span.start - 2, 0) : span.start])


def _loses_a_child(reading: Reading) -> bool:
    """Say whether a word or a phrase for mourning holds the child for whom it is: "sterrenkind", "perte d'un enfant"."""
    return any(
        ("needs", "grief") in span.terms and not span.edits and not CHILDREN_LOST.isdisjoint(reading.tokens[span.start : span.end])
        for span in reading.spans
        if DESIRES.isdisjoint(reading.tokens[span.start : span.end])
        and not any(map(reading.clause_ends_before, range(span.start + 1, span.end)))  # "oma gestorven, kind van 7"
    )


def without_counted_children(span: Span, reading: Reading) -> Span:
    """Read children who are only counted as those of who needs help: "maman solo, 3 enfants" asks for a parent, "2 kinderen 6 en 9" for them."""
    of_children = ("relations", "child") in span.terms or any(term in CHILDREN for term in span.terms)
    of_an_age = span.end < len(reading.tokens) and reading.tokens[span.end].isdigit()
    if span.start - 1 not in reading.counting or not of_children or of_an_age:
        return span
    others = tuple(term for term in span.terms if term not in CHILDREN and term != ("relations", "child"))
    return span._replace(terms=(*others, PARENTS))


def without_children_along(span: Span, reading: Reading) -> Span:
    """Read children who come along as those of who needs help: "wil weg met de kinderen" asks for a parent, "met kind 8 jaar" for the child."""
    before = reading.past_small_words(span.start, most=SMALL_BETWEEN, wanted=WITH)
    if before < 0 or reading.tokens[before] not in WITH or not any(term in CHILDREN for term in span.terms):
        return span
    if any(token.isdigit() for token in reading.tokens[span.end : span.end + 2]):
        return span
    return span._replace(terms=(*(term for term in span.terms if term not in CHILDREN), PARENTS))


def deaf_by_their_language(span: Span) -> Span:
    """Read who asks for sign language as deaf: that is no other disability."""
    if SIGN_LANGUAGE not in span.terms:
        return span
    return span._replace(terms=(*(term for term in span.terms if term != OTHER_DISABILITY), DEAF_PEOPLE))


def relatives_beside_an_illness(span: Span, reading: Reading, *, an_illness: bool) -> Span:
    """Read the family that stands beside an illness, in few words, as those close to the ill, and as no conflict: "borderline groep familie"."""
    if not (an_illness and FAMILIES in span.terms and CONFLICT in span.terms) or len(reading.tokens) > FEW_WORDS:
        return span
    return span._replace(terms=(*(term for term in span.terms if term != CONFLICT), RELATIVES))


def families_beside_a_need(span: Span, *, another_need: bool) -> Span:
    """Read a word for a family beside another need as whom it is about, and as no conflict: "famille syrienne", "gezin met schulden"."""
    if not (another_need and FAMILIES in span.terms and CONFLICT in span.terms):
        return span
    return span._replace(terms=tuple(term for term in span.terms if term != CONFLICT))


def is_hit_by_his_wife(tokens: list[str]) -> bool:
    """Say whether the words tell a violence that a woman does to a man: "ma femme me frappe", "door zijn vrouw geslagen", "battered man"."""
    if not HARMED_MEN.isdisjoint(pairwise(tokens)):
        return True
    for place, token in enumerate(tokens):
        if token not in WIVES or place == 0:
            continue
        to_me = tokens[place - 1] in MY and not ME.isdisjoint(tokens[place + 1 : place + 1 + FROM_HER_TO_ME])
        if to_me or (tokens[place - 1] in HIS and place > 1 and tokens[place - 2] in BY):
            return True
    return False


def asks_for_themself(tokens: list[str]) -> bool:
    """Say whether somebody asks for help for themself: "mon mari boit, j'ai besoin d'aide pour moi"."""
    return not FOR_MYSELF.isdisjoint(pairwise(tokens))


def tells_of_a_sentence(tokens: list[str]) -> bool:
    """Say whether a prison or a sentence is spoken of."""
    return not OF_A_SENTENCE.isdisjoint(tokens)


def refuses_care(tokens: Sequence[str]) -> bool:
    """Say whether somebody refuses to be helped or treated: "refuse de se soigner", "wil geen hulp"."""
    said = f" {' '.join(tokens)} "
    return any(words in said for words in REFUSES_CARE)


def asks_for_medicine(words: Collection[str]) -> bool:
    """Say whether a psychiatrist or psychiatry is asked for, who are doctors: no psychologist is."""
    return not PSYCHIATRY.isdisjoint(words)


def tells_of_a_custom(tokens: list[str]) -> bool:
    """Say whether an excision or a forced marriage is spoken of."""
    return not BY_CUSTOM.isdisjoint(tokens) or not BY_CUSTOM_IN_TWO.isdisjoint(pairwise(tokens))


def tells_own_illness(reading: Reading) -> bool:
    """Say whether who speaks says an illness of themself: "ik drink", "je ne bois plus", and not "mijn man drinkt, ik kan niet meer"."""
    for span in reading.spans:
        if not any(kind == "needs" and need in ILLNESSES for kind, need in span.terms):
            continue
        before = reading.past_small_words(span.start, wanted=FIRST_PERSON)
        if not FIRST_PERSON.isdisjoint(reading.tokens[max(before, 0) : span.start + 1]):
            return True
    return False


def without_relations_of_others(span: Span, reading: Reading) -> Span:
    """Leave out whom somebody else is related to ("since his wife retired"): they do not ask."""
    if span.start == 0 or reading.tokens[span.start - 1] not in THEIRS:
        return span
    return span._replace(terms=tuple(term for term in span.terms if term[0] != "relations"))


def without_workplace(span: Span, reading: Reading) -> Span:
    """Leave out where somebody works, which is not what they look for: "ich arbeite für das Krankenhaus", "I work for a school"."""
    before = reading.past_small_words(span.start, most=SMALL_BETWEEN)
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
    if not reading.tokens or reading.tokens[0] not in ORGANISATIONS:
        return ""
    clients = {span.start for span in reading.spans if A_CLIENT in span.terms and not span.edits}
    return reading.tokens[0] if clients & set(range(1, WORDS_TO_A_CLIENT + 1)) else ""


def without_sender(span: Span, reading: Reading) -> Span:
    """Leave out what the organisation that writes is or does."""
    return span._replace(terms=()) if span.tokens == 1 and span.kind == "concept" and sender(reading) else span


def without_passing_profession(span: Span, reading: Reading) -> Span:
    """Leave out the professionals of whom somebody only speaks ("mijn huisarts zegt …", "mon père est médecin"): the help is not for them.

    Nor is it for who looks for something for a client: "huisarts zoekt mobiel crisisteam". A general practitioner beside a need is who is
    looked for: "cocaïne médecin généraliste".
    """
    if PROFESSIONALS not in span.terms:
        return span
    is_own = not I_AM.isdisjoint(reading.tokens[max(span.start - 3, 0) : span.start])
    of_a_relative = any(
        relation.end <= span.start for relation in reading.spans if any(kind == "relations" for kind, _ref in relation.terms)
    )
    seeks = not SEEKS.isdisjoint(reading.tokens[span.end : span.end + 1])
    if is_own or not (of_a_relative or seeks or len(reading.tokens) > FEW_WORDS or _is_looked_for(span, reading)):
        return span
    return span._replace(terms=tuple(term for term in span.terms if term != PROFESSIONALS))


def _is_looked_for(span: Span, reading: Reading) -> bool:
    """Say whether a general practitioner is named beside a need, which is none of the job's: that is who is looked for."""
    if GENERAL_PRACTITIONERS.isdisjoint(reading.tokens[span.start : span.end + 1]):  # "médecin généraliste" is two words for one
        return False
    beside = {
        term for other in reading.spans if not other.tokens & span.tokens and not other.edits for term in other.terms if term[0] == "needs"
    }
    return bool(beside) and beside.isdisjoint(OF_THE_JOB)
