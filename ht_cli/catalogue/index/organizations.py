"""Which services one organization runs, as far as their names and their site say it.

The catalogue has no field for who runs a service. Its names do say it where several services have one site: “La Pièce
(L'Équipe asbl)” beside “Babel (L'Équipe asbl)”, “Enaden – consultations” beside “Enaden”. Nothing else is taken for it: neither a
site alone, which may be a directory, nor a name that many houses share (CAW), nor a town. A service elsewhere is joined
where its name says an organization that is there: “COVER – équipe mobile (Projet Lama)”, with a site of its own.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from ht_cli.search.text import HOUSES, key

_BRACKETS = re.compile(r"\(([^()]*)\)")
Organization = tuple[str, str, str]  # a path that its id is made of, its name, its site


class _Service(NamedTuple):
    id: str
    url: str
    alone: str  # the name without what stands in brackets
    beside: tuple[str, ...]  # the parts between dashes, where there are several
    bracketed: tuple[str, ...]

    def says(self, organization: str) -> bool:
        return organization in map(key, (self.alone, *self.beside, *self.bracketed))


def read_organizations(connection: sqlite3.Connection) -> dict[str, Organization]:
    """Give the organization of each resource that shares one with others, by id."""
    towns = {
        spelling
        for (spelling,) in connection.execute(
            "SELECT key FROM form JOIN meaning ON number = meaning JOIN place ON place.id = CAST(ref AS INTEGER)"
            " WHERE meaning.kind = 'place' AND nis <> ''"
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
        for folded, name in _candidates(host, on_it, towns).items():
            run = [service for service in on_it if service.says(folded) and service.id not in found]
            if len(run) > 1:
                website = min(run, key=lambda service: (key(service.alone) != folded, len(service.url), service.url)).url
                found |= dict.fromkeys((service.id for service in run), (f"organization/{host}/{folded}", name, website))
    return found | _joined_by_name(services, found, towns)


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
        if service.url and service.id not in found and not service.bracketed and not service.beside:
            alone[key(service.alone)][service.id] = service
    joined: dict[str, Organization] = {}
    for service in (service for service in services if service.id not in found):
        others = [part for part in service.bracketed if key(part) not in towns]
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


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an unclosed bracket
        return ""


def _service(identifier: str, name: str, url: str) -> _Service:
    alone = " ".join(_BRACKETS.sub(" ", name).split())
    parts = tuple(part.strip() for part in alone.split(" – "))
    bracketed = tuple(part.strip() for inside in _BRACKETS.findall(name) for part in inside.split(","))
    return _Service(identifier, url, alone, parts if len(parts) > 1 else (), bracketed)


def _candidates(host: str, services: Iterable[_Service], towns: Collection[str]) -> Mapping[str, str]:
    """Give what may be the name of an organization, folded and as it is written, what most services say first."""
    count: dict[str, int] = defaultdict(int)
    written: dict[str, str] = {}
    for service in services:
        for part in dict.fromkeys(_named_by(service, host)):
            folded = key(part)
            if part[:1].isupper() and folded not in HOUSES and folded not in towns:
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
