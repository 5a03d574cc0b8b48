import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli.exchange.safety import clean_lines, mail_link, one_line, phone_link, web_link


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://www.112.be/", "https://www.112.be/"),
        ("http://a.be/x y?q=é&b=%20#z", "http://a.be/x%20y?q=%C3%A9&b=%20#z"),
        ('https://a.be/"><script>', "https://a.be/%22%3E%3Cscript%3E"),
        ("https://a.be/\r\nSet-Cookie: x", "https://a.be/%20Set-Cookie:%20x"),
        ("https://a.be/100%", "https://a.be/100%25"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT://a.be/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//a.be", ""),
        ("https://", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_http_and_https_become_links(url: str, link: str) -> None:
    assert web_link(url) == link


@pytest.mark.parametrize(
    ("email", "link"),
    [
        ("onthaal@caw.be", "mailto:onthaal@caw.be"),
        ("a+b@caw.be", "mailto:a+b@caw.be"),
        ("a@b.be?bcc=x@y.z", ""),
        ("a@b.be\r\nBcc: x@y.z", ""),
        ("a@b.be, x@y.z", ""),
        ("a b@c.be", ""),
        ("nobody", ""),
    ],
)
def test_only_one_mailbox_becomes_a_link(email: str, link: str) -> None:
    assert mail_link(email) == link


@pytest.mark.parametrize(
    ("number", "link"),
    [("+3243421212", "tel:+3243421212"), ("107", "tel:107"), ("*#06#", ""), ("+32 4", ""), ("١٠٧", ""), ("tel:107", ""), ("1\n", "")],
)
def test_only_a_number_becomes_a_call(number: str, link: str) -> None:
    assert phone_link(number) == link


@given(st.text())
def test_clean_text_can_be_written_and_holds_nothing_that_a_program_obeys(text: str) -> None:
    for cleaned in (clean_lines(text), one_line(text)):
        cleaned.encode()
        assert not {*cleaned} & {*"\x00\x1b\r\x85\u2028\u2029\u202e\u2066"}
    assert "\n" not in one_line(text)


def test_every_kind_of_line_break_is_one() -> None:
    assert clean_lines("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch\ni") == "\n".join("abcdefghi")
