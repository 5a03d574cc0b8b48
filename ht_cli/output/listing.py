"""Writes plain lists (terms, counts) in whichever format was chosen."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from ht_cli.output.results import Layout
from ht_cli.output.terminal import is_window, prefers_records, width, wrapped, write

Row = Sequence[str | int]
_AT_ONCE = 1_000  # rows that are written together
BETWEEN = "  "
NARROWEST_LAST = 20  # columns in which the words of the last column can be read


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
        pieces = _columns(
            _for_listener(list(rows)) if prefers_records(narrow=0) else list(rows),
            len(headers),
            width() if is_window() and not layout.output else None,
        )
    write(pieces, layout.output)


def _for_listener(rows: Sequence[Row]) -> list[Row]:
    """Give rows each of which stands for itself, for who hears one after the other: what a row leaves out stood in one before it."""
    said: list[Row] = []
    for row in rows:
        said.append((said[-1][0], *row[1:]) if said and row[0] == "" else row)
    return said


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


def _columns(rows: Sequence[Row], count: int, window: int | None) -> Iterator[str]:
    """Give the rows in columns; in a window that is narrower no word is broken.

    There the last column is broken between words; where it has no room for them, no columns are set, and each row is broken as a line.
    """
    widths = [max((len(str(row[column])) for row in rows), default=0) for column in range(count)]
    lines = [BETWEEN.join(_aligned(cell, room) for cell, room in zip(row, widths, strict=True)).rstrip() for row in rows]
    before = sum(widths[:-1]) + len(BETWEEN) * (count - 1)  # cells before the last column
    if window is None or all(len(line) <= window for line in lines):
        yield from (f"{line}\n" for line in lines)
    else:
        for row, line in zip(rows, lines, strict=True):
            yield "".join(f"{text}\n" for text in _broken(row, line, before, window))


def _broken(row: Row, line: str, before: int, window: int) -> list[str]:
    """Break a row between words: its last cell under itself where there is room for it, else the whole of it."""
    room = window - before
    if room < NARROWEST_LAST or any(len(word) > room for word in line[before:].split()):
        said = BETWEEN.join(str(cell) for cell in row if cell != "")
        under = BETWEEN if row[0] == "" else ""  # what a row leaves out stands in one before it
        return [under + text for text in wrapped(said, max(window - len(under), NARROWEST_LAST), then=BETWEEN)]
    first, *others = wrapped(line[before:], room) or [""]
    return [line[:before] + first, *(" " * before + other for other in others)]


def _aligned(cell: str | int, room: int) -> str:
    return str(cell).rjust(room) if isinstance(cell, int) else cell.ljust(room)
