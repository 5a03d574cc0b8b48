"""Decides whether the words speak of danger, of which, and whom to call: the one place where that is settled.

Three levels. An alarm puts the lines to call before everything; a quiet word is one line that says whom to call if somebody
is in danger; none says nothing. What the ears hear decides (docs/hearing.md has the figures); a phrase of the vocabulary
that speaks plainly of danger is a floor: it raises the alarm unless the ears are sure that nobody is meant.
"""

from collections.abc import Collection, Iterable, Sequence

from ht_cli.hearing.ears import Heard
from ht_cli.model import ALWAYS, LANGUAGES, NO_DANGER, Danger, Place, Query, Resource
from ht_cli.search.areas import areas_serving
from ht_cli.search.lookups import ANYWHERE, EMERGENCY, Lookups

LEVELS = ("none", "quiet", "alarm")
# Probabilities; settled on the development set, see docs/hearing.md.
ALARM, ALARM_IF_SAID, ALARM_IF_SAID_IN_FEW_WORDS, ALARM_IF_SAID_OF_A_CLIENT = 0.58, 0.5, 0.25, 0.06
QUIET, QUIET_IN_A_STORY, QUIET_WHERE_NEED_OR_OFFER_IS_NAMED = 0.1, 0.01, 0.4  # the last of few words alone ("alcool mons", "psychologue")
SOME_DANGER = 0.05  # probability from which misspelt words are heard a second time, and a word that tells nothing is no ordinary one
WHICH, SURELY_WHICH = 0.2, 0.8  # of danger, or of which one if any: below both, nine in ten speak of none, and any danger's line is a guess
ENOUGH_LINES = 5  # 112 among them; with fewer, somebody to talk to is given too
ALSO = 0.1  # share of a second danger from which its lines are given too
MAY_ALSO_BE = {"overdose": ("suicide",), "self-harm": ("suicide",)}  # whoever took too much may have wanted to die
MOST_LINES = 7  # 112 among them: a block that is longer is not read by somebody in need
NATIONAL = ("fr", "nl")
SECOND = {"de": ("fr",), "en": NATIONAL}  # languages in which whoever asks in one that few lines speak can be helped, without a town
OF_A_PLACE = ("nis:", "province:")  # areas
OVERDOSE = "overdose"  # somebody took something
CRISIS = "crisis"  # lines for whoever must be heard now, whatever the danger
OLD = 65  # years from which violence may be that against older people
OF_ANOTHER = frozenset(("partner-violence", "sexual-violence", "child-abuse", "elder-abuse"))  # dangers that somebody is to another
AGELESS = frozenset(("partner-violence", "sexual-violence", "threat"))  # dangers that have their own lines for the young and the old
DANGERS_OF_NEEDS = {
    "suicide": "suicide", "self-harm": "self-harm", "domestic-violence": "partner-violence", "sexual-violence": "sexual-violence",
    "child-abuse": "child-abuse", "elder-abuse": "elder-abuse", "crisis": CRISIS,
}  # fmt: skip


def worse(dangers: Iterable[Danger]) -> Danger:
    """Give the danger of the highest level, of several the likeliest; no danger where there is none."""
    return max(dangers, key=lambda danger: (LEVELS.index(danger.level), danger.probability), default=NO_DANGER)


