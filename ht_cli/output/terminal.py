"""The only writer to stdout and stderr: data on the one, notes on the other, both harmless.

What a command says can be gathered instead, by a program that shows it in a place of its own.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple, TextIO

from ht_cli.locale import translate as _
from ht_cli.output.delivery import deliver, silence
from ht_cli.wording import clean


class Gathered(NamedTuple):
    """What is said instead of being written, and the columns of the place where it will stand."""

    pieces: list[str]
    columns: int


_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)
NARROW = 60  # columns under which lines of "Label: value" read better than a table


def chosen_format(asked: str | None, output: Path | None) -> str:
    """Give the format asked for, else a table on a terminal, records on a narrow or plain one, TSV in a pipe."""
    if asked:
        return asked
    if output or not sys.stdout.isatty():
        return "tsv"
    return "records" if prefers_records() else "table"


def prefers_records(narrow: int = NARROW) -> bool:
    """Say whether the reader is better served by plain lines: a screen reader, a dumb terminal, or one of fewer columns."""
    return _plain() or width() < narrow


def takes_keys() -> bool:
    """Say whether a program can draw on the whole window and be told key by key: a terminal on both sides, and no screen reader."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not _plain()


def _plain() -> bool:
    return os.environ.get("TERM") == "dumb" or os.environ.get("HT_ACCESSIBLE", "") not in ("", "0")


def takes_escapes() -> bool:
    """Say whether stdout may get bold and colour: a terminal that is not dumb, and no NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


_FRENCH_SPACE = re.compile(" (?=[:;?!»])")


def wrapped(text: str, columns: int, *, first: str = "", then: str = "") -> list[str]:
    """Cut a text into lines of so many columns; no line begins with the mark that ends a French sentence or quotation."""
    import textwrap  # 1 ms, not wanted in a pipe

    held = _FRENCH_SPACE.sub("\N{NO-BREAK SPACE}", text.replace("« ", "«\N{NO-BREAK SPACE}"))
    lines = textwrap.wrap(held, columns, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


@contextmanager
def gathering(columns: int) -> Iterator[list[str]]:
    """Gather notes and data, laid out for so many columns, in place of writing them; of this thread and task alone."""
    gathered = Gathered([], columns)
    token = _gathered.set(gathered)
    try:
        yield gathered.pieces
    finally:
        _gathered.reset(token)


def width() -> int:
    """Give the columns of the terminal, 80 when it does not say."""
    gathered = _gathered.get()
    return gathered.columns if gathered else shutil.get_terminal_size().columns


def write(pieces: Iterable[str], output: Path | None = None, *, drawn: bool = False) -> None:
    """Write to stdout, or to a file that appears under its name only when it is whole.

    `drawn` says that the data in it is clean already, and that the escapes are our own colours.

    Raises UsageError when the file cannot be written.
    """
    if output is None:
        _say(sys.stdout, "".join(piece if drawn else clean(piece) for piece in pieces))
        return
    deliver((clean(piece) for piece in pieces), output)


def note(text: str = "") -> None:
    """Say something that is not data, on stderr."""
    _say(sys.stderr, clean(text) + "\n")


@contextmanager
def private_screen(asked: bool) -> Iterator[None]:
    """Show on the alternate screen of a terminal until a key is pressed, then clear it and its history."""
    if not (asked and sys.stdout.isatty()):
        yield
        return
    _to_stream(sys.stdout, "\x1b[?1049h\x1b[H")
    try:
        yield
        if sys.stdin.isatty():
            note(_("Enter: clear and leave"))
            sys.stdin.readline()
    finally:
        _to_stream(sys.stdout, "\x1b[2J\x1b[3J\x1b[?1049l")


def _say(stream: TextIO, text: str) -> None:
    gathered = _gathered.get()
    if gathered:
        gathered.pieces.append(text)
    else:
        _to_stream(stream, text)


def _to_stream(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        silence(stream.fileno())
