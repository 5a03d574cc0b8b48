"""Resources that may be the same: the same number, the same page, or nearly the same name.

What is held against a record is found by look-ups, so that it costs what is like it and not what the catalogue holds.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, dropwhile, islice
from operator import itemgetter
from typing import Any

from ht_cli.catalogue.facts.records import e164
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.postings import page
from ht_cli.search.text import NEEDLESS_IN_NAMES, fold
from ht_cli.shapes import NamedTuple

NEAR = 88  # of 100, for names compared word by word
ALIKE = 85  # of 100: names this near, with the same number or page, are likely the same resource
SIDE_BY_SIDE = 50  # of many that share a number or a page, each is held against so many that follow
MOST = 5
HELD_AT_ONCE = 200  # of many that come together, so many are held against what is there: each costs a millisecond or two
WORDS_KEPT, NAMES_KEPT = 2_000, 20_000  # of what was looked up, for the next records
SAID_AFTER = re.compile(r"\s[–—-]\s.*|\([^()]*\)")  # what a house is, and its town, after its name: "Name – club (Namur)"
LEGAL_FORMS = frozenset(["asbl", "aisbl", "vzw", "ivzw", "vog"])
OF_A_WORD = 1_000  # names of one word that are compared: of a word that more have, others of the name tell more


class Likeness(NamedTuple):
    """Another resource, and what makes it look the same: `phone`, `url` or `name`."""

    id: str
    by: str


class LikelyPair(NamedTuple):
    """Two resources that are likely the same: the one that was there first, the one to join to it, and what they share."""

    stays: str
    joins: str
    by: str


class Likenesses:
    """Looks for what a record may repeat, in one state of a catalogue: what was looked up for a word or a name is kept for the next record."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lexicon = Lexicon(connection)
        self._near: dict[str, list[str]] = {}
        self._holders = lru_cache(maxsize=WORDS_KEPT)(self._with_this_word)
        self._names: dict[int, list[tuple[str, str]]] = {}  # by number: the id and each folded name; nothing of one that is closed

    def of(self, identifier: str, record: Mapping[str, Any]) -> list[Likeness]:
        """Give the resources, closed ones left out, that a record may repeat; the surest first."""
        first: dict[str, Likeness] = {}
        for likeness in (*self._by_phone(record), *self._by_page(record), *self._by_name(record)):
            if likeness.id != identifier:
                first.setdefault(likeness.id, likeness)
        return list(first.values())[:MOST]

    def sure(self, identifier: str, record: Mapping[str, Any]) -> list[Likeness]:
        """Give those of its kind that are nearly named so, and the one that has its number where no third has: several share a switchboard."""
        named, numbered = ([one for one in found if one.id != identifier] for found in (self._by_name(record), self._by_phone(record)))
        return [one for one in (*named, *(numbered if len(numbered) == 1 else ())) if self._is_of_kind(one.id, record["kind"])]

    def _is_of_kind(self, identifier: str, kind: str) -> bool:
        return bool(self._connection.execute("SELECT 1 FROM resource WHERE id = ? AND kind = ?", (identifier, kind)).fetchone())

    def _by_phone(self, record: Mapping[str, Any]) -> Iterator[Likeness]:
        numbers = [e164(phone["number"]) for phone in record.get("phones", ())]
        sql = (
            f"SELECT DISTINCT r.id FROM phone p JOIN resource r ON r.id = p.resource AND {_NOT_CLOSED}"
            f" WHERE p.number IN ({','.join('?' * len(numbers))}) ORDER BY r.id"
        )
        rows = self._connection.execute(sql, numbers) if numbers else ()
        return (Likeness(resource, "phone") for (resource,) in rows)

    def _by_page(self, record: Mapping[str, Any]) -> Iterator[Likeness]:
        sql = f"SELECT r.id FROM page_key p JOIN resource r ON r.number = p.resource AND {_NOT_CLOSED} WHERE p.page = ? ORDER BY r.id"
        rows = self._connection.execute(sql, (page(record["url"]),)) if record.get("url") else ()
        return (Likeness(resource, "url") for (resource,) in rows)

    def _by_name(self, record: Mapping[str, Any]) -> Iterator[Likeness]:
        from rapidfuzz import fuzz, process

        wanted = fold(record["name"])
        names = self._names_of({*self._named_so(wanted), *chain.from_iterable(map(self._holders, self._spellings(wanted)))})
        near = process.extract(wanted, [name for _identifier, name in names], scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=MOST)
        yield from (Likeness(names[position][0], "name") for _name, _score, position in near)
        yield from (
            Likeness(identifier, "name") for identifier in self._called_so_in_town(record, {identifier for identifier, _name in names})
        )

    def _called_so_in_town(self, record: Mapping[str, Any], among: Collection[str]) -> Iterator[str]:
        """Give those of one town that are called the same, once what they are, their legal form and their town are left out."""
        towns = _towns_of(record)
        neighbours = sorted(self._in_towns(towns).intersection(among)) if towns else []
        if not neighbours:
            return
        known_as = self._spellings_of(towns)
        wanted = called(record["name"], known_as)
        sql = f"SELECT id, name FROM resource WHERE id IN ({','.join('?' * len(neighbours))}) ORDER BY id"
        yield from (identifier for identifier, name in self._connection.execute(sql, neighbours) if called(name, known_as) == wanted)

    def _in_towns(self, towns: Collection[str]) -> set[str]:
        """Give the resources that have an address in one of these municipalities, or serve it by name."""
        sql = (
            "SELECT resource FROM address WHERE nis IN (SELECT value FROM json_each(?1))"
            " UNION SELECT resource FROM resource_area WHERE area IN (SELECT 'nis:' || value FROM json_each(?1))"
        )
        return {resource for (resource,) in self._connection.execute(sql, (json.dumps(sorted(towns)),))}

    def _spellings_of(self, towns: Collection[str]) -> frozenset[str]:
        sql = "SELECT name FROM municipality WHERE nis IN (SELECT value FROM json_each(?1))"
        return frozenset(fold(name) for (name,) in self._connection.execute(sql, (json.dumps(sorted(towns)),)))

    def _spellings(self, name: str) -> Sequence[str]:
        """Give the words of a folded name that tell it from others, and the known words near each, for either may be misspelt."""
        telling = [word for word in dict.fromkeys(name.split()) if word not in NEEDLESS_IN_NAMES] or name.split()
        return list(dict.fromkeys([*telling, *(near for word in telling for near in self._known_near(word))]))

    def _known_near(self, word: str) -> Sequence[str]:
        if word not in self._near:
            self._near[word] = [correction.word for correction in self._lexicon.corrections(word, names=True)]
        return self._near[word]

    def _named_so(self, name: str) -> Iterator[int]:
        """Give the resources with the words of this folded name as a whole name, in any order."""
        keys = ("".join(name.split()), " ".join(sorted(name.split())))
        sql = "SELECT resource FROM name_key WHERE key IN (?,?) LIMIT ?"
        return (number for (number,) in self._connection.execute(sql, (*keys, OF_A_WORD)))

    def _with_this_word(self, word: str) -> Sequence[int]:
        """Give the resources that have a word in a name."""
        rows = self._connection.execute("SELECT resource FROM name_word WHERE word = ? LIMIT ?", (word, OF_A_WORD))
        return [number for (number,) in rows]

    def _names_of(self, numbers: Collection[int]) -> list[tuple[str, str]]:
        """Give the id and each folded name of these resources, by id, closed ones left out."""
        if len(self._names) > NAMES_KEPT:
            self._names.clear()
        unknown = [number for number in numbers if number not in self._names]
        if unknown:
            self._names |= {number: [] for number in unknown}
            for number, identifier, name in self._read_names(unknown):
                self._names[number].append((identifier, fold(name)))
        return sorted((name for number in numbers for name in self._names[number]), key=itemgetter(0))

    def _read_names(self, numbers: Collection[int]) -> Iterator[tuple[int, str, str]]:
        """Give the number, the id and each name of these resources, closed ones left out."""
        listed = f"[{','.join(map(str, sorted(numbers)))}]"
        sql = (
            f"WITH near AS (SELECT number, id, name FROM resource r WHERE {_NOT_CLOSED} AND number IN (SELECT value FROM json_each(?)))"
            " SELECT number, id, name FROM near UNION ALL SELECT number, resource, n.name FROM resource_name n JOIN near ON near.id = n.resource"
        )
        return self._connection.execute(sql, (listed,))


