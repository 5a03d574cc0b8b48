"""A map as a file: a picture to look at (SVG, HTML, PNG) or a layer for other maps (GeoJSON), by the ending of its name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from ht_cli.catalogue.facts.mapping import read_spellings
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.cleaning import clean
from ht_cli.commands._scenes import Look, MapStretch, Topic, layer_heading, scene_of, whole_country
from ht_cli.commands._surroundings import Surroundings
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.output.delivery import deliver
from ht_cli.output.terminal import say_written
from ht_cli.places.atlas import LAYERS, Site
from ht_cli.places.outlines import unproject
from ht_cli.places.scene import Scene
from ht_cli.wording import contacts, ways_to_reach

if TYPE_CHECKING:
    from ht_cli.exchange.map_layer import MapPoint

PICTURES, LAYER = (".svg", ".html", ".png"), ".geojson"
DRAWN = (*PICTURES, LAYER)


def is_picture(path: Path | None) -> TypeGuard[Path]:
    """Say whether a file is to be a picture, by its ending."""
    return path is not None and path.suffix.lower() in PICTURES


def is_layer(path: Path | None) -> TypeGuard[Path]:
    """Say whether a file is to be a layer for other maps, by its ending."""
    return path is not None and path.suffix.lower() == LAYER


def write_layer(
    look: Look, scene: Scene, facts: tuple[Sequence[str], Sequence[Sequence[str | int]]], marks: Sequence["MapPoint"], path: Path
) -> None:
    """Write the municipalities that the facts are of, in the colours of a scene, and what stands on them.

    Raises UsageError when it cannot be written.
    """
    from ht_cli.exchange.map_layer import Area, pieces

    headers, rows = facts
    drawn = {
        home.nis: (outline, fill) for home, outline, fill in zip(look.atlas.municipalities, look.atlas.outlines, scene.fills, strict=True)
    }
    areas = []
    for row in rows:
        said = dict(zip(headers, row, strict=True))
        outline, fill = drawn[str(said["nis"])]
        networks = {f"{name}_name": look.networks[str(said[name])].name for name in ("network_adult", "network_youth")}
        areas.append(Area(outline, {**said, **networks, "fill": fill.colour, "fill-opacity": 0.6}))
    deliver(map(clean, pieces(scene.title, scene.notes, areas, marks)), path)
    say_written(path)


def site_marks(look: Look, sites: Sequence[Site], stretch: MapStretch) -> list["MapPoint"]:
    """Give where resources are, each with its name and how to reach it."""
    from ht_cli.exchange.map_layer import MapPoint

    homes = {home.nis: home for home in look.atlas.municipalities if stretch.wanted(home)}
    inside = [site for site in sites if site.nis in homes]
    known = {resource.id: resource for resource in read_resources(look.connection, sorted({site.resource for site in inside}))}
    return [
        MapPoint(site.latitude, site.longitude, {
            "resource": site.resource, "name": known[site.resource].name, "kind": known[site.resource].kind, "nis": site.nis,
            "municipality": homes[site.nis].names[languages()[0]], "contact": ", ".join(contacts(known[site.resource])), "precision": "locality",
        })
        for site in inside
    ]  # fmt: skip


def place_marks(around: Surroundings) -> list["MapPoint"]:
    """Give the place itself, then the nearest services with how to reach them and how far they are."""
    from ht_cli.exchange.map_layer import MapPoint

    here, *others = (unproject(spot.point) for spot in around.spots)
    return [MapPoint(*here, {"name": around.name, "nis": around.home.nis}), *(
        MapPoint(*at, {
            "resource": hit.resource.id, "name": hit.resource.name, "kind": hit.resource.kind, "contact": ", ".join(contacts(hit.resource)),
            "distance_km": hit.distance_km, "precision": "locality",
        })
        for at, hit in zip(others, around.hits, strict=True)
    )]  # fmt: skip


def write_picture(look: Look, topic: Topic, scene: Scene, path: Path, around: Surroundings | None = None) -> None:
    """Write a scene as SVG or PNG, or as a page of the whole country that opens on what is `around`.

    Raises UsageError when it cannot be written, or the library for PNG is missing.
    """
    if path.suffix.lower() == ".html":
        deliver([clean(_page(look, topic, scene, around))], path)
        say_written(path)
        return
    if around:
        scene = scene._replace(notes=[*network_texts(around), *scene.notes])
    from ht_cli.exchange.svg import png_bytes, svg_pieces

    deliver([png_bytes(scene)] if path.suffix.lower() == ".png" else map(clean, svg_pieces(scene)), path)
    say_written(path)


def _page(look: Look, topic: Topic, scene: Scene, around: Surroundings | None) -> str:
    from ht_cli.exchange.map_page import Book, page_text

    topics = [(layer_heading(layer), Topic(layer)) for layer in LAYERS]
    if topic.needs:
        topics.append((look.words.terms("needs", topic.needs), topic))
    scenes = [(name, scene_of(look, one, whole_country(look.atlas))) for name, one in topics]
    selected = 2 if topic.needs else LAYERS.index(topic.layer)
    name, first = scenes[selected]
    notes = first.notes if around else list(dict.fromkeys([*scene.notes, *first.notes]))
    scenes[selected] = name, first._replace(spots=scene.spots, notes=notes)
    start, texts = (around.home.nis, _page_texts(around)) if around else ("", [])
    return page_text(Book(scenes, selected, look.networks, read_spellings(look.connection), topic.reaches, start, texts))


def _page_texts(around: Surroundings) -> list[str]:
    return [*network_texts(around), *(f"{spot.sign} {spot.text}" for spot in around.spots[1:])]


def network_texts(around: Surroundings) -> list[str]:
    """Say the two networks of a place with how to reach them, and how sure that is."""
    reach = [(heading, network.name, ", ".join(ways_to_reach(network))) for heading, network in around.networks]
    return [*(_("{label}: {value}").format(label=heading, value=f"{name}, {said}") for heading, name, said in reach), around.border]
