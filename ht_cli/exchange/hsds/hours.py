"""Rows of a schedule that others wrote → opening hours: the OpenStreetMap syntax where every row fits it, the texts beside."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ht_cli.hours.grammar import WEEKDAYS

_DAY = {day[:2].upper(): day for day in WEEKDAYS}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?")
WRITTEN = {"id", "freq", "byday", "opens_at", "closes_at", "description", "notes", "wkst", "interval", "attending_type"}


def hours_of(rows: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Give the hours as text and in the OpenStreetMap syntax; the latter is empty when one row cannot be said in it."""
    rules: list[str] = []
    texts: list[str] = []
    for row in rows:
        texts += [row[name] for name in ("description", "notes") if row.get(name)]
        if row.get("opens_at") or row.get("byday"):
            rules.append(_rule(row))
    return "; ".join(dict.fromkeys(texts)), _joined(rules) if all(rules) else ""


def _rule(row: Mapping[str, Any]) -> str:
    """Write one row; nothing when it has limits, an offset or a frequency that the rule would lose."""
    opens, closes = _CLOCK.fullmatch(row.get("opens_at", "")), _CLOCK.fullmatch(row.get("closes_at", ""))
    days = [_DAY.get(day.strip().upper(), "") for day in row.get("byday", "").split(",")]
    fits = row.get("freq", "WEEKLY") == "WEEKLY" and row.get("interval", 1) == 1 and not set(row) - WRITTEN
    if not (opens and closes and all(days) and fits) or opens[0] >= closes[0]:
        return ""
    return f"{','.join(days)} {opens[1]}:{opens[2]}-{closes[1]}:{closes[2]}"


def _joined(rules: list[str]) -> str:
    """Join the rules: several times of the same days become one rule, since a later one would take its place."""
    spans: dict[str, list[str]] = {}
    for rule in dict.fromkeys(rules):
        days, _space, span = rule.partition(" ")
        for day in days.split(","):
            spans.setdefault(day, []).append(span)
    grouped: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        if day in spans:
            grouped.setdefault(",".join(sorted(spans[day])), []).append(day)
    return "; ".join(f"{','.join(days)} {span}" for span, days in grouped.items())
