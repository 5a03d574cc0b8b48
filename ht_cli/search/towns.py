"""Settles which towns a question may name: misspelt ones, villages that are called like a small word, and several of one name."""

from collections.abc import Iterable, Sequence

from ht_cli.model import Homonym, Place, Query
from ht_cli.search.lookups import Lookups
from ht_cli.search.question import AND, Reading, Span
from ht_cli.search.text import fold, key
from ht_cli.shapes import NamedTuple

LONGEST_NAME = 6  # tokens of a town: Machelen aan de Leie, Nil-Saint-Vincent-Saint-Martin
LONGEST_MISSPELT = 4
SHORTEST_JOINED_TOWN = 7  # letters
SHORT_JOINED = 4  # letters up to which two words are no other one written apart
BEGINS_A_TOWN = frozenset(("saint", "sainte", "sint", "sankt", "st", "ste"))  # what follows is likely part of a town
FEW_TO_MEND_TOWNS = 12  # tokens of a question in which misspelt towns of several words are looked for
POSTCODE = 4  # digits
NEAR = frozenset(("bij", "nabij", "pres", "bei", "near"))  # words between a town and the larger one that tells where it is
LEADS_TO_PLACES_ALONE = frozenset(
    ("in", "dans", "nabij", "vlakbij", "omgeving", "regio", "stad", "gemeente", "near", "commune")
)  # and to no verb
BESIDE_ANOTHER = AND | {"of", "ou", "oder", "or"}  # between two towns that are both asked about
YEARS_OF_A_STORY = range(1900, 2030)
BEFORE_A_YEAR = frozenset((
    "in", "en", "depuis", "sinds", "sedert", "seit", "since", "van", "von", "from", "born", "ne", "nee", "geboren", "vor", "avant", "before", "after",
    "na", "nach", "apres", "anno", "annee", "jaar", "jahr", "year", "vanaf", "ab", "tot", "until", "till", "bis", "de",
))  # fmt: skip
FEW_WITH_A_TOWN_BETWEEN = 9  # tokens of a question in which a word between two telling ones is a town
FEW_TO_SAY_WHERE = 3  # tokens of a question in which "in 2018" is a postcode
LONGEST_ELISION = 2  # letters: d'Anvers, qu'Anvers
TOWN = 20_000  # inhabitants of a municipality that is meant before a province of the same name
JOINS_NAMES = frozenset((
    "sur", "sous", "en", "lez", "les", "la", "le", "l", "de", "du", "des", "d", "a", "au", "aux", "ten", "ter", "aan", "op", "bij", "in",
    "van", "der", "den", "het", "t", "am", "im", "an",
))  # fmt: skip  # between the parts of one name: Mons-en-Barœul is not Mons
SAME_TOWN, SAME_PROVINCE, SAME_REGION, NEIGHBOUR = 4, 3, 2, 1  # how surely what is said beside a name tells which place is meant


def add_misspelt_towns(reading: Reading, lookups: Lookups) -> None:
    """Look towns of several words up of which one is misspelt: "Saint-GGilles", "Heist op denn Berg"."""
    if len(reading.tokens) > FEW_TO_MEND_TOWNS:
        return
    whole = [span.tokens for span in reading.spans if span.kind == "place" and span.length > 1 and not span.edits]
    windows: dict[str, list[tuple[int, int, int]]] = {}
    unknown = set(range(len(reading.tokens))) - reading.known - reading.ordinary
    for start in range(len(reading.tokens)):
        for end in range(start + 2, min(start + LONGEST_MISSPELT, len(reading.tokens)) + 1):
            joined = "".join(reading.tokens[start:end])
            doubtful = unknown & set(range(start, end)) or reading.tokens[start] in BEGINS_A_TOWN
            apart = reading.words[end - 1] != reading.words[start]
            doubtful = doubtful and not (apart and end - 1 in reading.cues)  # "bonst in" is not Bonsin
            if doubtful and len(joined) >= SHORTEST_JOINED_TOWN and not any(tokens & _mask(start, end) for tokens in whole):
                for correction in lookups.corrections(joined, names=False)[:1]:
                    windows.setdefault(correction.word, []).append((start, end, correction.edits))
    for form in lookups.forms(list(windows)) if windows else ():
        for start, end, edits in windows[form.key] if form.kind == "place" else ():
            reading.spans.append(Span(_mask(start, end), "place", ((form.kind, form.ref),), form.shown, edits, form.risky))


