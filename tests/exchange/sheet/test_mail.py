from email import message_from_bytes, policy

import pytest

from ht_cli.exchange.sheet.mail import mail_draft
from ht_cli.exchange.sheet.plain import text_lines, title
from ht_cli.model import LANGUAGES, Resource
from tests.exchange.sheet.conftest import MakePage


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_opens_unsent_without_address_and_reads_as_the_text(language: str, make: MakePage) -> None:
    page = make(language, "similes-bruxelles", "ssm-anais")
    text = "".join(text_lines(page))
    draft = mail_draft(title(), text_lines(page))
    message = message_from_bytes(draft, policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == title()
    assert set(message) == {"X-Unsent", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().replace("\r\n", "\n") == text
    assert message.defects == []
    assert draft == mail_draft(title(), text_lines(page))


def test_every_line_ends_with_crlf_and_is_ascii_under_998_octets(make: MakePage, hostile: list[Resource]) -> None:
    draft = mail_draft("x", text_lines(make("fr", *hostile)))
    assert draft.count(b"\n") == draft.count(b"\r\n")
    assert draft.isascii()
    assert max(map(len, draft.split(b"\r\n"))) <= 78


def test_no_text_of_the_catalogue_becomes_a_header(make: MakePage, hostile: list[Resource]) -> None:
    evil = [Resource(id="evil", name="A\r\nBcc: a@b.be\n\nTo: c@d.be", kind="service", email="x@y.be\r\nBcc: a@b.be"), *hostile]
    message = message_from_bytes(mail_draft(title(), text_lines(make("fr", *evil))), policy=policy.default)
    assert {name.lower() for name in message} & {"bcc", "cc", "to", "from", "reply-to"} == set()
    assert not message.is_multipart()
    assert "A Bcc: a@b.be To: c@d.be" in message.get_content()
