"""The parts of a JSON file: tells JSON Lines from one document, and reads a list item by item."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

_AT_ONCE = 1 << 16  # characters
_SPACE = " \t\n\r"
_GOES_ON = "0123456789.eE+-"  # by which a number that was read may be the beginning of another, as the end of the stretch may
_DECODER = json.JSONDecoder()


def is_json_lines(text: str) -> bool:
    """Say whether each line of a text is an object of its own: the first one is whole, and another follows."""
    first, _mark, rest = text.strip().partition("\n")
    if not first.startswith("{") or not rest.strip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def items_of_list(file: TextIO) -> Iterator[Any]:
    """Give the items of a text that is one list, and hold no more of it than the item that is read.

    Raises JSONDecodeError, with its place in the text, where it is no JSON, ValueError where a number is too long for Python, and
    RecursionError where it is nested too deep; what stood before was given by then.
    """
    window = _Window(file)
    try:
        window.pass_over("[")
        if window.next_mark() == "]":
            window.pass_over("]")
        else:
            yield window.item()
            while window.pass_over(",", "]") == ",":
                yield window.item()
        if window.next_mark():
            raise window.trouble("Extra data")
    except json.JSONDecodeError as error:
        error.lineno, error.colno = window.place_of(error)
        raise


class _Window:
    """A stretch of a text, how far it has been read, and where in the text it begins."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text, self._at = "", 0
        self._lines, self._column = 0, 0  # before the stretch

    def next_mark(self) -> str:
        """Give the next character that is no white space, at which reading goes on; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._widened():
                return ""

    def pass_over(self, *marks: str) -> str:
        """Read the next mark, which is one of these. Raises JSONDecodeError."""
        mark = self.next_mark()
        if mark not in marks:
            raise self.trouble(f"Expecting {' or '.join(marks)}")
        self._at += 1
        return mark

    def item(self) -> Any:
        """Read one value. Raises JSONDecodeError."""
        self.next_mark()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._widened():
                    raise
            else:
                if self._text[end : end + 1] not in _GOES_ON or not self._widened():
                    self._at = end
                    return value

    def trouble(self, said: str) -> json.JSONDecodeError:
        """Give the error that is raised where reading stands."""
        return json.JSONDecodeError(said, self._text, self._at)

    def place_of(self, error: json.JSONDecodeError) -> tuple[int, int]:
        """Give the line and the column of an error in the whole text, from 1."""
        return error.lineno + self._lines, error.colno + (self._column if error.lineno == 1 else 0)

    def _widened(self) -> bool:
        """Let go of what was read and add what follows, as much again as is at hand; say whether anything did."""
        more = self._file.read(max(_AT_ONCE, len(self._text) - self._at))
        if not more:
            return False
        read, self._text, self._at = self._text[: self._at], self._text[self._at :] + more, 0
        lines = read.count("\n")
        self._column = len(read) - read.rfind("\n") - 1 if lines else self._column + len(read)
        self._lines += lines
        return True
