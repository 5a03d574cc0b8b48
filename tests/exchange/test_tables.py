"""What people's tables say: headings of four languages, what spreadsheets and programs do to cells, the lines that are named."""

import csv
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.commands._meanings import meanings_of
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.columns import LOSSLESS
from ht_cli.exchange.files import BadRow, Incoming
from ht_cli.exchange.headings import columns_meant
from ht_cli.exchange.meanings import FileMeanings
from ht_cli.exchange.refusals import write_refused
from ht_cli.exchange.sheet_errors import cell_name
from tests.conftest import Outcome, program
from tests.exchange.incoming import read_file

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str, name: str = "sheet.csv") -> Path:
        (tmp_path / name).write_bytes(text.encode())
        return tmp_path / name

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Written:
    """A workbook of sheets, each a list of rows; what is written of days and times has their type."""

    def write(**sheets: list[list[object]]) -> Path:
        path = tmp_path / "sheet.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return write


def only(path: Path) -> Incoming:
    (row,), bad = read_file(path)
    assert bad == []
    return row


def refused(path: Path) -> BadRow:
    good, (row,) = read_file(path)
    assert good == []
    return row


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("ID;NAME;Hours_FR;Min age", "id name hours_fr min_age"),
        ("Nom;Téléphone;Coût;Âge minimum;Heures d’ouverture;Remarques;E-mail", "name phones cost min_age hours_fr notes email"),
        ("Naam;Telefoonnummer;Prijs;Openingsuren;Beschrijving;Doelgroep", "name phones cost hours_nl description_nl audiences"),
        ("Bezeichnung;Telefon;Öffnungszeiten;Beschreibung FR;Gebiet;Nur für Fachkräfte", "name phones hours_de description_fr areas professionals_only"),
        ("Name;Phone number;Description;opening_hours;Horaires NL", "name phones description hours_osm hours_nl"),
        ("Intitulé;Communes desservies;Langues parlées;Tél.", "name areas languages phones"),
        ("Naam;Gemeenten;Categorie", "name areas kind"),
        ("Naam;Min. leeftijd;Max. Leeftijd", "name min_age max_age"),
        ("Name;Gemeinden;Anschrift", "name areas addresses"),
        ("Name of service", "name"),
        ("Service name", "name"),
        ("id;nonsense;", "id nonsense "),
    ],
)  # fmt: skip
def test_headings_in_four_languages_and_any_case_name_their_columns(headings: str, columns: str) -> None:
    assert columns_meant(headings.split(";")) == columns.split(" ")


@pytest.mark.parametrize("heading", ["closed_on", "Fermé le", "Gesloten op"])
def test_a_day_of_closing_without_a_status_is_closed_and_listed(written: Written, heading: str) -> None:
    (row,), refused = read_file(written(f"id,name,{heading}\nzeta,Zeta,2026-08-10\n"))
    assert refused == []
    assert row.values["status"] == "closed"
    assert "closed_on → status closed" in [left.name for left in row.left]
    (row,), _ = read_file(written(f"id,name,status,{heading}\nzeta,Zeta,unreachable,2026-08-10\n"))
    assert row.values["status"] == "unreachable"


def test_an_unknown_heading_is_named_with_those_that_are_written_nearly_so(written: Written) -> None:
    with pytest.raises(
        InvalidDataError, match=r"unknown columns: Comunes deservies, Openingsuur; perhaps: communes desservies, .*openingsuren"
    ):
        read_file(written("id,Comunes deservies,Openingsuur\nrealism,a,b\n"))
    with pytest.raises(InvalidDataError, match="unknown columns: xyzzy; there are: id, name, kind"):
        read_file(written("id,xyzzy\nrealism,a\n"))


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('id,notes\nrealism,"open\n', "q.csv", "q.csv, line 2: a quote is opened and never closed"),
        ('id,notes\nrealism,"a"b\n', "q.csv", "q.csv, line 2: a closed quote is followed by more text"),
        ('[{"id": "a",}]', "q.json", "q.json is not JSON: it breaks off or goes on otherwise in line 1, at character 13"),
    ],
)
def test_what_cannot_be_read_is_said_in_our_words(written: Written, text: str, name: str, said: str) -> None:
    with pytest.raises(InvalidDataError, match=re.escape(said)):
        read_file(written(text, name))


