"""Services of HSDS as records: our own come back without loss, those of others as far as they go."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ht_cli.exchange.hsds.foreign import Places, foreign_id, foreign_values
from ht_cli.exchange.hsds.own import own_id, own_values
from ht_cli.exchange.hsds.tables import tables
from ht_cli.exchange.hsds.validating import Fault, faults, guess_table
from ht_cli.exchange.hsds.values import is_uuid

HOLDS_NO_RECORD = ("shape", "type")  # rules without which nothing can be read; the others are said by `ht validate`
_ONLY_IN_HSDS = (
    "organization", "organization_id", "service_at_locations", "service_areas", "schedules", "alternate_name", "minimum_age",
    "last_modified", "website", "locations", "location", "service", "services",
)  # fmt: skip


class Record(NamedTuple):
    """What a service says: its id with us, its values, and the names of what was not taken over."""

    id: str
    values: dict[str, Any]
    left: tuple[str, ...] = ()


def is_hsds(found: Mapping[str, Any]) -> bool:
    """Say whether an object is one of HSDS, and no record of ours."""
    identifier = found.get("id")
    return "kind" not in found and (
        any(name in found for name in _ONLY_IN_HSDS) or (isinstance(identifier, str) and is_uuid(identifier) and "status" in found)
    )


def services_in(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the services of an object: itself, those of an organization, or that of a service at a location."""
    table = guess_table(found)
    if table == "organization":
        services = found.get("services")
        owner = {name: value for name, value in found.items() if name != "services"}
        return (
            [{"organization": owner, **service} for service in services if isinstance(service, dict)] if isinstance(services, list) else []
        )
    if table == "service_at_location":
        service = found.get("service")
        spot = {name: value for name, value in found.items() if name != "service"}
        return [{**service, "service_at_locations": [spot]}] if isinstance(service, dict) else []
    return [dict(found)] if table == "service" else []


def read_service(found: Mapping[str, Any], places: Places) -> Record | Fault:
    """Give what a service says, or the first fault that keeps it from being read; nulls are taken as not known."""
    known = _known("service", found)
    fault = next((fault for fault in faults("service", known) if fault.rule in HOLDS_NO_RECORD), None)
    if fault:
        return fault
    if own_id(known):
        return Record(own_id(known), own_values(known))
    values, left = foreign_values(known, places)
    return Record(foreign_id(known), values, tuple(left))


def _known(table: str, found: Any) -> Any:
    """Leave out nulls, as deep as HSDS goes."""
    if not isinstance(found, dict):
        return found
    fields = tables()[table].fields
    kept: dict[str, Any] = {}
    for name, value in found.items():
        field = fields.get(name)
        if field is not None and field.type == "list" and isinstance(value, list):
            kept[name] = [_known(field.of[0], item) for item in value if item is not None]
        elif field is not None and field.type == "object":
            kept[name] = _known(field.of[0], value)
        else:
            kept[name] = value
    return {name: value for name, value in kept.items() if value is not None}
