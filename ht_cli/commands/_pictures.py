"""A map as a file to look at: SVG, HTML or PNG, by the ending of its name."""

from pathlib import Path
from typing import TypeGuard

from ht_cli.catalogue.facts.mapping import read_spellings
from ht_cli.cleaning import clean
from ht_cli.commands._scenes import Look, Topic, layer_heading, scene_of, whole_country
from ht_cli.commands._surroundings import Surroundings
from ht_cli.output.delivery import deliver
from ht_cli.places.atlas import LAYERS
from ht_cli.places.scene import Scene
from ht_cli.wording import ways_to_reach

PICTURES = (".svg", ".html", ".png")


def is_picture(path: Path | None) -> TypeGuard[Path]:
    """Say whether a file is to be a picture, by its ending."""
    return path is not None and path.suffix.lower() in PICTURES


def write_picture(look: Look, topic: Topic, scene: Scene, path: Path, around: Surroundings | None = None) -> None:
    """Write a scene as SVG or PNG, or as a page of the whole country that opens on what is `around`.

    Raises UsageError when it cannot be written, or the library for PNG is missing.
    """
    if path.suffix.lower() == ".html":
        deliver([clean(_page(look, topic, scene, around))], path)
        return
    if around:
        scene = scene._replace(notes=[*network_texts(around), *scene.notes])
    from ht_cli.exchange.svg import png_bytes, svg_pieces

    deliver([png_bytes(scene)] if path.suffix.lower() == ".png" else map(clean, svg_pieces(scene)), path)


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
    return [*(f"{heading}: {name}, {said}" for heading, name, said in reach), around.border]
