"""Twelve planted faults, each found where it is; and files that mean harm."""

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ht_cli.errors import HtError, InvalidDataError, UsageError
from ht_cli.exchange import hsds_csv
from ht_cli.exchange.hsds import archives, pieces
from ht_cli.exchange.hsds.archives import is_archive, open_archive
from ht_cli.exchange.hsds.documents import document_faults, document_of, read_document
from ht_cli.exchange.hsds.packages import package_faults
from ht_cli.exchange.hsds.tables import tables
from ht_cli.exchange.hsds.validating import faults
from ht_cli.exchange.reference import Reference
from tests.exchange.hsds.conftest import example, reference_in

Spoil = Callable[[dict[str, Any]], object]
Found = list[tuple[str, str]]


def spoilt(spoil: Spoil) -> Found:
    """The faults of our own export after one thing was broken: (path, rule)."""
    page = json.loads("".join(pieces([example()], reference_in("fr"))))
    spoil(page["contents"][0])
    return [(fault.path, fault.rule) for fault in document_faults(document_of(page))]


def test_fault_1_a_required_field_is_missing() -> None:
    assert spoilt(lambda service: service.pop("status")) == [("/contents/0/status", "required")]


def test_fault_2_an_id_is_no_uuid() -> None:
    assert spoilt(lambda service: service.update(id="huis-van-steun")) == [("/contents/0/id", "format")]


def test_fault_3_a_site_is_no_uri() -> None:
    assert spoilt(lambda service: service.update(url="not a url")) == [("/contents/0/url", "format")]


def test_fault_4_an_email_address_is_none() -> None:
    assert spoilt(lambda service: service.update(email="nope")) == [("/contents/0/email", "format")]


def test_fault_5_an_age_is_a_text() -> None:
    assert spoilt(lambda service: service.update(minimum_age="18")) == [("/contents/0/minimum_age", "type")]


def test_fault_6_something_is_null() -> None:
    assert spoilt(lambda service: service.update(maximum_age=None)) == [("/contents/0/maximum_age", "null")]


def test_fault_7_a_status_is_none_of_the_four() -> None:
    page = {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "x", "status": "open"}
    (fault,) = faults("service", page)
    assert (fault.path, fault.rule) == ("/status", "choice")
    assert fault.allowed == "active, inactive, defunct, temporarily closed"


def test_fault_8_a_date_that_the_public_schema_lets_through() -> None:
    assert spoilt(lambda service: service.update(assured_date="yesterday")) == [("/contents/0/assured_date", "format")]
    assert spoilt(lambda service: service.update(assured_date="2026-02-30")) == [("/contents/0/assured_date", "format")]


def test_fault_9_a_time_of_day_that_does_not_exist() -> None:
    assert spoilt(lambda service: service["schedules"][0].update(opens_at="25:00")) == [("/contents/0/schedules/0/opens_at", "format")]


def test_fault_10_a_moment_without_its_offset() -> None:
    assert spoilt(lambda service: service.update(last_modified="2026-10-01T00:00:00")) == [("/contents/0/last_modified", "format")]


def test_fault_11_a_phone_without_number_deep_inside() -> None:
    assert spoilt(lambda service: service["phones"][1].pop("number")) == [("/contents/0/phones/1/number", "required")]


def test_fault_12_a_list_is_an_object() -> None:
    assert spoilt(lambda service: service.update(languages={"code": "fr"})) == [("/contents/0/languages", "shape")]


def test_an_id_that_stands_twice_is_found() -> None:
    page = json.loads("".join(pieces([example(), example()], reference_in("fr"))))
    assert [(fault.path, fault.rule) for fault in document_faults(document_of(page))] == [("/contents/1/id", "unique")]


def test_an_address_without_province_and_a_wrong_envelope_are_found() -> None:
    page = json.loads("".join(pieces([example()], reference_in("fr"))))
    del page["contents"][0]["service_at_locations"][0]["location"]["addresses"][0]["state_province"]
    page["total_items"] = "1"
    assert [fault.path for fault in document_faults(document_of(page))] == [
        "/total_items", "/contents/0/service_at_locations/0/location/addresses/0/state_province",
    ]  # fmt: skip


