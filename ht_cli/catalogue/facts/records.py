"""A resource as a record: the plain values that sources, journal and files hold, unknown ones left out."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from ht_cli.fields import DERIVED_PARTS, RECORD_FIELDS, SPOKEN, SPOKEN_PARTS, TABLES
from ht_cli.model import LANGUAGES, Address, FactCheck, Phone, Resource, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

Record = dict[str, Any]
DEFAULTS = {name: default for name, default in Resource._field_defaults.items() if name in RECORD_FIELDS}
_fields = attrgetter(*RECORD_FIELDS)
_DIALLED = re.compile(r"\s*\+?[\d\s./()‑–—-]+", re.ASCII)
_REMEMBERED = 4096  # numbers whose forms are kept: one that comes is looked at several times
_READ_AGAIN = 64  # numbers that were just read: one is written in both forms, one after the other
_SHORT_NUMBER = re.compile(r"1\d{2,3}|116\d{3}")


def make_resource(identifier: str, record: Mapping[str, Any]) -> Resource:
    """Turn a checked record into a Resource, its phones in E.164 and its newest source dated."""
    values: Record = {name: tuple(value) if isinstance(value, list) else value for name, value in record.items() if name not in TABLES}
    sources = tuple(Source(**row) for row in record.get("sources", ()))
    return Resource(
        id=identifier,
        **values,
        phones=tuple(
            Phone(**{**row, "number": e164(row["number"]), "national": national(row["number"])}) for row in record.get("phones", ())
        ),
        addresses=tuple(Address(**row) for row in record.get("addresses", ())),
        sources=sources,
        source_date=max((source.date for source in sources), default=""),
        fact_checks=tuple(FactCheck(**row) for row in record.get("fact_checks", ())),
    )


def record_of(resource: Resource) -> Record:
    """Give the record of a resource, tidy; `make_resource` gives the resource back."""
    record: Record = {}
    for name, value in zip(RECORD_FIELDS, _fields(resource), strict=True):
        if value is None or value == DEFAULTS.get(name):
            continue
        if value.__class__ is tuple:
            record[name] = [_entry(row) for row in value] if name in TABLES else list(value)
        elif said := _said(value):
            record[name] = said
        elif isinstance(value, int):  # 0 and no say something where they are not what holds anyway
            record[name] = value
    return record


def _entry(row: Any) -> Record:
    """Give the parts of an entry that say something, as the model orders them."""
    parts = zip(row._fields, row, strict=True)
    return {name: said for name, part in parts if name not in DERIVED_PARTS and (said := _said(part))}


def in_languages(record: Mapping[str, Any], codes: Sequence[str]) -> Record:
    """Give a record in which a text without a language, where there is a version in each, is one of these languages."""
    spoken: Record = {name: _versions(record[name], codes) for name in SPOKEN if isinstance(record.get(name), str)}
    phones = record.get("phones")
    if isinstance(phones, (list, tuple)) and all(isinstance(phone, Mapping) for phone in phones):
        spoken["phones"] = [
            {part: _versions(value, codes) if part in SPOKEN_PARTS and isinstance(value, str) else value for part, value in phone.items()}
            for phone in phones
        ]
    return {**record, **spoken}


def _versions(text: str, codes: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(codes, text) if text.strip() else {}


def tidy(record: Mapping[str, Any]) -> Record:
    """Leave out what says nothing: empty values and those that hold when nothing is said."""
    kept = {name: _said(record[name]) for name in RECORD_FIELDS if record.get(name) is not None}
    for name in TABLES:
        if isinstance(kept.get(name), list) and all(isinstance(row, dict) for row in kept[name]):
            kept[name] = [_in_order(name, row) for row in kept[name]]
    return {name: value for name, value in kept.items() if value not in (None, "", [], {}) and value != DEFAULTS.get(name)}


def _in_order(table: str, row: Mapping[str, Any]) -> Record:
    """Give the parts of an entry that say something, as the model orders them; what it does not know comes last."""
    known = TABLES[table]
    ordered = {key: _said(row[key]) for key in (*(key for key in known if key in row), *(key for key in row if key not in known))}
    return {key: value for key, value in ordered.items() if value}


def _said(value: Any) -> Any:
    """Give the versions of a text that say something, in the order of the languages, and nothing of a blank one; any other value as it is."""
    if isinstance(value, str):  # most are of a kind named first, which is quick
        return "" if value.isspace() else value
    if isinstance(value, (int, list)) or not isinstance(value, (dict, Mapping)):
        return value
    ordered = (*(code for code in LANGUAGES if code in value), *(code for code in value if code not in LANGUAGES))
    return {code: value[code] for code in ordered if _said(value[code])}


def without_stale_hours(before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
    """Leave out opening hours that a program reads where their words changed and they did not: wrong ones would call it open.

    A further language is no change of what the words say.
    """
    was, now = before.get("hours") or {}, after.get("hours") or {}
    changed = any(now.get(language) != text for language, text in was.items()) if was else bool(now)
    same = before.get("hours_osm") == after.get("hours_osm")
    return {name: value for name, value in after.items() if not (name == "hours_osm" and changed and same)}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Give the fields in which two records differ, each as (before, after); None is absent."""
    return {name: (before.get(name), after.get(name)) for name in RECORD_FIELDS if before.get(name) != after.get(name)}


@lru_cache(maxsize=_REMEMBERED)
def e164(number: str) -> str:
    """Give a number in E.164, or a Belgian short number as dialled. Raises ValueError when it is neither, or more than one number."""
    import phonenumbers  # only to build and to write

    if not _DIALLED.fullmatch(number):  # phonenumbers would turn letters into digits, and drop an extension
        raise ValueError(number)
    digits = "".join(character for character in number if character.isdigit())
    if _SHORT_NUMBER.fullmatch(digits):
        return digits
    try:
        parsed = _parsed(number)
    except phonenumbers.NumberParseException as error:
        raise ValueError(number) from error
    if not phonenumbers.is_valid_number(parsed):
        raise ValueError(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=_READ_AGAIN)
def _parsed(number: str) -> "PhoneNumber":
    """Read a number, which costs more than to write it. Raises NumberParseException."""
    import phonenumbers

    return phonenumbers.parse(number, "BE")


@lru_cache(maxsize=_REMEMBERED)
def national(number: str) -> str:
    """Give a number as people in Belgium write it: 04 342 12 12, 0800 32 123, 107."""
    import phonenumbers  # only to build and to write

    written = e164(number)
    if not written.startswith("+"):
        return f"{written[:3]} {written[3:]}".strip() if len(written) > 4 else written
    parsed = _parsed(written)
    belgian = parsed.country_code == 32
    formats = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, formats.NATIONAL if belgian else formats.INTERNATIONAL)
