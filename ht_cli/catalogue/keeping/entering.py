"""What a person types into a field → the value that a record holds.

Terms, towns and areas are understood as `find` understands them: in four languages, misspelt or not. What a whole record says,
in a file or an editor, is brought into one form by the same functions: `in_one_form`.
"""

import re
import shlex
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from ht_cli.catalogue.facts.records import Record, national, tidy
from ht_cli.catalogue.index.whereabouts import wide_area_named
from ht_cli.catalogue.keeping.cells import CHECKS
from ht_cli.catalogue.keeping.checking import is_web_address
from ht_cli.catalogue.keeping.phones import phones_of, read_phones, replaced
from ht_cli.catalogue.keeping.verifying import only_verify
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.fields import RECORD_FIELDS, SPOKEN
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import LANGUAGES, Place
from ht_cli.search.lookups import Lookups
from ht_cli.search.option_values import WRITTEN, guessed, places_near, read_option
from ht_cli.search.text import fold
from ht_cli.search.towns import every_meaning
from ht_cli.shapes import NamedTuple
from ht_cli.wording import NO, YES

TERM_OPTIONS = {"needs": "need", "offers": "offer", "audiences": "audience", "languages": "language", "channels": "channel"}
LIST_FIELDS = (*TERM_OPTIONS, "areas", "alternate_names", "phones", "sources")
SET_BY_OTHERS = ("status", "successor", "closed_on", "closed_reason", *CHECKS, "failed_tries", "changed_on", "addresses")
SETTABLE = (*(name for name in RECORD_FIELDS if name not in SET_BY_OTHERS), "phone", "city", "street", "postcode", "confidential", "description.fr", "hours.fr")  # fmt: skip
MOST_NEAR = 6  # places that are offered for a misspelt one
DEVICE_DIGITS = 4  # of the name of a device, at the end of an id made on it
SHORT_NAMES = {"phone": "phones", "description": "descriptions", "serves": "areas", "area": "areas"}
_SECRET_IN_WORDS = re.compile(
    r"[(\[,;–-]\s*(?:confidenti[ae]le?|vertrouwelijk|vertraulich|geheim|secr[eè]te?|secret)\s*[)\]]?\s*$", re.IGNORECASE
)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?")  # www.example.be
_ARROW = re.compile(r"\s*(?:→|->)\s*")
_UNKNOWN = {"", "unknown", "inconnu", "onbekend", "unbekannt", "?"}


class Choice(NamedTuple):
    """Asks whoever types which of several is meant: `place` of places of one name, `near` of those that a name unknown is near to, `one` of lines, by its position.

    All raise AmbiguousError, with the candidates, where nobody can be asked or none is chosen.
    """

    place: Callable[[str, Sequence[Place]], Place]
    near: Callable[[str, Sequence[Place]], Place]
    one: Callable[[str, Sequence[str]], int]


