"""A map shown as it was asked for: what is around a place, who serves what is larger, or the whole country."""

from __future__ import annotations

from ht_cli.catalogue.facts.mapping import read_sites
from ht_cli.commands._pictures import is_layer, is_picture, place_marks, site_marks, write_layer, write_picture
from ht_cli.commands._scenes import Look, MapStretch, Topic, area_stretch, scene_of, stretch_of, with_sites
from ht_cli.commands._surroundings import Surroundings, stretch_around, surroundings_of
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Place
from ht_cli.output.answers import say_homonyms, say_place_taken
from ht_cli.output.listing import write_listing
from ht_cli.output.map import draw
from ht_cli.output.map_records import place_lines, place_records, scene_records
from ht_cli.output.results import Layout, write_hits
from ht_cli.output.terminal import note, write
from ht_cli.places.atlas import Atlas, Site, network_of
from ht_cli.search.option_values import guessed, read_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def asked_place(text: str, look: Look) -> tuple[Place | None, bool]:
    """Give the place that a text names, the likeliest of several, and whether surely this one is meant; none for an empty text.

    Raises NotFoundError for a place abroad, UsageError for what is no place.
    """
    if not text.strip():
        return None, True
    query = read_place(text, look.lexicon)
    say_place_taken(query, look.words)
    say_homonyms(query.homonyms, look.words, "ht map")
    return query.places[0], not (guessed(query, look.lexicon) or query.homonyms)


def show_map(
    look: Look,
    topic: Topic,
    here: Place | None,
    layout: Layout,
    *,
    zoom: str = "",
    resources: bool = False,
    surely: bool = True,
    commands: bool = True,
) -> None:
    """Show what is around a town, who serves what is larger than one, or the whole country without a place.

    `surely` says that this place is meant, `commands` that where it is shown a command can be typed.
    """
    if here and here.nis:
        around = surroundings_of(look, here, topic.needs)._replace(meant=surely)
        _show_place(look, topic, around, stretch_of(look, zoom) if zoom else stretch_around(around.spots), layout, commands=commands)
    else:
        stretch = area_stretch(look.atlas, here) if here and not zoom else stretch_of(look, zoom)
        _show_country(look, topic, stretch, resources, layout)


def _show_country(look: Look, topic: Topic, stretch: MapStretch, resources: bool, layout: Layout) -> None:
    sites = read_sites(look.connection, topic.needs) if resources else None
    if layout.for_machines and not (is_picture(layout.output) or is_layer(layout.output)):
        write_listing(*_facts(look.atlas, topic, stretch, sites), layout)
        return
    scene = scene_of(look, topic, stretch)
    if is_layer(layout.output):
        write_layer(look, scene, _facts(look.atlas, topic, stretch, sites), site_marks(look, sites or (), stretch), layout.output)
        return
    if sites is not None:
        scene = with_sites(scene, sites)
    if is_picture(layout.output):
        write_picture(look, topic, scene, layout.output)
    elif layout.format == "records":
        write(scene_records(scene, [home for home in look.atlas.municipalities if stretch.wanted(home)]), layout.output)
    else:
        write([draw(scene, plain=bool(layout.output))], layout.output, drawn=not layout.output)


def _facts(atlas: Atlas, topic: Topic, stretch: MapStretch, sites: Sequence[Site] | None) -> tuple[list[str], list[list[str | int]]]:
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


def _show_place(look: Look, topic: Topic, around: Surroundings, stretch: MapStretch, layout: Layout, *, commands: bool) -> None:
    scene = scene_of(look, topic, stretch)
    rough = (
        _("The numbers stand at the middle of their town or village, several of one in a row, and not in their street.")
        if is_picture(layout.output)
        else _("The numbers stand at the middle of their town or village, and not in their street; (3) are three at one place.")
    )
    scene = scene._replace(spots=around.spots, notes=[*scene.notes, *([rough] if around.hits else ())])
    if is_layer(layout.output):
        write_layer(look, scene, _facts(look.atlas, topic, stretch, None), place_marks(around), layout.output)
    elif is_picture(layout.output):
        write_picture(look, topic, scene, layout.output, around)
    elif layout.for_machines:
        note(around.border)
        write_hits([*(Hit(network, 0.0, ("network",)) for _heading, network in around.networks), *around.hits], layout, look.words)
    elif layout.format == "records":
        write(place_records(around.name, around.networks, around.border, around.hits, look.words), layout.output)
    else:
        head = place_lines(around.name, around.networks, around.border, commands=commands)
        write([*head, "\n", draw(scene, plain=bool(layout.output))], layout.output, drawn=not layout.output)
