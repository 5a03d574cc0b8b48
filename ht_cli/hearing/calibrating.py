"""Makes the probabilities of the ears true, by sentences of writers from whom nothing was learned: build-only, with NumPy.

First each need and each danger is told apart by a slope and an offset of its own (vector scaling: Guo et al., "On Calibration of
Modern Neural Networks", 2017); then it is fitted how much each sign says whether there is danger at all.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ht_cli.hearing.adagrad import AdaGrad
from ht_cli.hearing.ears import ALARMING, DANGERS, NEEDS, NOTHING, Column, Hearing, Judgement
from ht_cli.model import DANGERS as DANGER_KINDS

if TYPE_CHECKING:
    from ht_cli.hearing.training import Learned, Lesson

ROUNDS, RATE, START = 500, 0.2, 1e-3  # of the slopes and offsets
HOLD_OF_OFFSETS, HOLD_OF_SLOPES = 1e-3, 3e-3  # offsets are held to nothing, slopes to their mean: some needs have few sentences
HOLD_OF_SIGNS = 1.0  # the ridge by which what the signs weigh is held to nothing, in widths of each sign
ROUNDS_OF_NEWTON, LEAST_WIDTH = 30, 1e-9
DIGITS = 4  # that are kept of a fitted number


def shares_of(scores: Any) -> Any:
    """Give the shares of rows of scores."""
    import numpy as np

    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def made_true(learned: "Learned", development: Sequence["Lesson"]) -> "Learned":
    """Give what was learned with slopes, offsets and a judgement by which what is called 0.6 is right six times in ten.

    That of danger is so among sentences that speak of a need, of a danger or of something like one; small talk is left out.
    """
    hearings = [Hearing(lesson.text, learned) for lesson in development]
    needs = [{NOTHING} if lesson.no_need else set(lesson.needs) for lesson in development]
    dangers = [set(lesson.dangers) for lesson in development]
    learned = learned._replace(columns=_scaled(_scaled(learned.columns, NEEDS, hearings, needs), DANGERS, hearings, dangers))
    told = [lesson for lesson in development if lesson.dangers and not _small_talk(lesson)]
    return _judging(
        learned, [Hearing(lesson.text, learned) for lesson in told], [not lesson.dangers.isdisjoint(DANGER_KINDS) for lesson in told]
    )


def _small_talk(lesson: "Lesson") -> bool:
    """Say whether it speaks of no need and of nothing near a danger: that tells nothing of what is in doubt between the two."""
    return lesson.no_need and lesson.dangers == {NOTHING}


def _scaled(columns: Iterable[Column], head: str, hearings: Sequence[Hearing], right: Sequence[set[str]]) -> tuple[Column, ...]:
    """Give the columns, those of a head with the slopes and offsets that make the right answers likeliest."""
    import numpy as np

    answered = [(hearing.scores[head], names) for hearing, names in zip(hearings, right, strict=True) if names]
    scores = np.array([[score for _name, score in named] for named, _names in answered])
    answers = np.array([[name in names for name, _score in named] for named, names in answered])
    slopes, offsets = AdaGrad(np.ones(scores.shape[1]), RATE, START), AdaGrad(np.zeros(scores.shape[1]), RATE, START)
    for _round in range(ROUNDS):
        shares = shares_of(scores * slopes.numbers + offsets.numbers)
        of_right = shares * answers
        wrong = (shares - of_right / of_right.sum(axis=1, keepdims=True)) / len(scores)
        slopes.move((wrong * scores).sum(axis=0) + HOLD_OF_SLOPES * (slopes.numbers - slopes.numbers.mean()))
        offsets.move(wrong.sum(axis=0) + HOLD_OF_OFFSETS * offsets.numbers)
    found = iter(zip(slopes.numbers.tolist(), offsets.numbers.tolist(), strict=True))
    return tuple(_moved(column, *next(found)) if column.head == head else column for column in columns)


def _moved(column: Column, slope: float, offset: float) -> Column:
    return column._replace(bias=round(slope * column.bias + offset, DIGITS), slope=round(slope * column.slope, DIGITS))


def _judging(learned: "Learned", hearings: Sequence[Hearing], dangerous: Sequence[bool]) -> "Learned":
    """Fit the logistic curve of the signs that tells best whether there is danger (Platt, with a ridge)."""
    import numpy as np

    signs = np.array([[*hearing.signs, *hearing.alarming] for hearing in hearings])
    middle, width = signs.mean(axis=0), signs.std(axis=0) + LEAST_WIDTH
    fitted = _logistic((signs - middle) / width, np.array(dangerous, dtype=float))
    weights = fitted[:-1] / width
    odds, needs, *alarms = (round(float(weight), DIGITS) for weight in weights)
    of_columns = iter(alarms)
    weighed = {(head, column.name): next(of_columns) for head in ALARMING for column in learned.columns if column.head == head}
    columns = tuple(column._replace(alarm=weighed.get((column.head, column.name), 0.0)) for column in learned.columns)
    return learned._replace(columns=columns, judgement=Judgement(odds, needs, round(float(fitted[-1] - weights @ middle), DIGITS)))


def _logistic(signs: Any, truths: Any) -> Any:
    """Give the weight of each sign (rows of them), and last what is always added, by Newton's method."""
    import numpy as np

    signs = np.hstack([signs, np.ones((len(signs), 1))])
    held = HOLD_OF_SIGNS * np.diag([*[1.0] * (signs.shape[1] - 1), 0.0])
    fitted = np.zeros(signs.shape[1])
    for _round in range(ROUNDS_OF_NEWTON):
        shares = 1 / (1 + np.exp(-signs @ fitted))
        curve = (signs * (shares * (1 - shares))[:, None]).T @ signs + held
        fitted = fitted - np.linalg.solve(curve, signs.T @ (shares - truths) + held @ fitted)
    return fitted
