"""Many who write at once, and a server that is killed meanwhile: everything acknowledged is there, nothing is half there, nothing is missed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from time import monotonic, sleep

import psycopg
import pytest

from ht_cli.catalogue.sharing import postgres
from ht_cli.catalogue.sharing.entries import line_of
from ht_cli.catalogue.sharing.postgres import PostgresPlace
from ht_cli.errors import SyncError
from ht_cli.model import Change
from tests.sharing.conftest import Database
from tests.sharing.written import written

Open = Callable[[str], PostgresPlace]
queueing = pytest.mark.parametrize("queues", [True, False], ids=["in a queue", "trying again"])


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Collect the seconds that pushes wait before they try again."""
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        sleep(seconds)

    monkeypatch.setattr(postgres, "sleep", wait)
    return waited


def names(entries: list[Change]) -> set[str]:
    return {entry.uuid for entry in entries}


def test_two_hundred_keepers_push_fifty_changes_each_at_once(database: Database, place: Open) -> None:
    login = database.login("ht_keeper")
    start = Barrier(200)
    days_work = [written(50, device) for device in range(1, 201)]

    def push(mine: list[Change]) -> int:
        one = place(login)
        start.wait()
        return one.push(mine)

    with ThreadPoolExecutor(200) as keepers:
        assert sum(keepers.map(push, days_work)) == 10_000
    arrived = [entry for stretch in place(login).pull({}) for entry in stretch.entries]
    assert names(arrived) == names([entry for mine in days_work for entry in mine])
    assert len(arrived) == 10_000


@queueing
def test_who_reads_while_many_write_misses_nothing(
    database: Database, place: Open, queues: bool, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a server cannot make them queue, and refuses all but the first."""
    monkeypatch.setattr(postgres, "locks_tables", lambda connection: queues)
    login = database.login("ht_keeper")
    over = Event()
    expected = [entry for device in range(1, 13) for entry in written(40, device)]

    def write(device: int) -> None:
        one = place(login)
        for first in range(0, 40, 4):
            assert one.push(written(4, device, first)) == 4

    def read() -> list[Change]:
        one, marks, got, last = place(login), {}, [], False
        while not last:
            last = over.is_set()
            for stretch in one.pull(marks):
                got += stretch.entries
                marks |= stretch.marks
        return got

    with ThreadPoolExecutor(15) as people:
        readers = [people.submit(read) for _each in range(2)]
        list(people.map(write, range(1, 13)))
        over.set()
        for reader in readers:
            assert len(reader.result()) == len(expected)
            assert names(reader.result()) == names(expected)
    assert queues or waits


def test_a_position_is_not_read_past_while_a_smaller_one_may_still_appear(database: Database, place: Open, waits: list[float]) -> None:
    """Somebody's transaction stays open; who comes later waits, is refused by the server (40001) and tries again."""
    login = database.login("ht_keeper")
    reader, other = place(database.login("ht_reader")), place(login)
    slow, quick = written(1, 1), written(1, 2)
    marks: dict[str, str] = {}

    def pull() -> list[Change]:
        entries = []
        for stretch in reader.pull(marks):
            entries += stretch.entries
            marks.update(stretch.marks)
        return entries

    with psycopg.connect(login) as first, ThreadPoolExecutor(1) as later:
        first.execute("INSERT INTO ht.entry (line) VALUES (%s)", [line_of(slow[0])])
        push = later.submit(other.push, quick)
        sleep(0.5)
        assert not push.done()
        assert pull() == []
        first.commit()
        assert push.result() == 1
    assert pull() == slow + quick
    assert len(waits) == 1


def test_who_waits_too_long_is_told_so(database: Database, place: Open, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    monkeypatch.setattr(postgres, "PATIENCE", 0.2)
    monkeypatch.setattr(postgres, "LONGEST_TURN", "SET LOCAL lock_timeout = '100ms'")
    login = database.login("ht_keeper")
    other = place(login)
    with psycopg.connect(login) as first:
        first.execute("INSERT INTO ht.entry (line) VALUES (%s)", [line_of(written(1)[0])])
        with pytest.raises(SyncError, match="too many write"):
            other.push(written(1, 2))
        first.rollback()
    assert waits
    assert other.push(written(1, 2)) == 1


def test_two_devices_that_carry_the_same_entries_push_them_at_once(database: Database, place: Open) -> None:
    login = database.login("ht_keeper")
    start = Barrier(8)

    def push(_each: int) -> int:
        one = place(login)
        start.wait()
        return one.push(written(60))

    with ThreadPoolExecutor(8) as devices:
        assert sum(devices.map(push, range(8))) == 60


def test_a_server_killed_while_keepers_push_loses_nothing_acknowledged_and_holds_nothing_by_half(database: Database, place: Open) -> None:
    server, login = database.server, database.login("ht_keeper")
    batches = [written(10, device, first) for device in range(1, 9) for first in range(0, 150, 10)]
    acknowledged: set[str] = set()
    noting, refusals = Lock(), []

    def push(mine: list[list[Change]]) -> None:
        one: PostgresPlace | None = None
        for batch in mine:
            while not names(batch) <= acknowledged:
                try:
                    one = one or place(login)
                    one.push(batch)
                    with noting:
                        acknowledged.update(names(batch))
                except SyncError as error:
                    refusals.append(str(error))
                    one = None
                    sleep(0.1)

    def held() -> set[str]:
        return {str(name) for (name,) in database.run("SELECT name FROM ht.entry")}

    with ThreadPoolExecutor(8) as keepers:
        pushing = [keepers.submit(push, batches[number::8]) for number in range(8)]
        for kill in range(1, 4):
            until = monotonic() + 30
            while len(acknowledged) < kill * 200 and monotonic() < until:
                sleep(0.005)
            server.kill()
            with noting:
                before = set(acknowledged)
            server.start()
            there = held()
            assert before <= there
            assert all(names(batch) <= there or not names(batch) & there for batch in batches)
        for each in pushing:
            each.result()
    assert held() == names([entry for batch in batches for entry in batch])
    assert any("was lost" in refusal for refusal in refusals)
