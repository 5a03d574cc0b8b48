"""Entries through a database: what each role may, what a pull gives, and what is said when something is refused."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import psycopg
import pytest

from ht_cli.catalogue.keeping.journal import name_of
from ht_cli.catalogue.sharing import postgres
from ht_cli.catalogue.sharing.entries import line_of
from ht_cli.catalogue.sharing.place import PartlySentError
from ht_cli.catalogue.sharing.postgres import PostgresPlace, initialise
from ht_cli.errors import SyncError
from ht_cli.model import Change
from tests.sharing.conftest import Database
from tests.sharing.written import written

Open = Callable[[str], PostgresPlace]


def pulled(place: PostgresPlace, marks: dict[str, str] | None = None) -> list[Change]:
    """Give all that a pull gives, and move the marks on as a sync does."""
    marks = {} if marks is None else marks
    entries = []
    for stretch in place.pull(marks):
        entries += stretch.entries
        marks |= stretch.marks
    return entries


@pytest.fixture
def keeper(database: Database, place: Open) -> PostgresPlace:
    return place(database.login("ht_keeper"))


@pytest.fixture
def reader(database: Database, place: Open) -> PostgresPlace:
    return place(database.login("ht_reader"))


# what goes, comes


def test_what_one_keeper_pushes_a_reader_pulls_as_it_was(keeper: PostgresPlace, reader: PostgresPlace) -> None:
    entries = written(3, note="“é”, ß, 20 €")
    assert keeper.push(entries) == 3
    assert pulled(reader) == entries


def test_pushing_again_changes_nothing(keeper: PostgresPlace, database: Database) -> None:
    entries = written(20)
    assert [keeper.push(entries), keeper.push(entries), keeper.push(written(21))] == [20, 0, 1]
    assert database.run("SELECT count(*) FROM ht.entry") == [(21,)]


def test_one_entry_twice_in_one_push_is_one(keeper: PostgresPlace) -> None:
    assert keeper.push(written(2) + written(2)) == 2


def test_a_database_lacks_what_it_does_not_hold(keeper: PostgresPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "NAMES", 7)
    entries = written(30)
    keeper.push(entries[:20])
    assert keeper.lacks(entry.uuid for entry in entries) == {entry.uuid for entry in entries[20:]}
    assert keeper.lacks([]) == set()


# marks and pages


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 20, 95])
def test_pages_give_each_entry_once_and_in_order(keeper: PostgresPlace, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ROWS", 10)
    monkeypatch.setattr(postgres, "ENTRIES", 4)
    entries = written(count)
    keeper.push(entries)
    assert pulled(keeper) == entries


def test_reading_goes_on_after_any_mark(keeper: PostgresPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ROWS", 10)
    monkeypatch.setattr(postgres, "ENTRIES", 3)
    entries = written(31)
    keeper.push(entries)
    for stretches in range(13):
        marks: dict[str, str] = {}
        before = []
        for stretch in islice(keeper.pull({}), stretches):
            before += stretch.entries
            marks |= stretch.marks
        assert before + pulled(keeper, marks) == entries
        assert pulled(keeper, marks) == []


def test_heavy_entries_come_few_at_a_time(keeper: PostgresPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "CHARACTERS", 30_000)
    entries = written(10, note="x" * 9_000)
    assert keeper.push(entries) == 10
    assert [len(stretch.entries) for stretch in keeper.pull({})] == [3, 3, 3, 1]


def test_a_database_brought_back_from_a_backup_is_read_from_its_beginning(keeper: PostgresPlace, reader: PostgresPlace, database: Database) -> None:  # fmt: skip
    entries = written(30)
    keeper.push(entries)
    marks: dict[str, str] = {}
    pulled(reader, marks)
    database.run("DELETE FROM ht.entry WHERE position > 20")
    database.run("UPDATE ht.counter SET last = 20")
    others = written(15, device=2)
    keeper.push(others)
    assert pulled(reader, marks) == entries[:20] + others
    assert pulled(reader, marks) == []
    assert reader.lacks(entry.uuid for entry in entries) == {entry.uuid for entry in entries[20:]}


def test_a_line_that_cannot_be_read_is_left_out_and_asked_for_again(
    keeper: PostgresPlace, reader: PostgresPlace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a newer ht writes is read once this one is newer too."""
    entries = written(5)
    with monkeypatch.context() as newer:
        newer.setattr(postgres, "line_of", lambda entry: line_of(entry).replace('"update"', '"of-later"'))
        keeper.push(entries[1:3])
    keeper.push(entries[:1] + entries[3:])
    marks: dict[str, str] = {}
    assert pulled(reader, marks) == [entries[0], *entries[3:]]
    assert marks["unread"] == "1 2"
    assert pulled(reader, marks) == []
    assert [remark.split(" are not")[0].split(" of ")[0] for remark in reader.remarks] == ["2 lines"] * 2
    database.run("UPDATE ht.entry SET line = replace(line, 'of-later', 'update') WHERE position = 1")
    assert pulled(reader, marks) == entries[1:2]
    database.run("DELETE FROM ht.entry WHERE position = 2")
    reader.remarks.clear()
    assert (pulled(reader, marks), marks["unread"], reader.remarks) == ([], "", [])