def called(name: str, towns: Collection[str]) -> str:
    """Give how a house is called: its folded name without an article, what it is, its legal form and, at its end, its town; the whole where nothing else is left."""
    words = [word for word in fold(SAID_AFTER.sub(" ", name)).split() if word not in LEGAL_FORMS]
    for town in map(str.split, sorted(towns)):
        if len(words) > len(town) and words[-len(town) :] == town:
            words = words[: -len(town)]
            break
    telling = dropwhile(NEEDLESS_IN_NAMES.__contains__, words)  # "Le Funambule" is called "Funambule" as well
    return " ".join(telling) or fold(name)


def _towns_of(record: Mapping[str, Any]) -> set[str]:
    """Give the municipalities a record has an address in, or serves by name."""
    served = {area.removeprefix("nis:") for area in record.get("areas", ()) if area.startswith("nis:")}
    return served | {address["nis"] for address in record.get("addresses", ()) if address.get("nis")}


def likely_pairs(connection: sqlite3.Connection, new: Mapping[str, Mapping[str, Any]]) -> list[LikelyPair]:
    """Give the pairs of one of these new resources, by their ids, and any other; those with a like name first.

    The first `HELD_AT_ONCE` are held against what is there. Which of two stays is the same wherever the same entries are: it
    is the one that was added first, so that two keepers who each join what they see do not close both.
    """
    held = {identifier: record for identifier, record in islice(new.items(), HELD_AT_ONCE) if record.get("status") != "closed"}
    if not held:
        return []
    likenesses = Likenesses(connection)
    found = [(one, other, "name") for one, other in twins(connection, list(held))]
    found += [(identifier, like.id, like.by) for identifier, record in held.items() for like in likenesses.sure(identifier, record)]
    pairs: dict[tuple[str, str], LikelyPair] = {}
    for one, other, by in sorted(found, key=lambda pair: pair[2] != "name"):
        stays, joins = sorted((one, other), key=lambda identifier: (_added_at(connection, identifier), identifier))
        pairs.setdefault((stays, joins), LikelyPair(stays, joins, by))
    return list(pairs.values())


