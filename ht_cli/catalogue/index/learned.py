"""Keeps what the ears learned (`ear`, `ear_column`, `ear_scale`) and the notions of words (`notion`), and reads it by point look-ups."""

import sqlite3
from collections.abc import Collection, Sequence
from functools import cached_property
from struct import pack, unpack
from typing import TYPE_CHECKING

from ht_cli.catalogue.facts.portions import portions
from ht_cli.hearing.ears import Column
from ht_cli.hearing.features import stems
from ht_cli.model import LANGUAGES

if TYPE_CHECKING:
    from ht_cli.hearing.training import Learned

UNIT = "unit"  # the row of `ear_scale` that says what a whole weight is worth
EAR_TABLES = ("ear", "ear_column", "ear_scale", "notion_name", "notion")


class Ears:
    """The look-ups of hearing of one open catalogue."""

    _connection: sqlite3.Connection

    @cached_property
    def columns(self) -> Sequence[Column]:
        """What is told apart, head by head; nothing in a catalogue that never learned."""
        return [Column(*row) for row in self._connection.execute("SELECT head, name, bias FROM ear_column ORDER BY number")]

    @cached_property
    def scales(self) -> dict[str, tuple[float, float]]:
        """By head, slope and offset that make a score's probability true to the development set."""
        return {head: (slope, offset) for head, slope, offset in self._connection.execute("SELECT head, slope, offset FROM ear_scale")}

    def weights_of(self, numbers: Collection[int]) -> dict[int, list[tuple[int, float]]]:
        """Give the (column, weight) pairs of each known feature."""
        unit = self.scales[UNIT][0]
        found = {}
        for some in portions(sorted(numbers)):
            sql = f"SELECT feature, weights FROM ear WHERE feature IN ({','.join('?' * len(some))})"
            for feature, packed in self._connection.execute(sql, some):
                pairs = unpack(f"{len(packed)}b", packed)
                found[feature] = [(column, weight * unit) for column, weight in zip(pairs[::2], pairs[1::2], strict=True)]
        return found

    def notions_of(self, words: Collection[str], languages: Collection[str]) -> dict[str, frozenset[str]]:
        """Give the notions that each word stands for in these languages."""
        owners: dict[str, list[str]] = {}
        for word in words:
            for stem in stems(word):
                owners.setdefault(stem, []).append(word)
        found: dict[str, set[str]] = {}
        spoken = [LANGUAGES.index(language) for language in languages]
        for some in portions(sorted(owners)):
            sql = (
                f"SELECT word, notions FROM notion WHERE word IN ({','.join('?' * len(some))})"
                f" AND language IN ({','.join('?' * len(spoken))})"
            )
            for stem, packed in self._connection.execute(sql, (*some, *spoken)):
                for word in owners[stem]:
                    found.setdefault(word, set()).update(self._notion_names[one] for one in packed)
        return {word: frozenset(notions) for word, notions in found.items()}

    @cached_property
    def _notion_names(self) -> dict[int, str]:
        return dict(self._connection.execute("SELECT number, name FROM notion_name"))


def write_learned(connection: sqlite3.Connection, learned: "Learned") -> None:
    """Write what was learned; the same lessons give the same rows."""
    connection.executemany("INSERT INTO ear_column VALUES (?,?,?,?)", [(number, *column) for number, column in enumerate(learned.columns)])
    connection.executemany(
        "INSERT INTO ear_scale VALUES (?,?,?)", [(UNIT, learned.unit, 0.0), *((h, *s) for h, s in learned.scales.items())]
    )
    connection.executemany(
        "INSERT INTO ear VALUES (?,?)",
        [
            (feature, pack(f"{2 * len(pairs)}b", *(part for pair in pairs for part in pair)))
            for feature, pairs in sorted(learned.weights.items())
        ],
    )
    names = sorted({notion for words in learned.notions.values() for notions in words.values() for notion in notions})
    numbers = {name: number for number, name in enumerate(names)}
    connection.executemany("INSERT INTO notion_name VALUES (?,?)", list(enumerate(names)))
    connection.executemany(
        "INSERT INTO notion VALUES (?,?,?)",
        sorted(
            (word, LANGUAGES.index(language), bytes(sorted(numbers[notion] for notion in notions)))
            for language, words in learned.notions.items()
            for word, notions in words.items()
        ),
    )