def test_properties_that_hsds_does_not_know_are_allowed() -> None:
    assert spoilt(lambda service: service.update(our_own={"x": None})) == []


def test_every_table_has_an_id_and_every_reference_a_table() -> None:
    assert len(tables()) == 24
    for table in tables().values():
        assert table.fields["id"].required
        assert set(table.references.values()) <= set(tables())
        assert all(field.of[0] in tables() for field in table.fields.values() if field.nested)


# The package


def package(reference: Reference) -> dict[str, str]:
    content = b"".join(hsds_csv.pieces([example()], reference))
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name).decode("utf-8") for name in opened.namelist()}


def faults_of_folder(files: dict[str, str], folder: Path) -> Found:
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return [(fault.path, fault.rule) for fault in package_faults(open_archive(folder))]


def edited(text: str, column: str, value: str, line: int = 2) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    rows[line - 1][rows[0].index(column)] = value
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


PLANTED = [
    ("services.csv", "organization_id", "3f7b145d-84af-42d7-8fae-eaca714b02b2", [("services.csv:2:organization_id", "key")]),
    ("services.csv", "status", "open", [("services.csv:2:status", "choice")]),
    ("services.csv", "minimum_age", "adult", [("services.csv:2:minimum_age", "type")]),
    ("services.csv", "assured_date", "2026-13-01", [("services.csv:2:assured_date", "format")]),
    ("organizations.csv", "description", "", [("organizations.csv:2:description", "required")]),
    ("addresses.csv", "country", "", [("addresses.csv:2:country", "required")]),
    ("schedules.csv", "closes_at", "5 pm", [("schedules.csv:2:closes_at", "format")]),
    ("attributes.csv", "link_id", "3f7b145d-84af-42d7-8fae-eaca714b02b2", [("attributes.csv:2:link_id", "key")]),
    ("attributes.csv", "taxonomy_term_id", "", [("attributes.csv:2:taxonomy_term_id", "required")]),
]


@pytest.mark.parametrize(("file", "column", "value", "expected"), PLANTED, ids=[f"{file}-{column}" for file, column, _v, _e in PLANTED])
def test_a_fault_in_a_package_is_found(file: str, column: str, value: str, expected: Found, tmp_path: Path, reference: Reference) -> None:
    files = package(reference)
    assert faults_of_folder(files, tmp_path) == []
    assert faults_of_folder({file: edited(files[file], column, value)}, tmp_path) == expected


def test_an_id_twice_a_missing_column_a_ragged_row_and_a_missing_file_are_found(tmp_path: Path, reference: Reference) -> None:
    files = package(reference)
    header, first, second, *_rest = files["languages.csv"].splitlines()
    assert ("languages.csv:3:id", "unique") in faults_of_folder({**files, "languages.csv": f"{header}\n{first}\n{first}\n"}, tmp_path)
    assert ("languages.csv:3", "shape") in faults_of_folder({"languages.csv": f"{header}\n{first}\n{second},x\n"}, tmp_path)
    (tmp_path / "languages.csv").unlink()
    assert faults_of_folder({"phones.csv": "id\n"}, tmp_path)[:2] == [
        ("languages.csv", "file"), ("phones.csv:1:location_id", "column"),
    ]  # fmt: skip


# Files that mean harm


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.json", b"[" * 200_000),
        ("deep2.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        ("text.json", b"hello"),
        ("latin.json", "é".encode("latin-1")),
        ("nan.json", b'{"id": NaN}'),
        ("digits.json", b"9" * 10_000),
        ("empty.json", b""),
        ("cut.jsonl", b'{"id": 1}\n{"id":'),
    ],
)
def test_a_file_that_is_no_json_is_refused_with_a_sentence(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidDataError, match=r"is not (JSON|UTF-8)"):
        list(document_faults(read_document(tmp_path / name)))


