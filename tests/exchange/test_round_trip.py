"""What leaves comes back: every resource of the real catalogue, and every text that may stand in one."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.exchange.cells import from_tabbed, guarded, lossless_cell, marked, tabbed, value_of
from ht_cli.exchange.columns import PARTS
from ht_cli.exchange.objects import resource_object
from ht_cli.exchange.sheet_errors import is_error
from ht_cli.fields import LISTS
from ht_cli.model import Address
from tests.conftest import Outcome
from tests.exchange.conftest import HOSTILE, TRICKY, Catalogue, Spreadsheet

Run = Callable[..., Outcome]
UNCHANGED = "0 to add, 0 to change, 0 to close, {count} as they are, 0 that cannot be taken"
TEXTS = (("csv",), ("csv", "--excel"), ("tsv",), ("json",), ("jsonl",))
WAYS = (*TEXTS, ("xlsx",))
allowed_text = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff", include_characters="\n\t"))  # fmt: skip


def all_resources() -> int:
    with open_catalogue() as connection:
        return len(read_ids(connection, all_statuses=True))


@pytest.mark.parametrize("way", TEXTS, ids=" ".join)
def test_the_whole_catalogue_comes_back_without_a_change(ht: Run, tmp_path: Path, way: tuple[str, ...]) -> None:
    path = tmp_path / f"all.{way[0]}"
    assert ht("export", "--all", "--format", *way, "-o", str(path)).exit_code == 0
    outcome = ht("import", str(path), "--dry-run")
    assert outcome.exit_code == 0
    assert UNCHANGED.format(count=all_resources()) in outcome.err


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_tricky_texts_come_back_without_a_change(ht: Run, catalogue: Catalogue, tmp_path: Path, way: tuple[str, ...]) -> None:
    own, path = str(catalogue(TRICKY)), tmp_path / f"all.{way[0]}"
    ht("export", "--all", "--format", *way, "-o", str(path), "--catalogue", own)
    assert UNCHANGED.format(count=all_resources() + 1) in ht("import", str(path), "--dry-run", "--catalogue", own).err


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_tricky_texts_arrive_elsewhere_as_they_were(ht: Run, catalogue: Catalogue, tmp_path: Path, way: tuple[str, ...]) -> None:
    path = tmp_path / f"one.{way[0]}"
    ht("export", "--format", *way, "-o", str(path), "--catalogue", str(catalogue(TRICKY)))
    other = str(catalogue())
    assert ht("import", str(path), "--yes", "--catalogue", other).exit_code == 0
    with open_catalogue(other) as connection:
        (arrived,) = read_resources(connection, ["tricky-text"])
    assert arrived._replace(changed_on="") == TRICKY


@pytest.mark.parametrize("way", TEXTS, ids=" ".join)
def test_what_no_text_may_hold_never_leaves(ht: Run, catalogue: Catalogue, tmp_path: Path, way: tuple[str, ...]) -> None:
    path = tmp_path / f"all.{way[0]}"
    assert ht("export", "--format", *way, "-o", str(path), "--catalogue", str(catalogue(HOSTILE))).exit_code == 0
    text = path.read_text("utf-8")
    assert "hostile-text" in text
    assert not [
        c
        for c in text.replace("\n", "").replace("\t", "").replace("\ufeff", "")
        if c in "\x00\x07\x1b\x7f\x85\x9b\r\u202e\u2066\u2069\ufffe"
    ]
    assert "\\u001b" not in text
    assert "Secret street" not in text


def test_a_confidential_address_stays_where_it_is_when_the_others_come_back(ht: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    hidden = TRICKY._replace(addresses=(Address("Secret street 1", "4000", "Liège", "62063", confidential=True), *TRICKY.addresses))
    own, path = str(catalogue(hidden)), tmp_path / "all.csv"
    ht("export", "--all", "-o", str(path), "--catalogue", own)
    assert "Secret street" not in path.read_text("utf-8")
    assert UNCHANGED.format(count=all_resources() + 1) in ht("import", str(path), "--dry-run", "--catalogue", own).err


@pytest.mark.parametrize(
    ("code", "text"), [("1B", "\x1b[31m"), ("0000", "\x00"), ("D800", "\ud800"), ("202E", "\u202e"), ("FFFE", "\ufffe")]
)
def test_what_no_text_may_hold_is_refused_with_its_reason(ht: Run, tmp_path: Path, code: str, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps([{"id": "agricall", "name": f"Agri{text}call"}]), "utf-8")
    outcome = ht("import", str(path), "--yes", "--skip-bad")
    assert outcome.exit_code == 4
    assert f"{code} may not stand in a text" in outcome.err
    assert json.loads((tmp_path / "bad.bad.json").read_text("utf-8"))[0]["name"] == f"Agri{text}call"


def test_a_spreadsheet_reads_the_excel_csv_as_python_does_and_what_it_saves_comes_back(
    ht: Run, catalogue: Catalogue, spreadsheet: Spreadsheet, tmp_path: Path
) -> None:
    own, path = str(catalogue(TRICKY)), tmp_path / "all.csv"
    ht("export", "--all", "--excel", "-o", str(path), "--catalogue", own)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    (seen,) = spreadsheet(path).values()
    assert [[cell.replace("TRUE", "true").replace("FALSE", "false") for cell in row] for row in seen] == rows
    saved = tmp_path / "saved.csv"
    with saved.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(seen)
    assert UNCHANGED.format(count=all_resources() + 1) in ht("import", str(saved), "--dry-run", "--catalogue", own).err


def test_no_cell_for_a_spreadsheet_begins_like_a_formula(ht: Run, catalogue: Catalogue) -> None:
    out = ht("export", "--excel", "--all", "--catalogue", str(catalogue(TRICKY))).out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(out, newline=""), delimiter=";") for cell in row]
    written = r"'+3243421212|[fr] accueil\|jour\; nuit\\ [de] \ \[en\] x\ |[nl] 8–9\; 10–11; 107|||24/7".replace(r"\]", "]")
    assert written in cells
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r\n" and cell] == []


@given(allowed_text)
def test_any_text_survives_a_cell(text: str) -> None:
    for cell in (guarded(text), marked(text)):
        assert value_of("notes", cell) == (text if text.strip() else None)


@pytest.mark.parametrize("text", ["#N/A", "#ÜBERLAUF!", " #REF! ", "Err:502", "'#N/A"])
def test_a_text_that_reads_as_an_error_of_a_spreadsheet_is_none_in_its_cell(text: str) -> None:
    for cell in (guarded(text), marked(text)):
        assert not is_error(cell)
        assert value_of("name", cell) == text


@given(allowed_text)
def test_any_text_stands_between_tabs_in_one_line_that_no_reader_takes_for_quoted(text: str) -> None:
    written = tabbed(text)
    assert from_tabbed(written) == text
    assert not {"\t", "\n"} & set(written)
    assert written[:1] != '"'


@given(st.lists(allowed_text.filter(bool)))
def test_any_list_of_names_survives_a_cell(items: list[str]) -> None:
    assert value_of("alternate_names", guarded(lossless_cell("alternate_names", items))) == items


@given(st.lists(st.tuples(*[allowed_text] * 4).filter(lambda row: row[0])))
def test_any_phone_survives_a_cell(rows: list[tuple[str, ...]]) -> None:
    phones = [dict(zip(PARTS["phones"], row, strict=True)) for row in rows]
    back = value_of("phones", guarded(lossless_cell("phones", phones)))
    assert back == [{part: text for part, text in phone.items() if text} for phone in phones]


def test_only_a_part_with_versions_is_read_as_one_with_versions() -> None:
    row = {"street": "[fr] a [nl] b", "nis": "62063"}
    assert value_of("addresses", lossless_cell("addresses", [dict.fromkeys(PARTS["addresses"], "") | row])) == [row]


def test_one_column_alone_is_read_whatever_its_text_holds(ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    ht("export", "--fields", "id", "-o", str(path))
    assert "to add" in ht("import", str(path), "--dry-run").err


def test_the_object_of_a_resource_has_no_more_than_its_columns() -> None:
    assert set(PARTS) | set(LISTS) <= set(resource_object(TRICKY))