def test_what_is_no_utf8_is_to_be_saved_as_what_it_is(tmp_path: Path) -> None:
    for name, advice in (("x.json", "save it as UTF-8$"), ("x", "save it as UTF-8$"), ("x.csv", "save it as “CSV UTF-8”$")):
        text = "id,name\na,é\n" if name == "x.csv" else '[{"id": "a"}]'
        (tmp_path / name).write_bytes(text.encode("utf-16"))
        with pytest.raises(InvalidDataError, match=advice):
            read_file(tmp_path / name)


def test_no_other_heading_takes_the_place_of_a_columns_own_name() -> None:
    assert columns_meant(LOSSLESS) == list(LOSSLESS)


@pytest.mark.parametrize(
    ("headings", "named"),
    [("id,notes,notes", "notes, notes"), ("id,phones,GSM", "phones, GSM"), ("id,hours,hours_fr", "hours, hours_fr"), ("id,Horaires,hours", "Horaires, hours")],
)  # fmt: skip
def test_two_columns_that_say_the_same_are_refused_by_their_names(written: Written, headings: str, named: str) -> None:
    with pytest.raises(InvalidDataError, match=f"these columns say the same; keep one of them: {named}$"):
        read_file(written(f"{headings}\nrealism,a,b\n"))


def test_a_short_row_ends_in_empty_cells_and_a_long_one_may_only_have_such(written: Written) -> None:
    assert only(written("id,notes,email\nrealism,x\n")).values == {"notes": "x", "email": None}
    assert only(written("id,notes,\nrealism,x,,,\n")).values == {"notes": "x"}
    assert refused(written("id,notes\nrealism,x,y\n")).line == 2


def test_line_ends_within_a_cell_are_those_of_a_text(written: Written) -> None:
    assert only(written('id,notes\r\nrealism,"a\r\nb\rc\nd"\r\n')).values == {"notes": "a\nb\nc\nd"}


def test_what_pandas_makes_of_numbers_beside_empty_cells_is_read(written: Written) -> None:
    path = written("id,min_age,closed_on,phones,professionals_only\nrealism,18.0,2026.0,3243421212.0,1.0\n")
    (row,), _ = read_file(path)
    assert (row.values["min_age"], row.values["closed_on"], row.values["phones"]) == (18, "2026", [{"number": "3243421212"}])
    assert row.values["professionals_only"] is True
    assert "“18.5” cannot be read; wanted: 0, 1, 2" in refused(written("id,min_age\nrealism,18.5\n")).reason


@pytest.mark.parametrize("heading", ["", "Unnamed: 0"])
def test_the_index_of_pandas_is_no_field(written: Written, heading: str) -> None:
    row = only(written(f"{heading},id,notes\n0,realism,x\n"))
    assert (row.id, row.values, [tuple(left) for left in row.left]) == ("realism", {"notes": "x"}, [("A", "0", "it only counts the rows")])
    assert refused(written(f"{heading},id,notes\nwhy,realism,x\n")).reason.startswith("more cells than columns")


def test_what_pandas_makes_of_numbers_and_of_yes_beside_null_is_read(written: Written) -> None:
    text = '[{"id": "a", "min_age": 18.0, "referral_needed": 0.0, "professionals_only": 1, "max_age": null}]'
    assert only(written(text, "a.json")).values == {
        "min_age": 18, "referral_needed": False, "professionals_only": True, "max_age": None,
    }  # fmt: skip
    assert refused(written('[{"id": "a", "min_age": 18.5}]', "a.json")).column == "min_age"
    assert refused(written('[{"id": "a", "referral_needed": 2}]', "a.json")).column == "referral_needed"


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=|", "sep=,"])
def test_the_line_that_tells_excel_the_separator_is_no_row_and_is_counted(written: Written, first: str) -> None:
    mark = first.strip('"')[-1]
    path = written(
        f"\ufeff{first}\r\nid{mark}notes\r\nrealism{mark}a, b; c\r\n".replace("a, b; c", "'1, 2; 3'" if mark == "|" else '"a, b; c"')
    )
    assert only(path).line == 3


