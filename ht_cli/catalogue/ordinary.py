"""The ordinary words of the four languages: what somebody types that is no mistake, whether or not it tells what help is meant.

From wordfreq (Robyn Speer, CC BY-SA 4.0), which only the build of a release needs; see data/LICENSE.
"""

from ht_cli.search.text import fold

SELDOM = 10**-6.5  # of all words read: one in three million (Zipf 2.5); below it the list holds others' misspellings too


def ordinary_words(language: str) -> frozenset[str]:
    """Give the words, folded, that are used at least once in three million."""
    import wordfreq  # build-only

    used = wordfreq.get_frequency_dict(language, wordlist="large")
    folded = (fold(word) for word, frequency in used.items() if frequency >= SELDOM)
    return frozenset(word for word in folded if word.isalpha() and word.isascii())
