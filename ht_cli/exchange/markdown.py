"""A directory as Markdown (CommonMark), for a site or a wiki: the same parts as the page, texts of the catalogue never markup.

The only HTML in it is ours: the anchors of entries, since renderers do not agree on those of headings, and the
language of a text that is not in the file's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ht_cli.exchange.credits import Credit, credit_list, licence
from ht_cli.exchange.directory import Directory, DirectoryLine, Link, Need, Section, directory_of
from ht_cli.exchange.entries import Entry, Fact, Text
from ht_cli.exchange.frame import Frame, frame_of
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import one_line
from ht_cli.model import Resource

# Beside the marks of CommonMark, those of tables, strikes, formulas, mentions, templates, shortcodes and bare links in its offspring.
_MARKS = re.compile(r"[\\`*_\[\]<>&|~$^{}@#]|:(?=[A-Za-z+/_-])|(?<=\bwww)\.|^[-+=]", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give the directory: urgent lines, contents, resources by place, an index by need, credits."""
    directory = directory_of(resources, reference)
    say = frame_of(directory, reference)
    yield f"# {escape(say.title)}\n\n{escape(say.lead)}\n\n**{escape(say.caution)}**\n\n"
    yield from _lines(directory.lines, say)
    yield from _contents(directory, say)
    for section in directory.sections:
        yield from _section(section, say)
    yield from _needs(directory.needs, say)
    yield f"## {escape(say.credits)}\n\n"
    yield from (f"- {_credit(credit)}\n" for credit in (licence(), *credit_list()))


def escape(text: str) -> str:
    """Give text in one line that no renderer takes for markup."""
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", one_line(text)))


def _lines(lines: Sequence[DirectoryLine], say: Frame) -> Iterator[str]:
    if lines:
        yield f"## {escape(say.call_now)}\n\n"
    for line in lines:
        name = _internal(Link(line.name, line.anchor)) if line.anchor else escape(line.name)
        yield f"- **{_stretch(line.reach)}** {name} ({escape(line.languages)} · {_stretch(line.hours)}). {_texts(line.about)}\n"
    yield "\n" if lines else ""


def _contents(directory: Directory, say: Frame) -> Iterator[str]:
    yield f'## <a id="contents"></a>{escape(say.contents)}\n\n'
    for title, parts in ((say.by_place, directory.sections), (say.by_need, directory.needs)):
        yield f"### {escape(title)}\n\n"
        yield from (f"- {_internal(Link(part.title, part.anchor))} ({part.size})\n" for part in parts)
        yield "\n"


def _section(section: Section, say: Frame) -> Iterator[str]:
    yield f'## <a id="{section.anchor}"></a>{escape(section.title)}\n\n{_internal(Link(say.to_contents, "contents"))}\n\n'
    for label, links in ((say.wider, section.wider), (say.elsewhere, section.elsewhere)):
        if links:
            yield f"{escape(label)}{say.colon} {_internals(links)}\n\n"
    for group in section.groups:
        yield f"### {escape(group.title)}\n\n"
        for entry in group.entries:
            yield "".join(_entry(entry, say))


def _entry(entry: Entry, say: Frame) -> Iterator[str]:
    yield f'#### <a id="{entry.anchor}"></a>{escape(entry.name)}\n\n'
    yield f"{escape(entry.where)}\n\n" if entry.where else ""
    yield from (f"**{escape(notice)}**\n\n" for notice in entry.notices)
    yield from (f"{_stretch(paragraph)}\n\n" for paragraph in entry.about)
    for fact in (*entry.contacts, *entry.facts):
        yield _fact(fact, say)
    yield f"\n*{escape(entry.freshness)}*\n\n"


def _fact(fact: Fact, say: Frame) -> str:
    return f"- **{escape(fact.label)}**{say.colon} {' / '.join(map(_texts, fact.lines))}\n"


def _needs(needs: Sequence[Need], say: Frame) -> Iterator[str]:
    yield f"## {escape(say.by_need)}\n\n{escape(say.need_note)}\n\n" if needs else ""
    for need in needs:
        yield f'### <a id="{need.anchor}"></a>{escape(need.title)}\n\n'
        yield from (f"- **{escape(place)}**{say.colon} {_internals(links)}\n" for place, links in need.places)
        yield "\n"


def _texts(parts: Sequence[Text]) -> str:
    return " ".join(map(_stretch, parts))


def _stretch(part: Text) -> str:
    text = escape(part.text)
    if part.link:
        return f"[{text}](<{part.link.replace('&', '&amp;')}>)"
    return f'<span lang="{part.language}">{text}</span>' if part.language else text


def _internals(links: Sequence[Link]) -> str:
    return " · ".join(map(_internal, links))


def _internal(link: Link) -> str:
    return f"[{escape(link.name)}](#{link.anchor})"


def _credit(credit: Credit) -> str:
    return f"[{escape(credit.text)}](<{credit.link}>)"
