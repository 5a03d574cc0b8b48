"""Which resources have, or once had, an address that must stay secret: their history shows none of theirs."""

import sqlite3
from collections.abc import Collection

_MARK = '%"confidential": true%'  # as the journal writes it


def ever_confidential(connection: sqlite3.Connection, resources: Collection[str]) -> set[str]:
    """Give those among resources of which an address is confidential, or was in any change that the journal holds."""
    wanted = ",".join("?" * len(resources))
    rows = connection.execute(
        f"SELECT resource FROM address WHERE confidential AND resource IN ({wanted})"
        " UNION SELECT c.resource FROM change c JOIN change_field f ON f.change = c.uuid"
        f" WHERE c.resource IN ({wanted}) AND f.field = 'addresses' AND (f.before LIKE ? OR f.after LIKE ?)",
        (*resources, *resources, _MARK, _MARK),
    )
    return {resource for (resource,) in rows}
