"""`ht guide`: where to begin, told page by page for somebody who does not know the words yet."""

from __future__ import annotations

from ht_cli.guide import TOPICS, find_topic, read_page, read_pages
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.output.guide import write_page, write_pages, write_titles
from ht_cli.output.terminal import ENDINGS, chosen_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import CsvOption, ForceOption, FormatOption, JsonOption, LocaleOption, NoPagerOption, OutputOption


PAGE_ENDINGS = dict.fromkeys(("", ".md", ".markdown", ".txt"), "markdown")
EXAMPLES = (_help("Examples: ht guide · ht guide why groups · ht guide --list"),)


def guide(
    topic: Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]", help=_help("What to read about, in your own words."))] = None,
    listed: Annotated[bool, typer.Option("--list", help=_help("Name the pages."))] = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
) -> None:
    """Read where to begin."""
    language = languages()[0]
    page = read_page(find_topic(" ".join(topic)) if topic else TOPICS[0], language)
    others = [] if topic else read_pages(language)
    if not (listed or form or as_json or as_csv):
        shown = chosen_format(None, output, ENDINGS | PAGE_ENDINGS)
        if shown == "tsv" and not output:
            shown = "markdown"  # in a pipe a page stays the text that it is
        if shown in ("markdown", "table", "records"):
            write_page(page, others, shown, output)
            return
    from ht_cli.output.results import chosen_layout  # a sixth of the start, wanted only where a format is asked for

    layout = chosen_layout(form, as_json, as_csv, None, output)
    if listed:
        write_titles(read_pages(language), layout)
    elif layout.for_machines:
        write_pages(others or [page], layout)
    else:
        write_page(page, others, layout.format, output)
