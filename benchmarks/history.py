"""What a changed record adds to the history of the project: `python benchmarks/history.py`, a minute.

The catalogue is built with the change, committed to a repository that holds the one before, and packed by `git gc`.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ht_cli.catalogue.release.build import build
from ht_cli.catalogue.release.sources import read_sources
from ht_cli.model import Resource

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "data" / "resources.db"


def changed_phone(resources: list[Resource]) -> list[Resource]:
    """The resources, the last number in the middle of them with another last digit."""
    place = next(place for place, resource in enumerate(resources) if place > len(resources) // 2 and resource.phones)
    *others, last = resources[place].phones
    digit = str((int(last.number[-1]) + 1) % 10)
    phones = (*others, last._replace(number=last.number[:-1] + digit, national=last.national[:-1] + digit))
    return [*resources[:place], resources[place]._replace(phones=phones), *resources[place + 1 :]]


def changed_need(resources: list[Resource]) -> list[Resource]:
    """The resources, one in the middle with another need before its own."""
    place = len(resources) // 2
    needs = ("grief", *(need for need in resources[place].needs if need != "grief"))
    return [*resources[:place], resources[place]._replace(needs=needs), *resources[place + 1 :]]


def another_record(resources: list[Resource]) -> list[Resource]:
    """The resources with one more in their middle."""
    model = resources[len(resources) // 2]
    return sorted([*resources, model._replace(id=f"{model.id}-bis", name=f"{model.name} bis")], key=lambda resource: resource.id)


CHANGES = {"a changed phone number": changed_phone, "a changed need": changed_need, "a new record": another_record}


def history(folder: Path, versions: Iterator[Path]) -> list[int]:
    """Give the bytes of a packed repository after each version of the catalogue is committed to it."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=ht", "-c", "user.email=ht@localhost", *words], cwd=folder, check=True, capture_output=True)

    git("init")
    sizes = []
    for version in versions:
        version.replace(folder / BUILT.name)
        git("add", BUILT.name)
        git("commit", "--message", "a version")
        git("gc")
        sizes.append(sum(pack.stat().st_size for pack in (folder / ".git" / "objects" / "pack").glob("*.pack")))
    return sizes


def added(change: str, folder: Path) -> int:
    """Give the bytes that a change adds to the packed history; both versions are built by the SQLite of this machine."""
    sources = read_sources(ROOT / "data" / "sources")

    def versions() -> Iterator[Path]:
        for resources in (sources.resources, CHANGES[change](sources.resources)):
            build(sources, folder / "version.db", resources=resources, ears=BUILT)
            yield folder / "version.db"

    before, after = history(folder, versions())
    return after - before


if __name__ == "__main__":
    for change in CHANGES:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{change:<24}{added(change, Path(folder)) / 1000:>8.1f} KB")
