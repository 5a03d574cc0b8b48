"""Reads what a map shows: outlines, marks of the networks, where resources are, how many reach a municipality.

Who serves an area for a need is read off the cells, which `index/postings.py` writes: the schema of both is `schema.py` of this wing.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from math import inf

from ht_cli.catalogue.facts.municipalities import read_municipalities
from ht_cli.catalogue.facts.reading import SHOWN
from ht_cli.catalogue.facts.sealing import uri
from ht_cli.model import Municipality
from ht_cli.paths import bundled_catalogue
from ht_cli.places.atlas import Atlas, Reach, Site
from ht_cli.places.distance import distance_km
from ht_cli.places.marks import Mark
from ht_cli.places.outlines import Outline, read_rings
from ht_cli.search.lookups import UNREACHABLE_RANK
from ht_cli.shapes import NamedTuple


class Served(NamedTuple):
    """What the cells say of a resource that serves an area: its static rank, and how it is reached.

    And the masks of its offers, and of the needs and the audiences that it is there for alone.
    """

    rank: int
    offers: int
    reserved: int
    group: int
    reach: int


def read_atlas(connection: sqlite3.Connection) -> Atlas:
    """Give what every map is drawn from; a catalogue made before there was a map takes the shapes of the bundled one."""
    homes = list(read_municipalities(connection).values())
    rings, marks = _shapes(connection)
    if not rings:
        with closing(sqlite3.connect(uri(bundled_catalogue(), "mode=ro&immutable=1"), uri=True)) as bundled:
            rings, marks = _shapes(bundled)
    return Atlas(homes, [Outline(home.nis, read_rings(rings[home.nis])) for home in homes], marks)


def _shapes(connection: sqlite3.Connection) -> tuple[dict[str, str], dict[str, Mark]]:
    rings = dict(connection.execute("SELECT nis, rings FROM outline"))
    return rings, {row[0]: Mark(*row) for row in connection.execute("SELECT network, letter, colour FROM network_mark")}


def read_spellings(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the folded names, in every language, and the postcodes of each municipality and of what lies in it, by NIS code."""
    rows = connection.execute(
        "SELECT CASE p.code WHEN 'region:brussels' THEN '21004' ELSE p.nis END AS home, f.key FROM form f"
        " JOIN meaning m ON m.number = f.meaning JOIN place p ON p.id = CAST(m.ref AS INTEGER) WHERE m.kind = 'place' AND home <> '' ORDER BY home, f.key"
    )
    return _joined(rows)


