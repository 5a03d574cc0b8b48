"""Makes the search tables anew: those of words and places as a release has them, those of resources from the facts."""

import sqlite3
from collections.abc import Iterable

from ht_cli.catalogue.facts.copying import add_missing_rows, copy_table
from ht_cli.catalogue.facts.reading import read_names, read_resources
from ht_cli.catalogue.index.learned import EAR_TABLES
from ht_cli.catalogue.index.postings import ResourceIndexer
from ht_cli.catalogue.index.spellings import learn_words
from ht_cli.errors import InvalidDataError
from ht_cli.locale import translate as _
from ht_cli.search.text import NEEDLESS_IN_NAMES, fold

_VOCABULARY = ("term", "label", "urgent_line", "place", "meaning", "form", "phrase", "known_list", "ordinary_list", *EAR_TABLES)
_OF_THE_RELEASE = ("province", "municipality", "place_name", "locality", "meta", "absorbed", "outline", "network_mark", *_VOCABULARY)
_OF_RESOURCES = ("cell", "name_key", "name_word", "area", "page_key", "turn", "tally")


def copy_of_the_release(connection: sqlite3.Connection, release: sqlite3.Connection) -> None:
    """Take over the places, the vocabulary and the search tables made from them."""
    add_missing_rows(connection, release, "language")  # none goes: texts of ours may be in it
    for table in _OF_THE_RELEASE:
        copy_table(connection, release, table)


def require_terms(connection: sqlite3.Connection) -> None:
    """Require that the vocabulary has every term that a resource uses. Raises InvalidDataError, naming those that it lacks."""
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
    for table in ("language", "place_name"):  # a language that the older file does not speak, and what places are called in it
        add_missing_rows(connection, release, table)
    for table in _VOCABULARY:
        copy_table(connection, release, table)
    connection.execute("DELETE FROM urgent_line WHERE resource NOT IN (SELECT id FROM resource)")
    names = {name for _identifier, name in read_names(connection)}
    learn_words(connection, {word for name in names for word in fold(name).split() if word.isalnum() and word not in NEEDLESS_IN_NAMES})


def index_resources(connection: sqlite3.Connection) -> None:
    """Make the search tables of every resource anew from the facts."""
    for table in _OF_RESOURCES:
        connection.execute(f"DELETE FROM {table}")
    indexer = ResourceIndexer(connection)
    for number, identifiers in _in_chunks(connection):
        for place, resource in zip(number, read_resources(connection, identifiers), strict=True):
            indexer.add(place, resource)
            indexer.learn_words(resource)
    indexer.finish()


def _in_chunks(connection: sqlite3.Connection, size: int = 500) -> Iterable[tuple[list[int], list[str]]]:
    rows = connection.execute("SELECT number, id FROM resource ORDER BY number").fetchall()
    for start in range(0, len(rows), size):
        chunk = rows[start : start + size]
        yield [number for number, _id in chunk], [identifier for _number, identifier in chunk]
