"""`ht sheet`: one page that a client takes along, with one to five resources and the urgent lines."""

from __future__ import annotations

from typing import Literal

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_resources, read_urgent_lines
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.commands._naming import named_resources
from ht_cli.commands._reference import reference_of
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.exchange.endings import SHEET, meant_by, refuse_another_format
from ht_cli.exchange.sheet.facts import make_page
from ht_cli.exchange.sheet.plain import WIDEST, markdown_lines, text_lines, title
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.delivery import deliver, goes_to_terminal
from ht_cli.output.terminal import note, say_written, width, write
from ht_cli.output.told import told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.exchange.sheet.contents import SheetPage
    from ht_cli.model import Resource
    from ht_cli.options import CatalogueOption, ForceOption, LocaleOption, OutputOption


SheetFormat = Literal["text", "html", "markdown", "pdf", "sms", "eml", "vcard"]
EXAMPLES = (
    _help("Examples: ht sheet tele-accueil-107 -o sheet.html · ht sheet realism similes-bruxelles --locale nl --pdf -o sheet.pdf"),
    _help("Nothing about the client is asked for or kept: two dotted lines are there to write on by hand."),
)
MOST = 5


def sheet(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help=_help("One to five resources, by id or name."))],
    form: Annotated[SheetFormat | None, typer.Option("--format", help=_help("Else by the ending of -o: html; text without -o."))] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=_help("The page as a PDF (needs the extra pdf)."))] = False,
    sms: Annotated[bool, typer.Option("--sms", help=_help("A text message of one or two parts."))] = False,
    eml: Annotated[bool, typer.Option("--eml", help=_help("A mail draft to open, with no address filled in."))] = False,
    vcard: Annotated[bool, typer.Option("--vcard", help=_help("Contact cards for a telephone."))] = False,
    for_: Annotated[
        str | None,
        typer.Option("--for", metavar="", help=_help("Takes no text: a name is written on the paper by hand, never typed here.")),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Make one page for a client."""
    if for_ is not None:
        raise UsageError(_("--for takes nothing: ht keeps no word about a client; write it on the dotted lines by hand"))
    chosen = _chosen(form, {"pdf": pdf, "sms": sms, "eml": eml, "vcard": vcard}, output)
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        found = list(dict.fromkeys(resource.id for resource in named_resources(ids, lexicon, connection, command="ht sheet")))
        if len(found) > MOST:
            raise UsageError(_("a sheet holds one to five resources, not {count}: make two sheets").format(count=len(found)))
        resources = [told(resource) for resource in read_resources(connection, found)]
        _look_over(resources)
        if chosen == "vcard":
            from ht_cli.exchange import vcard as cards  # wanted only here

            _deliver(cards.pieces(resources, reference_of(connection)), output)
            return
        page = make_page(resources, urgent_lines(connection), read_words(connection, languages()[0]))
    if chosen in ("pdf", "eml"):  # bytes with their own line ends
        _deliver([_file(page, chosen)], output)
    else:
        write(_texts(page, chosen, output), output)


def _deliver(pieces: Iterable[str | bytes], output: Path | None) -> None:
    deliver(pieces, output)
    if output:
        say_written(output)


def _chosen(form: SheetFormat | None, flags: Mapping[str, bool], output: Path | None) -> str:
    """Settle the format. Raises UsageError for two at once, for a file that promises another one, and for a PDF that would go to a terminal."""
    asked = list(dict.fromkeys([*([form] if form else []), *(name for name, on in flags.items() if on)]))
    if len(asked) > 1:
        raise UsageError(_("choose one format: {formats}").format(formats=", ".join(asked)))
    chosen = asked[0] if asked else meant_by(output, SHEET) if output else "text"
    if asked and output:
        refuse_another_format(chosen, output, SHEET)
    if chosen == "pdf" and goes_to_terminal(output):
        raise UsageError(_("a PDF is no text for a terminal: name a file with -o sheet.pdf"))
    return chosen


def _look_over(resources: Sequence[Resource]) -> None:
    """Refuse what is closed, and say on stderr what a client should not be sent to unasked. Raises NotFoundError."""
    for resource in resources:
        if resource.status == "closed":
            raise NotFoundError(_("{name} is closed: it is put on no sheet; see: ht show {id}").format(name=resource.name, id=resource.id))
        if resource.professionals_only:
            note(_("{name} is for professionals only").format(name=resource.name))
        if resource.status != "active" or not resource.reachable:
            note(_("{name}: little is known of it, or it could not be reached; the sheet says so").format(name=resource.name))


def urgent_lines(connection: Connection) -> list[Resource]:
    """Give 112, then the general lines that speak the client's language: those for everybody, those for the young."""
    called = [(danger, minors) for minors in (False, True) for danger in ("suicide", "crisis")]
    ids = ["urgence-112", *(line for danger, minors in called for line in read_urgent_lines(connection, danger, minors=minors))]
    return [line for line in read_resources(connection, list(dict.fromkeys(ids))) if languages()[0] in line.languages]


def _file(page: SheetPage, chosen: str) -> bytes:
    if chosen == "pdf":
        from ht_cli.exchange.sheet.page import pdf_bytes

        return pdf_bytes(page)
    from ht_cli.exchange.sheet.mail import mail_draft  # 40 ms of email

    return mail_draft(title(), text_lines(page))


def _texts(page: SheetPage, chosen: str, output: Path | None) -> Iterable[str]:
    if chosen == "text":
        return text_lines(page, WIDEST if output else width())
    if chosen == "markdown":
        return markdown_lines(page)
    if chosen == "sms":
        return [_message(page)]
    from ht_cli.exchange.sheet.page import html_text

    return [html_text(page)]


def _message(page: SheetPage) -> str:
    """Give the text message, and say on stderr how many parts it takes and in which alphabet."""
    from ht_cli.exchange.sheet.sms import make_message

    message = make_message(page)
    said = _n("{count} part", "{count} parts", len(message.parts)).format(count=len(message.parts))
    note(_("SMS: {parts}, {alphabet}, {used} of {room} characters").format(
        parts=said, alphabet=message.alphabet, used=message.used, room=message.room))  # fmt: skip
    return message.text + "\n"
