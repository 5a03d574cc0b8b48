"""Checks a record before it may enter: shapes, terms, contacts, places, texts.

Every fault says which field, what is wrong, and what is allowed. The same rules hold for the
sources of a release, for `ht add` and `ht update`, and for every file that is imported.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ht_cli import clock
from ht_cli.catalogue.facts.records import e164
from ht_cli.catalogue.keeping.garbled import mended
from ht_cli.dates import day_text, first_day
from ht_cli.fields import DERIVED_PARTS, LISTS, NUMBERS, RECORD_FIELDS, SPOKEN, SPOKEN_PARTS, TABLES, YES_OR_NO
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import FORBIDDEN_CHARACTERS, LANGUAGES, NOT_SENT_TO, address_line
from ht_cli.shapes import NamedTuple

CHOICES = {"status": ("active", "unverified", "unreachable", "closed"), "confidence": ("high", "medium", "low")}
HOW_CHECKED = ("phone", "mail", "site", "visit")
ALSO_A_LINE = ("1700",)  # the information line of Flanders, and the postcode of Dilbeek
MOST = 1_000_000  # of years or of tries
LONGEST_NAME, LONGEST_TEXT = 300, 10_000
_FORBIDDEN = re.compile(f"[{FORBIDDEN_CHARACTERS}]")
_UNFIT_FOR_A_LINK = re.compile(r"[\s<>\"'`]")
_DATES = ("checked_on", "changed_on", "closed_on", "source_date")
_DATED_ROWS = {"sources": "date", "fact_checks": "on"}  # lists, with the part of an entry that is its date
_PARTS = {name: tuple(part for part in parts if part not in DERIVED_PARTS) for name, parts in TABLES.items()}

WANTED_PARTS = {"phones": ("number",), "sources": ("url",), "fact_checks": ("field", "on", "how")}  # without these an entry says nothing


class Allowed(NamedTuple):
    """What a record may name: terms by kind, postcodes by municipality in force, codes of areas, days until the one that `until` gives.

    That day is today, for what somebody writes here; what others wrote or released is held against a day of its own.
    """

    terms: Mapping[str, Collection[str]]
    postcodes: Mapping[str, Collection[str]]
    all_postcodes: Collection[str]
    areas: Collection[str]
    until: date

    @classmethod
    def made_of(
        cls,
        terms: Mapping[str, Collection[str]],
        postcodes: Mapping[str, Collection[str]],
        provinces: Mapping[str, str],
    ) -> "Allowed":
        """Add the codes of areas to the places: `provinces` gives the region of each."""
        areas = {"country:be", *(f"community:{language}" for language in ("fr", "nl", "de"))}
        areas |= {f"province:{province}" for province in provinces} | {f"region:{region}" for region in provinces.values()}
        all_postcodes = frozenset(code for codes in postcodes.values() for code in codes)
        return cls(terms, postcodes, all_postcodes, areas | {f"nis:{nis}" for nis in postcodes}, clock.today())

    def of_release(self, version: str) -> "Allowed":
        """Give the same for what a release brings: its month counts as come where the clock of the machine is behind."""
        return self._replace(until=max(self.until, last_of_month(version)))


def last_of_month(version: str) -> date:
    """Give the last day of the month that a version of the data names: 2026.11 → 30 November 2026, 2026.9 → 30 September; the first of all days for another."""
    named = re.match(r"(\d{4})\.(0?[1-9]|1[0-2])(?!\d)", version)
    return date(int(named[1]), int(named[2]), monthrange(int(named[1]), int(named[2]))[1]) if named else date.min


def faults(identifier: str, record: Mapping[str, Any], allowed: Allowed, come: Collection[str] = ()) -> list[str]:
    """Give each fault of a record as "field: what is wrong; what is allowed"; none when it holds.

    The dates of `come` were held against their day when they were said: a clock that is behind does not judge them again.
    """
    found = [*_id_faults(identifier), *shape_faults(record)]
    if found:  # what follows counts on the shapes
        return found
    return [
        *_text_faults(record), *_missing(record), *_chosen_faults(record, allowed), *_contact_faults(record, allowed), *_place_faults(record, allowed),
        *hours_faults(record), *date_faults(record, allowed.until, come), *_age_faults(record), *_successor_faults(identifier, record),
    ]  # fmt: skip


def _successor_faults(identifier: str, record: Mapping[str, Any]) -> Iterator[str]:
    if record.get("successor") == identifier:
        yield _("successor: a resource cannot lead to itself")


def circle_faults(identifier: str, record: Mapping[str, Any], follower: Callable[[str], str]) -> list[str]:
    """Give the fault of a record that is to be followed by what it follows itself: nobody would find either; `follower` gives what follows an id."""
    passed: list[str] = []
    following = record.get("successor", "")
    while following and following not in passed:
        passed.append(following)
        following = follower(following)
        if following == identifier:
            return [_("successor: {id} is closed itself, and leads back to this one").format(id=passed[0])]
    return []


def parted(fault: str) -> tuple[str, str]:
    """Give the field that a fault is about, and what is said of it."""
    field, _colon, said = fault.partition(":")
    return field.strip(), said.strip()


def _id_faults(identifier: str) -> Iterator[str]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier) or len(identifier) > 100:
        yield _("id: {value} is no id; small letters, digits and single hyphens, at most 100").format(value=_quoted(identifier))


def shape_faults(record: Mapping[str, Any]) -> Iterator[str]:
    """Give each fault of the shapes of the values of a record: a list where a text is wanted, a number that no catalogue holds."""
    for name, value in record.items():
        if name not in RECORD_FIELDS:
            yield _("{field}: there is no such field; allowed: {allowed}").format(field=name, allowed=", ".join(RECORD_FIELDS))
        elif name in TABLES:
            yield from _table_faults(name, value)
        elif name in LISTS:
            if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
                yield _("{field}: a list of texts is wanted").format(field=name)
        elif name in SPOKEN:
            yield from _spoken_faults(name, value)
        elif name in NUMBERS:
            if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST):
                yield _("{field}: {value}; a whole number is wanted").format(field=name, value=_quoted(value))
        elif name in YES_OR_NO:
            if value is not None and not isinstance(value, bool):
                yield _("{field}: {value}; yes, no or unknown is wanted").format(field=name, value=_quoted(value))
        elif not isinstance(value, str):
            yield _("{field}: a text is wanted").format(field=name)


def _table_faults(name: str, rows: Any) -> Iterator[str]:
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, dict) for row in rows):
        yield _("{field}: a list of entries is wanted").format(field=name)
        return
    for row in rows:
        for part, value in row.items():
            if part not in _PARTS[name]:
                yield _("{field}: there is no such field; allowed: {allowed}").format(
                    field=f"{name}.{part}", allowed=", ".join(_PARTS[name])
                )
            elif name == "phones" and part in SPOKEN_PARTS:
                yield from _spoken_faults(f"{name}.{part}", value)
            elif not isinstance(value, bool if part == "confidential" else str):
                yield _("{field}: a text is wanted").format(field=f"{name}.{part}")


def _spoken_faults(field: str, value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        yield _("{field}: a text for each language is wanted").format(field=field)
        return
    yield from (_not_allowed(field, language, LANGUAGES) for language in value if language not in LANGUAGES)


def _text_faults(record: Mapping[str, Any]) -> Iterator[str]:
    garbled = False
    for field, text in _texts(record):
        strange = None if text.isprintable() else _FORBIDDEN.search(text)  # nearly every text is, which is quick to see
        limit = LONGEST_NAME if field in ("name", "alternate_names") else LONGEST_TEXT
        right = "" if garbled else mended(text)  # where one text is, all of them are: the first tells it
        garbled = garbled or bool(right)
        if right:
            said = _(
                "{field}: {value} has garbled accents, read in the wrong encoding; it was {right}: write that, or open the file anew as UTF-8"
            )
            yield said.format(field=field, value=_around(text, right), right=_around(right, text))
        elif strange:
            yield _("{field}: the character U+{code} may not stand in a text").format(field=field, code=f"{ord(strange[0]):04X}")
        elif len(text) > limit:
            said = _n("{field}: {count} character; at most {limit}", "{field}: {count} characters; at most {limit}", len(text))
            yield said.format(field=field, count=len(text), limit=limit)
        elif field == "name" and "\n" in text:
            yield _("{field}: one line is wanted").format(field=field)


def _around(text: str, other: str) -> str:
    """Quote the words of a text from some letters before where another begins to differ."""
    differs = next((place for place, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), 0)
    start = text.rfind(" ", 0, differs) + 1
    return _quoted(text[start:].split("\n")[0])


def _texts(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        yield from ((name, text) for text in _texts_in(value))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts_in(item)
    elif isinstance(value, (dict, Mapping)):  # most are of a kind named first, which is quick to see
        yield from (text for part in value.values() for text in _texts_in(part))


def _missing(record: Mapping[str, Any]) -> Iterator[str]:
    wanted = ("name", "kind") if record.get("status") in NOT_SENT_TO else ("name", "kind", "areas", "languages")
    for name in wanted:
        if not record.get(name) or (name == "name" and not record[name].strip()):
            yield _("{field}: missing").format(field=name)
    for name in ("sources", "fact_checks"):  # a phone without its number is said with the numbers
        for part in WANTED_PARTS[name]:
            if not all(row.get(part) for row in record.get(name, ())):
                yield _("{field}: missing").format(field=f"{name}.{part}")


def _chosen_faults(record: Mapping[str, Any], allowed: Allowed) -> Iterator[str]:
    choices: dict[str, Collection[str]] = {**CHOICES, "kind": allowed.terms["kinds"], "cost": [*allowed.terms["costs"], "unknown"]}
    choices["checked_how"] = HOW_CHECKED
    for name, values in choices.items():
        if record.get(name) and record[name] not in values:
            yield _not_allowed(name, record[name], values)
    for kind in ("needs", "offers", "audiences", "channels", "languages"):
        terms = record.get(kind, ())
        for term in terms:
            if term not in allowed.terms[kind]:
                yield _not_allowed(kind, term, allowed.terms[kind])
        if len(set(terms)) < len(terms):
            yield _("{field}: the same value stands twice").format(field=kind)


def _contact_faults(record: Mapping[str, Any], allowed: Allowed) -> Iterator[str]:
    seen: set[str] = set()
    for phone in record.get("phones", ()):
        try:
            number = e164(phone.get("number", ""))
            if number in allowed.all_postcodes and number not in ALSO_A_LINE:
                yield _("phones: {value} is a postcode, and no number to dial").format(value=_quoted(number))
            if number in seen:
                yield _("{field}: the same value stands twice").format(field="phones")
            seen.add(number)
        except ValueError:
            number = _quoted(phone.get("number", ""))
            yield _("phones: there is no number {number}; write 04 342 12 12, +32 4 342 12 12, or a short number").format(number=number)
    for field, url in (("url", record.get("url", "")), *(("sources", source.get("url", "")) for source in record.get("sources", ()))):
        if url and _with_password(url):
            yield _("{field}: the address holds a name or a password before “@”; write it without").format(field=field)
        elif url and not is_web_address(url):
            yield _("{field}: {value} is no web address; write http://… or https://…").format(field=field, value=_quoted(url))
    if record.get("email") and not re.fullmatch(r"[^@\s,;:<>()]+@[^@\s,;:<>()]+\.[^@\s,;:<>().]+", record["email"]):
        yield _("email: {value} is no e-mail address").format(value=_quoted(record["email"]))


def hours_faults(record: Mapping[str, Any]) -> Iterator[str]:
    """Give each opening hours of a record that cannot be computed with, and what was understood of them."""
    written = [("hours_osm", record.get("hours_osm", ""))]
    written += [("phones.hours_osm", phone.get("hours_osm", "")) for phone in record.get("phones", ())]
    if any(text for _field, text in written):
        from ht_cli.hours.grammar import readable_hours  # wanted only where hours are written

        yield from (f"{field}: {_hours_fault(text)}" for field, text in written if text and not readable_hours(text))


def _hours_fault(text: str) -> str:
    from ht_cli.hours.guessing import guessed
    from ht_cli.hours.in_words import rules_text
    from ht_cli.hours.writing import written

    guess = guessed(text, languages()[0])
    said = [_("{value} is not written as opening hours are").format(value=_quoted(text))]
    if guess.rules:
        said.append(_("reads as: {hours}").format(hours=rules_text(guess.rules)))
        said += [_("not understood: {text}").format(text=", ".join(map(_quoted, guess.left)))] if guess.left else []
    example = written(guess.rules) or "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-12:00; PH off"
    return _("; ").join([*said, (_("write: {hours}") if guess.rules else _("write for example: {hours}")).format(hours=example)])


def _with_password(url: str) -> bool:
    try:
        return "@" in urlsplit(url).netloc
    except ValueError:
        return False


def is_web_address(url: str) -> bool:
    """Say whether a text is an address that a browser may open, without the name or password of anybody."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and "@" not in parts.netloc and not _UNFIT_FOR_A_LINK.search(url)


