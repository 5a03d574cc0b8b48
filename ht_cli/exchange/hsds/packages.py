"""Checks a tabular data package of HSDS: each row against its table, ids that stand twice, keys that lead nowhere."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ht_cli.exchange.hsds.archives import DESCRIPTOR, Archive
from ht_cli.exchange.hsds.tables import Table, tables
from ht_cli.exchange.hsds.validating import Fault, shown, text_faults
from ht_cli.exchange.hsds.values import is_number
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n

Identifiers = dict[str, set[str]]


class TableFile(NamedTuple):
    """A file of a package: its table, its path, and its text."""

    table: Table
    path: str
    text: str


def row_faults(table: Table, row: Mapping[str, str], path: str) -> Iterator[Fault]:
    """Give the faults of one row: an empty cell says nothing, and may not stand where something is required."""
    for column in table.columns:
        text = row.get(column.name, "")
        place = f"{path}:{column.name}"
        if not text:
            if column.required_in_package:
                yield Fault(place, "required", _("missing"), column.type)
        elif column.type == "number":
            if not is_number(text):
                yield Fault(place, "type", _("{value} is no number").format(value=shown(text)), "0, 18, 50.85")
        else:
            yield from text_faults(column, text, place)


def package_faults(archive: Archive) -> Iterator[Fault]:
    """Give the faults of a package. Raises InvalidDataError when a file in it is damaged."""
    for name in archive.refused:
        yield Fault(name[:200], "path", _("this file is not read: its path, its packing or a second one of its name"), "services.csv")
    sheets: list[TableFile] = []
    for found in _sheets(archive):
        if isinstance(found, Fault):
            yield found
        else:
            sheets.append(found)
    if not any(sheet.table.name == "service" for sheet in sheets):
        yield Fault(archive.name, "file", _("no table of services"), "services.csv")
    identifiers: Identifiers = {}
    for sheet in sheets:
        yield from _identifier_faults(sheet, identifiers.setdefault(sheet.table.name, set()))
    for sheet in sheets:
        yield from _sheet_faults(sheet, identifiers)


def _sheets(archive: Archive) -> Iterator[TableFile | Fault]:
    """Give the tables that the package names, else those whose files have the names that HSDS gives."""
    descriptor = min((name for name in archive.files if name.rpartition("/")[2] == DESCRIPTOR), key=len, default="")
    base = descriptor.removesuffix(DESCRIPTOR)
    by_file = {table.file: table.name for table in tables().values()}
    named: dict[str, str] = {}
    if descriptor:
        for read in _named(archive.files[descriptor](), descriptor):
            if isinstance(read, Fault):
                yield read
            else:
                named[base + read[1]] = read[0]
    else:
        yield Fault(DESCRIPTOR, "file", _("missing"), DESCRIPTOR)
    named = named or {name: by_file[name.rpartition("/")[2]] for name in archive.files if name.rpartition("/")[2] in by_file}
    for path, table in named.items():
        if table not in tables():
            continue
        if path not in archive.files:
            yield Fault(path[:200], "file", _("missing"), tables()[table].file)
            continue
        try:
            yield TableFile(tables()[table], path, archive.files[path]().decode("utf-8-sig"))
        except UnicodeDecodeError:
            yield Fault(path, "encoding", _("no UTF-8 text"), "UTF-8")


def _named(content: bytes, path: str) -> Iterator[tuple[str, str] | Fault]:
    """Read which tables a package names, each with its file."""
    try:
        found: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield Fault(path, "shape", _("no JSON in UTF-8"), "{…}")
        return
    resources = found.get("resources") if isinstance(found, dict) else None
    if not isinstance(resources, list):
        yield Fault(f"{path}:/resources", "shape", _("{value} stands where a list is wanted").format(value=shown(resources)), "[…]")
        return
    for position, resource in enumerate(resources):
        name, file = (resource.get("name"), resource.get("path")) if isinstance(resource, dict) else (None, None)
        if isinstance(name, str) and isinstance(file, str):
            yield name, file
        else:
            yield Fault(
                f"{path}:/resources/{position}", "shape", _("a table without name or file"), '{"name": "service", "path": "services.csv"}'
            )


def _identifier_faults(sheet: TableFile, known: set[str]) -> Iterator[Fault]:
    for line, row in _rows(sheet):
        if isinstance(row, dict) and row.get("id"):
            if row["id"] in known:
                yield Fault(f"{sheet.path}:{line}:id", "unique", _("{value} stands twice").format(value=shown(row["id"])), "uuid")
            known.add(row["id"])


def _sheet_faults(sheet: TableFile, identifiers: Identifiers) -> Iterator[Fault]:
    for line, row in _rows(sheet):
        if isinstance(row, Fault):
            yield row
            continue
        yield from row_faults(sheet.table, row, f"{sheet.path}:{line}")
        for column, target in {**sheet.table.references, **_pointer(sheet.table, row)}.items():
            if row.get(column) and row[column] not in identifiers.get(target, ()):
                said = _("{value} is the id of no {table}").format(value=shown(row[column]), table=target)
                yield Fault(f"{sheet.path}:{line}:{column}", "key", said, tables()[target].file)


def _pointer(table: Table, row: Mapping[str, str]) -> dict[str, str]:
    """Give the column that points at any table, where the row says at which."""
    column, kind = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}.get(table.name, ("", ""))
    target = row.get(kind, "").removesuffix(".csv")
    return {column: target} if target in tables() else {}


def _rows(sheet: TableFile) -> Iterator[tuple[int, dict[str, str] | Fault]]:
    """Give each row with its line; a fault where the file cannot be read as a table."""
    reader = csv.reader(io.StringIO(sheet.text, newline=""), strict=True)
    try:
        header = next(reader, [])
        for column in sheet.table.columns:
            if column.required_in_package and column.name not in header:
                yield 1, Fault(f"{sheet.path}:1:{column.name}", "column", _("no such column"), column.name)
        if len(set(header)) < len(header):
            yield 1, Fault(f"{sheet.path}:1", "column", _("a column stands twice"), "id,name,…")
        for cells in reader:
            if cells and len(cells) != len(header):
                said = _("{cells} under {columns}").format(
                    cells=_n("{count} cell", "{count} cells", len(cells)).format(count=len(cells)),
                    columns=_n("{count} column", "{count} columns", len(header)).format(count=len(header)),
                )
                yield reader.line_num, Fault(f"{sheet.path}:{reader.line_num}", "shape", said, str(len(header)))
            elif cells:
                yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        yield reader.line_num, Fault(f"{sheet.path}:{reader.line_num}", "shape", str(error), "CSV (RFC 4180)")
