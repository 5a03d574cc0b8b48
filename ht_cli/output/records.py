"""Lines of "Label: value", for screen readers and narrow windows: no boxes, no colour, nothing cut."""

from collections.abc import Iterator, Sequence

from ht_cli.dates import day_text
from ht_cli.hours_wording import hours_said, hours_text, opening_text, told_by_numbers, ways_text
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Openings, Phone, Resource
from ht_cli.output.confidential import shows_confidential
from ht_cli.output.in_words import check_lines, way_of_check
from ht_cli.output.terminal import width, wrapped
from ht_cli.wording import (
    Words,
    ages,
    cost,
    description,
    for_whom,
    freshness,
    marked,
    phone_text,
    reader_text,
    status,
    ways_to_reach,
    yes_no,
)

Lines = Iterator[str]
LISTS = ("directory", "platform")  # kinds that are read, and that nobody thinks to call


def labelled(label: str, value: str) -> Lines:
    """Give one field, wrapped to the window, continued lines set in; nothing when it is empty."""
    if value:
        text = _("{label}: {value}").format(label=label, value=value)
        yield from (f"{line}\n" for line in wrapped(text, max(width(), 20), then="  "))


def hit_records(hits: Sequence[Hit], words: Words, *, apart: bool = False) -> Lines:
    """Give results one after another, each numbered; `apart` sets those whose hours are unknown under a heading."""
    headed = not apart
    for number, hit in enumerate(hits, 1):
        resource = hit.resource
        if not headed and hit.openings and hit.openings.best.state == "unknown":
            headed = True
            yield _("Hours unknown, ask first:") + "\n\n"
        yield _("Result {number} of {count}").format(number=number, count=len(hits)) + "\n"
        yield from labelled(_("Name"), resource.name)
        yield from labelled(_("Kind"), words.term("kinds", resource.kind))
        yield from labelled(_("Contact"), ", ".join(ways_to_reach(resource)))
        if hit.openings:
            yield from labelled(_("Hours"), " · ".join(ways_text(resource, hit.openings)))
        else:
            yield from labelled(_("Hours"), marked(*hours_said(resource.hours, resource.hours_osm)))
        yield from _whom(resource, words)
        yield from labelled(_("Why"), " · ".join([*words.reasons(hit), *words.reach(hit)]))
        yield from labelled(_("Freshness"), freshness(resource))
        yield from labelled(_("More"), f"ht show {resource.id}")
        yield "\n"


def card(resource: Resource, words: Words, openings: Openings | None = None, *, notes: bool = False) -> Lines:
    """Give everything known of one resource, in the order in which a caller asks for it; with `openings` whether it answers.

    How to reach it, for whom and where it is, what it costs and takes, what it does; last how sure all this is, and `notes` for
    those who keep it.
    """
    from ht_cli.output.told import told  # not wanted in a list of results, which is told so already

    resource = told(resource)
    yield from (f"{line}\n" for line in wrapped(resource.name, max(width(), 20)))
    if resource.status != "active":
        yield from labelled(_("Status"), _status(resource))
    yield from _contact(resource, openings)
    yield from labelled(_("Kind"), words.term("kinds", resource.kind))
    yield from _whom(resource, words)
    yield from labelled(_("Serves"), words.service_area(resource))
    yield from labelled(_("About the area"), marked(*reader_text(resource.area_note)))
    yield from labelled(_("Cost"), cost(resource, words))
    yield from labelled(_("Referral needed"), yes_no(resource.referral_needed))
    yield from labelled(_("Languages"), words.terms("languages", resource.languages))
    yield from labelled(_("Channels"), words.terms("channels", resource.channels))
    yield from labelled(_("Needs"), words.terms("needs", resource.needs) or _("any need"))
    yield from labelled(_("Offers"), words.terms("offers", resource.offers))
    text, other = description(resource)
    yield from labelled(_("Description"), f"{text} ({words.term('languages', other)})" if other else text)
    yield from labelled(_("Also called"), ", ".join(resource.alternate_names))
    yield from _provenance(resource)
    yield from labelled(_("Notes"), resource.notes if notes else "")


