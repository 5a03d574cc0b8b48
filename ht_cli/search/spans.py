"""Every meaning that a stretch of words may have: forms, phrases, compounds, corrections, ages, names."""

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from ht_cli.search.lookups import Form, Lookups, Phrase
from ht_cli.search.text import fold

CONCEPTS = ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "referral", "relations", "crisis")
LONGEST_WINDOW = 4  # tokens of a form or a town; longer ones are phrases
MOST_TOKENS = 60  # a question is never longer; what follows is left unread
SHORTEST_PART = 4  # letters of each half of a compound such as Trauer|gruppe
_GLUED_AGE = re.compile(r"(\d{1,2})([a-z]+)")


class Span(NamedTuple):
    """Tokens (as a bit mask) read in one way: `kind` is concept, place, abroad, age, name, stop or unknown."""

    tokens: int
    kind: str
    terms: tuple[tuple[str, str], ...] = ()  # (kind, ref) of the forms
    shown: str = ""
    edits: int = 0
    risky: bool = False
    value: int = -1
    moved_first: bool = False  # the correction changed the first letter

    @property
    def start(self) -> int:
        """The position of the first token."""
        return (self.tokens & -self.tokens).bit_length() - 1

    @property
    def length(self) -> int:
        """How many tokens it explains."""
        return self.tokens.bit_count()


class Reading:
    """The tokens of a question with their spellings (as typed first) and what each window may mean."""

    def __init__(self, tokens: list[str], raw: list[str]) -> None:
        self.tokens = tokens
        self.raw = raw
        self.spellings: list[list[tuple[str, int]]] = []
        self.spans: list[Span] = []
        self.cues: set[int] = set()  # positions of words such as "à", "in", "près"
        self.known: set[int] = set()
        self.small: set[int] = set()  # positions of words without meaning of their own


def tokenize(text: str) -> Reading:
    """Split a question into folded tokens, the typed spelling kept beside each."""
    tokens: list[str] = []
    raw: list[str] = []
    for word in text.split():
        parts = fold(word).split()
        tokens += parts
        raw += [word.lower() if len(parts) == 1 else part for part in parts]
    return Reading(tokens[:MOST_TOKENS], raw[:MOST_TOKENS])


def collect_spans(text: str, lookups: Lookups, *, correct: bool) -> Reading:
    """Give a question's tokens with every span that means something."""
    reading = tokenize(text)
    _spell(reading, lookups, correct=correct)
    _add_forms(reading, lookups)
    _keep_biggest_towns(reading, lookups)
    _add_phrases(reading, lookups)
    _add_ages(reading, lookups)
    return reading


def _spell(reading: Reading, lookups: Lookups, *, correct: bool) -> None:
    """Give unknown tokens the known words they may be meant for."""
    weights = lookups.known_words(reading.tokens) if reading.tokens else {}
    for position, token in enumerate(reading.tokens):
        spellings = [(token, 0)]
        known = token in weights or token.isdigit()
        if known:
            reading.known.add(position)
        elif correct:
            compound = _compound(position, token, lookups)
            reading.spans += compound
            if not compound:
                spellings += [(c.word, c.edits) for c in lookups.corrections(token, names=False)]
        reading.spellings.append(spellings)


def _compound(position: int, token: str, lookups: Lookups) -> list[Span]:
    """Read a Dutch or German compound (rouwgroep, Trauergruppe) as its two halves."""
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
        if head in meanings and tail in meanings:
            forms = meanings[head] + meanings[tail]
            return [Span(1 << position, "concept", tuple((f.kind, f.ref) for f in forms), token)]
    return []


