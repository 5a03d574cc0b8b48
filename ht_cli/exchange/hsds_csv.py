"""Writes resources as a tabular data package of HSDS 3.1: a zip file with datapackage.json and a CSV file for each table.

The rows wait in temporary files, so that the memory does not grow with the catalogue. Nothing in it comes from the clock.
"""

import csv
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Any

from ht_cli.errors import InvalidDataError
from ht_cli.exchange.hsds.archives import DESCRIPTOR
from ht_cli.exchange.hsds.packages import row_faults
from ht_cli.exchange.hsds.rows import cell_of, description, rows_of
from ht_cli.exchange.hsds.services import service_object
from ht_cli.exchange.hsds.tables import tables
from ht_cli.exchange.hsds.terms import Terms, taxonomies
from ht_cli.exchange.reference import Reference
from ht_cli.locale import translate as _
from ht_cli.model import Resource

WRITTEN = (
    "organization", "service", "location", "service_at_location", "phone", "address", "language", "schedule", "service_area", "taxonomy",
    "taxonomy_term", "attribute", "metadata",
)  # fmt: skip
SHARED = ("taxonomy_term", "organization")  # stand inside many objects, and once in their files
DAY_ZERO = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can say; the same bytes every night
_CHUNK = 1 << 16


class _Spool:
    """The rows of the tables, on disk until all are known."""

    def __init__(self, stack: ExitStack) -> None:
        self._raw: dict[str, IO[bytes]] = {}
        self._texts: dict[str, io.TextIOWrapper] = {}
        self._seen: set[str] = set()
        for name in WRITTEN:
            self._raw[name] = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  the stack closes it
            self._texts[name] = stack.enter_context(io.TextIOWrapper(self._raw[name], encoding="utf-8", newline=""))
            self._write(name, [column.name for column in tables()[name].columns])

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Give each table with its file, to be read from the beginning."""
        for name in WRITTEN:
            self._texts[name].flush()
            yield name, self._raw[name]

    def _write(self, name: str, cells: Iterable[str]) -> None:
        csv.writer(self._texts[name], lineterminator="\n").writerow(cells)

    def add(self, name: str, row: dict[str, Any]) -> None:
        """Write one row. Raises InvalidDataError when it does not hold."""
        if name in SHARED:
            if row["id"] in self._seen:
                return
            self._seen.add(row["id"])
        table = tables()[name]
        cells = {column.name: cell_of(column, row.get(column.name)) for column in table.columns}
        for fault in row_faults(table, cells, table.file):
            raise InvalidDataError(_("{path}: {problem}; allowed: {allowed}").format(**fault._asdict()))
        self._write(name, cells.values())


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[bytes]:
    """Give the bytes of the package piece by piece; each row is checked before it leaves.

    Raises InvalidDataError, with the path and what is allowed, when one does not hold.
    """
    with ExitStack() as stack:
        spool = _filled(stack, resources, reference)
        packed = stack.enter_context(tempfile.TemporaryFile())
        _pack(spool, packed, reference)
        yield from _read(packed)


def files(resources: Iterable[Resource], reference: Reference) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    """Give the files of the package as a folder holds them: the tables, then datapackage.json that describes them.

    Raises InvalidDataError, with the path and what is allowed, when a row does not hold.
    """
    with ExitStack() as stack:
        spool = _filled(stack, resources, reference)
        for name, file in spool.files():
            yield tables()[name].file, _read(file)
        yield DESCRIPTOR, [_described(reference)]


def _filled(stack: ExitStack, resources: Iterable[Resource], reference: Reference) -> _Spool:
    spool, terms = _Spool(stack), Terms(reference.words)
    for taxonomy in taxonomies():
        spool.add("taxonomy", taxonomy)
    for resource in resources:
        for name, row in rows_of("service", service_object(resource, reference, terms)):
            spool.add(name, row)
    return spool


def _read(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_CHUNK):
        yield piece


def _described(reference: Reference) -> str:
    about = {"version": reference.released, "language": reference.language, "created": reference.made_at}
    return json.dumps(description(WRITTEN, {name: text for name, text in about.items() if text}), ensure_ascii=False, indent=1) + "\n"


def _pack(spool: _Spool, target: IO[bytes], reference: Reference) -> None:
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(_entry(DESCRIPTOR), _described(reference))
        for name, file in spool.files():
            entry = _entry(tables()[name].file)
            entry.file_size = file.seek(0, 2)  # said beforehand, so that the zip file knows whether it grows beyond 2 GB
            file.seek(0)
            with package.open(entry, "w") as member:
                shutil.copyfileobj(file, member)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, DAY_ZERO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
