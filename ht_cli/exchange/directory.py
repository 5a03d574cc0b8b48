"""How a directory is laid out: the urgent lines, resources by place and kind, and an index by need.

A resource is described once, under the widest area that it serves; other places and needs link to it.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from ht_cli.exchange.entries import Entry, Text, about, anchor_name, anchor_of, entry_of, hours, phone
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import one_line, web_link
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, Municipality, Resource
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words, site

COUNTRY, BRUSSELS, NOWHERE = "country:be", "region:brussels", "nowhere"
KINDS = ("helpline", "network-adult", "network-youth", "service", "group", "platform", "directory")


class Link(NamedTuple):
    """A name and the anchor it leads to."""

    name: str
    anchor: str


class KindSection(NamedTuple):
    """Entries of one kind."""

    title: str
    entries: tuple[Entry, ...]


class Section(NamedTuple):
    """One place: its entries, what serves it too and is described elsewhere, and the wider places that hold it."""

    anchor: str
    title: str
    groups: tuple[KindSection, ...]
    elsewhere: tuple[Link, ...]
    wider: tuple[Link, ...]

    @property
    def size(self) -> int:
        """How many resources are described here."""
        return sum(len(group.entries) for group in self.groups)


class Need(NamedTuple):
    """One need: for each place, links to what helps with it."""

    anchor: str
    title: str
    places: tuple[tuple[str, tuple[Link, ...]], ...]

    @property
    def size(self) -> int:
        """How many resources help with it."""
        return sum(len(links) for _place, links in self.places)


class DirectoryLine(NamedTuple):
    """An urgent line: its number or site, its name, the languages spoken, when it answers, what it is, and its anchor if any."""

    reach: Text
    name: str
    languages: str
    hours: Text
    about: tuple[Text, ...]
    anchor: str


class Directory(NamedTuple):
    """The whole, in the order in which it is written."""

    lines: tuple[DirectoryLine, ...]
    sections: tuple[Section, ...]
    needs: tuple[Need, ...]
    total: int
    checked: int


def directory_of(resources: Iterable[Resource], reference: Reference) -> Directory:
    """Lay resources out by place, kind and need, in the language of the file."""
    found = sorted(resources, key=lambda resource: (fold(resource.name), resource.id))
    order = _order(reference)
    placed = {resource.id: sorted(_codes(resource, reference.homes) & {*order} or {NOWHERE}, key=order.index) for resource in found}
    described = {anchor_of(resource) for resource in found}
    sections = tuple(_sections(found, placed, order, reference))
    titles = {code: _title(code, reference.words) for code in order}
    needs = tuple(
        _needs(found, {identifier: titles[codes[0]] for identifier, codes in placed.items()}, [*titles.values()], reference.words)
    )
    lines = tuple(_line(line, described, reference) for line in lines_in_order(reference))
    return Directory(lines, sections, needs, len(found), sum(bool(resource.checked_on) for resource in found))


def fold(text: str) -> str:
    """Give what a text is sorted by: neither case nor accents count."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _order(reference: Reference) -> list[str]:
    """From the widest place to the nearest; the community of the file's language first, provinces by name."""
    communities = sorted(("fr", "nl", "de"), key=lambda code: (code != reference.language, LANGUAGES.index(code)))
    provinces = {home.province for home in reference.homes.values()} - {"brussels"}
    by_name = sorted((f"province:{slug}" for slug in provinces), key=lambda code: fold(_title(code, reference.words)))
    wide = [COUNTRY, *(f"community:{code}" for code in communities), "region:wallonia", "region:flanders", BRUSSELS]
    return [*wide, *by_name, NOWHERE]


def _title(code: str, words: Words) -> str:
    if code == NOWHERE:
        return _("Place not known")
    name = words.areas.get(code, "") if code.startswith("province:") else words.area(code)
    return name[:1].upper() + name[1:]


def _codes(resource: Resource, homes: Mapping[str, Municipality]) -> set[str]:
    """The sections of a resource; a municipality counts as its province."""
    codes = set()
    for area in resource.areas:
        kind, _mark, nis = area.partition(":")
        if kind == "nis" and nis in homes:
            area = f"province:{homes[nis].province}"
        codes.add(BRUSSELS if area == "province:brussels" else area)
    return codes


