"""What `ht` makes of two hundred questions, number by number: how each was read, and the points of what answers it.

`python -m tests.search.answering` writes `answers.txt` anew after a change of the catalogue, of the ears or of the ranking; read what changed
before you commit it. A constant of the ranking or of the hearing that could be another one without a line of it changing decides nothing.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.model import NO_DANGER, Query
from ht_cli.search.answering import answer
from ht_cli.search.asking import ask
from ht_cli.search.danger import urgent_lines
from ht_cli.search.lookups import Lookups
from ht_cli.search.wishes import Wishes
from tests.conftest import BUNDLED, ROOT
from tests.office import IN_OFFICE_HOURS  # in danger, what answers now stands first

ANSWERS = Path(__file__).with_name("answers.txt")
EXAMPLES = ROOT / "tests" / "examples"
EVERY = {"danger": 9, "intents": 4, "spoken": 7}  # one example in so many
LANGUAGES_OF_THE_ASKER = ("fr",)
SHOWN = 8  # resources of each answer
SAID_OF_A_QUERY = (
    "needs", "guesses", "audiences", "relations", "offers", "kinds", "languages", "channels", "costs", "referral", "age", "abroad", "alike", "voice",
    "spoken", "not_used", "open_at", "cut", "unknown", "corrections",
)  # fmt: skip


def questions() -> list[str]:
    """Give the questions, in a fixed order: some of each kind of example, and those of `asked.txt`, which each turn on one number."""
    found = [" ".join(json.loads(line)["args"]) for line in (EXAMPLES / "queries.jsonl").read_text("utf-8").splitlines()[::2]]
    for name, every in EVERY.items():
        found += [line.split("\t")[0] for line in (EXAMPLES / f"{name}.tsv").read_text("utf-8").splitlines()[1::every]]
    own = Path(__file__).with_name("asked.txt").read_text("utf-8").splitlines()
    return list(dict.fromkeys([*(question for question in found if not question.startswith("-")), *filter(None, own)]))


def read(question: str, query: Query) -> Iterator[str]:
    """Give what was made of a question, field by field, without what was not said."""
    yield f"? {question}"
    for field in SAID_OF_A_QUERY:
        value = getattr(query, field)
        if value not in ((), "", None, False, 0):
            yield f"  {field}: {value if not isinstance(value, tuple) else ' '.join('→'.join(part) if isinstance(part, tuple) else part for part in value)}"
    if query.places:
        yield f"  places: {' '.join(place.name for place in query.places)}"
    if query.heard:
        yield f"  heard: {' '.join(f'{need} {round(chance, 3)}' for need, chance in query.heard)}"
    if query.names:
        yield f"  names: {dict(sorted(query.names.items()))}"
    if query.danger != NO_DANGER:
        yield f"  danger: {query.danger.level} {' '.join(query.danger.kinds)} {round(query.danger.probability, 3)}"


def answers(asked: list[str], lookups: Lookups) -> Iterator[str]:
    """Give what was made of each question and what answers it."""
    for question in asked:
        query = ask(question, Wishes(), lookups)
        yield from read(question, query)
        if query.danger.level == "alarm":
            yield f"  call: {' '.join(line.id for line in urgent_lines(query, lookups, LANGUAGES_OF_THE_ASKER))}"
        found = answer(query, Wishes(), lookups, LANGUAGES_OF_THE_ASKER, SHOWN) if query.facets or query.names else None
        for hit in found.hits if found else ():
            yield f"  {hit.resource.id} {hit.score:g}"


def lines() -> Iterator[str]:
    """Give the lines of `answers.txt` as they are now."""
    locale.activate([], {"HT_LANG": "fr"})
    with open_catalogue(str(BUNDLED)) as connection, patch("ht_cli.clock.now", lambda: IN_OFFICE_HOURS):
        yield from answers(questions(), Lexicon(connection))


def written() -> list[str]:
    """Give the lines that are written down."""
    return ANSWERS.read_text("utf-8").splitlines()


if __name__ == "__main__":
    os.environ["HT_CATALOGUE"] = str(BUNDLED)
    ANSWERS.write_text("\n".join(lines()) + "\n", "utf-8")