def keep_biggest_towns(reading: Reading, lookups: Lookups) -> None:
    """Of several towns that a misspelt word is equally near to, keep the biggest: "bruge" is Brugge, not Bouge.

    A village is kept only where no other word is as near, or a word such as "in" stands before it.
    """
    guessed: dict[int, list[Span]] = {}
    for span in reading.spans:
        if span.kind == "place" and span.edits:
            guessed.setdefault(span.tokens, []).append(span)
    for spans in guessed.values():
        biggest = max(spans, key=lambda span: (-span.edits, _inhabitants(span, lookups)))
        village = _inhabitants(biggest, lookups) == 0
        rivals = [s for s in reading.spans if s.tokens == biggest.tokens and s.kind == "concept" and s.edits <= biggest.edits]
        for span in spans:
            if span is not biggest or (village and rivals and span.start - 1 not in reading.cues):
                reading.spans.remove(span)


def leave_out_joined_words(reading: Reading) -> None:
    """Leave out what was made of a word and a small word beside it: "Lier de dokter" is not Lierde, "son ex il" no exil."""
    for span in [span for span in reading.spans if span.kind == "concept" and span.length > 1 and len(fold(span.shown)) <= SHORT_JOINED]:
        if " " not in fold(span.shown) and reading.small.intersection(range(span.start, span.end)):
            reading.spans.remove(span)
    towns = [span for span in reading.spans if span.kind == "place" and not span.edits]
    alone = [town.tokens for town in towns if town.length == 1]
    small = sum(1 << position for position in reading.small)
    for town in towns:
        if len(fold(town.shown).split()) < town.length and town.tokens & small and any(town.tokens & other for other in alone):
            reading.spans.remove(town)


def leave_out_small_words(reading: Reading, lookups: Lookups) -> None:
    """Leave out villages called like a small word ("my", "on") unless "in" or a postcode stands before them, a capital begins them, or they stand alone."""
    for span in [span for span in reading.spans if span.kind == "place" and span.length == 1 and not span.edits]:
        before = span.start - 1
        marked = before in reading.cues or span.start in reading.capitals or (before >= 0 and _is_postcode(reading.tokens[before]))
        if span.start in reading.empty and not marked and len(reading.tokens) > 1 and not _inhabitants(span, lookups):
            reading.spans.remove(span)


def leave_out_years(reading: Reading) -> None:
    """Leave out postcodes that are the year of a story: "geboren in 1950", "depuis 2018"; one before a town, or in few words, is none."""
    towns = {span.start for span in reading.spans if span.kind == "place" and not reading.tokens[span.start].isdigit()}
    for span in [span for span in reading.spans if span.kind == "place" and span.length == 1]:
        token, before = reading.tokens[span.start], reading.tokens[max(span.start - 1, 0)]
        year = _is_postcode(token) and int(token) in YEARS_OF_A_STORY and before in BEFORE_A_YEAR and span.start > 0
        if year and span.end not in towns and len(reading.tokens) > FEW_TO_SAY_WHERE:
            reading.spans.remove(span)


def mark_places_said(reading: Reading, *, capitals: bool) -> None:
    """Mark what comes where a town is said as if "in" stood before it: after a person's age ("man 38 lier"), and with a capital.

    In German every noun has a capital, which then tells nothing. Two towns of which one is near the other tell each other, and so do
    those between which "or" stands.
    """
    reading.cues |= {span.end - 1 for span in reading.spans if span.kind == "age"}
    if capitals:
        reading.cues |= {position - 1 for position in reading.capitals}
    towns = [span for span in reading.spans if span.kind == "place" and not span.edits]
    for one in towns:
        beside = _said_near(one, reading)
        for other in towns if beside else ():
            if other.start in beside and not (one.risky and other.risky):
                reading.paired |= {one.start, other.start}
                reading.telling.add(other.start)
        for other in towns:
            if other.start in _said_or(one, reading) and not (one.risky or other.risky):
                reading.paired |= {one.start, other.start}


def mark_places_led_to(reading: Reading, lookups: Lookups, *, capitals: bool) -> None:
    """Mark the towns called like a word of a language that a preposition of place leads to: "gezin in Komen", "famille à Ans".

    There such a word is the town, whatever else it means; a village only where a capital begins it. What stands before a verb too ("om te
    komen", "zu essen") leads to a municipality where a capital begins it, and in German, where every noun has one, nowhere.
    """
    for span in reading.spans:
        before = span.start - 1
        begun = capitals and span.start in reading.capitals
        if span.kind != "place" or span.length > 1 or span.edits or not (begun or _inhabitants(span, lookups)):
            continue
        alone = before >= 0 and reading.tokens[before] in LEADS_TO_PLACES_ALONE
        if alone or (begun and before in reading.small and before in reading.cues | reading.weak_cues and _inhabitants(span, lookups)):
            reading.led_to.add(span.start)


def mark_towns_between(reading: Reading, lookups: Lookups) -> None:
    """Mark the municipalities called like a word of a language that stand between two telling words in a question of few words.

    There such a word would say nothing: "postnatal depression forest baby 3 weeks" is asked in Forest.
    """
    if len(reading.tokens) > FEW_WITH_A_TOWN_BETWEEN:
        return
    for span in reading.spans:
        between = span.start - 1 in reading.said and span.end in reading.said
        if span.kind == "place" and span.risky and not span.edits and between and _inhabitants(span, lookups):
            reading.apart.add(span.start)


