"""Point look-ups that a search needs: forms, phrases, corrections, places, cells, names.

Each costs what it finds, not what the catalogue holds.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from ht_cli.catalogue.facts.portions import portions
from ht_cli.catalogue.facts.reading import read_resources, read_urgent_lines, stream_resources
from ht_cli.catalogue.index.learned import Ears
from ht_cli.catalogue.index.spellings import Spellings
from ht_cli.hearing.clauses import BEFORE_TOWN, POLITE, TOWN
from ht_cli.model import LANGUAGES, Gone, Place, Resource
from ht_cli.places.distance import distance_km
from ht_cli.search.lookups import ANY_NEED, GENERAL, Cell, Filters, Form, Phrase
from ht_cli.search.text import fold

_CELL = "resource, need, rank, audiences, offers, languages, channels, kind, cost, referral, low, high, reserved, audience_group, reach"
_FORM = "key, meaning.kind, ref, COALESCE(shown, key), risky FROM form JOIN meaning ON number = meaning"
_NETWORKS = "SELECT a.number, y.number FROM municipality JOIN resource a ON a.id = network_adult JOIN resource y ON y.id = network_youth"
# Of one resource each need that it lists is read by its own index, and so is any need: the list of an area may be long.
_OF_ONE = f"cell INDEXED BY cell_of_resource WHERE need >= {GENERAL}"
SHORTEST_TOWN = 4  # letters of a town that is left out of hearing; shorter ones are words too often


class Lexicon(Spellings, Ears):
    """The look-ups of one open catalogue."""

    def __init__(self, connection: sqlite3.Connection, *, hidden: bool = False) -> None:
        """Open the look-ups; `hidden` lets names of closed and unverified resources be found too."""
        self._connection = connection
        self._hidden = hidden
        self._terms: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {}

    def forms(self, keys: Sequence[str]) -> list[Form]:
        """Give what these keys mean."""
        found = []
        for some in portions(keys):
            sql = f"SELECT {_FORM} WHERE key IN ({','.join('?' * len(some))})"
            found += [Form(key, kind, ref, shown, bool(risky)) for key, kind, ref, shown, risky in self._connection.execute(sql, some)]
        return sorted(found)

    def labels(self, terms: Collection[tuple[str, str]]) -> list[str]:
        """Give what terms, each a kind and an id, are called in the four languages."""
        sql = f"SELECT label FROM label WHERE language IN ({','.join('?' * len(LANGUAGES))}) AND kind = ? AND id = ?"
        return [label for term in terms for (label,) in self._connection.execute(sql, (*LANGUAGES, *term))]

    def contractions(self, words: Collection[str], language: str) -> dict[str, str]:
        """Give what each of the words that is a contraction in a language stands for."""
        return {form.key: form.shown for form in self.forms(sorted(words)) if (form.kind, form.ref) == ("contraction", language)}

    def changing_nothing(self, stretches: Collection[str]) -> dict[str, set[str]]:
        """Give, of stretches of words, those that are a greeting, a town that is nothing else, or a word that leads to a town.

        A town has no more words than its name: "la main" is not Lamain.
        """
        typed: dict[str, list[str]] = {}
        for stretch in stretches:
            typed.setdefault(stretch.replace(" ", ""), []).append(stretch)
        found: dict[str, set[str]] = {}
        for form in self.forms(sorted(typed)):
            town = form.kind == "place" and not form.risky and len(form.key) >= SHORTEST_TOWN
            for stretch in typed[form.key]:
                if form.kind in (POLITE, BEFORE_TOWN):
                    found.setdefault(stretch, set()).add(form.kind)
                elif town and stretch.count(" ") < len(fold(form.shown).split()):
                    found.setdefault(stretch, set()).add(TOWN)
        return found

    def with_numbers(self, numbers: Sequence[str]) -> list[int]:
        """Give the resources that have one of these phone numbers."""
        marks = ",".join("?" * len(numbers))
        sql = (
            "SELECT DISTINCT r.number FROM phone p JOIN resource r ON r.id = p.resource"
            f" WHERE p.number IN ({marks}) AND (r.status = 'active' OR ?) ORDER BY r.number"
        )
        return [number for (number,) in self._connection.execute(sql, (*numbers, self._hidden))]

    def first_numbers(self, resources: Sequence[int]) -> dict[int, str]:
        """Give the phone number by which each of the resources is called first; those without one are left out."""
        sql = (
            "SELECT r.number, p.number FROM resource r JOIN phone p ON p.resource = r.id AND p.position = 0"
            " WHERE r.number IN (SELECT value FROM json_each(?))"
        )
        return dict(self._connection.execute(sql, (f"[{','.join(map(str, resources))}]",)))

    def phrases(self, words: Sequence[str]) -> list[Phrase]:
        """Give the phrases whose rarest word is one of these."""
        found: list[tuple[str, str, str, str, str]] = []
        for some in portions(words):
            sql = (
                "SELECT anchor, words, kind, ref, COALESCE(shown, words) FROM phrase JOIN meaning ON number = meaning"
                f" WHERE anchor IN ({','.join('?' * len(some))})"
            )
            found += self._connection.execute(sql, some)
        return [Phrase(tuple(text.split()), kind, ref, shown) for _anchor, text, kind, ref, shown in sorted(found)]

    def has_term(self, kind: str, identifier: str) -> bool:
        """Say whether a kind has a term of this id."""
        return identifier in self._kind(kind)

    def place(self, number: int) -> Place:
        """Give the place of a form's ref."""
        row = list(self._connection.execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone())
        row[7] = tuple(filter(None, row[7].split(";")))
        if row[3] == "district":  # the column of its municipality holds all of them
            return Place(*row)._replace(nis="", holds=tuple(row[4].split(";")))
        return Place(*row)

    def place_of(self, code: str) -> Place:
        """Give the place of a code such as `nis:62063`."""
        (number,) = self._connection.execute("SELECT id FROM place WHERE code = ?", (code,)).fetchone()
        return self.place(number)

    def _kind(self, kind: str) -> dict[str, tuple[int, tuple[str, ...]]]:
        if kind not in self._terms:
            rows = self._connection.execute("SELECT id, position, fits FROM term WHERE kind = ?", (kind,))
            self._terms[kind] = {identifier: (position, tuple(fits.split())) for identifier, position, fits in rows}
        return self._terms[kind]

    def fits(self, kind: str, term: str) -> tuple[str, ...]:
        """Give the ids that go with a term: related needs, audiences that suit, needs of a crisis."""
        return self._kind(kind)[term][1]

    def mask(self, kind: str, terms: Iterable[str]) -> int:
        """Give the bits of these terms as the cells hold them; a term that came after this catalogue has none."""
        known = self._kind(kind)
        return sum(1 << known[term][0] for term in set(terms) if term in known)

    def need_number(self, need: str) -> int:
        """Give the number of a need as the cells hold it."""
        return self._kind("needs")[need][0] + 1

    def cells(self, area: str, need: int, filters: Filters, limit: int) -> list[Cell]:
        """Give the best-ranked resources that serve an area for a need and meet the filters."""
        clauses, values = _clauses(filters)
        if filters.resource:
            sql = f"SELECT {_CELL} FROM {_OF_ONE} AND area = (SELECT number FROM area WHERE code = ?) AND ? IN (need, {ANY_NEED}){clauses} LIMIT 1"
            return [Cell(*row)._replace(need=need) for row in self._connection.execute(sql, (area, need, *values))]
        sql = f"SELECT {_CELL} FROM cell WHERE area = (SELECT number FROM area WHERE code = ?) AND need = ?{clauses} ORDER BY rank LIMIT ?"
        return [Cell(*row) for row in self._connection.execute(sql, (area, need, *values, limit))]

    def cells_of(self, resource: int, hidden: int) -> list[Cell]:
        """Give what is known of one resource, once for each need it lists; nothing when it is hidden for one of these reasons."""
        sql = (
            f"SELECT {_CELL} FROM {_OF_ONE} AND area = (SELECT number FROM area WHERE code = 'any') AND resource = ? AND hidden & ? = 0"
            " ORDER BY need"
        )
        return [Cell(*row) for row in self._connection.execute(sql, (resource, hidden))]

    def listing(self, need: int, resources: Sequence[int]) -> list[int]:
        """Give those of the resources that list a need."""
        sql = (
            f"SELECT resource FROM {_OF_ONE} AND area = (SELECT number FROM area WHERE code = 'any') AND need = ?"
            " AND resource IN (SELECT value FROM json_each(?)) ORDER BY resource"
        )
        return [number for (number,) in self._connection.execute(sql, (need, f"[{','.join(map(str, resources))}]"))]

    def resources(self, numbers: Sequence[int]) -> dict[int, Resource]:
        """Give the resources by their numbers."""
        ids = self.ids(numbers)
        found = {resource.id: resource for resource in stream_resources(self._connection, list(ids.values()))}
        return {number: found[identifier] for number, identifier in ids.items()}

    def with_hours(self, numbers: Sequence[int]) -> list[int]:
        """Give those of the resources that state hours in the opening_hours syntax, for themselves or for a number."""
        found: list[int] = []
        for some in portions(numbers):
            sql = (
                f"SELECT number FROM resource r WHERE number IN ({','.join('?' * len(some))}) AND (hours_osm <> ''"
                " OR EXISTS (SELECT 1 FROM phone p WHERE p.resource = r.id AND p.hours_osm <> ''))"
            )
            found += [number for (number,) in self._connection.execute(sql, some)]
        return found

    def urgent_lines(self, danger: str, *, minors: bool) -> list[Resource]:
        """Give 112 and the lines to call for a danger, in the order in which they are shown."""
        lines = read_urgent_lines(self._connection, danger, minors=minors)
        return read_resources(self._connection, list(dict.fromkeys(["urgence-112", *lines])))

    def numbers_of(self, ids: Sequence[str]) -> list[int]:
        """Give the numbers of the resources that have these ids; of unknown ids none."""
        sql = f"SELECT number FROM resource WHERE id IN ({','.join('?' * len(ids))}) ORDER BY number"
        return [number for (number,) in self._connection.execute(sql, tuple(ids))]

    def urgent_numbers(self, danger: str, *, minors: bool) -> list[int]:
        """Give the numbers of the resources that are lines to call for a danger, those for minors among them where asked."""
        sql = "SELECT DISTINCT r.number FROM urgent_line u JOIN resource r ON r.id = u.resource WHERE u.need = ? AND u.minors <= ?"
        return [number for (number,) in self._connection.execute(sql, (danger, minors))]

    def homes(self, numbers: Sequence[int]) -> list[tuple[int, str, float, float]]:
        """Give, for each public address of the resources: the resource, the NIS code, latitude and longitude.

        The point is that of the locality, or of the municipality where the locality is not known by its postcode.
        """
        listed = f"[{','.join(map(str, numbers))}]"
        sql = (
            "SELECT r.number, a.nis, COALESCE(l.latitude, m.latitude), COALESCE(l.longitude, m.longitude) FROM resource r"
            " JOIN address a ON a.resource = r.id AND NOT a.confidential JOIN municipality m ON m.nis = a.nis"
            " LEFT JOIN locality l ON l.nis = a.nis AND l.postcode = a.postcode AND l.name = a.locality"
            " WHERE r.number IN (SELECT value FROM json_each(?))"
        )
        return list(self._connection.execute(sql, (listed,)))

    def neighbours(self, place: Place, count: int) -> list[Place]:
        """Give the nearest other municipalities, by their centres."""
        rows = self._connection.execute("SELECT nis, latitude, longitude FROM municipality WHERE nis <> ?", (place.nis,))
        near = sorted((distance_km(place.latitude, place.longitude, latitude, longitude), nis) for nis, latitude, longitude in rows)
        return [self.place_of(f"nis:{nis}") for _, nis in near[:count]]

    def networks(self, nis: str) -> tuple[int, int]:
        """Give the resource numbers of the adult and the youth network of a municipality."""
        adult, youth = self._connection.execute(f"{_NETWORKS} WHERE nis = ?", (nis,)).fetchone()
        return int(adult), int(youth)

    def networks_inside(self, province: str) -> list[tuple[int, int]]:
        """Give the resource numbers of the adult and the youth networks of a province's municipalities, those of most of them first."""
        sql = f"{_NETWORKS} WHERE province = ? GROUP BY 1, 2 ORDER BY COUNT(*) DESC, 1, 2"
        return [(int(adult), int(youth)) for adult, youth in self._connection.execute(sql, (province,))]

    def count(self, areas: Sequence[str], needs: Sequence[int], filters: Filters) -> int:
        """Count the resources that serve one of the areas for one of the needs and meet the filters."""
        clauses, values = _clauses(filters)
        rows, numbers = (_OF_ONE, [] if ANY_NEED in needs else needs) if filters.resource else ("cell WHERE 1", needs)
        of_needs = f" AND need IN ({','.join('?' * len(numbers))})" if numbers else ""
        sql = (
            f"SELECT COUNT(DISTINCT resource) FROM {rows}{of_needs}"
            f" AND area IN (SELECT number FROM area WHERE code IN ({','.join('?' * len(areas))})){clauses}"
        )
        (count,) = self._connection.execute(sql, (*numbers, *areas, *values)).fetchone()
        return int(count)

    def ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """Give the ids of resources by their numbers."""
        listed = f"[{','.join(map(str, numbers))}]"  # one value: SQLite takes 32,766 at most
        return dict(self._connection.execute("SELECT number, id FROM resource WHERE number IN (SELECT value FROM json_each(?))", (listed,)))

    def named(self, keys: Sequence[str]) -> list[tuple[int, str, str]]:
        """Give (resource, key, shape) where a whole name, a part of it or its words in any order are one of the keys."""
        found: list[tuple[int, str, str]] = []
        for some in portions(keys):
            sql = (
                "SELECT n.resource, n.key, n.shape FROM name_key n JOIN resource r ON r.number = n.resource"
                f" WHERE n.key IN ({','.join('?' * len(some))}) AND (r.status = 'active' OR ?)"
            )
            found += self._connection.execute(sql, (*some, self._hidden))
        return found

    def closed(self, keys: Sequence[str]) -> list[Gone]:
        """Give the closed resources of which a whole name, or a part of it, is one of the keys."""
        sql = (
            "SELECT DISTINCT r.id, r.name, r.successor FROM name_key n JOIN resource r ON r.number = n.resource"
            f" WHERE n.key IN ({','.join('?' * len(keys))}) AND n.shape <> 'bag' AND r.status = 'closed' ORDER BY r.id"
        )
        return [Gone(identifier, name, self._in_force(successor)) for identifier, name, successor in self._connection.execute(sql, keys)]

    def _in_force(self, successor: str | None) -> int:
        """Give the number of what follows a closed resource in the end; 0 where nothing does."""
        passed = set[str]()
        while successor and successor not in passed:
            passed.add(successor)
            number, status, later = self._connection.execute(
                "SELECT number, status, successor FROM resource WHERE id = ?", (successor,)
            ).fetchone()
            if status == "active":
                return int(number)
            successor = later
        return 0

    def words_of_names(self, words: Collection[str]) -> frozenset[str]:
        """Give those of the words that stand in the name of a resource."""
        found: set[str] = set()
        for some in portions(sorted(set(words))):
            sql = f"SELECT DISTINCT word FROM name_word WHERE word IN ({','.join('?' * len(some))})"
            found.update(word for (word,) in self._connection.execute(sql, some))
        return frozenset(found)

    def name_words(self, words: Sequence[str]) -> dict[int, list[tuple[str, float]]]:
        """Give, by resource, which of the words its name holds, and what share of the name each is."""
        found: dict[int, list[tuple[str, float]]] = {}
        for word in words:
            rows = self._connection.execute(
                "SELECT w.resource, share FROM name_word w JOIN resource r ON r.number = w.resource WHERE word = ?"
                " AND (r.status = 'active' OR ?) LIMIT 60",
                (word, self._hidden),
            )
            for resource, share in rows:
                found.setdefault(resource, []).append((word, share))
        return found


