"""Takes a table over from another catalogue, row by row."""

import sqlite3


def copy_table(connection: sqlite3.Connection, release: sqlite3.Connection, table: str) -> None:
    """Put the rows of a release's table in place of ours, in the caller's transaction."""
    rows = release.execute(f"SELECT * FROM {table}")
    marks = ",".join("?" * len(rows.description))
    connection.execute(f"DELETE FROM {table}")
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
