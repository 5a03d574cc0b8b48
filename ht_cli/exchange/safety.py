"""What text and links of the catalogue may become in a file that leaves: nothing that a program obeys."""

import re

from ht_cli.cleaning import clean

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"\+?\d{2,15}")
_MAILBOX = re.compile(r"[\w.!#$*+/=^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def clean_lines(text: str) -> str:
    """Give clean text in which every kind of line break is `\\n`."""
    return clean(_BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Give clean text in one line, with single spaces."""
    return " ".join(clean_lines(text).split())


def web_link(url: str) -> str:
    """Give an http or https address, what is unsafe in it percent-encoded; nothing for any other text."""
    from urllib.parse import quote, urlsplit  # 2 ms, wanted only where there are links

    address = one_line(url)
    try:
        parts = urlsplit(address)
    except ValueError:  # an unclosed bracket
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return _LONE_PERCENT.sub("%25", quote(address, safe=":/?#@!$&()*+,;=%~-._"))


def mail_link(email: str) -> str:
    """Give a mailto address; nothing for a text that is not one mailbox."""
    from urllib.parse import quote

    return f"mailto:{quote(email, safe='@+')}" if _MAILBOX.fullmatch(email) else ""


def phone_link(number: str) -> str:
    """Give a tel address of a number in E.164, or of a short number as it is dialled."""
    return f"tel:{number}" if _NUMBER.fullmatch(number) and number.isascii() else ""