def danger_of(
    heard: Heard, said: Collection[str], *, few: bool = False, of_a_client: bool = False, no_alarm: bool = False, names_what: bool = False
) -> Danger:
    """Give the level and the dangers, the likeliest first; `said` are those that a phrase of the vocabulary names.

    `few` tells that the words are few, so that a phrase of danger is most of them: a cry, and seldom a figure of speech.
    `of_a_client` tells that it is said in a note about somebody of a town ("man 47 Kortrijk, suicidal"): a figure of speech has none.
    `no_alarm` tells that the words are none whatever they sound like: they say for whom help is asked, or when somebody must answer, and no
    more, or are a single one that names no danger; `names_what` that they are few, all of the vocabulary, and one of them a need or what is offered.
    """
    dangers = tuple(name for position, (name, share) in enumerate(heard.dangers) if position == 0 or share >= ALSO)
    dangers = tuple(dict.fromkeys(one for name in dangers for one in (name, *MAY_ALSO_BE.get(name, ()))))
    if not heard.dangers:  # a catalogue that has not learned to hear
        return Danger("alarm" if said else "none", tuple(said))
    least_said = ALARM_IF_SAID_OF_A_CLIENT if of_a_client else ALARM_IF_SAID_IN_FEW_WORDS if few else ALARM_IF_SAID
    if heard.danger >= (least_said if said else ALARM) and not no_alarm:
        dangers = tuple(dict.fromkeys((*dangers, *said))) if heard.danger < ALARM else dangers
        return Danger("alarm", dangers, heard.danger)
    level = "quiet" if said or heard.danger >= (QUIET_WHERE_NEED_OR_OFFER_IS_NAMED if names_what else QUIET) else "none"
    told = heard.danger >= WHICH or heard.dangers[0][1] >= SURELY_WHICH
    return Danger(level, dangers if told else tuple(said), heard.danger)


def for_their_age(danger: Danger, query: Query) -> Danger:
    """Add whom the violence is done to, where an age tells it: a child, or somebody old."""
    old = (query.age is not None and query.age >= OLD) or "older-people" in query.audiences
    may_be = "child-abuse" if query.minor else "elder-abuse" if old else ""
    if not may_be or may_be in danger.kinds or not set(danger.kinds[:1]) & AGELESS:
        return danger
    return danger._replace(kinds=(*danger.kinds, may_be))


def if_by_a_partner(danger: Danger) -> Danger:
    """Read a threat that a partner makes, or made before, as violence of a partner, and control that sounds like no danger as a quiet word."""
    if danger.level == "alarm" and danger.kinds[:1] not in ((), ("threat",)):
        return danger
    kinds = tuple(dict.fromkeys(("partner-violence", *danger.kinds)))
    return danger._replace(kinds=kinds, level="quiet" if danger.level == "none" else danger.level)


def if_wants_to_die(danger: Danger, needs: Sequence[str]) -> Danger:
    """Leave the abuse of the old out of the danger of somebody old who wants to die, and of whom no abuse is told: a home makes nobody a victim."""
    sounds_abused = danger.kinds[:1] == ("elder-abuse",) and "elder-abuse" not in needs
    if not sounds_abused or needs[:1] != ("suicide",):
        return danger
    return danger._replace(kinds=tuple(dict.fromkeys(("suicide", *(kind for kind in danger.kinds if kind != "elder-abuse")))))


def if_over(query: Query) -> Query:
    """Turn the alarm for what is long over into a quiet word."""
    return query._replace(danger=query.danger._replace(level="quiet"))


def may_be_over(query: Query) -> bool:
    """Say whether the alarm is for what somebody does to another, and is told of somebody grown up: it may have been long ago."""
    return query.danger.level == "alarm" and not query.minor and set(query.danger.kinds[:1]) <= OF_ANOTHER


def may_be_denied(query: Query) -> bool:
    """Say whether the alarm is for what people say no to: a violence, the wish to die or to hurt oneself."""
    return query.danger.level == "alarm" and set(query.danger.kinds[:1]) <= OF_ANOTHER | {"threat", "suicide", "self-harm"}


def to_be_safe(danger: Danger, query: Query, needs: Sequence[str], *, few: bool, ordinary: Collection[str]) -> Danger:
    """Turn no danger into a quiet word where so much was not understood that whom to call is said to be safe.

    `needs` are those that are meant, `few` tells that the words are few: a story always holds a strange one. `ordinary` are the words
    that are known, or are words of a language spoken: those of danger are heard, and beside some danger tell nothing either ("jveu crevé").
    """
    nothing_understood = not (needs or query.places or query.names or (query.offers and not query.unknown))
    strange = not set(ordinary).issuperset(query.unknown)
    in_part = (strange or (query.unknown and danger.probability >= SOME_DANGER)) and (few or danger.probability >= QUIET_IN_A_STORY)
    return danger._replace(level="quiet") if danger.level == "none" and (nothing_understood or in_part) else danger