def _said_near(town: Span, reading: Reading) -> tuple[int, ...]:
    """Give the positions at which the town may begin that this one is said to be near: "Halle bij Brussel", "Celles près de Tournai"."""
    if town.end >= len(reading.tokens) or reading.tokens[town.end] not in NEAR:
        return ()
    return (town.end + 1, town.end + 2) if town.end + 1 in reading.small else (town.end + 1,)


def _said_or(town: Span, reading: Reading) -> tuple[int, ...]:
    """Give the positions at which another town may begin that is asked about as well: "Genk of Hasselt", "à Dinant ou à Ciney"."""
    if town.end >= len(reading.tokens) or reading.tokens[town.end] not in BESIDE_ANOTHER:
        return ()
    return (town.end + 1, town.end + 2) if town.end + 1 in reading.cues else (town.end + 1,)


def shortened_village(typed: str, span: Span, places: Iterable[Place]) -> str:
    """Give the whole name of a village of which only the beginning was typed, and which is called so in no list: "Houdeng"; else nothing."""
    refs = {int(ref) for _kind, ref in span.terms}
    begun = key(span.shown) != key(typed) and key(span.shown).startswith(key(typed))
    return span.shown if begun and any(place.id in refs and place.kind == "locality" for place in places) else ""


def _is_postcode(token: str) -> bool:
    return len(token) == POSTCODE and token.isdigit()


def leave_out_pieces_of_names(reading: Reading, lookups: Lookups) -> None:
    """Leave out towns that are a piece of another name: of one that is known whole, or of a word joined by hyphens.

    "Nil-Saint-Vincent" is not Saint-Vincent, "Mons-en-Barœul" not Mons; "Liège-Guillemins" is in Liège, "burnout-namur" in Namur. Nor
    is what stands behind an article that is no part of its name: "à l'heure".
    """
    whole = [town for town in reading.sure_towns() if town.length > 1]
    concepts = _tokens_of(span for span in reading.spans if span.kind == "concept")
    towns = _tokens_of(span for span in reading.spans if span.kind == "place" and _inhabitants(span, lookups))
    for span in [span for span in reading.spans if span.kind in ("place", "abroad")]:
        elided = span.start > 0 and reading.tokens[span.start - 1] == "l" and reading.words[span.start - 1] == reading.words[span.start]
        inside_another = elided or any(span.tokens & other.tokens == span.tokens and span.length < other.length for other in whole)
        if inside_another or _is_piece_of_a_word(span, reading, concepts, towns):
            reading.spans.remove(span)


def _is_piece_of_a_word(span: Span, reading: Reading, concepts: set[int], towns: set[int]) -> bool:
    word = reading.words
    before = [position for position in range(word[span.start], span.start) if len(reading.tokens[position]) > LONGEST_ELISION]
    after = [position for position in range(span.end, len(word)) if word[position] == word[span.end - 1]]
    if set(before) - concepts - towns - reading.small:
        return True
    if not after or after[0] in concepts:
        return False
    return reading.tokens[after[0]] in JOINS_NAMES or span.start not in towns


def _tokens_of(spans: Iterable[Span]) -> set[int]:
    return {position for span in spans for position in range(span.start, span.end) if span.tokens >> position & 1}


def _inhabitants(span: Span, lookups: Lookups) -> int:
    return max((lookups.place(int(ref)).population for kind, ref in span.terms if kind == "place"), default=0)


def _mask(start: int, end: int) -> int:
    return (1 << end) - (1 << start)


class Named(NamedTuple):
    """A name as it was said, and the places that it may mean."""

    name: str
    places: Sequence[Place]


class Settled(NamedTuple):
    """The places that are meant, what stays doubtful, and which of the names said beside only told where they are."""

    places: tuple[Place, ...] = ()
    homonyms: tuple[Homonym, ...] = ()
    used: tuple[Named, ...] = ()


