import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli.catalogue.facts.versions import is_newer
from ht_cli.catalogue.keeping.checking import last_of_month
from tests.conftest import Outcome


@pytest.mark.parametrize(
    ("older", "newer"),
    [("2026.9", "2026.11"), ("2026.09", "2026.11"), ("2026.11", "2026.11.1"), ("2026.12", "2027.1"), ("", "2026.1"), ("first", "2026.1"), ("2026.9", "2026.10")],
)  # fmt: skip
def test_versions_are_compared_by_their_numbers(older: str, newer: str) -> None:
    assert is_newer(newer, older)
    assert not is_newer(older, newer)


@pytest.mark.parametrize(("one", "other"), [("2026.9", "2026.09"), ("2026.11", "2026.11.0"), ("", "first"), ("2026.11", "2026.11")])
def test_what_says_the_same_is_not_newer(one: str, other: str) -> None:
    assert not is_newer(one, other)
    assert not is_newer(other, one)


@given(st.text(max_size=20), st.text(max_size=20))
def test_of_any_two_texts_one_at_most_is_newer(one: str, other: str) -> None:
    assert not (is_newer(one, other) and is_newer(other, one))


def test_a_month_is_one_or_two_figures() -> None:
    assert last_of_month("2026.9") == last_of_month("2026.09") == date(2026, 9, 30)
    assert last_of_month("2026.2.1") == date(2026, 2, 28)
    assert last_of_month("2026.13") == last_of_month("soon") == date.min


@pytest.mark.parametrize(("version", "waits"), [("2026.9", True), ("2026.13", False), ("2099.1", False)])
def test_a_catalogue_of_september_waits_for_november(version: str, waits: bool, own: Path, ht: Callable[..., Outcome]) -> None:
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'data_version'", (version,))
    outcome = ht("upgrade", "--dry-run")
    assert ("your catalogue holds the newest release already" not in outcome.err) == waits
