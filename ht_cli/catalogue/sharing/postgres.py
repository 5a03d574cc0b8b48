"""A PostgreSQL database as the place of a sync, reached through psycopg (the extra "postgres").

Whoever writes takes the positions of the entries from one counter, whose row stays theirs until their transaction has ended.
So positions become visible in their order, and who has read as far as one never misses an entry that appears later under a
smaller one. `postgres_tables.py` holds what the server is told, `postgres_login.py` how it is reached and how it refuses.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from random import uniform
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from ht_cli.catalogue.sharing.entries import line_of, read_line
from ht_cli.catalogue.sharing.place import PartlySentError
from ht_cli.catalogue.sharing.postgres_login import connect, granting, in_words, is_overheard, locks_tables, shown
from ht_cli.catalogue.sharing.postgres_tables import KEEPER, READER, ROLES, SAID_BY_READERS, STEPS, TURN
from ht_cli.errors import InvalidDataError, SyncError
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Change
from ht_cli.shapes import NamedTuple

if TYPE_CHECKING:
    from typing import LiteralString

    from psycopg import Connection

ROWS = 5_000  # that one question asks for
NAMES = 10_000  # that one question asks about
ENTRIES = 500  # that are read or written together
CHARACTERS = 2_000_000  # after which fewer entries will do
PATIENCE = 60.0  # seconds that a push goes on trying while others write
FIRST_WAIT, LONGEST_WAIT = 0.02, 1.0  # seconds; in between the wait doubles

_BEYOND = """
    SELECT position, name::text, line, written_by FROM ht.entry
    WHERE position > coalesce((SELECT position FROM ht.entry WHERE position = %s::bigint AND name = %s::uuid), 0)
    ORDER BY position LIMIT %s"""
_AT = "SELECT position, name::text, line, written_by FROM ht.entry WHERE position = ANY(%s::bigint[]) ORDER BY position"
_LACKING = "SELECT wanted::text FROM unnest(%s::uuid[]) AS wanted WHERE NOT EXISTS (SELECT 1 FROM ht.entry WHERE name = wanted)"
# none of these looks at anything, so that what the transaction sees is what the one before it has left
_BEGIN = "BEGIN ISOLATION LEVEL SERIALIZABLE"
LONGEST_TURN = "SET LOCAL lock_timeout = '20s'"
_QUEUE = "LOCK TABLE ht.turn IN SHARE ROW EXCLUSIVE MODE"
_APPEND = "INSERT INTO ht.entry (line) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"

Item = TypeVar("Item")


class EntriesRead(NamedTuple):
    """Some entries of the database, and the marks: how far it was read, and at which positions nothing could be."""

    entries: list[Change]
    marks: dict[str, str]


class _Row(NamedTuple):
    position: int
    name: str
    line: str
    written_by: str


class PostgresPlace:
    """A database that `ht sync --init` has prepared; what one may do there hangs on the login."""

    def __init__(self, url: str, device: str) -> None:
        """Raises SyncError when the address cannot be read, the server not be reached, or it refuses the login."""
        self.name = shown(url)
        self.remarks: list[str] = []
        self._connection = connect(url, device)
        self._queues = locks_tables(self._connection)
        if is_overheard(self._connection):
            self.remarks.append(
                _("the way to {place} is without TLS: others may read along; add ?sslmode=verify-full").format(place=self.name)
            )

    def pull(self, marks: dict[str, str]) -> Iterator[EntriesRead]:
        """Give what stands beyond the marks, a stretch at a time; all of it where the database is not the one that was read.

        A line that cannot be read is left out, said, and asked for again the next time: a newer ht may have written it.
        Raises SyncError when the connection is lost, or the login may not read.
        """
        unread: list[int] = []
        if marks.get("unread"):
            for rows in _parted(self._ask(_AT, [marks["unread"].split()]), _weight_of_row):
                yield EntriesRead(_entries(rows, unread), {})
            yield EntriesRead([], {"unread": _listed(unread)})
        for rows in _parted(self._beyond(marks), _weight_of_row):
            entries = _entries(rows, unread)
            yield EntriesRead(entries, {"position": str(rows[-1].position), "name": rows[-1].name, "unread": _listed(unread)})
        if unread:
            said = _n(
                "{count} line of {place} is not an entry that this ht can read, and is left out: position {number}",
                "{count} lines of {place} are not entries that this ht can read, and are left out: from position {number} on",
                len(unread),
            )
            self.remarks.append(said.format(count=len(unread), place=self.name, number=unread[0]))

    def lacks(self, names: Iterable[str]) -> set[str]:
        """Give which of these entries the database does not hold. Raises SyncError as `pull` does."""
        asked, lacking = iter(names), set[str]()
        while some := list(islice(asked, NAMES)):
            with in_words(self._connection, self.name, READER):
                lacking |= {name for (name,) in self._connection.execute(_LACKING, [some])}
        return lacking

    def push(self, entries: Iterable[Change]) -> int:
        """Write entries, some hundreds in one transaction, and give how many were new to the database.

        A login that may not write facts writes what may be said by everybody, remarks and proposals; that the rest stays
        here is a PartlySentError. Raises SyncError when the login may not even do that, or the connection is lost: what was
        written before then is there, and the next sync no longer lacks it.
        """
        written = staying = 0
        with in_words(self._connection, self.name, KEEPER):
            for some in _parted(entries, _weight_of_entry):
                new, stay = self._append_what_may_be(some)
                written, staying = written + new, staying + stay
        if staying:
            said = _n(
                "{count} entry stays here: this login sends remarks and proposals, and no facts. Whoever runs {place} says: {statement}",
                "{count} entries stay here: this login sends remarks and proposals, and no facts. Whoever runs {place} says: {statement}",
                staying,
            )
            statement = granting(KEEPER, self._connection)
            raise PartlySentError(said.format(count=staying, place=self.name, statement=statement), written)
        return written

    def _append_what_may_be(self, entries: list[Change]) -> tuple[int, int]:
        """Write entries, or those of them that a reader may write; give how many were new, and how many are not written."""
        from psycopg.errors import InsufficientPrivilege

        try:
            return self._append([line_of(entry) for entry in entries]), 0
        except InsufficientPrivilege:
            words = [entry for entry in entries if entry.action in SAID_BY_READERS]
            if not self._reads_only() or len(words) == len(entries):
                raise
            return (self._append([line_of(entry) for entry in words]) if words else 0), len(entries) - len(words)

    def _reads_only(self) -> bool:
        """Say whether a login is a reader's, which may at least send remarks."""
        row = self._connection.execute("SELECT has_column_privilege('ht.entry', 'line', 'INSERT')").fetchone()
        return bool(row and row[0])

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _beyond(self, marks: dict[str, str]) -> Iterator[_Row]:
        position, name, count = int(marks.get("position", 0)), marks.get("name"), ROWS
        while count == ROWS:
            count = 0
            for row in self._ask(_BEYOND, [position, name, ROWS]):
                yield row
                position, name, count = row.position, row.name, count + 1

    def _ask(self, question: "LiteralString", values: list[object]) -> Iterator[_Row]:
        """Give the rows that answer as they arrive, never all of them at once."""
        with in_words(self._connection, self.name, READER), self._connection.cursor() as cursor:
            yield from map(_Row._make, cursor.stream(question, values))

    def _append(self, lines: list[str]) -> int:
        """Write lines together or not at all, and give how many were new; again where others wrote at the same moment."""
        from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

        for wait in _waits():
            try:
                return self._append_once(lines)
            except (SerializationFailure, DeadlockDetected, LockNotAvailable):
                sleep(wait)
        raise SyncError(_("too many write to {place} at this moment; sync again in a minute").format(place=self.name))

    def _append_once(self, lines: list[str]) -> int:
        """Say the whole transaction at once, so that the way to the server is gone once."""
        from psycopg import Error

        try:
            with self._connection.pipeline():
                self._connection.execute(_BEGIN)
                self._connection.execute(LONGEST_TURN)
                if self._queues:
                    self._connection.execute(_QUEUE)
                written = self._connection.execute(_APPEND, [lines])
                self._connection.execute("COMMIT")
        except Error:
            if not self._connection.closed:
                self._connection.rollback()
            raise
        return written.rowcount


