"""What no record may hold is found by whichever way it is looked for."""

import sqlite3
from contextlib import closing

import pytest

from ht_cli.catalogue.keeping.changing import read_allowed
from ht_cli.catalogue.keeping.checking import faults, is_web_address
from tests.conftest import BUNDLED

GROUP = {"name": "A", "kind": "group", "languages": ["fr"], "areas": ["country:be"], "url": "https://www.example.org"}


@pytest.mark.parametrize("unfit", [" ", "\t", "\n", "\u00a0", "\u2003", "<", ">", '"', "'", "`"])
def test_a_link_holds_no_space_and_nothing_that_ends_an_attribute(unfit: str) -> None:
    assert is_web_address("https://www.example.org/a-b")
    assert not is_web_address(f"https://www.example.org/a{unfit}b")


@pytest.mark.parametrize("strange", ["\x00", "\x7f", "\x85", "\u202e", "\u2066", "\ud800", "\uffff"])
def test_a_character_that_no_text_may_hold_is_found_deep_in_a_record(strange: str) -> None:
    with closing(sqlite3.connect(BUNDLED)) as connection:
        allowed = read_allowed(connection)
    phones = [{"number": "107", "label": {"fr": f"a{strange}b"}}]
    assert faults("alpha", GROUP, allowed) == []
    assert [f"U+{ord(strange):04X}" in fault for fault in faults("alpha", GROUP | {"phones": phones}, allowed)] == [True]
