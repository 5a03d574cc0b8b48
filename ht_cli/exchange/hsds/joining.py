"""The tables of a package, or of tabular JSON, as services with all that belongs to them: each row stands inside those that it names."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from sys import intern
from typing import Any

from ht_cli.exchange.hsds.tables import Field, Table, tables
from ht_cli.exchange.hsds.values import is_number
from ht_cli.exchange.meanings import Left
from ht_cli.locale import translate as _

Rows = Sequence[Mapping[str, Any]]
LONG = 40  # characters: what is shorter stands in many cells, and once in memory
LINE = " line"  # where a row stood in its file, beside its cells: no column is named so
_NAMED = ("organization", "program", "location", "taxonomy_term", "taxonomy", "unit")  # tables whose rows others name, each one
_BY_ITSELF = ("service", "taxonomy", "meta_table_description", "unit")  # tables whose rows belong to no service alone


def table_named(name: str) -> str:
    """Give the table that a file or a list of rows is of, by its file (services.csv), its plural or its name; nothing when it is none."""
    stem = name.rpartition("/")[2].removesuffix(".csv").removesuffix(".json")
    return next((table.name for table in tables().values() if stem in (table.name, table.file.removesuffix(".csv"), f"{table.name}s")), "")


def is_tabular(found: Any) -> bool:
    """Say whether an object holds the rows of tables, by table: {"services.csv": […], "phones.csv": […]}."""
    if not isinstance(found, Mapping) or "id" in found:
        return False
    return any(isinstance(rows, list) and table_named(name) == "service" for name, rows in found.items())


def tables_of(found: Mapping[str, Any]) -> dict[str, Rows]:
    """Give the rows of tabular JSON by table; what is no row is left out."""
    named = {table_named(name): rows for name, rows in found.items() if isinstance(rows, list)}
    return {name: [row for row in rows if isinstance(row, Mapping)] for name, rows in named.items() if name}


def typed(table: Table, row: Mapping[str, str]) -> dict[str, Any]:
    """Give the cells of a row as JSON would hold them: numbers as such, nothing for an empty cell."""
    kinds = {column.name: column.type for column in table.columns}
    return {
        name: _number(text) if kinds.get(name) == "number" and is_number(text) else intern(text) if len(text) < LONG else text
        for name, text in row.items()
        if text
    }


def _number(text: str) -> float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


class Joined:
    """The tables of one file, joined; rows that belong to nothing in it are named.

    `columns` are those that the file has of each table; without them, those that its rows have.
    """

    def __init__(self, found: Mapping[str, Rows], columns: Mapping[str, Collection[str]] | None = None) -> None:
        self._found = found
        self._columns = columns or {name: {column for row in rows for column in row} for name, rows in found.items()}
        self._by_id = {name: {str(row.get("id")): row for row in found[name]} for name in _NAMED if name in found}
        self._inside: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
        self._used: dict[str, set[str]] = defaultdict(set)
        self._shared: dict[tuple[str, str], dict[str, Any]] = {}  # rows that many others name, such as terms
        for name, rows in found.items():
            for row in rows:
                for column, value in row.items():
                    if column.endswith("_id") and column != "taxonomy_term_id":  # no row stands inside a term
                        self._inside[name, column, str(value)].append(row)

    def services(self) -> Iterator[dict[str, Any]]:
        """Give each service with the rows that belong to it."""
        for row in self._found.get("service", ()):
            yield self._whole("service", row)

    def left(self) -> list[Left]:
        """Give the rows that belong to no service of the file; to be asked when the services were given."""
        return [
            Left(name, str(row.get("name") or row.get("number") or row.get("description") or ""), _("belongs to no service of the file"))
            for name, rows in self._found.items()
            for row in rows
            if name not in _BY_ITSELF and str(row.get("id")) not in self._used[name]
        ]

    def lacks(self, table: str, field: str) -> bool:
        """Say whether the file has no place for a field of a table: it says nothing of it then, neither what it is nor that it is empty."""
        known = tables()[table].fields[field]
        if not known.nested:
            return field not in (self._columns.get(table) or {field})
        (child,) = known.of
        if child not in self._columns:
            return True
        holder, tie = (table, _tie_of(known)) if known.type == "object" else (child, _tie_to(table, child))
        return tie not in (self._columns.get(holder) or {tie})

    def _whole(self, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        self._used[name].add(str(row.get("id")))
        whole = {column: value for column, value in row.items() if column != LINE or name == "service"}
        for field in tables()[name].fields.values():
            if field.nested and field.name not in whole:
                inside = [self._joined(field, child) for child in self._children(name, field, row)]
                if inside:
                    whole[field.name] = inside if field.type == "list" else inside[0]
        return whole

    def _joined(self, field: Field, child: Mapping[str, Any]) -> dict[str, Any]:
        if field.type == "list":
            return self._whole(field.of[0], child)
        mark = (field.of[0], str(child.get("id")))
        if mark not in self._shared:
            self._shared[mark] = self._whole(field.of[0], child)
        return self._shared[mark]

    def _children(self, name: str, field: Field, row: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        child, identifier = field.of[0], str(row.get("id"))
        if field.type == "object":
            named = row.get(_tie_of(field))
            found = self._by_id.get(child, {}).get(str(named))
            return [found] if found else []
        return self._inside.get((child, _tie_to(name, child), identifier), ())


def _tie_of(field: Field) -> str:
    """Give the column of a row that names the one row of another table that it holds."""
    return "taxonomy_id" if field.name == "taxonomy_detail" else f"{field.name}_id"


def _tie_to(table: str, child: str) -> str:
    """Give the column of the rows of a table `child` that names the row of another table to which they belong."""
    return {"attribute": "link_id", "metadata": "resource_id"}.get(child, f"{table}_id")
