"""Resources as GeoJSON (RFC 7946): a feature for each address that is not confidential, longitude before latitude, WGS 84.

The catalogue knows the centre of the municipality and not the door, and every point says so: `precision` is
"municipality". The first feature of a municipality stands on its centre, the others around it, so that none hides
another. What has no place stands apart, in `unlocated`. Areas are properties: they are codes, and the borders are
Statbel's to give.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from math import cos, pi, sin, sqrt
from typing import IO, Any

from ht_cli.exchange.credits import LICENCE_LINK, attribution
from ht_cli.exchange.objects import resource_object
from ht_cli.exchange.reference import Reference
from ht_cli.model import LANGUAGES, Address, Municipality, Resource, Spoken
from ht_cli.places.outlines import project, unproject

APART_KM = 0.12  # between one point of a municipality and the next, at least
_GOLDEN_ANGLE = pi * (3 - sqrt(5))  # of the seeds of a sunflower, which spread evenly however many they are
_KEPT = (
    "name", "kind", "status", "needs", "offers", "audiences", "eligibility", "professionals_only", "min_age", "max_age", "languages",
    "channels", "cost", "referral_needed", "areas", "email", "url", "hours_osm", "checked_on", "changed_on",
    "source_date", "confidence",
)  # fmt: skip


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give a FeatureCollection, one feature on each line; `unlocated` is one of its own, of the features without a place.

    Its name and description become those of the layer in GDAL and QGIS, which forget other members.
    """
    credit = attribution()
    about = {"name": "ht", "description": credit, "attribution": credit, "license": LICENCE_LINK, "made_at": reference.made_at}
    yield '{"type": "FeatureCollection"'
    yield from (f", {json.dumps(name)}: {json.dumps(said, ensure_ascii=False)}" for name, said in about.items() if said)
    yield ', "features": ['
    taken: Counter[str] = Counter()
    mark = "\n"
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as apart:  # so that the memory does not grow with the catalogue
        for resource in resources:
            for feature in _features(resource, taken, reference):
                text = json.dumps(feature, ensure_ascii=False)
                if feature["geometry"]:
                    yield mark + text
                    mark = ",\n"
                else:
                    apart.write((",\n" if apart.tell() else "\n") + text)
        yield '\n], "unlocated": {"type": "FeatureCollection", "features": ['
        yield from _read(apart)
    yield "\n]}}\n"


def _read(file: IO[str]) -> Iterator[str]:
    file.seek(0)
    while piece := file.read(1 << 16):
        yield piece


def _features(resource: Resource, taken: Counter[str], reference: Reference) -> Iterator[dict[str, Any]]:
    """Give a feature for each address: the first has the id of the resource, the others that with /2, /3 …

    The id is a property too, and so is that of the resource: many readers know the properties alone. `taken` counts
    the points in each municipality.
    """
    found = resource_object(resource)
    versions = {"description": resource.descriptions, "hours": resource.hours, "area_note": resource.area_note}
    facts = {name: found[name] for name in _KEPT} | {name: _version(texts, reference) for name, texts in versions.items()}
    facts["phones"] = [phone | {part: _version(phone[part], reference) for part in ("label", "hours")} for phone in found["phones"]]
    known = [address for address in resource.addresses if not address.confidential]
    for number, address in enumerate(known or [None], 1):
        identifier = resource.id if number == 1 else f"{resource.id}/{number}"
        home = reference.homes.get(address.nis) if address else None
        yield {
            "type": "Feature",
            "id": identifier,
            "geometry": _point(home, taken) if home else None,
            "properties": {"id": identifier, "resource": resource.id} | facts | _place(address, home, reference),
        }


def _point(home: Municipality, taken: Counter[str]) -> dict[str, Any]:
    """Give the next point of a municipality: its centre, then around it."""
    number = taken[home.nis]
    taken[home.nis] += 1
    return point_beside(home.latitude, home.longitude, number)


def point_beside(latitude: float, longitude: float, number: int) -> dict[str, Any]:
    """Give a place in degrees as a point: itself for the number 0, else one beside it that no other number has."""
    x, y = project(latitude, longitude)
    away, turn = APART_KM * sqrt(number), _GOLDEN_ANGLE * number
    north, east = unproject((x + away * sin(turn), y + away * cos(turn)))
    return {"type": "Point", "coordinates": [round(east, 5), round(north, 5)]}


def _version(texts: Spoken, reference: Reference) -> str | None:
    """Give a text in the language of the file, else in the next that has one."""
    return next((texts[code] for code in (reference.language, *LANGUAGES) if code in texts), None)


def _place(address: Address | None, home: Municipality | None, reference: Reference) -> dict[str, Any]:
    """Give the address, the municipality in the language of the file, and how exact the point is."""
    return {
        "street": (address and address.street) or None,
        "postcode": (address and address.postcode) or None,
        "locality": (address and address.locality) or None,
        "nis": (address and address.nis) or None,
        "municipality": home.names[reference.language] if home else None,
        "precision": "municipality" if home else None,
    }
