"""How well `ht` hears: the whole table of docs/hearing.md. `python -m tests.hearing.measuring` reads the development set.

`--final` reads the final set, which nobody looks at while tuning: it prints the figures and never a sentence.
`--twins` reads short sentences of danger beside harmless ones of the same words, from writers of whom others were learned from.
`--picture FILE` draws how true the probabilities are.
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.release.sentences import Sentence, read_sentences
from ht_cli.hearing.ears import NEAR, NOTHING
from ht_cli.model import DANGERS, LANGUAGES, Query
from ht_cli.search.ranking import asked_needs
from ht_cli.search.reading import read_question
from tests.conftest import BUNDLED, ROOT

SENTENCES = ROOT / "data" / "sources" / "hearing"
DEVELOPMENT, TWINS, FINAL = SENTENCES / "development", SENTENCES / "twins", ROOT / "tests" / "hearing" / "final"
WORST = 30
BINS = 10
STORY = 50  # words from which a question is a long story


class Judged(NamedTuple):
    """A sentence, how it was read, and the needs that were asked for."""

    sentence: Sentence
    query: Query
    needs: tuple[str, ...]

    @property
    def dangerous(self) -> bool:
        return self.sentence.danger in DANGERS

    @property
    def near_miss(self) -> bool:
        return self.sentence.danger.startswith(NEAR)

    @property
    def alarmed(self) -> bool:
        return self.query.danger.level == "alarm"

    @property
    def asks(self) -> bool:
        """Whether it is a plain question about a need."""
        return self.sentence.danger == NOTHING and bool(self.sentence.needs)


def judge(folder: Path) -> list[Judged]:
    """Read every sentence of a folder as `ht find` does."""
    with open_catalogue(str(BUNDLED)) as connection:
        lexicon = Lexicon(connection)
        needs = {term for (term,) in connection.execute("SELECT id FROM term WHERE kind = 'needs'")}
        faults: list[str] = []
        sentences = read_sentences(folder, dict.fromkeys(needs), faults)
        assert not faults, faults[:5]
        judged = []
        for sentence in sentences:
            query = read_question(sentence.text, lexicon)
            judged.append(Judged(sentence, query, asked_needs(query, lexicon)))
        return judged


def share(judged: Sequence[Judged], of: Callable[[Judged], bool], true: Callable[[Judged], bool]) -> float:
    """Give the share of those that it is asked of, for which it is true; 0 to 1."""
    asked = [one for one in judged if of(one)]
    return sum(map(true, asked)) / len(asked) if asked else 0.0


def first(one: Judged) -> bool:
    return bool(one.needs) and one.needs[0] in one.sentence.needs


def among_three(one: Judged) -> bool:
    return bool(set(one.needs[:3]) & set(one.sentence.needs))


def right_line(one: Judged) -> bool:
    return one.sentence.danger in one.query.danger.kinds


def at_least_quiet(one: Judged) -> bool:
    return one.query.danger.level != "none"


FIGURES: tuple[tuple[str, Callable[[Judged], bool], Callable[[Judged], bool]], ...] = (
    ("need heard first", lambda one: one.asks, first),
    ("need among three", lambda one: one.asks, among_three),
    ("in long stories", lambda one: one.asks and len(one.sentence.text.split()) >= STORY, first),
    ("danger: alarm", lambda one: one.dangerous, lambda one: one.alarmed),
    ("danger: at least quiet", lambda one: one.dangerous, at_least_quiet),
    ("alarms of the right danger", lambda one: one.dangerous and one.alarmed, right_line),
    ("near misses: alarm", lambda one: one.near_miss, lambda one: one.alarmed),
    ("plain questions: alarm", lambda one: one.sentence.danger == NOTHING, lambda one: one.alarmed),
    ("language", lambda one: bool(one.query.spoken), lambda one: one.query.spoken[0] == one.sentence.language),
)


def figures(judged: Sequence[Judged], language: str = "") -> dict[str, float]:
    """Give every figure, of one language or of all."""
    some = [one for one in judged if language in ("", one.sentence.language)]
    return {name: share(some, of, true) for name, of, true in FIGURES}


def recall_by_danger(judged: Sequence[Judged]) -> dict[str, float]:
    """Give, for each danger, the share of its sentences that raise the alarm."""
    return {name: share(judged, lambda one, name=name: one.sentence.danger == name, lambda one: one.alarmed) for name in DANGERS}


def reliability(judged: Sequence[Judged]) -> list[tuple[int, float, float]]:
    """Give, for ten bins of the probability of danger, how many, what was promised and what was true."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in judged:
        probability = one.query.danger.probability
        bins.setdefault(min(int(probability * BINS), BINS - 1), []).append((probability, one.dangerous))
    return [
        (len(bin_), sum(p for p, _ in bin_) / len(bin_), sum(true for _, true in bin_) / len(bin_))
        for _number, bin_ in sorted(bins.items())
    ]


