"""What a resource says once a duplicate of it is joined to it: of two facts, the one checked last stays."""

from collections.abc import Mapping
from typing import Any

from ht_cli.catalogue.records import RECORD_FIELDS, Record, tidy

_LISTS = ("alternate_names", "audiences", "needs", "offers", "channels", "languages", "areas")
_PARTS = {"phones": "number", "addresses": "street", "sources": "url", "fact_checks": "field"}
_OF_ITS_OWN = (
    "name",
    "kind",
    "status",
    "successor",
    "closed_on",
    "closed_reason",
    "changed_on",
    "failed_tries",
    "checked_how",
    "checked_by",
)


def joined(stays: Mapping[str, Any], goes: Mapping[str, Any]) -> Record:
    """Give the record of the one that stays with what the other knows beside it.

    Lists and contacts of both are kept; of single facts the one checked last, else that of the one
    that stays; the other's name is kept as an alternate name, so that it is still found by it.
    """
    result = dict(stays)
    fresher = goes.get("checked_on", "") > stays.get("checked_on", "")
    for field in RECORD_FIELDS:
        mine, theirs = stays.get(field), goes.get(field)
        if field in _OF_ITS_OWN or theirs is None:
            continue
        if field in _LISTS:
            result[field] = list(dict.fromkeys([*(mine or ()), *theirs]))
        elif field in _PARTS:
            result[field] = _both(mine or [], theirs, _PARTS[field], fresher=fresher)
        elif field == "descriptions":
            result[field] = {**theirs, **(mine or {})} if not fresher else {**(mine or {}), **theirs}
        elif mine is None or fresher:
            result[field] = theirs
    if fresher:
        result |= {field: goes[field] for field in ("checked_how", "checked_by") if field in goes}
    names = [name for name in (*result.get("alternate_names", ()), goes["name"]) if name != stays["name"]]
    return tidy(result | {"alternate_names": list(dict.fromkeys(names))})


def _both(mine: list[dict[str, Any]], theirs: list[dict[str, Any]], key: str, *, fresher: bool) -> list[dict[str, Any]]:
    known = {part.get(key): part for part in mine}
    for part in theirs:
        if part.get(key) not in known or fresher:
            known[part.get(key)] = part
    return list(known.values())
