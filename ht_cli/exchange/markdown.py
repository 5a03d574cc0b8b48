"""A directory as Markdown, for a site or a wiki: the same parts as the page, texts of the catalogue never markup, and no HTML.

Renderers do not agree on the anchor of a heading, unless it is a few plain letters: GitHub, Hugo and pandoc keep
accents, MkDocs takes them off, and pandoc leaves out what stands before the first letter. What is linked to therefore has a
heading of plain letters, a resource its id; where that is not its name, the name stands in bold below.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from ht_cli.exchange.credits import Credit, credit_list, licence
from ht_cli.exchange.directory import Directory, DirectoryLine, Link, Need, Section, directory_of
from ht_cli.exchange.entries import Entry, Fact, Text
from ht_cli.exchange.frame import Frame, frame_of
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import one_line
from ht_cli.exchange.typography import held
from ht_cli.model import Resource
from ht_cli.shapes import NamedTuple

# Every renderer knows the backslash before the marks of the first Markdown; before any other, some show it.
_MARKS = re.compile(r"[\\`*_\[\]{}#]|(?<=\bwww)\.|^[-+]", re.IGNORECASE)
# The others have a meaning in its offspring: tables, strikes, formulas, mentions, templates, bare links.
_REFERENCES = re.compile(r"[<>&|~$^@]|:(?=[A-Za-z+/_-])|^=", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")
_COUNTED = re.compile(r"[-_]\d+$")  # what renderers add to the anchor of a heading that stood before
CONTENTS, ENTRY = "contents", "r-"  # the anchor of the contents, and how those of entries begin


class _Page(NamedTuple):
    say: Frame
    headings: Mapping[str, str]  # what stands in the heading of each anchor


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give the directory: urgent lines, contents, resources by place, an index by need, credits.

    With front matter, the title stands there for the site to show, and not as a heading.
    """
    directory = directory_of(resources, reference)
    say = frame_of(directory, reference)
    page = _Page(say, _headings(directory, say))
    yield _front_matter(say, reference) if reference.front_matter else f"# {escape(say.title)}\n\n"
    yield f"{escape(say.lead)}\n\n**{escape(say.caution)}**\n\n"
    yield from _lines(directory.lines, page)
    yield from _contents(directory, page)
    for section in directory.sections:
        yield from _section(section, page)
    yield from _needs(directory.needs, page)
    yield f"## {escape(say.credits)}\n\n"
    yield from (f"- {_credit(credit)}\n" for credit in (licence(), *credit_list()))


def escape(text: str) -> str:
    """Give text in one line that no renderer takes for markup."""
    apart = _REFERENCES.sub(lambda mark: f"\x00{ord(mark[0])};", one_line(text))  # no text holds a NUL any more
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", apart)).replace("\x00", "&#")


def _front_matter(say: Frame, reference: Reference) -> str:
    about = {"title": say.title, "description": say.lead, "lang": reference.language, "date": reference.made_at}
    lines = (f"{name}: {json.dumps(said, ensure_ascii=False)}\n" for name, said in about.items() if said)  # JSON is YAML
    return f"---\n{''.join(lines)}---\n\n"


def _headings(directory: Directory, say: Frame) -> dict[str, str]:
    """Give the heading of each anchor, plain letters that no other heading has the anchor of."""
    repeated = {_slug(_plain(group.title)) for section in directory.sections for group in section.groups}
    taken = repeated | {_slug(_plain(title)) for title in (say.title, say.call_now, say.by_place, say.by_need, say.credits)}
    headings: dict[str, str] = {}
    for anchor, title in _titles(directory, say):
        plain = _plain(title) if _plain(title)[:1].isalpha() else _plain(anchor)
        ways = (plain, *(f"{plain} {letter}" for letter in ascii_lowercase[1:]))
        text = next(way for way in ways if _slug(way) not in taken and _COUNTED.sub("", _slug(way)) not in repeated)
        taken.add(_slug(text))
        headings[anchor] = text
    return headings


def _titles(directory: Directory, say: Frame) -> Iterator[tuple[str, str]]:
    yield CONTENTS, say.contents
    yield from ((part.anchor, part.title) for parts in (directory.sections, directory.needs) for part in parts)
    for section in directory.sections:
        yield from ((link.anchor, link.anchor.removeprefix(ENTRY)) for group in section.groups for link in group.links)


