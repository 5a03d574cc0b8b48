"""Cuts long lists of values into what one SQL statement takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

AT_ONCE = 5_000  # values of one statement; SQLite takes 32,766
T = TypeVar("T")


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give the values, so many at once."""
    for start in range(0, len(values), AT_ONCE):
        yield tuple(values[start : start + AT_ONCE])
