"""What a resource says once a duplicate of it is joined to it: of two facts, the one checked last stays."""

from collections.abc import Mapping
from typing import Any

from ht_cli.catalogue.facts.records import Record, tidy
from ht_cli.catalogue.keeping.cells import CHECKS
from ht_cli.catalogue.keeping.verifying import check_of, checks_joined
from ht_cli.fields import LISTS, RECORD_FIELDS
from ht_cli.model import SECRET_ADDRESS

_PARTS = {"phones": "number", "addresses": "street", "sources": "url"}
_OF_ITS_OWN = ("name", "kind", "status", "successor", "closed_on", "closed_reason", "changed_on", "failed_tries", *CHECKS)


def joined(stays: Mapping[str, Any], goes: Mapping[str, Any]) -> Record:
    """Give the record of the one that stays with what the other knows beside it.

    Lists and contacts of both are kept; of single facts the one checked last, else that of the one
    that stays; the other's name is kept as an alternate name, so that it is still found by it.
    A check comes with the fact that it confirmed, and with no other.
    """
    result = dict(stays)
    for field in RECORD_FIELDS:
        mine, theirs = stays.get(field), goes.get(field)
        fresher = check_of(goes, field).get("on", "") > check_of(stays, field).get("on", "")
        if field in _OF_ITS_OWN or theirs is None:
            continue
        if field in LISTS:
            result[field] = list(dict.fromkeys([*(mine or ()), *theirs]))
        elif field in _PARTS:
            result[field] = _both(mine or [], theirs, _PARTS[field], fresher=fresher)
        elif field == "descriptions":
            result[field] = {**theirs, **(mine or {})} if not fresher else {**(mine or {}), **theirs}
        elif mine is None or fresher:
            result[field] = theirs
    names = [name for name in (*result.get("alternate_names", ()), goes["name"]) if name != stays["name"]]
    return checks_joined(tidy(result | {"alternate_names": list(dict.fromkeys(names))}), (stays, goes))


def hiding_what_the_other_hides(record: Mapping[str, Any], other: Mapping[str, Any]) -> Record:
    """Give a record with each of its addresses kept confidential that may be one that the other keeps so: it is in the same municipality.

    Two records of one refuge may tell its street differently, and a single one that shows it tells everybody where it is.
    """
    hidden = {place for address in other.get("addresses") or () if address.get("confidential") for place in _places(address)}
    if not hidden or not record.get("addresses"):
        return dict(record)
    addresses = [address | SECRET_ADDRESS if hidden & _places(address) else address for address in record["addresses"]]
    return dict(record) | {"addresses": addresses}


def _places(address: Mapping[str, Any]) -> set[str]:
    """Give the NIS code and the postcode of an address, where they are known."""
    return {address.get("nis") or "", address.get("postcode") or ""} - {""}


def _both(mine: list[dict[str, Any]], theirs: list[dict[str, Any]], key: str, *, fresher: bool) -> list[dict[str, Any]]:
    known = {part.get(key): part for part in mine}
    for part in theirs:
        if part.get(key) not in known or fresher:
            known[part.get(key)] = part
    return list(known.values())
