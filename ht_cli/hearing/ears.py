"""From the words of a text to what is heard in them, each with its probability."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import exp, log, sqrt
from typing import NamedTuple, Protocol

from ht_cli.hearing.clauses import Clause, Sentence, Text, words_of
from ht_cli.hearing.features import beside, meant, number, pieces

NEEDS, DANGERS, VOICES, LANGUAGES = "needs", "dangers", "voices", "languages"  # the heads: what is told apart
NOTHING = "-"  # no need of the list; no danger spoken of
NEAR = "near:"  # words that sound like a danger and speak of none
STRETCH = 24  # words heard at once for danger, so that one sentence of a long story is not drowned by the others
SPOKEN_SURELY = 0.6  # of the language; below it the notions of the likeliest two are heard


class Column(NamedTuple):
    """One thing told apart by a head, with what it weighs before any word is read."""

    head: str
    name: str
    bias: float


class Weights(Protocol):
    """What was learned; see ht_cli/catalogue/index/learned.py."""

    @property
    def columns(self) -> Sequence[Column]:
        """What is told apart, head by head."""

    @property
    def scales(self) -> Mapping[str, tuple[float, float]]:
        """By head, slope and offset that make a score's probability true to the development set."""

    def weights_of(self, numbers: Collection[int]) -> Mapping[int, Sequence[tuple[int, float]]]:
        """Give the (column, weight) pairs of each known feature."""

    def notions_of(self, words: Collection[str], languages: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Give the notions that each word stands for in these languages."""


class Heard(NamedTuple):
    """Probabilities (0 to 1) of what was heard, the likeliest first; `danger` is that of any danger, `dangers` what it would be."""

    needs: tuple[tuple[str, float], ...] = ()
    danger: float = 0.0
    dangers: tuple[tuple[str, float], ...] = ()
    voices: tuple[tuple[str, float], ...] = ()
    languages: tuple[tuple[str, float], ...] = ()


def hear(text: Text, weights: Weights) -> Heard:
    """Give what is heard in a text; nothing where nothing was learned."""
    return Hearing(text, weights).heard if text and weights.columns else Heard()


class Hearing:
    """One hearing of one text."""

    def __init__(self, text: Text, weights: Weights) -> None:
        self._weights = weights
        self._learned: dict[int, Sequence[tuple[int, float]]] = {}
        words = set(words_of(text))
        self._pieces = {word: frozenset(map(number, pieces(word))) for word in words}
        spelling = set().union(*self._pieces.values())
        self._learn(spelling)
        languages = self._shares(LANGUAGES, self._scores(spelling))
        likely = [code for code, share in languages if share >= SPOKEN_SURELY] or [code for code, _share in languages[:2]]
        self._notions = weights.notions_of(words, likely)
        together = {one for sentence in text for clause in sentence for one in self._together(clause)}
        self._learn(together)
        scores = self._scores(spelling | together)
        danger, dangers = self._dangers(text, scores)
        self.heard = Heard(self._shares(NEEDS, scores), danger, dangers, self._shares(VOICES, scores), languages)

    def _together(self, clause: Clause) -> set[int]:
        """Give the features of a clause that its words have only together."""
        return set(map(number, beside(clause) | meant([self._notions.get(word, frozenset()) for word in clause])))

    def _learn(self, numbers: Collection[int]) -> None:
        self._learned.update(self._weights.weights_of(numbers))

    def _scores(self, numbers: Collection[int], learned: Mapping[int, Sequence[tuple[int, float]]] | None = None) -> list[float]:
        """Give the score of each column; of those alone that `learned` has weights of, where it is given."""
        learned = self._learned if learned is None else learned
        known = [learned[one] for one in numbers if one in learned]
        sums = [0.0] * len(self._weights.columns)
        for pairs in known:
            for column, weight in pairs:
                sums[column] += weight
        length = sqrt(max(len(known), 1))
        return [column.bias + total / length for column, total in zip(self._weights.columns, sums, strict=True)]

    def _shares(self, head: str, scores: Sequence[float]) -> tuple[tuple[str, float], ...]:
        """Turn the scores of a head into probabilities, the likeliest first."""
        slope, _offset = self._weights.scales.get(head, (1.0, 0.0))
        return _softmax([(c.name, slope * score) for c, score in zip(self._weights.columns, scores, strict=True) if c.head == head])

    def _dangers(self, text: Text, scores: Sequence[float]) -> tuple[float, tuple[tuple[str, float], ...]]:
        """Give the probability of danger, and what it would be: of the whole, and of the stretch that sounds worst."""
        odds, dangers = self._odds(scores)
        worst, worst_dangers = odds, dangers
        columns = {number for number, column in enumerate(self._weights.columns) if column.head == DANGERS}
        of_danger: dict[int, Sequence[tuple[int, float]]] = {}  # a long text has many stretches, each listened to for danger alone
        if len(words_of(text)) > STRETCH:
            of_danger = {one: [pair for pair in pairs if pair[0] in columns] for one, pairs in self._learned.items()}
        for stretch in _stretches(text):
            features = set().union(*map(self._together, stretch), *(self._pieces[word] for clause in stretch for word in clause))
            heard, named = self._odds(self._scores(features, of_danger))
            if heard > worst:
                worst, worst_dangers = heard, named
        slope, offset = self._weights.scales.get(DANGERS, (1.0, 0.0))
        both = [(name, (share + dict(worst_dangers)[name]) / 2) for name, share in dangers]
        return 1 / (1 + exp(-_bounded(slope * (odds + worst) / 2 + offset))), tuple(sorted(both, key=lambda pair: -pair[1]))

    def _odds(self, scores: Sequence[float]) -> tuple[float, tuple[tuple[str, float], ...]]:
        """Give the logarithm of the odds of danger, and the share of each danger if there is one."""
        shares = _softmax([(c.name, score) for c, score in zip(self._weights.columns, scores, strict=True) if c.head == DANGERS])
        dangers = [(name, share) for name, share in shares if name != NOTHING and not name.startswith(NEAR)]
        danger = min(max(sum(share for _name, share in dangers), 1e-9), 1 - 1e-9)
        return log(danger / (1 - danger)), tuple((name, share / danger) for name, share in dangers)


def _stretches(text: Text) -> Iterator[Sentence]:
    """Give the parts of a long text that are listened to once more: each sentence, a long one in pieces that overlap."""
    if len(words_of(text)) <= STRETCH:
        return
    for sentence in text:
        words = words_of((sentence,))
        if len(words) <= STRETCH:
            yield sentence
        else:
            for start in range(0, len(words) - STRETCH // 2, STRETCH // 2):
                yield (tuple(words[start : start + STRETCH]),)


def _softmax(scores: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    highest = max(score for _name, score in scores)
    grown = [(name, exp(score - highest)) for name, score in scores]
    total = sum(value for _name, value in grown)
    return tuple(sorted(((name, value / total) for name, value in grown), key=lambda pair: -pair[1]))


def _bounded(score: float) -> float:
    return min(max(score, -30.0), 30.0)
