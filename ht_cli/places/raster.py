"""Outlines → a grid of pixels, each holding whose land its middle is."""

from collections.abc import Sequence
from math import ceil

from ht_cli.places.outlines import Box, Outline, Point, Ring

NOBODY = -1
Grid = list[list[int]]  # rows from north to south; the number of an outline, or NOBODY


def rasterise(outlines: Sequence[Outline], box: Box, columns: int, rows: int) -> Grid:
    """Give the grid of a box: for each pixel the number of the outline that holds its middle."""
    grid = [[NOBODY] * columns for _ in range(rows)]
    east, south = columns / box.width, rows / box.height
    for number, outline in enumerate(outlines):
        crossings: dict[int, list[float]] = {}
        for ring in outline.rings:
            pixels = [((x - box.west) * east - 0.5, (box.north - y) * south - 0.5) for x, y in ring]
            _cross(pixels, rows, crossings)
        for row, found in crossings.items():
            found.sort()
            line = grid[row]
            for enter, leave in zip(found[::2], found[1::2], strict=True):
                first, after = max(ceil(enter), 0), min(ceil(leave), columns)
                if first < after:
                    line[first:after] = [number] * (after - first)
    return grid


def _cross(pixels: Ring, rows: int, crossings: dict[int, list[float]]) -> None:
    """Note where the edges of a ring cross the middle of each row."""
    x0, y0 = pixels[-1]
    from_row = ceil(y0)
    for x1, y1 in pixels:
        to_row = ceil(y1)
        if from_row != to_row:  # most edges are shorter than a row is high
            for row in range(max(min(from_row, to_row), 0), min(max(from_row, to_row), rows)):
                crossings.setdefault(row, []).append(x0 + (row - y0) * (x1 - x0) / (y1 - y0))
        x0, y0, from_row = x1, y1, to_row


def pixel_of(point: Point, box: Box, columns: int, rows: int) -> tuple[int, int] | None:
    """Give the column and row of the pixel that holds a point in km; None outside the box."""
    if not box.holds(point):
        return None
    column = int((point[0] - box.west) * columns / box.width)
    row = int((box.north - point[1]) * rows / box.height)
    return min(column, columns - 1), min(row, rows - 1)


def middles(letters: Sequence[Sequence[str]], least: int = 5) -> list[tuple[int, int, str]]:
    """Give column, row and letter of the innermost place of each stretch of one letter; blank and small stretches are left out."""
    seen: set[tuple[int, int]] = set()
    found = []
    for row, line in enumerate(letters):
        for column, letter in enumerate(line):
            if letter.strip() and (column, row) not in seen:
                stretch = _stretch(letters, column, row)
                seen |= stretch
                if len(stretch) >= least:
                    found.append((*_innermost(stretch), letter))
    return found


def _stretch(letters: Sequence[Sequence[str]], column: int, row: int) -> set[tuple[int, int]]:
    letter, found, edge = letters[row][column], {(column, row)}, [(column, row)]
    while edge:
        x, y = edge.pop()
        for u, v in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)):
            if (u, v) not in found and 0 <= v < len(letters) and 0 <= u < len(letters[v]) and letters[v][u] == letter:
                found.add((u, v))
                edge.append((u, v))
    return found


def _innermost(stretch: set[tuple[int, int]]) -> tuple[int, int]:
    """Peel the stretch; of what is left last, give what is nearest to its middle."""
    left = stretch
    while True:
        inner = {(x, y) for x, y in left if {(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)} <= left}
        if not inner:
            break
        left = inner
    x, y = (sum(axis) / len(left) for axis in zip(*left, strict=True))
    return min(left, key=lambda at: (abs(at[0] - x) + 2 * abs(at[1] - y), at))
