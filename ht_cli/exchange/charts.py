"""Charts of bars, and the same as one SVG picture: no outside resources, light and dark, text that stays text."""

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from ht_cli.exchange.typography import held
from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple

WIDTH, EDGE = 760, 20
LABEL_ROOM, MOST_LABEL_ROOM, VALUE_ROOM = 230, 380, 50  # of labels: at least, and at most
ROW, LINE, HEAD = 20, 16, 26
LETTER, LABEL_LETTER = 7, 8  # px: the widest that letters of the small text, and of a label, are on average
# Contrast with the ground (WCAG 2): text 17.0 light, 15.0 dark; bars 5.4 light, 8.3 dark.
_STYLE = """
svg { background: #ffffff; color: #1c1c1c; font: 13px system-ui, sans-serif; }
text { fill: currentColor; } .title { font-size: 17px; font-weight: 600; } .small { font-size: 12px; }
.label, .value { dominant-baseline: central; } .label { text-anchor: end; } .bar { fill: #2f6f9f; }
@media (prefers-color-scheme: dark) { svg { background: #16181c; color: #ececec; } .bar { fill: #79b8e4; } }
@media print { svg { background: #ffffff; color: #000000; } .bar { fill: #2f6f9f; } }
"""


class Bar(NamedTuple):
    """One count, and where it counts what is lacking, the id and the name of each."""

    id: str
    label: str
    value: int
    lacking: tuple[tuple[str, str], ...] = ()


class Chart(NamedTuple):
    """Counts beside one another; `definition` says in a line what is counted."""

    id: str
    title: str
    definition: str
    bars: tuple[Bar, ...]

    @property
    def highest(self) -> int:
        """The greatest count, at least 1."""
        return max(1, *(bar.value for bar in self.bars))


def pieces(charts: Sequence[Chart], title: str, credit: str) -> Iterator[str]:
    """Give the text of the picture: a title, the charts below one another, and whose figures they are."""
    body: list[str] = []
    y, room = EDGE + HEAD, _label_room(charts)
    for chart in charts:
        y = _draw_chart(chart, y, room, body)
    y += LINE
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + EDGE}" viewBox="0 0 {WIDTH} {y + EDGE}" role="document">\n'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n"
    yield _text("title", EDGE, EDGE + 10, title)
    yield from body
    yield _text("small", EDGE, y, credit)
    yield "</svg>\n"


def _label_room(charts: Sequence[Chart]) -> int:
    """Give the width that the labels of all the charts take, so that none leaves the picture at its left edge."""
    longest = max((len(bar.label) for chart in charts for bar in chart.bars), default=0)
    return min(max(LABEL_ROOM, longest * LABEL_LETTER + 8), MOST_LABEL_ROOM)


def _draw_chart(chart: Chart, y: int, room: int, body: list[str]) -> int:
    """Add one chart from this height on, with so much room for labels; give the height where it ends."""
    y += HEAD
    body.append(_text("title", EDGE, y, chart.title))
    y = _draw_lines(chart.definition, EDGE, y + 4, body) + 10
    for bar in chart.bars:
        length = (WIDTH - 2 * EDGE - room - VALUE_ROOM) * bar.value / chart.highest
        start, middle = EDGE + room, y + ROW // 2
        body.append(_text("label", start - 8, middle, textwrap.shorten(bar.label, (room - 8) // LABEL_LETTER, placeholder="…")))
        body.append(f'<rect class="bar" x="{start}" y="{y + 3}" width="{length:.1f}" height="{ROW - 6}"/>\n')
        body.append(_text("value", round(start + length + 6), middle, str(bar.value)))
        y += ROW
        if bar.lacking:
            y = _draw_lines(_("; ").join(name for _identifier, name in bar.lacking), start, y, body) + 8
    return y + 10


def _draw_lines(text: str, x: int, y: int, body: list[str]) -> int:
    for line in textwrap.wrap(held(text), (WIDTH - EDGE - x) // LETTER, break_long_words=False, break_on_hyphens=False):
        y += LINE
        body.append(_text("small", x, y, line))
    return y


def _text(kind: str, x: int, y: int, said: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(held(said))}</text>\n'
