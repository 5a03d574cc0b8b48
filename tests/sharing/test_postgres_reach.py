"""How a server is reached: passwords and their places, TLS, what is said when it cannot be, and how long a sync takes from afar."""

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from ht_cli.catalogue.sharing.postgres import PostgresPlace, initialise
from ht_cli.catalogue.sharing.postgres_login import is_overheard, locks_tables, shown
from ht_cli.errors import SyncError
from ht_cli.model import Change
from tests.conftest import Outcome
from tests.sharing.conftest import Database
from tests.sharing.pulling import fill, measured_pull
from tests.sharing.server import ADMINISTRATOR, PASSWORD, Server, free_port
from tests.sharing.slow_way import slow_way
from tests.sharing.written import written

Open = Callable[[str], PostgresPlace]
SECRET = "s3cr3t"


# what is shown and remembered


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://keepers.example.org/ht", "postgresql://keepers.example.org/ht"),
        (f"postgres://ada:{SECRET}@keepers.example.org:5433/ht", "postgresql://ada@keepers.example.org:5433/ht"),
        (f"postgresql://ada@h/ht?sslmode=verify-full&password={SECRET}", "postgresql://ada@h/ht?sslmode=verify-full"),
        (f"postgresql://h/ht?sslpassword={SECRET}&sslkey=/home/ada/key", "postgresql://h/ht?sslkey=/home/ada/key"),
        (f"postgresql://a%40b:{SECRET}%40%2F@h/ht", "postgresql://a%40b@h/ht"),
        (f"postgresql://ada:{SECRET}?x@h/ht", "postgresql://ada@h/ht"),
        ("postgresql://h1:1,h2:2/ht", "postgresql://h1:1,h2:2/ht"),
        ("postgresql://h1,h2/ht", "postgresql://h1,h2/ht"),
        ("postgresql://[::1]:5433/ht", "postgresql://[::1]:5433/ht"),
        ("postgresql://%2Frun%2Fpostgresql/ht", "postgresql://%2Frun%2Fpostgresql/ht"),
        ("postgresql:///?service=keepers", "postgresql:///?service=keepers"),
    ],
)
def test_a_place_is_named_without_its_password(url: str, name: str) -> None:
    assert shown(url) == shown(name) == name


