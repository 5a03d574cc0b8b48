"""In which order resources are to be checked, as far as their own facts say it: each stands in `turn` at its place.

What else decides, the lines to call in danger and what keepers said, is weighed in `keeping/due.py`.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from ht_cli.catalogue.index.tallies import DUE, TURNS
from ht_cli.model import Resource
from ht_cli.shapes import NamedTuple

_SURENESS = {"low": 0, "medium": 1, "high": 2}
_REACHES = ("country", "community", "region", "province")  # kinds of areas, the widest first; then municipalities
NOWHERE = len(_REACHES) + 1


class Turn(NamedTuple):
    """What puts a resource before another of its kind: False before True, the lower before the higher.

    `reach` is the widest area that it serves: 0 the country … 4 a municipality, 5 none; `sureness` is 0 for low confidence to 2.
    """

    unreachable: bool
    reach: int
    never_checked: bool
    sureness: int

    @property
    def place(self) -> int:
        """One number for all of it, in the same order."""
        return ((self.unreachable * (NOWHERE + 1) + self.reach) * 2 + self.never_checked) * len(_SURENESS) + self.sureness

    @classmethod
    def at(cls, place: int) -> "Turn":
        """Give the turn of a place."""
        place, sureness = divmod(place, len(_SURENESS))
        place, never_checked = divmod(place, 2)
        unreachable, reach = divmod(place, NOWHERE + 1)
        return cls(bool(unreachable), reach, bool(never_checked), sureness)


def turn_of(resource: Resource) -> Turn:
    """Give the turn of a resource."""
    kinds = {area.partition(":")[0] for area in resource.areas}
    reach = next((wide for wide, kind in enumerate(_REACHES) if kind in kinds), len(_REACHES) if kinds else NOWHERE)
    return Turn(not resource.reachable, reach, not (resource.checked_on or resource.fact_checks), _SURENESS[resource.confidence])


def facets_of_turn(resource: Resource) -> Iterator[tuple[str, str]]:
    """Give what a resource is counted under for its turn; nothing for one that is closed."""
    if resource.status != "closed":
        yield f"{DUE}{resource.kind}", resource.checked_on
        yield f"{TURNS}{resource.kind}", str(turn_of(resource).place)


def write_turn(connection: sqlite3.Connection, resource: Resource) -> None:
    """Let a resource have its turn, unless it is closed."""
    if resource.status != "closed":
        connection.execute("INSERT INTO turn VALUES (?,?,?,?)", _row(resource))


def erase_turn(connection: sqlite3.Connection, resource: Resource) -> None:
    """Take the turn from a resource; costs a look, however many there are."""
    connection.execute("DELETE FROM turn WHERE kind = ? AND place = ? AND checked_on = ? AND resource = ?", _row(resource))


def _row(resource: Resource) -> tuple[str, int, str, str]:
    return resource.kind, turn_of(resource).place, resource.checked_on, resource.id


def read_turns(connection: sqlite3.Connection, kinds: Sequence[str]) -> dict[str, list[int]]:
    """Give the places at which resources of each kind have their turn; of these kinds, or of all."""
    sql = "SELECT substr(facet, ?), CAST(name AS INTEGER) FROM tally WHERE facet >= ? AND facet < ? ORDER BY 1, 2"
    found: dict[str, list[int]] = {}
    for kind, place in connection.execute(sql, (len(TURNS) + 1, TURNS, TURNS + "\U0010ffff")):
        if not kinds or kind in kinds:
            found.setdefault(kind, []).append(place)
    return found


def ids_at(connection: sqlite3.Connection, kind: str, place: int, last_day: str) -> Iterator[str]:
    """Give the resources of a kind at a place that were last checked on a day or before, or never; the longest ago first."""
    sql = "SELECT resource FROM turn WHERE kind = ? AND place = ? AND checked_on <= ? ORDER BY checked_on, resource"
    return (identifier for (identifier,) in connection.execute(sql, (kind, place, last_day)))


def count_checked_until(connection: sqlite3.Connection, kind: str, last_day: str) -> int:
    """Count the resources of a kind that were last checked on a day or before, or never."""
    sql = "SELECT COALESCE(SUM(count), 0) FROM tally WHERE facet = ? AND name <= ?"
    (count,) = connection.execute(sql, (f"{DUE}{kind}", last_day)).fetchone()
    return int(count)
