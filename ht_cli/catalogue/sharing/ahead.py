"""Entries that are dated later than the clock of this device can believe: kept aside, and taken in once their time has come.

What somebody writes is dated after all that they know (`journal.py`), so one clock that is a year ahead would date everything
that everybody writes from then on. An entry dated more than a day ahead of the clock here is therefore kept beside the
journal: nothing of it is lost, nobody writes after it, and whichever of the two clocks was wrong, the next sync after its time
has come, or after the clock here is right, takes it in. Whoever had seen it is dated later still, and waits with it; so in the
end everybody holds the same entries.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain, groupby

from ht_cli import clock
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.device import device_named
from ht_cli.catalogue.sharing.entries import line_of, read_line
from ht_cli.dates import day_text
from ht_cli.errors import InvalidDataError
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Change

BELIEVED = timedelta(days=1)  # by which clocks may differ: a wrong time zone or summer time is no more than half of it
_KEPT = "ahead "  # begins the keys in the table `own`, behind it the name of the entry


def believed_until() -> str:
    """Give the latest moment that the clock here believes, written as entries write it: what is dated later is ahead."""
    return clock.written(datetime.fromisoformat(clock.moment()) + BELIEVED)


def kept_aside(connection: sqlite3.Connection) -> list[Change]:
    """Give the entries that wait beside the journal, in the order of their moments."""
    found = []
    for (line,) in connection.execute("SELECT value FROM own WHERE key >= ? AND key < ?", (_KEPT, f"{_KEPT}~")):
        with suppress(InvalidDataError):  # one that no longer reads as an entry keeps no other from being taken in
            found.append(read_line(line))
    return sorted(found, key=lambda entry: (entry.at, entry.uuid))


def keep_aside(connection: sqlite3.Connection, entry: Change) -> None:
    """Let an entry wait beside the journal until its time has come."""
    connection.execute("INSERT OR IGNORE INTO own VALUES (?,?)", (_KEPT + entry.uuid, line_of(entry)))


def with_what_waited(connection: sqlite3.Connection, arriving: Iterable[Change]) -> Iterator[Change]:
    """Give what may be taken in: of what waited and of what arrives all that is not ahead of the clock; keep the others aside.

    Writes in the caller's transaction.
    """
    until, waited = believed_until(), kept_aside(connection)
    for entry in chain(waited, arriving):
        if entry.at > until:
            if not journal.is_known(connection, entry.uuid):
                keep_aside(connection, entry)
        else:
            yield entry
    connection.executemany("DELETE FROM own WHERE key = ?", [(_KEPT + entry.uuid,) for entry in waited if entry.at <= until])


def said_of_clocks(connection: sqlite3.Connection) -> list[str]:
    """Say whose entries wait, and that this device has written some that will wait at others', with what to look at."""
    ours = device_named(connection)
    waiting = [entry for entry in kept_aside(connection) if not journal.undone(connection, entry)]
    return [*_of_others(waiting, ours), *said_of_ours(connection, ours)]


def _of_others(waiting: list[Change], ours: str) -> Iterator[str]:
    by_device = sorted(waiting, key=lambda entry: (entry.device, entry.at))
    for device, group in groupby(by_device, key=lambda entry: entry.device):
        entries = list(group)
        names = ", ".join(dict.fromkeys(entry.who for entry in entries if entry.who))
        named = _("{device}, this one").format(device=device) if device == ours else device
        who = (_("{names} (device {device})") if names else _("device {device}")).format(names=names, device=named)
        said = _n(
            "{count} entry of {who} is dated {moment}, and here it is {now}: one of the two clocks is wrong. It is kept, and a sync takes it in once its time has come",
            "{count} entries of {who} are dated up to {moment}, and here it is {now}: one of the two clocks is wrong. They are kept, and a sync takes them in once their time has come",
            len(entries),
        )
        yield said.format(count=len(entries), who=who, moment=told(entries[-1].at), now=told(clock.moment()))


def said_of_ours(connection: sqlite3.Connection, device: str) -> list[str]:
    """Say that this device has written what is dated later than others can believe, if it has."""
    sql = "SELECT COUNT(*), MAX(at) FROM change WHERE device = ? AND action <> 'upgrade' AND at > ?"
    count, last = connection.execute(sql, (device, believed_until())).fetchone()
    if not count or not device:
        return []
    said = _n(
        "{count} entry written here is dated {moment}, and by this clock it is {now}: is that right? Others take it in once its time has come",
        "{count} entries written here are dated up to {moment}, and by this clock it is {now}: is that right? Others take them in once their time has come",
        count,
    )
    return [said.format(count=count, moment=told(last), now=told(clock.moment()))]


def told(moment: str) -> str:
    """Say a moment in UTC by the clocks of Belgium: 30 November 2026 23:30."""
    at = datetime.fromisoformat(moment).astimezone(clock.BRUSSELS)
    return f"{day_text(at.date().isoformat())} {at:%H:%M}"
