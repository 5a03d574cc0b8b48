"""A packet: a file of entries, whole or not at all, for the folder of a sync and for mail.

    {"ht":"entries","version":1,"device":"3f2a91c4"}
    {"id":"…","at":"…", …}
    {"end":1,"sha256":"…"}

The last line says how many entries there are and their checksum, so that what has arrived by half is known for it.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from errno import EEXIST
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ht_cli.catalogue.keeping.journal import LONGEST_ENTRY
from ht_cli.catalogue.sharing.entries import line_of, read_line
from ht_cli.errors import InvalidDataError, SyncError
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.reasons import reason_of

LARGEST = 200_000_000  # bytes of a packet; no honest one is larger
_HEAD = b'{"ht":"entries","version":1,'
_END_BEGINS = b'{"end"'
_NAMES_AN_ENTRY = 44  # bytes of a line up to the end of the name
_WRITER = re.compile(rb'"device":"([0-9a-f]{8})"')
_END = re.compile(rb'\{"end":(\d+),"sha256":"([0-9a-f]{64})"\}\r?\n?')


def write_packet(path: Path, entries: Iterable[Change], device: str) -> int:
    """Write entries beside and move them into place, and give their number. Raises SyncError when it cannot be written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            raise FileExistsError(EEXIST, os.strerror(EEXIST))  # moving into place would take a device or a pipe away
        with beside.open("wb") as file:
            count = _write(file, entries, device)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        raise SyncError(_("nothing was sent: {path} cannot be written: {reason}").format(path=path, reason=reason_of(error))) from error
    finally:
        with suppress(OSError):  # what kept it from being written may keep it from being looked for
            beside.unlink(missing_ok=True)
    return count


def _write(file: BinaryIO, entries: Iterable[Change], device: str) -> int:
    digest, count = sha256(), 0
    file.write(json.dumps({"ht": "entries", "version": 1, "device": device}, separators=(",", ":")).encode() + b"\n")
    for entry in entries:
        line = f"{line_of(entry)}\n".encode()
        digest.update(line)
        file.write(line)
        count += 1
    file.write(json.dumps({"end": count, "sha256": digest.hexdigest()}, separators=(",", ":")).encode() + b"\n")
    return count


def is_packet(path: Path) -> bool:
    """Say whether a file begins as a packet does, whatever it is called."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEAD)) == _HEAD and path.stat().st_size <= LARGEST
    except OSError:
        return False


def digest_of(path: Path) -> str:
    """Give the checksum of the entries of a packet; empty while it is not whole, or where it was changed."""
    digest, count = sha256(), 0
    with path.open("rb") as file:
        file.readline(LONGEST_ENTRY)
        while line := file.readline(LONGEST_ENTRY * 4):
            end = _END.fullmatch(line)
            if end:
                whole = (count, digest.hexdigest()) == (int(end[1]), end[2].decode()) and not file.read(1)
                return digest.hexdigest() if whole else ""
            digest.update(line.removesuffix(b"\n").removesuffix(b"\r") + b"\n")  # git and mail may end lines as Windows does
            count += 1
    return ""


def came_to_its_end(path: Path) -> bool:
    """Say whether a packet holds the line that ends one: where it is not whole all the same, somebody or something altered it."""
    return any(_END.fullmatch(line + b"\n") for line in _lines_after_the_head(path))


def writer_of(path: Path) -> str:
    """Give the name of the device that wrote a packet, as its first line says; empty where it says none."""
    with path.open("rb") as file:
        named = _WRITER.search(file.readline(LONGEST_ENTRY))
    return named[1].decode() if named else ""


def is_part_of(path: Path, others: Iterable[Path]) -> bool:
    """Say whether a packet that is not whole holds no line but those of whole ones, the last one maybe cut; and names an entry at all."""
    *lines, cut = _lines_after_the_head(path)
    missing, begun = set(lines), not cut or cut.startswith(_END_BEGINS)
    if not missing and len(cut) < _NAMES_AN_ENTRY:
        return False
    for other in others:
        there = _lines_after_the_head(other)
        missing.difference_update(there)
        begun = begun or any(line.startswith(cut) for line in there)
        if not missing and begun:
            return True
    return False


def _lines_after_the_head(path: Path) -> list[bytes]:
    """Give the lines of a packet without their ends; the last one is what stands after the last end, nothing in a whole packet."""
    with path.open("rb") as file:
        file.readline(LONGEST_ENTRY)
        return [line.removesuffix(b"\r") for line in file.read(LARGEST).split(b"\n")]


def read_packet(path: Path) -> Iterator[Change]:
    """Give the entries of a packet that is whole. Raises InvalidDataError when it is not, or holds what ht did not write."""
    if not is_packet(path):
        raise InvalidDataError(_("{path} holds no entries of ht; `ht send FILE` writes such a file").format(path=path))
    if not digest_of(path):
        raise InvalidDataError(_("{path} has not arrived whole, or was changed on its way; ask for it again").format(path=path))
    with path.open("rb") as file:
        file.readline()
        for line in file:
            if _END.fullmatch(line):
                return
            yield read_line(line)
