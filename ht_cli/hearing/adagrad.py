"""Moves numbers against their gradients, each by a step that grows smaller the more it was moved (AdaGrad, Duchi et al. 2011).

Build-only, with NumPy.
"""

from typing import Any


class AdaGrad:
    """Numbers that are learned, an array, and the sum of the squares of all that they were told."""

    def __init__(self, numbers: Any, rate: float, start: float) -> None:
        """Begin with these numbers; `rate` is how far they move at most, and `start` stands for what they were told before."""
        import numpy as np

        self.numbers = numbers
        self._rate = rate
        self._squares = np.full(numbers.shape, start)
        self._sum, self._remembered = np.zeros(1), 0

    def move(self, change: Any, rows: Any = slice(None)) -> None:
        """Move rows, or all, against a change of the same shape."""
        import numpy as np

        self._squares[rows] += change * change
        self.numbers[rows] -= self._rate * change / np.sqrt(self._squares[rows])

    def remember(self) -> None:
        """Remember what the numbers are now, for their mean."""
        self._sum = self._sum + self.numbers
        self._remembered += 1

    def settle(self) -> None:
        """Take the mean of what was remembered: it errs less than where the last moves happened to lead (Polyak and Juditsky, 1992)."""
        import numpy as np

        self.numbers, self._sum, self._remembered = self._sum / self._remembered, np.zeros(1), 0

    def keep(self, rows: Any) -> None:
        """Keep these rows alone."""
        self.numbers, self._squares = self.numbers[rows], self._squares[rows]
