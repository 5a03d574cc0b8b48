"""Twelve questions as people asked them, and what the window shows for each: tests/output/golden/<name>-<columns>.txt.

The catalogue is made out of records that stay as they are (tests/output/golden/resources.jsonl), so that a new fact changes nothing
here; what is heard in the words is today's. `python -m tests.output.golden` writes the files anew: read what changed.
"""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from ht_cli.catalogue.facts.records import make_resource
from ht_cli.catalogue.release.build import build
from ht_cli.catalogue.release.sources import read_sources
from tests.conftest import BUNDLED, ROOT
from tests.terminal import shown

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (40, 80, 140)
QUESTIONS = {
    "violence": ("fr", "find violence conjugale liege"),
    "burnout": ("fr", "find burnout namur"),
    "grief": ("nl", "find rouw gent"),
    "danger": ("nl", "find ik wil niet meer leven"),
    "depression": ("de", "find depression eupen"),
    "teenager": ("en", "find anxious teenager brussels"),
    "network": ("fr", "find ado anxieux liege"),
    "alcohol": ("fr", "alcool mons"),
    "group": ("nl", "find groep alcohol antwerpen"),
    "name": ("fr", "find tele-accueil"),
    "language": ("en", "find psychologist leuven in english"),
    "open": ("fr", "find tabac --open-now"),
}


def make_catalogue(path: Path) -> None:
    """Build the catalogue of the records that stay; a line to call that has come since is as it is today."""
    sources = read_sources(ROOT / "data" / "sources")
    records = [json.loads(line) for line in (GOLDEN / "resources.jsonl").read_text("utf-8").splitlines()]
    kept = [make_resource(record.pop("id"), record) for record in records]
    lines = {line for urgent in sources.terms["urgent"].values() for named in urgent.values() for line in named}
    new = [resource for resource in sources.resources if resource.id in lines - {resource.id for resource in kept}]
    build(sources, path, resources=[*kept, *new], ears=BUNDLED)


def answer(name: str, columns: int, catalogue: Path) -> str:
    """What the window shows for a question, without colour."""
    language, words = QUESTIONS[name]
    return shown(*words.split(), columns=columns, HT_LANG=language, NO_COLOR="1", HT_CATALOGUE=str(catalogue))


def main() -> None:
    """Write every file anew."""
    with TemporaryDirectory() as folder:
        catalogue = Path(folder) / "resources.db"
        os.environ.pop("HT_CATALOGUE", None)
        make_catalogue(catalogue)
        for name in QUESTIONS:
            for columns in WIDTHS:
                (GOLDEN / f"{name}-{columns}.txt").write_text(answer(name, columns, catalogue), "utf-8")


if __name__ == "__main__":
    main()
