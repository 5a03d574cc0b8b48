"""How a directory is laid out: the urgent lines, resources by place and kind, and an index by need.

A resource is described once, under the widest area that it serves; other places and needs link to it. What is said of a resource
is made when its turn comes: until then it waits beside memory, and only its name and its places in the order are at hand.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern

from ht_cli.exchange.entries import Entry, Text, about, anchor_name, anchor_of, entry_of, hours, phone
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import one_line, web_link
from ht_cli.exchange.spooling import Spool
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
    """Resources of one kind: links to them, and where in the spool they wait."""

    title: str
    links: tuple[Link, ...]
    places: tuple[int, ...]
    spool: Spool[Resource]
    reference: Reference

    @property
    def resources(self) -> Iterator[Resource]:
        """Read them one by one."""
        return self.spool.taken(self.places)

    @property
    def entries(self) -> Iterator[Entry]:
        """Say of one after the other all that is said of it."""
        return (entry_of(resource, self.reference) for resource in self.resources)


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
        return sum(len(group.links) for group in self.groups)


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


class _Found(NamedTuple):
    """What the order of a directory asks of a resource; `places` are the codes of its sections, the widest first, `waits` where in the spool."""

    link: Link
    kind: str
    needs: tuple[str, ...]
    places: tuple[str, ...]
    checked: bool
    waits: int


def directory_of(resources: Iterable[Resource], reference: Reference) -> Directory:
    """Lay resources out by place, kind and need, in the language of the file. Raises CatalogueError where the disk has no room left."""
    order = _order(reference)
    spool: Spool[Resource] = Spool()
    found = sorted(_found(resources, order, reference, spool), key=lambda one: (fold(one.link.name), one.link.anchor))
    lines = lines_in_order(reference)
    described = {anchor_of(line) for line in lines} & {one.link.anchor for one in found}
    return Directory(
        tuple(_line(line, described, reference) for line in lines),
        tuple(_sections(found, order, spool, reference)),
        tuple(_needs(found, order, reference.words)),
        len(found),
        sum(one.checked for one in found),
    )


def _found(resources: Iterable[Resource], order: Sequence[str], reference: Reference, spool: Spool[Resource]) -> Iterator[_Found]:
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # one tuple for all that say the same
    for resource in resources:
        codes = tuple(sorted(_codes(resource, reference.homes) & {*order} or {NOWHERE}, key=order.index))
        needs, places = (alike.setdefault(said, said) for said in (tuple(resource.needs), codes))
        link = Link(one_line(resource.name), anchor_of(resource))
        yield _Found(link, intern(resource.kind), needs, places, bool(resource.checked_on), spool.append(resource))


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


def _sections(found: Sequence[_Found], order: Sequence[str], spool: Spool[Resource], reference: Reference) -> Iterator[Section]:
    filled = {one.places[0] for one in found}
    for code in order:
        here = [one for one in found if one.places[0] == code]
        elsewhere = tuple(one.link for one in found if code in one.places[1:])
        if here or elsewhere:
            wider = [wide for wide in order if wide in filled and wide in _wider(code, reference.homes)]
            yield Section(
                _anchor(code),
                _title(code, reference.words),
                tuple(_groups(here, spool, reference)),
                elsewhere,
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


def _groups(found: Sequence[_Found], spool: Spool[Resource], reference: Reference) -> Iterator[KindSection]:
    titles = {
        "helpline": _("Helplines"), "network-adult": _("Networks for adults"), "network-youth": _("Networks for children and adolescents"),
        "service": _("Services"), "group": _("Groups"), "platform": _("Platforms"), "directory": _("Directories"),
    }  # fmt: skip
    others = sorted({one.kind for one in found} - {*KINDS})
    for kind in (*KINDS, *others):
        alike = [one for one in found if one.kind == kind]
        if alike:
            links, places = tuple(one.link for one in alike), tuple(one.waits for one in alike)
            yield KindSection(titles.get(kind, one_line(kind)), links, places, spool, reference)


def _needs(found: Sequence[_Found], order: Sequence[str], words: Words) -> Iterator[Need]:
    """Any need comes first: a general service may suit everybody."""
    links: dict[str, dict[str, list[Link]]] = {}
    for one in found:
        for need in one.needs or ("",):
            links.setdefault(need, {}).setdefault(one.places[0], []).append(one.link)
    for need in sorted(links, key=lambda need: (need != "", fold(words.term("needs", need)))):
        title = one_line(words.term("needs", need)) if need else _("any need")
        grouped = tuple((_title(place, words), tuple(links[need][place])) for place in order if place in links[need])
        yield Need(f"need-{anchor_name(need or 'any')}", title[:1].upper() + title[1:], grouped)


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
