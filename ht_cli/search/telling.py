"""Which words made the ears hear a need: those without which it would be heard least."""

from ht_cli.hearing.ears import NOTHING, Hearing
from ht_cli.model import Query
from ht_cli.search.lookups import Lookups
from ht_cli.search.question import folded_words

MOST_WORDS, MOST_NEEDS, MOST_TELLING = 80, 3, 4
TELLING = 0.02  # of the probability that a word takes away when it is left out


def telling_words(query: Query, lookups: Lookups) -> dict[str, list[str]]:
    """Give, for each need that was heard or said, the words that weighed most, the weightiest first."""
    words = folded_words(query.text)[:MOST_WORDS]
    if not words or not query.needs or not lookups.columns:
        return {}
    whole = dict(Hearing(words, lookups).heard.needs)
    lost: dict[str, list[tuple[float, str]]] = {}
    for position, word in enumerate(words):
        rest = words[:position] + words[position + 1 :]
        shares = dict(Hearing(rest, lookups).heard.needs) if rest else {NOTHING: 1.0}
        for need in query.needs[:MOST_NEEDS]:
            lost.setdefault(need, []).append((whole.get(need, 0.0) - shares.get(need, 0.0), word))
    return {
        need: [word for share, word in sorted(pairs, reverse=True)[:MOST_TELLING] if share >= TELLING] or [pairs and max(pairs)[1]]
        for need, pairs in lost.items()
    }
