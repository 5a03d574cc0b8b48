"""`ht conflicts`: what two people said differently, not knowing of one another, and which is right."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.catalogue.keeping.verifying import checkable_field
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.merging import conflicts as waiting_conflicts
from ht_cli.catalogue.sharing.merging import settle, things
from ht_cli.commands._arrival import settle_one_by_one
from ht_cli.commands._naming import one_resource
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.fields import RECORD_FIELDS
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.changes import confirmed, interactive, loses, say_done
from ht_cli.output.conflicts import HEADERS, conflict_rows, write_conflicts
from ht_cli.output.listing import write_listing
from ht_cli.output.results import Layout, chosen_layout
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Annotated

    import typer

    from ht_cli.catalogue.keeping.following import Conflict
    from ht_cli.model import Change
    from ht_cli.options import (
        ByOption,
        CatalogueOption,
        CsvOption,
        ForceOption,
        FormatOption,
        JsonOption,
        LocaleOption,
        OutputOption,
        YesOption,
    )


EXAMPLES = (_help("Examples: ht conflicts · ht conflicts --settle · ht conflicts realism --field email --keep"),)


def conflicts(
    identifier: Annotated[str, typer.Argument(metavar="[ID]", help=_help("Id of a resource."))] = "",
    field: Annotated[str, typer.Option("--field", metavar="FIELD", help=_help("Only this fact."))] = "",
    ask: Annotated[bool, typer.Option("--settle", help=_help("Ask one by one which is right."))] = False,
    keep: Annotated[bool, typer.Option("--keep", help=_help("What stands is right."))] = False,
    take: Annotated[bool, typer.Option("--take", help=_help("What was set aside is right."))] = False,
    yes: YesOption = False,
    by: ByOption = "",
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Show what two people said differently, and say which is right."""
    if keep + take + ask > 1:
        raise UsageError(_("choose one of --settle, --keep and --take"))
    if (keep or take) and not identifier:
        raise UsageError(_("say of which resource: ht conflicts ID --keep, or --take"))
    if ask and not interactive():
        raise UsageError(_("--settle asks on a terminal; without one: ht conflicts ID --field FIELD --keep, or --take --yes"))
    layout = chosen_layout(form, as_json, as_csv, None, output)
    with open_catalogue(catalogue) as connection:
        waiting = waiting_conflicts(connection)
        area = read_words(connection, languages()[0]).area
        if identifier and identifier not in {one.resource for one in waiting}:
            identifier = one_resource(identifier, Lexicon(connection), connection, follow=False, guess=False).id
    if field and field not in RECORD_FIELDS:
        field = checkable_field(field)
    found = [one for one in waiting if identifier in ("", one.resource) and field in ("", one.field)]
    if not found:
        raise NotFoundError(_("nothing waits to be settled"))
    if ask:
        settle_one_by_one(things(found), catalogue, by)
    elif keep or take:
        _settle(found, catalogue, by, area, keep=keep, yes=yes)
    else:
        _show(found, layout, area)


def _settle(found: list[Conflict], catalogue: str | None, by: str, area: Callable[[str], str], *, keep: bool, yes: bool) -> None:
    if not keep:
        write_conflicts(things(found), area)
        lost = any(loses({conflict.field: (conflict.stands, conflict.aside)}, secret=conflict.secret) for conflict in found)
        if not confirmed(_("Take what was set aside in place of what stands?"), yes=yes, loses=lost):
            note(_("nothing was changed"))
            return
    with open_for_writing(catalogue) as connection:
        done: list[Change] = []
        for conflict in found:
            change = settle(connection, conflict, keep=keep, who=by, batch=done[0].uuid if done else "")
            done += [change] if change else []
    say_done(done)


def _show(found: list[Conflict], layout: Layout, area: Callable[[str], str]) -> None:
    if layout.for_machines:
        write_listing(HEADERS, conflict_rows(found), layout)
        return
    write_conflicts(things(found), area)
    note(_("To settle them, for everybody: ht conflicts --settle"))
