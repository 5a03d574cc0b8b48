"""What is counted of a text: pieces of its words, words beside one another, and the notions that the words stand for.

The notions (data/sources/hearing/notions) let sentences of four languages be learned from together: "il me tape" and
"er schlägt mich" both hold HE, HIT and I.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from zlib import crc32

PIECES = (3, 4, 5)  # letters of a piece; "_" stands at both ends of a word
REACH = 4  # words from one notion to another that belong together
BITS = 28  # of the number of a feature
SHORTEST_STEM = 3  # letters of a notion's stem


def pieces(word: str) -> set[str]:
    """Give the features of a folded word as it is spelled."""
    bounded = f"_{word}_"
    found = {bounded[start : start + length] for length in PIECES for start in range(len(bounded) - length + 1)}
    found.add(f"={word}")
    return found


def beside(tokens: Sequence[str]) -> set[str]:
    """Give the features of words beside one another, or with one between."""
    bounded = ("^", *tokens, "$")
    found = {f"{first} {second}" for first, second in pairwise(bounded)}
    found.update(f"{first} . {third}" for first, third in zip(tokens, tokens[2:], strict=False))
    return found


def meant(notions: Sequence[Collection[str]]) -> set[str]:
    """Give the features of the notions that each word stands for: who does what to whom, in this order."""
    found = {f"@{notion}" for standing in notions for notion in standing}
    for position, standing in enumerate(notions):
        for later in notions[position + 1 : position + 1 + REACH]:
            found.update(f"@{first}>{second}" for first in standing for second in later)
    return found


def stems(word: str) -> Iterator[str]:
    """Give a word and its beginnings as the notions list them, those with a `*`: "schlage", "schl*", "schla*" …"""
    yield word
    for length in range(SHORTEST_STEM, len(word) + 1):
        yield word[:length] + "*"


def number(feature: str) -> int:
    """Give the number under which the weights of a feature are kept; of 88,000 features some fourteen share theirs with another."""
    return crc32(feature.encode("utf-8", "replace")) >> (32 - BITS)
