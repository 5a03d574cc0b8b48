"""Resources as GeoJSON (RFC 7946): a feature for each address that is not confidential, longitude before latitude, WGS 84.

The catalogue knows the centre of the municipality and not the door, and every point says so: `precision` is
"municipality". A resource without an address has one feature without a place. Areas are properties: they are
codes, and the borders are Statbel's to give.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ht_cli.exchange.objects import resource_object
from ht_cli.exchange.reference import Reference
from ht_cli.model import LANGUAGES, Address, Resource, Spoken

ATTRIBUTION = (
    "ht, catalogue of mental-health help in Belgium (CC BY 4.0). Points: GeoNames (geonames.org), CC BY 4.0, April 2024, modified."
)
_KEPT = (
    "id", "name", "kind", "status", "needs", "offers", "audiences", "eligibility", "professionals_only", "min_age", "max_age", "languages",
    "channels", "cost", "referral_needed", "areas", "email", "url", "hours_osm", "checked_on", "changed_on",
    "source_date", "confidence",
)  # fmt: skip


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give a FeatureCollection, one feature on each line."""
    yield '{"type": "FeatureCollection", "attribution": ' + json.dumps(ATTRIBUTION)
    if reference.made_at:
        yield ', "made_at": ' + json.dumps(reference.made_at)
    yield ', "features": ['
    mark = "\n"
    for resource in resources:
        for feature in _features(resource, reference):
            yield mark + json.dumps(feature, ensure_ascii=False)
            mark = ",\n"
    yield "\n]}\n"


def _features(resource: Resource, reference: Reference) -> Iterator[dict[str, Any]]:
    """Give a feature for each address; the first has the id of the resource, the others that with /2, /3 …"""
    found = resource_object(resource)
    versions = {"description": resource.descriptions, "hours": resource.hours, "area_note": resource.area_note}
    facts = {name: found[name] for name in _KEPT} | {name: _version(texts, reference) for name, texts in versions.items()}
    facts["phones"] = [phone | {part: _version(phone[part], reference) for part in ("label", "hours")} for phone in found["phones"]]
    known = [address for address in resource.addresses if not address.confidential]
    for number, address in enumerate(known or [None], 1):
        identifier = resource.id if number == 1 else f"{resource.id}/{number}"
        yield {
            "type": "Feature",
            "id": identifier,
            "geometry": _point(address, reference),
            "properties": facts | _place(address, reference),
        }


def _version(texts: Spoken, reference: Reference) -> str | None:
    """Give a text in the language of the file, else in the next that has one."""
    return next((texts[code] for code in (reference.language, *LANGUAGES) if code in texts), None)


def _point(address: Address | None, reference: Reference) -> dict[str, Any] | None:
    home = reference.homes.get(address.nis) if address else None
    return {"type": "Point", "coordinates": [round(home.longitude, 5), round(home.latitude, 5)]} if home else None


def _place(address: Address | None, reference: Reference) -> dict[str, Any]:
    """Give the address, the municipality in the language of the file, and how exact the point is."""
    if address is None:
        return {"street": None, "postcode": None, "locality": None, "nis": None, "municipality": None, "precision": None}
    home = reference.homes.get(address.nis)
    return {
        "street": address.street or None,
        "postcode": address.postcode or None,
        "locality": address.locality or None,
        "nis": address.nis,
        "municipality": home.names[reference.language] if home else None,
        "precision": "municipality" if home else None,
    }
