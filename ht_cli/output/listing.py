"""Writes plain lists (terms, counts) in whichever format was chosen."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from ht_cli.output.results import Layout
from ht_cli.output.terminal import write

Row = Sequence[str | int]
_AT_ONCE = 1_000  # rows that are written together


def write_listing(headers: Sequence[str], rows: Iterable[Row], layout: Layout) -> None:
    """Write rows under their headers; for a machine one after another, so that they need not all be held."""
    if layout.format in ("json", "jsonl"):
        objects = (dict(zip(headers, row, strict=True)) for row in rows)
        pieces = _array(objects) if layout.format == "json" else (json.dumps(found, ensure_ascii=False) + "\n" for found in objects)
    elif layout.format == "ids":
        pieces = (f"{row[0]}\n" for row in rows)
    elif layout.format in ("tsv", "csv"):
        pieces = _delimited(chain([headers], rows), "\t" if layout.format == "tsv" else ",")
    else:
        pieces = _columns(list(rows), len(headers))
    write(pieces, layout.output)


def _array(objects: Iterable[dict[str, str | int]]) -> Iterator[str]:
    """Give a JSON array, an object at a time, as `json.dumps` would write it with an indent of one."""
    before = "["
    for found in objects:
        yield before + "\n " + json.dumps(found, ensure_ascii=False, indent=1).replace("\n", "\n ")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _delimited(rows: Iterable[Row], mark: str) -> Iterator[str]:
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=mark, lineterminator="\n").writerows(some)
        yield buffer.getvalue()


def _columns(rows: Sequence[Row], count: int) -> Iterator[str]:
    widths = [max((len(str(row[column])) for row in rows), default=0) for column in range(count)]
    return ("  ".join(_aligned(cell, room) for cell, room in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows)


def _aligned(cell: str | int, room: int) -> str:
    return str(cell).rjust(room) if isinstance(cell, int) else cell.ljust(room)
