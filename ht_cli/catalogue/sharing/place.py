"""A place where keepers exchange entries: a folder, or a PostgreSQL database."""

from collections.abc import Iterable, Iterator

from ht_cli.errors import SyncError
from ht_cli.model import Change
from ht_cli.shapes import Protocol


class PartlySentError(SyncError):
    """Some entries were written, and others may not be; `sent` is how many were new."""

    def __init__(self, said: str, sent: int) -> None:
        super().__init__(said)
        self.sent = sent


class EntryPage(Protocol):
    """Some entries from a place, and the marks to remember once they are kept: reading goes on after them."""

    @property
    def entries(self) -> list[Change]:
        """The entries, each read and found true."""

    @property
    def marks(self) -> dict[str, str]:
        """By part of the place, how far it was read."""


class SyncPlace(Protocol):
    """What a sync asks of a place."""

    name: str  # as it is shown and remembered; never with a password

    def pull(self, marks: dict[str, str]) -> Iterator[EntryPage]:
        """Give what the place holds beyond what the marks say was read, page by page.

        Raises SyncError when the place cannot be reached; what cannot be read as entries is left and named in `remarks`.
        """

    def lacks(self, names: Iterable[str]) -> set[str]:
        """Give which of these entries the place does not hold."""

    def push(self, entries: Iterable[Change]) -> int:
        """Write entries, whole or not at all, and give how many were new.

        Raises SyncError when it cannot be, PartlySentError when this login may write some of them and not the others.
        """

    @property
    def remarks(self) -> list[str]:
        """What to tell the user: files that have not arrived whole, lines that are none of ours."""

    def close(self) -> None:
        """Let go of the place."""
