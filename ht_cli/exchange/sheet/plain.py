"""The sheet as plain text and as Markdown."""

import re
import textwrap
from collections.abc import Iterator, Sequence

from ht_cli.exchange.sheet.contents import SheetEntry, SheetPage, SheetText
from ht_cli.exchange.typography import held
from ht_cli.locale import translate as _

WIDEST = 76  # columns: longer lines are hard to read
NO_BREAK = "\u00a0"
DOTS = "." * 60
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def text_lines(page: SheetPage, width: int = WIDEST) -> Iterator[str]:
    """Give the sheet as lines of text, wrapped to so many columns; numbers, addresses and sites are never broken."""
    columns = max(min(width, WIDEST), 20)
    for entry in page.entries:
        yield from _wrapped(entry.name, columns)
        yield from _wrapped(entry.warning, columns, "! ", "  ")
        yield from _wrapped(_said(entry.about, page), columns)
        yield "\n"
        numbers = [number.national for number in entry.numbers]
        for label, value in _labelled(entry, page):
            yield from _wrapped(_("{label}: {value}").format(label=label, value=value), columns, "  ", "    ", numbers)
        yield from _wrapped(entry.dates, columns, "  ", "    ")
        yield "\n"
    for label in handwritten():
        yield f"{label} {DOTS[: max(columns - len(label) - 1, 10)]}\n"
    yield "\n"
    yield from _wrapped(_("Are you in danger, or somebody else? Call:"), columns)
    for line in page.lines:
        yield from _wrapped(f"{line.national}  {line.name} ({line.hours})", columns, "  ", "    ", [line.national])


def markdown_lines(page: SheetPage) -> Iterator[str]:
    """Give the sheet as Markdown, what the catalogue says escaped."""
    yield f"# {title()}\n\n"
    for entry in page.entries:
        yield f"## {_escaped(entry.name)}\n\n"
        if entry.warning:
            yield f"**{_escaped(entry.warning)}**\n\n"
        yield f"{_escaped(_said(entry.about, page))}\n\n" if entry.about.text else ""
        for number in entry.numbers:
            beside = ", ".join(filter(None, (number.label, _joined(number.hours, page))))
            yield f"- **[{_escaped(number.national)}]({number.link})**{_escaped(f' ({beside})' if beside else '')}\n"
        for label, value in _labelled(entry, page, numbers=False):
            linked = f"<{value}>" if value and value in (entry.url, entry.email) else _escaped(value)
            yield f"- {held(_('{label}: {value}').format(label=f'**{_escaped(label)}**', value=linked))}\n"
        yield f"\n{_escaped(entry.dates)}\n\n"
    yield from (f"{_escaped(label)} {DOTS}\n\n" for label in handwritten())
    yield f"## {held(_('Are you in danger, or somebody else? Call:'))}\n\n"
    yield from (f"- **[{_escaped(n.national)}]({n.link})** {_escaped(n.name)} ({_escaped(n.hours)})\n" for n in page.lines)


def title() -> str:
    """Give the heading of a sheet: it tells whoever finds the paper nothing about its owner."""
    return _("Numbers and addresses for you")


def handwritten() -> tuple[str, str]:
    """Give the labels of the two dotted lines, which are filled in by hand and never by a program."""
    return _("Appointment (day, hour, with whom)"), _("To ask, to remember")


def in_language(page: SheetPage, language: str) -> str:
    """Say in which other language a text is."""
    return _("in {language}").format(language=page.language_names.get(language, language))


def _labelled(entry: SheetEntry, page: SheetPage, *, numbers: bool = True) -> Iterator[tuple[str, str]]:
    for number in entry.numbers if numbers else ():
        beside = ", ".join(filter(None, (number.label, _joined(number.hours, page))))
        yield _("Phone"), f"{number.national} ({beside})" if beside else number.national
    yield from ((label, value) for label, value in ((_("E-mail"), entry.email), (_("Site"), entry.url)) if value)
    yield from ((label, _joined(texts, page)) for label, texts in entry.facts)
    if entry.phrase:
        meaning = f" – {entry.phrase.meaning}" if entry.phrase.meaning else ""
        yield entry.phrase.label, _("“{text}”").format(text=entry.phrase.said.text) + meaning


def _said(text: SheetText, page: SheetPage) -> str:
    return f"{text.text} ({in_language(page, text.language)})" if text.language else text.text


def _joined(texts: tuple[SheetText, ...], page: SheetPage) -> str:
    return _("; ").join(_said(text, page) for text in texts)


def _wrapped(text: str, columns: int, first: str = "", rest: str = "", whole: Sequence[str] = ()) -> Iterator[str]:
    """Wrap a text; no sign begins a line, and what must stay `whole` is held together: by no-break spaces, which a reader would not want in the text."""
    text = held(text)
    for kept in whole:
        text = text.replace(kept, kept.replace(" ", NO_BREAK))
    lines = textwrap.wrap(text, columns, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
    yield from (line.replace(NO_BREAK, " ") + "\n" for line in lines)


def _escaped(text: str) -> str:
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", _MARKDOWN.sub(r"\\\1", held(text)))
