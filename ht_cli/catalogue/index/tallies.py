"""How many resources there are of each sort: kept with each change, so that nobody counts them when they are asked for."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping

from ht_cli.catalogue.facts.reading import TERM_FIELDS
from ht_cli.model import Resource

SHOWN = "shown "  # before the kind of a term, or `areas`: the resources that a search shows to everybody, by what they list
DUE = "due "  # before a kind of resource: those that are not closed, by the day of the last check, nothing where there was none
TURNS = "turns "  # the same by the place of their turn, see `turns.py`


def read_tally(connection: sqlite3.Connection, facet: str) -> dict[str, int]:
    """Give how many resources each value of a facet has, in the order of the values; what none has is left out."""
    return dict(connection.execute("SELECT name, count FROM tally WHERE facet = ? ORDER BY name", (facet,)))


def read_counts(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Give how many resources there are by status, kind, confidence, year of the source, region, and month of the last check; and the changes made."""
    counts = {facet: read_tally(connection, facet) for facet in ("status", "kind", "confidence", "source year", "region", "checked")}
    return counts | {"change": dict(connection.execute("SELECT action, COUNT(*) FROM change GROUP BY 1 ORDER BY 1"))}


def count_checked_in_part(connection: sqlite3.Connection) -> int:
    """Count the resources of which a person confirmed single facts, and not the whole."""
    sql = "SELECT COUNT(DISTINCT c.resource) FROM fact_check c JOIN resource r ON r.id = c.resource WHERE r.checked_on IS NULL OR r.checked_on = ''"
    return int(connection.execute(sql).fetchone()[0])


def facets_of(resource: Resource, regions: Mapping[str, str], *, shown: bool) -> Iterator[tuple[str, str]]:
    """Give each facet with the value under which a resource is counted, once each; `regions` by the NIS code of a municipality."""
    yield "status", resource.status
    yield "kind", resource.kind
    yield "confidence", resource.confidence
    yield "source year", resource.source_date[:4] or "?"
    if resource.checked_on:
        yield "checked", resource.checked_on[:7]
    yield from {("region", regions[address.nis]) for address in resource.addresses}
    if shown:
        yield f"{SHOWN}kinds", resource.kind
        yield f"{SHOWN}costs", resource.cost
        yield from {(f"{SHOWN}areas", area) for area in resource.areas}
        yield from {(f"{SHOWN}{kind}", term) for kind in TERM_FIELDS for term in getattr(resource, kind)}


class Tallies:
    """Counts what comes and goes, and writes it at the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counted: Counter[tuple[str, str]] = Counter()

    def add(self, facets: Iterator[tuple[str, str]]) -> None:
        """Count one resource more under each of the facets."""
        self._counted.update(facets)

    def remove(self, facets: Iterator[tuple[str, str]]) -> None:
        """Count one resource less under each of the facets."""
        self._counted.subtract(facets)

    def write(self) -> None:
        """Write what has been counted since the last time."""
        changed = [(*facet, count) for facet, count in sorted(self._counted.items()) if count]
        upsert = "INSERT INTO tally VALUES (?,?,?) ON CONFLICT DO UPDATE SET count = count + excluded.count"
        self._connection.executemany(upsert, changed)
        self._connection.executemany("DELETE FROM tally WHERE facet = ? AND name = ? AND count = 0", [row[:2] for row in changed])
        self._counted.clear()
