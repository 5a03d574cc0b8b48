import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.exchange.forms import FORMS
from tests.conftest import BUNDLED, ROOT, Outcome

Run = Callable[..., Outcome]
TERMINAL = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"


def ids(csv_text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(csv_text, newline=""))]


@pytest.mark.parametrize("name", FORMS)
def test_two_runs_give_the_same_bytes_and_the_ending_names_the_format(ht: Run, tmp_path: Path, name: str) -> None:
    form = FORMS[name]
    for number, copy in enumerate((tmp_path / "first", tmp_path / "second")):
        copy.mkdir()
        asked = () if form.endings and number else ("--format", name)
        assert ht("export", "burnout", *asked, "-o", str(copy / f"some{form.endings[0] if form.endings else '.json'}")).exit_code == 0
    (first,), (second,) = ((tmp_path / copy).iterdir() for copy in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 500


@pytest.mark.parametrize("name", [name for name in FORMS if not FORMS[name].binary])
def test_a_file_and_a_pipe_get_the_same_bytes(tmp_path: Path, name: str) -> None:
    command = [sys.executable, "-m", "ht_cli", "export", "burnout", "--format", name]
    piped = subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout
    subprocess.run([*command, "-o", str(tmp_path / "some")], check=True, cwd=ROOT)
    assert (tmp_path / "some").read_bytes() == piped


@pytest.mark.parametrize(
    "asked", [("ado", "anxieux", "liege"), ("--city", "namur", "--need", "burnout"), ("--kind", "helpline", "--free"), ("deuil", "--near", "20", "--city", "gent")]
)  # fmt: skip
def test_words_and_filters_give_all_that_the_search_shows_sorted_by_id(ht: Run, asked: tuple[str, ...]) -> None:
    shown = ht("find", *asked, "--limit", "10000", "--format", "ids").out.split()
    exported = ids(ht("export", *asked).out)
    assert exported == sorted(shown)
    assert len(exported) > 3


def test_without_filters_it_is_every_active_resource_and_with_all_every_one(ht: Run) -> None:
    with sqlite3.connect(BUNDLED) as connection:
        active = [row[0] for row in connection.execute("SELECT id FROM resource WHERE status = 'active' ORDER BY id")]
        (everything,) = connection.execute("SELECT COUNT(*) FROM resource").fetchone()
    assert ids(ht("export").out) == active
    assert len(ids(ht("export", "--all").out)) == everything > len(active)


def test_lines_to_call_go_to_stderr_when_the_words_speak_of_danger(ht: Run) -> None:
    outcome = ht("export", "suicide", "--format", "jsonl")
    assert "112" in outcome.err
    assert all(json.loads(line)["id"] for line in outcome.out.splitlines())


def test_nothing_found_ends_with_1_writes_nothing_and_says_what_would_help(ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("what was there")
    outcome = ht("export", "--city", "namur", "--need", "gambling", "--free", "--language", "de", "--force", "-o", str(path))
    assert outcome.exit_code == 1
    assert outcome.out == ""
    assert "without the" in outcome.err
    assert path.read_text() == "what was there"
    assert ht("export", "--since", "2099-01-01").exit_code == 1
    assert ht("export", "qqqqqq").exit_code == 1


def test_since_keeps_what_was_changed_or_checked_from_that_day_on(ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = str(tmp_path / "own.db")
    shutil.copy(BUNDLED, own)
    with sqlite3.connect(own) as connection:
        connection.execute("UPDATE resource SET changed_on = NULL, checked_on = NULL")
        connection.execute("UPDATE resource SET checked_on = '2026-11' WHERE id = 'agricall'")
        connection.execute("UPDATE resource SET changed_on = '2026-11-02' WHERE id = 'realism'")
    assert ht("update", "al-anon-fr", "--set", "cost=paid", "--yes", "--catalogue", own).exit_code == 0
    assert ids(ht("export", "--since", "2026-11-02", "--catalogue", own).out) == ["agricall", "al-anon-fr", "realism"]
    assert ids(ht("export", "--since", "2026-11-03", "--catalogue", own).out) == ["agricall", "al-anon-fr"]
    assert ids(ht("export", "--kind", "network-youth", "--since", "2026-11", "--catalogue", own).out) == ["realism"]


def test_fields_choose_columns_and_keys_in_their_order(ht: Run) -> None:
    assert ht("export", "realism", "--fields", "name,id").out.splitlines()[0] == "name,id"
    first = json.loads(ht("export", "realism", "--format", "json", "--fields", "url,id,description", "--locale", "nl").out)[0]
    assert list(first) == ["url", "id", "description"]
    assert first["description"].startswith("Netwerk geestelijke gezondheid")
    assert json.loads(ht("export", "realism", "--json", "--fields", "description_nl").out)[0] == {"description_nl": first["description"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--fields", "nmae"), "no field nmae"),
        (("--fields", "id", "--format", "geojson"), "no columns to choose"),
        (("--format", "xml"), "no format xml"),
        (("-o", "all.docx"), "the ending .docx means no format"),
        (("-o", "all.pdf"), "; .pdf is made by ht sheet"),
        (("-o", "all.png"), "; .png is made by ht map"),
        (("--since", "yesterday"), "yesterday is no date"),
        (("--stamp",), "no place for the moment"),
        (("--stamp", "--format", "vcard"), "no place for the moment"),
        (("--json", "--format", "csv"), "choose one format: csv, json"),
        (("--excel", "--format", "json"), "--excel makes a CSV"),
        (("--vcard-version", "4.0", "--format", "json"), "--vcard-version is that of contact cards"),
        (("-o", "no/such/folder/all.csv"), "cannot write no/such/folder/all.csv"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_2(ht: Run, typed: tuple[str, ...], said: str) -> None:
    outcome = ht("export", *typed)
    assert outcome.exit_code == 2
    assert outcome.out == ""
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].binary])
def test_bytes_are_kept_from_a_terminal(name: str) -> None:
    command = [sys.executable, "-c", TERMINAL, sys.executable, "-m", "ht_cli", "export", "burnout", "--format", name]
    run = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, stdin=subprocess.DEVNULL, env=os.environ | {"HT_LANG": "en"})
    assert run.returncode == 2
    assert b"is no text for a terminal" in run.stdout
    assert b"\x00" not in run.stdout


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].stamped])
def test_the_clock_is_asked_only_with_stamp(ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from ht_cli import clock

    written = []
    for moment in ("2027-01-02T03:04:05.000Z", "2028-01-02T03:04:05.000Z"):
        monkeypatch.setattr(clock, "moment", lambda moment=moment: moment)
        for stamp in ((), ("--stamp",)):
            ht("export", "burnout", "--format", name, "--force", "-o", str(tmp_path / "some"), *stamp)
            written.append((tmp_path / "some").read_bytes())
    assert written[0] == written[2]
    assert len({*written[1::2], written[0]}) == 3


def test_the_catalogue_that_is_read_is_never_written_over(ht: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    shutil.copy(BUNDLED, own)
    outcome = ht("export", "--catalogue", str(own), "--force", "-o", str(own))
    assert outcome.exit_code == 2
    assert "is the catalogue that is read" in outcome.err
    assert own.read_bytes() == BUNDLED.read_bytes()


@pytest.mark.parametrize("name", FORMS)
def test_no_format_trips_over_a_name_of_ten_thousand_characters(ht: Run, tmp_path: Path, name: str) -> None:
    own = tmp_path / "own.db"
    shutil.copy(BUNDLED, own)
    with sqlite3.connect(own) as connection:
        connection.execute("UPDATE resource SET name = ? WHERE id = 'realism'", ("=<é;😀" * 2_000,))
    assert ht("export", "--catalogue", str(own), "--format", name, "-o", str(tmp_path / "out")).exit_code == 0
    assert (tmp_path / "out").stat().st_size > 100_000


@pytest.mark.parametrize("name", FORMS)
def test_half_a_surrogate_pair_in_the_catalogue_is_one_sentence_and_leaves_no_file(ht: Run, tmp_path: Path, name: str) -> None:
    own = tmp_path / "own.db"
    shutil.copy(BUNDLED, own)
    with sqlite3.connect(own) as connection:
        connection.execute("UPDATE resource SET name = CAST(X'EDA080' AS TEXT) WHERE id = 'realism'")
    outcome = ht("export", "--catalogue", str(own), "--format", name, "-o", str(tmp_path / "out"))
    assert outcome.exit_code == 5
    assert len(outcome.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["own.db"]


def test_a_missing_extra_says_how_to_install_it(ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    outcome = ht("export", "burnout", "-o", str(tmp_path / "some.xlsx"))
    assert outcome.exit_code == 2
    assert "pip install 'ht-cli[xlsx]'" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.for_people])
def test_what_nobody_could_reach_is_left_out_of_pages_for_people_and_counted(ht: Run, tmp_path: Path, name: str) -> None:
    listed, offered = (ht("export", "--format", form).out for form in ("csv", "vcard"))
    left = len(ids(listed)) - offered.count("BEGIN:VCARD")
    assert left > 0
    path = str(tmp_path / f"some{FORMS[name].endings[0]}")
    assert f"{left} without any contact are left out; --all adds them" in ht("export", "-o", path).err
    assert "left out" not in ht("export", "--all", "-o", path, "--force").err
    assert "left out" not in ht("export", "-o", str(tmp_path / "all.csv")).err


def test_a_source_file_that_says_the_same_stays_as_it_is_and_another_is_written_over(own: Path, ht: Run, tmp_path: Path) -> None:
    ht("update", "realism", "--set", "email=a@example.org", "--yes")
    assert ht("export", "--format", "sources", "-o", str(tmp_path)).exit_code == 0
    file = tmp_path / "resources" / "realism.toml"
    with_remark = "# asked twice\n" + file.read_text("utf-8")
    file.write_text(with_remark, "utf-8")
    assert ht("export", "--format", "sources", "-o", str(tmp_path)).exit_code == 0
    assert file.read_text("utf-8") == with_remark
    ht("update", "realism", "--set", "email=b@example.org", "--yes")
    assert ht("export", "--format", "sources", "-o", str(tmp_path)).exit_code == 0
    assert "b@example.org" in file.read_text("utf-8")
    assert "writes over the files" in " ".join(ht("export", "--help").out.split())
