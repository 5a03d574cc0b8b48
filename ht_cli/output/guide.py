"""Shows pages of the guide: wrapped for reading in a window, as Markdown in a pipe.

The pages are our own Markdown, one line a paragraph, so a few lines render them; Rich's renderer
costs 67 ms.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ht_cli.guide import GuidePage, called, read_foot
from ht_cli.locale import translate as _
from ht_cli.output.terminal import takes_escapes, width, write

if TYPE_CHECKING:
    from ht_cli.output.results import Layout

MEASURE = 76  # columns: longer lines make the eye lose its place
BOLD, LIGHT = "\x1b[1m", "\x1b[22m"
_MARK = re.compile(r"\*\*|`")
_SPACE = re.compile(r" (?!\d)|(?<!\d) ")


def write_page(page: GuidePage, others: Sequence[GuidePage], form: str, output: Path | None) -> None:
    """Write a page as `markdown`, `table` or `records`, then the list of pages where it is given, and the foot."""
    markdown = page.markdown + _contents(others) + read_foot(page)
    if form == "markdown":
        write([markdown], output)
        return
    bold = form == "table" and not output and takes_escapes()
    write((f"{line}\n" for line in _rendered(markdown, max(min(width(), MEASURE), 20), bold=bold)), output, drawn=bold)


def write_titles(pages: Sequence[GuidePage], layout: "Layout") -> None:
    """Write the topics and titles of pages in the format chosen."""
    from ht_cli.output.listing import write_listing  # see the command: it brings in the formats

    write_listing(("topic", "title"), [(page.topic if layout.for_machines else called(page), page.title) for page in pages], layout)


def write_pages(pages: Sequence[GuidePage], layout: "Layout") -> None:
    """Write pages in a machine format, Markdown in one field."""
    from ht_cli.output.listing import write_listing  # see the command: it brings in the formats

    rows = [(page.topic, page.language, page.title, "; ".join(page.commands), page.markdown) for page in pages]
    write_listing(("topic", "language", "title", "commands", "markdown"), rows, layout)


def _contents(pages: Sequence[GuidePage]) -> str:
    listed = "".join(f"- `ht guide {called(page)}`: {page.title}\n" for page in pages)
    return f"\n## {_('All pages')}\n\n{listed}" if listed else ""


def _rendered(markdown: str, columns: int, *, bold: bool) -> Iterator[str]:
    code = False
    for line in markdown.splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            yield f"  {line}"
        elif line.startswith("#"):
            yield from _styled(f"**{line.lstrip('# ')}**", columns, bold=bold)
        else:
            yield from _styled(line, columns, bold=bold)


def _styled(text: str, columns: int, *, bold: bool) -> Iterator[str]:
    """Wrap one paragraph or item; what stands between marks is bold, or bare where no escape may be."""
    pieces = _MARK.split("\n".join(_wrapped(text, columns)))
    strong = (f"{BOLD}{piece}{LIGHT}" if bold else piece for piece in pieces[1::2])
    plain = iter(pieces[::2])
    yield next(plain) + "".join(inside + after for inside, after in zip(strong, plain, strict=True))


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """Cut into lines at spaces, but not at those inside a phone number; the marks take no room."""
    indent = "  " if text.startswith("- ") else ""
    line, length = "", 0
    for word in _SPACE.split(text):
        room = len(_MARK.sub("", word))
        if line and length + 1 + room > columns:
            yield line
            line, length = indent + word, len(indent) + room
        else:
            line, length = (f"{line} {word}", length + 1 + room) if line else (word, room)
    yield line
