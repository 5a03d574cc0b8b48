"""`ht show`: everything known of a resource, found by its id, by a misspelt id, or by its name."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_alike, read_resources
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.commands._naming import named_resources
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Moment, Resource
from ht_cli.output.confidential import refuse_in_a_file
from ht_cli.output.results import chosen_layout, write_hits
from ht_cli.output.terminal import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.options import (
        CatalogueOption,
        CsvOption,
        FieldsOption,
        ForceOption,
        FormatOption,
        JsonOption,
        LocaleOption,
        NoPagerOption,
        OutputOption,
        ShowConfidentialOption,
    )
    from ht_cli.wording import Words


EXAMPLES = (_help("Examples: ht show realism · ht show tele-accueil-107 similes-bruxelles"),)


def show(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help=_help("Id of a resource, or its name."))],
    notes: Annotated[bool, typer.Option("--notes", help=_help("What its keepers noted as well, in French."))] = False,
    show_confidential: ShowConfidentialOption = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    fields: FieldsOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Show everything known of one resource."""
    refuse_in_a_file(show_confidential, output)
    layout = chosen_layout(form, as_json, as_csv, fields, output)
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        for_a_program = layout.for_machines and bool(form or as_json or as_csv or fields or output)  # a pipe alone may end at a reader
        found = named_resources(ids, lexicon, connection, command="ht show", guess=not for_a_program)
        words = read_words(connection, languages()[0])
        if layout.for_machines:
            write_hits([Hit(resource, 0.0, ()) for resource in found], layout, words, searched=False)
            return
        write(_cards(found, connection, words, notes=notes), layout.output)  # at once: each writing of a file takes the place of all before


def _cards(found: Sequence[Resource], connection: Connection, words: Words, *, notes: bool) -> Iterator[str]:
    """Give the lines of each resource, what is near or alike last, and an empty line after it."""
    from ht_cli import clock
    from ht_cli.hours import openings_of  # 10 ms with the time zone, not wanted in a pipe
    from ht_cli.output.records import card, labelled

    moment = Moment(clock.now())
    for resource in found:
        openings = openings_of(resource, moment) if resource.status != "closed" else None
        yield from card(resource, words, openings, notes=notes)
        alike = read_resources(connection, read_alike(connection, resource))
        yield from labelled(_("Near or alike"), ", ".join(f"{other.name} ({other.id})" for other in alike))
        yield "\n"
