"""Who is under eighteen though no age says so, and what is told of them: who came alone to the country, a boy at school, who is put out of the house."""

from collections.abc import Sequence

# Who came to the country under age and without parents, by the short name of it, or by two words.
CAME_ALONE = frozenset(("mena", "menas", "nbmv", "umf", "uma"))
UNDER_AGE = frozenset((
    "mineur", "mineure", "mineurs", "minderjarige", "minderjarigen", "minderjahriger", "minderjahrige", "minderjahrigen", "minor", "minors",
))  # fmt: skip
NOT_ACCOMPANIED = frozenset((
    "accompagne", "accompagnee", "accompagnes", "begeleide", "begeleid", "unbegleiteter", "unbegleitete", "unbegleiteten", "unbegleitet", "unaccompanied",
))  # fmt: skip
OF_SCHOOL_AGE = frozenset((
    "garcon", "garcons", "fille", "filles", "jongen", "jongens", "meisje", "meisjes", "junge", "jungen", "madchen", "boy", "boys", "girl", "girls",
))  # fmt: skip
# "le mettent dehors", "aan de deur gezet", "werfen ihn raus", "threw her out": a verb and where to, in either order.
PUTS = frozenset((
    "met", "mettent", "mettre", "mis", "mise", "jette", "jettent", "jete", "jetee", "fout", "foutent", "foutu", "foutue", "vire", "virent",
    "zet", "zetten", "gezet", "gooit", "gooien", "gegooid", "smijten", "gesmeten", "werfen", "wirft", "geworfen", "setzen", "setzt", "gesetzt", "schmeissen",
    "schmeisst", "throw", "throws", "threw", "thrown", "kick", "kicks", "kicked", "put",
))  # fmt: skip
OUT = frozenset(("dehors", "porte", "rue", "buiten", "deur", "straat", "raus", "tur", "strasse", "out"))
WORDS_BETWEEN = 3
MAY_NOT_RETURN = (
    ("plus", "le", "droit", "de", "rentrer"),
    ("niet", "meer", "binnen"),
    ("nicht", "mehr", "nach", "hause"),
    ("not", "allowed", "back", "home"),
)


def came_alone(tokens: Sequence[str]) -> bool:
    """Say whether somebody is spoken of who came to the country under age and without parents."""
    return not CAME_ALONE.isdisjoint(tokens) or not (UNDER_AGE.isdisjoint(tokens) or NOT_ACCOMPANIED.isdisjoint(tokens))


def is_of_school_age(tokens: Sequence[str]) -> bool:
    """Say whether a boy or a girl is spoken of; beside a school that is a minor, and neither a man nor a woman."""
    return not OF_SCHOOL_AGE.isdisjoint(tokens)


def is_put_out(tokens: Sequence[str]) -> bool:
    """Say whether somebody is put out of the house, or may not come back to it."""
    text = " ".join(tokens)
    if any(" ".join(words) in text for words in MAY_NOT_RETURN):
        return True
    where = [place for place, token in enumerate(tokens) if token in OUT]
    return any(token in PUTS and any(0 < abs(place - other) <= WORDS_BETWEEN + 1 for other in where) for place, token in enumerate(tokens))
