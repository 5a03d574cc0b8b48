"""`ht update`: change facts of one resource, field by field or in an editor; the difference is shown first."""

from typing import Annotated, Any

import typer

from ht_cli.catalogue.changing import Editor, Occasion, read_allowed
from ht_cli.catalogue.checking import faults
from ht_cli.catalogue.entering import Entry
from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.records import Record, differences, in_languages, record_of, without_stale_hours
from ht_cli.catalogue.vocabulary import read_words
from ht_cli.catalogue.writing import open_for_writing
from ht_cli.commands._choosing import chooser
from ht_cli.commands.show import one_resource
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.editing import edited
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption
from ht_cli.output.changes import confirmed, interactive, say_done, say_plan
from ht_cli.output.terminal import note


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (
    _help('Examples: ht update realism --set phone="04 342 12 12" · ht update similes-bruxelles --add-need grief --remove-language de'),
)
Many = list[str] | None
Set = Annotated[Many, typer.Option("--set", "-s", metavar="FIELD=VALUE", help=_help("Set a field; an empty value is “not known”."))]
MORE: Any = {"metavar": "VALUE", "help": _help("Add one to the list.")}
LESS: Any = {"metavar": "VALUE", "help": _help("Take one out of the list.")}
FIELD_OF = {
    "need": "needs", "offer": "offers", "audience": "audiences", "language": "languages", "channel": "channels", "area": "areas",
    "phone": "phones", "name": "alternate_names", "source": "sources",
}  # fmt: skip


def update(
    identifier: Annotated[str, typer.Argument(metavar="ID", help=_help("Id of a resource, or its name."))],
    set_: Set = None,
    add_need: Annotated[Many, typer.Option(**MORE)] = None,
    remove_need: Annotated[Many, typer.Option(**LESS)] = None,
    add_offer: Annotated[Many, typer.Option(**MORE)] = None,
    remove_offer: Annotated[Many, typer.Option(**LESS)] = None,
    add_audience: Annotated[Many, typer.Option(**MORE)] = None,
    remove_audience: Annotated[Many, typer.Option(**LESS)] = None,
    add_language: Annotated[Many, typer.Option(**MORE)] = None,
    remove_language: Annotated[Many, typer.Option(**LESS)] = None,
    add_channel: Annotated[Many, typer.Option(**MORE)] = None,
    remove_channel: Annotated[Many, typer.Option(**LESS)] = None,
    add_area: Annotated[Many, typer.Option(**MORE)] = None,
    remove_area: Annotated[Many, typer.Option(**LESS)] = None,
    add_phone: Annotated[Many, typer.Option(**MORE)] = None,
    remove_phone: Annotated[Many, typer.Option(**LESS)] = None,
    add_name: Annotated[Many, typer.Option(**MORE)] = None,
    remove_name: Annotated[Many, typer.Option(**LESS)] = None,
    add_source: Annotated[Many, typer.Option(**MORE)] = None,
    remove_source: Annotated[Many, typer.Option(**LESS)] = None,
    edit: Annotated[bool, typer.Option("--edit", help=_help("Open the whole record in $EDITOR."))] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_help("Why, for the history."))] = "",
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Change facts of one resource."""
    more = {
        "need": add_need, "offer": add_offer, "audience": add_audience, "language": add_language, "channel": add_channel, "area": add_area,
        "phone": add_phone, "name": add_name, "source": add_source,
    }  # fmt: skip
    less = {
        "need": remove_need, "offer": remove_offer, "audience": remove_audience, "language": remove_language, "channel": remove_channel,
        "area": remove_area, "phone": remove_phone, "name": remove_name, "source": remove_source,
    }  # fmt: skip
    nothing_named = not (set_ or any(more.values()) or any(less.values()))
    if nothing_named and not edit and not interactive():
        raise UsageError(_("say what to change: --set field=value, --add-need …, --remove-phone …, or --edit on a terminal"))
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        resource = one_resource(identifier, lexicon, connection, follow=False, guess=False)
        before = record_of(resource)
        after = _asked(before, Entry(lexicon, chooser(read_words(connection, languages()[0]))), set_, more, less)
        if edit or nothing_named:
            after = in_languages(edited(after, resource.id), languages()[:1])
        after = without_stale_hours(before, after)
        found = faults(resource.id, after, read_allowed(connection))
    if found:
        raise InvalidDataError("\n".join(found) + "\n" + _("nothing was changed"))
    changed = differences(before, after)
    if not changed:
        note(_("{id}: it says so already; nothing to change").format(id=resource.id))
        return
    say_plan(resource.id, changed)
    if "hours" in changed and not after.get("hours_osm"):
        note(_('Hours in words are shown, and not computed with; for --open-now add: --set hours_osm="Mo-Fr 09:00-17:00"'))
    if dry_run or not confirmed(_("Write this?"), yes=yes):
        note(_("nothing was changed"))
        return
    with open_for_writing(catalogue) as connection:
        change = Editor(connection).change(resource.id, lambda now: _applied(now, before, after), Occasion("update", by, reason))
    say_done([change] if change else [])


def _asked(record: Record, entry: Entry, assignments: Many, more: dict[str, Many], less: dict[str, Many]) -> Record:
    for assignment in assignments or ():
        record = entry.assigned(record, assignment)
    for option, values in more.items():
        for value in values or ():
            record = entry.added(record, FIELD_OF[option], value)
    for option, values in less.items():
        for value in values or ():
            record = entry.removed(record, FIELD_OF[option], value)
    return record


def _applied(now: Record, before: Record, after: Record) -> Record:
    """Put the changed fields on what the resource says by now. Raises UsageError when somebody changed the same one meanwhile."""
    for field, (was, becomes) in differences(before, after).items():
        if now.get(field) not in (was, becomes):
            raise UsageError(_("{field} was changed by somebody else meanwhile; look again: ht show ID").format(field=field))
        now[field] = becomes
    return now
