"""What a page needs to find resources without the catalogue: words, places, dangers, and what each resource is there for.

Everything is plain values that JSON can hold; spellings are folded, and none stands twice.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations, takewhile
from string import ascii_lowercase, digits
from typing import Any

from ht_cli import model
from ht_cli.catalogue.index.indexing import NARROW_NEEDS
from ht_cli.catalogue.index.postings import ages_served, reach, reserved_audiences, reserved_needs, static_rank
from ht_cli.catalogue.index.spellings import SHORTEST_MOVED, languages_of_known_words, ordinary_words_near
from ht_cli.model import LANGUAGES, Resource
from ht_cli.search import (
    ages,
    areas,
    case,
    danger,
    denials,
    filtering,
    labelling,
    meanings,
    names,
    people,
    question,
    ranking,
    reading,
    referral,
    spans,
    spelling,
    text,
    towns,
)
from ht_cli.search.listening import GROWN_UP_RELATIONS
from ht_cli.search.lookups import AGE_CUES, ASKS_FOR_HELP, COSTS, HOME
from ht_cli.search.text import fold, key
from ht_cli.search.weighing import SAID_ALONE

ANY_LANGUAGE = (1 << len(LANGUAGES)) - 1
SURELY_MENDED = 8  # letters from which a word with one slip is hardly another one, so that it may be mended into a narrow need too
NOT_ITS_NAME = "-"  # the first spelling of a place that its own name does not mean: "Bruxelles" is the region
HEARD_KINDS = ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "relations", "dangers", "referral", "unrecorded")
SMALL_KINDS = ("stop", "before", "between", HOME, *AGE_CUES, ASKS_FOR_HELP)

OWNERS = (
    model, areas, names, danger, filtering, case, ranking, referral, question, text, spelling, towns, spans, ages, labelling, meanings, denials, people,
    reading,
)  # fmt: skip  # modules whose points and lists the page reads


def read_finder(connection: sqlite3.Connection) -> dict[str, Any]:
    """Give the words of the vocabulary, the places with their networks, and the lines to call for each danger."""
    meant = _forms(connection)
    return {
        "languages": LANGUAGES,
        "terms": _terms(connection),
        "forms": [[kind, term, mask, _coded(forms)] for (kind, term, mask), forms in sorted(meant.items())],
        "small": _small_words(connection),
        "numbers": _numbers(connection),
        "ordinary": _ordinary(connection, meant),
        "towns": _towns(connection),
        "regions": _regions(connection),
        "abroad": _abroad(connection),
        "lines": _lines(connection),
        "next": _next_door(connection),
        "rules": rules(),
    }  # fmt: skip


def rules() -> dict[str, Any]:
    """Give the points of a referral, and the lists that its rules look into, each by its name in the module that owns it."""
    known = {name: value for owner in OWNERS for name, value in vars(owner).items() if name.isupper()}
    apart = {
        "NARROW_NEEDS": NARROW_NEEDS, "GROWN_UP_RELATIONS": GROWN_UP_RELATIONS, "SAID_ALONE": SAID_ALONE, "SHORTEST_MOVED": SHORTEST_MOVED,
        "SURELY_MENDED": SURELY_MENDED, "NOT_ITS_NAME": NOT_ITS_NAME,
    }  # fmt: skip
    return {name: _plain(value) for name, value in {**known, **apart}.items()}


def _plain(value: Any) -> Any:
    """Give a set in an order that is always the same, and a range as its numbers, as JSON can hold them."""
    return sorted(value) if isinstance(value, frozenset) else [*value] if isinstance(value, range) else value


def findable(resource: Resource) -> dict[str, Any]:
    """Give what a resource is found by; what is empty or unknown is left out."""
    known: Mapping[str, Any] = {
        "kind": resource.kind, "needs": resource.needs, "audiences": resource.audiences, "offers": resource.offers,
        "languages": resource.languages, "channels": resource.channels, "cost": resource.cost if resource.cost in COSTS[1:] else "",
        "areas": resource.areas, "towns": tuple(dict.fromkeys(a.nis for a in resource.addresses if a.nis and not a.confidential)),
        "ages": ages_served(resource) if (resource.min_age, resource.max_age) != (None, None) else (),
        "reserved": reserved_needs(resource), "group": reserved_audiences(resource), "reach": reach(resource), "rank": static_rank(resource),
        "professionals": resource.professionals_only, "referral": bool(resource.referral_needed), "direct": resource.referral_needed is False,
        "hidden": resource.status != "active", "called": [fold(name) for name in resource.alternate_names],
    }  # fmt: skip
    return {name: value for name, value in known.items() if value}


def _terms(connection: sqlite3.Connection) -> dict[str, dict[str, list[str]]]:
    """Give the terms of each kind, each with those that go with it."""
    terms: dict[str, dict[str, list[str]]] = {}
    for kind, identifier, fits in connection.execute("SELECT kind, id, fits FROM term ORDER BY kind, position"):
        terms.setdefault(kind, {})[identifier] = fits.split()
    return terms


def _forms(connection: sqlite3.Connection) -> dict[tuple[str, str, int], set[str]]:
    """Give, by kind, term and languages (a mask), the forms; … stands for a few words between."""
    meanings: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    marks = ",".join("?" * len(HEARD_KINDS))
    for table, key_of in (("form", "key"), ("phrase", "words")):
        sql = f"SELECT DISTINCT kind, ref, COALESCE(shown, {key_of}) FROM {table} JOIN meaning ON number = meaning WHERE kind IN ({marks})"
        for kind, term, shown in connection.execute(sql, HEARD_KINDS):
            meanings[" … ".join(folded for folded in map(fold, shown.split("…")) if folded)].add((kind, term))
    spoken = languages_of_known_words(connection)
    other = _read_otherwise(connection)
    grouped: defaultdict[tuple[str, str, int], set[str]] = defaultdict(set)
    for form, terms in meanings.items():
        for kind, term in () if _said_by_a_part(form, meanings, other) else terms:
            grouped[kind, term, _mask(form, spoken)].add(form)
    return grouped


def _read_otherwise(connection: sqlite3.Connection) -> frozenset[str]:
    """Give the words that mean something and are small words too, and those that are also towns."""
    keys = "SELECT key FROM form JOIN meaning ON number = meaning WHERE"
    heard = ",".join("?" * len(HEARD_KINDS))
    sql = f"{keys} kind = 'place' AND risky UNION {keys} kind = 'stop' AND key IN ({keys} kind IN ({heard}))"
    return frozenset(word for (word,) in connection.execute(sql, HEARD_KINDS))


def _said_by_a_part(form: str, meanings: Mapping[str, set[tuple[str, str]]], other: frozenset[str]) -> bool:
    """Say whether the parts of a form already mean all that it means, and nothing else: "dépression saisonnière".

    What holds a word that may be read otherwise, such as a small word or a town, is kept whole: "my son", "kotzt nach dem Essen".
    """
    words = form.split()
    parts = {" ".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2)} - {form}
    said = [meanings[part] for part in parts if part in meanings]
    return bool(said) and set().union(*said) == meanings[form] and other.isdisjoint(words)


def _small_words(connection: sqlite3.Connection) -> dict[str, dict[int, str]]:
    """Give the words without a meaning of their own, by kind and languages."""
    spoken = languages_of_known_words(connection)
    grouped: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    sql = f"SELECT kind, key FROM form JOIN meaning ON number = meaning WHERE kind IN ({','.join('?' * len(SMALL_KINDS))})"
    for kind, word in connection.execute(sql, SMALL_KINDS):
        grouped[kind][spoken.get(word, ANY_LANGUAGE) or ANY_LANGUAGE].add(word)
    return {kind: {mask: _joined(words) for mask, words in sorted(grouped[kind].items())} for kind in SMALL_KINDS}


def _numbers(connection: sqlite3.Connection) -> dict[str, int]:
    """Give the words for numbers with what each is worth."""
    sql = "SELECT key, CAST(ref AS INTEGER) FROM form JOIN meaning ON number = meaning WHERE kind = 'number' ORDER BY key"
    return {**dict(connection.execute(sql)), **ages.COMPOUNDS}


def _ordinary(connection: sqlite3.Connection, meant: Mapping[tuple[str, str, int], set[str]]) -> dict[int, str]:
    """Give the ordinary words, by languages and coded, that are no slip though a word or a town is as near: "noel" beside Niel."""
    near: dict[str, int] = {}
    for (kind, term, languages), forms in meant.items():
        for form in forms:
            if " " not in form and _mended_into(form, kind, term):
                near[form] = near.get(form, 0) | languages
    places = connection.execute("SELECT key FROM form JOIN meaning ON number = meaning WHERE kind = 'place'")
    near |= {levelled(spelt): ANY_LANGUAGE for (spelt,) in places}
    known = near.keys() | {form for forms in meant.values() for form in forms}
    grouped: defaultdict[int, list[str]] = defaultdict(list)
    for word, languages in ordinary_words_near(connection, near).items():
        if word not in known:
            grouped[languages].append(word)
    return {languages: _coded(words) for languages, words in sorted(grouped.items())}


def _mended_into(form: str, kind: str, term: str) -> bool:
    """Say whether the page may read a slip as this form: never as danger, and as a narrow need where the word is long."""
    return kind != "dangers" and not (kind == "needs" and term in NARROW_NEEDS and len(form) < SURELY_MENDED)


def _mask(form: str, spoken: Mapping[str, int]) -> int:
    """Give the languages of which every word of a form is."""
    mask = ANY_LANGUAGE
    for word in (key(form), *form.split()) if key(form) in spoken else form.split():
        mask &= spoken.get(word, ANY_LANGUAGE)
    return mask or ANY_LANGUAGE


def _towns(connection: sqlite3.Connection) -> list[list[Any]]:
    """Give each municipality: its code, name, province, region, languages, latitude, longitude, people, networks, the localities in it, and spellings.

    Spellings that are also words of another meaning stand apart, behind the others; a locality is its name and the same two.
    That of the name itself is left out where it means nothing else.
    """
    spelt = _spelt(connection)
    inside: defaultdict[str, list[list[str]]] = defaultdict(list)
    for number, nis, name in connection.execute("SELECT id, nis, name FROM place WHERE kind = 'locality' ORDER BY id"):
        inside[nis].append([name, *_besides(levelled(key(name)), *spelt[str(number)])])
    sql = (
        "SELECT p.id, m.nis, p.name, m.province, m.region, p.languages, ROUND(m.latitude, 2), ROUND(m.longitude, 2), m.population,"
        " network_adult, network_youth FROM municipality m JOIN place p ON p.code = 'nis:' || m.nis ORDER BY p.id"
    )
    return [
        [nis, name, *facts, inside[nis], *_besides(levelled(key(name)), *spelt[str(number)])]
        for number, nis, name, *facts in connection.execute(sql)
    ]


def _regions(connection: sqlite3.Connection) -> list[list[Any]]:
    """Give what is larger than a municipality: code, name, province, region, languages, what a district holds, the two kinds of spellings."""
    spelt = _spelt(connection)
    larger = "nis = '' AND country = 'be' OR kind = 'district'"
    sql = f"SELECT id, code, name, province, region, languages, nis FROM place WHERE {larger} ORDER BY id"
    return [[*facts, *spelt[str(number)]] for number, *facts in connection.execute(sql)]


def _abroad(connection: sqlite3.Connection) -> list[list[Any]]:
    """Give the towns and countries around that are known: name, whether it is a country, and the two kinds of spellings, as of towns."""
    spellings: defaultdict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    sql = (
        "SELECT p.name, p.code, f.key, f.risky FROM form f JOIN meaning ON number = meaning JOIN place p ON p.id = CAST(ref AS INTEGER)"
        " WHERE meaning.kind = 'abroad' ORDER BY p.id"
    )
    for name, code, spelt, risky in connection.execute(sql):
        spellings[name, code][risky].add(spelt)
    return [[name, int(code.count(":") == 1), *_besides(key(name), *map(_joined, both))] for (name, code), both in spellings.items()]


def _spelt(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Give the spellings of each place by its number: those that mean nothing else, and those that are also other words."""
    spellings: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for place, spelt, risky in connection.execute("SELECT ref, key, risky FROM form JOIN meaning ON number = meaning WHERE kind = 'place'"):
        spellings[place][risky].add(levelled(spelt))
    return {place: [*map(_joined, both)] for place, both in spellings.items()}


