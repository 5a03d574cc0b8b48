"""Draws a map on the terminal: the land, an inset, the points, the legend, as wide as the window allows."""

from collections.abc import Sequence
from itertools import zip_longest

from ht_cli.cleaning import clean
from ht_cli.output.colours import NONE, Glyph, colour_depth, line_of
from ht_cli.output.field import Cells, coloured, lettered, middle_letters, write_on
from ht_cli.output.terminal import prefers_records, width, wrapped
from ht_cli.places.outlines import Box
from ht_cli.places.raster import pixel_of, rasterise
from ht_cli.places.scene import Fill, LegendEntry, Scene, Spot

LEAST = 40  # columns under which letters and half blocks tell nothing
SIDE_BY_SIDE = 100  # columns from which the legend stands beside the land
LEGEND = 39  # columns of the legend
FLATTEST, STEEPEST = 2.6, 1.15  # width of the land, as so many times its height
ROOM_FOR_EDGES = 50  # pixels for each municipality in sight, from which borders between them are drawn
INSET = 0.27  # of the columns of the land


def draw(scene: Scene, *, plain: bool = False) -> str:
    """Draw a scene for the window of stdout, with as many colours as it has, or none where `plain`."""
    columns, depth = max(width(), LEAST), NONE if plain else colour_depth()
    beside = columns >= SIDE_BY_SIDE
    land = _land(scene, columns - LEGEND - 2 if beside else columns, depth)
    legend = [_legend_line(entry, depth) for entry in scene.entries]
    lines = _beside(land, legend) if beside else [*land, [], *_in_columns(legend, columns)]
    spots = [line for spot in scene.spots if spot.text for line in _spot_lines(spot, columns, depth)]
    if spots:
        lines += [[], *spots]
    notes = [line for note in scene.notes for line in _paragraph(note, columns)]
    return "".join(line_of(line, depth) for line in [*map(_words, _paragraph(scene.title, columns)), [], *lines, [], *map(_words, notes)])


def drawable() -> bool:
    """Say whether the window has room for a map, and the reader a use for one."""
    return not prefers_records(LEAST)


def _land(scene: Scene, columns: int, depth: int) -> Cells:
    box = scene.box.shaped(STEEPEST) if scene.box.width < STEEPEST * scene.box.height else scene.box
    box = box.shaped(FLATTEST) if box.width > FLATTEST * box.height else box
    cells = _drawn(scene, box, columns, depth)
    if scene.inset:
        _lay_inset(scene, scene.inset, cells, depth)
    return cells


def _drawn(scene: Scene, box: Box, columns: int, depth: int) -> Cells:
    """Draw a stretch in so many columns: land, signs, letters of the networks, names."""
    rows = round(columns * box.height / box.width / 2)
    grid = rasterise(scene.atlas.outlines, box, columns, 2 * rows)
    owners = len({owner for line in grid for owner in line})
    edges = 2 * rows * columns >= ROOM_FOR_EDGES * owners
    cells = coloured(grid, scene.fills, edges=edges) if depth else lettered(grid, scene.fills)
    taken = _write_spots(scene.spots, cells, box, depth)
    for column, row, letter in middle_letters(grid, scene.fills) if depth else ():
        if (column, row) not in taken:
            write_on(cells, column, row, letter)
            taken.add((column, row))
    _write_names(scene.names, cells, box, taken)
    return cells


def _write_spots(spots: Sequence[Spot], cells: Cells, box: Box, depth: int) -> set[tuple[int, int]]:
    """Write each sign where it is, what coincides as one; sum up counts. Give what is taken."""
    columns, rows = len(cells[0]), len(cells)
    signs: dict[tuple[int, int], list[str]] = {}
    counts: dict[tuple[int, int], int] = {}
    for spot in spots:
        at = pixel_of(spot.point, box, columns, rows)
        if at and spot.count:
            counts[at] = counts.get(at, 0) + spot.count
        elif at:
            signs.setdefault(at, []).append(spot.sign)
    written = {at: _sign_of(together) for at, together in signs.items()}
    written |= {at: str(count) if count < 10 else "+" for at, count in counts.items()}
    taken: set[tuple[int, int]] = set()
    for (column, row), sign in written.items():
        start = max(min(column, columns - len(sign)), 0)
        while start + len(sign) < columns and any((start + place, row) in taken for place in range(len(sign))):
            start += 1  # the nearest free characters to its right
        write_on(cells, start, row, sign, "#000000" if depth else "")
        taken |= {(start + place, row) for place in range(len(sign))}
    return taken


