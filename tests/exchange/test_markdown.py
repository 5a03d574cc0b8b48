import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ht_cli.exchange import markdown
from ht_cli.exchange.markdown import escape
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import one_line
from ht_cli.model import Address, Resource

OURS = re.compile(r'<a id="[a-z0-9-]+">|</a>|<span lang="(?:fr|nl|de|en)">|</span>')
LINKS = ("http://", "https://", "mailto:", "tel:", "#")
READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "github": MarkdownIt("gfm-like", {"html": True, "linkify": True, "typographer": False}),
}


@pytest.fixture
def shown(every_resource: list[Resource]) -> list[Resource]:
    return [resource for resource in every_resource if resource.status == "active"]


def text_of(resources: list[Resource], reference: Reference) -> str:
    return "".join(markdown.pieces(resources, reference))


def flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or [])


def said(tokens: list[Token]) -> str:
    """The text that a reader sees."""
    return "".join(token.content for token in flat(tokens) if token.type in ("text", "text_special"))


def anchors(tokens: list[Token]) -> list[str]:
    return [token.content[7:-2] for token in flat(tokens) if token.type == "html_inline" and token.content.startswith("<a ")]


def targets(tokens: list[Token]) -> list[str]:
    return [str(token.attrs["href"]) for token in flat(tokens) if token.type == "link_open"]


def test_every_resource_is_described_once_and_every_link_leads_somewhere(shown: list[Resource], reference: Reference) -> None:
    tokens = READERS["commonmark"].parse(text_of(shown, reference))
    there = anchors(tokens)
    assert len(there) == len({*there})
    assert sorted(anchor for anchor in there if anchor.startswith("r-")) == sorted(f"r-{resource.id}" for resource in shown)
    led_to = {target[1:] for target in targets(tokens) if target.startswith("#")}
    assert led_to <= {*there}
    assert {f"r-{resource.id}" for resource in shown} <= led_to


@pytest.mark.parametrize("reader", READERS)
def test_what_is_read_is_what_the_catalogue_says(reader: str, shown: list[Resource], reference: Reference) -> None:
    shown = shown[::6]
    tokens = READERS[reader].parse(text_of(shown, reference))
    names = [said([after]) for before, after in pairwise(tokens) if before.type == "heading_open" and before.tag == "h4"]
    assert sorted(names) == sorted(one_line(resource.name) for resource in shown)
    paragraphs = {said([token]) for token in tokens if token.type == "inline"}
    assert {one_line(resource.descriptions["fr"]) for resource in shown} <= paragraphs
    assert {f"mailto:{resource.email}" for resource in shown if resource.email} <= {*targets(tokens)}


def test_headings_go_down_one_step_at_a_time(shown: list[Resource], reference: Reference) -> None:
    levels = [int(token.tag[1]) for token in READERS["commonmark"].parse(text_of(shown[::9], reference)) if token.type == "heading_open"]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("reader", READERS)
def test_hostile_texts_are_never_markup(reader: str, hostile: list[Resource], reference: Reference) -> None:
    text = text_of(hostile, reference)
    tokens = READERS[reader].parse(text)
    kinds = {token.type for token in flat(tokens)}
    assert not kinds & {
        "html_block",
        "image",
        "code_inline",
        "code_block",
        "fence",
        "table_open",
        "s_open",
        "hr",
        "blockquote_open",
        "ordered_list_open",
    }
    assert all(OURS.fullmatch(token.content) for token in flat(tokens) if token.type == "html_inline")
    assert all(target.startswith(LINKS) for target in targets(tokens))
    assert not {*text} & {*"\x00\x1b\u202e\ud800\u2028\x85\r"}
    assert "{{" not in text
    assert one_line(hostile[0].name) in [said([token]) for token in tokens if token.type == "inline"]
    assert "Secrète" not in text


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("*_`[]()<>&#|~!\\:;.@-+=1 \n\t{}$^/wéx", max_size=30))
def test_any_text_reads_as_it_was_written_in_a_paragraph_an_item_and_a_heading(text: str) -> None:
    wanted = one_line(text)
    for reader in READERS.values():
        for line in (f"{escape(text)}\n", f"- **a**: {escape(text)}\n", f'#### <a id="x"></a>{escape(text)}\n', f"[{escape(text)}](#x)\n"):
            tokens = reader.parse(line)
            assert said(tokens).removeprefix("a: " if line.startswith("- **a") and wanted else "a:").strip() == wanted or not wanted
            markup = [
                token.type
                for token in flat(tokens)
                if token.type.startswith(("em_", "code", "image", "html_block", "s_", "fence", "table"))
            ]
            assert not markup


def test_a_bare_address_in_a_text_is_not_made_a_link_by_those_who_would(reference: Reference, resource: Callable[[str], Resource]) -> None:
    text = "Voir http://a.example, www.a.example ou x@a.example"
    tokens = READERS["github"].parse(text_of([resource("pbsm")._replace(descriptions={"fr": text})], reference))
    assert not [target for target in targets(tokens) if "a.example" in target]
    assert text in [said([token]) for token in tokens if token.type == "inline"]


def test_a_text_in_another_language_is_marked_with_it(resource: Callable[[str], Resource], reference: Reference) -> None:
    text = text_of([resource("pbsm")._replace(descriptions={"de": "Hilfe."})], reference)
    assert '<span lang="de">Hilfe.</span>' in text
    assert "(allemand)" in text


def test_a_confidential_address_never_shows(resource: Callable[[str], Resource], reference: Reference) -> None:
    hidden = Address("Rue Secrète 1", "4000", "Liège-Cachée", "62063", confidential=True)
    text = text_of([resource("pbsm")._replace(addresses=(hidden,))], reference)
    assert "Secrète" not in text
    assert "Cachée" not in text


def test_the_lines_to_call_now_come_first(shown: list[Resource], reference: Reference) -> None:
    assert targets(READERS["commonmark"].parse(text_of(shown[:5], reference)))[0] == "tel:112"


def test_two_runs_give_the_same_bytes_whatever_the_order(shown: list[Resource], reference: Reference) -> None:
    assert text_of(shown, reference) == text_of(shown[::-1], reference)
