"""The machine formats of a list of resources: tsv, csv, json, jsonl, ids. Lines of text, no clock, no colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ht_cli.exchange.objects import COLUMNS, HIT_FIELDS, row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


MACHINE_FORMATS = ("tsv", "csv", "json", "jsonl", "ids")
_LINE_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def lines(objects: Sequence[dict[str, Any]], form: str, fields: Sequence[str], languages: Sequence[str]) -> Iterator[str]:
    """Give the text of the objects in a machine format, piece by piece."""
    if form == "ids":
        yield from (f"{found['id']}\n" for found in objects)
    elif form == "jsonl":
        yield from (_json(_selected(found, fields, languages)) + "\n" for found in objects)
    elif form == "json":
        yield "[" + ",".join("\n" + _json(_selected(found, fields, languages)) for found in objects) + "\n]\n"
    else:
        hit = not objects or "score" in objects[0]
        columns = list(fields) or [column for column in COLUMNS if hit or column not in HIT_FIELDS]
        yield from _delimited(objects, form, columns, languages)


def _json(value: Any) -> str:
    import json  # 2 ms, not wanted for the values of a pipe

    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _selected(found: dict[str, Any], fields: Sequence[str], languages: Sequence[str]) -> dict[str, Any]:
    if not fields:
        return found
    return {name: found[name] if name in found else row_of(found, [name], languages)[0] for name in fields}


def _delimited(objects: Sequence[dict[str, Any]], form: str, columns: list[str], languages: Sequence[str]) -> Iterator[str]:
    """CSV is RFC 4180 with `\\n`; TSV has no quoting: tabs and line breaks inside a cell become spaces."""
    rows = (row_of(found, columns, languages) for found in objects)
    if form == "tsv":
        yield "\t".join(columns) + "\n"
        yield from ("\t".join(cell.translate(_LINE_BREAKS) for cell in row) + "\n" for row in rows)
        return
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(row)
    yield buffer.getvalue()
