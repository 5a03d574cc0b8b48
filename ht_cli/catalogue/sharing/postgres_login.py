"""How a PostgreSQL server is reached, and what it refuses, in words.

libpq reads the address, `~/.pgpass`, `PGPASSWORD`, service files and certificates. A password is neither kept nor shown.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from ht_cli.errors import SyncError, installing
from ht_cli.locale import translate as _

if TYPE_CHECKING:
    from psycopg import Connection, Error, OperationalError

# an @ where none can be is one of the password, and what libpq says of such an address shows parts of it
_ADDRESS = re.compile(r"postgres(?:ql)?://([^/@]*@)?[^@]*")
_SECRETS = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
# a server that does not answer is given up after ten seconds, one that is gone is noticed within half a minute
_WANTED = {"connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
_UNPREPARED = ("42P01", "3F000", "42703", "42883")  # no such table, schema, column, function
_MAY_NOT = "42501"
_READ_ONLY = "25006"


def shown(url: str) -> str:
    """Give an address as it may be shown and remembered. Raises SyncError when it is none."""
    parts = {name: value for name, value in _parts(url).items() if name not in _SECRETS}
    user, hosts, ports, database = (parts.pop(name, "") for name in ("user", "host", "port", "dbname"))
    servers = ",".join(_server(*pair) for pair in zip_longest(hosts.split(","), ports.split(","), fillvalue=""))
    login = f"{quote(user, safe='')}@" if user else ""
    query = f"?{urlencode(parts, safe='/', quote_via=quote)}" if parts else ""
    return f"postgresql://{login}{servers}/{quote(database, safe='')}{query}"


def connect(url: str, device: str = "") -> "Connection":
    """Open a connection that keeps nothing open by itself: each statement is its own transaction unless one is begun.

    Raises SyncError when psycopg is missing, the address cannot be read, the server not be reached, or it refuses the login.
    """
    parts = _parts(url)
    import logging

    import psycopg
    from psycopg.conninfo import make_conninfo

    logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what it has to say arrives as an error, and is put into words
    wanted: dict[str, Any] = {"fallback_application_name": f"ht {device}".strip(), **_WANTED}
    if "PGCONNECT_TIMEOUT" in os.environ:
        del wanted["connect_timeout"]
    address = make_conninfo(**wanted | parts, client_encoding="utf8")
    try:
        # what is prepared on one connection of a pooler is not there on the next
        return psycopg.connect(address, autocommit=True, prepare_threshold=None)
    except psycopg.OperationalError as error:
        raise SyncError(_why_closed(error, shown(url))) from error


def is_overheard(connection: "Connection") -> bool:
    """Say whether what is exchanged goes over a network without TLS."""
    address = connection.pgconn.hostaddr.decode()
    return not connection.pgconn.ssl_in_use and bool(address) and not ip_address(address).is_loopback


def locks_tables(connection: "Connection") -> bool:
    """Say whether it is PostgreSQL itself: CockroachDB and YugabyteDB lock no table in a mode of its own."""
    said = connection.info.parameter_status
    return said("crdb_version") is None and "-YB-" not in (said("server_version") or "")


@contextmanager
def in_words(connection: "Connection", place: str, right: str) -> Iterator[None]:
    """Turn what the server refuses into a SyncError with the way out; `right` is what an act here needs."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise SyncError(_why_refused(error, connection, place, right)) from error


def granting(right: str, connection: "Connection") -> str:
    """Give the statement by which whoever runs the server gives the login of a connection a right."""
    return f'GRANT {right} TO "{connection.info.user}"'


def _parts(url: str) -> dict[str, Any]:
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise SyncError(
            _("a sync with a database needs one more package: {command}; with a folder it needs none").format(
                command=installing("postgres")
            )
        ) from error
    try:
        if _ADDRESS.fullmatch(url):
            return conninfo_to_dict(url)
    except ProgrammingError:
        pass  # its text may show the password
    raise SyncError(_("that address cannot be read. It is written postgresql://LOGIN@SERVER/DATABASE; an @ in a name is %40, a / is %2F"))


def _server(host: str, port: str) -> str:
    named = f"[{host}]" if ":" in host else quote(host, safe="")
    return f"{named}:{port}" if port else named


def _why_closed(error: "OperationalError", place: str) -> str:
    reason = _reason(str(error).rpartition("failed: ")[2])
    if error.pgconn and error.pgconn.needs_password:
        return _("{place} asks for a password: write it into ~/.pgpass (SERVER:PORT:DATABASE:LOGIN:PASSWORD), or set PGPASSWORD").format(
            place=place
        )
    if error.pgconn and _speaks_of(error.pgconn.db, reason) and not _speaks_of(error.pgconn.user, reason):
        return _("{place} has no database of this name: {reason}. Look at the name at the end of the address, or ask whoever runs the server").format(place=place, reason=reason)  # fmt: skip
    if error.pgconn and error.pgconn.used_password:
        return _("{place} refuses this login: {reason}. Look at the password in ~/.pgpass or PGPASSWORD, or ask whoever runs the server").format(place=place, reason=reason)  # fmt: skip
    return _("{place} cannot be reached: {reason}. Look at the address and the network; your changes are kept here and go with the next sync").format(place=place, reason=reason)  # fmt: skip


def _speaks_of(name: bytes, reason: str) -> bool:
    """Say whether a server names something in its own language: between marks, of whatever kind."""
    return bool(re.search(rf"[\"«„“‘'\s]{re.escape(name.decode())}[\"»“”’'\s]", reason))


def _why_refused(error: "Error", connection: "Connection", place: str, right: str) -> str:
    if error.sqlstate == _MAY_NOT:
        said = _("{place} does not let this login do that; whoever runs it says: {statement}")
        return said.format(place=place, statement=granting(right, connection))
    if error.sqlstate in _UNPREPARED:
        return _("{place} is not prepared for this ht; whoever runs it says once: ht sync --init {place}").format(place=place)
    if error.sqlstate == _READ_ONLY:
        return _("{place} can only be read, it is a copy; sync with the server that it copies").format(place=place)
    if connection.closed:
        return _("the connection to {place} was lost; what it had confirmed is there, sync again for the rest").format(place=place)
    return _("{place} refuses: {reason}").format(place=place, reason=_reason(str(error)))


def _reason(text: str) -> str:
    """Give the first line of what libpq says, without the word for how grave it is."""
    lines = text.strip().splitlines()
    return re.sub(r"^[A-Z]+: +", "", lines[0]) if lines else ""
