"""Writes plain lists (terms, counts) in whichever format was chosen."""

import csv
import io
import json
from collections.abc import Sequence

from ht_cli.output.results import Layout
from ht_cli.output.terminal import write


def write_listing(headers: Sequence[str], rows: Sequence[Sequence[str | int]], layout: Layout) -> None:
    """Write rows under their headers."""
    objects = [dict(zip(headers, row, strict=True)) for row in rows]
    if layout.format == "json":
        text = json.dumps(objects, ensure_ascii=False, indent=1) + "\n"
    elif layout.format == "jsonl":
        text = "".join(json.dumps(found, ensure_ascii=False) + "\n" for found in objects)
    elif layout.format == "ids":
        text = "".join(f"{row[0]}\n" for row in rows)
    elif layout.format in ("tsv", "csv"):
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter="\t" if layout.format == "tsv" else ",", lineterminator="\n")
        writer.writerows([headers, *rows])
        text = buffer.getvalue()
    else:
        widths = [max((len(str(row[column])) for row in rows), default=0) for column in range(len(headers))]
        text = "".join("  ".join(_aligned(cell, room) for cell, room in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows)
    write([text], layout.output)


def _aligned(cell: str | int, room: int) -> str:
    return str(cell).rjust(room) if isinstance(cell, int) else cell.ljust(room)