@pytest.mark.parametrize(
    "content",
    [
        "null",
        "3",
        '"x"',
        "[]",
        "[null, 3, [[]], {}]",
        '{"contents": [null, "x"], "empty": 7}',
        '{"id": {}, "phones": 3, "attributes": [3]}',
    ],
)
def test_wrong_types_everywhere_are_faults_and_no_traceback(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(content)
    found = list(document_faults(read_document(tmp_path / "x.json")))
    assert bool(found) == (content != "[]")


def test_random_values_in_every_field_never_break_the_check() -> None:
    chance = random.Random(4)
    values: list[Any] = [None, True, 3, -1e999, "", "x" * 200, "\ud800", [], {}, [None], [{}], {"id": 1}, [[[]]]]
    for _round in range(300):
        table = chance.choice(list(tables()))
        found = {name: chance.choice(values) for name in tables()[table].fields}
        for fault in faults(table, found):
            assert len(fault.problem) < 200


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return path


def test_paths_that_lead_out_of_a_package_are_not_read(tmp_path: Path, reference: Reference) -> None:
    files = {**package(reference), "../evil.csv": "x", "/etc/evil.csv": "x", "C:\\evil.csv": "x"}
    found = list(package_faults(open_archive(zipped(tmp_path / "p.zip", files))))
    assert {fault.path for fault in found} == {"../evil.csv", "/etc/evil.csv", "C:\\evil.csv"}
    assert {fault.rule for fault in found} == {"path"}


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path, reference: Reference) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text("id\nsecret\n")
    (folder / "url.csv").symlink_to(tmp_path / "secret.csv")
    assert ("url.csv", "path") in faults_of_folder(package(reference), folder)


def test_a_descriptor_that_points_outside_reads_nothing(tmp_path: Path, reference: Reference) -> None:
    descriptor = json.dumps({"resources": [{"name": "service", "path": "../../etc/passwd"}, {"name": "service"}, 3]})
    found = faults_of_folder({**package(reference), "datapackage.json": descriptor}, tmp_path)
    assert ("../../etc/passwd", "file") in found
    assert ("datapackage.json:/resources/2", "shape") in found


def test_a_package_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "BIGGEST", 1_000_000)
    bomb = zipped(tmp_path / "bomb.zip", {"services.csv": "a" * 2_000_000})
    assert bomb.stat().st_size < 10_000
    with pytest.raises(InvalidDataError, match="too large: at most 200 MB are read at once; cut it into several files"):
        open_archive(bomb)


def test_a_package_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    liar = zipped(tmp_path / "liar.zip", {"services.csv": "a" * 2_000_000})
    content = bytearray(liar.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")  # the size that the directory names
    liar.write_bytes(content)
    with pytest.raises(InvalidDataError, match="damaged"):
        list(package_faults(open_archive(liar)))


def test_damaged_packages_end_in_a_sentence(tmp_path: Path, reference: Reference) -> None:
    whole = b"".join(hsds_csv.pieces([example()], reference))
    chance = random.Random(7)
    refused = 0
    for _round in range(150):
        content = bytearray(whole)
        for _change in range(chance.randint(1, 20)):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        (tmp_path / "p.zip").write_bytes(content)
        try:
            found = list(package_faults(open_archive(tmp_path / "p.zip")))
        except HtError:
            refused += 1
        else:
            assert all(fault.rule for fault in found)
    assert refused


def test_a_zip_file_with_a_password_and_one_of_a_name_twice_are_faults(tmp_path: Path, reference: Reference) -> None:
    path = zipped(tmp_path / "p.zip", package(reference))
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1  # the flag of encryption, in the directory
    path.write_bytes(content)
    assert ("datapackage.json", "path") in [(fault.path, fault.rule) for fault in package_faults(open_archive(path))]
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as opened:
        opened.writestr("services.csv", "id\n")
    assert ("services.csv", "path") in [(fault.path, fault.rule) for fault in package_faults(open_archive(path))]


def test_a_giant_cell_is_a_fault(tmp_path: Path, reference: Reference) -> None:
    files = package(reference)
    assert any(rule == "shape" for _path, rule in faults_of_folder({**files, "languages.csv": 'id\n"' + "x" * 200_000 + '"\n'}, tmp_path))


def test_what_is_a_package_is_seen_by_its_beginning(tmp_path: Path, reference: Reference) -> None:
    zipped(tmp_path / "p.data", package(reference))
    (tmp_path / "x.json").write_text("[]")
    assert is_archive(tmp_path / "p.data")
    assert is_archive(tmp_path)
    assert not is_archive(tmp_path / "x.json")
    with pytest.raises(UsageError):
        open_archive(tmp_path / "absent.zip")
