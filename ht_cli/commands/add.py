"""`ht add`: a new resource, from options, from questions, from a file, or from an editor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import KnownIds
from ht_cli.catalogue.facts.records import Record, differences, in_languages, make_resource, tidy
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_allowed
from ht_cli.catalogue.keeping.checking import faults, shape_faults
from ht_cli.catalogue.keeping.device import device_named, device_of
from ht_cli.catalogue.keeping.drafts import keep_draft, newest_draft
from ht_cli.catalogue.keeping.duplicates import Likeness, Likenesses
from ht_cli.catalogue.keeping.entering import TypedValues, identifier_for, in_one_form, in_town_of_postcode
from ht_cli.catalogue.keeping.verifying import refuse_checks
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.commands._choosing import choice, likeness_text, said_of
from ht_cli.commands._fields import in_our_fields, in_our_names
from ht_cli.commands._hours import with_hours_offered
from ht_cli.errors import AmbiguousError, HtError, InvalidDataError
from ht_cli.exchange.editing import edited, read_record_file, written
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES
from ht_cli.output.changes import confirmed, interactive, say_done, say_plan
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption


EXAMPLES = (
    _help(
        'Example: ht add --name "Groupe Arc-en-ciel" --kind group --city Namur --need grief --offer support-group --language fr --phone "081 22 33 44"'
    ),
)
Many = list[str] | None
Options = tuple[Mapping[str, str | None], Mapping[str, Many], Sequence[str], Sequence[str]]  # single, listed, descriptions, assignments
DRAFT = "new"
WANTED = {"name": "--name", "kind": "--kind", "areas": "--city / --serves", "languages": "--language"}
TEMPLATE = _help(
    "Fill in what you know, save, and close. A line that is taken out is “not known”.\n"
    "Wanted: name, kind, languages and areas (nis:62063, province:liege, country:be).\n"
    "Values of kind, needs, offers, audiences, channels, languages: see `ht terms`."
)


def add(
    name: Annotated[str | None, typer.Option("--name", help=_help("Its name, as it calls itself."))] = None,
    kind: Annotated[str | None, typer.Option("--kind", "-k", help=_help("Network, helpline, service, group …"))] = None,
    city: Annotated[str | None, typer.Option("--city", "-c", help=_help("The municipality where it is."))] = None,
    serves: Annotated[
        Many, typer.Option("--serves", metavar="AREA", help=_help("Whom it serves: a town, a province, Belgium; else the city."))
    ] = None,
    need: Annotated[Many, typer.Option("--need", "-n", help=_help("What it is about: burnout, grief … (ht terms needs)"))] = None,
    offer: Annotated[Many, typer.Option("--offer", help=_help("What is offered: support group, listening …"))] = None,
    audience: Annotated[Many, typer.Option("--audience", "-a", help=_help("For whom: adolescents, relatives …"))] = None,
    language: Annotated[Many, typer.Option("--language", help=_help("Language in which help is given."))] = None,
    channel: Annotated[Many, typer.Option("--channel", help=_help("In person, phone, online, chat, e-mail, home visit."))] = None,
    phone: Annotated[Many, typer.Option("--phone", help=_help("A number, its label in brackets: 04 342 12 12 (desk)."))] = None,
    email: Annotated[str | None, typer.Option("--email", help=_help("Its e-mail address."))] = None,
    url: Annotated[str | None, typer.Option("--url", help=_help("Its site: https://…"))] = None,
    street: Annotated[str | None, typer.Option("--street", help=_help("Street and number."))] = None,
    postcode: Annotated[str | None, typer.Option("--postcode", help=_help("Postcode of the address."))] = None,
    confidential: Annotated[bool, typer.Option("--confidential", help=_help("The address is never shown."))] = False,
    description: Annotated[
        Many, typer.Option("--description", metavar="fr=TEXT", help=_help("What it is, in one of the four languages."))
    ] = None,
    cost: Annotated[str | None, typer.Option("--cost", help=_help("Free, low-cost, reimbursed or paid."))] = None,
    hours: Annotated[str | None, typer.Option("--hours", help=_help("When it is open or answers, in plain words."))] = None,
    source: Annotated[Many, typer.Option("--source", metavar="URL", help=_help("The page on which you read it."))] = None,
    set_: Annotated[Many, typer.Option("--set", "-s", metavar="FIELD=VALUE", help=_help("Any other field."))] = None,
    file: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=_help("A TOML file with the record."))] = None,
    edit: Annotated[bool, typer.Option("--edit", help=_help("Open the whole record in $EDITOR."))] = False,
    resume: Annotated[bool, typer.Option("--resume", help=_help("Go on with the last entry that was interrupted or refused."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_help("Add it though one like it is there."))] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Add a resource."""
    single = {
        "name": name, "kind": kind, "city": city, "postcode": postcode, "street": street, "email": email, "url": url, "cost": cost,
        "hours": hours, "confidential": "yes" if confidential else None,
    }  # fmt: skip
    listed = {
        "areas": serves, "needs": need, "offers": offer, "audiences": audience, "languages": language, "channels": channel,
        "phones": phone, "sources": source,
    }  # fmt: skip
    draft = Draft(newest_draft(DRAFT) if resume else None, typed=interactive() or edit or not file)
    try:
        with open_catalogue(catalogue) as connection:
            words = read_keepers_words(connection)
            entry = TypedValues(Lexicon(connection), choice(words))
            record, seen = _asked(connection, entry, draft, file, edit=edit, options=(single, listed, description or (), set_ or ()))
            draft.record = with_hours_offered({}, record, asks=not (yes or dry_run))
            identifier, record = _identified(connection, draft.record, device_named(connection))
            alike = [likeness for likeness in _checked(connection, identifier, record) if likeness.id not in seen]
        _refuse_repeating(alike, force=force, dry_run=dry_run)
        say_plan(identifier, differences({}, record), words)
        if not make_resource(identifier, record).offered:
            note(
                _(
                    "Without a number, an e-mail address, a site or a street it is no help to anybody yet: ht find shows it with --all alone."
                )
            )
        if dry_run or not confirmed(_("Add this?"), yes=yes):
            note(_("nothing was added"))
            draft.keep(dry_run=dry_run)
            return
        with open_for_writing(catalogue) as connection:
            identifier, record = _identified(connection, draft.record, device_of(connection))
            change = Editor(connection).change(identifier, lambda _now: record, Occasion("add", by))
    except (HtError, KeyboardInterrupt):
        draft.keep(dry_run=dry_run)
        raise
    draft.forget()
    say_done([change] if change else [])


