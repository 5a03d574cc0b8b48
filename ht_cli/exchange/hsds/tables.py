"""The tables of HSDS 3.1 as data: the fields of each, what they hold, which must be there.

Facts read from the specification of Open Referral (branch 3.1-dev of 10 October 2024, file `schema/<table>.json`),
written in our own notation: `name` is a text, `name:number` a number, `name:[phone]` a list of rows of that table,
`name:{unit}` one row of it, `name:a|b` one of these. `!` marks what must always be there, `+` what must be there
in the tabular package only. The types date and time are asked for by the tabular package; the public JSON schema
does not check them, we do in both.
"""

from collections.abc import Mapping
from functools import cache

from ht_cli.shapes import NamedTuple

VERSION = "3.1"
_WITH_PARTS = "attributes:[attribute] metadata:[metadata]"
_STATUS = "active|inactive|defunct|temporarily closed"
_PLACE = "physical|postal|virtual"
POINTS_AT = {"parent_organization_id": "organization", "parent_id": "taxonomy_term"}
_DAYS = "MO|TU|WE|TH|FR|SA|SU"

_NOTATION = {
    "organization": (
        "organizations.csv",
        f"id:uuid! name! alternate_name description! email:email website:uri additional_websites:[url] tax_status tax_id"
        f" year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid funding:[funding] contacts:[contact]"
        f" phones:[phone] locations:[location] programs:[program] organization_identifiers:[organization_identifier] {_WITH_PARTS}",
    ),
    "program": ("programs.csv", f"id:uuid! organization_id:uuid+ name! alternate_name description! {_WITH_PARTS}"),
    "service": (
        "services.csv",
        f"id:uuid! organization_id:uuid+ program_id:uuid name! alternate_name description url:uri additional_urls:[url] email:email"
        f" status:{_STATUS.replace(' ', '_')}! interpretation_services application_process fees_description wait_time fees accreditations"
        f" eligibility_description minimum_age:number maximum_age:number assured_date:date assurer_email:email licenses alert"
        f" last_modified:date-time phones:[phone] schedules:[schedule] service_areas:[service_area]"
        f" service_at_locations:[service_at_location] languages:[language] organization:{{organization}} funding:[funding]"
        f" cost_options:[cost_option] program:{{program}} required_documents:[required_document] contacts:[contact]"
        f" capacities:[service_capacity] {_WITH_PARTS}",
    ),
    "service_at_location": (
        "service_at_location.csv",
        f"id:uuid! service_id:uuid+ location_id:uuid+ description service_areas:[service_area] contacts:[contact] phones:[phone]"
        f" schedules:[schedule] location:{{location}} {_WITH_PARTS}",
    ),
    "location": (
        "locations.csv",
        f"id:uuid! location_type:{_PLACE}! url:uri organization_id:uuid name alternate_name description transportation latitude:number"
        f" longitude:number external_identifier external_identifier_type languages:[language] addresses:[address] contacts:[contact]"
        f" accessibility:[accessibility] phones:[phone] schedules:[schedule] {_WITH_PARTS}",
    ),
    "phone": (
        "phones.csv",
        f"id:uuid! location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid number!"
        f" extension:number type description languages:[language] {_WITH_PARTS}",
    ),
    "address": (
        "addresses.csv",
        f"id:uuid! location_id:uuid attention address_1! address_2 city! region state_province! postal_code! country!"
        f" address_type:{_PLACE}! {_WITH_PARTS}",
    ),
    "contact": (
        "contacts.csv",
        f"id:uuid! organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title department email:email"
        f" phones:[phone] {_WITH_PARTS}",
    ),
    "schedule": (
        "schedules.csv",
        f"id:uuid! service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:date valid_to:date dtstart:date"
        f" timezone:number until:date count:number wkst:{_DAYS} freq:WEEKLY|MONTHLY interval:number byday byweekno bymonthday byyearday"
        f" description opens_at:time closes_at:time schedule_link:uri attending_type notes {_WITH_PARTS}",
    ),
    "service_area": (
        "service_areas.csv",
        f"id:uuid! service_id:uuid service_at_location_id:uuid name description extent extent_type uri {_WITH_PARTS}",
    ),
    "language": ("languages.csv", f"id:uuid! service_id:uuid location_id:uuid phone_id:uuid name code note {_WITH_PARTS}"),
    "accessibility": ("accessibility.csv", f"id:uuid! location_id:uuid description details url:uri {_WITH_PARTS}"),
    "attribute": (
        "attributes.csv",
        "id:uuid! link_id:uuid+ taxonomy_term_id:uuid+ link_type link_entity+ value taxonomy_term:{taxonomy_term} metadata:[metadata] label",
    ),
    "taxonomy": ("taxonomies.csv", "id:uuid! name! description! uri:uri version metadata:[metadata]"),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        "id:uuid! code name! description! parent_id:uuid taxonomy taxonomy_detail:{taxonomy} language taxonomy_id:uuid term_uri:uri"
        " metadata:[metadata]",
    ),
    "cost_option": (
        "cost_options.csv",
        f"id:uuid! service_id:uuid+ valid_from:date valid_to:date option currency amount:number amount_description {_WITH_PARTS}",
    ),
    "required_document": ("required_documents.csv", f"id:uuid! service_id:uuid document uri:uri {_WITH_PARTS}"),
    "funding": ("funding.csv", f"id:uuid! organization_id:uuid service_id:uuid source {_WITH_PARTS}"),
    "metadata": (
        "metadata.csv",
        "id:uuid! resource_id:uuid+ resource_type+ last_action_date:date! last_action_type! field_name! previous_value! replacement_value!"
        " updated_by!",
    ),
    "url": ("url.csv", f"id:uuid! label url:uri! organization_id:uuid service_id:uuid {_WITH_PARTS}"),
    "unit": ("units.csv", f"id:uuid! name! scheme identifier uri:uri {_WITH_PARTS}"),
    "service_capacity": (
        "service_capacity.csv",
        f"id:uuid! service_id:uuid+ unit:{{unit}}! unit_id:uuid+ available:number! maximum:number description updated:date-time! {_WITH_PARTS}",
    ),
    "organization_identifier": (
        "organization_identifiers.csv",
        f"id:uuid! organization_id:uuid+ identifier_scheme identifier_type! identifier! {_WITH_PARTS}",
    ),
    "meta_table_description": ("meta_table_descriptions.csv", f"id:uuid! name language character_set {_WITH_PARTS}"),
}


