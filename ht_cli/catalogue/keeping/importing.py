"""Lays what a file says over what the catalogue says: which resources are added, changed, closed, and which rows cannot be taken."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ht_cli.catalogue.facts.reading import KnownIds, read_resources
from ht_cli.catalogue.facts.records import Record, differences, in_languages, record_of, tidy, without_stale_hours
from ht_cli.catalogue.keeping.changing import read_allowed
from ht_cli.catalogue.keeping.checking import Allowed, faults, parted
from ht_cli.catalogue.keeping.duplicates import likenesses
from ht_cli.catalogue.keeping.entering import identifier_for, in_one_form
from ht_cli.catalogue.keeping.revisions import record_at
from ht_cli.catalogue.keeping.verifying import UNWRITTEN
from ht_cli.errors import InvalidDataError
from ht_cli.fields import SPOKEN
from ht_cli.locale import languages
from ht_cli.locale import translate as _

_CHUNK = 500


class Row(Protocol):
    """What a file gives: where a row stood, the id it names, what it says, and how it was written."""

    @property
    def line(self) -> int:
        """Its line, or its place in a list."""

    @property
    def id(self) -> str:
        """The id it names, or nothing."""

    @property
    def values(self) -> dict[str, Any]:
        """What it says."""

    @property
    def revision(self) -> str:
        """The mark of what it was when it left, or nothing."""

    @property
    def raw(self) -> Mapping[str, Any]:
        """How it was written."""


class Step(NamedTuple):
    """One resource that the file changes: `add`, `update`, `close` or `reopen`, before and after."""

    id: str
    action: str
    before: Record
    after: Record


class Refused(NamedTuple):
    """A row that cannot be taken, the column, the reason, and how it was written."""

    line: int
    column: str
    reason: str
    raw: Mapping[str, Any]


class Newer(NamedTuple):
    """A fact that was edited in the sheet and is newer here: it stays as it is here."""

    resource: str
    field: str
    ours: Any
    theirs: Any


class Plan(NamedTuple):
    """What an import would do, what it refuses, the fields that it leaves alone though the file differs, and what is newer here.

    `alike` are the resources that a new one may repeat, by its id.
    """

    steps: list[Step]
    refused: list[Refused]
    unchanged: int
    left_alone: tuple[str, ...]
    newer: list[Newer]
    alike: dict[str, list[str]]


def plan_import(connection: sqlite3.Connection, rows: Sequence[Row], device: str) -> Plan:
    """Work out what rows would change; writes nothing. The ids of new rows that name none are made with the name of the device."""
    planning = _Planning(connection, rows, device)
    for row in rows:
        planning.take(row)
    counted = len(planning.steps) + len(planning.refused)
    return Plan(planning.steps, planning.refused, len(rows) - counted, tuple(sorted(planning.left)), planning.newer, planning.alike)


class _Planning:
    """The rows of a file, laid one by one over what the catalogue says."""

    def __init__(self, connection: sqlite3.Connection, rows: Sequence[Row], device: str) -> None:
        self._connection = connection
        self._device = device
        self._allowed: Allowed = read_allowed(connection)
        named = {row.id for row in rows if row.id}
        self._known = _records(connection, sorted(named))
        self._named = KnownIds(connection, named)
        self._taken = KnownIds(connection, named)
        self.steps: list[Step] = []
        self.refused: list[Refused] = []
        self.left: set[str] = set()
        self.newer: list[Newer] = []
        self.alike: dict[str, list[str]] = {}

    def take(self, row: Row) -> None:
        identifier = row.id or self._new_id(row)
        before = self._known.get(identifier, {})
        try:
            was = self._was(identifier, before, row)
            edited = _laid_over(was, row.values)
        except InvalidDataError as error:
            self._refuse(row, [str(error)])
            return
        self.left |= {field for field in UNWRITTEN if field != "changed_on" and (row.values.get(field) or None) not in (None, was.get(field), before.get(field))}  # fmt: skip
        after, newer = _moved(before, was, edited)
        self.newer += [Newer(identifier, *side) for side in newer]
        if before and not differences(before, after):
            return  # what stands there already is no fault of the row
        found = faults(identifier, after, self._allowed)
        if after.get("successor") and after["successor"] not in self._named:
            found.append(_("successor: no resource has the id {id}").format(id=after["successor"]))
        if found:
            self._refuse(row, found)
            return
        if not before:
            alike = [likeness.id for likeness in likenesses(self._connection, identifier, after)]
            self.alike |= {identifier: alike} if alike else {}
        self.steps.append(Step(identifier, _action(before, after), before, after))

    def _new_id(self, row: Row) -> str:
        identifier = identifier_for(str(row.values.get("name") or ""), self._taken, self._device)
        self._taken.more.add(identifier)
        return identifier

    def _was(self, identifier: str, before: Record, row: Row) -> Record:
        """Give what the resource said when the row left. Raises InvalidDataError when that is not known and it says something else now."""
        if not (before and row.revision):
            return before
        was = record_at(self._connection, identifier, before, row.revision)
        if was is None and differences(before, _laid_over(before, row.values)):
            raise InvalidDataError(_("ht_rev: what {id} said when this row left is not known here; export it again and edit that, or empty the cell to write over what is here").format(id=identifier))  # fmt: skip
        return before if was is None else was

    def _refuse(self, row: Row, found: Sequence[str]) -> None:
        column, reason = parted(found[0])
        self.refused.append(Refused(row.line, column, "; ".join([reason, *found[1:]]), row.raw))


def _records(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for start in range(0, len(ids), _CHUNK):
        found |= {resource.id: record_of(resource) for resource in read_resources(connection, ids[start : start + _CHUNK])}
    return found


def _laid_over(was: Record, values: Mapping[str, Any]) -> Record:
    """Put what the row says in place of what was; an address that is confidential never left, so it stays.

    Raises InvalidDataError when a phone cannot be read.
    """
    plain = [field for field in SPOKEN if isinstance(values.get(field), str)]
    said = {field: value for field, value in in_languages(values, languages()[:1]).items() if field not in UNWRITTEN}
    after: Record = {**was, **said}
    for field in SPOKEN:
        if isinstance(said.get(field, {}), Mapping) and field not in plain:
            after[field] = {code: text for code, text in {**was.get(field, {}), **said.get(field, {})}.items() if text}
    if "addresses" in said:
        known, arriving = was.get("addresses", []), said["addresses"] or []
        secret = [address for address in known if address.get("confidential")]
        unchanged = [address for address in known if address not in secret] == arriving
        after["addresses"] = known if unchanged else [*arriving, *secret]
    after = in_one_form(was, after)
    return tidy(without_stale_hours(was, after) if was else after)


def _moved(before: Record, was: Record, edited: Record) -> tuple[Record, list[tuple[str, Any, Any]]]:
    """Lay what was edited in a sheet over what a resource says now; what was changed here as well since stays, and is given.

    A text with a version in each language is edited version by version.
    """
    after, newer = dict(before), []
    for field, (old, new) in differences(was, edited).items():
        now = before.get(field)
        if field in SPOKEN:
            versions = dict(now or {})
            for code in {**(old or {}), **(new or {})}:
                sides = [(side or {}).get(code) for side in (old, new, now)]
                if sides[0] == sides[1] or sides[1] == sides[2]:
                    continue
                if sides[2] == sides[0]:
                    versions[code] = sides[1]
                else:
                    newer.append((f"{field}.{code}", sides[2], sides[1]))
            after[field] = versions
        elif now == old:
            after[field] = new
        elif now != new:
            newer.append((field, now, new))
    return tidy(after), newer


def _action(before: Record, after: Record) -> str:
    if not before:
        return "add"
    closed = after.get("status") == "closed", before.get("status") == "closed"
    return {(True, False): "close", (False, True): "reopen"}.get(closed, "import")


def rows_of(connection: sqlite3.Connection, ids: Iterable[str]) -> list[tuple[str, Record]]:
    """Give the id and record of each resource of another catalogue."""
    return list(_records(connection, list(ids)).items())
