from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.writing import open_for_writing
from tests.catalogue.facts import fact, faults_of, id_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def test_one_command_corrects_a_phone_number(own: Path, ht: Run) -> None:
    outcome = ht("update", "realism", "--set", "phone=04 342 12 12", "--yes")
    assert outcome.exit_code == 0
    assert "+ +3243421212" in outcome.out
    assert "realism: changed (" in outcome.out
    assert ht("show", "realism", "--format", "records").out.count("04 342 12 12") == 1


def test_lists_grow_and_shrink(own: Path, ht: Run) -> None:
    before = fact(own, "realism")
    ht(
        "update",
        "realism",
        "--add-need",
        "deuil",
        "--remove-need",
        "school",
        "--add-language",
        "nl",
        "--add-area",
        "namur",
        "--add-phone",
        "107",
        "--yes",
    )
    after = fact(own, "realism")
    assert after["needs"] == [*[need for need in before["needs"] if need != "school"], "grief"]
    assert after["languages"] == [*before["languages"], "nl"]
    assert after["areas"] == ["province:liege", "nis:92094"]
    assert faults_of(own) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--set", "phone=12"),
        ("--set", "cost=many"),
        ("--remove-need", "grief"),
        ("--set", "min_age=90"),
        ("--set", "nonsense"),
        ("--set", "checked_on=2026-01-01"),
    ],
)
def test_a_wrong_value_changes_nothing(own: Path, ht: Run, arguments: tuple[str, str]) -> None:
    before = own.read_bytes()
    outcome = ht("update", "realism", *arguments, "--yes")
    assert outcome.exit_code in (2, 4)
    assert outcome.err
    assert own.read_bytes() == before


def test_an_empty_value_is_not_known(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "url=", "--set", "description.nl=", "--yes")
    record = fact(own, "realism")
    assert "url" not in record
    assert "nl" not in record["descriptions"]


def test_saying_what_it_says_already_changes_nothing(own: Path, ht: Run) -> None:
    before = own.read_bytes()
    outcome = ht("update", "realism", "--set", "url=https://realism0-18.be/", "--yes")
    assert outcome.exit_code == 0
    assert "says so already" in outcome.err
    assert own.read_bytes() == before


def test_only_verify_moves_the_day_of_the_check_and_an_update_moves_the_day_of_the_change(own: Path, ht: Run) -> None:
    ht("update", "realism", "--set", "hours=9-17", "--yes")
    record = fact(own, "realism")
    assert "checked_on" not in record
    assert record["changed_on"]


def test_the_editor_may_change_the_whole_record(own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/^name = .*/name = "REALiSM; touch hacked"/\' "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{editor}'")
    monkeypatch.delenv("VISUAL", raising=False)
    assert ht("update", "realism", "--edit", "--yes").exit_code == 0
    assert fact(own, "realism")["name"] == "REALiSM; touch hacked"
    monkeypatch.setenv("EDITOR", "false")
    assert ht("update", "realism", "--edit", "--yes").exit_code == 2


def test_what_the_editor_leaves_under_another_name_of_a_field_is_read_and_what_is_none_stands_above_its_line(
    own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, seen = tmp_path / "editor", tmp_path / "seen"
    wrong = 's/^name = .*/&\\ncolour = "red"\\nphone = "04 342 12 12"/'
    editor.write_text(
        f'#!/bin/sh\nif grep -q ^colour "$1"; then cp "$1" \'{seen}\'; sed -i /^colour/d "$1"; else sed -i \'{wrong}\' "$1"; fi\n'
    )
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert ht("update", "realism", "--edit", "--yes").exit_code == 0
    assert [phone["number"] for phone in fact(own, "realism")["phones"]] == ["+3243421212"]
    above, _mark, _below = seen.read_text("utf-8").partition('colour = "red"')
    assert above.splitlines()[-1].startswith("#! colour: there is no such field")


def test_a_change_made_meanwhile_is_not_trampled_on(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def somebody_else(question: str, *, yes: bool, loses: bool) -> bool:
        with open_for_writing() as connection:
            Editor(connection).change("realism", lambda record: record | {"hours": {"en": "theirs"}}, Occasion("update"))
        return True

    monkeypatch.setattr("ht_cli.commands.update.confirmed", somebody_else)
    assert ht("update", "realism", "--set", "hours=ours", "--yes").exit_code == 2
    assert fact(own, "realism")["hours"] == {"en": "theirs"}


def test_an_unknown_or_ambiguous_id_is_said(own: Path, ht: Run) -> None:
    assert ht("update", "xyzzyqq", "--set", "hours=1", "--yes").exit_code == 1
    assert ht("update", "planning familial", "--set", "hours=1", "--yes").exit_code in (1, 3)


def test_a_number_is_shown_in_the_language_of_who_reads_and_in_all_where_only_another_differs(own: Path, ht: Run) -> None:
    label = {"fr": "accueil", "nl": "onthaal", "en": "desk"}
    for label_of_now in (label, label | {"nl": "balie"}):
        with open_for_writing(str(own)) as connection:
            phones = [{"number": "+3281223344", "label": label_of_now}]
            Editor(connection).change("realism", lambda now, phones=phones: now | {"phones": phones}, Occasion("update"))  # type: ignore[misc]
    outcome = ht("history", "realism", "--format", "table")
    last, first = outcome.out.split("realism: changed")[1:]
    assert "+ +3281223344, desk\n" in first
    assert "onthaal" not in first
    assert "- +3281223344, accueil, onthaal, desk\n" in last
    assert "+ +3281223344, accueil, balie, desk\n" in last


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("needs=+grief", "--add-need grief"),
        ("needs=grief, +school", "--add-need school"),
        ("needs=-grief", "--remove-need grief"),
        ("languages=+nl", "--add-language nl"),
        ("areas=+saint nicolas", "--add-area 'saint nicolas'"),
        ("sources=+https://a.example.org", "--add-source https://a.example.org"),
    ],
)
def test_what_reads_as_added_to_a_list_does_not_take_the_place_of_it(own: Path, ht: Run, said: str, option: str) -> None:
    before = fact(own, "realism")
    refused = ht("update", "realism", "--set", said, "--yes")
    assert refused.exit_code == 2
    assert option in refused.err
    assert fact(own, "realism") == before


def test_a_house_without_an_address_has_none_to_keep_confidential(own: Path, ht: Run) -> None:
    ht("add", "--name", "Zonder Adres", "--kind", "group", "--serves", "gent", "--language", "nl", "--yes")
    identifier = id_of(own, "Zonder Adres")
    refused = ht("update", identifier, "--set", "confidential=true", "--yes")
    assert refused.exit_code == 4
    assert "there is no address that could be kept confidential" in refused.err
    assert "do not belong together" not in refused.err
    assert "says so already" in ht("update", identifier, "--set", "confidential=no", "--yes").err
    done = ht("update", identifier, "--set", "confidential=yes", "--set", "city=gent", "--set", "street=Veldstraat 1", "--yes")
    assert done.exit_code == 0, done.err


def test_a_community_is_an_area_by_the_name_that_people_give_it(own: Path, ht: Run) -> None:
    assert ht("update", "realism", "--set", "areas=Vlaamse Gemeenschap; 4000", "--yes").exit_code == 0
    assert fact(own, "realism")["areas"] == ["community:nl", "nis:62063"]
