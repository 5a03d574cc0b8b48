"""Reads ages: numbers in digits or words beside a unit."""

import re
from collections.abc import Iterator

from ht_cli.search.lookups import Lookups
from ht_cli.search.question import Reading, Span

_GLUED_AGE = re.compile(r"(\d{1,2})([a-z]+)")


def add_ages(reading: Reading, lookups: Lookups) -> None:
    """Read numbers beside a unit ("14 ans", "15j", "septante-deux ans", "âgé de 9") as ages."""
    if not reading.tokens:
        return
    cues: dict[str, str] = {}
    values: dict[str, int] = {}
    for form in lookups.forms([*reading.tokens, *_units(reading)]):
        if form.kind in ("unit", "aged"):
            cues[form.key] = form.kind
        elif form.kind == "number":
            values[form.key] = int(form.ref)
    for position, token in enumerate(reading.tokens):
        glued = _GLUED_AGE.fullmatch(token)
        if glued and cues.get(glued[2]) == "unit":
            reading.spans.append(Span(1 << position, "age", value=int(glued[1]), shown=token))
        after = position + 1 < len(reading.tokens) and cues.get(reading.tokens[position + 1]) == "unit"
        if token.isascii() and token.isdigit() and len(token) <= 2:
            before = any(cues.get(reading.tokens[i]) == "aged" for i in range(max(0, position - 2), position))
            tokens = (3 << position) if after else 1 << position
            reading.spans.append(Span(tokens, "age", value=int(token), shown=token, risky=not (after or before)))
        elif token in values and after:
            tens = values.get(reading.tokens[position - 1], 0) if position and values[token] < 10 else 0
            tokens = (7 << position - 1) if tens >= 20 else 3 << position
            reading.spans.append(Span(tokens, "age", value=values[token] + (tens if tens >= 20 else 0), shown=token))


def _units(reading: Reading) -> Iterator[str]:
    return (glued[2] for token in reading.tokens if (glued := _GLUED_AGE.fullmatch(token)))
