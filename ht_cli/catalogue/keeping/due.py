"""What to check next: never checked and overdue resources, by the rhythm that the vocabulary gives each kind.

In the order of the harm that a wrong fact would do: what somebody has remarked on first, then the lines for danger, then
the front doors (networks and helplines), then by how many people are served; overdue before never checked among those.
What was skipped or not reached within a week stands behind; what has no contact at all, which nobody can call, comes last.

Most of that follows from the facts of a resource alone and stands in the table `turn`, which is walked from its beginning:
twenty cost what twenty cost, however many are due. The few of which keepers said something, and the lines for danger, are
read apart and put between.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import merge
from itertools import groupby, islice
from typing import NamedTuple

from ht_cli.catalogue.facts.reading import REACHABLE
from ht_cli.catalogue.index.turns import NOWHERE, Turn, count_checked_until, ids_at, read_turns
from ht_cli.catalogue.keeping.remarks import Claim, open_reports, put_off, read_claims
from ht_cli.model import NETWORKS, Change, Place
from ht_cli.search.lookups import ANY_NEED

_FRONT_DOORS = (*NETWORKS, "helpline")
_SURENESS = {"low": 0, "medium": 1, "high": 2}
_REACH = (  # the widest area that a resource serves: 0 the country … 4 a municipality
    "(SELECT MIN(CASE substr(a.area, 1, instr(a.area, ':')) WHEN 'country:' THEN 0 WHEN 'community:' THEN 1 WHEN 'region:' THEN 2"
    " WHEN 'province:' THEN 3 ELSE 4 END) FROM resource_area a WHERE a.resource = r.id)"
)
_USUAL = 12  # months after which a kind is due of which the vocabulary does not say
_OF_IDS, _OF_NUMBERS = "r.id IN (SELECT value FROM json_each(?))", "r.number IN (SELECT value FROM json_each(?))"
_AT_ONCE = 50  # resources read at once while the turns are walked


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


class _Order(NamedTuple):
    """What puts one that is due before another, the first difference counts."""

    nobody_remarked: bool
    unreachable: bool
    put_off: str
    harm: int
    reach: int
    never_checked: bool
    sureness: int
    months: int
    due_on: str = ""
    id: str = ""


class DueList:
    """What is due on a day, of all or of some kinds, in the country or in a place, in the order in which it presses."""

    def __init__(self, connection: sqlite3.Connection, today: date, kinds: Sequence[str] = (), place: Place | None = None) -> None:
        """Read what keepers said, and the rhythm of each kind; what is due is read when it is asked for."""
        self._connection = connection
        self._today = today
        self._kinds = kinds
        self._place = place
        self._months: dict[str, int] = dict(connection.execute("SELECT id, COALESCE(months, ?) FROM term WHERE kind = 'kinds'", (_USUAL,)))
        self._reports: Mapping[str, list[Change]] = open_reports(connection)
        self._claims = read_claims(connection, today)
        self._put_off = put_off(connection, today)
        urgent = {resource for (resource,) in connection.execute("SELECT resource FROM urgent_line")}
        self._apart = {*self._reports, *self._put_off, *urgent}

    def __iter__(self) -> Iterator[Due]:
        """Give what is due, the most pressing first, and read no more than is taken."""
        if self._place:
            numbers = _numbers_in(self._connection, self._place)
            yield from (due for _order, due in self._sorted(_OF_NUMBERS, numbers))
            return
        apart = self._sorted(_OF_IDS, self._apart)
        yield from (due for _order, due in merge(apart, self._in_turn(), key=lambda pair: pair[0]))

    def __len__(self) -> int:
        """Count what is due."""
        if self._place:
            return sum(1 for _due in self)
        kinds = read_turns(self._connection, self._kinds)
        in_time = sum(count_checked_until(self._connection, kind, self._last_day(kind)) for kind in kinds)
        remarked = self._sorted(_OF_IDS, self._reports)
        return in_time + sum(due.due_on > self._today.isoformat() for _order, due in remarked)

    def claimed(self) -> list[Due]:
        """Give what is due and somebody said to call, the most pressing first."""
        if self._place:
            return [due for due in self if due.claim]
        return [due for _order, due in self._sorted(_OF_IDS, self._claims)]

    def _in_turn(self) -> Iterator[tuple[_Order, Due]]:
        """Walk the turns, kinds with the same order side by side."""
        steps = sorted(
            (self._order_of(kind, Turn.at(place)), kind, place)
            for kind, places in read_turns(self._connection, self._kinds).items()
            for place in places
        )
        for _order, together in groupby(steps, key=lambda step: step[0]):
            yield from merge(*(self._at(kind, place) for _same, kind, place in together), key=lambda pair: pair[0])

    def _order_of(self, kind: str, turn: Turn) -> _Order:
        harm = 1 if kind in _FRONT_DOORS else 2
        return _Order(True, turn.unreachable, "", harm, turn.reach, turn.never_checked, turn.sureness, self._months.get(kind, _USUAL))

    def _at(self, kind: str, place: int) -> Iterator[tuple[_Order, Due]]:
        ids = (identifier for identifier in ids_at(self._connection, kind, place, self._last_day(kind)) if identifier not in self._apart)
        while some := list(islice(ids, _AT_ONCE)):
            yield from self._sorted(_OF_IDS, some)

    def _last_day(self, kind: str) -> str:
        """Give the last day on which a check of a kind is due by today."""
        months = self._months.get(kind, _USUAL)
        day = date.fromisoformat(_months_after(self._today.isoformat(), -months)) + timedelta(days=4)  # months are of different lengths
        while _months_after(day.isoformat(), months) > self._today.isoformat():
            day -= timedelta(days=1)
        return day.isoformat()

    def _sorted(self, condition: str, listed: Iterable[str] | Iterable[int]) -> list[tuple[_Order, Due]]:
        """Give what is due of those listed, each with what orders it, in that order."""
        sql = (
            f"SELECT r.id, r.name, r.kind, r.status, r.confidence, COALESCE(r.checked_on, ''), {REACHABLE}, {_REACH},"
            " r.id IN (SELECT resource FROM urgent_line), COALESCE((SELECT MIN(c.checked_on) FROM fact_check c WHERE c.resource = r.id), '')"
            f" FROM resource r WHERE r.status <> 'closed' AND {condition}"
        )
        rows = self._connection.execute(sql, (json.dumps(list(listed)),))
        return sorted((self._judged(*row) for row in rows if self._is_due(row[:6])), key=lambda pair: pair[0])

    def _is_due(self, row: Sequence[str]) -> bool:
        identifier, _name, kind, _status, _confidence, checked_on = row[:6]
        if self._kinds and kind not in self._kinds:
            return False
        return identifier in self._reports or not checked_on or checked_on <= self._last_day(kind)

    def _judged(
        self, identifier: str, name: str, kind: str, status: str, confidence: str, checked_on: str, reachable: int, reach: int | None,
        urgent: int, in_part_on: str,
    ) -> tuple[_Order, Due]:  # fmt: skip
        months = self._months.get(kind, _USUAL)
        due_on = _months_after(checked_on, months) if checked_on else ""
        reasons = [
            *(["reported"] if identifier in self._reports else []),
            *(["overdue"] if checked_on and due_on <= self._today.isoformat() else [] if checked_on else ["in part"] if in_part_on else ["never"]),
            *([] if reachable else ["no contact"]), *([confidence] if confidence == "low" else []), *([status] if status != "active" else []),
        ]  # fmt: skip
        harm = 0 if urgent else 1 if kind in _FRONT_DOORS else 2
        order = _Order(
            identifier not in self._reports, not reachable, self._put_off.get(identifier, ""), harm, NOWHERE if reach is None else reach,
            not (checked_on or in_part_on), _SURENESS[confidence], months, due_on, identifier,
        )  # fmt: skip
        remarks = tuple(one.note for one in self._reports.get(identifier, ()))
        return order, Due(identifier, name, kind, checked_on or in_part_on, due_on, tuple(reasons), remarks, self._claims.get(identifier))


def _numbers_in(connection: sqlite3.Connection, place: Place) -> Collection[int]:
    """Give the resources that serve a place or a municipality of it by name, or have an address there."""
    column, value = ("nis", place.nis) if place.nis else ("province", place.province) if place.province else ("region", place.region)
    homes = f"(SELECT nis FROM municipality WHERE {column} = ?)"
    rows = connection.execute(
        "SELECT resource FROM cell WHERE need = ? AND area IN (SELECT number FROM area WHERE code = ? OR substr(code, 5) IN"
        f" {homes}) UNION SELECT r.number FROM address a JOIN resource r ON r.id = a.resource WHERE a.nis IN {homes}",
        (ANY_NEED, place.code, value, value),
    )
    return {number for (number,) in rows}


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
