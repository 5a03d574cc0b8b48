"""Takes a table over from another catalogue, row by row."""

import sqlite3


def copy_table(connection: sqlite3.Connection, release: sqlite3.Connection, table: str) -> None:
    """Put the rows of a release's table in place of ours, in the caller's transaction."""
    connection.execute(f"DELETE FROM {table}")
    _insert("INSERT", connection, release, table)


def add_missing_rows(connection: sqlite3.Connection, release: sqlite3.Connection, table: str) -> None:
    """Add the rows of a release's table whose keys ours lacks, in the caller's transaction."""
    _insert("INSERT OR IGNORE", connection, release, table)


def _insert(how: str, connection: sqlite3.Connection, release: sqlite3.Connection, table: str) -> None:
    rows = release.execute(f"SELECT * FROM {table}")
    marks = ",".join("?" * len(rows.description))
    connection.executemany(f"{how} INTO {table} VALUES ({marks})", rows)
