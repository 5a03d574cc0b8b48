"""Checks a tabular data package of HSDS: each row against its table, ids that stand twice, keys that lead nowhere."""

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.hsds.archives import DESCRIPTOR, Archive
from ht_cli.exchange.hsds.joining import LINE, table_named, typed
from ht_cli.exchange.hsds.tables import POINTS_AT, Table, tables
from ht_cli.exchange.hsds.validating import SHOWN, Fault, shown, text_faults
from ht_cli.exchange.hsds.values import is_number
from ht_cli.exchange.troubles import trouble
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.shapes import NamedTuple

Identifiers = dict[str, set[str]]


class TableFile(NamedTuple):
    """A file of a package: its table, its path, its text, and the columns that it should have, in their order."""

    table: Table
    path: str
    text: str
    columns: tuple[str, ...]


class Tables(NamedTuple):
    """What a package holds: the rows of each table, each with its line under `LINE`; the rows that cannot be read; and files that are no table.

    `columns` are those that the files of each table have; `missing` the files that the package names and that are not there.
    """

    rows: dict[str, list[dict[str, Any]]]
    faults: list[Fault]
    unknown: list[str]
    columns: dict[str, set[str]]
    missing: list[str]


def row_faults(table: Table, row: Mapping[str, str], path: str) -> Iterator[Fault]:
    """Give the faults of one row: an empty cell says nothing, and may not stand where something is required.

    A column that the row has not is no fault of the row: the file lacks it.
    """
    for column in table.columns:
        if column.name not in row:
            continue
        text = row[column.name]
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
    nameless: set[str] = set()
    for sheet in sheets:
        yield from _identifier_faults(sheet, identifiers.setdefault(sheet.table.name, set()), nameless)
    for sheet in sheets:
        yield from _sheet_faults(sheet, identifiers, nameless)


def read_tables(archive: Archive) -> Tables:
    """Read the tables of a package, for whoever takes them over. Raises InvalidDataError when a file in it is damaged."""
    read = Tables({}, [], [*archive.refused], {}, [])
    named: set[str] = set()
    for found in _sheets(archive):
        if isinstance(found, Fault):
            read.faults.extend([found] if found.rule in ("encoding", "shape") else [])
            read.missing.extend([found.path] if found.rule == "file" and found.path != DESCRIPTOR else [])
            continue
        named.add(found.path)
        header = _header(found)
        if len(set(header)) < len(header):  # which of the two counts, nobody can say
            read.faults.append(_doubled(found, header))
            continue
        read.columns.setdefault(found.table.name, set()).update(header)
        rows = read.rows.setdefault(found.table.name, [])
        for line, row in _rows(found):
            if isinstance(row, dict):
                rows.append({**typed(found.table, row), LINE: line})
            elif row.rule != "column":
                read.faults.append(row)
    read.unknown.extend(name for name in archive.files if name not in named and name.lower().endswith(".csv"))
    return read


def _sheets(archive: Archive) -> Iterator[TableFile | Fault]:
    """Give the tables that the package names, else those whose files have the names that HSDS gives."""
    descriptor = min((name for name in archive.files if name.rpartition("/")[2] == DESCRIPTOR), key=len, default="")
    base = descriptor.removesuffix(DESCRIPTOR)
    named: dict[str, _Resource] = {}
    if descriptor:
        for read in _named(archive.files[descriptor](), descriptor):
            if isinstance(read, Fault):
                yield read
            else:
                named[base + read.path] = read
    else:
        yield Fault(DESCRIPTOR, "file", _("missing"), DESCRIPTOR)
    files = [name for name in archive.files if name.lower().endswith(".csv") and table_named(name)]
    named = named or {name: _Resource(table_named(name), name) for name in files}
    for path, resource in named.items():
        table = tables().get(resource.name) or tables().get(table_named(path))
        if not table:
            continue
        if path not in archive.files:
            yield Fault(path[:200], "file", _("missing"), table.file)
            continue
        try:
            columns = resource.columns or tuple(column.name for column in table.columns)
            yield TableFile(table, path, archive.files[path]().decode("utf-8-sig"), columns)
        except UnicodeDecodeError:
            yield Fault(path, "encoding", _("no UTF-8 text"), "UTF-8")


class _Resource(NamedTuple):
    """A table as datapackage.json names it: its name, its file, and its columns where it says them."""

    name: str
    path: str
    columns: tuple[str, ...] = ()


