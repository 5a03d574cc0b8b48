"""A language that `ht` does not speak is said, and not taken for another one without a word."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogue.facts import fact
from tests.conftest import Outcome

Run = Callable[..., Outcome]
SAID = "--locale: choose one of: fr, nl, de, en"


@pytest.mark.parametrize("line", [["find", "burnout", "--locale", "ar"], ["--locale", "ar", "terms", "needs"], ["urgent", "--locale=ar"]])
def test_who_looks_for_help_is_told_and_answered(own: Path, ht: Run, line: list[str]) -> None:
    outcome = ht(*line)
    assert outcome.exit_code == 0
    assert SAID in outcome.err
    assert outcome.out


@pytest.mark.parametrize("line", [["history"], ["update", "realism", "--set", "notes=x", "--yes"]])
def test_what_is_not_urgent_is_refused_by_either_way_of_reading_a_line(own: Path, ht: Run, line: list[str]) -> None:
    quickly = subprocess.run([sys.executable, "-m", "ht_cli", *line, "--locale", "ar"], capture_output=True, encoding="utf-8")
    typed = ht(*line, "--locale", "ar")
    for code, said in ((quickly.returncode, quickly.stderr), (typed.exit_code, typed.err)):
        assert code == 2
        assert "--locale" in said
    assert fact(own, "realism").get("notes") != "x"


@pytest.mark.parametrize("named", ["nl", "nl_BE.UTF-8", "nl-BE", "NL"])
def test_a_spoken_one_may_be_written_as_a_system_writes_it(ht: Run, named: str) -> None:
    outcome = ht("terms", "kinds", "--locale", named)
    assert "netwerk voor volwassenen" in outcome.out
    assert SAID not in outcome.err
