import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli.exchange import json_parts
from ht_cli.exchange.json_parts import items_of_list

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.fixture(params=[1, 2, 7, 1 << 16], ids=lambda size: f"{size}-at-once")
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_parts, "_AT_ONCE", request.param)


@given(st.lists(VALUES), st.sampled_from([None, 0, 2]), st.sampled_from([1, 5, 1 << 16]))
def test_the_items_are_those_of_the_whole_text(items: list[Any], indent: int | None, at_once: int) -> None:
    text = json.dumps(items, indent=indent, ensure_ascii=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_parts, "_AT_ONCE", at_once)
        assert list(items_of_list(io.StringIO(f" {text}\n"))) == items


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "text", ['[1, 2', "[1 2]", "[1]\n x", '[\n{"a": 1},\n{"a": }]', '["a\n"]', "[", "[tru]", "", '[{"a": 1}\n\n  {"a": 2}]', "[1,,2]"],
)  # fmt: skip
def test_what_is_no_json_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as whole:
        json.loads(text)
    with pytest.raises(json.JSONDecodeError) as parted:
        list(items_of_list(io.StringIO(text)))
    assert (parted.value.lineno, parted.value.colno) == (whole.value.lineno, whole.value.colno)


def test_a_long_list_is_not_held() -> None:
    text = json.dumps([{"id": f"r{number}", "notes": "x" * 2_000} for number in range(4_000)])
    file = io.StringIO(text)
    tracemalloc.start()
    assert sum(1 for _item in items_of_list(file)) == 4_000
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert highest < 2_000_000  # bytes, of a text of eight millions
