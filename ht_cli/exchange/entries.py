"""What a directory for people says of one resource, whatever it is written in: markup is for those who write it."""

import re
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import clean_lines, mail_link, one_line, phone_link, web_link
from ht_cli.exchange.typography import held
from ht_cli.hours_wording import hours_said
from ht_cli.locale import translate as _
from ht_cli.model import Address, Phone, Resource, Spoken
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words, ages, cost, description, for_whom, freshness, reader_text, site, status, ways_to_reach, yes_no

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")


class Text(NamedTuple):
    """A stretch of text, the address it leads to, and its language where that is not the file's."""

    text: str
    link: str = ""
    language: str = ""


class Fact(NamedTuple):
    """A label and what is known: lines of stretches."""

    label: str
    lines: tuple[tuple[Text, ...], ...]


class Entry(NamedTuple):
    """All that is said of one resource; `anchor` is where links to it lead, `where` the towns it is in."""

    anchor: str
    name: str
    where: str
    notices: tuple[str, ...]
    about: tuple[Text, ...]
    contacts: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    freshness: str


def identifier_of(resource: Resource) -> str:
    """Give the UUID (version 5) of a resource, the same in every export."""
    return _uuid(resource.id)


def anchor_of(resource: Resource) -> str:
    """Give the name of the place in the file where a resource is described."""
    return f"r-{anchor_name(resource.id)}"


def anchor_name(identifier: str) -> str:
    """Give an id that may stand in a link as it is; one that may not gives a UUID."""
    return identifier if _PLAIN.fullmatch(identifier) else _uuid(identifier)


def _uuid(identifier: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"ht:resource/{one_line(identifier)}"))


def entry_of(resource: Resource, reference: Reference) -> Entry:
    """Give all that a directory says of a resource, in the language of the file where it is known in it."""
    return Entry(
        anchor_of(resource),
        one_line(resource.name),
        where(resource),
        notices(resource),
        about(resource, reference.words),
        tuple(_contacts(resource)),
        tuple(_facts(resource, reference)),
        one_line(freshness(resource)),
    )


def where(resource: Resource) -> str:
    """Name the towns of a resource's addresses, none that is confidential."""
    towns = dict.fromkeys(one_line(a.locality) for a in resource.addresses if not a.confidential and a.locality.strip())
    return ", ".join(towns)


def notices(resource: Resource) -> tuple[str, ...]:
    """Say what must be known before one calls: closed, little known, for professionals only."""
    return tuple(filter(None, (status(resource), _("for professionals only") if resource.professionals_only else "")))


def about(resource: Resource, words: Words) -> tuple[Text, ...]:
    """Give the description, one stretch a paragraph, and the name of its language where that is another."""
    text, language = description(resource)
    paragraphs = [Text(one_line(line), language=language) for line in clean_lines(text).split("\n") if line.strip()]
    return (*paragraphs, Text(f"({words.term('languages', language)})")) if paragraphs and language else tuple(paragraphs)


def hours(written: Spoken, opening_hours: str = "") -> Text:
    """Say opening hours in the reader's language where that is known."""
    return _in_its_language(*hours_said(written, opening_hours))


def _in_its_language(text: str, other: str) -> Text:
    """Give a text with its language, where that is not the file's."""
    return Text(held(one_line(text)), language=other)


def phone(number: Phone) -> tuple[Text, ...]:
    """Say a number, its label, and when it answers; one that can be dialled leads to that."""
    said = [Text(one_line(number.national or number.number), "" if number.is_fax else phone_link(number.number))]
    if number.label:
        label, other = reader_text(number.label)
        said.append(Text(f"({one_line(label)})", language=other))
    if number.hours or number.hours_osm:
        said.append(hours(number.hours, number.hours_osm))
    return tuple(said)


def _contacts(resource: Resource) -> Iterator[Fact]:
    for label, numbers in ((_("Phone"), resource.dialled), (_("Fax"), resource.faxes)):
        if numbers:
            yield Fact(label, tuple(map(phone, numbers)))
    if resource.email:
        yield _fact(_("E-mail"), Text(one_line(resource.email), mail_link(resource.email)))
    if resource.url:
        yield _fact(_("Site"), Text(one_line(site(resource.url)), web_link(resource.url)))
    addresses = [(Text(said),) for said in map(_address, resource.addresses) if said]
    if addresses:
        yield Fact(_("Address"), tuple(addresses))
    if not resource.reachable:
        yield _fact(_("Contact"), Text(", ".join(ways_to_reach(resource))))


def _address(address: Address) -> str:
    if address.confidential:
        return _("kept confidential")
    return ", ".join(filter(None, map(one_line, (address.street, f"{address.postcode} {address.locality}"))))


def _facts(resource: Resource, reference: Reference) -> Iterator[Fact]:
    words = reference.words
    open_at = hours(resource.hours, resource.hours_osm) if resource.hours or resource.hours_osm else Text(_("unknown, ask"))
    label, audiences = for_whom(resource, words)
    said = [
        (_("Hours"), open_at),
        (label[:1].upper() + label[1:], Text(audiences)),
        (_("Ages"), Text(ages(resource))),
        (_("Needs"), Text(words.terms("needs", resource.needs) or _("any need"))),
        (_("Offers"), Text(words.terms("offers", resource.offers))),
        (_("Cost"), Text(cost(resource, words))),
        (_("Referral needed"), Text(yes_no(resource.referral_needed))),
        (_("Languages"), Text(words.terms("languages", resource.languages) or _("unknown, ask"))),
        (_("Channels"), Text(words.terms("channels", resource.channels))),
        (_("Serves"), Text(", ".join(map(words.area, resource.areas)))),
        (_("About the area"), _in_its_language(*reader_text(resource.area_note))),
        (_("Also called"), Text(", ".join(resource.alternate_names))),
    ]
    yield from (_fact(label, text._replace(text=one_line(text.text))) for label, text in said if text.text.strip())


def _fact(label: str, text: Text) -> Fact:
    return Fact(label, ((text,),))