def asked_by_name(query: Query) -> Danger:
    """Give the danger of an option: whoever asks for help against one by the name of its need is given the lines for it too.

    A crisis is one by its name alone: a word that is only taken for it, such as one for a compulsory admission, asks how that goes.
    """
    only_taken = {need for _typed, _kind, needs in query.taken for need in needs} & {CRISIS}
    dangers = tuple(dict.fromkeys(DANGERS_OF_NEEDS[need] for need in query.needs if need in DANGERS_OF_NEEDS and need not in only_taken))
    return Danger("alarm", dangers) if dangers and query.danger.level != "alarm" else query.danger


def needs_of(danger: Danger, lookups: Lookups) -> tuple[str, ...]:
    """Give the needs of which the likeliest danger is one; of a crisis, which an option alone makes a danger, itself."""
    likeliest = danger.kinds[:1]
    return likeliest if likeliest == (CRISIS,) else tuple(need for kind in likeliest for need in lookups.fits("dangers", kind))


def urgent_lines(query: Query, lookups: Lookups, languages: Sequence[str]) -> list[Resource]:
    """Give 112 and the lines to call for the dangers of an alarm, whatever the filters; nothing without one.

    Only lines that serve the place asked about and speak a language of the asker or of the place; the asker's first.
    """
    if query.danger.level != "alarm":
        return []
    spoken = spoken_by(query, languages)
    areas = areas_called(query.places, spoken)
    kinds = [*query.danger.kinds, CRISIS]
    lines: dict[str, Resource] = {}
    for kind in kinds:
        found = lookups.urgent_lines(kind, minors=query.minor or kind == "child-abuse")
        serving = [line for line in found if serves(line, areas) and nearness_of_language(line, spoken) < len(spoken)]
        ordered = _nearest_first(serving, spoken, areas)
        lines |= {line.id: line for line in ordered if line.id not in lines and (kind != CRISIS or len(lines) < ENOUGH_LINES)}
    return list(lines.values())[:MOST_LINES]


def lines_beside(query: Query, lookups: Lookups, languages: Sequence[str]) -> list[Resource]:
    """Give the lines that a quiet word names beside 112, in a language of the asker, none of which may be closed at this moment.

    First who listens to anybody day and night; then, for that one is a guess, the line of the danger, or one for minors, if it
    surely answers now.
    """
    if query.danger.level != "quiet":
        return []
    spoken = spoken_by(query, languages)
    areas = areas_called(query.places, spoken)

    listening = _listening(lookups, spoken, areas)
    kind = query.danger.kinds[0] if query.danger.kinds else CRISIS
    guessed = _talking(lookups.urgent_lines(kind, minors=query.minor), spoken, areas)[:1]
    return [*listening, *(line for line in guessed if line not in listening and _surely_answers_now(line))]


def who_listens(query: Query, lookups: Lookups, languages: Sequence[str]) -> Resource | None:
    """Give who listens to anybody day and night, in a language of the asker; None in a catalogue without such a line."""
    spoken = spoken_by(query, languages)
    return next(iter(_listening(lookups, spoken, areas_called(query.places, spoken))), None)


def _listening(lookups: Lookups, spoken: Sequence[str], areas: Collection[str]) -> list[Resource]:
    lines = _talking(lookups.urgent_lines(CRISIS, minors=False), spoken, areas)
    return [line for line in lines if _always_answers(line)][:1]


