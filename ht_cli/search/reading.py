"""Reads a question as people type it into a Query: text in, meanings out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from ht_cli.errors import UsageError
from ht_cli.hearing.clauses import Text, listened_to
from ht_cli.hearing.ears import Heard, hear
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import ADULT_AGE, LANGUAGES, MINORS, Danger, Homonym, Place, Query
from ht_cli.search.danger import DANGERS_OF_NEEDS, QUIET_IN_A_STORY, danger_of
from ht_cli.search.hours_asked import hours_asked
from ht_cli.search.labelling import Labelling, best_labelling
from ht_cli.search.lookups import Lookups
from ht_cli.search.names import HOUSE, WHOLE, names_in
from ht_cli.search.numbers import phone_numbers
from ht_cli.search.question import MOST_WORDS, SMALL_WORDS, Reading, Span
from ht_cli.search.spans import CONCEPTS, collect_spans
from ht_cli.search.text import fold
from ht_cli.search.towns import Named, settle, towns_beside
from ht_cli.search.weighing import HEARD, SAID_ALONE, guesses, weigh_needs

FOR_RELATIVES = ("needs", "caregiving")
SPOKEN = 0.15  # probability from which a question may be in a language
SURELY_SPOKEN = 0.8  # from which it is, and the answer is given in it
SURELY_THE_VOICE = 0.7  # from which somebody else, or a client, is spoken about
CLAIMED, WRITTEN = 0.35, 0.75  # from which an option means a need that is only heard, and from which one is written into a record
STRANGELY_HEARD = 0.5  # from which a need is heard in a question of which most words are unknown
OLD = 65  # years from which violence may be that against older people
AGELESS = frozenset(("partner-violence", "sexual-violence", "threat"))  # dangers that have their own lines for the young and the old
FEW_WORDS = 6  # a question in which each word counts: what of it was not understood is named


class _Meanings:
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
        self.exact = self.corrected = 0
        self.unread = 0  # words that say nothing by themselves and are only heard

    def add(self, kind: str, ref: str) -> None:
        found = self.terms.setdefault(kind, [])
        if ref not in found:
            found.append(ref)


def read_question(text: str, lookups: Lookups, *, exact: bool = False) -> Query:
    """Read a question in any of the four languages, misspelt or not, unless `exact`.

    Gives a Query without facets when nothing in it is understood.
    """
    heard = hear(heard_text(text, lookups), lookups)
    reading = collect_spans(text, lookups, spoken=languages_of(heard), correct=not exact)
    meanings = _gather(reading, best_labelling(reading), lookups, language_spoken(heard))
    _add_dangers_said(reading, meanings)
    names = _names(text, meanings, lookups)
    open_at, used = hours_asked(reading.tokens, lookups)
    meanings.unknown = [word for word in meanings.unknown if word not in used]
    query = replace(_with_hearing(_query(text, meanings, names), heard, reading, meanings.unread), open_at=open_at)
    if _evident(meanings) or names or query.heard or query.danger.level == "alarm":
        return query
    return Query(text=text, unknown=tuple(meanings.unknown), guesses=query.guesses, danger=query.danger, cut=reading.cut)


def heard_text(text: str, lookups: Lookups) -> Text:
    """Give a question as it is listened to, the words of a text of hostile length cut off."""
    words = text.split()
    return listened_to(text if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS]), fold, lookups.changing_nothing)


def languages_of(heard: Heard) -> tuple[str, ...]:
    """Give the languages that a question may be in, the likeliest first; all where nothing was heard."""
    return tuple(code for code, share in heard.languages if share >= SPOKEN) or LANGUAGES


def language_spoken(heard: Heard) -> tuple[str, ...]:
    """Give the language in which something was surely said, else the reader's."""
    return tuple(code for code, share in heard.languages[:1] if share >= SURELY_SPOKEN) or languages()


def _names(text: str, meanings: _Meanings, lookups: Lookups) -> dict[int, int]:
    numbers = phone_numbers(text) if any(map(str.isdecimal, text)) else []
    called = lookups.with_numbers(numbers) if numbers else []
    names = dict.fromkeys(called, WHOLE) or names_in(text, meanings.content, lookups)
    if names:
        meanings.unknown = [word for word in meanings.unknown if not names.keys() & lookups.name_words([word]).keys()]
    if called:
        meanings.unknown = [word for word in meanings.unknown if not word.replace(" ", "").isdigit()]
    return names


def _gather(reading: Reading, labelling: Labelling, lookups: Lookups, spoken: Sequence[str]) -> _Meanings:
    meanings = _Meanings()
    told = _settle_places(reading, labelling, lookups, spoken, meanings)
    for span in _narrowed(labelling.spans):
        if span.kind == "unknown" and span.tokens & told:
            continue
        typed = " ".join(reading.tokens[i] for i in range(span.start, span.end) if span.tokens >> i & 1)
        if span.edits or span.kind not in SMALL_WORDS:
            meanings.content += typed.split()
        meanings.unread += span.kind == "unknown"
        strange = span.start not in reading.ordinary and span.start not in reading.known
        if span.kind == "unknown" and not strange and len(reading.tokens) > FEW_WORDS:
            continue  # a word of a long question that is no strange one is heard with the others
        _take(span, typed, meanings)
    return meanings