# who may what


def refused(database: Database, user: str, statement: str, *values: object) -> None:
    with psycopg.connect(user, autocommit=True) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement, values)


INSERT = "INSERT INTO ht.entry (line) VALUES (%s)"
REWRITINGS = (
    "UPDATE ht.entry SET line = line", "UPDATE ht.entry SET written_by = 'x'", "DELETE FROM ht.entry", "TRUNCATE ht.entry",
    "UPDATE ht.counter SET last = 0", "DELETE FROM ht.counter", "SELECT * FROM ht.counter", "INSERT INTO ht.counter VALUES (false, 0)",
    "DELETE FROM ht.version", "INSERT INTO ht.version (number) VALUES (9)", "INSERT INTO ht.turn VALUES (true)",
    "UPDATE ht.absorbed SET release = 'x'", "DELETE FROM ht.absorbed",
    "CREATE TABLE ht.mine (x text)", "DROP TABLE ht.entry", "ALTER TABLE ht.entry DISABLE ROW LEVEL SECURITY",
    "CREATE OR REPLACE FUNCTION ht.next_position() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
)  # fmt: skip


@pytest.mark.parametrize("role", ["ht_reader", "ht_keeper", "ht_coordinator"])
def test_nobody_rewrites_what_is_written(database: Database, role: str) -> None:
    PostgresPlace(database.url, "").push(written(2))
    login = database.login(role)
    for statement in REWRITINGS:
        refused(database, login, statement)
    assert database.run("SELECT count(*), max(last) FROM ht.entry, ht.counter") == [(2, 2)]


def test_a_reader_reads_and_does_not_write(database: Database, reader: PostgresPlace) -> None:
    with pytest.raises(SyncError, match="GRANT ht_keeper TO"):
        reader.push(written(1))
    refused(database, database.login("ht_reader"), INSERT, line_of(written(1)[0]))
    assert pulled(reader) == []


def words(count: int, action: str = "report") -> list[Change]:
    found = [entry._replace(uuid="", action=action, fields={}, note=f"word {number}") for number, entry in enumerate(written(count))]
    return [entry._replace(uuid=name_of(entry)) for entry in found]


@pytest.mark.parametrize("action", ["report", "propose"])
def test_a_reader_sends_remarks_and_proposals(keeper: PostgresPlace, reader: PostgresPlace, database: Database, action: str) -> None:
    said = words(3, action)
    assert reader.push(said) == 3
    assert pulled(keeper) == said
    ((who,),) = database.run("SELECT DISTINCT written_by FROM ht.entry")
    assert str(who).startswith("reader_")


def test_of_what_a_reader_holds_the_remarks_go_and_the_facts_stay(keeper: PostgresPlace, reader: PostgresPlace) -> None:
    said = words(2)
    with pytest.raises(PartlySentError, match=r'3 entries stay here.*GRANT ht_keeper TO "reader_') as partly:
        reader.push([*written(3), *said])
    assert partly.value.sent == 2
    assert pulled(keeper) == said
    assert reader.push(said) == 0


