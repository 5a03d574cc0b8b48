"""Opens a package, a zip file or a folder, without trusting it: nothing is unpacked, no path leads out of it, sizes are limited."""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.locale import translate as _

BIGGEST = 200_000_000  # bytes, of a file and of all that a package holds
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1


class Archive(NamedTuple):
    """The files of a package by their path inside it, each read when asked for; and the paths that were refused."""

    name: str
    files: Mapping[str, Callable[[], bytes]]
    refused: tuple[str, ...] = ()


def open_archive(path: Path) -> Archive:
    """Open a folder or a zip file. Raises UsageError when it cannot be read, InvalidDataError when it is no zip file or too large."""
    try:
        return _folder(path) if path.is_dir() else _zip(path)
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror or error)) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InvalidDataError(_("{path} is not a zip file: {error}").format(path=path.name, error=error)) from error


def _folder(folder: Path) -> Archive:
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in (".csv", ".json"))
    _hold_size(folder.name, sum(path.stat().st_size for path in files))
    outside = tuple(path.name for path in files if path.resolve().parent != folder.resolve())
    return Archive(folder.name, {path.name: path.read_bytes for path in files if path.name not in outside}, outside)


def _zip(path: Path) -> Archive:
    _hold_size(path.name, path.stat().st_size)
    with zipfile.ZipFile(path) as opened:
        entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    names = [entry.filename for entry in entries]
    good = [e for e in entries if _inside(e.filename) and names.count(e.filename) == 1 and e.compress_type in _PLAIN and not e.flag_bits & _ENCRYPTED] if len(names) < 1_000 else []  # fmt: skip
    wanted = [entry for entry in good if entry.filename.lower().endswith((".csv", ".json"))]
    _hold_size(path.name, sum(entry.file_size for entry in wanted))
    kept = {entry.filename for entry in good}
    return Archive(
        path.name,
        {entry.filename: (lambda entry=entry: _unpacked(path, entry)) for entry in wanted},  # type: ignore[misc]
        tuple(dict.fromkeys(name for name in names if name not in kept)),
    )


def _inside(name: str) -> bool:
    """Say whether a path stays inside the package."""
    return bool(name) and not PurePosixPath(name).is_absolute() and not set("\\:\0") & set(name) and ".." not in PurePosixPath(name).parts


def _unpacked(path: Path, entry: zipfile.ZipInfo) -> bytes:
    """Read one file of a zip file, and not more of it than it says."""
    try:
        with zipfile.ZipFile(path) as opened, opened.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise InvalidDataError(_("{path} in {archive} is damaged: {error}").format(path=entry.filename, archive=path.name, error=error)) from error  # fmt: skip
    _hold_size(path.name, len(content))
    return content


def _hold_size(name: str, size: int) -> None:
    if size > BIGGEST:
        raise InvalidDataError(
            _("{path} is too large: {size} MB; at most {limit} MB are read").format(path=name, size=size // 1_000_000, limit=BIGGEST // 1_000_000)
        )
