"""Which words made the ears hear a need: those without which it would be heard least."""

import re

from ht_cli.hearing.clauses import undoubled, words_of
from ht_cli.hearing.ears import hear
from ht_cli.model import Query
from ht_cli.search.listening import heard_text
from ht_cli.search.lookups import Lookups
from ht_cli.search.text import fold

MOST_WORDS, MOST_NEEDS, MOST_TELLING = 80, 3, 4
TELLING = 0.02  # of the probability that a word takes away when it is left out


def telling_words(query: Query, lookups: Lookups) -> dict[str, list[str]]:
    """Give, for each need that was heard or said, the words that weighed most, as they were typed, the weightiest first."""
    text = heard_text(query.text, lookups)
    words = words_of(text)
    if not words or len(words) > MOST_WORDS or not query.needs or not lookups.columns:
        return {}
    whole = dict(hear(text, lookups).needs)
    lost: dict[str, list[tuple[float, str]]] = {}
    for word in dict.fromkeys(words):
        rest = tuple(tuple(tuple(other for other in clause if other != word) for clause in sentence) for sentence in text)
        shares = dict(hear(rest, lookups).needs)
        for need in query.needs[:MOST_NEEDS]:
            lost.setdefault(need, []).append((whole.get(need, 0.0) - shares.get(need, 0.0), word))
    told = {
        need: [word for share, word in sorted(pairs, reverse=True)[:MOST_TELLING] if share >= TELLING] or [max(pairs)[1]]
        for need, pairs in lost.items()
    }
    typed = {undoubled(fold(word)): word for word in re.findall(r"\w+", query.text)}
    return {need: [typed.get(word, word) for word in words] for need, words in told.items()}
