"""Resources as CSV or TSV that `ht import` reads back without loss; how a value stands in one cell is in `cells`.

CSV is RFC 4180 with `\\n`; the cells of a TSV are quoted as in CSV, so that a line break in a text survives.
For Excel: a byte order mark, semicolons, everything quoted, and cells that a spreadsheet would run or turn into
a number begin with an apostrophe, which `ht import` takes off again.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from ht_cli.exchange.cells import LOSSLESS, NUMBERS, YES_OR_NO, guarded, lossless_cell, marked
from ht_cli.exchange.objects import by_language, resource_object, row_of
from ht_cli.exchange.reference import Reference
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


def column_values(found: dict[str, Any], columns: Iterable[str], language: str) -> list[str]:
    """Write the object of a resource as cells: lossless where the column comes back, as `ht find` writes it where it is derived."""
    values = found | by_language(found)
    derived = [name for name in columns if name not in _COMING_BACK]
    if derived:
        values |= zip(derived, row_of(found, derived, list(dict.fromkeys((language, *LANGUAGES)))), strict=True)
    cells = []
    for name in columns:
        value = values.get(name)
        # Most are texts or unknown, and a call for each would take half the time of the whole.
        cells.append("" if value is None else value if value.__class__ is str else lossless_cell(name, value))
    return cells


_COMING_BACK = frozenset(LOSSLESS)
_NO_TEXT = frozenset((*NUMBERS, *YES_OR_NO))


def _lines(resources: Iterable[Resource], reference: Reference, *, for_spreadsheet: bool = False, **dialect: Any) -> Iterator[str]:
    columns = list(reference.fields) or list(LOSSLESS)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", **dialect)
    writer.writerow(columns)
    for resource in resources:
        cells = column_values(resource_object(resource), columns, reference.language)
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
