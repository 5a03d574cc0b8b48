import compileall
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from ht_cli import locale
from ht_cli.app import app
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.rebuilding import index_resources

NEEDED = (
    "SELECT network_adult FROM municipality", "SELECT network_youth FROM municipality", "SELECT resource FROM urgent_line",
    "SELECT network FROM network_mark", "SELECT successor FROM resource WHERE successor IS NOT NULL",
)  # fmt: skip
FEW = ("realism", "similes-vlaanderen", "tele-accueil-107", "agapei-groepen")  # those that tests change
ROOT = Path(__file__).parent.parent
BUNDLED = ROOT / "data" / "resources.db"
# How whoever runs the tests reads; no test may depend on it.
READERS_OWN = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "HT_ACCESSIBLE", "TERM", "COLUMNS", "LINES")
# What imports a pseudo-terminal, or the limits of a process, which Windows has not; tests/test_house.py holds the list.
ON_POSIX_ALONE = [
    "browse/test_terminal.py", "catalogue/test_storage.py", "commands/test_confidential.py", "commands/test_doors.py", "commands/test_drafts.py",
    "commands/test_round.py", "commands/test_in_words.py", "completing/test_shells.py", "completing/test_table.py", "output/test_delivery.py", "output/test_golden.py", "output/test_map.py",
    "output/test_pager.py", "output/test_windows.py",
]  # fmt: skip
# What takes more than some four seconds of CPU or waits for other programs: marked slow, for `just test` to leave out.
SLOW = [
    "browse/test_picker.py", "browse/test_terminal.py", "catalogue/test_backups.py", "catalogue/test_build.py", "catalogue/test_damage.py",
    "catalogue/test_merging.py", "catalogue/test_publishing.py", "catalogue/test_states.py", "catalogue/test_storage.py",
    "catalogue/test_upgrading.py", "commands/test_add.py", "commands/test_confidential.py", "commands/test_doors.py",
    "commands/test_drafts.py", "commands/test_export.py", "commands/test_in_words.py", "commands/test_import.py", "commands/test_import_hsds.py",
    "commands/test_offered.py", "commands/test_restore.py", "commands/test_sheet.py", "commands/test_stale_sheets.py",
    "commands/test_undo.py", "completing/test_shells.py", "completing/test_table.py", "exchange/test_finder.py", "exchange/test_html.py",
    "exchange/test_hsds_csv.py", "exchange/test_map_page.py", "exchange/test_markdown.py", "exchange/hsds/test_reading.py",
    "exchange/hsds/test_writing.py", "exchange/sheet/test_page.py", "hearing/test_hearing.py", "hours/test_against_npm.py",
    "output/test_golden.py", "output/test_windows.py", "search/test_cost.py", "sharing/test_any_acts.py", "sharing/test_folder.py", "sharing/test_postgres.py", "sharing/test_postgres_crowd.py",
    "sharing/test_postgres_page.py", "sharing/test_postgres_reach.py", "sharing/test_syncing.py", "test_artefacts.py", "test_browser.py",
    "test_office.py", "test_on_the_phone.py", "test_pictures.py", "test_scripts.py", "test_volunteers.py",
]  # fmt: skip
collect_ignore = ON_POSIX_ALONE if os.name == "nt" else []
posix = pytest.mark.skipif(os.name == "nt", reason="asks bash, or a device that Windows has not")


def pytest_configure(config: pytest.Config) -> None:
    """An installed ht has its bytecode; where none is written, each process that a test starts would compile the whole package."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "ht_cli", quiet=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow; a single test of another module bears the mark itself."""
    slow = {ROOT / "tests" / name for name in SLOW}
    for item in items:
        if item.path in slow:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The bundled catalogue, English, no terminal and no home of the person who runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / f"data-{uuid4()}"))
    monkeypatch.setenv("HT_CATALOGUE", str(BUNDLED))
    monkeypatch.setenv("HT_LANG", "en")
    for variable in READERS_OWN:
        monkeypatch.delenv(variable, raising=False)
    locale.activate([], os.environ)


@dataclass
class Outcome:
    exit_code: int
    out: str
    err: str


@pytest.fixture
def ht() -> Callable[..., Outcome]:
    """Run a command line in this process."""

    def run(*arguments: str, **environment: str) -> Outcome:
        locale.activate(arguments, os.environ | environment)
        result = CliRunner().invoke(app, list(arguments))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def slim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled catalogue without its words and spellings: a fraction of the size, for tests that copy it often."""
    from reliability.readers import copy_without_words  # a second of imports, wanted only by who keeps facts

    path = tmp_path_factory.mktemp("slim") / "resources.db"
    copy_without_words(path)
    return path


@pytest.fixture(scope="session")
def few(slim: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The slim catalogue with the networks, the lines to call and each tenth resource: for tests that compare all facts often."""
    path = tmp_path_factory.mktemp("few") / "resources.db"
    shutil.copyfile(slim, path)
    with closing(sqlite3.connect(path)) as connection:
        kept = {*FEW, *(one for sql in NEEDED for (one,) in connection.execute(sql))}
        ids = [identifier for (identifier,) in connection.execute("SELECT id FROM resource ORDER BY id")]
        gone = [(identifier,) for number, identifier in enumerate(ids) if identifier not in kept and number % 10]
        parts = [table for (table,) in connection.execute("SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'resource'")]  # fmt: skip
        for table in parts:
            if table not in ("cell", "name_key", "name_word"):
                connection.executemany(f"DELETE FROM {table} WHERE resource = ?", gone)
        connection.executemany("DELETE FROM resource WHERE id = ?", gone)
        index_resources(connection)
        connection.commit()
        connection.execute("VACUUM")
    return path


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one's own that commands read and write: a copy of the bundled one."""
    path = tmp_path / "own" / "resources.db"
    path.parent.mkdir()
    shutil.copyfile(BUNDLED, path)
    monkeypatch.setenv("HT_CATALOGUE", str(path))
    return path


def program(name: str) -> str:
    """Give the path of a Debian program; without it a test is skipped, and fails where all programs must be there."""
    path = shutil.which(name)
    if path is None:
        (pytest.fail if os.environ.get("HT_ALL_PROGRAMS") == "1" else pytest.skip)(f"{name} is not installed")
    return str(path)


@pytest.fixture
def lexicon() -> Iterator[Lexicon]:
    with open_catalogue() as connection:
        yield Lexicon(connection)
