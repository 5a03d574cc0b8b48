"""The letter and the colour of each network: no two neighbours share a colour.

How the palette was chosen and is held for the colour-blind: docs/map.md, tests/places/test_marks.py.
"""

from collections.abc import Iterable, Mapping
from string import ascii_uppercase

from ht_cli.shapes import NamedTuple

# Each at least 3:1 on white and on #111; any two at least 16 apart (CIEDE2000) for every kind of colour vision.
PALETTE = ("#a54b00", "#1e96ff", "#1e7869", "#d26996", "#874ba5", "#96965a")
SHADES = ("#d6dbe0", "#9fc1dd", "#5b9ac6", "#2b6ca3", "#0c3c6e")  # counts, from none to most: told by lightness alone


class Mark(NamedTuple):
    """How a network is drawn: its letter, and its place in PALETTE."""

    network: str
    letter: str
    colour: int


def mark_networks(networks: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> list[Mark]:
    """Mark the networks of one layer, in the order of their ids.

    `networks` gives the network of each municipality, `pairs` the municipalities that touch. The networks with
    most neighbours choose first, and take the colour least used so far. Raises ValueError when the palette is too small.
    """
    touching: dict[str, set[str]] = {network: set() for network in sorted(set(networks.values()))}
    for one, other in pairs:
        if networks[one] != networks[other]:
            touching[networks[one]].add(networks[other])
            touching[networks[other]].add(networks[one])
    chosen: dict[str, int] = {}
    for network in sorted(touching, key=lambda name: (-len(touching[name]), name)):
        taken = {chosen[other] for other in touching[network] if other in chosen}
        used = list(chosen.values())
        chosen[network] = min(
            (colour for colour in range(len(PALETTE)) if colour not in taken), key=lambda colour: (used.count(colour), colour)
        )
    return [Mark(network, letter, chosen[network]) for network, letter in zip(touching, ascii_uppercase, strict=False)]


def ink_on(colour: str) -> str:
    """Give black or white, whichever reads better on a colour (`#rrggbb`; at least 4.5:1 on any)."""
    return "#000000" if luminance(colour) > 0.179 else "#ffffff"


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, 0 to 1 (WCAG 2.2, sRGB)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
