"""A confidential address is in nothing that anybody sees: a canary through every command and every format."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from ht_cli.commands.sheet import SheetFormat
from ht_cli.exchange.forms import FORMS
from ht_cli.options import Format
from ht_cli.roster import COMMANDS
from tests.catalogue.facts import fact
from tests.conftest import Outcome
from tests.terminal import shown, spoken_with

Run = Callable[..., Outcome]
CANARY = ("Kanariestraat", "Kanariedorp")
EARLIER = "Vroegerlaan"
ID = "huis-kanarie"
RECORD = """
id = "huis-kanarie"
name = "Huis Kanarie"
kind = "service"
languages = ["nl", "fr"]
areas = ["province:namur"]
needs = ["domestic-violence"]
channels = ["in-person"]
phones = [{number = "081 99 88 77"}]
addresses = [{street = "Vroegerlaan 1", postcode = "5000", locality = "Kanariedorp", nis = "92094"}]
"""


def hold_silent(said: str) -> None:
    """Hold that no part of an address that is or was secret stands in a text."""
    for secret in (*CANARY, EARLIER):
        assert secret not in said


@pytest.fixture
def shelter(own: Path, ht: Run, tmp_path: Path) -> Path:
    """A catalogue with a shelter whose address was public, then changed, and is secret since."""
    (tmp_path / "record.toml").write_text(RECORD, "utf-8")
    assert ht("add", "--from", str(tmp_path / "record.toml"), "--yes").exit_code == 0
    assert "Vroegerlaan" in ht("history", ID).out  # so long as it is no secret
    outcomes = [
        ht("update", ID, "--set", "confidential=yes", "--yes"),
        ht("update", ID, "--set", "street=Kanariestraat 77", "--yes"),
        ht("update", ID, "--set", "street=Kanariestraat 78", "--dry-run"),
        ht("update", ID, "--set", "hours=9-17", "--by", "AB"),
        ht("verify", ID, "--how", "visit", "--dry-run"),
        ht("verify", ID, "--field", "address", "--how", "visit"),
    ]
    for outcome in outcomes:
        assert outcome.exit_code == 0
        hold_silent(outcome.out + outcome.err)
    assert fact(own, ID)["addresses"][0]["street"] == "Kanariestraat 77"
    return own


READING = (
    ("find", "huis kanarie"), ("find", "kanariestraat"), ("show", ID), ("show", ID, "--notes"), ("history",), ("history", ID),
    ("due", "--limit", "2000"), ("doctor",), ("doctor", ID), ("networks", "namur"), ("map", "namur"), ("terms",), ("urgent",), ("info",),
)  # fmt: skip


@pytest.mark.parametrize("form", get_args(Format))
def test_no_command_that_reads_says_it_in_any_format(shelter: Path, ht: Run, form: str) -> None:
    for command in READING:
        outcome = ht(*command, "--format", form)
        assert outcome.exit_code in (0, 1, 2), (command, outcome.err)
        hold_silent((outcome.out + outcome.err).replace("kanariestraat", ""))


@pytest.mark.parametrize("name", FORMS)
def test_no_format_of_an_export_holds_it(shelter: Path, ht: Run, tmp_path: Path, name: str) -> None:
    form = FORMS[name]
    path = tmp_path / f"out{(form.endings or ('.txt',))[0]}"
    outcome = ht("export", "--all", "--format", name, "-o", str(path))
    assert outcome.exit_code == 0, outcome.err
    written = path.read_bytes()
    if name in ("xlsx", "hsds-csv"):
        shutil.unpack_archive(path, tmp_path / "parts", "zip")
        written = b"".join(part.read_bytes() for part in (tmp_path / "parts").rglob("*") if part.is_file())
    hold_silent(written.decode("utf-8", "replace"))
    assert b"Kanarie" in written  # its name may be known


@pytest.mark.parametrize("form", [form for form in get_args(SheetFormat) if form != "pdf"])  # whose text is packed; it is that of html
def test_no_sheet_holds_it(shelter: Path, ht: Run, form: str) -> None:
    outcome = ht("sheet", ID, "--format", form)
    assert outcome.exit_code == 0, outcome.err
    hold_silent(outcome.out)


def test_what_takes_back_joins_or_brings_in_does_not_say_it(shelter: Path, ht: Run, tmp_path: Path) -> None:
    shutil.copyfile(shelter, tmp_path / "colleague.db")
    changes = [line.split()[0] for line in ht("history", ID).out.splitlines() if line[:1].isalnum()]
    for change in changes:
        outcome = ht("undo", change, "--dry-run")
        hold_silent(outcome.out + outcome.err)
    for arguments in (("undo", "--last", "4", "--dry-run"), ("undo", "--last", "2", "--yes")):
        outcome = ht(*arguments)
        assert outcome.exit_code == 0, outcome.err
        hold_silent(outcome.out + outcome.err)
    for arguments in (
        ("import", str(tmp_path / "colleague.db"), "--dry-run"),
        ("merge", str(tmp_path / "colleague.db"), "--dry-run"),
        ("merge", str(tmp_path / "colleague.db"), "--yes"),
        ("remove", ID, "--reason", "stopped", "--dry-run"),
        ("remove", ID, "--duplicate-of", "realism", "--dry-run"),
        ("doctor", ID, "--fix"),
    ):
        outcome = ht(*arguments)
        hold_silent(outcome.out + outcome.err)


@pytest.mark.parametrize("refuge_stays", [True, False])
def test_a_twin_that_shows_where_a_refuge_is_hides_it_once_they_are_one(shelter: Path, ht: Run, tmp_path: Path, refuge_stays: bool) -> None:
    twin = "name = 'Canary House'\nkind = 'service'\nlanguages = ['en']\nareas = ['province:namur']\nurl = 'https://example.org'\n"
    (tmp_path / "twin.toml").write_text(
        f"id = 'canary-house'\n{twin}addresses = [{{street = 'Kanariestr. 77', postcode = '5000', locality = 'Namur', nis = '92094'}}, {{street = 'Place du Marché 1', postcode = '5500', locality = 'Dinant', nis = '91034'}}]\n"
    )
    assert ht("add", "--from", str(tmp_path / "twin.toml"), "--yes", "--force").exit_code == 0
    goes, stays = ("canary-house", ID) if refuge_stays else (ID, "canary-house")
    assert ht("remove", goes, "--duplicate-of", stays, "--yes").exit_code == 0
    for command in (
        ("show", "canary-house"),
        ("show", ID),
        ("history", "canary-house"),
        ("history", ID),
        ("export", "--all", "--format", "json"),
    ):
        said = ht(*command).out
        assert "Kanariestr" not in said
    assert "Place du Marché 1" in ht("show", stays).out


def test_what_is_wrong_with_it_does_not_say_where_it_is(shelter: Path, ht: Run) -> None:
    with closing(sqlite3.connect(shelter)) as connection:
        connection.execute("UPDATE address SET postcode = '4000' WHERE resource = ?", (ID,))
        connection.commit()
    for arguments in (("doctor", ID, "--json"), ("update", ID, "--set", "email=a@b.be")):
        outcome = ht(*arguments)
        assert "confidential" in outcome.out + outcome.err
        hold_silent(outcome.out + outcome.err)
        assert "5000" not in outcome.out + outcome.err


def test_a_stale_sheet_lists_no_secret(shelter: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    ht("export", "--all", "-o", str(path))
    path.write_text(path.read_text("utf-8").replace("huis-kanarie,Huis Kanarie", "huis-kanarie,Huis Vogel"), "utf-8")
    ht("update", ID, "--set", "street=Kanariestraat 79", "--yes")
    outcome = ht("import", str(path), "--yes")
    assert outcome.exit_code == 0
    hold_silent(outcome.out + outcome.err)
    assert fact(shelter, ID)["addresses"][0]["street"] == "Kanariestraat 79"


def test_the_editor_does_not_get_it_and_leaves_it_as_it_is(shelter: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/seen\nsed -i \'s/^name = .*/name = "Huis Vogel"/\' "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    before = fact(shelter, ID)["addresses"]
    assert ht("update", ID, "--edit", "--yes").exit_code == 0
    hold_silent((tmp_path / "seen").read_text("utf-8"))
    assert fact(shelter, ID)["addresses"] == before
    assert fact(shelter, ID)["name"] == "Huis Vogel"


def test_who_asks_on_a_terminal_sees_it_and_nobody_else(shelter: Path, ht: Run, tmp_path: Path) -> None:
    for command in (("show", ID), ("history", ID)):
        refused = ht(*command, "--show-confidential")
        assert refused.exit_code == 2
        hold_silent(refused.out + refused.err)
        assert "on a terminal only" in refused.err
        on_terminal = shown(*command, "--catalogue", str(shelter))
        hold_silent(on_terminal)
        assert "kept confidential" in on_terminal
        assert "Kanariestraat 77" in shown(*command, "--show-confidential", "--no-pager", "--catalogue", str(shelter))
        to_file = shown(*command, "--show-confidential", "-o", str(tmp_path / "a.txt"), "--catalogue", str(shelter))
        assert "on a terminal only" in to_file
        assert not (tmp_path / "a.txt").exists()


def test_the_round_does_not_say_it(shelter: Path, ht: Run) -> None:
    ht("report", ID, "nobody answers", "--yes")  # it comes first then
    command = ("due", "--round", "--kind", "service", "--city", "namur", "--catalogue", str(shelter))
    said = spoken_with(*command, keys=["2", "4", *"33333333"])
    assert "Huis Kanarie" in said
    assert "kept confidential" in said
    hold_silent(said)


def test_every_command_was_tried() -> None:
    tried = {command[0] for command in READING} | {"export", "sheet", "undo", "import", "merge", "remove", "update", "add", "verify"}
    silent = {
        "browse",
        "open",
        "completion",
        "guide",
        "help",
        "upgrade",
        "validate",
        "sync",
        "send",
        "take",
        "conflicts",
        "report",
        "restore",
    }  # they show no address, or what another one shows
    assert tried | silent >= set(COMMANDS)


def a_row(tmp_path: Path, addresses: str) -> str:
    path = tmp_path / "row.csv"
    path.write_text(f'id;addresses\n{ID};"{addresses}"\n', "utf-8")
    return str(path)


def test_a_public_address_beside_a_secret_one_is_shown_and_needs_a_yes(shelter: Path, ht: Run, tmp_path: Path) -> None:
    row = a_row(tmp_path, "Openbarelaan 3, 5000 Namur")
    planned = ht("import", row, "--dry-run")
    assert "+ Openbarelaan 3, 5000, Namur" in planned.out
    assert "Everybody will see the address behind “+”" in planned.out
    hold_silent(planned.out + planned.err)
    assert ht("import", row).exit_code == 2  # nobody can be asked
    assert len(fact(shelter, ID)["addresses"]) == 1
    assert ht("import", row, "--yes").exit_code == 0
    assert [bool(address.get("confidential")) for address in fact(shelter, ID)["addresses"]] == [False, True]


@pytest.mark.parametrize("arguments", [("--set", "confidential=false"), ("--set", "confidential=no", "--set", "postcode=5100")])
def test_a_secret_address_is_not_published_as_kept_confidential(shelter: Path, ht: Run, arguments: tuple[str, ...]) -> None:
    planned = ht("update", ID, *arguments, "--dry-run")
    assert "- kept confidential\n    + one that will be public, and is not shown here" in planned.out
    assert "Everybody will see" in planned.out
    hold_silent(planned.out + planned.err)


def test_two_secret_addresses_are_no_empty_line(shelter: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "row.json"
    assert ht("update", ID, "--set", "street=Kanariestraat 78", "--dry-run").out.count("kept confidential") == 1
    secret = {"street": "Kanariestraat 80", "nis": "92094", "confidential": True}
    path.write_text(json.dumps([{"id": ID, "addresses": [secret]}]), "utf-8")
    planned = ht("import", str(path), "--dry-run")
    assert "addresses:\n    kept confidential" in planned.out
    hold_silent(planned.out + planned.err)


@pytest.mark.parametrize("said", ["(confidential)", "(confidentiel)", "(Vertrouwelijk)", "- vertraulich", ", secret"])
def test_words_that_call_an_address_secret_are_refused(shelter: Path, ht: Run, tmp_path: Path, said: str) -> None:
    for outcome in (
        ht("import", a_row(tmp_path, f"Openbarelaan 9, 5000 Namur {said}"), "--yes"),
        ht("update", "realism", "--set", f"street=Openbarelaan 9 {said}", "--yes"),
    ):
        assert outcome.exit_code == 4
        assert "--set confidential=yes" in outcome.err
    assert len(fact(shelter, ID)["addresses"]) == 1


def test_a_street_that_is_called_so_is_no_secret(own: Path, ht: Run) -> None:
    assert ht("update", "realism", "--set", "city=liege", "--set", "street=Rue du Secret", "--dry-run").exit_code == 0