def test_the_lines_named_are_those_of_the_file(written: Written) -> None:
    good, bad = read_file(written('\n\nid,notes,min_age\n\nrealism,"two\n\nlines",1\n\nagricall,,old\n'))
    assert [row.line for row in good] == [5]
    assert [row.line for row in bad] == [9]
    assert read_file(written('{"id": "a", "name": "A"}\n\n{"id": "b", "min_age": "old"}\n', "a.jsonl"))[1][0].line == 3


ERROR = "an error of the spreadsheet, which says nothing: the fact stays"


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize(("line", "place", "named"), [(0, 0, "B2 #N/A"), (2, 1, "C4 #N/A")])
def test_an_error_of_a_spreadsheet_says_nothing_and_its_cell_is_named(tmp_path: Path, form: str, line: int, place: int, named: str) -> None:
    path = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(line, place, ["id", "notes", "min_age", "email"])
        sheet.write_string(line + 1, place, "realism")
        sheet.write_formula(line + 1, place + 1, "=NA()", None, "#N/A")
        sheet.write_formula(line + 1, place + 2, "=1/0", None, "#DIV/0!")
    if form != "xlsx":
        command = [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", form]
        subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=300)
    row = only(path.with_suffix(f".{form}"))
    assert row.values == {"email": None}
    assert tuple(row.left[0]) == ("notes", named, ERROR)
    assert [left.name for left in row.left] == ["notes", "min_age"]


UNCALCULATED = "a formula that was never calculated, which says nothing: the fact stays; open the file in a spreadsheet and save it"


@pytest.mark.parametrize("program_of", ["openpyxl", "xlsxwriter", "odfpy"])
def test_a_formula_that_no_program_has_calculated_says_nothing_and_its_cell_is_named(tmp_path: Path, program_of: str) -> None:
    path = tmp_path / ("sheet.ods" if program_of == "odfpy" else "sheet.xlsx")
    rows = [["id", "email", "phones", "notes"], ["realism", "", '="081 22 33 44"', "=1+1"], ["agricall", "", "107", '=A1&"x"']]
    if program_of == "openpyxl":
        book = pytest.importorskip("openpyxl").Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    elif program_of == "xlsxwriter":
        with xlsxwriter.Workbook(path) as written_book:
            sheet = written_book.add_worksheet("Data")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    else:
        cells = "".join(
            "<table:table-row>" + "".join(
                f'<table:table-cell table:formula="of:{escape(cell, quote=True)}"/>' if cell.startswith("=")
                else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
            ) + "</table:table-row>" for row in rows
        )  # fmt: skip
        write_ods(path, cells)
    (first, second), _bad = read_file(path)
    assert (first.values, second.values) == ({"email": None}, {"email": None, "phones": [{"number": "107"}]})
    assert [tuple(left) for left in (*first.left, *second.left)] == [
        ("phones", 'C2 ="081 22 33 44"', UNCALCULATED), ("notes", "D2 =1+1", UNCALCULATED), ("notes", 'D3 =A1&"x"', UNCALCULATED),
    ]  # fmt: skip


def test_a_formula_that_was_calculated_says_its_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "sheet.xlsx") as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["id", "min_age", "notes"])
        sheet.write_string(1, 0, "realism")
        sheet.write_formula(1, 1, "=9*2", None, 18)
        sheet.write_formula(1, 2, '=""', None, "")
    assert only(tmp_path / "sheet.xlsx").values["min_age"] == 18


