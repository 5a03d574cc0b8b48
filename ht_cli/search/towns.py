"""Settles which towns a question may name: misspelt ones, and villages that are called like a small word."""

from ht_cli.search.lookups import Lookups
from ht_cli.search.question import Reading, Span

LONGEST_NAME = 4  # tokens of a town
SHORTEST_JOINED_TOWN = 7  # letters
BEGINS_A_TOWN = frozenset(("saint", "sainte", "sint", "sankt", "st", "ste"))  # what follows is likely part of a town
LONGEST_MENDED = 12  # tokens of a question in which misspelt towns of several words are looked for


def add_misspelt_towns(reading: Reading, lookups: Lookups) -> None:
    """Look towns of several words up of which one is misspelt: "Saint-GGilles", "Heist op denn Berg"."""
    if len(reading.tokens) > LONGEST_MENDED:
        return
    windows: dict[str, list[tuple[int, int, int]]] = {}
    unknown = set(range(len(reading.tokens))) - reading.known - reading.ordinary
    for start in range(len(reading.tokens)):
        for end in range(start + 2, min(start + LONGEST_NAME, len(reading.tokens)) + 1):
            joined = "".join(reading.tokens[start:end])
            doubtful = unknown & set(range(start, end)) or reading.tokens[start] in BEGINS_A_TOWN
            if doubtful and len(joined) >= SHORTEST_JOINED_TOWN:
                for correction in lookups.corrections(joined, names=False)[:1]:
                    windows.setdefault(correction.word, []).append((start, end, correction.edits))
    for form in lookups.forms(list(windows)) if windows else ():
        for start, end, edits in windows[form.key] if form.kind == "place" else ():
            tokens = (1 << end) - (1 << start)
            reading.spans.append(Span(tokens, "place", ((form.kind, form.ref),), form.shown, edits, form.risky))


def keep_biggest_towns(reading: Reading, lookups: Lookups) -> None:
    """Of several towns that a misspelt word is equally near to, keep the biggest: "bruge" is Brugge, not Bouge.

    A village is kept only where no other word is as near, or a word such as "in" stands before it.
    """
    guessed: dict[int, list[Span]] = {}
    for span in reading.spans:
        if span.kind == "place" and span.edits:
            guessed.setdefault(span.tokens, []).append(span)
    for spans in guessed.values():
        biggest = max(spans, key=lambda span: (-span.edits, max(lookups.place(int(ref)).population for _, ref in span.terms)))
        village = max(lookups.place(int(ref)).population for _, ref in biggest.terms) == 0
        rivals = [s for s in reading.spans if s.tokens == biggest.tokens and s.kind == "concept" and s.edits <= biggest.edits]
        for span in spans:
            if span is not biggest or (village and rivals and span.start - 1 not in reading.cues):
                reading.spans.remove(span)


def leave_out_small_words(reading: Reading, lookups: Lookups) -> None:
    """Leave out villages called like a small word ("my", "on") unless "in" stands before them or they stand alone."""
    for span in [span for span in reading.spans if span.kind == "place" and span.length == 1 and not span.edits]:
        alone = len(reading.tokens) == 1 or span.start - 1 in reading.cues
        if span.start in reading.empty and not alone and not any(lookups.place(int(ref)).population for _, ref in span.terms):
            reading.spans.remove(span)
