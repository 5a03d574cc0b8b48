"""The figures of the charts, counted again another way: from the sources, in Python."""

import csv
import tomllib
from typing import Any

import pytest

from ht_cli.catalogue.facts import gaps
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.places.distance import distance_km
from tests.conftest import ROOT

SOURCES = ROOT / "data" / "sources"
with (SOURCES / "places" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
    TOWNS = {row["nis"]: row for row in csv.DictReader(file)}
RESOURCES = [tomllib.loads(path.read_text("utf-8")) for path in sorted((SOURCES / "resources").glob("*.toml"))]


def can_be_found(resource: dict[str, Any]) -> bool:
    """Whether a phone, a mail address, a site or a public street is known; a network is always shown."""
    streets = [address for address in resource.get("addresses", ()) if address.get("street") and not address.get("confidential")]
    return bool(resource["kind"].startswith("network-") or resource.keys() & {"phones", "email", "url"} or streets)


SHOWN = [
    found
    for found in RESOURCES
    if found.get("status", "active") == "active" and not found.get("professionals_only") and can_be_found(found)
]


def homes(resource: dict[str, Any]) -> set[str]:
    return {address["nis"] for address in resource.get("addresses", ()) if not address.get("confidential")}


def is_group(resource: dict[str, Any]) -> bool:
    return resource["kind"] == "group" or bool({"group-therapy", "support-group", "talking-circle"} & set(resource.get("offers", ())))


def provinces(resource: dict[str, Any]) -> set[str]:
    """The provinces in which it is, or which its service area names, whole or in part."""
    found = {TOWNS[nis]["province"] for nis in homes(resource)}
    for area in resource.get("areas", ()):
        kind, _, slug = area.partition(":")
        found |= {"nis": {TOWNS[slug]["province"]} if kind == "nis" else set(), "province": {slug}}.get(kind, set())
        found |= {"region:brussels": {"brussels"}, "community:de": {"liege"}}.get(area, set())
    return found


def test_provinces_and_ages_count_every_shown_resource() -> None:
    with open_catalogue() as connection:
        counted = gaps.count_by_province(connection)
        ages = gaps.count_by_age(connection)
        any_need = gaps.count_any_need(connection)
    for slug, count in counted.items():
        there = [found for found in SHOWN if (slug in {TOWNS[nis]["province"] for nis in homes(found)} if slug else not homes(found))]
        assert count == len(there), slug
    assert sum(ages.values()) == len(SHOWN)
    assert ages["checked"] == sum(bool(found.get("checked_on")) for found in SHOWN)
    assert any_need == sum(not found.get("needs") for found in SHOWN)


def test_a_municipality_is_remote_when_no_group_is_within_the_distance_from_centre_to_centre() -> None:
    with open_catalogue() as connection:
        remote = {place.nis: place.distance_km for place in gaps.find_remote_municipalities(connection, 20)}
        groups, placed = gaps.count_groups(connection)
    centres = {nis: (float(town["lat"]), float(town["lon"])) for nis, town in TOWNS.items()}
    with_a_group = {nis for found in SHOWN if is_group(found) for nis in homes(found)}
    assert groups == sum(is_group(found) for found in SHOWN)
    assert placed == sum(is_group(found) and bool(homes(found)) for found in SHOWN)
    for nis, centre in centres.items():
        nearest = min(distance_km(*centre, *centres[other]) for other in with_a_group)
        assert (nis in remote) is (nearest > 20)
        assert remote.get(nis, nearest) == pytest.approx(nearest, abs=0.01)
    assert not with_a_group & remote.keys()


@pytest.mark.parametrize("language", ["", "fr", "nl"])
def test_a_need_is_missing_where_no_local_service_lists_it(language: str) -> None:
    with open_catalogue() as connection:
        missing = gaps.find_missing_needs(connection, language)
    local = [
        found
        for found in SHOWN
        if found["kind"] in gaps.LOCAL_KINDS and (not language or language in found.get("languages", ()))
    ]  # fmt: skip
    for slug, needs in missing.items():
        listed = {need for found in local if slug in provinces(found) for need in found.get("needs", ())}
        assert not listed & set(needs)
        assert len(listed) + len(needs) == 52
