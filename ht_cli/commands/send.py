"""`ht send`: write what keepers changed here into one small file for mail."""

from __future__ import annotations

import os

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.device import device_named
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.ahead import said_of_ours
from ht_cli.catalogue.sharing.hiding import have_left, hide, said_beside_the_mark, said_in_the_clear
from ht_cli.catalogue.sharing.packets import write_packet
from ht_cli.catalogue.sharing.redating import date_anew, dated_ahead
from ht_cli.catalogue.sharing.syncing import entries_to_send
from ht_cli.commands._when import beginning
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.options import CatalogueOption, ForceOption, LocaleOption


EXAMPLES = (_help("Examples: ht send monday.jsonl · ht send monday.jsonl --since 2026-11-20"),)


def send(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_help("The file to write."))],
    since: Annotated[str, typer.Option("--since", metavar="DATE", help=_help("Only what was done from this day on."))] = "",
    force: ForceOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Write what keepers changed into one small file for mail."""
    if os.path.exists(file) and not force:
        raise UsageError(_("{path} is there already; another name, or --force to replace it").format(path=file))
    told = _made_fit_to_leave(catalogue)
    with open_catalogue(catalogue) as connection:
        entries = entries_to_send(connection, beginning(since, "--since") if since else "")
        if not entries:
            raise NotFoundError(_("there is nothing to send: no keeper has changed anything here"))
        count = write_packet(file, entries, device_named(connection))
        told += [*said_beside_the_mark(entries), *said_of_ours(connection, device_named(connection))]
        up_to = journal.last_number(connection)
    if not since:
        with open_for_writing(catalogue) as connection:
            have_left(connection, up_to)
    said = _n("{count} entry in {path}, {size} kB; your colleague reads it with: ht take {path}",
              "{count} entries in {path}, {size} kB; your colleague reads them with: ht take {path}", count)  # fmt: skip
    note(said.format(count=count, path=file, size=-(-file.stat().st_size // 1000)))
    for remark in told:
        note(remark)


def _made_fit_to_leave(catalogue: str | None) -> list[str]:
    """Date anew what a clock that was ahead has dated, hide what is secret, and give what to tell; most often nothing is written."""
    with open_catalogue(catalogue) as connection:
        if not (any(dated_ahead(connection)) or said_in_the_clear(connection)):
            return []
    with open_for_writing(catalogue) as connection:
        return [*date_anew(connection), *hide(connection)]
