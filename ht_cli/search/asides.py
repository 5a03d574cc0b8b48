"""What stands beside a danger and makes it no smaller: how long it goes on, how far or how dear help may be, that it is near.

"depuis 25 ans", "al jaren"; "im Umkreis von 5 km"; "in de buurt", "near me".
"""

from collections.abc import Iterator, Sequence

from ht_cli.search.limits_asked import limits_asked
from ht_cli.search.lookups import NEAR_HERE, Lookups
from ht_cli.search.question import Reading

SINCE = frozenset(("depuis", "sinds", "sedert", "al", "seit", "schon", "since", "for"))
HOW_LONG = frozenset((
    "an", "ans", "annee", "annees", "mois", "semaines", "jours", "longtemps", "toujours", "jaar", "jaren", "maanden", "weken", "dagen", "lang", "jahr",
    "jahren", "jahre", "monaten", "monate", "wochen", "tagen", "langem", "years", "year", "months", "weeks", "days", "ages",
))  # fmt: skip
STREETS, ARTICLES_OF_STREETS = (
    frozenset(("rue", "avenue", "chaussee", "boulevard", "place")),
    frozenset(("de", "du", "des", "la", "le", "l", "les")),
)
WORDS_BETWEEN = 3  # "depuis plus de vingt ans"
LONGEST_NEAR = 5  # words of "bij mij in de buurt"


def without_asides(reading: Reading, lookups: Lookups) -> str:
    """Give a question as it was typed but for its asides, its clauses still parted; empty where it has none."""
    asides = {*_how_long(reading.tokens), *_how_far(reading.tokens, lookups), *_near_here(reading.tokens, lookups)}
    return reading.without(asides) if asides else ""


def streets_said(tokens: Sequence[str]) -> list[str]:
    """Give the words of streets that are named: "rue de la Station" tells where, and of nobody who lives in the street ("à la rue")."""
    said: list[str] = []
    for position, token in enumerate(tokens):
        articles = 0
        while tokens[position + 1 + articles : position + 2 + articles] and tokens[position + 1 + articles] in ARTICLES_OF_STREETS:
            articles += 1
        if token in STREETS and articles:
            said += [token, *tokens[position + 1 + articles : position + 2 + articles]]
    return said


def _how_long(tokens: Sequence[str]) -> Iterator[int]:
    """Give the positions of words that say how long something goes on."""
    for position, token in enumerate(tokens):
        said = range(position + 1, min(position + 2 + WORDS_BETWEEN, len(tokens)))
        end = next((later for later in said if tokens[later] in HOW_LONG), None) if token in SINCE else None
        yield from range(position, end + 1 if end else position)


def _how_far(tokens: Sequence[str], lookups: Lookups) -> Iterator[int]:
    """Give the positions of words that say how far or how dear help may be at most."""
    used = limits_asked(tokens, lookups).used
    return (position for position, token in enumerate(tokens) if token in used)


def _near_here(tokens: Sequence[str], lookups: Lookups) -> Iterator[int]:
    """Give the positions of words that ask for somebody near."""
    windows = {
        (start, end): "".join(tokens[start:end])
        for start in range(len(tokens))
        for end in range(start + 1, min(start + LONGEST_NEAR, len(tokens)) + 1)
    }
    near = {form.key for form in lookups.forms(sorted(set(windows.values()))) if form.kind == NEAR_HERE}
    for (start, end), joined in windows.items():
        if joined in near:
            yield from range(start, end)
