"""Reads a question as people type it into a Query: text in, meanings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from ht_cli.hearing.clauses import words_of
from ht_cli.hearing.ears import Heard, hear
from ht_cli.model import TERM_KINDS, Gone, Query
from ht_cli.search.asides import streets_said, without_asides
from ht_cli.search.case import LISTENING
from ht_cli.search.circumstances import with_circumstances, with_who_is_under_age
from ht_cli.search.danger import ALARM, SOME_DANGER, danger_of, if_over, may_be_denied, may_be_over
from ht_cli.search.denials import is_denied
from ht_cli.search.denied_dangers import without_denied_dangers
from ht_cli.search.hours_asked import hours_asked
from ht_cli.search.labelling import best_labelling
from ht_cli.search.limits_asked import limits_asked
from ht_cli.search.listening import heard_text, language_spoken, languages_of, with_hearing, without_needs
from ht_cli.search.lookups import ASKS_FOR_HELP, Lookups
from ht_cli.search.meanings import Meanings, gather
from ht_cli.search.names import ASKS_FOR_ONE, CALLS_IT_A_HOUSE, HOUSE, MOST, WHOLE, by_a_word, by_numbers, gone_by_name, names_in
from ht_cli.search.numbers import PhoneNumber, is_the_reform, phone_numbers, without_numbers
from ht_cli.search.past import is_long_over
from ht_cli.search.people import (
    asks_for_medicine,
    sender,
    tells_of_a_custom,
    tells_of_a_sentence,
    tells_own_illness,
    who_died,
)
from ht_cli.search.question import Reading, part_read
from ht_cli.search.spans import collect_spans
from ht_cli.search.subjects import subjects_of
from ht_cli.search.text import NEEDLESS_IN_NAMES, fold
from ht_cli.search.weighing import heard_in_small_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


LEAST_DANGER = 0.01  # from which words are heard without how long it goes on, and how far help may be
MOST_IN_A_CALL = 3  # words by which help is asked for
EVENINGS, PRICE = "evenings-weekends", "price"  # wishes that the catalogue has no word for
INTERPRETER = "interpreter"  # a wish of which no resource says whether it grants it; some are interpreters


def read_question(text: str, lookups: Lookups, *, exact: bool = False) -> Query:
    """Read a question in any of the four languages, misspelt or not, unless `exact`.

    Gives a Query without facets when nothing in it is understood.
    """
    numbers = phone_numbers(part_read(text))
    called = {number: by_numbers([number.dialled], lookups) for number in numbers}
    words = without_numbers(text, numbers)
    heard, reading, meanings = _listen(words, lookups, exact=exact)
    if reform := [number for number in called if is_the_reform(number, reading.tokens)]:
        called = {number: held for number, held in called.items() if number not in reform}
        heard = heard._replace(needs=())  # a team and an article are asked for, and no need is heard in them
    names = _names(words, called, reading, meanings, lookups)
    _leave_out_towns_of_names(names, meanings, lookups)
    gone = gone_by_name(words, meanings.content, lookups, meanings.towns) if max(names.values(), default=0) < MOST else []
    names = _with_what_follows(gone, names, meanings)
    open_at, km, of_when = _limits(reading, meanings, lookups)
    if not reading.tells_something(beside=meanings.towns | of_when):
        heard = heard_in_small_words(heard)
    said = query_of(text, meanings, names)._replace(
        open_at=open_at, within=km, own_trouble=tells_own_illness(reading), sentenced=tells_of_a_sentence(reading.tokens),
        subjects=subjects_of(reading), died=who_died(reading), long_over=is_long_over(reading.tokens, lookups),
        interpreted=INTERPRETER in meanings.terms.get("unrecorded", ()), by_custom=tells_of_a_custom(reading.tokens),
    )  # fmt: skip
    mended = [fold(right) for _typed, right in meanings.corrections]
    said = with_who_is_under_age(said._replace(asks_for_medicine=asks_for_medicine([*reading.tokens, *mended])), reading)
    query = with_circumstances(with_hearing(said, heard, reading, meanings.unread, meanings.towns_mended), reading)
    query = query._replace(
        gone=tuple(gone),
        unlisted=tuple(number.typed for number, held in called.items() if number.whole and not held),
    )  # fmt: skip
    query = _without_what_is_over(query)
    query = _without_denied_dangers(query, reading, lookups)
    query = _without_needs_left_out(query, meanings)
    if not (query.names or gone):
        query = _named_by_a_word(query, reading, meanings, lookups)
    query = query._replace(unknown=_as_typed([word for word in query.unknown if word not in reading.plain], reading))
    understood = _evident(meanings) or query.names or query.heard or query.danger.level == "alarm"
    return query if understood else _nothing_understood(query, reading, lookups)


def _listen(words: str, lookups: Lookups, *, exact: bool) -> tuple[Heard, Reading, Meanings]:
    """Hear what the words may be about, and read what they say; a town that is mended is left out and heard past, and for needs a language asked for."""
    text = heard_text(words, lookups) if any(map(str.isalpha, words)) else ()  # a number alone says nothing of a need
    heard = hear(text, lookups) if text else Heard()
    reading = collect_spans(words, lookups, spoken=languages_of(heard), correct=not exact)
    reading.listened_to = len(words_of(text))
    meanings = gather(reading, best_labelling(reading), lookups, language_spoken(heard, reading))
    if meanings.towns_mended:
        heard = hear(heard_text(words, lookups, meanings.towns_mended), lookups)
    strange = _strange_abbreviations(reading) if heard.danger < ALARM else []  # "VDIP" is no need that sounds like it
    if aside := [*meanings.languages_said, *streets_said(reading.tokens), *strange]:  # "en français" is no sign of an exile
        past = heard_text(words, lookups, [*meanings.towns_mended, *aside])
        needs = hear(past, lookups).needs if words_of(past) else ()
        heard = heard._replace(needs=needs if needs or strange else heard.needs)
    heard = _with_danger_whatever_stands_beside(heard, reading, lookups)
    heard = _with_danger_behind_slips(heard, reading, lookups) if not exact else heard
    _add_dangers_said(reading, meanings)
    return heard, reading, meanings


def _strange_abbreviations(reading: Reading) -> list[str]:
    """Give the abbreviations that no list knows, and that are the slip of no known word: they are not understood, and heard as no need."""
    meant = reduce(or_, (span.tokens for span in reading.spans), 0)
    return [
        token
        for position, token in enumerate(reading.tokens)
        if token in reading.abbreviations
        and reading.weights[position] < 0
        and position not in reading.ordinary
        and not meant >> position & 1
    ]


def _limits(reading: Reading, meanings: Meanings, lookups: Lookups) -> tuple[str, float | None, frozenset[str]]:
    """Give when somebody must answer and how many km away one may be, as the words ask, and the words that say when.

    What limits nothing else is no longer unknown.
    """
    open_at, used = hours_asked(reading.tokens, reading.cues | reading.weak_cues, lookups)
    limits = limits_asked(reading.tokens, lookups)
    if limits.price and not meanings.terms.get("costs"):  # "11 euros" is the rate of the health insurance
        meanings.add("unrecorded", PRICE)
    left_aside = [*meanings.unknown, *sorted(reading.excepted.difference(meanings.unknown))]  # where not to look cannot be asked
    meanings.unknown = [word for word in left_aside if word not in used | limits.used]
    evenings = EVENINGS in meanings.terms.get("unrecorded", ())  # "in the evening or on Saturdays" is no moment
    return "" if evenings else open_at, limits.km, used


def _without_what_is_over(query: Query) -> Query:
    """Turn the alarm for a violence of long ago into a quiet word."""
    return if_over(query) if query.long_over and may_be_over(query) else query


def _without_denied_dangers(query: Query, reading: Reading, lookups: Lookups) -> Query:
    """Turn the alarm for a danger that is denied into a quiet word, where nothing else that is said raises one."""
    left = without_denied_dangers(reading) if may_be_denied(query) else None
    return if_over(query) if left is not None and hear(heard_text(left, lookups), lookups).danger < ALARM else query


def _without_needs_left_out(query: Query, meanings: Meanings) -> Query:
    """Leave out the needs of danger that are denied, and those that are named as a place of work."""
    denied = meanings.denied if query.danger.level != "alarm" else set()
    return without_needs(query, denied | meanings.of_work.difference(meanings.terms.get("needs", ())))


def _nothing_understood(query: Query, reading: Reading, lookups: Lookups) -> Query:
    """Give what is left of a question of which nothing was understood: whether help is asked for, danger, and what it may be about."""
    nothing = Query(
        text=query.text, unknown=query.unknown, guesses=query.guesses, danger=query.danger, cut=reading.cut,
        unlisted=query.unlisted, gone=query.gone,
    )  # fmt: skip
    return nothing._replace(offers=(LISTENING,), spoken=query.spoken) if _asks_for_help(reading, lookups) else nothing


def _as_typed(words: Iterable[str], reading: Reading) -> tuple[str, ...]:
    """Give folded words of a question with the accents and umlauts that they were typed with."""
    typed = {
        token: "".join(letter for letter in raw if letter.isalnum() or letter in "'’-")
        for token, raw in zip(reading.tokens, reading.raw, strict=True)
    }
    return tuple(" ".join(typed.get(token, token) for token in word.split()) for word in words)


def _with_danger_whatever_stands_beside(heard: Heard, reading: Reading, lookups: Lookups) -> Heard:
    """Hear danger as well without its asides: "mon mari me bat depuis 25 ans" is no smaller than "mon mari me bat".

    What is left is heard whole, and its first clause alone: an aside leaves small words behind ("quelqu'un à moins de 5 km").
    """
    if not LEAST_DANGER <= heard.danger < ALARM:
        return heard
    left = without_asides(reading, lookups)
    for words in dict.fromkeys((left, left.partition(",")[0])) if left else ():
        shorter = hear(heard_text(words, lookups), lookups)
        if shorter.danger >= ALARM:
            return heard._replace(danger=shorter.danger, dangers=shorter.dangers)
    return heard


def _with_danger_behind_slips(heard: Heard, reading: Reading, lookups: Lookups) -> Heard:
    """Hear danger in misspelt words as well ("ich will mich umbrigen"): of what is mended so, nothing but the danger is taken, and nobody is shown it.

    A slip is also one beside a word of danger that is mended nowhere else, and only where some danger is heard already.
    """
    if not SOME_DANGER <= heard.danger < ALARM:
        return heard
    spoken = set(languages_of(heard))
    meant = list(reading.tokens)
    for position, spellings in enumerate(reading.spellings):
        near = [word for word, _edits in spellings[1:2]]
        if position not in reading.known and not near:
            slips = lookups.corrections(reading.tokens[position], names=False)
            near = [slip.word for slip in slips if slip.guarded and slip.edits == 1 and slip.languages & spoken]
        meant[position] = near[0] if near else meant[position]
    if meant == reading.tokens:
        return heard
    mended = hear(heard_text(" ".join(meant), lookups), lookups)
    return heard._replace(danger=mended.danger, dangers=mended.dangers) if mended.danger >= ALARM else heard


def _asks_for_help(reading: Reading, lookups: Lookups) -> bool:
    """Say whether somebody asks for help though nothing is said of what: "I need help with something"."""
    windows = {
        "".join(reading.tokens[start:end]) for start in range(len(reading.tokens)) for end in range(start + 1, start + MOST_IN_A_CALL + 1)
    }
    return any(form.kind == ASKS_FOR_HELP for form in lookups.forms(sorted(windows)))


def _names(
    words: str, called: Mapping[PhoneNumber, Mapping[int, int]], reading: Reading, meanings: Meanings, lookups: Lookups
) -> dict[int, int]:
    """Give the resources that a number or a name of the question means, and not the organisation that writes; the words that did it are no longer unknown."""
    held = {resource: sure for resources in called.values() for resource, sure in resources.items()}
    if sender(reading):
        words, meanings.content = reading.without({0}), meanings.content[1:]
    if reading.shunned and len(reading.shunned) < len(reading.tokens):  # what is feared, refused or tried is not asked for
        names_nothing = {reading.tokens[position] for position in reading.shunned}.difference(meanings.towns)
        words = reading.without(reading.shunned)
        meanings.content = [word for word in meanings.content if word not in names_nothing]
    names = held or _named_whatever_the_age(words, reading, meanings, lookups)
    if names:
        meanings.unknown = [word for word in meanings.unknown if not names.keys() & lookups.name_words([word]).keys()]
    if held:
        meanings.unknown = [word for word in meanings.unknown if not word.replace(" ", "").isdigit()]
    return names


def _named_whatever_the_age(words: str, reading: Reading, meanings: Meanings, lookups: Lookups) -> dict[int, int]:
    """Give the resources that a question names, where an age says only for whom: "Kaleido 9 Jahre Eupen" asks for Kaleido."""
    names = names_in(words, meanings.content, lookups, meanings.towns)
    if names or not meanings.aged:
        return names
    ages = {reading.tokens[position] for position in meanings.aged}
    content = [word for word in meanings.content if word not in ages]
    without = names_in(reading.without(meanings.aged), content, lookups, meanings.towns)
    return {resource: sure for resource, sure in without.items() if sure >= HOUSE}


def _leave_out_towns_of_names(names: Mapping[int, int], meanings: Meanings, lookups: Lookups) -> None:
    """Leave out a town that was mended out of words of a name which the question holds: "Klinik St. Josef" is not in Saint-Josse."""
    surely = {resource for resource, sure in names.items() if sure >= MOST}
    for typed, town in [one for one in meanings.corrections if one[0] in meanings.towns_mended] if surely else ():
        words = typed.split()
        held = lookups.name_words(words)
        if any({word for word, _share in held.get(resource, ())}.issuperset(words) for resource in surely):
            meanings.corrections.remove((typed, town))
            meanings.places = tuple(place for place in meanings.places if place.name != town)
            meanings.homonyms = tuple(one for one in meanings.homonyms if one.places[0].name != town)
            meanings.towns.difference_update(words)


def _named_by_a_word(query: Query, reading: Reading, meanings: Meanings, lookups: Lookups) -> Query:
    """Give a question with the resources that a word of their names means, where nothing else is understood but a place."""
    aside = meanings.towns | ASKS_FOR_ONE | CALLS_IT_A_HOUSE | NEEDLESS_IN_NAMES
    words = [word for word in meanings.content if word not in aside]
    unknown = {word for said in query.unknown for word in said.split()}.difference(reading.excepted)
    if meanings.terms or query.heard or query.in_danger or not unknown.issuperset(words):
        return query
    names = by_a_word(words, lookups, abbreviations=reading.abbreviations)
    return query._replace(names=names, unknown=tuple(word for word in query.unknown if word not in words)) if names else query


def _with_what_follows(gone: Sequence[Gone], names: dict[int, int], meanings: Meanings) -> dict[int, int]:
    """Give the names with what follows those that are closed; the words that named them are no longer unknown."""
    named = {word for one in gone for word in fold(one.name).split()}
    meanings.unknown = [word for word in meanings.unknown if word not in named]
    return names | {one.successor: WHOLE for one in gone if one.successor}


def _add_dangers_said(reading: Reading, meanings: Meanings) -> None:
    """A phrase of danger counts wherever it stands, whatever else the words were read as; never one that was mended into it, or denied."""
    for span in reading.spans:
        for kind, ref in span.terms if not span.edits and not is_denied(span, reading) else ():
            if kind == "dangers":
                meanings.add("dangers", ref)


def _evident(meanings: Meanings) -> bool:
    """Say whether enough was understood: guesses alone must not be outnumbered by what was not."""
    return bool(meanings.exact) or (meanings.corrected > 0 and len(meanings.unknown) < max(meanings.corrected, 2))


def query_of(text: str, meanings: Meanings, names: dict[int, int]) -> Query:
    """Give what the words say as a Query, before anything is heard between them; `names` are the resources that they name."""
    terms: dict[str, Any] = {kind: tuple(meanings.terms.get(kind, ())) for kind in TERM_KINDS if kind not in ("dangers", "unrecorded")}
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
