"""The formats of `ht export`: where each is made, the endings of a file that mean it, and what it can do.

A format is a function `pieces(resources, reference)` that gives text or bytes; it is imported only when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from ht_cli.errors import UsageError
from ht_cli.exchange.endings import refuse_another_format
from ht_cli.exchange.reference import Reference
from ht_cli.locale import translate as _
from ht_cli.model import Resource
from ht_cli.shapes import NamedTuple

Pieces = Callable[[Iterable[Resource], Reference], Iterator[str | bytes]]
Files = Callable[[Iterable[Resource], Reference], Iterator[tuple[str, Iterable[str | bytes]]]]


class ExportFormat(NamedTuple):
    """A format: its module under `ht_cli`, its endings, and whether it is bytes that no terminal should see.

    `fields`: one may choose its fields; `plain`: the facts alone, without labels; `stamped`: it has a place for the moment of the export;
    `folder`: it can also be the files of a folder; `for_people`: who reads it looks for help, and nothing that cannot be reached is in it.
    """

    module: str
    endings: tuple[str, ...] = ()
    binary: bool = False
    fields: bool = False
    plain: bool = False
    stamped: bool = True
    folder: bool = False
    for_people: bool = False
    function: str = "pieces"

    def pieces(self) -> Pieces:
        """Import the function that makes it."""
        made_by: Pieces = getattr(import_module(f"ht_cli.{self.module}"), self.function)
        return made_by

    def files(self) -> Files:
        """Import the function that makes the files of a folder."""
        made_by: Files = import_module(f"ht_cli.{self.module}").files
        return made_by


FORMS = {
    "csv": ExportFormat("exchange.delimited", (".csv",), fields=True, plain=True, stamped=False, function="csv_pieces"),
    "tsv": ExportFormat("exchange.delimited", (".tsv", ".tab"), fields=True, plain=True, stamped=False, function="tsv_pieces"),
    "json": ExportFormat("exchange.json_text", (".json",), fields=True, plain=True, stamped=False, function="json_pieces"),
    "jsonl": ExportFormat("exchange.json_text", (".jsonl", ".ndjson"), fields=True, plain=True, stamped=False, function="jsonl_pieces"),
    "hsds": ExportFormat("exchange.hsds", folder=True),
    "hsds-csv": ExportFormat("exchange.hsds_csv", (".zip",), binary=True, folder=True),
    "vcard": ExportFormat("exchange.vcard", (".vcf", ".vcard"), stamped=False, folder=True, for_people=True),
    "geojson": ExportFormat("exchange.geojson", (".geojson",)),
    "xlsx": ExportFormat("exchange.xlsx", (".xlsx",), binary=True, fields=True),
    "markdown": ExportFormat("exchange.markdown", (".md", ".markdown"), for_people=True),
    "html": ExportFormat("exchange.html", (".html", ".htm"), for_people=True),
    "sqlite": ExportFormat("catalogue.release.publishing", (".db", ".sqlite", ".sqlite3"), binary=True),
}
SOURCES = "sources"  # the files from which a release is built: see catalogue/release/returning.py
NAMES = (*FORMS, SOURCES)
_MADE_BY = {".pdf": "ht sheet", ".txt": "ht sheet", ".eml": "ht sheet", ".png": "ht map", ".svg": "ht map"}  # by others than `ht export`
FOR_EXCEL = FORMS["csv"]._replace(function="excel_pieces")


def chosen_form(asked: Sequence[str | None], output: Path | None, *, excel: bool = False) -> tuple[str, ExportFormat]:
    """Give the name and the format that is asked for, else the one that the ending of the file means, else CSV.

    Raises UsageError when several are asked for, when there is none of that name, when the ending means nothing, or another one than is asked for.
    """
    names = list(dict.fromkeys(filter(None, asked)))
    if len(names) > 1:
        raise UsageError(_("choose one format: {formats}").format(formats=", ".join(names)))
    name = names[0] if names else _meant_by(output) or "csv"
    if output and names:
        refuse_another_format(name, output, {ending: known for known, form in FORMS.items() for ending in form.endings})
    if name not in FORMS:
        raise UsageError(_("no format {name}; there are: {formats}").format(name=name, formats=", ".join(FORMS)))
    if not excel:
        return name, FORMS[name]
    if name != "csv":
        raise UsageError(_("--excel makes a CSV that a spreadsheet opens; leave it out for {format}").format(format=name))
    return name, FOR_EXCEL


def _meant_by(output: Path | None) -> str:
    ending = output.suffix.lower() if output else ""
    meant = next((name for name, form in FORMS.items() if ending in form.endings), "")
    if ending and not meant:
        known = " ".join(ending for form in FORMS.values() for ending in form.endings)
        no_format = _("the ending {ending} means no format; name one with --format, or use: {endings}").format(ending=ending, endings=known)
        maker = _MADE_BY.get(ending)
        raise UsageError(f"{no_format}; {_('{ending} is made by {command}').format(ending=ending, command=maker)}" if maker else no_format)
    return meant
