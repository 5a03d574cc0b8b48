"""Keepers who join the same houses crosswise, each closing another: one stays open everywhere, and somebody settles which."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogue.facts import fact, facts, faults_of
from tests.conftest import Outcome
from tests.sharing.test_syncing import devices, journal

Run = Callable[..., Outcome]
HOUSES = ("realism", "similes-vlaanderen", "zelfmoordlijn-1813")


def close(ht: Run, path: Path, gone: str, stays: str, how: str = "--successor") -> None:
    assert ht("remove", gone, how, stays, "--reason", "joined", "--yes", "--catalogue", str(path)).exit_code == 0


def exchange(ht: Run, place: Path, *paths: Path) -> None:
    place.mkdir(exist_ok=True)
    for path in (*paths, *paths):
        assert ht("sync", str(place), "--catalogue", str(path)).exit_code == 0


def open_ones(path: Path) -> list[str]:
    return [house for house in HOUSES if fact(path, house).get("status") != "closed"]


def are_equal_and_whole(paths: list[Path], release: Path) -> bool:
    return all(facts(path) == facts(paths[0]) and faults_of(path, deep=False, release_path=release) == [] for path in paths)


def two_who_crossed(few: Path, folder: Path, ht: Run) -> list[Path]:
    """Two catalogues, each of which closed the other's house for its own, after they exchanged that."""
    paths = devices(few, folder, 2)
    close(ht, paths[0], HOUSES[0], HOUSES[1])
    close(ht, paths[1], HOUSES[1], HOUSES[0])
    exchange(ht, folder / "cloud", *paths)
    return paths


@pytest.mark.parametrize("how", ["--successor", "--duplicate-of"])
def test_two_who_join_crosswise_keep_one_open_and_are_asked_which(few: Path, tmp_path: Path, ht: Run, how: str) -> None:
    paths = devices(few, tmp_path, 2)
    close(ht, paths[0], HOUSES[0], HOUSES[1], how)
    close(ht, paths[1], HOUSES[1], HOUSES[0], how)
    exchange(ht, tmp_path / "cloud", *paths)
    assert are_equal_and_whole(paths, few)
    for path in paths:
        assert HOUSES[0] in open_ones(path)
        assert HOUSES[1] not in open_ones(path)
        listed = ht("conflicts", "--format", "tsv", "--catalogue", str(path)).out
        assert f"{HOUSES[0]}\tstatus\t–" in listed
    assert ht("conflicts", HOUSES[0], "--keep", "--catalogue", str(paths[1])).exit_code == 0
    exchange(ht, tmp_path / "cloud", *paths)
    assert are_equal_and_whole(paths, few)
    assert all(ht("conflicts", "--catalogue", str(path)).exit_code == 1 for path in paths)
    assert all(HOUSES[0] in open_ones(path) for path in paths)


def test_who_settles_for_the_other_one_opens_it(few: Path, tmp_path: Path, ht: Run) -> None:
    paths = two_who_crossed(few, tmp_path, ht)
    assert ht("conflicts", HOUSES[0], "--take", "--yes", "--catalogue", str(paths[0])).exit_code == 0
    exchange(ht, tmp_path / "cloud", *paths)
    assert are_equal_and_whole(paths, few)
    for path in paths:
        assert open_ones(path) == [HOUSES[1], HOUSES[2]]
        assert fact(path, HOUSES[0])["successor"] == HOUSES[1]
        assert ht("conflicts", "--catalogue", str(path)).exit_code == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_three_in_a_ring_end_alike_in_any_order(few: Path, tmp_path: Path, ht: Run, order: tuple[int, ...]) -> None:
    paths = devices(few, tmp_path, 3)
    for number, path in enumerate(paths):
        close(ht, path, HOUSES[number], HOUSES[(number + 1) % 3])
    exchange(ht, tmp_path / "cloud", *(paths[number] for number in order))
    assert are_equal_and_whole(paths, few)
    assert open_ones(paths[0]) == [HOUSES[0]]
    assert journal(paths[1]) == journal(paths[0])


def test_what_is_taken_back_of_a_crossing_leaves_what_the_other_said(few: Path, tmp_path: Path, ht: Run) -> None:
    paths = two_who_crossed(few, tmp_path, ht)
    assert ht("remove", HOUSES[1], "--reopen", "--yes", "--catalogue", str(paths[1])).exit_code == 0
    assert open_ones(paths[1]) == [HOUSES[1], HOUSES[2]]
    exchange(ht, tmp_path / "cloud", *paths)
    assert are_equal_and_whole(paths, few)
    assert ht("undo", "--last", "1", "--yes", "--catalogue", str(paths[1])).exit_code == 0
    exchange(ht, tmp_path / "cloud", *paths)
    assert are_equal_and_whole(paths, few)
    assert open_ones(paths[0]) == [HOUSES[0], HOUSES[2]]


def test_a_packet_shows_beforehand_what_opens_by_it(few: Path, tmp_path: Path, ht: Run) -> None:
    anna, bram = devices(few, tmp_path, 2)
    close(ht, anna, HOUSES[1], HOUSES[0])
    close(ht, bram, HOUSES[0], HOUSES[1])
    packet = str(tmp_path / "monday.jsonl")
    assert ht("send", packet, "--catalogue", str(anna)).exit_code == 0
    shown = ht("take", packet, "--dry-run", "--catalogue", str(bram)).out
    assert f"{HOUSES[0]}\n  status:\n    - closed" in shown
    assert ht("take", packet, "--yes", "--catalogue", str(bram)).exit_code == 0
    assert HOUSES[0] in open_ones(bram)
