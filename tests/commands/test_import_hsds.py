import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.keeping.changing import read_record
from ht_cli.exchange import hsds_csv
from ht_cli.exchange.hsds import pieces
from ht_cli.locale import speaking
from tests.conftest import BUNDLED, Outcome
from tests.exchange.hsds.conftest import catalogue, reference_in
from tests.exchange.hsds.test_edits import bare
from tests.exchange.hsds.test_reading import FOREIGN

Run = Callable[..., Outcome]
FOREIGN_ID = "3f7b145d-84af-42d7-8fae-eaca714b02b2"


@pytest.fixture(autouse=True)
def own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "copy.db"
    shutil.copy(BUNDLED, copy)
    monkeypatch.setenv("HT_CATALOGUE", str(copy))
    return copy


def written(path: Path, found: object) -> str:
    path.write_text(json.dumps(found), "utf-8")
    return str(path)


def test_our_own_export_changes_nothing_for_any_resource(ht: Run, tmp_path: Path) -> None:
    for language in ("fr", "de"):
        path = tmp_path / f"{language}.json"
        path.write_text("".join(pieces(catalogue(), reference_in(language))), "utf-8")
        outcome = ht("import", str(path), "--yes")
        assert "0 to add, 0 to change, 0 to close, 1008 as they are, 0 that cannot be taken" in outcome.err
        assert "not taken over" not in outcome.err


def test_a_change_in_the_file_is_the_only_change(ht: Run, tmp_path: Path) -> None:
    page = json.loads("".join(pieces([r for r in catalogue() if r.id == "realism"], reference_in("fr"))))
    page["contents"][0]["minimum_age"] = 3
    outcome = ht("import", written(tmp_path / "x.json", page), "--yes")
    assert outcome.exit_code == 0
    with open_catalogue() as connection:
        assert read_record(connection, "realism")["min_age"] == 3


def test_a_confidential_address_stays_though_the_file_never_had_it(ht: Run, tmp_path: Path, own_copy: Path) -> None:
    with sqlite3.connect(own_copy) as connection:
        connection.execute("INSERT INTO address SELECT 'realism', 0, 'Geheimstraat 7', '4000', 'Liège', '62063', 1")
    with open_catalogue() as connection:
        from ht_cli.catalogue.facts.reading import read_resources

        resources = read_resources(connection, ["realism"])
    text = "".join(pieces(resources, reference_in("fr")))
    assert "Geheimstraat" not in text
    page = json.loads(text)
    page["contents"][0]["name"] = "REALiSM!"
    assert ht("import", written(tmp_path / "x.json", page), "--yes").exit_code == 0
    with open_catalogue() as connection:
        record = read_record(connection, "realism")
    assert record["name"] == "REALiSM!"
    assert [address["street"] for address in record["addresses"] if address["confidential"]] == ["Geheimstraat 7"]


