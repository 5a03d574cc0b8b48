"""Services of HSDS that others wrote, as records, as far as they go; what is not taken over is named.

HSDS has no kind of a service and no language of a text: each is taken as a service, and the language is guessed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.hsds.hours import hours_of
from ht_cli.exchange.hsds.own import age_of
from ht_cli.exchange.hsds.values import is_uuid
from ht_cli.model import LANGUAGES

Row = Mapping[str, Any]
Places = Callable[[str], str]  # a name or postcode → the code of the area: nis:62063, province:liege; "" when it is none

STATUSES = {"active": "active", "defunct": "closed"}  # any other says that it cannot be used now: nobody is sent there
CODES = {"fra": "fr", "fre": "fr", "nld": "nl", "dut": "nl", "deu": "de", "ger": "de", "eng": "en"}  # ISO 639-2 and -3
TO_NOTES = ("eligibility_description", "application_process", "fees_description", "alert", "interpretation_services", "accreditations")
TAKEN = (
    "id", "name", "alternate_name", "description", "url", "email", "status", "minimum_age", "maximum_age", "phones", "languages",
    "schedules", "service_areas", "service_at_locations", "organization", "organization_id", *TO_NOTES,
)  # fmt: skip
TAKEN_WITHIN = {
    "organization": ("id", "name", "description", "email", "website", "phones"),
    "service_at_locations": ("id", "service_id", "location_id", "phones", "schedules", "service_areas", "location"),
    "location": ("id", "name", "location_type", "addresses", "phones", "schedules"),
}
LONGEST_NOTES, LONGEST_FIELD = 9_000, 40  # characters
_NIS = re.compile(r"(?:refnis\d*/|nis:)(\d{5})\b")
_SMALL_WORDS = {
    "fr": "le la les des et pour une un dans vous est aux sur avec qui", "nl": "de het een en voor van met je uw bij niet zijn wordt naar",
    "de": "der die das und für mit von den ein eine ist nicht bei sie", "en": "the and of for with to is you your are by our we from",
}  # fmt: skip


def foreign_values(found: Row, places: Places) -> tuple[dict[str, Any], list[str]]:
    """Give what a service says in our fields, and the names of what is not taken over."""
    owner: Row = found.get("organization", {})
    spots: Sequence[Row] = found.get("service_at_locations", ())
    left = sorted(_left(found))
    addresses = list(_addresses(spots, places, left))
    text = found.get("description") or owner.get("description") or ""
    languages = list(_languages(found, left))
    language = guess_language(text, languages) if text else ""
    hours, hours_osm = hours_of(_inside("schedules", found, spots))
    values = {
        "name": found.get("name"), "kind": "service", "status": STATUSES.get(found.get("status", ""), "unverified"), "confidence": "low",
        "alternate_names": [found["alternate_name"]] if found.get("alternate_name") else [],
        "descriptions": _version(text, languages), "min_age": age_of(found.get("minimum_age")),
        "max_age": age_of(found.get("maximum_age")), "languages": languages,
        "areas": _areas(found, spots, addresses, places, left), "addresses": addresses,
        "phones": _phones([*_inside("phones", found, spots)] or list(owner.get("phones", ())), languages),
        "email": found.get("email") or owner.get("email"), "url": found.get("url") or owner.get("website"),
        "hours": _version(hours, languages), "hours_osm": hours_osm, "cost": _cost(found), "notes": _notes(found),
    }  # fmt: skip
    return values, [*left, "kind → service", *([f"description → {language}"] if text else [])]


def foreign_id(found: Row) -> str:
    """Give the id under which a service is kept, the same each time that its file is imported."""
    identifier = str(found.get("id", ""))
    return identifier.lower() if is_uuid(identifier) else ""


def guess_language(text: str, likely: Sequence[str] = ()) -> str:
    """Guess the language of a text by its small words; where they do not tell, the first of the likely ones."""
    words = re.findall(r"[a-zäöüéèàç]+", text[:2_000].lower())
    counts = {language: sum(word in small.split() for word in words) for language, small in _SMALL_WORDS.items()}
    return max((*likely, *LANGUAGES), key=lambda language: counts[language])


def _inside(name: str, found: Row, spots: Sequence[Row]) -> Iterator[Row]:
    """Give what a service holds of a kind: its own, and that of its locations."""
    yield from found.get(name, ())
    for spot in spots:
        yield from spot.get(name, ())
        yield from spot.get("location", {}).get(name, ())


def _left(found: Row) -> Iterator[str]:
    yield from (_short(name) for name, value in found.items() if name not in TAKEN and value not in ("", []))
    yield from (f"organization.{_short(name)}" for name in found.get("organization", {}) if name not in TAKEN_WITHIN["organization"])
    for spot in found.get("service_at_locations", ()):
        yield from (f"service_at_locations.{_short(name)}" for name in spot if name not in TAKEN_WITHIN["service_at_locations"])
        yield from (f"location.{_short(name)}" for name in spot.get("location", {}) if name not in TAKEN_WITHIN["location"])


def _short(name: str) -> str:
    return name[:LONGEST_FIELD]


def _addresses(spots: Sequence[Row], places: Places, left: list[str]) -> Iterator[dict[str, str]]:
    """Give the addresses in Belgium where people may come; where mail goes is no place to send somebody."""
    for spot in spots:
        location = spot.get("location", {})
        for address in location.get("addresses", ()):
            postcode, town = address.get("postal_code", "").strip(), address.get("city", "").strip()
            code = places(postcode) if postcode.isdecimal() else ""
            code = code if code.startswith("nis:") else places(town) if town else ""
            abroad = address.get("country", "BE").upper() not in ("BE", "BEL", "BELGIUM", "BELGIË", "BELGIQUE", "BELGIEN")
            if abroad or location.get("location_type") != "physical" or not code.startswith("nis:"):
                left.append("addresses")
                continue
            street = ", ".join(filter(None, (address.get("address_1", ""), address.get("address_2", ""))))
            row = {"street": street, "postcode": postcode, "locality": town, "nis": code.removeprefix("nis:")}
            yield {part: text for part, text in row.items() if text}


def _areas(found: Row, spots: Sequence[Row], addresses: Sequence[Row], places: Places, left: list[str]) -> list[str]:
    """Give the areas that are named; where none is, the municipalities of the addresses."""
    codes: list[str] = []
    for area in [*found.get("service_areas", ()), *(area for spot in spots for area in spot.get("service_areas", ()))]:
        known = _NIS.search(area.get("uri", ""))
        code = f"nis:{known[1]}" if known else places(area.get("name", "")) or places(area.get("extent", ""))
        if code:
            codes.append(code)
        else:
            left.append("service_areas")
    return list(dict.fromkeys(codes or [f"nis:{address['nis']}" for address in addresses]))


def _languages(found: Row, left: list[str]) -> Iterator[str]:
    seen = set()
    for row in found.get("languages", ()):
        code = row.get("code", "").lower()[:3]
        code = CODES.get(code, code.partition("-")[0][:2])
        if code in LANGUAGES and code not in seen:
            seen.add(code)
            yield code
        elif code not in LANGUAGES:
            left.append("languages")


def _version(text: str, likely: Sequence[str]) -> dict[str, str]:
    return {guess_language(text, likely): text} if text else {}


def _phones(phones: Sequence[Row], languages: Sequence[str]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for phone in phones:
        extension = f"ext. {phone['extension']}" if "extension" in phone else ""
        label = ", ".join(filter(None, (phone.get("description", "") or phone.get("type", ""), extension)))
        rows.setdefault(
            phone.get("number", ""), {"number": phone.get("number", ""), **({"label": _version(label, languages)} if label else {})}
        )
    return list(rows.values())


def _cost(found: Row) -> str:
    amounts = [option.get("amount") for option in found.get("cost_options", ())]
    return "free" if amounts and all(amount == 0 for amount in amounts) else "unknown"


def _notes(found: Row) -> str:
    return "\n".join(f"{name}: {found[name]}" for name in TO_NOTES if found.get(name))[:LONGEST_NOTES]
