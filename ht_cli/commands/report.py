"""`ht report`: tell the keepers that something of a resource is wrong; it changes no fact."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import differences
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.cells import FOLLOWING
from ht_cli.catalogue.keeping.changing import read_record
from ht_cli.catalogue.keeping.journal import read_changes_named
from ht_cli.catalogue.keeping.remarks import accepted, answer, is_answered, is_known_elsewhere_alone, open_proposals, open_reports
from ht_cli.catalogue.keeping.remarks import report as keep_report
from ht_cli.catalogue.keeping.secrecy import ever_confidential
from ht_cli.catalogue.keeping.verifying import FACTS, check_of, checkable_field
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.commands._fields import field_meant
from ht_cli.commands._naming import one_resource
from ht_cli.dates import day_text
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.changes import confirmed, differences_text, field_said, local_time, loses, say_plan
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_layout
from ht_cli.output.terminal import note, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Annotated, Any

    import typer

    from ht_cli.catalogue.facts.records import Record
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


HEADERS = ("change", "kind", "resource", "at", "who", "text")
EXAMPLES = (_help('Examples: ht report realism "nobody answers since June" · ht report · ht report --done 3f2a91c4'),)


def report(
    identifier: Annotated[str, typer.Argument(metavar="[ID]", help=_help("Id of a resource, or its name; without it, what waits is listed."))] = "",
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help=_help("What is wrong, in one sentence, and nothing about a client."))] = "",
    field: Annotated[str, typer.Option("--field", metavar="FIELD", help=_help("Of which fact: phone, hours …"))] = "",
    accept: Annotated[str, typer.Option("--accept", metavar="CHANGE", help=_help("Write what was proposed."))] = "",
    done: Annotated[str, typer.Option("--done", metavar="CHANGE", help=_help("It is dealt with, or refused."))] = "",
    yes: YesOption = False,
    by: ByOption = "",
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:  # fmt: skip
    """Tell the keepers that something is wrong; list what was told; answer it."""
    if accept or done:
        _answer(accept or done, catalogue, by, accept=bool(accept), yes=yes)
        return
    if not identifier:
        layout = chosen_layout(form, as_json, as_csv, None, output)
        rows = _waiting(catalogue)
        if not rows:
            raise NotFoundError(_("nobody has reported or proposed anything that waits"))
        write_listing(HEADERS if layout.for_machines else HEADERS[:1] + HEADERS[2:], rows if layout.for_machines else [row[:1] + row[2:] for row in rows], layout)  # fmt: skip
        return
    if not text.strip():
        raise UsageError(_('say what is wrong, in quotes: ht report {id} "nobody answers since June"').format(id=identifier))
    with open_catalogue(catalogue) as connection:
        resource = one_resource(identifier, Lexicon(connection), connection, follow=False, guess=False)
    fact = checkable_field(field_meant(field, FACTS)) if field else ""
    write([f"{resource.id}{f', {fact}' if fact else ''}: {_('“{text}”').format(text=text.strip())}\n"], prose=True)
    if not confirmed(_("Keep this for the keepers? It travels with the next ht sync; say nothing about a client."), yes=yes):
        note(_("nothing was kept"))
        return
    with open_for_writing(catalogue) as connection:
        change = keep_report(connection, resource.id, text.strip(), field=fact, who=by)
    note(_("kept ({change}); ht due puts it on top").format(change=change.short))


def _waiting(catalogue: str | None) -> list[tuple[str, ...]]:
    with open_catalogue(catalogue) as connection:
        reports = [one for of_resource in open_reports(connection).values() for one in of_resource]
        proposals = open_proposals(connection)
        secret = ever_confidential(connection, {one.resource for one in proposals})
    told: list[tuple[Change, str, str]] = [(one, "report", one.note) for one in reports]
    told += [(one, "proposal", _proposed(one, secret=one.resource in secret)) for one in proposals]
    return [(one.short, kind, one.resource, local_time(one.at), one.who, text) for one, kind, text in told]


def _proposed(proposal: Change, *, secret: bool) -> str:
    fields = differences_text(proposal.superseded, secret=secret)
    return _("would change {fields}: ht report --accept {change}, or --done {change}").format(fields=fields, change=proposal.short)


def _answer(name: str, catalogue: str | None, by: str, *, accept: bool, yes: bool) -> None:
    with open_catalogue(catalogue) as connection:
        found = [one for one in read_changes_named(connection, name) if one.action in ("report", "propose")]
        if len(found) != 1:
            raise NotFoundError(_("no remark or proposal is called {change}; see: ht report").format(change=name))
        asked = found[0]
        if is_answered(connection, asked):
            raise UsageError(_("{change} is answered already; see: ht history {id}").format(change=name, id=asked.resource))
        now = read_record(connection, asked.resource)
        words = read_keepers_words(connection)
    if accept:
        if not asked.superseded:
            raise UsageError(_("{change} is a remark: correct the fact with ht update, then ht report --done {change}").format(change=name))
        if is_known_elsewhere_alone(asked):
            raise UsageError(
                _("{change} proposes a confidential address, which does not travel: only where it was proposed it can be accepted").format(
                    change=name
                )
            )
        plan = {field: pair for field, pair in differences(now, accepted(now, asked)).items() if field not in FOLLOWING}
        say_plan(asked.resource, plan, words)
        _say_what_it_overwrites(now, asked, plan)
        if plan and not confirmed(_("Write this?"), yes=yes, loses=loses(plan)):
            note(_("nothing was changed"))
            return
    with open_for_writing(catalogue) as connection:
        done = answer(connection, asked, accept=accept, who=by)
    if accept and len(done) == 1:
        note(_("{id}: it says so already; nothing to change").format(id=asked.resource))
    else:
        note(_("written") if accept else _("dealt with"))


def _say_what_it_overwrites(now: Record, proposal: Change, plan: Mapping[str, tuple[Any, Any]]) -> None:
    """Say which facts were changed since somebody proposed others, and which somebody confirmed."""
    for field in plan:
        if now.get(field) != proposal.superseded[field][0]:
            note(_("{field} was changed after this was proposed").format(field=field_said(field)))
        if check := check_of(now, field):
            note(_("{field} was confirmed on {date}; what you write is not").format(field=field_said(field), date=day_text(check["on"])))
