"""What keepers and social workers say to one another of a resource: remarks, proposals, who calls, what was skipped.

They are entries of the journal that change no fact, and travel with it. Nothing about a client is asked for.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.cells import FOLLOWING, TOGETHER, cells_of, changed_cells, record_of_cells
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_allowed, read_record
from ht_cli.catalogue.keeping.checking import days_said, faults
from ht_cli.catalogue.keeping.touches import checks_given
from ht_cli.catalogue.keeping.verifying import FACTS
from ht_cli.clock import day_in_belgium
from ht_cli.errors import InvalidDataError
from ht_cli.model import SECRET_ADDRESS, Change
from ht_cli.shapes import NamedTuple

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
    """Give, by resource, the remarks that nobody has dealt with, the newest first: no check, closing or answer in effect came after them.

    What is said of one fact is not dealt with by a check of another one.
    """
    waiting: dict[str, list[Change]] = {}
    for one in journal.read_changes(connection, "action = 'report'"):
        if not is_answered(connection, one) and not any(
            _deals_with(later, one) for later in _done_after(connection, one, ("verify", "close"))
        ):
            waiting.setdefault(one.resource, []).append(one)
    return waiting


def _deals_with(later: Change, remark: Change) -> bool:
    """Say whether a check or a closing is about what a remark is about."""
    field, colon, _text = remark.note.partition(": ")
    if later.action != "verify" or not colon or field not in FACTS:
        return True
    return not {"", field}.isdisjoint(checks_given(later))


def _came_after(connection: sqlite3.Connection, word: Change, actions: Sequence[str]) -> bool:
    """Say whether one of these was done to the resource of a word after it, and not taken back."""
    return any(_done_after(connection, word, actions))


def _done_after(connection: sqlite3.Connection, word: Change, actions: Sequence[str]) -> Iterator[Change]:
    """Give what of these was done to the resource of a word after it, and not taken back."""
    wanted = f"resource = ? AND at > ? AND action IN ({','.join('?' * len(actions))})"
    found = journal.read_changes(connection, wanted, (word.resource, word.at, *actions))
    return (later for later in found if not journal.undone(connection, later))


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
    return [one for one in journal.read_changes(connection, "action = 'propose'")[::-1] if not is_answered(connection, one)]


def is_answered(connection: sqlite3.Connection, asked: Change) -> bool:
    """Say whether somebody has answered a remark or a proposal, or taken it back, and that holds."""
    said = journal.read_changes(connection, "undoes = ? AND undoes <> ''", (asked.uuid,))
    return any(not journal.undone(connection, one) for one in said)


def accepted(now: Record, proposal: Change) -> Record:
    """Give a record with what was proposed: of a list or of texts, the entries that the proposal changes and no other."""
    cells = cells_of(now)
    for field, (before, after) in proposal.superseded.items():
        for cell, value in changed_cells(field, before, after).items():
            cells[cell] = {**cells.get(cell, {}), **value} if cell[0] in TOGETHER.values() else value
    return tidy({field: value for field, value in now.items() if field in FOLLOWING} | record_of_cells(cells))


def is_known_elsewhere_alone(proposal: Change) -> bool:
    """Say whether a proposal is of a secret address that never came here: who accepted it would write nothing of it."""
    _before, after = proposal.superseded.get("addresses", (None, None))
    return SECRET_ADDRESS in (after or ())


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


def claim(connection: sqlite3.Connection, resource: str, who: str, batch: str = "") -> Change:
    """Say that somebody calls a resource; `batch` names the act that this is part of, if it is."""
    return journal.write(connection, "claim", resource, {}, who=who, batch=batch)


def read_claims(connection: sqlite3.Connection, today: date) -> dict[str, Claim]:
    """Give who calls which resource: the last to say so, until it is checked, skipped, or two weeks have gone by."""
    claims = {}
    since = (today - GIVEN_BACK - timedelta(days=1)).isoformat()  # a day here may be the day before by the clock of the journal
    for one in journal.read_changes(connection, "action = 'claim' AND at >= ?", (since,))[::-1]:
        until = day_in_belgium(one.at) + GIVEN_BACK
        ended = journal.undone(connection, one) or _came_after(connection, one, ("verify", "fail", "skip", "close"))
        if until >= today and not ended:
            claims[one.resource] = Claim(one.who, one.device, until)
    return claims


def skip(connection: sqlite3.Connection, resource: str, who: str) -> Change:
    """Say that somebody left a resource for later."""
    return journal.write(connection, "skip", resource, {}, who=who)


def put_off(connection: sqlite3.Connection, today: date) -> Mapping[str, str]:
    """Give the moment at which each resource was last skipped or not reached, where that was within a week."""
    since = (today - SKIPPED).isoformat()
    tries = journal.read_changes(connection, "action IN ('skip', 'fail') AND at >= ?", (since,))[::-1]
    return {one.resource: one.at for one in tries if not journal.undone(connection, one)}
