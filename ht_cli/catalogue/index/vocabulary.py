"""Reads the vocabulary out of an open catalogue: terms and labels."""

import sqlite3

from ht_cli.catalogue.facts.municipalities import read_areas, read_municipality_names
from ht_cli.locale import languages
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words


class Term(NamedTuple):
    """A word of the vocabulary with its label in one language; `fits` are the ids that go with it."""

    kind: str
    id: str
    position: int
    label: str
    fits: tuple[str, ...]


def read_terms(connection: sqlite3.Connection, kind: str, language: str) -> list[Term]:
    """Give the terms of a kind in the vocabulary's order, with labels in one language."""
    rows = connection.execute(
        "SELECT t.kind, t.id, position, COALESCE(label, t.id), fits FROM term t LEFT JOIN label l ON l.language = ? AND l.kind = t.kind"
        " AND l.id = t.id WHERE t.kind = ? ORDER BY position",
        (language, kind),
    )
    return [Term(kind, identifier, position, label, tuple(fits.split())) for kind, identifier, position, label, fits in rows]


def read_labels(connection: sqlite3.Connection, language: str) -> dict[tuple[str, str], str]:
    """Give the label of every term in one language, by kind and id."""
    rows = connection.execute("SELECT kind, id, label FROM label WHERE language = ?", (language,))
    return {(kind, identifier): label for kind, identifier, label in rows}


def read_words(connection: sqlite3.Connection, language: str) -> Words:
    """Give every label and every area's name in one language."""
    return Words(read_labels(connection, language), read_areas(connection, language))


def read_keepers_words(connection: sqlite3.Connection) -> Words:
    """Give the words of the reader's language, and with them what the changes of a record are said with."""
    towns = {nis: frozenset(names.values()) for nis, names in read_municipality_names(connection).items()}
    return read_words(connection, languages()[0])._replace(dialled=_national, towns=towns)


def _national(number: str) -> str:
    from ht_cli.catalogue.facts.records import national  # 60 ms of phonenumbers, wanted by those who keep numbers alone

    return national(number)
