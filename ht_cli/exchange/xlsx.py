"""Resources as an Excel workbook: a sheet of them, its columns as in the CSV, one that explains the columns, and one of whose work it is.

Ages and counts are numbers, days are dates, and everything else is text, so that no number loses its zeros and nothing runs.
`ht import` reads it back. The date of the document is that of the newest fact in it. XlsxWriter streams the rows to disk and dates the parts of the file 1980.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from ht_cli.errors import InvalidDataError, UsageError, installing
from ht_cli.exchange.columns import DAYS
from ht_cli.exchange.credits import credit_list, licence
from ht_cli.exchange.delimited import column_values, sheet_columns
from ht_cli.exchange.explanations import explained, shape
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.typography import held
from ht_cli.fields import NUMBERS
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Resource

LONGEST_CELL, MOST_ROWS = 32_767, 1_048_575  # Microsoft, "Excel specifications and limits"
BLOCK = 1 << 20
_WIDTHS = {"id": 28, "name": 44, "url": 36, "email": 28, "phones": 44, "phone": 20, "addresses": 40, "address": 40}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[bytes]:
    """Give the bytes of a workbook.

    Raises UsageError when XlsxWriter is not installed, OSError when there is no room for it, InvalidDataError when a text or a list is longer than a workbook allows.
    """
    try:
        from xlsxwriter import Workbook  # 40 ms, an extra
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise UsageError(
            _("xlsx needs one more package: {command}; or take --format csv --excel").format(command=installing("xlsx"))
        ) from error
    with tempfile.TemporaryDirectory(prefix="ht-") as folder:
        path = Path(folder) / "resources.xlsx"
        workbook = Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
        try:
            _write(workbook, resources, reference)
            workbook.close()
        except FileCreateError as error:
            raise OSError(None, str(error)) from error
        finally:
            _close_rows(workbook)
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block


def _close_rows(workbook: Any) -> None:
    """Close the files in which rows waited: of each one that is dropped unwritten, on a full disk, Python 3.13 tells on stderr."""
    for sheet in workbook.worksheets():
        with suppress(OSError):
            sheet.row_data_fh.close()


def _write(workbook: Any, resources: Iterable[Resource], reference: Reference) -> None:
    text = workbook.add_format({"num_format": "@", "valign": "top"})
    number = workbook.add_format({"valign": "top"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    formats = {**dict.fromkeys(NUMBERS, number), **dict.fromkeys(DAYS, day)}
    bold = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
    wrapped = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    columns = sheet_columns(reference)
    sheet = workbook.add_worksheet(_("Resources"))
    for position, name in enumerate(columns):
        width = _WIDTHS.get(name, 60 if name.startswith("description") else 18)
        sheet.set_column(position, position, width, formats.get(name, text))
        sheet.write_string(0, position, name, bold)
    sheet.freeze_panes(1, 2 if columns[:2] == ["id", "name"] else 0)
    newest, count = "", 0
    for count, resource in enumerate(resources, 1):
        if count > MOST_ROWS:
            most = _n(
                "a workbook holds {count} row at most; take --format csv",
                "a workbook holds {count} rows at most; take --format csv",
                MOST_ROWS,
            )
            raise InvalidDataError(most.format(count=MOST_ROWS))
        newest = max(newest, resource.changed_on, resource.checked_on, resource.source_date)
        _write_row(sheet, count, columns, column_values(resource, columns, reference), formats, text)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    _explain(workbook, columns, bold, wrapped)
    _credit(workbook, bold, wrapped)
    workbook.set_properties({"title": "ht", "created": _made_on(reference.made_at or newest or reference.released.replace(".", "-"))})


def _write_row(sheet: Any, row: int, columns: Sequence[str], cells: Sequence[str], formats: Mapping[str, Any], text: Any) -> None:
    for position, (name, cell) in enumerate(zip(columns, cells, strict=True)):
        if len(cell) > LONGEST_CELL:
            said = _n(
                "{id}: {field} has {count} character, a cell of a workbook holds {limit}; take --format csv",
                "{id}: {field} has {count} characters, a cell of a workbook holds {limit}; take --format csv",
                len(cell),
            )
            identifier = cells[columns.index("id")] if "id" in columns else row
            raise InvalidDataError(said.format(id=identifier, field=name, count=len(cell), limit=LONGEST_CELL))
        if name in NUMBERS and cell:
            sheet.write_number(row, position, int(cell), formats[name])
        elif name in DAYS and (moment := _moment(cell)):
            sheet.write_datetime(row, position, moment, formats[name])
        elif cell:
            sheet.write_string(row, position, cell, text)


def _moment(cell: str) -> datetime | None:
    """Give the beginning of a day, or a moment in UTC, that a workbook can hold: it knows none before 1900; nothing for a month or a year."""
    try:
        moment = datetime.fromisoformat(cell) if _DAY.match(cell) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=None) if moment and moment.year >= 1900 else None


def _explain(workbook: Any, columns: Sequence[str], bold: Any, wrapped: Any) -> None:
    sheet = workbook.add_worksheet(_("Columns"))
    for position, (title, width) in enumerate(((_("Column"), 22), (_("What it says"), 70), (_("How it is written"), 40))):
        sheet.set_column(position, position, width, wrapped)
        sheet.write_string(0, position, title, bold)
    for row, name in enumerate(columns, 1):
        for position, said in enumerate((name, explained(name), shape(name))):
            sheet.write_string(row, position, held(said), wrapped)
    sheet.freeze_panes(1, 0)


def _credit(workbook: Any, bold: Any, wrapped: Any) -> None:
    """Say whose work it is and under which licence, on a sheet of its own."""
    sheet = workbook.add_worksheet(_("Credits"))
    sheet.set_column(0, 0, 90, wrapped)
    sheet.set_column(1, 1, 50, wrapped)
    for row, credit in enumerate((licence(), *credit_list())):
        sheet.write_string(row, 0, held(credit.text), wrapped if row else bold)
        sheet.write_string(row, 1, credit.link, wrapped)


def _made_on(date: str) -> datetime:
    """Give the first moment that a date may mean: 2026-11 → 1 November 2026; an impossible day becomes a possible one."""
    if "T" in date:
        return datetime.fromisoformat(date).replace(tzinfo=None, microsecond=0)
    year, month, day = ([int(part) for part in date.split("-") if part.isdigit()] + [1980, 1, 1][date.count("-") + bool(date) :])[:3]
    return datetime(year, month, min(day, 28))
