"""Services of HSDS as records: our own come back without loss, those of others as far as they go."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ht_cli.exchange.hsds.foreign import foreign_id, foreign_values, with_desks
from ht_cli.exchange.hsds.lacking import Lacks, lacks_of_ours, nothing_lacks, with_what_lacks, without_what_lacks
from ht_cli.exchange.hsds.markup import without_markup
from ht_cli.exchange.hsds.own import own_id, own_mark, own_values
from ht_cli.exchange.hsds.tables import tables
from ht_cli.exchange.hsds.taking import Taken
from ht_cli.exchange.hsds.terms import rows_made_of
from ht_cli.exchange.hsds.validating import Fault, faults, guess_table, shown
from ht_cli.exchange.hsds.values import is_uuid
from ht_cli.exchange.hsds.witness import bare
from ht_cli.exchange.meanings import FileMeanings, Left
from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple

_ONLY_IN_HSDS = (
    "organization", "organization_id", "service_at_locations", "service_areas", "schedules", "alternate_name", "minimum_age",
    "last_modified", "website", "locations", "location", "service", "services",
)  # fmt: skip


class Record(NamedTuple):
    """What a service says: its id with us, its values, what was not taken over, and the mark of what it was when it left."""

    id: str
    values: dict[str, Any]
    left: tuple[Left, ...] = ()
    revision: str = ""


def is_hsds(found: Mapping[str, Any]) -> bool:
    """Say whether an object is one of HSDS, and no record of ours."""
    return "kind" not in found and (
        any(name in found for name in _ONLY_IN_HSDS)
        or (
            _bears_uuid(found)
            and ("status" in found or any(_bears_uuid(row) for rows in found.values() if isinstance(rows, list) for row in rows))
        )
    )


def _bears_uuid(row: Any) -> bool:
    return isinstance(row, Mapping) and isinstance(row.get("id"), str) and is_uuid(row["id"])


Brought = tuple[int, Mapping[str, Any], list[dict[str, Any]]]  # the place of an object, the object, its services


def services_of(items: Iterable[tuple[int, Mapping[str, Any]]]) -> list[Brought]:
    """Give each object of a file with its place and its services; a service that several locations bring stands once, with them all."""
    brought: list[Brought] = []
    known: dict[str, dict[str, Any]] = {}
    for place, item in items:
        services = services_in(item)
        if len(services) == 1 and guess_table(item) == "service_at_location":
            (service,) = services
            first = known.setdefault(str(service.get("id", "")), service)
            if first is not service:
                first["service_at_locations"] += service["service_at_locations"]
                continue
        brought.append((place, item, services))
    return brought


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


def read_service(found: Mapping[str, Any], meanings: FileMeanings, lacks: Lacks = nothing_lacks) -> Record | Fault:
    """Give what a service says, or the first fault that keeps it from being read; nulls are taken as not known.

    What its file has no place for says nothing.
    """
    strange: list[Left] = []
    known = _known("service", found, strange)
    fault = next((fault for fault in faults("service", known) if _keeps_from_reading(fault)), None)
    if fault:
        return fault
    ours = own_id(known)
    known_by_uuid = "" if ours else _known_by_uuid(known, meanings)
    if (ours or known_by_uuid) and lacks_of_ours(lacks):
        known, silent = with_what_lacks(known, _as_it_left(known, ours or known_by_uuid, meanings), lacks)
        strange += silent
    if known_by_uuid:
        known = _with_attributes(known, _as_it_left(known, known_by_uuid, meanings))
    if not (ours or known_by_uuid):
        known = without_markup("service", known, strange)
    taken = Taken(with_desks(known, meanings))
    if ours or known_by_uuid:
        values, left = own_values(taken, meanings)
        left += [Left("id", known_by_uuid, _("one of ours, by its UUID"))] if known_by_uuid else []
        mark = own_mark(known)
        if mark is None:  # of a program that wrote none
            mark = own_mark(_as_it_left(known, ours, meanings))
        return Record(ours or known_by_uuid, values, (*left, *strange), mark or "")
    values, left = foreign_values(taken, meanings)
    return Record(foreign_id(taken), without_what_lacks(values, lacks), (*left, *strange))


def _known_by_uuid(found: Mapping[str, Any], meanings: FileMeanings) -> str:
    """Give the id of the resource that left as this service; where it came as somebody else's, the rows inside tell which of the two it is."""
    uuid = str(found.get("id", "")).lower()
    known = meanings.own(uuid)
    if known != uuid or rows_made_of(known) & {str(row.get("id")) for row in _rows_inside(found)}:
        return known
    return ""


def _rows_inside(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for value in found.values():
        yield from (row for row in (value if isinstance(value, list) else [value]) if isinstance(row, Mapping))


def _keeps_from_reading(fault: Fault) -> bool:
    """Say whether nothing can be read for a fault; a value of another type inside one row hides nothing beside it, others `ht validate` says."""
    return fault.rule == "shape" or (fault.rule == "type" and fault.path.count("/") == 1)


def _as_it_left(found: Mapping[str, Any], identifier: str, meanings: FileMeanings) -> Mapping[str, Any]:
    """Give a service of ours as it left when it bore the mark of one that is found, or was as old, in the language in which most fields are the same."""
    written = meanings.written(identifier, str(found.get("last_modified", "")), own_mark(found) or "").values()
    return max(written, key=lambda service: sum(bare(service[field]) == bare(found.get(field)) for field in service), default={})


def _with_attributes(found: dict[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """Give one of our services that lost its attributes with those that it bore when it left, and with the fields that it lost."""
    attributes: dict[str, Any] = {}
    _collect(ours, attributes)
    whole = {field: value for field, value in _restored(found, attributes).items() if field != "metadata"}  # which no fact stands in
    return {**{field: value for field, value in ours.items() if field not in found}, **whole}


def _collect(row: Mapping[str, Any], attributes: dict[str, Any]) -> None:
    if row.get("attributes"):
        attributes[row["id"]] = row["attributes"]
    for value in row.values():
        for inside in value if isinstance(value, list) else [value]:
            if isinstance(inside, Mapping) and "taxonomy_term" not in inside:
                _collect(inside, attributes)


def _restored(row: Any, attributes: Mapping[str, Any]) -> Any:
    if isinstance(row, list):
        return [_restored(item, attributes) for item in row]
    if not isinstance(row, dict):
        return row
    beside = attributes.get(row.get("id", "")) if not row.get("attributes") else None
    return {**{name: _restored(value, attributes) for name, value in row.items()}, **({"attributes": beside} if beside else {})}


def _known(table: str, found: Any, strange: list[Left], *, inside: bool = False) -> Any:
    """Leave out nulls, as deep as HSDS goes, and `inside` a service what is a list or an object and should be a text: that is `strange`."""
    if not isinstance(found, dict):
        return found
    fields = tables()[table].fields
    kept: dict[str, Any] = {}
    for name, value in found.items():
        field = fields.get(name)
        if field is not None and field.type == "list" and isinstance(value, list):
            kept[name] = [_known(field.of[0], item, strange, inside=True) for item in value if item is not None]
        elif field is not None and field.type == "object":
            kept[name] = _known(field.of[0], value, strange, inside=True)
        elif field is not None and inside and isinstance(value, (dict, list)):
            strange.append(Left(name, shown(value), _("{value} is no text").format(value=shown(value))))
        else:
            kept[name] = value
    return {name: value for name, value in kept.items() if value is not None}
