"""Letters that a program read in the wrong encoding do not come in, through no door."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.catalogue.facts.records import record_of
from ht_cli.catalogue.keeping.changing import read_allowed
from ht_cli.catalogue.keeping.checking import faults
from ht_cli.catalogue.keeping.garbled import mended
from tests.conftest import Outcome, program

Run = Callable[..., Outcome]
TEXTS = ("Téléphone", "à l’école – « où » ?", "Größe", "Œuvre", "geïnformeerd", "5 €", "ÀÉÎÔÇÜß", "Où, d’après l’été")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_a_garbled_text_is_seen_and_what_it_was_is_said(text: str, encoding: str) -> None:
    # a byte that Windows-1252 does not know is the character of its number to those who read by it
    assert mended("".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())) == text


@pytest.mark.parametrize(
    "text", [*TEXTS, "CAFÉ”", "NÃO", "CHÂTEAU", "»À PART«", "√2", "plain", "GEMÄ“", "Woman'Dō", "Ça, c’est à « l’ÉTÉ »"]
)
def test_a_text_with_accents_is_none(text: str) -> None:
    assert mended(text) == ""


def test_no_text_of_the_catalogue_is_taken_for_garbled() -> None:
    with open_catalogue() as connection:
        allowed = read_allowed(connection)
        for resource in read_resources(connection, read_ids(connection, all_statuses=True)):
            assert faults(resource.id, record_of(resource), allowed) == []


def test_a_sheet_that_was_opened_in_the_wrong_encoding_is_refused_by_its_row(ht: Run, own: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("id,notes,closed_reason\nrealism,Numéro déduit du site,fermé\nagricall,right,\n".encode().decode("cp1252"), "utf-8")
    outcome = ht("import", str(sheet), "--yes")
    assert outcome.exit_code == 4
    assert "line 2, closed_reason: “fermÃ©” has garbled accents, read in the wrong encoding; it was “fermé”" in outcome.err
    assert outcome.err.count("garbled") == 1
    assert ht("import", str(sheet), "--yes", "--skip-bad").exit_code == 4
    assert "right" in ht("show", "agricall", "--json").out
    assert "Ã" not in ht("show", "realism", "--json").out


def test_no_other_door_lets_them_in(ht: Run, own: Path) -> None:
    outcome = ht("update", "realism", "--set", "notes=TÃ©lÃ©phone", "--yes")
    assert outcome.exit_code == 4
    assert "it was “Téléphone”" in outcome.err


def test_what_libreoffice_makes_of_a_plain_csv_by_default_is_refused_where_it_is_garbled(ht: Run, own: Path, tmp_path: Path) -> None:
    ht("export", "-o", str(tmp_path / "all.csv"), "--catalogue", str(own))
    command = [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "all.csv")], check=True, capture_output=True, timeout=300)
    outcome = ht("import", str(tmp_path / "all.ods"), "--dry-run")
    assert "0 to add, 0 to change, 0 to close" in outcome.err
    assert "it was “" in outcome.err
