"""`ht update`: change facts of one resource, field by field or in an editor; the difference is shown first."""

from __future__ import annotations

from ht_cli.catalogue.facts.municipalities import areas_around, read_municipality
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import Record, differences, in_languages, record_of, without_stale_hours
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_allowed
from ht_cli.catalogue.keeping.checking import Allowed, days_said, faults
from ht_cli.catalogue.keeping.drafts import keep_draft
from ht_cli.catalogue.keeping.duplicates import Likenesses
from ht_cli.catalogue.keeping.entering import TypedValues, in_one_form, street_left_out, towns_left, without_street_left
from ht_cli.catalogue.keeping.secrecy import became_secret, ever_confidential
from ht_cli.catalogue.keeping.verifying import UNWRITTEN, refuse_checks, without_checks
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.hiding import known_elsewhere
from ht_cli.commands._choosing import choice, said_of
from ht_cli.commands._fields import in_our_fields, in_our_names
from ht_cli.commands._hours import hours_to_add, with_hours_offered
from ht_cli.commands._interview import ask_for_changes
from ht_cli.commands._naming import one_resource
from ht_cli.errors import HtError, InvalidDataError, UsageError
from ht_cli.exchange.editing import edited, editor_named
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.changes import confirmed, interactive, loses, say_done, say_plan
from ht_cli.output.confidential import shows_confidential
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection
    from typing import Annotated, Any

    import typer

    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, ShowConfidentialOption, YesOption
    from ht_cli.wording import Words


EXAMPLES = (
    _help('Examples: ht update realism --set phone="04 342 12 12" · ht update similes-bruxelles --add-need grief --add-language de'),
)
Many = list[str] | None
MORE: Any = {"metavar": "VALUE", "help": _help("Add one to the list.")}
LESS: Any = {"metavar": "VALUE", "help": _help("Take one out of the list.")}
FIELD_OF = {
    "need": "needs", "offer": "offers", "audience": "audiences", "language": "languages", "channel": "channels", "area": "areas",
    "phone": "phones", "name": "alternate_names", "source": "sources",
}  # fmt: skip


def update(
    identifier: Annotated[str, typer.Argument(metavar="ID", help=_help("Id of a resource, or its name."))],
    set_: Annotated[
        Many, typer.Option("--set", "-s", metavar="FIELD=VALUE", help=_help("Set a field; an empty value is “not known”."))
    ] = None,
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
    proposal: Annotated[bool, typer.Option("--propose", help=_help("Do not write it: let a keeper say yes to it (ht report)."))] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_help("Why, for the history."))] = "",
    show_confidential: ShowConfidentialOption = False,
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
    set_ = [in_our_names(assignment) for assignment in set_ or ()]
    nothing_named = not (set_ or any(more.values()) or any(less.values()))
    if nothing_named and not edit and not interactive():
        raise UsageError(_("say what to change: --set field=value, --add-need …, --remove-phone …, or --edit on a terminal"))
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        resource = one_resource(identifier, lexicon, connection, follow=False, guess=False)
        before = record_of(resource)
        words = read_keepers_words(connection)
        allowed = read_allowed(connection)
        after = _asked(before, TypedValues(lexicon, choice(words)), set_, more, less)
        if edit or (nothing_named and editor_named()):
            after = _edited(resource.id, before, after, allowed, TypedValues(lexicon, choice(words, asks=False)))
        elif nothing_named:
            after = ask_for_changes(TypedValues(lexicon, choice(words)), after, words)
        after = without_stale_hours(before, in_one_form(before, after))
        after = with_hours_offered(before, after, asks=not (yes or dry_run))
        found = faults(resource.id, after, allowed, days_said(before))
        if found:
            raise InvalidDataError("\n".join(found) + "\n" + _("nothing was changed"))
        if not (edit or nothing_named or _names_street(set_)):
            after = _with_street_asked(before, after, words)
        after = _with_area_asked(before, after, words, connection)
        changed = differences(before, after)
        secret = bool(ever_confidential(connection, {resource.id}))
        alike = _new_likenesses(connection, resource.id, before, after) if {"name", "phones", "url"} & set(changed) else []
    if not changed:
        note(_("{id}: it says so already; nothing to change").format(id=resource.id))
        return
    say_plan(resource.id, changed, words, secret=secret)
    _say_what_to_think_of(hours_to_add(before, after), alike)
    question = _("Propose this to the keepers?") if proposal else _("Write this?")
    if dry_run or not confirmed(question, yes=yes, loses=loses(changed, secret=secret) and not proposal):
        note(_("nothing was changed"))
        return
    if proposal:
        _propose(resource.id, after, catalogue, by, reason)
        return
    with open_for_writing(catalogue) as connection:
        change = Editor(connection).change(
            resource.id, lambda now: _applied(resource.id, now, before, after), Occasion("update", by, reason)
        )
        known = bool(change) and became_secret(changed) and known_elsewhere(connection, resource.id)
    say_done([change] if change else [])
    if known:
        note(_("Others may have this address already: their copies will hide it, and what was written to a file before still shows it."))


