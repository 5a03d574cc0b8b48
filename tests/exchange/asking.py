"""Asks a page the open questions as a person would, by typing, and judges what stands first as `ht find` is judged.

`python -m tests.exchange.asking` prints every question that is not answered well.
"""

import csv
import json
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from ht_cli import locale
from ht_cli.app import app
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources, read_urgent_lines
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.model import DANGERS, LANGUAGES, Hit, Resource
from ht_cli.places.distance import distance_km
from ht_cli.search.areas import areas_serving
from tests import office, test_examples
from tests.browser import browsing
from tests.conftest import BUNDLED, ROOT

FIRST = 5  # results that are looked at
_TYPE = """
const box = document.getElementById("q");
box.value = arguments[0];
box.dispatchEvent(new Event("input", { bubbles: true }));
const ids = (selector) => [...document.querySelectorAll(selector)].map((link) => link.getAttribute("href").slice(3));
return {
  hits: ids("#hits h3 a"), lines: document.getElementById("danger").hidden ? [] : ids("#danger-lines a[href^='#']"),
  said: document.getElementById("understood").textContent, count: document.getElementById("count").textContent,
};
"""
_READY = "const done = arguments[0]; (function look() { document.getElementById('finder').hidden ? setTimeout(look, 10) : done(true); })()"


class Shown(NamedTuple):
    """What a page shows for a question: the ids of the first results and of the lines to call, and what it says it understood."""

    hits: Sequence[str]
    lines: Sequence[str]
    said: str
    count: str


class Question(NamedTuple):
    """A question in its language, and what tells what is wrong with an answer."""

    language: str
    text: str
    wrong: Callable[[Shown], list[str]]


def exported(folder: Path, language: str, *words: str, catalogue: Path = BUNDLED) -> Path:
    """Write the page of a catalogue in a language."""
    from typer.testing import CliRunner

    page = folder / f"{language}.html"
    locale.activate([], {"HT_LANG": language})
    result = CliRunner().invoke(app, ["export", *words, "--force", "-o", str(page), "--catalogue", str(catalogue)])
    assert result.exit_code == 0, result.output
    return page


def typed(driver: Any, text: str) -> Shown:
    """Type a text into the page and read what it shows."""
    driver.execute_async_script(_READY)
    return Shown(**driver.execute_script(_TYPE, text))


