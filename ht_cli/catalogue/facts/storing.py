"""Writes the facts of one resource into their tables, and takes them out again."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from ht_cli.catalogue.facts.reading import COLUMNS, NULLABLE, PARTS, TERM_FIELDS
from ht_cli.fields import SPOKEN_PARTS
from ht_cli.model import Resource

_UPDATE = f"UPDATE resource SET {', '.join(f'{name} = :{name}' for name in COLUMNS if name != 'id')} WHERE number = :number"
_INSERT = f"INSERT INTO resource (number, {', '.join(COLUMNS)}) VALUES (:number, {', '.join(f':{name}' for name in COLUMNS)})"


def write_resource(connection: sqlite3.Connection, number: int, resource: Resource) -> None:
    """Write the facts of a resource, new or known by this number, in place of what was there."""
    values = {name: getattr(resource, name) for name in COLUMNS} | {"number": number}
    values |= {name: values[name] or None for name in NULLABLE} | {"cost": None if resource.cost == "unknown" else resource.cost}
    known = connection.execute("SELECT 1 FROM resource WHERE number = ?", (number,)).fetchone()
    if known:  # updated in place: municipalities, lines and successors point at its id, which never changes
        connection.execute(_UPDATE, values)
        _erase_parts(connection, resource.id)
    else:
        connection.execute(_INSERT, values)
    _write_parts(connection, resource)


def erase_resource(connection: sqlite3.Connection, identifier: str) -> None:
    """Take out a resource whose adding is undone. Raises sqlite3.IntegrityError when another one points at it."""
    _erase_parts(connection, identifier)
    connection.execute("DELETE FROM resource WHERE id = ?", (identifier,))


def _erase_parts(connection: sqlite3.Connection, identifier: str) -> None:
    for table in PARTS:
        connection.execute(f"DELETE FROM {table} WHERE resource = ?", (identifier,))


def _write_parts(connection: sqlite3.Connection, r: Resource) -> None:
    def many(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:  # most resources have no rows in most tables
            connection.executemany(sql, rows)

    many("INSERT INTO resource_name VALUES (?,?,?)", [(r.id, i, name) for i, name in enumerate(r.alternate_names)])
    many("INSERT INTO resource_description VALUES (?,?,?)", [(r.id, language, text) for language, text in r.descriptions.items()])
    many(
        "INSERT INTO resource_term VALUES (?,?,?,?)",
        [(r.id, kind, i, term) for kind in TERM_FIELDS for i, term in enumerate(getattr(r, kind))],
    )
    many("INSERT INTO resource_area VALUES (?,?,?)", [(r.id, i, area) for i, area in enumerate(r.areas)])
    many(
        "INSERT INTO phone (resource, position, number, national, hours_osm) VALUES (?,?,?,?,?)",
        [(r.id, i, p.number, p.national, p.hours_osm) for i, p in enumerate(r.phones)],
    )
    many("INSERT INTO resource_text VALUES (?,?,?,?,?)", list(_texts(r)))
    many(
        "INSERT INTO address VALUES (?,?,?,?,?,?,?)",
        [(r.id, i, a.street, a.postcode, a.locality, a.nis, a.confidential) for i, a in enumerate(r.addresses)],
    )
    many("INSERT INTO source VALUES (?,?,?,?)", [(r.id, i, s.url, s.date) for i, s in enumerate(r.sources)])
    many("INSERT INTO fact_check VALUES (?,?,?,?,?)", [(r.id, c.field, c.on, c.how, c.by) for c in r.fact_checks])


def _texts(r: Resource) -> Iterator[tuple[str, str, int, str, str]]:
    """Give the rows of the texts that have a version in each language."""
    spoken = [("hours", 0, r.hours), ("area_note", 0, r.area_note)]
    spoken += [(f"phone_{part}", i, getattr(phone, part)) for i, phone in enumerate(r.phones) for part in SPOKEN_PARTS]
    yield from ((r.id, field, i, language, text) for field, i, versions in spoken for language, text in versions.items())
