"""Resources that may be the same: the same number, the same page, or nearly the same name."""

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ht_cli.catalogue.reading import read_names
from ht_cli.catalogue.records import e164
from ht_cli.search.text import fold

NEAR = 88  # of 100, for names compared word by word
MOST = 5


class Likeness(NamedTuple):
    """Another resource, and what makes it look the same: `phone`, `url` or `name`."""

    id: str
    by: str


def likenesses(connection: sqlite3.Connection, identifier: str, record: Mapping[str, Any]) -> list[Likeness]:
    """Give the resources, closed ones left out, that a record may repeat; the surest first."""
    closed = {i for (i,) in connection.execute("SELECT id FROM resource WHERE status = 'closed'")} | {identifier}
    found = [*_by_phone(connection, record), *_by_page(connection, record), *_by_name(connection, record)]
    first: dict[str, Likeness] = {}
    for likeness in found:
        if likeness.id not in closed:
            first.setdefault(likeness.id, likeness)
    return list(first.values())[:MOST]


def page(url: str) -> str:
    """Give what tells one page from another: host and path, without scheme, www and last slash."""
    parts = urlsplit(url.strip().lower())
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")


def _by_phone(connection: sqlite3.Connection, record: Mapping[str, Any]) -> list[Likeness]:
    numbers = [e164(phone["number"]) for phone in record.get("phones", ())]
    marks = ",".join("?" * len(numbers))
    rows = connection.execute(f"SELECT DISTINCT resource FROM phone WHERE number IN ({marks}) ORDER BY resource", numbers)
    return [Likeness(resource, "phone") for (resource,) in rows]


def _by_page(connection: sqlite3.Connection, record: Mapping[str, Any]) -> list[Likeness]:
    if not record.get("url"):
        return []
    wanted = page(record["url"])
    rows = connection.execute("SELECT id, url FROM resource WHERE url <> '' ORDER BY id")
    return [Likeness(identifier, "url") for identifier, url in rows if page(url) == wanted]


def _by_name(connection: sqlite3.Connection, record: Mapping[str, Any]) -> list[Likeness]:
    from rapidfuzz import fuzz, process

    names = read_names(connection)
    folded = {position: fold(name) for position, (_id, name) in enumerate(names)}
    near = process.extract(fold(record["name"]), folded, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=MOST)
    return [Likeness(names[position][0], "name") for _name, _score, position in near]
