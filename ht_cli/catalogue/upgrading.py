"""Brings a newer release into the user's own catalogue: its places and words whole, its facts where nobody changed them here."""

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import uuid4

from ht_cli import clock
from ht_cli.catalogue import journal
from ht_cli.catalogue.changing import Editor, edited_on, read_allowed, read_record
from ht_cli.catalogue.checking import faults
from ht_cli.catalogue.copying import copy_table
from ht_cli.catalogue.learned import EAR_TABLES
from ht_cli.catalogue.merging import Conflict
from ht_cli.catalogue.postings import ResourceIndexer
from ht_cli.catalogue.reading import read_ids, read_meta, read_names, read_resources
from ht_cli.catalogue.records import Record, differences, tidy
from ht_cli.catalogue.spellings import learn_word
from ht_cli.errors import InvalidDataError
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.search.text import NEEDLESS_IN_NAMES, fold

_VOCABULARY = ("term", "urgent_line", "place", "form", "phrase", "word", "near_list", "ordinary_list", *EAR_TABLES)
_OF_THE_RELEASE = ("province", "municipality", "locality", "meta", "outline", "network_mark", *_VOCABULARY)
_OF_RESOURCES = ("cell", "name_key", "name_word", "area")


class Step(NamedTuple):
    """What a release says anew of one resource: the record before and after, and what it released of the changed fields."""

    before: Record
    after: Record
    released: dict[str, Any]


class Upgrade(NamedTuple):
    """The steps by resource, and where the release and we changed the same field: ours stays."""

    steps: dict[str, Step]
    conflicts: list[Conflict]


def plan_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection) -> Upgrade:
    """Hold the release's facts against ours; writes nothing."""
    allowed = read_allowed(release)
    steps: dict[str, Step] = {}
    conflicts: list[Conflict] = []
    for identifier in read_ids(release, all_statuses=True):
        offered, ours = read_record(release, identifier), read_record(connection, identifier)
        step, open_to_settle = _step(identifier, ours, offered, journal.released_values(connection, identifier))
        if step.before != step.after and faults(identifier, step.after, allowed):
            open_to_settle = [Conflict(identifier, field, ours.get(field), value) for field, value in step.released.items()]
            step = Step(ours, ours, {})
        if step.before != step.after or step.released:
            steps[identifier] = step
        conflicts += open_to_settle
    return Upgrade(steps, conflicts)


def _step(identifier: str, ours: Record, offered: Record, released: dict[str, Any]) -> tuple[Step, list[Conflict]]:
    """Take what the release changed since the one we have, where we did not change the same."""
    after, news, conflicts = dict(ours), {}, []
    for field, (now, new) in differences(ours, offered).items():
        if new == released.get(field, now) or field == "changed_on":
            continue  # the release says what it said before; or the day follows from the journal
        news[field] = new
        if released.get(field, now) == now:
            after[field] = new
        else:
            conflicts.append(Conflict(identifier, field, now, new))
    if "changed_on" not in released and offered.get("changed_on"):
        after["changed_on"] = offered["changed_on"]
    return Step(ours, tidy(after), news), conflicts


def write_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection, who: str = "") -> list[Change]:
    """Bring the release in, in the caller's transaction, and give what changed of our resources."""
    plan = plan_upgrade(connection, release)
    connection.execute("PRAGMA defer_foreign_keys = ON")  # places and resources point at one another
    copy_of_the_release(connection, release)
    batch = str(uuid4())
    changes = []
    for identifier, step in plan.steps.items():
        fields = {field: pair for field, pair in differences(step.before, step.after).items() if field != "changed_on"}
        journal.keep_released_values(connection, identifier, step.released, replace=True)
        if fields:
            changes.append(Change(str(uuid4()), clock.moment(), who, "upgrade", identifier, fields, batch=batch))
            journal.append(connection, changes[-1])
    _write_records(connection, plan)
    index_resources(connection)
    return changes


def _write_records(connection: sqlite3.Connection, plan: Upgrade) -> None:
    editor = Editor(connection)
    changed = {identifier: step.after for identifier, step in plan.steps.items() if step.before != step.after}
    for identifier, after in sorted(changed.items(), key=lambda item: "successor" in item[1]):
        edited = edited_on(connection, identifier)
        editor.write(identifier, tidy(after | {"changed_on": edited}) if edited else after)


def copy_of_the_release(connection: sqlite3.Connection, release: sqlite3.Connection) -> None:
    """Take over the places, the vocabulary and the search tables made from them.

    Raises InvalidDataError when a resource of ours uses a term that the release no longer has.
    """
    for table in _OF_THE_RELEASE:
        copy_table(connection, release, table)
    gone = connection.execute(
        "SELECT DISTINCT resource, kind, term FROM resource_term t WHERE NOT EXISTS (SELECT 1 FROM term WHERE kind = t.kind AND id = t.term)"
    ).fetchall()
    if gone:
        listed = ", ".join(f"{resource}: {kind} {term}" for resource, kind, term in gone[:10])
        raise InvalidDataError(
            _("the release no longer has terms that you use: {terms}; change them first with ht update").format(terms=listed)
        )


def take_vocabulary(connection: sqlite3.Connection, release: sqlite3.Connection) -> None:
    """Take over the words and the ears of a release, so that an older file is searched as today's is; no fact changes.

    In the caller's transaction. A line to call that the older file does not have is left out.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in _VOCABULARY:
        copy_table(connection, release, table)
    connection.execute("DELETE FROM urgent_line WHERE resource NOT IN (SELECT id FROM resource)")
    names = {name for _identifier, name in read_names(connection)}
    for word in sorted({word for name in names for word in fold(name).split() if word.isalnum() and word not in NEEDLESS_IN_NAMES}):
        learn_word(connection, word)


def index_resources(connection: sqlite3.Connection) -> None:
    """Make the search tables of every resource anew from the facts."""
    for table in _OF_RESOURCES:
        connection.execute(f"DELETE FROM {table}")
    indexer = ResourceIndexer(connection)
    for number, identifiers in _in_chunks(connection):
        for place, resource in zip(number, read_resources(connection, identifiers), strict=True):
            indexer.add(place, resource)
            indexer.learn_words(resource)


def _in_chunks(connection: sqlite3.Connection, size: int = 500) -> Iterable[tuple[list[int], list[str]]]:
    rows = connection.execute("SELECT number, id FROM resource ORDER BY number").fetchall()
    for start in range(0, len(rows), size):
        chunk = rows[start : start + size]
        yield [number for number, _id in chunk], [identifier for _number, identifier in chunk]


def waits_for_upgrade(connection: sqlite3.Connection, release: sqlite3.Connection) -> bool:
    """Say whether the release is newer than the one that this catalogue was made from."""
    return read_meta(release).get("data_version", "") > read_meta(connection).get("data_version", "")
