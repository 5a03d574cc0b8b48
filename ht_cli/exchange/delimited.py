"""Resources as CSV or TSV that `ht import` reads back without loss; how a value stands in one cell is in `cells`.

CSV is RFC 4180 with `\\n`; the cells of a TSV are quoted as in CSV, so that a line break in a text survives.
For Excel: a byte order mark, semicolons, everything quoted, and cells that a spreadsheet would run or turn into
a number begin with an apostrophe, which `ht import` takes off again.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ht_cli.exchange.cells import guarded, lossless_cell, marked
from ht_cli.exchange.columns import LOSSLESS, REVISION
from ht_cli.exchange.objects import by_language, resource_object, row_of
from ht_cli.exchange.reference import Reference
from ht_cli.fields import NUMBERS, YES_OR_NO
from ht_cli.model import LANGUAGES, Resource


def csv_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give CSV."""
    return _lines(resources, reference, delimiter=",")


def tsv_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give tab-separated values."""
    return _lines(resources, reference, delimiter="\t")


def excel_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give CSV that a spreadsheet opens without running, or changing, what is in it."""
    yield "\ufeff"
    yield from _lines(resources, reference, for_spreadsheet=True, delimiter=";", quoting=csv.QUOTE_ALL)


def sheet_columns(reference: Reference) -> list[str]:
    """Give the columns of a sheet: those asked for, else all that come back, and the mark of what each row was."""
    return list(reference.fields) or [*LOSSLESS, REVISION]


def column_values(resource: Resource, columns: Sequence[str], reference: Reference) -> list[str]:
    """Write a resource as cells: lossless where the column comes back, as `ht find` writes it where it is derived."""
    found = resource_object(resource)
    values = found | by_language(found)
    if REVISION in columns:
        values[REVISION] = reference.revision(resource)
    derived = [name for name in columns if name not in _COMING_BACK]
    if derived:
        values |= zip(derived, row_of(found, derived, list(dict.fromkeys((reference.language, *LANGUAGES)))), strict=True)
    cells = []
    for name in columns:
        value = values.get(name)
        # Most are texts or unknown, and a call for each would take half the time of the whole.
        cells.append("" if value is None else value if value.__class__ is str else lossless_cell(name, value))
    return cells


_COMING_BACK = frozenset((*LOSSLESS, REVISION))
_NO_TEXT = frozenset((*NUMBERS, *YES_OR_NO))


def _lines(resources: Iterable[Resource], reference: Reference, *, for_spreadsheet: bool = False, **dialect: Any) -> Iterator[str]:
    columns = sheet_columns(reference)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", **dialect)
    writer.writerow(columns)
    for resource in resources:
        cells = column_values(resource, columns, reference)
        if for_spreadsheet:
            cells = [cell if name in _NO_TEXT else guarded(cell) for name, cell in zip(columns, cells, strict=True)]
        else:
            cells = [marked(cell) if cell[:1] == "'" else cell for cell in cells]
        writer.writerow(cells)
        if buffer.tell() > 1 << 15:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
