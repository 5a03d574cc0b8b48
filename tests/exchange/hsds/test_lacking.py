"""A package that lost a file or a column says nothing of what stood there, and takes nothing out."""

import csv
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import record_of, tidy
from ht_cli.catalogue.keeping.verifying import UNWRITTEN
from ht_cli.commands._meanings import meanings_of
from ht_cli.commands._reference import reference_of
from ht_cli.exchange import hsds_csv
from ht_cli.exchange.files import BadRow, Incoming
from ht_cli.exchange.hsds.arriving import rows_of_package, rows_of_tables
from ht_cli.exchange.hsds.joining import table_named, typed
from ht_cli.exchange.hsds.tables import tables
from tests.exchange.hsds.conftest import catalogue

SOME = ("realism", "abri-de-nuit-mons", "alzheimer-cafe-ans", "tele-accueil-107", "similes-vlaanderen", "agricall", "child-focus")
TIES = ("id", "link_id", "link_entity", "taxonomy_id")  # without its id a row is a new one, and belongs to nothing
NOT_THERE = "not in the file: it says nothing"


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    """The files of a package with some services."""
    some = [resource for resource in catalogue() if resource.id in SOME]
    assert len(some) > 4
    with open_catalogue() as connection:
        content = b"".join(hsds_csv.pieces(some, reference_of(connection)))
    with zipfile.ZipFile(BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rows(content: bytes) -> list[list[str]]:
    return [*csv.reader(content.decode("utf-8").splitlines(keepends=True))]


def said_in(content: bytes) -> list[str]:
    """The columns in which some row says something."""
    header, *lines = rows(content)
    return [column for place, column in enumerate(header) if any(line[place] for line in lines)]


def without_column(content: bytes, column: str) -> bytes:
    table = rows(content)
    place = table[0].index(column)
    return _text([[*row[:place], *row[place + 1 :]] for row in table])


def _text(table: list[list[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def arriving(folder: Path, files: dict[str, bytes]) -> list[Incoming | BadRow]:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with open_catalogue() as connection:
        return [*rows_of_package(folder, meanings_of(connection))]


def facts(record: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in tidy(record).items() if field not in UNWRITTEN}


@cache
def here() -> dict[str, dict[str, Any]]:
    """What the resources say, by id."""
    return {resource.id: facts(record_of(resource)) for resource in catalogue()}


def changes(found: list[Incoming | BadRow]) -> Iterator[tuple[str, str]]:
    """The fields that come back otherwise than they are here."""
    for row in found:
        assert isinstance(row, Incoming), row
        now, was = facts(row.values), here()[row.id]
        yield from ((row.id, field) for field in {**now, **was} if now.get(field) != was.get(field))


def test_no_file_that_is_missing_takes_anything_out(package: dict[str, bytes], tmp_path: Path) -> None:
    for name in package:
        if name not in ("services.csv", "datapackage.json"):
            found = arriving(tmp_path / name, {file: content for file, content in package.items() if file != name})
            assert [*changes(found)] == [], name
            assert (name, NOT_THERE) in {(left.name, left.why) for row in found if isinstance(row, Incoming) for left in row.left}


def test_no_column_that_is_missing_takes_anything_out(package: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in package.items():
        for column in said_in(content) if name.endswith(".csv") else ():
            if column not in TIES:
                found = arriving(tmp_path / f"{name}-{column}", {**package, name: without_column(content, column)})
                assert [*changes(found)] == [], (name, column)


def test_an_emptied_cell_takes_its_fact_out(package: dict[str, bytes], tmp_path: Path) -> None:
    table = rows(package["services.csv"])
    place = table[0].index("email")
    emptied = _text([table[0], *([*row[:place], "", *row[place + 1 :]] for row in table[1:])])
    assert {field for _id, field in changes(arriving(tmp_path / "x", {**package, "services.csv": emptied}))} == {"email"}


def test_a_column_that_stands_twice_is_refused(package: dict[str, bytes], tmp_path: Path) -> None:
    table = rows(package["services.csv"])
    place = table[0].index("url")
    doubled = _text([[*row, row[place] if number == 0 else "https://other.example.org"] for number, row in enumerate(table)])
    found = arriving(tmp_path / "x", {**package, "services.csv": doubled})
    assert ("services.csv:1:url", "a column stands twice") in {(row.column, row.reason) for row in found if isinstance(row, BadRow)}
    assert not any(isinstance(row, Incoming) for row in found)


def test_tables_in_json_that_are_not_there_take_nothing_out(package: dict[str, bytes]) -> None:
    def objects(name: str) -> list[dict[str, Any]]:
        header, *lines = rows(package[name])
        return [typed(tables()[table_named(name)], dict(zip(header, line, strict=True))) for line in lines]

    found = {name: objects(name) for name in package if name.endswith(".csv") and name != "phones.csv"}
    with open_catalogue() as connection:
        assert [*changes([*rows_of_tables(found, meanings_of(connection))])] == []


def test_what_somebody_elses_package_has_no_place_for_is_not_said_to_be_empty(tmp_path: Path) -> None:
    services = b"id,name,status\n3f7b145d-84af-42d7-8fae-eaca714b02b2,A,active\n"
    (row,) = arriving(tmp_path / "x", {"services.csv": services})
    assert isinstance(row, Incoming)
    assert not {"phones", "email", "url", "hours_osm", "addresses", "languages", "areas", "min_age"} & row.values.keys()
    phones = b"id,service_id,number\n"
    (row,) = arriving(tmp_path / "x", {"services.csv": services, "phones.csv": phones})
    assert isinstance(row, Incoming)
    assert row.values["phones"] == []
