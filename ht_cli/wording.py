"""Says the facts of a resource in the reader's words: kinds, reasons, areas, freshness, contacts."""

from collections.abc import Callable, Collection, Mapping, Sequence

from ht_cli.dates import day_text
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import AGE_GROUPS, NETWORKS, Hit, Municipality, Phone, Place, Resource, Spoken
from ht_cli.shapes import NamedTuple

# How people say yes and no in the four languages, in full or in short, and how programs write it: to a question, behind --set, in a cell.
YES = frozenset(("y", "yes", "o", "oui", "j", "ja", "true", "vrai", "waar", "wahr", "1"))
NO = frozenset(("n", "no", "non", "nee", "nein", "false", "faux", "onwaar", "falsch", "0"))

CITY_OF_BRUSSELS = "nis:21004"  # whose name alone says the region
SHOWN_AREAS = 6  # municipalities named before "and 12 more"
HANDY = 24  # characters up to which a mail address is short enough to stand beside a name
IN_TOWN = 1  # km, below which what is near is in town


class Words(NamedTuple):
    """The labels of terms by (kind, id) and the names of areas by code, in the reader's language.

    For those who change records also how a number is written for people, and all names of each municipality.
    """

    labels: Mapping[tuple[str, str], str] = {}
    areas: Mapping[str, str] = {}
    dialled: Callable[[str], str] = str
    towns: Mapping[str, Collection[str]] = {}

    def term(self, kind: str, identifier: str) -> str:
        """Say a term."""
        return self.labels.get((kind, identifier), identifier)

    def terms(self, kind: str, identifiers: Sequence[str]) -> str:
        """Say several terms, with commas."""
        return ", ".join(self.term(kind, identifier) for identifier in identifiers)

    def area(self, code: str) -> str:
        """Say an area: Liège, the province of Liège, Wallonia, the whole of Belgium."""
        kind, _mark, slug = code.partition(":")
        if kind in ("nis", "district"):
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

    def town(self, place: Place) -> str:
        """Name a place as the reader's language does: Fourons for who types Voeren in French; a village by its one name."""
        if place.code == "region:brussels":  # asked for as the town whose name it has
            return self.areas.get(CITY_OF_BRUSSELS, place.name)
        return self.area(place.code) if place.kind == "region" else self.areas.get(place.code, place.name)

    def place(self, place: Place) -> str:
        """Say a place so that no other of its name is meant, in words that `--city` reads: Meldert (3560 Lummen), Aalst (Limburg)."""
        if place.kind == "locality":
            _kind, postcode, nis, _name = place.code.split(":")
            where = f"{postcode} {self.area(f'nis:{nis}')}".strip()
            return f"{place.name} ({where})"
        if place.code == CITY_OF_BRUSSELS:
            return _("City of Brussels")
        if place.nis:
            province = self.areas.get(f"province:{place.province}") or self.area(f"region:{place.region}")
            return f"{self.area(place.code)} ({province})"
        return self.area(place.code)

    def service_area(self, resource: Resource) -> str:
        """Say whom a resource serves, a long list of municipalities cut with its count."""
        named = [self.area(code) for code in resource.areas]
        if len(named) <= SHOWN_AREAS + 1:
            return ", ".join(named)
        left = len(named) - SHOWN_AREAS
        return _n("{names} and {count} more", "{names} and {count} more", left).format(names=", ".join(named[:SHOWN_AREAS]), count=left)

    def reasons(self, hit: Hit) -> list[str]:
        """Say why a resource is among the results: its name, a need, the place whose network it is."""
        return [said for code in hit.why if not code.startswith("area:") and (said := self._reason(code))]

    def reach(self, hit: Hit) -> list[str]:
        """Say how near a result comes to who asks: its language where that is another, how far it is, that nobody can be reached, whom it serves."""
        said = [*filter(None, (self.other_language(hit), self.away(hit)))]
        if not hit.resource.reachable:
            said.append(_("no contact known"))
        if "next-door" in hit.why:
            said.append(_("for {area}: ask whether others may come").format(area=self.service_area(hit.resource)))
        return said + [self._reason(code) for code in hit.why if code.startswith("area:")]

    def away(self, hit: Hit) -> str:
        """Say how far it is to where one goes; nothing of what is nowhere, or nobody knows where."""
        return "" if hit.distance_km is None or not hit.resource.gone_to else how_far(hit.distance_km)

    def own_town(self, hit: Hit) -> str:
        """Say whom a result serves that is in the town where one asks, and serves that town: nothing that "in town" does not say."""
        if hit.distance_km is None or hit.distance_km >= IN_TOWN or not hit.resource.gone_to:
            return ""
        towns = {f"area:nis:{address.nis}" for address in hit.resource.addresses}
        return next((self._reason(code) for code in hit.why if code in towns), "")

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
        return {"network": _("network of this place"), "name": _("found by its name"), "any": _("takes any need")}.get(kind, "")


def freshness(resource: Resource) -> str:
    """Say how fresh the facts are: a person's check, else the year of the source and that nobody checked."""
    if resource.checked_on:
        whole = len(resource.checked_on) >= len("2026-08-10")
        return (_("checked on {date}") if whole else _("checked: {date}")).format(date=day_text(resource.checked_on))
    if resource.fact_checks:
        return _("checked in part, {date}").format(date=day_text(max(check.on for check in resource.fact_checks)))
    if resource.source_date:
        return _("source of {year}, never checked").format(year=resource.source_date[:4])
    return _("undated source, never checked")


