"""A map as one SVG file, and as PNG: land, legend and notes; dark where the reader's system is. Loads nothing from outside."""

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from ht_cli.errors import UsageError, installing
from ht_cli.exchange.credits import attribution
from ht_cli.exchange.typography import held
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.places.marks import ink_on
from ht_cli.places.outlines import Box, Point
from ht_cli.places.paths import Canvas, borders, letter_places, path_of
from ht_cli.places.scene import Fill, LegendEntry, Scene, Spot

WIDTH, MARGIN, LAND = 1200.0, 24.0, 800.0
LINE, LETTERS = 24.0, 130  # from one line of text to the next; characters in a line
INSET = 0.27  # of the width of the land
STEEPEST = 1.15  # width of the land, as so many times its height
PNG_WIDTH = 1800  # pixels
STYLE = (
    "text{font-family:system-ui,'DejaVu Sans',sans-serif;font-size:16px}.line{fill:none;stroke-linejoin:round;stroke-linecap:round}"
    ".halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round;font-size:13px}"
    "@media (prefers-color-scheme:dark){.paper{fill:#111}.ink{fill:#eee}.line{stroke:#eee}.halo{stroke:#111}}"
)
HATCH = (
    '<pattern id="unsure" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="2.4" height="6" fill="#000" fill-opacity=".6"/></pattern>'
)


def svg_pieces(scene: Scene) -> Iterator[str]:
    """Give the text of the picture, piece by piece."""
    frame = Canvas(scene.box.shaped(max(STEEPEST, scene.box.width / scene.box.height)), LAND)
    said = [f"{spot.sign}  {spot.text}" for spot in scene.spots if spot.text] + [*scene.notes, attribution(linked=False)]
    texts = [line for text in said for line in textwrap.wrap(held(text), LETTERS)]
    top = MARGIN + 2 * LINE
    below = top + max(frame.height, len(scene.entries) * LINE) + LINE
    height = below + len(texts) * LINE + MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{languages()[0]}" viewBox="0 0 {WIDTH:.0f} {height:.0f}"'
    yield f' width="{WIDTH:.0f}" height="{height:.0f}" role="img" aria-labelledby="title">\n<title id="title">{escape(scene.title)}</title>\n'
    yield f'<style>{STYLE}</style>\n<defs>{HATCH}</defs>\n<rect class="paper" width="100%" height="100%" fill="#fff"/>\n'
    yield _text(MARGIN, MARGIN + LINE, scene.title, size=20)
    yield f'<svg x="{MARGIN}" y="{top}" width="{frame.width:.1f}" height="{frame.height:.1f}">\n'
    yield from _land(scene, frame)
    if scene.inset:
        yield from _inset(scene, scene.inset, frame)
    yield "</svg>\n"
    yield from _legend(scene.entries, MARGIN + LAND + 24, top)
    for number, line in enumerate(texts):
        yield _text(MARGIN, below + number * LINE + 0.8 * LINE, line)
    yield "</svg>\n"


def _land(scene: Scene, frame: Canvas) -> Iterator[str]:
    shown = [number for number, outline in enumerate(scene.atlas.outlines) if frame.meets(outline)]
    outlines = [scene.atlas.outlines[number] for number in shown]
    fills = [scene.fills[number] for number in shown]
    for number, outline, fill in zip(shown, outlines, fills, strict=True):
        path, home = path_of(outline, frame), scene.atlas.municipalities[number]
        yield f'<path d="{path}" fill="{fill.colour}" stroke="{fill.colour}" stroke-width="0.6">'
        yield f"<title>{escape(home.names[languages()[0]])}</title></path>\n"
        if fill.hatched:
            yield f'<path d="{path}" fill="url(#unsure)"/>\n'
    every = borders(outlines, range(len(outlines)), frame)
    yield f'<path d="{every}" fill="none" stroke="#fff" stroke-opacity="0.55" stroke-width="0.6"/>\n'
    groups = borders(outlines, [fill._replace(hatched=False) for fill in fills], frame)
    yield f'<path class="line" d="{groups}" fill="none" stroke="#1b1b1b" stroke-width="1.6"/>\n'
    letters = letter_places(outlines, fills, frame)
    yield from (_letter(*place, fill) for place, fill in letters)
    yield from _spots(scene.spots, frame)
    taken = [_room(place, 9) for place, _fill in letters] + [_room(frame.at(spot.point), 9) for spot in scene.spots]
    yield from _names(scene.names, frame, taken)


