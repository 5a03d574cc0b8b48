"""The quick reader says nothing that Typer would not say: it reads exactly the same, or leaves the line to Typer."""

import os
from collections.abc import Callable
from functools import cache, wraps
from inspect import signature
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ht_cli import app
from ht_cli.line.grammar import COMMANDS
from ht_cli.line.making import TABLE, table
from ht_cli.line.reading import Line, read_line
from ht_cli.running import function_of

EXAMPLES = int(os.environ.get("HT_LINES", "100"))  # for each command
ODD = ("", "-", "--", "---", "-h", "--help", "-5", "--x", "-cnamur", "-xyz", "=", "a=b", "--=", "@x", "~", "*", "ä ö", "--no-pager=1")
VALUES = (
    "namur",
    "75",
    "0",
    "007",
    "-1",
    "1.5",
    "1e3",
    "121",
    "10001",
    "\u0661",
    "+5",
    " 5",
    "5 ",
    "1_0",
    "json",
    "JSON",
    "tsv",
    "phone",
    "inf",
    "nan",
    ".5",
    "5.",
)


@cache
def typed(name: str) -> Callable[[list[str]], Any]:
    """Give a reader of a command's line that is Typer's own: the arguments that its function would get, or None where it gets none."""
    given_: list[dict[str, Any]] = []
    function = app.load_function(name)

    @wraps(function)
    def command(**values: Any) -> None:
        given_.append(values)

    def read(words: list[str]) -> Any:
        given_.clear()
        try:
            commands.main([*words], standalone_mode=False)
        except (app.UsageRefused, SystemExit, app.HtError):
            return None
        return given_[-1] if given_ else None

    before, app.load_function = app.load_function, lambda _name: command
    try:
        commands = app.load_command(name)
    finally:
        app.load_function = before
    return read


def words_of(name: str) -> st.SearchStrategy[list[str]]:
    _arguments, options, _variables = COMMANDS.get(name, ((), {}, ()))
    pieces = st.sampled_from(
        (*options, *VALUES, *ODD, *(f"{option}=75" for option in options if option.startswith("--")), "--locale", "nl", "-o", "--output=x")
    )
    return st.lists(st.one_of(pieces, st.text("abc-=é5. ", max_size=6)), max_size=7)


@pytest.mark.parametrize("name", app.COMMANDS)
def test_whatever_is_read_quickly_is_read_as_typer_reads_it(name: str) -> None:
    takes = signature(function_of(name))

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(words_of(name))
    def alike(words: list[str]) -> None:
        line = read_line([name, *words], {})
        if line is not None:
            bound = takes.bind(**line.values)
            bound.apply_defaults()
            assert bound.arguments == typed(name)(words)

    alike()


def test_the_table_is_current() -> None:
    assert TABLE.read_text("utf-8") == table()


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["find", "burnout", "namur"], {"words": ["burnout", "namur"]}),
        (["find", "--city", "namur", "burnout", "-n", "work", "--need=grief"], {"city": "namur", "words": ["burnout"], "need": ["work", "grief"]}),
        (["find", "deuil", "--json", "--limit", "3", "--near", "7.5"], {"words": ["deuil"], "as_json": True, "limit": 3, "near": 7.5}),
        (["show", "realism", "--format", "records"], {"ids": ["realism"], "form": "records"}),
        (["urgent"], {}),
    ],
)  # fmt: skip
def test_an_ordinary_line_is_read_without_typer(words: list[str], values: dict[str, Any]) -> None:
    assert read_line(words, {}) == Line(words[0], values)


@pytest.mark.parametrize(
    "line",
    [
        "", "burnout namur", "--help", "find --help", "find -h", "find deuil --jso", "find --age 200", "find --limit x", "find -cnamur deuil",
        "find -- deuil", "find deuil -o a.csv", "find --stad gent", "help find", "show", "show --show-confidential realism", "find --city",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_left_to_typer(line: str) -> None:
    assert read_line(line.split(), {}) is None


def test_a_variable_that_gives_an_option_its_value_is_left_to_typer() -> None:
    assert read_line(["verify", "realism", "--how", "phone"], {}) is not None
    assert read_line(["verify", "realism", "--how", "phone"], {"HT_BY": "AB"}) is None
