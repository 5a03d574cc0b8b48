"""`ht restore`: bring an earlier state of one's catalogue back, from the backups that lie beside it."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_meta
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.backups import backups_of
from ht_cli.catalogue.keeping.journal import known_uuids
from ht_cli.catalogue.keeping.restoring import DAMAGED, Return, bring_back, plan_return, require_restorable
from ht_cli.errors import CatalogueError, NotFoundError, UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.changes import confirmed, interactive, say_plan
from ht_cli.output.listing import write_listing
from ht_cli.output.results import Layout, chosen_layout
from ht_cli.output.terminal import note
from ht_cli.paths import bundled_catalogue, own_catalogue
from ht_cli.shapes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.options import (
        CatalogueOption,
        CsvOption,
        DryRunOption,
        ForceOption,
        FormatOption,
        JsonOption,
        LocaleOption,
        OutputOption,
        YesOption,
    )


HEADERS = ("number", "made_at", "bytes", "changes_since", "state", "name")
BUNDLED = 0  # the number of the catalogue that came with ht
MB = 1_000_000
EXAMPLES = (_help("Examples: ht restore · ht restore 1 --dry-run · ht restore 2026-11-20"),)


class State(NamedTuple):
    """One that can be brought back: its number (1: the newest backup, 0: the bundled catalogue), its file, its moment in UTC."""

    number: int
    path: Path
    at: datetime


def restore(
    which: Annotated[
        str | None, typer.Argument(metavar="[WHICH]", help=_help("A backup: its number, its day or moment, or its name; none: list them."))
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Bring an earlier state back."""
    layout = chosen_layout(form, as_json, as_csv, None, output)
    path = Path(own_catalogue(catalogue))
    if os.path.exists(path) and path.samefile(bundled_catalogue()):
        raise CatalogueError(_("the bundled catalogue is never written; without --catalogue, ht makes your own copy"))
    states = _states(path)
    if which is None:
        _list(states, catalogue, layout)
        return
    state = _chosen(which, states)
    note(_("To be brought back: {name}, of {moment}").format(name=state.path.name, moment=_local(state.at)))
    require_restorable(state.path)
    _say_return(state, catalogue)
    if dry_run:
        note(_("nothing was changed"))
        return
    if not yes and not interactive():
        raise UsageError(_("this puts an earlier state in the place of your catalogue; to do so without being asked: --yes"))
    if not confirmed(_("Bring this back?"), yes=yes):
        note(_("nothing was changed"))
        return
    before = bring_back(state.path, catalogue)
    note(_("brought back: {name}").format(name=state.path.name))
    if before and before.name.endswith(DAMAGED):
        note(_("the damaged catalogue was set aside: {path}").format(path=before))
    elif before:
        note(_("To take it back: {command}").format(command=_command("1", catalogue)))


def _states(path: Path) -> list[State]:
    """Give what can be brought back, the newest backup first and the bundled catalogue last."""
    bundled = Path(bundled_catalogue())
    built_at = datetime.fromtimestamp(bundled.stat().st_mtime, UTC).replace(microsecond=0)
    return [*(State(number, *backup) for number, backup in enumerate(backups_of(path), 1)), State(BUNDLED, bundled, built_at)]


def _chosen(which: str, states: list[State]) -> State:
    """Give the state that is meant. Raises NotFoundError when there is none."""
    text = which.strip()
    named = [state for state in states if text in (str(state.number), state.path.name, str(state.path))]
    if not named and re.match(r"\d{4}-\d\d-\d\d", text):  # the newest of that day, or of that hour or minute
        named = [state for state in states if state.number and _local(state.at).startswith(text.replace("T", " "))]
    if not named and os.path.isfile(os.path.expanduser(text)):
        file = Path(text).expanduser()
        named = [State(-1, file, datetime.fromtimestamp(file.stat().st_mtime, UTC))]
    if not named:
        raise NotFoundError(_("there is no backup {which}; see which there are: ht restore").format(which=which))
    return named[0]


def _command(which: str, catalogue: str | None) -> str:
    return f"ht restore {which}" + (f" --catalogue {catalogue}" if catalogue else "")


def _local(moment: datetime) -> str:
    return moment.astimezone(clock.BRUSSELS).strftime("%Y-%m-%d %H:%M")


def _list(states: list[State], catalogue: str | None, layout: Layout) -> None:
    with ExitStack() as stack:
        now = _opened(stack, catalogue)
        rows = [_row(state, now, machine=layout.for_machines) for state in states]
    write_listing(HEADERS if layout.for_machines else (*HEADERS[:2], "age", *HEADERS[2:]), rows, layout)
    if now is None:
        note(_("Your catalogue cannot be read; how much was changed since is not known."))
    if not layout.for_machines and len(states) > 1:
        note(_("To see what would come back: {command}").format(command=_command("1", catalogue) + " --dry-run"))


def _opened(stack: ExitStack, catalogue: str | None) -> Connection | None:
    """Give one's catalogue open to read, until the stack ends; None where it cannot be read."""
    try:
        return stack.enter_context(open_catalogue(catalogue))
    except CatalogueError:
        return None


def _row(state: State, now: Connection | None, *, machine: bool) -> tuple[str | int, ...]:
    try:
        require_restorable(state.path)
        with open_catalogue(str(state.path)) as then:
            since = len(known_uuids(now) - known_uuids(then)) if now else None
            said = "bundled" if state.number == BUNDLED else "whole"
            name = _("release {version}").format(version=read_meta(then)["data_version"]) if state.number == BUNDLED else state.path.name
    except CatalogueError:
        since, said, name = None, "damaged", state.path.name
    size = state.path.stat().st_size
    if machine:
        return (state.number, state.at.isoformat().replace("+00:00", "Z"), size, "" if since is None else since, said, state.path.name)
    changes = "" if since is None else _n("{count} change since", "{count} changes since", since).format(count=since)
    shown = _("damaged") if said == "damaged" else ""
    name = f"{_('came with ht')}, {name}" if said == "bundled" else name
    whole, tenth = f"{size / MB:.1f}".split(".")
    megabytes = _("{whole}.{tenth} MB").format(whole=whole, tenth=tenth)
    return (state.number, _local(state.at), _age(state.at), megabytes, changes, shown, name)


def _age(moment: datetime) -> str:
    minutes = max(int((datetime.fromisoformat(clock.moment()) - moment).total_seconds()) // 60, 0)
    if minutes < 60:
        return _n("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    if minutes < 48 * 60:
        return _n("{count} hour ago", "{count} hours ago", minutes // 60).format(count=minutes // 60)
    return _n("{count} day ago", "{count} days ago", minutes // 1440).format(count=minutes // 1440)


def _say_return(state: State, catalogue: str | None) -> None:
    """Show what each resource would say, and how many changes would be lost."""
    with ExitStack() as stack:
        now = _opened(stack, catalogue)
        if now is None:
            note(_("Your catalogue cannot be read, so what would be lost cannot be shown."))
            return
        with open_catalogue(str(state.path)) as then:
            plan = plan_return(now, then)
        words = read_keepers_words(now)
    for identifier, fields in plan.fields.items():
        say_plan(identifier, fields, words)
    _say_counts(plan)


def _say_counts(plan: Return) -> None:
    if not plan.fields:
        note(_("Every resource says the same in both."))
    if plan.lost:
        note(_n("{count} change made since would be lost.", "{count} changes made since would be lost.", plan.lost).format(count=plan.lost))
    if plan.regained:
        note(
            _n(
                "{count} change that is lost now would come back.", "{count} changes that are lost now would come back.", plan.regained
            ).format(count=plan.regained)
        )