def _sections(
    found: Sequence[Resource], placed: Mapping[str, Sequence[str]], order: Sequence[str], reference: Reference
) -> Iterable[Section]:
    filled = {codes[0] for codes in placed.values()}
    for code in order:
        here = [resource for resource in found if placed[resource.id][0] == code]
        elsewhere = [resource for resource in found if code in placed[resource.id][1:]]
        if here or elsewhere:
            wider = [wide for wide in order if wide in filled and wide in _wider(code, reference.homes)]
            yield Section(
                _anchor(code),
                _title(code, reference.words),
                tuple(_groups(here, reference)),
                tuple(_link(resource) for resource in elsewhere),
                tuple(Link(_title(wide, reference.words), _anchor(wide)) for wide in wider),
            )


def _wider(code: str, homes: Mapping[str, Municipality]) -> set[str]:
    """The places that hold a place, and whose resources serve it too; communities by the languages of its municipalities."""
    if code in (COUNTRY, NOWHERE):
        return set()
    kind, _mark, slug = code.partition(":")
    inside = [home for home in homes.values() if slug in (home.province, home.region)]
    spoken = {f"community:{language}" for home in inside for language in home.languages}
    regions = {f"region:{home.region}" for home in inside} if kind == "province" else set()
    return {COUNTRY} if kind == "community" else {COUNTRY, *spoken, *regions}


def _groups(found: Sequence[Resource], reference: Reference) -> Iterable[KindSection]:
    titles = {
        "helpline": _("Helplines"), "network-adult": _("Networks for adults"), "network-youth": _("Networks for children and adolescents"),
        "service": _("Services"), "group": _("Groups"), "platform": _("Platforms"), "directory": _("Directories"),
    }  # fmt: skip
    others = sorted({resource.kind for resource in found} - {*KINDS})
    for kind in (*KINDS, *others):
        entries = tuple(entry_of(resource, reference) for resource in found if resource.kind == kind)
        if entries:
            yield KindSection(titles.get(kind, one_line(kind)), entries)


def _needs(found: Sequence[Resource], places: Mapping[str, str], order: Sequence[str], words: Words) -> Iterable[Need]:
    """Any need comes first: a general service may suit everybody."""
    named = sorted({need for resource in found for need in resource.needs}, key=lambda need: fold(words.term("needs", need)))
    for need in ("", *named):
        links: dict[str, list[Link]] = {}
        for resource in found:
            if need in (resource.needs or ("",)):
                links.setdefault(places[resource.id], []).append(_link(resource))
        title = one_line(words.term("needs", need)) if need else _("any need")
        if links:
            grouped = tuple((place, tuple(links[place])) for place in order if place in links)
            yield Need(f"need-{anchor_name(need or 'any')}", title[:1].upper() + title[1:], grouped)


def _link(resource: Resource) -> Link:
    return Link(one_line(resource.name), anchor_of(resource))


def _anchor(code: str) -> str:
    return code.replace(":", "-")


def lines_in_order(reference: Reference) -> list[Resource]:
    """Give the urgent lines as they stand: those that speak all languages first, then those of the file's, else as they were."""
    return sorted(reference.urgent, key=lambda line: (len(line.languages) < len(LANGUAGES), reference.language not in line.languages))


def _line(line: Resource, described: set[str], reference: Reference) -> DirectoryLine:
    first = next(iter(line.dialled), None)
    reach = phone(first)[0] if first else Text(one_line(site(line.url)), web_link(line.url))
    name = one_line(line.name).replace(f"{reach.text} – ", "").removeprefix(f"{reach.text} ").removesuffix(f" – {reach.text}")
    open_at = hours(first.hours, first.hours_osm) if first else Text("")
    open_at = next((known for known in (open_at, hours(line.hours, line.hours_osm)) if known.text), Text(_("hours not known")))
    anchor = anchor_of(line) if anchor_of(line) in described else ""
    spoken = reference.words.terms("languages", line.languages)
    return DirectoryLine(reach, name, spoken, open_at, about(line, reference.words), anchor)
