"""`ht add`: a new resource, from options, from questions, from a file, or from an editor."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import Annotated

import typer

from ht_cli.catalogue.changing import Editor, Occasion, read_allowed
from ht_cli.catalogue.checking import faults
from ht_cli.catalogue.duplicates import Likeness, likenesses
from ht_cli.catalogue.entering import Entry, identifier_for
from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_ids
from ht_cli.catalogue.records import Record, differences, in_languages, tidy
from ht_cli.catalogue.vocabulary import read_words
from ht_cli.catalogue.writing import open_for_writing
from ht_cli.commands._choosing import chooser
from ht_cli.errors import AmbiguousError, InvalidDataError
from ht_cli.exchange.editing import edited, read_record_file
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES
from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption
from ht_cli.output.changes import confirmed, interactive, say_done, say_plan
from ht_cli.output.terminal import note


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (
    _help(
        'Example: ht add --name "Groupe Arc-en-ciel" --kind group --city Namur --need grief --offer support-group --language fr --phone "081 22 33 44"'
    ),
)
Many = list[str] | None
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
    with open_catalogue(catalogue) as connection:
        entry = Entry(Lexicon(connection), chooser(read_words(connection, languages()[0])))
        record = _given(entry, file, single, listed, description or (), set_ or ())
        if edit:
            record = edited(_template(record), "new", _(TEMPLATE))
        elif not record and interactive():
            from ht_cli.commands._interview import ask_for_a_record

            record = ask_for_a_record(entry, connection)
        record = tidy(_with_served_area(in_languages(record, languages()[:1])))
        identifier = identifier_for(str(record.get("name", "")), read_ids(connection, all_statuses=True))
        alike = _checked(connection, identifier, record)
    _refuse_repeating(alike, force=force, dry_run=dry_run)
    say_plan(identifier, differences({}, record))
    if dry_run or not confirmed(_("Add this?"), yes=yes):
        note(_("nothing was added"))
        return
    with open_for_writing(catalogue) as connection:
        identifier = identifier_for(record["name"], read_ids(connection, all_statuses=True))
        change = Editor(connection).change(identifier, lambda _now: record, Occasion("add", by))
    say_done([change] if change else [])


def _given(
    entry: Entry,
    file: Path | None,
    single: Mapping[str, str | None],
    listed: Mapping[str, Many],
    descriptions: Sequence[str],
    assignments: Sequence[str],
) -> Record:
    """Make a record of what the file and the options say; an option goes before the file."""
    record: Record = read_record_file(file) if file else {}
    record.pop("id", None)
    if single["city"] and single["postcode"] and not record.get("addresses"):
        record = record | {"addresses": [{"postcode": single["postcode"]}]}  # it tells which town of the name is meant
    for field, value in single.items():
        record = entry.with_value(record, field, value) if value is not None else record
    for field, values in listed.items():
        for value in values or ():
            record = entry.added(record, field, value)
    for text in descriptions:
        language, mark, said = text.partition("=")
        named = bool(mark) and language in LANGUAGES
        record = entry.with_value(record, f"description.{language}" if named else "description", said if named else text)
    for assignment in assignments:
        record = entry.assigned(record, assignment)
    return record


def _checked(connection: Connection, identifier: str, record: Record) -> list[Likeness]:
    """Give the resources that this one may repeat. Raises InvalidDataError when the record does not hold."""
    found = faults(identifier, record, read_allowed(connection))
    if found:
        raise InvalidDataError("\n".join(found) + "\n" + _("nothing was added"))
    return likenesses(connection, identifier, record)


def _with_served_area(record: Record) -> Record:
    """Without a word on whom it serves, it serves the municipality where it is."""
    if not record.get("areas") and record.get("addresses"):
        return record | {"areas": list(dict.fromkeys(f"nis:{address['nis']}" for address in record["addresses"] if address.get("nis")))}
    return record


def _refuse_repeating(alike: Sequence[Likeness], *, force: bool, dry_run: bool) -> None:
    if not alike:
        return
    reasons = {"phone": _("the same number"), "url": _("the same page"), "name": _("nearly the same name")}
    lines = [f"{likeness.id} ({reasons[likeness.by]})" for likeness in alike]
    if not force and not dry_run:
        raise AmbiguousError(_("it may be there already; look with ht show, or add it all the same with --force"), lines)
    note(_("it may be there already: {ids}").format(ids=", ".join(lines)))


def _template(record: Record) -> Record:
    return {
        "name": "", "kind": "service", "languages": [languages()[0]], "areas": [], "needs": [], "offers": [], "audiences": [],
        "phones": [{"number": "", "label": ""}], "email": "", "url": "",
        "addresses": [{"street": "", "postcode": "", "locality": "", "nis": ""}], "descriptions": {languages()[0]: ""},
    } | record  # fmt: skip
