"""How weights are kept in little room: build-only, with NumPy and SciPy.

What a feature weighs in the columns of some heads is the sum of a few rows, one of each of their codebooks: a byte says
which of its ROWS rows (residual quantization: each codebook holds what the ones before it leave over). Many more features
fit than where each weight stands by itself, and those that are left out cost more than what the rounding does.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from warnings import catch_warnings, simplefilter

from ht_cli.hearing.adagrad import AdaGrad
from ht_cli.hearing.ears import MIDDLE, STRONGEST

ROWS = 256  # what a byte tells apart
SAMPLE, ROUNDS, SEED = 30_000, 12, 107  # weights from which a codebook is found, and the rounds in which it is
RATE, START = 0.05, 1.0  # of AdaGrad, when the rows are learned on


class Group(NamedTuple):
    """Columns that are written together, and in how many codebooks."""

    columns: slice
    codebooks: int


class _Codebook:
    """The rows of some columns, and which of them each feature has."""

    def __init__(self, columns: slice, rows: Any, codes: Any) -> None:
        self.columns, self.codes = columns, codes
        self._rows = AdaGrad(rows, RATE, START)

    @property
    def rows(self) -> Any:
        """What the rows weigh, an array (ROWS, columns of this codebook)."""
        return self._rows.numbers

    def learn(self, places: Any, change: Any) -> None:
        """Move the rows of these features against a change (features, columns of this codebook)."""
        import numpy as np
        from scipy.sparse import csr_matrix

        standing = csr_matrix((np.ones(len(places)), (self.codes[places], np.arange(len(places)))), shape=(ROWS, len(places)))
        self._rows.move(standing @ change)


class Codebooks:
    """The weights of features as rows of codebooks. The rows can be learned on; which of them a feature has, stays."""

    def __init__(self, groups: Sequence[Group], weights: Any, importance: Any) -> None:
        """Find the codebooks for an array (features, columns); `importance` is how much each feature counts in finding them."""
        import numpy as np

        chance = np.random.default_rng(SEED)
        sampled = chance.choice(len(weights), min(SAMPLE, len(weights)), replace=False, p=importance / importance.sum())
        self._width = weights.shape[1]
        self._books = [book for group in groups for book in _written(group, weights[:, group.columns], sampled, chance)]

    def of(self, places: Any) -> Any:
        """Give the weights of features as an array (features, columns)."""
        import numpy as np

        weights = np.zeros((len(places), self._width))
        for book in self._books:
            weights[:, book.columns] += book.rows[book.codes[places]]
        return weights

    def learn(self, places: Any, change: Any) -> None:
        """Move the rows of these features against a change (features, columns)."""
        for book in self._books:
            book.learn(places, change[:, book.columns])

    def codes(self) -> list[bytes]:
        """Give for each feature a byte for each codebook."""
        import numpy as np

        return [bytes(rows) for rows in np.stack([book.codes for book in self._books], axis=1).tolist()]

    def tables(self) -> tuple[float, list[tuple[bytes, ...]]]:
        """Give what one unit is worth; and for each column one table for each codebook: what its rows weigh, whole units from MIDDLE.

        A codebook that is not of the column's group has an empty table.
        """
        import numpy as np

        unit = max(float(np.abs(book.rows).max()) for book in self._books) / STRONGEST
        whole = [(book.columns, np.rint(book.rows / unit).astype(int) + MIDDLE) for book in self._books]
        return unit, [
            tuple(
                bytes(rows[:, column - columns.start].tolist()) if columns.start <= column < columns.stop else b""
                for columns, rows in whole
            )
            for column in range(self._width)
        ]


def _written(group: Group, weights: Any, sampled: Any, chance: Any) -> list[_Codebook]:
    """Give the codebooks of a group, each of what the ones before it left over of its weights."""
    from scipy.cluster.vq import vq

    books = []
    for _book in range(group.codebooks):
        rows = _rows(weights[sampled], chance)
        codes, _far = vq(weights, rows)
        books.append(_Codebook(group.columns, rows, codes))
        weights = weights - rows[codes]
    return books


def _rows(weights: Any, chance: Any) -> Any:
    """Give ROWS rows to which these weights are near (k-means); fewer weights than rows stand in it more than once."""
    import numpy as np
    from scipy.cluster.vq import kmeans2

    if len(weights) <= ROWS:
        return np.resize(weights, (ROWS, weights.shape[1]))
    first = weights[chance.choice(len(weights), ROWS, replace=False)]
    with catch_warnings():
        simplefilter("ignore")  # a row that no weight is nearest to is told of, and stays as it began
        rows, _nearest = kmeans2(weights, first, ROUNDS, minit="matrix")
    return rows