def _clauses(filters: Filters) -> tuple[str, list[int]]:
    clauses, values = "", []
    for column, mask in (
        ("offers", filters.offers),
        ("languages", filters.languages),
        ("channels", filters.channels),
        ("kind", filters.kinds),
    ):
        if mask:
            clauses += f" AND {column} & ? <> 0"
            values.append(mask)
    if filters.audiences:
        clauses += " AND (audiences = 0 OR audiences & ? <> 0)"
        values.append(filters.audiences)
    if filters.grown_up:
        clauses += " AND (audiences & ? = 0 OR audiences & ? <> 0)"
        values += [filters.grown_up, filters.young]
    if filters.cost:
        clauses += " AND cost = ?"
        values.append(filters.cost)
    if filters.no_referral:
        clauses += " AND referral = 0"
    if filters.age >= 0:
        clauses += f" AND ((low <= ? AND high >= ?) OR (need > {GENERAL} AND audiences & ? <> 0))"
        values += [filters.age, filters.age, filters.whatever_age]
    if filters.high >= 0:
        clauses += " AND low <= ? AND high >= ?"
        values += [filters.high, filters.low]
    if filters.resource:
        clauses += " AND resource = ?"
        values.append(filters.resource)
    clauses += " AND hidden & ? = 0"
    values.append(filters.hidden)
    return clauses, values
