"""The programs of others with which the tests open what leaves: `python -m tests.exchange.readers` writes their list into docs/formats.md."""

import json
import tomllib
from typing import NamedTuple

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "formats.md"
BEGINS, ENDS = "<!-- made by tests/exchange/readers.py -->\n", "<!-- end of what is made -->\n"
SYSTEM = ""  # of the machine: its version is nobody's to choose


class Reader(NamedTuple):
    """What opens a format, where its version is pinned (`python`, `node`, or the machine's own), which test does it, and what it opens."""

    form: str
    package: str
    pinned: str
    test: str
    opens: str


READERS = (
    Reader("csv", "csvkit", "python", "exchange/test_readers.py", "numbers stay texts with its defaults, and what it saves comes back"),
    Reader("csv", "duckdb", "python", "exchange/test_readers.py", "the same"),
    Reader("csv", "pandas", "python", "exchange/test_readers.py", "the same"),
    Reader("csv", "sqlite-utils", "python", "exchange/test_readers.py", "the same"),
    Reader("csv", "LibreOffice", SYSTEM, "exchange/test_round_trip.py", "`--excel` as it is, and what it saves comes back"),
    Reader("tsv", "duckdb", "python", "exchange/test_readers.py", "numbers stay texts with its defaults, and what it saves says the same"),
    Reader("tsv", "pandas", "python", "exchange/test_readers.py", "the same"),
    Reader("tsv", "sqlite-utils", "python", "exchange/test_readers.py", "the same"),
    Reader("tsv", "cut and awk", SYSTEM, "exchange/test_readers.py", "a line is a row"),
    Reader("xlsx", "openpyxl", "python", "exchange/test_xlsx.py", "types of cells, filters, the frozen line"),
    Reader("xlsx", "python-calamine", "python", "exchange/test_tables.py", "comes back, as ods and xls too"),
    Reader("xlsx", "LibreOffice", SYSTEM, "exchange/test_xlsx.py", "the values of the CSV"),
    Reader("json", "jsonschema", "python", "exchange/test_schema.py", "each resource against the JSON Schema"),
    Reader("jsonl", "duckdb", "python", "exchange/test_readers.py", "each line an object, with its lists and texts by language"),
    Reader("jsonl", "pandas", "python", "exchange/test_readers.py", "the same"),
    Reader("jsonl", "sqlite-utils", "python", "exchange/test_readers.py", "the same"),
    Reader("hsds", "jsonschema", "python", "exchange/hsds/test_writing.py", "against the schema files of the specification, where their folder is named"),
    Reader("hsds-csv", "frictionless", "python", "exchange/test_hsds_csv.py", "the package against its description"),
    Reader("vcard", "vobject", "python", "exchange/test_vcard.py", "3.0: every card with all that it says"),
    Reader("vcard", "khard", "python", "exchange/test_vcard.py", "3.0: a folder of cards"),
    Reader("vcard", "ical.js", "node", "exchange/test_vcard.py", "both versions"),
    Reader("vcard", "vcard4", "node", "exchange/test_vcard.py", "4.0"),
    Reader("vcard", "Sabre/VObject", SYSTEM, "exchange/test_vcard.py", "both versions, as Nextcloud and Baïkal read them"),
    Reader("html", "Chromium", SYSTEM, "exchange/test_finder.py", "the search of the page, and its look"),
    Reader("html", "axe-core", "node", "exchange/test_finder.py", "no fault of access"),
    Reader("geojson", "pyogrio", "python", "exchange/test_geojson.py", "GDAL, which QGIS and ogr2ogr read with: every feature with all that it says"),
    Reader("markdown", "hugo", "python", "exchange/test_markdown.py", "a site with its defaults: every link leads somewhere"),
    Reader("markdown", "mkdocs", "python", "exchange/test_markdown.py", "the same"),
    Reader("markdown", "pypandoc_binary", "python", "exchange/test_markdown.py", "pandoc, from its own Markdown and from GitHub's"),
    Reader("sqlite", "datasette", "python", "catalogue/test_publishing.py", "each page of each table, within the default limit"),
    Reader("sqlite", "sqlite-utils", "python", "catalogue/test_publishing.py", "its tables, keys and search"),
    Reader("pdf of a sheet", "Poppler", SYSTEM, "exchange/sheet/test_page.py", "its text, its pages, its tags"),
    Reader("pdf of a sheet", "ZBar", SYSTEM, "exchange/sheet/test_page.py", "its codes, from the printed page"),
)  # fmt: skip


def versions() -> dict[tuple[str, str], str]:
    """The version at which each package is pinned, by where that is written."""
    dev = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["dev"]
    node = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    exact = (line.replace("[format]", "").partition("==") for line in dev if "==" in line)
    return {("python", package): version for package, _mark, version in exact} | {("node", package): said for package, said in node.items()}


def table() -> str:
    pinned = versions()
    rows = [f"| {r.form} | `{r.package}` {pinned.get((r.pinned, r.package), 'of the machine')} | {r.opens} |\n" for r in READERS]
    return "| format | package | what it opens |\n|---|---|---|\n" + "".join(rows)


def with_table(page: str) -> str:
    before, _mark, rest = page.partition(BEGINS)
    return f"{before}{BEGINS}\n{table()}\n{ENDS}{rest.partition(ENDS)[2]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
