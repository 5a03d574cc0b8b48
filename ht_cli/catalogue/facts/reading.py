"""Reads facts out of an open catalogue: resources, municipalities, places, terms, counts."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ht_cli.model import LANGUAGES, NETWORKS, UNSAID, Address, FactCheck, Phone, Resource, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


CHUNK = 1000  # resources read at once: the whole catalogue of today in one look
COLUMNS = (
    "id", "name", "kind", "status", "successor", "confidence", "professionals_only", "min_age", "max_age", "cost", "referral_needed",
    "email", "url", "hours_osm", "checked_on", "checked_how", "checked_by", "failed_tries", "closed_on",
    "closed_reason", "changed_on", "source_date", "notes",
)  # fmt: skip


def read_resources(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Resource]:
    """Give the resources of these ids, in this order; unknown ids are left out."""
    found: dict[str, Resource] = {}
    marks = ",".join("?" * len(ids))
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM resource WHERE id IN ({marks})", tuple(ids)).fetchall()
    if not rows:
        return []
    parts = {table: _grouped(connection, table, columns, ids) for table, columns in PARTS.items()}
    names, descriptions, terms, areas, phones, texts, addresses, sources, checks = parts.values()
    for row in rows:
        values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        identifier = values["id"]
        of_kind: dict[str, list[str]] = {kind: [] for kind in TERM_FIELDS}
        for kind, term in terms.get(identifier, ()):
            of_kind.setdefault(kind, []).append(term)
        for name in NULLABLE:
            values[name] = values[name] or ""
        values["cost"] = values["cost"] or "unknown"
        values["professionals_only"] = bool(values["professionals_only"])
        values["referral_needed"] = None if values["referral_needed"] is None else bool(values["referral_needed"])
        values |= {kind: tuple(of_kind[kind]) for kind in TERM_FIELDS}
        spoken = _spoken(texts.get(identifier, ()))
        found[identifier] = Resource(
            **values,
            alternate_names=tuple([name for (name,) in names.get(identifier, ())]),
            descriptions=dict(descriptions.get(identifier, ())),
            areas=tuple([area for (area,) in areas.get(identifier, ())]),
            area_note=spoken.get(("area_note", 0), {}),
            hours=spoken.get(("hours", 0), {}),
            phones=tuple(
                [
                    Phone(number, national, spoken.get(("phone_label", i), UNSAID), spoken.get(("phone_hours", i), UNSAID), hours_osm)
                    for i, (number, national, hours_osm) in enumerate(phones.get(identifier, ()))
                ]
            ),
            addresses=tuple([_address(*part) for part in addresses.get(identifier, ())]),
            sources=tuple([Source(*part) for part in sources.get(identifier, ())]),
            fact_checks=tuple([FactCheck(*part) for part in checks.get(identifier, ())]),
        )
    return [found[identifier] for identifier in ids if identifier in found]


def _spoken(rows: Iterable[tuple[str, int, str, str]]) -> dict[tuple[str, int], dict[str, str]]:
    """Give the versions of each text, by its field and its position among the numbers; rows in the order of the languages."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for field, position, language, text in sorted(rows, key=lambda row: LANGUAGES.index(row[2])):
        found.setdefault((field, position), {})[language] = text
    return found


def _address(street: str, postcode: str, locality: str, nis: str, confidential: int) -> Address:
    return Address(street, postcode, locality, nis, bool(confidential))


def stream_resources(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Resource]:
    """Give resources one after another, in this order, without holding them all."""
    for start in range(0, len(ids), CHUNK):
        connection.execute("SAVEPOINT reading")  # what another process writes meanwhile must not tear a resource apart
        try:
            found = read_resources(connection, ids[start : start + CHUNK])
        finally:
            connection.execute("RELEASE reading")
        yield from found


