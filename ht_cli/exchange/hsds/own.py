"""Our own services of HSDS back as records, without loss: the attributes of our profile say what HSDS has no field for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.hsds.locations import NIS, PARTS
from ht_cli.exchange.hsds.services import KEPT_WHOLE
from ht_cli.exchange.hsds.terms import TAXONOMIES
from ht_cli.model import LANGUAGES

Row = Mapping[str, Any]
OLDEST = 120
_COUNTS = tuple(map(str, range(100)))
SPOKEN = ("hours", "area_note")
LISTS = {"audiences": "ht-audience", "needs": "ht-need", "offers": "ht-offer", "channels": "ht-channel"}


class Said:
    """What the attributes of one object say, by taxonomy and term; those of other taxonomies are left."""

    def __init__(self, found: Row) -> None:
        self._rows: list[tuple[str, str, str, str]] = []
        for row in found.get("attributes", ()):
            code = str(row.get("taxonomy_term", {}).get("code", ""))
            taxonomy, _colon, term = code.partition(":")
            if taxonomy in TAXONOMIES and term:
                self._rows.append((taxonomy, term, row.get("value", ""), row.get("label", "")))

    def terms(self, taxonomy: str) -> list[str]:
        """Give the terms of a taxonomy, in their order."""
        return [term for found, term, _value, _label in self._rows if found == taxonomy]

    def term(self, taxonomy: str, otherwise: str) -> str:
        """Give the one term of a taxonomy."""
        return next(iter(self.terms(taxonomy)), otherwise)

    def values(self, name: str, taxonomy: str = "ht-field") -> list[tuple[str, str]]:
        """Give the values of a term, each with its label."""
        return [(value, label) for found, term, value, label in self._rows if found == taxonomy and term == name]

    def value(self, name: str) -> str:
        """Give the one value of a field."""
        return next((value for value, _label in self.values(name)), "")


def own_id(found: Row) -> str:
    """Give the id that a service has with us; nothing when it is not ours."""
    return Said(found).value("id")


def own_values(found: Row) -> dict[str, Any]:
    """Give all that one of our services says; what it does not say is there too, as not known."""
    said = Said(found)
    return {
        "name": found.get("name"), "kind": said.term("ht-kind", "service"), "status": said.term("ht-status", "active"),
        "confidence": said.term("ht-confidence", "low"), "alternate_names": _alternate_names(found, said),
        "descriptions": _descriptions(found, said), **{field: said.terms(taxonomy) for field, taxonomy in LISTS.items()},
        "professionals_only": said.value("professionals_only") == "true", "min_age": age_of(found.get("minimum_age")),
        "max_age": age_of(found.get("maximum_age")), "languages": [row["code"] for row in found.get("languages", ()) if row.get("code")],
        "cost": said.term("ht-cost", "unknown"), "referral_needed": {"needed": True, "not-needed": False}.get(said.term("ht-referral", "")),
        "areas": [value for area in found.get("service_areas", ()) for value in _area(area)],
        "addresses": [address for place in found.get("service_at_locations", ()) for address in _addresses(place.get("location", {}))],
        "phones": [_phone(phone) for phone in found.get("phones", ())],
        "email": found.get("email") or said.value("email"), "url": found.get("url") or said.value("url"),
        **{field: said.value(field) for field in KEPT_WHOLE}, **{field: dict.fromkeys(LANGUAGES) | _versions(said, field) for field in SPOKEN},
        "checked_on": found.get("assured_date") or said.value("checked_on"), "fact_checks": list(_checks(said)),
        "failed_tries": int(said.value("failed_tries")) if said.value("failed_tries") in _COUNTS else 0,
        "changed_on": found.get("last_modified", "")[:10] or said.value("changed_on"),
        "sources": [_filled({"url": url, "date": date}) for url, date in said.values("source")],
    }  # fmt: skip


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if text}


def _alternate_names(found: Row, said: Said) -> list[str]:
    single = [found["alternate_name"]] if found.get("alternate_name") else []
    return [name for name, _label in said.values("alternate_name")] or single


def _descriptions(found: Row, said: Said) -> dict[str, str | None]:
    texts: dict[str, str | None] = dict.fromkeys(LANGUAGES)
    for code in said.terms("ht-description"):
        texts[code] = next((value for value, _label in said.values(code, "ht-description")), None)
    if said.value("description_language"):
        texts[said.value("description_language")] = found.get("description")
    return texts


def _area(area: Row) -> Iterator[str]:
    kinds = Said(area).terms("ht-area")
    for kind in kinds[:1]:
        yield from (value for value, _label in Said(area).values(kind, "ht-area"))


def _addresses(location: Row) -> Iterator[dict[str, str]]:
    if location.get("location_type") != "physical":
        return
    said = Said(location)
    written: Sequence[Row] = location.get("addresses", ())
    row = {part: said.value(part) for part in PARTS}
    if written:
        first = written[0]
        row = {"street": first.get("address_1", ""), "postcode": first.get("postal_code", ""), "locality": first.get("city", "")}
    if location.get("external_identifier_type") == NIS:
        row["nis"] = location.get("external_identifier", "")
    yield _filled(row)


def _versions(said: Said, name: str) -> dict[str, str | None]:
    return {language: text for text, language in said.values(name)}


def _phone(phone: Row) -> dict[str, Any]:
    said = Said(phone)
    row = {
        "number": phone.get("number", ""),
        **{part: _versions(said, part) for part in ("label", "hours")},
        "hours_osm": said.value("hours_osm"),
    }
    return {name: value for name, value in row.items() if value}


def _checks(said: Said) -> Iterator[dict[str, str]]:
    for value, field in said.values("fact_check"):
        on, how, by = [*value.split("|", 2), "", ""][:3]
        yield _filled({"field": field, "on": on, "how": how, "by": by})


def age_of(value: Any) -> int | None:
    """Give an age in whole years; nothing when a number is none."""
    return int(value) if isinstance(value, (int, float)) and 0 <= value <= OLDEST and value == int(value) else None
