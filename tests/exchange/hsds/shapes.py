"""Small files made here in the shapes in which others publish HSDS; the places are Belgian, the facts are made up.

- the examples of the specification (branch 3.1-dev): `service_full`, `organization_full`, `service_at_location_list`, `tabular`, CSV;
- Open Referral UK (the mock feeds of its validator): locations without a type, languages without a code, a field beside `service_areas`;
- directories brought over from iCarol (211 of central Florida): an organization with services and locations, ids that are numbers,
  numbers that are texts, languages by name, no status;
- the sample data package for Ohana: numbered CSV tables with the columns of an older version;
- guides of food pantries (3.1.1): nulls everywhere, times in UTC, n-th weekdays of the month.
"""

import csv
import io
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Row = dict[str, Any]


def uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


LANGUAGE = {"id": uuid("language"), "name": "Urdu", "code": "ur", "note": "with an interpreter"}
PHONE = {"id": uuid("phone"), "number": '"+32 2 555 01 23"', "extension": 100, "type": "voice", "description": "The reception of the house", "languages": [LANGUAGE]}  # fmt: skip
SCHEDULE = {
    "id": uuid("schedule"), "valid_from": "2026-01-01", "dtstart": "2026-01-01", "timezone": 1, "wkst": "MO", "freq": "WEEKLY", "interval": 1,
    "byday": "TH,FR", "description": "Thursday and Friday, from 10 to 18", "opens_at": "10:00", "closes_at": "18:00",
    "schedule_link": "https://example.com/agenda", "attending_type": "in person or by video", "notes": "not while we have lunch",
}  # fmt: skip
ADDRESS = {
    "id": uuid("address"), "address_1": "Rue Neuve 12", "city": "Mons", "state_province": "Hainaut", "postal_code": "B-7000", "country": "BE",
    "address_type": "physical",
}  # fmt: skip
LOCATION = {
    "id": uuid("location"), "location_type": "physical", "name": "The house", "latitude": 50.45, "longitude": 3.95,
    "addresses": [ADDRESS, {**ADDRESS, "id": uuid("post"), "address_1": "PO Box 3", "address_type": "postal"}],
    "accessibility": [{"id": uuid("accessibility"), "description": "a ramp"}], "phones": [PHONE], "schedules": [SCHEDULE],
}  # fmt: skip
ORGANIZATION = {
    "id": uuid("organization"), "name": "A house for all", "description": "Who runs the service, in the town of Mons", "email": "house@example.com",
    "website": "https://example.com", "year_incorporated": 2011, "funding": [{"id": uuid("funding"), "source": "gifts"}],
    "contacts": [{"id": uuid("contact"), "title": "Reception"}],
}  # fmt: skip
SERVICE = {
    "id": uuid("service"), "name": "Talking about it", "alternate_name": "TAI", "description": "The service is for people who want to talk about grief",
    "url": "https://example.com/talk", "email": "talk@example.com", "status": "active", "fees_description": "5 euros an hour",
    "minimum_age": 12, "maximum_age": 99, "assured_date": "2026-01-01", "last_modified": "2026-01-01T10:30:45.123Z",
    "languages": [LANGUAGE, {"id": uuid("french"), "name": "French"}],
    "service_areas": [{"id": uuid("area"), "name": "Mons", "extent_type": "text"}],
    "cost_options": [{"id": uuid("cost"), "option": "Students", "amount": 3, "currency": "EUR", "amount_description": "an hour"}],
    "attributes": [{"id": uuid("attribute"), "taxonomy_term": {"id": uuid("term"), "name": "Counselling", "description": "x"}}],
}  # fmt: skip
SERVICE_FULL = {
    **SERVICE, "phones": [PHONE], "schedules": [SCHEDULE], "organization": ORGANIZATION,
    "service_at_locations": [{"id": uuid("spot"), "location": LOCATION}],
}  # fmt: skip
ORGANIZATION_FULL = {**ORGANIZATION, "services": [{name: value for name, value in SERVICE_FULL.items() if name != "organization"}]}
SPOTS = {
    "total_items": 2, "total_pages": 1, "page_number": 1, "size": 2, "first_page": True, "last_page": True, "empty": False,
    "contents": [
        {"id": uuid("spot"), "location": LOCATION, "service": SERVICE},
        {"id": uuid("spot 2"), "service": SERVICE, "location": {"id": uuid("location 2"), "location_type": "physical", "addresses": [{**ADDRESS, "id": uuid("address 2"), "city": "Namur", "postal_code": "5000"}]}},
    ],
}  # fmt: skip
TABULAR: dict[str, list[Row]] = {
    "organizations.csv": [{"id": uuid("organization"), "name": "A house for all", "description": "Who runs the service, in the town of Mons"}],
    "services.csv": [
        {"id": uuid("service"), "organization_id": uuid("organization"), "name": "Talking about it", "status": "active",
         "description": "The service is for people who want to talk about grief", "minimum_age": 12},
        {"id": uuid("service 2"), "organization_id": uuid("organization"), "name": "Groups", "status": "inactive"},
    ],
    "locations.csv": [{"id": uuid("location"), "location_type": "physical"}],
    "service_at_location.csv": [{"id": uuid("spot"), "service_id": uuid("service"), "location_id": uuid("location")}],
    "addresses.csv": [{**ADDRESS, "location_id": uuid("location")}],
    "phones.csv": [
        {"id": uuid("phone"), "service_id": uuid("service"), "location_id": uuid("location"), "number": "065 12 34 56", "extension": 7, "type": "voice"},
        {"id": uuid("fax"), "service_id": uuid("service"), "number": "065 12 34 57", "type": "fax"},
        {"id": uuid("lost"), "number": "065 12 34 58", "type": "voice"},
    ],
    "languages.csv": [{"id": uuid("language"), "service_id": uuid("service"), "name": "French", "code": "fra"}],
    "schedules.csv": [{"id": uuid("schedule"), "service_id": uuid("service"), "freq": "MONTHLY", "byday": "1MO", "opens_at": "19:00", "closes_at": "21:00"}],
    "service_areas.csv": [{"id": uuid("area"), "service_id": uuid("service"), "name": "Mons"}],
}  # fmt: skip
UK = {
    **SERVICE_FULL, "languages": [{"id": uuid("language")}],
    "service_areas": [{"id": uuid("area"), "name": "All who live in Mons", "service_area": "All who live in Mons"}],
    "schedules": [{**SCHEDULE, "valid_to": "2026-03-31", "bymonthday": "2,3"}, {"id": uuid("summer"), "valid_from": "2026-04-01", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00:00", "closes_at": "12:00:00"}],
    "service_at_locations": [{"id": uuid("spot"), "location": {"id": uuid("location"), "name": "The house", "addresses": [ADDRESS]}}],
}  # fmt: skip
ICAROL = {
    "id": "240", "name": "A hospital", "alternate_name": "", "description": "Who help here, of the hospital", "email": "", "website": "example.com", "year_incorporated": "",
    "locations": [
        {"id": "1343", "latitude": "50.45", "longitude": "3.95", "phones": [{"id": "3127", "number": "065 12 34 56", "description": "Administration"}],
         "addresses": [{"id": "1448", "address_1": "Rue Neuve 12", "city": "Mons", "region": "Hainaut", "state_province": "", "postal_code": "7000", "country": ""}]}
    ],
    "services": [
        {"id": "1920", "organization_id": "240", "name": "Care for the day", "application_process": "Call", "last_modified": "2026-01-18 18:12:58",
         "languages": [{"name": "English"}, {"name": "Spanish"}], "required_documents": [{"id": "1", "document": "ID"}],
         "schedules": [{"id": "7", "description": "Seven days a week, 24 hours"}]}
    ],
}  # fmt: skip
OHANA = {
    "organizations.csv": [{"id": "1", "name": "Help for all", "description": "A house in the town"}],
    "locations.csv": [{"id": "1", "organization_id": "1", "name": "The house"}],
    "addresses.csv": [{"id": "1", "location_id": "1", "address_1": "Rue Neuve 12", "city": "Mons", "postal_code": "7000", "country": "BE"}],
    "services.csv": [{"id": "1", "organization_id": "1", "location_id": "1", "name": "A line that is open to all", "status": "active", "website": "https://example.com", "accepted_payments": "Cash"}],
    "phones.csv": [{"id": "1", "service_id": "1", "number": "065 12 34 56", "type": "voice", "department": "Intake"}],
    "service_taxonomy.csv": [{"id": "1", "service_id": "1", "taxonomy_id": "101"}],
}  # fmt: skip
PANTRY = {
    "id": uuid("pantry"), "name": "A parcel of food", "description": None, "status": "active", "email": None, "minimum_age": None,
    "fees_description": "free", "application_process": "without referral", "languages": [{"id": uuid("en"), "name": "English", "code": "en"}], "service_areas": None,
    "schedules": [
        {"id": uuid("utc"), "freq": "WEEKLY", "wkst": "MO", "byday": "MO", "opens_at": "08:00Z", "closes_at": "11:00Z", "valid_from": None},
        {"id": uuid("nth"), "freq": "MONTHLY", "wkst": "MO", "byday": "2SA,4SA", "opens_at": "09:00", "closes_at": "12:00"},
    ],
    "phones": [{"id": uuid("text"), "number": "0470 12 34 56", "type": "text"}, {"id": uuid("tty"), "number": "02 555 01 24", "type": "TTY"}, {"id": uuid("voice"), "number": "02 555 01 23", "type": None}],
    "service_at_locations": [{"id": uuid("pantry spot"), "location": {"id": uuid("pantry place"), "location_type": "physical", "addresses": [ADDRESS]}}],
}  # fmt: skip


def sheet(rows: list[Row]) -> str:
    """Write rows as CSV, an empty cell where one says nothing."""
    target = io.StringIO()
    writer = csv.DictWriter(target, list(dict.fromkeys(column for row in rows for column in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()
