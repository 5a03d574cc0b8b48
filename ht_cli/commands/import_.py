"""`ht import`: bring in changes from a spreadsheet, a program or another catalogue; all of them or none."""

from __future__ import annotations

import os
from zipfile import is_zipfile

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids
from ht_cli.catalogue.facts.records import differences
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.device import device_named, device_of
from ht_cli.catalogue.keeping.importing import Plan, Refused, plan_import, rows_of
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.foreign import is_catalogue, open_foreign
from ht_cli.commands._meanings import meanings_of
from ht_cli.errors import AmbiguousError, InvalidDataError
from ht_cli.exchange.files import BadRow, Incoming, read_file, told_apart
from ht_cli.exchange.refusals import write_refused
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.changes import confirmed, loses, say_done, say_plan, value_text
from ht_cli.output.confidential import public
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.exchange.meanings import Meanings
    from ht_cli.model import Change
    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption


MOST_SHOWN = 4  # different values of a field left out that are shown
WORKBOOKS = (".xlsx", ".ods")  # zip files as well
EXAMPLES = (_help("Examples: ht export -o all.csv, edit it, then: ht import all.csv --dry-run · ht import all.csv"),)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=_help("CSV, TSV, xlsx, ods, JSON, JSONL, HSDS (JSON, zip or folder) or another catalogue (.db).")
        ),
    ],
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=_help("Take the good rows; the bad ones go to a file to mend."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_help("Add new ones though ones like them are there."))] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Bring in changes from a file."""
    with open_catalogue(catalogue) as connection:
        rows, bad = _read(file, meanings_of(connection))
        plan = plan_import(connection, rows, device_named(connection))
    _say_left(rows)
    refused = sorted([*(Refused(*row) for row in bad), *plan.refused], key=lambda row: row.line)
    _say(plan, refused)
    if refused and not skip_bad:
        said = _n(
            "{count} row cannot be taken; nothing was changed (--skip-bad takes the others)",
            "{count} rows cannot be taken; nothing was changed (--skip-bad takes the others)",
            len(refused),
        )
        raise InvalidDataError(said.format(count=len(refused)))
    _hold_no_twin(plan, rows, force=force, dry_run=dry_run)
    if refused and not dry_run:
        beside = write_refused(file, refused)
        note(_("the bad rows are in {path}: mend them there and import that file").format(path=beside))
    lost = any(loses(differences(step.before, step.after)) for step in plan.steps)
    if not plan.steps or dry_run or not confirmed(_("Write this?"), yes=yes, loses=lost):
        note(_("nothing was changed"))
        if refused:
            raise SystemExit(4)
        return
    with open_for_writing(catalogue, in_bulk=True) as connection:
        again = plan_import(connection, rows, device_of(connection))  # on what the catalogue says now that nobody else can write
        editor = Editor(connection)
        changes: list[Change] = []
        for step in sorted(again.steps, key=lambda step: (step.action != "add", step.id)):
            occasion = Occasion(step.action, by, file.name, batch=changes[0].uuid if changes else "")
            change = editor.change(step.id, lambda _now, after=step.after: after, occasion)  # type: ignore[misc]
            changes += [change] if change else []
    say_done(changes)
    if refused:
        raise SystemExit(4)


def _hold_no_twin(plan: Plan, rows: Sequence[Incoming], *, force: bool, dry_run: bool) -> None:
    """Say which new resources may be there already. Raises AmbiguousError where one has no id of its own to tell it from them."""
    lines = [f"{identifier}: {', '.join(alike)}" for identifier, alike in plan.alike.items()]
    named = {row.id for row in rows}
    if set(plan.alike) - named and not force and not dry_run:
        raise AmbiguousError(_("they may be there already: write the id of the one that is meant into the row, or add them all the same with --force"), lines)  # fmt: skip
    for line in lines:
        note(_("it may be there already: {ids}").format(ids=line))


def _read(file: Path, meanings: Meanings) -> tuple[list[Incoming], list[BadRow]]:
    if is_catalogue(file):
        with open_foreign(file) as connection:
            found = rows_of(connection, read_ids(connection, all_statuses=True))
        return [Incoming(number, identifier, dict(record), {"id": identifier}) for number, (identifier, record) in enumerate(found, 1)], []
    if _is_package(file):
        from ht_cli.exchange.hsds.arriving import rows_of_package

        return told_apart(rows_of_package(file, meanings))
    return read_file(file, meanings)


def _is_package(file: Path) -> bool:
    """Say whether a path is a folder or a zip file that is no workbook."""
    if file.suffix.lower() in WORKBOOKS:
        return False
    return os.path.isdir(file) or (os.path.isfile(file) and is_zipfile(file))


def _say_left(rows: Sequence[Incoming]) -> None:
    """Say what of somebody else's format has no place here, or was guessed: by reason, each field with how often and what it said."""
    left: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        for name, value, why in row.left:
            left.setdefault(why or _("nothing here holds it"), {}).setdefault(name, []).append(value)
    if left:
        note(_("not taken over as it stands, or guessed (→):"))
    for why, names in sorted(left.items()):
        note(f"  {why}: {', '.join(_often(name, values) for name, values in sorted(names.items()))}")


def _often(name: str, values: list[str]) -> str:
    """Say how often a field is left, and the first of the different things that it said."""
    different = [f"“{value}”" for value in dict.fromkeys(filter(None, values))]
    shown = [*different[:MOST_SHOWN], *(["…"] if len(different) > MOST_SHOWN else [])]
    return f"{name} ({len(values)})" + (f" {', '.join(shown)}" if shown else "")


def _say(plan: Plan, refused: list[Refused]) -> None:
    for step in plan.steps:
        say_plan(step.id, differences(step.before, step.after))
    counts = {action: sum(step.action == action for step in plan.steps) for action in ("add", "close")}
    changed = len(plan.steps) - counts["add"] - counts["close"]
    same = _n("{count} as it is", "{count} as they are", plan.unchanged).format(count=plan.unchanged)
    bad = _n("{count} that cannot be taken", "{count} that cannot be taken", len(refused)).format(count=len(refused))
    note(
        _("{added} to add, {changed} to change, {closed} to close, {same}, {bad}").format(
            added=counts["add"], changed=changed, closed=counts["close"], same=same, bad=bad
        )
    )
    for row in refused:
        note("  " + _("line {line}, {column}: {reason}").format(line=row.line, column=row.column or "–", reason=row.reason))
    for resource, field, ours, theirs in plan.newer:
        ours, theirs = public({field: (ours, theirs)})[field]
        said = _("newer here than in the sheet, and kept: {id}, {field}: {ours}; the sheet says: {theirs}")
        note(said.format(id=resource, field=field, ours=value_text(ours), theirs=value_text(theirs)))
    if plan.newer:
        note(_("to write what the sheet says all the same: ht update ID --set FIELD=VALUE"))
    if plan.left_alone:
        note(_("left alone, since only ht verify moves them: {fields}").format(fields=", ".join(plan.left_alone)))