REACHABLE = (
    "(r.email <> '' OR r.url <> '' OR EXISTS (SELECT 1 FROM phone p WHERE p.resource = r.id)"
    " OR EXISTS (SELECT 1 FROM address a WHERE a.resource = r.id AND a.street <> '' AND NOT a.confidential))"
)
OFFERED = f"(r.status = 'active' AND (r.kind IN {NETWORKS} OR {REACHABLE}))"
SHOWN = f"({OFFERED} AND NOT r.professionals_only)"  # what a search shows to everybody; each of a resource `r`
TERM_FIELDS = ("needs", "offers", "audiences", "channels", "languages")
NULLABLE = ("successor", "checked_on", "checked_how", "checked_by", "closed_on", "changed_on", "source_date")
PARTS = {  # each table with rows of a resource, and their columns
    "resource_name": "name",
    "resource_description": "language, text",
    "resource_term": "kind, term",
    "resource_area": "area",
    "phone": "number, national, hours_osm",
    "resource_text": "field, position, language, text",
    "address": "street, postcode, locality, nis, confidential",
    "source": "url, date",
    "fact_check": "field, checked_on, how, checked_by",
}


def _grouped(connection: sqlite3.Connection, table: str, columns: str, ids: Sequence[str]) -> dict[str, list[Any]]:
    marks = ",".join("?" * len(ids))
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(f"SELECT resource, {columns} FROM {table} WHERE resource IN ({marks})", tuple(ids)):
        grouped[row[0]].append(row[1:])
    return grouped


def read_ids(connection: sqlite3.Connection, *, kinds: Sequence[str] = (), all_statuses: bool = False, offered: bool = False) -> list[str]:
    """Give the ids of active resources in alphabetical order, of these kinds where some are given.

    With `offered` only of those that may be shown as help, with `all_statuses` of closed ones and the like too.
    """
    active = OFFERED if offered else "r.status = 'active'"
    sql = f"SELECT id FROM resource r WHERE ({active} OR ?)"
    if kinds:
        sql += f" AND kind IN ({','.join('?' * len(kinds))})"
    return [identifier for (identifier,) in connection.execute(sql + " ORDER BY id", (all_statuses, *kinds))]


class KnownIds:
    """The ids that are taken, whatever the status of their resource, asked for one by one; `more` are taken as well."""

    def __init__(self, connection: sqlite3.Connection, more: Iterable[str] = ()) -> None:
        self._connection = connection
        self.more = set(more)

    def __contains__(self, identifier: object) -> bool:
        if not isinstance(identifier, str) or not identifier.isascii():  # half of a surrogate pair cannot even be asked for
            return False
        sql = "SELECT 1 FROM resource WHERE id = ?"
        return identifier in self.more or self._connection.execute(sql, (identifier,)).fetchone() is not None


def read_ids_since(connection: sqlite3.Connection, day: str) -> set[str]:
    """Give the ids of what was changed or checked on a day (ISO 8601) or later.

    A date of which only the year or the month is known may be as late as that allows: it counts.
    """
    dates = (
        "SELECT id, changed_on AS day FROM resource UNION ALL SELECT id, checked_on FROM resource UNION ALL SELECT id, closed_on FROM resource"
        " UNION ALL SELECT resource, checked_on FROM fact_check UNION ALL SELECT resource, substr(at, 1, 10) FROM change"
    )
    latest = "day || substr('-99-99', length(day) - 3)"
    return {identifier for (identifier,) in connection.execute(f"SELECT id FROM ({dates}) WHERE day <> '' AND {latest} >= ?", (day,))}


