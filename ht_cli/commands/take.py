"""`ht take`: take in what a colleague sent by mail; twice, or in another order, ends in the same catalogue."""

from __future__ import annotations

import os

from ht_cli.catalogue.sharing.packets import read_packet
from ht_cli.commands._arrival import take_in
from ht_cli.errors import NotFoundError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption


EXAMPLES = (_help("Examples: ht take monday.jsonl --dry-run · ht take monday.jsonl"),)


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_help("What a colleague made with ht send."))],
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Take in what a colleague sent."""
    if not os.path.isfile(file):
        raise NotFoundError(_("there is no file {path}").format(path=file))
    take_in(list(read_packet(file)), file.name, catalogue, ours=False, theirs=False, yes=yes, dry_run=dry_run, by=by)
