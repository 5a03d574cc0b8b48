"""The tables made from resources: a cell for each area served and need listed, the keys of names and pages, counts, turns.

A cell says that a resource serves an area for a need; ranks order the cells of one (area, need).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.index.spellings import learn_words
from ht_cli.catalogue.index.tallies import Tallies, facets_of
from ht_cli.catalogue.index.turns import erase_turn, facets_of_turn, write_turn
from ht_cli.model import ADDICTIONS, YOUNG, Resource
from ht_cli.places.distance import distance_km
from ht_cli.search.lookups import ANY_NEED, COSTS, DOOR, GENERAL, HIDDEN, NO_AGE_LIMIT, NOBODY, PHONE, UNREACHABLE_RANK, WRITING
from ht_cli.search.text import HOUSES, NEEDLESS_IN_NAMES, fold, key

_VIOLENCE = ("domestic-violence", "sexual-violence", "child-abuse", "elder-abuse")
# A service that lists one of these needs first is there for one group or one illness alone: open to whoever speaks of that
# need, or of one of those beside it. One that lists pregnancy and birth, wherever in its list, is there for what it lists; so is a
# psychiatric emergency or a crisis team.
ONE_GROUP = {
    **dict.fromkeys(ADDICTIONS, ADDICTIONS), **dict.fromkeys(_VIOLENCE, _VIOLENCE),
    "suicide": ("suicide", "self-harm", "crisis"), "self-harm": ("suicide", "self-harm"), "psychosis": ("psychosis", "crisis"),
    "personality-disorder": ("personality-disorder",), "bipolar": ("bipolar",), "ocd": ("ocd",), "adhd": ("adhd", "autism"),
    "autism": ("autism", "adhd", "disability"), "eating-disorder": ("eating-disorder",), "sleep": ("sleep",),
    "dementia": ("dementia",), "chronic-illness": ("chronic-illness",), "disability": ("disability", "autism"),
    "caregiving": ("caregiving", "dementia", "chronic-illness", "disability"), "parent-illness": ("parent-illness",),
    "perinatal": ("perinatal", "parenting"), "separation": ("separation", "family-conflict"), "school": ("school", "bullying"), "bullying": ("bullying", "school"),
    "burnout": ("burnout", "stress", "work"),
    "sexuality": ("sexuality", "relationship", "perinatal"), "grief": ("grief",), "exile": ("exile",), "lgbtqia": ("lgbtqia",),
    "debt": ("debt", "gambling", "homelessness", "loneliness", "family-conflict"), "homelessness": ("homelessness",), "justice": ("justice",), "radicalisation": ("radicalisation",), "fear-of-harming": ("fear-of-harming", "anger"),
    "trafficking": ("trafficking",),
}  # fmt: skip
ALWAYS_ONE_GROUP = "perinatal"
OF_AN_ATTRACTION = ("fear-of-harming", "sexuality")  # the fear is of what one is drawn to, and not of one's temper
OF_THOSE_WHO_HARM = ("fear-of-harming",)  # whom a court may have sent: they list justice first
AFTER_SUICIDE = ("suicide",)  # what is there for those who lost somebody so: it lists grief first, and suicide
FAMILY_PLANNING = "sexuality"  # one of the first two needs that a centre for it lists
LEAST_KM_A_DEGREE = 111.0  # of latitude: what is further apart by that alone is not measured
NEXT_DOOR, TOWNS_NEXT_DOOR = 12.0, 8  # km between the middles of two towns of which one goes to a group of the other; how many at most
OF_AN_EMERGENCY = frozenset(("crisis-care", "hospital", "mobile-team"))  # all that a psychiatric emergency or a crisis team offers
MOST_NEEDS = 6  # a service that lists more is there for many
OF_ANY_ADULT_AGE = frozenset(("adults", "older-people"))
MOURNING_A_CHILD = frozenset(("parents", "couples"))  # where grief comes first and these alone are served, the grief is for a child
# Audiences that are a group of their own: listed first, the service is theirs.
HALVES = ("women", "men")  # beside a smaller group they only say who of it is welcome
GROUPS = (
    "professionals",
    "doctors",
    "students",
    "bereaved",
    "women",
    "men",
    "exiles",
    "lgbtqia",
    "deaf",
    "farmers",
    "self-employed",
    "sex-workers",
)


class ResourceIndexer:
    """Writes what is made from one resource at a time; what is counted of all is written by `finish`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._bits = {
            kind: {term: 1 << position for term, position in connection.execute("SELECT id, position FROM term WHERE kind = ?", (kind,))}
            for kind in ("audiences", "offers", "languages", "channels", "kinds")
        }
        self._needs = {term: position + 1 for term, position in connection.execute("SELECT id, position FROM term WHERE kind = 'needs'")}
        self._homes = {
            nis: (province, region, languages.split(";"))
            for nis, province, region, languages in connection.execute("SELECT nis, province, region, languages FROM municipality")
        }
        self._centres = {nis: (north, east) for nis, north, east in connection.execute("SELECT nis, latitude, longitude FROM municipality")}
        self._next_door: dict[str, list[str]] = {}
        self._regions = dict(connection.execute("SELECT slug, region FROM province"))
        self._areas: dict[str, int] = {code: number for number, code in connection.execute("SELECT number, code FROM area")}
        self._tallies = Tallies(connection)
        self._words: set[str] = set()  # of names, to be learned

    def add(self, number: int, resource: Resource) -> None:
        """Write what makes this resource findable."""
        rank = static_rank(resource)
        row = (
            self._mask("audiences", resource.audiences), self._mask("offers", resource.offers), self._mask("languages", resource.languages),
            self._mask("channels", resource.channels), self._mask("kinds", (resource.kind,)), COSTS.index(resource.cost or "unknown"),
            -1 if resource.referral_needed is None else int(resource.referral_needed),
            *ages_served(resource), hidden_bits(resource),
            self._need_mask(reserved_needs(resource)), self._mask("audiences", reserved_audiences(resource)), reach(resource),
        )  # fmt: skip
        needs = [self._needs[need] for need in resource.needs] or [GENERAL]
        self._connection.executemany(
            "INSERT OR IGNORE INTO cell VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [(area, need, rank, number, *row) for area in map(self._area, sorted(self._codes(resource))) for need in (*needs, ANY_NEED)],
        )
        self._add_names(number, resource)
        if resource.url:
            self._connection.execute("INSERT INTO page_key VALUES (?,?)", (page(resource.url), number))
        write_turn(self._connection, resource)
        self._tallies.add(self._facets(resource))

    def remove(self, number: int) -> None:
        """Take out what was made from a resource while its facts still stand; costs what it holds, not what the catalogue holds."""
        run = self._connection.execute
        known = run("SELECT id FROM resource WHERE number = ?", (number,)).fetchone()
        if not known:
            return
        (resource,) = read_resources(self._connection, known)
        cells = run("SELECT area, need, rank FROM cell WHERE resource = ? AND need >= 0", (number,)).fetchall()
        keys = {(area, need, rank, number) for area, need, rank in cells} | {(area, ANY_NEED, rank, number) for area, _need, rank in cells}
        self._connection.executemany("DELETE FROM cell WHERE area = ? AND need = ? AND rank = ? AND resource = ?", sorted(keys))
        run("DELETE FROM name_key WHERE resource = ?", (number,))
        run("DELETE FROM name_word WHERE resource = ?", (number,))
        run("DELETE FROM page_key WHERE page = ? AND resource = ?", (page(resource.url), number))
        erase_turn(self._connection, resource)
        self._tallies.remove(self._facets(resource))

    def finish(self) -> None:
        """Write how many there are of each sort, after what was added and removed, and the words that were learned."""
        self._tallies.write()
        learn_words(self._connection, self._words)
        self._words.clear()

    def _facets(self, resource: Resource) -> Iterator[tuple[str, str]]:
        regions = {address.nis: self._homes[address.nis][1] for address in resource.addresses}
        yield from facets_of(resource, regions, shown=not hidden_bits(resource))
        yield from facets_of_turn(resource)

    def learn_words(self, resource: Resource) -> None:
        """Let misspelt words of these names be corrected, once it is finished."""
        words = {word for name in (resource.name, *resource.alternate_names) for word in fold(name).split() if word.isalnum()}
        self._words |= words - NEEDLESS_IN_NAMES

    def _mask(self, kind: str, terms: Iterable[str]) -> int:
        return sum(self._bits[kind][term] for term in terms)

    def _need_mask(self, needs: Iterable[str]) -> int:
        return sum(1 << self._needs[need] for need in needs)

    def _area(self, code: str) -> int:
        if code not in self._areas:
            self._areas[code] = len(self._areas) + 1
            self._connection.execute("INSERT INTO area VALUES (?,?)", (self._areas[code], code))
        return self._areas[code]

    def _codes(self, resource: Resource) -> set[str]:
        """Give the areas it serves, those inside which it serves a part, the towns next to them that may come, and `any`."""
        codes = {"any", *resource.areas}
        for area in resource.areas:
            kind, _, slug = area.partition(":")
            if kind == "nis":
                province, region, languages = self._homes[slug]
                codes |= {f"in:province:{province}", f"in:region:{region}"} | {
                    f"in:community:{language}" for language in languages if language == "de"
                }
            elif kind == "province":
                codes.add(f"in:region:{self._regions[slug]}")
        if receives_neighbours(resource):
            towns = {area.removeprefix("nis:") for area in resource.areas if area.startswith("nis:")}
            codes |= {f"next:{nis}" for town in towns for nis in self._towns_next_to(town) if nis not in towns}
        return codes

    def _towns_next_to(self, town: str) -> list[str]:
        """Give the NIS codes of the nearest other towns that are near enough to come from."""
        if town not in self._next_door:
            here = self._centres[town]
            others = ((nis, centre) for nis, centre in self._centres.items() if nis != town)
            abreast = ((nis, centre) for nis, centre in others if abs(centre[0] - here[0]) * LEAST_KM_A_DEGREE <= NEXT_DOOR)
            away = sorted((distance_km(*here, *centre), nis) for nis, centre in abreast)
            self._next_door[town] = [nis for km, nis in away[:TOWNS_NEXT_DOOR] if km <= NEXT_DOOR]
        return self._next_door[town]

    def _add_names(self, number: int, resource: Resource) -> None:
        keys: set[tuple[str, str]] = set()
        shares: dict[str, float] = {}
        for name in (resource.name, *resource.alternate_names):
            words = fold(name).split()
            if not words:
                continue
            keys.add(("".join(words), "whole"))
            if len(words) > 1:
                keys.add((" ".join(sorted(words)), "bag"))
            parts = list(_name_parts(name))
            keys.update((key(part), "part") for part in parts)
            for called in (name, *(part for part in parts if key(part) not in HOUSES)):  # which Similes, its town says
                telling = _telling_words(called)
                for word in telling:
                    shares[word] = max(shares.get(word, 0.0), 1 / len(telling))
        self._connection.executemany("INSERT OR IGNORE INTO name_key VALUES (?,?,?)", [(k, number, shape) for k, shape in keys if k])
        self._connection.executemany(
            "INSERT OR IGNORE INTO name_word VALUES (?,?,?)", [(word, number, share) for word, share in shares.items()]
        )


