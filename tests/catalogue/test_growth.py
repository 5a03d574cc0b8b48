"""What is kept so that nobody counts, sorts or compares all resources says the same as counting, sorting and comparing them."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.generate import resources_like
from ht_cli.catalogue.facts.reading import SHOWN, KnownIds, read_ids
from ht_cli.catalogue.index import tallies
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.tallies import read_tally
from ht_cli.catalogue.index.turns import Turn
from ht_cli.catalogue.keeping import backups, changing, examining, remarks, writing
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.due import DueList
from ht_cli.catalogue.keeping.duplicates import Likenesses, twins
from ht_cli.catalogue.keeping.entering import identifier_for
from ht_cli.catalogue.release.sources import read_sources
from ht_cli.output.listing import _array
from tests.conftest import BUNDLED, ROOT, Outcome

TODAY = date(2026, 11, 28)
COUNTED = {
    "status": "SELECT status, COUNT(*) FROM resource GROUP BY 1",
    "source year": "SELECT COALESCE(substr(source_date, 1, 4), '?'), COUNT(*) FROM resource GROUP BY 1",
    "checked": "SELECT substr(checked_on, 1, 7), COUNT(*) FROM resource WHERE checked_on IS NOT NULL GROUP BY 1",
    "region": "SELECT m.region, COUNT(DISTINCT a.resource) FROM address a JOIN municipality m ON m.nis = a.nis GROUP BY 1",
    f"{tallies.SHOWN}needs": "SELECT t.term, COUNT(*) FROM resource_term t JOIN resource r ON r.id = t.resource"
    f" WHERE t.kind = 'needs' AND {SHOWN} GROUP BY 1",
    f"{tallies.SHOWN}costs": f"SELECT COALESCE(cost, 'unknown'), COUNT(*) FROM resource r WHERE {SHOWN} GROUP BY 1",
    f"{tallies.SHOWN}areas": f"SELECT area, COUNT(*) FROM resource_area a JOIN resource r ON r.id = a.resource WHERE {SHOWN} GROUP BY 1",
}


@pytest.fixture
def changed(slim: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A catalogue in which some are checked in whole or in part, closed, added, taken out, remarked on, skipped and claimed."""
    path = tmp_path / "changed.db"
    path.write_bytes(slim.read_bytes())
    with writing.open_for_writing(str(path)) as connection:
        editor = Editor(connection)
        ids = read_ids(connection)
        for number, identifier in enumerate(ids[:60]):
            day = f"20{23 + number % 4}-0{1 + number % 9}-15"
            editor.change(identifier, lambda record, day=day: record | {"checked_on": day, "checked_how": "phone"}, Occasion("verify"))  # type: ignore[misc]
        editor.change(ids[3], lambda record: record | {"email": "new@example.org"}, Occasion("update"))
        editor.change(ids[5], lambda record: record | {"status": "closed", "closed_on": "2026-11-01"}, Occasion("close"))
        new = {"name": "Groupe Alpha", "kind": "group", "languages": ["fr"], "areas": ["nis:92094"]}
        added = [editor.change(f"groupe-alpha-{n}", lambda _record: new, Occasion("add")) for n in (1, 2)]
        editor.take_back([change for change in added[:1] if change])
        remarks.report(connection, ids[0], "moved")  # it was checked and is not due
        remarks.skip(connection, ids[70], "AB")
        remarks.claim(connection, ids[71], "AB")
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.mark.parametrize("facet", COUNTED)
def test_what_is_kept_of_each_sort_is_what_counting_gives(changed: sqlite3.Connection, facet: str) -> None:
    assert read_tally(changed, facet) == dict(changed.execute(COUNTED[facet]))


def test_the_due_in_turn_are_those_that_sorting_all_gives(changed: sqlite3.Connection) -> None:
    due = DueList(changed, TODAY)
    numbers = [number for (number,) in changed.execute("SELECT number FROM resource")]
    everything = [due._told(row) for _order, row in due._sorted("r.number IN (SELECT value FROM json_each(?))", numbers)]
    assert list(due) == everything
    assert len(due) == len(everything)
    assert list(islice(due, 7)) == everything[:7]
    assert [found.id for found in due.claimed()] == [found.id for found in everything if found.claim]


def test_the_due_of_a_kind_are_those_of_all_that_are_of_it(changed: sqlite3.Connection) -> None:
    helplines = DueList(changed, TODAY, ["helpline"])
    assert list(helplines) == [found for found in DueList(changed, TODAY) if found.kind == "helpline"]
    assert len(helplines) == len(list(helplines))


def test_the_due_of_a_place_are_those_of_all_that_serve_it_and_are_read_once(changed: sqlite3.Connection) -> None:
    namur = Lexicon(changed).place_of("nis:92094")
    serving = {identifier for (identifier,) in changed.execute("SELECT resource FROM resource_area WHERE area = ?", (namur.code,))}
    living = {identifier for (identifier,) in changed.execute("SELECT resource FROM address WHERE nis = ?", (namur.nis,))}
    asked: list[str] = []
    changed.set_trace_callback(asked.append)
    due = DueList(changed, TODAY, place=namur)
    listed = list(due)
    assert len(due) == len(listed) > 20
    assert [found.id for found in due.claimed()] == [found.id for found in listed if found.claim]
    changed.set_trace_callback(None)
    assert sum("FROM resource r WHERE" in statement for statement in asked) == 1
    assert listed == [found for found in DueList(changed, TODAY) if found.id in serving | living]


