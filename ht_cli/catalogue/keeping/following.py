"""What a resource says by its entries: what was released, what keepers wrote since, and whether it holds together.

Every write ends here, one's own as well as a sync: so facts and journal never tell two stories.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import TOGETHER, FactCell, cells_of, fields_of, record_of_cells
from ht_cli.catalogue.keeping.checking import Allowed, faults, parted
from ht_cli.catalogue.keeping.standing import Outcome, outcome
from ht_cli.catalogue.keeping.touches import Check
from ht_cli.model import Change


class Conflict(NamedTuple):
    """A field of which people who did not know of one another said different things: what stands, and what was set aside.

    The words are the entries that say so (None: the release), the checks say who confirmed it, when and how. The cell is
    the smallest piece that was said differently; several fields that stand together are one.
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

    def is_of(self, other: "Conflict") -> bool:
        """Say whether this is the same disagreement, or that of a fact that stands together with the other one."""
        mine, theirs = ((one.resource, one.cell, one.aside_word and one.aside_word.uuid) for one in (self, other))
        return mine == theirs and (any(self.cell) or self.field == other.field)


class Followed(NamedTuple):
    """A resource as its entries make it: its record before and after, what was set aside, and fields that would not hold."""

    before: Record
    after: Record
    conflicts: tuple[Conflict, ...]


def follow(
    connection: sqlite3.Connection,
    resource: str,
    before: Record,
    allowed: Allowed,
    more: Iterable[Change] = (),
    *,
    leaving_out: str = "",
) -> Followed:
    """Work out what a resource, which says `before` by now, says by its entries; the day of its last edit is left to the caller.

    `more` are entries that the journal does not hold yet; what the act `leaving_out` brought is left out, and what took it
    back or brought it again.
    """
    entries = journal.read_changes_of(connection, resource)
    silent = {change.uuid for change in entries if journal.is_absorbed(connection, change.uuid)}
    if leaving_out:
        silent |= _brought_by(leaving_out, entries, connection)
    root = tidy(before | journal.released_values(connection, resource))
    follows = outcome(root, [*entries, *more], silent)
    after, refused = _holding(resource, root, follows, allowed)
    if "successor" in after and not _leads_on(connection, resource, after["successor"]):
        after = {field: value for field, value in after.items() if field != "successor"}
    found = [*_set_aside(resource, after, follows), *refused]
    return Followed(before, after, tuple(sorted(found, key=lambda conflict: conflict.field)))


def _brought_by(act: str, entries: Sequence[Change], connection: sqlite3.Connection) -> set[str]:
    """Name what an act brought, and every undoing of it, and of such an undoing.

    What is taken back already is named with its undoing too: that one said what was there without it, which may be what
    this act brought.
    """
    brought = [change for change in entries if change.merged == act or journal.undone(connection, change)]
    named = {change.uuid for change in brought}
    acts = {change.merged for change in brought if change.merged}
    while more := {change.uuid for change in entries if change.undoes in named | acts} - named:
        named |= more
    return named


def _leads_on(connection: sqlite3.Connection, resource: str, successor: str) -> bool:
    """Say whether a successor is there: what another keeper added may come later than the word of it, or be taken back."""
    return successor != resource and bool(connection.execute("SELECT 1 FROM resource WHERE id = ?", (successor,)).fetchone())


def _holding(resource: str, root: Record, follows: Outcome, allowed: Allowed) -> tuple[Record, list[Conflict]]:
    """Give the record, its fields that do not hold together put back to what was released, and those fields as conflicts."""
    record, refused = follows.record, dict[str, Conflict]()
    while record and (found := faults(resource, record, allowed)):
        fields = {name for fault in found for name in _together(parted(fault)[0].partition(".")[0])} & (record.keys() | root.keys())
        fields = {field for field in fields if record.get(field) != root.get(field)}
        if not fields:
            return root, [Conflict(resource, field, root.get(field), record.get(field)) for field in differences(root, record)]
        refused |= {field: Conflict(resource, field, root.get(field), record.get(field)) for field in fields}
        record = tidy(record | {field: root.get(field) for field in fields})
    return record, list(refused.values())


def _together(field: str) -> tuple[str, ...]:
    return fields_of((TOGETHER.get(field, field), ""))


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
