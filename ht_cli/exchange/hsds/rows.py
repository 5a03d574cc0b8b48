"""Objects of HSDS as rows of its tables, and the description of a package that holds them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.credits import LICENCE_LINK, LICENCE_NAME, PUBLISHER, credit_list, licence
from ht_cli.exchange.hsds.tables import VERSION, Field, Table, tables

Rows = Iterator[tuple[str, dict[str, Any]]]
_TYPES = {"number": "number", "date": "date", "time": "time", "date-time": "datetime"}
_FORMATS = ("uuid", "uri", "email")
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # controls, and what turns the text round
_HALF_OF_A_PAIR = re.compile(r"[\ud800-\udfff]")


def rows_of(table: str, found: Mapping[str, Any], links: Mapping[str, str] | None = None) -> Rows:
    """Give an object and all that is in it as rows; what stood inside another names it by its id."""
    fields = tables()[table].fields
    row: dict[str, Any] = dict(links or {})
    inside: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in found.items():
        if name not in fields:
            continue
        if fields[name].type == "list":
            inside += [(fields[name].of[0], item) for item in value]
        elif fields[name].type == "object":
            inside.append((fields[name].of[0], value))
            row["taxonomy_id" if name == "taxonomy_detail" else f"{name}_id"] = value["id"]
        else:
            row[name] = value
    yield table, row
    for child, item in inside:
        yield from rows_of(child, item, _links(table, row["id"], tables()[child]))


def _links(table: str, identifier: str, child: Table) -> dict[str, str]:
    if child.name == "attribute":
        return {"link_id": identifier, "link_entity": table}
    if child.name == "metadata":
        return {"resource_id": identifier, "resource_type": table}
    return {f"{table}_id": identifier} if f"{table}_id" in child.fields else {}


def cell_of(column: Field, value: Any) -> str:
    """Write a value into a cell: no control characters, none that turn the text round, U+FFFD for half of a pair."""
    text = harmless_text("" if value is None else str(value))
    return text if text.strip() or not column.required_in_package else "–"


def harmless_text(text: str) -> str:
    """Give a text as a cell may hold it."""
    return text if text.isascii() and text.isprintable() else _HALF_OF_A_PAIR.sub("\ufffd", _HARMFUL.sub("", text))


def description(names: Sequence[str], about: Mapping[str, str]) -> dict[str, Any]:
    """Describe a package that holds these tables alone (Frictionless Tabular Data Package), with its licence and credits.

    Keys to other tables are left out.
    """
    return {
        "name": "ht-hsds", "title": f"HSDS {VERSION}, profile ht", "profile": "tabular-data-package", **about,
        "licenses": [{"name": LICENCE_NAME, "title": licence().text, "path": LICENCE_LINK}],
        "contributors": [{"title": PUBLISHER, "role": "publisher"}],
        "sources": [{"title": credit.text, "path": credit.link} for credit in credit_list()],
        "resources": [_resource(tables()[name], names) for name in names],
    }  # fmt: skip


def _resource(table: Table, names: Sequence[str]) -> dict[str, Any]:
    keys = [
        {"fields": column, "reference": {"resource": target, "fields": "id"}}
        for column, target in table.references.items()
        if target in names
    ]
    schema: dict[str, Any] = {"fields": [_column(column) for column in table.columns], "primaryKey": "id"}
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name, "path": table.file, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _column(field: Field) -> dict[str, Any]:
    column: dict[str, Any] = {"name": field.name, "type": _TYPES.get(field.type, "string")}
    if field.type in _FORMATS:
        column["format"] = field.type
    limits: dict[str, Any] = {"required": field.required_in_package}
    if field.name == "id":
        limits["unique"] = True
    if field.of:
        limits["enum"] = list(field.of)
    return {**column, "constraints": limits}
