"""Nothing that was typed is thrown away."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogue.facts import dump, fact, id_of
from tests.conftest import Outcome
from tests.terminal import spoken_with

Run = Callable[..., Outcome]


def drafts() -> list[Path]:
    return sorted((Path(os.environ["XDG_DATA_HOME"]) / "ht" / "drafts").glob("*.toml"))


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Make an editor of a script in sh; each text that it is opened with is kept in a file of its own."""

    def make(script: str) -> Path:
        path, seen = tmp_path / "editor", tmp_path / "seen"
        seen.mkdir()
        path.write_text(f'#!/bin/sh\nn=$(ls {seen} | wc -l)\ncp "$1" {seen}/$n\n{script}\n')
        path.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(path))
        monkeypatch.delenv("VISUAL", raising=False)
        return seen

    return make


def test_name_and_number_are_asked_first_and_what_is_alike_is_shown_at_once(own: Path) -> None:
    said = spoken_with("add", lines=["Télé-Accueil", "107", "1"])
    assert said.index("name?") < said.index("phone number?") < said.index("tele-accueil-107 (")
    assert "change it with: ht update" in said
    assert "What is it?" not in said


def test_a_misspelt_town_is_asked_back_among_the_questions_too(own: Path) -> None:
    said = spoken_with("add", lines=["Zonnestraal", "081 22 33 44", "group", "houdimont", "", "mons", "\x03"])
    assert "1  Hodimont (Verviers)" in said
    assert "→ Hodimont" not in said
    (draft,) = drafts()
    assert 'nis = "53053"' in draft.read_text("utf-8")


def test_an_interrupted_entry_is_kept_and_taken_up_again(own: Path) -> None:
    before = dump(own)
    said = spoken_with("add", lines=["Zonnestraal", "081 22 33 44", "group", "\x03"])
    assert "ht add --resume" in said
    assert dump(own) == before
    (draft,) = drafts()
    assert "Zonnestraal" in draft.read_text("utf-8")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    again = spoken_with("add", "--resume", lines=["namur", "", "", "", "", "", "", "fr", "", "", "", "", "", "y"])
    assert "→ Zonnestraal" in again
    record = fact(own, id_of(own, "Zonnestraal"))
    assert (record["kind"], record["phones"][0]["number"], record["areas"]) == ("group", "+3281223344", ["nis:92094"])
    assert drafts() == []


def test_a_no_at_the_end_and_an_entry_that_is_refused_are_kept(own: Path) -> None:
    options = ("add", "--name", "Zonnestraal", "--kind", "group", "--language", "fr", "--city", "namur")
    assert "ht add --resume" in spoken_with(*options, lines=[""])
    assert "ht add --resume" in spoken_with(*options, "--phone", "107", lines=[])
    assert len(drafts()) == 2  # the one does not take the place of the other
    assert "107" in drafts()[1].read_text("utf-8")


def test_what_was_typed_without_a_terminal_and_refused_is_kept_too(own: Path, ht: Run) -> None:
    options = ("--name", "Zonnestraal", "--kind", "group", "--language", "fr", "--city", "namur", "--need", "grief")
    later = ("--source", "https://zon.example.org", "--description", "fr=Un café.")
    for _time in range(2):
        outcome = ht("add", *options, "--phone", "081 22 33 4", *later)
        assert outcome.exit_code == 4
        assert "ht add --resume" in outcome.err
    (draft,) = drafts()  # the same entry, refused twice, is kept once
    assert "zon.example.org" in draft.read_text("utf-8")
    assert ht("add", "--resume", "--phone", "081 22 33 44").exit_code == 0
    record = fact(own, id_of(own, "Zonnestraal"))
    assert (record["phones"][0]["number"], record["needs"], record["descriptions"]) == ("+3281223344", ["grief"], {"fr": "Un café."})
    assert drafts() == []