@pytest.mark.parametrize(
    "url",
    [f"postgresql://ada:{SECRET}@more@h/ht", f"postgresql://ada:{SECRET}/x@h/ht", f"postgresql://ada:{SECRET}%zz@h/ht", f"postgresql://ada:{SECRET}@h/ht?nosuch=1", "postgresql:/h/ht"],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_refused_without_showing_it(url: str) -> None:
    for act in (lambda: shown(url), lambda: PostgresPlace(url, ""), lambda: initialise(url)):
        with pytest.raises(SyncError, match="an @ in a name is %40") as refusal:
            act()
        assert SECRET not in str(refusal.value)


def test_without_psycopg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for act in (lambda: PostgresPlace("postgresql://h/ht", ""), lambda: initialise("postgresql://h/ht")):
        with pytest.raises(SyncError, match=r"pip install 'ht-cli\[postgres\]'"):
            act()


# passwords


def test_a_password_in_the_address_is_neither_shown_nor_remembered(
    empty: Database, ht: Callable[..., Outcome], own: Path, tmp_path: Path
) -> None:
    """Wherever it stands in it."""
    for url in (empty.url, empty.url.replace(f":{PASSWORD}@", "@") + f"?password={PASSWORD}"):
        for said in (ht("sync", "--init", url), ht("sync", url)):
            assert said.exit_code == 0
            assert PASSWORD not in said.out + said.err
        assert f"postgresql://{ADMINISTRATOR}@127.0.0.1" in ht("sync", "--init", url).err
        assert PASSWORD.encode() not in own.read_bytes()
    again = ht("sync")
    assert (again.exit_code, "asks for a password" in again.err) == (5, True)


@pytest.fixture
def without_password(database: Database) -> str:
    return database.login("ht_keeper").replace(f":{PASSWORD}@", "@")


def test_the_password_may_stand_in_the_environment_in_pgpass_or_in_a_service_file(
    database: Database, place: Open, without_password: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SyncError, match=r"asks for a password.*~/\.pgpass"):
        place(without_password)
    with monkeypatch.context() as environment:
        environment.setenv("PGPASSWORD", PASSWORD)
        assert place(without_password).push(written(1)) == 1
    pgpass = tmp_path / "pgpass"
    pgpass.write_text(f"127.0.0.1:*:*:*:{PASSWORD}\n")
    pgpass.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(pgpass))
    assert place(without_password).push(written(2)) == 1
    user = without_password.split("//")[1].split("@")[0]
    services = tmp_path / "services"
    services.write_text(f"[keepers]\nhost=127.0.0.1\nport={database.server.port}\ndbname=postgres\nuser={user}\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    assert place("postgresql:///?service=keepers").push(written(3)) == 1


def test_a_wrong_password_is_said_and_not_shown(database: Database, place: Open) -> None:
    with pytest.raises(SyncError, match=r"refuses this login: password authentication failed.*~/\.pgpass") as refusal:
        place(database.login("ht_keeper").replace(PASSWORD, SECRET))
    assert SECRET not in str(refusal.value)


# what cannot be reached


def test_no_server_no_database_and_no_tables_each_say_the_way_out(server: Server, empty: Database, place: Open) -> None:
    with pytest.raises(SyncError, match=r"cannot be reached: .*refused.* kept here and go with the next sync"):
        place(f"postgresql://127.0.0.1:{free_port()}/ht")
    with pytest.raises(SyncError, match='has no database of this name: database "nowhere" does not exist'):
        place(server.url("nowhere"))
    for act in (lambda: list(place(empty.url).pull({})), lambda: place(empty.url).lacks([written(1)[0].uuid]), lambda: place(empty.url).push(written(1))):  # fmt: skip
        with pytest.raises(SyncError, match=r"not prepared .* ht sync --init postgresql://chief@127\.0\.0\.1"):
            act()


def test_a_server_that_does_not_answer_is_given_up(place: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begun = monotonic()
        with pytest.raises(SyncError, match=r"cannot be reached: .*timeout"):
            place(f"postgresql://127.0.0.1:{silent.getsockname()[1]}/ht?connect_timeout=2")
        assert monotonic() - begun < 5


def test_a_copy_that_is_only_read_says_so(database: Database, place: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    login = database.login("ht_keeper")
    monkeypatch.setenv("PGOPTIONS", "-c default_transaction_read_only=on")
    with pytest.raises(SyncError, match="can only be read"):
        place(login).push(written(1))


def test_a_connection_lost_while_reading_is_said(database: Database, place: Open) -> None:
    keeper = place(database.login("ht_keeper"))
    keeper.push(written(2_500, note="x" * 9_000))  # more than waits on the way
    reading = keeper.pull({})
    next(reading)
    database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'ht %'")
    with pytest.raises(SyncError, match="was lost"):
        list(reading)
    with pytest.raises(SyncError, match="was lost"):
        keeper.lacks([written(1)[0].uuid])


def test_the_administrator_sees_which_device_is_connected(database: Database, place: Open) -> None:
    place(database.login("ht_keeper"))
    assert ("ht 0a1b2c3d",) in database.run("SELECT application_name FROM pg_stat_activity")


# TLS, and other servers


def test_tls_holds_the_server_against_a_certificate(database: Database, place: Open) -> None:
    certificate = database.server.certificate
    login = database.login("ht_keeper").replace("127.0.0.1", "localhost")
    encrypted = place(f"{login}?sslmode=verify-full&sslrootcert={certificate}")
    assert encrypted.push(written(1)) == 1
    assert database.run("SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name LIKE 'ht %'") == [(True,)]
    with pytest.raises(SyncError, match=r"cannot be reached: .*certificate"):
        place(f"{login}?sslmode=verify-full&sslrootcert={database.server.other_certificate}")


class Pretended:
    """A connection as far as it is looked at here."""

    def __init__(self, address: str = "", tls: bool = False, **said: str) -> None:
        self.pgconn = self.info = self
        self.hostaddr, self.ssl_in_use, self.parameter_status = address.encode(), tls, said.get


def test_a_way_that_others_may_read_along_is_known() -> None:
    ways = [("", False), ("127.0.0.1", False), ("::1", False), ("192.0.2.7", True), ("192.0.2.7", False), ("2001:db8::7", False)]
    assert [is_overheard(Pretended(*way)) for way in ways] == [False] * 4 + [True] * 2  # type: ignore[arg-type]


def test_servers_that_lock_no_table_are_known() -> None:
    assert locks_tables(Pretended(server_version="15.14 (Debian)"))  # type: ignore[arg-type]
    assert not locks_tables(Pretended(server_version="15.2-YB-2.25.1.0-b0"))  # type: ignore[arg-type]
    assert not locks_tables(Pretended(server_version="13.0.0", crdb_version="CockroachDB CCL v25.2"))  # type: ignore[arg-type]


# how long, how large


def test_a_hundred_changes_both_ways_over_fifty_milliseconds_take_at_most_a_second(database: Database, place: Open) -> None:
    """Connecting included; the best of three, for what else the machine does is not meant."""
    login = database.login("ht_keeper")
    place(login).push(written(100, 1))
    with slow_way(database.server.port, 0.05) as port:
        far_login = login.replace(f":{database.server.port}/", f":{port}/")
        assert min(exchanged(far_login, written(100, device), 100 * (device - 1)) for device in (2, 3, 4)) <= 1.0


def exchanged(login: str, mine: list[Change], others: int) -> float:
    """Pull and push as a sync does, and give the seconds that it took."""
    begun = monotonic()
    far = PostgresPlace(login, "")
    came = [entry for stretch in far.pull({}) for entry in stretch.entries]
    lacking = far.lacks(entry.uuid for entry in mine)
    gone = far.push(entry for entry in mine if entry.uuid in lacking)
    far.close()
    assert (len(came), gone) == (others, len(mine))
    return monotonic() - begun


def test_twenty_thousand_entries_pass_through_little_memory(database: Database) -> None:
    fill(database.url, 20_000)
    pull = measured_pull(database.url)
    assert pull.entries == 20_000
    assert pull.megabytes < 100
