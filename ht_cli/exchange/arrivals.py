"""What a file of any size brings: its rows wait beside memory, and what they leave out is counted."""

from collections.abc import Iterable
from typing import Self

from ht_cli.exchange.files import BadRow, Incoming
from ht_cli.exchange.spooling import Spool
from ht_cli.shapes import NamedTuple

DIFFERENT = 5  # values of a field that is left out that are kept, to be shown


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

    def append(self, row: Incoming) -> int:
        """Add a row, and note the id that it names and what of it is left."""
        if row.id:
            self.named.add(row.id)
        for name, value, why in row.left:
            fields = self.left.setdefault(why, {})
            fields[name] = fields.get(name, Often(0, ())).and_once_more(value)
        return super().append(row)
