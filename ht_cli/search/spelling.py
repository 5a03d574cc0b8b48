"""Which known word a misspelt one is meant for: one that fits what stands beside it, and never past a nearer ordinary word."""

from collections.abc import Collection

from ht_cli.search.lookups import Correction, Lookups
from ht_cli.search.question import Reading

MOST_MENDED = 60  # different strange words of a text that are looked at: a misspelt question has a few, a page of another language all
MOST_MEANT = 6  # known words that one misspelt word may be meant for


def spell(reading: Reading, spoken: Collection[str], lookups: Lookups, *, correct: bool) -> None:
    """Give each token its spellings: as typed, and for what is no word of the languages spoken, the known words it may be meant for."""
    known = lookups.known_words(reading.tokens) if reading.tokens else {}
    strange = list(dict.fromkeys(token for token in reading.tokens if token not in known and not token.isdigit()))
    ordinary = lookups.ordinary_words(strange)
    slips = [token for token in strange if not spoken or not ordinary.get(token, frozenset()) & set(spoken)]
    meant = {token: near_words(token, spoken, lookups, names=False) for token in slips[:MOST_MENDED]} if correct else {}
    for position, token in enumerate(reading.tokens):
        if token in known or token.isdigit():
            reading.known.add(position)
        elif token not in slips:
            reading.ordinary.add(position)
        reading.weights.append(known.get(token, -1))
        reading.spellings.append([(token, 0), *((c.word, c.edits) for c in meant.get(token, ()))])


def near_words(token: str, spoken: Collection[str], lookups: Lookups, *, names: bool) -> list[Correction]:
    """Give the known words that a strange one may be meant for, all in as few edits.

    They are of a language spoken or of none, such as towns; no ordinary word is nearer, and where it would hurt or
    mislead to be wrong (a name, a town, danger, a narrow need), none is as near. Where no language is spoken, as in
    the value of an option, nothing ordinary is expected.
    """
    near = lookups.corrections(token, names=names)
    if spoken:
        near = [c for c in near if not c.languages or c.languages & set(spoken)]
        nearest = lookups.nearest_ordinary(token, spoken, near[0].edits) if near else 0
        near = [c for c in near if c.size < nearest or (c.size == nearest and not c.guarded)]
    return [c for c in near if c.edits == near[0].edits][:MOST_MEANT]
