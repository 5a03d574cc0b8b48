#!/bin/sh
# python-calamine 0.9.1 (PyPI, reads xlsx and ods through Rust's calamine), Python 3.11: a tab in a cell of an ODS sheet is lost.
#
# Expected: <text:tab/> is a tab (OpenDocument 1.3, part 3, 6.1.5), so the cell "left", tab, "right" reads "left\tright", as it does
# from the same sheet in xlsx.
# Seen: "leftright", two words grown together. Line breaks and runs of spaces (<text:s/>) of the same cell are read.
#
# Exits 0 while this is so, 1 once the behaviour changes, 2 when it could not be tried.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 odfpy==1.4.1 2>"$folder/log" \
  || { cat "$folder/log"; exit 2; }
"$folder/venv/bin/python" - "$folder/sheet.ods" <<'PYTHON'
import sys
from importlib.metadata import version

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, S, Tab
from python_calamine import load_workbook

document = OpenDocumentSpreadsheet()
table = Table(name="one")
row = TableRow()
text = TableCell(valuetype="string")
first = P(text="left")
first.addElement(Tab())
first.addText("right")
first.addElement(S(c=2))
first.addText("far")
text.addElement(first)
text.addElement(P(text="below"))
row.addElement(text)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save(sys.argv[1])

((said,),) = load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()
print("python-calamine", version("python-calamine"))
print("the cell left, tab, right, two spaces, far, line break, below:", repr(said))
as_before = said == "leftright  far\nbelow"
print("as before" if as_before else "the behaviour has changed")
sys.exit(0 if as_before else 1)
PYTHON