def _added_at(connection: sqlite3.Connection, identifier: str) -> str:
    """Give the moment at which somebody added a resource; empty for one of the release."""
    (moment,) = connection.execute("SELECT MIN(at) FROM change WHERE resource = ? AND action = 'add'", (identifier,)).fetchone()
    return moment or ""


def twins(connection: sqlite3.Connection, among: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Give the pairs of ids with the same name, or a near one and the same number or page, of one kind and neither closed.

    Of all resources, or each of those `among` which is looked, first, with any other. Where many share one of these, each is
    held against the next few, one that is looked for against those around it.
    """
    from rapidfuzz import fuzz

    told = set()
    for group in _groups(connection, among):
        for position, (one, kind, name) in enumerate(group):
            if among and one not in among:
                continue
            before = group[max(position - SIDE_BY_SIDE, 0) : position] if among else []
            for other, its_kind, its_name in [*before, *group[position + 1 : position + 1 + SIDE_BY_SIDE]]:
                known = (min(one, other), max(one, other)) in told
                if kind == its_kind and not known and fuzz.token_sort_ratio(fold(name), fold(its_name)) >= ALIKE:
                    told.add((min(one, other), max(one, other)))
                    yield one, other


def _groups(connection: sqlite3.Connection, among: Sequence[str]) -> Iterator[list[tuple[str, str, str]]]:
    """Give id, kind and name of those that share a name, a number or a page, group by group, each in the order of its ids.

    Of all, or of those that share one with somebody `among` which is looked.
    """
    named = f" IN (SELECT r.{{owner}} FROM resource r WHERE r.id IN ({','.join('?' * len(among))}))"
    for shared, owner, sharing in _SHARED:
        of_them = f" AND resource{named.format(owner=owner)} GROUP BY 1" if among else " GROUP BY 1 HAVING COUNT(*) > 1"
        for (key,) in connection.execute(f"{shared}{of_them}", tuple(among)):
            sql = f"SELECT DISTINCT r.id, r.kind, r.name FROM {sharing} AND {_NOT_CLOSED} ORDER BY r.id"
            yield connection.execute(sql, (key,)).fetchall()


# By what two resources may be the same: their name, a number, their page. Of each, the query that lists every key (a name, a number, a
# page), the column of `resource` that its table points at, and from where the resources with one such key are read.
_SHARED = (
    (
        "SELECT key FROM name_key WHERE shape = 'whole'",
        "number",
        "name_key k JOIN resource r ON r.number = k.resource WHERE k.key = ? AND k.shape = 'whole'",
    ),
    (
        "SELECT number FROM phone WHERE number <> ''",
        "id",
        "phone p JOIN resource r ON r.id = p.resource WHERE p.number = ?",
    ),
    (
        "SELECT page FROM page_key WHERE page <> ''",
        "number",
        "page_key k JOIN resource r ON r.number = k.resource WHERE k.page = ?",
    ),
)
_NOT_CLOSED = "r.status <> 'closed'"
