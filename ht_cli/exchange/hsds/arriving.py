"""What a file of HSDS brings, as rows to import: objects, tabular JSON, a package (zip) or a folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from ht_cli.exchange.files import BadRow, Incoming
from ht_cli.exchange.hsds.archives import DESCRIPTOR, Archive, open_archive
from ht_cli.exchange.hsds.documents import Document, Page, page_of, pages_missing, parsed
from ht_cli.exchange.hsds.joining import LINE, Joined, table_named, tables_of
from ht_cli.exchange.hsds.lacking import Lacks, nothing_lacks
from ht_cli.exchange.hsds.packages import read_tables
from ht_cli.exchange.hsds.reading import Record, read_service, services_of
from ht_cli.exchange.hsds.validating import guess_table
from ht_cli.exchange.meanings import FileMeanings, Left
from ht_cli.locale import translate as _

Row = Incoming | BadRow


def rows_of_objects(items: Iterable[tuple[int, Mapping[str, Any]]], meanings: FileMeanings, left: Sequence[Left] = ()) -> Iterator[Row]:
    """Give the services of objects, each with the place of its object; what brings none beside them is left with the last.

    Where no object brings any, none can be taken. `left` is what else is left of the file.
    """
    brought = services_of(items)
    rows = (_row(place, service, meanings) for place, _item, services in brought for service in services)
    if any(services for _place, _item, services in brought):
        alone = (item for _place, item, services in brought if not services)
        others = [*left, *(Left(guess_table(item), str(item.get("name") or ""), _("no service of HSDS in it")) for item in alone)]
        yield from _ending_with(rows, lambda: others)
    else:
        yield from (BadRow(place, "", _("no service of HSDS in it"), item) for place, item, _services in brought)


def rows_of_tables(found: Mapping[str, Any], meanings: FileMeanings) -> Iterator[Row]:
    """Give the services of tabular JSON, each with its place in the list."""
    numbered = {name: [{LINE: place, **row} for place, row in enumerate(rows, 1)] for name, rows in tables_of(found).items()}
    unknown = [name for name, rows in found.items() if isinstance(rows, list) and not table_named(name)]
    return _joined_rows(Joined(numbered), [Left(name, "", _("no table of HSDS")) for name in unknown], meanings)


def rows_of_package(path: Path, meanings: FileMeanings) -> Iterator[Row]:
    """Give the services of a package or a folder: of its tables, each with its line in that of services; else of its JSON files.

    Raises UsageError or InvalidDataError when it cannot be read.
    """
    archive = open_archive(path)
    if not any(name.lower().endswith(".csv") for name in archive.files):
        yield from _rows_of_documents(dict(_documents(archive)), meanings)
        return
    read = read_tables(archive)
    for fault in read.faults:
        yield BadRow(_line(fault.path), fault.path, fault.problem, {"path": fault.path})
    left = [Left(name, "", _("no table of HSDS")) for name in read.unknown]
    left += [Left(name, "", _("not in the file: it says nothing")) for name in read.missing]
    yield from _joined_rows(Joined(read.rows, read.columns), left, meanings)


def _documents(archive: Archive) -> Iterator[tuple[str, Document]]:
    for name, read in archive.files.items():
        if name.rpartition("/")[2] != DESCRIPTOR:
            yield name, parsed(read(), name)


def _rows_of_documents(documents: Mapping[str, Document], meanings: FileMeanings) -> Iterator[Row]:
    """Give the services of JSON files by name: of tables, where each is named after one, else of the objects in them."""
    objects = [(0, found) for document in documents.values() for _path, found in document.objects if isinstance(found, dict)]
    tabular = {table_named(name) for name in documents} - {""}
    if len(tabular) > 1 and "service" in tabular and not any("services" in found or "service" in found for _place, found in objects):
        found: dict[str, list[Any]] = {}
        for name, document in documents.items():
            found.setdefault(table_named(name) or name, []).extend(row for _path, row in document.objects)
        yield from rows_of_tables(found, meanings)
    elif objects:
        yield from rows_of_objects(objects, meanings, other_pages([page for document in documents.values() for page in page_of(document)]))
    else:
        yield BadRow(0, "", _("no service of HSDS in it"), {})


def other_pages(found: Sequence[Page]) -> list[Left]:
    """Name the services that are on pages which were not found."""
    said = pages_missing(found)
    return [Left("contents", said, _("one page of several"))] if said else []


def _joined_rows(joined: Joined, left: list[Left], meanings: FileMeanings) -> Iterator[Row]:
    """Give the services of tables, of which none is held; what belongs to none of them is left with the last."""
    rows = (_row(service.pop(LINE, 0), service, meanings, joined.lacks) for service in joined.services())
    first = next(rows, None)
    if first:
        yield from _ending_with(chain([first], rows), lambda: [*left, *joined.left()])
    else:
        yield BadRow(0, "", _("no service of HSDS in it"), {})


def _ending_with(rows: Iterable[Row], left: Callable[[], Sequence[Left]]) -> Iterator[Row]:
    """Give rows; what of their file belongs to none of them, which is known when all were given, is left with the last that can be taken."""
    last: Incoming | None = None
    for row in rows:
        if isinstance(row, Incoming):
            if last:
                yield last
            last = row
        else:
            yield row
    if last:
        yield last._replace(left=(*last.left, *left()))


def _row(place: int, service: Mapping[str, Any], meanings: FileMeanings, lacks: Lacks = nothing_lacks) -> Row:
    read = read_service(service, meanings, lacks)
    if isinstance(read, Record):
        return Incoming(place, read.id, read.values, service, read.left, read.revision, whole=True)
    return BadRow(place, read.path, _("{problem}; allowed: {allowed}").format(problem=read.problem, allowed=read.allowed), service)


def _line(path: str) -> int:
    return next((int(part) for part in path.split(":")[1:] if part.isdigit()), 0)
