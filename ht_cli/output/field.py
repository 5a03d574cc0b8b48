"""The land of a map as characters: two pixels in each, in colour; a letter for each, without."""

from collections.abc import Sequence

from ht_cli.output.colours import Glyph, darker
from ht_cli.places.marks import ink_on
from ht_cli.places.raster import NOBODY, Grid, middles
from ht_cli.places.scene import Fill

EDGE, HATCH = 0.28, 0.5  # how much darker: the border of a municipality, every other pixel where it is not sure
Cells = list[list[Glyph]]


def coloured(grid: Grid, fills: Sequence[Fill], *, edges: bool) -> Cells:
    """Give half blocks: the upper pixel in ink, the lower one as ground; `edges` darkens where municipalities meet."""
    colours = [[_pixel(grid, fills, column, row, edges) for column in range(len(grid[row]))] for row in range(len(grid))]
    return [[_half_block(top, bottom) for top, bottom in zip(*colours[row : row + 2], strict=True)] for row in range(0, len(grid), 2)]


def _pixel(grid: Grid, fills: Sequence[Fill], column: int, row: int, edges: bool) -> str:
    owner = grid[row][column]
    if owner == NOBODY:
        return ""
    fill = fills[owner]
    if fill.hatched and (column + row) % 2:
        return darker(fill.colour, HATCH)
    if edges and _meets(grid, owner, column, row):
        return darker(fill.colour, EDGE)
    return fill.colour


def _meets(grid: Grid, owner: int, column: int, row: int) -> bool:
    right = grid[row][column + 1] if column + 1 < len(grid[row]) else owner
    below = grid[row + 1][column] if row + 1 < len(grid) else owner
    return right not in (owner, NOBODY) or below not in (owner, NOBODY)


def _half_block(top: str, bottom: str) -> Glyph:
    if top == bottom:
        return Glyph(" ", "", top)
    if not top:
        return Glyph("▄", bottom, "")
    return Glyph("▀", top, bottom)


def lettered(grid: Grid, fills: Sequence[Fill]) -> Cells:
    """Give a letter for each character with land in it, small where it is not sure."""
    return [[Glyph(_letter(fills, *pair)) for pair in zip(*grid[row : row + 2], strict=True)] for row in range(0, len(grid), 2)]


def _letter(fills: Sequence[Fill], top: int, bottom: int) -> str:
    owner = bottom if top == NOBODY else top
    if owner == NOBODY:
        return " "
    return fills[owner].letter.lower() if fills[owner].hatched else fills[owner].letter


def write_on(cells: Cells, column: int, row: int, text: str, ground: str = "") -> None:
    """Write a text into the cells, on one ground where it is given, else on the land; in ink that reads there."""
    for offset, character in enumerate(text):
        cell = cells[row][column + offset]
        under = ground or cell.ground or cell.ink
        cells[row][column + offset] = Glyph(character, ink_on(under) if under else "", under)


def middle_letters(grid: Grid, fills: Sequence[Fill]) -> list[tuple[int, int, str]]:
    """Give column, row and letter of the innermost character of each stretch of one network."""
    letters = [[_letter(fills, *pair).upper() for pair in zip(*grid[row : row + 2], strict=True)] for row in range(0, len(grid), 2)]
    return [(column, row, letter) for column, row, letter in middles(letters) if letter.isalpha()]
