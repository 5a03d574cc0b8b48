"""A sync: what the place has and we do not is taken in, what we have and it does not is sent.

What comes is first gathered beside the catalogue, then written in one transaction with the marks that say how far the place
was read: a process that is killed has taken in all of it or nothing.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from uuid import uuid4

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import Record
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.device import device_known, device_of
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.ahead import believed_until, kept_aside, said_of_clocks
from ht_cli.catalogue.sharing.entries import line_of, read_line
from ht_cli.catalogue.sharing.folder import Folder
from ht_cli.catalogue.sharing.hiding import have_left, hide, said_in_the_clear
from ht_cli.catalogue.sharing.merging import refresh, write_merge
from ht_cli.catalogue.sharing.place import PartlySentError, SyncPlace
from ht_cli.catalogue.sharing.redating import date_anew
from ht_cli.errors import UsageError
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.shapes import NamedTuple

SERVERS = ("postgresql://", "postgres://")
_AT_ONCE = 1_000  # entries held in memory while they are sent


class Synced(NamedTuple):
    """What a sync did: the entries that came and that went, the records that changed, the act, and what to tell."""

    received: int
    sent: int
    records: dict[str, tuple[Record, Record]]
    act: str
    remarks: tuple[str, ...]


def is_server(place: str) -> bool:
    """Say whether a place is a database and not a folder."""
    return place.startswith(SERVERS)


def remembered_place(connection: sqlite3.Connection) -> str:
    """Give the place of the last sync; empty when there was none."""
    row = connection.execute("SELECT value FROM own WHERE key = 'place'").fetchone()
    return str(row[0]) if row else ""


def _remember(place: SyncPlace, catalogue: str | None) -> None:
    with open_catalogue(catalogue) as connection:
        known = remembered_place(connection)
    if known != place.name:
        with open_for_writing(catalogue) as connection:
            connection.execute("INSERT OR REPLACE INTO own VALUES ('place', ?)", (place.name,))


def open_place(named: str, device: str) -> SyncPlace:
    """Give a folder or a database. Raises UsageError for any other address, SyncError when the place cannot be reached."""
    if is_server(named):
        from ht_cli.catalogue.sharing.postgres import PostgresPlace

        return PostgresPlace(named, device)
    if "://" in named:
        raise UsageError(_("{place} is no place for a sync; it is a folder, or postgresql://…").format(place=named))
    return Folder(Path(named).expanduser().absolute(), device)


def sync(named: str, catalogue: str | None) -> Synced:
    """Exchange entries with a place; an empty name means that of the last sync.

    Raises UsageError when no place is known, SyncError when it cannot be read to the end, or cannot be written: what came
    is kept then. The place is remembered once both went well.
    """
    with open_catalogue(catalogue) as connection:  # not to write: a place that is refused makes no backup, and none goes for it
        device = device_known(connection)
        named = named or remembered_place(connection)
    if not named:
        raise UsageError(_("say where: ht sync FOLDER, or ht sync postgresql://…; from then on ht sync is enough"))
    if not device:
        with open_for_writing(catalogue) as connection:
            device = device_of(connection)
    place = open_place(named, device)
    try:
        received, records, act, dated_anew = _receive(place, catalogue)
        sent, staying = _send_what_may_be(place, catalogue)
        _remember(place, catalogue)
    finally:
        place.close()
    with open_catalogue(catalogue) as connection:
        return Synced(received, sent, records, act, (*dated_anew, *place.remarks, *staying, *said_of_clocks(connection)))


def _receive(place: SyncPlace, catalogue: str | None) -> tuple[int, dict[str, tuple[Record, Record]], str, list[str]]:
    """Take in what came and then date anew what a wrong clock dated here: what came says what was dated anew elsewhere, or before a restore.

    Gives the number of entries, the records that changed by them, the act, and what to tell of the clock.
    """
    with TemporaryFile("w+", encoding="utf-8") as gathered:
        with open_catalogue(catalogue) as connection:
            marks = dict(connection.execute("SELECT part, state FROM place_read WHERE place = ?", (place.name,)))
            marks |= _gather(place, marks, connection, gathered)
            comes = gathered.tell() > 0 or any(entry.at <= believed_until() for entry in kept_aside(connection))
        act = str(uuid4())
        with open_for_writing(catalogue, arriving=comes) as connection:
            before = journal.count_changes(connection)
            records = refresh(connection, write_merge(connection, _gathered(gathered), act))
            connection.executemany(
                "INSERT OR REPLACE INTO place_read VALUES (?,?,?)", [(place.name, part, state) for part, state in marks.items()]
            )
            received = journal.count_changes(connection) - before
            return received, records, act, date_anew(connection)


def _gather(place: SyncPlace, marks: dict[str, str], connection: sqlite3.Connection, gathered: IO[str]) -> dict[str, str]:
    """Write what is new to us into a file, and give how far the place was read."""
    read: dict[str, str] = {}
    for page in place.pull(marks):
        gathered.writelines(f"{line_of(entry)}\n" for entry in page.entries if not journal.is_known(connection, entry.uuid))
        read |= page.marks
    return read


def _gathered(file: IO[str]) -> Iterator[Change]:
    file.seek(0)
    return (read_line(line) for line in file)


def _send_what_may_be(place: SyncPlace, catalogue: str | None) -> tuple[int, list[str]]:
    """Send what is lacking there, and give how much went and what to tell: what was hidden first, why some of it may not be written there."""
    told = _hide_what_is_secret(place, catalogue)
    with open_catalogue(catalogue) as connection:
        names = _names(connection)
        wanted = place.lacks(names)
        up_to = journal.last_number(connection)
        try:
            sent = place.push(_entries(connection, [name for name in names if name in wanted])) if wanted else 0
        except PartlySentError as error:
            return error.sent, [*told, str(error)]
    if sent:
        with open_for_writing(catalogue) as connection:
            have_left(connection, up_to)
    return sent, told


def _hide_what_is_secret(place: SyncPlace, catalogue: str | None) -> list[str]:
    with open_catalogue(catalogue) as connection:
        if not said_in_the_clear(connection):  # hardly ever: then the place is not asked twice what it has
            return []
        names = _names(connection)
        travelled = set(names) - place.lacks(names)
    with open_for_writing(catalogue) as connection:
        return hide(connection, travelled)


def _names(connection: sqlite3.Connection) -> list[str]:
    return [uuid for (uuid,) in connection.execute("SELECT uuid FROM change WHERE action <> 'upgrade' ORDER BY at, uuid")]


def _entries(connection: sqlite3.Connection, names: list[str]) -> Iterator[Change]:
    for start in range(0, len(names), _AT_ONCE):
        chunk = names[start : start + _AT_ONCE]
        yield from journal.read_changes(connection, f"uuid IN ({','.join('?' * len(chunk))})", chunk)[::-1]


def entries_to_send(connection: sqlite3.Connection, since: str = "") -> list[Change]:
    """Give the entries of this catalogue from a day on that a colleague may not have; what a release says is left out."""
    wanted = "action <> 'upgrade' AND at >= ? AND uuid NOT IN (SELECT change FROM absorbed)"
    return journal.read_changes(connection, wanted, (since,))[::-1]
