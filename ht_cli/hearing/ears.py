"""From the words of a text to what is heard in them, each with its probability."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import exp, log, sqrt

from ht_cli.hearing.clauses import Clause, Sentence, Text, words_of
from ht_cli.hearing.features import beside, meant, number, pieces
from ht_cli.model import NEEDS_OF_DANGER
from ht_cli.shapes import NamedTuple, Protocol

NEEDS, DANGERS, VOICES, LANGUAGES = "needs", "dangers", "voices", "languages"  # the heads: what is told apart
ALARMING = (DANGERS, VOICES)  # heads of which each column speaks for a danger or against it, whatever the others say
NOTHING = "-"  # no need of the list; no danger spoken of
NEAR = "near:"  # words that sound like a danger and speak of none
LEAST, LEAST_OF_NEEDS = 1e-9, 1e-4  # what no probability of danger is below; and none of a need, which is told less finely
LEAST_OF_VOICES = 1e-6  # and none of who speaks
STRETCH = 24  # words heard at once for danger, so that one sentence of a long story is not drowned by the others
SPOKEN_SURELY = 0.6  # of the language; below it the notions of the likeliest two are heard
MIDDLE, STRONGEST = 128, 127  # the byte that says a weight of nothing, and by how many units others are above or below it


class Column(NamedTuple):
    """One thing told apart by a head: what it weighs before any word is read, and what each byte of a feature's code weighs in it.

    There is a table for each place of the code: by the value of that byte, from MIDDLE - STRONGEST to MIDDLE + STRONGEST units; it is
    empty where that place says nothing of the column. `slope` stretches what the words weigh, and `alarm` is how much its score
    speaks for a danger, whatever the others say.
    """

    head: str
    name: str
    bias: float
    tables: tuple[bytes, ...]
    slope: float = 1.0
    alarm: float = 0.0


class Judgement(NamedTuple):
    """How much each sign says whether there is danger, beside the scores of the columns of danger.

    `odds` is for the logarithm of the odds of its head, `needs` for that of a need of danger, and `always` is added to them.
    """

    odds: float = 1.0
    needs: float = 0.0
    always: float = 0.0


class Weights(Protocol):
    """What was learned; see ht_cli/catalogue/index/learned.py."""

    @property
    def columns(self) -> Sequence[Column]:
        """What is told apart, head by head."""

    @property
    def judgement(self) -> Judgement:
        """How the signs of danger are weighed together."""

    @property
    def unit(self) -> float:
        """What one unit of a weight is worth."""

    def codes_of(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        """Give the code of each known feature, all of one length."""

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


class _Gathered(NamedTuple):
    """The codes of the known features of a text, by place: the values that they have in it; and what a unit is worth among so many."""

    by_place: list[bytes]
    worth: float


class Hearing:
    """One hearing of one text: what is heard, and of what it is made up.

    `scores` are those of the needs and of the dangers, by head, column by column; `signs` the logarithms of the odds of danger by its
    own head and by the needs.
    """

    def __init__(self, text: Text, weights: Weights) -> None:
        self._weights = weights
        self._codes: dict[int, bytes] = {}
        words = set(words_of(text))
        self._pieces = {word: frozenset(map(number, pieces(word))) for word in words}
        spelling = set().union(*self._pieces.values())
        self._learn(spelling)
        languages = self._shares(LANGUAGES, self._gather(spelling))
        likely = [code for code, share in languages if share >= SPOKEN_SURELY] or [code for code, _share in languages[:2]]
        self._notions = weights.notions_of(words, likely)
        together = {one for sentence in text for clause in sentence for one in self._together(clause)}
        self._learn(together)
        whole = self._gather(spelling | together)
        self.scores = {head: self._scores(head, whole) for head in (NEEDS, DANGERS)}
        needs = _softmax(self.scores[NEEDS])
        odds, dangers = self._dangers(text)
        self.signs = odds, odds_of_danger(needs)
        self.heard = Heard(needs, 0.0, dangers, self._shares(VOICES, whole), languages)
        self.heard = self.heard._replace(danger=self._judged())

    @property
    def alarming(self) -> list[float]:
        """How much each column of the heads in ALARMING is there: the scores of dangers and near misses, the logarithms of who speaks."""
        voices = dict(self.heard.voices)
        return [
            *(score for _name, score in self.scores[DANGERS]),
            *(log(max(voices[column.name], LEAST_OF_VOICES)) for column in self._weights.columns if column.head == VOICES),
        ]

    def _together(self, clause: Clause) -> set[int]:
        """Give the features of a clause that its words have only together."""
        return set(map(number, beside(clause) | meant([self._notions.get(word, frozenset()) for word in clause])))

    def _learn(self, numbers: Collection[int]) -> None:
        self._codes.update(self._weights.codes_of(numbers))

    def _gather(self, features: Collection[int]) -> _Gathered:
        known = [self._codes[one] for one in features if one in self._codes]
        return _Gathered([bytes(values) for values in zip(*known, strict=True)], self._weights.unit / sqrt(max(len(known), 1)))

    def _scores(self, head: str, gathered: _Gathered) -> list[tuple[str, float]]:
        """Give the score of each column of a head."""
        return [
            (column.name, column.bias + column.slope * gathered.worth * _units(gathered.by_place, column.tables))
            for column in self._weights.columns
            if column.head == head
        ]

    def _shares(self, head: str, gathered: _Gathered) -> tuple[tuple[str, float], ...]:
        """Give the probabilities of what a head tells apart, the likeliest first."""
        return _softmax(self._scores(head, gathered))

    def _judged(self) -> float:
        """Give the probability of danger, by all its signs."""
        judgement = self._weights.judgement
        alarms = [column.alarm for head in ALARMING for column in self._weights.columns if column.head == head]
        by_scores = sum(alarm * score for alarm, score in zip(alarms, self.alarming, strict=True))
        odds, by_needs = self.signs
        return 1 / (1 + exp(-_bounded(judgement.odds * odds + judgement.needs * by_needs + by_scores + judgement.always)))

    def _dangers(self, text: Text) -> tuple[float, tuple[tuple[str, float], ...]]:
        """Give the logarithm of the odds of danger, and what it would be: those of the whole and of the stretch that sounds worst."""
        odds, dangers = _odds(self.scores[DANGERS])
        worst, worst_dangers = odds, dangers
        for stretch in _stretches(text):
            features = set().union(*map(self._together, stretch), *(self._pieces[word] for clause in stretch for word in clause))
            heard, named = _odds(self._scores(DANGERS, self._gather(features)))
            if heard > worst:
                worst, worst_dangers = heard, named
        both = [(name, (share + dict(worst_dangers)[name]) / 2) for name, share in dangers]
        return (odds + worst) / 2, tuple(sorted(both, key=lambda pair: -pair[1]))


def _odds(scores: Sequence[tuple[str, float]]) -> tuple[float, tuple[tuple[str, float], ...]]:
    """Give the logarithm of the odds of danger, and the share of each danger if there is one."""
    dangers = [(name, share) for name, share in _softmax(scores) if name != NOTHING and not name.startswith(NEAR)]
    danger = sum(share for _name, share in dangers)
    return log_odds(danger), tuple((name, share / max(danger, LEAST)) for name, share in dangers)


def odds_of_danger(needs: Sequence[tuple[str, float]]) -> float:
    """Give the logarithm of the odds that the need is one of a danger, by the shares of the needs."""
    return log_odds(sum(share for need, share in needs if need in NEEDS_OF_DANGER), LEAST_OF_NEEDS)


def log_odds(share: float, least: float = LEAST) -> float:
    """Give the logarithm of the odds of a probability, which is taken to be no nearer to 0 or 1 than `least`."""
    share = min(max(share, least), 1 - least)
    return log(share / (1 - share))


def _units(by_place: Sequence[bytes], tables: Sequence[bytes]) -> int:
    """Give what features weigh together in a column, by the values that their codes have in each place."""
    return sum(
        sum(values.translate(table)) - MIDDLE * len(values) for values, table in zip(by_place, tables, strict=bool(by_place)) if table
    )


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
