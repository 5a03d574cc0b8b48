"""Tables that people bring: CSV, tab-separated values, workbooks; each row as texts, with the line of the file where it stands.

The cells of a workbook become what a CSV would hold: an age of 18.0 is `18`, a day is `2026-08-10`, yes is `true`.
"""

import csv
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, TextIO
from zipfile import BadZipFile, ZipFile

from ht_cli.errors import InvalidDataError, UsageError, installing
from ht_cli.exchange.cells import from_tabbed
from ht_cli.exchange.headings import DERIVED, KNOWN, columns_meant, near, same_field
from ht_cli.exchange.sheet_errors import Cells, misread_cells
from ht_cli.exchange.troubles import trouble
from ht_cli.locale import translate as _
from ht_cli.reasons import reason_of
from ht_cli.shapes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MARKS = (",", ";", "\t")
TABBED = (".tsv", ".tab")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)  # the line by which Excel is told it
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # of xls
_OF_A_WORKBOOK = frozenset(("xl/workbook.xml", "xl/workbook.bin", "content.xml"))
_LINE_ENDS = re.compile("\r\n?")

Row = tuple[int, list[str]]  # a line of the file, counted from 1, and its cells


class SheetTable(NamedTuple):
    """The columns that its headings mean, an empty one where nothing stands above it, and the rows below that hold anything."""

    columns: list[str]
    rows: Iterator[Row]


def text_table(path: Path, file: TextIO) -> SheetTable:
    """Read a table of a text file that was opened with its line ends as they are; its rows are read as they are asked for.

    Raises InvalidDataError when its headings name no columns, or several name the same; its rows do when the quotes do not hold.
    """
    return _table(path.name, _lines(path, file), required=True) or SheetTable([], iter(()))


def workbook_table(path: Path) -> SheetTable:
    """Read the sheet of a workbook of which the headings name columns; a sheet of prose is passed over.

    Raises UsageError when it cannot be opened, or python-calamine is not installed, InvalidDataError when it is no workbook, one of
    which a cell stands too far out, or one with another number of such sheets than one.
    """
    try:
        from python_calamine import CalamineError, load_workbook  # an extra: Rust's reader of xlsx, xls and ods
    except ImportError as error:
        raise UsageError(_("to read {path}, one more package is needed: {command}; or save it as “CSV UTF-8”").format(command=installing("xlsx"), path=path.name)) from error  # fmt: skip
    try:
        with path.open("rb") as file:
            misread = misread_cells(path)
            workbook = load_workbook(file)
        sheets = {name: _sheet_rows(workbook.get_sheet_by_name(name), misread.get(name, {})) for name in workbook.sheet_names}
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=reason_of(error))) from error
    except CalamineError as error:
        raise InvalidDataError(_("{path} is no workbook that can be read: {error}").format(path=path.name, error=error)) from error
    tables = {name: table for name, rows in sheets.items() if (table := _table(f"{path.name}, {name}", rows))}
    if len(tables) > 1:
        said = _("{path}: several sheets name columns: {sheets}; import each from a file of its own")
        raise InvalidDataError(said.format(path=path.name, sheets=", ".join(tables)))
    if not tables:
        raise InvalidDataError(_("{path}: the first line must name the columns, id or name among them").format(path=path.name))
    return next(iter(tables.values()))


def is_workbook(path: Path) -> bool:
    """Say whether a file is a workbook, by its ending, else by what it begins with or holds: one that was saved or renamed as .csv is read all the same."""
    if path.suffix.lower() in WORKBOOKS:
        return True
    if not os.path.isfile(path):
        return False
    with suppress(OSError, BadZipFile), path.open("rb") as file:
        start = file.read(len(_OLD_WORKBOOK))
        if start == _OLD_WORKBOOK:
            return True
        if start.startswith(b"PK"):
            with ZipFile(path) as archive:
                return not _OF_A_WORKBOOK.isdisjoint(archive.namelist())
    return False


def mark_of(path: Path, first: str) -> str:
    """Give what stands between the cells of a table: as its first line says it, or what stands there most often."""
    told = _SEPARATOR.match(first)
    usual = "\t" if path.suffix.lower() in TABBED else ","
    return told[1] if told else max((usual, *MARKS), key=first.count)


def _table(name: str, rows: Iterator[Row], *, required: bool = False) -> SheetTable | None:
    """Read the headings; nothing where they name no resource and none is required."""
    headings = next(rows, (0, []))[1]
    columns = columns_meant(headings)
    if "name" not in columns and "id" not in columns:
        if not required:
            return None
        raise InvalidDataError(_("{path}: the first line must name the columns, id or name among them").format(path=name))
    unknown = [column for column in columns if column and column not in (*KNOWN, *DERIVED)]
    if unknown:
        alike = list(dict.fromkeys(heading for column in unknown for heading in near(column)))
        said = (
            _("{path}: unknown columns: {columns}; perhaps: {known}")
            if alike
            else _("{path}: unknown columns: {columns}; there are: {known}")
        )
        raise InvalidDataError(said.format(path=name, columns=", ".join(unknown), known=", ".join(alike or KNOWN)))
    twice = same_field(columns)
    if twice:
        said = ", ".join(headings[place].strip() for place in twice)
        raise InvalidDataError(_("{path}: these columns say the same; keep one of them: {columns}").format(path=name, columns=said))
    return SheetTable(columns, rows)


def _lines(path: Path, file: TextIO) -> Iterator[Row]:
    first = file.readline()
    mark = mark_of(path, first)
    before = 1 if _SEPARATOR.match(first) else 0
    reader = csv.reader(file if before else chain([first], file), delimiter=mark, strict=True)
    line = before + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_with_our_line_ends(from_tabbed(cell) if mark == "\t" else cell) for cell in cells]
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise InvalidDataError(
            _("{path}, line {line}: {error}").format(path=path.name, line=before + reader.line_num, error=trouble(error))
        ) from error


def _sheet_rows(sheet: "CalamineSheet", misread: Cells) -> Iterator[Row]:
    before = [""] * (sheet.start[1] if sheet.start else 0)  # calamine leaves out the columns before the first that holds anything
    instead: dict[int, dict[int, str]] = {}
    for (line, place), shown in misread.items():
        instead.setdefault(line + 1, {})[place] = shown
    seen = (list(map(_cell, values)) for values in sheet.iter_rows())
    last = sheet.end[0] + 1 if sheet.end else 0
    beyond: Iterator[list[str]] = ([] for _line in range(last, max(instead, default=0)))  # calamine sees nothing there
    for line, texts in enumerate(chain(seen, beyond), 1):
        cells = [*before, *map(_with_our_line_ends, texts)]
        for place, shown in instead.get(line, {}).items():
            cells += [""] * (place + 1 - len(cells))
            cells[place] = shown
        if any(cell.strip() for cell in cells):
            yield line, cells


def _with_our_line_ends(text: str) -> str:
    return _LINE_ENDS.sub("\n", text) if "\r" in text else text


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
