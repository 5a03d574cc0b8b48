"""A short mark of what a resource said, which a sheet carries; and the way back from the mark to what it said.

The mark depends on the facts alone: where two catalogues say the same it is the same, and what a resource said
earlier is found by going back through the journal until the mark is met.
"""

import json
import sqlite3
from base64 import b32encode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from ht_cli.catalogue.facts.records import Record, record_of, tidy
from ht_cli.catalogue.keeping.journal import read_changes_of
from ht_cli.catalogue.keeping.verifying import without_checks
from ht_cli.model import Resource

_BYTES = 5  # of the digest: eight letters, enough to tell the states of one resource apart


def revision(record: Mapping[str, Any]) -> str:
    """Give the mark of what a tidy record says, but for its checks and its confidential addresses, which are in no sheet: rmzxw6ytb.

    It begins with a letter that makes no number of it, whatever a spreadsheet does.
    """
    said = without_checks(record)
    public = [address for address in said.pop("addresses", ()) if not address.get("confidential")]
    text = json.dumps(said | {"addresses": public} if public else said, ensure_ascii=False, sort_keys=True)
    return "r" + b32encode(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()).decode().lower()


def revision_of(resource: Resource) -> str:
    """Give the mark of what a resource says."""
    return revision(record_of(resource))


def record_at(connection: sqlite3.Connection, identifier: str, now: Record, mark: str) -> Record | None:
    """Give what a resource said when it bore a mark; None when it never did here."""
    return next((record for record in _states(connection, identifier, now) if revision(record) == mark), None)


def record_on(connection: sqlite3.Connection, identifier: str, now: Record, moment: str) -> Record:
    """Give what a resource said at a moment (ISO 8601 with its offset), or as soon as it was there; before all that its journal holds where that is no moment."""
    until = _to_the_second(moment)
    record = dict(now)
    for change in read_changes_of(connection, identifier):
        earlier = record | {field: before for field, (before, _after) in change.fields.items()}
        if change.at[:19] <= until or not earlier.get("name"):
            break
        record = earlier
    return tidy(record)


def _to_the_second(moment: str) -> str:
    """Give a moment as the journal writes it (UTC), without parts of a second; nothing where it is none."""
    try:
        return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, OverflowError):
        return ""


def _states(connection: sqlite3.Connection, identifier: str, now: Record) -> Iterator[Record]:
    """Give what a resource says and said, the newest first."""
    record = dict(now)
    yield tidy(record)
    for change in read_changes_of(connection, identifier):
        record |= {field: before for field, (before, _after) in change.fields.items()}
        yield tidy(record)
