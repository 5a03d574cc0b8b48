import re
import unicodedata
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import vobject
from html5lib import HTMLParser

from ht_cli.exchange.sheet.sms import count_parts
from tests.conftest import Outcome
from tests.exchange.conftest import HOSTILE, TRICKY, Catalogue

Run = Callable[..., Outcome]
Sheet = Callable[..., bytes]


@pytest.fixture
def sheet(ht: Run, catalogue: Catalogue, tmp_path: Path) -> Sheet:
    """Write a sheet of the two resources that make trouble, from a catalogue that another program wrote."""
    long = HOSTILE._replace(id="long-name", name="<b>&é\u202e" * 2000)

    def written(form: str, *ids: str) -> bytes:
        own = str(catalogue(HOSTILE, TRICKY, long))
        output = tmp_path / f"sheet.{form}"
        outcome = ht(
            "sheet", *(ids or ("hostile-text", "tricky-text", "long-name")), "--format", form, "-o", str(output), "--catalogue", own
        )
        assert outcome.exit_code == 0, outcome.err
        return output.read_bytes()

    return written


@pytest.mark.parametrize("form", ["text", "markdown", "html", "sms"])
def test_no_character_that_a_program_obeys_is_left_and_the_secret_street_neither(form: str, sheet: Sheet) -> None:
    text = sheet(form, *(("tricky-text",) if form == "sms" else ())).decode("utf-8")
    assert {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn")} <= {"\n"}
    assert "Secret street" not in text
    assert "04 342 12 12" in text


def test_html_of_it_has_no_element_or_address_of_its_own(sheet: Sheet) -> None:
    tree = HTMLParser(strict=True, namespaceHTMLElements=False).parse(sheet("html").decode("utf-8"))
    assert not [element for element in tree.iter() if element.tag in ("script", "img", "b", "iframe", "link")]
    assert {link.get("href").split(":")[0] for link in tree.iter("a")} <= {"https", "mailto", "tel"}
    assert max(len("".join(heading.itertext())) for heading in tree.iter("h2")) <= 121


def test_a_mail_of_it_is_one_text_with_our_headers_only(sheet: Sheet) -> None:
    message = message_from_bytes(sheet("eml"), policy=policy.default)
    assert {name.lower() for name in message} == {"x-unsent", "subject", "content-type", "content-transfer-encoding", "mime-version"}
    assert "BEGIN:VCARD END:VCARD" in message.get_content()
    assert "Secret street" not in message.get_content()


def test_cards_of_it_are_as_many_as_the_resources(sheet: Sheet) -> None:
    cards = list(vobject.readComponents(sheet("vcard").decode("utf-8")))
    assert len(cards) == 3
    assert not [card for card in cards if "Secret" in card.serialize()]


def test_a_message_of_it_stays_within_two_parts(sheet: Sheet) -> None:
    text = sheet("sms", "tricky-text").decode("utf-8")
    assert len(count_parts(text.rstrip("\n")).parts) <= 2
    assert re.search(r"04 342 12 12 \(.*\), 8-9; 10-11\n107, day and night", text)