def write_ods(path: Path, rows: str) -> None:
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "manifest")}
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>')  # fmt: skip
        archive.writestr("content.xml", f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>')  # fmt: skip


def test_a_tab_within_a_cell_of_an_ods_stays(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string">{}</table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    paragraphs = '<text:p>one<text:tab/>two<text:s text:c="2"/>three</text:p><text:p>fo<text:span>ur<text:tab/></text:span>five</text:p>'
    head = row.format("".join(cell.format(f"<text:p>{name}</text:p>") for name in ("id", "notes")))
    write_ods(tmp_path / "a.ods", head + row.format(cell.format("<text:p>realism</text:p>") + cell.format(paragraphs)))
    assert only(tmp_path / "a.ods").values == {"notes": "one\ttwo  three\nfour\tfive"}


def test_an_error_that_was_saved_as_a_text_says_nothing_either(written: Written) -> None:
    assert only(written("id,notes,email\nrealism,#BEZUG!,Err:502\n")).values == {}
    assert only(written("id,notes\nrealism,# 1 Error\n")).values == {"notes": "# 1 Error"}
    assert refused(written("id,notes\n#N/A,x\n")).column == "id"


def test_cells_are_named_as_in_a_spreadsheet() -> None:
    assert [cell_name(place, 3) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A3", "Z3", "AA3", "AZ3", "BA3", "ZZ3", "AAA3"]


def test_the_value_that_cannot_be_read_is_shown(written: Written) -> None:
    assert refused(written('[{"id": "a", "min_age": "old"}]', "a.json")).reason == "“old” cannot be read; wanted: 0, 1, 2 …"
    assert refused(written('[{"id": "a", "needs": {"x": null}}]', "a.json")).reason == '“{"x": null}” cannot be read; wanted: […]'
    assert "“perhaps” cannot be read" in refused(written("id,referral_needed\na,perhaps\n")).reason


def test_what_only_repeats_other_columns_is_not_taken_and_named(written: Written) -> None:
    (row,), _bad = read_file(
        written("id,phone,address,source_date,score\nrealism,107,Rue 1,2026,\n"), FileMeanings(known={"realism"}.__contains__)
    )
    left = row.left
    assert [(name, value) for name, value, _why in left] == [("phone", "107"), ("address", "Rue 1")]


def test_between_tabs_escapes_are_read_and_so_are_the_quotes_of_others(written: Written) -> None:
    good, _bad = read_file(written('id\tnotes\na\tx\\ny\\tz\\\\n\\;\nb\t\\"hello" and "so"\nc\t"two\nlines\tand ""tab"""\n', "a.tsv"))
    assert [row.values["notes"] for row in good] == ["x\ny\tz\\n\\;", '"hello" and "so"', 'two\nlines\tand "tab"']


def test_a_workbook_is_read_as_the_table_it_shows(workbook: Written) -> None:
    path = workbook(
        Prose=[["What this is about"], ["names", "and more"]],
        Liste=[
            [], ["ID", "Téléphone", "min_age", "closed_on", "checked_on", "professionals_only", "notes", "hours"],
            ["realism", 43421212, 18, date(2026, 8, 10), datetime(2026, 8, 10, 14, 3), True, "'=1+1\r\nx", time(9, 30)], [], ["agricall", "", "old"],
        ],
    )  # fmt: skip
    (row,), (bad,) = read_file(path)
    assert (row.line, row.id, bad.line, bad.column) == (3, "realism", 5, "min_age")
    assert row.values == {
        "phones": [{"number": "43421212"}], "min_age": 18, "closed_on": "2026-08-10", "status": "closed", "checked_on": "2026-08-10T14:03:00",
        "professionals_only": True, "notes": "=1+1\nx", "hours": "09:30:00",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["sheet.csv", "sheet", "sheet.zip"])
def test_a_workbook_is_read_under_any_name(workbook: Written, name: str, ht: Callable[..., Outcome]) -> None:
    path = workbook(A=[["id", "notes"], ["realism", "x"]])
    path = path.rename(path.with_name(name))
    assert only(path).values == {"notes": "x"}
    assert "1 to change" in ht("import", str(path), "--dry-run").err


def test_which_of_several_sheets_is_meant_is_not_guessed(workbook: Written, written: Written) -> None:
    with pytest.raises(InvalidDataError, match="several sheets name columns: A, B"):
        read_file(workbook(A=[["id"], ["a"]], B=[["name"], ["b"]]))
    with pytest.raises(InvalidDataError, match="must name the columns"):
        read_file(workbook(A=[["words"]]))
    with pytest.raises(InvalidDataError, match=r"a\.ods is no workbook that can be read"):
        read_file(written("id,name\n", "a.ods"))


def test_a_missing_extra_says_how_to_install_it(workbook: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(A=[["id"], ["a"]])
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(UsageError, match=r"pip install 'ht-cli\[xlsx\]'"):
        read_file(path)


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.tsv", "sheet.xlsx"])
def test_rows_that_are_refused_come_back_as_they_were(workbook: Written, written: Written, name: str) -> None:
    cells = ["realism", "=1+1", "'=2\\n", "0800", "two\nlines; and, so", "'quoted"]
    columns = ["id", "name", "notes", "email", "hours", "area_note"]
    if name.endswith("xlsx"):
        path = workbook(A=[columns, cells])
    else:
        lines = [columns, [cell.replace("\\", "\\\\").replace("\n", "\\n") for cell in cells] if name.endswith("tsv") else cells]
        path = written("", name)
        with path.open("w", newline="") as file:
            csv.writer(file, delimiter="\t" if name.endswith("tsv") else ",", lineterminator="\r\n").writerows(lines)
    first = only(path)
    assert only(write_refused(path, [first])).values == first.values


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_cell_far_outside_is_refused_by_its_name_before_the_sheet_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    path = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_column(0, 0, ["id", "realism"])
        sheet.write_blank(500, 500, None, book.add_format({"bold": True}))  # says nothing, and is no cell
        sheet.write_string(99, 26, "x")
    if form == "ods":
        command = [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", form]
        subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=300)
    monkeypatch.setattr("ht_cli.exchange.sheet_errors.MOST_CELLS", 2_700)
    (row,), (far,) = read_file(path.with_suffix(f".{form}"))
    assert (row.id, far.line) == ("realism", 100)
    monkeypatch.setattr("ht_cli.exchange.sheet_errors.MOST_CELLS", 2_699)
    monkeypatch.setattr("python_calamine.load_workbook", None)
    with pytest.raises(InvalidDataError, match="the cell AA100 stands so far out that the sheet would have 2700 cells"):
        read_file(path.with_suffix(f".{form}"))


@pytest.fixture
def known() -> Iterator[FileMeanings]:
    with open_catalogue() as connection:
        yield meanings_of(connection)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("kind;languages\nDienst;Deutsch", {"kind": "service", "languages": ["de"]}),
        ("soort;talen;kosten\ndienst;Nederlands, Frans;gratis", {"kind": "service", "languages": ["nl", "fr"], "cost": "free"}),
        ("communes;public\nNamur, Jambes;Adultes;;", {"areas": ["nis:92094"], "audiences": ["adults"]}),
        ("areas\n\"nis:92094; Oost-Vlaanderen; B-4000\"", {"areas": ["nis:92094", "province:east-flanders", "nis:62063"]}),
        ("adresse\n\"Rue Haute 1, 5000 Namur\"", {"addresses": [{"street": "Rue Haute 1", "postcode": "5000", "locality": "Namur", "nis": "92094"}]}),
        ("adres\nKerkstraat 2 bus 3 – B-1050 Elsene", {"addresses": [{"street": "Kerkstraat 2 bus 3", "postcode": "1050", "locality": "Elsene", "nis": "21009"}]}),
        ("adresse\n\"Rue X 1, 1050 Bruxelles (siège)\"", {"addresses": [{"street": "Rue X 1", "postcode": "1050", "locality": "Bruxelles (siège)", "nis": "21009"}]}),
        ("adresse\n\"Rue X 1, BE-5100 Jambes, Belgique\"", {"addresses": [{"street": "Rue X 1", "postcode": "5100", "locality": "Jambes", "nis": "92094"}]}),
        ("adresse\n\"Rue X 1, 7910 Forest\"", {"addresses": [{"street": "Rue X 1", "postcode": "7910", "locality": "Forest", "nis": "51065"}]}),
        ("adresse\nRue Haute 1|B 5000|Namur", {"addresses": [{"street": "Rue Haute 1", "postcode": "5000", "locality": "Namur", "nis": "92094"}]}),
        ("adresse\nRue Haute 1|5000|Namur", {"addresses": [{"street": "Rue Haute 1", "postcode": "5000", "locality": "Namur", "nis": "92094"}]}),
        ("adresse\nRue du 11 novembre 1918", {"addresses": [{"street": "Rue du 11 novembre 1918"}]}),
        ("languages;areas;kind\nfr, klingon;Atlantis;thing", {"languages": ["fr, klingon"], "areas": ["Atlantis"], "kind": "thing"}),
    ],
)  # fmt: skip
def test_words_of_four_languages_stand_for_the_code_of_what_alone_is_named_so(
    known: FileMeanings, written: Written, cells: str, expected: dict[str, object]
) -> None:
    (row,), bad = read_file(written("id;" + cells.replace("\n", "\na;")), known)
    assert (row.values, bad) == (expected, [])


def test_the_area_that_a_name_was_taken_for_is_said(known: FileMeanings, written: Written) -> None:
    (row,), _bad = read_file(written("id;areas\na;Liège\n"), known)
    assert [tuple(left) for left in row.left] == [("areas", "Liège → nis:62063", "guessed")]


def test_the_town_that_a_postcode_was_taken_for_is_said_and_so_is_one_that_its_postcode_denies(
    known: FileMeanings, written: Written
) -> None:
    (row,), _bad = read_file(written('id;addresses\na;"Rue X 1, 1060 Bruxelles; Rue Y 2, 5000 Liège; Rue Z 3, 5100 Jambes"\n'), known)
    assert [tuple(left) for left in row.left] == [
        ("addresses", "1060 Bruxelles → nis:21013", "guessed"),
        ("addresses", "5000 Liège", "a town elsewhere than its postcode, which counts"),
    ]
    assert [address.get("locality") for address in row.values["addresses"]] == ["Bruxelles", None, "Jambes"]


OTHERS = {"phones": [{"number": "081 22 33 44"}], "addresses": [{"street": "Rue Haute 1", "postcode": "5000", "locality": "Namur", "nis": "92094"}], "descriptions": {"en": "A place to talk"}}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'name,Phone,Address,Description\nA,081 22 33 44,"Rue Haute 1, 5000 Namur",A place to talk\n'),
        ("a.csv", 'id,name,Phone,Address,Description\nnew-one,A,081 22 33 44,"Rue Haute 1, 5000 Namur",A place to talk\n'),
        ("a.json", '[{"name": "A", "phone": "081 22 33 44", "address": "Rue Haute 1, 5000 Namur", "description": "A place to talk"}]'),
    ],
)
def test_what_others_write_above_a_number_an_address_or_a_text_is_taken_of_what_is_not_there_yet(
    known: FileMeanings, written: Written, name: str, text: str
) -> None:
    (row,), _bad = read_file(written(text, name), known)
    assert row.values == {"name": "A", **OTHERS}
    assert [tuple(left) for left in row.left] == [("description → en", "", "guessed")]


