"""Keeps what the ears learned and the notions of words, and reads it by point look-ups.

`ear` holds the features in drawers, by the first bits of their numbers, and their codes; `ear_column` what is told apart, `ear_table`
what the values of each byte of a code weigh in a column, and `ear_number` how danger is judged and what a unit is worth.
`notion_list` holds the words of one first letter in one language, packed: a line for each set of notions that words stand for.
"""

import sqlite3
from collections.abc import Collection, Sequence
from functools import cached_property
from zlib import compress, decompress

from ht_cli.catalogue.facts.portions import portions
from ht_cli.hearing.ears import Column, Judgement
from ht_cli.hearing.features import stems
from ht_cli.model import LANGUAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ht_cli.hearing.training import Learned

UNIT = "unit"  # the row of `ear_number` that says what a whole weight is worth; the others are those of a Judgement
EAR_TABLES = ("ear", "ear_column", "ear_table", "ear_number", "notion_list")
_LOW, _WIDTH = 16, 2  # bits of a feature's number inside its drawer, and the bytes that hold them
_LANGUAGES = 16  # languages that the number of a list of notions tells apart


class Ears:
    """The look-ups of hearing of one open catalogue."""

    _connection: sqlite3.Connection

    @cached_property
    def columns(self) -> Sequence[Column]:
        """What is told apart, head by head; nothing in a catalogue that never learned."""
        tables: dict[int, list[bytes]] = {}
        for number, weights in self._connection.execute("SELECT number, weights FROM ear_table ORDER BY number, place"):
            tables.setdefault(number, []).append(weights)
        rows = self._connection.execute("SELECT number, head, name, bias, slope, alarm FROM ear_column ORDER BY number")
        return [Column(head, name, bias, tuple(tables[number]), slope, alarm) for number, head, name, bias, slope, alarm in rows]

    @cached_property
    def judgement(self) -> Judgement:
        """How the signs of danger are weighed together."""
        return Judgement(*(self._numbers[name] for name in Judgement._fields))

    @cached_property
    def unit(self) -> float:
        """What one unit of a weight is worth."""
        return self._numbers[UNIT]

    @cached_property
    def _numbers(self) -> dict[str, float]:
        return dict(self._connection.execute("SELECT name, value FROM ear_number"))

    def codes_of(self, numbers: Collection[int]) -> dict[int, bytes]:
        """Give the code of each known feature."""
        wanted: dict[int, list[int]] = {}
        for number in numbers:
            wanted.setdefault(number >> _LOW, []).append(number)
        found = {}
        for some in portions(sorted(wanted)):
            sql = f"SELECT drawer, features, codes FROM ear WHERE drawer IN ({','.join('?' * len(some))})"
            for drawer, features, codes in self._connection.execute(sql, some):
                width = len(codes) * _WIDTH // len(features)
                for number in wanted[drawer]:
                    place = _place(features, _low(number))
                    if place >= 0:
                        found[number] = codes[place * width : (place + 1) * width]
        return found

    def notions_of(self, words: Collection[str], languages: Collection[str]) -> dict[str, frozenset[str]]:
        """Give the notions that each word stands for in these languages."""
        owners: dict[str, list[str]] = {}
        for word in words:
            for stem in stems(word):
                owners.setdefault(stem, []).append(word)
        found: dict[str, set[str]] = {}
        lists = sorted({_list(stem, language) for stem in owners for language in languages})
        for some in portions(lists):
            sql = f"SELECT list, words FROM notion_list WHERE list IN ({','.join('?' * len(some))})"
            for number, packed in self._connection.execute(sql, some):
                lines = decompress(packed).decode()
                for stem in owners:
                    at = lines.find(f" {stem} ") if number // _LANGUAGES == ord(stem[0]) else -1
                    if at >= 0:
                        notions = lines[lines.rfind("\n", 0, at) + 1 :].partition(":")[0].split()
                        for word in owners[stem]:
                            found.setdefault(word, set()).update(notions)
        return {word: frozenset(notions) for word, notions in found.items()}


def _low(number: int) -> bytes:
    """Give what tells a feature apart inside its drawer."""
    return (number & ((1 << _LOW) - 1)).to_bytes(_WIDTH, "big")


def _place(features: bytes, low: bytes) -> int:
    """Give the place of a feature in its drawer, -1 where it is not."""
    at = features.find(low)
    while at >= 0 and at % _WIDTH:
        at = features.find(low, at + 1)
    return at // _WIDTH


def _list(word: str, language: str) -> int:
    """Give the number of the list that holds the words with the first letter of this one in a language."""
    return ord(word[0]) * _LANGUAGES + LANGUAGES.index(language)


def write_learned(connection: sqlite3.Connection, learned: "Learned") -> None:
    """Write what was learned; the same lessons give the same rows."""
    for number, (head, name, bias, tables, slope, alarm) in enumerate(learned.columns):
        connection.execute("INSERT INTO ear_column VALUES (?,?,?,?,?,?)", (number, head, name, bias, slope, alarm))
        connection.executemany("INSERT INTO ear_table VALUES (?,?,?)", [(number, place, table) for place, table in enumerate(tables)])
    connection.executemany("INSERT INTO ear_number VALUES (?,?)", {UNIT: learned.unit, **learned.judgement._asdict()}.items())
    drawers: dict[int, list[int]] = {}
    for number in sorted(learned.codes):
        drawers.setdefault(number >> _LOW, []).append(number)
    connection.executemany(
        "INSERT INTO ear VALUES (?,?,?)",
        [
            (drawer, b"".join(map(_low, numbers)), b"".join(learned.codes[number] for number in numbers))
            for drawer, numbers in drawers.items()
        ],
    )
    lists: dict[int, dict[str, list[str]]] = {}
    for language, words in learned.notions.items():
        for word, notions in sorted(words.items()):
            lists.setdefault(_list(word, language), {}).setdefault(" ".join(sorted(notions)), []).append(word)
    for number, meant in sorted(lists.items()):
        lines = "\n".join(f"{notions}: {' '.join(stems)} " for notions, stems in sorted(meant.items()))
        connection.execute("INSERT INTO notion_list VALUES (?,?)", (number, compress(lines.encode(), 9)))
