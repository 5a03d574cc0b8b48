import csv
import io
import re
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ht_cli.exchange.columns import DAYS, LOSSLESS, REVISION
from ht_cli.exchange.credits import credit_list, licence
from ht_cli.fields import NUMBERS
from tests.conftest import Outcome, program
from tests.exchange.conftest import HOSTILE, TRICKY, Catalogue, Spreadsheet

Run = Callable[..., Outcome]


def as_csv(ht: Run, *asked: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(ht("export", *asked, "--format", "csv").out, newline="")))


def test_libreoffice_reads_the_values_of_the_csv(ht: Run, catalogue: Catalogue, spreadsheet: Spreadsheet, tmp_path: Path) -> None:
    asked = ("--all", "--catalogue", str(catalogue(TRICKY)))
    ht("export", *asked, "-o", str(tmp_path / "all.xlsx"))
    sheets = spreadsheet(tmp_path / "all.xlsx")
    assert sheets["Resources"] == as_csv(ht, *asked)
    assert [row[0] for row in sheets["Columns"][1:]] == [*LOSSLESS, REVISION]
    assert all(row[1] and row[2] for row in sheets["Columns"])
    assert "CC BY 4.0" in sheets["Credits"][0][0]


def test_everything_but_counts_and_days_is_text_under_a_frozen_header_with_filters(ht: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    dated = TRICKY._replace(checked_on="2026-11-02", checked_how="phone", changed_on="2026-11-24T14:03:07.120Z", closed_on="2026-11")
    ht("export", "-o", str(tmp_path / "all.xlsx"), "--catalogue", str(catalogue(dated)))
    sheet = load_workbook(tmp_path / "all.xlsx")["Resources"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    header = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for name, cell in zip(header, row, strict=True):
            if cell.value is not None and not (name in DAYS and cell.is_date):
                assert cell.data_type == ("n" if name in NUMBERS else "s")
                assert name in NUMBERS or cell.number_format == "@"
    rows = [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    found = next(row for row in rows if row["id"] == "tricky-text")
    assert [found["checked_on"], found["closed_on"]] == [datetime(2026, 11, 2), "2026-11"]
    assert found["changed_on"].replace(microsecond=0) == datetime(2026, 11, 24, 14, 3, 7)
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert '=1+1 "quoted"; semi, comma, é <script>alert(1)</script> [b]x[/b] :heart:' in values


def test_what_libreoffice_saves_as_ods_comes_back_without_a_change(ht: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    tabless = TRICKY._replace(descriptions={"fr": "Une ligne,\nune autre ; « fin »"}, checked_on="2026-11-02", checked_how="phone")
    own = str(catalogue(tabless))
    ht("export", "--city", "liège", "-o", str(tmp_path / "some.xlsx"), "--catalogue", own)
    command = [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "some.xlsx")], capture_output=True, check=True, timeout=300)
    outcome = ht("import", str(tmp_path / "some.ods"), "--dry-run", "--catalogue", own)
    assert "0 to add, 0 to change, 0 to close" in outcome.err
    assert "0 that cannot be taken" in outcome.err
    assert "left alone" not in outcome.err


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


def test_a_workbook_says_whose_work_it_is(ht: Run, tmp_path: Path) -> None:
    ht("export", "realism", "-o", str(tmp_path / "one.xlsx"), "--locale", "en")
    credits = [[cell.value for cell in row] for row in load_workbook(tmp_path / "one.xlsx")["Credits"].iter_rows()]
    assert "CC BY 4.0" in credits[0][0]
    assert [link for _text, link in credits] == [credit.link for credit in (licence(), *credit_list())]


@pytest.mark.parametrize(("language", "sheet"), [("fr", "Colonnes"), ("nl", "Kolommen"), ("de", "Spalten"), ("en", "Columns")])
def test_the_columns_are_explained_in_the_readers_language(ht: Run, tmp_path: Path, language: str, sheet: str) -> None:
    ht("export", "realism", "-o", str(tmp_path / "one.xlsx"), "--locale", language)
    assert load_workbook(tmp_path / "one.xlsx").sheetnames[1] == sheet


def test_the_signs_that_french_sets_apart_stay_with_their_words_where_people_read(ht: Run, tmp_path: Path) -> None:
    ht("export", "-o", str(tmp_path / "all.xlsx"), "--locale", "fr")
    book = load_workbook(tmp_path / "all.xlsx")
    texts = [str(cell.value) for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("\u00a0:" in text for text in texts)
    assert [text for text in texts if re.search(r" [:;?!»]|« ", text)] == []
