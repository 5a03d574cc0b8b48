import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.exchange import hsds, hsds_csv
from tests.conftest import Outcome
from tests.exchange.hsds.conftest import example, reference_in

Run = Callable[..., Outcome]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "services.json"
    path.write_text("".join(hsds.pieces([example()], reference_in("fr"))), "utf-8")
    return path


def spoil(path: Path, **changed: object) -> Path:
    page = json.loads(path.read_text("utf-8"))
    page["contents"][0].update(changed)
    path.write_text(json.dumps(page), "utf-8")
    return path


def test_a_valid_file_ends_with_0_and_says_so_on_stderr(ht: Run, exported: Path) -> None:
    outcome = ht("validate", str(exported), "--json")
    assert (outcome.exit_code, json.loads(outcome.out)) == (0, [])
    assert "valid HSDS 3.1" in outcome.err


def test_a_valid_file_shows_nothing_on_a_terminal_but_the_note(ht: Run, exported: Path) -> None:
    outcome = ht("validate", str(exported), "--format", "table")
    assert (outcome.exit_code, outcome.out) == (0, "")


def test_faults_end_with_4_and_say_where_what_and_what_is_allowed(ht: Run, exported: Path) -> None:
    outcome = ht("validate", str(spoil(exported, status="open", maximum_age=None)), "--json")
    assert outcome.exit_code == 4
    assert json.loads(outcome.out) == [
        {"path": "/contents/0/status", "rule": "choice", "problem": "“open” is not among the choices", "allowed": "active, inactive, defunct, temporarily closed"},
        {"path": "/contents/0/maximum_age", "rule": "null", "problem": "null; what is not known is left out", "allowed": "0, 18, 50.85"},
    ]  # fmt: skip
    assert "faults in services.json: 2" in outcome.err


def test_in_a_pipe_the_faults_are_tab_separated(ht: Run, exported: Path) -> None:
    lines = ht("validate", str(spoil(exported, email="nope"))).out.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [["path", "rule"], ["/contents/0/email", "format"]]


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "n'est pas un des choix"), ("nl", "geen van de keuzes"), ("de", "nicht zur Auswahl")]
)
def test_the_faults_are_said_in_the_readers_language(
    ht: Run, exported: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("HT_LANG", language)
    assert said in ht("validate", str(spoil(exported, status="open"))).out


def test_a_package_is_checked_as_a_zip_file_and_as_a_folder(ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(b"".join(hsds_csv.pieces([example()], reference_in("fr"))))
    assert ht("validate", str(path)).exit_code == 0
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path / "p")
    (tmp_path / "p" / "organizations.csv").write_text("id,name,description\n")
    outcome = ht("validate", str(tmp_path / "p"))
    assert outcome.exit_code == 4
    assert "services.csv:2:organization_id\tkey" in outcome.out


def test_thousands_of_faults_are_cut_and_it_is_said(ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"id": "x"}] * 3_000))
    outcome = ht("validate", str(path))
    assert outcome.exit_code == 4
    assert len(outcome.out.splitlines()) == 1_001
    assert "more than 1000" in outcome.err


def test_a_value_with_escapes_does_not_reach_the_terminal(ht: Run, exported: Path) -> None:
    outcome = ht("validate", str(spoil(exported, status="\x1b[2J\u202eopen")))
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.json", b"{", 4), ("a.zip", b"PK\x03\x04", 4), ("a.json", b"\xff", 4), ("absent.json", None, 2), ("x" * 5_000, None, 2)],
)
def test_what_cannot_be_read_ends_with_a_sentence(ht: Run, tmp_path: Path, name: str, content: bytes | None, code: int) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    outcome = ht("validate", str(tmp_path / name))
    assert outcome.exit_code == code
    assert outcome.err.startswith("ht: ")


def test_what_the_schema_allows_is_advice_and_says_so(ht: Run, exported: Path) -> None:
    outcome = ht("validate", str(spoil(exported, assured_date="yesterday")))
    assert outcome.exit_code == 0
    assert "“yesterday” is no date (our advice: the schema allows it)" in outcome.out
    assert "valid HSDS 3.1\nour advice beyond the schema: 1" in outcome.err
    assert ht("validate", str(spoil(exported, status="open"))).exit_code == 4


