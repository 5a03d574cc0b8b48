"""Harm to what a reader reads, drawn from a seed: the same seed does the same harm on every machine."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

AWKWARD = (
    "", " ", "\0", "\x1b[2J", "\r", "\n", "\u2028", "\ufeff", "\u202e", "\ud800", "\udcff", "\U0001f1e7\U0001f1ea", "e\u0301", "ﬀ", "İ", "ß",
    "٣", "²", "Ⅷ", "½", "'", '"', '""', ";", ",", "\t", "\\", "/", "..", "%", "{", "}", "{0}", "[", "[[", "]", "(", ")", "*", "?", "+", "|", "^",
    "$", "-", "--", "=", "=1+1", "@", "#", "<b>", "&amp;", "null", "NaN", "-1", "0", "00", "1e999", "9" * 25, "9999999999", "2026-13-45",
    "0000-00-00", "24:00", "99:99", "PH", "SH", "week", "Mo-", "||", "12-31", "a" * 3_000, "é" * 3_000, "1 " * 1_000, "( " * 1_000,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**25, 1.5, float("nan"), float("inf"), "", " ", "x", "\0", "\ud800", [], {}, [None], [[]], [{}], {"": ""},
    {"x": None}, ["x"] * 500, "y" * 70_000, {"id": {"id": []}}, [[[[[[[[]]]]]]]], "2026-02-30", "https://[", "mailto:x", "\u202eevil",
)  # fmt: skip
MOST = 6  # wounds of one input


def of_bytes(chance: Random, content: bytes, others: Sequence[bytes] = ()) -> bytes:
    """Give the content with one to six wounds: bytes flipped, lost, doubled, moved, cut off, or taken from elsewhere."""
    wounded = bytearray(content)
    for _wound in range(chance.randint(1, MOST)):
        at = chance.randrange(len(wounded) + 1)
        until = min(len(wounded), at + chance.choice((1, 1, 2, 4, 16, 200)))
        kind = chance.randrange(7)
        if kind == 0 and at < len(wounded):
            wounded[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del wounded[at:until]
        elif kind == 2:
            wounded[at:at] = wounded[at:until] * chance.choice((1, 1, 2, 50))
        elif kind == 3:
            wounded[at:until] = chance.randbytes(until - at)
        elif kind == 4:
            wounded[at:at] = chance.choice(AWKWARD).encode("utf-8", "surrogatepass")
        elif kind == 5 and others:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            wounded[at:until] = other[start : start + chance.choice((4, 40, 400))]
        elif kind == 6 and chance.random() < 0.1:
            del wounded[at:]
    return bytes(wounded)


def of_text(chance: Random, text: str, others: Sequence[str]) -> str:
    """Give the text with one to six wounds in it: words lost, doubled, swapped, taken from elsewhere, awkward ones put in, letters changed."""
    pieces = re.findall(r"\w+|\W", text)
    for _wound in range(chance.randint(1, MOST)):
        at = chance.randrange(len(pieces) + 1)
        kind = chance.randrange(6)
        if kind == 0:
            del pieces[at : at + 1]
        elif kind == 1:
            pieces[at:at] = pieces[at : at + 1] * chance.choice((1, 2, 40))
        elif kind == 2:
            pieces[at:at] = [chance.choice(AWKWARD)]
        elif kind == 3:
            pieces[at : at + 1] = re.findall(r"\w+|\W", chance.choice(others))[: chance.randint(1, 8)]
        elif kind == 4 and at < len(pieces) and pieces[at]:
            pieces[at] = _other_letters(chance, pieces[at])
        elif kind == 5 and len(pieces) > 1:
            other = chance.randrange(len(pieces))
            pieces[at % len(pieces)], pieces[other] = pieces[other], pieces[at % len(pieces)]
    return "".join(pieces)


def of_value(chance: Random, value: Any) -> Any:
    """Give a copy of what a JSON or TOML file holds in which one to three places hold something else, hold it twice, or nothing."""
    copied = json.loads(json.dumps(value))
    for _wound in range(chance.randint(1, 3)):
        places = list(_places(copied))
        if not places:
            return deepcopy(chance.choice(VALUES))
        container, key = chance.choice(places)
        kind = chance.randrange(5)
        if kind == 0:
            del container[key]
        elif kind == 1 and isinstance(container, dict):
            container[chance.choice(AWKWARD)] = container.pop(key)
        elif kind == 2 and isinstance(container[key], str):
            container[key] = of_text(chance, container[key], (chance.choice(AWKWARD),))
        elif kind == 3:
            other, at = chance.choice(places)
            container[key] = json.loads(json.dumps(other.get(at) if isinstance(other, dict) else other[at] if at < len(other) else None))
        else:
            container[key] = deepcopy(chance.choice(VALUES))  # one that is harmed further must not be the next one's
    return copied


def of_table(chance: Random, text: str) -> str:
    """Give a table in which cells, columns or whole rows are others."""
    rows = list(csv.reader(io.StringIO(text)))
    for _wound in range(chance.randint(1, MOST)):
        row = chance.choice(rows)
        if not row:
            continue
        at = chance.randrange(len(row))
        kind = chance.randrange(5)
        if kind == 0:
            row[at] = chance.choice(AWKWARD)
        elif kind == 1:
            row[at] = of_text(chance, row[at], [cell for other in rows for cell in other if cell] or AWKWARD)
        elif kind == 2:
            row[at : at + 1] = row[at : at + 1] * chance.choice((0, 2))
        elif kind == 3:
            rows.append(list(row))
        else:
            other = chance.randrange(len(row))
            row[at], row[other] = row[other], row[at]
    written = io.StringIO()
    csv.writer(written, delimiter=chance.choice(",,,;\t"), lineterminator=chance.choice(("\n", "\r\n"))).writerows(rows)
    return written.getvalue()


def json_bytes(value: Any) -> bytes:
    """Write a value as JSON; what UTF-8 has no place for, as an escape."""
    return json.dumps(value).encode()


def one_of(chance: Random, ways: Sequence[Callable[[], bytes]]) -> bytes:
    """Do harm in one of several ways."""
    return chance.choice(ways)()


def _other_letters(chance: Random, word: str) -> str:
    letters = list(word)
    at = chance.randrange(len(letters))
    letters[at] = chance.choice((letters[at].swapcase(), chr(chance.randrange(32, 0x250)), chr(chance.randrange(0x20, 0xD800)), ""))
    return "".join(letters)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Give each place inside a value, as what holds it and its key or number."""
    found: list[tuple[Any, Any]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append((value, key))
        found += _places(value[key])
    return found
