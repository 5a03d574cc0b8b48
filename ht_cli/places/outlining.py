"""Computes data/sources/places/outlines.csv from the postal localities: `python -m ht_cli.places.outlining`.

Run by hand when localities.csv changes; needs Shapely (`pip install 'ht-cli[sources]'`). The same localities
and the same Shapely give the same bytes. How good the result is: docs/map.md.
"""

import csv
import sys
from collections import defaultdict
from math import dist
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from ht_cli.places.outlines import GRID, Point, project, rings_text, unproject

PLACES = Path(__file__).parent.parent.parent / "data" / "sources" / "places"
REACH_KM = 8.0  # three localities belong to one land when a circle of this radius passes through them: fills no bay, bridges the Ardennes
ABROAD = {  # towns in the narrow bays of the country, degrees: the land nearer to them than to a locality of ours is left out
    "Givet": (50.138, 4.824), "Chooz": (50.104, 4.808), "Vireux-Molhain": (50.085, 4.724), "Hargnies": (50.021, 4.789), "Fumay": (49.993, 4.707),
    "Maastricht": (50.849, 5.689), "Eijsden": (50.778, 5.711),
}  # fmt: skip
TOLERANCE_KM = 0.7  # a corner that a triangle of this side holds is left out: less than a cell of the widest terminal


def country(points: list[Point], area: float, abroad: BaseGeometry) -> BaseGeometry:
    """Give a hull of the points without what is `abroad`, as wide as gives the country its known area in km²."""
    triangles = shapely.delaunay_triangles(shapely.MultiPoint(points)).geoms
    land = shapely.union_all([triangle for triangle in triangles if _circumradius(triangle) <= REACH_KM])
    narrow, wide = 0.0, REACH_KM
    for _ in range(40):
        margin = (narrow + wide) / 2
        hull = shapely.Polygon(land.buffer(margin + REACH_KM / 4).buffer(-REACH_KM / 4).exterior).difference(abroad)
        narrow, wide = (margin, wide) if hull.area < area else (narrow, margin)
    return hull


def _circumradius(triangle: BaseGeometry) -> float:
    a, b, c, _again = triangle.exterior.coords
    return float(dist(a, b) * dist(b, c) * dist(c, a) / (4 * triangle.area))


def outlines(sites: dict[Point, str], area: float) -> dict[str, BaseGeometry]:
    """Give each municipality (NIS code) the land nearer to its localities than to any other, in km, borders shared and simplified."""
    points = sorted(sites)
    others = [project(*place) for place in ABROAD.values()]
    everything = shapely.MultiPoint([*points, *others])
    cells = list(shapely.voronoi_polygons(everything, extend_to=everything.envelope.buffer(50), ordered=True).geoms)
    hull = country(points, area, shapely.union_all(cells[len(points) :]))
    parts = defaultdict(list)
    for point, cell in zip(points, cells[: len(points)], strict=True):
        parts[sites[point]].append(cell.intersection(hull))
    codes = sorted(parts)
    whole = [shapely.union_all(parts[nis]) for nis in codes]
    return dict(zip(codes, shapely.coverage_simplify(whole, TOLERANCE_KM), strict=True))


def rings_of(shape: BaseGeometry) -> list[list[tuple[int, int]]]:
    """Give the rings of a shape on the grid of thousandths of a degree, each from its lowest point on."""
    rings = []
    for polygon in getattr(shape, "geoms", [shape]):
        for ring in (polygon.exterior, *polygon.interiors):
            degrees = [unproject(point) for point in ring.coords[:-1]]
            grid = [(round(longitude * GRID), round(latitude * GRID)) for latitude, longitude in degrees]
            corners = [corner for corner, before in zip(grid, [grid[-1], *grid[:-1]], strict=True) if corner != before]
            if len(corners) > 2:
                start = corners.index(min(corners))
                rings.append(corners[start:] + corners[:start])
    return sorted(rings, key=lambda ring: (-len(ring), ring))


def main() -> int:
    """Write outlines.csv beside localities.csv."""
    with (PLACES / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        area = sum(float(row["area_km2"]) for row in csv.DictReader(file))
    with (PLACES / "localities.csv").open(encoding="utf-8", newline="") as file:
        sites = {project(float(row["lat"]), float(row["lon"])): row["nis"] for row in csv.DictReader(file)}
    with (PLACES / "outlines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("nis", "outline"))
        writer.writerows((nis, rings_text(rings_of(shape))) for nis, shape in outlines(sites, area).items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
