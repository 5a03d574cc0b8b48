"""Resources written in a format of `ht export`, by whichever command asks for it."""

from __future__ import annotations

import os

from ht_cli.catalogue.facts.reading import stream_resources
from ht_cli.errors import UsageError
from ht_cli.exchange.forms import FORMS
from ht_cli.exchange.harmless import harmless
from ht_cli.exchange.reference import CARD_VERSION, Reference
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.output.delivery import deliver_files, goes_to_terminal
from ht_cli.output.terminal import write_bytes
from ht_cli.paths import chosen_catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from ht_cli.exchange.forms import ExportFormat


def require_writable(name: str, form: ExportFormat, output: Path | None, catalogue: str | None, *, stamp: bool = False) -> None:
    """Require that the format has place for what is asked, and that what is written harms neither a terminal nor the catalogue."""
    if form.binary and goes_to_terminal(output):
        raise UsageError(_("{format} is no text for a terminal; write it to a file: -o resources{ending}").format(format=name, ending=form.endings[0]))  # fmt: skip
    if stamp and not form.stamped:
        raise UsageError(_("{format} has no place for the moment of the export; leave out --stamp").format(format=name))
    if output and os.path.isdir(output) and not form.folder:
        foldered = ", ".join(other for other, its in FORMS.items() if its.folder)
        raise UsageError(_("{path} is a folder, and {format} is one file; a folder goes with: {formats}").format(path=output, format=name, formats=foldered))  # fmt: skip
    if output and os.path.exists(output) and output.samefile(chosen_catalogue(catalogue)):
        raise UsageError(_("{path} is the catalogue that is read; write the export to another file").format(path=output))


def write_resources(
    connection: Connection,
    ids: Sequence[str],
    form: ExportFormat,
    output: Path | None,
    columns: tuple[str, ...] = (),
    *,
    stamp: bool = False,
    front_matter: bool = False,
    force: bool = False,
    card_version: str = CARD_VERSION,
) -> None:
    """Write these resources in a format, to a file, a folder or stdout.

    Raises UsageError when it cannot be written, or a file of the folder is there and is not to be overwritten.
    """
    reference = _reference(connection, form, columns, stamp=stamp)._replace(card_version=card_version, front_matter=front_matter)
    resources = map(harmless, stream_resources(connection, ids))
    if form.for_people:  # what may come back into a catalogue says what this one says
        from ht_cli.output.told import told

        resources = map(told, resources)
    if output and os.path.isdir(output):
        deliver_files(form.files()(resources, reference), output, force=force)
    else:
        write_bytes(form.pieces()(resources, reference), output)


def _reference(connection: Connection, form: ExportFormat, columns: tuple[str, ...], *, stamp: bool) -> Reference:
    """Give what the format looks up: nothing but the language for the plain ones, whose start is to be fast."""
    if form.plain:
        from ht_cli.catalogue.keeping.revisions import revision_of
        from ht_cli.wording import Words

        return Reference(languages()[0], Words(), {}, lambda _resource: (), fields=columns, revision=revision_of)
    from ht_cli import clock
    from ht_cli.commands._reference import reference_of

    return reference_of(connection, made_at=clock.moment() if stamp else "", fields=columns)
