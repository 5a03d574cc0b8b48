"""`ht export`: the whole catalogue, or what a search shows, to a file that comes back without loss."""

from pathlib import Path
from typing import Annotated

import typer

from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_ids, read_resources
from ht_cli.exchange.formats import lossless_lines
from ht_cli.exchange.objects import resource_object
from ht_cli.options import AllOption, CatalogueOption, LocaleOption, OutputOption
from ht_cli.output.terminal import write


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (_help("Examples: ht export -o all.csv · ht export --format json"),)
FORMATS = ("csv", "tsv", "json", "jsonl")


def export(
    form: Annotated[
        str | None, typer.Option("--format", metavar="|".join(FORMATS), help=_help("Else by the ending of -o, else csv."))
    ] = None,
    everything: AllOption = False,
    output: OutputOption = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Write resources to a file."""
    ending = output.suffix.lstrip(".").lower() if isinstance(output, Path) else ""
    chosen = form or (ending if ending in FORMATS else "csv")
    if chosen not in FORMATS:
        raise typer.BadParameter(", ".join(FORMATS), param_hint="--format")
    with open_catalogue(catalogue) as connection:
        ids = read_ids(connection, all_statuses=everything)
        objects = [resource_object(resource) for resource in read_resources(connection, ids)]
    write(lossless_lines(objects, chosen), output)
