"""Where a resource is, as locations of HSDS. A confidential address is not there at all: not even a gap in the numbers shows it."""

from ht_cli.exchange.hsds.terms import Row, Terms, identity, present
from ht_cli.exchange.reference import Reference
from ht_cli.model import Address, Resource, address_line

DISTANT = ("phone", "online", "chat", "email")  # channels by which help comes without a place
PARTS = ("street", "postcode", "locality")
NIS = "NIS"
PRECISION = "precision"  # of the point of a location


def places(resource: Resource, reference: Reference, terms: Terms) -> list[Row]:
    """Give a service at location for each address that may be shown; a virtual one where help comes from a distance instead."""
    rows = [
        _place(resource, reference, terms, (number, address))
        for number, address in enumerate(address for address in resource.addresses if not address.confidential)
    ]
    if not rows and set(DISTANT) & set(resource.channels):
        rows = [{"id": identity(f"service_at_location/{resource.id}/virtual"), "location": _virtual(resource)}]
    return rows


def _virtual(resource: Resource) -> Row:
    return {"id": identity(f"location/{resource.id}/virtual"), "location_type": "virtual", "name": resource.name or resource.id}


def _place(resource: Resource, reference: Reference, terms: Terms, numbered: tuple[int, Address]) -> Row:
    number, address = numbered
    path = f"location/{resource.id}/{number}"
    location: Row = {"id": identity(path), "location_type": "physical", "name": resource.name or resource.id}
    said = []
    home = reference.homes.get(address.nis)
    if address.nis:
        location |= {"external_identifier": address.nis, "external_identifier_type": NIS}
    if home:  # the centre of the municipality: the door is not known, and the attribute says so
        location |= {"latitude": round(home.latitude, 5), "longitude": round(home.longitude, 5)}
        said.append(("ht-field", PRECISION, "municipality", ""))
    if all(getattr(address, part) for part in PARTS):
        location["addresses"] = [_address(f"{resource.id}/{number}", address, reference)]
    else:
        # HSDS takes no address without street, town and postcode, and we make none up
        town = address.locality or (home.names[reference.language] if home else "")
        location |= present({"description": address_line(address.street, address.postcode, town)})
        said += [("ht-field", part, getattr(address, part), "") for part in PARTS if getattr(address, part)]
    location |= present({"attributes": terms.attributes(path, said)})
    return {"id": identity(f"service_at_location/{resource.id}/{number}"), "location": location}


def _address(path: str, address: Address, reference: Reference) -> Row:
    """Write an address; HSDS wants a state or province, for Belgium the province, in Brussels the region."""
    home = reference.homes.get(address.nis)
    province = reference.words.areas.get(f"province:{home.province}", home.province) if home else ""
    region = reference.words.area(f"region:{home.region}") if home else ""
    row = {
        "id": identity(f"address/{path}"), "address_1": address.street, "city": address.locality, "region": region,
        "state_province": province or "BE", "postal_code": address.postcode, "country": "BE", "address_type": "physical",
    }  # fmt: skip
    return {name: value for name, value in row.items() if value}
