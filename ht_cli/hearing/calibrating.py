"""Makes the probabilities of the ears true, by sentences of writers from whom nothing was learned: build-only, with NumPy."""

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING

from ht_cli.hearing.ears import BESIDE_NEEDS, DANGERS, NEEDS, Heard, Hearing, log_odds, odds_of_danger
from ht_cli.model import DANGERS as DANGER_KINDS

if TYPE_CHECKING:
    from ht_cli.hearing.training import Learned, Lesson


def scales_of(learned: "Learned", development: Sequence["Lesson"]) -> dict[str, tuple[float, float]]:
    """Fit slope and offset of danger, and the slope of the needs, so that what is called 0.6 is right six times in ten."""
    heard = [(lesson, Hearing(lesson.text, learned).heard) for lesson in development]
    slopes = [step / 20 for step in range(10, 61)]
    needs = [(lesson, h) for lesson, h in heard if lesson.needs and not lesson.no_need]
    slope = max(slopes, key=lambda slope: _likelihood(needs, slope))
    scored = [
        ((log_odds(h.danger), odds_of_danger(_sharpened(h.needs, slope)), 1.0), bool(lesson.dangers & set(DANGER_KINDS)))
        for lesson, h in heard
        if lesson.dangers
    ]
    of_dangers, by_needs, offset = _logistic(scored)
    return {DANGERS: (of_dangers, offset), BESIDE_NEEDS: (by_needs, 0.0), NEEDS: (slope, 0.0)}


def _logistic(scored: Sequence[tuple[Sequence[float], bool]]) -> tuple[float, ...]:
    """Give the weight of each score in the logistic curve that fits (scores, true) best (Platt), by Newton's method."""
    import numpy as np

    scores = np.array([some for some, _true in scored])
    truths = np.array([float(true) for _some, true in scored])
    fitted = np.array([1.0, *[0.0] * (scores.shape[1] - 1)])
    for _round in range(30):
        shares = 1 / (1 + np.exp(-scores @ fitted))
        curve = (scores * (shares * (1 - shares))[:, None]).T @ scores + 1e-6 * np.eye(len(fitted))
        fitted = fitted - np.linalg.solve(curve, scores.T @ (shares - truths))
    return tuple(round(float(weight), 4) for weight in fitted)


def _sharpened(shares: Sequence[tuple[str, float]], slope: float) -> list[tuple[str, float]]:
    """Give shares as if all scores had been multiplied by a slope."""
    grown = [(name, share**slope) for name, share in shares]
    whole = sum(share for _name, share in grown)
    return [(name, share / whole) for name, share in grown]


def _likelihood(heard: Sequence[tuple["Lesson", Heard]], slope: float) -> float:
    """Give the logarithm of how likely the needs of all lessons are."""
    return sum(log(max(sum(share for need, share in _sharpened(one.needs, slope) if need in lesson.needs), 1e-9)) for lesson, one in heard)
