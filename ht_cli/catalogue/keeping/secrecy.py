"""Which resources have, or once had, an address that must stay secret: their history shows none of theirs, and what says it stays here."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ht_cli.search.text import key

_MARK = '%"confidential": true%'  # as the journal writes it


def ever_confidential(connection: sqlite3.Connection, resources: Collection[str]) -> set[str]:
    """Give those among resources of which an address is confidential, or was in any change that the journal holds."""
    wanted = ",".join("?" * len(resources))
    rows = connection.execute(
        f"SELECT resource FROM address WHERE confidential AND resource IN ({wanted})"
        " UNION SELECT c.resource FROM change c JOIN change_field f ON f.change = c.uuid"
        f" WHERE c.resource IN ({wanted}) AND f.field = 'addresses' AND (f.before LIKE ? OR f.after LIKE ?)",
        (*resources, *resources, _MARK, _MARK),
    )
    return {resource for (resource,) in rows}


def entries_kept_back(connection: sqlite3.Connection, travelled: Collection[str]) -> set[str]:
    """Name the entries that say in the clear a street which is, or once was, kept confidential, and so do not leave this device.

    A street that stands in the release, in an entry that others sent, or in one of those that `travelled` is known elsewhere already:
    what marks it as confidential has to go where it is known. One that is public by now hides nothing.
    """
    marked = connection.execute(
        "SELECT before, after FROM change_field WHERE field = 'addresses' AND (before LIKE ? OR after LIKE ?)", (_MARK, _MARK)
    )
    secret = {street for values in marked for value in values for street in _streets(value, confidential=True)}
    if not secret:
        return set()
    public = connection.execute("SELECT street, postcode FROM address WHERE NOT confidential AND street <> ''")
    known = {_mark_of({"street": street, "postcode": postcode}) for street, postcode in public}
    known |= {
        street for (value,) in connection.execute("SELECT value FROM released WHERE field = 'addresses'") for street in _streets(value)
    }
    said: dict[str, set[str]] = {}
    rows = connection.execute(
        "SELECT change, merged, before, after FROM change_field JOIN change ON change = uuid WHERE field = 'addresses'"
    )
    for name, merged, *values in rows:
        clear = {street for value in values for street in _streets(value)} & secret
        if merged or name in travelled:
            known |= clear
        elif clear:
            said[name] = said.get(name, set()) | clear
    return {name for name, clear in said.items() if clear - known}


def _streets(value: str | None, *, confidential: bool = False) -> Iterator[str]:
    """Give the streets of addresses, as the journal holds them, that are marked as confidential, or those that are not."""
    addresses = json.loads(value) if value else None
    yield from (
        _mark_of(address) for address in addresses or () if address.get("street") and bool(address.get("confidential")) == confidential
    )


def _mark_of(address: Mapping[str, Any]) -> str:
    return f"{key(address['street'])} {address.get('postcode') or ''}"
