"""`ht import`: bring in changes from a spreadsheet, a program or another catalogue; all of them or none."""

from __future__ import annotations

import os
from collections import Counter
from zipfile import is_zipfile

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids
from ht_cli.catalogue.facts.records import differences
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.device import device_named, device_of
from ht_cli.catalogue.keeping.entering import street_left_out
from ht_cli.catalogue.keeping.importing import ImportStep, Planning, Refused, rows_of, write_steps
from ht_cli.catalogue.keeping.journal import state_of
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.foreign import is_catalogue, open_foreign
from ht_cli.commands._meanings import meanings_of
from ht_cli.errors import AmbiguousError, InvalidDataError
from ht_cli.exchange.arrivals import Arriving
from ht_cli.exchange.files import BadRow, Incoming, each_once, read_rows
from ht_cli.exchange.refusals import write_refused
from ht_cli.exchange.spooling import Spool
from ht_cli.exchange.tables import is_workbook
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.changes import confirmed, field_said, loses, read_by_people, say_done, say_plan, value_text
from ht_cli.output.confidential import public
from ht_cli.output.in_words import value_words
from ht_cli.output.terminal import note
from ht_cli.shapes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.exchange.arrivals import Often
    from ht_cli.exchange.meanings import FileMeanings
    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption
    from ht_cli.wording import Words


MOST_SHOWN = 4  # different values of a field left out that are shown; one more is kept, to tell that there are
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
        rows = Arriving(_rows(file, meanings_of(connection)))
        _say_left(rows.left)
        device, state = device_named(connection), state_of(connection)
        planning, planned = Planning(connection, rows.named, device), Spool[ImportStep]()
        words = read_keepers_words(connection)
        seen = _say_steps(planning.steps(rows, twins=True), planned, rows.named, words)
        refused = sorted([*map(planning.refusal, rows.bad), *planning.refused], key=lambda row: row.line)
        _say(planning, seen.counts, refused, words)
        _say_streets_left(planning, words)
    if refused and not skip_bad:
        said = _n(
            "{count} row cannot be taken; nothing was changed (--skip-bad takes the others)",
            "{count} rows cannot be taken; nothing was changed (--skip-bad takes the others)",
            len(refused),
        )
        raise InvalidDataError(said.format(count=len(refused)))
    if seen.doubtful and not force and not dry_run:
        raise AmbiguousError(_("they may be there already: write the id of the one that is meant into the row, or add them all the same with --force"), seen.doubtful)  # fmt: skip
    agreed = bool(seen.counts) and not dry_run and confirmed(_("Write this?"), yes=yes, loses=seen.loses)
    if refused and (agreed or not (seen.counts or dry_run)):  # who says no, or is not asked, is left without a file
        beside = write_refused(file, refused)
        note(_("the bad rows are in {path}: mend them there and import that file").format(path=beside))
    if not agreed:
        note(_("nothing was changed"))
        if refused:
            raise SystemExit(4)
        return
    with open_for_writing(catalogue, in_bulk=True) as connection:  # nobody else can write now
        made_alike = not seen.names_made or device_of(connection) == device
        steps = (
            planned if made_alike and state_of(connection) == state else Planning(connection, rows.named, device_of(connection)).steps(rows)
        )
        done, in_vain = write_steps(connection, steps, who=by, note=file.name)
        if in_vain and not skip_bad:
            raise InvalidDataError("\n".join([*map(_leads_nowhere, in_vain), _("nothing was changed")]))
    say_done(done)
    for step in in_vain:
        note(_leads_nowhere(step))
    if refused or in_vain:
        raise SystemExit(4)


def _leads_nowhere(step: ImportStep) -> str:
    return f"{step.id}: " + _("successor: no resource has the id {id}").format(id=step.after["successor"])


class _Seen(NamedTuple):
    """What is known of the steps when all were said: how many of each action, the new ones that may be twins.

    And whether one loses something, and whether an id was made, in which the name of the device stands.
    """

    counts: Counter[str]
    doubtful: list[str]
    loses: bool
    names_made: bool