def test_beside_the_fact_itself_and_of_what_is_there_such_a_column_only_shows(known: FileMeanings, written: Written) -> None:
    for text in ("name,phone,phones\nA,1,081 22 33 44\n", "id,name,phone\nrealism,A,081 22 33 44\n"):
        (row,), _bad = read_file(written(text), known)
        assert [left.name for left in row.left] == ["phone"]
    (row,), _bad = read_file(written('[{"id": "realism", "phone": "081 22 33 44"}]', "a.json"), known)
    assert (row.values, [left.name for left in row.left]) == ({}, ["phone"])


HOUSE = {"street": "Rue Haute 12", "postcode": "5000", "locality": "Namur", "nis": "92094"}


@pytest.mark.parametrize(
    ("cells", "expected", "left"),
    [
        ("Adresse;Code postal;Localité;Latitude;Longitude\nRue Haute 12;5000;Namur;50,46;4,86", [HOUSE], ["latitude", "longitude"]),
        ("Straat;Huisnummer;Postcode;Gemeente\nRue Haute;12;B-5000;Namur", [HOUSE], []),
        ("street;house_number;postcode;locality\nRue Haute;12.0;5000.0;Namur", [HOUSE], []),
        ("Straße;Hausnummer;PLZ;Ort\nRue Haute;12;5000;Namur", [HOUSE], []),
        ('Address;Postcode;City\n"Rue Haute 12, 5000 Namur";5000;Namur', [HOUSE], []),
        ('Address;Postcode;City\n"Rue Haute 12, 5000 Namur";5100;Namur', [HOUSE], ["postcode"]),
        ('Adresse;CP;Ville\n"Rue Haute 12, 5000 Namur; Rue X 1, 4000 Liège";5000;Namur', [HOUSE, {"street": "Rue X 1", "postcode": "4000", "locality": "Liège", "nis": "62063"}], ["postcode", "locality"]),
        ("CP;Ville;Huisnr\n5000;Namur;3", [{"postcode": "5000", "locality": "Namur", "nis": "92094"}], ["house_number"]),
        ("CP;Ville\n;", [], []),
    ],
)  # fmt: skip
def test_the_parts_of_an_address_may_stand_in_columns_of_their_own(
    known: FileMeanings, written: Written, cells: str, expected: list[dict[str, str]], left: list[str]
) -> None:
    (row,), bad = read_file(written("nom;" + cells.replace("\n", "\na;")), known)
    assert (row.values["addresses"], [said.name for said in row.left], bad) == (expected, left, [])


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_a_day_as_programs_and_people_write_it_is_that_day_and_is_listed(written: Written, name: str) -> None:
    for text, day in (
        ("2025-12-27 00:00:00", "2025-12-27"), ("2024-02-01T00:00:00", "2024-02-01"), ("2024-02-01T00:00:00.000Z", "2024-02-01"), ("01/02/2024", "2024-02-01"), ("1.2.2024", "2024-02-01"),
    ):  # fmt: skip
        row = only(written(f"id,closed_on\na,{text}\n" if name == "a.csv" else f'[{{"id": "a", "closed_on": "{text}"}}]', name))
        assert (row.values["closed_on"], tuple(row.left[0])) == (day, ("closed_on", f"{text} → {day}", "guessed"))


