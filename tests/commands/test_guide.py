import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.guide import TOPICS, find_topic
from tests.conftest import ROOT, Outcome
from tests.test_house import loaded

Run = Callable[..., Outcome]


def typed(*arguments: str, columns: int = 80, **environment: str) -> str:
    """What a terminal of so many columns shows."""
    command = f"stty cols {columns} rows 50; {sys.executable} -m ht_cli {' '.join(arguments)}"
    run = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | {"TERM": "xterm", "HT_LANG": "en"} | environment,
    )
    return run.stdout.decode().replace("\r\n", "\n")


def test_without_a_topic_the_first_page_and_the_list_of_all_are_given(ht: Run) -> None:
    page = ht("guide").out
    assert page.startswith("# Where to begin\n")
    assert all(f"`ht guide {topic}`" in page for topic in TOPICS)


def test_off_a_terminal_a_page_is_markdown_and_to_a_file_it_is_the_same(ht: Run, tmp_path: Path) -> None:
    page = ht("guide", "platforms").out
    assert page.startswith("# Other platforms\n")
    assert "```sh\nht show pbsm kalima healing-together\n" in page
    assert ht("guide", "platforms", "-o", str(tmp_path / "page.md")).exit_code == 0
    assert (tmp_path / "page.md").read_text("utf-8") == page


def test_machines_get_every_page_in_one_language(ht: Run) -> None:
    pages = json.loads(ht("guide", "--json").out)
    assert [page["topic"] for page in pages] == list(TOPICS)
    assert json.loads(ht("guide", "why", "a", "group", "--json").out)[0]["topic"] == "why-groups"
    assert [row.split("\t")[0] for row in ht("guide", "--list").out.splitlines()] == ["topic", *TOPICS]


def test_an_unknown_topic_ends_with_1_and_several_with_3(ht: Run) -> None:
    unknown = ht("guide", "xyzzy")
    assert unknown.exit_code == 1
    assert "112" in unknown.err
    several = ht("guide", "kein", "netwerk")
    assert several.exit_code == 3
    assert "networks-youth" in several.err


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_page_fits_the_window_and_is_never_wider_than_reads_well(columns: int) -> None:
    page = typed("guide", "networks-adults", columns=columns)
    lines = [re.sub(r"\x1b\[\d+m", "", line) for line in page.splitlines()]
    assert max(map(len, lines)) <= min(columns, 76)
    assert ("\x1b[1mThe 107 networks, for adults\x1b[22m" in page) is (columns >= 60)


def test_a_phone_number_is_never_cut_at_the_end_of_a_line() -> None:
    for columns in (40, 61, 64, 67, 70):
        page = typed("guide", "emergency", columns=columns, HT_LANG="fr")
        assert "0800 32 123" in page
        assert "02 616 26 26" in page


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"HT_ACCESSIBLE": "1"}])
def test_a_page_is_plain_where_no_escape_may_be(environment: dict[str, str]) -> None:
    page = typed("guide", **environment)
    assert "\x1b" not in page
    assert "**" not in page
    assert page.startswith("Where to begin\n")


def test_a_shell_completes_topics() -> None:
    run = subprocess.run([sys.executable, "-m", "ht_cli", "__complete", "guide", "n"], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == ["networks-adults", "networks-youth", "not-alone"]


@pytest.mark.parametrize(
    ("language", "typed", "word"),
    [("fr", "urg", "urgence"), ("fr", "dett", "dettes"), ("nl", "schul", "schulden"), ("de", "notf", "notfall")],
)
def test_a_shell_completes_what_the_readers_language_calls_a_topic(language: str, typed: str, word: str) -> None:
    environment = {**os.environ, "HT_LANG": language}
    run = subprocess.run(
        [sys.executable, "-m", "ht_cli", "__complete", "guide", typed],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    assert word in run.stdout.casefold().split()
    assert find_topic(word) in TOPICS


def test_the_guide_loads_nothing_heavy() -> None:
    assert not loaded("guide") & {"rich", "sqlite_utils", "rapidfuzz", "importlib.metadata"}


def test_find_without_words_offers_the_guide_on_a_terminal_and_tells_a_script_what_to_type(ht: Run) -> None:
    offered = typed("find", "; echo $?")
    assert len(offered.splitlines()) == 3
    assert "ht guide" in offered
    assert offered.splitlines()[-1] == "2"
    script = ht("find")
    assert script.exit_code == 2
    assert "ht guide" not in script.err
    assert "ht find burnout namur" in script.err
