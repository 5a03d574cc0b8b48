"""Contact cards, one for each resource, as bytes with CRLF line ends: vCard 3.0 (RFC 2426) for telephones, or 4.0 (RFC 6350).

What 3.0 has no property for stands in its note, and its note is one: address books show the first alone. Written by hand because
vobject knows no 4.0. Nothing confidential is in a card, and nothing is said of where a resource is beyond its public addresses.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from ht_cli.dates import day_text
from ht_cli.exchange.credits import licence, points
from ht_cli.exchange.entries import Text, anchor_name, hours, identifier_of, notices
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import clean_lines, one_line, phone_link, web_link
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, Address, Resource
from ht_cli.wording import description, freshness, marked, reader_text

FOLD = 75  # octets of a line without its end, RFC 6350 §3.2
_CARD_MARK = re.compile("(BEGIN|END):(?=VCARD)", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?Z)?")


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[bytes]:
    """Give the card of each resource, texts in the file's language where they exist in it."""
    for resource in resources:
        yield card(resource, reference)


def files(resources: Iterable[Resource], reference: Reference) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give a file for each card, as the folders of khard and vdirsyncer hold them."""
    for resource in resources:
        yield f"{anchor_name(resource.id)}.vcf", [card(resource, reference)]


def card(resource: Resource, reference: Reference) -> bytes:
    """Give the card of a resource, in the version that is asked for."""
    return b"".join(map(fold, _lines_of_4(resource, reference) if reference.card_version == "4.0" else _lines_of_3(resource, reference)))


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


def _lines_of_3(resource: Resource, reference: Reference) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"UID:urn:uuid:{identifier_of(resource)}")
    # An organisation, as Apple's address book and Nextcloud say it, and khard; it has no name of a person.
    yield from (f"FN:{_part(_name(resource))}", "N:;;;;", f"ORG:{_part(_name(resource))}", "X-ABShowAs:COMPANY", "X-KIND:org")
    yield from _names(resource, _part)
    yield from _phones(resource)
    if resource.email:
        yield f"EMAIL;TYPE=internet,work:{_part(resource.email)}"
    yield from _site_and_addresses(resource, reference)
    point = _point(resource, reference)
    if point:
        yield f"GEO:{point[0]};{point[1]}"
    yield f"CATEGORIES:{','.join(map(_part, _labels(resource, reference)))}"
    languages = reference.words.terms("languages", resource.languages) or _("unknown, ask")
    spoken = _("{label}: {value}").format(label=_("Languages"), value=one_line(languages))
    said = [text.text for text in _notes(resource, reference)]
    yield f"NOTE:{_escaped(chr(10).join([*said[:-1], spoken, said[-1]]))}"
    yield from (*_revision(resource), "END:VCARD")


def _lines_of_4(resource: Resource, reference: Reference) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"UID:urn:uuid:{identifier_of(resource)}")
    yield from (f"FN:{_text(one_line(_name(resource)))}", f"ORG:{_part(_name(resource))}")
    yield from _names(resource, lambda name: _text(one_line(name)))
    yield from (f"LANG:{code}" for code in resource.languages if code in LANGUAGES)
    yield from _phones(resource, uri=True)
    if resource.email:
        yield f"EMAIL;TYPE=work:{_text(one_line(resource.email))}"
    yield from _site_and_addresses(resource, reference)
    point = _point(resource, reference)
    if point:
        yield f"GEO:geo:{point[0]},{point[1]}"
    yield f"CATEGORIES:{','.join(_text(one_line(label)) for label in _labels(resource, reference))}"
    yield from (f"NOTE;LANGUAGE={said.language or reference.language}:{_text(said.text)}" for said in _notes(resource, reference))
    yield from (*_revision(resource), "END:VCARD")


def _name(resource: Resource) -> str:
    """Give the name as a list of contacts shows it: of what is closed, with that behind it."""
    return f"{resource.name} ({_('closed')})" if resource.status == "closed" else resource.name


def _names(resource: Resource, written: Callable[[str], str]) -> Iterator[str]:
    if resource.alternate_names:
        yield f"NICKNAME:{','.join(map(written, resource.alternate_names))}"


def _phones(resource: Resource, *, uri: bool = False) -> Iterator[str]:
    """Give the numbers that can be dialled, then the faxes; the first of several to dial is the one to call.

    What is closed has none: nobody there answers any more. In 4.0 a number is a `tel:` address, a short one with the country in which it is dialled (RFC 3966 §5.1.5).
    """
    if resource.status == "closed":
        return
    dialled, faxes = ([phone for phone in phones if phone_link(phone.number)] for phones in (resource.dialled, resource.faxes))
    for position, phone in enumerate([*dialled, *faxes], 1):
        group = f"ht{position}." if phone.label else ""  # the label of a number is a property of the same group, RFC 9555 §2.3
        takes = "fax" if phone.is_fax else "voice"
        first = position == 1 < len(dialled)
        preferred = (";PREF=1" if uri else ",pref") if first else ""
        kind, value = (";VALUE=uri", f"{phone_link(phone.number)}{_context(phone.number)}") if uri else ("", phone.number)
        yield f"{group}TEL{kind};TYPE={takes},work{preferred}:{value}"
        if phone.label:
            yield f"{group}X-ABLabel:{_part(marked(*reader_text(phone.label)))}"


def _context(number: str) -> str:
    """Give where a number is dialled as it stands: nothing for one that is the same in every country."""
    return "" if number.startswith("+") else ";phone-context=+32"


def _site_and_addresses(resource: Resource, reference: Reference) -> Iterator[str]:
    if web_link(resource.url):
        yield f"URL:{web_link(resource.url)}"
    for address in _public(resource):
        # The seven parts of RFC 6350 §6.3.1; post-office box, extension and region are not known apart.
        parts = ("", "", address.street, _town(address, reference), "", address.postcode, _("Belgium"))
        # Without a type, most address books call it somebody's home.
        yield f"ADR;TYPE=work:{';'.join(map(_part, parts))}"


def _public(resource: Resource) -> list[Address]:
    return [address for address in resource.addresses if not address.confidential]


def _town(address: Address, reference: Reference) -> str:
    """Give the locality, else the municipality in the language of the file."""
    home = reference.homes.get(address.nis)
    return address.locality or (home.names.get(reference.language, home.name) if home else "")


def _point(resource: Resource, reference: Reference) -> tuple[str, str] | None:
    """Give one point only, that of the first address with one, and no finer than its municipality."""
    home = next((reference.homes[address.nis] for address in _public(resource) if address.nis in reference.homes), None)
    return (f"{home.latitude:.4f}", f"{home.longitude:.4f}") if home else None


def _labels(resource: Resource, reference: Reference) -> Iterable[str]:
    words = reference.words
    terms = [(kind, term) for kind in ("needs", "offers") for term in getattr(resource, kind)]
    return dict.fromkeys([words.term("kinds", resource.kind), *(words.term(kind, term) for kind, term in terms)])


def _notes(resource: Resource, reference: Reference) -> Iterator[Text]:
    """Give the description, the hours, and what must be known before one calls, each in its language; of what is closed that it is, first."""
    closed = resource.status == "closed"
    if closed:
        yield Text(_closing(resource))
    text, other = description(resource)
    if text:
        yield Text(clean_lines(text), language=other)
    yield from () if closed else _hours(resource)
    credits = [licence(), *([points()] if _point(resource, reference) else [])]
    yield Text(
        "\n".join((*(() if closed else notices(resource)), one_line(freshness(resource)), *(one_line(credit.text) for credit in credits)))
    )


def _closing(resource: Resource) -> str:
    """Say since when and why it is closed, and what is there in its stead, as far as that is known."""
    followed = f"→ {resource.successor}" if resource.successor else ""
    since = day_text(resource.closed_on) if resource.closed_on else ""
    return " · ".join(filter(None, (_("closed"), since, one_line(resource.closed_reason), followed)))


def _revision(resource: Resource) -> Iterator[str]:
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


def _escaped(text: str) -> str:
    """Escape `;` too, as a text of 3.0 wants it (RFC 2426 §5), and a part of a value that has several (RFC 6350 §3.4)."""
    return _text(text).replace(";", "\\;")


def _part(text: str) -> str:
    return _escaped(one_line(text))
