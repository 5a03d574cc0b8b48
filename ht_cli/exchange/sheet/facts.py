"""What a sheet says of each resource, in the words of the client's language: shared by every format of it.

Texts of the catalogue are made harmless and short here: one line each, no control or bidi character, cut with
an ellipsis where a page has no room. Escaping for a format is the work of that format.
"""

import re
from collections.abc import Iterator, Sequence

from ht_cli.dates import day_text
from ht_cli.exchange.safety import mail_link, one_line, phone_link, web_link
from ht_cli.exchange.sheet.contents import FirstWords, Number, SheetEntry, SheetLine, SheetPage, SheetText, Texts
from ht_cli.hours.weekly import weekly_text
from ht_cli.hours_wording import hours_said
from ht_cli.locale import languages, translate_into
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import LANGUAGES, Address, Resource, Spoken
from ht_cli.wording import Words, cost, description, listed, marked, reader_text, site, yes_no

NAME_LENGTH, TEXT_LENGTH, LABEL_LENGTH = 120, 420, 100  # characters
CODE_LENGTH = 300  # characters of a site beyond which a QR code is too fine for a camera
MOST_NUMBERS, MOST_ADDRESSES = 4, 3
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-öø-ÿ])")
_ABBREVIATED = re.compile(r"(?:^|[\s(.])(?:[A-ZÀ-Þ][a-zà-ÿ]{0,2}|ex|p|z|d|bzw|bijv|av|bd)\.$")


def make_page(resources: Sequence[Resource], lines: Sequence[Resource], words: Words) -> SheetPage:
    """Say resources and the urgent lines in the reader's language."""
    names = {code: words.term("languages", code) for code in LANGUAGES}
    return SheetPage(
        languages()[0],
        names,
        tuple(_entry(r, words) for r in resources),
        tuple(_line(r) for r in lines if r.dialled and phone_link(r.dialled[0].number)),
    )


def shortened(text: str, length: int) -> str:
    """Give clean text in one line of at most so many characters."""
    said = one_line(text)
    if len(said) <= length:
        return said
    cut = said[:length]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(",;: ") + "…"


def first_sentences(text: str, count: int = 2) -> str:
    """Give the first sentences of a text; a point after a short word (St. Vith) ends none."""
    sentences: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if sentences and _ABBREVIATED.search(sentences[-1]):
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return " ".join(sentences[:count])


def _entry(resource: Resource, words: Words) -> SheetEntry:
    text, other = description(resource)
    url = web_link(resource.url)
    phones = [phone for phone in resource.dialled if phone_link(phone.number)][:MOST_NUMBERS]
    answered = [_hours(phone.hours, phone.hours_osm) for phone in phones]
    alike = len(set(answered)) == 1
    numbers = tuple(
        Number(
            shortened(phone.national or phone.number, 30),
            phone_link(phone.number),
            shortened(marked(*reader_text(phone.label)), LABEL_LENGTH),
            () if alike else hours,
        )
        for phone, hours in zip(phones, answered, strict=True)
    )
    opening = _hours(resource.hours, resource.hours_osm)
    when = answered[0] if alike else ()
    facts = [
        (_("When they answer"), when if when or not phones or opening or not alike else _plain(_("unknown, ask"))),
        (_("Hours"), opening if opening != when else ()),
        *_where(resource, words),
        (_("Cost"), _plain(cost(resource, words))),
        (_("Languages"), _plain(_spoken(resource, words))),
        (_("Referral needed"), _plain(yes_no(resource.referral_needed))),
    ]
    return SheetEntry(
        name=shortened(resource.name, NAME_LENGTH),
        about=SheetText(shortened(first_sentences(text), TEXT_LENGTH), other),
        numbers=numbers,
        hours=when or opening,
        email=resource.email if mail_link(resource.email) else "",
        url=url,
        site=site(one_line(resource.url)) if url else "",
        place=next((_place(address, words) for address in resource.addresses if not address.confidential), ""),
        facts=tuple((label, value) for label, value in facts if value),
        phrase=_phrase(resource),
        dates=_dates(resource),
        warning=_warning(resource),
        code=numbers[0].link if numbers else url if len(url) <= CODE_LENGTH else "",
    )


def _plain(text: str) -> Texts:
    return (SheetText(shortened(text, TEXT_LENGTH)),) if text.strip() else ()


def _hours(written: Spoken, osm: str) -> Texts:
    """Give hours in the reader's words where there are any, else in those of another language."""
    text, other = hours_said(written, osm)
    return (SheetText(shortened(text, TEXT_LENGTH), other),) if text else ()


