"""Contact cards: vCard 4.0 (RFC 6350), one card for each resource, as bytes with CRLF line ends.

Written by hand because vobject knows the versions 2.1 and 3.0 only. Nothing confidential is in a card, and
nothing is said of where a resource is beyond its public addresses.
"""

import re
from collections.abc import Iterable, Iterator

from ht_cli.exchange.credits import licence
from ht_cli.exchange.entries import Text, hours, identifier_of, notices
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import clean_lines, one_line, phone_link, web_link
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, Address, Phone, Resource
from ht_cli.wording import description, freshness, marked, reader_text

FOLD = 75  # octets of a line without its end, RFC 6350 §3.2
_CARD_MARK = re.compile("(BEGIN|END):(?=VCARD)", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?Z)?")


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[bytes]:
    """Give the card of each resource, texts in the file's language where they exist in it."""
    for resource in resources:
        yield b"".join(fold(line) for line in _lines(resource, reference))


def fold(line: str) -> bytes:
    """Give a line in UTF-8 with its CRLF, cut so that no part is over 75 octets and no character is split (RFC 6350 §3.2)."""
    rest, parts = line.encode(), []
    room = FOLD
    while len(rest) > room:
        end = room
        while rest[end] & 0xC0 == 0x80:  # a byte inside a character
            end -= 1
        parts.append(rest[:end])
        rest, room = rest[end:], FOLD - 1  # the space that begins a continuation counts
    return b"\r\n ".join([*parts, rest]) + b"\r\n"


def _lines(resource: Resource, reference: Reference) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"UID:urn:uuid:{identifier_of(resource)}")
    yield from (f"FN:{_text(one_line(resource.name))}", f"ORG:{_part(resource.name)}")
    if resource.alternate_names:
        yield f"NICKNAME:{_list(resource.alternate_names)}"
    yield from (f"LANG:{code}" for code in resource.languages if code in LANGUAGES)
    for position, phone in enumerate(resource.phones, 1):
        yield from _phone(phone, position, alone=len(resource.phones) == 1)
    if resource.email:
        yield f"EMAIL:{_text(one_line(resource.email))}"
    if web_link(resource.url):
        yield f"URL:{web_link(resource.url)}"
    yield from _place(resource, reference)
    yield from _about(resource, reference)
    yield "END:VCARD"


def _phone(phone: Phone, position: int, *, alone: bool) -> Iterator[str]:
    """A short number stays text: a `tel:` address of one would need a context (RFC 3966 §5.1.5) that phones do not dial."""
    if not phone_link(phone.number):
        return
    group = f"ht{position}." if phone.label else ""  # the label of a number is a property of the same group, RFC 9555 §2.3
    preference = "" if alone else f";PREF={position}"
    if phone.number.startswith("+"):
        yield f'{group}TEL;VALUE=uri;TYPE="voice,work"{preference}:{phone_link(phone.number)}'
    else:
        yield f'{group}TEL;TYPE="voice,work"{preference}:{phone.number}'
    if phone.label:
        yield f"{group}X-ABLabel:{_text(one_line(marked(*reader_text(phone.label))))}"


def _place(resource: Resource, reference: Reference) -> Iterator[str]:
    for address in resource.public_addresses:
        yield f"ADR:{_address(address)}"
    # One point only, that of the first address, and no finer than its municipality.
    home = next((reference.homes[a.nis] for a in resource.public_addresses if a.nis in reference.homes), None)
    if home:
        yield f"GEO:geo:{home.latitude:.4f},{home.longitude:.4f}"


def _address(address: Address) -> str:
    """The seven parts of RFC 6350 §6.3.1; post-office box, extension and region are not known apart."""
    parts = ("", "", address.street, address.locality, "", address.postcode, _("Belgium"))
    return ";".join(map(_part, parts))


def _about(resource: Resource, reference: Reference) -> Iterator[str]:
    words = reference.words
    terms = [(kind, term) for kind in ("needs", "offers") for term in getattr(resource, kind)]
    labels = [words.term("kinds", resource.kind), *(words.term(kind, term) for kind, term in terms)]
    yield f"CATEGORIES:{_list(dict.fromkeys(labels))}"
    text, other = description(resource)
    if text:
        yield f"NOTE;LANGUAGE={other or reference.language}:{_text(clean_lines(text))}"
    for said in _hours(resource):
        yield f"NOTE;LANGUAGE={said.language or reference.language}:{_text(said.text)}"
    yield f"NOTE;LANGUAGE={reference.language}:{_text(chr(10).join((*notices(resource), one_line(freshness(resource)))))}"
    yield f"NOTE;LANGUAGE={reference.language}:{_text(' '.join(licence()))}"
    stamp = _STAMP.fullmatch(resource.changed_on)
    if stamp:
        year, month, day, *time = stamp.groups()
        yield f"REV:{year}{month}{day}T{''.join(time) if time[0] else '000000'}Z"


def _hours(resource: Resource) -> Iterator[Text]:
    """Give when it is open, and when a number answers where that is another time, each in its language."""
    open_at = hours(resource.hours, resource.hours_osm)
    if open_at.text:
        yield open_at
    for phone in resource.phones:
        answers = hours(phone.hours, phone.hours_osm)
        if answers.text and answers != open_at:
            yield answers._replace(text=f"{one_line(phone.national or phone.number)}: {answers.text}")


def _text(text: str) -> str:
    """Escape what RFC 6350 §4 gives a meaning in a text: `\\`, `,` and line breaks."""
    # Some readers cut a file at these words wherever they stand, which would cost the other cards too.
    apart = _CARD_MARK.sub(r"\1: ", text)
    return apart.replace("\\", "\\\\").replace(",", "\\,").replace("\n", "\\n")


def _part(text: str) -> str:
    """Escape a part of a value that has several, where `;` stands between them (§3.4)."""
    return _text(one_line(text)).replace(";", "\\;")


def _list(texts: Iterable[str]) -> str:
    return ",".join(_text(one_line(text)) for text in texts)
