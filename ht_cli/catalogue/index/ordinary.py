"""The ordinary words of the four languages: what somebody types that is no mistake, whether or not it tells what help is meant.

From wordfreq (Robyn Speer, CC BY-SA 4.0), which only the build of a release needs; see data/LICENSE.
"""

from collections.abc import Collection

from ht_cli.search.text import fold

SELDOM = 10**-6.15  # of all words read: one in 1.4 million (Zipf 2.85); below it the list holds others' misspellings too

RARE = 10**-5.7  # one in half a million (Zipf 3.3): "nivelle" is rather Nivelles than a form of "niveler"


EVERYDAY = 4.0  # Zipf: a word of ten in a million
CLEARLY = 0.5  # Zipf: three times as often


def everyday_words(language: str) -> dict[str, float]:
    """Give the words, folded, that are used ten times in a million and more, with the logarithm of how often (Zipf)."""
    import wordfreq  # build-only

    found: dict[str, float] = {}
    for word in wordfreq.top_n_list(language, 20_000):
        zipf = wordfreq.zipf_frequency(word, language)
        if zipf >= EVERYDAY and (key := fold(word)).isalpha():
            found[key] = max(zipf, found.get(key, 0.0))
    return found


def ordinary_words(language: str, shortened: Collection[str] = ()) -> frozenset[str]:
    """Give the words, folded, that are used at least once in 1.4 million.

    `shortened` are the names of towns with one letter left out: of these only words that are not rare are ordinary.
    """
    import wordfreq  # build-only

    used = wordfreq.get_frequency_dict(language, wordlist="large")
    folded: dict[str, float] = {}
    for word, frequency in used.items():
        if frequency >= SELDOM and (key := fold(word)).isalpha() and key.isascii():
            folded[key] = max(frequency, folded.get(key, 0.0))
    return frozenset(word for word, frequency in folded.items() if frequency >= RARE or word not in shortened)
