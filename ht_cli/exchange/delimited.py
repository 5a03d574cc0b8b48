"""Resources as CSV or TSV that `ht import` reads back without loss; how a value stands in one cell is in `cells`.

CSV is RFC 4180 with `\\n`; a TSV quotes nothing, so that a line of it is a row and what stands between tabs is a cell.
For Excel: a byte order mark, semicolons, everything quoted, and cells that a spreadsheet would run or turn into
a number begin with an apostrophe, which `ht import` takes off again.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ht_cli.exchange.cells import in_spreadsheet, lossless_cell, marked, tabbed
from ht_cli.exchange.columns import LOSSLESS, REVISION
from ht_cli.exchange.objects import by_language, resource_object, row_of
from ht_cli.exchange.reference import Reference
from ht_cli.fields import NUMBERS, YES_OR_NO
from ht_cli.model import LANGUAGES, Resource


def csv_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give CSV."""
    return table_lines(_rows(resources, reference), ",")


def tsv_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give tab-separated values."""
    return table_lines(_rows(resources, reference), "\t")


def excel_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give CSV that a spreadsheet opens without running, or changing, what is in it."""
    texts = [name not in _NO_TEXT for name in sheet_columns(reference)]
    guarded = (
        [in_spreadsheet(cell) if text else cell for text, cell in zip(texts, row, strict=True)] for row in _rows(resources, reference)
    )
    yield "\ufeff"
    yield from csv_lines(guarded, delimiter=";", quoting=csv.QUOTE_ALL)


def table_lines(rows: Iterable[Sequence[str]], mark: str) -> Iterator[str]:
    """Write cells with a mark between them, several rows at once: between tabs nothing is quoted, else it is CSV."""
    return ("\t".join(map(tabbed, row)) + "\n" for row in rows) if mark == "\t" else csv_lines(rows, delimiter=mark)


def csv_lines(rows: Iterable[Sequence[str]], **dialect: Any) -> Iterator[str]:
    """Write cells as CSV, several rows at once."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", **dialect)
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > 1 << 15:
            yield _taken(buffer)
    yield _taken(buffer)


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
    return [marked(cell) if cell[:1] in _MAY_BE_MARKED else cell for cell in cells]


_MAY_BE_MARKED = frozenset("'#E")  # the first characters of cells that `marked` may change
_COMING_BACK = frozenset((*LOSSLESS, REVISION))
_NO_TEXT = frozenset((*NUMBERS, *YES_OR_NO))


def _rows(resources: Iterable[Resource], reference: Reference) -> Iterator[list[str]]:
    columns = sheet_columns(reference)
    yield columns
    for resource in resources:
        yield column_values(resource, columns, reference)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