def _telling_words(name: str) -> list[str]:
    """Give the words of a name that tell it from others: no articles, no single letters, and no numbers where there is anything else."""
    words = [word for word in fold(name).split() if word not in NEEDLESS_IN_NAMES and len(word) > 1]
    return [word for word in words if not word.isdigit()] or words


def _name_parts(name: str) -> Iterator[str]:
    """Give what a name is also called: what stands before a mark, and each side of a stroke ("Al-Anon / Alateen (francophone)")."""
    sides = name.split(" / ")
    for side in sides:
        shorter = [side.split(mark)[0].strip() for mark in (" – ", " - ", " (", ": ", " | ") if mark in side]
        for part in (*([side] if len(sides) > 1 else ()), *shorter):
            if len(key(part)) >= 3:
                yield part


def page(url: str) -> str:
    """Give what tells one page from another: host and path, without scheme, www and last slash."""
    parts = urlsplit(url.strip().lower())
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")


def hidden_bits(resource: Resource) -> int:
    """Say why a resource is not among the ordinary results; 0 when it is."""
    bits = HIDDEN["professionals"] if resource.professionals_only else 0
    bits |= HIDDEN["unverified"] if resource.status in ("unverified", "unreachable") else 0
    bits |= HIDDEN["closed"] if resource.status == "closed" else 0
    return bits | (0 if resource.offered else HIDDEN["contactless"])


