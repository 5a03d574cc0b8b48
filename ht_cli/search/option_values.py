"""Reads the value of an option: a town, a need, an audience … in the same words, and with the same ears, as a question."""

from string import ascii_lowercase

from ht_cli.errors import NotFoundError, UsageError
from ht_cli.hearing.ears import hear
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, Place, Query
from ht_cli.search.danger import asked_by_name
from ht_cli.search.labelling import best_labelling
from ht_cli.search.listening import heard_text, with_hearing
from ht_cli.search.lookups import Lookups
from ht_cli.search.meanings import gather
from ht_cli.search.reading import query_of
from ht_cli.search.spans import collect_spans
from ht_cli.search.text import MIN_LENGTH, fold, key

_LEAD_TO_A_PLACE = ("stop", "before", "between")  # kinds of small words: "ville de Namur"
# Probabilities from which an option means a need that is only heard, and from which one is written into a record; by judgement, and not
# measured. An option is not a question: it claims to hold a need, so a third is enough, and what was taken is said. What is written stays
# when nobody looks any more, so it has to be about as sure as a word, and is refused otherwise.
CLAIMED, WRITTEN = 0.35, 0.75

MOST_NEAR = 3  # towns that a refusal names

_OPTION_KINDS = {
    "city": ("place", "abroad"), "need": ("needs", "dangers"), "audience": ("audiences", "relations"), "offer": ("offers",),
    "kind": ("kinds",), "language": ("languages",), "channel": ("channels",),
}  # fmt: skip


def read_option(option: str, value: str, lookups: Lookups, *, sure: float = CLAIMED) -> Query:
    """Read the value of one option with the same fuzzy words, and a need with the same ears, as a Query of that kind alone.

    A need that is only heard counts from a probability of `sure`. Raises UsageError when the value means nothing of the kind.
    """
    query = _read(option, value, lookups, sure)
    if not query.facets:
        near = _towns_one_letter_off(value, lookups) if option == "city" else []
        refused = (
            _("--{option}: nothing known by “{value}”; near to it: {names}; `ht terms {topic}` lists what there is")
            if near
            else _("--{option}: nothing known by “{value}”; `ht terms {topic}` lists what there is")
        )
        raise UsageError(refused.format(option=option, value=value, topic=_TOPICS[option], names=", ".join(near)))
    return query


def read_place(text: str, lookups: Lookups) -> Query:
    """Read a place of Belgium. Raises NotFoundError for one abroad, UsageError for what is no place."""
    query = read_any_place(text, lookups)
    if not query.places:
        raise NotFoundError(_("{place} is outside Belgium; the networks serve Belgium only").format(place=query.abroad))
    return query


def read_any_place(text: str, lookups: Lookups) -> Query:
    """Read a place of Belgium or abroad. Raises UsageError for what is none."""
    query = _read("city", text, lookups, CLAIMED)
    if not query.facets:
        raise UsageError(_("no place is known by “{value}”; `ht terms cities` lists those there are").format(value=text))
    return query


def guessed(query: Query, lookups: Lookups) -> bool:
    """Say whether a place that was read is a guess: it was mended, or other words than those that lead to a town were left aside."""
    forms = lookups.forms([fold(word).replace(" ", "") for word in query.unknown]) if query.unknown else []
    leading = {form.key for form in forms if form.kind in _LEAD_TO_A_PLACE}
    return bool(query.corrections) or any(fold(word).replace(" ", "") not in leading for word in query.unknown)


def places_near(text: str, lookups: Lookups) -> list[Place]:
    """Give the places whose names are near to a misspelt one, the nearest first."""
    words = [correction.word for correction in lookups.corrections(key(text), names=False)]
    forms = sorted((form for form in lookups.forms(words) if form.kind == "place"), key=lambda form: words.index(form.key))
    return [lookups.place(int(form.ref)) for form in forms]


def _towns_one_letter_off(text: str, lookups: Lookups) -> list[str]:
    """Give the biggest towns whose names are one letter off a word that is too short to be mended: "Gnt" may be Gent."""
    word = key(text)
    if len(word) >= MIN_LENGTH or not word.isalpha():
        return []
    parted = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    spelt = {before + letter + after[skipped:] for before, after in parted for letter in ascii_lowercase for skipped in (0, 1)}
    towns = {form.shown: lookups.place(int(form.ref)).population for form in lookups.forms(sorted(spelt)) if form.kind == "place"}
    return sorted((name for name in towns if towns[name]), key=lambda name: (-towns[name], name))[:MOST_NEAR]


def _read(option: str, value: str, lookups: Lookups, sure: float) -> Query:
    """Read a value as one of an option; a Query without facets where it means nothing of the kind."""
    kinds = _OPTION_KINDS[option]
    if option != "city" and lookups.has_term(kinds[0], value.strip().lower()):
        return _with_danger(Query()._replace(**{kinds[0]: (value.strip().lower(),)}))  # type: ignore[arg-type]
    reading = collect_spans(value, lookups, spoken=() if option == "city" else LANGUAGES, correct=True)
    spans = []
    for span in reading.spans:
        terms = tuple((kind, ref) for kind, ref in span.terms if kind in kinds)
        if terms:
            spans.append(span._replace(terms=terms, risky=False))
    small_words = [] if option == "city" else [span for span in reading.spans if span.kind in ("stop", "before", "between")]
    reading.spans = spans + small_words
    meanings = gather(reading, best_labelling(reading), lookups, languages())
    query = query_of(value, meanings, {})
    if option == "need":
        query = with_hearing(query, hear(heard_text(value, lookups), lookups), reading, meanings.unread)
        doubtful = {need for need, share in query.heard if share < sure}
        kept = tuple(pair for pair in query.heard if pair[0] not in doubtful)
        query = query._replace(needs=tuple(need for need in query.needs if need not in doubtful), heard=kept)
        implied = [need for danger in query.danger.kinds for need in lookups.fits("dangers", danger)]
        implied = [] if query.needs or query.danger.level != "alarm" else implied
        query = query._replace(needs=(*query.needs, *implied), guesses=())
    query = _with_what_is_taken(query, kinds[0], value, lookups)
    return _with_danger(query) if option == "need" else query


def _with_what_is_taken(query: Query, kind: str, value: str, lookups: Lookups) -> Query:
    """Give a Query with the terms for which a value was taken that is no name of theirs: nobody is to wonder why a sect is radicalisation.

    What was only heard in it, or mended, is said already.
    """
    if kind == "place" or query.corrections:
        return query
    heard = {need for need, _share in query.heard}
    taken = [term for term in getattr(query, kind) if term not in heard]
    labels = lookups.labels([(kind, term) for term in taken]) if taken else ()
    called = {word for label in labels for word in (fold(label), *fold(label).split(), key(label))}
    if not taken or not called.isdisjoint((fold(value), fold(value).removesuffix("s"), key(value))):
        return query
    return query._replace(taken=((value, kind, tuple(taken)),))


def _with_danger(query: Query) -> Query:
    return query._replace(danger=asked_by_name(query))


_TOPICS = {
    "city": "cities", "need": "needs", "audience": "audiences", "offer": "offers", "kind": "kinds", "language": "languages",
    "channel": "channels",
}  # fmt: skip
