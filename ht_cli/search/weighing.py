"""Joins what was said with what was heard: which needs are meant, the likeliest first.

A need that is said by its words keeps its weight; one that is heard between the words is added with its probability. The
ears also settle words of two senses: a need that a word would name and that nobody would hear in the rest is left out.
"""

from collections.abc import Collection, Mapping, Sequence

from ht_cli.hearing.ears import LEAST_OF_NEEDS, NOTHING, Heard, log_odds

SAID, SAID_BY_NAME = 0.8, 3.0  # what being said adds to the logarithm of the odds
# Needs of who somebody is, and where they live: a word of them holds beside whatever else is heard ("prison … bipolaire", "SDF alcool").
OF_A_LIFE = frozenset(("homelessness", "lgbtqia", "caregiving"))
DIAGNOSES = frozenset(("adhd", "autism", "bipolar", "ocd", "personality-disorder", "psychosis"))  # whose words mean nothing else
SAID_ALONE = 4  # words up to which a need that is said is meant whatever the ears make of so little; of more where every word was read
UNHEARD_OF_A_LIFE = 0.001  # under which such a word stands for something else too: "rue de la Station"
WHO_THEY_ARE = "exile"  # a need that is heard in where somebody comes from and which languages they speak
UNHEARD = 0.02  # probability under which a need that was said was another sense of its word
SURELY_NOTHING = 0.9  # of no need at all, from which that holds of few words too that are not of the list ("my car battery is dead")
SURELY_ANOTHER = 0.9  # of another violence than the one that was said
HEARD, HEARD_BESIDE, HEARD_BESIDE_WHAT_IS_ALL_READ = 0.07, 0.13, 0.5  # from which a need is heard: the likeliest, and one beside it
HEARD_BESIDE_WHAT_IS_UNHEARD = 0.4  # though every word was read: the one that is said nobody would hear
BESIDE_NOTHING = 8  # where no need is said, one that is so many times less likely than none at all is no more than a guess
VIOLENCE_BY_WHOM = ("domestic-violence", "sexual-violence", "child-abuse", "elder-abuse")  # the same words, another who is harmed
VIOLENCE, HARMING = ("domestic-violence", "sexual-violence", "child-abuse"), "fear-of-harming"  # two sides of one word
WITHOUT_A_SUBJECT = frozenset((NOTHING, "crisis", "loneliness", "suicide"))  # what is heard though no word says what it is about
MOST_HEARD = 2  # needs that are added to what was said
ASKED_BACK = 0.04  # probability from which a need is offered as a guess where none is sure


def weigh_needs(
    said: Sequence[str], heard: Heard, few: bool, all_read: bool, least: float = HEARD, sure: Collection[str] = ()
) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """Give the needs that are meant, the likeliest first, and of these the ones that were only heard, with their probability.

    `few` tells that there is little beside what was said, `all_read` that every word was read: then only what is surely heard
    is added. `least` is the probability from which a need is heard where none is said; `sure` are needs of which other words say that they are meant.
    """
    shares = dict(heard.needs)
    nothing = shares.pop(NOTHING, 0.0)
    least = max(least, nothing if all_read else nothing / BESIDE_NOTHING)
    likeliest = max(shares, key=lambda need: shares[need], default="")
    mourned = ("suicide",) if likeliest == "grief" else ()  # that of the one who died
    of_who_they_are = likeliest == WHO_THEY_ARE  # what is the matter is said beside it, and drowned by it
    surely = DIAGNOSES.union(sure, mourned)  # what is said so is meant, though nobody would hear it in the rest
    heard_too = [need for need in said if shares.get(need, 0.0) >= _least_of(need) or need in surely or of_who_they_are]
    if nothing >= SURELY_NOTHING and not all_read:
        said = heard_too
    if not shares or (said and few):
        return tuple(sorted(said, key=lambda need: -shares.get(need, 0.0))), ()
    kept = heard_too or [need for need in said[:1] if not _is_another_violence(need, shares)]
    beside = (HEARD_BESIDE_WHAT_IS_ALL_READ if heard_too else HEARD_BESIDE_WHAT_IS_UNHEARD) if all_read else HEARD_BESIDE
    likely = [need for need, share in shares.items() if need not in kept and share >= (beside if kept else least)]
    if not kept and likely:
        likely += [need for need, share in shares.items() if HEARD_BESIDE <= share < least]
    added = likely[:MOST_HEARD]
    weights = {
        need: log_odds(shares.get(need, 0.0), LEAST_OF_NEEDS) + (_weight_of_words(need, shares) if need in kept else 0)
        for need in (*kept, *added)
    }
    ordered = sorted(weights, key=lambda need: -weights[need])
    return tuple(ordered), tuple((need, shares[need]) for need in ordered if need in added)


def _least_of(need: str) -> float:
    """Give the probability under which a word for a need was said in another sense."""
    return UNHEARD_OF_A_LIFE if need in OF_A_LIFE else UNHEARD


def _is_another_violence(said: str, shares: Mapping[str, float]) -> bool:
    """Say whether a word of violence, which the ears do not hear so, is surely heard as another one: abuse, of an old mother."""
    return said in VIOLENCE_BY_WHOM and any(shares.get(need, 0.0) >= SURELY_ANOTHER for need in VIOLENCE_BY_WHOM if need != said)


def _weight_of_words(need: str, shares: Mapping[str, float]) -> float:
    """Give what being said adds: more for the name of a diagnosis, nothing for a word of violence by who does it ("I hit her again")."""
    if need in VIOLENCE and shares.get(HARMING, 0.0) > shares.get(need, 0.0):
        return 0.0
    return SAID_BY_NAME if need in DIAGNOSES else SAID


def heard_in_small_words(heard: Heard) -> Heard:
    """Give what is heard where no word has a meaning of its own: that somebody is wanted, and never of what ("il y a quelqu'un ?").

    Of dangers they may hold a wish to die ("ik wil niet meer zijn"), and tell of nobody who is hurt ("aidez moi").
    """
    needs = tuple(one for one in heard.needs if one[0] in WITHOUT_A_SUBJECT)
    dangers = tuple(one for one in heard.dangers if one[0] in WITHOUT_A_SUBJECT)
    return heard._replace(needs=needs, dangers=dangers, danger=heard.danger * sum(share for _danger, share in dangers))


def guesses(heard: Heard) -> tuple[str, ...]:
    """Give the two likeliest needs to ask back about, where none is sure."""
    return tuple(need for need, share in heard.needs[:3] if need != NOTHING and share >= ASKED_BACK)[:2]
