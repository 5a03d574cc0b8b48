"""What the catalogue holds, counted, and what it lacks: the figures behind `ht info --charts`.

Everywhere a resource counts when a search shows it: active, not for professionals only, and not without any contact.
"""

import sqlite3

from ht_cli.catalogue.facts.reading import SHOWN
from ht_cli.places.distance import distance_km
from ht_cli.shapes import NamedTuple

GROUP_OFFERS = ("group-therapy", "support-group", "talking-circle")
LOCAL_KINDS = ("service", "group", "network-adult", "network-youth")  # what helps in person; not lines, lists and platforms
_GROUP = f"(r.kind = 'group' OR EXISTS (SELECT 1 FROM resource_term o WHERE o.resource = r.id AND o.kind = 'offers' AND o.term IN {GROUP_OFFERS}))"
_LOCAL = f"""
WITH local (resource, province) AS (
    SELECT a.resource, m.province FROM address a JOIN municipality m ON m.nis = a.nis WHERE NOT a.confidential
    UNION SELECT a.resource, m.province FROM resource_area a JOIN municipality m ON m.nis = substr(a.area, 5) WHERE a.area LIKE 'nis:%'
    UNION SELECT a.resource, p.slug FROM resource_area a JOIN province p ON p.slug = substr(a.area, 10) WHERE a.area LIKE 'province:%'
    UNION SELECT a.resource, 'brussels' FROM resource_area a WHERE a.area = 'region:brussels'
    UNION SELECT a.resource, 'liege' FROM resource_area a WHERE a.area = 'community:de')
SELECT DISTINCT local.province, t.term FROM local JOIN resource r ON r.id = local.resource
JOIN resource_term t ON t.resource = r.id AND t.kind = 'needs' WHERE {SHOWN} AND r.kind IN {LOCAL_KINDS}
"""


class Remote(NamedTuple):
    """A municipality far from every group: the km from its centre to that of the nearest municipality with one."""

    nis: str
    province: str
    distance_km: float


def count_by_province(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the resources with a public address in each province by its slug; under "" those with none."""
    sql = (
        "SELECT COALESCE(m.province, ''), COUNT(DISTINCT r.id) FROM resource r LEFT JOIN address a ON a.resource = r.id AND NOT a.confidential"
        f" LEFT JOIN municipality m ON m.nis = a.nis WHERE {SHOWN} GROUP BY 1"
    )
    counted = dict(connection.execute(sql))
    return {slug: counted.get(slug, 0) for slug in (*_provinces(connection), "")}


def _provinces(connection: sqlite3.Connection) -> list[str]:
    """Give the slugs of the provinces, and of Brussels, in the order of their NIS codes."""
    return [slug for (slug,) in connection.execute("SELECT slug FROM province ORDER BY nis")]


def count_any_need(connection: sqlite3.Connection) -> int:
    """Count the resources that list no need: they take any."""
    sql = f"SELECT COUNT(*) FROM resource r WHERE {SHOWN} AND NOT EXISTS (SELECT 1 FROM resource_term t WHERE t.resource = r.id AND t.kind = 'needs')"
    return int(connection.execute(sql).fetchone()[0])


def count_by_age(connection: sqlite3.Connection) -> dict[str, int]:
    """Count resources by how fresh they are: `checked` by a person, else the year of the source, "" when it has none; newest first."""
    sql = (
        "SELECT CASE WHEN COALESCE(r.checked_on, '') <> '' THEN 'checked' ELSE COALESCE(substr(r.source_date, 1, 4), '') END, COUNT(*)"
        f" FROM resource r WHERE {SHOWN} GROUP BY 1 ORDER BY 1 DESC"
    )
    counted = dict(connection.execute(sql))
    return {"checked": counted.pop("checked", 0), **counted}


def find_remote_municipalities(connection: sqlite3.Connection, km: float) -> list[Remote]:
    """Give the municipalities farther than so many km from every group whose place is public, the farthest first."""
    centres = list(connection.execute("SELECT nis, province, latitude, longitude FROM municipality"))
    sql = (
        "SELECT DISTINCT m.latitude, m.longitude FROM resource r JOIN address a ON a.resource = r.id AND NOT a.confidential"
        f" JOIN municipality m ON m.nis = a.nis WHERE {SHOWN} AND {_GROUP}"
    )
    groups = list(connection.execute(sql))
    nearest = [
        Remote(nis, province, min((distance_km(latitude, longitude, *group) for group in groups), default=float("inf")))
        for nis, province, latitude, longitude in centres
    ]
    return sorted((place for place in nearest if place.distance_km > km), key=lambda place: (-place.distance_km, place.nis))


def count_groups(connection: sqlite3.Connection) -> tuple[int, int]:
    """Count the groups, and those of them whose place is public."""
    placed = "SELECT 1 FROM address a WHERE a.resource = r.id AND NOT a.confidential"
    row = connection.execute(f"SELECT COUNT(*), COALESCE(SUM(EXISTS ({placed})), 0) FROM resource r WHERE {SHOWN} AND {_GROUP}").fetchone()
    return int(row[0]), int(row[1])


def find_missing_needs(connection: sqlite3.Connection, language: str = "") -> dict[str, list[str]]:
    """Give, by slug of province, the needs that no local service lists; of a language, none that speaks it.

    Local is a service, group or network with a public address in the province, or whose service area
    names it or a municipality of it.
    """
    sql, values = _LOCAL, (language,) if language else ()
    if language:
        sql += " AND EXISTS (SELECT 1 FROM resource_term l WHERE l.resource = r.id AND l.kind = 'languages' AND l.term = ?)"
    covered = set(connection.execute(sql, values))
    needs = [need for (need,) in connection.execute("SELECT id FROM term WHERE kind = 'needs' ORDER BY position")]
    return {slug: [need for need in needs if (slug, need) not in covered] for slug in _provinces(connection)}
