"""What to check next: never checked and overdue resources, by the rhythm that the vocabulary gives each kind."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ht_cli.catalogue.reading import REACHABLE
from ht_cli.model import Place

_SURENESS = {"low": 0, "medium": 1, "high": 2}


class Due(NamedTuple):
    """A resource to check: when it was last (empty: never), when it was due, and what makes it press."""

    id: str
    name: str
    kind: str
    checked_on: str
    due_on: str
    reasons: tuple[str, ...]


def read_due(connection: sqlite3.Connection, today: date, kinds: Sequence[str] = (), place: Place | None = None) -> list[Due]:
    """Give what is due on a day, the most pressing first: without contact, never checked, of low confidence, of a short rhythm."""
    sql = (
        f"SELECT r.id, r.name, r.kind, r.status, r.confidence, COALESCE(r.checked_on, ''), COALESCE(t.months, 12), {REACHABLE}"
        " FROM resource r LEFT JOIN term t ON t.kind = 'kinds' AND t.id = r.kind WHERE r.status <> 'closed'"
    )
    values: list[str] = []
    if kinds:
        sql += f" AND r.kind IN ({','.join('?' * len(kinds))})"
        values += kinds
    if place:
        condition, wanted = _in_place(place)
        sql += condition
        values += wanted
    found = []
    for identifier, name, kind, status, confidence, checked_on, months, reachable in connection.execute(sql, values):
        due_on = _months_after(checked_on, months) if checked_on else ""
        if due_on > today.isoformat():
            continue
        reasons = [
            *(["overdue"] if checked_on else ["never"]), *([] if reachable else ["no contact"]),
            *([confidence] if confidence == "low" else []), *([status] if status != "active" else []),
        ]  # fmt: skip
        order = (status == "unreachable", bool(reachable), bool(checked_on), _SURENESS[confidence], months, due_on, identifier)
        found.append((order, Due(identifier, name, kind, checked_on, due_on, tuple(reasons))))
    return [due for _order, due in sorted(found, key=lambda pair: pair[0])]


def _in_place(place: Place) -> tuple[str, list[str]]:
    column, value = ("nis", place.nis) if place.nis else ("province", place.province) if place.province else ("region", place.region)
    homes = f"SELECT nis FROM municipality WHERE {column} = ?"
    return (
        " AND (EXISTS (SELECT 1 FROM resource_area s WHERE s.resource = r.id AND s.area = ?)"
        f" OR EXISTS (SELECT 1 FROM resource_area s WHERE s.resource = r.id AND substr(s.area, 5) IN ({homes}))"
        f" OR EXISTS (SELECT 1 FROM address a WHERE a.resource = r.id AND a.nis IN ({homes})))",
        [place.code, value, value],
    )


def _months_after(day: str, months: int) -> str:
    """Give the day so many months later; a check of which only the month is known counts from its first day."""
    year, month, of_month = (int(part) for part in f"{day}-01-01".split("-")[:3])
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    for last in (of_month, 30, 29, 28):
        try:
            return date(year, month, last).isoformat()
        except ValueError:
            continue
    return day
