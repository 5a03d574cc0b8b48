import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from ht_cli.commands.sheet import SheetFormat
from ht_cli.completing import offer
from ht_cli.model import LANGUAGES
from tests.conftest import BUNDLED, ROOT, Outcome
from tests.test_house import loaded

Run = Callable[..., Outcome]


def test_text_goes_to_stdout_and_loads_neither_jinja2_nor_segno(ht: Run) -> None:
    assert "02 511 06 19" in ht("sheet", "similes-bruxelles").out
    assert not loaded("sheet", "realism") & {"jinja2", "markupsafe", "segno", "weasyprint", "email", "rich", "sqlite_utils"}


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("a.html", b"<!DOCTYPE html>"), ("a.htm", b"<!DOCTYPE html>"), ("a", b"<!DOCTYPE html>"), ("a.txt", b"Similes Bruxelles\n"),
        ("a.md", b"# Numbers and addresses for you\n"), ("a.pdf", b"%PDF-"), ("a.EML", b"X-Unsent: 1\r\n"), ("a.vcf", b"BEGIN:VCARD\r\n"),
    ],
)  # fmt: skip
def test_the_format_follows_the_ending_of_the_file_and_two_runs_are_the_same(name: str, beginning: bytes, ht: Run, tmp_path: Path) -> None:
    assert ht("sheet", "similes-bruxelles", "-o", str(tmp_path / name)).exit_code == 0
    first = (tmp_path / name).read_bytes()
    assert first.startswith(beginning)
    ht("sheet", "similes-bruxelles", "--force", "-o", str(tmp_path / name))
    assert (tmp_path / name).read_bytes() == first


@pytest.mark.parametrize("form", ["pdf", "sms", "eml", "vcard"])
def test_an_option_of_its_own_is_the_same_as_the_format(form: str, ht: Run, tmp_path: Path) -> None:
    ht("sheet", "similes-bruxelles", f"--{form}", "-o", str(tmp_path / "short"))
    ht("sheet", "similes-bruxelles", "--format", form, "-o", str(tmp_path / "long"))
    assert (tmp_path / "short").read_bytes() == (tmp_path / "long").read_bytes() != b""


def test_a_pipe_gets_the_bytes_of_the_file(tmp_path: Path) -> None:
    for form in ("eml", "vcard", "html"):
        command = [sys.executable, "-m", "ht_cli", "sheet", "similes-bruxelles", "--format", form]
        piped = subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout
        subprocess.run([*command, "-o", str(tmp_path / form)], check=True, cwd=ROOT)
        assert piped == (tmp_path / form).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_says_on_stderr_how_many_parts_it_takes(language: str, ht: Run) -> None:
    outcome = ht("sheet", "similes-bruxelles", "ssm-anais", "--sms", "--locale", language)
    assert "02 511 06 19" in outcome.out
    assert re.search(r"GSM-7, \d+ \w+ 306|GSM-7, \d+ \w+ \w+ 306", outcome.err)


def test_nothing_about_a_client_is_taken(ht: Run) -> None:
    outcome = ht("sheet", "realism", "--for", "Marie")
    assert outcome.exit_code == 2
    assert outcome.out == ""
    assert "by hand" in outcome.err
    assert "Marie" not in outcome.err


def test_six_resources_none_and_two_formats_are_refused(ht: Run) -> None:
    six = ("realism", "similes-bruxelles", "mado-liege", "ssm-anais", "tele-accueil-107", "awel-102")
    assert "one to five" in ht("sheet", *six).err
    for arguments in (six, (), ("realism", "--pdf", "--sms"), ("realism", "--format", "xml")):
        outcome = ht("sheet", *arguments)
        assert outcome.exit_code == 2
        assert outcome.out == ""


def test_the_same_resource_twice_is_on_the_sheet_once(ht: Run) -> None:
    assert ht("sheet", "realism", "REALISM").out.count("realism0-18.be") == 1


def test_a_pdf_does_not_go_to_a_terminal() -> None:
    command = f"{sys.executable} -m ht_cli sheet realism --pdf"
    typed = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, check=False, stdin=subprocess.DEVNULL, cwd=ROOT)
    assert typed.returncode == 2
    assert b"%PDF" not in typed.stdout


def test_a_pdf_without_its_extra_is_one_clear_sentence(ht: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    outcome = ht("sheet", "realism", "-o", str(tmp_path / "a.pdf"))
    assert outcome.exit_code == 2
    assert "ht-cli[pdf]" in outcome.err
    assert not list(tmp_path.iterdir())


def test_a_closed_resource_is_on_no_sheet_and_a_doubtful_one_is_said_to_be(ht: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    shutil.copy(BUNDLED, own)
    for status, code in (("closed", 1), ("unreachable", 0)):
        with sqlite3.connect(own) as connection:
            connection.execute("UPDATE resource SET status = ?, successor = NULL, professionals_only = 1 WHERE id = 'realism'", (status,))
        outcome = ht("sheet", "realism", "--catalogue", str(own))
        assert outcome.exit_code == code
        assert ("They could not be reached" in outcome.out) is (status == "unreachable")
        assert bool(outcome.out) is (code == 0)
        assert status == "closed" or "REALiSM is for professionals only" in outcome.err


def test_the_width_of_a_window_wraps_the_text_and_never_a_number() -> None:
    command = f"COLUMNS=40 {sys.executable} -m ht_cli sheet similes-bruxelles"
    typed = subprocess.run(
        ["script", "-qec", command, "/dev/null"], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL, cwd=ROOT
    )
    assert "02 511 06 19" in typed.stdout
    assert "\x1b" not in typed.stdout
    assert max(map(len, typed.stdout.splitlines())) <= 50


def test_every_command_of_the_documentation_makes_what_it_says(ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    block = (ROOT / "docs" / "sheet.md").read_text("utf-8").split("```")[1]
    commands = [line.split()[1:] for line in block.splitlines() if line.startswith("ht ")]
    assert len(commands) > 5
    for command in commands:
        outcome = ht(*command)
        assert outcome.exit_code == 0, command
        assert (tmp_path / command[-1]).stat().st_size if "-o" in command else outcome.out


def test_the_shell_offers_ids_and_the_formats_of_a_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    offer(["sheet", "simil"])
    assert "similes-bruxelles\tSimiles Bruxelles\n" in capsys.readouterr().out
    offer(["sheet", "realism", "--format", ""])
    assert capsys.readouterr().out.split() == list(get_args(SheetFormat))
