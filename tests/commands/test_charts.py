import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import ImageFont

from ht_cli.exchange.charts import EDGE
from tests.conftest import ROOT, Outcome

Run = Callable[..., Outcome]
CHARTS = ["provinces", "needs", "kinds", "languages", "age", "no-group-near", "no-service-brussels", "no-service-province"]


def test_machines_get_the_numbers_behind_the_bars_and_what_is_lacking(ht: Run) -> None:
    rows = json.loads(ht("info", "--charts", "--json").out)
    assert list(dict.fromkeys(row["chart"] for row in rows)) == CHARTS
    needs = {row["id"]: row["value"] for row in rows if row["chart"] == "needs"}
    terms = {row["id"]: row["count"] for row in json.loads(ht("terms", "needs", "--json").out)}
    assert needs == {"any": needs["any"]} | terms
    for row in rows:
        if row["lacking"]:
            assert row["value"] == len(row["lacking"].split("; "))


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_bars_fit_the_window_need_no_colour_and_are_as_long_as_their_counts(columns: int) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ht_cli", "info", "--charts", "--format", "table"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8"},
    )
    assert max(map(len, run.stdout.splitlines())) <= columns
    assert "\x1b" not in run.stdout
    bars = {int(count): len(bar) for count, bar in re.findall(r"(\d+)  (█+)", run.stdout.split("\n\n")[0])}
    assert sorted(bars) == sorted(bars, key=lambda count: (bars[count], count))


def test_a_screen_reader_gets_labels_and_values_and_no_blocks(ht: Run) -> None:
    said = ht("info", "--charts", "--format", "records").out
    assert not re.search("[\u2500-\u259f]", said)
    assert re.search(r"^Antwerp: \d+$", said, re.M)
    assert re.search(r"^Dutch: \d+ \(", said, re.M)


def test_a_stream_that_is_not_utf_8_gets_bars_of_hash_signs() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    command = [sys.executable, "-m", "ht_cli", "info", "--charts", "--format", "table"]
    run = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environment)
    assert b" ####" in run.stdout
    assert b"??" not in run.stdout


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_picture_is_well_formed_whole_in_every_language_and_loads_nothing(
    ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("HT_LANG", language)
    for name in ("one.svg", "two.svg"):
        assert ht("info", "--charts", "-o", str(tmp_path / name)).exit_code == 0
    picture = (tmp_path / "one.svg").read_text("utf-8")
    assert picture == (tmp_path / "two.svg").read_text("utf-8")
    assert picture.replace("http://www.w3.org/2000/svg", "").count("://") == 0
    root = ElementTree.fromstring(picture)
    shown = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    rows = json.loads(ht("info", "--charts", "--json").out)
    assert {row["label"] for row in rows} <= set(shown)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}rect"))) == len(rows)
    for rectangle in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(rectangle.attrib["x"]) + float(rectangle.attrib["width"]) <= 720


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_no_label_leaves_the_picture_at_its_left_edge(ht: Run, tmp_path: Path, language: str) -> None:
    picture = tmp_path / "charts.svg"
    ht("info", "--charts", "-o", str(picture), "--locale", language)
    font = ImageFont.truetype("DejaVuSans.ttf", 13)  # a wide one
    labels = [text for text in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}text") if text.get("class") == "label"]
    assert len(labels) > 50
    assert min(float(text.get("x", 0)) - font.getlength(text.text or "") for text in labels) >= EDGE


def test_a_format_and_a_file_of_another_ending_are_refused_and_nothing_is_written(ht: Run, tmp_path: Path) -> None:
    outcome = ht("info", "--charts", "--csv", "-o", str(tmp_path / "charts.svg"))
    assert outcome.exit_code == 2
    assert "charts.svg promises svg, and csv is asked for" in outcome.err
    assert not list(tmp_path.iterdir())
