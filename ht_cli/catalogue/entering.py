"""What a person types into a field → the value that a record holds.

Terms, towns and areas are understood as `find` understands them: in four languages, misspelt or not.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ht_cli.catalogue.records import RECORD_FIELDS, SPOKEN, Record, e164, national, tidy
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import LANGUAGES, Place
from ht_cli.search.lookups import Lookups
from ht_cli.search.option_values import WRITTEN, read_option
from ht_cli.search.text import fold
from ht_cli.search.towns import every_meaning

TERM_OPTIONS = {"needs": "need", "offers": "offer", "audiences": "audience", "languages": "language", "channels": "channel"}
LIST_FIELDS = (*TERM_OPTIONS, "areas", "alternate_names", "phones", "sources")
SET_BY_OTHERS = ("status", "successor", "closed_on", "closed_reason", "checked_on", "checked_how", "checked_by", "fact_checks", "failed_tries", "changed_on", "addresses")  # fmt: skip
SETTABLE = (*(name for name in RECORD_FIELDS if name not in SET_BY_OTHERS), "phone", "city", "street", "postcode", "confidential", "description.fr", "hours.fr")  # fmt: skip
_NAMES = {"phone": "phones", "description": "descriptions", "serves": "areas", "area": "areas"}
_YES = {"yes", "oui", "ja", "true", "1", "y"}
_NO = {"no", "non", "nee", "nein", "false", "0", "n"}
Choose = Callable[[str, Sequence[Place]], Place]
_UNKNOWN = {"", "unknown", "inconnu", "onbekend", "unbekannt", "?"}


class Entry:
    """Reads what was typed with the words and places of one catalogue."""

    def __init__(self, lookups: Lookups, choose: Choose) -> None:
        """Begin; `choose` gives the one that is meant of several places of one name, or raises."""
        self._lookups = lookups
        self._choose = choose

    def assigned(self, record: Record, assignment: str) -> Record:
        """Set one field: "url=https://…", "description.nl=…", "cost=gratis"; an empty value is "not known".

        A text without a language is in the one spoken. Of hours and the note on the area it takes the place of every version:
        they would not say the same any more.

        Raises UsageError when there is no such field, InvalidDataError when the value means nothing.
        """
        name, mark, text = assignment.partition("=")
        name = name.strip().replace("-", "_")
        if not mark:
            raise UsageError(_("{text}: write field=value").format(text=assignment))
        return self.with_value(record, name, text.strip())

    def with_value(self, record: Record, name: str, text: str) -> Record:
        """Set one field to what was typed."""
        base, _dot, language = name.partition(".")
        field = _NAMES.get(base, base)
        if field in SPOKEN:
            return self._worded(record, field, language, text)
        if field in ("city", "street", "postcode", "confidential"):
            return self._located(record, field, text)
        if field in SET_BY_OTHERS or field not in RECORD_FIELDS:
            raise UsageError(_("no field {field} to set; there are: {fields}").format(field=name, fields=", ".join(SETTABLE)))
        if field in LIST_FIELDS:
            return tidy(record | {field: [item for part in _parts(field, text) for item in self._items(field, part)]})
        return tidy(record | {field: self._single(field, text)})

    def added(self, record: Record, field: str, text: str) -> Record:
        """Add what was typed to a list, unless it is there."""
        known = list(record.get(field, ()))
        return tidy(record | {field: known + [item for item in self._items(field, text) if _mark(item) not in map(_mark, known)]})

    def removed(self, record: Record, field: str, text: str) -> Record:
        """Take what was typed out of a list. Raises InvalidDataError when it is not in it."""
        known = list(record.get(field, ()))
        gone = [_mark(item) for item in self._items(field, text)]
        kept = [item for item in known if _mark(item) not in gone]
        if len(kept) == len(known):
            there = ", ".join(_mark(item) for item in known) or "–"
            raise InvalidDataError(_("{field}: “{text}” is not in it; it holds: {there}").format(field=field, text=text, there=there))
        return tidy(record | {field: kept})

    def place(self, text: str, postcode: str = "") -> Place:
        """Give the one place that a town, postcode, province or region names; the postcode decides where several have the name."""
        found = read_option("city", text, self._lookups)
        if found.homonyms and postcode:
            found = read_option("city", f"{text} {postcode}", self._lookups)
        if not found.places:
            raise InvalidDataError(_("city: {place} is outside Belgium").format(place=found.abroad or text))
        meant = every_meaning(found)
        return self._choose(text, meant) if len(meant) > 1 else meant[0]

    def _items(self, field: str, text: str) -> list[Any]:
        if field in TERM_OPTIONS:
            if self._lookups.has_term(field, text.lower()):
                return [text.lower()]
            meant = read_option(TERM_OPTIONS[field], text, self._lookups, sure=WRITTEN)
            return list(getattr(meant, field)) or self._no_term(field, text)
        if field == "areas":
            return [text] if re.fullmatch(r"(country|region|province|community|nis):\S+", text) else [_area_code(self.place(text))]
        if field == "phones":
            return [_phone(text)]
        if field == "sources":
            url, _space, date = text.partition(" ")
            return [{"url": url, "date": date.strip()} if date.strip() else {"url": url}]
        return [text]

    def _no_term(self, field: str, text: str) -> list[str]:
        raise InvalidDataError(_("{field}: nothing known by “{text}”; see: ht terms {field}").format(field=field, text=text))

    def _single(self, field: str, text: str) -> Any:
        if field in ("min_age", "max_age"):
            if text.lower() in _UNKNOWN:
                return None
            if not text.isdigit():
                raise InvalidDataError(_("{field}: {value}; a whole number is wanted").format(field=field, value=text))
            return int(text)
        if field in ("referral_needed", "professionals_only"):
            return _yes_or_no(field, text)
        if field == "cost":
            return self._cost(text)
        if field == "hours_osm":
            return _in_one_form(text)
        if field == "kind" and not self._lookups.has_term("kinds", text.lower()):
            kinds = read_option("kind", text, self._lookups).kinds
            return kinds[0] if kinds else text
        return text

    def _cost(self, text: str) -> str:
        if text.lower() in _UNKNOWN:
            return "unknown"
        if self._lookups.has_term("costs", text.lower()):
            return text.lower()
        meant = [form.ref for form in self._lookups.forms([fold(text).replace(" ", "")]) if form.kind == "costs"]
        return meant[0] if meant else text

    def _worded(self, record: Record, field: str, language: str, text: str) -> Record:
        if language and language not in LANGUAGES:
            raise UsageError(_("no language {language} for a text; there are: {languages}").format(language=language, languages=", ".join(LANGUAGES)))  # fmt: skip
        others = record.get(field, {}) if language or field == "descriptions" else {}
        return tidy(record | {field: {**others, language or languages()[0]: text}})

    def _located(self, record: Record, part: str, text: str) -> Record:
        addresses = [dict(address) for address in record.get("addresses", ())] or [{}]
        if len(addresses) > 1:
            several = _n(
                "it has {count} address; change it with: ht update ID --edit",
                "it has {count} addresses; change them with: ht update ID --edit",
                len(addresses),
            )
            raise UsageError(several.format(count=len(addresses)))
        address = addresses[0]
        if part == "city":
            if not text:
                return tidy(record | {"addresses": []})
            place = self.place(text, str(address.get("postcode", "")))
            if not place.nis:
                raise InvalidDataError(_("city: {place} is no municipality").format(place=place.name))
            address |= {"nis": place.nis, "locality": place.name}
            if text.isdigit():
                address["postcode"] = text
        elif part == "confidential":
            address["confidential"] = bool(_yes_or_no(part, text))
        else:
            address[part] = text
        if part == "postcode" and text and not address.get("nis"):
            place = self.place(text)
            address |= {"nis": place.nis, "locality": place.name}
        return tidy(record | {"addresses": [address]})


def identifier_for(name: str, taken: Iterable[str]) -> str:
    """Make the id of a new resource from its name: "Télé-Accueil (107)" → tele-accueil-107, with -2 where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80].strip("-") or "resource"
    known = set(taken)
    number, identifier = 1, base
    while identifier in known:
        number += 1
        identifier = f"{base}-{number}"
    return identifier


