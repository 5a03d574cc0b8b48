"""What a file of any size brings, kept beside memory: it is gone through as often as is wanted, and is gone with the process."""

import pickle
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Generic, Self, TypeVar

from ht_cli.errors import CatalogueError
from ht_cli.exchange.files import BadRow, Incoming
from ht_cli.locale import translate as _
from ht_cli.reasons import reason_of
from ht_cli.shapes import NamedTuple

Item = TypeVar("Item")
DIFFERENT = 5  # values of a field that is left out that are kept, to be shown


class Spool(Generic[Item]):
    """Things in a file that nobody else sees, in the order in which they were added."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 — open as long as the spool

    def append(self, item: Item) -> None:
        """Add one; while they are gone through none may be added. Raises CatalogueError where the disk has no room left."""
        try:
            pickle.dump(item, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise CatalogueError(
                _("a temporary file cannot be written: {reason}; nothing was changed").format(reason=reason_of(error))
            ) from error

    def __iter__(self) -> Iterator[Item]:
        """Give them from the first on."""
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)
            except EOFError:
                return


class Often(NamedTuple):
    """How often a field is left out, and the first of the different things that it said."""

    times: int
    values: tuple[str, ...]

    def and_once_more(self, value: str) -> Self:
        """Count one more."""
        new = value and value not in self.values and len(self.values) < DIFFERENT
        return self._replace(times=self.times + 1, values=(*self.values, value) if new else self.values)


class Arriving(Spool[Incoming]):
    """The rows of a file; those that cannot be taken stand apart in `bad`.

    `named` are the ids that the rows name. `left` says what of them has no place here: by the reason, each field.
    """

    def __init__(self, rows: Iterable[Incoming | BadRow]) -> None:
        super().__init__()
        self.bad: list[BadRow] = []
        self.named: set[str] = set()
        self.left: dict[str, dict[str, Often]] = {}
        for row in rows:
            if isinstance(row, BadRow):
                self.bad.append(row)
            else:
                self.append(row)

    def append(self, row: Incoming) -> None:
        """Add a row, and note the id that it names and what of it is left."""
        super().append(row)
        if row.id:
            self.named.add(row.id)
        for name, value, why in row.left:
            fields = self.left.setdefault(why, {})
            fields[name] = fields.get(name, Often(0, ())).and_once_more(value)