class TypedValues:
    """Reads what was typed with the words and places of one catalogue."""

    def __init__(self, lookups: Lookups, choice: Choice) -> None:
        """Begin; `choice` is asked where what was typed may mean several things."""
        self._lookups = lookups
        self._choice = choice

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
        field = SHORT_NAMES.get(base, base)
        if field in SPOKEN:
            return self._worded(record, field, language, text)
        if field in ("city", "street", "postcode", "confidential"):
            return self._located(record, field, text)
        if field in CHECKS:
            raise UsageError(only_verify(field))
        if base == "phone":
            return tidy(record | {"phones": self._phones_set(record.get("phones", ()), text)})
        if field in SET_BY_OTHERS or field not in RECORD_FIELDS:
            raise UsageError(_("no field {field} to set; there are: {fields}").format(field=name, fields=", ".join(SETTABLE)))
        if field == "phones":
            return tidy(record | {"phones": _as_known(record.get("phones", ()), read_phones(text)) if text else []})
        if field in LIST_FIELDS:
            _refuse_to_replace_by_one(field, text)
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
        """Give the one place that a town, postcode, province or region names; the postcode decides where several have the name.

        One that was mended or guessed is never taken unasked: Hodimont is not Houdemont.
        """
        found = read_option("city", bare_postcode(text), self._lookups)
        if found.homonyms and postcode:
            found = read_option("city", f"{text} {postcode}", self._lookups)
        if not found.places:
            raise InvalidDataError(_("city: {place} is outside Belgium").format(place=found.abroad or text))
        meant = every_meaning(found)
        if guessed(found, self._lookups):
            near = places_near(text, self._lookups) if found.corrections else []
            apart = {place.code: place for place in [*meant, *near]}
            return self._choice.near(text, list(apart.values())[:MOST_NEAR])
        return self._choice.place(text, meant) if len(meant) > 1 else meant[0]

    def _phones_set(self, phones: Sequence[Record], text: str) -> list[Record]:
        """Give the phones with one number set: the only one, the one that is chosen, or "old→new"; its label, hours and place stay."""
        old, arrow, new = _ARROW.sub("→", text, count=1).partition("→")
        if arrow:
            return replaced(phones, old, new)
        if len(phones) > 1:
            numbers = [phone["number"] for phone in phones]
            which = _("it has several numbers; which one is meant? Say so: --set phone='OLD→NEW', --remove-phone OLD, or --set phones=… for all of them")  # fmt: skip
            if text and set(numbers) <= {phone["number"] for phone in read_phones(text)}:
                return _as_known(phones, read_phones(text))
            chosen = numbers[self._choice.one(which, [_phone_line(phone) for phone in phones])]
            return replaced(phones, chosen, text) if text else [phone for phone in phones if phone["number"] != chosen]
        found = read_phones(text) if text else []
        if phones and len(found) == 1:
            return replaced(phones, phones[0]["number"], text)
        return _as_known(phones, found)

    def _items(self, field: str, text: str) -> list[Any]:
        if field in TERM_OPTIONS:
            if self._lookups.has_term(field, text.lower()):
                return [text.lower()]
            meant = read_option(TERM_OPTIONS[field], text, self._lookups, sure=WRITTEN)
            return list(getattr(meant, field)) or self._no_term(field, text)
        if field == "areas":
            code = text if re.fullmatch(r"(country|region|province|community|nis):\S+", text) else wide_area_named(text)
            return [code] if code else _area_codes(self.place(text))
        if field == "phones":
            return read_phones(text)
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
            if not text.isdecimal():
                raise InvalidDataError(_("{field}: {value}; a whole number is wanted").format(field=field, value=text))
            return int(text)
        if field in ("referral_needed", "professionals_only"):
            return _yes_or_no(field, text)
        if field == "cost":
            return self._cost(text)
        if field == "hours_osm":
            return _hours_in_one_form(text)
        if field in ("url", "email"):
            return _address_in_one_form(field, text)
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
            place = self.place(bare_postcode(text), str(address.get("postcode", "")))
            if not place.nis:
                raise InvalidDataError(_("city: {place} is no municipality").format(place=place.name))
            if address.get("nis") not in (None, place.nis):
                address.pop("postcode", None)  # that of the town it leaves
            address |= {"nis": place.nis, "locality": place.name}
            if bare_postcode(text).isdigit():
                address["postcode"] = bare_postcode(text)
        elif part == "confidential":
            if not address and not _yes_or_no(part, text):
                return record
            address["confidential"] = bool(_yes_or_no(part, text))
        else:
            address[part] = bare_postcode(text) if part == "postcode" else text
        if part == "postcode" and text and not address.get("nis"):
            place = self.place(bare_postcode(text))
            address |= {"nis": place.nis, "locality": place.name}
        _refuse_secret_in_words(address, record.get("addresses", ()))
        return tidy(record | {"addresses": [address]})