def test_a_package_is_held_as_strictly_as_its_datapackage_says(ht: Run, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(b"".join(hsds_csv.pieces([example()], reference_in("fr"))))) as package:
        package.extractall(folder)
    header, *rows = (folder / "languages.csv").read_text("utf-8").splitlines()
    names = header.split(",")
    for changed, said in (
        (names[:-1], "languages.csv:1:note\tcolumn\tno such column"),
        ([*names, "extra"], "languages.csv:1:extra\tcolumn\ta column that nothing describes"),
        ([names[1], names[0], *names[2:]], "languages.csv:1\tcolumn\tthe columns stand in another order than is described"),
    ):
        (folder / "languages.csv").write_text(",".join(changed) + "\n", "utf-8")
        outcome = ht("validate", str(folder))
        assert (outcome.exit_code, said in outcome.out) == (4, True)
    (folder / "languages.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    assert ht("validate", str(folder)).exit_code == 0


def test_tabular_json_json_lines_and_a_zip_file_of_services_are_checked(ht: Run, tmp_path: Path, exported: Path) -> None:
    (service,) = json.loads(exported.read_text("utf-8"))["contents"]
    spoilt = {**service, "status": "open"}
    (tmp_path / "tables.json").write_text(json.dumps({"services.csv": [{"id": service["id"], "name": "x", "status": "open"}]}), "utf-8")
    (tmp_path / "lines.json").write_text("\n".join(map(json.dumps, (service, spoilt))), "utf-8")
    with zipfile.ZipFile(tmp_path / "services.zip", "w") as package:
        package.writestr("a.json", json.dumps(spoilt))
    for name, path in (("tables.json", "/services.csv/0/status"), ("lines.json", "/2/status"), ("services.zip", "a.json/status")):
        assert f"{path}\tchoice" in ht("validate", str(tmp_path / name)).out


@pytest.mark.parametrize("column", ["name", "organization_id", "id"])
def test_a_column_that_is_missing_is_one_fault_and_not_one_for_each_row(ht: Run, tmp_path: Path, column: str) -> None:
    from csv import DictReader, DictWriter

    package, folder = tmp_path / "package.zip", tmp_path / "package"
    package.write_bytes(b"".join(hsds_csv.pieces([example(), example(id="another")], reference_in("fr"))))
    zipfile.ZipFile(package).extractall(folder)
    rows = list(DictReader(io.StringIO((folder / "services.csv").read_text("utf-8"))))
    with (folder / "services.csv").open("w", encoding="utf-8", newline="") as file:
        writer = DictWriter(file, [name for name in rows[0] if name != column], extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert [(fault["path"], fault["rule"]) for fault in json.loads(ht("validate", str(folder), "--json").out)] == [
        (f"services.csv:1:{column}", "column")
    ]


@pytest.mark.parametrize("command", ["export burnout namur", "find burnout namur", "show realism"])
@pytest.mark.parametrize("ending", [".json", ".jsonl"])
def test_what_ht_writes_for_other_programs_is_no_hsds_and_how_to_make_one_is_said(
    ht: Callable[..., Outcome], tmp_path: Path, command: str, ending: str
) -> None:
    written = tmp_path / f"services{ending}"
    assert ht(*command.split(), "-o", str(written)).exit_code == 0
    outcome = ht("validate", str(written))
    assert (outcome.exit_code, outcome.out) == (4, "")
    assert outcome.err.rstrip().endswith("make that with: ht export --format hsds -o services.json")


def test_who_has_no_file_yet_learns_how_to_make_one(ht: Callable[..., Outcome], tmp_path: Path) -> None:
    outcome = ht("validate", str(tmp_path / "services.json"))
    assert outcome.exit_code == 2
    assert "ht export --format hsds -o services.json" in outcome.err
