"""What somebody confirmed is in a release, and another keeper, who did not know of it, wrote something else: nobody loses what was confirmed."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.catalogue.facts import fact, faults_of
from tests.sharing.two import Two

REALISM = "realism"
ORDERS = list(dict.fromkeys(permutations(("sync a", "sync b", "upgrade a", "upgrade b"))))


def confirm_and_write_unknowing(two: Two, *, later: bool) -> None:
    """Let a confirm an address, and b write another one before or after that, neither knowing of the other."""
    unknowing = ("b", "update", REALISM, "--set", "email=b@realism.be", "--yes")
    if not later:
        two.does(*unknowing)
    two.does("a", "update", REALISM, "--set", "email=a@realism.be", "--yes")
    two.does("a", "verify", REALISM, "--field", "email", "--how", "phone")
    if later:
        two.does(*unknowing)


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("order", ORDERS[::5], ids=lambda order: ", ".join(order))
def test_what_was_confirmed_stands_whatever_comes_first(
    two: Two, release: Callable[[Path], None], order: tuple[str, ...], *, later: bool
) -> None:
    confirm_and_write_unknowing(two, later=later)
    release(two.paths["a"])
    for act, name in (step.split() for step in order):
        two.sync(name) if act == "sync" else two.does(name, "upgrade", "--yes")
    two.sync("a", "b", "a", "b")
    for name in "ab":
        record = fact(two.paths[name], REALISM)
        assert record["email"] == "a@realism.be"
        assert [check["field"] for check in record["fact_checks"]] == ["email"]
        assert "b@realism.be" in two.does(name, "conflicts").out
        assert faults_of(two.paths[name], deep=False) == []


def test_who_knew_what_was_confirmed_writes_over_it_though_it_is_released(two: Two, release: Callable[[Path], None]) -> None:
    confirm_and_write_unknowing(two, later=False)
    two.sync("a", "b")
    two.does("b", "update", REALISM, "--set", "email=new@realism.be", "--yes")
    release(two.paths["a"])
    for name in "ab":
        two.does(name, "upgrade", "--yes")
    two.sync("b", "a")
    for name in "ab":
        assert fact(two.paths[name], REALISM)["email"] == "new@realism.be"
        assert "fact_checks" not in fact(two.paths[name], REALISM)


def test_what_is_settled_after_the_release_is_settled(two: Two, release: Callable[[Path], None]) -> None:
    confirm_and_write_unknowing(two, later=True)
    release(two.paths["a"])
    two.sync("a", "b", "a")
    for name in "ab":
        two.does(name, "upgrade", "--yes")
    two.does("a", "verify", REALISM, "--field", "email", "--how", "phone")
    two.does("b", "update", REALISM, "--set", "notes=seen", "--yes")
    two.sync("a", "b", "a")
    for name in "ab":
        assert fact(two.paths[name], REALISM)["email"] == "a@realism.be"
        assert fact(two.paths[name], REALISM)["notes"] == "seen"