@pytest.mark.parametrize("action", ["answer", "claim", "skip", "verify", "add", "settle", ""])
def test_row_security_keeps_a_reader_from_all_else(database: Database, action: str) -> None:
    line = json.loads(line_of(words(1)[0]))
    login = database.login("ht_reader")
    refused(database, login, INSERT, json.dumps(line | {"action": action}))
    refused(database, login, INSERT, json.dumps(line)[:-1] + f', "action": "{action}"}}')
    for more in ({"fields": {"email": [None, "x@example.org"]}}, {"undoes": written(1)[0].uuid}):
        refused(database, login, INSERT, json.dumps(line | more))
    refused(database, login, INSERT, json.dumps({name: part for name, part in line.items() if name != "action"}))


def test_a_reader_of_a_database_that_an_older_ht_prepared_is_told_so_in_words(database: Database, reader: PostgresPlace) -> None:
    database.run("DROP POLICY readers_report_and_propose_as_themselves ON ht.entry; REVOKE INSERT (line) ON ht.entry FROM ht_reader")
    with pytest.raises(SyncError, match="GRANT ht_keeper TO"):
        reader.push(words(1))


def test_the_sync_of_a_reader_brings_what_there_is_and_says_in_words_what_stays(
    keeper: PostgresPlace, database: Database, slim: Path, tmp_path: Path
) -> None:
    keeper.push(words(2))
    own = tmp_path / "own.db"
    shutil.copyfile(slim, own)

    def ht(*line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "ht_cli", *line, "--catalogue", str(own)], capture_output=True, text=True)

    ht("report", "realism", "nobody answers since June")
    ht("update", "realism", "--set", "email=new@example.org", "--yes")
    for came, went in (("2 entries came", "1 entry went"), ("0 entries came", "0 entries went")):
        done = ht("sync", database.login("ht_reader"))
        assert done.returncode == 0
        assert f"{came}, {went}." in done.stderr
        assert "1 entry stays here" in done.stderr
        assert "psycopg" not in done.stderr
    assert [entry.note for entry in pulled(keeper)] == ["word 0", "word 1", "nobody answers since June"]


def test_who_is_in_no_role_may_not_even_read(database: Database, place: Open) -> None:
    stranger = place(database.login())
    for act in (lambda: pulled(stranger), lambda: stranger.lacks([written(1)[0].uuid])):
        with pytest.raises(SyncError, match='GRANT ht_reader TO "nobody_'):
            act()
    with pytest.raises(SyncError, match="GRANT ht_keeper TO"):
        stranger.push(written(1))


def test_a_keeper_writes_under_their_own_login_alone(database: Database) -> None:
    login = database.login("ht_keeper")
    line = line_of(written(1)[0])
    for column, value in (("written_by", "eve"), ("position", 1), ("written_at", "2020-01-01")):
        refused(database, login, f"INSERT INTO ht.entry (line, {column}) VALUES (%s, %s)", line, value)
    PostgresPlace(login, "").push(written(1))
    ((written_by,),) = database.run("SELECT written_by FROM ht.entry")
    assert str(written_by).startswith("keeper_")


def test_row_security_holds_where_a_column_was_granted_by_mistake(database: Database) -> None:
    login = database.login("ht_keeper")
    database.run("GRANT INSERT (line, written_by) ON ht.entry TO ht_keeper")
    refused(database, login, "INSERT INTO ht.entry (line, written_by) VALUES (%s, 'eve')", line_of(written(1)[0]))
    database.run("GRANT UPDATE, DELETE ON ht.entry TO ht_keeper")
    PostgresPlace(login, "").push(written(1))
    database.run("UPDATE ht.entry SET line = line || ' '", by=login)
    database.run("DELETE FROM ht.entry", by=login)
    assert database.run("SELECT right(line, 1) FROM ht.entry") == [("}",)]


