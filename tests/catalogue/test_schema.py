"""Catalogues of every released schema are read and brought up to date; a step that fails leaves the file as it was."""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from ht_cli.catalogue.facts import schema
from ht_cli.catalogue.facts.municipalities import read_municipalities, read_municipality
from ht_cli.catalogue.facts.schema import SCHEMA_VERSION
from ht_cli.catalogue.index.completions import municipality_names, terms_with_labels
from ht_cli.catalogue.index.learned import EAR_TABLES
from ht_cli.catalogue.index.rebuilding import copy_of_the_release, take_vocabulary
from ht_cli.catalogue.index.spellings import ORDINARY
from ht_cli.catalogue.index.vocabulary import read_labels, read_terms, read_words
from ht_cli.model import LANGUAGES
from tests.catalogue.facts import facts
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.db.gz"))


@pytest.fixture(params=FROZEN, ids=lambda path: path.name)
def frozen(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "resources.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    monkeypatch.setenv("HT_CATALOGUE", str(path))
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_catalogue_is_read_without_being_written(frozen: Path, ht: Run) -> None:
    before = frozen.read_bytes()
    assert ht("show", "realism", "--json").exit_code == 0
    assert ht("history").exit_code == (1 if version(frozen) == 1 else 0)  # the oldest has no changes
    assert ht("info", "--check").exit_code == 0
    assert ht("doctor", "--json").exit_code in (0, 1)
    assert frozen.read_bytes() == before


def test_a_catalogue_that_lacks_a_term_which_came_later_is_searched(own: Path, ht: Run) -> None:
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("DELETE FROM resource_term WHERE kind = 'audiences' AND term = 'doctors'")
        for table, term in (("label", "id"), ("meaning", "ref"), ("term", "id")):
            connection.execute(f"DELETE FROM {table} WHERE kind = 'audiences' AND {term} = 'doctors'")
    for words in ("burnout namur", "je suis médecin, épuisée, namur"):
        assert ht("find", words, "--json").exit_code == 0


def test_an_older_catalogue_that_holds_what_no_ht_wrote_is_said_to_be_damaged(frozen: Path, ht: Run) -> None:
    with closing(sqlite3.connect(frozen)) as connection, connection:
        connection.execute("UPDATE resource SET kind = x'00ff' WHERE id = 'realism'")
    outcome = ht("show", "realism", "--catalogue", str(frozen))
    assert (outcome.exit_code, "damaged" in outcome.err) == (5, True)


def test_the_first_change_brings_it_up_to_date_and_loses_nothing(frozen: Path, ht: Run) -> None:
    with closing(sqlite3.connect(frozen)) as connection:
        count = connection.execute("SELECT COUNT(*) FROM resource").fetchone()[0]
        email = connection.execute("SELECT email FROM resource WHERE id = 'realism'").fetchone()[0]
    assert ht("update", "realism", "--set", "hours=new hours", "--yes").exit_code == 0
    now = facts(frozen)
    assert version(frozen) == SCHEMA_VERSION
    assert len(now) == count
    assert now["realism"].get("email", "") == email
    assert now["realism"]["hours"] == {"en": "new hours"}
    assert ht("update", "realism", "--set", "hours=newer", "--yes").exit_code == 0


def test_what_was_learned_in_another_layout_comes_anew_from_the_release(frozen: Path, ht: Run) -> None:
    """Features of schema 10 have longer numbers, and words stand in other lists: read as today's, they would say something else."""
    question = ("find", "il me frappe quand il a bu", "mons", "--json")
    before = ht(*question).err
    assert "Are you in danger" in before
    assert ht("update", "realism", "--set", "hours=new hours", "--yes").exit_code == 0
    assert ht(*question).err == before
    for table in (*EAR_TABLES, ORDINARY):
        assert rows(frozen, table) == rows(BUNDLED, table)


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_step_that_fails_leaves_the_file_as_it_was(frozen: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "LABELLED", schema.LABELLED + "CREATE TABLE resource (again TEXT);\n")
    before, was = facts_of_old(frozen), version(frozen)
    outcome = ht("update", "realism", "--set", "hours=new hours", "--yes")
    assert outcome.exit_code == 5
    assert (facts_of_old(frozen), version(frozen)) == (before, was)


def facts_of_old(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM resource ORDER BY id").fetchall()


def test_a_catalogue_of_a_newer_ht_is_not_written_and_help_is_read_from_the_bundled_one(own: Path, ht: Run) -> None:
    with closing(sqlite3.connect(own)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    written, read = ht("update", "realism", "--set", "hours=x", "--yes"), ht("show", "realism")
    assert (written.exit_code, read.exit_code) == (5, 0)
    assert "newer ht" in written.err
    assert "newer ht" in read.err
    assert "The catalogue that came with ht is read instead" in read.err


def test_building_anew_gives_the_schema_that_migrating_gives(frozen: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "hours=new hours", "--yes")

    def columns(path: Path) -> dict[str, list[str]]:
        with closing(sqlite3.connect(path)) as connection:
            tables = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            ]
            return {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables}

    assert columns(frozen) == columns(BUNDLED)


def test_what_was_called_in_columns_is_called_so_still_and_no_text_is_lost(frozen: Path) -> None:
    of_resources = ("resource_description", "phone", "source", "resource_term", "resource_area")
    with closing(sqlite3.connect(frozen)) as connection:
        called = {language: called_in_columns(connection, language) for language in ("fr", "nl", "de", "en")}
        before = {table: set(connection.execute(f"SELECT resource, * FROM {table}")) for table in of_resources}
        said = connection.execute("SELECT COUNT(*) FROM resource_text").fetchone() if version(frozen) >= 6 else None
        connection.execute("PRAGMA foreign_keys = ON")
        schema.migrate(Database(connection, execute_plugins=False))
        assert {code for (code,) in connection.execute("SELECT code FROM language")} == set(called)
        for language, (labels, names) in called.items():
            assert read_labels(connection, language) == labels
            assert read_words(connection, language).areas == names
            assert {f"nis:{nis}": home.names[language] for nis, home in read_municipalities(connection).items()}.items() <= names.items()
        for table in ("resource_description", "source", "resource_term", "resource_area"):
            assert set(connection.execute(f"SELECT resource, * FROM {table}")) == before[table]
        assert connection.execute("SELECT COUNT(*) FROM phone").fetchone() == (len(before["phone"]),)
        assert said in (None, connection.execute("SELECT COUNT(*) FROM resource_text").fetchone())
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def called_in_columns(connection: sqlite3.Connection, language: str) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """The labels of terms and the names of areas, as the tables held them before schema 12."""
    labels = {(kind, identifier): label for kind, identifier, label in connection.execute(f"SELECT kind, id, label_{language} FROM term")}
    names = dict(connection.execute(f"SELECT 'nis:' || nis, name_{language} FROM municipality"))
    return labels, names | dict(connection.execute(f"SELECT 'province:' || slug, name_{language} FROM province"))


def test_the_bundled_catalogue_calls_every_term_and_place_something_in_each_language() -> None:
    with closing(sqlite3.connect(BUNDLED)) as connection:
        assert {code for (code,) in connection.execute("SELECT code FROM language")} == set(LANGUAGES)
        terms = set(connection.execute("SELECT kind, id FROM term"))
        places = {
            code
            for (code,) in connection.execute(
                "SELECT 'nis:' || nis FROM municipality UNION SELECT 'province:' || slug FROM province"
                " UNION SELECT code FROM place WHERE kind = 'district'"
            )
        }
        for language in LANGUAGES:
            words = read_words(connection, language)
            assert set(words.labels) == terms
            assert set(words.areas) == places
            assert all(words.labels.values())
            assert all(words.areas.values())


@pytest.fixture
def of_five(tmp_path: Path) -> Path:
    """A release that speaks a fifth language, which is rows alone."""
    path = tmp_path / "five.db"
    path.write_bytes(BUNDLED.read_bytes())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO language VALUES ('it')")
        connection.execute("INSERT INTO label SELECT 'it', kind, id, label || ' (it)' FROM label WHERE language = 'en'")
        connection.execute("INSERT INTO place_name SELECT 'it', code, name || ' (it)' FROM place_name WHERE language = 'en'")
        connection.execute("INSERT OR IGNORE INTO place_name SELECT 'it', 'nis:' || nis, name || ' (it)' FROM municipality")
    return path


def test_a_fifth_language_is_rows_and_no_column(of_five: Path) -> None:
    with closing(sqlite3.connect(of_five)) as connection:
        english, words = (read_words(connection, language) for language in ("en", "it"))
        assert words.labels == {term: f"{label} (it)" for term, label in english.labels.items()}
        assert words.areas == {  # a district has the one name that its people give it
            code: name if code.startswith("district:") else f"{name} (it)" for code, name in english.areas.items()
        }
        grief = next(term for term in read_terms(connection, "needs", "it") if term.id == "grief")
        assert grief.label == "grief (it)"
        assert ("grief", "grief (it)", "deuil") in terms_with_labels(connection, "needs", ("it", "fr"))
        assert "Antwerp (it)" in municipality_names(connection, "it")
        home = read_municipality(connection, "11002")
        assert home
        assert home.names == {"fr": "Anvers", "nl": "Antwerpen", "de": "Antwerpen", "en": "Antwerp"}  # those that this ht speaks


def test_an_older_catalogue_takes_a_language_from_the_release(frozen: Path, of_five: Path) -> None:
    with closing(sqlite3.connect(frozen)) as connection, closing(sqlite3.connect(of_five)) as release:
        connection.execute("PRAGMA foreign_keys = ON")
        schema.migrate(Database(connection, execute_plugins=False))
        take_vocabulary(connection, release)
        assert read_words(connection, "it").labels == read_words(release, "it").labels
        assert read_words(connection, "it").areas == read_words(release, "it").areas
        connection.execute("INSERT INTO resource_description VALUES ('realism', 'it', 'salute')")
        connection.commit()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_newer_release_brings_its_languages(own: Path, of_five: Path) -> None:
    with closing(sqlite3.connect(own)) as connection, closing(sqlite3.connect(of_five)) as release:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        copy_of_the_release(connection, release)
        assert read_words(connection, "it") == read_words(release, "it")


@pytest.mark.parametrize(
    "row", ["resource_description VALUES ('realism', 'xx', 'x')", "resource_text VALUES ('realism', 'hours', 0, 'xx', 'x')"]
)
def test_a_text_is_in_a_language_of_the_catalogue(own: Path, row: str) -> None:
    with closing(sqlite3.connect(own)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"INSERT INTO {row}")


def test_a_language_more_costs_those_who_speak_another_one_nothing(of_five: Path) -> None:
    def steps(path: Path) -> int:
        count = 0

        def step() -> int:
            nonlocal count
            count += 1
            return 0

        with closing(sqlite3.connect(path)) as connection:
            connection.set_progress_handler(step, 1)
            read_words(connection, "fr")
        return count

    assert steps(of_five) == steps(BUNDLED)
