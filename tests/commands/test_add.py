import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.keeping.device import device_named
from tests.catalogue.facts import fact, facts, faults_of, id_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]
CIRCLE = (
    "add", "--name", "Cercle des Tilleuls", "--kind", "groupe", "--city", "namur", "--street", "Rue de Fer 1", "--postcode", "5000",
    "--need", "deuil", "--offer", "groupe de parole", "--audience", "adultes", "--language", "français", "--channel", "in-person",
    "--phone", "081 22 33 44 (accueil)", "--email", "a@b.be", "--url", "https://tilleuls.example.be", "--description",
    "fr=On se retrouve autour d'un café.", "--cost", "gratuit", "--by", "AB",
)  # fmt: skip


def test_words_of_four_languages_become_facts_and_are_found_at_once(own: Path, ht: Run) -> None:
    outcome = ht(*CIRCLE)
    assert outcome.exit_code == 0
    identifier = id_of(own, "Cercle des Tilleuls")
    assert f"{identifier}: added" in outcome.out
    record = fact(own, identifier)
    assert record["kind"] == "group"
    assert record["needs"] == ["grief"]
    assert record["offers"] == ["talking-circle"]
    assert record["phones"] == [{"number": "+3281223344", "label": {"en": "accueil"}}]
    assert record["areas"] == ["nis:92094"]
    assert record["addresses"] == [{"street": "Rue de Fer 1", "postcode": "5000", "locality": "Namur", "nis": "92094"}]
    assert identifier in ht("find", "groupe", "deuil", "namur", "--format", "ids").out.splitlines()
    assert ht("find", "sercle des tilleuls", "--format", "ids").out.splitlines()[0] == identifier
    assert faults_of(own) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--postcode", "4000"), "postcode “4000” is not in this municipality"),
        (("--phone", "04 12"), "there is no number"),
        (("--email", "nobody"), "is no e-mail address"),
        (("--url", "ftp://x.be"), "is no web address"),
        (("--need", "xyzzyqq"), "need"),
        (("--city", "Paris"), "outside Belgium"),
        (("--set", "min_age=old"), "a whole number is wanted"),
        (("--set", "colour=red"), "no field colour"),
    ],
)
def test_a_wrong_value_adds_nothing_and_says_which(own: Path, ht: Run, wrong: tuple[str, str], said: str) -> None:
    before = facts(own)
    outcome = ht(*CIRCLE, *wrong)
    assert outcome.exit_code in (1, 2, 4)
    assert said in outcome.err
    assert facts(own) == before


def test_belgian_short_numbers_are_numbers(own: Path, ht: Run) -> None:
    assert ht(*CIRCLE, "--phone", "1813", "--phone", "116 123", "--force").exit_code == 0
    numbers = [phone["number"] for phone in fact(own, id_of(own, "Cercle des Tilleuls"))["phones"]]
    assert numbers == ["+3281223344", "1813", "116123"]


@pytest.mark.parametrize(
    ("like", "reason"),
    [
        (("--phone", "107"), "the same number"),
        (("--url", "http://realism0-18.be"), "the same page"),
        (("--name", "Realism"), "nearly the same name"),
    ],
)
def test_what_may_be_there_already_is_shown_before_anything_is_written(own: Path, ht: Run, like: tuple[str, str], reason: str) -> None:
    before = facts(own)
    outcome = ht(*CIRCLE, *like)
    assert outcome.exit_code == 3
    assert reason in outcome.err
    assert facts(own) == before
    assert ht(*CIRCLE, *like, "--force").exit_code == 0


def test_ids_are_made_from_the_name_and_the_device_and_never_taken_twice(own: Path, ht: Run) -> None:
    ht(*CIRCLE)
    first = id_of(own, "Cercle des Tilleuls")
    with closing(sqlite3.connect(own)) as connection:
        assert first == f"cercle-des-tilleuls-{device_named(connection)[:4]}"
    assert f"{first}-2" in ht(*CIRCLE, "--force", "--dry-run").out  # what is shown is what is written
    ht(*CIRCLE, "--force")
    assert {first, f"{first}-2"} <= set(facts(own))


def test_before_anything_was_written_the_id_is_shown_without_the_digits_of_a_device(own: Path, ht: Run) -> None:
    assert "\ncercle-des-tilleuls\n" in "\n" + ht(*CIRCLE, "--dry-run").out


