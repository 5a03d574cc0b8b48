"""What can go wrong, each kind with its exit code; its text is the sentence the user reads.

The codes are part of the machine contract: 1 nothing found, 2 wrong usage, 3 ambiguous,
4 invalid data, 5 the catalogue itself.
"""

import sys
from collections.abc import Sequence


class HtError(Exception):
    """Base of every expected failure; never raised itself."""

    exit_code = 1


class NotFoundError(HtError):
    """Nothing in the catalogue answers."""

    exit_code = 1


class UsageError(HtError):
    """An option or its value is wrong."""

    exit_code = 2


class AmbiguousError(HtError):
    """Several resources answer where one was wanted; carries the candidates' ids."""

    exit_code = 3

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class InvalidDataError(HtError):
    """A record does not hold; the message says which file, which field, what is allowed."""

    exit_code = 4


class CatalogueError(HtError):
    """The catalogue file is missing, damaged, locked, read-only or newer than this `ht`."""

    exit_code = 5


class SyncError(HtError):
    """The place of a sync cannot be reached, refuses, or holds what is none of ours; facts here are whole."""

    exit_code = 5


class OwnCatalogueError(CatalogueError):
    """The user's own catalogue cannot be read or is gone; who only looks for help goes on with the bundled one."""


def installing(extra: str = "") -> str:
    """Give the command that adds an extra to this very ht, or, where none is named, brings a newer ht: that of its own Python, whichever `pip` is at hand."""
    python = sys.executable or "python"
    python = f'"{python}"' if " " in python else python
    return f"{python} -m pip install " + (f"'ht-cli[{extra}]'" if extra else "--upgrade ht-cli")