class Field(NamedTuple):
    """One field: `type` is text, number, uuid, uri, email, date, time, date-time, choice, list or object; `of` the table or the choices."""

    name: str
    type: str
    of: tuple[str, ...] = ()
    required: bool = False
    required_in_package: bool = False

    @property
    def nested(self) -> bool:
        """Whether it holds rows of another table: they stand in their own file in a package."""
        return self.type in ("list", "object")


class Table(NamedTuple):
    """One table: its name, its file in a package, its fields by name, those that are columns, and the tables that columns point at."""

    name: str
    file: str
    fields: Mapping[str, Field]
    columns: tuple[Field, ...]
    references: Mapping[str, str]


def _field(text: str) -> Field:
    required, in_package = text.endswith("!"), text.endswith(("!", "+"))
    name, _colon, kind = text.rstrip("!+").partition(":")
    of: tuple[str, ...] = ()
    if kind[:1] in ("[", "{"):
        kind, of = ("list" if kind[0] == "[" else "object"), (kind[1:-1],)
    elif "|" in kind:
        kind, of = "choice", tuple(kind.replace("_", " ").split("|"))
    return Field(name, kind or "text", of, required, in_package)


@cache
def tables() -> Mapping[str, Table]:
    """Give every table by its name."""
    return {name: _table(name, file, [_field(text) for text in fields.split()]) for name, (file, fields) in _NOTATION.items()}


def _table(name: str, file: str, fields: list[Field]) -> Table:
    columns = tuple(field for field in fields if not field.nested)
    targets = {column.name: POINTS_AT.get(column.name, column.name.removesuffix("_id")) for column in columns if column.type == "uuid"}
    references = {column: target for column, target in targets.items() if target in _NOTATION}
    return Table(name, file, {field.name: field for field in fields}, columns, references)
