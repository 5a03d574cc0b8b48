"""`ht history`: what was changed, by whom and when, the newest first."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.journal import read_changes, read_changes_of
from ht_cli.catalogue.keeping.secrecy import ever_confidential
from ht_cli.commands._naming import one_resource
from ht_cli.commands._when import beginning, ending
from ht_cli.errors import NotFoundError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.changes import write_history
from ht_cli.output.confidential import refuse_in_a_file
from ht_cli.output.results import chosen_layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import (
        CatalogueOption,
        CsvOption,
        ForceOption,
        FormatOption,
        JsonOption,
        LocaleOption,
        NoPagerOption,
        OutputOption,
        ShowConfidentialOption,
    )


EXAMPLES = (_help("Examples: ht history · ht history realism --json · ht history --by AB --since 2026-11-01"),)


def history(
    identifier: Annotated[str | None, typer.Argument(metavar="[ID]", help=_help("Id of a resource, or its name."))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="AB", help=_help("Only what the person with these initials changed."))] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help=_help("Only from this day or moment on."))] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_help("Only up to the end of this day, or to this moment."))
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help=_help("How many changes at most."))] = 50,
    show_confidential: ShowConfidentialOption = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Show what was changed, the newest first."""
    refuse_in_a_file(show_confidential, output)
    layout = chosen_layout(form, as_json, as_csv, None, output)
    conditions, values = _conditions(by, since, until)
    with open_catalogue(catalogue) as connection:
        if identifier:
            known = read_changes_of(connection, identifier, 1)  # also of what was added and taken back
            resource = identifier if known else one_resource(identifier, Lexicon(connection), connection, follow=False).id
            conditions, values = [*conditions, "resource = ?"], [*values, resource]
        changes = read_changes(connection, " AND ".join(conditions) or "1", values, limit)
        if not changes and identifier and not (by or since or until):
            raise NotFoundError(_("{id} was never changed").format(id=resource))
        if not changes and values and read_changes(connection, limit=1):
            raise NotFoundError(
                _("no change fits; leave out one of: {options}").format(options=", ".join(_asked(identifier, by, since, until)))
            )
        words = read_keepers_words(connection)
        secret = ever_confidential(connection, {change.resource for change in changes})
    if not changes:
        raise NotFoundError(_("no change has been made yet"))
    write_history(changes, layout, words, secret)


def _conditions(by: str | None, since: str | None, until: str | None) -> tuple[list[str], list[str]]:
    """Give what holds for the changes that are asked for, and the values of it."""
    asked = [
        ("who = ? COLLATE NOCASE", by),
        ("at >= ?", since and beginning(since, "--since")),
        ("at <= ?", until and ending(until, "--until")),
    ]
    return [condition for condition, value in asked if value], [value for _condition, value in asked if value]


def _asked(identifier: str | None, by: str | None, since: str | None, until: str | None) -> list[str]:
    named = (("ID", identifier), ("--by", by), ("--since", since), ("--until", until))
    return [name for name, value in named if value]
