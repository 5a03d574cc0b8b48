"""Colours on a terminal: how many it has, and the escapes that give them. Loads nothing."""

import os
import sys
from functools import lru_cache

from ht_cli.places.marks import PALETTE, SHADES
from ht_cli.shapes import NamedTuple

NONE, ANSI, INDEXED, TRUE = 0, 16, 256, 1 << 24
RESET, BOLD, DIM = "\x1b[0m", "\x1b[1m", "\x1b[2m"
_LEVELS = (0, 95, 135, 175, 215, 255)  # of the 6×6×6 cube of xterm-256color
# In sixteen colours a theme decides what they are; these stay apart in all that are common, and the letters tell the rest.
_ANSI = dict(zip((*PALETTE, *SHADES), (1, 4, 6, 13, 5, 3, 7, 14, 6, 12, 4), strict=True)) | {"#000000": 0, "#ffffff": 15}
_ANSI_DARK = 8
# The nearest colours of the cube are too near to one another for the colour-blind; these six are not.
_INDEXED = dict(zip(PALETTE, (94, 75, 59, 174, 92, 142), strict=True))


class Glyph(NamedTuple):
    """A character of the screen, its ink and its ground as `#rrggbb`; "" is the terminal's own."""

    character: str = " "
    ink: str = ""
    ground: str = ""


def colour_depth() -> int:
    """Give how many colours stdout has: none off a terminal, under NO_COLOR and on a dumb terminal."""
    term = os.environ.get("TERM", "").lower()
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or term in ("dumb", "unknown"):
        return NONE
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUE
    return {"256color": INDEXED, "kitty": INDEXED, "direct": TRUE}.get(term.rpartition("-")[2], ANSI)


def line_of(cells: list[Glyph], depth: int) -> str:
    """Write a row of cells, with an escape only where the colours change."""
    if depth == NONE:
        return "".join(cell.character for cell in cells).rstrip() + "\n"
    written, current = [], ("", "")
    while cells and cells[-1] == Glyph():
        cells = cells[:-1]
    for character, ink, ground in cells:
        if (ink, ground) != current:
            written.append(RESET + _escape(ink, depth, 30) + _escape(ground, depth, 40))
            current = ink, ground
        written.append(character)
    return "".join(written) + (RESET if current != ("", "") else "") + "\n"


@lru_cache(maxsize=256)
def _escape(colour: str, depth: int, base: int) -> str:
    if not colour:
        return ""
    if depth == ANSI:
        code = _ANSI.get(colour, _ANSI_DARK)
        return f"\x1b[{base + code}m" if code < 8 else f"\x1b[{base + 60 + code - 8}m"
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    if depth == TRUE:
        return f"\x1b[{base + 8};2;{red};{green};{blue}m"
    return f"\x1b[{base + 8};5;{indexed(colour)}m"


def indexed(colour: str) -> int:
    """Give the colour of the cube of xterm-256color, 16 to 231, that stands for this one: the nearest, but for the palette."""
    if colour in _INDEXED:
        return _INDEXED[colour]
    number = 16
    for start, weight in ((1, 36), (3, 6), (5, 1)):
        value = int(colour[start : start + 2], 16)
        number += weight * min(range(6), key=lambda level: abs(_LEVELS[level] - value))
    return number


@lru_cache(maxsize=64)
def darker(colour: str, share: float) -> str:
    """Give a colour with a share of its light taken away."""
    return "#" + "".join(f"{round(int(colour[start : start + 2], 16) * (1 - share)):02x}" for start in (1, 3, 5))
