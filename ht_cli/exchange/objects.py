"""A resource as the object that every machine format is made of; keys and enum values never change."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ht_cli.exchange.columns import LOSSLESS, REVISION, SPOKEN_COLUMNS
from ht_cli.model import LANGUAGES, Hit, Resource, address_line, names_a_fax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


FIELDS = (
    "id", "name", "kind", "status", "successor", "alternate_names", "descriptions", "audiences", "eligibility", "professionals_only",
    "min_age", "max_age", "needs", "offers", "channels", "languages", "cost", "referral_needed", "areas", "area_note", "addresses",
    "phones", "email", "url", "hours", "hours_osm", "closed_on", "closed_reason", "checked_on", "checked_how", "checked_by",
    "fact_checks", "failed_tries", "changed_on", "source_date", "confidence", "sources", "notes",
)  # fmt: skip
_VALUES = attrgetter(*FIELDS)
_NULL_WHEN_EMPTY = (
    "successor", "email", "url", "hours_osm", "notes", "checked_on", "checked_how", "checked_by", "closed_on",
    "closed_reason", "changed_on", "source_date",
)  # fmt: skip
HIT_FIELDS = ("score", "why", "distance_km", "open", "open_until")


def resource_object(resource: Resource) -> dict[str, Any]:
    """Give every field under its stable name; what is unknown is null, an unknown cost is "unknown"."""
    values: dict[str, Any] = dict(zip(FIELDS, _VALUES(resource), strict=True))
    for name in _NULL_WHEN_EMPTY:
        values[name] = values[name] or None
    values["phones"] = [
        {"number": p.number, "national": p.national, "label": dict(p.label), "hours": dict(p.hours), "hours_osm": p.hours_osm or None}
        for p in resource.phones
    ]
    values["addresses"] = [
        {"street": a.street or None, "postcode": a.postcode or None, "locality": a.locality or None, "nis": a.nis}
        for a in resource.addresses
        if not a.confidential
    ]
    values["sources"] = [{"url": s.url, "date": s.date or None} for s in resource.sources]
    values["fact_checks"] = [{"field": c.field, "on": c.on, "how": c.how, "by": c.by or None} for c in resource.fact_checks]
    return values


def by_language(found: dict[str, Any]) -> dict[str, str | None]:
    """Give the texts of an object with a version in each language, one for each column of a table: hours_nl."""
    return {f"{column}_{code}": found[field].get(code) for field, column in SPOKEN_COLUMNS.items() for code in LANGUAGES}


def hit_object(hit: Hit) -> dict[str, Any]:
    """Give a resource as found by a search: its fields, its score, the reasons, the distance in km, and whether it is open.

    `open` is `open` or `unknown` at the moment asked about, null when none was; `open_until` is when an open one closes, in
    ISO 8601, null when it does not.
    """
    until = hit.openings.best.until if hit.openings else None
    return {
        **resource_object(hit.resource),
        "score": round(hit.score, 2),
        "why": list(hit.why),
        "distance_km": hit.distance_km,
        "open": hit.openings.best.state if hit.openings else None,
        "open_until": until.isoformat(timespec="minutes") if until else None,
    }


def cell_text(value: Any) -> str:
    """Write one value into one cell: lists joined by `; `, parts of a phone or address by `|`, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "|".join(cell_text(part) for part in value.values())
    if isinstance(value, (list, tuple)):
        return "; ".join(cell_text(item) for item in value)
    return str(value)


def row_of(found: dict[str, Any], fields: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Write an object as the cells of a row; `description` is the text in the first language that has one."""
    return [cell_text(_column(found, field, languages)) for field in fields]


COLUMNS = (
    "id", "name", "kind", "phone", "url", "email", "address", "description", "needs", "audiences", "languages", "cost",
    "referral_needed", "areas", "source_date", "checked_on", "confidence", "score", "why", "distance_km", "open",
    "open_until",
)  # fmt: skip


def _column(found: dict[str, Any], field: str, languages: Sequence[str]) -> Any:
    if field == "phone":
        return [phone["number"] for phone in found["phones"] if not any(map(names_a_fax, phone["label"].values()))]
    if field == "address":
        return [address_line(address["street"], address["postcode"], address["locality"]) for address in found["addresses"]]
    if field in ("description", "hours", "area_note"):
        versions = found["descriptions" if field == "description" else field]
        return next((versions[code] for code in languages if code in versions), "")
    if field == "descriptions":
        return [f"{code}={text}" for code, text in found["descriptions"].items()]
    return found.get(field)


KNOWN_COLUMNS = tuple(dict.fromkeys((*FIELDS, *HIT_FIELDS, *COLUMNS)))
EXPORTED = tuple(dict.fromkeys((*LOSSLESS, REVISION, *(column for column in KNOWN_COLUMNS if column not in HIT_FIELDS))))