def _add_forms(reading: Reading, lookups: Lookups) -> None:
    """Look every window of up to four tokens up, in each of its spellings."""
    windows: dict[str, list[tuple[int, int, int]]] = {}
    for start in range(len(reading.tokens)):
        for end in range(start + 1, min(start + LONGEST_WINDOW, len(reading.tokens)) + 1):
            for spelling in product(*(reading.spellings[i][:3] if end - start > 1 else reading.spellings[i] for i in range(start, end))):
                edits = sum(e for _, e in spelling)
                if sum(1 for _, e in spelling if e) <= 1 or end - start == 1:
                    windows.setdefault("".join(word for word, _ in spelling), []).append((start, end, edits))
    grouped: dict[tuple[int, str, int, str], list[Form]] = {}
    for form in lookups.forms(list(windows)) if windows else ():
        for start, end, edits in windows[form.key]:
            tokens = (1 << end) - (1 << start)
            if form.kind == "before":
                reading.cues.add(end - 1)
            if form.kind in ("stop", "before", "unit", "aged") and not edits:
                reading.small.update(range(start, end))
            kind = "concept" if form.kind in CONCEPTS else form.kind
            grouped.setdefault((tokens, kind, edits, form.key), []).append(form)
    for (tokens, kind, edits, typed), forms in grouped.items():
        start = (tokens & -tokens).bit_length() - 1
        moved = bool(edits) and typed[0] != reading.tokens[start][0]
        terms = tuple((form.kind, form.ref) for form in forms)
        reading.spans.append(Span(tokens, kind, terms, forms[0].shown, edits, any(f.risky for f in forms), moved_first=moved))


def _keep_biggest_towns(reading: Reading, lookups: Lookups) -> None:
    """Of several towns that a misspelt word is equally near to, keep the biggest: "bruge" is Brugge, not Bouge."""
    guessed: dict[int, list[Span]] = {}
    for span in reading.spans:
        if span.kind == "place" and span.edits:
            guessed.setdefault(span.tokens, []).append(span)
    for spans in guessed.values():
        biggest = max(spans, key=lambda span: (-span.edits, max(lookups.place(int(ref)).population for _, ref in span.terms)))
        for span in spans:
            if span is not biggest:
                reading.spans.remove(span)


def _add_phrases(reading: Reading, lookups: Lookups) -> None:
    """Match the phrases of the vocabulary, in order, with room for small words between."""
    positions: dict[str, list[tuple[int, int]]] = {}
    for position, spellings in enumerate(reading.spellings):
        for word, edits in spellings:
            positions.setdefault(word, []).append((position, edits))
    found: dict[int, tuple[list[Phrase], int]] = {}
    for phrase in lookups.phrases(list(positions)) if positions else ():
        match = _match(phrase.words, positions)
        if match:
            tokens, edits = match
            found.setdefault(tokens, ([], edits))[0].append(phrase)
    for tokens, (phrases, edits) in found.items():
        terms = tuple((phrase.kind, phrase.ref) for phrase in phrases)
        reading.spans.append(Span(tokens, "concept", terms, phrases[0].shown, edits))


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


def _add_ages(reading: Reading, lookups: Lookups) -> None:
    """Read numbers beside a unit ("14 ans", "15j", "âgé de 9") as ages."""
    cues = (
        {form.key: form.kind for form in lookups.forms([*reading.tokens, *_units(reading)]) if form.kind in ("unit", "aged")}
        if reading.tokens
        else {}
    )
    for position, token in enumerate(reading.tokens):
        glued = _GLUED_AGE.fullmatch(token)
        if glued and cues.get(glued[2]) == "unit":
            reading.spans.append(Span(1 << position, "age", value=int(glued[1]), shown=token))
        if not (token.isascii() and token.isdigit() and len(token) <= 2):
            continue
        after = position + 1 < len(reading.tokens) and cues.get(reading.tokens[position + 1]) == "unit"
        tokens = (3 << position) if after else 1 << position
        before = any(cues.get(reading.tokens[i]) == "aged" for i in range(max(0, position - 2), position))
        reading.spans.append(Span(tokens, "age", value=int(token), shown=token, risky=not (after or before)))


def _units(reading: Reading) -> Iterator[str]:
    return (glued[2] for token in reading.tokens if (glued := _GLUED_AGE.fullmatch(token)))