def receives_neighbours(resource: Resource) -> bool:
    """Say whether people come from the towns around too, though one town is named: to a group, and to a centre for family planning.

    A service of a town or a sector does not: debt mediation, a shelter, a mental health centre.
    """
    return resource.kind == "group" or FAMILY_PLANNING in resource.needs[:2]


def reserved_needs(resource: Resource) -> tuple[str, ...]:
    """Give the needs for which alone a resource is there; none where it is for all."""
    if not resource.needs or len(resource.needs) > MOST_NEEDS:
        return ()
    first = resource.needs[0]
    if first == "crisis" and resource.kind == "service" and OF_AN_EMERGENCY.issuperset(resource.offers):
        return resource.needs
    if first == "grief" and "suicide" in resource.needs:
        return AFTER_SUICIDE
    if first in ("fear-of-harming", "justice") and {"fear-of-harming", "sexuality"}.issubset(resource.needs):
        return OF_AN_ATTRACTION
    if first == "justice" and "fear-of-harming" in resource.needs:
        return OF_THOSE_WHO_HARM
    return ONE_GROUP.get(first) or (resource.needs if ALWAYS_ONE_GROUP in resource.needs else ())


def reserved_audiences(resource: Resource) -> tuple[str, ...]:
    """Give the groups for which alone a resource is there; none where it is for all."""
    audiences = set(resource.audiences)
    first = resource.audiences[0] if resource.audiences else ""
    if "everyone" in audiences:
        return ()
    if resource.needs[:1] == ("grief",) and audiences and audiences <= MOURNING_A_CHILD:
        return resource.audiences
    if first in YOUNG and not audiences & OF_ANY_ADULT_AGE:
        return tuple(audience for audience in resource.audiences if audience in YOUNG)
    if first not in GROUPS:
        return ()
    return tuple(group for group in GROUPS if group in audiences and (first in HALVES or group not in HALVES))