def _plain(title: str) -> str:
    """Write a title with letters and digits of ASCII and single spaces."""
    spelt = unicodedata.normalize("NFKD", title.replace("œ", "oe").replace("ß", "ss")).encode("ascii", "ignore").decode()
    return " ".join(_NOT_PLAIN.sub(" ", spelt).split())


def _slug(heading: str) -> str:
    """Give the anchor that every renderer makes of a heading of plain letters."""
    return heading.replace(" ", "-").lower()


def _heading(level: int, anchor: str, title: str, page: _Page, beside: str = "") -> str:
    """Write a heading that can be linked to, and the title in bold where the heading does not say it."""
    heading = page.headings[anchor]
    if anchor.startswith(ENTRY):
        heading = _slug(heading)
    named = f"**{escape(title)}**" if heading != title else ""
    below = " · ".join(filter(None, (named, escape(beside))))
    return f"{'#' * level} {heading}\n\n" + (f"{below}\n\n" if below else "")


def _lines(lines: Sequence[DirectoryLine], page: _Page) -> Iterator[str]:
    if lines:
        yield f"## {escape(page.say.call_now)}\n\n"
    for line in lines:
        name = _internal(Link(line.name, line.anchor), page) if line.anchor else escape(line.name)
        yield f"- **{_stretch(line.reach)}** {name} ({escape(line.languages)} · {held(_stretch(line.hours))}). {_texts(line.about)}\n"
    yield "\n" if lines else ""


def _contents(directory: Directory, page: _Page) -> Iterator[str]:
    yield _heading(2, CONTENTS, page.say.contents, page)
    for title, parts in ((page.say.by_place, directory.sections), (page.say.by_need, directory.needs)):
        yield f"### {escape(title)}\n\n"
        yield from (f"- {_internal(Link(part.title, part.anchor), page)} ({part.size})\n" for part in parts)
        yield "\n"


def _section(section: Section, page: _Page) -> Iterator[str]:
    yield _heading(2, section.anchor, section.title, page)
    yield f"{_internal(Link(page.say.to_contents, CONTENTS), page)}\n\n"
    for label, links in ((page.say.wider, section.wider), (page.say.elsewhere, section.elsewhere)):
        if links:
            yield f"{escape(label)}{page.say.colon} {_internals(links, page)}\n\n"
    for group in section.groups:
        yield f"### {escape(group.title)}\n\n"
        for entry in group.entries:
            yield "".join(_entry(entry, page))


def _entry(entry: Entry, page: _Page) -> Iterator[str]:
    yield _heading(4, entry.anchor, entry.name, page, entry.where)
    yield from (f"**{escape(notice)}**\n\n" for notice in entry.notices)
    yield from (f"{_stretch(paragraph)}\n\n" for paragraph in entry.about)
    for fact in (*entry.contacts, *entry.facts):
        yield _fact(fact, page)
    yield f"\n*{escape(entry.freshness)}*\n\n"


def _fact(fact: Fact, page: _Page) -> str:
    return f"- **{escape(fact.label)}**{page.say.colon} {held(' / '.join(map(_texts, fact.lines)))}\n"


def _needs(needs: Sequence[Need], page: _Page) -> Iterator[str]:
    yield f"## {escape(page.say.by_need)}\n\n{escape(page.say.need_note)}\n\n" if needs else ""
    for need in needs:
        yield _heading(3, need.anchor, need.title, page)
        yield from (f"- **{escape(place)}**{page.say.colon} {_internals(links, page)}\n" for place, links in need.places)
        yield "\n"


def _texts(parts: Sequence[Text]) -> str:
    return " ".join(map(_stretch, parts))


def _stretch(part: Text) -> str:
    text = escape(part.text)
    return f"[{text}](<{part.link.replace('&', '&amp;')}>)" if part.link else text


def _internals(links: Sequence[Link], page: _Page) -> str:
    return " · ".join(_internal(link, page) for link in links)


def _internal(link: Link, page: _Page) -> str:
    return f"[{escape(link.name)}](#{_slug(page.headings[link.anchor])})"


def _credit(credit: Credit) -> str:
    return f"[{escape(credit.text)}](<{credit.link}>)"
