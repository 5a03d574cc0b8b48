"""`ht map`: who serves where, drawn on the terminal or as a picture, or the facts behind it."""

from __future__ import annotations

import sys

from ht_cli.catalogue.facts.mapping import count_reach, read_sites
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.commands._danger import warn
from ht_cli.commands._pictures import PICTURES, is_picture, write_picture
from ht_cli.commands._scenes import Look, Stretch, Topic, area_stretch, scene_of, stretch_of, with_sites
from ht_cli.commands._surroundings import Surroundings, stretch_around, surroundings_of
from ht_cli.errors import NotFoundError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import MINORS, Hit, Place, Query
from ht_cli.output.answers import say_corrections, say_homonyms
from ht_cli.output.listing import write_listing
from ht_cli.output.map import draw, drawable
from ht_cli.output.map_records import place_lines, place_records, scene_records
from ht_cli.output.results import Sheet, chosen_sheet, write_hits
from ht_cli.output.terminal import note, write
from ht_cli.places.atlas import Atlas, Site, network_of
from ht_cli.search.danger import worse
from ht_cli.search.option_values import read_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.options import (
        CatalogueOption,
        CsvOption,
        ForceOption,
        Format,
        FormatOption,
        JsonOption,
        LocaleOption,
        NeedsOption,
        OutputOption,
    )


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


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
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Draw who serves where: the networks, how many services, where they are."""
    sheet = _sheet(form, as_json, as_csv, output)
    with open_catalogue(catalogue) as connection:
        look = Look.at(connection)
        asked = _asked_needs(need or (), youth, look.lexicon)
        warn(asked, look.lexicon)
        reaches = count_reach(connection, look.atlas.municipalities, [*map(look.lexicon.need_number, asked.needs)]) if asked.needs else ()
        topic = Topic("youth" if youth else "adult", asked.needs, reaches)
        here, surely = asked_place(" ".join(place or ()), look)
        show_map(look, topic, here, sheet, zoom=zoom or "", resources=resources, surely=surely)


def show_map(
    look: Look, topic: Topic, here: Place | None, sheet: Sheet, *, zoom: str = "", resources: bool = False, surely: bool = True
) -> None:
    """Show what is around a town, who serves what is larger than one, or the whole country without a place; `surely` says that it is meant."""
    if here and here.nis:
        around = surroundings_of(look, here, topic.needs)._replace(meant=surely)
        _show_place(look, topic, around, stretch_of(look, zoom) if zoom else stretch_around(around.spots), sheet)
    else:
        stretch = area_stretch(look.atlas, here) if here and not zoom else stretch_of(look, zoom)
        _show_country(look, topic, stretch, resources, sheet)


def _sheet(form: Format | None, as_json: bool, as_csv: bool, output: Path | None) -> Sheet:
    """A window of forty columns has room for a map, where other commands change to records."""
    if form is None and not (as_json or as_csv or output) and sys.stdout.isatty() and drawable():
        form = "table"
    return chosen_sheet(form, as_json, as_csv, None, output, PICTURES)


def _asked_needs(needs: Sequence[str], youth: bool, lexicon: Lexicon) -> Query:
    read = [read_option("need", need, lexicon) for need in needs]
    for query in read:
        say_corrections(query)
    ids = tuple(dict.fromkeys(need for query in read for need in query.needs))
    return Query(needs=ids, danger=worse(query.danger for query in read), audiences=MINORS if youth else ())


def asked_place(text: str, look: Look) -> tuple[Place | None, bool]:
    """Give the place that a text names, the likeliest of several, and whether surely this one is meant; none for an empty text.

    Raises NotFoundError for a place abroad, UsageError for what is no place.
    """
    if not text.strip():
        return None, True
    query = read_option("city", text, look.lexicon)
    if not query.places:
        raise NotFoundError(_("{place} is outside Belgium; the networks serve Belgium only").format(place=query.abroad))
    say_corrections(query)
    say_homonyms(query.homonyms, look.words, "ht map")
    return query.places[0], not (query.corrections or query.homonyms)


def _show_country(look: Look, topic: Topic, stretch: Stretch, resources: bool, sheet: Sheet) -> None:
    sites = read_sites(look.connection, topic.needs) if resources else []
    if sheet.for_machines and not is_picture(sheet.output):
        write_listing(*_facts(look.atlas, topic, stretch, sites if resources else None), sheet)
        return
    scene = scene_of(look, topic, stretch)
    if resources:
        scene = with_sites(scene, sites)
    if is_picture(sheet.output):
        write_picture(look, topic, scene, sheet.output)
    elif sheet.format == "records":
        write(scene_records(scene, [home for home in look.atlas.municipalities if stretch.wanted(home)]), sheet.output)
    else:
        write([draw(scene, plain=bool(sheet.output))], sheet.output, drawn=not sheet.output)


def _facts(atlas: Atlas, topic: Topic, stretch: Stretch, sites: Sequence[Site] | None) -> tuple[list[str], list[list[str | int]]]:
    """Give the header and a row for each municipality looked at: its networks, and the counts asked for."""
    headers = ["nis", "municipality", "province", "network_adult", "network_adult_confidence", "network_youth"]
    headers += ["services_near", "services_region", "services_country"] if topic.needs else []
    headers += ["resources_here"] if sites is not None else []
    rows = []
    for number, home in enumerate(atlas.municipalities):
        if stretch.wanted(home):
            row: list[str | int] = [home.nis, home.names[languages()[0]], home.province]
            row += [network_of(home, "adult"), home.network_adult_confidence, network_of(home, "youth")]
            row += topic.reaches[number] if topic.needs else ()
            row += [len({site.resource for site in sites if site.nis == home.nis})] if sites is not None else ()
            rows.append(row)
    return headers, rows


def _show_place(look: Look, topic: Topic, around: Surroundings, stretch: Stretch, sheet: Sheet) -> None:
    scene = scene_of(look, topic, stretch)._replace(spots=around.spots)
    if is_picture(sheet.output):
        write_picture(look, topic, scene, sheet.output, around)
    elif sheet.for_machines:
        note(around.border)
        write_hits([*(Hit(network, 0.0, ("network",)) for _heading, network in around.networks), *around.hits], sheet, look.words)
    elif sheet.format == "records":
        write(place_records(around.name, around.networks, around.border, around.hits, look.words), sheet.output)
    else:
        head = place_lines(around.name, around.networks, around.border)
        write([*head, "\n", draw(scene, plain=bool(sheet.output))], sheet.output, drawn=not sheet.output)