def initialise(url: str) -> str:
    """Make the roles and tables that a database lacks, all or none of them, and say that it is ready, or that nothing was lacking.

    Raises SyncError when the login may not, and says what somebody who may has to do first.
    """
    place = shown(url)
    with connect(url) as connection, in_words(connection, place, _right_to_prepare(connection)), connection.transaction():
        _require_every_script(connection, place)
        if locks_tables(connection):
            connection.execute(TURN)
        lacking = _make_roles(connection)
        taken = {number for (number,) in connection.execute("SELECT number FROM ht.version")} if _owner(connection) else set()
        for number, step in enumerate(STEPS, 1):
            if number not in taken:
                connection.execute(step)
                connection.execute("INSERT INTO ht.version (number) VALUES (%s)", [number])
    if lacking or len(taken) < len(STEPS):
        return _("ready: {place}; keepers now use ht sync with their own login").format(place=place)
    return _("nothing was done: {place} is prepared already; keepers use ht sync with their own login").format(place=place)


def _owner(connection: "Connection") -> str:
    """Give who prepared a database; empty where nobody has."""
    row = connection.execute("SELECT tableowner FROM pg_tables WHERE schemaname = 'ht' AND tablename = 'version'").fetchone()
    return str(row[0]) if row else ""


def _right_to_prepare(connection: "Connection") -> str:
    owner = _owner(connection)
    return f'"{owner}"' if owner else f'CREATE ON DATABASE "{connection.info.dbname}"'