class Judge:
    """Knows the catalogue, and judges what a page shows by the keys of the three files of questions."""

    def __init__(self, lexicon: Lexicon, connection: Any) -> None:
        self._lexicon = lexicon
        self._connection = connection
        self._resources = {resource.id: resource for resource in read_resources(connection, read_ids(connection, all_statuses=True))}

    def questions(self, *, strict: bool = True) -> Iterator[Question]:
        """Give every open question, file after file; `strict` judges a task by all that it says."""
        for asked in test_examples.QUESTIONS:
            arguments = asked.get("args") or asked.get("query")
            words = shlex.split(arguments) if isinstance(arguments, str) else arguments
            yield Question(
                asked.get("lang", "fr"),
                " ".join(word for word in words if not word.startswith("--")),
                lambda shown, asked=asked: self._by_key(asked["expect"], shown),
            )
        with (ROOT / "tests" / "examples" / "intents.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                yield Question("en", row["query"], lambda shown, row=row: self._by_intent(row, shown))
        for task in office.read_tasks():
            yield Question(task.language, task.question, lambda shown, task=task: self._by_task(task, shown, strict=strict))

    def fifty(self) -> list[Question]:
        """Give fifty of them: every second of the first file, every fifth of the second, every fourteenth of the third.

        Of a task of the third file the right ones are those that it expects; what it would never see is judged by `main`.
        """
        asked = [*self.questions(strict=False)]
        keys, tasks = len(test_examples.QUESTIONS), len(asked) - len(office.read_tasks())
        return [*asked[:keys:2], *asked[keys:tasks:5], *asked[tasks::14]]

    def _by_key(self, expected: dict[str, Any], shown: Shown) -> list[str]:
        allowed = expected.get("exit", 0)
        if 0 not in (allowed if isinstance(allowed, list) else [allowed]):
            return ["found"] if shown.hits else []
        answers = [self._resources[identifier]._asdict() for identifier in shown.hits[:10]]
        return test_examples.faults(expected, answers) if answers else ["nothing"]

    def _by_intent(self, row: dict[str, str], shown: Shown) -> list[str]:
        """The town is understood, and what lists the need, or is for the audience, stands among the first."""
        first = [self._resources[identifier] for identifier in shown.hits[:FIRST]]
        names = {name for nis in self._called(row["city"]) for name in self._lexicon_names(nis)}
        wrong = [] if not row["city"] or any(name in shown.said for name in names) or row["city"] in shown.said else ["city"]
        if row["need"] and not any(set(row["need"].split("|")) & set(resource.needs) for resource in first):
            wrong.append("need")
        if row["audience"] and not any(set(row["audience"].split("|")) | {"everyone"} & set(resource.audiences) for resource in first):
            wrong.append("audience")
        return wrong

    def _called(self, city: str) -> Iterator[str]:
        for nis, town in test_examples.TOWNS.items():
            if {*city.split("|")} & {town["name"], *(town[f"name_{language}"] for language in LANGUAGES)}:
                yield nis

    def _lexicon_names(self, nis: str) -> set[str]:
        town = test_examples.TOWNS[nis]
        return {town[f"name_{language}"] for language in LANGUAGES}

    def _by_task(self, task: office.Task, shown: Shown, *, strict: bool) -> list[str]:
        first = [self._resources[identifier] for identifier in shown.hits[:FIRST]]
        wrong = office.faults(task, self._answered(task, first, shown))
        return [fault for fault in wrong if strict or fault.startswith("expected")]

    def _answered(self, task: office.Task, first: Sequence[Resource], shown: Shown) -> office.Answered:
        nis = next((group.removeprefix("place:") for group in task.expect.split(" & ") if group.startswith("place:")), "")
        if not nis:
            return office.Answered([Hit(one, 0.0, ()) for one in first], self._lines(shown), self._dangers(task, shown, set()), "", frozenset(), frozenset())  # fmt: skip
        place = self._lexicon.place_of(f"nis:{nis}")
        codes = {*areas_serving(place), *(f"community:{code}" for code in place.languages)}
        networks = frozenset(self._lexicon.ids(self._lexicon.networks(nis)).values())
        understood = any(name in shown.said for name in self._lexicon_names(nis))
        hits = [Hit(one, 0.0, (), self._km(one, place)) for one in first]
        return office.Answered(hits, self._lines(shown), self._dangers(task, shown, codes), nis if understood else "", frozenset(codes), networks)  # fmt: skip

    def _lines(self, shown: Shown) -> list[Resource]:
        return [self._resources[identifier] for identifier in shown.lines]

    def _dangers(self, task: office.Task, shown: Shown, codes: set[str]) -> tuple[str, ...]:
        """Give the dangers of which every line that speaks the question's language and serves the place is shown."""
        found = []
        for danger in DANGERS:
            lines = [self._resources[identifier] for identifier in read_urgent_lines(self._connection, danger, minors=False)]
            wanted = {line.id for line in lines if task.language in line.languages and (not codes or codes & set(line.areas))}
            if shown.lines and wanted <= set(shown.lines):
                found.append(danger)
        return tuple(found)

    def _km(self, resource: Resource, town: Any) -> float | None:
        places = [self._lexicon.place_of(f"nis:{address.nis}") for address in resource.addresses if not address.confidential]
        return min((distance_km(town.latitude, town.longitude, one.latitude, one.longitude) for one in places), default=None)


def main() -> int:
    """Ask every question and print what is wrong, file by file."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        connection = stack.enter_context(open_catalogue(str(BUNDLED)))
        judge = Judge(Lexicon(connection), connection)
        drivers = {language: stack.enter_context(browsing(exported(folder, language))) for language in LANGUAGES}
        asked = list(judge.questions())
        well = []
        for question in asked:
            shown = typed(drivers[question.language], question.text)
            wrong = question.wrong(shown)
            well.append(not wrong)
            if wrong:
                sys.stdout.write(json.dumps([question.language, question.text, wrong, shown.said, shown.hits[:FIRST], shown.lines], ensure_ascii=False) + "\n")  # fmt: skip
        keys, intents = len(test_examples.QUESTIONS), len(asked) - len(office.read_tasks())
        for name, some in (("queries.jsonl", well[:keys]), ("intents.tsv", well[keys:intents]), ("office.tsv", well[intents:])):
            sys.stdout.write(f"{name}: {sum(some)} of {len(some)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
