"""The ordinary words of the four languages: what somebody types that is no mistake, whether or not it tells what help is meant.

From wordfreq (Robyn Speer, CC BY-SA 4.0), which only the build of a release needs; see data/LICENSE.
"""

from collections.abc import Collection, Mapping
from math import log10

from ht_cli.search.text import fold

SELDOM = 10**-6.0  # of all words read: one in a million (Zipf 3.0); below it the list holds others' misspellings too

RARE = 10**-5.7  # one in half a million (Zipf 3.3): "nivelle" is rather Nivelles than a form of "niveler"

EVERYDAY = 4.0  # Zipf: a word of ten in a million
CLEARLY = 0.5  # Zipf: three times as often


def used_words(language: str) -> dict[str, float]:
    """Give the words, folded, that are used at least once in a million, with their share of all words."""
    import wordfreq  # build-only

    folded: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict(language, wordlist="large").items():
        if frequency >= SELDOM and (key := fold(word)).isalpha() and key.isascii():
            folded[key] = max(frequency, folded.get(key, 0.0))
    return folded


def everyday_words(used: Mapping[str, float]) -> dict[str, float]:
    """Give those of the words used that are used ten times in a million and more, with the logarithm of how often (Zipf)."""
    often = {word: round(log10(frequency) + 9, 2) for word, frequency in used.items()}
    return {word: zipf for word, zipf in often.items() if zipf >= EVERYDAY}


def ordinary_words(used: Mapping[str, float], shortened: Collection[str] = ()) -> frozenset[str]:
    """Give those of the words used that are no mistake.

    `shortened` are the names of towns with one letter left out: of these only words that are not rare are ordinary.
    """
    return frozenset(word for word, frequency in used.items() if frequency >= RARE or word not in shortened)
