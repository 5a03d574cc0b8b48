"""Which checks hold of what stands: of the whole record, or of single facts of it."""

from collections.abc import Mapping, Sequence

from ht_cli.catalogue.facts.records import Record, tidy
from ht_cli.catalogue.keeping.cells import ORDER, TOGETHER, FactCell, cell_of, fields_of
from ht_cli.catalogue.keeping.touches import OPEN, Check, Touch
from ht_cli.catalogue.keeping.verifying import FACTS


def is_confirmed_with_the_record(cell: FactCell) -> bool:
    """Say whether a check of a whole record confirms a cell: the facts, and that it is open."""
    return cell == OPEN or any(field in FACTS for field in fields_of(cell))


def released_check(released: Record, cell: FactCell) -> Check | None:
    """Give the check that a cell had in what was released: its own, else that of the whole record where it confirms the cell."""
    for check in released.get("fact_checks", ()):
        if check["field"] in fields_of(cell):
            return Check(check["on"], check["how"], check.get("by", ""), whole=False)
    if not released.get("checked_on") or not is_confirmed_with_the_record(cell):
        return None
    return Check(released["checked_on"], released.get("checked_how", ""), released.get("checked_by", ""), whole=True)


def checks_that_hold(standing: Mapping[FactCell, Touch]) -> Record:
    """Give the checks that still hold: of the whole record where no fact of it stands unconfirmed, else of single facts.

    That a field says nothing is confirmed by a check of it that found nothing, never by one of what it said before.
    """
    said = {field for cell, touch in standing.items() if cell[1] != ORDER for field in fields_of(cell) if _says(touch, field)}
    by_fact: dict[str, list[Touch]] = {}
    for cell, touch in standing.items():
        for field in (field for field in fields_of(cell) if field in FACTS):
            if field in said:
                counts = bool(_says(touch, field) or touch.check or _took_away(touch))
            else:
                counts = _found_silent(cell, touch, field) or (not touch.check and (_says(touch, field) or _took_away(touch)))
            if counts:
                by_fact.setdefault(field, []).append(touch)
    said |= {
        field
        for cell, touch in standing.items()
        for field in fields_of(cell)
        if field in FACTS and field not in said and touch.check and not touch.check.whole and _found_silent(cell, touch, field)
    }
    checks = {field: _oldest(touches) for field, touches in by_fact.items()}
    whole = [check for field, check in checks.items() if field in said and check and check.whole]
    of_record = min(whole, key=lambda check: check.on) if whole and all(checks.values()) else None
    record: Record = {}
    if of_record:
        record |= {"checked_on": of_record.on, "checked_how": of_record.how, "checked_by": of_record.by}
    single = [  # a check of which nobody knows how it was made cannot be kept apart
        {"field": field, "on": check.on, "how": check.how, "by": check.by}
        for field, check in sorted(checks.items())
        if field in said and check and check.how and not (of_record and check.whole)
    ]
    return tidy(record | {"fact_checks": single})


def _found_silent(cell: FactCell, touch: Touch, field: str) -> bool:
    """Say whether a check found that a field says nothing."""
    if cell != cell_of(field) or not touch.check:
        return False
    return not (touch.value if cell[1] == ORDER else _says(touch, field))


def _took_away(touch: Touch) -> bool:
    """Say whether somebody took a fact away, which is nothing like taking back that it was given."""
    return touch.entry is not None and not touch.entry.undoes


def _says(touch: Touch, field: str) -> bool:
    return (touch.value.get(field) if field in TOGETHER and touch.value else touch.value) not in (None, {})


def _oldest(touches: Sequence[Touch]) -> Check | None:
    checks = [touch.check for touch in touches]
    return min((check for check in checks if check), key=lambda check: check.on) if all(checks) else None
