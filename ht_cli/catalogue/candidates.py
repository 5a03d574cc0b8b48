"""What a shell may complete: ids, names of municipalities, ids of terms."""

import sqlite3


def _like(prefix: str) -> str:
    escaped = prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return escaped + "%"


def complete_ids(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """Give ids that begin so."""
    sql = "SELECT id FROM resource WHERE id LIKE ? ESCAPE '!' AND status = 'active' ORDER BY id LIMIT 50"
    return [identifier for (identifier,) in connection.execute(sql, (_like(prefix),))]


def complete_cities(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """Give names of municipalities, in any of the four languages, that begin so."""
    sql = " UNION ".join(
        f"SELECT name_{language} FROM municipality WHERE name_{language} LIKE :p ESCAPE '!'" for language in ("fr", "nl", "de", "en")
    )
    return [name for (name,) in connection.execute(f"{sql} ORDER BY 1 LIMIT 50", {"p": _like(prefix)})]


def complete_terms(connection: sqlite3.Connection, kind: str, prefix: str) -> list[str]:
    """Give ids of terms that begin so."""
    sql = "SELECT id FROM term WHERE kind = ? AND id LIKE ? ESCAPE '!' ORDER BY id LIMIT 50"
    return [identifier for (identifier,) in connection.execute(sql, (kind, _like(prefix)))]
