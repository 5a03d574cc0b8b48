"""Looks at the cells of a workbook before python-calamine reads it: what it would not give as they are, and how far out they stand.

An error (`#N/A`) and a formula that no program has calculated yet say nothing, and not that something is unknown; calamine gives both as
an empty text. A tab within a cell of an ods it leaves out. Of each sheet it makes a rectangle that holds every cell, so that one that
stands far out would take all memory. The cells of xls and xlsb are not looked at.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile, is_zipfile

from ht_cli.errors import InvalidDataError
from ht_cli.exchange.cells import reads_as_error
from ht_cli.locale import translate as _

_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_REPEATED = 1 << 20  # rows or cells of a sheet; LibreOffice writes the empty rest of a sheet as one that is repeated

MOST_CELLS = 10_000_000  # of a sheet, with the empty ones between: some 300 MB; 100,000 resources are 5,000,000

Cells = Mapping[tuple[int, int], str]  # by line and place, both counted from 0: an Error, or the text as it is


class Error(str):
    """The text of a cell that is an error, whatever it says."""

    __slots__ = ()


class Uncalculated(Error):
    """The text of a cell whose formula no program has calculated yet: openpyxl and pandas write such, and Excel calculates them as it opens."""

    __slots__ = ()


def is_error(cell: str) -> bool:
    """Say whether a cell is an error, or the text that one leaves when it is saved or pasted."""
    return isinstance(cell, Error) or reads_as_error(cell)


def cell_name(place: int, line: int) -> str:
    """Give the name of a cell as spreadsheets write it: B2; the place is counted from 0, the line from 1."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{line}"


def misread_cells(path: Path) -> Mapping[str, Cells]:
    """Give of each sheet of an xlsx or ods the cells that are an error or not calculated, and those that hold a tab; nothing for other workbooks, or where it is not written as one.

    Raises InvalidDataError when a cell stands so far out that its sheet cannot be read.
    """
    if not is_zipfile(path):
        return {}
    found: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
            sheets = _sheets(archive) if "xl/workbook.xml" in names else {}
            later = bool(sheets) and _is_calculated_later(archive)
            for sheet, name in sheets.items():
                with archive.open(name) as file:
                    found[sheet].update(_misread_in_xlsx(file, later=later))
            if "content.xml" in names:
                with archive.open("content.xml") as file:
                    for sheet, cell, shown in _misread_in_ods(file):
                        found[sheet][cell] = shown
    except _TooFarError as error:
        said = _("{path}: the cell {cell} stands so far out that the sheet would have {count} cells; empty it, and those around it")
        raise InvalidDataError(said.format(path=path.name, cell=error.cell, count=error.count)) from error
    except (BadZipFile, ParseError, KeyError, ValueError, RuntimeError, EOFError, zlib.error):
        return {}
    return found


class _TooFarError(Exception):
    """A cell that stands too far out, by its name, and how many cells the sheet would have."""

    def __init__(self, cell: str, count: int) -> None:
        super().__init__(cell)
        self.cell, self.count = cell, count


class _Rectangle:
    """The smallest rectangle that holds every cell of a sheet which says anything."""

    def __init__(self) -> None:
        self._top = self._left = self._bottom = self._right = -1

    def hold(self, line: int, place: int) -> None:
        """Let it hold one more cell, both counted from 0. Raises _TooFarError."""
        self._top, self._left = (line, place) if self._top < 0 else (min(self._top, line), min(self._left, place))
        self._bottom, self._right = max(self._bottom, line), max(self._right, place)
        count = (self._bottom - self._top + 1) * (self._right - self._left + 1)
        if count > MOST_CELLS:
            raise _TooFarError(cell_name(place, line + 1), count)


def _sheets(archive: ZipFile) -> dict[str, str]:
    """Give the file of each sheet of an xlsx."""
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        files = {part.get("Id"): part.get("Target", "") for _event, part in iterparse(file) if _tag(part) == "Relationship"}
    with archive.open("xl/workbook.xml") as file:
        sheets = {part.get("name", ""): files.get(part.get(_RELATED), "") for _event, part in iterparse(file) if _tag(part) == "sheet"}
    return {
        name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in sheets.items() if "worksheets/" in target
    }