def _place_faults(record: Mapping[str, Any], allowed: Allowed) -> Iterator[str]:
    for area in record.get("areas", ()):
        if area not in allowed.areas:
            wanted = "country:be, region:…, province:…, community:fr|nl|de, nis:…"
            yield _("areas: {value} is no area; allowed: {allowed}").format(value=_quoted(area), allowed=wanted)
    for address in record.get("addresses", ()):
        nis, postcode = address.get("nis", ""), address.get("postcode", "")
        if address.get("confidential"):  # what is wrong with it must not say where it is
            if not any(said for part, said in address.items() if part != "confidential"):
                yield _("addresses: there is no address that could be kept confidential; say its municipality and its street as well")
            elif nis not in allowed.postcodes or (postcode and postcode not in allowed.postcodes[nis]):
                yield _(
                    "addresses: the municipality or the postcode of the confidential one does not exist, or they do not belong together"
                )
        elif not nis:
            said = _("addresses: {value}: no municipality is known by its postcode or its town; see: ht terms cities")
            yield said.format(value=_quoted(address_line(*map(address.get, ("street", "postcode", "locality")))))
        elif nis not in allowed.postcodes:
            yield _("addresses: nis {value} is no municipality in force; see: ht terms cities").format(value=_quoted(nis))
        elif postcode and postcode not in allowed.postcodes[nis]:
            known = ", ".join(allowed.postcodes[nis])
            yield _("addresses: postcode {value} is not in this municipality; it has {allowed}").format(
                value=_quoted(postcode), allowed=known
            )


