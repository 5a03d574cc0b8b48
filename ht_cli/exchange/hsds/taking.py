"""A row of somebody's file that remembers what is taken of it, so that nothing of it is dropped without its name."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from ht_cli.exchange.hsds.tables import tables
from ht_cli.exchange.hsds.values import is_number
from ht_cli.exchange.meanings import Left

LONGEST_NAME, LONGEST_VALUE = 40, 60  # characters
MOST_TEXTS = 12  # of the rows inside a field that is left; more would not stand in a value
_TIES = ("id", "link_entity", "link_type", "resource_type")  # what only holds rows together


class Taken:
    """A row of a table, with the rows inside it; each reading of a field takes it."""

    def __init__(self, row: Mapping[str, Any], table: str = "service", name: str = "") -> None:
        self._row = row
        self._fields = tables()[table].fields
        self._name = name
        self._done: set[str] = set()
        self._inside: dict[str, list[Taken]] = {}
        self._left: list[Left] = []

    def __contains__(self, field: str) -> bool:
        """Say whether a field is there, and says something."""
        return self._row.get(field) not in (None, "", [], {})

    @property
    def id(self) -> str:
        """The id of the row."""
        return str(self._row.get("id", ""))

    def value(self, field: str) -> Any:
        """Take the value of a field; None where it says nothing."""
        self._done.add(field)
        return self._row[field] if field in self else None

    def text(self, field: str) -> str:
        """Take the text of a field, without spaces around it; a number as it is written."""
        value = self.value(field)
        return "" if value is None or isinstance(value, (dict, list, bool)) else str(value).strip()

    def verbatim(self, field: str) -> str:
        """Take the text of a field as it is written, with the spaces around it."""
        value = self.value(field)
        return value if isinstance(value, str) else self.text(field)

    def number(self, field: str) -> float | None:
        """Take the number of a field, also where it stands as a text; None where it is none."""
        value = self.value(field)
        if isinstance(value, str) and is_number(value.strip()):
            return float(value)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def rows(self, field: str) -> "list[Taken]":
        """Give the rows inside a field, a list of them or a single one; what is not taken of them stays named."""
        if field not in self._inside:
            value = self._row.get(field) or ()
            held = [value] if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
            self._inside[field] = [Taken(row, self._fields[field].of[0], field) for row in held if isinstance(row, Mapping)]
        return self._inside[field]

    def row(self, field: str) -> "Taken":
        """Give the one row inside a field; one that says nothing where there is none."""
        return next(iter(self.rows(field)), Taken({}, self._fields[field].of[0], field))

    def plain(self) -> Mapping[str, Any]:
        """Give the row as it was written, and take nothing."""
        return self._row

    def leave(self, field: str, why: str, value: str | None = None) -> None:
        """Say why a field is not taken as it stands; its value is what was written, unless another is given."""
        self._done.add(field)
        self._left.append(self._named(field, self._written(field) if value is None else value, why))

    def leave_whole(self, why: str, value: str = "") -> None:
        """Say why nothing of this row is taken."""
        self._done.update(self._row)
        self._inside.clear()
        self._left.append(Left(_short(self._name), value[:LONGEST_VALUE], why))

    def pass_on(self, row: "Taken") -> None:
        """Leave with this row what is left of another one."""
        self._left += row.left()

    def ignore(self, *fields: str) -> None:
        """Take fields that say what is known from elsewhere."""
        self._done.update(fields)

    def left(self) -> Iterator[Left]:
        """Give what was not taken of the row and of the rows inside it, each with the reason where one was said."""
        yield from self._left
        for field in self._row:
            if field in self._inside:
                for row in self._inside[field]:
                    yield from row.left()
            elif field in self and field not in self._done and field not in _TIES and not self._points_at_a_row(field):
                yield self._named(field, self._written(field))

    def _points_at_a_row(self, field: str) -> bool:
        return field in self._fields and self._fields[field].type == "uuid"

    def _written(self, field: str) -> str:
        return ", ".join(islice(_texts_in(self._row.get(field, "")), MOST_TEXTS))

    def _named(self, field: str, value: str = "", why: str = "") -> Left:
        name = f"{self._name}.{field}" if self._name else field
        return Left(_short(name), value[:LONGEST_VALUE], why)


def _texts_in(value: Any) -> Iterator[str]:
    """Give what a value says, and what the rows inside it say, without what only holds rows together."""
    waiting = [value]
    while waiting:
        said = waiting.pop()
        if isinstance(said, Mapping):
            waiting += [item for name, item in reversed(list(said.items())) if name not in _TIES and not str(name).endswith("_id")]
        elif isinstance(said, (list, tuple)):
            waiting += reversed(said)
        elif said not in (None, ""):
            yield str(said)


def _short(name: str) -> str:
    return name[:LONGEST_NAME]