def identifier_for(name: str, taken: Container[str], device: str) -> str:
    """Make the id of a new resource from its name and the device on which it is added, with -2 where it is taken.

    "Cercle des Tilleuls" on the device 3f2a91c0 → cercle-des-tilleuls-3f2a: two keepers who each add one of that name before
    they exchange anything would otherwise give two resources one id, and end with a single one made of both.
    A device without a name yet, on which an id is only shown, adds no digits.
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80].strip("-") or "resource"
    base = f"{words}-{device[:DEVICE_DIGITS]}" if device else words
    number, identifier = 1, base
    while identifier in taken:
        number += 1
        identifier = f"{base}-{number}"
    return identifier


def in_one_form(before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
    """Bring what somebody wrote into the form in which records hold it: phones, postcodes, sites, opening hours, the area of a town it moves to.

    What stands as it stood before is not looked at. Raises InvalidDataError when a phone cannot be read.
    """
    record = dict(after)
    known = before.get("phones") or ()
    if _is_table(record.get("phones")) and record["phones"] != known:
        rows = [phone for row in record["phones"] for phone in ([row] if row in known else phones_of(row))]
        record["phones"] = [
            {**row, **({"hours_osm": _hours_in_one_form(row["hours_osm"])} if row.get("hours_osm") else {})} for row in rows
        ]
    if _is_table(record.get("addresses")) and record["addresses"] != before.get("addresses"):
        record["addresses"] = [
            {**row, "postcode": bare_postcode(row["postcode"])} if isinstance(row.get("postcode"), str) else row
            for row in record["addresses"]
        ]
        for row in record["addresses"]:
            _refuse_secret_in_words(row, before.get("addresses") or ())
    for field in ("url", "email"):
        if record.get(field) and record[field] != before.get(field):
            record[field] = _address_in_one_form(field, record[field])
    if isinstance(record.get("name"), str) and record["name"] != before.get("name"):
        record["name"] = record["name"].strip()
    if record.get("hours_osm") and record["hours_osm"] != before.get("hours_osm"):
        record["hours_osm"] = _hours_in_one_form(record["hours_osm"])
    return tidy(_with_moved_area(before, record))


def _refuse_secret_in_words(address: Mapping[str, Any], known: Sequence[Any]) -> None:
    """Refuse an address of which words alone say that it is secret: everybody would see them and it. Raises InvalidDataError."""
    said = [
        text for part in ("street", "locality", "postcode") if isinstance(text := address.get(part), str) and _SECRET_IN_WORDS.search(text)
    ]
    if said and not address.get("confidential") and address not in known:
        raise InvalidDataError(
            _("addresses: a word such as “(confidential)” keeps no address secret, everybody would see it; take it out here, and say it with: ht update ID --set street=… --set confidential=yes")
        )  # fmt: skip


def in_town_of_postcode(record: Record, typed: Mapping[str, str | None]) -> Record:
    """Give a new record with the postcode that was typed beside a town: it tells which town of the name is meant."""
    if typed.get("city") and typed.get("postcode") and not record.get("addresses"):
        return {**record, "addresses": [{"postcode": bare_postcode(str(typed["postcode"]))}]}
    return record


def bare_postcode(text: str) -> str:
    """Give a postcode without what letters from abroad put before it: B-4000 → 4000; any other text as it is."""
    found = re.fullmatch(r"\s*(?:B|BE)?[\s-]*(\d{4})\s*", text, re.IGNORECASE | re.ASCII)
    return found[1] if found else text


def towns_left(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    """Give the areas of the town that a resource leaves and of the one that it moves to; two empty texts where it stays or it is not clear."""
    was, now = (
        {nis for address in record.get("addresses") or () if isinstance(nis := address.get("nis"), str)} for record in (before, after)
    )
    return (f"nis:{(was - now).pop()}", f"nis:{(now - was).pop()}") if len(was - now) == len(now - was) == 1 else ("", "")


def without_street_left(before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
    """Leave out the street that went along from the town that a resource leaves to the one that it moves to; a new street stays."""
    old, new = (area.removeprefix("nis:") for area in towns_left(before, after))
    left = {address.get("street") for address in before.get("addresses") or () if address.get("nis") == old} if old else set()
    if not left - {None, ""}:
        return dict(after)
    addresses = [
        {part: text for part, text in address.items() if part != "street"}
        if address.get("nis") == new and address.get("street") in left
        else address
        for address in after["addresses"]
    ]
    return {**after, "addresses": addresses}


def street_left_out(old: str, new: str) -> str:
    """Say that a street was left out, given the names of the town that was left and of the new one."""
    return _("the street is that of {old}, and is left out; to say the one in {new}: --set street=…").format(old=old, new=new)


def _with_moved_area(before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
    """Let what served the town where it was, and no other, serve the town where it is now."""
    if not _is_table(after.get("addresses")) or after.get("areas") != before.get("areas"):
        return dict(after)
    old, new = towns_left(before, after)
    return {**after, "areas": [new]} if old and after.get("areas") == [old] else dict(after)


def _is_table(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(row, Mapping) for row in value)


def _as_known(known: Sequence[Record], found: Sequence[Record]) -> list[Record]:
    """Give the phones that were read; those that are known keep what stood beside them."""
    beside = {phone["number"]: phone for phone in known}
    return [{**beside.get(phone["number"], {}), **phone} for phone in found]


def _phone_line(phone: Mapping[str, Any]) -> str:
    label = next(iter((phone.get("label") or {}).values()), "")
    return national(phone["number"]) + (f" ({label})" if label else "")


def _refuse_to_replace_by_one(field: str, text: str) -> None:
    """Refuse what reads as if it were added to a list, or taken out of it, and would take the place of all that it holds. Raises UsageError."""
    option = {**TERM_OPTIONS, "areas": "area", "sources": "source"}.get(field)
    signed = next((part for part in _parts(field, text) if part.startswith(("+", "-"))), "") if option else ""
    if signed:
        how, one = ("--add" if signed.startswith("+") else "--remove"), signed[1:].strip()
        said = _("{field}: --set says all that it holds, so “{text}” would take the place of the rest; write instead: {option} {value}")
        raise UsageError(said.format(field=field, text=signed, option=f"{how}-{option}", value=shlex.quote(one)))


def _parts(field: str, text: str) -> Sequence[str]:
    """Several values in one text: with semicolons, and commas where no value holds one."""
    marks = ";" if field in ("alternate_names", "phones", "sources") else ";,"
    return [part.strip() for part in re.split(f"[{marks}]", text) if part.strip()]


def _hours_in_one_form(hours: Any) -> Any:
    """Write opening hours as every program reads them alike; what is no opening hours, or no text, stays and is refused as a fault."""
    from ht_cli.hours.grammar import read_hours, readable_hours
    from ht_cli.hours.writing import written

    return written(read_hours(hours)) if isinstance(hours, str) and readable_hours(hours) else hours


def _address_in_one_form(field: str, text: Any) -> Any:
    """Write a site with its scheme, also one that was typed without it, and an e-mail address without one; what is none stays, and is refused as a fault."""
    if not isinstance(text, str):
        return text
    bare = text.strip()
    if field == "email":
        return re.sub(r"mailto:\s*", "", bare, count=1, flags=re.IGNORECASE)
    host, _slash, _path = bare.partition("/")
    without = _HOST.fullmatch(host) and is_web_address(f"https://{bare}")
    return f"https://{bare}" if without else bare


def _area_codes(place: Place) -> list[str]:
    """Give the code of a place as an area that is served; of a district those of all the municipalities that it holds."""
    return [f"nis:{nis}" for nis in place.towns] or [place.code]


def _yes_or_no(field: str, text: str) -> bool | None:
    said = text.strip().lower()
    if said in _UNKNOWN:
        return None if field == "referral_needed" else False
    if said not in YES | NO:
        raise InvalidDataError(_("{field}: {value}; yes, no or unknown is wanted").format(field=field, value=text))
    return said in YES


def _mark(item: Any) -> str:
    """What tells one item of a list from another."""
    if isinstance(item, dict):
        return national(item["number"]) if "number" in item else str(item.get("url", item))
    return str(item)