def test_the_place_of_a_turn_orders_as_the_turn_does() -> None:
    turns = [Turn(a, b, c, d) for a in (False, True) for b in range(6) for c in (False, True) for d in range(3)]
    assert [turn.place for turn in turns] == sorted({turn.place for turn in turns})
    assert [Turn.at(turn.place) for turn in turns] == turns


@pytest.mark.parametrize(
    ("record", "by"),
    [
        ({"name": "Centre de Prévention du Suicid"}, "name"),
        ({"name": "Suicide du prévention de centre"}, "name"),
        ({"name": "Prévention du Suicide, Centre de"}, "name"),
        ({"name": "?", "url": "http://preventionsuicide.be"}, "url"),
    ],
)
def test_what_may_be_the_same_is_found_by_its_words_and_its_page(record: dict[str, str], by: str) -> None:
    with closing(sqlite3.connect(BUNDLED)) as connection:
        (url,) = connection.execute("SELECT url FROM resource WHERE id = 'centre-prevention-suicide'").fetchone()
        found = Likenesses(connection).of("", record | ({"url": url.replace("https://www.", "http://")} if "url" in record else {}))
    assert ("centre-prevention-suicide", by) in found


def test_twins_are_of_one_kind_with_a_like_name_and_the_same_number_or_page(changed: sqlite3.Connection) -> None:
    editor = Editor(changed)
    new = {"name": "Groupe Alfa", "kind": "group", "languages": ["fr"], "areas": ["nis:92094"], "url": "https://alpha.example.org/"}
    for identifier, more in (
        ("alpha-a", {}),
        ("alpha-b", {"name": "Groupe Alpha", "url": "http://www.alpha.example.org"}),
        ("alpha-c", {"kind": "service"}),
    ):
        editor.change(identifier, lambda _record, more=more: new | more, Occasion("add"))  # type: ignore[misc]
    pairs = [pair for pair in twins(changed) if "alpha-" in pair[0] + pair[1]]
    assert set(pairs) == {("alpha-a", "alpha-b"), ("alpha-b", "groupe-alpha-2")}
    assert sorted(twins(changed, ["alpha-a", "alpha-b"])) == [("alpha-a", "alpha-b"), ("alpha-b", "groupe-alpha-2")]
    assert list(twins(changed, ["alpha-a"])) == [("alpha-a", "alpha-b")]


def test_an_id_is_taken_where_the_catalogue_or_the_file_has_it() -> None:
    with closing(sqlite3.connect(BUNDLED)) as connection:
        taken = KnownIds(connection, ["realism-2"])
        assert identifier_for("Realism", taken, "") == "realism-3"


def test_findings_come_gravest_first_and_then_by_resource_and_check(changed: sqlite3.Connection) -> None:
    with ExitStack() as files:
        report = examining.examine(changed, [], TODAY, files)
        findings = list(report.findings())
    order = list(examining.WEIGHTS)
    assert findings == sorted(findings, key=lambda found: (order.index(found.severity), found.resource, found.check))
    assert {severity: sum(found.severity == severity for found in findings) for severity in order} == report.counts
    assert "contact" in {found.check for found in findings}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_array_is_written_piece_by_piece_as_it_would_be_whole(count: int) -> None:
    objects = [{"id": f"é{number}\n", "count": number} for number in range(count)]
    assert "".join(_array(objects)) == json.dumps(objects, ensure_ascii=False, indent=1) + "\n"


def test_a_merge_into_a_large_file_is_taken_back_by_undo_and_costs_no_copy(
    own: Path, tmp_path: Path, ht: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs.db"
    theirs.write_bytes(own.read_bytes())
    with closing(sqlite3.connect(own)) as connection:
        said = changing.read_record(connection, "realism").get("notes")
    with writing.open_for_writing(str(theirs)) as connection:
        Editor(connection).change("realism", lambda record: record | {"notes": "theirs"}, Occasion("update"))
    for module in (writing, backups):
        monkeypatch.setattr(module, "LARGE", 1_000_000)
    with writing.open_for_writing(str(own)) as connection:
        Editor(connection).change("awel-102", lambda record: record | {"notes": "ours"}, Occasion("update"))
    before = backups.backups_of(own)
    assert ht("merge", str(theirs), "--yes").exit_code == 0
    assert len(before) == 1
    assert backups.backups_of(own) == before
    with closing(sqlite3.connect(own)) as connection:
        ((act,),) = connection.execute("SELECT DISTINCT merged FROM change WHERE merged <> ''").fetchall()
    assert ht("undo", act[:8], "--yes").exit_code == 0
    with closing(sqlite3.connect(own)) as connection:
        assert changing.read_record(connection, "realism").get("notes") == said
        assert changing.read_record(connection, "awel-102")["notes"] == "ours"


def test_made_resources_are_the_same_each_time_and_hold() -> None:
    sources = read_sources(ROOT / "data" / "sources")
    real = len(sources.resources)
    made = list(islice(resources_like(sources, real + 300), real, None))
    assert made == list(islice(resources_like(sources, real + 300), real, None))
    assert len({resource.id for resource in made}) == 300
    known = {(row["nis"], row["postcode"]) for row in sources.localities}
    assert {(address.nis, address.postcode) for resource in made for address in resource.addresses} <= known
    numbers = [phone.number for resource in made for phone in resource.phones]
    assert len(numbers) == len(set(numbers))