def _require_every_script(connection: "Connection", place: str) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise SyncError(_("{place} keeps texts as {encoding}, which lacks letters; make it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0").format(place=place, encoding=encoding))  # fmt: skip


def _make_roles(connection: "Connection") -> bool:
    """Make the roles that the server lacks, and say whether it lacked any."""
    from psycopg.errors import InsufficientPrivilege

    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    missing = [f"CREATE ROLE {role};" for role in ROLES if role not in there]
    try:
        for statement in missing:
            connection.execute(statement)
    except InsufficientPrivilege as error:
        raise SyncError(
            _("this login may not make roles. An administrator of the server says once: {statements} Then: ht sync --init again").format(
                statements=" ".join(missing)
            )
        ) from error
    return bool(missing)


def _entries(rows: list[_Row], unread: list[int]) -> list[Change]:
    """Give the entries of rows, and note the positions of those that hold none."""
    entries = []
    for row in rows:
        try:
            entries.append(read_line(row.line))
        except InvalidDataError:
            unread.append(row.position)
    return entries


def _parted(items: Iterable[Item], weight: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Cut a row of things into stretches of at most so many, fewer where they are heavy."""
    stretch: list[Item] = []
    heavy = 0
    for item in items:
        if stretch and (len(stretch) == ENTRIES or heavy + weight(item) > CHARACTERS):
            yield stretch
            stretch, heavy = [], 0
        stretch.append(item)
        heavy += weight(item)
    if stretch:
        yield stretch


def _weight_of_entry(entry: Change) -> int:
    return len(line_of(entry))


def _weight_of_row(row: _Row) -> int:
    return len(row.line)


def _listed(positions: list[int]) -> str:
    return " ".join(map(str, positions))


def _waits() -> Iterator[float]:
    """Give how many seconds to wait before each further try: drawn at random, so that those who met do not meet again."""
    until, longest = monotonic() + PATIENCE, FIRST_WAIT
    while monotonic() < until:
        yield uniform(0, longest)
        longest = min(2 * longest, LONGEST_WAIT)
