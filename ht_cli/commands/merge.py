"""`ht merge`: join a colleague's catalogue with ours; twice, or in another order, ends in the same catalogue."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from ht_cli.catalogue.foreign import open_foreign, read_foreign_changes
from ht_cli.catalogue.merging import Conflict, conflicts, new_conflicts, plan_merge, settle, write_merge
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.records import differences
from ht_cli.catalogue.writing import open_for_writing
from ht_cli.errors import UsageError
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, OursOption, TheirsOption, YesOption
from ht_cli.output.changes import confirmed, interactive, say_done, say_plan
from ht_cli.output.conflicts import ask_which_stands, write_conflicts
from ht_cli.output.terminal import note


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


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
    if ours and theirs:
        raise UsageError(_("choose one of --ours and --theirs"))
    with open_foreign(file) as foreign:
        changes = read_foreign_changes(foreign)
    with open_catalogue(catalogue) as connection:
        arrival = plan_merge(connection, changes)
        waiting = [*conflicts(connection), *new_conflicts(connection, arrival)]
    for identifier, (before, after) in arrival.records.items():
        say_plan(identifier, differences(before, after))
    if not arrival.changes and not waiting:
        note(_("nothing new in {path}; nothing was changed").format(path=file.name))
        return
    write_conflicts(waiting)
    if dry_run or not confirmed(_("Write this?"), yes=yes):
        note(_("nothing was changed"))
        return
    name = str(uuid4())
    with open_for_writing(catalogue, in_bulk=True) as connection:
        arrival = plan_merge(connection, changes, name)
        write_merge(connection, arrival)
        waiting = conflicts(connection)
        settled = [settle(connection, conflict, ours=ours, who=by, merge=name) for conflict in waiting if ours or theirs]
    say_done([*(change for change in arrival.changes if change.fields), *settled])
    if waiting and not settled:
        _settle_one_by_one(waiting, catalogue, by, name)


def _settle_one_by_one(waiting: list[Conflict], catalogue: str | None, by: str, name: str) -> None:
    """Ask on a terminal which value stands; elsewhere say that ours stays."""
    if not interactive():
        kept = _n(
            "In {count} place both sides changed the same fact: ours stays. Settle it with --ours, --theirs, or on a terminal.",
            "In {count} places both sides changed the same fact: ours stays. Settle them with --ours, --theirs, or on a terminal.",
            len(waiting),
        )
        note(kept.format(count=len(waiting)))
        return
    for number, conflict in enumerate(waiting, 1):
        stands = ask_which_stands(conflict, number, len(waiting))
        if stands is not None:
            with open_for_writing(catalogue) as connection:
                say_done([settle(connection, conflict, ours=stands, who=by, merge=name)])
