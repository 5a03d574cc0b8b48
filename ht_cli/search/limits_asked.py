"""Hears how far or how dear help may be at most: "à moins de 15 km de Wavre", "binnen 10 km", "max 30 euro".

A distance or a sum that belongs to a story ("he lives 20 km away", "2 000 euros of debt") sets no limit: a word that does ("within",
"at most") stands near the number, and the question is no long one.
"""

from collections.abc import Sequence

from ht_cli.search.ages import figures_of
from ht_cli.search.lookups import LIMIT_CUES, Lookups
from ht_cli.shapes import NamedTuple

LONGEST = 20  # words of a question in which a limit is looked for; what is longer tells a story
WORDS_BEFORE, WORDS_BEHIND = 3, 3  # of the number and its unit, among which the word stands that makes a limit of it
MOST_FIGURES = 4  # of a distance or a price
FARTHEST, DEAREST = 300.0, 1_000.0  # km, across the country; euros that nobody asks for an hour


class Limits(NamedTuple):
    """What words ask at most: `km` from the place, whether a sum is named, and the words that say so."""

    km: float | None = None
    price: bool = False
    used: frozenset[str] = frozenset()


def limits_asked(tokens: Sequence[str], lookups: Lookups) -> Limits:
    """Give the limits that the folded words of a question set."""
    parted = [figures_of(token) for token in tokens]
    if len(tokens) > LONGEST or not any(figures for figures, _unit in parted):
        return Limits()
    kinds: dict[str, set[str]] = {}
    for form in lookups.forms(sorted({*tokens, *(unit for _figures, unit in parted if unit)})):
        if form.kind in LIMIT_CUES:
            kinds.setdefault(form.key, set()).add(form.kind)
    limits = Limits()
    for start, (figures, glued) in enumerate(parted):
        end = start + (1 if glued else 2)
        unit = glued or (parted[start + 1][1] if figures and end <= len(tokens) else "")
        asked = kinds.get(unit, set()) & {"limit-km", "limit-euro"} if 0 < len(figures) <= MOST_FIGURES else set()
        around = [*tokens[max(start - WORDS_BEFORE, 0) : start], *tokens[end : end + WORDS_BEHIND]]
        setting = [token for token in around if "limit-within" in kinds.get(token, ())]
        if not (asked and setting):
            continue
        used = limits.used.union(setting, tokens[start:end])
        if "limit-km" in asked and 0 < int(figures) <= FARTHEST:
            limits = limits._replace(km=float(figures), used=used)
        elif "limit-euro" in asked and int(figures) <= DEAREST:
            limits = limits._replace(price=True, used=used)
    return limits
