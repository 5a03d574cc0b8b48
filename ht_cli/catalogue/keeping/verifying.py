"""What a check by a person moves in a record, what a failed try does, and what a change leaves of the checks."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ht_cli import clock
from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import CHECKS, cell_of, fields_of
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.fields import RECORD_FIELDS
from ht_cli.locale import translate as _

TRIES = 3  # failed ones in a row after which a resource counts as unreachable
UNWRITTEN = (*CHECKS, "failed_tries", "changed_on")
_OF_THE_KEEPERS = ("status", "successor", "closed_on", "closed_reason", "failed_tries", "changed_on", "confidence", "sources", "notes")
FACTS = tuple(name for name in RECORD_FIELDS if name not in (*CHECKS, *_OF_THE_KEEPERS))  # what a person can confirm
_NAMES = {
    "phone": "phones",
    "address": "addresses",
    "description": "descriptions",
    "area": "areas",
    "need": "needs",
    "language": "languages",
}


def checkable_field(name: str) -> str:
    """Give the field that a person names: phone → phones. Raises UsageError when there is none."""
    field = _NAMES.get(name.strip().replace("-", "_"), name.strip().replace("-", "_"))
    if field not in FACTS:
        raise UsageError(_("no field {field} to check; there are: {fields}").format(field=name, fields=", ".join(sorted(FACTS))))
    return field


def verified(record: Record, field: str, how: str, by: str) -> Record:
    """Move the date of the check, of one field or of the record, to today; end a row of failed tries.

    A field that somebody has confirmed in the same way today, with the whole record, needs no check of its own.
    """
    day = clock.today().isoformat()
    after = {name: value for name, value in record.items() if name != "failed_tries"}
    if record.get("status") == "unreachable":
        del after["status"]
    if not field:
        return tidy(after | {"checked_on": day, "checked_how": how, "checked_by": by})
    check = {"on": day, "how": how, "by": by}
    if _whole_check(after) == {part: text for part, text in check.items() if text}:
        return tidy(after)
    return _with_checks(after, {**_single_checks(after), field: {"field": field, **check}})


def failed(record: Record) -> Record:
    """Count a failed try; the third in a row marks an active resource as unreachable."""
    tries = record.get("failed_tries", 0) + 1
    status = {"status": "unreachable"} if tries >= TRIES and record.get("status", "active") == "active" else {}
    return tidy(record | {"failed_tries": tries} | status)


def tried_today(connection: sqlite3.Connection, identifier: str) -> bool:
    """Say whether a failed try was counted today in Belgium: a line that is busy at nine is not called dead at ten."""
    tries = journal.read_changes(connection, "resource = ? AND action = 'fail'", (identifier,))
    last = next((change for change in tries if change.fields and not journal.undone(connection, change)), None)
    return last is not None and datetime.fromisoformat(last.at).astimezone(clock.BRUSSELS).date() >= clock.today()


def unchecked(before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
    """Give a record whose changed facts have lost the check of the value that they had; a check that comes with the change stays.

    Facts that are one word (the ages) lose it together. A check of the whole record is then one of each fact that stands.
    """
    differing = differences(before, after) if before else ()
    changed = {fact for field in differing if field in FACTS for fact in fields_of(cell_of(field))}
    if not changed:
        return dict(after)
    earlier = _single_checks(before)
    checks = {field: check for field, check in _single_checks(after).items() if field not in changed or check != earlier.get(field)}
    whole = _whole_check(after)
    if not whole or whole != _whole_check(before):
        return _with_checks(after, checks)
    known = FACTS if "how" in whole else ()  # a check of which nobody knows how it was made cannot be kept apart
    standing = {field: {"field": field, **whole} for field in known if field in after and field not in changed}
    newest = {field: max((checks.get(field, check), check), key=lambda one: one["on"]) for field, check in standing.items()}
    return _with_checks({field: value for field, value in after.items() if field not in CHECKS}, {**checks, **newest})


def check_of(record: Mapping[str, Any], field: str) -> dict[str, str]:
    """Give the newest check of a fact as {on, how, by}; nothing when nobody confirmed what it says."""
    single = _single_checks(record).get(field, {})
    found = [check for check in (_whole_check(record), {part: text for part, text in single.items() if part != "field"}) if check]
    return max(found, key=lambda check: check["on"], default={}) if field in record else {}


def checks_joined(record: Mapping[str, Any], parents: Sequence[Mapping[str, Any]]) -> Record:
    """Give a record made of others with the newest check of each fact that one of them confirmed as it stands now."""
    bare = {field: value for field, value in record.items() if field not in CHECKS}
    found = {field: [check_of(parent, field) for parent in parents if parent.get(field) == bare[field]] for field in FACTS if field in bare}
    newest = {field: max(checks, key=lambda check: check.get("on", "")) for field, checks in found.items() if checks}
    checks = {field: {"field": field, **check} for field, check in newest.items() if "how" in check}
    first = newest.get("name", {})
    if "how" in first and len(checks) == len(found) and all(check == first for check in newest.values()):
        return tidy({**bare, **{f"checked_{part}": text for part, text in first.items()}})
    return _with_checks(bare, checks)


def refuse_checks(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Raise InvalidDataError when a record that somebody wrote says something else of its checks than the one it is laid over."""
    said = {field: value for field, value in after.items() if field in (*CHECKS, "failed_tries") and value}
    strange = [field for field, value in said.items() if value != before.get(field)]
    if strange:
        raise InvalidDataError(only_verify(", ".join(strange)))


def without_checks(record: Mapping[str, Any]) -> Record:
    """Give what a person may write of a record: all but its checks, its failed tries, and the day of the last edit."""
    return {field: value for field, value in record.items() if field not in UNWRITTEN}


def only_verify(fields: str) -> str:
    """Say which command moves the date of a check."""
    return _("{fields}: only a check moves this; take it out, and say what you confirmed with: ht verify ID --how phone").format(
        fields=fields
    )


def _whole_check(record: Mapping[str, Any]) -> dict[str, str]:
    parts = {"on": record.get("checked_on"), "how": record.get("checked_how"), "by": record.get("checked_by")}
    return {part: text for part, text in parts.items() if text} if parts["on"] else {}


def _single_checks(record: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {check["field"]: dict(check) for check in record.get("fact_checks") or ()}


def _with_checks(record: Mapping[str, Any], checks: Mapping[str, Mapping[str, str]]) -> Record:
    return tidy({**record, "fact_checks": [dict(checks[field]) for field in sorted(checks)]})
