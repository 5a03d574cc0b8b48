"""An ordinary command line: a known command, known options spelled out, values that convert without doubt.

Typer is the one grammar. What is read here is what Typer would give, word for word; where it might say anything else
(help, a fault, an abbreviation, a value that begins with a dash, a callback) nothing is read, and Typer is asked. To load
it takes nearly as long as a whole search (docs/start.md), which is why it is not asked when the answer is known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence

from ht_cli.cleaning import in_characters
from ht_cli.line.grammar import COMMANDS
from ht_cli.locale import is_spoken
from ht_cli.shapes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Line(NamedTuple):
    """A command with the values for its function; what was not typed is left to the function's own defaults."""

    command: str
    values: dict[str, Any]


NOT_SURE: Any = object()
_NAMES_A_FILE = {"sync": ("catalogue", "place")}  # texts whose bytes are what the disk knows a file by; of other commands, `catalogue`
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_WINDOWS_EXPANDS = re.compile(r"[*?\[~$%]")  # Click opens these itself, where no shell does


def read_line(words: Sequence[str], environment: Mapping[str, str]) -> Line | None:
    """Read the words behind `ht`, or give None where only Typer can say what they mean."""
    if not words or words[0] not in COMMANDS:
        return None
    arguments, options, variables = COMMANDS[words[0]]
    if any(variable in environment for variable in (*variables, "_HT_COMPLETE")):
        return None
    if os.name == "nt" and any(map(_WINDOWS_EXPANDS.search, words)):
        return None
    values: dict[str, Any] = {}
    standing: list[str] = []
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("-"):
            standing.append(word)
            continue
        option, joined, text = word.partition("=") if word.startswith("--") else (word, "", "")
        if option not in options:
            return None
        name, many, kind, limits = options[option]
        if kind == "flag" and joined:
            return None
        value = limits if kind == "flag" else _value(text if joined else next(rest, "-"), kind, limits)
        if value is NOT_SURE or (name == "locale" and not is_spoken(value)):
            return None
        if many:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    return _with_arguments(words[0], values, standing, arguments)


def readable(command: str, values: Mapping[str, Any], paths: Collection[str] = ()) -> dict[str, Any]:
    """Give the values of a line with every text in characters; names of files, `paths` among them, keep their bytes."""
    files = (*_NAMES_A_FILE.get(command, ("catalogue",)), *paths)
    return {name: value if name in files else _readable(value) for name, value in values.items()}


def _readable(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_readable(part) for part in value]
    return in_characters(value) if isinstance(value, str) else value


def _with_arguments(command: str, values: dict[str, Any], standing: list[str], arguments: Sequence[Any]) -> Line | None:
    """Give the words that stand alone to the arguments, in their order; only the last one may take many."""
    for name, many, required, kind, limits in arguments:
        taken = standing if many else standing[:1]
        standing = standing[len(taken) :]
        if required and not taken:
            return None
        read = [_value(word, kind, limits) for word in taken]
        if NOT_SURE in read:
            return None
        if taken:
            values[name] = read if many else read[0]
    return None if standing else Line(command, values)


def _value(text: str, kind: str, limits: Any) -> Any:
    """Convert a word as Typer does, or say that it is not sure."""
    if not text or text.startswith("-"):
        return NOT_SURE
    if kind == "text":
        return text
    if kind == "choice":
        return text if text in limits else NOT_SURE
    if not (_WHOLE if kind == "whole" else _DECIMAL).fullmatch(text):
        return NOT_SURE
    number = int(text) if kind == "whole" else float(text)
    lowest, highest = limits
    return number if (lowest is None or number >= lowest) and (highest is None or number <= highest) else NOT_SURE
