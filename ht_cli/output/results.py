"""Writes a list of resources in whichever format was chosen."""

from collections.abc import Sequence

from ht_cli.errors import UsageError
from ht_cli.exchange.formats import MACHINE_FORMATS, lines
from ht_cli.exchange.objects import KNOWN_COLUMNS, hit_object, resource_object
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit
from ht_cli.output.terminal import ENDINGS, NARROW, ONE_LINE, chosen_format, room, width, write
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
else:
    from os import PathLike as Path  # in its stead while nothing checks: pathlib is loaded by what makes a path

INFINITE = float("inf")
MOST = 10  # results, where no limit is given
MOST_IN_A_WINDOW = 50


class Layout(NamedTuple):
    """Where and how results go: the format, the fields asked for (none = all), the file (none = stdout)."""

    format: str
    fields: tuple[str, ...] = ()
    output: Path | None = None

    @property
    def for_machines(self) -> bool:
        """Whether stdout must hold data alone."""
        return self.format in MACHINE_FORMATS


def chosen_layout(
    form: str | None,
    as_json: bool,
    as_csv: bool,
    fields: str | None,
    output: Path | None,
    pictures: Sequence[str] = (),
    *,
    narrow: str = "records",
) -> Layout:
    """Settle the output options; `pictures` are the endings of files that the command draws, as it would a table.

    `narrow` is the format for a narrow or a dumb terminal, where none is asked for.

    Raises UsageError for unknown fields, two formats at once, and a file whose ending means none.
    """
    asked = [name for name in (form, "json" if as_json else None, "csv" if as_csv else None) if name]
    if len(set(asked)) > 1:
        raise UsageError(_("choose one format: {formats}").format(formats=", ".join(asked)))
    names = tuple(name.strip() for name in (fields or "").split(",") if name.strip())
    for name in names:
        if name not in KNOWN_COLUMNS:
            raise UsageError(_("no field {name}; there are: {fields}").format(name=name, fields=", ".join(KNOWN_COLUMNS)))
    layout = Layout(chosen_format(asked[0] if asked else None, output, ENDINGS | dict.fromkeys(pictures, "table"), narrow), names, output)
    if names and not layout.for_machines:
        return Layout("tsv", names, output)
    return layout


def most_wanted(layout: Layout) -> int:
    """Give how many results to look for where no limit is given: ten, and for a table on a terminal those that the window may hold."""
    if layout.format != "table" or layout.output or room() == INFINITE:
        return MOST
    of_each = 1 if width() >= ONE_LINE else 2 if width() >= NARROW else 3  # lines that a result takes at least
    return max(MOST, min(int(room()) // of_each, MOST_IN_A_WINDOW))


def write_hits(
    hits: Sequence[Hit],
    layout: Layout,
    words: Words,
    *,
    searched: bool = True,
    apart: bool = False,
    ages: Sequence[str] = (),
    lines_left: float = INFINITE,
    more: bool = False,
) -> int:
    """Write results, and give how many: a table holds no more than `lines_left`, with one left where there are `more` results.

    `searched` adds score, reasons and distance to the machine formats, `apart` a heading over unknown hours; `ages` are the audiences of an age that was asked.
    """
    hits = [_as_told(hit) for hit in hits]
    if layout.for_machines:
        objects = [hit_object(hit) if searched else resource_object(hit.resource) for hit in hits]
        write(lines(objects, layout.format, layout.fields, languages()), layout.output)
    elif layout.format == "records":
        from ht_cli.output.records import hit_records

        write(hit_records(hits, words, apart=apart), layout.output)
    else:
        from ht_cli.output.table import hit_table

        table, count = hit_table(hits, words, apart=apart, ages=ages, room=lines_left, more=more)
        write([table], layout.output, drawn=not layout.output)
        return count
    return len(hits)


def _as_told(hit: Hit) -> Hit:
    found = hit.resource
    if not (found.checked_on or found.changed_on or found.closed_on or found.fact_checks):
        return hit
    from ht_cli.output.told import told_hit  # most often nobody has said a day

    return told_hit(hit)
