"""The sheet as one HTML page that loads nothing, and the same page as a PDF.

The templates and the style are files of `templates/`; what they show is escaped by jinja2.
"""

from pathlib import Path
from typing import Any

from ht_cli.errors import UsageError
from ht_cli.exchange.sheet.facts import Entry, Page
from ht_cli.exchange.sheet.plain import handwritten, in_language, title
from ht_cli.locale import translate as _
from ht_cli.wording import clean

TEMPLATES = Path(__file__).parent / "templates"


def html_text(page: Page) -> str:
    """Give the page as HTML5 with its style, its QR codes and nothing from outside."""
    import jinja2  # 45 ms, wanted only for a page

    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.get_template("sheet.html.j2")
    return clean(template.render(page=page, title=title(), handwritten=handwritten(), in_language=in_language, qr=qr_code, _=_))


def qr_code(entry: Entry) -> Any:
    """Draw the QR code of the phone or the site as SVG, dark on white in either colour scheme; nothing where there is neither."""
    import segno  # 15 ms, wanted only for a code
    from markupsafe import Markup

    if not entry.code:
        return ""
    code = segno.make(entry.code, error="m", micro=False)
    # The quiet zone of four modules is that of ISO/IEC 18004.
    return Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None))


def pdf_bytes(page: Page) -> bytes:
    """Give the page as a tagged PDF on A4. Raises UsageError when the extra that makes it is not installed."""
    try:
        import weasyprint  # type: ignore[import-untyped]  # 400 ms, an extra
    except (ImportError, OSError) as error:  # OSError: Pango, which it draws with, is not on the system
        raise UsageError(
            _("a PDF needs the extra “pdf” (pip install 'ht-cli[pdf]'); or write the page with -o sheet.html and print it from the browser")
        ) from error
    document = weasyprint.HTML(string=html_text(page), url_fetcher=_refuse)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _refuse(url: str, *_arguments: Any, **_options: Any) -> Any:
    raise ValueError(url)
