"""Says the facts of a resource in the reader's words: kinds, reasons, areas, freshness, contacts."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Municipality, Phone, Resource

SHOWN_AREAS = 6  # municipalities named before "and 12 more"
HANDY = 24  # characters up to which a mail address is short enough to stand beside a name
_KEPT = "\n\t"


class Words(NamedTuple):
    """The labels of terms by (kind, id) and the names of areas by code, in the reader's language."""

    labels: Mapping[tuple[str, str], str] = {}
    areas: Mapping[str, str] = {}

    def term(self, kind: str, identifier: str) -> str:
        """Say a term."""
        return self.labels.get((kind, identifier), identifier)

    def terms(self, kind: str, identifiers: Sequence[str]) -> str:
        """Say several terms, with commas."""
        return ", ".join(self.term(kind, identifier) for identifier in identifiers)

    def area(self, code: str) -> str:
        """Say an area: Liège, the province of Liège, Wallonia, the whole of Belgium."""
        kind, _mark, slug = code.partition(":")
        if kind == "nis":
            return self.areas.get(code, slug)
        if kind == "province":
            return _("province of {name}").format(name=self.areas.get(code, slug))
        return {
            "country:be": _("all of Belgium"),
            "region:brussels": _("Brussels-Capital Region"),
            "region:wallonia": _("Wallonia"),
            "region:flanders": _("Flanders"),
            "community:fr": _("French-speaking Belgium"),
            "community:nl": _("Dutch-speaking Belgium"),
            "community:de": _("German-speaking Belgium"),
        }.get(code, slug)

    def service_area(self, resource: Resource) -> str:
        """Say whom a resource serves, a long list of municipalities cut with its count."""
        named = [self.area(code) for code in resource.areas]
        if len(named) <= SHOWN_AREAS + 1:
            return ", ".join(named)
        return _("{names} and {count} more").format(names=", ".join(named[:SHOWN_AREAS]), count=len(named) - SHOWN_AREAS)

    def reasons(self, hit: Hit) -> list[str]:
        """Say why a resource is among the results: its name, a need, the place whose network it is."""
        return [said for code in hit.why if not code.startswith("area:") and (said := self._reason(code))]

    def reach(self, hit: Hit) -> list[str]:
        """Say how near a result comes to who asks: its language where that is another, how far it is, that nobody can be reached, whom it serves."""
        said = [self.other_language(hit)] if self.other_language(hit) else []
        if hit.distance_km is not None:
            said.append(_("{km} km").format(km=round(hit.distance_km)) if hit.distance_km >= 1 else _("in town"))
        if not hit.resource.reachable:
            said.append(_("no contact known"))
        return said + [self._reason(code) for code in hit.why if code.startswith("area:")]

    def other_language(self, hit: Hit) -> str:
        """Say in which languages alone a result helps, where whoever asks speaks another one."""
        return (
            _("in {languages} only").format(languages=self.terms("languages", hit.resource.languages))
            if "other-language" in hit.why
            else ""
        )

    def _reason(self, code: str) -> str:
        kind, _mark, value = code.partition(":")
        if kind == "need":
            return self.term("needs", value)
        if kind == "heard":
            return _("heard: {need}").format(need=self.term("needs", value))
        if kind == "related":
            return _("close to it: {need}").format(need=self.term("needs", value))
        if kind == "area":
            return _("serves {area}").format(area=self.area(value))
        return {"network": _("network of this place"), "name": _("name"), "any": _("takes any need")}.get(kind, "")


def freshness(resource: Resource) -> str:
    """Say how fresh the facts are: a person's check, else the year of the source and that nobody checked."""
    if resource.checked_on:
        return _("checked on {date}").format(date=resource.checked_on)
    if resource.source_date:
        return _("source of {year}, never checked").format(year=resource.source_date[:4])
    return _("undated source, never checked")


def source_years(resources: Sequence[Resource]) -> str:
    """Say of which years the sources of several resources are, and whether some bear no date."""
    years = sorted({resource.source_date[:4] for resource in resources if resource.source_date})
    if not years:
        return _("undated sources")
    said = (_("sources of {first}") if years[0] == years[-1] else _("sources of {first} to {last}")).format(first=years[0], last=years[-1])
    return said if all(resource.source_date for resource in resources) else _("{sources}, some undated").format(sources=said)


def phone_text(phone: Phone) -> str:
    """Say a number with its label: 04 342 12 12 (accueil)."""
    number = phone.national or phone.number
    return f"{number} ({phone.label})" if phone.label else number


def contacts(resource: Resource) -> list[str]:
    """Give the ways to reach a resource, phones first; the address where there is nothing else."""
    found = [*(phone_text(phone) for phone in resource.phones), *filter(None, (resource.email, site(resource.url)))]
    return found or [f"{a.street}, {f'{a.postcode} {a.locality}'.strip()}" for a in resource.public_addresses]


def handiest_contact(resource: Resource) -> str:
    """Give what one types to reach a resource without a number: its mail, or the site without a path; else that there is none."""
    if resource.email and len(resource.email) <= HANDY:
        return resource.email
    typed = site(resource.url).partition("/")[0] or resource.email
    return typed or (_("no number known") if resource.reachable else _("no contact known"))


def site(url: str) -> str:
    """Shorten a site for the screen: without its scheme and last slash."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def description(resource: Resource) -> tuple[str, str]:
    """Give the text in the first of the reader's languages that has one, and that language when it is another."""
    for language in languages():
        if language in resource.descriptions:
            return resource.descriptions[language], "" if language == languages()[0] else language
    return "", ""


def yes_no(value: bool | None) -> str:
    """Say yes, no, or that it is not known."""
    return _("unknown: ask") if value is None else _("yes") if value else _("no")


def border(home: Municipality) -> str:
    """Say how sure it is that this adult network serves the municipality."""
    sure = {
        "high": _("It is certain that {place} belongs to this network for adults."),
        "medium": _("{place} very probably belongs to this network for adults; ask when it matters."),
        "low": _("It is not certain which network for adults serves {place}: ask before referring."),
    }[home.network_adult_confidence]
    return sure.format(place=home.names[languages()[0]])


def ages(resource: Resource) -> str:
    """Say the ages that a resource is for, in years; nothing when no limit is known."""
    low, high = resource.min_age, resource.max_age
    if high is None:
        return "" if low is None else _("from {low}").format(low=low)
    return _("up to {high}").format(high=high) if low is None else _("{low} to {high}").format(low=low, high=high)


def for_whom(resource: Resource, words: Words) -> tuple[str, str]:
    """Say whether a resource is open to all, and for whom it is: the label, and the audiences."""
    label = {"only": _("only for"), "preferred": _("open to all, first of all for")}.get(resource.eligibility, _("for"))
    shown = [a for a in resource.audiences if a != "everyone"] if resource.eligibility == "preferred" else resource.audiences
    return label, words.terms("audiences", shown) or _("unknown: ask")


def status(resource: Resource) -> str:
    """Say that a resource is closed, little known or unreachable; nothing of one that is active."""
    said = {"closed": _("closed"), "unverified": _("unverified: too little is known"), "unreachable": _("could not be reached")}
    return said.get(resource.status, "")


def cost(resource: Resource, words: Words) -> str:
    """Say what it costs, or that it is not known."""
    return _("unknown: ask") if resource.cost == "unknown" else words.term("costs", resource.cost)


def clean(text: str) -> str:
    """Take out control, escape, bidi and unpaired surrogate characters: neither a terminal nor a page must obey data."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
