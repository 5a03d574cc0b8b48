"""Cuts long lists of values into what one SQL statement takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

AT_ONCE = 5_000  # values of one statement; SQLite takes 32,766


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give the values, so many at once."""
    for start in range(0, len(values), AT_ONCE):
        yield tuple(values[start : start + AT_ONCE])
