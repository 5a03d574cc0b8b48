"""`ht urgent`: the lines to call now, in the languages that the place speaks."""

from typing import Annotated

import typer

from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_resources, read_urgent_ids, read_words
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit
from ht_cli.options import CatalogueOption, CsvOption, FieldsOption, FormatOption, JsonOption, LocaleOption, OutputOption
from ht_cli.output.answers import line_text
from ht_cli.output.results import chosen_sheet, write_hits
from ht_cli.output.terminal import write
from ht_cli.search.reading import read_option


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (_help("Examples: ht urgent · ht urgent eupen"),)


def urgent(
    place: Annotated[list[str] | None, typer.Argument(metavar="[PLACE]", help=_help("Town, postcode, province or region."))] = None,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    fields: FieldsOption = None,
    output: OutputOption = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Give the lines to call now."""
    sheet = chosen_sheet(form, as_json, as_csv, fields, output)
    with open_catalogue(catalogue) as connection:
        spoken = list(languages())
        if place:
            query = read_option("city", " ".join(place), Lexicon(connection))
            local = query.places[0].languages if query.places else ()
            spoken = list(dict.fromkeys([*local, languages()[0]]))
        lines = [line for line in read_resources(connection, read_urgent_ids(connection)) if set(line.languages) & set(spoken)]
        words = read_words(connection, languages()[0])
        # A line of the reader's own language first, then those of the place.
        lines.sort(key=lambda line: (len(line.languages) < 4, min((spoken.index(c) for c in line.languages if c in spoken), default=9)))
        if sheet.for_machines:
            write_hits([Hit(line, 0.0, ()) for line in lines], sheet, words, searched=False)
        else:
            write([_("Call now:") + "\n", *(f"  {line_text(line, words)}\n" for line in lines)], sheet.output)
