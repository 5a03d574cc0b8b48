"""Lays what a file says over what the catalogue says: which resources are added, changed, closed, and which rows cannot be taken."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ht_cli.catalogue.changing import read_allowed
from ht_cli.catalogue.checking import faults, parted
from ht_cli.catalogue.entering import identifier_for
from ht_cli.catalogue.reading import read_ids, read_resources
from ht_cli.catalogue.records import SPOKEN, Record, differences, e164, in_languages, record_of, tidy, without_stale_hours
from ht_cli.locale import languages
from ht_cli.locale import translate as _

LEFT_ALONE = ("changed_on", "checked_on", "checked_how", "checked_by", "fact_checks", "failed_tries")  # only checks by a person move them
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


class Plan(NamedTuple):
    """What an import would do, what it refuses, and the fields that it leaves alone though the file differs."""

    steps: list[Step]
    refused: list[Refused]
    unchanged: int
    left_alone: tuple[str, ...]


def plan_import(connection: sqlite3.Connection, rows: Sequence[Row]) -> Plan:
    """Work out what rows would change; writes nothing."""
    allowed = read_allowed(connection)
    taken = set(read_ids(connection, all_statuses=True))
    known = _records(connection, [row.id for row in rows if row.id in taken])
    arriving = taken | {row.id for row in rows if row.id}
    steps: list[Step] = []
    refused: list[Refused] = []
    left: set[str] = set()
    for row in rows:
        identifier = row.id or identifier_for(str(row.values.get("name") or ""), arriving)
        arriving.add(identifier)
        before = known.get(identifier, {})
        after = _laid_over(before, row.values, new=not before)
        left |= {field for field in LEFT_ALONE if before and field in row.values and (row.values[field] or None) != before.get(field)}
        found = faults(identifier, after, allowed)
        if after.get("successor") and after["successor"] not in arriving:
            found.append(_("successor: no resource has the id {id}").format(id=after["successor"]))
        if found:
            column, reason = parted(found[0])
            refused.append(Refused(row.line, column, "; ".join([reason, *found[1:]]), row.raw))
        elif differences(before, after):
            steps.append(Step(identifier, _action(before, after), before, after))
    return Plan(steps, refused, len(rows) - len(steps) - len(refused), tuple(sorted(left - {"changed_on"})))


def _records(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for start in range(0, len(ids), _CHUNK):
        found |= {resource.id: record_of(resource) for resource in read_resources(connection, ids[start : start + _CHUNK])}
    return found


def _laid_over(before: Record, values: Mapping[str, Any], *, new: bool) -> Record:
    """Put what the row says in place of what was; an address that is confidential never left, so it stays."""
    plain = [field for field in SPOKEN if isinstance(values.get(field), str)]
    said = {field: value for field, value in in_languages(values, languages()[:1]).items() if field not in LEFT_ALONE}
    after: Record = {**before, **said}
    for field in SPOKEN:
        if isinstance(said.get(field, {}), Mapping) and field not in plain:
            after[field] = {code: text for code, text in {**before.get(field, {}), **said.get(field, {})}.items() if text}
    if "addresses" in said:
        known, arriving = before.get("addresses", []), said["addresses"] or []
        secret = [address for address in known if address.get("confidential")]
        unchanged = [address for address in known if address not in secret] == arriving
        after["addresses"] = known if unchanged else [*arriving, *secret]
    if isinstance(after.get("phones"), list):
        after["phones"] = [_normal(phone) for phone in after["phones"]]
    return tidy(without_stale_hours(before, after) if before else after)


def _normal(phone: Any) -> Any:
    try:
        return {**phone, "number": e164(phone["number"])}
    except (ValueError, KeyError, TypeError):  # said by the checks, with its row
        return phone


def _action(before: Record, after: Record) -> str:
    if not before:
        return "add"
    closed = after.get("status") == "closed", before.get("status") == "closed"
    return {(True, False): "close", (False, True): "reopen"}.get(closed, "import")


def rows_of(connection: sqlite3.Connection, ids: Iterable[str]) -> list[tuple[str, Record]]:
    """Give the id and record of each resource of another catalogue."""
    return list(_records(connection, list(ids)).items())
