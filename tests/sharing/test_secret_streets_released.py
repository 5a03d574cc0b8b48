"""A street that is secret stays so, and here, once a release says what else keepers said of the house."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.catalogue.facts import fact, facts, faults_of
from tests.sharing.two import Two

REFUGE = ("add", "--name", "Refuge Aurore", "--kind", "service", "--city", "namur", "--street", "Rue Canari 9", "--postcode", "5000",
          "--need", "grief", "--language", "fr", "--phone", "081 22 33 47", "--confidential", "--yes")  # fmt: skip


def test_who_moved_an_address_not_knowing_of_the_mark_makes_nothing_public_though_a_release_holds_it(
    two: Two, release: Callable[[Path], None]
) -> None:
    two.does("a", "update", "similes-vlaanderen", "--set", "confidential=yes", "--yes")
    two.sync("a")
    two.does("b", "update", "similes-vlaanderen", "--set", "street=Rue Serin 5", "--yes")
    release(two.paths["a"])
    for name in "ab":
        two.does(name, "upgrade", "--yes")
    two.sync("a", "b", "a", "c")
    for name in "abc":
        assert all(address["confidential"] for address in fact(two.paths[name], "similes-vlaanderen").get("addresses", ()))
        assert "Serin" not in two.does(name, "show", "similes-vlaanderen", "--format", "records").out
        assert "Serin" not in two.does(name, "history", "similes-vlaanderen", "--json").out
        assert faults_of(two.paths[name], deep=False) == []


def test_a_mark_that_was_taken_back_before_the_release_hides_nothing(two: Two, release: Callable[[Path], None]) -> None:
    two.does("a", "update", "similes-vlaanderen", "--set", "confidential=yes", "--yes")
    two.does("a", "undo", "--last", "1", "--yes")
    two.sync("a")
    two.does("b", "update", "similes-vlaanderen", "--set", "street=Rue Serin 5", "--yes")
    release(two.paths["a"])
    for name in "ab":
        two.does(name, "upgrade", "--yes")
    two.sync("a", "b", "a")
    for name in "ab":
        assert "Serin" in str(fact(two.paths[name], "similes-vlaanderen")["addresses"])


def test_a_release_takes_a_secret_street_away_from_nobody_who_knows_it(two: Two, release: Callable[[Path], None]) -> None:
    two.does("a", *REFUGE)
    two.sync("a")
    release(two.paths["a"])
    identifier = next(one for one in facts(two.paths["a"]) if one.startswith("refuge-aurore"))
    assert "addresses" not in two.does("a", "upgrade", "--yes").out
    two.does("a", "update", identifier, "--set", "notes=hello", "--yes")
    assert "Canari 9" in str(fact(two.paths["a"], identifier)["addresses"])
    assert faults_of(two.paths["a"], deep=False) == []
    two.sync("a", "b")
    assert "Canari" not in two.sent()
    with closing(sqlite3.connect(two.paths["a"])) as connection:
        assert not connection.execute("SELECT 1 FROM address WHERE NOT confidential AND resource = ?", (identifier,)).fetchall()
