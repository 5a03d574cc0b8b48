"""Chooses how a question is read: the cheapest set of spans that explains each token once.

A beam search from left to right. The costs were settled by hand on the open questions in tests/examples.
"""

from collections.abc import Iterator

from ht_cli.search.question import Reading, Span
from ht_cli.shapes import NamedTuple

BEAM = 24  # readings kept at each token
STRETCH = 40  # tokens that are settled together; a question is shorter
UNKNOWN, UNKNOWN_SHORT, FILLER = 2.2, 0.9, 0.9
PER_EXTRA_TOKEN, PER_GAP = -0.2, 0.15  # a longer span says more, one with gaps less
EDIT_COST = (0.0, 1.0, 1.8)
MOVED_FIRST_LETTER = 0.35
CUE, WEAK_CUE, AT_THE_END, SECOND_PLACE = -0.3, -0.2, -0.1, 1.0
AT_HOME = -0.5  # a town where somebody lives, beside one of their work or of a hospital
PAIRED = -0.4  # two towns of which one is near the other
RISKY_PLACE, RISKY_AT_THE_END, RISKY_AFTER_CUE = 0.8, 0.25, 0.1
MISSPELT_AT_AN_END = -0.2  # in a short question the town stands at an end, and small words are seldom misspelt
LED_TO = -0.2  # behind a preposition of place a word that is also a town is one before it is a small word
SET_APART = -0.25  # a word that is also a town, standing where towns stand
SHORT_QUESTION, FAIRLY_SHORT = 4, 7  # tokens
SPAN_COSTS = {
    "stop": 0.05, "before": 0.05, "between": 0.05, "number": 0.3, "place": 0.25, "abroad": 0.45, "age": 0.15,
}  # fmt: skip
CONCEPT_COSTS = {"dangers": 0.1, "needs": 0.25, "audiences": 0.3, "relations": 0.3, "kinds": 0.35, "offers": 0.35}
OTHER_CONCEPT = 0.4


class Labelling(NamedTuple):
    """A complete reading with its cost: lower is likelier."""

    cost: float
    covered: int = 0
    spans: tuple[Span, ...] = ()
    places: int = 0


def best_labelling(reading: Reading) -> Labelling:
    """Give the cheapest reading; every token is in exactly one span."""
    beginning: dict[int, list[Span]] = {}
    for span in _plausible(reading):
        beginning.setdefault(span.start, []).append(span)
    best = Labelling(0.0)
    for start, end in _stretches(len(reading.tokens), beginning):
        best = _best_from(best, start, end, reading, beginning)
    return best


def _stretches(count: int, beginning: dict[int, list[Span]]) -> Iterator[tuple[int, int]]:
    """Cut a long text where no span crosses, so that what is behind is settled and need not be carried on."""
    start, reach = 0, 0
    for position in range(count):
        if position >= reach and position - start >= STRETCH:
            yield start, position
            start = position
        reach = max([reach, *(span.end for span in beginning.get(position, ()))])
    if start < count:
        yield start, count


def _best_from(before: Labelling, start: int, end: int, reading: Reading, beginning: dict[int, list[Span]]) -> Labelling:
    beam = [Labelling(before.cost, places=before.places)]
    for position in range(start, end):
        grown: dict[tuple[int, int], Labelling] = {}
        for state in beam:
            for longer in _extended(state, position, start, reading, beginning.get(position, [])):
                kept = grown.get((longer.covered, longer.places))
                if kept is None or longer.cost < kept.cost:
                    grown[longer.covered, longer.places] = longer
        beam = sorted(grown.values(), key=lambda s: s.cost)[:BEAM]
    best = min(beam, key=lambda s: s.cost)
    return best._replace(covered=0, spans=before.spans + best.spans)


def _plausible(reading: Reading) -> list[Span]:
    """Leave out risky and misspelt towns where another word is plainly a town."""
    certain = [s for s in reading.spans if s.kind == "place" and not s.risky and not s.edits]
    if not certain:
        return reading.spans
    return [
        s
        for s in reading.spans
        if s.kind not in ("place", "abroad")
        or (not s.edits and (not s.risky or any(s.tokens & c.tokens for c in certain) or s.start in reading.paired | reading.homes))
        or (s.edits and any(s.tokens & c.tokens == c.tokens and s.length > c.length for c in certain))
    ]


