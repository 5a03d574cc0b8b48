"""Reads and checks data/sources/: the one place where the released facts are edited.

Every fault says which file, which field, and what is allowed; all are gathered before any is raised.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ht_cli.errors import InvalidDataError
from ht_cli.model import LANGUAGES, Address, Phone, Resource, Source

TERM_KINDS = ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "referral", "relations", "crisis")
CHOICES = {"status": ("active", "unverified", "unreachable", "closed"), "confidence": ("high", "medium", "low")}
_TABLES = {"phones": Phone, "addresses": Address, "sources": Source}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SHORT_NUMBER = re.compile(r"1\d{2,3}|116\d{3}")


@dataclass
class Sources:
    """Everything the sources hold: records, places as CSV rows, vocabulary as read from TOML."""

    resources: list[Resource] = field(default_factory=list)
    municipalities: list[dict[str, str]] = field(default_factory=list)
    localities: list[dict[str, str]] = field(default_factory=list)
    provinces: list[dict[str, str]] = field(default_factory=list)
    former: list[dict[str, str]] = field(default_factory=list)
    abroad: list[dict[str, str]] = field(default_factory=list)
    ordinary_words: frozenset[str] = frozenset()
    terms: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    words: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_sources(directory: Path) -> Sources:
    """Read and check everything under data/sources. Raises InvalidDataError listing every fault."""
    sources = Sources()
    places, vocabulary = directory / "places", directory / "vocabulary"
    sources.municipalities = _rows(places / "municipalities.csv")
    sources.localities = _rows(places / "localities.csv")
    sources.provinces = _rows(places / "provinces.csv")
    sources.former = _rows(places / "former_municipalities.csv")
    sources.abroad = _rows(places / "abroad.csv")
    sources.ordinary_words = frozenset((places / "ordinary_words.txt").read_text("utf-8").split())
    faults: list[str] = []
    sources.terms = _toml(vocabulary / "terms.toml", faults)
    for language in LANGUAGES:
        sources.words[language] = _toml(vocabulary / f"{language}.toml", faults)
        faults += _vocabulary_faults(f"vocabulary/{language}.toml", sources.words[language], sources.terms)
    checker = _Checker(sources)
    for path in sorted((directory / "resources").glob("*.toml")):
        record = _toml(path, faults)
        if record:
            found = list(checker.faults(path.stem, record))
            faults += [f"resources/{path.name}: {fault}" for fault in found]
            if not found:
                sources.resources.append(make_resource(path.stem, record))
    known = {resource.id for resource in sources.resources}
    faults += [
        f"resources/{r.id}.toml: successor: no resource has the id {r.successor!r}"
        for r in sources.resources
        if r.successor and r.successor not in known
    ]
    if faults:
        raise InvalidDataError("\n".join(faults))
    return sources


def make_resource(identifier: str, record: dict[str, Any]) -> Resource:
    """Turn a checked record into a Resource, its phones in E.164 and its newest source dated."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items() if name not in _TABLES
    }
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
    )


def e164(number: str) -> str:
    """Give a number in E.164, or a Belgian short number as dialled. Raises ValueError when it is neither."""
    import phonenumbers  # only to build and to write

    digits = "".join(character for character in number if character.isdigit())
    if _SHORT_NUMBER.fullmatch(digits):
        return digits
    try:
        parsed = phonenumbers.parse(number, "BE")
    except phonenumbers.NumberParseException as error:
        raise ValueError(str(error)) from error
    if not phonenumbers.is_valid_number(parsed):
        raise ValueError("no such number")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def national(number: str) -> str:
    """Give a number as people in Belgium write it: 04 342 12 12, 0800 32 123, 107."""
    import phonenumbers  # only to build and to write

    written = e164(number)
    if not written.startswith("+"):
        return f"{written[:3]} {written[3:]}".strip() if len(written) > 4 else written
    parsed = phonenumbers.parse(written, None)
    belgian = parsed.country_code == 32
    formats = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, formats.NATIONAL if belgian else formats.INTERNATIONAL)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _toml(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.parent.name}/{path.name}: not TOML in UTF-8: {error}")
        return {}