def read_names(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Give the id and each name of every resource, whatever its status."""
    sql = "SELECT id, name FROM resource UNION ALL SELECT resource, name FROM resource_name ORDER BY 1"
    return [(identifier, name) for identifier, name in connection.execute(sql)]


# The column `need` of `urgent_line` holds a danger: another name would be a step for every catalogue there is, and change no fact.
def read_urgent_lines(connection: sqlite3.Connection, danger: str, *, minors: bool) -> list[str]:
    """Give the ids of the lines to call for a danger, in the order in which they are shown."""
    sql = "SELECT resource FROM urgent_line WHERE need = ? AND minors <= ? ORDER BY minors DESC, position"
    return [resource for (resource,) in connection.execute(sql, (danger, int(minors)))]


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Give what the catalogue says of itself: data_version, built_by; not its seal and the mark of its ears, which mean nothing to people."""
    return dict(connection.execute("SELECT key, value FROM meta WHERE key NOT IN ('seal', 'ears')"))


_URGENT_ORDER = (
    "CASE need WHEN 'suicide' THEN 0 WHEN 'crisis' THEN 1 WHEN 'partner-violence' THEN 2 WHEN 'sexual-violence' THEN 3 ELSE 4 END"
)


def read_urgent_ids(connection: sqlite3.Connection) -> list[str]:
    """Give the ids of all urgent lines, 112 first, each once, those of the most general danger first."""
    rows = connection.execute(f"SELECT resource FROM urgent_line ORDER BY {_URGENT_ORDER}, minors, position")
    return list(dict.fromkeys(["urgence-112", *(resource for (resource,) in rows)]))


def read_urgent_pairs(connection: sqlite3.Connection) -> dict[str, int]:
    """Number the lines that belong together: those of one danger, for adults or for the young, by the first danger that names them."""
    rows = connection.execute(f"SELECT resource, need, minors FROM urgent_line ORDER BY {_URGENT_ORDER}, minors, position")
    pairs: dict[str, int] = {}
    numbers: dict[tuple[str, int], int] = {}
    for resource, danger, minors in rows:
        pairs.setdefault(resource, numbers.setdefault((danger, minors), len(numbers)))
    return pairs


def resolve_id(connection: sqlite3.Connection, text: str) -> str | None:
    """Give the id that a text is, whatever its status and case."""
    row = connection.execute("SELECT id FROM resource WHERE id = ?", (text.strip().lower(),)).fetchone()
    return str(row[0]) if row else None


def read_ids_beginning(connection: sqlite3.Connection, text: str) -> list[str]:
    """Give the ids that begin with a text, whatever their status; with an empty one none."""
    sql = "SELECT id FROM resource WHERE ?1 <> '' AND substr(id, 1, length(?1)) = ?1 ORDER BY id"
    return [identifier for (identifier,) in connection.execute(sql, (text,))]


def read_alike(connection: sqlite3.Connection, resource: Resource, limit: int = 4) -> list[str]:
    """Give the ids of active resources for a need and an audience of this one, in an area of it: most needs first, then those in its town.

    Beside one that lists no need stand those of its kind that list none either; what is there for one need or one group alone stands
    only beside what lists that need or serves that group, as the cells say that `index/postings.py` writes.
    """
    sql = f"""
        SELECT r.id FROM resource r WHERE {OFFERED} AND r.id <> :id AND NOT r.professionals_only
        AND EXISTS (SELECT 1 FROM resource_area a JOIN resource_area m ON m.area = a.area WHERE a.resource = r.id AND m.resource = :id)
        AND (EXISTS (SELECT 1 FROM resource_term t JOIN resource_term m USING (kind, term)
                     WHERE t.resource = r.id AND m.resource = :id AND kind = 'needs')
             OR r.kind = :kind AND NOT EXISTS (SELECT 1 FROM resource_term WHERE resource IN (r.id, :id) AND kind = 'needs'))
        AND EXISTS (SELECT 1 FROM resource_term t JOIN resource_term m ON m.kind = t.kind AND (m.term = t.term OR 'everyone' IN (m.term, t.term))
                    WHERE t.resource = r.id AND m.resource = :id AND t.kind = 'audiences')
        AND EXISTS (SELECT 1 FROM cell c INDEXED BY cell_of_resource, cell m INDEXED BY cell_of_resource, resource o
                    WHERE c.resource = r.number AND c.need >= 0 AND o.id = :id AND m.resource = o.number AND m.need >= 0
                    AND (c.reserved = 0 OR c.reserved >> m.need & 1) AND (c.audience_group = 0 OR c.audience_group & m.audiences))
        ORDER BY (SELECT COUNT(*) FROM resource_term t JOIN resource_term m USING (kind, term)
                  WHERE t.resource = r.id AND m.resource = :id AND kind = 'needs') DESC,
        EXISTS (SELECT 1 FROM address a JOIN address m ON m.nis = a.nis WHERE a.resource = r.id AND m.resource = :id) DESC,
        r.kind = :kind DESC, r.id LIMIT :limit
    """
    rows = connection.execute(sql, {"id": resource.id, "kind": resource.kind, "limit": limit})
    return [identifier for (identifier,) in rows]
