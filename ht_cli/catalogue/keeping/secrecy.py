"""Which addresses must stay secret, what goes out in their place, and what of them was written in the clear before.

The street of a refuge never leaves this device. In its place an entry says that there is one (`SECRET_ADDRESS`): so a colleague's
device hides as well what it heard of the addresses of that resource before, and nothing that was written without knowing of the mark
stands against it (`standing.py`).
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ht_cli.model import SECRET_ADDRESS, Change, holds_secret

_Whereabouts = tuple[str, str, str]  # street, postcode, NIS code
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


def as_it_travels(field: str, value: Any) -> Any:
    """Give the value of a field as it may leave this device: of all confidential addresses, that there is one."""
    if field != "addresses" or not value:
        return value
    return [address for address in value if not address.get("confidential")] + [SECRET_ADDRESS] * holds_secret(value)


def marks_secret(entry: Change) -> bool:
    """Say whether an entry says that an address is confidential, on whatever device it is read."""
    return any(holds_secret(fields["addresses"][1]) for fields in (entry.fields, entry.superseded) if "addresses" in fields)


def secret_among(connection: sqlite3.Connection, resources: Collection[str], arriving: Iterable[Change]) -> set[str]:
    """Give those among resources of which an address is or was confidential here, and those of which an arriving entry says so."""
    return ever_confidential(connection, resources) | {entry.resource for entry in arriving if marks_secret(entry)}


def became_secret(fields: Mapping[str, tuple[Any, Any]]) -> bool:
    """Say whether changed fields make an address secret that was not, of a resource that had none secret."""
    before, after = fields.get("addresses", (None, None))
    return bool(before) and holds_secret(after) and not holds_secret(before)


def marked_throughout(connection: sqlite3.Connection, entries: Sequence[Change]) -> dict[str, Change]:
    """Give, by name, those of the entries that say in the clear an address which is secret by now, with each such address marked in it.

    An address is left as it is where its resource shows it to everybody now, and where the release or an entry that is not among
    these says it: what marks it has to go where it is known.
    """
    marked: dict[str, Change] = {}
    secret = ever_confidential(connection, {entry.resource for entry in entries})
    staying = {entry.uuid for entry in entries}
    for resource in sorted(secret):
        clear = _said_in_the_clear(connection, resource, staying)
        for entry in (entry for entry in entries if entry.resource == resource):
            anew = entry._replace(fields=_marked(entry.fields, clear), superseded=_marked(entry.superseded, clear))
            if anew != entry:
                marked[entry.uuid] = anew
    return marked


def _said_in_the_clear(connection: sqlite3.Connection, resource: str, apart_from: Collection[str]) -> set[_Whereabouts]:
    """Give the addresses of a resource that anybody sees now, or heard from the release or from any other entry."""
    values = [
        value for (value,) in connection.execute("SELECT value FROM released WHERE field = 'addresses' AND resource = ?", (resource,))
    ]
    rows = connection.execute(
        "SELECT change, before, after FROM change_field JOIN change ON change = uuid WHERE field = 'addresses' AND resource = ?",
        (resource,),
    )
    values += [value for name, *pair in rows for value in pair if name not in apart_from]
    heard = (address for value in values if value for address in json.loads(value) or ())
    shown = connection.execute("SELECT street, postcode, nis FROM address WHERE NOT confidential AND resource = ?", (resource,))
    return {*shown, *(whereabouts(address) for address in heard if not address.get("confidential"))}


def whereabouts(address: Mapping[str, Any]) -> _Whereabouts:
    """Give what tells an address from another: its street, its postcode and its NIS code, each empty where it is not known."""
    return address.get("street") or "", address.get("postcode") or "", address.get("nis") or ""


def _marked(fields: Mapping[str, tuple[Any, Any]], clear: Collection[_Whereabouts]) -> dict[str, tuple[Any, Any]]:
    """Give changed fields with each address that is not in the clear anyway marked as confidential."""

    def hidden(addresses: Any) -> Any:
        return addresses and [address if whereabouts(address) in clear else {**address, **SECRET_ADDRESS} for address in addresses]

    return {
        field: (hidden(before), hidden(after)) if field == "addresses" else (before, after) for field, (before, after) in fields.items()
    }
