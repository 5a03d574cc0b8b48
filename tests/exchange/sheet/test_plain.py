import unicodedata

import pytest
from html5lib import HTMLParser
from markdown_it import MarkdownIt

from ht_cli.exchange.sheet.plain import markdown_lines, text_lines
from ht_cli.model import LANGUAGES, Resource
from tests.exchange.sheet.conftest import MakePage


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_says_everything_and_keeps_numbers_and_sites_whole(language: str, make: MakePage) -> None:
    page = make(language, "similes-bruxelles", "tele-accueil-107")
    text = "".join(text_lines(page, 40))
    narrowest = "".join(text_lines(page, 20))
    assert "02 511 06 19" in narrowest
    assert "\u00a0" not in narrowest
    for whole in ("02 511 06 19", "https://similes.brussels", "info@similes.brussels", "0800 32 123" if language == "fr" else "112"):
        assert whole in text
    assert max(map(len, text.splitlines())) <= 46  # the longest label of a dotted line and ten dots
    assert text.count("....") >= 2


def test_a_text_in_another_language_is_said_to_be(make: MakePage, changed) -> None:
    page = make("de", changed("realism", descriptions={"nl": "Netwerk voor jongeren."}))
    assert "Netwerk voor jongeren. (auf Niederländisch)" in "".join(text_lines(page))
    assert "Netwerk voor jongeren. (auf Niederländisch)" in "".join(markdown_lines(page))


def test_no_control_bidi_or_lone_surrogate_character_is_left(make: MakePage, hostile: list[Resource]) -> None:
    page = make("fr", *hostile)
    for text in ("".join(text_lines(page)), "".join(markdown_lines(page))):
        assert {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs")} == {"\n"}
        assert len(text) < 20_000


def test_markdown_of_hostile_text_is_text(make: MakePage, hostile: list[Resource]) -> None:
    page = make("fr", *hostile)
    html = MarkdownIt("commonmark").render("".join(markdown_lines(page)))
    tree = HTMLParser(namespaceHTMLElements=False).parse(html)
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= {
        "html", "head", "body", "h1", "h2", "p", "ul", "li", "strong", "a",
    }  # fmt: skip
    assert len(list(tree.iter("h1"))) == 1
    assert len(list(tree.iter("h2"))) == len(hostile) + 1
    assert {link.get("href").split(":")[0] for link in tree.iter("a")} <= {"https", "mailto", "tel"}
    assert page.entries[1].name == "BEGIN:VCARD"