def contact(resource: Resource) -> Lines:
    """Give the name of a resource and how to reach it, for who has read the card and is to call."""
    yield from (f"{line}\n" for line in wrapped(resource.name, max(width(), 20)))
    yield from _contact(resource, None)


def _status(resource: Resource) -> str:
    return status(resource) + (f" → {resource.successor}" if resource.successor else "")


def _whom(resource: Resource, words: Words) -> Lines:
    label, who = for_whom(resource, words)
    yield from labelled(label.capitalize(), who)
    if resource.professionals_only:
        yield from labelled(_("Note"), _("for professionals only"))
    yield from labelled(_("Ages"), ages(resource))


def _contact(resource: Resource, openings: Openings | None) -> Lines:
    for position, phone in sorted(enumerate(resource.phones), key=lambda numbered: numbered[1].is_fax):
        hours = marked(*hours_said(phone.hours, phone.hours_osm))
        said = [phone_text(phone)]
        if openings and not phone.is_fax:
            opening = openings.phones[position]
            said.append(opening_text(opening, openings.moment) if _own_hours(phone) or openings.place else "")
            hours = hours_text(hours, opening)
        yield from labelled(_("Fax") if phone.is_fax else _("Phone"), " · ".join(filter(None, (*said, hours))))
    if resource.reachable and not resource.dialled and resource.kind not in LISTS:
        yield from labelled(_("Phone"), _("no number known"))
    yield from labelled(_("Hours"), _hours(resource, openings))
    yield from labelled(_("E-mail"), resource.email)
    yield from labelled(_("Site"), resource.url)
    if not resource.reachable:
        yield from labelled(_("Contact"), ", ".join(ways_to_reach(resource)))
    for address in resource.addresses:
        if address.confidential and not shows_confidential():
            yield from labelled(_("Address"), _("kept confidential"))
        else:
            yield from labelled(_("Address"), ", ".join(filter(None, (address.street, f"{address.postcode} {address.locality}".strip()))))


def _hours(resource: Resource, openings: Openings | None) -> str:
    """Say the hours of the resource in words, and what they mean now where no number has said it.

    Nothing where it has none of its own and its numbers have: that they are unknown would be wrong. Nothing either where one can
    only call, and each of its numbers says the same hours.
    """
    if not resource.hours and not resource.hours_osm:
        return "" if any(map(_own_hours, resource.phones)) else _("unknown, ask")
    hours = marked(*hours_said(resource.hours, resource.hours_osm))
    said = {marked(*hours_said(phone.hours, phone.hours_osm)) for phone in resource.dialled}
    if said == {hours} and not resource.addresses:
        return ""
    if not openings or not openings.place:
        return hours
    now = opening_text(openings.place, openings.moment)
    repeated = now in [opening_text(opening, openings.moment) for opening in openings.phones]
    told = hours and (repeated or told_by_numbers(resource, openings))
    return " · ".join(filter(None, (hours, "" if told else now)))


def _own_hours(phone: Phone) -> bool:
    return bool(phone.hours or phone.hours_osm)


def _provenance(resource: Resource) -> Lines:
    how = f" ({way_of_check(resource.checked_how)})" if resource.checked_how else ""
    whole = f"{day_text(resource.checked_on)}{how}" if resource.checked_on else ""
    yield from labelled(_("Checked"), whole or ("" if resource.fact_checks else _("never checked")))
    for said in check_lines([{**check._asdict(), "by": ""} for check in resource.fact_checks]):  # whose it was stands in the history
        yield from labelled(_("Checked"), said)
    yield from labelled(_("Changed"), day_text(resource.changed_on))
    yield from labelled(_("Source date"), day_text(resource.source_date) or _("unknown"))
    yield from labelled(_("Confidence"), {"high": _("high"), "medium": _("medium"), "low": _("low")}[resource.confidence])
    for source in resource.sources:
        yield from labelled(_("Source"), source.url)
    yield from labelled(_("Id"), resource.id)
