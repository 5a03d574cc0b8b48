"""Which words name what somebody fears, refuses or has tried: that is not what they ask for ("trau mich nicht zur Polizei", "refus hosto")."""

from collections.abc import Sequence

from ht_cli.search.question import Reading

WAY_TO_IT = 5  # words of the same clause behind such words, among which what is shunned stands
WAY_TO_NO = 5  # words between "durf", "traue" or "ose" and the "no" that belongs to it: "durf de politie niet bellen"
DARES = frozenset(("trau", "traue", "traut", "wage", "wagt", "durf", "durft", "durven", "ose", "osent", "osons", "dare", "dares"))
NO = frozenset(("nicht", "niet", "pas", "plus", "not", "t", "n"))  # the "t" of "don't", the "n" of "je n'ose"
SHUNS = (  # words of which what stands behind is shunned
    # feared
    ("angst", "vor", "der"), ("angst", "vor", "dem"), ("bang", "om"), ("bang", "van", "de"), ("bang", "voor", "de"), ("schrik", "van", "de"),
    ("peur", "d", "appeler"), ("peur", "d", "aller"), ("peur", "de", "la", "police"), ("peur", "de", "l", "hopital"),
    ("scared", "to", "call"), ("afraid", "to", "call"), ("scared", "to", "go"), ("afraid", "to", "go"), ("scared", "of", "the"), ("afraid", "of", "the"),
    # refused
    ("will", "nicht", "zu"), ("will", "nicht", "zur"), ("will", "nicht", "zum"), ("will", "nicht", "ins"), ("will", "nicht", "in", "die"),
    ("mochte", "nicht", "zu"), ("mochte", "nicht", "zur"), ("mochte", "nicht", "zum"), ("mochte", "nicht", "ins"), ("verweigert",),
    ("wil", "niet", "naar"), ("wilt", "niet", "naar"), ("weigert",), ("weigering",),
    ("veut", "pas", "aller"), ("veut", "plus", "aller"), ("veux", "pas", "aller"), ("veux", "plus", "aller"), ("veut", "pas", "d"), ("refuse",), ("refus",),
    ("want", "to", "go", "to"), ("wants", "to", "go", "to"), ("refuses",), ("refusing",), ("refused",),
    # tried
    ("war", "schon", "bei"), ("war", "schon", "beim"), ("waren", "schon", "bei"), ("war", "bereits", "bei"),
    ("al", "bij"), ("al", "geprobeerd"), ("deja", "alle"), ("deja", "allee"), ("deja", "ete"), ("deja", "essaye"), ("deja", "vu"),
    ("already", "went", "to"), ("already", "been", "to"), ("already", "tried"), ("already", "saw"),
)  # fmt: skip
ONLY_WITH_NO = frozenset((("want", "to", "go", "to"), ("wants", "to", "go", "to")))  # "I want to go to Prisma" asks for it


def shunned(reading: Reading) -> set[int]:
    """Give the positions of the words behind those that say that somebody fears, refuses or has tried what they name."""
    found: set[int] = set()
    for start in range(len(reading.tokens)):
        end = _end_of_shunning(reading.tokens, start)
        found.update(_same_clause(end, reading) if end else ())
    return found


def _end_of_shunning(tokens: Sequence[str], start: int) -> int:
    """Give the position behind words that shun what follows; 0 where none begin here."""
    if tokens[start] in DARES:
        denies = NO.intersection((*tokens[start - 1 : start], *tokens[start + 1 : start + 1 + WAY_TO_NO]))
        return start + 1 if denies else 0
    for words in SHUNS:
        if tuple(tokens[start : start + len(words)]) == words:
            said_no = not NO.isdisjoint(tokens[max(start - 2, 0) : start])
            return 0 if words in ONLY_WITH_NO and not said_no else start + len(words)
    return 0


def _same_clause(start: int, reading: Reading) -> range:
    """Give the positions of the words from there on, up to the end of the clause."""
    end = start
    while end < min(start + WAY_TO_IT, len(reading.tokens)) and not (end > 0 and reading.clause_ends_before(end)):
        end += 1
    return range(start, end)
