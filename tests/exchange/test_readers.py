"""What programs that read tables make of ours with their defaults: numbers stay texts, and what they save comes back."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.exchange.columns import LOSSLESS
from ht_cli.exchange.delimited import csv_pieces, tsv_pieces
from ht_cli.exchange.json_text import jsonl_pieces
from ht_cli.exchange.reference import Reference
from ht_cli.model import Address, Phone, Resource
from ht_cli.wording import Words
from tests.exchange.incoming import read_file

PLAIN = Reference("fr", Words(), {}, lambda _resource: ())
# Nothing stands beside a number, an age or a year: the hardest for a program that guesses types.
BARE = Resource(id="bare", name="0800", kind="service", phones=(Phone("+3265347674"),), min_age=18, languages=("fr",), areas=("nis:62063",))
RESOURCES = [
    BARE,
    BARE._replace(id="short", phones=(Phone("107"),), closed_on="2026", addresses=(Address("", "4000", "", "62063"),)),
    BARE._replace(id="without", name="\"Quoted\" and \\n", phones=(), min_age=None, descriptions={"fr": "Deux\nlignes\tet un « \" »"}, referral_needed=True),
    BARE._replace(id="two", phones=(Phone("+3265347674"), Phone("116000", label={"fr": "jour; nuit|"})), referral_needed=False),
]  # fmt: skip
Saved = Callable[[Path, Path], None]


def by_pandas(source: Path, target: Path) -> None:
    import pandas

    pandas.read_csv(source, sep="," if source.suffix == ".csv" else "\t").to_csv(target, index=False)


def by_duckdb(source: Path, target: Path) -> None:
    import duckdb

    duckdb.sql(f"copy (from '{source}') to '{target}'")


def by_csvkit(source: Path, target: Path) -> None:
    target.write_bytes(subprocess.run([sys.executable, "-m", "csvkit.utilities.csvsort", source], capture_output=True, check=True).stdout)


def by_sqlite_utils(source: Path, target: Path) -> None:
    database = source.with_suffix(".db")
    command = [sys.executable, "-m", "sqlite_utils"]
    subprocess.run([*command, "insert", database, "t", source, f"--{source.suffix[1:]}", "--silent"], capture_output=True, check=True)
    target.write_bytes(subprocess.run([*command, "rows", database, "t", "--csv"], capture_output=True, check=True).stdout)


@pytest.mark.parametrize(
    ("form", "saved"),
    [
        ("csv", by_pandas), ("csv", by_duckdb), ("csv", by_csvkit), ("csv", by_sqlite_utils),
        ("tsv", by_pandas), ("tsv", by_duckdb), ("tsv", by_sqlite_utils),
    ],
)  # fmt: skip
def test_what_a_program_saves_with_its_defaults_says_the_same(tmp_path: Path, form: str, saved: Saved) -> None:
    source, target = tmp_path / f"all.{form}", tmp_path / "saved.csv"
    pieces = csv_pieces if form == "csv" else tsv_pieces
    source.write_text("".join(pieces(RESOURCES, PLAIN)), "utf-8", newline="")
    saved(source, target)
    if form == "tsv":  # the escapes of a table between tabs stay in what is saved from it
        rows = list(csv.reader(io.StringIO(target.read_text("utf-8"), newline="")))
        target = tmp_path / "saved.tsv"
        target.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8", newline="")
    (before, none), (after, bad) = read_file(source), read_file(target)
    assert none == bad == []
    assert {row.id: row.values for row in after} == {row.id: row.values for row in before}
    assert [row.values["phones"] for row in before][:2] == [[{"number": "+3265347674"}], [{"number": "107"}]]


def test_a_line_between_tabs_is_a_row_for_cut_and_awk(tmp_path: Path) -> None:
    lines = "".join(tsv_pieces(RESOURCES, PLAIN)).splitlines()
    assert len(lines) == 1 + len(RESOURCES)
    assert {len(line.split("\t")) for line in lines} == {len(LOSSLESS) + 1}
    assert json.dumps([line.split("\t")[0] for line in lines]) == '["id", "bare", "short", "without", "two"]'


def lines_by_pandas(source: Path) -> list[tuple[str, list[str], str]]:
    import pandas

    return [(row.id, row.needs, row.phones[0]["number"]) for row in pandas.read_json(source, lines=True).itertuples() if row.phones]


def lines_by_duckdb(source: Path) -> list[tuple[str, list[str], str]]:
    import duckdb

    return duckdb.sql(f"select id, needs, phones[1].number from '{source}' where len(phones) > 0").fetchall()


def lines_by_sqlite_utils(source: Path) -> list[tuple[str, list[str], str]]:
    database = source.with_suffix(".db")
    subprocess.run(
        [sys.executable, "-m", "sqlite_utils", "insert", database, "t", source, "--nl", "--silent"], capture_output=True, check=True
    )
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT id, needs, phones FROM t").fetchall()
    return [(identifier, json.loads(needs), json.loads(phones)[0]["number"]) for identifier, needs, phones in rows if json.loads(phones)]


@pytest.mark.parametrize("read", [lines_by_pandas, lines_by_duckdb, lines_by_sqlite_utils])
def test_a_line_of_json_is_an_object_with_its_lists(tmp_path: Path, read: Callable[[Path], list[tuple[str, list[str], str]]]) -> None:
    source = tmp_path / "resources.jsonl"
    needing = [
        resource._replace(needs=("grief", "school"), descriptions={"fr": "Deux\nlignes"}, hours={}, area_note={}) for resource in RESOURCES
    ]
    source.write_text("".join(jsonl_pieces(needing, PLAIN)), "utf-8")
    expected = [(resource.id, ["grief", "school"], resource.phones[0].number) for resource in needing if resource.phones]
    assert [(identifier, list(needs), number) for identifier, needs, number in read(source)] == expected
