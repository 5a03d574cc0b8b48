"""Joins what was said with what was heard: which needs are meant, the likeliest first.

A need that is said by its words keeps its weight; one that is heard between the words is added with its probability. The
ears also settle words of two senses: a need that a word would name and that nobody would hear in the rest is left out.
"""

from collections.abc import Sequence
from math import log

from ht_cli.hearing.ears import NOTHING, Heard

SAID = 0.8  # what being said adds to the logarithm of the odds
SAID_ALONE = 4  # words up to which a need that is said is meant whatever the ears make of so little, as where every word was read
UNHEARD = 0.02  # probability under which a need that was said was another sense of its word
HEARD, HEARD_BESIDE = 0.07, 0.12  # from which a need is heard: the likeliest, and one beside it
MOST_HEARD = 2  # needs that are added to what was said
ASKED_BACK = 0.05  # probability from which a need is offered as a guess where none is sure


def weigh_needs(
    said: Sequence[str], heard: Heard, said_alone: bool, least: float = HEARD
) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """Give the needs that are meant, the likeliest first, and of these the ones that were only heard, with their probability.

    `said_alone` tells that there is little beside what was said. `least` is the probability from which a need is heard where none is said.
    """
    shares = {need: share for need, share in heard.needs if need != NOTHING}
    if not shares:
        return tuple(said), ()
    kept = [need for need in said if said_alone or shares.get(need, 0.0) >= UNHEARD] or list(said[:1])
    if kept and said_alone:
        return tuple(kept), ()
    likely = [need for need, share in shares.items() if need not in kept and share >= (HEARD_BESIDE if kept else least)]
    if not kept and likely:
        likely += [need for need, share in shares.items() if HEARD_BESIDE <= share < least]
    added = likely[:MOST_HEARD]
    weights = {need: _odds(shares.get(need, 0.0)) + SAID * (need in kept) for need in (*kept, *added)}
    ordered = sorted(weights, key=lambda need: -weights[need])
    return tuple(ordered), tuple((need, shares[need]) for need in ordered if need in added)


def guesses(heard: Heard) -> tuple[str, ...]:
    """Give the two likeliest needs to ask back about, where none is sure."""
    return tuple(need for need, share in heard.needs[:3] if need != NOTHING and share >= ASKED_BACK)[:2]


def _odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))
