"""`ht remove`: close a resource, join a duplicate to another, or reopen one; nothing is ever deleted."""

from __future__ import annotations

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_record
from ht_cli.catalogue.keeping.joining import hiding_what_the_other_hides, joined
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.commands._naming import one_resource
from ht_cli.errors import UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.output.changes import confirmed, loses, say_done, say_plan
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption


EXAMPLES = (
    _help('Examples: ht remove old-group --reason "stopped in June" --successor new-group · ht remove copy --duplicate-of original'),
)


def remove(
    identifier: Annotated[str, typer.Argument(metavar="ID", help=_help("Id of a resource, or its name."))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_help("Why, for the history."))] = "",
    successor: Annotated[str | None, typer.Option("--successor", metavar="ID", help=_help("What took its place."))] = None,
    duplicate_of: Annotated[str | None, typer.Option("--duplicate-of", metavar="ID", help=_help("The resource that stays."))] = None,
    reopen: Annotated[bool, typer.Option("--reopen", help=_help("Open it again."))] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Close a resource, or join a duplicate to another one."""
    if sum(map(bool, (successor, duplicate_of, reopen))) > 1:
        raise UsageError(_("choose one of --successor, --duplicate-of and --reopen"))
    if not (reason or duplicate_of or reopen):
        raise UsageError(_("say why: --reason TEXT"))
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        gone = one_resource(identifier, lexicon, connection, follow=False, guess=False).id
        other = one_resource(successor or duplicate_of or gone, lexicon, connection, guess=False).id
        if other == gone and (successor or duplicate_of):
            raise UsageError(_("{id} cannot take its own place").format(id=gone))
        words = read_keepers_words(connection)
        steps = _steps(connection, gone, other if successor or duplicate_of else "", reason, duplicate=bool(duplicate_of), reopen=reopen)
    changed = {step: differences(before, after) for step, (before, after) in steps.items()}
    for step, fields in changed.items():
        say_plan(step, fields, words)
    if dry_run or not confirmed(_("Write this?"), yes=yes, loses=any(map(loses, changed.values()))):
        note(_("nothing was changed"))
        return
    action = "reopen" if reopen else "close"
    with open_for_writing(catalogue) as connection:
        editor, changes = Editor(connection), list[Change | None]()
        again = _steps(connection, gone, other if successor or duplicate_of else "", reason, duplicate=bool(duplicate_of), reopen=reopen)
        first: Change | None = None
        for step, (_before, after) in again.items():
            occasion = Occasion(action if step == gone else "merge", by, reason, batch=first.uuid if first else "")
            change = editor.change(step, lambda _now, after=after: after, occasion)  # type: ignore[misc]
            first = first or change
            changes.append(change)
    say_done([change for change in changes if change])


def _steps(
    connection: Connection, gone: str, other: str, reason: str, *, duplicate: bool, reopen: bool
) -> dict[str, tuple[Record, Record]]:
    """Give the records before and after, of the one that closes and of the one that takes its facts over."""
    before = read_record(connection, gone)
    if reopen:
        kept = {field: value for field, value in before.items() if field not in ("closed_on", "closed_reason", "successor", "status")}
        return {gone: (before, tidy(kept | {"failed_tries": 0}))}
    why = reason or _("the same as {id}").format(id=other)
    closed = {"status": "closed", "closed_on": clock.today().isoformat(), "closed_reason": why, "successor": other}
    if not duplicate:
        return {gone: (before, tidy(before | closed))}
    stays = read_record(connection, other)
    goes = hiding_what_the_other_hides(before, stays)
    return {gone: (before, tidy(goes | closed)), other: (stays, joined(hiding_what_the_other_hides(stays, before), goes))}