def _say_steps(steps: Iterable[ImportStep], planned: Spool[ImportStep], named: Collection[str], words: Words) -> _Seen:
    """Say each step as it is planned, and what a new one may repeat; one whose id nobody wrote is doubtful then. Keep it in `planned`."""
    counts: Counter[str] = Counter()
    doubtful, lost, names_made = [], False, False
    for step in steps:
        fields = differences(step.before, step.after)
        say_plan(step.id, fields, words)
        planned.append(step)
        counts[step.action] += 1
        lost = lost or loses(fields)
        names_made = names_made or step.id not in named
        if step.alike:
            line = f"{step.id}: {', '.join(step.alike)}"
            doubtful += [line] if step.id not in named else []
            note(_("it may be there already: {ids}").format(ids=line))
    return _Seen(counts, doubtful, lost, names_made)


def _rows(file: Path, meanings: FileMeanings) -> Iterator[Incoming | BadRow]:
    if is_catalogue(file):
        with open_foreign(file) as connection:
            for number, (identifier, record) in enumerate(rows_of(connection, read_ids(connection, all_statuses=True)), 1):
                yield Incoming(number, identifier, dict(record), {"id": identifier})
    elif _is_package(file):
        from ht_cli.exchange.hsds.arriving import rows_of_package

        yield from each_once(rows_of_package(file, meanings))
    else:
        yield from read_rows(file, meanings)


def _is_package(file: Path) -> bool:
    """Say whether a path is a folder or a zip file that is no workbook."""
    return os.path.isdir(file) or (os.path.isfile(file) and is_zipfile(file) and not is_workbook(file))


def _say_left(left: Mapping[str, Mapping[str, Often]]) -> None:
    """Say what of somebody else's format has no place here, or was guessed: by reason, each field with how often and what it said."""
    if left:
        note(_("not taken over as it stands, or guessed (→):"))
    for why, fields in sorted((why or _("nothing here holds it"), fields) for why, fields in left.items()):
        said = ", ".join(_often(name, often) for name, often in sorted(fields.items()))
        note("  " + _("{label}: {value}").format(label=why, value=said))


def _often(name: str, often: Often) -> str:
    """Say how often a field is left, and the first of the different things that it said."""
    different = [_("“{text}”").format(text=value) for value in often.values]
    shown = [*different[:MOST_SHOWN], *(["…"] if len(different) > MOST_SHOWN else [])]
    return f"{name} ({often.times})" + (f" {', '.join(shown)}" if shown else "")


def _say(planning: Planning, counts: Mapping[str, int], refused: Sequence[Refused], words: Words) -> None:
    changed = sum(counts.values()) - counts["add"] - counts["close"]
    same = _n("{count} as it is", "{count} as they are", planning.unchanged).format(count=planning.unchanged)
    bad = _n("{count} that cannot be taken", "{count} that cannot be taken", len(refused)).format(count=len(refused))
    note(
        _("{added} to add, {changed} to change, {closed} to close, {same}, {bad}").format(
            added=counts["add"], changed=changed, closed=counts["close"], same=same, bad=bad
        )
    )
    for row in refused:
        note("  " + _("line {line}, {column}: {reason}").format(line=row.line, column=row.column or "–", reason=row.reason))
    for resource, field, ours, theirs in planning.newer:
        ours, theirs = public({field: (ours, theirs)})[field]
        said = _("newer here than in the sheet, and kept: {id}, {field}: {ours}; the sheet says: {theirs}")
        sides = [value_words(field, side, words) if read_by_people() else value_text(side) for side in (ours, theirs)]
        note(said.format(id=resource, field=field_said(field), ours=sides[0], theirs=sides[1]))
    if planning.newer:
        note(_("to write what the sheet says all the same: ht update ID --set FIELD=VALUE"))
    if planning.left_alone:
        note(
            _("left alone, since only ht verify moves them: {fields}").format(
                fields=", ".join(map(field_said, sorted(planning.left_alone)))
            )
        )
    if planning.dated_otherwise:
        said = _n(
            "source_date of {count} row is left alone: it is the newest date that stands in sources",
            "source_date of {count} rows is left alone: it is the newest date that stands in sources",
            planning.dated_otherwise,
        )
        note(said.format(count=planning.dated_otherwise))


def _say_streets_left(planning: Planning, words: Words) -> None:
    """Say of which rows a street was left out, which was that of another town, and which say an address that is kept secret."""
    for line, old, new in planning.streets_left:
        said = street_left_out(words.area(old), words.area(new))
        note("  " + _("line {line}, {column}: {reason}").format(line=line, column="addresses", reason=said))
    for line in planning.kept_secret:
        said = _("an address that is kept confidential here, and stays so")
        note("  " + _("line {line}, {column}: {reason}").format(line=line, column="addresses", reason=said))
