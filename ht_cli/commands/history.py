"""`ht history`: what was changed, by whom and when, the newest first."""

from typing import Annotated

import typer

from ht_cli.catalogue.journal import read_changes, read_changes_of
from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.commands.show import one_resource
from ht_cli.errors import NotFoundError
from ht_cli.locale import translate as _
from ht_cli.options import CatalogueOption, CsvOption, FormatOption, JsonOption, LocaleOption, NoPagerOption, OutputOption
from ht_cli.output.changes import write_history
from ht_cli.output.results import chosen_sheet


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (_help("Examples: ht history · ht history realism --json"),)


def history(
    identifier: Annotated[str | None, typer.Argument(metavar="[ID]", help=_help("Id of a resource, or its name."))] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help=_help("How many changes at most."))] = 50,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Show what was changed, the newest first."""
    sheet = chosen_sheet(form, as_json, as_csv, None, output)
    with open_catalogue(catalogue) as connection:
        if identifier:
            known = read_changes_of(connection, identifier, 1)  # also of what was added and taken back
            resource = identifier if known else one_resource(identifier, Lexicon(connection), connection, follow=False).id
            changes = read_changes_of(connection, resource, limit)
        else:
            changes = read_changes(connection, limit=limit)
    if not changes:
        raise NotFoundError(_("no change has been made yet"))
    write_history(changes, sheet)
