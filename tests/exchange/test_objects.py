import json
from collections.abc import Callable

from ht_cli.exchange.objects import FIELDS, HIT_FIELDS, hit_object, resource_object
from ht_cli.model import Address, Hit, Resource

# What scripts rely on: a key may be added at the end of a part, none may change its name or go.
KEYS = (
    "id", "name", "kind", "status", "successor", "alternate_names", "descriptions", "audiences", "eligibility", "professionals_only",
    "min_age", "max_age", "needs", "offers", "channels", "languages", "cost", "referral_needed", "areas", "area_note", "addresses",
    "phones", "email", "url", "hours", "hours_osm", "closed_on", "closed_reason", "checked_on", "checked_how", "checked_by",
    "fact_checks", "failed_tries", "changed_on", "source_date", "confidence", "sources", "notes",
)  # fmt: skip
PARTS = {
    "addresses": ("street", "postcode", "locality", "nis"),
    "phones": ("number", "national", "label", "hours", "hours_osm"),
    "sources": ("url", "date"),
    "fact_checks": ("field", "on", "how", "by"),
}
LISTS = ("alternate_names", "audiences", "needs", "offers", "channels", "languages", "areas", *PARTS)


def test_every_resource_has_every_key_under_its_name(every_resource: list[Resource]) -> None:
    assert FIELDS == KEYS
    for resource in every_resource:
        found = json.loads(json.dumps(resource_object(resource)))
        assert tuple(found) == KEYS
        for part, keys in PARTS.items():
            assert all(tuple(item) == keys for item in found[part])


def test_what_is_not_known_is_null_and_never_an_empty_text(every_resource: list[Resource]) -> None:
    for resource in every_resource:
        found = resource_object(resource)
        assert "" not in [value for value in found.values() if isinstance(value, str)]
        assert all(value != "" for part in ("addresses", "sources", "fact_checks") for item in found[part] for value in item.values())
        assert all(isinstance(found[name], (list, tuple)) for name in LISTS)
    bare = resource_object(Resource(id="bare", name="Bare", kind="service"))
    assert bare["cost"] == "unknown"
    assert [bare[name] for name in ("referral_needed", "min_age", "email", "url", "checked_on", "hours_osm")] == [None] * 6
    assert bare["hours"] == bare["area_note"] == {}


def test_a_confidential_address_is_not_in_the_object(resource: Callable[[str], Resource]) -> None:
    hidden = Address("Rue Secrète 1", "4000", "Liège", "62063", confidential=True)
    assert resource_object(resource("pbsm")._replace(addresses=(hidden,)))["addresses"] == []


def test_a_hit_adds_its_score_its_reasons_and_its_distance(resource: Callable[[str], Resource]) -> None:
    found = hit_object(Hit(resource("pbsm"), 1.23456, ("need:grief",), 4.2))
    assert tuple(found) == (*KEYS, *HIT_FIELDS)
    assert (found["score"], found["why"], found["distance_km"]) == (1.23, ["need:grief"], 4.2)
