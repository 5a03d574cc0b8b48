"""A folder that something carries about: late, by half, twice, under another name, out of order, and never with a loss."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.keeping.backups import backups_of
from ht_cli.catalogue.keeping.journal import name_of
from ht_cli.catalogue.sharing.entries import line_of, read_line
from ht_cli.catalogue.sharing.folder import MANY, Folder
from ht_cli.catalogue.sharing.packets import digest_of, read_packet, write_packet
from ht_cli.errors import InvalidDataError, SyncError
from ht_cli.model import Change
from tests.conftest import BUNDLED, Outcome
from tests.sharing.keepers import Keeper
from tests.sharing.test_syncing import devices, say


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "cloud").mkdir()
    return tmp_path / "cloud"


def entries(count: int, device: str = "a") -> list[Change]:
    keeper = Keeper(device)
    for number in range(count):
        keeper.say(email=f"{device}{number}@example.org")
    return list(keeper.entries.values())


def pulled(place: Path, marks: dict[str, str] | None = None) -> tuple[set[str], Folder]:
    folder = Folder(place, "ffffffff")
    return {entry.uuid for part in folder.pull(marks or {}) for entry in part.entries}, folder


def test_what_one_sends_another_reads_and_reads_once(place: Path) -> None:
    sent = entries(3)
    assert Folder(place, "a" * 8).push(sent) == 3
    other = Folder(place, "b" * 8)
    marks: dict[str, str] = {}
    (part,) = other.pull(marks)
    assert part.entries == sent
    assert list(other.pull(part.marks)) == []


def test_a_day_of_work_is_a_few_kilobytes(place: Path) -> None:
    Folder(place, "a" * 8).push(entries(30))
    assert sum(path.stat().st_size for path in place.iterdir()) < 15_000


def test_a_half_copy_of_what_is_there_whole_is_passed_over_in_silence(place: Path) -> None:
    Folder(place, "a" * 8).push(entries(4))
    (path,) = place.iterdir()
    whole = path.read_bytes()
    copy = place / "x.part.jsonl"
    for cut in range(whole.index(b"\n") + 45, len(whole)):
        copy.write_bytes(whole[:cut])
        assert pulled(place)[1].remarks == []
    copy.write_bytes(whole[: whole.index(b"\n") + 9])  # nobody can say of what
    assert "x.part.jsonl" in pulled(place)[1].remarks[0]
    copy.write_bytes(whole[:-70].replace(b"a1@example.org", b"x1@example.org"))  # no copy of it
    assert "x.part.jsonl" in pulled(place)[1].remarks[0]


def test_a_half_copy_of_a_packet_that_was_joined_with_others_is_passed_over_too(place: Path) -> None:
    folder, sent = Folder(place, "a" * 8), entries(MANY + 3)
    folder.push(sent[:3])
    (first,) = place.iterdir()
    whole = first.read_bytes()
    for entry in sent[3:]:
        folder.push([entry])
    assert not first.exists()
    (place / "x.part.jsonl").write_bytes(whole[:-9])
    assert pulled(place)[1].remarks == []


def test_only_what_is_missing_is_sent(place: Path) -> None:
    sent = entries(5)
    folder = Folder(place, "a" * 8)
    folder.push(sent[:3])
    assert folder.lacks([entry.uuid for entry in sent]) == {entry.uuid for entry in sent[3:]}


def test_half_of_a_packet_is_left_until_the_rest_is_there(place: Path) -> None:
    Folder(place, "a" * 8).push(entries(4))
    (path,) = place.iterdir()
    whole = path.read_bytes()
    for cut in (len(whole) // 3, len(whole) // 2, len(whole) - 2):
        path.write_bytes(whole[:cut])
        found, folder = pulled(place)
        assert found == set()
        assert path.name in "".join(folder.remarks)
    path.write_bytes(whole)
    assert len(pulled(place)[0]) == 4


@pytest.mark.parametrize("name", ["{stem} (conflicted copy 2026-11-28).jsonl", "{stem}-DESKTOP-4.jsonl", "renamed.txt", "{stem} (1).jsonl"])
def test_copies_under_another_name_are_known_and_harmless(place: Path, name: str) -> None:
    Folder(place, "a" * 8).push(entries(2))
    (path,) = place.iterdir()
    shutil.copyfile(path, place / name.format(stem=path.name.removesuffix(".jsonl")))
    folder = Folder(place, "b" * 8)
    marks: dict[str, str] = {}
    for part in folder.pull(marks):
        marks |= part.marks
    assert len(marks) == 1
    path.unlink()
    assert len(pulled(place)[0]) == 2


def test_what_is_none_of_ours_is_left_alone(place: Path) -> None:
    (place / "notes.txt").write_text("call back on Monday")
    (place / "photo.jpg").write_bytes(b"\xff\xd8\xff" + bytes(range(256)))
    (place / "folder").mkdir()
    assert pulled(place)[0] == set()
    assert pulled(place)[1].remarks == []


def test_an_altered_entry_is_refused_and_the_other_packets_are_read(place: Path) -> None:
    Folder(place, "a" * 8).push(entries(2))
    Folder(place, "b" * 8).push(entries(2, "b"))
    path = next(path for path in place.iterdir() if path.name.startswith("a"))
    altered = [read_line(line) for line in path.read_bytes().splitlines()[1:3]]
    altered[1] = altered[1]._replace(fields={"email": (None, "thief@example.org")})
    write_packet(path, altered, "a" * 8)
    assert digest_of(path)
    with pytest.raises(InvalidDataError):
        list(read_packet(path))
    found, folder = pulled(place)
    assert len(found) == 2
    assert path.name in folder.remarks[0]


@pytest.mark.parametrize(
    "harm",
    [
        lambda said: said | {"action": "upgrade"},
        lambda said: said | {"fields": {"no_such_field": [None, 1]}},
        lambda said: said | {"fields": {"email": "x"}},
        lambda said: said | {"resource": "../../etc"},
        lambda said: said | {"seen": ["x"]},
        lambda said: said | {"action": "verify"},
        lambda said: said | {"action": "report"},
        lambda said: said | {"extra": 1},
        lambda said: said | {"at": "yesterday"},
        lambda said: [said],
        lambda said: "x" * 2_000_000,
    ],
)
def test_an_entry_that_ht_did_not_write_is_refused(harm: Callable[[dict[str, object]], object]) -> None:
    import json

    (entry,) = entries(1)
    said = json.loads(line_of(entry))
    assert read_line(json.dumps(said)) == entry
    with pytest.raises(InvalidDataError):
        read_line(json.dumps(harm(said)))


def test_many_small_packets_of_a_device_become_one(place: Path) -> None:
    sent = entries(MANY + 3)
    folder = Folder(place, "a" * 8)
    Folder(place, "b" * 8).push(entries(1, "b"))
    for entry in sent:
        folder.push([entry])
    assert len(list(place.iterdir())) < 6
    assert {entry.uuid for entry in sent} < pulled(place)[0]


def test_what_is_joined_leaves_a_packet_that_cannot_be_read(place: Path) -> None:
    """One of a newer version, say: whoever reads it later finds it there."""
    folder = Folder(place, "a" * 8)
    newer = entries(1, "a")[0]._replace(action="sing")
    write_packet(place / f"{'a' * 8}-newer.entries.jsonl", [newer], "a" * 8)
    for entry in entries(MANY + 3):
        folder.push([entry])
    assert (place / f"{'a' * 8}-newer.entries.jsonl").is_file()


def test_a_long_remark_keeps_nothing_away_that_goes_with_it(place: Path) -> None:
    """An earlier version wrote remarks of any length, and none would read the packet that one was in."""
    sent = entries(2)
    long = sent[0]._replace(action="report", fields={}, note="a" * 20_000)
    long = long._replace(uuid=name_of(long))
    Folder(place, "a" * 8).push([long, sent[1]])
    assert pulled(place)[0] == {long.uuid, sent[1].uuid}


def test_a_killed_send_leaves_nothing_that_the_next_does_not_clear(place: Path) -> None:
    litter = place / f".{'a' * 8}-12345678.entries.jsonl.4711"
    litter.write_bytes(b'{"ht":"entries","version":1')
    Folder(place, "a" * 8).push(entries(1))
    assert not litter.exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SyncError, match="plug in"):
        Folder(tmp_path / "stick", "a" * 8)


@pytest.mark.parametrize("seed", range(5))
def test_clients_that_carry_late_out_of_order_and_by_half_lose_nothing(tmp_path: Path, seed: int) -> None:
    """Each keeper has a copy of the folder; something copies files between them as it likes."""
    chance = random.Random(seed)
    keepers = [Keeper(letter, behind) for letter, behind in zip("abcd", (0, 60, -7, 3), strict=True)]
    places = [tmp_path / keeper.device for keeper in keepers]
    for place in places:
        place.mkdir()

    def exchange(keeper: Keeper, place: Path) -> None:
        folder = Folder(place, keeper.device)
        for part in folder.pull({}):
            keeper.entries |= {entry.uuid: entry for entry in part.entries}
        folder.push([keeper.entries[name] for name in folder.lacks(keeper.entries)])

    def carry(from_: Path, to: Path) -> None:
        for path in from_.iterdir():
            way = chance.random()
            target = to / (path.name if way < 0.7 else f"{path.stem} (copy).jsonl")
            if way < 0.5 or (0.6 < way < 0.8):
                shutil.copyfile(path, target)
            elif way < 0.6 and not target.exists():
                target.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])

    for _ in range(60):
        keeper, place = chance.choice(list(zip(keepers, places, strict=True)))
        keeper.say(email=f"{keeper.device[0]}{chance.randrange(9)}@example.org", needs=chance.sample(["grief", "stress", "sleep"], 2))
        if chance.random() < 0.3:
            keeper.check("email")
        if chance.random() < 0.5:
            exchange(keeper, place)
            carry(chance.choice([one for one in places if one != place]), place)
    for _ in range(2):  # in the end everything arrives
        for keeper, place in zip(keepers, places, strict=True):
            exchange(keeper, place)
        for from_ in places:
            for to in places:
                for path in from_.iterdir():
                    if from_ != to and digest_of(path):
                        shutil.copyfile(path, to / path.name)
        for keeper, place in zip(keepers, places, strict=True):
            exchange(keeper, place)
    assert all(keeper.entries == keepers[0].entries for keeper in keepers)
    assert all(keeper.facts == keepers[0].facts for keeper in keepers)


def test_a_packet_whose_lines_git_or_mail_ended_as_windows_does_is_whole_and_the_same(place: Path) -> None:
    sent = entries(3)
    Folder(place, "a" * 8).push(sent)
    (path,) = place.iterdir()
    digest = digest_of(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(path) == digest
    assert list(read_packet(path)) == sent


def test_what_is_no_file_is_not_replaced_by_a_packet(place: Path) -> None:
    os.mkfifo(place / "pipe")
    with pytest.raises(SyncError):
        write_packet(place / "pipe", entries(1), "a" * 8)
    assert (place / "pipe").is_fifo()
    assert len(list(place.iterdir())) == 1


def test_a_sync_that_is_refused_makes_no_backup_and_lets_none_go(tmp_path: Path, ht: Callable[..., Outcome]) -> None:
    (anna,) = devices(BUNDLED, tmp_path, 1)
    say(anna, "realism", email="anna@example.org")
    for backup in backups_of(anna):
        backup.path.rename(backup.path.with_name("resources.db.backup-2026-01-01-000000Z"))
    before = [backup.path for backup in backups_of(anna)]
    for place in ("/nowhere", "mysql://somewhere/ht"):
        assert ht("sync", place, "--catalogue", str(anna)).exit_code != 0
    assert ht("sync", "--catalogue", str(anna)).exit_code != 0
    assert [backup.path for backup in backups_of(anna)] == before != []


@pytest.mark.parametrize("name", ["", "renamed.jsonl"])
def test_a_packet_that_was_altered_is_said_to_be_and_whose_it_is(place: Path, name: str) -> None:
    Folder(place, "a" * 8).push(entries(4))
    (path,) = place.iterdir()
    path.write_bytes(path.read_bytes().replace(b"a1@example.org", b"x1@example.org"))
    if name:
        path = path.rename(place / name)
    read, folder = pulled(place)
    (remark,) = folder.remarks
    assert not read
    assert remark.startswith(f"{path.name} was changed on its way")
    assert "a" * 8 in remark
