"""What the chosen stretches of a question mean: terms, places, an age, what was mended and what was not understood."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from ht_cli.model import ADULT_AGE, ILLNESSES, LANGUAGES, Homonym, Place
from ht_cli.search.denials import language_not_spoken, needs_of_danger_denied, without_what_is_denied
from ht_cli.search.labelling import Labelling
from ht_cli.search.lookups import Lookups
from ht_cli.search.people import (
    PARENTS,
    deaf_by_their_language,
    families_beside_a_need,
    of_one_who_died,
    relatives_beside_an_illness,
    without_children_along,
    without_counted_children,
    without_passing_profession,
    without_relations_of_others,
    without_sender,
    without_welfare_office,
    without_workplace,
)
from ht_cli.search.question import ENDS_A_CLAUSE, FEW_WORDS, SMALL_WORDS, Reading, Span
from ht_cli.search.spelling import as_written
from ht_cli.search.towns import Named, settle, shortened_village, towns_beside

A_LOSS, A_CONFLICT = ("needs", "grief"), ("needs", "family-conflict")
FOR_RELATIVES = ("needs", "caregiving")
CARERS, OTHERS_CLOSE = ("audiences", "caregivers"), ("audiences", "relatives")
CHILD, DEMENTIA = ("relations", "child"), ("needs", "dementia")
SONS_AND_DAUGHTERS = frozenset(("fils", "fiston", "zoon", "dochter", "sohn", "tochter", "son", "daughter"))  # "fille" may be any girl
TOBACCO, DRUGS = ("needs", "tobacco"), ("needs", "drugs")
# Verbs of tobacco, and of what else is smoked: "fume trop de cannabis".
SMOKES = frozenset((
    "fume", "fumes", "fument", "fumer", "rook", "rookt", "roken", "rauche", "raucht", "rauchen", "smoke", "smokes", "smoking",
))  # fmt: skip
# Needs for which a word names the relative beside the illness: "zoon met psychose".
ILLNESSES_WITHIN = frozenset((*ILLNESSES, "depression", "dementia", "autism"))


class Meanings:
    """What the chosen spans say, kind by kind, in the order it was said."""

    def __init__(self) -> None:
        self.terms: dict[str, list[str]] = {}
        self.places: tuple[Place, ...] = ()
        self.homonyms: tuple[Homonym, ...] = ()
        self.abroad = ""
        self.age: int | None = None
        self.age_said = ""
        self.unknown: list[str] = []
        self.corrections: list[tuple[str, str]] = []
        self.content: list[str] = []
        self.aged: set[int] = set()  # positions of the words that gave an age
        self.towns: set[str] = set()  # tokens that were read as a place
        self.languages_said: list[str] = []  # the folded words that ask for a language of the four: "in het nederlands"
        self.denied: set[str] = set()  # needs of danger of which it is said that there is none
        self.of_work: set[str] = set()  # needs that are named as where somebody works: "I work for a school"
        self.exact = self.corrected = 0
        self.unread = 0  # words that say nothing by themselves and are only heard

    @property
    def towns_mended(self) -> list[str]:
        """The folded words that were read as the misspelt name of a place."""
        return [typed for typed, _right in self.corrections if self.towns.issuperset(typed.split())]

    def add(self, kind: str, ref: str) -> None:
        """Add a term once."""
        found = self.terms.setdefault(kind, [])
        if ref not in found:
            found.append(ref)


def gather(reading: Reading, labelling: Labelling, lookups: Lookups, spoken: Sequence[str]) -> Meanings:
    """Take the meanings out of the chosen spans; `spoken` are the languages by which a place of several names is chosen."""
    meanings = Meanings()
    told = _settle_places(reading, labelling, lookups, spoken, meanings)
    for span in _narrowed(labelling.spans, reading):
        if span.kind == "unknown" and (span.tokens & told or span.start in reading.counting | reading.other_senses):
            continue
        typed = " ".join(reading.tokens[i] for i in range(span.start, span.end) if span.tokens >> i & 1)
        if span.edits or span.kind not in SMALL_WORDS:
            meanings.content += typed.split()
        if span.kind == "place":
            meanings.towns.update(typed.split())
        if span.kind == "age":
            meanings.aged.update(range(span.start, span.end))
        meanings.unread += span.kind == "unknown"
        if language_not_spoken(span, reading, lookups, spoken) or _country_of_a_story(span, reading, lookups):
            continue
        if _asks_for_a_language(span):
            meanings.languages_said.append(typed)
        strange = span.start not in reading.ordinary and span.start not in reading.known
        if span.kind == "unknown" and not strange and len(reading.tokens) > FEW_WORDS:
            continue  # a word of a long question that is no strange one is heard with the others
        span = without_children_along(without_counted_children(of_one_who_died(span, reading), reading), reading)
        span = without_sender(span, reading)
        wanted = without_relations_of_others(without_what_is_denied(span, reading), reading)
        meanings.denied |= _needs_left_out(span, wanted) | needs_of_danger_denied(span, reading)
        elsewhere = without_workplace(wanted, reading)
        meanings.of_work |= _needs_left_out(wanted, elsewhere)
        _take(without_passing_profession(without_welfare_office(elsewhere, reading), reading), typed, meanings, lookups)
    for kind, ref in _said_within_phrases(reading, labelling):
        meanings.add(kind, ref)
    return meanings


def _said_within_phrases(reading: Reading, labelling: Labelling) -> Iterator[tuple[str, str]]:
    """Give who is spoken of in words of which a phrase for a need took some: "mon mari boit" speaks of a partner too.

    And the illness within a phrase for those who care for somebody ill: "zoon met psychose". And the child of whom an age under eighteen
    took the word, where nobody else is spoken of: "cannabis fils 16 ans" is asked by a parent.
    """
    yield from _children_of_an_age(reading, labelling)
    phrases = [span for span in labelling.spans if span.kind == "concept" and span.length > 1]
    taken = reduce(or_, (span.tokens for span in phrases), 0)
    of_relatives = reduce(or_, (span.tokens for span in phrases if FOR_RELATIVES in span.terms), 0)
    for span in reading.spans:
        if span.kind == "concept" and not span.edits and span.tokens & taken and span not in labelling.spans:
            said = without_relations_of_others(of_one_who_died(span, reading), reading)
            yield from (term for term in said.terms if term[0] == "relations" or (term == PARENTS and term not in span.terms))
            if span.tokens & of_relatives == span.tokens:
                yield from (term for term in span.terms if term[0] == "needs" and term[1] in ILLNESSES_WITHIN)


def _children_of_an_age(reading: Reading, labelling: Labelling) -> Iterator[tuple[str, str]]:
    """Give a child of somebody's where a minor's age is said right behind the word for it, and no other relation is."""
    ages = [span for span in labelling.spans if span.kind == "age" and span.value < ADULT_AGE]
    related = {ref for span in reading.spans if not span.edits for kind, ref in span.terms if kind == "relations"}
    a_child = any(not SONS_AND_DAUGHTERS.isdisjoint(reading.tokens[max(age.start - 1, 0) : age.start + 1]) for age in ages)
    if a_child and related <= {CHILD[1]}:
        yield CHILD


def _settle_places(reading: Reading, labelling: Labelling, lookups: Lookups, spoken: Sequence[str], meanings: Meanings) -> int:
    """Settle which places are meant; give the tokens of those that only told where another is: "4000 Liège", "Meldert Limburg".

    Of a short question every town counts; in a long one, a second one that tells nothing of the first is part of the story.
    """
    towns = [span for span in labelling.spans if span.kind == "place"]
    at_home = [span for span in towns if span.start in reading.homes]
    towns = at_home or towns  # help is looked for where somebody lives, and not where they work or are in hospital
    said = [span for span in towns if span.start not in reading.telling] or towns
    near = [span for span in towns if span not in said]
    beside = [*near, *towns_beside(reading, labelling.spans, lookups)] if said else []
    named = {span: _named(span, reading, lookups) for span in (*said, *beside)}
    settled = settle([named[span] for span in said], [named[span] for span in beside], spoken)
    telling = [span for span in beside if named[span] in settled.used]
    if len(telling) < len(beside) and len(reading.tokens) <= FEW_WORDS and not (near or at_home):
        towns = sorted(span for span in named if span not in telling)
        settled = settle([named[span] for span in towns], [named[span] for span in telling], spoken)
        telling = beside
    meanings.places, meanings.homonyms = settled.places, settled.homonyms
    return reduce(or_, (span.tokens for span in telling), 0)


def _named(span: Span, reading: Reading, lookups: Lookups) -> Named:
    typed = " ".join(dict.fromkeys(reading.typed[span.start : span.end])).rstrip(ENDS_A_CLAUSE)
    return Named(span.shown if span.edits else typed, tuple(lookups.place(int(ref)) for _kind, ref in span.terms))


def _asks_for_a_language(span: Span) -> bool:
    """Say whether words name a language of the four and nothing else: who asks for one of another country tells of an exile too."""
    return bool(span.terms) and all(kind == "languages" and ref in LANGUAGES for kind, ref in span.terms)


def _country_of_a_story(span: Span, reading: Reading, lookups: Lookups) -> bool:
    """Say whether a country is named in a question of many words, where it is seldom the place in which help is looked for ("billet pour le Maroc")."""
    if span.kind != "abroad" or len(reading.tokens) <= FEW_WORDS:
        return False
    return all(lookups.place(int(ref)).code.count(":") == 1 for _kind, ref in span.terms)


def _narrowed(spans: Sequence[Span], reading: Reading) -> Iterator[Span]:
    """Let a word for several needs (addiction) mean only those that the other words name too (gambling); a word for mourning and of whom or after what ("suicide of my son", "stillborn") means both.

    Beside a need, a word for relatives says who asks, and no longer that they need support themselves, but for one that names a carer; who
    smokes cannabis does not ask about tobacco.
    """
    named = {term for span in spans if len(needs := _needs(span)) == 1 for term in needs}
    an_illness = any(need in ILLNESSES_WITHIN for _kind, need in named)
    for span in spans:
        span = relatives_beside_an_illness(deaf_by_their_language(span), reading, an_illness=an_illness)
        span = families_beside_a_need(span, another_need=bool(named - {A_CONFLICT}))
        needs = _needs(span)
        # Of dementia the houses are those of carers; of another trouble carers have houses of their own.
        a_carer = CARERS in span.terms and OTHERS_CLOSE not in span.terms and DEMENTIA not in named
        if FOR_RELATIVES in needs and named - {FOR_RELATIVES} and _says_who(span, reading) and not a_carer:
            span = span._replace(terms=tuple(term for term in span.terms if term != FOR_RELATIVES))
        elif len(needs) > 1 and needs & named and A_LOSS not in needs:
            span = span._replace(terms=tuple(term for term in span.terms if term not in needs - named))
        elif needs == {TOBACCO} and DRUGS in named and not SMOKES.isdisjoint(reading.tokens[span.start : span.end]):
            span = span._replace(terms=tuple(term for term in span.terms if term != TOBACCO))
        yield span


def _says_who(span: Span, reading: Reading) -> bool:
    """Say whether a word for relatives stands in a span: "angehörige", "angehörige von"."""
    within = (other for other in reading.spans if other.tokens & span.tokens == other.tokens and FOR_RELATIVES in other.terms)
    return any(kind == "audiences" for other in (span, *within) for kind, _ in other.terms)


def _needs(span: Span) -> set[tuple[str, str]]:
    return {term for term in span.terms if term[0] == "needs"}


def _needs_left_out(span: Span, left: Span) -> set[str]:
    return {need for _kind, need in _needs(span) - _needs(left)}


def _take(span: Span, typed: str, meanings: Meanings, lookups: Lookups) -> None:
    if span.kind == "unknown":
        meanings.unknown.append(typed)
        return
    if span.edits and not any(kind == "dangers" for kind, _ in span.terms):  # nobody's words of despair are mended before their eyes
        refs = {int(ref) for _kind, ref in span.terms} if span.kind == "place" else set()
        shown = as_written(typed, span, lookups) if span.kind == "concept" else span.shown
        name = next((place.name for place in meanings.places if place.id in refs), shown)  # by which the reader's own is found
        meanings.corrections.append((typed, name))
    elif span.kind == "place" and (village := shortened_village(typed, span, meanings.places)):
        meanings.corrections.append((typed, village))  # it is a guess, and said as one
    if span.kind in ("concept", "place", "abroad", "age"):
        meanings.exact += not span.edits
        meanings.corrected += bool(span.edits)
    if span.kind == "concept":
        for kind, ref in span.terms:
            meanings.add(kind, ref)
    elif span.kind == "abroad":
        meanings.abroad = span.shown
    elif span.kind == "age" and meanings.age is None:
        meanings.age, meanings.age_said = span.value, span.shown
