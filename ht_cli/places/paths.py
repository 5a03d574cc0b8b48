"""Outlines → the paths of a picture, in its own units: the land, the borders, where the letters stand."""

from collections.abc import Iterable, Iterator, Sequence

from ht_cli.places.outlines import Box, Outline, Point
from ht_cli.places.raster import NOBODY, middles, rasterise
from ht_cli.places.scene import Fill
from ht_cli.shapes import NamedTuple

LETTER_COLUMNS = 110  # of the grid on which the innermost place of a network is looked for


class Canvas(NamedTuple):
    """A stretch of the flat map laid on a picture: so many units wide, its upper left corner at 0, 0."""

    box: Box
    width: float

    @property
    def scale(self) -> float:
        """Units for each km."""
        return self.width / self.box.width

    @property
    def height(self) -> float:
        """Its height in units."""
        return self.box.height * self.scale

    def at(self, point: Point) -> Point:
        """Give where a point in km stands on the picture."""
        return (point[0] - self.box.west) * self.scale, (self.box.north - point[1]) * self.scale

    def meets(self, outline: Outline) -> bool:
        """Say whether a part of an outline is in sight."""
        xs, ys = zip(*(point for ring in outline.rings for point in ring), strict=True)
        west, south, east, north = self.box
        return bool(min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south)


def path_of(outline: Outline, frame: Canvas) -> str:
    """Write an outline as the data of an SVG path."""
    return "".join("M" + "L".join(_corner(point, frame) for point in ring) + "Z" for ring in outline.rings)


def _corner(point: Point, frame: Canvas) -> str:
    x, y = frame.at(point)
    return f"{x:.1f} {y:.1f}"


def borders(outlines: Sequence[Outline], groups: Sequence[object], frame: Canvas) -> str:
    """Write, as the data of an SVG path, the stretches of border between municipalities of different groups, and round the country."""
    return "".join("M" + "L".join(_corner(point, frame) for point in line) for line in _joined(_edges(outlines, groups)))


def _edges(outlines: Sequence[Outline], groups: Sequence[object]) -> list[tuple[Point, Point]]:
    owners: dict[frozenset[Point], tuple[tuple[Point, Point], object]] = {}
    for outline, group in zip(outlines, groups, strict=True):
        for ring in outline.rings:
            for edge in zip(ring, [*ring[1:], ring[0]], strict=True):
                both = frozenset(edge)
                if both in owners and owners[both][1] == group:
                    del owners[both]
                elif both not in owners:
                    owners[both] = (edge, group)
    return [edge for edge, _group in owners.values()]


def _joined(edges: Iterable[tuple[Point, Point]]) -> Iterator[list[Point]]:
    """Join edges that follow one another into lines."""
    line: list[Point] = []
    for start, end in edges:
        if line and line[-1] == start:
            line.append(end)
        else:
            if line:
                yield line
            line = [start, end]
    if line:
        yield line


def letter_places(outlines: Sequence[Outline], fills: Sequence[Fill], frame: Canvas) -> list[tuple[Point, Fill]]:
    """Give where on the picture the letter of each network stands, and the fill under it."""
    rows = max(1, round(LETTER_COLUMNS * frame.height / frame.width))
    grid = rasterise(outlines, frame.box, LETTER_COLUMNS, rows)
    letters = [[fills[owner].letter if owner != NOBODY and fills[owner].letter.isalpha() else " " for owner in line] for line in grid]
    unit = frame.width / LETTER_COLUMNS
    places = middles(letters, least=12)
    return [(((column + 0.5) * unit, (row + 0.5) * unit), fills[grid[row][column]]) for column, row, _letter in places]
