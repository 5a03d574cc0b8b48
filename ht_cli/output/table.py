"""Rich tables, for a terminal wide enough; loads Rich, and only when asked to draw."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ht_cli.hours_wording import hours_said, ways_text
from ht_cli.locale import translate as _
from ht_cli.model import Hit
from ht_cli.output.terminal import takes_escapes, width
from ht_cli.wording import Words, clean, freshness, marked, ways_to_reach

WIDE = 100  # columns from which hours and freshness get a column of their own


def hit_table(hits: Sequence[Hit], words: Words, *, apart: bool = False) -> str:
    """Draw results: what it is, how to reach it, why it is here, how fresh that is; `apart` has unknown hours in a table of their own."""
    if not apart:
        return _table(hits, words)
    parts: tuple[list[Hit], list[Hit]] = ([], [])
    for hit in hits:
        parts[hit.openings is not None and hit.openings.best.state == "unknown"].append(hit)
    drawn = [_table(part, words) if part else "" for part in parts]
    return drawn[0] + (_("Hours unknown, ask first:") + "\n" + drawn[1] if drawn[1] else "")


def _table(hits: Sequence[Hit], words: Words) -> str:
    wide = width() >= WIDE
    headers = [_("Name"), _("Contact"), _("Why"), *([_("Freshness")] if wide else [])]
    rows = []
    for hit in hits:
        resource = hit.resource
        name = Text.assemble((clean(resource.name), "bold"), f"\n{words.term('kinds', resource.kind)}\n", (resource.id, "dim"))
        hours = ways_text(resource, hit.openings) if hit.openings else [marked(*hours_said(resource.hours, resource.hours_osm))]
        reach = Text(clean("\n".join([*ways_to_reach(resource), *hours]).strip()))
        fresh = freshness(resource)
        why = words.reasons(hit)
        rows.append([name, reach, Text(why if wide else f"{why}\n{fresh}"), *([Text(fresh, style="dim")] if wide else [])])
    return draw(headers, rows)


def draw(headers: Sequence[str], rows: Sequence[Sequence[Text | str]]) -> str:
    """Draw a table as wide as the window; without colour and escapes under NO_COLOR or off a terminal."""
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, expand=False, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold", ratio=None)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row))
    console = Console(
        width=width(),
        color_system="standard" if takes_escapes() else None,
        no_color=not takes_escapes(),
        force_terminal=takes_escapes(),
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(table)
    return capture.get()
