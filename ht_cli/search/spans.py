"""Every meaning that a stretch of words may have: forms, phrases, compounds, corrections, ages, names."""

from collections.abc import Iterator, Sequence

from ht_cli.model import LANGUAGES, TERM_KINDS
from ht_cli.search.ages import add_ages
from ht_cli.search.denials import leave_out_excepted_places, leave_out_where_children_live
from ht_cli.search.lookups import (
    AGE_CUES,
    ASKS_FOR_HELP,
    HOME,
    HOURS_CUES,
    LIMIT_CUES,
    NAME_ONLY,
    ORDINARY_IN,
    PAST_CUES,
    TELLING_IN,
    VERB,
    Form,
    Lookups,
    Phrase,
)
from ht_cli.search.question import ENDS_A_CLAUSE, MOST_WORDS, SMALL_WORDS, Reading, Span, tokenize
from ht_cli.search.senses import Senses, names_of_people
from ht_cli.search.shunned import shunned
from ht_cli.search.spelling import spell
from ht_cli.search.text import fold
from ht_cli.search.towns import (
    LONGEST_NAME,
    add_misspelt_towns,
    keep_biggest_towns,
    leave_out_joined_words,
    leave_out_pieces_of_names,
    leave_out_small_words,
    leave_out_years,
    mark_places_led_to,
    mark_places_said,
    mark_towns_between,
)

NOT_READ_ALONE = frozenset(
    (*AGE_CUES, *HOURS_CUES, *LIMIT_CUES, *PAST_CUES, "contraction", "polite", ASKS_FOR_HELP, ORDINARY_IN, TELLING_IN, VERB)
)  # forms that others look for
# Kinds of forms that are understood and ask for nothing: "mari", "kg".
PLAIN = frozenset(("person", "unit", "counted", "lasting", "passed"))
LONGEST_MENDED = 4  # tokens of a window of which one may be misspelt
SMALL_IN_A_NOTE = 3  # at most one word in so many is a small one where somebody writes in telegraph style
SHORTEST_PART = 4  # letters of each half of a compound such as Trauer|gruppe
OF_A_SUBSTANCE = frozenset(
    ("misbruik", "gebruik", "missbrauch", "konsum")
)  # behind the name of one they say that it is taken: cannabisgebruik
LONGEST_COMPOUND = 100  # letters; what is longer is no word of any language, and cutting it everywhere would take all memory


def collect_spans(text: str, lookups: Lookups, *, spoken: Sequence[str] = LANGUAGES, correct: bool) -> Reading:
    """Give a question's tokens with every span that means something; `spoken` are the languages it may be in."""
    words = {fold(word) for word in text.split()[:MOST_WORDS]}
    reading = tokenize(text, lookups.contractions(words, spoken[0]) if len(spoken) == 1 else {})
    spell(reading, spoken, lookups, correct=correct)
    if correct:
        _add_compounds(reading, lookups)
    _add_forms(reading, lookups, spoken)
    _add_codes_of_languages(reading)
    if correct:
        add_misspelt_towns(reading, lookups)
        keep_biggest_towns(reading, lookups)
    leave_out_joined_words(reading)
    leave_out_small_words(reading, lookups)
    _add_phrases(reading, lookups)
    leave_out_pieces_of_names(reading, lookups)
    leave_out_years(reading)
    leave_out_excepted_places(reading)
    leave_out_where_children_live(reading)
    add_ages(reading, lookups)
    reading.shunned = shunned(reading)
    telling = [span for span in reading.spans if span.kind in ("age", "concept") and not span.edits and not span.gaps]
    reading.said = {position for span in telling for position in range(span.start, span.end)}
    reading.note = any(span.kind == "age" for span in reading.spans) and SMALL_IN_A_NOTE * len(reading.small) <= len(reading.tokens)
    mark_places_led_to(reading, lookups, capitals=spoken[:1] != ("de",))
    mark_towns_between(reading, lookups)
    mark_places_said(reading, capitals=spoken[:1] != ("de",))
    return reading


def _add_compounds(reading: Reading, lookups: Lookups) -> None:
    """Read a token that is no known word, or one of a name alone, as a compound; what is one needs no mending."""
    for position, token in enumerate(reading.tokens):
        if reading.weights[position] in (-1, NAME_ONLY) and not token.isdigit() and (compound := _compound(position, token, lookups)):
            reading.spans += compound
            del reading.spellings[position][1:]


def _compound(position: int, token: str, lookups: Lookups) -> list[Span]:
    """Read a Dutch or German compound (rouwgroep, Trauergruppe) as its two halves."""
    if len(token) > LONGEST_COMPOUND:
        return []
    halves: list[tuple[str, str]] = []
    for cut in range(SHORTEST_PART, len(token) - SHORTEST_PART + 1):
        head, tail = token[:cut], token[cut:]
        halves += [(head, tail)] + [(head, tail[len(link) :]) for link in ("s", "en", "n") if tail.startswith(link) and len(tail) > 5]
    if not halves:
        return []
    meanings: dict[str, list[Form]] = {}
    for form in lookups.forms(list({half for pair in halves for half in pair})):
        if form.kind in ("needs", "offers", "audiences", "kinds"):
            meanings.setdefault(form.key, []).append(form)
    for head, tail in reversed(halves):
        if head in meanings and (tail in meanings or tail in OF_A_SUBSTANCE):
            forms = meanings[head] + (meanings[tail] if tail not in OF_A_SUBSTANCE else [])
            return [Span(1 << position, "concept", tuple((f.kind, f.ref) for f in forms), token)]
    return []