def _parts(field: str, text: str) -> Sequence[str]:
    """Several values in one text: with semicolons, and commas where no value holds one."""
    marks = ";" if field in ("alternate_names", "phones", "sources") else ";,"
    return [part.strip() for part in re.split(f"[{marks}]", text) if part.strip()]


def _phone(text: str) -> dict[str, Any]:
    """Read "04 342 12 12 (accueil)": the number, and its label in brackets."""
    number, bracket, label = text.partition("(")
    try:
        phone = {"number": e164(number)}
    except ValueError as error:
        wanted = _("phones: there is no number {number}; write 04 342 12 12, +32 4 342 12 12, or a short number").format(number=f"“{text}”")
        raise InvalidDataError(wanted) from error
    return phone | ({"label": {languages()[0]: label.rstrip(") ")}} if bracket else {})


def _in_one_form(hours: str) -> str:
    """Write opening hours as every program reads them alike; what is no opening hours stays, and is refused as a fault."""
    from ht_cli.hours.grammar import read_hours, readable_hours
    from ht_cli.hours.writing import written

    return written(read_hours(hours)) if readable_hours(hours) else hours


def _area_code(place: Place) -> str:
    return f"nis:{place.nis}" if place.nis else place.code


def _yes_or_no(field: str, text: str) -> bool | None:
    said = text.strip().lower()
    if said in _UNKNOWN:
        return None if field == "referral_needed" else False
    if said not in _YES | _NO:
        raise InvalidDataError(_("{field}: {value}; yes, no or unknown is wanted").format(field=field, value=text))
    return said in _YES


def _mark(item: Any) -> str:
    """What tells one item of a list from another."""
    if isinstance(item, dict):
        return national(item["number"]) if "number" in item else str(item.get("url", item))
    return str(item)
