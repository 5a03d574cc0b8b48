"""The sheet as one HTML page that loads nothing, and the same page as a PDF.

The templates and the style are files of `templates/`; what they show is escaped by jinja2.
"""

import re
from math import ceil
from pathlib import Path
from typing import Any

from ht_cli.cleaning import clean
from ht_cli.errors import UsageError, installing
from ht_cli.exchange.sheet.contents import FirstWords, SheetEntry, SheetPage
from ht_cli.exchange.sheet.plain import handwritten, in_language, title
from ht_cli.exchange.typography import held
from ht_cli.locale import translate as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from markupsafe import Markup

PRINTED_WIDTH, PRINTED_HEIGHT = 521, 779  # points: A4 less the margins in sheet.css
SIZES = (12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8)
TWO_SIDES = 10.5
_TIMES = re.compile(r"(\d[\dh:.]*(?:\u00a0?[hu])?–\d[\dh:.]*)")
TEMPLATES = Path(__file__).parent / "templates"


def html_text(page: SheetPage) -> str:
    """Give the page as HTML5 with its style, its QR codes and nothing from outside."""
    import jinja2  # 45 ms, wanted only for a page

    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, finalize=held, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["times"] = _times_whole
    template = environment.get_template("sheet.html.jinja")
    return clean(
        template.render(
            page=page, title=title(), handwritten=handwritten(), size=print_size(page), in_language=in_language, qr=qr_code, _=_
        )
    )


def _times_whole(text: str) -> "Markup":
    """Mark each stretch of hours (9h–17h) as one that no line breaks: it may, after the dash."""
    from markupsafe import Markup, escape

    return Markup(_TIMES.sub(r'<span class="whole">\1</span>', str(escape(held(text)))))


def print_size(page: SheetPage) -> float:
    """Give the largest letters, in points, with which a page is expected to fit on one side of A4.

    More than three resources may not fit in letters that can be read: they then take both sides of the sheet.
    """
    fits = (size for size in SIZES if _height(page, size) <= PRINTED_HEIGHT)
    return next(fits, SIZES[-1]) if len(page.entries) <= 3 else next((size for size in fits if size >= 9), TWO_SIDES)


def _height(page: SheetPage, size: float) -> float:
    """Estimate the printed height in points from the lengths of the texts, half a letter's size being the mean width of a letter."""
    across = PRINTED_WIDTH / size / 0.5
    close = size < 11
    seen: list[FirstWords | None] = []
    lines = 12.0 + 1.9 * ceil(len(page.lines) / 2)  # heading, dotted lines, foot
    for entry in page.entries:
        rows = ceil(len(entry.numbers) / 2) if close and len(entry.numbers) > 2 else len(entry.numbers)
        beside = sum(bool(number.hours) or len(number.label) > 20 for number in entry.numbers)
        top = 1.6 * ceil(len(entry.name) / across / 0.66) + 1.27 * ceil(len(entry.about.text) / across / 0.84) + 2.4 * rows + 0.65 * beside
        facts = [len(label) + sum(len(text.text) + 14 * bool(text.language) for text in texts) for label, texts in entry.facts]
        facts += [len(way) + 8 for way in (entry.email, entry.site) if way]
        lines += 3.3 + max(top, 8.5) + sum(0.2 + 1.27 * ceil(length / across / 0.44) for length in facts) / 2 + 1
        if entry.phrase and not (close and entry.phrase in seen):
            lines += 2.2 + 1.27 * (
                ceil(len(entry.phrase.said.text) / across / 0.9) + ceil(len(entry.phrase.meaning) / across) + (not close)
            )
        seen.append(entry.phrase)
    return lines * size


def qr_code(entry: SheetEntry) -> Any:
    """Draw the QR code of the phone or the site as SVG, dark on white in either colour scheme; nothing where there is neither."""
    import segno  # 15 ms, wanted only for a code
    from markupsafe import Markup

    if not entry.code:
        return ""
    code = segno.make(entry.code, error="m", micro=False)
    # The quiet zone of four modules is that of ISO/IEC 18004.
    return Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None))


def pdf_bytes(page: SheetPage) -> bytes:
    """Give the page as a tagged PDF on A4. Raises UsageError when the extra that makes it is not installed."""
    try:
        import weasyprint  # type: ignore[import-untyped]  # 400 ms, an extra
    except (ImportError, OSError) as error:  # OSError: Pango, which it draws with, is not on the system
        raise UsageError(
            _("a PDF needs the extra “pdf” ({command}); or write the page with -o sheet.html and print it from the browser").format(
                command=installing("pdf")
            )
        ) from error
    document = weasyprint.HTML(string=html_text(page), url_fetcher=_refuse)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _refuse(url: str, *_arguments: Any, **_options: Any) -> Any:
    raise ValueError(url)
