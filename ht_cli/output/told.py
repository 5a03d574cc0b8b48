"""Tells no day of a fact as one to come: the clock of whoever said it may be ahead of this one.

Only what people and programs read is told so. What is stored, compared, or written to a file that may come back stays as it was said.
"""

from __future__ import annotations

from collections.abc import Mapping

from ht_cli.model import Hit, Resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_DAYS = ("checked_on", "changed_on", "closed_on")


def told_day(day: str) -> str:
    """Give a day, ISO 8601, as it is told: today where it is still to come."""
    if not day:
        return day
    from ht_cli import clock  # what it knows of time zones is wanted only where somebody said a day

    return min(day, clock.today().isoformat())


def told(resource: Resource) -> Resource:
    """Give a resource as it is told."""
    checks = tuple(check._replace(on=told_day(check.on)) for check in resource.fact_checks)
    return resource._replace(
        fact_checks=checks, checked_on=told_day(resource.checked_on), changed_on=told_day(resource.changed_on), closed_on=told_day(resource.closed_on)
    )  # fmt: skip


def told_hit(hit: Hit) -> Hit:
    """Give a result of a search as it is told."""
    return hit._replace(resource=told(hit.resource))


def told_fields(fields: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Give changed fields, before and after, as they are told."""
    return {field: (_told_value(field, before), _told_value(field, after)) for field, (before, after) in fields.items()}


def _told_value(field: str, value: Any) -> Any:
    if field in _DAYS and value:
        return told_day(value)
    if field == "fact_checks" and value:
        return [{**check, "on": told_day(check["on"])} for check in value]
    return value
