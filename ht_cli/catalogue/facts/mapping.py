"""Reads what a map shows: outlines, marks of the networks, where resources are, how many reach a municipality."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from ht_cli.catalogue.facts.municipalities import read_municipalities
from ht_cli.catalogue.facts.reading import SHOWN
from ht_cli.catalogue.facts.sealing import uri
from ht_cli.model import Municipality
from ht_cli.paths import bundled_catalogue
from ht_cli.places.atlas import Atlas, Reach, Site
from ht_cli.places.marks import Mark
from ht_cli.places.outlines import Outline, read_rings
from ht_cli.search.lookups import UNREACHABLE_RANK


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
    found: dict[str, dict[str, None]] = {}
    for nis, key in rows:
        found.setdefault(nis, {})[key] = None
    return {nis: " ".join(keys) for nis, keys in found.items()}


def read_sites(connection: sqlite3.Connection, needs: Sequence[str] = ()) -> list[Site]:
    """Give where the resources that a search shows are, of these needs where given; no confidential address.

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
    return [Site(*row) for row in connection.execute(sql + " ORDER BY 1, 2, 3, 4", tuple(needs))]


def read_serving(connection: sqlite3.Connection, areas: Sequence[str], needs: Sequence[int], kinds: Sequence[str]) -> dict[str, int]:
    """Give the ids and static ranks of the resources of these kinds that serve one of the areas for one of the needs (numbers).

    Only what a search shows, and what can be reached.
    """
    area_marks, need_marks, kind_marks = (",".join("?" * len(values)) for values in (areas, needs, kinds))
    sql = (
        "SELECT DISTINCT r.id, c.rank FROM cell c JOIN resource r ON r.number = c.resource WHERE c.hidden = 0 AND c.rank < ?"
        f" AND c.area IN (SELECT number FROM area WHERE code IN ({area_marks})) AND c.need IN ({need_marks}) AND r.kind IN ({kind_marks})"
    )
    return dict(connection.execute(sql, (UNREACHABLE_RANK, *areas, *needs, *kinds)))


def count_reach(connection: sqlite3.Connection, homes: Sequence[Municipality], needs: Sequence[str]) -> list[Reach]:
    """Count, for each municipality, the resources that a search shows, that list one of the needs, and that serve it."""
    marks = ",".join("?" * len(needs))
    sql = (
        f"SELECT DISTINCT a.area, a.resource FROM resource_area a JOIN resource r ON r.id = a.resource AND {SHOWN}"
        f" JOIN resource_term t ON t.resource = r.id AND t.kind = 'needs' AND t.term IN ({marks})"
    )
    serving: dict[str, set[str]] = {}
    for area, resource in connection.execute(sql, tuple(needs)):
        serving.setdefault(area, set()).add(resource)
    return [_reach(home, serving) for home in homes]


def _reach(home: Municipality, serving: dict[str, set[str]]) -> Reach:
    """Each resource counts once, where it is nearest."""

    def of(*areas: str) -> set[str]:
        return set().union(*(serving.get(area, ()) for area in areas))

    near = of(f"nis:{home.nis}", f"province:{home.province}")
    region = of(f"region:{home.region}", *(f"community:{language}" for language in home.helped_in)) - near
    return Reach(len(near), len(region), len(of("country:be") - near - region))
