"""What a file of tables has no place for: a table whose file is not there, a column that nobody wrote. It says nothing, and takes nothing out."""

from collections.abc import Callable, Mapping
from typing import Any

from ht_cli.exchange.hsds.tables import tables
from ht_cli.exchange.meanings import Left
from ht_cli.locale import translate as _

Lacks = Callable[[str, str], bool]  # whether a file has no place for a field of a table
Row = Mapping[str, Any]
OURS = {  # the fields that a service of ours may leave with, by table
    "service": (
        "name", "alternate_name", "description", "url", "email", "status", "alert", "application_process", "fees_description",
        "eligibility_description", "minimum_age", "maximum_age", "organization", "phones", "schedules", "service_areas",
        "service_at_locations", "languages", "attributes",
    ),
    "organization": ("name", "description", "website"),
    "phone": ("number", "type", "description", "attributes"),
    "schedule": ("timezone", "freq", "byday", "opens_at", "closes_at", "notes", "description"),
    "service_area": ("name", "extent", "extent_type", "attributes"),
    "service_at_location": ("location",),
    "location": ("location_type", "name", "description", "latitude", "longitude", "external_identifier", "external_identifier_type",
                 "addresses", "attributes"),
    "address": ("address_1", "city", "region", "state_province", "postal_code", "country", "address_type"),
    "language": ("name", "code"),
    "attribute": ("value", "label", "taxonomy_term"),
    "taxonomy_term": ("code", "name", "taxonomy"),
}  # fmt: skip
PLACES = (("service", "service_at_locations"), ("service_at_location", "location"), ("location", "addresses"))
HELD_BY = {  # our fields, and where somebody else's service says them
    "phones": (("service", "phones"),), "languages": (("service", "languages"),), "areas": (("service", "service_areas"),), "addresses": PLACES,
    "hours_osm": (("service", "schedules"),), "email": (("service", "email"),), "url": (("service", "url"),),
    "alternate_names": (("service", "alternate_name"),), "min_age": (("service", "minimum_age"),), "max_age": (("service", "maximum_age"),),
}  # fmt: skip


def nothing_lacks(_table: str, _field: str) -> bool:
    """Say that a file has a place for everything, as JSON has."""
    return False


def lacks_of_ours(lacks: Lacks) -> bool:
    """Say whether a file has no place for something that a service of ours may say."""
    return any(lacks(table, field) for table, fields in OURS.items() for field in fields)


def with_what_lacks(found: Row, ours: Row, lacks: Lacks) -> tuple[dict[str, Any], list[Left]]:
    """Give a service of ours with all that its file has no place for as it left, and what that is."""
    left: dict[Left, None] = {}
    return _filled("service", found, ours, lacks, left), [*left]


def _filled(table: str, found: Row, ours: Row, lacks: Lacks, left: dict[Left, None]) -> dict[str, Any]:
    filled = dict(found)
    for name in OURS.get(table, ()):
        field = tables()[table].fields[name]
        if name not in found:
            if name in ours and lacks(table, name):
                filled[name] = ours[name]
                left[Left(name if table == "service" else f"{table}.{name}", "", _("not in the file: it says nothing"))] = None
        elif field.type == "list" and isinstance(found[name], list):
            known = {row["id"]: row for row in ours.get(name, ())}
            filled[name] = [_row_filled(field.of[0], row, known.get(_id(row), {}), lacks, left) for row in found[name]]
        elif field.type == "object" and _id(found[name]) == _id(ours.get(name)):
            filled[name] = _row_filled(field.of[0], found[name], ours.get(name, {}), lacks, left)
    return filled


def _row_filled(table: str, row: Any, ours: Row, lacks: Lacks, left: dict[Left, None]) -> Any:
    return _filled(table, row, ours, lacks, left) if isinstance(row, Mapping) and ours else row


def _id(row: Any) -> str:
    return str(row.get("id", "")) if isinstance(row, Mapping) else ""


def without_what_lacks(values: dict[str, Any], lacks: Lacks) -> dict[str, Any]:
    """Give what somebody else's service says, without the empty fields that its file has no place for."""
    silent = {field for field, places in HELD_BY.items() if any(lacks(*place) for place in places)}
    return {field: value for field, value in values.items() if value or field not in silent}
