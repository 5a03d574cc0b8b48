"""`ht validate`: checks any HSDS 3.1 file, JSON or tabular package, offline: ours or somebody else's."""

from __future__ import annotations

import os
from itertools import islice

from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.hsds.archives import DESCRIPTOR, is_archive, open_archive, services_in
from ht_cli.exchange.hsds.documents import document_faults, page_of, pages_missing, parsed, read_document
from ht_cli.exchange.hsds.packages import package_faults
from ht_cli.exchange.hsds.validating import Fault
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_layout
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.exchange.hsds.archives import Archive
    from ht_cli.exchange.hsds.documents import Document, Page
    from ht_cli.options import CatalogueOption, CsvOption, ForceOption, FormatOption, JsonOption, LocaleOption, OutputOption


EXAMPLES = (_help("Examples: ht validate services.json · ht validate package.zip --json · ht validate folder"),)
COLUMNS = Fault._fields[:4]
MAKING = "ht export --format hsds -o services.json"
OUR_OWN = {"id", "name", "kind", "needs", "areas"}  # fields of a resource, three of which HSDS does not know
MOST = 1_000  # faults that are listed; more would help nobody


def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_help("An HSDS 3.1 file: JSON, JSON Lines, a package (zip) or its folder."))],
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Check an HSDS file."""
    layout = chosen_layout(form, as_json, as_csv, None, output)
    if not os.path.exists(file):  # pathlib's own raises where a name is too long
        missing = _("no file {path}; give an HSDS file or the folder of a package, or make one with: {command}")
        raise UsageError(missing.format(path=file, command=MAKING))
    _refuse_our_own(file)
    found = list(islice(_faults(file), MOST + 1))
    write_listing(COLUMNS, [fault.as_row() for fault in found[:MOST]], layout)
    if all(fault.advice for fault in found):
        note(_("{path}: valid HSDS 3.1").format(path=file.name))
        if found:
            note(_("our advice beyond the schema: {count}").format(count=len(found)))
        return
    if len(found) > MOST:
        note(_("faults in {path}: more than {count}; these are the first").format(path=file.name, count=MOST))
    else:
        note(_("faults in {path}: {count}").format(path=file.name, count=len(found)))
    raise SystemExit(4)


def _refuse_our_own(file: Path) -> None:
    """Refuse a JSON file of resources as ht writes them in its own words: a fault in each line of it would help nobody. Raises InvalidDataError."""
    if os.path.isdir(file) or is_archive(file):
        return
    objects = read_document(file).objects
    if objects and all(isinstance(found, dict) and found.keys() >= OUR_OWN for _path, found in objects):
        ours = _("{path} is what ht writes for other programs, and no HSDS; make that with: {command}")
        raise InvalidDataError(ours.format(path=file.name, command=MAKING))


def _faults(file: Path) -> Iterator[Fault]:
    pages: list[Page] = []
    for single in services_in(file):
        yield from (fault._replace(path=f"{single.name}{fault.path}") for fault in _document_faults(read_document(single), pages))
    if not services_in(file) and is_archive(file):
        yield from _archive_faults(open_archive(file), pages)
    elif not os.path.isdir(file):
        yield from _document_faults(read_document(file), pages)
    if missing := pages_missing(pages):
        note(missing)


def _document_faults(document: Document, pages: list[Page]) -> Iterator[Fault]:
    """Give the faults of a document, and add it to the `pages` where it is one of several."""
    pages += page_of(document)
    return document_faults(document)


def _archive_faults(archive: Archive, pages: list[Page]) -> Iterator[Fault]:
    """Give the faults of a package of tables; where it holds none, those of each JSON file in it."""
    documents = [name for name in archive.files if name.lower().endswith(".json") and name.rpartition("/")[2] != DESCRIPTOR]
    if not documents or any(name.lower().endswith(".csv") for name in archive.files):
        yield from package_faults(archive)
        return
    for name in documents:
        found = _document_faults(parsed(archive.files[name](), name), pages)
        yield from (fault._replace(path=f"{name}{fault.path}") for fault in found)
