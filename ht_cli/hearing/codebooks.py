"""How weights are kept in little room: build-only, with NumPy and SciPy.

What a feature weighs in the columns of some heads is the sum of a few rows, one of each of their codebooks: a byte says
which of its ROWS rows. Many more features fit than where each weight stands by itself, and those that are left out cost more
than what the rounding does.

Each codebook begins with what the ones before it leave over (residual quantization); then, in turns, all rows are solved for at once
by least squares, and each feature looks for the rows whose sum is nearest, keeping the best few sums on its way (additive
quantization: Babenko and Lempitsky, 2014). That leaves over a sixth less. When the weights were learned on behind what is rounded
(training.py), the same is done once more.
"""

from collections.abc import Sequence
from typing import Any
from warnings import catch_warnings, simplefilter

from ht_cli.hearing.adagrad import AdaGrad
from ht_cli.hearing.ears import MIDDLE, STRONGEST
from ht_cli.shapes import NamedTuple

ROWS = 256  # what a byte tells apart
SAMPLE, ROUNDS, SEED = 30_000, 12, 107  # weights from which a codebook begins, and the rounds in which it does
TURNS, BEAM, RIDGE = 4, 8, 0.01  # of solving and looking; sums kept on the way; what holds rows that hardly any feature has
AT_ONCE = 2_000  # features that look for their rows together, for the room that it takes
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

    def remember(self) -> None:
        """Remember the rows as they are now, for their mean."""
        self._rows.remember()

    def settle(self) -> None:
        """Take the mean of what was remembered."""
        self._rows.settle()


class Codebooks:
    """The weights of features as rows of codebooks. The rows can be learned on; which of them a feature has, stays."""

    def __init__(self, groups: Sequence[Group], weights: Any, importance: Any) -> None:
        """Find the codebooks for an array (features, columns); `importance` is how much each feature counts in finding them."""
        import numpy as np

        chance = np.random.default_rng(SEED)
        sampled = chance.choice(len(weights), min(SAMPLE, len(weights)), replace=False, p=importance / importance.sum())
        self._width = weights.shape[1]
        self._importance = importance
        self._books: list[_Codebook] = []
        for group in groups:
            of_group = np.ascontiguousarray(weights[:, group.columns])
            self._books += self._found(group.columns, of_group, _first_rows(of_group, group.codebooks, sampled, chance), TURNS)

    def find_anew(self, columns: slice, weights: Any) -> None:
        """Find the codebooks of one group of columns again, for weights (features, columns) that were learned on since."""
        import numpy as np

        places = [place for place, book in enumerate(self._books) if book.columns == columns]
        begun = [self._books[place].rows for place in places]
        self._books[places[0] : places[-1] + 1] = self._found(columns, np.ascontiguousarray(weights[:, columns]), begun, 1)

    def _found(self, columns: slice, weights: Any, rows: Sequence[Any], turns: int) -> list[_Codebook]:
        """Give the codebooks of some columns that come near to these weights (features, those columns), beginning with these rows."""
        codes = _nearest(weights, rows)
        for _turn in range(turns if len(weights) > ROWS else 0):
            rows = _solved(weights, codes, self._importance)
            codes = _nearest(weights, rows)
        return [_Codebook(columns, *book) for book in zip(rows, codes.T, strict=True)]

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

    def remember(self) -> None:
        """Remember the rows as they are now, for their mean."""
        for book in self._books:
            book.remember()

    def settle(self) -> None:
        """Take the mean of what was remembered."""
        for book in self._books:
            book.settle()

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


def _first_rows(weights: Any, codebooks: int, sampled: Any, chance: Any) -> list[Any]:
    """Give the rows of so many codebooks, those of each for what the ones before it left over of these weights."""
    from scipy.cluster.vq import vq

    books = []
    for _book in range(codebooks):
        rows = _rows(weights[sampled], chance)
        codes, _far = vq(weights, rows)
        books.append(rows)
        weights = weights - rows[codes]
    return books


def _solved(weights: Any, codes: Any, importance: Any) -> list[Any]:
    """Give the rows of each codebook by which features with these codes (features, codebooks) come nearest to their weights."""
    import numpy as np
    from scipy.sparse import csr_matrix

    features, books = codes.shape
    standing = csr_matrix(
        (np.ones(codes.size), (codes + ROWS * np.arange(books)).ravel(), np.arange(0, codes.size + 1, books)),
        shape=(features, ROWS * books),
    )
    counted = standing.multiply(importance[:, None]).tocsr()
    rows = np.linalg.solve((counted.T @ standing).toarray() + RIDGE * np.eye(ROWS * books), counted.T @ weights)
    return sorted(np.split(rows, books), key=lambda of_book: -float(np.linalg.norm(of_book)))  # the largest are looked for first


def _nearest(weights: Any, books: Sequence[Any]) -> Any:
    """Give, for each feature, the row of each codebook whose sum is nearest to its weights: codes (features, codebooks)."""
    import numpy as np

    together = [[one @ other.T for other in books] for one in books]
    return np.concatenate([_nearest_of_few(weights[at : at + AT_ONCE], books, together) for at in range(0, len(weights), AT_ONCE)])


def _nearest_of_few(weights: Any, books: Sequence[Any], together: Sequence[Sequence[Any]]) -> Any:
    """Look codebook after codebook, keeping the BEAM best sums; `together` are the products of the rows of two codebooks."""
    import numpy as np

    kept = np.zeros((len(weights), 1, 0), dtype=np.int64)
    far = np.zeros((len(weights), 1))  # how much farther than nothing at all, squared
    for book, rows in enumerate(books):
        farther = far[:, :, None] + (np.diag(together[book][book]) - 2 * weights @ rows.T)[:, None, :]
        for before in range(book):
            farther += 2 * together[before][book][kept[:, :, before]]
        every = farther.reshape(len(weights), -1)
        best = np.sort(np.argpartition(every, BEAM - 1, axis=1)[:, :BEAM], axis=1)
        far = np.take_along_axis(every, best, axis=1)
        sums, row = np.divmod(best, ROWS)
        kept = np.concatenate([np.take_along_axis(kept, sums[:, :, None], axis=1), row[:, :, None]], axis=2)
    return kept[np.arange(len(weights)), far.argmin(axis=1)]


def _rows(weights: Any, chance: Any) -> Any:
    """Give ROWS rows to which these weights are near (k-means); fewer weights than rows stand in it more than once."""
    import numpy as np
    from scipy.cluster.vq import kmeans2

    if len(weights) <= ROWS:
        return np.resize(weights, (ROWS, weights.shape[1]))
    first = weights[chance.choice(len(weights), ROWS, replace=False)]
    with catch_warnings():
        simplefilter("ignore")  # a row that no weight is nearest to is told of, and stays as it began
        rows, _codes = kmeans2(weights, first, ROUNDS, minit="matrix")
    return rows