def test_a_coordinator_also_says_what_the_release_holds(database: Database, place: Open) -> None:
    coordinator = database.login("ht_coordinator")
    entries = written(2)
    assert place(coordinator).push(entries) == 2
    say = "INSERT INTO ht.absorbed (name, release) VALUES (%s, '2026-12')"
    refused(database, database.login("ht_keeper"), say, entries[0].uuid)
    refused(database, coordinator, "INSERT INTO ht.absorbed (name, release, written_by) VALUES (%s, '2026-12', 'eve')", entries[0].uuid)
    database.run(say, entries[0].uuid, by=coordinator)
    waiting = "SELECT name::text FROM ht.entry WHERE name NOT IN (SELECT name FROM ht.absorbed)"
    assert database.run(waiting, by=coordinator) == [(entries[1].uuid,)]


@pytest.mark.parametrize(
    "line",
    ["", "x", "[]", "{}", '{"id": 1}', '{"id": "0a"}', '{"id": "0A1B2C3D-0000-0000-0000-000000000000"}', f'{{"id": "0a1b2c3d-0000-0000-0000-000000000000", "note": "{"x" * 1_000_000}"}}'],
    ids=["empty", "no JSON", "a list", "no name", "a number", "a short name", "capitals", "too long"],
)  # fmt: skip
def test_the_server_takes_no_line_that_cannot_be_an_entry(database: Database, line: str) -> None:
    with pytest.raises(psycopg.Error):
        database.run(INSERT, line)
    assert database.run("SELECT count(*) FROM ht.entry") == [(0,)]


# preparing


def test_preparing_twice_changes_nothing(database: Database) -> None:
    made = database.run("SELECT number, made_at FROM ht.version ORDER BY number")
    assert [number for number, _at in made] == list(range(1, len(postgres.STEPS) + 1))
    initialise(database.url)
    assert database.run("SELECT number, made_at FROM ht.version ORDER BY number") == made


def test_who_prepares_what_is_prepared_already_is_told_that_nothing_was_done(empty: Database) -> None:
    assert initialise(empty.url).startswith("ready: ")
    for login in (empty.url, empty.login("ht_keeper")):
        assert initialise(login).startswith("nothing was done: ")


def test_a_database_of_an_older_ht_is_brought_up_with_its_entries(empty: Database, place: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(postgres, "STEPS", postgres.STEPS[:-1])
        initialise(empty.url)
        place(empty.url).push(written(5))
    initialise(empty.url)
    assert pulled(place(empty.url)) == written(5)
    assert empty.run("SELECT count(*) FROM ht.absorbed") == [(0,)]


def test_a_step_that_fails_leaves_nothing_half_done(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(postgres, "STEPS", (*postgres.STEPS, "CREATE TABLE ht.more (x int); SELECT 1/0"))
        with pytest.raises(SyncError, match="division by zero"):
            initialise(empty.url)
    assert empty.run("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'ht'") == [(0,)]
    initialise(empty.url)


def test_who_may_not_prepare_a_database_learns_what_an_administrator_says(empty: Database) -> None:
    with pytest.raises(SyncError, match='GRANT CREATE ON DATABASE "postgres" TO "nobody_'):
        initialise(empty.login())


def test_who_did_not_prepare_a_database_learns_whose_right_a_newer_ht_needs(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    other = database.login("ht_keeper")
    assert "@127.0.0.1" in initialise(other)
    monkeypatch.setattr(postgres, "STEPS", (*postgres.STEPS, "CREATE TABLE ht.more (x int)"))
    with pytest.raises(SyncError, match='GRANT "chief" TO "keeper_'):
        initialise(other)


def test_who_may_not_make_roles_learns_which_are_missing(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ROLES", (*postgres.ROLES, "ht_of_later"))
    with pytest.raises(SyncError, match="CREATE ROLE ht_of_later;"):
        initialise(empty.login())


def test_a_database_that_lacks_letters_is_refused(empty: Database) -> None:
    empty.run("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(SyncError, match="SQL_ASCII"):
        initialise(empty.server.url("ascii"))


def test_two_who_prepare_at_once_do_it_once(empty: Database) -> None:
    with ThreadPoolExecutor(4) as four:
        for done in [four.submit(initialise, empty.url) for _each in range(4)]:
            done.result()
    assert empty.run("SELECT count(*) FROM ht.version") == [(len(postgres.STEPS),)]
