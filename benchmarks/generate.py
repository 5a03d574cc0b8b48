"""Makes resources, one after another and as many as wanted, with the places, words and texts of the real ones; a seed gives the same again.

`python benchmarks/generate.py 100000 FILE.db` builds a catalogue of them, the real ones first. Each further one is a real resource that
moved: to a town where its language is spoken, the larger the likelier, with an address, numbers and a page of its own there. It serves as
wide an area as its model does (so many municipalities, its province, its region …), and bears the model's name with that of the town, as the
houses of one organisation do. Networks are not multiplied: there are as many in a catalogue of a million.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, count, islice
from pathlib import Path
from typing import Any

from ht_cli.catalogue.release.build import build
from ht_cli.catalogue.release.sources import Sources, read_sources
from ht_cli.model import NETWORKS, Address, Phone, Resource, Source
from ht_cli.search.text import fold

ROOT = Path(__file__).parent.parent
SEED = 2026
CHECKED = 0.4  # share of the resources that somebody has checked
FROM_DAY, DAYS = date(2023, 1, 1), 1_000  # when they were checked or read
STREETS = ("Rue de la Station", "Grand-Place", "Kerkstraat", "Stationsstraat", "Rue Haute", "Dorpsstraat", "Avenue Louise", "Markt")
MOST_PHONES = 16  # of one resource
ZONES = ("2", "3", "4", "9")  # of telephone numbers that have seven digits after them


def resources_like(sources: Sources, rows: int, seed: int = SEED) -> Iterator[Resource]:
    """Give so many resources: the real ones, then made ones. Nothing of what was given is kept."""
    yield from sources.resources[:rows]
    yield from islice(_made(sources, random.Random(seed)), max(rows - len(sources.resources), 0))


def _made(sources: Sources, chance: random.Random) -> Iterator[Resource]:
    models = [resource for resource in sources.resources if resource.kind not in NETWORKS]
    towns = _Towns(sources)
    for number in count():
        model = models[number % len(models)]
        yield _moved(model, towns.one_for(model, chance), towns, number, chance)


class _Towns:
    """The municipalities, to be drawn by the number of their people, and the postal localities of each."""

    def __init__(self, sources: Sources) -> None:
        self._drawn: dict[str, tuple[list[dict[str, str]], list[int]]] = {}
        for language in ("fr", "nl", "de"):
            speaking = [row for row in sources.municipalities if language in row["language"].split(";")]
            self._drawn[language] = (speaking, list(accumulate(int(row["population"]) for row in speaking)))
        self._in_province: dict[str, list[str]] = {}
        for row in sources.municipalities:
            self._in_province.setdefault(row["province"], []).append(row["nis"])
        self._localities: dict[str, list[dict[str, str]]] = {}
        for row in sources.localities:
            self._localities.setdefault(row["nis"], []).append(row)

    def one_for(self, model: Resource, chance: random.Random) -> dict[str, str]:
        """Draw a town where the first language of a resource is spoken."""
        language = next((language for language in model.languages if language in self._drawn), "fr")
        speaking, weights = self._drawn[language]
        return chance.choices(speaking, cum_weights=weights)[0]

    def locality_of(self, town: dict[str, str], chance: random.Random) -> tuple[str, str]:
        """Draw a postal locality of a town: its postcode and its name."""
        row = chance.choice(self._localities[town["nis"]])
        return row["postcode"], row["display"]

    def areas_like(self, areas: Sequence[str], town: dict[str, str], chance: random.Random) -> tuple[str, ...]:
        """Give areas as wide as those of a model around a town; what is wider than a province stays."""
        served = sum(area.startswith("nis:") for area in areas)
        provinces = [f"province:{town['province']}"] if any(area.startswith("province:") for area in areas) else []
        wider = [area for area in areas if not area.startswith(("nis:", "province:"))]
        around = self._in_province[town["province"]]
        others = chance.sample(around, min(served - 1, len(around))) if served > 1 else []
        return tuple(dict.fromkeys([*([f"nis:{town['nis']}"] if served else []), *(f"nis:{nis}" for nis in others), *provinces, *wider]))


def _moved(model: Resource, town: dict[str, str], towns: _Towns, number: int, chance: random.Random) -> Resource:
    base = model.name.split(" (")[0].split(" – ")[0]
    name = (f"{base} {town['name']}", f"{base} ({town['name']})", f"{base} – {town['name']} {number % 97 + 1}")[number % 3]
    identifier = f"{'-'.join(fold(name).split())[:70].rstrip('-')}-{number}"
    day = (FROM_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()
    postcode, locality = towns.locality_of(town, chance)
    changes: dict[str, Any] = {
        "id": identifier, "name": name, "alternate_names": (), "successor": "", "areas": towns.areas_like(model.areas, town, chance),
        "phones": tuple(_numbered(phone, number, place) for place, phone in enumerate(model.phones)),
        "addresses": tuple(
            Address(f"{chance.choice(STREETS)} {chance.randrange(1, 200)}", postcode, locality, town["nis"], address.confidential)
            for address in model.addresses[:1]
        ),
        "email": model.email and f"{identifier}@example.org", "url": model.url and f"https://www.example.org/{identifier}",
        "sources": tuple(Source(f"https://www.example.org/{identifier}/about", day) for _source in model.sources[:1]),
        "source_date": day, "fact_checks": (),
    }  # fmt: skip
    if chance.random() < CHECKED:
        changes |= {"checked_on": day, "checked_how": "phone", "checked_by": "AB"}
    return model._replace(**changes)


def _numbered(phone: Phone, number: int, place: int) -> Phone:
    """Give the same line under another number: each resource has its own."""
    line = number * MOST_PHONES + place
    digits = f"{2_000_000 + line // len(ZONES) % 8_000_000}"
    zone = ZONES[line % len(ZONES)]
    return phone._replace(number=f"+32{zone}{digits}", national=f"0{zone} {digits[:3]} {digits[3:5]} {digits[5:]}")


def make_catalogue(rows: int, target: Path) -> None:
    """Build a catalogue of so many resources; what the ears learned is taken over from the bundled one."""
    sources = read_sources(ROOT / "data" / "sources")
    build(sources, target, resources=resources_like(sources, rows), ears=ROOT / "data" / "resources.db")


if __name__ == "__main__":
    make_catalogue(int(sys.argv[1]), Path(sys.argv[2]))
