"""Which known word a misspelt one is meant for: one that fits what stands beside it, and never past a nearer ordinary word."""

from collections.abc import Collection, Sequence

from ht_cli.search.lookups import Correction, Lookups
from ht_cli.search.question import Reading, Span
from ht_cli.search.text import fold, key

MOST_MENDED = 60  # different strange words of a text that are looked at: a misspelt question has a few, a page of another language all
EXPECTED = 2  # languages whose ordinary words are expected, the likeliest: where all four may be spoken, some word is near to anything
TELLING = 2  # weight from which a known word tells the language: a name does not
MOST_EDITS = 2  # between a misspelt word and what it is meant for
LEAST_TO_HURT = 5  # letters from which a strange word may be meant for one of danger or of a narrow need: a shorter one is near to anything
MOST_MEANT = 6  # known words that one misspelt word may be meant for


def spell(reading: Reading, spoken: Sequence[str], lookups: Lookups, *, correct: bool) -> None:
    """Give each token its spellings: as typed, and for what is no word of the languages spoken, the known words it may be meant for."""
    known = lookups.known_words(reading.tokens) if reading.tokens else {}
    strange = list(dict.fromkeys(token for token in reading.tokens if token not in known and not token.isdigit()))
    ordinary = lookups.ordinary_words(strange)
    slips = [token for token in strange if not spoken or not ordinary.get(token, frozenset()) & set(spoken)]
    meant = {token: near_words(token, spoken, spoken[:EXPECTED], lookups, names=False) for token in slips[:MOST_MENDED]} if correct else {}
    reading.languages = _shared([known[token].languages for token in reading.tokens if token in known and known[token].weight >= TELLING])
    for position, token in enumerate(reading.tokens):
        if token in known or token.isdigit():
            reading.known.add(position)
        elif token not in slips:
            reading.ordinary.add(position)
        reading.weights.append(known[token].weight if token in known else -1)
        reading.spellings.append([(token, 0), *((c.word, c.edits) for c in meant.get(token, ()))])


def as_written(typed: str, span: Span, lookups: Lookups) -> str:
    """Give the form as which a mended word is shown: the one it was mended to, or the name of what it means, where that is as near.

    For the vocabulary knows usual slips too, so that they are understood, and nobody's slip is to be mended into another one.
    """
    if " " in typed or " " in fold(span.shown):
        return span.shown
    names = {key(label): label for label in lookups.labels(span.terms)}
    if key(span.shown) in names:
        return span.shown
    near = lookups.corrections(typed, names=False, within=span.edits)
    return next((names[correction.word] for correction in near if correction.word in names), span.shown)


def _shared(words: Sequence[frozenset[str]]) -> frozenset[str]:
    """Give the languages that all the words which are of some language are of: none where there is no such word, or no such language."""
    some = [languages for languages in words if languages]
    return some[0].intersection(*some[1:]) if some else frozenset()


def near_words(token: str, spoken: Collection[str], expected: Collection[str], lookups: Lookups, *, names: bool) -> list[Correction]:
    """Give the known words that a strange one may be meant for, all in as few edits.

    They are of a language spoken or of none, such as towns; no ordinary word of the languages expected is nearer, and
    where it would hurt or mislead to be wrong (a name, a town, danger, a narrow need), none is as near, and a word of danger or of
    a narrow need is not seen in few letters. Where no language is spoken, as in the value of an option, nothing ordinary is expected.
    """
    near: list[Correction] = []
    for within in range(1, MOST_EDITS + 1):  # what is one edit away stands before all that is further
        if not near:
            near = lookups.corrections(token, names=names, within=within)
            near = [c for c in near if not spoken or not c.languages or c.languages & set(spoken)]
    if spoken:
        nearest = lookups.nearest_ordinary(token, expected, near[0].edits) if near else 0
        near = [c for c in near if c.size < nearest or (c.size == nearest and not c.guarded)]
        near = [c for c in near if len(token) >= LEAST_TO_HURT or not (c.guarded and c.languages)]
    return [c for c in near if c.edits == near[0].edits][:MOST_MEANT]