def _sign_of(signs: Sequence[str]) -> str:
    """Give one sign for those that coincide: "@1" where one stands beside whoever asks, of several how many they are, "@(8)"."""
    numbers = [sign for sign in signs if sign.isdigit()]
    here = "".join(sign for sign in signs if not sign.isdigit())
    return here + ("".join(numbers) if len(numbers) < 2 else f"({len(numbers)})")


def _write_names(names: Sequence[Spot], cells: Cells, box: Box, taken: set[tuple[int, int]]) -> None:
    """Write names over their points, the first ones first, where nothing else is in the way."""
    columns, rows = len(cells[0]), len(cells)
    for name in names:
        at = pixel_of(name.point, box, columns, rows)
        ground = cells[at[1]][at[0]].ground if at else ""
        text = clean(name.text) if ground else f" {clean(name.text)} "  # among letters a name needs air to be read
        start = at[0] - len(text) // 2 if at else -1
        span = {(column, at[1]) for column in range(start - 1, start + len(text) + 1)} if at else set()
        if at and start >= 0 and start + len(text) <= columns and not span & taken:
            taken |= span
            write_on(cells, start, at[1], text, ground)


def _lay_inset(scene: Scene, inset: Box, cells: Cells, depth: int) -> None:
    """Lay a stretch, drawn larger, in the empty corner at the bottom left; leave it out where there is no room."""
    for columns in range(round(len(cells[0]) * INSET), 9, -1):
        drawn = _drawn(scene, inset, columns, depth)
        corner = [line[: columns + 1] for line in cells[-len(drawn) - 2 :]]
        if len(cells) > len(drawn) + 2 and all(cell == Glyph() for line in corner for cell in line):
            for line, enlarged in zip(cells[-len(drawn) :], drawn, strict=True):
                line[:columns] = enlarged
            title = clean(scene.inset_title)[:columns]
            cells[-len(drawn) - 1][: len(title)] = _words(title)
            return


def _legend_line(entry: LegendEntry, depth: int) -> list[Glyph]:
    count = f"{entry.count} ({entry.unsure}?)" if entry.unsure else str(entry.count)
    room = LEGEND - 5 - len(count)
    text = clean(entry.text)
    text = text if len(text) <= room else text[: room - 1] + "…"
    return [*_swatch(entry.fill, depth), *_words(f" {text.ljust(room)} {count}")]


def _swatch(fill: Fill, depth: int) -> list[Glyph]:
    if depth == NONE:
        return _words(f"{fill.letter}  ")
    swatch = [[Glyph(" ", "", fill.colour) for _ in range(3)]]
    if fill.letter.isalpha():
        write_on(swatch, 1, 0, fill.letter)
    return swatch[0]


def _words(text: str) -> list[Glyph]:
    return [Glyph(character) for character in text]


def _spot_lines(spot: Spot, columns: int, depth: int) -> Cells:
    first, *others = _paragraph(spot.text, columns - 4)
    sign = Glyph(spot.sign, "#ffffff", "#000000") if depth else Glyph(spot.sign)
    return [[Glyph(), sign, Glyph(), *_words(first)], *([*_words("    "), *_words(line)] for line in others)]


def _paragraph(text: str, columns: int) -> list[str]:
    return wrapped(clean(text), min(columns, 100))


def _beside(land: Cells, legend: Cells) -> Cells:
    """Put the legend to the right of the land."""
    room = len(land[0])
    return [[*(left or [Glyph()] * room), Glyph(), Glyph(), *(right or [])] for left, right in zip_longest(land, legend)]


def _in_columns(legend: Cells, columns: int) -> Cells:
    """Put the legend under the land, in as many columns as there is room for."""
    count = max(1, (columns + 2) // (LEGEND + 2))
    length = -(-len(legend) // count)
    parts = [legend[start : start + length] for start in range(0, len(legend), max(length, 1))]
    lines = []
    for row in zip_longest(*parts, fillvalue=[]):
        line: list[Glyph] = []
        for part in row:
            line += [*part, *[Glyph()] * (LEGEND + 2 - len(part))]
        lines.append(line)
    return lines
