"""Shows charts: bars in a window, lines of "Label: value" for a screen reader, rows for machines, or an SVG picture."""

import sys
from collections.abc import Iterator, Sequence

from ht_cli.exchange.charts import Bar, Chart, pieces
from ht_cli.locale import translate as _
from ht_cli.output.listing import write_listing
from ht_cli.output.records import labelled
from ht_cli.output.results import Layout
from ht_cli.output.terminal import takes_escapes, width, wrapped, write

EIGHTHS = " ▏▎▍▌▋▊▉"
WIDEST = 120  # columns: a longer bar tells nothing more


def write_charts(charts: Sequence[Chart], credit: str, layout: Layout, *, as_picture: bool) -> None:
    """Write charts in the format chosen, as a picture where one is wanted; `credit` says whose figures they are."""
    if as_picture:
        write(pieces(charts, _("What the catalogue holds, and what it lacks"), credit), layout.output)
    elif layout.for_machines:
        rows = [(c.id, b.id, b.label, b.value, "; ".join(identifier for identifier, _name in b.lacking)) for c in charts for b in c.bars]
        write_listing(("chart", "id", "label", "value", "lacking"), rows, layout)
    elif layout.format == "records":
        write((line for chart in charts for line in _record(chart)), layout.output)
    else:
        bold = takes_escapes() and not layout.output
        write((line for chart in charts for line in _drawn(chart, min(width(), WIDEST), bold=bold)), layout.output, drawn=bold)


def _record(chart: Chart) -> Iterator[str]:
    yield f"{chart.title}\n"
    yield from labelled(_("What is counted"), chart.definition)
    for bar in chart.bars:
        lacking = _("; ").join(name for _identifier, name in bar.lacking)
        yield from labelled(bar.label, f"{bar.value} ({lacking})" if lacking else str(bar.value))
    yield "\n"


def _drawn(chart: Chart, columns: int, *, bold: bool) -> Iterator[str]:
    yield f"\x1b[1m{chart.title}\x1b[22m\n" if bold else f"{chart.title}\n"
    yield from _set_in(chart.definition, columns, "")
    labels = min(max((len(bar.label) for bar in chart.bars), default=0), columns * 2 // 5)
    values = len(str(chart.highest))
    for bar in chart.bars:
        yield from _bar(bar, chart.highest, labels, values, columns)
        yield from _set_in(_("; ").join(name for _identifier, name in bar.lacking), columns, "    ")
    yield "\n"


def _bar(bar: Bar, highest: int, labels: int, values: int, columns: int) -> Iterator[str]:
    """Give the lines of one bar: its label, wrapped where it is long, its count, and on the last line its length."""
    *above, last = wrapped(bar.label, labels) or [""]
    yield from (f"{line}\n" for line in above)
    room = columns - labels - values - 3
    yield f"{last.ljust(labels)} {str(bar.value).rjust(values)}  {_length(bar.value * room / highest)}".rstrip() + "\n"


def _length(cells: float) -> str:
    """Draw so many cells, to the eighth; what is not nothing is never drawn as nothing."""
    if not (sys.stdout.encoding or "utf-8").lower().startswith("utf"):
        return "#" * round(cells)
    whole, part = divmod(max(round(cells * 8), 1 if cells else 0), 8)
    return "█" * whole + EIGHTHS[part].strip()


def _set_in(text: str, columns: int, margin: str) -> Iterator[str]:
    yield from (f"{line}\n" for line in wrapped(text, columns, first=margin, then=margin))
