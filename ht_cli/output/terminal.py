"""Writes lines to stdout and stderr: data on the one, notes on the other, both harmless; whole files and their bytes are for `delivery.py`.

What a command says can be gathered instead, by a program that shows it in a place of its own.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice

from ht_cli.cleaning import clean
from ht_cli.exchange.endings import meant_by, refuse_another_format
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.delivery import deliver, not_written, silence
from ht_cli.shapes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO
else:
    from os import PathLike as Path  # in its stead while nothing checks: pathlib is loaded by what makes a path


class Gathered(NamedTuple):
    """What is said instead of being written, and the columns of the place where it will stand."""

    pieces: list[str]
    columns: int


_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)
_AT_ONCE = 500  # pieces that are written together
NARROW = 60  # columns under which lines of "Label: value" read better than a table
ONE_LINE = 140  # columns from which a result takes one line of a table
ENDINGS = {
    "": "tsv", ".tsv": "tsv", ".tab": "tsv", ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "records",
}  # fmt: skip
LEFT_FREE = 2  # lines of the window that an answer leaves: the command that was typed, and the prompt
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_held: list[str] | None = None  # what goes to the terminal, while it is held back until all of it is known
_said_before = 0  # lines of the window that were written before anything was held back


def chosen_format(asked: str | None, output: Path | None, endings: Mapping[str, str] = ENDINGS, narrow: str = "records") -> str:
    """Give the format asked for, else the one that the ending of the file means; a table on a terminal, TSV in a pipe.

    A narrow or a dumb terminal gets what `narrow` names, and who listens line by line gets records.

    Raises UsageError when the ending means none of them, or another one than is asked for.
    """
    if asked:
        if output:
            refuse_another_format(asked, output, endings)
        return asked
    if output:
        return meant_by(output, endings)
    if not sys.stdout.isatty():
        return "tsv"
    if _listens():
        return "records"
    return narrow if prefers_records() else "table"


def prefers_records(narrow: int = NARROW) -> bool:
    """Say whether the reader is better served by plain lines: a screen reader, a dumb terminal, or one of fewer columns."""
    return _plain() or width() < narrow


def takes_keys() -> bool:
    """Say whether a program can draw on the whole window and be told key by key: a terminal on both sides, and no screen reader."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not _plain()


def _plain() -> bool:
    return os.environ.get("TERM") == "dumb" or _listens()


def _listens() -> bool:
    return os.environ.get("HT_ACCESSIBLE", "") not in ("", "0")


def read_now(output: Path | None) -> bool:
    """Say whether somebody reads what is written at this moment, on a terminal: what goes elsewhere must not speak of now."""
    return output is None and sys.stdout.isatty()