def _is_calculated_later(archive: ZipFile) -> bool:
    """Say whether an xlsx asks whoever opens it to calculate all of it: what stands beside a formula may be a 0 that nobody calculated."""
    with archive.open("xl/workbook.xml") as file:
        return any(_tag(part) == "calcPr" and part.get("fullCalcOnLoad") in ("1", "true") for _event, part in iterparse(file))


def _misread_in_xlsx(file: IO[bytes], *, later: bool) -> Iterator[tuple[tuple[int, int], str]]:
    line = place = -1
    rectangle = _Rectangle()
    for event, part in iterparse(file, ("start", "end")):
        tag = _tag(part)
        if event == "start" and tag == "row":
            line, place = int(part.get("r", line + 2)) - 1, -1
        elif event == "start" and tag == "c":
            place = _place(part.get("r", "")) if part.get("r") else place + 1
        elif event == "end" and tag == "c":
            if len(part):
                rectangle.hold(line, place)
            inside = {_tag(value): value.text or "" for value in part}
            if part.get("t") == "e":
                yield (line, place), Error(inside.get("v", ""))
            elif "f" in inside and part.get("t") != "str" and (not inside.get("v") or (later and inside["v"] == "0")):
                yield (line, place), Uncalculated(f"={inside['f']}")
        elif event == "end" and tag == "row":
            part.clear()


def _place(name: str) -> int:
    place = 0
    for letter in name.rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _misread_in_ods(file: IO[bytes]) -> Iterator[tuple[str, tuple[int, int], str]]:
    sheet, line = "", 0
    rectangle = _Rectangle()
    for event, part in iterparse(file, ("start", "end")):
        tag = _tag(part)
        if event == "start" and tag == "table":
            sheet, line = _attribute(part, "name"), 0
            rectangle = _Rectangle()
        elif event == "end" and tag == "table-row":
            place, times = 0, _repeated(part, "number-rows-repeated")
            for cell in part:
                wide = _repeated(cell, "number-columns-repeated")
                shown = _misread_ods_cell(cell)
                if shown is not None:
                    yield from ((sheet, (line + down, place + right), shown) for down in range(times) for right in range(wide))
                if len(cell) or _attribute(cell, "value-type") or isinstance(shown, Uncalculated):
                    rectangle.hold(line, place)
                    rectangle.hold(line + times - 1, place + wide - 1)
                place += wide
            line += times
            part.clear()


def _misread_ods_cell(cell: Element) -> str | None:
    """Give the error or the formula of a cell that shows nothing else, and the text of one that holds a tab; None of any other."""
    if any(value == "error" for name, value in cell.items() if name.endswith("}value-type")):
        return Error("".join(cell.itertext()))
    formula = _attribute(cell, "formula")
    if formula and not len(cell) and not (_attribute(cell, "value-type") or _attribute(cell, "value")):
        return Uncalculated(f"={formula.partition('=')[2]}")
    paragraphs = [part for part in cell if _tag(part) == "p"]
    return "\n".join(map(_text, paragraphs)) if any(_tag(part) == "tab" for one in paragraphs for part in one.iter()) else None


def _text(part: Element) -> str:
    """Give the text of a paragraph of an ods, with its tabs, its line ends and its spaces."""
    own = {"tab": "\t", "line-break": "\n", "s": " " * _repeated(part, "c")}.get(_tag(part), part.text or "")
    return own + "".join(_text(inside) + (inside.tail or "") for inside in part if _tag(inside) != "annotation")


def _repeated(part: Element, name: str) -> int:
    return min(int(_attribute(part, name) or 1), _MOST_REPEATED)


def _attribute(part: Element, name: str) -> str:
    return next((value for written, value in part.items() if written.rpartition("}")[2] == name), "")


def _tag(part: Element) -> str:
    return part.tag.rpartition("}")[2]
