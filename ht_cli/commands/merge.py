"""`ht merge`: join a colleague's catalogue with ours; twice, or in another order, ends in the same catalogue."""

from __future__ import annotations

from ht_cli.catalogue.sharing.foreign import open_foreign, read_foreign_changes
from ht_cli.commands._arrival import refuse_both_sides, take_in
from ht_cli.locale import mark as _help

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, OursOption, TheirsOption, YesOption


EXAMPLES = (_help("Examples: ht merge colleague.db --dry-run · ht merge colleague.db · ht merge colleague.db --theirs"),)


def merge(
    file: Annotated[Path, typer.Argument(metavar="OTHER.db", help=_help("A colleague's catalogue."))],
    ours: OursOption = False,
    theirs: TheirsOption = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Join a colleague's catalogue with ours."""
    refuse_both_sides(ours, theirs)
    with open_foreign(file) as foreign:
        changes = read_foreign_changes(foreign)
    take_in(changes, file.name, catalogue, ours=ours, theirs=theirs, yes=yes, dry_run=dry_run, by=by)
