"""What a resource says by its entries: what was released, what keepers wrote since, and whether it holds together.

Every write ends here, one's own as well as a sync: so facts and journal never tell two stories. Nothing here asks what day it
is: whoever holds the same entries and the same release reads the same, whenever that is.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.facts.records import Record, differences, record_of, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import TOGETHER, WHOLE_CHECK, FactCell, cells_of, fields_of, record_of_cells
from ht_cli.catalogue.keeping.checking import Allowed, days_said, faults, parted
from ht_cli.catalogue.keeping.standing import Outcome, outcome
from ht_cli.catalogue.keeping.touches import Check
from ht_cli.clock import day_in_belgium
from ht_cli.dates import first_day
from ht_cli.model import Change
from ht_cli.shapes import NamedTuple

CLOSING = tuple(field for field, together in TOGETHER.items() if together == TOGETHER["status"])


class Conflict(NamedTuple):
    """A field of which people who did not know of one another said different things: what stands, and what was set aside.

    The words are the entries that say so (None: the release), the checks say who confirmed it, when and how. The cell is
    the smallest piece that was said differently; several fields that stand together are one. `secret` says that an address
    of the resource is confidential, or was: none of its addresses may be shown.
    """

    resource: str
    field: str
    stands: Any
    aside: Any
    standing_word: Change | None = None
    aside_word: Change | None = None
    standing_check: Check | None = None
    aside_check: Check | None = None
    cell: FactCell = ("", "")
    secret: bool = False

    def is_of(self, other: "Conflict") -> bool:
        """Say whether this is the same disagreement, or that of a fact that stands together with the other one."""
        mine, theirs = ((one.resource, one.cell, one.aside_word and one.aside_word.uuid) for one in (self, other))
        return mine == theirs and (any(self.cell) or self.field == other.field)


class Followed(NamedTuple):
    """A resource as its entries make it: its record before and after, what was set aside, and fields that would not hold."""

    before: Record
    after: Record
    conflicts: tuple[Conflict, ...]


class Entries:
    """What is said of each resource: what was released, the entries of the journal, and more that it does not hold yet."""

    def __init__(self, connection: sqlite3.Connection, more: Mapping[str, Sequence[Change]]) -> None:
        self._connection = connection
        self._more = more

    def on(self, resource: str) -> list[Change]:
        """Give the entries on a resource."""
        return [*journal.read_changes_of(self._connection, resource), *self._more.get(resource, ())]

    def outcome(self, resource: str, before: Record | None = None) -> tuple[Record, Outcome]:
        """Give what was released of a resource, and what follows; `before` is what it says by now, where that is read already."""
        root, entries, silent = self.said(resource, _read(self._connection, resource) if before is None else before)
        return root, outcome(root, entries, silent)

    def said(self, resource: str, before: Record) -> tuple[Record, list[Change], set[str]]:
        """Give what was released of a resource, the entries on it, and the names of those that the release says already."""
        entries = self.on(resource)
        silent = {change.uuid for change in entries if journal.is_absorbed(self._connection, change.uuid)}
        return tidy(before | journal.released_values(self._connection, resource)), entries, silent

    def circle(self, resource: str, record: Record) -> list[str]:
        """Give the resources, this one first, each of which is closed and followed by the next, and the last by this one; else none."""
        passed = [resource]
        while record.get("status") == "closed" and record.get("successor"):
            if record["successor"] in passed:
                return passed if record["successor"] == resource else []
            passed.append(record["successor"])
            record = self.outcome(passed[-1])[1].record
        return []

    def added_at(self, resource: str) -> str:
        """Give the moment at which somebody added a resource; empty for one of the release."""
        return min((change.at for change in self.on(resource) if change.action == "add"), default="")


def follow(
    connection: sqlite3.Connection,
    resource: str,
    before: Record,
    allowed: Allowed,
    more: Mapping[str, Sequence[Change]] = MappingProxyType({}),
) -> Followed:
    """Work out what a resource, which says `before` by now, says by its entries; the day of its last edit is left to the caller.

    `more` are entries that the journal does not hold yet, by resource.
    """
    entries = Entries(connection, more)
    root, follows = entries.outcome(resource, before)
    later = days_said(follows.record) - days_said(root)
    after, refused = _holding(resource, root, follows, allowed, days_said(root) | (_come(later, entries.on(resource)) if later else set()))
    if "successor" in after and not _leads_on(connection, resource, after["successor"]):
        after = {field: value for field, value in after.items() if field != "successor"}
    after, crossed = _kept_open(resource, after, entries)
    found = [*_set_aside(resource, after, follows), *refused, *crossed]
    return Followed(before, after, tuple(sorted(found, key=lambda conflict: conflict.field)))


def moved_without(connection: sqlite3.Connection, resource: str, now: Record, changes: Iterable[Change]) -> dict[str, tuple[Any, Any]]:
    """Give what becomes of a resource, which says `now`, once these changes are taken back: each field that moves, before and after."""
    seen, at = journal.newest_of(connection, resource), journal.next_moment(connection)
    undos = [
        Change(f"undo of {change.uuid}", at, "", "undo", resource, {}, undoes=change.uuid, device="here", seen=seen) for change in changes
    ]
    root, said, silent = Entries(connection, {}).said(resource, now)
    return differences(*(outcome(root, entries, silent).record for entries in (said, [*said, *undos])))


def led_to(connection: sqlite3.Connection, resources: Iterable[str]) -> set[str]:
    """Give what follows one of these resources by some entry, or what follows that, and so on."""
    sql = "SELECT DISTINCT resource, after FROM change JOIN change_field ON change = uuid WHERE field = 'successor' AND after IS NOT NULL"
    leads = [(resource, json.loads(successor)) for resource, successor in connection.execute(sql)]
    found, newest = set[str](), set(resources)
    while newest:
        newest = {resource for resource, successor in leads if successor in newest} - found
        found |= newest
    return found


def _kept_open(resource: str, record: Record, entries: Entries) -> tuple[Record, list[Conflict]]:
    """Where keepers joined the same resources crosswise, each closing another, keep the one open that was added first.

    Else all of them would be closed, and nobody would find what every one of these keepers wanted to stay. The word that closes
    it is set aside.
    """
    circle = entries.circle(resource, record)
    if not circle or resource != min(circle, key=lambda one: (entries.added_at(one), one)):
        return record, []
    kept = {field: value for field, value in record.items() if field not in CLOSING}
    stays, goes = _word_of(entries.on(circle[-1]), resource), _word_of(entries.on(resource), record["successor"])
    cell = (TOGETHER["status"], "")
    return kept, [Conflict(resource, field, None, record[field], stays, goes, cell=cell) for field in CLOSING if field in record]


def _word_of(entries: Iterable[Change], successor: str) -> Change | None:
    """Give the newest entry by which this one follows."""
    told = [entry for entry in entries if {**entry.superseded, **entry.fields}.get("successor", ("", ""))[1] == successor]
    return max(told, key=lambda entry: (entry.at, entry.uuid), default=None)


def _read(connection: sqlite3.Connection, resource: str) -> Record:
    found = read_resources(connection, [resource])
    return record_of(found[0]) if found else {}


def _leads_on(connection: sqlite3.Connection, resource: str, successor: str) -> bool:
    """Say whether a successor is there: what another keeper added may come later than the word of it, or be taken back."""
    return successor != resource and bool(connection.execute("SELECT 1 FROM resource WHERE id = ?", (successor,)).fetchone())


def _come(dates: Collection[str], entries: Iterable[Change]) -> set[str]:
    """Give those of some dates that had come on the day in Belgium on which somebody said them.

    What somebody says of a day to come is no fact, whoever reads it and when.
    """
    come = set[str]()
    for entry in entries:
        said = ({field: after for field, (_before, after) in pairs.items()} for pairs in (entry.superseded, entry.fields))
        come |= {text for text in days_said(*said).intersection(dates) if _is_until(text, day_in_belgium(entry.at))}
    return come


def _is_until(text: str, day: date) -> bool:
    try:
        return first_day(text) <= day
    except ValueError:  # it is no date, and refused as such
        return False


def _holding(resource: str, root: Record, follows: Outcome, allowed: Allowed, come: Collection[str]) -> tuple[Record, list[Conflict]]:
    """Give the record, its fields that do not hold together put back to what was released, and those fields as conflicts."""
    record, refused = follows.record, dict[str, Conflict]()
    allowed = allowed._replace(until=date.min)  # only what had `come` when it was said, whatever day it is now
    while record and (found := faults(resource, record, allowed, come)):
        fields = {name for fault in found for name in _together(parted(fault)[0].partition(".")[0])} & (record.keys() | root.keys())
        fields = {field for field in fields if record.get(field) != root.get(field)}
        if not fields:
            return root, [Conflict(resource, field, root.get(field), record.get(field)) for field in differences(root, record)]
        refused |= {field: Conflict(resource, field, root.get(field), record.get(field)) for field in fields}
        record = tidy(record | {field: root.get(field) for field in fields})
    return record, list(refused.values())


def _together(field: str) -> tuple[str, ...]:
    return WHOLE_CHECK if field in WHOLE_CHECK else fields_of((TOGETHER.get(field, field), ""))


def _set_aside(resource: str, record: Record, follows: Outcome) -> Iterator[Conflict]:
    """Give each field with something set aside: as it stands, and as it would be with the other word."""
    cells = cells_of(record)
    for cell, stands, aside, rival in follows.aside:
        other = record_of_cells({**cells, **({rival: None} if rival else {}), cell: aside.value})
        for field in fields_of(cell):
            if record.get(field) != other.get(field):
                yield Conflict(
                    resource, field, record.get(field), other.get(field), stands.entry, aside.entry, stands.check, aside.check, cell
                )
