"""Which services one organization runs, as far as their names and their site say it.

The catalogue has no field for who runs a service. Its names do say it where several services have one site: “La Pièce
(L'Équipe asbl)” beside “Babel (L'Équipe asbl)”, “Enaden – consultations” beside “Enaden”. Nothing else is taken for it: neither a
site alone, which may be a directory, nor a name that many houses share (CAW), nor a place. A service elsewhere is joined
where its name says an organization that is there: “COVER – équipe mobile (Projet Lama)”, with a site of its own. One that no
resource is, is there where the brackets of several say it: “Ka-Dence (ISoSL, Lierneux)” beside “Fil-à-Fil (ISoSL, Liège)”.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from ht_cli.search.text import HOUSES, key
from ht_cli.shapes import NamedTuple

_BRACKETS = re.compile(r"\(([^()]*)\)")
_DASH = re.compile(r"\s[–-]\s")
_AUTHORITY = re.compile(r"Provin(?:ce|cie|z)\b")  # with a capital letter it runs services; else they are in it
Organization = tuple[str, str, str]  # a path that its id is made of, its name, its site


class _Service(NamedTuple):
    id: str
    url: str
    alone: str  # the name without what stands in brackets
    beside: tuple[str, ...]  # the parts between dashes, where there are several
    bracketed: tuple[str, ...]

    def named(self, towns: Collection[str]) -> list[str]:
        """Give what stands in brackets and may be a name: it begins with a capital, is no place, and does not abbreviate its own name."""
        return [
            part
            for part in self.bracketed
            if part[:1].isupper() and (key(part) not in towns or _AUTHORITY.match(part)) and not _abbreviates(part, self.alone)
        ]

    def said(self) -> Iterable[str]:
        """Give what its name and each part of it say, folded, each once."""
        return dict.fromkeys(map(key, (self.alone, *self.beside, *self.bracketed)))


def read_organizations(connection: sqlite3.Connection) -> dict[str, Organization]:
    """Give the organization of each resource that shares one with others, by id."""
    towns = {
        spelling
        for (spelling,) in connection.execute(
            "SELECT key FROM form JOIN meaning ON number = meaning JOIN place ON place.id = CAST(ref AS INTEGER)"
            " WHERE meaning.kind = 'place'"
        )
    }
    return organizations(connection.execute("SELECT id, name, url FROM resource ORDER BY id"), towns)


def organizations(named: Iterable[tuple[str, str, str]], towns: Collection[str]) -> dict[str, Organization]:
    """Give the organization of each service that shares one, by id, from ids, names and sites; `towns` are folded names of places."""
    sites: dict[str, list[_Service]] = defaultdict(list)
    services = [_service(*each) for each in named]
    for service in services:
        if host := _host(service.url):
            sites[host].append(service)
    found: dict[str, Organization] = {}
    for host, on_it in sites.items():
        saying: dict[str, list[_Service]] = defaultdict(list)
        for service in on_it:
            for folded in service.said():
                saying[folded].append(service)
        for folded, name in _candidates(host, on_it, towns).items():
            run = [service for service in saying[folded] if service.id not in found]
            if len(run) > 1:
                website = min(run, key=lambda service: (key(service.alone) != folded, len(service.url), service.url)).url
                found |= dict.fromkeys((service.id for service in run), (f"organization/{host}/{folded}", name, website))
    for join in (_joined_by_series, _joined_by_name, _joined_by_brackets):
        found |= join(services, found, towns)
    return found


def _joined_by_series(services: Iterable[_Service], found: Mapping[str, Organization], towns: Collection[str]) -> dict[str, Organization]:
    """Give the organization of each further service that is one of a series on one site: “Aimer à l'ULB – Erasme”, “… – Solbosch”.

    A series by town may be run by as many houses: its organization is that of the resource on this site that is named after the whole of it,
    “Alzheimer Cafés (Ligue Alzheimer)”.
    """
    series: dict[tuple[str, str], list[_Service]] = defaultdict(list)
    whole: dict[tuple[str, str], _Service] = {}
    for service in services:
        if (host := _host(service.url)) and service.id in found:
            whole[host, key(service.alone).removesuffix("s")] = service
        elif host and len(service.beside) == 2:
            series[host, key(service.beside[0])].append(service)
    joined: dict[str, Organization] = {}
    for (host, folded), run in series.items():
        name = run[0].beside[0]
        owner: Organization | None = None
        if (host, folded.removesuffix("s")) in whole:
            owner = found[whole[host, folded.removesuffix("s")].id]
        elif len(run) > 1 and " " in name and folded not in HOUSES and not any(key(service.beside[1]) in towns for service in run):
            owner = (f"organization/{host}/{folded}", name, min(run, key=lambda service: (len(service.url), service.url)).url)
        if owner:
            joined |= dict.fromkeys((service.id for service in run), owner)
    return joined


def _joined_by_name(services: Iterable[_Service], found: Mapping[str, Organization], towns: Collection[str]) -> dict[str, Organization]:
    """Give the organization of each further service whose name says one that is there.

    One with another site is joined where brackets say what several services say of themselves; one without a site also where it
    has the name of a resource, which then stands for the organization.
    """
    known: dict[str, dict[str, Organization]] = defaultdict(dict)  # by folded name, each by its path
    alone: dict[str, dict[str, _Service]] = defaultdict(dict)
    for owner in found.values():
        known[key(owner[1])][owner[0]] = owner
    for service in services:
        if service.url and service.id not in found and not service.named(towns) and not service.beside:
            alone[key(service.alone)][service.id] = service
    joined: dict[str, Organization] = {}
    for service in (service for service in services if service.id not in found):
        others = service.named(towns)
        said = [*others, service.alone, *service.beside[:1]] if not service.url else others if len(others) == 1 else []
        names = [name for name in dict.fromkeys(map(key, said)) if name not in HOUSES and name not in towns]
        owners = {path: owner for name in names for path, owner in known.get(name, {}).items()}
        houses = [house for name in names for house in alone.get(name, {}).values()] if not service.url and len(others) < 2 else []
        if len(owners) == 1:
            (joined[service.id],) = owners.values()
        elif len(houses) == 1 and not owners:
            (house,) = houses
            joined |= dict.fromkeys((service.id, house.id), (f"organization/{house.id}", house.alone, house.url))
    return joined


def _joined_by_brackets(services: Iterable[_Service], found: Mapping[str, Organization], towns: Collection[str]) -> dict[str, Organization]:
    """Give the organization of each further service whose brackets say what those of others say, or how the name of another begins.

    Where a resource has this name, it stands for the organization; a name that many houses share (Similes) needs one. Brackets that name
    several run nothing together, unless one of these is there already.
    """
    free = [service for service in services if service.id not in found]
    named = {service.id: {key(part): part for part in service.named(towns)} for service in free}
    written = {folded: part for parts in reversed(named.values()) for folded, part in parts.items()}
    beginning: dict[str, list[_Service]] = defaultdict(list)
    alone: dict[str, list[_Service]] = defaultdict(list)
    for service in free:
        if len(named[service.id]) == 1:
            alone[next(iter(named[service.id]))].append(service)
        beginning[key((service.beside or (service.alone,))[0])].append(service)
    known: dict[str, Organization] = {}
    joined: dict[str, Organization] = {}
    for folded in sorted(written):
        saying = alone.get(folded, [])
        begun = [service for service in beginning.get(folded, ()) if folded not in named[service.id]]
        houses = [service for service in begun if key(service.alone) == folded]
        agreed = len(saying) > 1 or (saying and begun and not saying[0].url)
        if not agreed or len(houses) > 1 or (folded in HOUSES and not houses):
            continue
        path = f"organization/{houses[0].id}" if houses else f"organization/name/{folded}"
        known[folded] = (path, written[folded], next((service.url for service in [*houses, *begun] if service.url), ""))
        joined |= dict.fromkeys((service.id for service in (*saying, *begun) if service.id not in joined), known[folded])
    for service in free:
        owners = [known[folded] for folded in named[service.id] if folded in known]
        if service.id not in joined and len(owners) == 1 and key(owners[0][1]) not in HOUSES:
            joined[service.id] = owners[0]
    return joined


def _abbreviates(short: str, name: str) -> bool:
    """Say whether a text is made of the first letters of a name: ZSG of “Zorgcentrum na Seksueel Geweld Gent”."""
    letters = iter("".join(word[:1] for word in re.findall(r"\w+", name.casefold())))
    return short.isupper() and all(letter in letters for letter in short.casefold())


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an unclosed bracket
        return ""


def _service(identifier: str, name: str, url: str) -> _Service:
    alone = " ".join(_BRACKETS.sub(" ", name).split())
    parts = tuple(part.strip() for part in _DASH.split(alone))
    bracketed = tuple(part.strip() for inside in _BRACKETS.findall(name) for part in inside.split(","))
    return _Service(identifier, url, alone, parts if len(parts) > 1 else (), bracketed)


def _candidates(host: str, services: Iterable[_Service], towns: Collection[str]) -> Mapping[str, str]:
    """Give what may be the name of an organization, folded and as it is written, what most services say first."""
    count: dict[str, int] = defaultdict(int)
    written: dict[str, str] = {}
    for service in services:
        for part in dict.fromkeys(_named_by(service, host)):
            folded = key(part)
            if part[:1].isupper() and folded not in HOUSES and (folded not in towns or _AUTHORITY.match(part)):
                count[folded] += 1
                written.setdefault(folded, part)
    return {folded: written[folded] for folded in sorted(count, key=lambda folded: (-count[folded], folded))}


def _named_by(service: _Service, host: str) -> Iterator[str]:
    """Give the parts of a name that stand for an organization: the whole, what is in brackets, and what the site is called too."""
    if not service.bracketed:
        yield service.alone
    yield from service.bracketed
    labels = {key(label) for label in host.split(".")[:-1]}
    yield from (part for part in (service.alone, *service.beside) if key(part) in labels)
