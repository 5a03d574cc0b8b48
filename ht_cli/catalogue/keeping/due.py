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
from functools import cached_property, lru_cache
from heapq import merge
from itertools import groupby, islice
from typing import Any

from ht_cli.catalogue.facts.municipalities import homes_in
from ht_cli.catalogue.facts.reading import REACHABLE
from ht_cli.catalogue.index.turns import NOWHERE, Turn, count_checked_until, ids_at, read_turns
from ht_cli.catalogue.keeping.remarks import Claim, open_reports, put_off, read_claims
from ht_cli.model import NETWORKS, Change, Place
from ht_cli.search.lookups import ANY_NEED
from ht_cli.shapes import NamedTuple

_FRONT_DOORS = (*NETWORKS, "helpline")
_SURENESS = {"low": 0, "medium": 1, "high": 2}
_REACH = (  # the widest area that a resource serves: 0 the country … 4 a municipality
    "(SELECT MIN(CASE substr(a.area, 1, instr(a.area, ':')) WHEN 'country:' THEN 0 WHEN 'community:' THEN 1 WHEN 'region:' THEN 2"
    " WHEN 'province:' THEN 3 ELSE 4 END) FROM resource_area a WHERE a.resource = r.id)"
)
_URGENT = "SELECT resource FROM urgent_line UNION SELECT 'urgence-112'"  # with the one that stands before every danger
_USUAL = 12  # months after which a kind is due of which the vocabulary does not say
_OF_IDS, _OF_NUMBERS = "r.id IN (SELECT value FROM json_each(?))", "r.number IN (SELECT value FROM json_each(?))"
_AT_ONCE = 50  # resources read at once while the turns are walked
_DAYS_KNOWN = 4096  # days on which checks were made, whose next one is kept: ten years and more


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


class _Row(NamedTuple):
    """What is read of a resource to say whether it is due, and how much that presses."""

    id: str
    name: str
    kind: str
    status: str
    confidence: str
    checked_on: str
    reachable: int
    reach: int | None
    urgent: int
    in_part_on: str


