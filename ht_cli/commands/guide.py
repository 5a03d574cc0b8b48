"""`ht guide`: where to begin, told page by page for somebody who does not know the words yet."""

from typing import Annotated

import typer

from ht_cli.guide import TOPICS, find_topic, read_page, read_pages
from ht_cli.locale import languages
from ht_cli.options import CsvOption, FormatOption, JsonOption, LocaleOption, OutputOption
from ht_cli.output.guide import write_page, write_pages
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_sheet


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (_help("Examples: ht guide · ht guide why groups · ht guide --list"),)


def guide(
    topic: Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]", help=_help("What to read about, in your own words."))] = None,
    listed: Annotated[bool, typer.Option("--list", help=_help("Name the pages."))] = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    locale: LocaleOption = None,
) -> None:
    """Read where to begin."""
    sheet = chosen_sheet(form, as_json, as_csv, None, output)
    language = languages()[0]
    # In a pipe or a file, where no format was asked for, a page stays the text that it is.
    as_markdown = sheet.for_machines and not (form or as_json or as_csv)
    if listed:
        write_listing(("topic", "title"), [(page.topic, page.title) for page in read_pages(language)], sheet)
    elif topic:
        write_page(read_page(find_topic(" ".join(topic)), language), (), sheet, as_markdown=as_markdown)
    elif sheet.for_machines and not as_markdown:
        write_pages(read_pages(language), sheet)
    else:
        write_page(read_page(TOPICS[0], language), read_pages(language), sheet, as_markdown=as_markdown)