def _say_what_to_think_of(hours: str, alike: Sequence[str]) -> None:
    if hours:
        note(_('Hours in words are shown, and not computed with; for --open-now add: --set hours_osm="{hours}"').format(hours=hours))
    if alike:
        note(_("it may be there already: {ids}").format(ids=", ".join(alike)))


def _propose(identifier: str, after: Record, catalogue: str | None, by: str, reason: str) -> None:
    from ht_cli.catalogue.keeping.remarks import propose

    with open_for_writing(catalogue) as connection:
        change = propose(connection, identifier, after, who=by, note=reason)
    if change:
        note(_("proposed ({change}); a keeper writes it with: ht report --accept {change}").format(change=change.short))


def _asked(record: Record, entry: TypedValues, assignments: Many, more: dict[str, Many], less: dict[str, Many]) -> Record:
    for assignment in assignments or ():
        record = entry.assigned(record, assignment)
    for option, values in more.items():
        for value in values or ():
            record = entry.added(record, FIELD_OF[option], value)
    for option, values in less.items():
        for value in values or ():
            record = entry.removed(record, FIELD_OF[option], value)
    return record


def _edited(identifier: str, before: Record, asked: Record, allowed: Allowed, entry: TypedValues) -> Record:
    """Open what a person may write of a record in the editor; what they may not see or write stays as it is."""
    kept = {field: value for field, value in asked.items() if field in UNWRITTEN}
    hidden = [] if shows_confidential() else [address for address in asked.get("addresses", ()) if address.get("confidential")]
    shown = without_checks(asked)
    if hidden:
        shown["addresses"] = [address for address in asked["addresses"] if address not in hidden]

    def whole(left: Record) -> Record:
        refuse_checks(before, left)
        said = in_languages(in_our_fields(entry, left), languages()[:1])
        if hidden and isinstance(said.get("addresses", []), list):
            said["addresses"] = [*said.get("addresses", []), *hidden]
        return in_one_form(before, {**kept, **said})

    def found(left: Record) -> list[str]:
        try:
            return faults(identifier, whole(left), allowed, days_said(before))
        except HtError as error:
            return [said_of(error)]

    def keep(text: str) -> None:
        note(_("what you wrote is kept in {path}").format(path=keep_draft(identifier, text)))

    return whole(edited(shown, identifier, faults=found, keep=keep))


def _names_street(assignments: Many) -> bool:
    return any(assignment.partition("=")[0].strip().lower() == "street" for assignment in assignments or ())


def _with_street_asked(before: Record, after: Record, words: Words) -> Record:
    """Ask whether the street of a resource that moves is right in its new town too; without a yes it is left out, which is said."""
    moved = without_street_left(before, after)
    if moved == after:
        return after
    old, new = map(words.area, towns_left(before, after))
    question = _("It moves from {old} to {new}. Is the street that stands there right in {new} too?").format(old=old, new=new)
    if interactive() and confirmed(question, yes=False):
        return after
    note(street_left_out(old, new))
    return moved


def _with_area_asked(before: Record, after: Record, words: Words, connection: Connection) -> Record:
    """Ask whether a resource that moves serves its new town in place of the old one; where nobody can be asked, say how to say it."""
    old, new = towns_left(before, after)
    areas = after.get("areas", [])
    if not old or areas != before.get("areas") or new in areas:
        return after
    if old not in areas:
        home = read_municipality(connection, new.removeprefix("nis:"))
        if home and not areas_around(home) & set(areas):
            _say_where_it_still_serves(areas, new, words)
        return after
    question = _("It moves from {old} to {new}. Does it serve {new} in place of {old}?").format(old=words.area(old), new=words.area(new))
    if interactive() and confirmed(question, yes=False):
        return after | {"areas": [new if area == old else area for area in areas]}
    note(_("it still serves {old}; to change that: --add-area {new} --remove-area {old}").format(old=old, new=new))
    return after


def _say_where_it_still_serves(areas: Sequence[str], town: str, words: Words) -> None:
    """Say what a resource that moves still serves, where nothing of that is its new town."""
    served = ", ".join(words.area(area) for area in areas)
    note(_("it still serves: {areas}; to change that: --add-area {new} --remove-area {old}").format(areas=served, new=town, old=_("AREA")))


def _new_likenesses(connection: Connection, identifier: str, before: Record, after: Record) -> list[str]:
    """Name the resources that this one looks like now and did not before."""
    likenesses = Likenesses(connection)
    known = {likeness.id for likeness in likenesses.of(identifier, before)}
    return [likeness.id for likeness in likenesses.of(identifier, after) if likeness.id not in known]


def _applied(identifier: str, now: Record, before: Record, after: Record) -> Record:
    """Put the changed fields on what the resource says by now. Raises UsageError when somebody changed the same one meanwhile."""
    for field, (was, becomes) in differences(before, after).items():
        if now.get(field) not in (was, becomes):
            raise UsageError(
                _("{field} was changed by somebody else meanwhile; look again: ht show {id}").format(field=field, id=identifier)
            )
        now[field] = becomes
    return now