def checked_when(resource: Resource) -> str:
    """Say in few words in which month a person last checked a resource or a part of it: checked 11/2026; nothing where nobody did."""
    day = resource.checked_on or max((check.on for check in resource.fact_checks), default="")
    month = "/".join(reversed(day.split("-")[:2]))
    said = _("checked {month}") if resource.checked_on else _("checked in part {month}")
    return said.format(month=month) if day else ""


def source_years(resources: Sequence[Resource]) -> str:
    """Say of which years the sources of several resources are, and whether some bear no date."""
    years = sorted({resource.source_date[:4] for resource in resources if resource.source_date})
    if not years:
        return _("undated sources")
    said = (_("sources of {first}") if years[0] == years[-1] else _("sources of {first} to {last}")).format(first=years[0], last=years[-1])
    return said if all(resource.source_date for resource in resources) else _("{sources}, some undated").format(sources=said)


def phone_text(phone: Phone) -> str:
    """Say a number with its label: 04 342 12 12 (accueil)."""
    number, label = phone.national or phone.number, marked(*reader_text(phone.label))
    return f"{number} ({label})" if label else number


def contacts(resource: Resource) -> list[str]:
    """Give the ways to reach a resource, phones first; the address where there is nothing else."""
    found = [*(phone_text(phone) for phone in resource.dialled), *filter(None, (resource.email, site(resource.url)))]
    return found or [f"{a.street}, {f'{a.postcode} {a.locality}'.strip()}" for a in resource.public_addresses]


def ways_to_reach(resource: Resource) -> list[str]:
    """Give the ways to reach a resource; of a network without any, who leads to it."""
    return contacts(resource) or [way_to_network() if resource.kind in NETWORKS else _("no contact known")]


def way_to_network() -> str:
    """Say how one finds a network of which no contact is known."""
    return _("no contact of its own is known: a family doctor, the CPAS (OCMW) or a mental-health centre nearby can put you in touch")


def handiest_contact(resource: Resource) -> str:
    """Give what one types to reach a resource without a number: its mail, or the site without a path; else that there is none."""
    if resource.email and len(resource.email) <= HANDY:
        return resource.email
    typed = site(resource.url).partition("/")[0] or resource.email
    return typed or (_("no number known") if resource.reachable else _("no contact known"))


def site(url: str) -> str:
    """Shorten a site for the screen: without its scheme and last slash."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def reader_text(versions: Spoken) -> tuple[str, str]:
    """Give a text in the first of the reader's languages that has one, and that language when it is another."""
    for language in languages():
        if language in versions:
            return versions[language], "" if language == languages()[0] else language
    return "", ""


def listed(things: Sequence[str], *, either: bool = False) -> str:
    """Say several things in a sentence: a, b and c; with `either`: a, b or c."""
    if len(things) < 2:
        return "".join(things)
    return (_("{first} or {last}") if either else _("{first} and {last}")).format(first=", ".join(things[:-1]), last=things[-1])


def marked(text: str, language: str) -> str:
    """Write behind a text of another language which one it is: lun-ven 9h-17h (fr)."""
    return f"{text} ({language})" if language else text


def description(resource: Resource) -> tuple[str, str]:
    """Give the description in the first of the reader's languages that has one, and that language when it is another."""
    return reader_text(resource.descriptions)


def yes_no(value: bool | None) -> str:
    """Say yes, no, or that it is not known."""
    return _("unknown, ask") if value is None else _("yes") if value else _("no")


def border(home: Municipality, *, meant: bool = True) -> str:
    """Say how sure it is that this adult network serves the municipality; never certain unless it is surely `meant`."""
    sure = {
        "high": _("It is certain that {place} belongs to this network for adults."),
        "medium": _("{place} very probably belongs to this network for adults; ask when it matters."),
        "low": _("It is not certain which network for adults serves {place}: ask before referring."),
    }["medium" if home.network_adult_confidence == "high" and not meant else home.network_adult_confidence]
    return sure.format(place=home.names[languages()[0]])


def how_far(km: float) -> str:
    """Say how many km it is to a place, of less than one that it is in town."""
    return _("{km} km").format(km=round(km)) if km >= IN_TOWN else _("in town")


def ages(resource: Resource) -> str:
    """Say the ages that a resource is for, in years; nothing when no limit is known."""
    low, high = resource.min_age, resource.max_age
    if high is None:
        return "" if not low else _n("from {low}", "from {low}", low).format(low=low)
    if low is None:
        return _n("up to {high}", "up to {high}", high).format(high=high)
    return _n("{low} to {high}", "{low} to {high}", high).format(low=low, high=high)


def for_whom(resource: Resource, words: Words, first: Sequence[str] = ()) -> tuple[str, str]:
    """Say whether a resource is open to all, and for whom it is: the label, and the audiences, those of who asks `first`."""
    if resource.of_all_ages:
        groups = words.terms("audiences", [a for a in resource.audiences if a not in AGE_GROUPS])
        return _("for"), ", ".join(part for part in (_("all ages"), groups) if part)
    label = {"only": _("only for"), "preferred": _("open to all, first of all for")}.get(resource.eligibility, _("for"))
    shown = [a for a in resource.audiences if a != "everyone"] if resource.eligibility == "preferred" else resource.audiences
    shown = sorted(shown, key=lambda audience: first.index(audience) if audience in first else len(first))
    return label, words.terms("audiences", shown) or _("unknown, ask")


def status(resource: Resource) -> str:
    """Say that a resource is closed, little known or unreachable; nothing of one that is active."""
    said = {"closed": _("closed"), "unverified": _("unverified: too little is known"), "unreachable": _("could not be reached")}
    return said.get(resource.status, "")


def cost(resource: Resource, words: Words) -> str:
    """Say what it costs, or that it is not known."""
    return _("unknown, ask") if resource.cost == "unknown" else words.term("costs", resource.cost)