def takes_escapes() -> bool:
    """Say whether stdout may get bold and colour: a terminal that is not dumb, and no NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


WEB_ADDRESS = r"(https?://)?[\w-]+(\.[\w-]+)+/"  # an id and a path on the disk are left whole, to be copied
_HELD_SPACE = re.compile(r" (?=[:;?!»])|(?<=\d) (?=\d\d)")


def wrapped(text: str, columns: int, *, first: str = "", then: str = "") -> list[str]:
    """Cut a text into lines of so many columns.

    No line begins with the mark that ends a French sentence or quotation, nor with the rest of a telephone number. An address of the web
    that is longer than a line goes on after one of its slashes or hyphens.
    """
    import textwrap  # 1 ms, not wanted in a pipe

    room = columns - len(then)
    text = " ".join(_parted(word, room) if len(word) > room and re.match(WEB_ADDRESS, word) else word for word in text.split(" "))
    held = _HELD_SPACE.sub("\N{NO-BREAK SPACE}", text.replace("« ", "«\N{NO-BREAK SPACE}"))
    lines = textwrap.wrap(held, columns, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _parted(word: str, columns: int) -> str:
    """Part a word that is longer than a line where its slashes and hyphens are, into pieces of which no two fit into one."""
    pieces = [""]
    for piece in re.findall(r"[^/_-]*[/_-]+|[^/_-]+", word):
        if pieces[-1] and len(pieces[-1] + piece) > columns:
            pieces.append("")
        pieces[-1] += piece
    return " ".join(pieces)


@contextmanager
def gathering(columns: int) -> Iterator[list[str]]:
    """Gather notes and data, laid out for so many columns, in place of writing them; of this thread and task alone."""
    gathered = Gathered([], columns)
    token = _gathered.set(gathered)
    try:
        yield gathered.pieces
    finally:
        _gathered.reset(token)


def typed_as_a_line() -> bool:
    """Say whether the reader typed a line, in which an option may be put; not a key of a program that gathers what is said."""
    return _gathered.get() is None


def width() -> int:
    """Give the columns of the terminal, 80 when it does not say."""
    gathered = _gathered.get()
    return gathered.columns if gathered else _size().columns


def lines() -> int:
    """Give the lines of the window."""
    return _size().lines


def room() -> float:
    """Give how many lines the window holds beside what was said so far; no end of them off a terminal."""
    if _held is None or not sys.stdout.isatty():
        return float("inf")
    return _size().lines - LEFT_FREE - _said_before - height("".join(_held))


def height(text: str) -> int:
    """Give how many lines of the window a text takes, those among them that are longer than the window is wide."""
    columns = max(width(), 1)
    return sum(max(-(-len(line) // columns), 1) for line in _ESCAPE.sub("", text).splitlines())


def _size() -> os.terminal_size:
    """Give the size of the window: what COLUMNS and LINES say, else that of stdout or stderr; `shutil` would load five compressors."""
    columns, lines = (int(text) if text.isdecimal() else 0 for text in (os.environ.get("COLUMNS", ""), os.environ.get("LINES", "")))
    for stream in (sys.__stdout__, sys.stderr):
        try:
            window = os.get_terminal_size(stream.fileno()) if stream and not (columns and lines) else None
        except (OSError, ValueError):
            continue
        if window:
            columns, lines = columns or window.columns, lines or window.lines
    return os.terminal_size((columns or 80, lines or 24))


def write(pieces: Iterable[str], output: Path | None = None, *, drawn: bool = False, prose: bool = False) -> None:
    """Write to stdout, or to a file that appears under its name only when it is whole.

    `drawn` says that the data in it is clean already, and that the escapes are our own colours; `prose` that lines which are
    longer than the window are broken between words, where somebody reads them in one.

    Raises UsageError when the file cannot be written.
    """
    if output is None:
        rest = _in_window(clean("".join(pieces)), sys.stdout) if prose and is_window() else iter(pieces)
        while some := list(islice(rest, _AT_ONCE)):
            _say(sys.stdout, "".join(piece if drawn else clean(piece) for piece in some))
        return
    deliver((clean(piece) for piece in pieces), output)
    say_written(output)


def write_bytes(pieces: Iterable[str | bytes], output: Path | None = None) -> None:
    """Write what is for a program, byte by byte as it is; to who reads a terminal as the text that it is, which a pager can hold.

    Raises UsageError when the file cannot be written.
    """
    if output is None and sys.stdout.isatty():
        write(piece if isinstance(piece, str) else piece.decode("utf-8", "replace") for piece in pieces)
    else:
        deliver(pieces, output)


def say_written(output: Path, count: int | None = None) -> None:
    """Say to who reads a terminal which file was written, and how many resources it holds; nothing in a pipe, nor in a place that says it itself."""
    if is_window(sys.stderr):
        held = "" if count is None else _n("{count} resource.", "{count} resources.", count).format(count=count) + " "
        note(held + _("Written: {path}").format(path=os.path.abspath(output)))


def note(text: str = "") -> None:
    """Say something that is not data, on stderr; on a terminal no word of it is broken."""
    _say(sys.stderr, "".join(_in_window(clean(text) + "\n", sys.stderr)))


_WAITING: list[str] = []


def note_after_danger(text: str) -> None:
    """Keep something to be said on stderr once the lines to call in a danger, which stand before everything, have been said."""
    _WAITING.append(text)


def say_what_waits() -> None:
    """Say what was kept for after the lines of a danger."""
    while _WAITING:
        note(_WAITING.pop(0))


def _in_window(text: str, stream: TextIO) -> Iterator[str]:
    """Give the lines of a text; in a window those that are longer in parts, none of whose words is broken."""
    narrow = is_window(stream)
    for line in text.splitlines(keepends=True):
        if narrow and len(line.rstrip("\n")) > width():
            indent = line[: len(line) - len(line.lstrip())]
            yield "".join(f"{part}\n" for part in wrapped(line.strip(), max(width(), 20), first=indent, then=indent))
        else:
            yield line


def is_window(stream: TextIO | None = None) -> bool:
    """Say whether what is written to a stream, stdout where none is named, stands in a window in which the terminal breaks its lines."""
    return (stream or sys.stdout).isatty() and not _gathered.get()


@contextmanager
def paged(asked: bool = True) -> Iterator[None]:
    """Hold back what goes to the terminal, and show it at the end: as it is where the window holds it, else in the pager if `asked`."""
    global _held
    if _held is not None or not sys.stdout.isatty():
        yield
        return
    _held = []
    try:
        yield
    finally:
        text, _held = "".join(_held), None
        if not (asked and _page(text)):
            _to_stream(sys.stdout, text)


def _page(text: str) -> bool:
    """Show a text in the pager; not where the window holds it, nor where somebody listens to it line by line."""
    if height(text) < _size().lines or prefers_records(narrow=0):
        return False
    from ht_cli.output.pager import show_in_pager  # 5 ms of subprocess, wanted only here

    return show_in_pager(text)


@contextmanager
def private_screen(asked: bool, *, pager: bool = True) -> Iterator[None]:
    """Show on the alternate screen of a terminal until a key is pressed, then clear it and its history."""
    global _held, _said_before
    if not (asked and sys.stdout.isatty()):
        yield
        return
    before, _held, _said_before = _held, None, 0
    _to_stream(sys.stdout, "\x1b[?1049h\x1b[H")
    try:
        with paged(pager):
            yield
        if sys.stdin.isatty():
            note(_("Enter: clear and leave"))
            sys.stdin.readline()
    finally:
        _to_stream(sys.stdout, "\x1b[2J\x1b[3J\x1b[?1049l")
        _held = before


def _say(stream: TextIO, text: str) -> None:
    gathered = _gathered.get()
    if gathered:
        gathered.pieces.append(text)
    else:
        _to_stream(stream, text)


def _to_stream(stream: TextIO, text: str) -> None:
    global _said_before
    if stream.isatty():
        if _held is not None:
            _held.append(text)
            return
        _said_before += height(text)
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        silence(stream.fileno())
    except OSError as error:  # a full disk
        silence(stream.fileno())
        if stream is sys.stdout:
            raise not_written("stdout", error) from error
