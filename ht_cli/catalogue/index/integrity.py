"""Whether a catalogue file is whole: SQLite's own checks, its references, and its search tables against its facts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from ht_cli.catalogue.facts.reading import read_meta
from ht_cli.catalogue.index.rebuilding import copy_of_the_release, index_resources
from ht_cli.locale import translate as _

MOST_SAID = 20
_OF_RESOURCES = {
    "cell": "SELECT a.code, c.need, c.rank, c.resource, c.audiences, c.offers, c.languages, c.channels, c.kind, c.cost, c.referral, c.low,"
    " c.high, c.hidden, c.reserved, c.audience_group, c.reach FROM cell c JOIN area a ON a.number = c.area",
    "name_key": "SELECT * FROM name_key",
    "name_word": "SELECT word, resource, round(share, 6) FROM name_word",
    "page_key": "SELECT * FROM page_key",
    "turn": "SELECT * FROM turn",
    "tally": "SELECT * FROM tally",
}
_OF_THE_RELEASE = ("meaning", "form", "phrase", "place")


def problems(connection: sqlite3.Connection, release: sqlite3.Connection) -> Iterator[str]:
    """Give what is wrong with an open catalogue, a sentence each; nothing when it is whole."""
    said = [text for (text,) in connection.execute(f"PRAGMA integrity_check({MOST_SAID})")]
    if said != ["ok"]:
        yield from (_("damaged: {error}").format(error=text) for text in said)
        return  # what follows would count on pages that cannot be read
    for table, row, other, _number in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST_SAID):
        yield _("row {row} of {table} names something that is not in {other}").format(row=row or "?", table=table, other=other)
    yield from _search_tables(connection, release)


def _search_tables(connection: sqlite3.Connection, release: sqlite3.Connection) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        index_resources(copy)
        stale = [table for table, sql in _OF_RESOURCES.items() if _rows(connection, sql) != _rows(copy, sql)]
    if read_meta(connection).get("data_version") == read_meta(release).get("data_version"):
        stale += [
            table for table in _OF_THE_RELEASE if _rows(connection, f"SELECT * FROM {table}") != _rows(release, f"SELECT * FROM {table}")
        ]
    yield from (
        _("the search table {table} does not agree with the facts; mend it with: ht info --repair").format(table=table) for table in stale
    )


def _rows(connection: sqlite3.Connection, sql: str) -> set[tuple[object, ...]]:
    return set(connection.execute(sql))


def repair(connection: sqlite3.Connection, release: sqlite3.Connection) -> None:
    """Make the search tables anew: those of resources from the facts, those of words and places from the release they are of."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    if read_meta(connection).get("data_version") == read_meta(release).get("data_version"):
        copy_of_the_release(connection, release)
    index_resources(connection)
