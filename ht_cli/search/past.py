"""Hears that a violence is long over: "il y a 25 ans", "als kind geslagen", "long ago". What goes on, or begins again, is not."""

from collections.abc import Sequence

from ht_cli.search.lookups import Lookups

LONG_AGO = 5  # years from which it is over, where nothing says that it goes on
LONGEST = 4  # words of an expression for what is long over


def is_long_over(tokens: Sequence[str], lookups: Lookups) -> bool:
    """Say whether the folded words tell of what was long ago, and none of them that it goes on."""
    windows = {
        "".join(tokens[start:end]): start for start in range(len(tokens)) for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1)
    }
    kinds: dict[str, set[str]] = {}
    numbers: dict[str, int] = {}
    for form in lookups.forms(sorted(windows)):
        kinds.setdefault(form.key, set()).add(form.kind)
        if form.kind == "number":
            numbers[form.key] = int(form.ref)
    if any("past-still" in found for found in kinds.values()):
        return False
    if any("past-over" in found for found in kinds.values()):
        return True
    for start, token in enumerate(tokens[:-1]):
        years = int(token) if token.isdigit() and len(token) < 3 else numbers.get(token, 0)
        if years < LONG_AGO or "unit" not in kinds.get(tokens[start + 1], ()):
            continue
        behind = "".join(tokens[start + 2 : start + 3])
        before = {"".join(tokens[begin:start]) for begin in range(max(start - LONGEST, 0), start)}
        if "past-behind" in kinds.get(behind, ()) or any("past-before" in kinds.get(words, ()) for words in before):
            return True
    return False