@pytest.mark.parametrize("line", ['addresses = ["Rue Neuve 1"]', 'phones = ["065 12 34 56"]', "areas = 7", 'name = ["A"]'])
def test_a_value_of_another_shape_in_a_file_is_refused_in_words(own: Path, ht: Run, tmp_path: Path, line: str) -> None:
    kept = [said for said in ('name = "A"', 'kind = "group"', 'languages = ["fr"]') if not line.startswith(said[:5])]
    (tmp_path / "x.toml").write_text("\n".join([*kept, line]), "utf-8")
    outcome = ht("add", "--from", str(tmp_path / "x.toml"), "--yes")
    assert outcome.exit_code == 4
    assert line.partition(" ")[0] in outcome.err


def test_a_toml_file_holds_a_whole_record(own: Path, ht: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('name = "Praatcafé Linde"\nkind = "group"\nlanguages = ["nl"]\nareas = ["nis:44021"]\nneeds = ["grief"]\n', "utf-8")
    assert ht("add", "--from", str(file)).exit_code == 0
    assert fact(own, id_of(own, "Praatcafé Linde"))["areas"] == ["nis:44021"]
    file.write_text("name = [", "utf-8")
    assert ht("add", "--from", str(file)).exit_code == 4
    assert ht("add", "--from", str(tmp_path / "none.toml")).exit_code == 2


def test_what_stands_in_a_file_under_another_name_of_a_field_is_read_and_nothing_is_swallowed(own: Path, ht: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    lines = ['name = "Huis Wilg"', 'kind = "group"', 'language = "nl"', 'city = "Meldert"', "postcode = 9310", 'need = ["rouw", "stress"]',
             '"téléphone" = "053 12 34 56 (onthaal)"']  # fmt: skip
    file.write_text("\n".join(lines), "utf-8")
    assert ht("add", "--from", str(file)).exit_code == 0
    added = fact(own, id_of(own, "Huis Wilg"))
    assert (added["languages"], added["needs"], added["areas"]) == (["nl"], ["grief", "stress"], ["nis:41002"])
    assert (added["addresses"], added["phones"][0]["number"]) == (
        [{"postcode": "9310", "locality": "Meldert", "nis": "41002"}],
        "+3253123456",
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('colour = "red"', "colour: there is no such field; allowed: name, kind"),
        ("phone = 1.5", "phone: a text is wanted"),
        ('languages = ["nl"]', "language: it is said twice; keep one of the two"),
        ('"langue" = "nl"', "langue: it is said twice; keep one of the two"),
        ('city = "Meldert"', "“Meldert” is the name of several places"),
    ],
)
def test_what_in_a_file_means_no_field_or_no_one_thing_is_refused_by_name(own: Path, ht: Run, tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "x.toml").write_text(f'name = "Huis Es"\nkind = "group"\nserves = "gent"\nlanguage = "nl"\n{line}\n', "utf-8")
    before = own.read_bytes()
    outcome = ht("add", "--from", str(tmp_path / "x.toml"), "--yes")
    assert outcome.exit_code in (3, 4)
    assert said in outcome.err
    assert own.read_bytes() == before


def test_the_editor_gets_a_commented_template_and_what_it_leaves_is_added(
    own: Path, ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        "#!/bin/sh\ngrep -q '^# Fill in' \"$1\" || exit 9\n"
        'printf \'name = "Gartenkreis"\\nkind = "group"\\nlanguages = ["de"]\\nareas = ["community:de"]\\n\' > "$1"\n'
    )
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert ht("add", "--edit").exit_code == 0
    assert fact(own, id_of(own, "Gartenkreis"))["areas"] == ["community:de"]


def test_dry_run_shows_and_writes_nothing(own: Path, ht: Run) -> None:
    before = own.read_bytes()
    outcome = ht(*CIRCLE, "--dry-run")
    assert outcome.exit_code == 0
    assert "Cercle des Tilleuls" in outcome.out
    assert own.read_bytes() == before


def test_without_a_terminal_nothing_is_asked(own: Path, ht: Run) -> None:
    outcome = ht("add")
    assert outcome.exit_code == 4
    assert "name: missing" in outcome.err


def test_what_is_missing_is_said_with_its_options_and_the_two_other_ways(own: Path, ht: Run) -> None:
    ways = "field by field: --set FIELD=VALUE; or the whole record in a file: --from FILE"
    assert f"to say it: --name, --kind, --city / --serves, --language; {ways}" in ht("add").err
    assert f"to say it: --kind, --language; {ways}" in ht("add", "--name", "Zonnestraal", "--city", "namur").err
    assert "to say it" not in ht(*CIRCLE, "--email", "nobody").err


def test_a_name_of_several_places_is_refused_with_the_candidates_where_nobody_can_be_asked(own: Path, ht: Run) -> None:
    for options in (("--city", "meldert"), ("--city", "namur", "--serves", "meldert")):
        outcome = ht("add", "--name", "Het Baken", "--kind", "group", "--language", "nl", *options)
        assert outcome.exit_code == 3
        assert "ht add --resume" in outcome.err.splitlines()[0]
        assert [line.strip() for line in outcome.err.splitlines()[2:]] == [
            "Meldert (9310 Aalst)",
            "Meldert (3320 Hoegaarden)",
            "Meldert (3560 Lummen)",
        ]
    assert ht("update", "realism", "--add-area", "meldert").exit_code == 3


@pytest.mark.parametrize(
    "line",
    [
        ("add", "--name", "Zz", "--kind", "service", "--language", "fr", "--city", "houdimont"),
        ("add", "--name", "Zz", "--kind", "service", "--language", "fr", "--set", "city=houdimont"),
        ("add", "--name", "Zz", "--kind", "service", "--language", "fr", "--city", "namur", "--serves", "houdimont"),
        ("update", "realism", "--add-area", "houdimont"),
        ("due", "--city", "houdimont", "--take", "2"),
    ],
)
def test_a_town_that_is_misspelt_or_unknown_is_never_written_but_refused_with_the_near_ones(
    own: Path, ht: Run, line: tuple[str, ...]
) -> None:
    before = own.read_bytes()
    outcome = ht(*line, *([] if line[0] == "due" else ["--yes"]))
    assert (outcome.exit_code, outcome.out) == (3, "")
    kept = ["what you entered is kept; go on with: ht add --resume"] if line[0] == "add" else []
    assert outcome.err.splitlines() == [
        *kept,
        "ht: no place is called “houdimont”; is one of these meant?",
        "  Hodimont (Verviers)",
        "  Houdemont (6724 Habay)",
        "  Houdremont (5575 Gedinne)",
    ]
    assert own.read_bytes() == before


def test_a_town_of_which_a_part_means_nothing_is_not_written_either(own: Path, ht: Run) -> None:
    line = ("add", "--name", "Zz", "--kind", "service", "--language", "fr", "--dry-run", "--city")
    assert ht(*line, "Mons en Baroeul").exit_code == 3
    for written in ("commune de Mons", "Mons", "mons", "B-7000", "Mons (Hainaut)"):
        assert "nis:53053" in ht(*line, written).out


def test_on_a_terminal_a_misspelt_town_is_asked_for(own: Path, ht: Run) -> None:
    command = f"{sys.executable} -m ht_cli add --name Baken --kind group --language nl --city houdimont --dry-run"
    asked = subprocess.run(["script", "-qec", command, "/dev/null"], input="2\n", capture_output=True, check=True, text=True).stdout
    assert "1  Hodimont (Verviers)" in asked
    assert "Houdemont (Habay)" in asked


@pytest.mark.parametrize(
    "place", [("--city", "meldert", "--postcode", "3560"), ("--city", "Meldert (3560 Lummen)"), ("--city", "meldert limburg")]
)
def test_a_postcode_a_town_or_a_province_tells_which_of_several_places_is_written(place: tuple[str, ...], own: Path, ht: Run) -> None:
    assert ht("add", "--name", "Het Baken", "--kind", "group", "--language", "nl", *place, "--yes").exit_code == 0
    (address,) = json.loads(ht("show", id_of(own, "Het Baken"), "--json").out)[0]["addresses"]
    assert (address["nis"], address["locality"]) == ("71037", "Meldert")


def test_on_a_terminal_one_of_several_places_is_asked_for(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    command = f"{sys.executable} -m ht_cli add --name Baken --kind group --language nl --city meldert --dry-run"
    asked = subprocess.run(["script", "-qec", command, "/dev/null"], input="3\n", capture_output=True, check=True, text=True).stdout
    assert "3  Meldert (3560 Lummen)" in asked
    assert "Meldert (Lummen)" in asked
