"""A map before it is drawn: what each municipality is filled with, the legend, the points. Pure, without words."""

from collections.abc import Sequence
from dataclasses import dataclass

from ht_cli.places.atlas import Atlas, Reach, network_of, uncertain
from ht_cli.places.marks import PALETTE, SHADES, Mark
from ht_cli.places.outlines import Box, Point
from ht_cli.shapes import NamedTuple

STEPS = (0, 1, 2, 4, 8)  # the least count of each shade
TEXTURES = "·░▒▓█"  # the same without colour


class Fill(NamedTuple):
    """How a municipality is filled: a colour, what tells it without colour, hatched where it is not sure."""

    colour: str
    letter: str
    hatched: bool = False


@dataclass(frozen=True)
class LegendEntry:
    """A line of the legend: a fill, what it means, how many municipalities have it, how many of those are not sure."""

    fill: Fill
    text: str
    count: int
    unsure: int = 0


@dataclass(frozen=True)
class Spot:
    """Something at a point: one character on the map and what it is; or, without a sign, so many of something."""

    point: Point
    sign: str = ""
    text: str = ""
    count: int = 0


class Scene(NamedTuple):
    """Everything a map shows; `fills` go with the municipalities of the atlas, one for one.

    `box` is the stretch that is drawn, `inset` a stretch drawn larger in a corner; `names` are written where there is
    room, the first ones first.
    """

    title: str
    atlas: Atlas
    fills: Sequence[Fill]
    box: Box
    entries: Sequence[LegendEntry] = ()
    notes: Sequence[str] = ()
    spots: Sequence[Spot] = ()
    names: Sequence[Spot] = ()
    inset: Box | None = None
    inset_title: str = ""


def network_fills(atlas: Atlas, layer: str) -> list[Fill]:
    """Fill each municipality with the mark of its network."""
    marks = {network: network_fill(mark) for network, mark in atlas.marks.items()}
    return [marks[network_of(home, layer)]._replace(hatched=uncertain(home, layer)) for home in atlas.municipalities]


def network_fill(mark: Mark) -> Fill:
    """Give the fill of a network."""
    return Fill(PALETTE[mark.colour], mark.letter)


def count_fills(reaches: Sequence[Reach]) -> list[Fill]:
    """Fill each municipality with the shade of how many resources serve it or its province."""
    return [shade_fill(step_of(reach.near)) for reach in reaches]


def shade_fill(step: int) -> Fill:
    """Give the fill of a step of STEPS."""
    return Fill(SHADES[step], TEXTURES[step])


def step_of(count: int) -> int:
    """Give the step of STEPS that a count has reached."""
    return max(step for step, least in enumerate(STEPS) if count >= least)


def step_text(step: int) -> str:
    """Say the counts of a step: 0, 1, 2–3, 4–7, 8+."""
    if step + 1 == len(STEPS):
        return f"{STEPS[step]}+"
    last = STEPS[step + 1] - 1
    return str(STEPS[step]) if STEPS[step] == last else f"{STEPS[step]}–{last}"
