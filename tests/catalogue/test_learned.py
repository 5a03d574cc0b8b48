"""What the ears learned, written into a catalogue and read back by look-ups."""

import sqlite3
from contextlib import closing

from sqlite_utils import Database

from ht_cli.catalogue.facts import schema
from ht_cli.catalogue.index.learned import Ears, write_learned
from ht_cli.hearing.ears import DANGERS, NEEDS, Column, Judgement
from ht_cli.hearing.features import BITS
from ht_cli.hearing.training import Learned

ALL = bytes(range(256))
LEARNED = Learned(
    columns=(Column(NEEDS, "sleep", 0.5, (ALL, b""), 1.25), Column(DANGERS, "threat", -0.25, (b"", ALL), 0.75, -0.5)),
    judgement=Judgement(1.5, 0.25, -0.5),
    unit=0.125,
    codes={5: b"ab", 6: b"cd", 2**BITS - 1: b"ef", 2 ** (BITS - 1): b"gh"},
    notions={"en": {"hit": frozenset(["HIT", "SPORT"]), "schl*": frozenset(["HIT"])}},
)


class Read(Ears):
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection


def test_what_was_learned_is_read_as_it_was_written() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.migrate(Database(connection))
        write_learned(connection, LEARNED)
        ears = Read(connection)
        assert tuple(ears.columns) == LEARNED.columns
        assert ears.judgement == LEARNED.judgement
        assert ears.unit == 0.125
        assert ears.codes_of([*LEARNED.codes, 7, 2 ** (BITS - 1) + 5]) == LEARNED.codes
        assert ears.notions_of(["hit", "schlage", "miss"], ["en"]) == {
            "hit": frozenset(["HIT", "SPORT"]), "schlage": frozenset(["HIT"]),
        }  # fmt: skip


def test_a_catalogue_that_never_learned_tells_nothing_apart() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.migrate(Database(connection))
        assert Read(connection).columns == []