def read_wider_spellings(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the folded names, in every language, of each province, region and community and of the country, by code."""
    rows = connection.execute(
        "SELECT p.code, f.key FROM form f JOIN meaning m ON m.number = f.meaning JOIN place p ON p.id = CAST(m.ref AS INTEGER)"
        " WHERE m.kind = 'place' AND p.kind IN ('country', 'region', 'province') ORDER BY p.code, f.key"
    )
    return _joined(rows)


def _joined(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the keys of each code, each once, in one text."""
    found: dict[str, dict[str, None]] = {}
    for code, key in rows:
        found.setdefault(code, {})[key] = None
    return {code: " ".join(keys) for code, keys in found.items()}


def read_sites(connection: sqlite3.Connection, needs: Sequence[str] = (), among: Sequence[str] | None = None) -> list[Site]:
    """Give where the resources that a search shows are, of these needs and among these ids where given; no confidential address.

    The point is that of the locality, or of the municipality where the locality is not known by its postcode.
    """
    sql = (
        "SELECT DISTINCT a.resource, a.nis, COALESCE(l.latitude, m.latitude), COALESCE(l.longitude, m.longitude) FROM address a"
        f" JOIN resource r ON r.id = a.resource AND {SHOWN} JOIN municipality m ON m.nis = a.nis"
        " LEFT JOIN locality l ON l.nis = a.nis AND l.postcode = a.postcode AND l.name = a.locality WHERE NOT a.confidential"
    )
    if needs:
        marks = ",".join("?" * len(needs))
        sql += f" AND a.resource IN (SELECT resource FROM resource_term WHERE kind = 'needs' AND term IN ({marks}))"
    if among is not None:
        sql += " AND a.resource IN (SELECT value FROM json_each(?))"
    listed = () if among is None else (json.dumps(among),)
    return [Site(*row) for row in connection.execute(sql + " ORDER BY 1, 2, 3, 4", (*needs, *listed))]


def sites_around(connection: sqlite3.Connection, latitude: float, longitude: float) -> Iterator[tuple[list[Site], float]]:
    """Give where resources are, a few of the nearest localities at first and then more and more; no confidential address.

    With each portion comes how far, in km, all that follow are at least.
    """
    rows = connection.execute(
        "SELECT nis, postcode, name, latitude, longitude FROM locality UNION ALL SELECT nis, '', '', latitude, longitude FROM municipality"
    )
    points = sorted(rows, key=lambda row: distance_km(latitude, longitude, row[3], row[4]))
    start, many = 0, 1
    while start < len(points):
        portion = points[start : start + many]
        start, many = start + many, 2 * many
        following = points[start : start + 1]
        yield _sites_at(connection, portion), distance_km(latitude, longitude, *following[0][3:]) if following else inf


def _sites_at(connection: sqlite3.Connection, points: Sequence[tuple[str, str, str, float, float]]) -> list[Site]:
    """Give the public addresses in these localities, and those of municipalities whose locality is not known by its postcode."""
    known = {(nis, postcode, name): where for nis, postcode, name, *where in points if postcode}
    wide = {nis: where for nis, postcode, _name, *where in points if not postcode}
    sql = f"SELECT resource, nis, postcode, locality FROM address WHERE NOT confidential AND (nis, postcode, locality) IN (VALUES {','.join(['(?,?,?)'] * len(known))})"
    found = (
        [Site(row[0], row[1], *known[row[1:]]) for row in connection.execute(sql, [part for key in known for part in key])] if known else []
    )
    sql = (
        f"SELECT resource, nis FROM address a WHERE NOT confidential AND nis IN ({','.join('?' * len(wide))}) AND NOT EXISTS"
        " (SELECT 1 FROM locality l WHERE l.nis = a.nis AND l.postcode = a.postcode AND l.name = a.locality)"
    )
    return [*found, *(Site(resource, nis, *wide[nis]) for resource, nis in connection.execute(sql, list(wide)))]


def read_serving(
    connection: sqlite3.Connection, among: Sequence[str], areas: Sequence[str], needs: Sequence[int], kinds: Sequence[str]
) -> dict[str, Served]:
    """Give, by id, those among some resources that are of these kinds and serve one of the areas for one of the needs.

    `needs` are the numbers of the cells; without any, whatever the need. Only what a search shows, and what can be reached.
    """
    if not among:
        return {}
    listed, area_marks, need_marks, kind_marks = (",".join("?" * len(values)) for values in (among, areas, needs, kinds))
    for_need = f" AND c.need IN ({need_marks})" if needs else ""
    sql = (
        "SELECT DISTINCT r.id, c.rank, c.offers, c.reserved, c.audience_group, c.reach FROM resource r JOIN cell c INDEXED BY cell_of_resource ON c.resource = r.number AND c.need >= 0"
        f" WHERE r.id IN ({listed}) AND r.kind IN ({kind_marks}) AND c.hidden = 0 AND c.rank < ?"
        f" AND c.area IN (SELECT number FROM area WHERE code IN ({area_marks})){for_need}"
    )
    rows = connection.execute(sql, (*among, *kinds, UNREACHABLE_RANK, *areas, *needs))
    return {identifier: Served(*facts) for identifier, *facts in rows}


def read_few_serving(connection: sqlite3.Connection, areas: Sequence[str], needs: Sequence[int], most: int) -> list[str] | None:
    """Give the ids of all that serve one of the areas for one of the needs (numbers of the cells); None where they are more than `most`."""
    area_marks, need_marks = (",".join("?" * len(values)) for values in (areas, needs))
    sql = (
        f"SELECT id FROM resource WHERE number IN (SELECT resource FROM cell WHERE area IN (SELECT number FROM area WHERE code IN ({area_marks}))"
        f" AND need IN ({need_marks}) AND hidden = 0 LIMIT ?)"
    )
    found = [identifier for (identifier,) in connection.execute(sql, (*areas, *needs, most + 1))]
    return found if len(found) <= most else None


def count_reach(connection: sqlite3.Connection, homes: Sequence[Municipality], needs: Sequence[int]) -> list[Reach]:
    """Count, for each municipality, the resources that a search shows, that list one of the needs (numbers of the cells), and that serve it."""
    sql = (
        "SELECT DISTINCT a.code, c.resource FROM cell c JOIN area a ON a.number = c.area"
        f" WHERE c.need IN ({','.join('?' * len(needs))}) AND c.hidden = 0 AND a.code <> 'any' AND a.code NOT LIKE 'in:%' AND a.code NOT LIKE 'next:%'"
    )
    serving: dict[str, set[int]] = {}
    for area, resource in connection.execute(sql, tuple(needs)):
        serving.setdefault(area, set()).add(resource)
    return [_reach(home, serving) for home in homes]


def _reach(home: Municipality, serving: dict[str, set[int]]) -> Reach:
    """Each resource counts once, where it is nearest."""

    def of(*areas: str) -> set[int]:
        return set().union(*(serving.get(area, ()) for area in areas))

    near = of(f"nis:{home.nis}", f"province:{home.province}")
    region = of(f"region:{home.region}", *(f"community:{language}" for language in home.helped_in)) - near
    return Reach(len(near), len(region), len(of("country:be") - near - region))
