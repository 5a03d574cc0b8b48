"""An HSDS file that was exported earlier, or that comes every night, changes only what was edited in it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.facts import dump, fact, faults_of
from tests.conftest import Outcome
from tests.exchange.hsds.test_edits import bare

Run = Callable[..., Outcome]
Service = dict[str, Any]
ONE, TWO = "realism", "similes-vlaanderen"


def services_of(ht: Run, path: Path, *words: str) -> dict[str, Service]:
    """Export some services, and give each by its id with us."""
    assert ht("export", *(words or (ONE, TWO)), "--format", "hsds", "-o", str(path), "--force").exit_code == 0
    found = json.loads(path.read_text("utf-8"))["contents"]
    return {
        field["value"]: service for service in found for field in service["attributes"] if field["taxonomy_term"]["code"] == "ht-field:id"
    }


def written(path: Path, services: dict[str, Service]) -> str:
    path.write_text(json.dumps([*services.values()]), "utf-8")
    return str(path)


@pytest.mark.parametrize("strip", [False, True], ids=["whole", "without our attributes"])
def test_a_stale_file_reverts_nothing(own: Path, ht: Run, tmp_path: Path, strip: bool) -> None:
    services = services_of(ht, tmp_path / "all.json")
    path = written(tmp_path / "sent.json", {name: bare_with_ids(service) if strip else service for name, service in services.items()})
    ht("update", ONE, "--set", "email=newer@example.org", "--set", "phone=02 474 02 99", "--yes")
    ht("remove", TWO, "--reason", "stopped in June", "--yes")
    now = dump(own)
    outcome = ht("import", path, "--yes")
    assert "0 to add, 0 to change, 0 to close" in outcome.err
    assert dump(own) == now


def test_a_stale_package_reverts_nothing(own: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    assert ht("export", ONE, TWO, "--format", "hsds-csv", "-o", str(path)).exit_code == 0
    ht("remove", TWO, "--reason", "stopped in June", "--yes")
    outcome = ht("import", str(path), "--yes")
    assert "0 to add, 0 to change, 0 to close" in outcome.err
    assert fact(own, TWO)["status"] == "closed"


@pytest.mark.parametrize("strip", [False, True], ids=["whole", "without our attributes"])
def test_only_what_was_edited_changes_and_what_is_newer_here_is_kept_and_listed(own: Path, ht: Run, tmp_path: Path, strip: bool) -> None:
    services = services_of(ht, tmp_path / "all.json")
    services[ONE] |= {"email": "file@example.org", "minimum_age": 3}
    ht("update", ONE, "--set", "email=newer@example.org", "--set", "url=https://newer.example.org", "--yes")
    sent = {name: bare_with_ids(service) if strip else service for name, service in services.items()}
    outcome = ht("import", written(tmp_path / "sent.json", sent), "--yes")
    record = fact(own, ONE)
    assert (record["email"], record["url"], record["min_age"]) == ("newer@example.org", "https://newer.example.org", 3)
    assert f"newer here than in the sheet, and kept: {ONE}, email: newer@example.org; the sheet says: file@example.org" in outcome.err
    assert faults_of(own, deep=False) == []


def test_a_mark_that_is_not_known_here_is_refused_and_an_empty_one_writes_over_what_is_here(own: Path, ht: Run, tmp_path: Path) -> None:
    services = services_of(ht, tmp_path / "all.json")
    mark = next(row for row in services[ONE]["attributes"] if row["taxonomy_term"]["code"] == "ht-field:ht_rev")
    mark["value"] = "rzzzzzzzz"
    services[ONE]["email"] = "file@example.org"
    outcome = ht("import", written(tmp_path / "sent.json", services), "--yes")
    assert (outcome.exit_code, "or empty ht_rev to write over what is here" in outcome.err) == (4, True)
    mark["value"] = ""
    assert ht("import", written(tmp_path / "sent.json", services), "--yes").exit_code == 0
    assert fact(own, ONE)["email"] == "file@example.org"


EDITS: dict[str, Service] = {
    "hours": {"schedules": [{"id": "9f0f6fd6-0d6d-4a86-9d2d-6b3f7a6f7d12", "freq": "WEEKLY", "byday": "SU", "opens_at": "10:00", "closes_at": "12:00"}]},
    "notes": {"wait_time": "3 months", "fees_description": "7 euros", "eligibility_description": "only for women", "alert": "call\nfirst"},
    "prices": {"cost_options": [{"id": "9f0f6fd6-0d6d-4a86-9d2d-6b3f7a6f7d19", "amount": 7, "currency": "EUR"}]},
    "temporarily closed": {"status": "temporarily closed", "application_process": "ask your GP"},
    "closed": {"status": "defunct", "alert": "stopped · moved to Ghent"},
}  # fmt: skip


@pytest.mark.parametrize("modified", ["", "2099-01-01T00:00:00Z", "as it left"])
@pytest.mark.parametrize("strip", [False, True], ids=["whole", "without our attributes"])
@pytest.mark.parametrize("edit", EDITS)
def test_the_same_file_every_night_changes_something_once(
    own: Path, ht: Run, tmp_path: Path, edit: str, strip: bool, modified: str
) -> None:
    services = services_of(ht, tmp_path / "all.json")
    services[ONE] |= EDITS[edit]
    if modified != "as it left":
        services[ONE]["last_modified"] = modified
    sent = {name: bare_with_ids(service) if strip else service for name, service in services.items()}
    path = written(tmp_path / "sent.json", sent)
    assert ht("import", path, "--yes").exit_code == 0
    once = fact(own, ONE)
    for _night in range(2):
        outcome = ht("import", path, "--yes")
        assert "0 to add, 0 to change, 0 to close" in outcome.err
    assert fact(own, ONE) == once


def test_a_package_that_was_emptied_of_its_attributes_reverts_nothing(own: Path, ht: Run, tmp_path: Path) -> None:
    path, without = tmp_path / "all.zip", tmp_path / "without.zip"
    assert ht("export", ONE, TWO, "--format", "hsds-csv", "-o", str(path)).exit_code == 0
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(without, "w") as other:
        for name in package.namelist():
            if name != "attributes.csv":
                other.writestr(name, package.read(name))
    ht("update", ONE, "--set", "email=newer@example.org", "--yes")
    outcome = ht("import", str(without), "--yes")
    assert "0 to add, 0 to change, 0 to close" in outcome.err


def bare_with_ids(service: Service) -> Service:
    found = bare(service)
    assert isinstance(found, dict)
    return found


def test_an_address_that_moves_keeps_the_street_that_the_file_says(own: Path, ht: Run, tmp_path: Path) -> None:
    moving = "anbn"
    services = services_of(ht, tmp_path / "all.json", "--all")
    (street,) = (address["street"] for address in fact(own, moving)["addresses"])
    address = services[moving]["service_at_locations"][0]["location"]["addresses"][0]
    address |= {"city": "Oostende", "postal_code": "8400"}
    path = written(tmp_path / "sent.json", {moving: services[moving]})
    for _night in range(2):
        assert ht("import", path, "--yes").exit_code == 0
        assert fact(own, moving)["addresses"] == [{"street": street, "postcode": "8400", "locality": "Oostende", "nis": "35013"}]
