"""Writes the rows that could not be taken to a file that can be mended and imported again."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from csv import QUOTE_ALL
from itertools import chain, count
from pathlib import Path
from typing import Any

from ht_cli.errors import UsageError
from ht_cli.exchange.cells import in_spreadsheet
from ht_cli.exchange.delimited import csv_lines, table_lines
from ht_cli.exchange.tables import TABBED, is_workbook, mark_of
from ht_cli.locale import translate as _
from ht_cli.reasons import reason_of
from ht_cli.shapes import Protocol


class Refused(Protocol):
    """A row that could not be taken, as it was written."""

    @property
    def raw(self) -> Mapping[str, Any]:
        """How it was written."""


def write_refused(file: Path, rows: Iterable[Refused]) -> Path:
    """Write rows beside the file they came from, in its format (those of a workbook as CSV) and over no other, and give the path.

    Raises UsageError when that cannot be.
    """
    written = [row.raw for row in rows]
    nested = any(isinstance(value, (dict, list)) for row in written for value in row.values())
    is_json = nested or os.path.isdir(file) or file.suffix.lower() in (".json", ".jsonl", ".ndjson", ".zip")
    ending = ".json" if is_json else file.suffix if file.suffix.lower() in TABBED else ".csv"
    names = (f"{file.stem}.bad{mark}{ending}" for mark in chain([""], map("-{}".format, count(2))))
    path = next(path for path in map(file.with_name, names) if not path.exists())
    try:
        encoding, lines = ("utf-8", [_json(written)]) if is_json else _table(file, written)
        with path.open("x", encoding=encoding, newline="") as target:
            target.writelines(lines)
    except OSError as error:
        raise UsageError(_("cannot write {path}: {reason}").format(path=path, reason=reason_of(error))) from error
    return path


def _table(file: Path, written: Sequence[Mapping[str, Any]]) -> tuple[str, Iterator[str]]:
    """Give the encoding and the lines of a table, with the separator of the file, so that the same program opens what comes back."""
    columns = list(dict.fromkeys(key for row in written for key in row))
    rows = [columns, *([row.get(column, "") for column in columns] for row in written)]
    if is_workbook(file):
        return "utf-8-sig", csv_lines(([in_spreadsheet(cell) for cell in row] for row in rows), delimiter=";", quoting=QUOTE_ALL)
    with file.open("rb") as opened:
        start = opened.readline()
    mark = mark_of(file, start.decode("utf-8-sig", "replace"))
    return "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8", table_lines(rows, mark)


def _json(written: list[Mapping[str, Any]]) -> str:
    text = json.dumps(written, ensure_ascii=False, indent=1)
    # Half of a surrogate pair, for which the row may have been refused, has no place in UTF-8.
    return text if all(not "\ud800" <= character <= "\udfff" for character in text) else json.dumps(written, indent=1)
