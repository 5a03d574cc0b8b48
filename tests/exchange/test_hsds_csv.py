import csv
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.exchange.hsds.archives import open_archive
from ht_cli.exchange.hsds.packages import package_faults
from ht_cli.exchange.hsds_csv import pieces
from ht_cli.exchange.reference import Organization, Reference
from ht_cli.model import Address, Change, Phone, Resource
from tests.conftest import Outcome
from tests.exchange.hsds.conftest import SHELTER, catalogue, example, reference_in
from tests.exchange.hsds.test_writing import HOSTILE


@pytest.fixture(name="reference")
def reference_fixture() -> Reference:
    return reference_in("fr")


def packed(resources: list[Resource], reference: Reference, path: Path) -> Path:
    path.write_bytes(b"".join(pieces(resources, reference)))
    return path


def rows(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as package:
        return list(csv.DictReader(io.StringIO(package.read(name).decode("utf-8"), newline="")))


def test_frictionless_and_our_own_check_find_no_fault_in_the_whole_catalogue(reference: Reference, tmp_path: Path) -> None:
    from frictionless import Package, system

    changes = [Change("1" * 8, "2026-09-01T10:00:00Z", "", "add", "x", {"needs": (None, ["grief"]), "url": ("", "https://b.be")})]
    path = packed(
        [*catalogue(), example()],
        Reference(*reference[:3], lambda identifier: changes if identifier == "huis-van-steun" else ()),
        tmp_path / "p.zip",
    )
    assert list(package_faults(open_archive(path))) == []
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path / "p")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "p" / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.valid
    assert len(rows(path, "services.csv")) == 1009
    assert [row["previous_value"] for row in rows(path, "metadata.csv")] == ["null", "null"]


@pytest.mark.skipif(
    "HSDS_SCHEMA" not in os.environ, reason="HSDS_SCHEMA names the folder of the public schemas, which are not ours to ship"
)
def test_the_public_description_of_the_package_finds_no_fault(reference: Reference, tmp_path: Path) -> None:
    from frictionless import Package, system

    with zipfile.ZipFile(packed([*catalogue(), example()], reference, tmp_path / "p.zip")) as package:
        package.extractall(tmp_path / "p")
    described = tmp_path / "p" / "datapackage.json"
    ours = {resource["name"] for resource in json.loads(described.read_text())["resources"]}
    public = json.loads((Path(os.environ["HSDS_SCHEMA"]).parent / "datapackage.json").read_text())
    public["resources"] = [resource for resource in public["resources"] if resource["name"] in ours]
    for resource in public["resources"]:
        keys = resource["schema"].get("foreignKeys", ())
        resource["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in ours]
    described.write_text(json.dumps(public))
    with system.use_context(trusted=True):
        assert Package(str(described)).validate().flatten(["type", "note"]) == []


def test_two_runs_give_the_same_bytes_and_no_time_of_the_clock(reference: Reference, tmp_path: Path) -> None:
    first, second = packed([example()], reference, tmp_path / "1.zip"), packed([example()], reference, tmp_path / "2.zip")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_nested_in_json_names_its_owner(reference: Reference, tmp_path: Path) -> None:
    path = packed([example()], reference, tmp_path / "p.zip")
    (service,) = rows(path, "services.csv")
    (organization,) = rows(path, "organizations.csv")
    assert service["organization_id"] == organization["id"]
    assert {
        row["service_id"] for name in ("phones.csv", "languages.csv", "schedules.csv", "service_areas.csv") for row in rows(path, name)
    } == {service["id"]}
    spots, locations = rows(path, "service_at_location.csv"), rows(path, "locations.csv")
    assert [spot["location_id"] for spot in spots] == [location["id"] for location in locations]
    assert [address["location_id"] for address in rows(path, "addresses.csv")] == [locations[0]["id"]]
    owners = {(row["link_entity"], row["link_id"]) for row in rows(path, "attributes.csv")}
    assert ("service", service["id"]) in owners
    assert ("phone", rows(path, "phones.csv")[0]["id"]) in owners


def test_the_package_says_whose_work_it_is_and_under_which_licence(reference: Reference, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed([example()], reference, tmp_path / "p.zip")) as package:
        described = json.loads(package.read("datapackage.json"))
    assert [(licence["name"], licence["path"]) for licence in described["licenses"]] == [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
    ]
    assert described["contributors"][0]["role"] == "publisher"
    assert "https://www.geonames.org/" in [source["path"] for source in described["sources"]]


def test_an_organization_of_several_services_stands_once(reference: Reference, tmp_path: Path) -> None:
    owner = Organization("organization/example.org/huis", "Huis", "https://example.org/")
    shared = reference._replace(organizations=lambda: {"a": owner, "b": owner})
    path = packed([example(id="a"), example(id="b"), example(id="c")], shared, tmp_path / "p.zip")
    assert [row["name"] for row in rows(path, "organizations.csv")] == ["Huis", "Huis van steun"]
    run = [row["organization_id"] for row in rows(path, "services.csv")]
    assert run[0] == run[1] != run[2]
    assert list(package_faults(open_archive(path))) == []


def test_a_term_stands_once_however_often_it_is_used(reference: Reference, tmp_path: Path) -> None:
    codes = [row["code"] for row in rows(packed(catalogue(), reference, tmp_path / "p.zip"), "taxonomy_terms.csv")]
    assert len(codes) == len(set(codes)) > 50


def test_a_confidential_address_is_in_no_file(reference: Reference, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed([example()], reference, tmp_path / "p.zip")) as package:
        assert not any(SHELTER.street.encode() in package.read(name) for name in package.namelist())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_data(text: str, reference: Reference, tmp_path: Path) -> None:
    resource = example(
        name=text, kind=text, notes=text, email=text, url=text, hours={"fr": text}, hours_osm=text, descriptions={"fr": text}, needs=(text, text),
        areas=(text,), languages=(text,), addresses=(Address(text, text, text, text),), phones=(Phone(text, label={"fr": text}), Phone("")),
    )  # fmt: skip
    path = packed([resource], reference, tmp_path / "p.zip")
    assert list(package_faults(open_archive(path))) == []
    with zipfile.ZipFile(path) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode("utf-8")
    assert not set("\x00\x1b\x07\x01\r\u202e\u2066") & set(everything)
    (service,) = rows(path, "services.csv")
    if text.isprintable():
        assert service["name"] == text


def test_a_folder_holds_one_file_for_each_service_or_the_files_of_the_package(ht: Callable[..., Outcome], tmp_path: Path) -> None:
    for form, first in (("hsds", "realism.json"), ("hsds-csv", "services.csv")):
        folder = tmp_path / form
        folder.mkdir()
        assert ht("export", "--format", form, "realism", "-o", str(folder)).exit_code == 0
        assert first in {path.name for path in folder.iterdir()}
        assert ht("validate", str(folder)).exit_code == 0
    (tmp_path / "hsds" / "realism.json").write_text('{"id": "no uuid", "name": "x", "status": "active"}', "utf-8")
    assert ht("validate", str(tmp_path / "hsds")).exit_code == 4
    outcome = ht("export", "--format", "csv", "-o", str(tmp_path / "hsds"))
    assert outcome.exit_code == 2
    assert "is a folder" in outcome.err
