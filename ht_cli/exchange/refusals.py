"""Writes the rows that could not be taken to a file that can be mended and imported again."""

import csv
import json
from collections.abc import Iterable, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any, Protocol

from ht_cli.errors import UsageError
from ht_cli.locale import translate as _


class Refused(Protocol):
    """A row that could not be taken, as it was written."""

    @property
    def raw(self) -> Mapping[str, Any]:
        """How it was written."""


def write_refused(file: Path, rows: Iterable[Refused]) -> Path:
    """Write rows beside the file they came from, in its format and over no other, and give the path.

    Raises UsageError when that cannot be.
    """
    written = [row.raw for row in rows]
    nested = any(isinstance(value, (dict, list)) for row in written for value in row.values())
    is_json = nested or file.is_dir() or file.suffix.lower() in (".json", ".jsonl", ".ndjson", ".zip")
    ending = ".json" if is_json else ".csv"
    names = (f"{file.stem}.bad{mark}{ending}" for mark in chain([""], map("-{}".format, count(2))))
    path = next(path for path in map(file.with_name, names) if not path.exists())
    try:
        mark, encoding = ("", "utf-8") if is_json else _dialect(file)
        with path.open("x", encoding=encoding, newline="") as target:
            if is_json:
                target.write(_json(written))
            else:
                columns = list(dict.fromkeys(key for row in written for key in row))
                writer = csv.DictWriter(target, columns, delimiter=mark, lineterminator="\n")
                writer.writeheader()
                writer.writerows(written)
    except OSError as error:
        raise UsageError(_("cannot write {path}: {reason}").format(path=path, reason=error.strerror)) from error
    return path


def _dialect(file: Path) -> tuple[str, str]:
    """Give the separator and the encoding of a table, so that the same spreadsheet opens what comes back."""
    with file.open("rb") as opened:
        start = opened.readline()
    header = start.decode("utf-8-sig", "replace")
    return max((",", ";", "\t"), key=header.count), "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"


def _json(written: list[Mapping[str, Any]]) -> str:
    text = json.dumps(written, ensure_ascii=False, indent=1)
    # Half of a surrogate pair, for which the row may have been refused, has no place in UTF-8.
    return text if all(not "\ud800" <= character <= "\udfff" for character in text) else json.dumps(written, indent=1)
