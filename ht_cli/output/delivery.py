"""Hands bytes over: to stdout piece by piece, or to a file that appears under its name only when it is whole."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator

from ht_cli.errors import UsageError
from ht_cli.locale import translate as _
from ht_cli.reasons import reason_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

BLOCK = 1 << 16  # bytes gathered before they are written: a long export takes little memory and few calls


def deliver(pieces: Iterable[str | bytes], output: Path | None = None) -> None:
    """Write pieces, text as UTF-8, to a file or to stdout; the bytes are the same in both.

    A file is written beside its name and moved into place; where that fails, what was there stays.
    Raises UsageError when it cannot be written.
    """
    if output is None:
        _to_stdout(pieces)
        return
    try:
        if os.path.exists(output) and not os.path.isfile(output):  # a pipe, a device: there is no place to move into
            with output.open("wb") as stream:
                stream.writelines(_blocks(pieces))
        else:
            _to_file(pieces, output.resolve())  # a link stays a link
    except OSError as error:
        raise not_written(output, error) from error


def refuse_overwriting(output: Path) -> None:
    """Refuse to write over a file that is there. Raises UsageError, naming the option that allows it."""
    if os.path.isfile(output):  # a pipe and a device have nothing to lose
        raise UsageError(_("{path} is there already; give another name, or write over it with: --force").format(path=output))


def deliver_files(files: Iterable[tuple[str, Iterable[str | bytes]]], folder: Path, *, force: bool = False) -> None:
    """Write files into a folder, each under its name only when it is whole.

    Raises UsageError when one cannot be written, or is there and `force` does not say that it may be overwritten.
    """
    for name, pieces in files:
        if not force:
            refuse_overwriting(folder / name)
        deliver(pieces, folder / name)


def goes_to_terminal(output: Path | None) -> bool:
    """Say whether what is written would stand on a terminal, which takes bytes that are no text for commands."""
    return output is None and sys.stdout.isatty()


def _to_file(pieces: Iterable[str | bytes], output: Path) -> None:
    beside = output.with_name(f".{output.name[:100]}.{os.getpid()}-{os.urandom(4).hex()}")
    try:
        with beside.open("xb") as file:
            if os.path.exists(output):
                beside.chmod(stat.S_IMODE(output.stat().st_mode))
            file.writelines(_blocks(pieces))
            file.flush()
            os.fsync(file.fileno())  # else a power cut may leave the new name with nothing under it
        os.replace(beside, output)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _to_stdout(pieces: Iterable[str | bytes]) -> None:
    stream: BinaryIO = sys.stdout.buffer
    try:
        for block in _blocks(pieces):
            rest = memoryview(block)
            while rest:  # with PYTHONUNBUFFERED nothing else makes up for a short write
                rest = rest[stream.write(rest) :]
        stream.flush()
    except BrokenPipeError:
        silence(sys.stdout.fileno())
    except OSError as error:
        silence(sys.stdout.fileno())
        raise not_written("stdout", error) from error


def silence(descriptor: int) -> None:
    """Let what Python still writes at exit go nowhere: `| head -1` has what it wanted."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def _blocks(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    gathered = bytearray()
    for piece in pieces:
        gathered += piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
        if len(gathered) >= BLOCK:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def not_written(path: Path | str, error: OSError) -> UsageError:
    """Say that something could not be written, and why: a full disk, a folder that may not be written."""
    return UsageError(_("cannot write {path}: {reason}").format(path=path, reason=reason_of(error)))
