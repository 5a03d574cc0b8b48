"""Reads resources out of files that people bring: CSV, TSV, JSON, JSONL, HSDS in JSON; each row with where it stood.

A column or key that is absent says nothing; one that is there and empty says "not known".
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.cells import value_of
from ht_cli.exchange.columns import LOSSLESS, PARTS, REVISION, SPOKEN_COLUMNS
from ht_cli.fields import LISTS, NUMBERS, TEXTS, YES_OR_NO
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES

DERIVED = ("phone", "address", "description", "eligibility", "score", "why", "distance_km", "open", "open_until", "source_date", "national")
KNOWN = (*LOSSLESS, *SPOKEN_COLUMNS, REVISION)
_FIELD_OF = {f"{column}_{language}": (field, language) for field, column in SPOKEN_COLUMNS.items() for language in LANGUAGES}
BIGGEST = 200_000_000  # bytes
Places = Callable[[str], str]  # a name or postcode → the code of the area, "" when it is none


class Incoming(NamedTuple):
    """One row: its line (of a JSON file: its place in the list), its id, what it says, how it was written, and what was left of it.

    `revision` is the mark of what it was when it left, empty where it bears none.
    """

    line: int
    id: str
    values: dict[str, Any]
    raw: Mapping[str, Any]
    left: tuple[str, ...] = ()
    revision: str = ""


class BadRow(NamedTuple):
    """A row that cannot be taken: its line, the column, the reason, and how it was written."""

    line: int
    column: str
    reason: str
    raw: Mapping[str, Any]


def nowhere(_name: str) -> str:
    """Know no place."""
    return ""


def read_file(path: Path, places: Places = nowhere) -> tuple[list[Incoming], list[BadRow]]:
    """Read a file by its ending, else by how it begins; `places` says which area a name in somebody else's file means.

    Raises UsageError when it cannot be opened, InvalidDataError when it is none of the formats.
    """
    try:
        if path.stat().st_size > BIGGEST:
            raise InvalidDataError(_("{path} is too large").format(path=path))
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise InvalidDataError(_("{path} is not UTF-8 text: save it as “CSV UTF-8”").format(path=path.name)) from error
    start = text.lstrip()[:1]
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        rows = _json_lines(text, places)
    elif path.suffix.lower() == ".json" or start in ("[", "{"):
        rows = _json_objects(path, text, places)
    else:
        rows = _table_rows(path, text)
    good: list[Incoming] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Incoming) and row.id and row.id in seen:
            row = BadRow(row.line, "id", _("the id {id} stands in line {line} too").format(id=row.id, line=seen[row.id]), row.raw)
        if isinstance(row, BadRow):
            bad.append(row)
        else:
            seen[row.id] = row.line
            good.append(row)
    return good, bad


def _table_rows(path: Path, text: str) -> Iterator[Incoming | BadRow]:
    header = text.partition("\n")[0]
    usual = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    mark = max((usual, ";", ",", "\t"), key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        columns = [column.strip() for column in next(reader, [])]
        unknown = [column for column in columns if column not in (*KNOWN, *DERIVED)]
        if "name" not in columns and "id" not in columns:
            raise InvalidDataError(_("{path}: the first line must name the columns, id or name among them").format(path=path.name))
        if unknown:
            raise InvalidDataError(_("{path}: unknown columns: {columns}; there are: {known}").format(path=path.name, columns=", ".join(unknown), known=", ".join(KNOWN)))  # fmt: skip
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _table_row(line, columns, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidDataError(_("{path}, line {line}: {error}").format(path=path.name, line=reader.line_num, error=error)) from error


def _table_row(line: int, columns: list[str], cells: list[str]) -> Incoming | BadRow:
    raw = dict(zip(columns, cells, strict=False))
    if len(cells) > len(columns):
        return BadRow(line, columns[-1], _("more cells than columns; is a text with a separator without quotes?"), raw)
    values: dict[str, Any] = {}
    for column, cell in raw.items():
        if column in DERIVED:
            continue
        if column in _FIELD_OF:
            field, language = _FIELD_OF[column]
            values.setdefault(field, {})[language] = value_of(column, cell)
            continue
        try:
            values[column] = value_of(column, cell)
        except ValueError as error:
            return BadRow(line, column, _("“{value}” cannot be read; wanted: {wanted}").format(value=cell[:60], wanted=error), raw)
    mark = str(values.pop(REVISION, "") or "").strip()
    return Incoming(line, str(values.pop("id", "") or "").strip(), values, raw, revision=mark)


def _json_objects(path: Path, text: str, places: Places) -> Iterator[Incoming | BadRow]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDataError(_("{path} is not JSON: {error}").format(path=path.name, error=error)) from error
    if isinstance(found, dict) and isinstance(found.get("contents"), list):  # the envelope of HSDS
        found = found["contents"]
    for position, item in enumerate(found if isinstance(found, list) else [found], 1):
        yield from _object_rows(position, item, places)


def _json_lines(text: str, places: Places) -> Iterator[Incoming | BadRow]:
    for position, line in enumerate(text.split("\n"), 1):  # not where Unicode sees further line breaks: they may stand in a text
        if line.strip():
            try:
                item = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield BadRow(position, "", _("not JSON: {error}").format(error=error), {"line": line})
                continue
            yield from _object_rows(position, item, places)


def _hsds_rows(position: int, item: Mapping[str, Any], places: Places) -> Iterator[Incoming | BadRow]:
    from ht_cli.exchange.hsds.reading import Record, read_service, services_in

    services = services_in(item)
    if not services:
        yield BadRow(position, "", _("no service of HSDS in it"), item)
    for service in services:
        read = read_service(service, places)
        if isinstance(read, Record):
            yield Incoming(position, read.id, read.values, service, read.left)
        else:
            yield BadRow(
                position, read.path, _("{problem}; allowed: {allowed}").format(problem=read.problem, allowed=read.allowed), service
            )


def _object_rows(position: int, item: Any, places: Places) -> Iterator[Incoming | BadRow]:
    if not isinstance(item, dict):
        yield BadRow(position, "", _("an object is wanted"), {"value": item})
        return
    if "kind" not in item:  # every record of ours has one; the reading of HSDS is loaded only for what is none
        from ht_cli.exchange.hsds.reading import is_hsds

        if is_hsds(item):
            yield from _hsds_rows(position, item, places)
            return
    yield _own_row(position, item)


def _own_row(position: int, item: Mapping[str, Any]) -> Incoming | BadRow:
    unknown = [key for key in item if key not in (*KNOWN, *DERIVED)]
    if unknown:
        return BadRow(position, str(unknown[0]), _("there is no such field"), item)
    values = {key: value for key, value in item.items() if key not in DERIVED and key not in ("id", REVISION)}
    for key, wanted in _shapes(values):
        return BadRow(position, key, _("wanted: {wanted}").format(wanted=wanted), item)
    for key in ("hours", "area_note"):  # what an object does not say of them is not known
        if key in values and not isinstance(values[key], str):
            values[key] = {language: (values[key] or {}).get(language) for language in {**dict.fromkeys(LANGUAGES), **(values[key] or {})}}
    for key in PARTS:
        if values.get(key):
            values[key] = [{part: value for part, value in row.items() if value and part != "national"} for row in values[key]]
    identifier, mark = item.get("id") or "", item.get(REVISION) or ""
    if not isinstance(identifier, str) or not isinstance(mark, str):
        return BadRow(position, "id" if isinstance(mark, str) else REVISION, _("{field}: a text is wanted").format(field="id"), item)
    return Incoming(position, identifier, values, item, revision=mark)


def _shapes(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the keys whose value is of a shape that no record has; what it says is checked later."""
    for key, value in values.items():
        if value is None:
            continue
        if key in PARTS and not (isinstance(value, list) and all(isinstance(row, dict) for row in value)):
            yield key, "[{…}]"
        elif key in LISTS and not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
            yield key, "[…]"
        elif key in SPOKEN_COLUMNS and not isinstance(value, dict if key == "descriptions" else (dict, str)):
            yield key, "{…}"
        elif (key in YES_OR_NO and not isinstance(value, bool)) or (key in NUMBERS and not isinstance(value, int)):
            yield key, "true, false" if key in YES_OR_NO else "0, 1, 2 …"
        elif key in TEXTS and not isinstance(value, str):
            yield key, "…"