_BASE_36 = digits + ascii_lowercase
_SAINTS = re.compile("(?:sainte|saint|sankta|sankt|sint|ste)(?=.)")
_UMLAUTS = re.compile("([aou])e")


def levelled(spelling: str) -> str:
    """Write saints and umlauts in one way: sintniklaas and saintnicolas begin alike, luettich is luttich. The page does the same."""
    return _UMLAUTS.sub(r"\1", _SAINTS.sub("st", spelling))


def _lines(connection: sqlite3.Connection) -> dict[str, list[list[str]]]:
    """Give, by danger, the ids of the lines to call: those for all, and those for the young."""
    lines: dict[str, list[list[str]]] = {}
    for kind, minors, resource in connection.execute("SELECT need, minors, resource FROM urgent_line ORDER BY need, minors, position"):
        lines.setdefault(kind, [[], []])[minors].append(resource)
    return lines


def _next_door(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Give, by resource, the NIS codes of the towns around from which people may come to it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    sql = (
        "SELECT DISTINCT r.id, SUBSTR(a.code, 6) FROM area a JOIN cell c ON c.area = a.number JOIN resource r ON r.number = c.resource"
        " WHERE a.code LIKE 'next:%' ORDER BY r.id, a.code"
    )
    for resource, nis in connection.execute(sql):
        found[resource].append(nis)
    return found


def _besides(own: str, sure: str, risky: str) -> list[str]:
    """Give the two kinds of spellings without that of the name itself, which goes without saying where it is sure; nothing empty at the end."""
    known = {*sure.split("|")} - {""}
    unlike = {NOT_ITS_NAME} if own not in {*known, *risky.split("|")} else set()
    others = [_joined(known - {own} | unlike), risky]
    return others if risky else [others[0]] if others[0] else []


def _coded(words: Iterable[str]) -> str:
    """Join words in their order, each as how many letters it shares with the one before (in base 36) and the rest of it."""
    coded, before = [], ""
    for word in sorted(set(words)):
        alike = (one == other for one, other in zip(word[: len(_BASE_36) - 1], before, strict=False))
        shared = sum(1 for _ in takewhile(bool, alike))
        coded.append(f"{_BASE_36[shared]}{word[shared:]}")
        before = word
    return "|".join(coded)


def _joined(words: Iterable[str]) -> str:
    return "|".join(sorted(set(words)))
