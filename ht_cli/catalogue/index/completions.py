"""What a shell may complete from the catalogue: ids, changes, places, terms; each in the order in which it is shown."""

import sqlite3
from collections.abc import Sequence


def ids_with_names(connection: sqlite3.Connection, *, closed: bool) -> list[tuple[str, str]]:
    """Give each id with the name of its resource; `closed` says that those out of use are wanted too."""
    return list(connection.execute("SELECT id, name FROM resource WHERE status = 'active' OR ? ORDER BY id", (closed,)))


def ids_of_changes(connection: sqlite3.Connection, beginning: str) -> list[tuple[str, str]]:
    """Give the changes whose id begins so, the newest first, each with what it did to which resource."""
    sql = "SELECT uuid, action || ' ' || resource FROM change WHERE substr(uuid, 1, ?) = ? ORDER BY number DESC LIMIT 100"
    return list(connection.execute(sql, (len(beginning), beginning)))


def municipality_names(connection: sqlite3.Connection, language: str) -> list[str]:
    """Give the municipalities by their names in one language."""
    sql = "SELECT COALESCE(p.name, m.name) FROM municipality m LEFT JOIN place_name p ON p.language = ? AND p.code = 'nis:' || m.nis ORDER BY 1"
    return [name for (name,) in connection.execute(sql, (language,))]


def places_beginning(connection: sqlite3.Connection, key: str) -> list[str]:
    """Give every name of a place in Belgium, its postcodes among them, whose folded spelling begins so.

    Left out are the names that tell places of one name apart: Saint-Nicolas (Lg.), Namur province.
    """
    sql = (
        "SELECT DISTINCT COALESCE(shown, key) AS name FROM form JOIN meaning ON number = meaning WHERE kind = 'place'"
        " AND key >= ? AND key < ? AND instr(name, '(') = 0 AND name NOT LIKE '% province' ORDER BY 1"
    )
    return [name for (name,) in connection.execute(sql, (key, key + "\U0010ffff"))]


def terms_with_labels(connection: sqlite3.Connection, kind: str, languages: Sequence[str]) -> list[tuple[str, ...]]:
    """Give each term of a kind with its labels in these languages."""
    marks = ",".join("?" * len(languages))
    rows = connection.execute(f"SELECT id, language, label FROM label WHERE language IN ({marks}) AND kind = ?", (*languages, kind))
    labels: dict[str, dict[str, str]] = {}
    for identifier, language, label in rows:
        labels.setdefault(identifier, {})[language] = label
    return [(identifier, *(said.get(language, identifier) for language in languages)) for identifier, said in sorted(labels.items())]
