"""The work of a search must follow its hits, not the rows of the catalogue."""

import json
import shlex
import shutil
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from ht_cli.browse.answering import reply_to
from ht_cli.browse.question import Question
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.release.build import build
from ht_cli.catalogue.release.sources import read_sources
from ht_cli.model import Resource
from ht_cli.search.ranking import Asker, rank
from ht_cli.search.reading import read_question
from ht_cli.wording import Words
from tests.conftest import BUNDLED, ROOT

ROWS = 100_000
STEP = 10  # the progress handler is called every so many instructions


def multiplied(resources: list[Resource], towns: list[str]) -> Iterator[Resource]:
    """The real resources again and again, each copy serving another town."""
    yield from resources
    for number in range(ROWS - len(resources)):
        model = resources[number % len(resources)]
        yield model._replace(
            id=f"{model.id}-copy-{number}", name=f"{model.name} {number}", areas=(f"nis:{towns[number % len(towns)]}",), successor=""
        )


def steps_of(connection: sqlite3.Connection, deed: Callable[[sqlite3.Connection], object]) -> int:
    """The number of SQLite instructions that a deed takes, in steps of STEP."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(count, STEP)
    deed(connection)
    connection.set_progress_handler(None, STEP)
    return steps


def search(text: str, connection: sqlite3.Connection) -> None:
    lexicon = Lexicon(connection)
    rank(read_question(text, lexicon), lexicon, Asker(("fr", "nl", "de", "en")), 10)


def type_so_far(text: str, connection: sqlite3.Connection) -> None:
    reply_to(Question(text), 1, Lexicon(connection), Words())


def update(connection: sqlite3.Connection) -> None:
    Editor(connection).change(
        "realism", lambda record: record | {"hours": {"fr": "9-17"}, "needs": ["crisis", "grief"]}, Occasion("update")
    )


def steps_of_searching(path: Path) -> float:
    """The median number of steps that an open question takes."""
    questions = []
    for line in (ROOT / "tests" / "examples" / "queries.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        arguments = question.get("args") or question.get("query")
        words = shlex.split(arguments) if isinstance(arguments, str) else arguments
        if not any(word.startswith("-") for word in words):
            questions.append(" ".join(words))
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return statistics.median(steps_of(connection, partial(search, text)) for text in questions)


def steps_of_typing(path: Path) -> float:
    """The median number of steps that an answer of the picker takes, asked at each letter."""
    lines = ("violence conjugale liege", "groep rouw gent", "burnout", "psy")
    begun = [line[:end] for line in lines for end in range(1, len(line) + 1)]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return statistics.median(steps_of(connection, partial(type_so_far, text)) for text in begun)


def steps_of_an_update(path: Path) -> int:
    """The number of steps that one change takes, taken back at the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        steps = steps_of(connection, update)
        connection.execute("ROLLBACK")
    return steps


def test_among_a_hundred_thousand_rows_a_search_costs_at_most_half_more_and_an_update_twice_as_much_as_among_639(tmp_path: Path) -> None:
    sources = read_sources(ROOT / "data" / "sources")
    large, copy = tmp_path / "large.db", tmp_path / "small.db"
    build(sources, large, resources=multiplied(sources.resources, [row["nis"] for row in sources.municipalities]), ears=BUNDLED)
    shutil.copyfile(BUNDLED, copy)
    small, big = steps_of_searching(BUNDLED), steps_of_searching(large)
    assert big <= 1.5 * small, (small, big)
    small, big = steps_of_typing(BUNDLED), steps_of_typing(large)
    assert big <= 1.5 * small, (small, big)
    few, many = steps_of_an_update(copy), steps_of_an_update(large)
    assert many <= 2 * few, (few, many)
