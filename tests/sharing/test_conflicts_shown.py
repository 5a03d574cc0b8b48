"""What two said differently is shown, counted and settled thing by thing, in words: not field by field, and no code of a town."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.records import tidy
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import read_changes
from ht_cli.catalogue.keeping.verifying import verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.merging import take_back
from ht_cli.catalogue.sharing.syncing import sync
from tests.catalogue.facts import fact, facts
from tests.conftest import Outcome
from tests.sharing.test_syncing import check, devices, say

Run = Callable[..., Outcome]
ADDED = tidy({
    "name": "Cercle des Tilleuls", "kind": "group", "languages": ["fr"], "areas": ["nis:92094"], "needs": ["grief"],
    "addresses": [{"street": "Rue de Fer 1", "postcode": "5000", "nis": "92094"}], "url": "https://x.example",
})  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "cloud").mkdir()
    return tmp_path / "cloud"


def exchange(ht: Run, place: Path, *paths: Path) -> str:
    """Let them sync one after the other, and give what the last one was told."""
    return [ht("sync", str(place), "--catalogue", str(path)).err for path in paths][-1]


def shown(ht: Run, path: Path, tmp_path: Path) -> str:
    """What `ht take` shows of conflicts, as people read it."""
    packet = tmp_path / f"{path.parent.name}.jsonl"
    ht("send", str(packet), "--force", "--catalogue", str(path))
    return ht("take", str(packet), "--dry-run", "--catalogue", str(path)).out


def test_a_closing_is_one_thing(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", status="closed", closed_on="2026-11-01", closed_reason="moved")
    say(bram, "realism", email="bram@example.org")
    with open_for_writing(str(bram)) as connection:
        Editor(connection).change("realism", lambda record: verified(record, "", "phone", "B"), Occasion("verify"))
    assert "In 1 place two people" in exchange(ht, place, anna, bram, anna)
    said = shown(ht, anna, tmp_path)
    assert "realism:\n    stands: open (" in said
    assert "set aside: closed since 1 November 2026, moved (0, " in said
    assert "–" not in said
    rows = json.loads(ht("conflicts", "--json", "--catalogue", str(anna)).out)
    assert [row["field"] for row in rows] == ["closed_on", "closed_reason", "status"]  # for programs as it was
    assert ht("conflicts", "realism", "--take", "--yes", "--catalogue", str(anna)).exit_code == 0
    assert fact(anna, "realism")["status"] == "closed"
    assert ht("conflicts", "--catalogue", str(anna)).exit_code == 1


def test_two_closings_for_another_reason_are_both_closed(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", status="closed", closed_on="2026-11-01", closed_reason="moved")
    say(bram, "realism", status="closed", closed_on="2026-11-01", closed_reason="gone")
    assert "In 1 place two people" in exchange(ht, place, anna, bram, anna)
    assert "stands: closed, gone (" in shown(ht, anna, tmp_path)


def undone_while_another_checked_it(slim: Path, tmp_path: Path, place: Path, ht: Run) -> tuple[Path, Path]:
    """One adds a resource and takes it back; meanwhile a colleague adds an address to it and checks it."""
    anna, bram = devices(slim, tmp_path, 2)
    with open_for_writing(str(anna)) as connection:
        added = Editor(connection).change("cercle-des-tilleuls", lambda _now: dict(ADDED), Occasion("add", "A"))
        assert added
    exchange(ht, place, anna, bram)
    with open_for_writing(str(anna)) as connection:
        take_back(connection, read_changes(connection, "uuid = ?", (added.uuid,)), "A")
    say(bram, "cercle-des-tilleuls", email="bram@example.org")
    with open_for_writing(str(bram)) as connection:
        Editor(connection).change("cercle-des-tilleuls", lambda record: verified(record, "", "phone", "B"), Occasion("verify"))
    return anna, bram


@pytest.mark.parametrize("answer", ["--keep", "--take"])
def test_a_record_that_one_took_back_is_one_thing_and_settled_whole(slim: Path, tmp_path: Path, place: Path, ht: Run, answer: str) -> None:
    anna, bram = undone_while_another_checked_it(slim, tmp_path, place, ht)
    assert "In 1 place two people" in exchange(ht, place, anna, bram, anna)
    said = shown(ht, anna, tmp_path)
    assert "cercle-des-tilleuls:\n    stands: in the catalogue: Cercle des Tilleuls (" in said
    assert "set aside: not in the catalogue (A, " in said
    assert ht("conflicts", "cercle-des-tilleuls", answer, "--yes", "--catalogue", str(anna)).exit_code == 0
    exchange(ht, place, anna, bram)
    for path in (anna, bram):
        assert ("cercle-des-tilleuls" in facts(path)) == (answer == "--keep")
        assert ht("conflicts", "--catalogue", str(path)).exit_code == 1


def test_towns_are_named_and_what_says_nothing_says_so(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", areas=["nis:92094"], email="a@example.org")
    for path in (anna, bram):
        sync(str(place), str(path))
    say(anna, "realism", addresses=[{"street": "Rue de Fer 1", "postcode": "5000", "nis": "92094"}], email=None)
    check(anna, "realism", "addresses")
    say(
        bram,
        "realism",
        addresses=[{"street": "Rue de Fer 1", "postcode": "5000", "nis": "92094", "locality": "Jambes"}],
        email="b@example.org",
    )
    say(bram, "realism", areas=["nis:62063"])
    check(anna, "realism", "areas")
    exchange(ht, place, anna, bram, anna)
    said = shown(ht, anna, tmp_path)
    assert "realism, areas:\n    stands: Namur (" in said
    assert "set aside: nothing (1, " in said
    assert "Rue de Fer 1, 5000, Namur (" in said
    assert "92094" not in said


def test_what_a_packet_settles_is_not_told_as_a_conflict(slim: Path, tmp_path: Path, place: Path, ht: Run) -> None:
    anna, bram = devices(slim, tmp_path, 2)
    say(anna, "realism", email="anna@example.org")
    say(bram, "realism", email="bram@example.org")
    exchange(ht, place, anna, bram, anna)
    assert ht("conflicts", "realism", "--take", "--yes", "--catalogue", str(anna)).exit_code == 0
    packet = tmp_path / "settled.jsonl"
    assert ht("send", str(packet), "--catalogue", str(anna)).exit_code == 0
    plan = ht("take", str(packet), "--dry-run", "--catalogue", str(bram))
    assert "set aside" not in plan.out
    taken = ht("take", str(packet), "--yes", "--catalogue", str(bram))
    assert taken.exit_code == 0
    assert "two people" not in taken.err
    assert fact(bram, "realism") == fact(anna, "realism")
