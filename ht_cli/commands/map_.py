"""`ht map`: who serves where, drawn on the terminal or as a picture, or the facts behind it."""

from __future__ import annotations

import sys

from ht_cli.catalogue.facts.mapping import count_reach
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.commands._danger import warn
from ht_cli.commands._drawing import asked_place, show_map
from ht_cli.commands._pictures import DRAWN
from ht_cli.commands._scenes import Look, Topic
from ht_cli.locale import mark as _help
from ht_cli.model import MINORS, Query
from ht_cli.output.answers import say_corrections
from ht_cli.output.map import drawable
from ht_cli.output.results import Layout, chosen_layout
from ht_cli.search.danger import worse
from ht_cli.search.option_values import read_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.options import (
        CatalogueOption,
        CsvOption,
        ForceOption,
        Format,
        FormatOption,
        JsonOption,
        LocaleOption,
        NeedsOption,
        NoPagerOption,
        OutputOption,
    )


EXAMPLES = (_help("Examples: ht map · ht map liege · ht map --youth --zoom namur · ht map --need burnout · ht map -o map.html"),)


def map_(
    place: Annotated[list[str] | None, typer.Argument(metavar="[PLACE]", help=_help("Town, postcode, province or region."))] = None,
    youth: Annotated[bool, typer.Option("--youth/--adult", help=_help("The networks for the young, or those for adults."))] = False,
    need: NeedsOption = None,
    resources: Annotated[bool, typer.Option("--resources", help=_help("Where services, groups and lines have an address."))] = False,
    zoom: Annotated[
        str | None, typer.Option("--zoom", metavar="PLACE", help=_help("Enlarge a town, a province, a region or a network."))
    ] = None,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Draw who serves where: the networks, how many services, where they are."""
    layout = _sheet(form, as_json, as_csv, output)
    with open_catalogue(catalogue) as connection:
        look = Look.at(connection)
        asked = _asked_needs(need or (), youth, look)
        warn(asked, look.lexicon)
        reaches = count_reach(connection, look.atlas.municipalities, [*map(look.lexicon.need_number, asked.needs)]) if asked.needs else ()
        topic = Topic("youth" if youth else "adult", asked.needs, reaches)
        here, surely = asked_place(" ".join(place or ()), look)
        show_map(look, topic, here, layout, zoom=zoom or "", resources=resources, surely=surely)


def _sheet(form: Format | None, as_json: bool, as_csv: bool, output: Path | None) -> Layout:
    """A window of forty columns has room for a map, where other commands change to records."""
    if form is None and not (as_json or as_csv or output) and sys.stdout.isatty() and drawable():
        form = "table"
    return chosen_layout(form, as_json, as_csv, None, output, DRAWN)


def _asked_needs(needs: Sequence[str], youth: bool, look: Look) -> Query:
    read = [read_option("need", need, look.lexicon) for need in needs]
    for query in read:
        say_corrections(query, look.words)
    ids = tuple(dict.fromkeys(need for query in read for need in query.needs))
    return Query(needs=ids, danger=worse(query.danger for query in read), audiences=MINORS if youth else ())