def reach(resource: Resource) -> int:
    """Say how a resource is reached at best."""
    if resource.dialled:
        return PHONE
    return WRITING if resource.email or resource.url or resource.phones else DOOR if resource.public_addresses else NOBODY


def ages_served(resource: Resource) -> tuple[int, int]:
    """Give the youngest and the oldest that a resource is for, in years; 0 and NO_AGE_LIMIT where it does not say."""
    return resource.min_age or 0, NO_AGE_LIMIT if resource.max_age is None else resource.max_age


def static_rank(resource: Resource) -> int:
    """Order resources that fit equally well: reachable, sure, complete and checked ones first. Lower is better.

    Forty are one point of the ranking (`STEPS_TO_A_POINT`), as much as a kilometre and a half: doubtful facts (120) weigh as three points,
    fair ones as one; a number that is lacking (30) less, since `can_be_called` counts it as well; a description (20) and a list in the
    place of help (15) least; a check by a person makes up for half of what fair facts lose. All together stay under what
    nobody can reach, and none is below nothing, hence the last 20. Settled by judgement: they decide between equals alone.
    """
    rank = 0 if resource.reachable else UNREACHABLE_RANK
    rank += {"high": 0, "medium": 40, "low": 120}[resource.confidence]
    rank += 0 if resource.dialled else 30
    rank += 0 if resource.descriptions else 20
    rank += 15 if resource.kind in ("directory", "platform") else 0
    return rank - (20 if resource.checked_on else 0) + 20
