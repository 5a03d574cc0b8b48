"""Opens a package, a zip file or a folder, without trusting it: nothing is unpacked, no path leads out of it, sizes are limited."""

import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.limits import BIGGEST, too_large
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.reasons import reason_of
from ht_cli.shapes import NamedTuple

MOST_FILES = 1_000
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_BEGINNING = b"PK\x03\x04"


DESCRIPTOR = "datapackage.json"


class Archive(NamedTuple):
    """The files of a package by their path inside it, each read when asked for; and the paths that were refused."""

    name: str
    files: Mapping[str, Callable[[], bytes]]
    refused: tuple[str, ...] = ()


def is_archive(path: Path) -> bool:
    """Say whether a path is a folder or looks like a zip file, by its name or its first bytes."""
    if os.path.isdir(path) or path.suffix.lower() == ".zip":
        return True
    if not os.path.isfile(path):
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINNING)) == _BEGINNING
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=reason_of(error))) from error


def services_in(folder: Path) -> list[Path]:
    """Give the JSON files of a folder that holds services one by one; none when it is a package, with tables."""
    names = _files_in(folder) if os.path.isdir(folder) else []
    if any(path.suffix.lower() == ".csv" or path.name == DESCRIPTOR for path in names):
        return []
    return [path for path in names if path.suffix.lower() == ".json"]


def read_bytes(path: Path) -> bytes:
    """Read a file, and not more than the limit. Raises UsageError when it cannot be read, InvalidDataError when it is too large."""
    try:
        with path.open("rb") as file:
            content = file.read(BIGGEST + 1)
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=reason_of(error))) from error
    _refuse_too_large(path.name, len(content))
    return content


def open_archive(path: Path) -> Archive:
    """Open a folder or a zip file. Raises UsageError when it cannot be read, InvalidDataError when it is no zip file or too large."""
    try:
        return _folder(path) if os.path.isdir(path) else _zip(path)
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=reason_of(error))) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InvalidDataError(_("{path} is not a zip file: {error}").format(path=path.name, error=error)) from error


def _folder(folder: Path) -> Archive:
    files = {path.relative_to(folder).as_posix(): path for path in _files_in(folder) if path.suffix.lower() in (".csv", ".json")}
    _refuse_too_large(folder.name, sum(path.stat().st_size for path in files.values()))
    outside = tuple(name for name, path in files.items() if not path.resolve().is_relative_to(folder.resolve()))
    kept = {name: path for name, path in files.items() if name not in outside}
    return Archive(folder.name, {name: (lambda path=path: read_bytes(path)) for name, path in kept.items()}, outside)  # type: ignore[misc]


def _files_in(folder: Path) -> list[Path]:
    """Give the files of a folder and of those in it, as a zip file has them; hidden folders and links to others are none of it."""
    found: list[Path] = []
    for inside, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += sorted(path for path in (folder / inside / name for name in names) if path.is_file())
    return found


def _zip(path: Path) -> Archive:
    _refuse_too_large(path.name, path.stat().st_size)
    with zipfile.ZipFile(path) as opened:
        entries = [entry for entry in opened.infolist() if not entry.filename.endswith("/")]  # is_dir() of one without a name raises
    if len(entries) > MOST_FILES:
        said = _n(
            "{path} holds {count} file; at most {limit} are read", "{path} holds {count} files; at most {limit} are read", len(entries)
        )
        raise InvalidDataError(said.format(path=path.name, count=len(entries), limit=MOST_FILES))
    names = [entry.filename for entry in entries]
    good = [entry for entry in entries if _readable(entry) and names.count(entry.filename) == 1]
    wanted = [entry for entry in good if entry.filename.lower().endswith((".csv", ".json"))]
    _refuse_too_large(path.name, sum(entry.file_size for entry in wanted))
    kept = {entry.filename for entry in good}
    return Archive(
        path.name,
        {entry.filename: (lambda entry=entry: _unpacked(path, entry)) for entry in wanted},  # type: ignore[misc]
        tuple(dict.fromkeys(name for name in names if name not in kept)),
    )


def _readable(entry: zipfile.ZipInfo) -> bool:
    return _inside(entry.filename) and entry.compress_type in _PLAIN and not entry.flag_bits & _ENCRYPTED


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
    _refuse_too_large(path.name, len(content))
    return content


def _refuse_too_large(name: str, size: int) -> None:
    if size > BIGGEST:
        raise InvalidDataError(too_large(name))
