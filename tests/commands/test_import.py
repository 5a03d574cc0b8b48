import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import KnownIds, read_ids, read_resources
from ht_cli.catalogue.facts.records import record_of, tidy
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_allowed, read_record
from ht_cli.catalogue.keeping.following import follow
from ht_cli.catalogue.keeping.verifying import UNWRITTEN
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.errors import InvalidDataError
from tests.catalogue.facts import dump, fact, faults_of, id_of
from tests.conftest import ROOT, Outcome, posix

Run = Callable[..., Outcome]


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., str]:
    def write(text: str, name: str = "sheet.csv", encoding: str = "utf-8") -> str:
        (tmp_path / name).write_bytes(text.encode(encoding))
        return str(tmp_path / name)

    return write


def test_a_row_changes_what_its_columns_name_and_leaves_the_rest(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    before = fact(own, "realism")
    outcome = ht("import", sheet("id,hours,needs\nrealism,9-17,crisis; grief\n"), "--yes")
    assert outcome.exit_code == 0
    after = fact(own, "realism")
    assert after["hours"] == {"en": "9-17"}
    assert after["needs"] == ["crisis", "grief"]
    assert {f: v for f, v in after.items() if f not in ("hours", "needs", "changed_on")} == {
        f: v for f, v in before.items() if f not in ("hours", "needs", "changed_on")
    }
    assert faults_of(own) == []


def test_excels_semicolons_byte_order_mark_and_decimal_comma_are_understood(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    ht("import", sheet("id;min_age;notes\r\nrealism;3,0;'=1+1\r\n", encoding="utf-8-sig"), "--yes")
    assert fact(own, "realism")["min_age"] == 3
    assert fact(own, "realism")["notes"] == "=1+1"


def test_a_new_row_adds_and_a_closed_one_closes(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    text = "id,name,kind,languages,areas,status,closed_reason\n,Nieuwe Groep,group,nl,nis:44021,,\nsimiles-vlaanderen,Similes,group,nl,community:nl,closed,stopped\n"
    outcome = ht("import", sheet(text), "--dry-run")
    assert "1 to add, 0 to change, 1 to close" in outcome.err
    assert ht("import", sheet(text), "--yes").exit_code == 0
    assert fact(own, id_of(own, "Nieuwe Groep"))["kind"] == "group"
    assert fact(own, "similes-vlaanderen")["status"] == "closed"


@pytest.mark.parametrize(
    ("day", "said"), [("2026-02-31", "“2026-02-31” is no date"), ("2031-01-01", "is still to come"), ("soon", "“soon” is no date")]
)
@pytest.mark.parametrize("named", ["realism", ""])
def test_a_date_of_the_newest_source_that_cannot_be_is_refused_by_name(
    own: Path, ht: Run, sheet: Callable[..., str], day: str, said: str, named: str
) -> None:
    row = {"id": named, "name": "Nieuwe Groep", "kind": "group", "languages": ["nl"], "areas": ["nis:44021"], "source_date": day}
    for path in (
        sheet(f"id,name,kind,languages,areas,source_date\n{named},Nieuwe Groep,group,nl,nis:44021,{day}\n"),
        sheet(json.dumps([row]), "rows.json"),
    ):
        outcome = ht("import", path, "--yes")
        assert outcome.exit_code == 4
        assert "source_date: " in outcome.err
        assert said in outcome.err


def test_a_date_that_the_sources_do_not_say_is_left_alone_which_is_said(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    newest = max(source.get("date", "") for source in fact(own, "realism")["sources"])
    assert "source_date" not in ht("import", sheet(f"id,source_date\nrealism,{newest}\n"), "--yes").err
    said = ht("import", sheet("id,source_date\nrealism,2019-03\n"), "--yes").err
    assert "source_date of 1 row is left alone" in said
    dated = "id,sources,source_date\nrealism,https://a.example.org|2026-10,2026-10\n"  # a row may say both
    assert "source_date" not in ht("import", sheet(dated), "--yes").err
    assert fact(own, "realism")["sources"] == [{"url": "https://a.example.org", "date": "2026-10"}]


def test_every_bad_row_is_named_and_nothing_is_written(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    before = dump(own)
    outcome = ht(
        "import", sheet("id,hours,kind,min_age\nrealism,9-17,,\nsimiles-vlaanderen,,shop,\ntele-accueil-107,,helpline,old\n"), "--yes"
    )
    assert outcome.exit_code == 4
    assert "line 3, kind" in outcome.err
    assert "line 4, min_age" in outcome.err
    assert dump(own) == before


def test_a_row_of_an_id_that_nobody_has_and_of_no_name_says_so(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    outcome = ht("import", sheet("id,email\nrealismm,a@b.be\n"), "--yes")
    assert outcome.exit_code == 4
    assert "line 2, id: no resource is called realismm" in outcome.err
    assert "missing" not in outcome.err


def test_skip_bad_takes_the_good_and_writes_the_bad_to_a_file_that_can_be_mended(
    own: Path, ht: Run, sheet: Callable[..., str], tmp_path: Path
) -> None:
    file = sheet("id,hours,kind\nrealism,9-17,network-youth\nsimiles-vlaanderen,9-17,shop\n")
    assert ht("import", file, "--skip-bad", "--yes").exit_code == 4
    assert fact(own, "realism")["hours"] == {"en": "9-17"}
    bad = tmp_path / "sheet.bad.csv"
    assert bad.read_text("utf-8") == "id,hours,kind\nsimiles-vlaanderen,9-17,shop\n"
    bad.write_text(bad.read_text("utf-8").replace("shop", "group"), "utf-8")
    assert ht("import", str(bad), "--yes").exit_code == 0
    assert fact(own, "similes-vlaanderen")["hours"] == {"en": "9-17"}


def test_bad_rows_are_written_beside_once_the_good_ones_are(own: Path, ht: Run, sheet: Callable[..., str], tmp_path: Path) -> None:
    ht("update", "realism", "--set", "email=a@example.org", "--yes")
    file = sheet("id,email,kind\nrealism,b@example.org,network-youth\nsimiles-vlaanderen,c@example.org,shop\n")
    assert ht("import", file, "--skip-bad").exit_code == 2  # it overwrites, and nobody can be asked
    assert list(tmp_path.glob("*.bad*")) == []
    assert ht("import", file, "--skip-bad", "--yes").exit_code == 4
    assert [path.name for path in tmp_path.glob("*.bad*")] == ["sheet.bad.csv"]


def test_json_and_jsonl_say_the_same_as_csv(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    ht("import", sheet(json.dumps([{"id": "realism", "hours": "one"}]), "a.json"), "--yes")
    assert fact(own, "realism")["hours"] == {"en": "one"}
    ht("import", sheet('{"id": "realism", "hours": "two"}\n\n{"id": "similes-vlaanderen", "hours": "two"}\n', "a.jsonl"), "--yes")
    assert fact(own, "realism")["hours"] == fact(own, "similes-vlaanderen")["hours"] == {"en": "two"}


def test_another_catalogue_is_imported_as_facts(own: Path, ht: Run, tmp_path: Path) -> None:
    ht("info", "--backup", str(tmp_path / "other.db"))
    ht("--catalogue", str(tmp_path / "other.db"), "update", "realism", "--set", "hours=theirs", "--catalogue", str(tmp_path / "other.db"))
    outcome = ht("import", str(tmp_path / "other.db"), "--catalogue", str(own), "--yes")
    assert outcome.exit_code == 0
    assert fact(own, "realism")["hours"] == {"en": "theirs"}


def test_dates_of_checks_are_left_alone_and_that_is_said(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    outcome = ht("import", sheet("id,checked_on,checked_how\nrealism,2026-01-01,phone\n"), "--yes")
    assert "checked_on" not in fact(own, "realism")
    assert "only ht verify moves them" in outcome.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("latin.csv", "id,hours\nrealism,été\n".encode("latin-1")),
        ("nul.csv", b"id,hours\nrealism,\x00\n"),
        ("quotes.csv", b'id,hours\nrealism,"open\n'),
        ("cells.csv", b"id,hours\nrealism,1,2,3\n"),
        ("columns.csv", b"id,secret\nrealism,1\n"),
        ("deep.json", b"[" * 100_000),
        ("number.json", b"42"),
        ("types.json", b'[{"id": 5, "name": {"a": 1}, "phones": "x", "min_age": true}]'),
        ("surrogate.json", b'[{"id": "realism", "hours": "\\ud800"}]'),
        ("escape.json", b'[{"id": "realism", "hours": "\\u001b[31m"}]'),
        ("rtl.jsonl", '{"id": "realism", "name": "a\u202eb"}'.encode()),
        ("id.json", b'[{"id": "../x", "name": "a", "kind": "group", "languages": ["fr"], "areas": ["country:be"]}]'),
        ("twice.csv", b"id,hours\nrealism,1\nrealism,2\n"),
        ("huge.json", b'[{"id": "realism", "min_age": 1e999}]'),
        ("hours.json", b'[{"id": "realism", "phones": [{"number": "107", "hours_osm": true}]}]'),
        ("hours2.json", b'[{"id": "realism", "hours_osm": [1]}]'),
        ("source.json", b'[{"id": "realism", "sources": [{"date": "2026-01-01"}]}]'),
        ("nis.json", b'[{"id": "realism", "addresses": [{"street": "x", "nis": ["62063"]}]}]'),
        ("big.json", b'[{"id": "realism", "min_age": ' + b"9" * 5000 + b"}]"),
    ],
)
def test_a_hostile_file_is_refused_with_a_reason(own: Path, ht: Run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    before = dump(own)
    outcome = ht("import", str(tmp_path / name), "--yes")
    assert outcome.exit_code == 4, outcome
    assert outcome.err
    assert "\x1b" not in outcome.err
    assert dump(own) == before


def test_a_missing_file_is_said(own: Path, ht: Run, tmp_path: Path) -> None:
    assert ht("import", str(tmp_path / "none.csv"), "--yes").exit_code == 2


@pytest.mark.parametrize("field", ["id", "successor"])
def test_half_of_a_surrogate_pair_in_an_id_is_refused_in_words(own: Path, tmp_path: Path, ht: Run, field: str) -> None:
    file = tmp_path / "half.json"
    row = {"id": "realism", "name": "REALiSM", "kind": "network-youth", field: "\ud800"}
    file.write_text(json.dumps([row]), "utf-8")
    outcome = ht("import", str(file), "--yes")
    assert outcome.exit_code == 4
    assert field in outcome.out + outcome.err


def test_a_row_may_lead_to_one_that_stands_below_it_and_to_none_that_is_nowhere(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    heading = "id,name,kind,languages,areas,status,closed_reason,successor\n"
    first = "old-house,Oud Huis Zilverlinde,group,nl,nis:44021,closed,moved,new-house\n"
    assert ht("import", sheet(heading + first), "--yes").exit_code == 4
    assert ht("import", sheet(heading + first + "new-house,Nieuw Huis Goudvink,group,nl,nis:44021,,,\n"), "--yes").exit_code == 0
    assert fact(own, "old-house")["successor"] == "new-house"
    assert faults_of(own) == []
    assert ht("undo", "--last", "1", "--yes").exit_code == 0
    assert id_is_free(own, "old-house")
    assert id_is_free(own, "new-house")


def id_is_free(path: Path, identifier: str) -> bool:
    with open_catalogue(str(path)) as connection:
        return identifier not in KnownIds(connection)


def test_what_is_new_says_what_its_one_entry_says(own: Path) -> None:
    """A new resource is written without working out what its entries come to: for each of today's it is the same."""
    with open_catalogue() as connection:
        wanted = {resource.id: record_of(resource) for resource in read_resources(connection, read_ids(connection, all_statuses=True)[::9])}
    with open_for_writing(str(own)) as connection:
        allowed, editor = read_allowed(connection), Editor(connection)
        for number, record in enumerate(wanted.values()):
            record = {name: value for name, value in record.items() if name not in (*UNWRITTEN, "successor")}
            change = editor.change(f"again-{number}", lambda _now, record=record: record, Occasion("add"))
            assert change is not None
            now = read_record(connection, f"again-{number}")
            assert now == tidy(follow(connection, f"again-{number}", {}, allowed).after | {"changed_on": change.at[:10]})


@posix
@pytest.mark.parametrize("name", ["long.csv", "long.json"])
def test_a_long_file_is_not_held_in_memory(own: Path, tmp_path: Path, name: str) -> None:
    small, large = (highest_memory("import", str(written(tmp_path / name, rows)), "--yes", "--force") for rows in (20, 4_000))
    assert large - small < 20_000  # KB; the rows alone are 8 MB, and held twice and planned they took 70


def written(path: Path, rows: int) -> Path:
    note = "x" * 2_000
    if path.suffix == ".csv":
        lines = (f"row-{n},Groep {n} Zilverlinde,group,nl,nis:44021,{note}\n" for n in range(rows))
        path.write_text("id,name,kind,languages,areas,notes\n" + "".join(lines))
    else:
        same = {"kind": "group", "languages": ["nl"], "areas": ["nis:44021"], "notes": note}
        path.write_text(json.dumps([{"id": f"row-{n}", "name": f"Groep {n} Zilverlinde", **same} for n in range(rows)]))
    return path


def highest_memory(*arguments: str) -> int:
    """Give the highest memory of a command in KB, run by a process that is small itself."""
    launching = [sys.executable, "-I", "-S", str(ROOT / "benchmarks" / "launching.py"), "1", sys.executable, "-c", QUIETLY, *arguments]
    run = subprocess.run(launching, capture_output=True, text=True, check=True, cwd=ROOT, stdin=subprocess.DEVNULL)
    return int(run.stdout.split()[-2])


QUIETLY = "import os, sys; os.dup2(os.open(os.devnull, os.O_WRONLY), 1); from ht_cli.__main__ import main; main()"


def test_a_good_row_is_taken_though_another_leads_to_a_bad_one(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    heading = "id,name,kind,languages,areas,status,closed_reason,successor\n"
    rows = "zz-a,Zilverlinde A,group,nl,nis:44021,closed,moved,zz-b\nzz-b,Goudvink B,shop,nl,nis:44021,,,\nzz-c,Kwikstaart C,group,nl,nis:44021,,,\n"
    outcome = ht("import", sheet(heading + rows), "--yes", "--skip-bad")
    assert outcome.exit_code == 4
    assert "zz-a: successor: no resource has the id zz-b" in outcome.err
    assert (id_is_free(own, "zz-a"), id_is_free(own, "zz-b"), id_is_free(own, "zz-c")) == (True, True, False)


def test_many_names_with_one_beginning_are_learned_at_once(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    text = "id,name,kind,languages,areas,url\n"
    words = ["qx" + "".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(300)]
    text += "".join(f"res-{word},Kring {word},group,fr,country:be,https://example.org/{word}\n" for word in words)
    assert ht("import", sheet(text), "--yes", "--force").exit_code == 0
    assert faults_of(own) == []
    assert ht("find", "kring", "qxcji", "--format", "ids").out.startswith("res-qxcj")  # misspelt by a letter


NEW = "name,kind,areas,languages,phones\n"


def test_a_row_without_id_that_stands_twice_is_added_once_and_one_of_the_same_name_is_asked_about(
    own: Path, ht: Run, tmp_path: Path
) -> None:
    row = "Praathuis Zonnebloem,service,nis:31005,nl,050 12 34 56\n"
    sheet = tmp_path / "new.csv"
    sheet.write_text(f"{NEW}{row}{row}", "utf-8")
    twice = ht("import", str(sheet), "--yes")
    assert (twice.exit_code, "line 3, –: the same stands in line 2 too" in twice.err) == (4, True)
    sheet.write_text(NEW + row + row.replace("56\n", "57\n"), "utf-8")
    named_alike = ht("import", str(sheet), "--yes")
    assert named_alike.exit_code == 3, named_alike
    assert "praathuis-zonnebloem-2: praathuis-zonnebloem" in named_alike.err
    assert ht("import", str(sheet), "--yes", "--force").exit_code == 0


def test_new_rows_that_lead_to_each_other_are_refused_before_anything_is_asked(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    columns = "id,name,kind,languages,areas,status,closed_on,closed_reason,successor\n"
    row = "{},Groupe {},group,fr,nis:92094,closed,2026-01-01,stopped,{}\n"
    ring = sheet(columns + row.format("one", "one", "two") + row.format("two", "two", "three") + row.format("three", "three", "one"))
    before = dump(own)
    for how in ("--dry-run", "--yes"):
        outcome = ht("import", ring, how)
        assert outcome.exit_code == 4
        assert "line 4, successor: one is closed itself, and leads back to this one" in outcome.err
    assert dump(own) == before


def test_what_is_there_cannot_be_made_to_lead_in_a_circle_by_a_file(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    assert ht("remove", "realism", "--successor", "similes-vlaanderen", "--reason", "moved", "--yes").exit_code == 0
    back = sheet("id,status,closed_reason,successor\nsimiles-vlaanderen,closed,moved,realism\n")
    assert ht("import", back, "--yes").exit_code == 4
    assert fact(own, "similes-vlaanderen").get("status") != "closed"
    turned = sheet("id,status,closed_on,closed_reason,successor\nrealism,active,,,\nsimiles-vlaanderen,closed,,moved,realism\n")
    assert ht("import", turned, "--yes").exit_code == 0
    assert fact(own, "similes-vlaanderen")["successor"] == "realism"


def test_no_door_lets_two_lead_to_each_other(own: Path, ht: Run) -> None:
    assert ht("remove", "realism", "--successor", "similes-vlaanderen", "--reason", "moved", "--yes").exit_code == 0
    with open_for_writing() as connection:
        closed = {"status": "closed", "closed_reason": "moved", "successor": "realism"}
        with pytest.raises(InvalidDataError, match="leads back"):
            Editor(connection).change("similes-vlaanderen", lambda record: record | closed, Occasion("update", "AB"))


def test_a_house_that_stands_twice_in_a_file_is_added_twice_only_where_that_is_meant(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    columns = "name,kind,languages,areas,phones\n"
    twice = sheet(columns + "Nieuwe Groep,group,nl,nis:44021,09 233 44 55\nNieuwe groep,group,nl,nis:44021,09 233 44 55\n")
    said = ht("import", twice, "--dry-run")
    assert "it may be there already: nieuwe-groep-2: nieuwe-groep" in said.err
    outcome = ht("import", twice, "--yes")
    assert outcome.exit_code == 3
    assert ht("import", twice, "--yes", "--force").exit_code == 0
    towns = sheet(columns + "Open Huis,group,nl,nis:44021,\nOpen Huis,group,nl,nis:46021,\n")
    assert ht("import", towns, "--yes").exit_code == 0  # the same name in another town is another house


def test_a_row_that_cannot_be_read_names_its_other_faults_too(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    outcome = ht("import", sheet("id;phones;url;email\nrealism;12;nowhere;a@b@c\n"), "--dry-run")
    assert outcome.exit_code == 4
    for said in ("phones: there is no number", "url: “nowhere” is no web address", "email: “a@b@c”"):
        assert said in outcome.err


def test_a_row_of_which_a_part_cannot_be_read_names_all_that_is_wrong_with_it(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    said = ht("import", sheet("name,kind,phones,languages,areas,min_age,max_age\nA,service,nonsense,fr,Nowhere,old,ninety\n")).err
    for fault in ("min_age: “old” cannot be read", "max_age: “ninety” cannot be read", "no number “nonsense”", "“Nowhere” is no area"):
        assert fault in said


def test_a_site_without_its_scheme_and_an_e_mail_address_with_one_are_taken(own: Path, ht: Run, sheet: Callable[..., str]) -> None:
    text = "id,name,kind,languages,areas,url,email\n"
    text += "test-a, Maison A ,service,fr,nis:92094,www.example.be/x,mailto:a@example.be\n"
    text += "test-b,Maison B,service,fr,nis:92094,facebook.com/maison,\n"
    assert ht("import", sheet(text), "--yes").exit_code == 0
    assert (fact(own, "test-a")["name"], fact(own, "test-a")["url"], fact(own, "test-a")["email"]) == (
        "Maison A", "https://www.example.be/x", "a@example.be",
    )  # fmt: skip
    assert fact(own, "test-b")["url"] == "https://facebook.com/maison"
    assert ht("update", "test-b", "--set", "url=www.example.be", "--yes").exit_code == 0
    assert fact(own, "test-b")["url"] == "https://www.example.be"


@pytest.mark.parametrize("row", ["realism,Rue  canari 11|4000|Liège|62063", 'realism,"Rue Canari 11, 4000 Liège"'])
def test_a_row_that_left_before_its_address_was_secret_makes_nothing_public_and_says_so(
    own: Path, ht: Run, sheet: Callable[..., str], row: str
) -> None:
    ht("update", "realism", "--set", "street=Rue Canari 11", "--set", "postcode=4000", "--set", "confidential=yes", "--yes")
    was = fact(own, "realism")
    outcome = ht("import", sheet(f"id,addresses\n{row}\n"), "--yes")
    assert outcome.exit_code == 0
    assert "line 2, addresses: an address that is kept confidential here, and stays so" in outcome.err
    assert "public" not in outcome.out + outcome.err
    assert "anari" not in outcome.out + outcome.err
    assert fact(own, "realism") == was


@pytest.mark.parametrize(("language", "marks"), [("fr", "«»"), ("de", "„“"), ("nl", "“”"), ("en", "“”")])
def test_what_a_file_says_stands_in_the_quotes_of_the_language(
    own: Path, ht: Run, sheet: Callable[..., str], language: str, marks: str
) -> None:
    text = "kind,name,phones,languages,areas,email\nservice,A,nonsense,fr,Nowhere,x\nservice,B,,fr,Namur,a@b.be\n"
    said = ht("import", sheet(text), "--dry-run", "--locale", language).err
    assert set(said).intersection("«»„“”") == set(marks)
