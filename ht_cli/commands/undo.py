"""`ht undo`: take changes back, by appending their inverse."""

import re
from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Annotated

import typer

from ht_cli import clock
from ht_cli.catalogue.changing import Editor
from ht_cli.catalogue.journal import read_changes, read_changes_named, undone
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.writing import open_for_writing
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption
from ht_cli.output.changes import confirmed, say_done, say_plan
from ht_cli.output.terminal import note


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (_help("Examples: ht undo 3f2a91c4 · ht undo --last 2 · ht undo --to 2026-11-20"),)


def undo(
    changes: Annotated[list[str] | None, typer.Argument(metavar="[CHANGE…]", help=_help("Changes, as ht history names them."))] = None,
    last: Annotated[int | None, typer.Option("--last", min=1, help=_help("The last so many."))] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help=_help("Everything since the end of this day (2026-11-20, or with a time)."))
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Take changes back."""
    if sum((bool(changes), last is not None, to is not None)) != 1:
        raise UsageError(_("say which: CHANGE, --last NUMBER or --to DATE (see: ht history)"))
    with open_catalogue(catalogue) as connection:
        chosen = _chosen(connection, changes or [], last, to)
    for change in chosen:
        say_plan(f"{change.resource} ({change.short})", {field: (after, before) for field, (before, after) in change.fields.items()})
    if dry_run or not confirmed(_("Take this back?"), yes=yes):
        note(_("nothing was changed"))
        return
    with open_for_writing(catalogue) as connection:
        done = Editor(connection).take_back(chosen, by)
    say_done(done)


def _chosen(connection: Connection, names: list[str], last: int | None, to: str | None) -> list[Change]:
    """Give the changes meant, the newest first. Raises NotFoundError when there are none."""
    if names:
        return [change for name in names for change in _named(connection, name)]
    if to is not None:
        chosen = [change for change in read_changes(connection, "at > ?", (_end(to),)) if _in_effect(connection, change)]
    else:
        chosen = _last(connection, last or 1)
    if not chosen:
        raise NotFoundError(_("there is nothing to take back"))
    return chosen


def _named(connection: Connection, name: str) -> list[Change]:
    found = read_changes_named(connection, name)
    if not found:
        raise NotFoundError(_("no change is called {change}; see: ht history").format(change=name))
    if len({change.act for change in found}) > 1:
        raise UsageError(_("{change} may be several changes; write more of it").format(change=name))
    return found


def _last(connection: Connection, count: int) -> list[Change]:
    """Give the changes of the last acts in effect; those of one import or merge count as one act."""
    acts: list[str] = []
    chosen = []
    for change in read_changes(connection):
        if not _in_effect(connection, change):
            continue
        if change.act not in acts:
            if len(acts) == count:
                break
            acts.append(change.act)
        chosen.append(change)
    return chosen


def _in_effect(connection: Connection, change: Change) -> bool:
    return change.action != "undo" and bool(change.fields) and not undone(connection, change)


def _end(to: str) -> str:
    """Give the moment in UTC at which a day, or a minute, ends in Belgium."""
    text = to.strip().replace(" ", "T")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        text += "T23:59:59.999"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(_("--to: {value} is no day; write 2026-11-20 or 2026-11-20T14:30").format(value=to)) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=clock.BRUSSELS)
    return datetime.fromtimestamp(moment.timestamp(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
