"""The list of readers in docs/formats.md is made of what the tests run, at the versions that are pinned and installed."""

from importlib.metadata import version

import pytest

from ht_cli.exchange.forms import FORMS
from tests.conftest import ROOT
from tests.exchange.readers import PAGE, READERS, Reader, versions, with_table

# How a test names a program, where it does so otherwise than by the name of its package.
NAMED = {
    "LibreOffice": "spreadsheet", "Sabre/VObject": "sabre", "Chromium": "browser", "axe-core": "violations_of", "pypandoc_binary": "pypandoc",
    "sqlite-utils": "sqlite_utils", "Poppler": "pdfinfo", "ZBar": "zbarimg", "cut and awk": "cut_and_awk", "python-calamine": "python_calamine",
}  # fmt: skip


def test_the_list_in_the_docs_is_the_one_that_is_made() -> None:
    page = PAGE.read_text("utf-8")
    assert with_table(page) == page


def test_each_format_has_a_reader() -> None:
    assert set(FORMS) <= {reader.form for reader in READERS}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.form}-{reader.package}")
def test_each_reader_is_run_by_the_test_that_is_named_for_it(reader: Reader) -> None:
    assert NAMED.get(reader.package, reader.package) in (ROOT / "tests" / reader.test).read_text("utf-8")


@pytest.mark.parametrize("package", [reader.package for reader in READERS if reader.pinned == "python"])
def test_what_is_installed_is_the_version_that_is_said(package: str) -> None:
    assert version(package) == versions()["python", package]