class Draft:
    """What was entered so far, so that it can be kept where it does not become a resource."""

    def __init__(self, path: Path | None, *, typed: bool) -> None:
        """Begin with what an earlier entry left, where one is taken up again; what a file says is in that file."""
        self._typed = typed
        self.path = path
        self.text = path.read_text("utf-8", "replace") if path else ""
        self.record: Record = {}

    def keep(self, *, dry_run: bool = False) -> None:
        """Keep it, and say how to go on."""
        text = written(self.record) if self.record else self.text
        if text and self._typed and not dry_run:
            self.path = keep_draft(DRAFT, text, self.path)
            note(_("what you entered is kept; go on with: ht add --resume"))

    def forget(self) -> None:
        """Throw it away: it is in the catalogue now."""
        if self.path:
            self.path.unlink(missing_ok=True)


def _asked(
    connection: Connection, entry: TypedValues, draft: Draft, file: Path | None, *, edit: bool, options: Options
) -> tuple[Record, Collection[str]]:
    """Give the record that files, options, editor and answers make, and the ids of the like ones that were seen and passed."""
    begun = draft.text if edit else ""  # what is no record yet can still be mended in an editor
    if draft.path and not edit:
        draft.record = read_record_file(draft.path)
    if file:
        draft.record = _of_file(file, entry)
    _lay_over(entry, draft, *options)
    seen: Collection[str] = ()
    if edit:
        draft.record = _edited(connection, draft, begun)
    elif interactive() and (not draft.record or draft.path):
        from ht_cli.commands._interview import ask_for_a_record

        seen = ask_for_a_record(entry, connection, draft)
    return draft.record, seen


def _of_file(file: Path, entry: TypedValues) -> Record:
    record = read_record_file(file)
    refuse_checks({}, record)
    record = in_our_fields(entry, record)
    return in_one_form({}, in_languages(record, languages()[:1])) | ({"id": record["id"]} if "id" in record else {})


