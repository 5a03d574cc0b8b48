"""`ht sync`: exchange changes with other keepers through a folder or a PostgreSQL database."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import differences
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.secrecy import ever_confidential
from ht_cli.catalogue.sharing.merging import conflicts, things
from ht_cli.catalogue.sharing.syncing import is_server
from ht_cli.catalogue.sharing.syncing import sync as exchange
from ht_cli.commands._arrival import say_waiting
from ht_cli.commands._twins import say_likely_twins
from ht_cli.errors import UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.changes import say_plan
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import CatalogueOption, LocaleOption

MOST_SHOWN = 10  # records that are shown one by one


EXAMPLES = (_help("Examples: ht sync ~/Nextcloud/ht · ht sync · ht sync postgresql://keepers.example.org/ht"),)


def sync(
    place: Annotated[
        str, typer.Argument(metavar="[PLACE]", help=_help("A folder that you share, or postgresql://…; without it, that of the last time."))
    ] = "",
    init: Annotated[
        bool, typer.Option("--init", help=_help("Prepare a database: its tables and the roles of readers, keepers and coordinators."))
    ] = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Exchange changes with other keepers."""
    if init:
        _prepare(place)
        return
    done = exchange(place, catalogue)
    for remark in done.remarks:
        note(remark)
    with open_catalogue(catalogue) as connection:
        words = read_keepers_words(connection)
        secret = ever_confidential(connection, done.records)
    for identifier, (before, after) in list(done.records.items())[:MOST_SHOWN]:
        say_plan(identifier, differences(before, after), words, secret=identifier in secret)
    if len(done.records) > MOST_SHOWN:
        more = len(done.records) - MOST_SHOWN
        note(_n("and {count} resource more: ht history", "and {count} resources more: ht history", more).format(count=more))
    note(
        _n("{count} entry came", "{count} entries came", done.received).format(count=done.received)
        + ", "
        + _n("{count} entry went", "{count} entries went", done.sent).format(count=done.sent)
        + "."
    )
    if done.records:
        note(_("To take it back: ht undo {change}").format(change=done.act[:8]))
    with open_catalogue(catalogue) as connection:
        say_likely_twins(connection, done.records)
        waiting = len(things(conflicts(connection)))
    if waiting:
        say_waiting(waiting)


def _prepare(place: str) -> None:
    if not is_server(place):
        raise UsageError(_("--init prepares a database: ht sync --init postgresql://…; a folder needs no preparing"))
    from ht_cli.catalogue.sharing.postgres import initialise

    note(initialise(place))
