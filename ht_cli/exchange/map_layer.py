"""A map as a layer for QGIS and others (GeoJSON): municipalities with the facts behind the map and its colours, and points on them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.credits import LICENCE_LINK, attribution
from ht_cli.exchange.geojson import point_beside
from ht_cli.places.outlines import Outline, Point, Ring, unproject
from ht_cli.shapes import NamedTuple

Facts = Mapping[str, str | int | float | None]


class Area(NamedTuple):
    """A municipality: its outline, and what is said of it."""

    outline: Outline
    facts: Facts


class MapPoint(NamedTuple):
    """Something at a point in degrees, and what is said of it."""

    latitude: float
    longitude: float
    facts: Facts


def pieces(title: str, notes: Sequence[str], areas: Sequence[Area], marks: Sequence[MapPoint]) -> Iterator[str]:
    """Give a FeatureCollection, one feature on each line: a feature for each municipality, then one for each point.

    Points that would coincide stand beside one another. The notes say what a reader must know: that outlines are
    approximate, above all.
    """
    credit = attribution()
    about = {"name": title, "description": " ".join((*notes, credit)), "attribution": credit, "license": LICENCE_LINK}
    yield '{"type": "FeatureCollection"' + "".join(f", {json.dumps(name)}: {_json(said)}" for name, said in about.items())
    yield ', "features": ['
    mark = "\n"
    for feature in (*map(_area, areas), *_marks(marks)):
        yield mark + _json(feature)
        mark = ",\n"
    yield "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _area(area: Area) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": _polygons(area.outline)}, "properties": area.facts}


def _marks(marks: Sequence[MapPoint]) -> Iterator[dict[str, Any]]:
    taken: Counter[tuple[float, float]] = Counter()
    for mark in marks:
        here = mark.latitude, mark.longitude
        yield {"type": "Feature", "geometry": point_beside(*here, taken[here]), "properties": mark.facts}
        taken[here] += 1


def _polygons(outline: Outline) -> list[list[list[list[float]]]]:
    """Give each ring that lies in no other with its holes: RFC 7946 wants the first run against the clock, the others with it."""
    around = [ring for ring in outline.rings if not any(_holds(other, ring[0]) for other in outline.rings if other is not ring)]
    holes = [ring for ring in outline.rings if not any(ring is outer for outer in around)]
    return [[_closed(outer, 1), *(_closed(hole, -1) for hole in holes if _holds(outer, hole[0]))] for outer in around]


def _closed(ring: Ring, turn: int) -> list[list[float]]:
    """Write a ring in degrees, its first point again at the end, against the clock for a turn of 1."""
    degrees = [[round(longitude, 5), round(latitude, 5)] for latitude, longitude in map(unproject, ring)]
    doubled = sum(x * v - u * y for (x, y), (u, v) in zip(ring, [*ring[1:], ring[0]], strict=True))
    degrees = degrees if doubled * turn > 0 else degrees[::-1]
    return degrees if degrees[0] == degrees[-1] else [*degrees, degrees[0]]


def _holds(ring: Ring, point: Point) -> bool:
    """Say whether a point lies inside a ring: a line from it to the east crosses the ring an odd number of times."""
    x, y = point
    edges = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum((b > y) != (d > y) and x < a + (y - b) / (d - b) * (c - a) for (a, b), (c, d) in edges) % 2 == 1
