"""What was written here while the clock was ahead, dated anew once the clock is right: others need not wait until its time has come.

Each entry is written again, in the order in which they were written and as knowing what its author knew, and the old one is
taken back by its name. So where it had gone to others already it waits there (`ahead.py`), and says nothing when its time comes.
Whose clock is ahead meanwhile, here or elsewhere, takes the old one in; it says nothing there, and waits again once the clock is right.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from ht_cli import clock
from ht_cli.catalogue.facts.reading import read_meta
from ht_cli.catalogue.facts.versions import month_of
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.checking import dated_until
from ht_cli.catalogue.keeping.device import device_named, renamed
from ht_cli.catalogue.sharing.ahead import believed_until, keep_aside, told
from ht_cli.catalogue.sharing.merging import refresh
from ht_cli.locale import translate_count as _n
from ht_cli.model import Change
from ht_cli.shapes import NamedTuple

Pairs = Mapping[str, tuple[Any, Any]]


class Ahead(NamedTuple):
    """What the journal holds that is dated later than others believe, in the order of its moments: what is to be said anew, and what says nothing."""

    sayings: list[Change]
    taken_back: list[Change]


def dated_ahead(connection: sqlite3.Connection) -> Ahead:
    """Give what was written here that is dated later than others believe, and what came while the clock here was ahead and is taken back by now.

    Nothing while the clock here may be the one that is wrong: before the month of the release, or where the journal holds an
    entry of somebody else from a day to come that still says something.
    """
    until = believed_until()
    entries = journal.read_changes(connection, "at > ?", (until,))[::-1]
    taken_back = [entry for entry in entries if _is_taken_back(connection, entry, until)]
    sayings = [entry for entry in entries if entry not in taken_back]
    ours = device_named(connection)
    if any(entry.merged and entry.device != ours for entry in sayings) or _is_before_the_release(connection):
        return Ahead([], [])
    return Ahead(sayings, taken_back)


def date_anew(connection: sqlite3.Connection) -> list[str]:
    """Date anew what the clock here, when it was ahead, has dated, and give what to tell of it. Writes in the caller's transaction.

    What is taken back already goes aside again until its time has come: whatever is written here would be dated after it.
    """
    sayings, taken_back = dated_ahead(connection)
    journal.take_out(connection, [*sayings, *taken_back])
    for entry in taken_back:
        keep_aside(connection, entry)
    if sayings:
        _say_anew(connection, sayings)
    refresh(connection, {entry.resource for entry in (*sayings, *taken_back)})
    return [_said(len(sayings), sayings[-1].at)] if sayings else []


def _say_anew(connection: sqlite3.Connection, sayings: Sequence[Change]) -> None:
    """Write entries again that were taken out of the journal, but for what the release says already."""
    device = renamed(connection)  # who knows what this device wrote until some moment would seem to know what it writes until then
    wanted = [entry for entry in sayings if entry.action == "upgrade" or not journal.is_absorbed(connection, entry.uuid)]
    anew: dict[str, str] = {}  # the names, by the old ones
    _take_back(connection, [entry for entry in wanted if entry.action != "upgrade"], device)
    for entry in wanted:
        anew[entry.uuid] = _write_again(connection, entry, anew, device)


def _is_taken_back(connection: sqlite3.Connection, entry: Change, until: str) -> bool:
    """Say whether an entry is taken back by one that is not dated ahead itself: so is what was dated anew, wherever that was."""
    undos = journal.read_changes(connection, "undoes = ? AND undoes <> '' AND action = 'undo' AND at <= ?", (entry.uuid, until))
    return any(not _is_taken_back(connection, undo, until) for undo in undos)


def _is_before_the_release(connection: sqlite3.Connection) -> bool:
    return clock.today().isoformat() < month_of(read_meta(connection).get("data_version", ""))


def _take_back(connection: sqlite3.Connection, entries: Sequence[Change], device: str) -> None:
    """Take entries back that this journal does not hold any more, as one act, and let them wait as they may elsewhere."""
    batch = ""
    for entry in entries:
        keep_aside(connection, entry)
        undo = _named(
            Change(
                "", journal.next_moment(connection), entry.who, "undo", entry.resource, {}, batch=batch, undoes=entry.uuid, device=device
            )
        )
        journal.append(connection, undo)
        batch = batch or undo.uuid


def _write_again(connection: sqlite3.Connection, entry: Change, anew: Mapping[str, str], device: str) -> str:
    """Write what an entry says under the moment that it is, and give its new name."""
    again = _named(
        journal.naming(entry, anew)._replace(
            at=journal.next_moment(connection), fields=_until_today(entry.fields), superseded=_until_today(entry.superseded), device=device
        )
    )
    journal.append(connection, again)
    return again.uuid


def _named(entry: Change) -> Change:
    return entry._replace(uuid=journal.name_of(entry))


def _until_today(pairs: Pairs) -> dict[str, tuple[Any, Any]]:
    """Give fields, before and after, with each day that the wrong clock told as this one."""
    before, after = (dated_until({field: pair[side] for field, pair in pairs.items()}, clock.today()) for side in (0, 1))
    return {field: (before[field], after[field]) for field in pairs}


def _said(count: int, until: str) -> str:
    said = _n(
        "{count} entry was written here while the clock was ahead, dated {moment}: it is dated anew now, and the others get it.",
        "{count} entries were written here while the clock was ahead, dated up to {moment}: they are dated anew now, and the others get them.",
        count,
    )
    return said.format(count=count, moment=told(until))
