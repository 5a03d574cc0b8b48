"""`ht doctor`: examines the facts of the catalogue, by what fits each kind of resource."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import chain

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, stream_resources
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.examining import ERROR, INFO, WARNING, Finding, examine, mended, to_be_mended
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.commands._naming import one_resource
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.changes import say_done
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_layout
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.model import Change
    from ht_cli.options import (
        ByOption,
        CatalogueOption,
        CsvOption,
        ForceOption,
        FormatOption,
        JsonOption,
        LocaleOption,
        NoPagerOption,
        OutputOption,
    )


EXAMPLES = (_help("Examples: ht doctor · ht doctor realism --explain · ht doctor --links"),)


def doctor(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help=_help("Id of a resource, or its name."))] = None,
    explain: Annotated[bool, typer.Option("--explain", help=_help("Say what each check looks at."))] = False,
    fix: Annotated[bool, typer.Option("--fix", help=_help("Mend what needs no knowledge: spaces, values that stand twice."))] = False,
    links: Annotated[bool, typer.Option("--links", help=_help("Open each site to see whether it is there; needs the internet."))] = False,
    by: ByOption = "",
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Examine the facts."""
    layout = chosen_layout(form, as_json, as_csv, None, output)
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        named = [one_resource(text, lexicon, connection, follow=False).id for text in ids or ()]
        with ExitStack() as files:
            report = examine(connection, named, clock.today(), files)
            dead = _dead_links(connection, named) if links else []
            if explain:
                _say_checks({} if layout.for_machines else _check_names())
            found = chain(report.findings(), dead)
            write_listing(("resource", "severity", "check", "detail"), found if layout.for_machines else _in_words(found), layout)
        broken = to_be_mended(connection, named) if fix else []
    counts = report.counts | {ERROR: report.counts[ERROR] + len(dead)}
    note(_("{errors}, {warnings}, {remarks}; score {score} of 100").format(
        errors=_n("{count} error", "{count} errors", counts["error"]).format(count=counts["error"]),
        warnings=_n("{count} warning", "{count} warnings", counts["warning"]).format(count=counts["warning"]),
        remarks=_n("{count} remark", "{count} remarks", counts["info"]).format(count=counts["info"]), score=report.score))  # fmt: skip
    if fix:
        with open_for_writing(catalogue) as connection:
            editor = Editor(connection)
            changes: list[Change | None] = []
            for identifier in broken:
                changes.append(editor.change(identifier, mended, Occasion("update", by, "doctor --fix")))
        say_done([change for change in changes if change])
    if counts["error"]:
        raise SystemExit(1)


def _dead_links(connection: Connection, named: Sequence[str]) -> list[Finding]:
    from ht_cli.exchange.links import dead_links

    resources = stream_resources(connection, named or read_ids(connection, all_statuses=True))
    return [Finding(identifier, ERROR, "link", said) for identifier, said in dead_links(resources)]


def _in_words(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Give findings as a person reads them."""
    severities, checks = {ERROR: _("error"), WARNING: _("warning"), INFO: _("remark")}, _check_names()
    return (found._replace(severity=severities[found.severity], check=checks[found.check]) for found in findings)


def _check_names() -> dict[str, str]:
    return {
        "invalid": _("impossible"), "contact": _("contact"), "phone": _("phone number"), "address": _("address"), "description": _("description"),
        "source": _("source"), "future": _("date to come"), "hours": _("hours"), "ages": _("ages"), "area": _("area"), "wording": _("wording"),
        "border": _("border"), "duplicate": _("perhaps twice"), "link": _("site"),
    }  # fmt: skip


def _say_checks(names: Mapping[str, str]) -> None:
    """Say what each check looks at, by the names that stand in the findings; a code that has none is its own."""
    for name, said in (
        ("invalid", _("a fact that the catalogue would not take today: an unknown term, a number or postcode that cannot be")),
        ("contact", _("no way to reach it")), ("phone", _("a helpline without a number, chat or e-mail")),
        ("address", _("a service or group where people meet, without an address")), ("description", _("no text, or none in a language it speaks")),
        ("source", _("nobody says where the facts are from")), ("future", _("a date that is still to come")),
        ("hours", _("opening hours that cannot be read")), ("ages", _("ages that contradict the audiences")),
        ("area", _("an address outside what it serves")), ("wording", _("words about suicide or illness that hurt")),
        ("border", _("municipalities of which the network is not sure")), ("duplicate", _("nearly the same name with the same number or page")),
        ("link", _("a site that does not answer (only with --links)")),
    ):  # fmt: skip
        note(_("{label}: {value}").format(label=names.get(name, name), value=said))