def _settle_places(reading: Reading, labelling: Labelling, lookups: Lookups, spoken: Sequence[str], meanings: _Meanings) -> int:
    """Settle which places are meant; give the tokens of those that only told where another is: "4000 Liège", "Meldert Limburg".

    Of a short question every town counts; in a long one, a second one that tells nothing of the first is part of the story.
    """
    said = [span for span in labelling.spans if span.kind == "place"]
    beside = towns_beside(reading, labelling.spans) if said else []
    named = {span: _named(span, reading, lookups) for span in (*said, *beside)}
    settled = settle([named[span] for span in said], [named[span] for span in beside], spoken)
    telling = [span for span in beside if named[span] in settled.used]
    if len(telling) < len(beside) and len(reading.tokens) <= FEW_WORDS:
        towns = sorted(span for span in named if span not in telling)
        settled = settle([named[span] for span in towns], [named[span] for span in telling], spoken)
        telling = beside
    meanings.places, meanings.homonyms = settled.places, settled.homonyms
    return reduce(or_, (span.tokens for span in telling), 0)


def _named(span: Span, reading: Reading, lookups: Lookups) -> Named:
    typed = " ".join(dict.fromkeys(reading.typed[span.start : span.end]))
    return Named(span.shown if span.edits else typed, tuple(lookups.place(int(ref)) for _kind, ref in span.terms))


def _narrowed(spans: Sequence[Span]) -> Iterator[Span]:
    """Let a word for several needs (addiction) mean only those that the other words name too (gambling).

    Beside a need, a word for relatives says who asks, and no longer that they need support themselves.
    """
    named = {term for span in spans if len(needs := _needs(span)) == 1 for term in needs}
    for span in spans:
        needs = _needs(span)
        if FOR_RELATIVES in needs and named - {FOR_RELATIVES} and any(kind == "audiences" for kind, _ in span.terms):
            span = span._replace(terms=tuple(term for term in span.terms if term != FOR_RELATIVES))
        elif len(needs) > 1 and needs & named:
            span = span._replace(terms=tuple(term for term in span.terms if term not in needs - named))
        yield span


def _needs(span: Span) -> set[tuple[str, str]]:
    return {term for term in span.terms if term[0] == "needs"}


def _take(span: Span, typed: str, meanings: _Meanings) -> None:
    if span.kind == "unknown":
        meanings.unknown.append(typed)
        return
    if span.edits and not any(kind == "dangers" for kind, _ in span.terms):  # nobody's words of despair are mended before their eyes
        meanings.corrections.append((typed, span.shown))
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


def _add_dangers_said(reading: Reading, meanings: _Meanings) -> None:
    """A phrase of danger counts wherever it stands, whatever else the words were read as; never one that was mended into it."""
    for span in reading.spans:
        for kind, ref in span.terms if not span.edits else ():
            if kind == "dangers":
                meanings.add("dangers", ref)


def _evident(meanings: _Meanings) -> bool:
    """Say whether enough was understood: guesses alone must not be outnumbered by what was not."""
    return bool(meanings.exact) or (meanings.corrected > 0 and len(meanings.unknown) < max(meanings.corrected, 2))


def _query(text: str, meanings: _Meanings, names: dict[int, int]) -> Query:
    if "partner" in meanings.terms.get("relations", ()) and meanings.age is not None and meanings.age < ADULT_AGE:
        # Who speaks of a husband or a girlfriend and of a child's age asks for an adult.
        meanings.age, meanings.age_said = None, ""
        meanings.terms["audiences"] = [audience for audience in meanings.terms.get("audiences", ()) if audience not in MINORS]
    terms: dict[str, Any] = {kind: tuple(meanings.terms.get(kind, ())) for kind in CONCEPTS if kind not in ("dangers", "unrecorded")}
    return Query(
        text=text,
        **terms,
        places=meanings.places,
        homonyms=meanings.homonyms,
        abroad="" if meanings.places else meanings.abroad,
        age=meanings.age,
        age_said=meanings.age_said,
        danger=danger_of(Heard(), meanings.terms.get("dangers", ())),
        not_used=tuple(meanings.terms.get("unrecorded", ())),
        names=names,
        unknown=tuple(meanings.unknown),
        corrections=tuple(meanings.corrections),
    )