def settle(named: Sequence[Named], beside: Sequence[Named], spoken: Sequence[str]) -> Settled:
    """Choose of each name the place that is meant; `beside` are towns that were said too, `spoken` the languages, the likeliest first.

    A town, postcode, province or region said beside a name decides: "Meldert Limburg", "9310 Meldert". Where nothing
    does, the likeliest is taken and the others are kept as homonyms.
    """
    chosen: list[Homonym] = []
    for one in named:
        others = [place for other in (*named, *beside) if other is not one for place in other.places]
        chosen.append(_chosen(one, others, spoken))
    used: list[Named] = []
    for one in beside:
        for position, meant in enumerate(chosen):
            nearness = max((_nearness(place, meant.places[0]) for place in one.places), default=0)
            if nearness < SAME_REGION:
                continue
            used.append(one)
            inside = [place for place in one.places if _holds(meant.places[0], place)]
            if inside:  # the smaller one was said beside: Chimay, Saint-Remy
                chosen[position] = _chosen(Named(one.name, inside), [meant.places[0]], spoken)
            break
    places = list({homonym.places[0].code: homonym.places[0] for homonym in chosen}.values())
    places = [place for place in places if not any(_holds(place, other) for other in places if other is not place)]
    kept = {place.code for place in places}
    doubtful = tuple(homonym for homonym in chosen if len(homonym.places) > 1 and homonym.places[0].code in kept)
    return Settled(tuple(places), doubtful, tuple(used))


def _chosen(named: Named, others: Sequence[Place], spoken: Sequence[str]) -> Homonym:
    """Give the places that a name may mean once what is said beside it has decided, the likeliest first, one of each municipality."""
    nearness = {place.code: max((_nearness(place, other) for other in others), default=0) for place in named.places}
    most = max(nearness.values())
    left = [place for place in named.places if nearness[place.code] == most]
    left.sort(key=lambda place: likeliness(place, named.name, spoken), reverse=True)
    apart: list[Place] = []
    for place in left:
        if not any(_holds(place, other) or _holds(other, place) or (place.nis and place.nis == other.nis) for other in apart):
            apart.append(place)
    return Homonym(named.name, tuple(apart))


def likeliness(place: Place, name: str, spoken: Sequence[str]) -> tuple[int, bool, int]:
    """Of places of one name or postcode, order them by how likely they are meant.

    A municipality of this very name (Saint-Nicolas) comes before one that is called so in another language
    (Sint-Niklaas), a province (Limburg) before a small one, everything before a locality; then one where the language of
    the question is spoken, and the bigger one. A postcode that a city shares belongs to the smaller neighbour first: 1050 is Ixelles.
    """
    municipality = place.kind == "municipality"
    if municipality and key(place.name) == key(name):
        order = 4
    elif municipality and place.population >= TOWN:
        order = 3
    else:
        order = 2 if place.kind in ("province", "region") else int(municipality)
    if name.isdigit():
        return order, False, -place.population
    return order, bool(spoken) and spoken[0] in place.languages, place.population


def _holds(larger: Place, smaller: Place) -> bool:
    """Say whether a place lies in another: Laeken in Bruxelles, Jemelle in Rochefort, Rochefort in the province of Namur."""
    if larger.code == smaller.code:
        return False
    if larger.nis:
        return larger.nis == smaller.nis and larger.kind == "municipality"
    if larger.holds:
        return smaller.nis in larger.holds
    if larger.kind == "province":
        return bool(smaller.nis or smaller.holds) and smaller.province == larger.province
    return larger.code == "country:be" or (bool(larger.region) and smaller.region == larger.region)


def _nearness(place: Place, other: Place) -> int:
    if _holds(place, other) or _holds(other, place) or (place.nis and place.nis == other.nis):
        larger = place if _holds(place, other) else other
        return SAME_TOWN if larger.nis else SAME_PROVINCE if larger.kind == "province" else SAME_REGION
    return NEIGHBOUR if place.nis and other.nis and place.province == other.province else 0


def every_meaning(query: Query) -> list[Place]:
    """Give every place that a question may mean, those of one name the likeliest first."""
    meant: list[Place] = []
    for place in query.places:
        meant += next((homonym.places for homonym in query.homonyms if homonym.places[0] is place), (place,))
    return meant


def towns_beside(reading: Reading, read: Iterable[Span], lookups: Lookups) -> list[Span]:
    """Give the towns that stand among the words which the chosen spans leave unread; one that is also a word only beside another town.

    And a village that is also a word only beside its own municipality: "odeur, liège" tells of a smell, and of no village of the province.
    """
    read = list(read)
    unread = sum(span.tokens for span in read if span.kind == "unknown")
    taken = [span for span in read if span.kind == "place"]
    found = [span for span in reading.spans if span.kind == "place" and not span.edits and span.tokens & unread == span.tokens]
    return [
        span
        for span in found
        if not span.risky or any((span.tokens << 1 | span.tokens >> 1) & town.tokens and _tells_of(span, town, lookups) for town in taken)
    ]


def _tells_of(word: Span, town: Span, lookups: Lookups) -> bool:
    """Say whether a word that is also a place tells which town is meant: a municipality, a village of this one, or of a province or region."""
    villages, towns = ([lookups.place(int(ref)) for kind, ref in span.terms if kind == "place"] for span in (word, town))
    municipal = [one for one in towns if one.nis]
    return bool(_inhabitants(word, lookups) or not municipal) or any(village.nis == one.nis for village in villages for one in municipal)
