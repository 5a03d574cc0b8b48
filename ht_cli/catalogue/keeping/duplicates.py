"""Resources that may be the same: the same number, the same page, or nearly the same name."""

import sqlite3
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ht_cli.catalogue.facts.reading import read_names
from ht_cli.catalogue.facts.records import e164
from ht_cli.search.text import fold

NEAR = 88  # of 100, for names compared word by word
MOST = 5


class Likeness(NamedTuple):
    """Another resource, and what makes it look the same: `phone`, `url` or `name`."""

    id: str
    by: str


def likenesses(connection: sqlite3.Connection, identifier: str, record: Mapping[str, Any]) -> list[Likeness]:
    """Give the resources, closed ones left out, that a record may repeat; the surest first."""
    return Twins(connection).of(identifier, record)


class Twins:
    """Finds what may be the same for one record after another, in a catalogue that does not change meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, identifier: str, record: Mapping[str, Any]) -> list[Likeness]:
        """Give the resources, closed ones left out, that a record may repeat; the surest first."""
        first: dict[str, Likeness] = {}
        for likeness in (*self._by_phone(record), *self._by_page(record), *self._by_name(record)):
            if likeness.id not in self._closed and likeness.id != identifier:
                first.setdefault(likeness.id, likeness)
        return list(first.values())[:MOST]

    @cached_property
    def _closed(self) -> set[str]:
        return {identifier for (identifier,) in self._connection.execute("SELECT id FROM resource WHERE status = 'closed'")}

    @cached_property
    def _pages(self) -> dict[str, list[str]]:
        pages: dict[str, list[str]] = {}
        for identifier, url in self._connection.execute("SELECT id, url FROM resource WHERE url <> '' ORDER BY id"):
            pages.setdefault(page(url), []).append(identifier)
        return pages

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        return [(identifier, fold(name)) for identifier, name in read_names(self._connection)]

    def _by_phone(self, record: Mapping[str, Any]) -> list[Likeness]:
        numbers = [e164(phone["number"]) for phone in record.get("phones", ())]
        marks = ",".join("?" * len(numbers))
        rows = self._connection.execute(f"SELECT DISTINCT resource FROM phone WHERE number IN ({marks}) ORDER BY resource", numbers)
        return [Likeness(resource, "phone") for (resource,) in rows]

    def _by_page(self, record: Mapping[str, Any]) -> list[Likeness]:
        return [Likeness(identifier, "url") for identifier in self._pages.get(page(record["url"]), ())] if record.get("url") else []

    def _by_name(self, record: Mapping[str, Any]) -> list[Likeness]:
        from rapidfuzz import fuzz, process

        folded = [name for _id, name in self._names]
        near = process.extract(fold(record["name"]), folded, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=MOST)
        return [Likeness(self._names[position][0], "name") for _name, _score, position in near]


def page(url: str) -> str:
    """Give what tells one page from another: host and path, without scheme, www and last slash."""
    parts = urlsplit(url.strip().lower())
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")
