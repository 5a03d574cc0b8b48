"""`ht due`: what to check next, as a list or as a round from one to the next on a terminal."""

from typing import Annotated

import typer

from ht_cli import clock
from ht_cli.catalogue.due import Due, read_due
from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.vocabulary import read_words
from ht_cli.dates import day_text
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.options import (
    ByOption,
    CatalogueOption,
    CityOption,
    CsvOption,
    FormatOption,
    JsonOption,
    KindsOption,
    LocaleOption,
    OutputOption,
)
from ht_cli.output.changes import interactive
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_sheet
from ht_cli.output.terminal import note
from ht_cli.search.option_values import read_option
from ht_cli.wording import Words


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


HEADERS = ("id", "name", "kind", "checked_on", "due_on", "reasons")
EXAMPLES = (_help("Examples: ht due --city namur · ht due --kind helpline --round"),)


def due(
    kind: KindsOption = None,
    city: CityOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help=_help("How many at most."))] = 20,
    go_round: Annotated[bool, typer.Option("--round", help=_help("Go through them one by one on a terminal."))] = False,
    by: ByOption = "",
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Say what to check next."""
    if go_round and not interactive():
        raise UsageError(_("--round asks on a terminal; without one, use ht due and ht verify"))
    sheet = chosen_sheet(form, as_json, as_csv, None, output)
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        kinds = [found for text in kind or () for found in read_option("kind", text, lexicon).kinds]
        places = read_option("city", city, lexicon).places if city else ()
        listed = read_due(connection, clock.today(), kinds, places[0] if places else None)
        words = read_words(connection, languages()[0])
    if not listed:
        raise NotFoundError(_("nothing is due"))
    if go_round:
        from ht_cli.commands._round import check_one_by_one

        check_one_by_one([found.id for found in listed[:limit]], catalogue, by)
        return
    rows = [_row(found, words, machine=sheet.for_machines) for found in listed[:limit]]
    write_listing(HEADERS if sheet.for_machines else HEADERS[:1] + HEADERS[2:4] + HEADERS[5:], rows, sheet)
    if len(listed) > limit:
        note(_n("{count} is due; --limit shows more.", "{count} are due; --limit shows more.", len(listed)).format(count=len(listed)))


def _row(found: Due, words: Words, *, machine: bool) -> tuple[str, ...]:
    if machine:
        return (found.id, found.name, found.kind, found.checked_on, found.due_on, "; ".join(found.reasons))
    said = {
        "never": _("never checked"), "overdue": _("check overdue"), "no contact": _("no contact known"), "low": _("low confidence"),
        "unverified": _("unverified"), "unreachable": _("could not be reached"),
    }  # fmt: skip
    return (found.id, words.term("kinds", found.kind), day_text(found.checked_on), ", ".join(said[reason] for reason in found.reasons))