def _add_forms(reading: Reading, lookups: Lookups, spoken: Sequence[str]) -> None:
    """Look every window of tokens up that may be a form or a town, as typed and with one word of it mended."""
    windows: dict[str, list[tuple[int, int, int]]] = {}
    for start in range(len(reading.tokens)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(reading.tokens)) + 1):
            if end > start + 1 and reading.clause_ends_before(end - 1):
                break
            for spelling, edits in _spellings(reading, start, end):
                windows.setdefault(spelling, []).append((start, end, edits))
    grouped: dict[tuple[int, str, int, str], list[Form]] = {}
    nearest_first = {spelling: place for place, spelling in enumerate(windows)}
    forms = sorted(lookups.forms(list(windows)), key=lambda form: nearest_first[form.key]) if windows else []
    senses = Senses(reading, forms, spoken)
    reading.ordinary_here = senses.ordinary
    reading.other_senses |= names_of_people(reading) | senses.what_they_were
    reading.plain |= {form.key for form in forms if form.kind in PLAIN}
    for form in forms:
        for start, end, edits in windows[form.key] if form.kind not in NOT_READ_ALONE else ():
            if senses.excluded(form, start):
                reading.other_senses.add(start)
                continue
            tokens = (1 << end) - (1 << start)
            if form.kind == "before" and not edits:
                reading.cues.add(end - 1)
            if form.kind == "between" and not edits:
                reading.weak_cues.add(end - 1)
            if form.kind == HOME:
                if not edits:
                    reading.homes.add(end)
                    reading.small.update(range(start, end))
                continue
            if form.kind in SMALL_WORDS and not edits:
                reading.small.update(range(start, end))
                if form.kind == "stop":
                    reading.empty.update(range(start, end))
            kind = "concept" if form.kind in TERM_KINDS else form.kind
            grouped.setdefault((tokens, kind, edits, form.key), []).append(form)
    reading.cues |= {position for position in reading.weak_cues if position - 1 in reading.cues}
    reading.homes |= {position + 1 for position in reading.homes & (reading.cues | reading.weak_cues)}
    for (tokens, kind, edits, typed), found in grouped.items():
        start = (tokens & -tokens).bit_length() - 1
        moved = bool(edits) and typed[0] != reading.tokens[start][0]
        terms = tuple((form.kind, form.ref) for form in found)
        reading.spans.append(Span(tokens, kind, terms, found[0].shown, edits, any(f.risky for f in found), moved_first=moved))


def _add_codes_of_languages(reading: Reading) -> None:
    """Read the code of a language that is a word of none as that language: "depressie luik NL", "psy fr"."""
    for position, token in enumerate(reading.tokens):
        alone = reading.typed[position].strip(f"{ENDS_A_CLAUSE}(.") == token
        if token in LANGUAGES and alone and reading.weights[position] <= NAME_ONLY:
            reading.spans.append(Span(1 << position, "concept", (("languages", token),), token))


def _spellings(reading: Reading, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Give the joined spellings of a window with their edits: as typed, then with one of its words mended."""
    typed = reading.tokens[start:end]
    yield "".join(typed), 0
    if end - start <= LONGEST_MENDED:
        most = None if end - start == 1 else 3
        for position in range(start, end):
            for word, edits in reading.spellings[position][1:most]:
                yield "".join([*typed[: position - start], word, *typed[position - start + 1 :]]), edits


def _add_phrases(reading: Reading, lookups: Lookups) -> None:
    """Match the phrases of the vocabulary, in order, with room for small words between; a town is no plural: "Mons, client" is not "mon client"."""
    positions: dict[str, list[tuple[int, int]]] = {}
    towns = {town.start for town in reading.sure_towns()}
    for position, spellings in enumerate(reading.spellings):
        for word, edits in spellings:
            for number in _numbers(word) if position not in towns else (word,):
                positions.setdefault(number, []).append((position, edits))
    found: dict[int, tuple[list[Phrase], int]] = {}
    for phrase in lookups.phrases(list(positions)) if positions else ():
        match = _match(phrase.words, positions)
        if match:
            tokens, edits = match
            found.setdefault(tokens, ([], edits))[0].append(phrase)
    for tokens, (phrases, edits) in found.items():
        terms = tuple((phrase.kind, phrase.ref) for phrase in phrases)
        reading.spans.append(Span(tokens, "concept", terms, phrases[0].shown, edits))


def _numbers(word: str) -> tuple[str, ...]:
    """Give a word and its other number in French and English: "troubles alimentaire" is said too."""
    if len(word) < SHORTEST_PART:
        return (word,)
    return word, word.removesuffix("s") if word.endswith("s") else word + "s"


def _match(words: tuple[str, ...], positions: dict[str, list[tuple[int, int]]]) -> tuple[int, int] | None:
    """Give the tokens that a phrase covers and the edits in them, each word at most one gap after the one before."""
    for first, edits in positions.get(words[0], ()):
        tokens, last, room = 1 << first, first, 1
        for word in words[1:]:
            if word == "…":
                room = 3
                continue
            place = next(((p, e) for p, e in positions.get(word, ()) if last < p <= last + 1 + room), None)
            if place is None:
                break
            last, room = place[0], 1
            tokens |= 1 << last
            edits += place[1]
        else:
            return tokens, edits
    return None