def dates_of(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give each date of a record with its field; that of its newest source too, where a row says one."""
    dates = [(name, record.get(name) or "") for name in _DATES]
    dates += [(field, row.get(part) or "") for field, part in _DATED_ROWS.items() for row in record.get(field) or ()]
    return ((field, text) for field, text in dates if text)


def days_said(*records: Mapping[str, Any]) -> set[str]:
    """Give the dates that records say, as they are written."""
    return {text for record in records for _field, text in dates_of(record)}


def dated_until(record: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Give a record, or some fields of one, in which each date that is later than a day is that day."""

    def told(text: str | None) -> str | None:
        return day.isoformat() if text and first_day(text) > day else text

    dated = {name: told(record[name]) for name in _DATES if name in record}
    rows = {
        field: [{**row, part: told(row.get(part))} if row.get(part) else row for row in record[field]]
        for field, part in _DATED_ROWS.items()
        if record.get(field)
    }
    return {**record, **dated, **rows}


def date_faults(record: Mapping[str, Any], until: date, come: Collection[str] = ()) -> Iterator[str]:
    """Give each date of a record that is none, or is later than a day and not among those that have come.

    The day of the last edit is that of an entry and nobody's word: whose clock was ahead of whose says nothing against it.
    """
    for field, value in dates_of(record):
        try:
            late = first_day(value) > until and value not in come and field != "changed_on"
        except ValueError:
            yield _("{field}: {value} is no date; write 2026, 2026-08 or 2026-08-10").format(field=field, value=_quoted(value))
            continue
        if late:
            yield _("{field}: {day} is still to come").format(field=field, day=day_text(value))


def _age_faults(record: Mapping[str, Any]) -> Iterator[str]:
    low, high = record.get("min_age"), record.get("max_age")
    for field, age in (("min_age", low), ("max_age", high)):
        if age is not None and not 0 <= age <= 120:
            yield _("{field}: {value}; an age from 0 to 120 is wanted").format(field=field, value=age)
    if low is not None and high is not None and low > high:
        yield _("min_age: {low} is more than max_age {high}").format(low=low, high=high)


def _not_allowed(field: str, value: str, allowed: Collection[str]) -> str:
    return _("{field}: {value}; allowed: {allowed}").format(field=field, value=_quoted(value), allowed=", ".join(allowed))


def _quoted(value: object) -> str:
    text = str(value)
    return _("“{text}”").format(text=f"{text[:60]}…" if len(text) > 60 else text)
