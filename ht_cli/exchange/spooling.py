"""The rows of a file that is imported, read once and kept beside memory: a file of a hundred thousand is gone through as often as is wanted."""

import pickle
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import NamedTuple, Self

from ht_cli.exchange.files import BadRow, Incoming

DIFFERENT = 5  # values of a field that is left out that are kept, to be shown


class Often(NamedTuple):
    """How often a field is left out, and the first of the different things that it said."""

    times: int
    values: tuple[str, ...]

    def and_once_more(self, value: str) -> Self:
        """Count one more."""
        new = value and value not in self.values and len(self.values) < DIFFERENT
        return self._replace(times=self.times + 1, values=(*self.values, value) if new else self.values)


class Spool:
    """Rows in a file that is gone when nothing holds it any more; those that cannot be taken stand apart in `bad`.

    `named` are the ids that the rows name. `left` says what of them has no place here: by the reason, each field.
    """

    def __init__(self, rows: Iterable[Incoming | BadRow]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 — open as long as the spool
        self.bad: list[BadRow] = []
        self.named: set[str] = set()
        self.left: dict[str, dict[str, Often]] = {}
        for row in rows:
            if isinstance(row, BadRow):
                self.bad.append(row)
            else:
                self._keep(row)

    def _keep(self, row: Incoming) -> None:
        pickle.dump(tuple(row), self._file, pickle.HIGHEST_PROTOCOL)
        if row.id:
            self.named.add(row.id)
        for name, value, why in row.left:
            fields = self.left.setdefault(why, {})
            fields[name] = fields.get(name, Often(0, ())).and_once_more(value)

    def __iter__(self) -> Iterator[Incoming]:
        """Give the rows in their order, from the first on."""
        self._file.seek(0)
        while True:
            try:
                yield Incoming(*pickle.load(self._file))
            except EOFError:
                return
