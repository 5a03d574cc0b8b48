"""What keepers and social workers say to one another of a resource: remarks, proposals, who calls, what was skipped.

They are entries of the journal that change no fact, and travel with it. Nothing about a client is asked for.
"""

import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import FOLLOWING, TOGETHER, cells_of, changed_cells, record_of_cells
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_allowed, read_record
from ht_cli.catalogue.keeping.checking import days_said, faults
from ht_cli.clock import day_in_belgium
from ht_cli.errors import InvalidDataError
from ht_cli.model import Change

GIVEN_BACK = timedelta(weeks=2)  # what somebody took to call and did not check is free again after so long
SKIPPED = timedelta(weeks=1)  # so long it stands behind the others


class Claim(NamedTuple):
    """Who said that they call a resource, and the last day on which that holds."""

    who: str
    device: str
    until: date


def report(connection: sqlite3.Connection, resource: str, text: str, *, field: str = "", who: str = "") -> Change:
    """Keep a remark on a resource, or on one field of it, for the keepers."""
    return journal.write(connection, "report", resource, {}, who=who, note=f"{field}: {text}" if field else text)


def open_reports(connection: sqlite3.Connection) -> dict[str, list[Change]]:
    """Give, by resource, the remarks that nobody has dealt with, the newest first: no check, closing or answer came after them."""
    waiting: dict[str, list[Change]] = {}
    for one in journal.read_changes(connection, f"action = 'report' AND {_UNANSWERED}"):
        waiting.setdefault(one.resource, []).append(one)
    return waiting


_UNANSWERED = (
    "NOT EXISTS (SELECT 1 FROM change later WHERE later.resource = change.resource AND (later.undoes = change.uuid"
    " OR (later.action IN ('verify', 'close') AND later.at > change.at)))"
)


def propose(connection: sqlite3.Connection, resource: str, after: Record, *, who: str = "", note: str = "") -> Change | None:
    """Keep a change that waits for a keeper's yes; None when it would change nothing. Raises InvalidDataError when it would not hold."""
    before = read_record(connection, resource)
    changed = {field: pair for field, pair in differences(before, tidy(after)).items() if field != "changed_on"}
    if not changed:
        return None
    found = faults(resource, tidy(after), read_allowed(connection), days_said(before))
    if found:
        raise InvalidDataError("\n".join(f"{resource}: {fault}" for fault in found))
    return journal.write(connection, "propose", resource, {}, who=who, note=note, superseded=changed)


def open_proposals(connection: sqlite3.Connection) -> list[Change]:
    """Give the proposals that no keeper has answered, the oldest first."""
    waiting = "action = 'propose' AND NOT EXISTS (SELECT 1 FROM change later WHERE later.undoes = change.uuid)"
    return journal.read_changes(connection, waiting)[::-1]


def is_answered(connection: sqlite3.Connection, asked: Change) -> bool:
    """Say whether somebody has answered a remark or a proposal."""
    return connection.execute("SELECT 1 FROM change WHERE undoes = ? AND undoes <> ''", (asked.uuid,)).fetchone() is not None


def accepted(now: Record, proposal: Change) -> Record:
    """Give a record with what was proposed: of a list or of texts, the entries that the proposal changes and no other."""
    cells = cells_of(now)
    for field, (before, after) in proposal.superseded.items():
        for cell, value in changed_cells(field, before, after).items():
            cells[cell] = {**cells.get(cell, {}), **value} if cell[0] in TOGETHER.values() else value
    return tidy({field: value for field, value in now.items() if field in FOLLOWING} | record_of_cells(cells))


def answer(connection: sqlite3.Connection, asked: Change, *, accept: bool, who: str = "") -> list[Change]:
    """Answer a remark or a proposal; an accepted proposal is written as a change of the keeper who says yes.

    Gives the answer, and the change where it changed something. Raises InvalidDataError when it does not hold any more.
    """
    done = [journal.write(connection, "answer", asked.resource, {}, who=who, undoes=asked.uuid)]
    if accept and asked.superseded:
        occasion = Occasion("update", who, note=asked.note)
        change = Editor(connection).change(asked.resource, lambda now: accepted(now, asked), occasion)
        done += [change] if change else []
    return done


def claim(connection: sqlite3.Connection, resource: str, who: str) -> Change:
    """Say that somebody calls a resource."""
    return journal.write(connection, "claim", resource, {}, who=who)


def read_claims(connection: sqlite3.Connection, today: date) -> dict[str, Claim]:
    """Give who calls which resource: the last to say so, until it is checked, skipped, or two weeks have gone by."""
    ended = "EXISTS (SELECT 1 FROM change later WHERE later.resource = change.resource AND later.action IN ('verify', 'fail', 'skip', 'close') AND later.at > change.at)"  # fmt: skip
    claims = {}
    for one in journal.read_changes(connection, f"action = 'claim' AND NOT {ended}")[::-1]:
        until = day_in_belgium(one.at) + GIVEN_BACK
        if until >= today:
            claims[one.resource] = Claim(one.who, one.device, until)
    return claims


def skip(connection: sqlite3.Connection, resource: str, who: str) -> Change:
    """Say that somebody left a resource for later."""
    return journal.write(connection, "skip", resource, {}, who=who)


def put_off(connection: sqlite3.Connection, today: date) -> Mapping[str, str]:
    """Give the moment at which each resource was last skipped or not reached, where that was within a week."""
    since = (today - SKIPPED).isoformat()
    rows = connection.execute(
        "SELECT resource, MAX(at) FROM change WHERE action IN ('skip', 'fail') AND at >= ? GROUP BY resource", (since,)
    )
    return dict(rows)
