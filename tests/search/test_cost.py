"""The work of what people ask for must follow what is found, not the rows of the catalogue."""

import json
import shlex
import shutil
import sqlite3
import statistics
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.generate import resources_like
from ht_cli.browse.answering import reply_to
from ht_cli.browse.question import Question
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.tallies import SHOWN, read_counts, read_tally
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.due import DueList
from ht_cli.catalogue.keeping.duplicates import Likenesses
from ht_cli.catalogue.release.build import build
from ht_cli.catalogue.release.sources import read_sources
from ht_cli.commands._scenes import Look
from ht_cli.commands._surroundings import surroundings_of
from ht_cli.search.ranking import Asker, rank
from ht_cli.search.reading import read_question
from ht_cli.wording import Words
from tests.conftest import BUNDLED, ROOT

ROWS = 20_000
UNNOTICED = 3_000  # steps, about a millisecond
STEP = 10  # the progress handler is called every so many instructions
NEW = {"name": "Similes Namur", "phones": [{"number": "+3281223344"}], "url": "https://www.example.org/similes"}


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


def steps_of_each(path: Path, deeds: Mapping[str, Callable[[sqlite3.Connection], object]]) -> dict[str, int]:
    """The steps of each deed, by its name."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return {name: steps_of(connection, deed) for name, deed in deeds.items()}


def search(text: str, connection: sqlite3.Connection) -> None:
    lexicon = Lexicon(connection)
    rank(read_question(text, lexicon), lexicon, Asker(("fr", "nl", "de", "en")), 10)


def type_so_far(text: str, connection: sqlite3.Connection) -> None:
    reply_to(Question(text), 1, Lexicon(connection), Words())


def look_around(connection: sqlite3.Connection) -> None:
    look = Look.at(connection)
    surroundings_of(look, look.lexicon.place_of("nis:62063"), [])


def update(connection: sqlite3.Connection) -> None:
    Editor(connection).change(
        "realism", lambda record: record | {"hours": {"fr": "9-17"}, "needs": ["crisis", "grief"]}, Occasion("update")
    )


def steps_of_an_update(path: Path) -> int:
    """The number of steps that one change takes, taken back at the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        steps = steps_of(connection, update)
        connection.execute("ROLLBACK")
    return steps


def questions() -> list[str]:
    """The open questions without options, and names that many houses share."""
    found = []
    for line in (ROOT / "tests" / "examples" / "queries.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        arguments = question.get("args") or question.get("query")
        words = shlex.split(arguments) if isinstance(arguments, str) else arguments
        if not any(word.startswith("-") for word in words):
            found.append(" ".join(words))
    return [*found, "cgg leuven", "planning familial liege", "alcoholics anonymous english"]


SEARCHES = {text: partial(search, text) for text in questions()}
KEYS = {
    line[:end]: partial(type_so_far, line[:end])
    for line in ("violence conjugale liege", "groep rouw gent")
    for end in range(1, len(line) + 1)
}
ONCE: dict[str, Callable[[sqlite3.Connection], object]] = {
    "due": lambda connection: list(islice(DueList(connection, date(2026, 11, 28)), 20)),
    "how many are due": lambda connection: len(DueList(connection, date(2026, 11, 28))),
    "terms": lambda connection: read_tally(connection, f"{SHOWN}needs"),
    "info": read_counts,
    "what is alike": lambda connection: Likenesses(connection).of("", NEW),
    "map liege": look_around,
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of many resources that serve towns, provinces, regions and the country as the real ones do."""
    path = tmp_path_factory.mktemp("large") / "large.db"
    sources = read_sources(ROOT / "data" / "sources")
    build(sources, path, resources=resources_like(sources, ROWS), ears=BUNDLED)
    return path


def test_a_search_costs_little_more_among_twenty_times_as_many(large: Path) -> None:
    small, big = steps_of_each(BUNDLED, SEARCHES), steps_of_each(large, SEARCHES)
    assert statistics.median(big.values()) <= 2.5 * statistics.median(small.values())  # 2.3 among 100,000
    assert {text: (small[text], big[text]) for text in SEARCHES if big[text] > 8 * small[text]} == {}


def test_a_key_of_the_picker_costs_little_more_among_twenty_times_as_many(large: Path) -> None:
    small, big = steps_of_each(BUNDLED, KEYS), steps_of_each(large, KEYS)
    assert statistics.median(big.values()) <= 2 * statistics.median(small.values())


def test_what_is_counted_sorted_and_compared_costs_little_more_among_twenty_times_as_many(large: Path) -> None:
    small, big = steps_of_each(BUNDLED, ONCE), steps_of_each(large, ONCE)
    assert {name: (small[name], big[name]) for name in ONCE if big[name] > max(3 * small[name], UNNOTICED)} == {}


def test_a_change_costs_at_most_twice_as_much_among_twenty_times_as_many(large: Path, tmp_path: Path) -> None:
    copy = tmp_path / "small.db"
    shutil.copyfile(BUNDLED, copy)
    assert steps_of_an_update(large) <= 2 * steps_of_an_update(copy)
