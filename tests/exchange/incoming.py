"""The rows of a file, those that can be taken and those that cannot."""

from collections.abc import Iterable
from pathlib import Path

from ht_cli.exchange.files import BadRow, Incoming, read_rows
from ht_cli.exchange.meanings import NOTHING_KNOWN, FileMeanings

Found = tuple[list[Incoming], list[BadRow]]


def parted_rows(rows: Iterable[Incoming | BadRow]) -> Found:
    found = list(rows)
    return [row for row in found if isinstance(row, Incoming)], [row for row in found if isinstance(row, BadRow)]


def read_file(path: Path, meanings: FileMeanings = NOTHING_KNOWN) -> Found:
    return parted_rows(read_rows(path, meanings))
