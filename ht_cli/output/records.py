"""Lines of "Label: value", for screen readers and narrow windows: no boxes, no colour, nothing cut."""

import textwrap
from collections.abc import Iterator, Sequence

from ht_cli.locale import translate as _
from ht_cli.model import Hit, Resource
from ht_cli.output.terminal import width
from ht_cli.wording import Words, ages, contacts, cost, description, for_whom, freshness, phone_text, status, yes_no

Lines = Iterator[str]


def labelled(label: str, value: str) -> Lines:
    """Give one field, wrapped to the window, continued lines set in; nothing when it is empty."""
    if value:
        text = _("{label}: {value}").format(label=label, value=value)
        yield from (
            line + "\n"
            for line in textwrap.wrap(text, max(width(), 20), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        )


def hit_records(hits: Sequence[Hit], words: Words) -> Lines:
    """Give results one after another, each numbered."""
    for number, hit in enumerate(hits, 1):
        resource = hit.resource
        yield _("Result {number} of {count}").format(number=number, count=len(hits)) + "\n"
        yield from labelled(_("Name"), resource.name)
        yield from labelled(_("Kind"), words.term("kinds", resource.kind))
        yield from labelled(_("Contact"), ", ".join(contacts(resource)) or _("no contact known"))
        yield from labelled(_("Hours"), resource.hours)
        yield from labelled(_("Why"), words.reasons(hit))
        yield from labelled(_("Freshness"), freshness(resource))
        yield from labelled(_("More"), f"ht show {resource.id}")
        yield "\n"


def card(resource: Resource, words: Words) -> Lines:
    """Give everything known of one resource."""
    text, other = description(resource)
    yield f"{resource.name}\n"
    if resource.status != "active":
        yield from labelled(_("Status"), _status(resource))
    yield from labelled(_("Kind"), words.term("kinds", resource.kind))
    yield from labelled(_("Description"), f"{text} ({words.term('languages', other)})" if other else text)
    yield from labelled(_("Also called"), ", ".join(resource.alternate_names))
    yield from _eligibility(resource, words)
    yield from _contact(resource)
    yield from labelled(_("Serves"), words.service_area(resource))
    yield from labelled(_("About the area"), resource.area_note)
    yield from labelled(_("Cost"), cost(resource, words))
    yield from labelled(_("Referral needed"), yes_no(resource.referral_needed))
    yield from labelled(_("Languages"), words.terms("languages", resource.languages))
    yield from labelled(_("Channels"), words.terms("channels", resource.channels))
    yield from _provenance(resource)


def _status(resource: Resource) -> str:
    return status(resource) + (f" → {resource.successor}" if resource.successor else "")


def _eligibility(resource: Resource, words: Words) -> Lines:
    label, who = for_whom(resource, words)
    yield from labelled(label.capitalize(), who)
    if resource.professionals_only:
        yield from labelled(_("Note"), _("for professionals only"))
    yield from labelled(_("Ages"), ages(resource))
    yield from labelled(_("Needs"), words.terms("needs", resource.needs) or _("any need"))
    yield from labelled(_("Offers"), words.terms("offers", resource.offers))


def _contact(resource: Resource) -> Lines:
    for phone in resource.phones:
        yield from labelled(_("Phone"), phone_text(phone) + (f", {phone.hours}" if phone.hours else ""))
    yield from labelled(_("E-mail"), resource.email)
    yield from labelled(_("Site"), resource.url)
    if not resource.reachable:
        yield from labelled(_("Contact"), _("no contact known"))
    for address in resource.addresses:
        if address.confidential:
            yield from labelled(_("Address"), _("kept confidential"))
        else:
            yield from labelled(_("Address"), ", ".join(filter(None, (address.street, f"{address.postcode} {address.locality}".strip()))))
    yield from labelled(_("Hours"), resource.hours or _("unknown: ask"))


def _provenance(resource: Resource) -> Lines:
    yield from labelled(_("Checked"), f"{resource.checked_on} ({resource.checked_how})" if resource.checked_on else _("never checked"))
    for check in resource.fact_checks:
        yield from labelled(_("Checked"), f"{check.field}, {check.on} ({check.how})")
    yield from labelled(_("Changed"), resource.changed_on)
    yield from labelled(_("Source date"), resource.source_date or _("unknown"))
    yield from labelled(_("Confidence"), {"high": _("high"), "medium": _("medium"), "low": _("low")}[resource.confidence])
    for source in resource.sources:
        yield from labelled(_("Source"), source.url)
    yield from labelled(_("Notes"), resource.notes)
    yield from labelled(_("Id"), resource.id)