def _letter(x: float, y: float, fill: Fill) -> str:
    ink = ink_on(fill.colour)
    return f'<text x="{x:.1f}" y="{y + 6:.1f}" text-anchor="middle" font-weight="bold" fill="{ink}">{fill.letter}</text>\n'


def _spots(spots: Sequence[Spot], frame: Canvas) -> Iterator[str]:
    """Draw counts as discs that grow with them, and signs as marks of one size, side by side where they stand on one point."""
    taken: dict[tuple[int, int], int] = {}
    for spot in spots:
        x, y = frame.at(spot.point)
        beside = taken.get((round(x), round(y)), 0)
        taken[round(x), round(y)] = beside + 1
        radius = 4 + spot.count**0.5 if spot.count else 9
        sign = spot.sign or str(spot.count)
        x += 0 if spot.count else beside * 19
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#000" stroke="#fff" stroke-width="1.2"/>'
        if spot.sign or spot.count > 1:
            yield f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" fill="#fff" font-size="11" style="font-size:11px">{escape(sign)}</text>'
        yield "\n"


def _room(place: Point, half: float) -> Box:
    return Box(place[0] - half, place[1] - 9, place[0] + half, place[1] + 9)


def _names(names: Sequence[Spot], frame: Canvas, taken: list[Box]) -> Iterator[str]:
    """Write names over their points, the first ones first, where nothing else is in the way."""
    for name in names:
        x, y = frame.at(name.point)
        room = _room((x, y), 4.2 * len(name.text))  # half the width of so many letters of 13 units
        clear = all(room.east < b.west or room.west > b.east or room.north < b.south or room.south > b.north for b in taken)
        if clear and room.west >= 0 and room.east <= frame.width and 9 < y < frame.height - 9:
            taken.append(room)
            yield f'<text class="ink halo" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" fill="#1b1b1b" stroke="#fff">{escape(name.text)}</text>\n'


def _inset(scene: Scene, inset: Box, frame: Canvas) -> Iterator[str]:
    small = Canvas(inset, frame.width * INSET)
    top = frame.height - small.height
    yield _text(0, top - 8, scene.inset_title)
    yield f'<svg x="0" y="{top:.1f}" width="{small.width:.1f}" height="{small.height:.1f}">\n'
    yield from _land(scene, small)
    yield f'<rect class="line" width="{small.width:.1f}" height="{small.height:.1f}" fill="none" stroke="#1b1b1b" stroke-width="2"/>\n</svg>\n'


def _legend(entries: Sequence[LegendEntry], left: float, top: float) -> Iterator[str]:
    for number, entry in enumerate(entries):
        y = top + number * LINE
        yield f'<rect x="{left}" y="{y}" width="26" height="{LINE - 3}" fill="{entry.fill.colour}" stroke="#777"/>'
        if entry.fill.letter.isalpha():
            yield _letter(left + 13, y + 10, entry.fill)
        count = f"{entry.count} ({entry.unsure}?)" if entry.unsure else str(entry.count)
        yield _text(left + 34, y + 16, textwrap.shorten(entry.text, 32, placeholder="…"))
        yield _text(WIDTH - MARGIN, y + 16, count, anchor="end")


def _text(x: float, y: float, text: str, *, size: int = 16, anchor: str = "start") -> str:
    sized = f' style="font-size:{size}px"' if size != 16 else ""
    return f'<text class="ink" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#1b1b1b"{sized}>{escape(held(text))}</text>\n'


def png_bytes(scene: Scene) -> bytes:
    """Draw the picture as PNG, on white. Raises UsageError when the library for it is not installed."""
    try:
        import resvg_py  # an extra: a library of 5 MB that few want
    except ImportError as error:
        raise UsageError(
            _("PNG needs a library more: {command}; or write a .svg, which needs none").format(command=installing("png"))
        ) from error
    text = "".join(svg_pieces(scene))
    return bytes(resvg_py.svg_to_bytes(svg_string=text, width=PNG_WIDTH, sans_serif_family="DejaVu Sans"))
