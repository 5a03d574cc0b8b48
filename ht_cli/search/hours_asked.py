"""Hears when somebody must answer, where a question asks for it: "psy ouvert dimanche soir", "wie is nu open", "Sonntagabend".

A day or an hour that belongs to a story ("since Sunday", "every evening he drinks") is none: it needs a word that asks who is
there, or a question that holds little else.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from ht_cli.search.lookups import HOURS_CUES, Lookups

NOW = "now"
FEW_WORDS = 6  # of a question that holds little beside the day, articles and what leads to a town not counted
ARTICLES = frozenset((
    "le", "la", "les", "l", "un", "une", "de", "het", "een", "der", "die", "das", "den", "dem", "ein", "eine", "einen", "the", "a", "an", "s",
))  # fmt: skip
THIS_EVENING = frozenset(("vanavond", "tonight"))  # in one word
OF_TODAY = frozenset(("ce", "vandaag", "heute", "this", "today"))  # before an evening: this one
OCLOCK = {"morning": "9:00", "noon": "12:00", "afternoon": "15:00", "evening": "20:00", "night": "23:00"}


def hours_asked(tokens: Sequence[str], leading: Collection[int], lookups: Lookups) -> tuple[str, frozenset[str]]:
    """Give the moment that a question asks about, as `--open-at` takes it, and the words that say so.

    "now", "sunday 20:00"; empty where it asks about none. `leading` are the positions of words such as "in" and "à".
    """
    said: dict[str, list[str]] = {kind: [] for kind in HOURS_CUES}
    owners = {piece: token for token in tokens for piece in (token, *_halves(token))}
    used = set()
    parts: dict[str, str] = {}
    cues = [form for form in sorted(lookups.forms(sorted(owners))) if form.kind in HOURS_CUES] if owners else []
    known = {form.key for form in cues}
    for form in cues:
        if form.key in tokens or known.issuperset(_halves(owners[form.key])):  # "Montage" is a Monday and nothing
            said[form.kind].append(form.ref)
            used.add(owners[form.key])
            if form.kind == "hours-part":
                parts[form.key] = form.ref
    this_evening = _this_evening(tokens, frozenset(word for word, part in parts.items() if part == "evening"))
    used |= this_evening
    counted = [token for position, token in enumerate(tokens) if token not in ARTICLES and position not in leading]
    asked = said["hours-open"] or (len(counted) <= FEW_WORDS and (said["hours-day"] or this_evening))
    if said["hours-told"] or not asked:
        return "", frozenset()
    if said["hours-day"] or said["hours-part"]:
        day = said["hours-day"][0] if said["hours-day"] else "today"
        return f"{day} {OCLOCK[said['hours-part'][0]] if said['hours-part'] else OCLOCK['noon']}", frozenset(used)
    return (NOW, frozenset(used)) if said["hours-now"] else ("", frozenset())


def _this_evening(tokens: Sequence[str], evenings: frozenset[str]) -> frozenset[str]:
    """Give the words that say this very evening: "vanavond", "ce soir", "heute Abend", "tonight"; nothing where none do.

    An evening alone is one of many ("angst in de avond"), and this night or this morning is mostly told of and not asked for.
    """
    alone = {token for token in tokens if token in evenings & THIS_EVENING}
    pairs = {word for pair in pairwise(tokens) if pair[0] in OF_TODAY and pair[1] in evenings for word in pair}
    return frozenset(alone | pairs)


def _halves(token: str) -> tuple[str, ...]:
    """Give the halves of a word that may join a day with a part of it: zondagavond, Sonntagabend."""
    head, tag, rest = token.partition("dag") if "dag" in token else token.partition("tag")
    return (head + tag, rest) if tag and rest and head else ()
