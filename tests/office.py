"""Judges `ht find` by the tasks of an office: `python -m tests.office` prints the table and the misses.

tests/examples/office.tsv says at its top what a task may demand.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from unittest.mock import patch

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.model import LANGUAGES, MINORS, Hit, Resource
from ht_cli.search.answering import answer
from ht_cli.search.areas import areas_serving
from ht_cli.search.asking import ask
from ht_cli.search.danger import urgent_lines
from ht_cli.search.wishes import Wishes
from tests.conftest import BUNDLED, ROOT

TASKS = ROOT / "tests" / "examples" / "office.tsv"
IN_OFFICE_HOURS = datetime(2026, 11, 24, 10, 0, tzinfo=clock.BRUSSELS)  # a Tuesday
FIRST = 5  # results that are looked at
TOO_FAR = 60.0  # km
GENERAL_OFFERS = {"individual-consultation", "first-contact"}
BRUSSELS = {"region:brussels": "21004"}  # one name for the city and the region
LARGE = ("country", "community", "region")


class Task(NamedTuple):
    """What is typed, and what an expert accepts."""

    language: str
    question: str
    expect: str
    never: str
    first_has_phone: str
    why: str


class Answered(NamedTuple):
    """The first results, the lines of danger above them, and the place that was understood."""

    hits: Sequence[Hit]
    lines: Sequence[Resource]
    danger: tuple[str, ...]
    place: str
    codes: frozenset[str]
    networks: frozenset[str]


def read_tasks() -> list[Task]:
    """Read the tasks; lines that begin with # explain them."""
    with TASKS.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    return [Task(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def answered(task: Task, lexicon: Lexicon) -> Answered:
    """Ask as `ht find` does, in the language of the task."""
    languages = (task.language, *(code for code in LANGUAGES if code != task.language))
    query = ask(task.question, Wishes(), lexicon)
    asked = re.search(r"place:(\d+)", task.expect)
    codes: set[str] = set()
    networks: set[str] = set()
    if asked:
        place = lexicon.place_of(f"nis:{asked[1]}")
        codes = {*areas_serving(place), *(f"community:{code}" for code in place.languages)}
        networks = set(lexicon.ids(lexicon.networks(asked[1])).values())
    hits = answer(query, Wishes(), lexicon, languages, FIRST).hits
    danger = query.danger.kinds if query.danger.level == "alarm" else ()
    understood = query.places[0].nis or BRUSSELS.get(query.places[0].code, "") if query.places else ""
    return Answered(hits, urgent_lines(query, lexicon, languages), danger, understood, frozenset(codes), frozenset(networks))


def faults(task: Task, found: Answered) -> Iterator[str]:
    """Give what an expert would not accept; nothing where all is well."""
    for group in task.expect.split(" & "):
        if not any(_met(term.strip(), found) for term in group.split("|")):
            yield f"expected {group}"
    for term in task.never.split("|"):
        hits = found.hits[:1] if term.startswith("first:") else found.hits
        wrong = [hit.resource.id for hit in hits if _is(term.removeprefix("first:"), hit.resource, hit.distance_km, found)]
        if wrong:
            yield f"never {term}: {', '.join(wrong)}"
    if task.first_has_phone == "yes" and not found.lines and not (found.hits and found.hits[0].resource.phones):
        yield "the first has no number"


def _met(term: str, found: Answered) -> bool:
    kind, _, value = term.partition(":")
    if kind == "place":
        return found.place == value
    if kind == "danger":
        return value in found.danger
    if kind == "spoken":
        return bool(found.hits) and value in found.hits[0].resource.languages
    hits = found.hits[:1] if kind == "first" else found.hits
    looked_at = [(hit.resource, hit.distance_km) for hit in hits] + ([] if kind == "first" else [(line, None) for line in found.lines])
    wanted = value if kind == "first" else term
    return any(
        _is(wanted, resource, km, found) and (wanted.startswith("id:") or _serves(resource, found.codes)) for resource, km in looked_at
    )


def _serves(resource: Resource, codes: Collection[str]) -> bool:
    return not codes or not set(resource.areas).isdisjoint(codes)


def _is(terms: str, resource: Resource, km: float | None, found: Answered) -> bool:
    return all(_holds(term, resource, km, found) for term in terms.split("+"))


def _holds(term: str, resource: Resource, km: float | None, found: Answered) -> bool:
    kind, _, value = term.partition(":")
    first_audience = resource.audiences[0] if resource.audiences else ""
    match kind:
        case "id":
            return resource.id == value
        case "network-adult" | "network-youth":
            return resource.kind == kind and (not found.networks or resource.id in found.networks)
        case "kind":
            return resource.kind == value
        case "need":
            return value in resource.needs
        case "aud":
            return value in resource.audiences
        case "offer":
            return value in resource.offers
        case "lang":
            return resource.languages == (value.removesuffix("-only"),) if value.endswith("-only") else value in resource.languages
        case "line":
            return resource.kind == "helpline" and any(phone.number == value for phone in resource.phones)
        case "phone":
            return bool(resource.phones)
        case "local":
            return not any(area.startswith(LARGE) for area in resource.areas)
        case "general":
            return resource.kind == "service" and not resource.needs and not GENERAL_OFFERS.isdisjoint(resource.offers)
        case "only":
            return value in (first_audience, *resource.needs[:1])
        case "minors-only":
            young = first_audience in (*MINORS, "young-adults", "students")
            return young and {"adults", "older-people", "everyone"}.isdisjoint(resource.audiences)
        case "pro":
            return resource.professionals_only
        case "unreachable":
            return not resource.reachable and not resource.kind.startswith("network")
        case "far":
            return km is not None and km > TOO_FAR and not any(area.startswith(LARGE) for area in resource.areas)
    raise ValueError(f"unknown term {term!r}")


def judge(tasks: Sequence[Task]) -> list[tuple[Task, Answered, list[str]]]:
    """Answer every task and give what is wrong with each, in the hours of an office: lines that are closed stand behind."""
    with open_catalogue(str(BUNDLED)) as connection, patch("ht_cli.clock.now", lambda: IN_OFFICE_HOURS):
        lexicon = Lexicon(connection)
        results = []
        for task in tasks:
            found = answered(task, lexicon)
            results.append((task, found, list(faults(task, found))))
        return results


def main() -> int:
    """Print how many tasks are answered well, by language, and each miss with the first results."""
    judged = judge(read_tasks())
    for task, found, wrong in judged:
        if wrong:
            first = " ".join(hit.resource.id for hit in found.hits)
            sys.stdout.write(f"{task.language}  {task.question}\n    {'; '.join(wrong)}\n    {first}\n")
    asked = Counter(task.language for task, _found, _wrong in judged)
    well = Counter(task.language for task, _found, wrong in judged if not wrong)
    for language in LANGUAGES:
        sys.stdout.write(f"{language}: {well[language]} of {asked[language]}\n")
    phones = [bool(found.lines) or bool(found.hits and found.hits[0].resource.phones) for _task, found, _wrong in judged]
    sys.stdout.write(f"answered well: {well.total()} of {asked.total()} ({well.total() / asked.total():.0%})\n")
    sys.stdout.write(f"a number stands first: {sum(phones)} of {len(phones)} ({sum(phones) / len(phones):.0%})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