def _extended(state: Labelling, position: int, start: int, reading: Reading, spans: list[Span]) -> list[Labelling]:
    """Give the labellings that read one token more; `covered` counts from the start of the stretch."""
    if state.covered >> (position - start) & 1:
        return [state]
    longer = [
        Labelling(
            state.cost + span_cost(span, reading, state.places),
            state.covered | span.tokens >> start,
            (*state.spans, span),
            state.places + (span.kind == "place"),
        )
        for span in spans
        if not span.tokens >> start & state.covered
    ]
    token = reading.tokens[position]
    unknown = Span(1 << position, "unknown", shown=token)
    cost = FILLER if position in reading.known or position in reading.ordinary else UNKNOWN_SHORT if len(token) <= 3 else UNKNOWN
    return [*longer, Labelling(state.cost + cost, state.covered | 1 << (position - start), (*state.spans, unknown), state.places)]


def span_cost(span: Span, reading: Reading, places: int) -> float:
    """Say how unlikely it is that these tokens mean this, after so many towns already read."""
    if span.kind == "concept":
        cost = min(CONCEPT_COSTS.get(kind, OTHER_CONCEPT) for kind, _ in span.terms)
    else:
        cost = SPAN_COSTS.get(span.kind, OTHER_CONCEPT)
    cost += (
        PER_EXTRA_TOKEN * (span.length - 1) + PER_GAP * span.gaps + EDIT_COST[min(span.edits, 2)] + MOVED_FIRST_LETTER * span.moved_first
    )
    if span.kind in ("place", "abroad"):
        cost += PAIRED if span.start in reading.paired else _place_cost(span, reading) + SECOND_PLACE * (places > 0)
    return cost


def _place_cost(span: Span, reading: Reading) -> float:
    last = span.start + span.length == len(reading.tokens)
    cue, weak_cue = span.start - 1 in reading.cues, span.start - 1 in reading.weak_cues
    cost = (
        (CUE if cue else WEAK_CUE if weak_cue else 0)
        + AT_THE_END * last
        + AT_HOME * (span.start in reading.homes)
        + LED_TO * (span.start in reading.led_to)
    )
    if span.edits and (last or span.start == 0) and span.length < len(reading.tokens) <= SHORT_QUESTION:
        cost += MISSPELT_AT_AN_END
    if span.risky and len(reading.tokens) > span.length and not _set_apart(span, reading):
        risk = RISKY_AFTER_CUE if cue and last else RISKY_AT_THE_END if last or cue or weak_cue else RISKY_PLACE
        cost += risk + (span.length == 1 and _accented(span, reading))
    elif span.risky:
        cost += SET_APART
    return cost


def _set_apart(span: Span, reading: Reading) -> bool:
    """Say whether a word that is also a town stands where towns do: at an end beside a telling word ("deuil ans"), between two, or in a note.

    A note is written without small words: there a word between two telling ones is a town ("mother 80 dementia Laken").
    """
    after = span.start + span.length
    if _accented(span, reading):
        return False
    if span.start in reading.apart:
        return True
    if reading.note and span.start not in reading.empty and not (reading.small - reading.said) & {span.start - 1, after}:
        return True
    if after == len(reading.tokens):
        before = span.start - 1
        if before < 0 or before in reading.small or reading.tokens[before].isdigit():
            return False
        return len(reading.tokens) <= SHORT_QUESTION or span.start not in reading.empty
    return span.start == 0 and after not in reading.small and len(reading.tokens) <= FAIRLY_SHORT


def _accented(span: Span, reading: Reading) -> bool:
    """Say whether an accent was typed that the town has not: who writes "mère" does not mean the town of Mere."""
    typed = reading.raw[span.start]
    return not typed.isascii() and typed != span.shown.lower()