@pytest.mark.parametrize("name", ["id", "ht_rev"])
def test_what_marks_a_record_is_a_text_and_the_one_that_is_none_is_named(written: Written, name: str) -> None:
    rows, (bad,) = read_file(written(f'[{{"id": "a", "{name}": 5}}]', "a.json"))
    assert (rows, bad.column, bad.reason) == ([], name, f"{name}: a text is wanted")


def test_two_languages_in_one_cell_and_a_status_in_words_are_understood(known: FileMeanings, written: Written) -> None:
    for said in ("Nederlands en Frans", "Français / Néerlandais", "Niederländisch und Französisch", "Dutch & French"):
        (row,), _bad = read_file(written(f"id;languages\na;{said}\n"), known)
        assert set(row.values["languages"]) == {"nl", "fr"}
    for said, status in (("fermé", "closed"), ("Gesloten", "closed"), ("geschlossen", "closed"), ("actif", "active"), ("niet nagekeken", "unverified"), ("gone", "gone")):  # fmt: skip
        (row,), _bad = read_file(written(f"id;statut\na;{said}\n"), known)
        assert row.values["status"] == status


def test_each_term_stands_for_itself_in_every_language(known: FileMeanings) -> None:
    with open_catalogue() as connection:
        terms = list(read_words(connection, "en").labels)
    assert len(terms) > 100
    assert [term for kind, term in terms if known.term(kind, term) != term] == []