_ROWS = (
    f"SELECT r.id, r.name, r.kind, r.status, r.confidence, COALESCE(r.checked_on, ''), {REACHABLE}, {_REACH},"
    f" r.id IN ({_URGENT}), COALESCE((SELECT MIN(c.checked_on) FROM fact_check c WHERE c.resource = r.id), '')"
    " FROM resource r WHERE r.status <> 'closed'"
)


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
        urgent = {resource for (resource,) in connection.execute(_URGENT)}
        self._apart = {*self._reports, *self._put_off, *urgent}

    def __iter__(self) -> Iterator[Due]:
        """Give what is due, the most pressing first, and read no more than is taken."""
        if self._place:
            in_turn: Iterable[_Ordered] = self._in_place
        else:
            in_turn = merge(self._sorted(_OF_IDS, self._apart), self._in_turn(), key=_order_of)
        return (self._told(row) for _order, row in in_turn)

    def __len__(self) -> int:
        """Count what is due."""
        if self._place:
            return len(self._in_place)
        kinds = read_turns(self._connection, self._kinds)
        in_time = sum(count_checked_until(self._connection, kind, self._last_day(kind)) for kind in kinds)
        remarked = [row for _order, row in self._sorted(_OF_IDS, self._reports)]
        return in_time + sum(row.checked_on > self._last_day(row.kind) for row in remarked)

    def claimed(self) -> list[Due]:
        """Give what is due and somebody said to call, the most pressing first."""
        found = self._in_place if self._place else self._sorted(_OF_IDS, self._claims)
        return [self._told(row) for _order, row in found if row.id in self._claims]

    @cached_property
    def _in_place(self) -> list["_Ordered"]:
        """Order what is due in the place: all of it, once."""
        return self._sorted(_OF_NUMBERS, _numbers_in(self._connection, self._place)) if self._place else []

    def _in_turn(self) -> Iterator["_Ordered"]:
        """Walk the turns, kinds with the same order side by side."""
        steps = sorted(
            (self._order_at(kind, Turn.at(place)), kind, place)
            for kind, places in read_turns(self._connection, self._kinds).items()
            for place in places
        )
        for _order, together in groupby(steps, key=_order_of):
            yield from merge(*(self._at(kind, place) for _same, kind, place in together), key=_order_of)

    def _order_at(self, kind: str, turn: Turn) -> _Order:
        harm = 1 if kind in _FRONT_DOORS else 2
        return _Order(True, turn.unreachable, "", harm, turn.reach, turn.never_checked, turn.sureness, self._months_of(kind))

    def _at(self, kind: str, place: int) -> Iterator["_Ordered"]:
        ids = (identifier for identifier in ids_at(self._connection, kind, place, self._last_day(kind)) if identifier not in self._apart)
        while some := list(islice(ids, _AT_ONCE)):
            yield from self._sorted(_OF_IDS, some)

    def _sorted(self, condition: str, listed: Iterable[str] | Iterable[int]) -> list["_Ordered"]:
        """Give what is due of those listed, each with what orders it, in that order."""
        rows = map(_Row._make, self._connection.execute(f"{_ROWS} AND {condition}", (json.dumps(list(listed)),)))
        return sorted(((self._order(row), row) for row in rows if self._is_due(row)), key=_order_of)

    def _is_due(self, row: _Row) -> bool:
        if self._kinds and row.kind not in self._kinds:
            return False
        return not row.checked_on or row.checked_on <= self._last_day(row.kind) or row.id in self._reports

    def _order(self, row: _Row) -> _Order:
        harm = 0 if row.urgent else 1 if row.kind in _FRONT_DOORS else 2
        return _Order(
            row.id not in self._reports, not row.reachable, self._put_off.get(row.id, ""), harm, NOWHERE if row.reach is None else row.reach,
            not (row.checked_on or row.in_part_on), _SURENESS[row.confidence], self._months_of(row.kind), self._due_on(row), row.id,
        )  # fmt: skip

    def _told(self, row: _Row) -> Due:
        """Say of one that is due what makes it so."""
        due_on = self._due_on(row)
        reasons = [
            *(["reported"] if row.id in self._reports else []),
            *(["overdue"] if row.checked_on and due_on <= self._today.isoformat() else [] if row.checked_on else ["in part"] if row.in_part_on else ["never"]),
            *([] if row.reachable else ["no contact"]), *([row.confidence] if row.confidence == "low" else []), *([row.status] if row.status != "active" else []),
        ]  # fmt: skip
        remarks = tuple(one.note for one in self._reports.get(row.id, ()))
        return Due(row.id, row.name, row.kind, row.checked_on or row.in_part_on, due_on, tuple(reasons), remarks, self._claims.get(row.id))

    def _months_of(self, kind: str) -> int:
        return self._months.get(kind, _USUAL)

    def _last_day(self, kind: str) -> str:
        """Give the last day on which a check of a kind is due by today."""
        return _last_day_before(self._today.isoformat(), self._months_of(kind))

    def _due_on(self, row: _Row) -> str:
        """Give the day on which one was due; empty where nobody has checked it as a whole."""
        return _months_after(row.checked_on, self._months_of(row.kind)) if row.checked_on else ""


_Ordered = tuple[_Order, _Row]


def _order_of(pair: Sequence[Any]) -> _Order:
    order: _Order = pair[0]
    return order


def _numbers_in(connection: sqlite3.Connection, place: Place) -> Collection[int]:
    """Give the resources that serve a place or a municipality of it by name, or have an address there."""
    homes, values = homes_in(place)
    rows = connection.execute(
        "SELECT resource FROM cell WHERE need = ? AND area IN (SELECT number FROM area WHERE code = ? OR substr(code, 5) IN"
        f" ({homes})) UNION SELECT r.number FROM address a JOIN resource r ON r.id = a.resource WHERE a.nis IN ({homes})",
        (ANY_NEED, place.code, *values, *values),
    )
    return {number for (number,) in rows}


@lru_cache
def _last_day_before(today: str, months: int) -> str:
    """Give the last day from which so many months have gone by today."""
    day = date.fromisoformat(_months_after(today, -months)) + timedelta(days=4)  # months are of different lengths
    while _months_after(day.isoformat(), months) > today:
        day -= timedelta(days=1)
    return day.isoformat()


@lru_cache(maxsize=_DAYS_KNOWN)
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
