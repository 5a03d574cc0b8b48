"""Texts that a site wrote with its markup (`<p>Een <b>dienst</b> &amp; meer</p>`) as people read them."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from ht_cli.exchange.hsds.tables import tables
from ht_cli.exchange.meanings import Left
from ht_cli.locale import translate as _

_MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|small|ul|ol|li|a|div|span|h[1-6]|table|tr|td|th|font|img|hr)(?:\s[^<>]*)?/?>"
    r"|&(?:[a-z]{2,8}|#[0-9]{1,6}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
_BLOCKS = ("p", "br", "ul", "ol", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "hr")
_UNREAD = ("script", "style")


class _Reader(HTMLParser):
    """Collects what is read of a text, with a line end where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unread = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        self.said += ["\n"] if tag in _BLOCKS else []
        self.said += ["- "] if tag == "li" else []
        self._links += [dict(attrs).get("href") or ""] if tag == "a" else []

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD and self._unread > 0
        self.said += ["\n"] if tag in _BLOCKS else []
        link = self._links.pop() if tag == "a" and self._links else ""
        if link and link.removeprefix("mailto:").removeprefix("tel:") not in "".join(self.said):
            self.said.append(f" ({link})")

    def handle_data(self, data: str) -> None:
        self.said += [] if self._unread else [data]


def plain_text(text: str) -> str:
    """Give a text without its markup, its links behind their words; one without any as it is."""
    if not _MARKUP.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.said).split("\n"))
    return "\n".join(line for line in lines if line)


def without_markup(table: str, row: Mapping[str, Any], left: list[Left], name: str = "") -> dict[str, Any]:
    """Give a row and those inside it with plain texts; each that bore markup is left, by its field."""
    plain: dict[str, Any] = {}
    for field, value in row.items():
        known = tables()[table].fields.get(field)
        plain[field] = value
        if known is None:
            continue
        if known.nested:
            rows = [without_markup(known.of[0], each, left, field) if isinstance(each, Mapping) else each for each in _as_list(value)]
            plain[field] = rows if isinstance(value, list) else rows[0] if rows else value
        elif known.type == "text" and isinstance(value, str) and (text := plain_text(value)) != value:
            plain[field] = text
            left.append(Left(f"{name}.{field}" if name else field, "", _("markup, read as plain text")))
    return plain


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