def table(judged: Sequence[Judged]) -> list[str]:
    """Give the lines of the whole table."""
    columns = ("", *LANGUAGES)
    values = {language: figures(judged, language) for language in columns}
    lines = [f"{'':28}{'all':>7}" + "".join(f"{language:>7}" for language in LANGUAGES)]
    lines += [f"{name:28}" + "".join(f"{values[language][name]:7.1%}" for language in columns) for name, *_ in FIGURES]
    lines += ["", "alarm, by danger"] + [f"{name:28}{value:7.1%}" for name, value in recall_by_danger(judged).items()]
    lines += ["", "probability of danger: promised, true, sentences"]
    lines += [f"{promised:28.2f}{true:7.2f}{count:7}" for count, promised, true in reliability(judged)]
    return lines


def worst(judged: Sequence[Judged]) -> list[str]:
    """Give the worst misses: danger that was least heard, then false alarms that were surest, then needs."""
    unheard = sorted((one for one in judged if one.dangerous and not one.alarmed), key=lambda one: one.query.danger.probability)
    cried = sorted((one for one in judged if not one.dangerous and one.alarmed), key=lambda one: -one.query.danger.probability)
    unmeant = [one for one in judged if one.asks and not among_three(one)]
    third = WORST // 3
    return [
        f"{one.query.danger.probability:5.2f}  {one.sentence.danger:22} {','.join(one.needs[:3]) or '-':30} {one.sentence.text[:90]}"
        for one in [*unheard[:third], *cried[:third], *unmeant[:third]]
    ]


def picture(judged: Sequence[Judged]) -> str:
    """Draw promised against true probability as an SVG: on the diagonal a promise is kept."""
    size, edge = 360, 44
    inner = size - 2 * edge

    def at(promised: float, true: float) -> tuple[float, float]:
        return edge + promised * inner, size - edge - true * inner

    points = reliability(judged)
    dots = "".join(
        '<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="#0072b2"><title>{} sentences</title></circle>'.format(
            *at(promised, true), 3 + 9 * (count / max(c for c, *_ in points)) ** 0.5, count
        )
        for count, promised, true in points
    )
    ticks = "".join(
        f'<text x="{at(tick, 0)[0]:.0f}" y="{size - edge + 18:.0f}" text-anchor="middle">{tick:.1f}</text><text x="{edge - 6:.0f}" y="{at(0, tick)[1] + 4:.0f}" text-anchor="end">{tick:.1f}</text>'
        for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img" '
        'font-family="sans-serif" font-size="12"><title>How true the probability of danger is</title>'
        f'<rect width="{size}" height="{size}" fill="#ffffff"/><rect x="{x0}" y="{y1}" width="{inner}" height="{inner}" fill="none" stroke="#999999"/>'
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#999999" stroke-dasharray="4 4"/>{dots}{ticks}'
        f'<text x="{size / 2}" y="{size - 6}" text-anchor="middle">probability that ht gives</text>'
        f'<text x="12" y="{size / 2}" text-anchor="middle" transform="rotate(-90 12 {size / 2})">share that is danger</text></svg>\n'
    )


def main(arguments: Sequence[str]) -> None:
    """Print the table, and of the development set the worst misses."""
    final = "--final" in arguments
    judged = judge(FINAL if final else TWINS if "--twins" in arguments else DEVELOPMENT)
    counted = Counter(one.sentence.language for one in judged)
    lines = [f"{len(judged)} sentences: " + ", ".join(f"{language} {counted[language]}" for language in LANGUAGES), *table(judged)]
    if not final:
        lines += ["", *worst(judged)]
    sys.stdout.write("\n".join(lines) + "\n")
    if "--picture" in arguments:
        Path(arguments[list(arguments).index("--picture") + 1]).write_text(picture(judged), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
