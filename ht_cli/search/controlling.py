"""Hears that a partner, or one of before, follows, threatens, watches or controls somebody: "son ex la suit partout", "mijn vriend controleert mij".

That is partner violence whoever tells it, and no trouble of a couple. Who tells it of themself ("je la surveille") does it.
"""

from collections.abc import Sequence

from ht_cli.search.question import Reading

A_PARTNER = ("relations", "partner")
PARTED = ("needs", "separation")  # the word "ex" alone, where it stands for somebody who was loved
EX = "ex"
FORMER_PARTNERS = frozenset((
    "exman", "exvriend", "exvrouw", "exvriendin", "expartner", "exlief", "exfreund", "exmann", "exfrau", "exfreundin", "exmari", "excompagnon", "exconjoint",
    "exhusband", "exboyfriend", "exwife", "exgirlfriend",
))  # fmt: skip
# French verbs, whose object stands right before them: "la suit", "me menace". Behind them stands what else is followed: "suit une formation".
CONTROLS_BEHIND_WHOM = frozenset((
    "suit", "suivait", "poursuit", "poursuivait", "harcele", "harcelait", "surveille", "surveillait", "controle", "controlait", "espionne", "traque",
    "guette", "menace", "menacait", "isole", "enferme", "sequestre",
))  # fmt: skip
WHOM_BEFORE = frozenset(("me", "m", "la", "le", "l", "nous"))
# Verbs of the other languages, whose object stands beside them: "volgt haar", "haar volgen", "bedroht mich", "follows me".
CONTROLS = frozenset((
    "volgt", "volgen", "achtervolgt", "achtervolgen", "stalkt", "stalken", "bedreigt", "bedreigen", "controleert", "controleren", "bespioneert",
    "verfolgt", "verfolgen", "bedroht", "bedrohen", "kontrolliert", "kontrollieren", "uberwacht", "uberwachen", "belastigt", "droht",
    "follows", "following", "stalks", "stalking", "threatens", "threatening", "controls", "controlling", "harasses", "harassing", "tracks", "tracking",
))  # fmt: skip
WHOM = frozenset(("mij", "me", "mn", "haar", "hem", "ons", "mich", "mir", "sie", "ihn", "ihr", "uns", "her", "him", "us"))
# What is done to them, as a noun: "stalking door ex".
DEEDS = frozenset(("stalking", "stalker", "belaging", "bedreigingen", "drohungen", "menaces", "threats", "nachstellung"))
I_DO = frozenset(("je", "j", "ik", "ich", "i"))
NO = frozenset(("pas", "jamais", "niet", "nooit", "nicht", "nie", "not", "never", "doesn"))
BESIDE = 2  # words at most between such a verb and whom it is done to
PRONOUNS = frozenset(
    ("il", "elle", "hij", "zij", "ze", "er", "sie", "he", "she", "qui", "die", "der", "who")
)  # which may take up a partner named before


def is_controlled_by_a_partner(reading: Reading) -> bool:
    """Say whether the words tell that a partner, or one of before, follows, threatens, watches or controls somebody."""
    named_before = False
    for clause in reading.clauses():
        words = reading.tokens[clause.start : clause.stop]
        named = _names_a_partner(clause, reading)
        taken_up = named_before and not PRONOUNS.isdisjoint(words[:1])
        if (named or taken_up) and _tells_of_control(words):
            return True
        named_before = named or taken_up
    return False


def _names_a_partner(clause: range, reading: Reading) -> bool:
    """Say whether a partner is named in a clause, or somebody who was one."""
    if not FORMER_PARTNERS.isdisjoint(reading.tokens[clause.start : clause.stop]):
        return True
    return any(
        span.start in clause and not span.edits and (A_PARTNER in span.terms or (PARTED in span.terms and reading.tokens[span.start] == EX))
        for span in reading.spans
    )


def _tells_of_control(words: Sequence[str]) -> bool:
    """Say whether a clause tells that somebody is controlled, by another than who speaks."""
    for place, word in enumerate(words):
        before, behind = words[max(place - BESIDE, 0) : place], words[place + 1 : place + 1 + BESIDE]
        if not NO.isdisjoint((*before, *behind)):
            continue
        if word in DEEDS:
            return True
        done = word in CONTROLS_BEHIND_WHOM and not WHOM_BEFORE.isdisjoint(before[-1:])
        done = done or (word in CONTROLS and not WHOM.isdisjoint((*before, *behind)))
        if done and I_DO.isdisjoint(words[max(place - BESIDE - 1, 0) : place]):
            return True
    return False
