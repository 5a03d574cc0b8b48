"""What to check next: never checked and overdue resources, by the rhythm that the vocabulary gives each kind.

In the order of the harm that a wrong fact would do: what somebody has remarked on first, then the lines for danger, then
the front doors (networks and helplines), then by how many people are served; overdue before never checked among those.
What was skipped or not reached within a week stands behind; what has no contact at all, which nobody can call, comes last.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ht_cli.catalogue.facts.reading import REACHABLE
from ht_cli.catalogue.keeping.remarks import Claim, open_reports, put_off, read_claims
from ht_cli.model import NETWORKS, Place

_FRONT_DOORS = (*NETWORKS, "helpline")
_SURENESS = {"low": 0, "medium": 1, "high": 2}
_REACH = (  # the widest area that a resource serves: 0 the country … 4 a municipality
    "(SELECT MIN(CASE substr(a.area, 1, instr(a.area, ':')) WHEN 'country:' THEN 0 WHEN 'community:' THEN 1 WHEN 'region:' THEN 2"
    " WHEN 'province:' THEN 3 ELSE 4 END) FROM resource_area a WHERE a.resource = r.id)"
)


class Due(NamedTuple):
    """A resource to check: when it was last (empty: never), when it was due, what makes it press, remarks, and who calls it.

    Of one that is checked in part, since a fact changed after the check or single facts were checked, it is the day of the oldest.
    """

    id: str
    name: str
    kind: str
    checked_on: str
    due_on: str
    reasons: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    claim: Claim | None = None


def read_due(connection: sqlite3.Connection, today: date, kinds: Sequence[str] = (), place: Place | None = None) -> list[Due]:
    """Give what is due on a day, the most pressing first."""
    sql = (
        f"SELECT r.id, r.name, r.kind, r.status, r.confidence, COALESCE(r.checked_on, ''), COALESCE(t.months, 12), {REACHABLE}, {_REACH},"
        " r.id IN (SELECT resource FROM urgent_line), COALESCE((SELECT MIN(c.checked_on) FROM fact_check c WHERE c.resource = r.id), '')"
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
    reports, claims, later = open_reports(connection), read_claims(connection, today), put_off(connection, today)
    found = []
    for identifier, name, kind, status, confidence, checked_on, months, reachable, reach, urgent, in_part_on in connection.execute(
        sql, values
    ):
        due_on = _months_after(checked_on, months) if checked_on else ""
        if due_on > today.isoformat() and identifier not in reports:
            continue
        reasons = [
            *(["reported"] if identifier in reports else []),
            *(["overdue"] if checked_on and due_on <= today.isoformat() else [] if checked_on else ["in part"] if in_part_on else ["never"]),
            *([] if reachable else ["no contact"]), *([confidence] if confidence == "low" else []), *([status] if status != "active" else []),
        ]  # fmt: skip
        harm = 0 if urgent else 1 if kind in _FRONT_DOORS else 2
        order = (
            identifier not in reports, not reachable, later.get(identifier, ""), harm, reach if reach is not None else 5,
            not (checked_on or in_part_on), _SURENESS[confidence], months, due_on, identifier,
        )  # fmt: skip
        remarks = tuple(one.note for one in reports.get(identifier, ()))
        found.append(
            (order, Due(identifier, name, kind, checked_on or in_part_on, due_on, tuple(reasons), remarks, claims.get(identifier)))
        )
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
