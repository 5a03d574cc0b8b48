"""A check belongs to the value that it confirmed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli import clock
from ht_cli.catalogue.keeping.joining import joined
from ht_cli.catalogue.keeping.verifying import FACTS, check_of, unchecked, verified
from tests.catalogue.facts import dump, fact
from tests.conftest import Outcome

Run = Callable[..., Outcome]
PLAIN = {"name": "A", "kind": "group", "languages": ["fr"], "areas": ["country:be"], "email": "a@b.be"}
BY_PHONE = {"checked_on": "2026-11-01", "checked_how": "phone", "checked_by": "AB"}
records = st.fixed_dictionaries(
    {"name": st.sampled_from("AB")},
    optional={"email": st.sampled_from(("a@b.be", "c@d.be")), "cost": st.sampled_from(("free", "paid")), "notes": st.sampled_from("xy")},
)


def single(record: dict[str, Any]) -> list[str]:
    return [check["field"] for check in record.get("fact_checks", ())]


def test_the_changed_fact_is_unchecked_and_the_others_stay_checked() -> None:
    before = {**PLAIN, **BY_PHONE}
    after = unchecked(before, {**before, "email": "new@b.be"})
    assert "checked_on" not in after
    assert single(after) == ["areas", "kind", "languages", "name"]
    assert check_of(after, "name") == {"on": "2026-11-01", "how": "phone", "by": "AB"}
    assert check_of(after, "email") == {}


def test_what_is_new_was_not_confirmed_with_the_rest() -> None:
    before = {**PLAIN, **BY_PHONE}
    assert "url" not in single(unchecked(before, {**before, "url": "https://x.be"}))


def test_a_newer_check_of_one_fact_stays_and_that_of_the_changed_one_goes() -> None:
    checks = [{"field": "email", "on": "2026-11-05", "how": "mail"}, {"field": "name", "on": "2026-11-05", "how": "site"}]
    before = {**PLAIN, **BY_PHONE, "fact_checks": checks}
    after = unchecked(before, {**before, "email": "new@b.be"})
    assert check_of(after, "name") == {"on": "2026-11-05", "how": "site"}
    assert "email" not in single(after)


def test_notes_sources_and_the_state_confirm_nothing_and_so_leave_the_check() -> None:
    before = {**PLAIN, **BY_PHONE}
    for change in (
        {"notes": "x"},
        {"sources": [{"url": "https://x.be"}]},
        {"failed_tries": 1},
        {"status": "closed"},
        {"confidence": "high"},
    ):
        assert unchecked(before, {**before, **change}) == {**before, **change}


def test_a_check_that_comes_with_the_new_value_stays() -> None:
    before = {**PLAIN, **BY_PHONE}
    after = verified({**before, "email": "new@b.be"}, "", "site", "CD")
    assert unchecked(before, after) == after
    of_one = verified({**PLAIN, "email": "new@b.be"}, "email", "site", "CD")
    assert unchecked(PLAIN, of_one) == of_one


@given(records, records)
def test_no_changed_fact_is_ever_checked_and_no_other_loses_its_check(before: dict[str, Any], after: dict[str, Any]) -> None:
    before, after = {**before, **BY_PHONE}, {**after, **BY_PHONE}
    kept = unchecked(before, after)
    for field in FACTS:
        assert check_of(kept, field) == (check_of(before, field) if before.get(field) == after.get(field) else {})


@given(records, records)
def test_a_joined_record_is_checked_where_it_says_what_was_confirmed(stays: dict[str, Any], goes: dict[str, Any]) -> None:
    result = joined({**stays}, {**goes, **BY_PHONE})
    for field in FACTS:
        assert bool(check_of(result, field)) == (field in result and result[field] == goes.get(field))


def test_an_update_leaves_the_fact_unchecked_and_the_history_keeps_the_check(own: Path, ht: Run) -> None:
    ht("verify", "realism", "--how", "phone", "--by", "AB")
    state = dump(own)
    ht("update", "realism", "--set", "url=https://new.example.be", "--yes")
    record = fact(own, "realism")
    assert "checked_on" not in record
    assert "url" not in single(record)
    assert {"phones", "languages"} & set(single(record)) == {"phones", "languages"} & set(record)
    assert "phone" in ht("history", "realism").out
    ht("undo", "--last", "1", "--yes")
    assert dump(own) == state


def test_what_was_confirmed_since_is_not_what_an_undo_brings_back(own: Path, ht: Run) -> None:
    change = ht("update", "realism", "--set", "email=new@example.org", "--yes").out.rstrip().rpartition("(")[2].rstrip(")")
    ht("verify", "realism", "--how", "phone")
    assert ht("undo", change, "--yes").exit_code == 0
    record = fact(own, "realism")
    assert check_of(record, "email") == {}
    assert check_of(record, "name")["on"] == clock.today().isoformat()


def test_a_check_that_came_again_stands_once_a_later_one_of_the_whole_is_taken_back(own: Path, ht: Run) -> None:
    def done(*words: str) -> str:
        return ht(*words).out.rstrip().rpartition("(")[2].rstrip(").\n")

    of_hours = done("verify", "agapei-groepen", "--field", "hours", "--how", "phone", "--by", "AB")
    ht("undo", of_hours, "--yes")
    taken_back = next(
        entry["change"] for entry in json.loads(ht("history", "agapei-groepen", "--format", "json").out) if entry["action"] == "undo"
    )
    of_all = done("verify", "agapei-groepen", "--how", "phone", "--by", "AB")
    ht("undo", taken_back, "--yes")
    ht("undo", of_all, "--yes")
    record = fact(own, "agapei-groepen")
    assert "checked_on" not in record
    assert [check["field"] for check in record["fact_checks"]] == ["hours"]


@pytest.mark.parametrize("date", ["2026-02-31", "2026-13", "2099-01-01", "2027"])
def test_days_that_do_not_exist_or_are_to_come_are_refused(own: Path, ht: Run, tmp_path: Path, date: str) -> None:
    before = dump(own)
    outcome = ht("update", "realism", "--set", f"sources=https://x.be {date}", "--yes")
    assert outcome.exit_code == 4
    assert "sources: " in outcome.err
    (tmp_path / "a.csv").write_text(f"id,sources\nrealism,https://x.be|{date}\n", "utf-8")
    assert "sources" in ht("import", str(tmp_path / "a.csv"), "--yes").err
    assert dump(own) == before


@pytest.mark.parametrize("date", ["2026-02-31", "2026-13", "26-01-01"])
def test_an_export_since_no_day_is_refused(ht: Run, date: str) -> None:
    assert ht("export", "--since", date).exit_code == 2


@pytest.mark.parametrize("field", ["checked_on", "checked_how", "checked_by", "fact_checks"])
def test_no_door_but_verify_writes_a_check(own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    before = dump(own)
    value = '[{field = "name", on = "2026-11-01", how = "phone"}]' if field == "fact_checks" else '"2026-11-01"'
    (tmp_path / "a.toml").write_text(
        f'name = "Zzz"\nkind = "group"\nlanguages = ["fr"]\nareas = ["country:be"]\n{field} = {value}\n', "utf-8"
    )
    editor = tmp_path / "editor"
    script = """#!/bin/sh
grep -q '^FIELD' "$1" && exit 0
{ printf '%s\\n' 'FIELD = VALUE'; cat "$1"; } > "$1.new" && mv "$1.new" "$1"
"""
    editor.write_text(script.replace("FIELD", field).replace("VALUE", value))
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    for arguments in (
        ("update", "realism", "--set", f"{field}=2026-11-01"),
        ("update", "realism", "--edit"),
        ("add", "--from", str(tmp_path / "a.toml")),
    ):
        outcome = ht(*arguments, "--yes")
        assert outcome.exit_code in (2, 4)
        assert "ht verify" in outcome.err
    assert dump(own) == before


def test_the_editor_does_not_show_checks_and_keeps_them(own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ht("verify", "realism", "--how", "phone")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ngrep -q checked "$1" && exit 9\nsed -i \'s/^name = .*/name = "New"/\' "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert ht("update", "realism", "--edit", "--yes").exit_code == 0
    record = fact(own, "realism")
    assert record["name"] == "New"
    assert "name" not in single(record)
    assert "kind" in single(record)
