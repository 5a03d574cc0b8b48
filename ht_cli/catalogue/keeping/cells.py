"""A record in cells: the smallest pieces that two people may change without contradicting one another.

A phone, a need, a text in one language is a cell of its own, so that what one person adds and another removes join. Facts
that only make sense together (open or closed, since when, why; the ages) are one cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ht_cli.catalogue.facts.records import Record, tidy
from ht_cli.fields import LISTS, SPOKEN, TABLES
from ht_cli.model import SECRET_ADDRESS

FactCell = tuple[str, str]  # the field, or the name of what stands together; which entry of a list, or which language
ORDER = "\n"  # the item of a cell that holds the order of a list: no entry of a list is named so
TOGETHER = {
    "status": "standing", "closed_on": "standing", "closed_reason": "standing", "successor": "standing",
    "min_age": "ages", "max_age": "ages",
}  # fmt: skip
WHOLE_CHECK = ("checked_on", "checked_how", "checked_by")  # of a record: the day, the way, who
CHECKS = (*WHOLE_CHECK, "fact_checks")  # what only a check by a person moves
FOLLOWING = (*CHECKS, "changed_on")  # what follows from the journal and is nobody's word
_NAMED_BY = {"phones": ("number",), "addresses": ("street", "postcode", "nis"), "sources": ("url",)}


def cells_of(record: Mapping[str, Any]) -> dict[FactCell, Any]:
    """Give the value of each cell of a record."""
    cells: dict[FactCell, Any] = {}
    for field, value in record.items():
        if field in FOLLOWING or value is None:
            continue
        if field in TOGETHER:
            cells.setdefault((TOGETHER[field], ""), {})[field] = value
        elif field in SPOKEN:
            cells |= {(field, language): text for language, text in value.items()}
        elif field in LISTS or field in TABLES:
            entries = dict(_named(field, value))
            cells |= {(field, name): entry for name, entry in entries.items()}
            cells[field, ORDER] = list(entries)
        else:
            cells[field, ""] = value
    return cells


def record_of_cells(cells: Mapping[FactCell, Any]) -> Record:
    """Give the record that cells make, without what follows from the journal; a cell of None says nothing.

    Nor does the mark of an address that is kept secret elsewhere.
    """
    record: Record = {}
    listed: dict[str, dict[str, Any]] = {}
    for (field, item), value in cells.items():
        if value is None or item == ORDER or value == SECRET_ADDRESS:
            continue
        if field in TOGETHER.values():
            record |= value
        elif field in SPOKEN:
            record.setdefault(field, {})[item] = value
        elif field in LISTS or field in TABLES:
            listed.setdefault(field, {})[item] = value
        else:
            record[field] = value
    for field, entries in listed.items():
        order = cells.get((field, ORDER)) or []
        ranks = {name: rank for rank, name in enumerate(order)}
        record[field] = [entries[name] for name in sorted(entries, key=lambda name: (ranks.get(name, len(ranks)), name))]
    return tidy(record)


def changed_cells(field: str, before: Any, after: Any) -> dict[FactCell, Any]:
    """Give the cells that a change of one field changes, each with its value after: None where it is taken away."""
    if field in FOLLOWING:
        return {}
    if field in TOGETHER:
        return {(TOGETHER[field], ""): {field: after}}
    old, new = cells_of({field: before}), cells_of({field: after})
    return {cell: new.get(cell) for cell in (*old, *(cell for cell in new if cell not in old)) if old.get(cell) != new.get(cell)}


def cell_of(field: str) -> FactCell:
    """Give the cell that a field has even while it says nothing."""
    return (TOGETHER.get(field, field), ORDER if field in (*LISTS, *TABLES, *SPOKEN) else "")


def fields_of(cell: FactCell) -> tuple[str, ...]:
    """Give the fields of a record that a cell is part of."""
    return tuple(field for field, together in TOGETHER.items() if together == cell[0]) or (cell[0],)


def _named(field: str, entries: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Give the entries of a list by what tells them apart; of two that nothing tells apart, the later one."""
    parts = _NAMED_BY.get(field)
    for entry in entries:
        yield (" ".join(str(entry.get(part, "")) for part in parts) if parts else entry), entry
