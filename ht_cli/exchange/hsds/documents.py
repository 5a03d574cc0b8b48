"""Reads a JSON file of HSDS: the envelope of its API, a list, JSON Lines, tabular JSON or one object; and checks all that is in it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ht_cli.errors import InvalidDataError
from ht_cli.exchange.hsds.archives import read_bytes
from ht_cli.exchange.hsds.joining import is_tabular, table_named
from ht_cli.exchange.hsds.validating import TOP_LEVEL, Fault, faults, guess_table, shown
from ht_cli.exchange.json_parts import is_json_lines
from ht_cli.exchange.troubles import trouble
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.shapes import NamedTuple

_PAGE = {"total_items": int, "total_pages": int, "page_number": int, "size": int, "first_page": bool, "last_page": bool, "empty": bool}


class Document(NamedTuple):
    """What a file holds: its objects, each with its path, the envelope around them where there is one, and the table of each where it is named."""

    objects: list[tuple[str, Any]]
    envelope: dict[str, Any] | None = None
    tables: Mapping[str, str] = MappingProxyType({})


def read_document(path: Path) -> Document:
    """Read a file. Raises UsageError when it cannot be opened, InvalidDataError when it is no JSON in UTF-8 or too large."""
    return parsed(read_bytes(path), path.name)


def parsed(content: bytes, name: str) -> Document:
    """Read the text of a file of this name. Raises InvalidDataError when it is no JSON in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidDataError(_("{path} is not UTF-8 text: {error}").format(path=name, error=trouble(error))) from error
    if name.lower().endswith((".jsonl", ".ndjson")) or is_json_lines(text):
        lines = [(f"/{number}", line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        return Document([(place, _parsed(line, f"{name}{place}")) for place, line in lines])
    found = _parsed(text, name)
    table = table_named(name) if isinstance(found, list) else ""
    return document_of(found)._replace(tables={"": table}) if table and table not in TOP_LEVEL else document_of(found)


def document_of(found: Any) -> Document:
    """Take the objects out of what a file holds."""
    if is_tabular(found):
        named = [(name, rows) for name, rows in found.items() if table_named(name) and isinstance(rows, list)]
        objects = [(f"/{name}/{position}", row) for name, rows in named for position, row in enumerate(rows)]
        return Document(objects, None, {f"/{name}": table_named(name) for name, _rows in named})
    if isinstance(found, dict) and isinstance(found.get("contents"), list):
        return Document([(f"/contents/{position}", item) for position, item in enumerate(found["contents"])], found)
    if isinstance(found, list):
        return Document([(f"/{position}", item) for position, item in enumerate(found)])
    return Document([("", found)])


def document_faults(document: Document) -> Iterator[Fault]:
    """Give the faults of the envelope and of every object, and the ids that stand twice."""
    yield from _envelope_faults(document)
    seen: dict[tuple[str, str], str] = {}
    for path, found in document.objects:
        if not isinstance(found, dict):
            yield Fault(path or "/", "shape", _("{value} stands where an object is wanted").format(value=shown(found)), "{…}")
            continue
        table = document.tables.get(path.rpartition("/")[0]) or guess_table(found)
        yield from faults(table, found, path)
        identifier = found.get("id")
        if isinstance(identifier, str) and seen.setdefault((table, identifier), path) != path:
            yield Fault(f"{path}/id", "unique", _("{value} stands twice").format(value=shown(identifier)), "uuid", advice=True)


class Page(NamedTuple):
    """What a page of an API says of itself: how many services there are in all, which page of how many it is, and how many it holds."""

    total: int
    number: int
    pages: int
    held: int


def page_of(document: Document) -> list[Page]:
    """Give the page that a file is, where it says that there are others."""
    said = document.envelope or {}
    total, number, pages = (_count(said, name) for name in ("total_items", "page_number", "total_pages"))
    return [Page(total, number, pages, len(document.objects))] if pages > 1 or said.get("last_page") is False else []


def pages_missing(found: Sequence[Page]) -> str:
    """Say how many services are on pages that were not found; nothing where all are there, or it is not known."""
    total = max((page.total for page in found), default=0)
    missing = total - sum(page.held for page in found)
    if missing <= 0:
        return ""
    if len(found) == 1 and found[0].number and found[0].pages:
        said = _n(
            "page {page} of {pages}: {missing} of {count} service is not in this file",
            "page {page} of {pages}: {missing} of {count} services are not in this file",
            total,
        )
        return said.format(page=found[0].number, pages=found[0].pages, missing=missing, count=total)
    said = _n(
        "{missing} of {count} service is on pages that are not here", "{missing} of {count} services are on pages that are not here", total
    )
    return said.format(missing=missing, count=total)


def _count(envelope: Mapping[str, Any], name: str) -> int:
    value = envelope.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _envelope_faults(document: Document) -> Iterator[Fault]:
    if document.envelope is None:
        return
    for name, wanted in _PAGE.items():
        value = document.envelope.get(name)
        if name in document.envelope and type(value) is not wanted:
            allowed = "true, false" if wanted is bool else "0, 1, 2 …"
            yield Fault(f"/{name}", "type", _("{value} is not allowed here").format(value=shown(value)), allowed)


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (RecursionError, ValueError) as error:
        raise InvalidDataError(_("{path} is not JSON: {error}").format(path=name, error=trouble(error))) from error


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's
