import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ht_cli.exchange.columns import LOSSLESS, REVISION
from ht_cli.fields import NUMBERS
from tests.conftest import Outcome
from tests.exchange.conftest import HOSTILE, TRICKY, Catalogue, Spreadsheet

Run = Callable[..., Outcome]


def as_csv(ht: Run, *asked: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(ht("export", *asked, "--format", "tsv").out, newline=""), delimiter="\t"))


def test_libreoffice_reads_the_values_of_the_csv(ht: Run, catalogue: Catalogue, spreadsheet: Spreadsheet, tmp_path: Path) -> None:
    asked = ("--all", "--catalogue", str(catalogue(TRICKY)))
    ht("export", *asked, "-o", str(tmp_path / "all.xlsx"))
    sheets = spreadsheet(tmp_path / "all.xlsx")
    wanted = [[cell.removeprefix("'") if cell.startswith("''") else cell for cell in row] for row in as_csv(ht, *asked)]
    assert sheets["Resources"] == wanted
    assert [row[0] for row in sheets["Columns"][1:]] == [*LOSSLESS, REVISION]
    assert all(row[1] and row[2] for row in sheets["Columns"])


def test_everything_but_counts_is_text_under_a_frozen_header_with_filters(ht: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    ht("export", "-o", str(tmp_path / "all.xlsx"), "--catalogue", str(catalogue(TRICKY)))
    sheet = load_workbook(tmp_path / "all.xlsx")["Resources"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    header = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for name, cell in zip(header, row, strict=True):
            if cell.value is not None:
                assert cell.data_type == ("n" if name in NUMBERS else "s")
                assert name in NUMBERS or cell.number_format == "@"
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert '=1+1 "quoted"; semi, comma, é <script>alert(1)</script> [b]x[/b] :heart:' in values


def test_hostile_texts_open_and_run_nothing(ht: Run, catalogue: Catalogue, spreadsheet: Spreadsheet, tmp_path: Path) -> None:
    ht("export", "--city", "liège", "-o", str(tmp_path / "some.xlsx"), "--catalogue", str(catalogue(HOSTILE)))
    ht("export", "-o", str(tmp_path / "all.xlsx"), "--catalogue", str(catalogue(HOSTILE)))
    rows = {row[0]: row for row in spreadsheet(tmp_path / "all.xlsx")["Resources"]}
    hostile = dict(zip(rows["id"], rows["hostile-text"], strict=True))
    assert hostile["alternate_names"] == '=HYPERLINK("http://evil.example","x"); isolated; '.rstrip() + " "
    assert hostile["description_en"] == "_x001B_ _x000D_"
    assert "\x1b" not in "".join(hostile.values())
    assert "Secret" not in hostile["addresses"]


def test_the_document_is_dated_by_its_facts(ht: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    own = catalogue(TRICKY._replace(checked_on="2031-02-31", checked_how="phone"))
    ht("export", "-o", str(tmp_path / "all.xlsx"), "--catalogue", str(own))
    assert load_workbook(tmp_path / "all.xlsx").properties.created.isoformat() == "2031-02-28T00:00:00"


def test_a_text_that_no_cell_can_hold_is_refused_and_leaves_no_file(ht: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    own = catalogue(TRICKY._replace(notes="x" * 40_000))
    outcome = ht("export", "--force", "-o", str(tmp_path / "all.xlsx"), "--catalogue", str(own))
    assert outcome.exit_code == 4
    assert "tricky-text: notes has 40000 characters" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["own.db"]


@pytest.mark.parametrize(("language", "sheet"), [("fr", "Colonnes"), ("nl", "Kolommen"), ("de", "Spalten"), ("en", "Columns")])
def test_the_columns_are_explained_in_the_readers_language(ht: Run, tmp_path: Path, language: str, sheet: str) -> None:
    ht("export", "realism", "-o", str(tmp_path / "one.xlsx"), "--locale", language)
    assert load_workbook(tmp_path / "one.xlsx").sheetnames[1] == sheet
