"""What the fields of HSDS said when our attributes were written from the same facts, so that an edit of either is seen.

A program or a person that edits our file changes the fields of HSDS and seldom our attributes. Each service carries, as its
attribute `ht-field:written`, what those fields said; where one says something else now, it was edited, and counts.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha1
from math import inf
from typing import Any

from ht_cli.exchange.hsds.rows import harmless_text

WRITTEN = "written"  # the name of the attribute
OF_SERVICE = ("status", "alert", "alternate_name", "application_process", "fees_description", "eligibility_description")
HOURS = "schedules"
OF_ROWS = {"phones": "description", "service_areas": "name"}  # the field of each row beside which attributes stand
MARKS = "marks"  # of the organization, the locations, their addresses and the phones, by id
OWNER, JOURNAL = "organization", "metadata"  # the id of the one, and how many rows the other has
_ONLY_TIES = ("attributes", "metadata")

Row = Mapping[str, Any]


def witness(service: Row) -> str:
    """Give what the fields of a service say beside which attributes of ours stand, as JSON."""
    said = {field: bare(service[field]) for field in (*OF_SERVICE, HOURS) if service.get(field)}
    rows: dict[str, Any] = {
        kind: {row["id"]: row.get(field, "") for row in service.get(kind, ()) if row.get("attributes")} for kind, field in OF_ROWS.items()
    }
    rows[MARKS] = {row["id"]: _marks(row) for row in _marked(service)}
    rows[OWNER] = service["organization"]["id"] if service.get("organization") else ""
    return json.dumps(
        {**said, **{kind: found for kind, found in rows.items() if found}, JOURNAL: len(service.get("metadata", ()))}, ensure_ascii=False
    )


class Witness:
    """What a service carries of what its fields said."""

    def __init__(self, text: str) -> None:
        try:
            found = json.loads(text) if text else None
        except (ValueError, RecursionError):
            found = None
        self._said: dict[str, Any] | None = found if isinstance(found, dict) else None

    def edited(self, service: Row, field: str) -> bool:
        """Say whether a field says something else than when it was written; never where nothing is carried."""
        return self._said is not None and bool(bare(service.get(field) or "") != bare(self._said.get(field) or ""))

    def row_edited(self, row: Row, kind: str) -> bool:
        """Say whether a row inside, of phones or service_areas, says something else than when it was written."""
        if self._said is None:
            return False
        rows = self._said.get(kind)
        was = rows.get(str(row.get("id")), "") if isinstance(rows, dict) else ""
        return bool(bare(row.get(OF_ROWS[kind]) or "") != bare(was))

    def knows(self, row: Row) -> bool:
        """Say whether it is carried what a row inside said."""
        marks = (self._said or {}).get(MARKS)
        return isinstance(marks, dict) and str(row.get("id")) in marks

    def row_edits(self, row: Row) -> list[str]:
        """Give the fields of a row inside that say something else than when they were written, without the rows inside that one.

        A file of before tells only that some field does: then it is the name.
        """
        marks = (self._said or {}).get(MARKS)
        was = marks.get(str(row.get("id"))) if isinstance(marks, dict) else None
        if isinstance(was, str):
            return ["name"] if was != _mark(_plain(row)) else []
        now = _marks(row)
        return [field for field in {**was, **now} if was.get(field) != now.get(field)] if isinstance(was, dict) else []

    def count(self, field: str) -> float:
        """Give how many rows a field had; without end where nothing is carried."""
        number = (self._said or {}).get(field)
        return number if isinstance(number, int) else inf

    def said(self, field: str) -> Any:
        """Give what a field said."""
        return (self._said or {}).get(field)


def bare(value: Any) -> Any:
    """Give what a value says, without ids, attributes and what no cell of a package can hold."""
    if isinstance(value, str):
        return harmless_text(value)
    if isinstance(value, list):
        return [bare(item) for item in value]
    if isinstance(value, Mapping):
        said = {
            name: bare(item) for name, item in value.items() if name != "id" and not name.endswith("_id") and name not in _ONLY_TIES
        }  # fmt: skip
        return {name: item for name, item in said.items() if item not in ("", None, [])}
    return value


def _marked(service: Row) -> Iterator[Row]:
    """Give the rows inside a service of which it is told which field was edited."""
    if service.get("organization"):
        yield service["organization"]
    for location in (spot["location"] for spot in service.get("service_at_locations", ()) if spot.get("location")):
        yield from (location, *location.get("addresses", ()))
    yield from service.get("phones", ())


def _marks(row: Row) -> dict[str, str]:
    """Give what tells one state of each field of a row from another, without the rows inside it."""
    return {field: _mark(value) for field, value in _plain(row).items()}


def _plain(row: Row) -> dict[str, Any]:
    return {field: value for field, value in bare(row).items() if not isinstance(value, (list, dict))}


def _mark(said: Any) -> str:
    return sha1(json.dumps(said, sort_keys=True).encode(), usedforsecurity=False).hexdigest()[:8]