def _edited(connection: Connection, draft: Draft, begun: str) -> Record:
    allowed = read_allowed(connection)
    # Nobody is asked while the editor is open: what is not clear is written above its line.
    entry = TypedValues(Lexicon(connection), choice(read_keepers_words(connection), asks=False))

    def whole(left: Record) -> Record:
        refuse_checks({}, left)
        named = {"id": left["id"]} if "id" in left else {}
        return in_one_form({}, in_languages(_with_served_area(in_our_fields(entry, left)), languages()[:1])) | named

    def found(left: Record) -> list[str]:
        try:
            return faults("new", {field: value for field, value in whole(left).items() if field != "id"}, allowed)
        except HtError as error:
            return [said_of(error)]

    def keep(text: str) -> None:
        draft.text, draft.record = text, {}

    return whole(edited(_template(draft.record), "new", _(TEMPLATE), begun=begun, faults=found, keep=keep))


def _identified(connection: Connection, record: Record, device: str) -> tuple[str, Record]:
    """Give the id that a record names or its name and the device give, and the record without it. Raises InvalidDataError when it is taken."""
    taken = KnownIds(connection)
    named = str(record.get("id") or "")
    if named in taken:
        raise InvalidDataError(_("id: {id} is there already; change it with: ht update {id} --edit").format(id=named))
    return named or identifier_for(str(record.get("name", "")), taken, device), tidy(_with_served_area(record))


def _lay_over(
    entry: TypedValues,
    draft: Draft,
    single: Mapping[str, str | None],
    listed: Mapping[str, Many],
    descriptions: Sequence[str],
    assignments: Sequence[str],
) -> None:
    """Lay what the options say over the draft, one by one: what was understood is kept though another one is not.

    Raises what was said of the first that was not understood.
    """
    draft.record = in_town_of_postcode(draft.record, single)
    readings: list[tuple[Callable[..., Record], tuple[str, ...]]] = [
        *((entry.with_value, (field, value)) for field, value in single.items() if value is not None),
        *((entry.added, (field, value)) for field, values in listed.items() for value in values or ()),
        *((entry.with_value, _description(text)) for text in descriptions),
        *((lambda record, said: entry.assigned(record, in_our_names(said)), (assignment,)) for assignment in assignments),
    ]
    refused: list[HtError] = []
    for read, said in readings:
        try:
            draft.record = _kept_id(draft.record, read(draft.record, *said))
        except HtError as error:
            refused.append(error)
    if refused:
        raise refused[0]


def _description(text: str) -> tuple[str, str]:
    """Give the field and the value of "fr=TEXT"; a text without a language is in the one spoken."""
    language, mark, said = text.partition("=")
    return (f"description.{language}", said) if mark and language in LANGUAGES else ("description", text)


def _kept_id(before: Record, after: Record) -> Record:
    return after | ({"id": before["id"]} if "id" in before else {})


def _checked(connection: Connection, identifier: str, record: Record) -> list[Likeness]:
    """Give the resources that this one may repeat. Raises InvalidDataError when the record does not hold."""
    found = faults(identifier, record, read_allowed(connection))
    if found:
        raise InvalidDataError("\n".join([*found, *_ways_to_say(record), _("nothing was added")]))
    return Likenesses(connection).of(identifier, record)


def _ways_to_say(record: Record) -> list[str]:
    """Name the options for what is wanted and missing, and the other ways to say it."""
    options = [option for field, option in WANTED.items() if not record.get(field)]
    said = _("to say it: {options}; field by field: --set FIELD=VALUE; or the whole record in a file: --from FILE")
    return [said.format(options=", ".join(options))] if options else []


def _with_served_area(record: Record) -> Record:
    """Without a word on whom it serves, it serves the municipality where it is; a record of a wrong shape is left to be refused."""
    if any(shape_faults(record)):
        return record
    if not record.get("areas") and record.get("addresses"):
        return record | {"areas": list(dict.fromkeys(f"nis:{address['nis']}" for address in record["addresses"] if address.get("nis")))}
    return record


def _refuse_repeating(alike: Sequence[Likeness], *, force: bool, dry_run: bool) -> None:
    if not alike:
        return
    lines = [likeness_text(likeness) for likeness in alike]
    if not force and not dry_run:
        raise AmbiguousError(_("it may be there already; look with ht show, or add it all the same with --force"), lines)
    note(_("it may be there already: {ids}").format(ids=", ".join(lines)))


def _template(record: Record) -> Record:
    return {
        "name": "", "kind": "service", "languages": [languages()[0]], "areas": [], "needs": [], "offers": [], "audiences": [],
        "phones": [{"number": "", "label": ""}], "email": "", "url": "",
        "addresses": [{"street": "", "postcode": "", "locality": "", "nis": ""}], "descriptions": {languages()[0]: ""},
    } | record  # fmt: skip