def _vocabulary_faults(name: str, words: dict[str, Any], terms: dict[str, Any]) -> Iterator[str]:
    for kind in TERM_KINDS:
        for identifier in words.get(kind, {}):
            if identifier not in terms.get(kind, {}):
                yield f"{name}: [{kind}.{identifier}]: unknown term; terms.toml has {', '.join(terms.get(kind, {}))}"
        for identifier in terms.get(kind, {}):
            if not words.get(kind, {}).get(identifier, {}).get("label"):
                yield f"{name}: [{kind}.{identifier}]: label is missing"


class _Checker:
    """Checks one record after another against the places and the vocabulary."""

    def __init__(self, sources: Sources) -> None:
        self._terms = sources.terms
        self._municipalities = {row["nis"]: row["postcodes"].split(";") for row in sources.municipalities}
        provinces = sources.provinces
        self._areas = {"country:be", *(f"community:{language}" for language in ("fr", "nl", "de"))}
        self._areas |= {f"province:{row['province']}" for row in provinces} | {f"region:{row['region']}" for row in provinces}
        self._areas |= {f"nis:{nis}" for nis in self._municipalities}
        self._fields = {item.name for item in fields(Resource)} - {"id", "source_date"}

    def faults(self, identifier: str, record: dict[str, Any]) -> Iterator[str]:
        """Give each fault of a record as "field: what is wrong; what is allowed"."""
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier):
            yield f"the file name {identifier!r} is the id: small letters, digits and single hyphens"
        for name in record.keys() - self._fields:
            yield f"{name}: unknown field; allowed: {', '.join(sorted(self._fields))}"
        for name in ("name", "kind", "areas", "languages"):
            if not record.get(name):
                yield f"{name}: missing"
        yield from self._chosen(record)
        yield from self._contacts(record)
        yield from self._places(record)
        for source in record.get("sources", ()):
            if not _DATE.fullmatch(source.get("date", "2000")):
                yield f"sources: {source['date']!r} is no date; write 2026, 2026-08 or 2026-08-10"
        low, high = record.get("min_age"), record.get("max_age")
        if low is not None and high is not None and low > high:
            yield f"min_age: {low} is more than max_age {high}"

    def _chosen(self, record: dict[str, Any]) -> Iterator[str]:
        for name, allowed in CHOICES.items():
            if record.get(name, allowed[0]) not in allowed:
                yield f"{name}: {record[name]!r}; allowed: {', '.join(allowed)}"
        for name, kind in (("kind", "kinds"), ("cost", "costs")):
            if record.get(name) and record[name] not in self._terms[kind]:
                yield f"{name}: {record[name]!r}; allowed: {', '.join(self._terms[kind])}"
        for kind in ("needs", "offers", "audiences", "channels", "languages"):
            for term in record.get(kind, ()):
                if term not in self._terms[kind]:
                    yield f"{kind}: {term!r}; allowed: {', '.join(self._terms[kind])}"
        for language in record.get("descriptions", {}):
            if language not in LANGUAGES:
                yield f"descriptions: {language!r}; allowed: {', '.join(LANGUAGES)}"

    def _contacts(self, record: dict[str, Any]) -> Iterator[str]:
        for phone in record.get("phones", ()):
            try:
                e164(phone.get("number", ""))
            except ValueError as error:
                yield f"phones: {phone.get('number')!r}: {error}; write +32 4 342 12 12, or a Belgian short number"
        if record.get("url") and not _is_web_address(record["url"]):
            yield f"url: {record['url']!r}; write http://… or https://…"
        if record.get("email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", record["email"]):
            yield f"email: {record['email']!r} is no e-mail address"

    def _places(self, record: dict[str, Any]) -> Iterator[str]:
        for area in record.get("areas", ()):
            if area not in self._areas:
                yield f"areas: {area!r}; allowed: country:be, region:…, province:…, community:fr|nl|de, nis:<code in force>"
        for address in record.get("addresses", ()):
            nis, postcode = address.get("nis", ""), address.get("postcode", "")
            if nis not in self._municipalities:
                yield f"addresses: nis {nis!r} is no municipality in force; see places/municipalities.csv"
            elif postcode and postcode not in self._municipalities[nis]:
                yield f"addresses: postcode {postcode!r}; {nis} has {', '.join(self._municipalities[nis])}"


def _is_web_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in url