def _where(resource: Resource, words: Words) -> Iterator[tuple[str, Texts]]:
    """Give the addresses that may be shown, the municipality where no street is known, else whom it serves."""
    if not resource.addresses:
        yield _("Serves"), _plain(words.service_area(resource))
        yield _("Channels"), _plain(words.terms("channels", resource.channels))
        return
    shown = [address for address in resource.addresses if not address.confidential]
    said = [SheetText(_place(address, words)) for address in shown[:MOST_ADDRESSES]]
    if len(shown) > MOST_ADDRESSES:
        left = len(shown) - MOST_ADDRESSES
        said.append(SheetText(_n("and {count} more", "and {count} more", left).format(count=left)))
    if len(shown) < len(resource.addresses):
        said.append(SheetText(_("the address is kept confidential: ask for it when you call")))
    yield _("Where"), tuple(said)


def _place(address: Address, words: Words) -> str:
    town = f"{address.postcode} {address.locality or words.area(f'nis:{address.nis}')}".strip()
    said = f"{address.street}, {town}" if address.street else _("{town} (ask for the street)").format(town=town)
    return shortened(said, NAME_LENGTH)


def _spoken(resource: Resource, words: Words) -> str:
    if not resource.languages:
        return _("unknown, ask")
    said = words.terms("languages", resource.languages)
    if languages()[0] in resource.languages:
        return said
    yours = words.term("languages", languages()[0])
    return _("{languages} (as far as is known, no {yours}: somebody can call with you)").format(languages=said, yours=yours)


def _phrase(resource: Resource) -> FirstWords | None:
    """Give the first words in the client's language where it is spoken there or nothing is known, else in theirs."""
    if resource.dialled:
        label, words = _("What you can say"), LISTENING if resource.kind == "helpline" else CALLING
    elif resource.email:
        label, words = _("What you can write"), WRITING
    else:
        return None
    spoken = [language for language in resource.languages if language in LANGUAGES]
    if not spoken or languages()[0] in spoken:
        return FirstWords(label, SheetText(_(words)))
    return FirstWords(label, SheetText(translate_into(spoken[0], words), spoken[0]), _(words))


LISTENING = _help("Hello, I was advised to call you. I would like to talk to somebody. Do you have a moment for me?")
CALLING = _help(
    "Hello, I was advised to call you. I am looking for help. Could you tell me what you can do and how to make an appointment?"
)
WRITING = _help(
    "Hello, I was advised to write to you. I am looking for help. Could you tell me what you can do and how to make an appointment?"
)


def _dates(resource: Resource) -> str:
    """Say the three dates, each under its own name: a person's check, the last edit, the source."""
    dates = [
        (_("Facts checked by a person"), _checks(resource)),
        (_("Changed in this list"), _date(resource.changed_on)),
        (_("Source date"), _date(resource.source_date) or _("unknown")),
    ]
    return ". ".join(_("{label}: {value}").format(label=label, value=value) for label, value in dates if value) + "."


def _checks(resource: Resource) -> str:
    """Say when a person checked the whole, how, and which facts were checked apart."""
    how = {"phone": _("by phone"), "mail": _("by mail"), "site": _("on their site"), "visit": _("on a visit")}
    fields = {
        "phones": _("Phone"), "email": _("E-mail"), "url": _("Site"), "addresses": _("Address"), "hours": _("Hours"),
        "languages": _("Languages"), "cost": _("Cost"), "referral_needed": _("Referral needed"),
    }  # fmt: skip
    apart = [_("{field} on {date}").format(field=fields[c.field], date=_date(c.on)) for c in resource.fact_checks if c.field in fields]
    if resource.checked_on:
        return ", ".join(filter(None, (_date(resource.checked_on), how.get(resource.checked_how), *apart)))
    return _("not as a whole, but {parts}").format(parts=listed(apart)) if apart else _("never")


def _date(iso: str) -> str:
    return shortened(day_text(iso), 20)


def _warning(resource: Resource) -> str:
    if not resource._replace(phones=resource.dialled).reachable:
        return _("No way to reach them is known: ask whoever gave you this sheet.")
    return {
        "unreachable": _("They could not be reached when we tried: if nobody answers, ask who else can help."),
        "unverified": _("Little is known of this one: ask before you go there."),
    }.get(resource.status, "")


def _line(resource: Resource) -> SheetLine:
    phone = resource.dialled[0]
    national = phone.national or phone.number
    name = shortened(resource.name, NAME_LENGTH)
    name = re.sub(rf"^{re.escape(national)}[\s–-]+|[\s–-]+{re.escape(national)}\b", "", name).strip()
    if phone.number == "112":
        name = _("ambulance and fire brigade")
    hours = weekly_text(phone.hours_osm or resource.hours_osm)
    return SheetLine(national, phone_link(phone.number), name, hours or _("hours: ask"))