def test_somebody_elses_service_is_added_once_and_found(ht: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", {"contents": [FOREIGN], "total_items": 1})
    outcome = ht("import", path, "--yes")
    assert outcome.exit_code == 0
    assert "contacts (1)" in outcome.err
    assert "kind → service (1)" in outcome.err
    assert json.loads(ht("show", FOREIGN_ID, "--json").out)[0]["phones"][0]["number"] == "+3242223344"
    assert FOREIGN_ID in ht("find", "Écoute Meuse", "--format", "ids").out
    assert "1 as it is" in ht("import", path, "--yes").err


def test_the_date_of_a_check_is_never_taken_from_a_file(ht: Run, tmp_path: Path) -> None:
    ht("import", written(tmp_path / "x.json", FOREIGN), "--yes")
    with open_catalogue() as connection:
        assert "checked_on" not in read_record(connection, FOREIGN_ID)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({**FOREIGN, "phones": 3}, "/phones"), ({"id": FOREIGN_ID, "website": "https://a.be"}, "no service of HSDS"),
        ({**FOREIGN, "name": "a\u202eb"}, "U+202E"), ({**FOREIGN, "name": "a\x00b"}, "U+0000"), ({**FOREIGN, "name": "x" * 10_000}, "at most 300"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_its_reason_and_nothing_changes(ht: Run, tmp_path: Path, item: object, said: str) -> None:
    outcome = ht("import", written(tmp_path / "x.json", item), "--yes")
    assert outcome.exit_code == 4
    assert said in outcome.err.replace("line 1, ", "")
    with open_catalogue() as connection:
        assert read_record(connection, FOREIGN_ID) == {}


def test_what_misses_its_areas_or_languages_waits_unverified_and_it_is_said(ht: Run, tmp_path: Path) -> None:
    outcome = ht(
        "import", written(tmp_path / "x.json", {**FOREIGN, "languages": [], "service_areas": [], "service_at_locations": []}), "--yes"
    )
    assert outcome.exit_code == 0
    assert "missing: taken as unverified: areas (1), languages (1)" in outcome.err
    with open_catalogue() as connection:
        assert read_record(connection, FOREIGN_ID)["status"] == "unverified"
    assert FOREIGN_ID not in ht("find", "Écoute Meuse", "--format", "ids").out
    assert (
        "areas: missing"
        in ht("update", FOREIGN_ID, "--set", "name=x").err
        + ht("import", written(tmp_path / "y.json", [{"id": FOREIGN_ID, "kind": "service", "status": "active"}]), "--yes").err
    )


def test_the_package_that_export_writes_comes_back_as_a_zip_file_and_as_a_folder(ht: Run, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"".join(hsds_csv.pieces(catalogue()[:20], reference_in("fr"))))
    with zipfile.ZipFile(tmp_path / "all.zip") as package:
        package.extractall(tmp_path / "folder")
    for name in ("all.zip", "folder"):
        outcome = ht("import", str(tmp_path / name), "--dry-run")
        assert "0 to add, 0 to change, 0 to close, 20 as they are, 0 that cannot be taken" in outcome.err
        assert "not taken over" not in outcome.err


def test_our_export_that_lost_its_attributes_makes_no_duplicate(ht: Run, tmp_path: Path) -> None:
    with speaking("nl"):
        services = json.loads("".join(pieces(catalogue()[:20], reference_in("nl"))))["contents"]
    outcome = ht("import", written(tmp_path / "x.json", bare(services)), "--dry-run")
    assert "0 to add, 0 to change, 0 to close, 20 as they are, 0 that cannot be taken" in outcome.err
    assert "one of ours, by its UUID: id (20) “" in outcome.err


def test_what_cannot_be_taken_of_a_package_goes_to_a_json_file_beside_it(ht: Run, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "services.csv").write_text(f"id,name,status\n{FOREIGN_ID},A,active\n{FOREIGN_ID},B,active\n")
    outcome = ht("import", str(folder), "--skip-bad", "--yes")
    assert outcome.exit_code == 4
    assert "the id 3f7b145d-84af-42d7-8fae-eaca714b02b2 stands in line 2 too" in outcome.err
    assert json.loads((tmp_path / "package.bad.json").read_text("utf-8"))[0]["name"] == "B"


def test_what_is_closed_or_of_no_known_area_does_not_hold_back_the_service_beside_it(ht: Run, tmp_path: Path) -> None:
    bare_one = {"id": "9f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Closed one", "status": "defunct"}
    outcome = ht("import", written(tmp_path / "x.json", [bare_one, FOREIGN]), "--yes")
    assert outcome.exit_code == 0
    assert "missing: areas (1), languages (1)" in outcome.err
    assert "taken as unverified" not in outcome.err
    with open_catalogue() as connection:
        assert read_record(connection, bare_one["id"])["status"] == "closed"
        assert "status" not in read_record(connection, FOREIGN_ID)


def test_our_own_service_without_areas_is_taken_as_unverified(ht: Run, tmp_path: Path) -> None:
    page = json.loads("".join(pieces([r for r in catalogue() if r.id == "realism"], reference_in("fr"))))
    del page["contents"][0]["service_areas"]
    outcome = ht("import", written(tmp_path / "x.json", page), "--yes")
    assert outcome.exit_code == 0
    assert "missing: taken as unverified: areas (1)" in outcome.err
    with open_catalogue() as connection:
        record = read_record(connection, "realism")
    assert (record["status"], record.get("areas")) == ("unverified", None)


ORGANIZATION = {"id": "9f7b145d-84af-42d7-8fae-eaca714b02b3", "name": "Orga", "description": "z"}


@pytest.mark.parametrize(
    "organization", [{**ORGANIZATION, "services": []}, {**ORGANIZATION, "phones": [{"id": FOREIGN_ID, "number": "065123457"}]}]
)
def test_an_organization_without_services_is_listed_and_holds_nothing_back(
    ht: Run, tmp_path: Path, organization: dict[str, object]
) -> None:
    outcome = ht("import", written(tmp_path / "x.json", [organization, FOREIGN]), "--yes")
    assert outcome.exit_code == 0
    assert "no service of HSDS in it: organization (1) “Orga”" in outcome.err
    assert "1 to add, 0 to change, 0 to close, 0 as they are, 0 that cannot be taken" in outcome.err
    alone = ht("import", written(tmp_path / "y.json", organization), "--yes")
    assert alone.exit_code == 4
    assert "line 1, –: no service of HSDS in it" in alone.err


PAGE = {"total_items": 500, "total_pages": 500, "page_number": 1, "size": 1, "first_page": True, "last_page": False, "contents": [FOREIGN]}
SAID = "page 1 of 500: 499 of 500 services are not in this file"


def test_one_page_of_several_is_said_to_be_one(ht: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", PAGE)
    assert f"one page of several: contents (1) “{SAID}”" in ht("import", path, "--dry-run").err
    assert SAID in ht("validate", path).err
    for number in (1, 2):
        written(
            tmp_path / f"{number}.json", {**PAGE, "page_number": number, "contents": [{**FOREIGN, "id": FOREIGN_ID[:-1] + str(number)}]}
        )
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.write(tmp_path / "1.json", "1.json")
        archive.write(tmp_path / "2.json", "2.json")
    for command in (("import", "--dry-run"), ("validate",)):
        assert "498 of 500 services are on pages that are not here" in ht(*command, str(tmp_path / "pages.zip")).err


def test_a_page_that_is_the_whole_is_no_page_of_several(ht: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", {**PAGE, "total_items": 1, "total_pages": 1, "last_page": True})
    assert "services" not in ht("import", path, "--dry-run").err
    assert "not in this file" not in ht("validate", path).err


@pytest.mark.parametrize("form", ["hsds", "hsds-csv"])
def test_somebody_elses_service_leaves_under_the_id_that_it_came_with(ht: Run, tmp_path: Path, form: str) -> None:
    path = written(tmp_path / "x.json", FOREIGN)
    ht("import", path, "--yes")
    assert "0 to add, 0 to change, 0 to close, 1 as they are" in ht("import", path, "--dry-run").err.replace("1 as it is", "1 as they are")
    ht("update", FOREIGN_ID, "--set", "kind=group", "--yes")
    left = tmp_path / ("left.json" if form == "hsds" else "left.zip")
    assert ht("export", "Écoute Meuse", "--format", form, "-o", str(left)).exit_code == 0
    assert "0 to add, 0 to change, 0 to close" in ht("import", str(left), "--dry-run").err
    if form == "hsds":
        (service,) = (found for found in json.loads(left.read_text("utf-8"))["contents"] if found["id"] == FOREIGN_ID)
        stripped = ht("import", written(tmp_path / "stripped.json", bare(service)), "--dry-run")
        assert "0 to add, 0 to change, 0 to close, 1 as it is" in stripped.err
        assert "one of ours, by its UUID" in stripped.err
    else:
        assert "faults" not in ht("validate", str(left)).err


def rows_in_folders(folder: Path, files: dict[str, object]) -> str:
    for name, rows in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(rows), "utf-8")
    return str(folder)


SERVICE = {"id": FOREIGN_ID, "organization_id": "9f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Table talk", "status": "active"}
OWNER = {"id": "9f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Who runs it", "description": "d"}
NUMBER = {"id": "8f7b145d-84af-42d7-8fae-eaca714b02b2", "service_id": FOREIGN_ID, "number": "+32 9 222 33 61"}


def test_a_folder_with_a_json_file_for_each_table_is_joined(ht: Run, tmp_path: Path) -> None:
    files: dict[str, object] = {"services.json": [SERVICE], "organizations.json": [OWNER], "phones.json": [NUMBER]}
    folder = rows_in_folders(tmp_path / "tables", files)
    outcome = ht("import", folder, "--yes")
    assert "no service of HSDS" not in outcome.err
    with open_catalogue() as connection:
        record = read_record(connection, FOREIGN_ID)
    assert [phone["number"] for phone in record["phones"]] == ["+3292223361"]
    assert record["notes"] == "organization: Who runs it"
    assert ht("validate", folder).exit_code == 0
    rows_in_folders(tmp_path / "tables", {"phones.json": [{"id": NUMBER["id"], "service_id": FOREIGN_ID}]})
    assert "phones.json/0/number" in ht("validate", folder, "--csv").out


def test_a_file_in_a_folder_of_a_folder_is_read(ht: Run, tmp_path: Path) -> None:
    folder = rows_in_folders(tmp_path / "all", {"one.json": SERVICE, "sub/deeper/two.json": {**SERVICE, "id": NUMBER["id"]}})
    outcome = ht("import", folder, "--dry-run")
    assert "2 to add" in outcome.err
    assert ht("validate", folder).exit_code == 0


@pytest.mark.parametrize("found", [{"data": [SERVICE]}, {"content": [SERVICE], "totalPages": 1}, {"type": "FeatureCollection", "features": []}, {"@context": "https://schema.org", "name": "A"}])  # fmt: skip
def test_json_that_is_neither_is_told_what_is_read(ht: Run, tmp_path: Path, found: object) -> None:
    outcome = ht("import", written(tmp_path / "x.json", found), "--yes")
    assert outcome.exit_code == 4
    assert "this is no resource and no service of HSDS; read are a list of either" in outcome.err
