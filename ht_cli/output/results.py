"""Writes a list of resources in whichever format was chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from ht_cli.errors import UsageError
from ht_cli.exchange.formats import MACHINE_FORMATS, lines
from ht_cli.exchange.objects import KNOWN_COLUMNS, hit_object, resource_object
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit
from ht_cli.output.terminal import ENDINGS, chosen_format, write
from ht_cli.wording import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
else:
    from os import PathLike as Path  # in its stead while nothing checks: pathlib is loaded by what makes a path

INFINITE = float("inf")


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
    form: str | None, as_json: bool, as_csv: bool, fields: str | None, output: Path | None, pictures: Sequence[str] = ()
) -> Layout:
    """Settle the output options; `pictures` are the endings of files that the command draws, as it would a table.

    Raises UsageError for unknown fields, two formats at once, and a file whose ending means none.
    """
    asked = [name for name in (form, "json" if as_json else None, "csv" if as_csv else None) if name]
    if len(set(asked)) > 1:
        raise UsageError(_("choose one format: {formats}").format(formats=", ".join(asked)))
    names = tuple(name.strip() for name in (fields or "").split(",") if name.strip())
    for name in names:
        if name not in KNOWN_COLUMNS:
            raise UsageError(_("no field {name}; there are: {fields}").format(name=name, fields=", ".join(KNOWN_COLUMNS)))
    layout = Layout(chosen_format(asked[0] if asked else None, output, ENDINGS | dict.fromkeys(pictures, "table")), names, output)
    if names and not layout.for_machines:
        return Layout("tsv", names, output)
    return layout


def write_hits(
    hits: Sequence[Hit],
    layout: Layout,
    words: Words,
    *,
    searched: bool = True,
    apart: bool = False,
    room: float = INFINITE,
    more: bool = False,
) -> int:
    """Write results, and give how many: a table holds no more than `room` lines, with one left where there are `more` results.

    `searched` adds score, reasons and distance to the machine formats, `apart` a heading over unknown hours.
    """
    if layout.for_machines:
        objects = [hit_object(hit) if searched else resource_object(hit.resource) for hit in hits]
        write(lines(objects, layout.format, layout.fields, languages()), layout.output)
    elif layout.format == "records":
        from ht_cli.output.records import hit_records

        write(hit_records(hits, words, apart=apart), layout.output)
    else:
        from ht_cli.output.table import hit_table

        table, count = hit_table(hits, words, apart=apart, room=room, more=more)
        write([table], layout.output, drawn=not layout.output)
        return count
    return len(hits)