def _with_hearing(query: Query, heard: Heard, reading: Reading, unread: int) -> Query:
    """Add what was heard between the words to what they say; `unread` is how many of them say nothing by themselves."""
    if not heard.needs:
        return replace(query, cut=reading.cut)
    named = max(query.names.values(), default=0) >= HOUSE  # who names a service does not also mean what its name sounds like
    strange = 2 * len(query.unknown) > len(reading.tokens)
    words = len(reading.tokens)
    said_alone = words <= SAID_ALONE or not unread
    least = STRANGELY_HEARD if strange else HEARD
    needs, only_heard = (query.needs, ()) if named else weigh_needs(query.needs, heard, said_alone, least)
    danger = _of_that_age(danger_of(heard, query.danger.kinds), query)
    if danger.level == "none" and _left_open(query, needs, words, danger):
        danger = danger._replace(level="quiet")
    voice, share = heard.voices[0]
    if voice == "worker" and share >= SURELY_THE_VOICE and len(reading.tokens) > FEW_WORDS:
        # The profession is the writer's, and the help is for somebody else.
        query = replace(query, audiences=tuple(audience for audience in query.audiences if audience != "professionals"))
    return replace(
        query,
        needs=needs,
        heard=only_heard,
        guesses=() if needs or query.names else guesses(heard),
        alike=said_alone and not only_heard,
        danger=danger,
        voice=voice if share >= SURELY_THE_VOICE else "",
        spoken=tuple(code for code, share in heard.languages[:1] if share >= SURELY_SPOKEN),
        cut=reading.cut,
    )


def _left_open(query: Query, needs: Sequence[str], words: int, danger: Danger) -> bool:
    """Say whether so much was not understood that whom to call is said to be safe; a story always holds a strange word."""
    if not (needs or query.places or query.names):
        return True
    return bool(query.unknown) and (words <= FEW_WORDS or danger.probability >= QUIET_IN_A_STORY)


def _of_that_age(danger: Danger, query: Query) -> Danger:
    """Add whom the violence is done to, where an age tells it: a child, or somebody old."""
    old = (query.age is not None and query.age >= OLD) or "older-people" in query.audiences
    may_be = "child-abuse" if query.minor else "elder-abuse" if old else ""
    if not may_be or may_be in danger.kinds or not set(danger.kinds[:1]) & AGELESS:
        return danger
    return danger._replace(kinds=(*danger.kinds, may_be))


_OPTION_KINDS = {
    "city": ("place", "abroad"), "need": ("needs", "dangers"), "audience": ("audiences", "relations"), "offer": ("offers",),
    "kind": ("kinds",), "language": ("languages",), "channel": ("channels",),
}  # fmt: skip


def read_option(option: str, value: str, lookups: Lookups, *, sure: float = CLAIMED) -> Query:
    """Read the value of one option with the same fuzzy words, and a need with the same ears, as a Query of that kind alone.

    A need that is only heard counts from a probability of `sure`. Raises UsageError when the value means nothing of the kind.
    """
    kinds = _OPTION_KINDS[option]
    if option != "city" and lookups.has_term(kinds[0], value.strip().lower()):
        return _alarmed(replace(Query(), **{kinds[0]: (value.strip().lower(),)}))  # type: ignore[arg-type]
    reading = collect_spans(value, lookups, spoken=() if option == "city" else LANGUAGES, correct=True)
    spans = []
    for span in reading.spans:
        terms = tuple((kind, ref) for kind, ref in span.terms if kind in kinds)
        if terms:
            spans.append(span._replace(terms=terms, risky=False))
    small_words = [] if option == "city" else [span for span in reading.spans if span.kind in ("stop", "before", "between")]
    reading.spans = spans + small_words
    meanings = _gather(reading, best_labelling(reading), lookups, languages())
    query = _query(value, meanings, {})
    if option == "need":
        query = _with_hearing(query, hear(heard_text(value, lookups), lookups), reading, meanings.unread)
        doubtful = {need for need, share in query.heard if share < sure}
        kept = tuple(pair for pair in query.heard if pair[0] not in doubtful)
        query = replace(query, needs=tuple(need for need in query.needs if need not in doubtful), heard=kept)
        implied = [need for danger in query.danger.kinds for need in lookups.fits("dangers", danger)]
        implied = [] if query.needs or query.danger.level != "alarm" else implied
        query = _alarmed(replace(query, needs=(*query.needs, *implied), guesses=()))
    if not query.facets:
        raise UsageError(
            _("--{option}: nothing known by “{value}”; `ht terms {topic}` lists what there is").format(
                option=option, value=value, topic=_TOPICS[option]
            )
        )
    return query


def _alarmed(query: Query) -> Query:
    """Whoever asks for help against a danger by its name is given the lines for it too."""
    dangers = tuple(dict.fromkeys(DANGERS_OF_NEEDS[need] for need in query.needs if need in DANGERS_OF_NEEDS))
    return replace(query, danger=Danger("alarm", dangers)) if dangers and query.danger.level != "alarm" else query


_TOPICS = {
    "city": "cities", "need": "needs", "audience": "audiences", "offer": "offers", "kind": "kinds", "language": "languages",
    "channel": "channels",
}  # fmt: skip