def _named(content: bytes, path: str) -> Iterator[_Resource | Fault]:
    """Read which tables a package names, each with its file and its columns."""
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
            yield _Resource(name, file, tuple(_columns(resource)))
        else:
            yield Fault(
                f"{path}:/resources/{position}", "shape", _("a table without name or file"), '{"name": "service", "path": "services.csv"}'
            )


def _columns(resource: Mapping[str, Any]) -> Iterator[str]:
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    for field in fields if isinstance(fields, list) else ():
        if isinstance(field, dict) and isinstance(field.get("name"), str):
            yield field["name"]


def _identifier_faults(sheet: TableFile, known: set[str], nameless: set[str]) -> Iterator[Fault]:
    """Give the ids that stand twice, and remember each; a table without ids is `nameless`: no key can lead to its rows."""
    for line, row in _rows(sheet):
        if isinstance(row, dict) and "id" not in row:
            nameless.add(sheet.table.name)
            return
        if isinstance(row, dict) and row["id"]:
            if row["id"] in known:
                yield Fault(f"{sheet.path}:{line}:id", "unique", _("{value} stands twice").format(value=shown(row["id"])), "uuid")
            known.add(row["id"])


def _sheet_faults(sheet: TableFile, identifiers: Identifiers, nameless: Collection[str]) -> Iterator[Fault]:
    for line, row in _rows(sheet):
        if isinstance(row, Fault):
            yield row
            continue
        yield from row_faults(sheet.table, row, f"{sheet.path}:{line}")
        pointer = _pointer(sheet.table, row)
        for column, target in {**sheet.table.references, **pointer}.items():
            if row.get(column) and target not in nameless and row[column] not in identifiers.get(target, ()):
                said = _("{value} is the id of no {table}").format(value=shown(row[column]), table=target)
                advice = column in pointer or column in POINTS_AT  # keys that datapackage.json does not name
                yield Fault(f"{sheet.path}:{line}:{column}", "key", said, tables()[target].file, advice)


def _pointer(table: Table, row: Mapping[str, str]) -> dict[str, str]:
    """Give the column that points at any table, where the row says at which."""
    column, kind = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}.get(table.name, ("", ""))
    target = row.get(kind, "").removesuffix(".csv")
    return {column: target} if target in tables() else {}


def _header_faults(sheet: TableFile, header: Sequence[str]) -> Iterator[Fault]:
    """Give the columns that are missing, that nothing describes, that stand twice or in another order than datapackage.json says."""
    wanted = dict.fromkeys((*sheet.columns, *(column.name for column in sheet.table.columns if column.required_in_package)))
    for name in wanted:
        if name not in header:
            yield Fault(f"{sheet.path}:1:{name}", "column", _("no such column"), name)
    for name in dict.fromkeys(header):
        if name not in wanted:
            yield Fault(f"{sheet.path}:1:{name[:SHOWN]}", "column", _("a column that nothing describes"), ",".join(sheet.columns))
    if len(set(header)) < len(header):
        yield _doubled(sheet, header)
    elif set(header) == set(wanted) and list(header) != list(wanted):
        yield Fault(f"{sheet.path}:1", "column", _("the columns stand in another order than is described"), ",".join(wanted))


def _doubled(sheet: TableFile, header: Sequence[str]) -> Fault:
    first = next(name for name in header if header.count(name) > 1)
    return Fault(f"{sheet.path}:1:{first[:SHOWN]}", "column", _("a column stands twice"), "id,name,…")


def _header(sheet: TableFile) -> list[str]:
    """Give the headings of a file; none where it cannot be read as a table, which its rows say."""
    try:
        return next(csv.reader(io.StringIO(sheet.text, newline=""), strict=True), [])
    except csv.Error:
        return []


def _rows(sheet: TableFile) -> Iterator[tuple[int, dict[str, str] | Fault]]:
    """Give each row with its line; a fault where the file cannot be read as a table."""
    reader = csv.reader(io.StringIO(sheet.text, newline=""), strict=True)
    try:
        header = next(reader, [])
        yield from ((1, fault) for fault in _header_faults(sheet, header))
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
        yield reader.line_num, Fault(f"{sheet.path}:{reader.line_num}", "shape", trouble(error), "CSV (RFC 4180)")