def test_where_nothing_was_typed_nothing_is_kept(own: Path, ht: Run, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('name = "Zonnestraal"\n', "utf-8")
    for arguments in ((), ("--from", str(tmp_path / "a.toml")), ("--name", "Zonnestraal", "--dry-run")):
        assert ht("add", *arguments).exit_code == 4
    assert drafts() == []
    outcome = ht("add", "--resume")
    assert outcome.exit_code == 1
    assert "ht add" in outcome.err


def test_the_editor_opens_again_with_what_is_wrong_above_its_line(own: Path, ht: Run, editor: Callable[[str], Path]) -> None:
    seen = editor(
        'if [ $n = 0 ]; then sed -i \'s/^name = .*/name = "Nieuw"/; s/^kind = .*/kind = "shop"/\' "$1"; '
        'else sed -i \'s/^kind = .*/kind = "group"/\' "$1"; fi'
    )
    assert ht("update", "realism", "--edit", "--yes").exit_code == 0
    again = (seen / "1").read_text("utf-8").splitlines()
    at = again.index('kind = "shop"')
    assert again[at - 1].startswith("#! kind: “shop”; allowed:")
    assert 'name = "Nieuw"' in again
    record = fact(own, "realism")
    assert (record["name"], record["kind"]) == ("Nieuw", "group")


def test_each_fault_of_a_list_stands_once_above_the_entry_that_it_is_about(
    own: Path, ht: Run, editor: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "written.toml").write_text(
        'name = "Zonnestraal"\nkind = "shop"\nlanguages = ["nl"]\nareas = ["nis:44021"]\nneeds = [\n    "grief",\n    "kites",\n]\n'
        '[[phones]]\nnumber = "081 22 33 44"\n[[phones]]\nnumber = "04 12"\n[[phones]]\nnumber = "081 22 33 4"\n'
        '[[phones]]\nnumber = "081 22 33 55"\nhours_osm = "always"\n'
        '[[addresses]]\nnis = "62063"\n[[addresses]]\nnis = "62063"\npostcode = "5000"\n'
        '[[sources]]\ndate = "2026"\n[[sources]]\nurl = "https://a.example.org"\n[[sources]]\ndate = "2025"\n',
        "utf-8",
    )
    seen = editor(f'[ $n = 0 ] && cp {tmp_path}/written.toml "$1"; true')
    outcome = ht("add", "--edit")
    assert outcome.exit_code == 4
    lines = (seen / "1").read_text("utf-8").splitlines()
    said = {(line.split(":")[0][3:], lines[number + 1]) for number, line in enumerate(lines) if line.startswith("#!")}
    assert said == {
        ("kind", 'kind = "shop"'),
        ("needs", '    "kites",'),
        ("phones", 'number = "04 12"'),
        ("phones", 'number = "081 22 33 4"'),
        ("phones.hours_osm", 'hours_osm = "always"'),
        ("addresses", 'postcode = "5000"'),
        ("sources.url", "[[sources]]"),
    }
    missing = [number for number, line in enumerate(lines) if "sources.url: missing" in line]
    assert [lines[number + 2] for number in missing] == ['date = "2026"', 'date = "2025"']
    assert outcome.err.count("sources.url: missing") == 1


def test_what_is_no_toml_is_opened_again_at_its_line(own: Path, ht: Run, editor: Callable[[str], Path]) -> None:
    seen = editor('if [ $n = 0 ]; then sed -i \'s/^kind = .*/kind = /\' "$1"; else sed -i \'s/^kind = .*/kind = "group"/\' "$1"; fi')
    assert ht("update", "realism", "--edit", "--yes").exit_code == 0
    again = (seen / "1").read_text("utf-8").splitlines()
    assert again[again.index("kind = ") - 1].startswith("#! what you wrote is not TOML")


def test_what_is_saved_unchanged_is_given_up_and_kept(own: Path, ht: Run, editor: Callable[[str], Path]) -> None:
    before = dump(own)
    editor('sed -i \'s/^kind = .*/kind = "shop"/\' "$1"')
    outcome = ht("update", "realism", "--edit", "--yes")
    assert outcome.exit_code == 4
    (draft,) = drafts()
    assert str(draft) in outcome.err
    assert 'kind = "shop"' in draft.read_text("utf-8")
    assert "#!" not in draft.read_text("utf-8")
    assert dump(own) == before


def test_a_new_record_given_up_in_the_editor_is_taken_up_again(own: Path, ht: Run, editor: Callable[[str], Path]) -> None:
    seen = editor('[ $n -lt 2 ] && printf \'name = "Gartenkreis"\\nkind = "shop"\\n\' > "$1"\n[ $n = 2 ] && printf \'name = "Gartenkreis"\\nkind = "group"\\nlanguages = ["de"]\\nareas = ["community:de"]\\n\' > "$1"\ntrue')  # fmt: skip
    outcome = ht("add", "--edit")
    assert outcome.exit_code == 4
    assert "ht add --resume" in outcome.err
    assert ht("add", "--edit", "--resume").exit_code == 0
    assert 'kind = "shop"' in (seen / "2").read_text("utf-8")
    assert fact(own, id_of(own, "Gartenkreis"))["kind"] == "group"
    assert drafts() == []


def test_the_rows_to_mend_are_written_over_no_others(own: Path, ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("id,kind\nrealism,shop\n", "utf-8")
    for _time in range(2):
        assert ht("import", str(path), "--skip-bad", "--yes").exit_code == 4
        (tmp_path / "sheet.bad.csv").write_text("mended", "utf-8")
    assert (tmp_path / "sheet.bad-2.csv").exists()


def test_an_id_that_is_taken_is_said_with_the_way_to_change_it(own: Path, ht: Run, tmp_path: Path) -> None:
    text = 'id = "{id}"\nname = "Zonnestraal"\nkind = "group"\nlanguages = ["nl"]\nareas = ["nis:44021"]\n'
    (tmp_path / "a.toml").write_text(text.format(id="realism"), "utf-8")
    outcome = ht("add", "--from", str(tmp_path / "a.toml"))
    assert (outcome.exit_code, "ht update realism --edit" in outcome.err) == (4, True)
    (tmp_path / "a.toml").write_text(text.format(id="zonnestraal-gent"), "utf-8")
    assert ht("add", "--from", str(tmp_path / "a.toml")).exit_code == 0
    assert fact(own, "zonnestraal-gent")["name"] == "Zonnestraal"


def test_enter_goes_on_and_a_sign_goes_back(own: Path) -> None:
    said = spoken_with("add", lines=["Zonnestraal", "", "", "<", "081 22 33 44", "group", "jambes", "<", "jambes", "\x03"])
    assert "Enter alone: not known" in said
    assert said.count("Its phone number?") == 2
    assert "Without this it cannot be added." in said
    assert "→ Jambes (Namur)" in said
    assert "92094" not in said.replace("nis:92094", "")
    (draft,) = drafts()
    assert "+3281223344" in draft.read_text("utf-8")


def test_what_is_not_understood_is_said_of_the_fact_as_people_call_it(own: Path) -> None:
    said = spoken_with("add", lines=["Zonnestraal", "12 34 5", "", "xyzzy", "\x03"])
    assert "  Phone: there is no number “12 34 5”" in said
    assert "phones:" not in said
    assert "--kind" not in said


def test_a_number_that_none_of_the_lines_has_is_no_answer(own: Path) -> None:
    said = spoken_with("add", lines=["Télé-Accueil", "107", "04 342 12 1", "1"])
    assert "“04 342 12 1” is none of the answers" in said
    assert "change it with: ht update" in said
