"""Whatever way a fact comes in, the same functions read it: numbers, postcodes, addresses of pages, hours, towns."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.output.changes import difference_lines, loses
from tests.catalogue.facts import dump, fact, id_of
from tests.conftest import Outcome
from tests.terminal import shown, spoken_with

Run = Callable[..., Outcome]
ID = "realism"
DOORS = ("add", "add --from", "update --set", "update --edit", "import")


@pytest.fixture
def bring(own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], Outcome]:
    """Bring a value of a field in by one of the doors."""

    def through(door: str, field: str, value: str) -> Outcome:
        toml = f'phones = [{{number = "{value}"}}]' if field == "phones" else f'{field} = "{value}"'
        if door == "add":
            return ht("add", "--name", "Zonnestraal", "--kind", "group", "--language", "nl", "--serves", "gent", f"--{field.rstrip('s')}", value, "--yes", "--force")  # fmt: skip
        if door == "add --from":
            text = f'name = "Zonnestraal"\nkind = "group"\nlanguages = ["nl"]\nareas = ["nis:44021"]\n{toml}\n'
            (tmp_path / "a.toml").write_text(text, "utf-8")
            return ht("add", "--from", str(tmp_path / "a.toml"), "--yes", "--force")
        if door == "update --set":
            return ht("update", ID, "--set", f"{field}={value}", "--yes")
        if door == "import":
            (tmp_path / "a.csv").write_text(f'id,{field}\n{ID},"{value}"\n', "utf-8")
            return ht("import", str(tmp_path / "a.csv"), "--yes")
        editor = tmp_path / "editor"
        editor.write_text(f"#!/bin/sh\ngrep -v '^{field} = ' \"$1\" | sed '/^\\[\\[phones/,/^$/d' > \"$1.a\"\n(printf '%s\\n' '{toml}'; cat \"$1.a\") > \"$1\"\n")  # fmt: skip
        editor.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(editor))
        monkeypatch.delenv("VISUAL", raising=False)
        return ht("update", ID, "--edit", "--yes")

    return through


def written(own: Path, door: str) -> dict[str, object]:
    return fact(own, id_of(own, "Zonnestraal") if door.startswith("add") else ID)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("0032 (0)81 22 33 44", ["+3281223344"]),
        ("(081) 22 33 44 / 45", ["+3281223344", "+3281223345"]),
        ("081 22 33 44 – 0475 12 34 56 int. 12", ["+3281223344", "+32475123456"]),
    ],
)
def test_a_number_is_read_alike_at_every_door(own: Path, bring: Callable[..., Outcome], door: str, typed: str, numbers: list[str]) -> None:
    outcome = bring(door, "phones", typed)
    assert outcome.exit_code == 0, outcome.err
    assert [phone["number"] for phone in written(own, door)["phones"]] == numbers  # type: ignore[attr-defined]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("phones", "1000", "is a postcode"),
        ("phones", "4000 Liège", "4000 Liège"),
        ("phones", "081 22 33 44, 99 99", "99 99"),
        ("url", "https://me:secret@example.be/x", "a name or a password"),
    ],
)
def test_what_is_none_is_refused_by_name_at_every_door(own: Path, bring: Callable[..., Outcome], door: str, field: str, typed: str, said: str) -> None:  # fmt: skip
    before = dump(own)
    outcome = bring(door, field, typed)
    assert outcome.exit_code in (2, 4)
    assert said in outcome.err
    assert "secret" not in outcome.err
    assert dump(own) == before


@pytest.mark.parametrize("door", DOORS)
def test_hours_are_written_in_one_form_at_every_door(own: Path, bring: Callable[..., Outcome], door: str) -> None:
    if door == "add":
        return  # it takes hours in words, and the others by --set
    assert bring(door, "hours_osm", "Mo-We, Fr 9:00-17:00, PH closed").exit_code == 0
    assert written(own, door)["hours_osm"] == "Mo-We,Fr 09:00-17:00; PH off"


@pytest.mark.parametrize("postcode", ["B-4000", "B 4000", "BE-4000", " 4000 "])
def test_a_postcode_with_its_country_is_a_postcode(own: Path, ht: Run, postcode: str) -> None:
    assert ht("add", "--name", "Zonnestraal", "--kind", "group", "--language", "fr", "--city", "liege", "--postcode", postcode, "--yes").exit_code == 0  # fmt: skip
    assert fact(own, id_of(own, "Zonnestraal"))["addresses"][0]["postcode"] == "4000"


def with_two_numbers(ht: Run) -> list[dict[str, object]]:
    """Give a resource two numbers, one with a label and hours."""
    assert ht("update", ID, "--set", "phones=081 22 33 44 (accueil); 0475 12 34 56", "--yes").exit_code == 0
    return [{"number": "+3281223344", "label": {"en": "accueil"}}, {"number": "+32475123456"}]


def test_one_number_of_several_is_not_guessed_where_nobody_can_be_asked(own: Path, ht: Run) -> None:
    phones = with_two_numbers(ht)
    outcome = ht("update", ID, "--set", "phone=04 342 12 12", "--yes")
    assert outcome.exit_code == 3
    assert "--set phone='OLD→NEW'" in outcome.err
    assert "081 22 33 44 (accueil)" in outcome.err
    assert ht("update", ID, "--set", "phone=", "--yes").exit_code == 3
    assert fact(own, ID)["phones"] == phones


@pytest.mark.parametrize("arrow", ["→", "->", " → ", " -> "])
def test_one_number_takes_the_place_of_another_in_its_place(own: Path, ht: Run, arrow: str) -> None:
    with_two_numbers(ht)
    assert ht("update", ID, "--set", f"phone=081 22 33 44{arrow}04 342 12 12", "--yes").exit_code == 0
    assert fact(own, ID)["phones"] == [{"number": "+3243421212", "label": {"en": "accueil"}}, {"number": "+32475123456"}]
    outcome = ht("update", ID, "--set", "phone=081 22 33 44->107", "--yes")
    assert outcome.exit_code == 4
    assert "it holds: 04 342 12 12, 0475 12 34 56" in outcome.err


def test_the_only_number_keeps_what_stood_beside_it(own: Path, ht: Run) -> None:
    ht("update", ID, "--set", "phones=081 22 33 44 (accueil)", "--yes")
    ht("update", ID, "--set", "phone=04 342 12 12", "--yes")
    assert fact(own, ID)["phones"] == [{"number": "+3243421212", "label": {"en": "accueil"}}]


def test_on_a_terminal_it_asks_which_number(own: Path, ht: Run) -> None:
    with_two_numbers(ht)
    said = spoken_with("update", ID, "--set", "phone=04 342 12 12", lines=["2", "y"])
    assert "2  0475 12 34 56" in said
    assert [phone["number"] for phone in fact(own, ID)["phones"]] == ["+3281223344", "+3243421212"]


def test_what_moves_serves_its_new_town(own: Path, ht: Run) -> None:
    ht("add", "--name", "Zonnestraal", "--kind", "group", "--language", "fr", "--city", "namur", "--postcode", "5000", "--yes")
    identifier = id_of(own, "Zonnestraal")
    outcome = ht("update", identifier, "--set", "city=liege", "--yes")
    assert outcome.exit_code == 0
    record = fact(own, identifier)
    assert record["areas"] == ["nis:62063"]
    assert record["addresses"] == [{"locality": "Liège", "nis": "62063"}]
    assert "+ nis:62063" in outcome.out


STREET = ("--set", "city=namur", "--set", "street=Rue du Culot 15B")


def test_the_street_of_the_town_that_it_leaves_is_left_out_and_that_is_said(own: Path, ht: Run) -> None:
    ht("update", ID, *STREET, "--yes")
    outcome = ht("update", ID, "--set", "city=liege", "--yes")
    assert "--set street=" in outcome.err
    assert "Rue du Culot" in outcome.out  # that it goes is shown
    assert fact(own, ID)["addresses"] == [{"locality": "Liège", "nis": "62063"}]


def test_a_row_that_moves_it_and_keeps_the_street_is_said_and_the_street_left_out(own: Path, ht: Run, tmp_path: Path) -> None:
    ht("update", ID, *STREET, "--yes")
    sheet = tmp_path / "sheet.csv"
    for row, street in (("Rue du Culot 15B|4000|Liège|62063", None), ("Rue Neuve 1|5000|Namur|92094", "Rue Neuve 1")):
        sheet.write_text(f"id,addresses\n{ID},{row}\n", "utf-8")
        outcome = ht("import", str(sheet), "--yes")
        assert ("line 2, addresses: the street is that of Namur, and is left out" in outcome.err) == (street is None)
        (address,) = fact(own, ID)["addresses"]
        assert (address.get("street"), address["nis"]) == (street, row[-5:])
    sheet.write_text(f"id,addresses\n{ID},Rue Neuve 2|5000|Namur|92094\n", "utf-8")  # within a town a row says what it says
    assert "left out" not in ht("import", str(sheet), "--yes").err
    assert fact(own, ID)["addresses"][0]["street"] == "Rue Neuve 2"


@pytest.mark.parametrize("order", [("city=liege", "street=Rue Neuve 1"), ("street=Rue Neuve 1", "city=liege")])
def test_a_street_that_is_said_with_the_town_is_that_of_the_town(own: Path, ht: Run, order: tuple[str, str]) -> None:
    ht("update", ID, *STREET, "--yes")
    outcome = ht("update", ID, *(part for one in order for part in ("--set", one)), "--yes")
    assert "left out" not in outcome.err
    assert fact(own, ID)["addresses"][0]["street"] == "Rue Neuve 1"


@pytest.mark.parametrize(("answer", "kept"), [("y", "Rue du Culot 15B"), ("", None)])
def test_on_a_terminal_the_street_is_asked_about(own: Path, ht: Run, answer: str, kept: str | None) -> None:
    ht("update", ID, *STREET, "--yes")
    said = spoken_with("update", ID, "--set", "city=liege", lines=[answer, "y", "y"])
    assert "Is the street that stands there right in" in said
    assert fact(own, ID)["addresses"][0].get("street") == kept


def test_what_serves_more_than_its_town_is_asked_about_it(own: Path, ht: Run) -> None:
    ht("add", "--name", "Zonnestraal", "--kind", "group", "--language", "fr", "--city", "namur", "--serves", "namur", "--serves", "ciney", "--yes")  # fmt: skip
    identifier = id_of(own, "Zonnestraal")
    outcome = ht("update", identifier, "--set", "city=liege", "--yes")
    assert "--add-area nis:62063 --remove-area nis:92094" in outcome.err
    assert "nis:92094" in fact(own, identifier)["areas"]
    ht("update", identifier, "--set", "city=namur", "--yes")
    assert "Does it serve" in spoken_with("update", identifier, "--set", "city=liege", lines=["y", "y"])
    areas = fact(own, identifier)["areas"]
    assert "nis:62063" in areas
    assert "nis:92094" not in areas
    assert len(areas) == 2


@pytest.mark.parametrize("typed", ["", "\x04", "n", "x", "yep"])
def test_nothing_but_a_typed_yes_is_one(own: Path, typed: str) -> None:
    before = own.read_bytes()
    said = spoken_with("update", ID, "--set", "email=a@b.be", lines=[typed])
    assert "[y/N]" in said or "/N]" in said
    assert own.read_bytes() == before


def test_a_yes_that_was_typed_before_the_question_is_none(own: Path) -> None:
    before = own.read_bytes()
    assert "[y/N]" in spoken_with("update", ID, "--set", "email=a@b.be", ahead="y\n")
    assert own.read_bytes() == before


@pytest.mark.parametrize("typed", ["y", "Y", "yes", "o", "oui", "j", "ja", "1"])
def test_a_yes_is_one_in_four_languages(own: Path, typed: str) -> None:
    spoken_with("update", ID, "--set", "email=a@b.be", lines=[typed])
    assert fact(own, ID)["email"] == "a@b.be"


@pytest.mark.parametrize(
    "command",
    [
        ("update", ID, "--set", "url=https://other.example.be"),
        ("update", ID, "--set", "url="),
        ("update", ID, "--remove-need", "school"),
        ("remove", ID, "--reason", "stopped"),
        ("remove", ID, "--duplicate-of", "similes-vlaanderen"),
    ],
)
def test_without_a_terminal_what_takes_away_needs_a_yes(own: Path, ht: Run, command: tuple[str, ...]) -> None:
    before = dump(own)
    outcome = ht(*command)
    assert outcome.exit_code == 2
    assert "--yes" in outcome.err
    assert dump(own) == before
    assert ht(*command, "--yes").exit_code == 0


def test_what_only_adds_needs_none(own: Path, ht: Run) -> None:
    assert ht("update", ID, "--set", "email=a@b.be", "--add-need", "grief").exit_code == 0
    assert loses({"needs": (["a"], ["a", "b"]), "email": (None, "a@b.be"), "checked_on": ("2026-01-01", None)}) is False
    assert loses({"descriptions": ({"fr": "a"}, {"fr": "a", "nl": "b"})}) is False
    assert loses({"descriptions": ({"fr": "a"}, {"nl": "b"})}) is True
    assert loses({"status": (None, "closed")}) is True


@pytest.mark.parametrize(
    "command",
    [("find", "deuil"), ("show", ID), ("export",), ("history",), ("due",), ("doctor", ID), ("terms",), ("urgent",), ("networks",), ("sheet", ID), ("info",)],
)  # fmt: skip
def test_no_file_is_written_over_without_a_word(own: Path, ht: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    ht("verify", ID, "--how", "phone")
    path = tmp_path / ("mine.txt" if command[0] != "export" else "mine.csv")
    path.write_text("mine", "utf-8")
    outcome = ht(*command, "-o", str(path))
    assert outcome.exit_code == 2
    assert "--force" in outcome.err
    assert path.read_text("utf-8") == "mine"
    ht(*command, "-o", str(path), "--force")
    assert path.read_text("utf-8") != "mine"


def test_neither_a_backup_nor_a_package_is_written_over(own: Path, ht: Run, tmp_path: Path) -> None:
    (tmp_path / "today.db").write_text("mine", "utf-8")
    assert ht("info", "--backup", str(tmp_path / "today.db")).exit_code == 2
    assert (tmp_path / "today.db").read_text("utf-8") == "mine"
    assert ht("info", "--backup", str(tmp_path / "today.db"), "--force").exit_code == 0
    folder = tmp_path / "package"
    folder.mkdir()
    assert ht("export", "realism", "--format", "hsds-csv", "-o", str(folder)).exit_code == 0
    again = ht("export", "realism", "--format", "hsds-csv", "-o", str(folder))
    assert (again.exit_code, "--force" in again.err) == (2, True)
    assert ht("export", "realism", "--format", "hsds-csv", "-o", str(folder), "--force").exit_code == 0


def test_what_moves_out_of_all_that_it_serves_is_told_so(own: Path, ht: Run) -> None:
    """Without a word it would be found in the old town for ever, and in the new one never."""
    assert "province:liege" in fact(own, "mado-liege")["areas"]
    assert "it still serves: province of Liège" in ht("update", "mado-liege", "--set", "city=namur", "--dry-run").err
    assert "--add-area nis:92094" in ht("update", "mado-liege", "--set", "city=namur", "--dry-run").err
    assert "it still serves" not in ht("update", "mado-liege", "--set", "city=seraing", "--dry-run").err  # of the same province


def test_a_difference_names_towns_and_areas(own: Path, ht: Run) -> None:
    shown = ht(
        "add", "--name", "Zonnestraal", "--kind", "group", "--language", "fr", "--city", "namur", "--serves", "province:liege", "--yes"
    )
    assert "+ province:liege (province of Liège)" in shown.out
    assert "    + Namur\n" in shown.out
    identifier = id_of(own, "Zonnestraal")
    moved = ht("update", identifier, "--set", "city=liege", "--add-area", "namur", "--yes").out
    assert "    - Namur\n    + Liège\n" in moved
    assert "+ nis:92094 (Namur)" in moved
    assert "+ nis:92094 (Namur)" in ht("history", identifier, "--format", "table").out
    assert "- nis:92094 (Namur)" in ht("undo", "--last", "1", "--dry-run").out


def test_two_towns_of_one_name_are_told_apart_by_their_codes() -> None:
    pair = ([{"locality": "Saint-Nicolas", "nis": "62093"}], [{"locality": "Saint-Nicolas", "nis": "46021"}])
    assert "".join(difference_lines({"addresses": pair})).splitlines()[1:] == ["    - Saint-Nicolas, 62093", "    + Saint-Nicolas, 46021"]


def test_what_nobody_can_reach_is_said_to_be_so_when_it_is_added_and_when_it_is_asked_for_by_name(own: Path, ht: Run) -> None:
    added = ht("add", "--name", "Café Papote Jambes", "--kind", "group", "--language", "fr", "--city", "jambes", "--yes")
    assert "ht find shows it with --all alone" in added.err
    identifier = id_of(own, "Café Papote Jambes")
    said = shown("find", "Café Papote Jambes", columns=200)
    assert f"Café Papote Jambes is in the catalogue, and not among the results (no contact known): ht show {identifier}" in said
    for beside in ("deuil Café Papote Jambes", "adresse café papote jambes"):
        assert f"not among the results (no contact known): ht show {identifier}" in shown("find", beside, columns=200)
    assert "not among the results" not in shown("find", "Café Papote Jambes", "--all", columns=200)
    assert "not among the results" not in ht("find", "Café Papote Jambes").err  # what a program reads keeps its shape
    ht("update", identifier, "--set", "phone=081 22 33 44", "--yes")
    assert "not among the results" not in shown("find", "Café Papote Jambes", columns=200)
    with_number = ht(
        "add", "--name", "Huis Zon", "--kind", "group", "--language", "nl", "--city", "gent", "--phone", "09 224 12 12", "--yes"
    )
    assert "--all alone" not in with_number.err