def _talking(lines: Sequence[Resource], spoken: Sequence[str], areas: Collection[str]) -> list[Resource]:
    """Give those of some lines with which one can talk, the nearest language first."""
    serving = [line for line in lines if line.id not in EMERGENCY and line.dialled and serves(line, areas)]
    return _nearest_first(serving, spoken, areas)


def _nearest_first(lines: Sequence[Resource], spoken: Sequence[str], areas: Collection[str]) -> list[Resource]:
    """Order lines by their language, the nearest first; of one language those of a whole community before that of a region.

    What is for an emergency alone, the police or the poison centre, stands before whoever listens in a nearer language.
    """
    return sorted(
        lines, key=lambda line: (line.id not in EMERGENCY, nearness_of_language(line, spoken), _is_of_a_region_alone(line, areas))
    )


def _always_answers(line: Resource) -> bool:
    return (line.dialled[0].hours_osm or line.hours_osm) == ALWAYS


def _surely_answers_now(line: Resource) -> bool:
    """Say whether the first number of a line, which is the one that is named, answers at this moment without doubt."""
    if _always_answers(line):
        return True
    from ht_cli.hours import OPEN, openings_now  # 10 ms with the time zone, wanted only where the line has hours

    return openings_now([line._replace(phones=line.dialled)])[0].phones[0].state == OPEN


def spoken_by(query: Query, languages: Sequence[str]) -> list[str]:
    """Give the languages in which to be answered: those of the question, else the reader's, then the place's or the country's."""
    asked = [*(query.spoken or languages[:1])]
    local = [code for place in query.places for code in place.languages]
    return list(dict.fromkeys([*asked, *spoken_beside(asked, [*local, *_instead_of(local)])]))


def spoken_at(places: Sequence[Place], languages: Sequence[str]) -> list[str]:
    """Give the languages in which to call from a place, where nobody says what about: those of the place, the reader's first if it is one of them, else last."""
    if not places:
        return list(languages)
    local = [code for place in places for code in place.languages]
    readers = [code for code in languages[:1] if code in local]
    return list(dict.fromkeys([*readers, *local, *languages[:1], *_instead_of(local)]))


def _instead_of(local: Collection[str]) -> tuple[str, ...]:
    """Give French where a place speaks German: hardly any line does, and people there call the French ones."""
    return ("fr",) if "de" in local else ()


def spoken_beside(asked: Collection[str], local: Sequence[str]) -> Sequence[str]:
    """Give the languages beside those of the asker: the place's, else the second ones of whoever asks in neither of the country's."""
    return local or ([] if set(asked) & set(NATIONAL) else list(dict.fromkeys(code for one in asked for code in SECOND.get(one, NATIONAL))))


def serves(line: Resource, areas: Collection[str]) -> bool:
    """Say whether a line serves one of these areas, the communities of the languages spoken among them.

    Where no place is said, any does that serves more than a province or a town: that of another one helps nobody.
    """
    if ANYWHERE in areas:
        return not all(area.startswith(OF_A_PLACE) for area in line.areas)
    return not set(line.areas).isdisjoint(areas)


def _is_of_a_region_alone(line: Resource, areas: Collection[str]) -> bool:
    """Say whether, where no place is said, a line serves a region alone: one that serves a whole community stands before it."""
    return ANYWHERE in areas and all(area.startswith("region:") for area in line.areas)


def areas_called(places: Sequence[Place], spoken: Sequence[str]) -> set[str]:
    """Give the areas whose lines can be called: those of the places, and whole communities whose language is spoken; anywhere without a place."""
    if not places:
        return {ANYWHERE}
    return {area for place in places for area in areas_serving(place)} | {f"community:{code}" for code in spoken}


def nearness_of_language(line: Resource, spoken: Sequence[str]) -> int:
    """Say how near a line is to the languages spoken, the first first; those that answer in all four stand before."""
    if len(line.languages) == len(LANGUAGES):
        return -1
    return min((spoken.index(code) for code in line.languages if code in spoken), default=len(spoken))
