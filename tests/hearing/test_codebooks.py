"""Weights written as the rows of a few codebooks."""

import numpy as np
import pytest

from ht_cli.hearing.codebooks import ROWS, Codebooks, Group
from ht_cli.hearing.ears import MIDDLE, STRONGEST

FEATURES, COLUMNS = 1_000, 8
WEIGHTS = np.random.default_rng(3).normal(size=(FEATURES, COLUMNS))
ALL = np.arange(FEATURES)


def written(*codebooks: int) -> Codebooks:
    half = COLUMNS // 2
    return Codebooks([Group(slice(0, half), codebooks[0]), Group(slice(half, COLUMNS), codebooks[1])], WEIGHTS, np.ones(FEATURES))


def error(books: Codebooks) -> float:
    return float(((books.of(ALL) - WEIGHTS) ** 2).mean())


def test_each_codebook_more_comes_nearer() -> None:
    errors = [error(written(count, count)) for count in (1, 2, 3)]
    assert errors[0] < 0.3
    assert errors[1] < errors[0] / 2
    assert errors[2] < errors[1] / 2


def test_codes_and_tables_say_what_the_codebooks_hold_to_half_a_unit() -> None:
    books = written(2, 1)
    unit, tables = books.tables()
    codes = books.codes()
    assert {len(code) for code in codes} == {3}
    assert [[bool(table) for table in of_column] for of_column in (tables[0], tables[-1])] == [[True, True, False], [False, False, True]]
    assert all(len(table) in (0, ROWS) for of_column in tables for table in of_column)
    assert all(value >= MIDDLE - STRONGEST for of_column in tables for table in of_column for value in table)
    read = [
        [unit * sum(table[c] - MIDDLE for c, table in zip(code, of_column, strict=True) if table) for of_column in tables] for code in codes
    ]
    assert np.abs(np.array(read) - books.of(ALL)).max() <= unit * 2 / 2


def test_learning_moves_the_rows_that_a_feature_has_and_no_others() -> None:
    books = written(1, 1)
    before = books.of(ALL)
    change = np.zeros((1, COLUMNS))
    change[0, 0] = 1.0
    books.learn(np.array([5]), change)
    moved = books.of(ALL) - before
    assert moved[5, 0] < 0
    same_row = [code[0] == books.codes()[5][0] for code in books.codes()]
    assert np.array_equal(moved[:, 0] != 0, np.array(same_row))
    assert not moved[:, 1:].any()


@pytest.mark.parametrize("features", [3, ROWS])
def test_as_few_features_as_rows_are_written_as_they_are(features: int) -> None:
    weights = WEIGHTS[:features]
    books = Codebooks([Group(slice(0, COLUMNS), 1)], weights, np.ones(features))
    assert np.allclose(books.of(np.arange(features)), weights)
