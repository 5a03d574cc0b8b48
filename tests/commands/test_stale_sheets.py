"""A sheet that was exported earlier changes only what was edited in it."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.facts.records import record_of
from ht_cli.catalogue.keeping.journal import read_changes
from ht_cli.catalogue.keeping.revisions import record_at, revision
from tests.catalogue.facts import dump, fact, faults_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]
WAYS = ("csv", "tsv", "json", "jsonl")
ONE, TWO = "realism", "similes-vlaanderen"


def edit(path: Path, edits: Mapping[str, Mapping[str, Any]]) -> None:
    """Edit cells of an exported file, by id and column."""
    text = path.read_text("utf-8")
    if path.suffix in (".json", ".jsonl"):
        rows = json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]
        rows = [row | edits.get(row["id"], {}) for row in rows]
        path.write_text(json.dumps(rows) if path.suffix == ".json" else "\n".join(map(json.dumps, rows)), "utf-8")
        return
    mark = "\t" if path.suffix == ".tsv" else ","
    table = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys(), delimiter=mark)
        writer.writeheader()
        writer.writerows(row | edits.get(row["id"], {}) for row in table)


@pytest.fixture(params=WAYS)
def sheet(request: pytest.FixtureRequest, own: Path, ht: Run, tmp_path: Path) -> Path:
    path: Path = tmp_path / f"all.{request.param}"
    assert ht("export", "--all", "-o", str(path)).exit_code == 0
    return path


def test_a_stale_sheet_reverts_nothing(own: Path, ht: Run, sheet: Path) -> None:
    ht("update", ONE, "--set", "email=newer@example.org", "--set", "description.nl=Nieuwer", "--yes")
    ht("verify", TWO, "--how", "phone")
    ht("update", TWO, "--add-need", "loneliness", "--yes")
    now = dump(own)
    edit(sheet, {})
    outcome = ht("import", str(sheet), "--yes")
    assert "0 to add, 0 to change, 0 to close" in outcome.err
    assert dump(own) == now


def test_only_what_was_edited_changes_and_what_is_newer_here_is_kept_and_listed(own: Path, ht: Run, sheet: Path) -> None:
    ht("update", ONE, "--set", "email=newer@example.org", "--set", "url=https://newer.example.org", "--yes")
    edit(sheet, {ONE: {"email": "sheet@example.org", "notes": "from the sheet"}, TWO: {"email": "sheet@example.org"}})
    outcome = ht("import", str(sheet), "--yes")
    assert outcome.exit_code == 0
    record = fact(own, ONE)
    assert (record["email"], record["url"], record["notes"]) == ("newer@example.org", "https://newer.example.org", "from the sheet")
    assert fact(own, TWO)["email"] == "sheet@example.org"
    assert f"newer here than in the sheet, and kept: {ONE}, email: newer@example.org; the sheet says: sheet@example.org" in outcome.err
    assert "ht update ID --set" in outcome.err
    assert TWO not in outcome.err
    assert faults_of(own) == []


def test_both_saying_the_same_is_no_conflict(own: Path, ht: Run, sheet: Path) -> None:
    ht("update", ONE, "--set", "email=same@example.org", "--yes")
    edit(sheet, {ONE: {"email": "same@example.org"}})
    assert "newer here" not in ht("import", str(sheet), "--yes").err


def test_one_language_edited_there_and_another_here_both_stay(own: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    ht("export", "--all", "-o", str(path))
    ht("update", ONE, "--set", "description.nl=Van hier", "--yes")
    edit(path, {ONE: {"description_fr": "De la feuille"}})
    assert "newer here" not in ht("import", str(path), "--yes").err
    texts = fact(own, ONE)["descriptions"]
    assert (texts["nl"], texts["fr"]) == ("Van hier", "De la feuille")


def test_a_row_whose_past_is_not_known_here_is_refused_with_the_way_out(own: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    ht("export", "--all", "-o", str(path))
    edit(path, {ONE: {"email": "sheet@example.org", "ht_rev": "rzzzzzzzz"}})
    outcome = ht("import", str(path), "--yes")
    assert outcome.exit_code == 4
    assert "ht_rev" in outcome.err
    assert "empty ht_rev" in outcome.err
    edit(path, {ONE: {"ht_rev": ""}})
    assert ht("import", str(path), "--yes").exit_code == 0
    assert fact(own, ONE)["email"] == "sheet@example.org"


def test_without_the_mark_a_sheet_is_taken_as_it_is(own: Path, ht: Run, tmp_path: Path) -> None:
    ht("update", ONE, "--set", "email=newer@example.org", "--yes")
    (tmp_path / "a.csv").write_text(f"id,email\n{ONE},sheet@example.org\n", "utf-8")
    ht("import", str(tmp_path / "a.csv"), "--yes")
    assert fact(own, ONE)["email"] == "sheet@example.org"


def test_the_mark_leads_back_to_each_state_that_there_was(own: Path, ht: Run) -> None:
    states = [fact(own, ONE)]
    for email in ("one@example.org", "two@example.org", "three@example.org"):
        ht("update", ONE, "--set", f"email={email}", "--yes")
        ht("verify", ONE, "--how", "phone")
        states.append(fact(own, ONE))
    with open_catalogue(str(own)) as connection:
        (resource,) = read_resources(connection, [ONE])
        for state in states:
            was = record_at(connection, ONE, record_of(resource), revision(state))
            assert was is not None
            assert was.get("email") == state.get("email")
        assert record_at(connection, ONE, record_of(resource), "rzzzzzzzz") is None
        assert len(read_changes(connection)) == 6


def test_the_marks_are_no_numbers_and_depend_on_the_facts_alone(own: Path, ht: Run) -> None:
    first = {row["id"]: row["ht_rev"] for row in json.loads(ht("export", "--all", "--format", "json").out)}
    assert all(mark.startswith("r") and mark.isalnum() and len(mark) == 9 for mark in first.values())
    ht("verify", ONE, "--how", "phone")
    ht("update", TWO, "--set", "email=x@example.org", "--yes")
    second = {row["id"]: row["ht_rev"] for row in json.loads(ht("export", "--all", "--format", "json").out)}
    assert [identifier for identifier in first if first[identifier] != second[identifier]] == [TWO]


def test_a_search_carries_no_mark(ht: Run) -> None:
    assert "ht_rev" not in json.loads(ht("show", ONE, "--json").out)[0]
    assert ht("export", "--fields", "id,ht_rev", "--format", "csv").out.startswith("id,ht_rev\n")


def test_a_new_row_that_may_be_there_already_waits_for_a_word(own: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("name,kind,languages,areas,phones\nAnders,group,nl,nis:44021,107\n", "utf-8")
    outcome = ht("import", str(path), "--yes")
    assert outcome.exit_code == 3
    assert "--force" in outcome.err
    assert "tele-accueil-107" in outcome.err
    assert ht("import", str(path), "--yes", "--force").exit_code == 0


def test_numbers_postcodes_and_hours_of_a_sheet_are_read_as_anywhere(own: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id,phones,addresses\n{ONE},081 22 33 44/45|accueil,Rue 1|B-4000|Liège|62063\n", "utf-8")
    assert ht("import", str(path), "--yes").exit_code == 0
    assert [phone["number"] for phone in fact(own, ONE)["phones"]] == ["+3281223344", "+3281223345"]
    assert fact(own, ONE)["addresses"][0]["postcode"] == "4000"
    path.write_text(f"id,phones\n{ONE},1000 Bruxelles\n", "utf-8")
    outcome = ht("import", str(path), "--yes")
    assert outcome.exit_code == 4
    assert "line 2, phones: there is no number “1000 Bruxelles”" in outcome.err
