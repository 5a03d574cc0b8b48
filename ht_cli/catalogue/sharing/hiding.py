"""What was written here in the clear of an address that must stay secret, marked before it leaves this device.

A refuge is typed in, and only then is its street marked as confidential: the entries before the mark say the street. Those that have
not left are written again with the mark in them, under the moment and the device that they bear, and what names them names them anew.
So nobody has to take anything back, and what was added of the house otherwise travels.
"""

import sqlite3
from collections.abc import Collection, Iterable

from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.secrecy import marked_throughout
from ht_cli.catalogue.sharing.merging import refresh
from ht_cli.locale import translate_count as _n
from ht_cli.model import Change, holds_secret

_LEFT = "left_up_to"  # the number of the last entry that has left with all before it


def said_in_the_clear(connection: sqlite3.Connection, travelled: Collection[str] = ()) -> bool:
    """Say whether an entry that has not left says in the clear what is secret; `travelled` are the names of some that have."""
    return bool(marked_throughout(connection, _not_left(connection, travelled)))


def hide(connection: sqlite3.Connection, travelled: Collection[str] = ()) -> list[str]:
    """Mark what entries that have not left say of secret addresses, and give what to tell of it.

    Writes in the caller's transaction, the facts that follow of it too.
    """
    staying = _not_left(connection, travelled)
    marked = marked_throughout(connection, staying)
    anew: dict[str, str] = {}  # the names, by the old ones
    spoken_of: set[str] = set()
    for entry in staying:
        again = journal.naming(marked.get(entry.uuid, entry), anew)
        if again != entry:
            again = again._replace(uuid=journal.name_of(again))
            journal.take_out(connection, [entry, again])  # after a restore it may have come back, and without its street
            journal.append(connection, again)
            anew[entry.uuid] = again.uuid
            spoken_of.add(entry.resource)
    refresh(connection, spoken_of)
    return [_said({entry.resource for entry in marked.values()})] if marked else []


def known_elsewhere(connection: sqlite3.Connection, resource: str) -> bool:
    """Say whether an address of a resource may be known to others: from the release, or from an entry that has left."""
    if journal.released_values(connection, resource).get("addresses"):
        return True
    here = {entry.uuid for entry in _not_left(connection, ())}
    return any("addresses" in entry.fields and entry.uuid not in here for entry in journal.read_changes_of(connection, resource))


def said_beside_the_mark(entries: Iterable[Change]) -> list[str]:
    """Tell of entries that say which address became secret: others know it, and their copies have to be told which one they hide."""
    named = {
        entry.resource
        for entry in entries
        for before, after in (fields["addresses"] for fields in (entry.fields, entry.superseded) if "addresses" in fields)
        if (holds_secret(before) or holds_secret(after)) and any(not row.get("confidential") for row in (*(before or ()), *(after or ())))
    }
    said = _n(
        "{ids}: an address that others know became confidential, and the file says which one, so that their copies hide it: give it to keepers alone, and not by open mail.",
        "{ids}: addresses that others know became confidential, and the file says which ones, so that their copies hide them: give it to keepers alone, and not by open mail.",
        len(named),
    )
    return [said.format(ids=", ".join(sorted(named)))] if named else []


def have_left(connection: sqlite3.Connection, up_to: int) -> None:
    """Remember that every entry up to a number has left this device."""
    connection.execute("INSERT OR REPLACE INTO own VALUES (?,?)", (_LEFT, str(max(up_to, _left_up_to(connection)))))


def _left_up_to(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM own WHERE key = ?", (_LEFT,)).fetchone()
    return int(row[0]) if row else 0


def _not_left(connection: sqlite3.Connection, travelled: Collection[str]) -> list[Change]:
    """Give the entries written here that nobody else can have, in the order in which they were written."""
    here = journal.read_changes(connection, "merged = '' AND action <> 'upgrade' AND number > ?", (_left_up_to(connection),))
    return [entry for entry in here[::-1] if entry.uuid not in travelled and not journal.is_absorbed(connection, entry.uuid)]


def _said(resources: Collection[str]) -> str:
    return _n(
        "{ids}: what was written here of its address before it was confidential is confidential as well now, and does not leave.",
        "{ids}: what was written here of their addresses before they were confidential is confidential as well now, and does not leave.",
        len(resources),
    ).format(ids=", ".join(sorted(resources)))
