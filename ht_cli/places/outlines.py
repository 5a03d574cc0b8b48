"""The outline of each municipality: how it is written as text, and its points on a flat map in km.

An outline is approximate: it is computed from postal localities, not surveyed (`docs/map.md`).
"""

from collections.abc import Iterable, Sequence
from math import cos, radians

from ht_cli.shapes import NamedTuple

GRID = 1000  # points stand on thousandths of a degree of WGS 84: about 100 m
MIDDLE_LATITUDE = 50.5  # of Belgium: the parallel along which the flat map keeps lengths
KM_PER_DEGREE = 111.195  # of a great circle, with the mean radius of the Earth (IUGG 1980)
KM_PER_DEGREE_EAST = KM_PER_DEGREE * cos(radians(MIDDLE_LATITUDE))

Point = tuple[float, float]
Ring = Sequence[Point]


class Outline(NamedTuple):
    """The rings of a municipality (NIS code), points in km east and north of 0°; a ring inside another is a hole."""

    nis: str
    rings: tuple[Ring, ...]


class Box(NamedTuple):
    """A stretch of the flat map, in km."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Its width in km."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Its height in km."""
        return self.north - self.south

    def grown(self, share: float) -> "Box":
        """Give the box with a margin on each side, as a share of its longer side."""
        margin = share * max(self.width, self.height)
        return Box(self.west - margin, self.south - margin, self.east + margin, self.north + margin)

    def shaped(self, ratio: float) -> "Box":
        """Give the smallest box around this one whose width is so many times its height."""
        wider = max(0.0, self.height * ratio - self.width) / 2
        taller = max(0.0, self.width / ratio - self.height) / 2
        return Box(self.west - wider, self.south - taller, self.east + wider, self.north + taller)

    def holds(self, point: Point) -> bool:
        """Say whether a point is in it."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


def project(latitude: float, longitude: float) -> Point:
    """Give the km east and north of a WGS 84 point in degrees (equirectangular, true along 50.5° north)."""
    return longitude * KM_PER_DEGREE_EAST, latitude * KM_PER_DEGREE


def unproject(point: Point) -> Point:
    """Give the latitude and longitude in degrees of a point in km."""
    return point[1] / KM_PER_DEGREE, point[0] / KM_PER_DEGREE_EAST


def read_rings(text: str) -> tuple[Ring, ...]:
    """Read rings written as `longitude latitude …` in thousandths of a degree, a `;` between rings."""
    east, north = KM_PER_DEGREE_EAST / GRID, KM_PER_DEGREE / GRID
    rings = []
    for part in text.split(";"):
        numbers = [int(number) for number in part.split()]
        rings.append([(x * east, y * north) for x, y in zip(numbers[::2], numbers[1::2], strict=True)])
    return tuple(rings)


def rings_text(rings: Iterable[Iterable[tuple[int, int]]]) -> str:
    """Write rings of (longitude, latitude) in thousandths of a degree."""
    return ";".join(" ".join(f"{x} {y}" for x, y in ring) for ring in rings)


def box_of(outlines: Iterable[Outline]) -> Box:
    """Give the box around outlines. Raises ValueError when there are none."""
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def neighbours(outlines: Iterable[Outline]) -> set[tuple[str, str]]:
    """Give the pairs of municipalities that share a stretch of border, each pair once, in order."""
    owners: dict[frozenset[Point], str] = {}
    pairs = set()
    for outline in outlines:
        for ring in outline.rings:
            for edge in map(frozenset, zip(ring, [*ring[1:], ring[0]], strict=True)):
                other = owners.setdefault(edge, outline.nis)
                if other != outline.nis:
                    pairs.add((min(other, outline.nis), max(other, outline.nis)))
    return pairs
