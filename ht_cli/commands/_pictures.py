"""A map as a file to look at: SVG, HTML or PNG, by the ending of its name."""

from pathlib import Path
from typing import TypeGuard

from ht_cli.catalogue.mapping import read_spellings
from ht_cli.commands._scenes import Look, Topic, layer_heading, scene_of, whole_country
from ht_cli.model import Place
from ht_cli.output.delivery import deliver
from ht_cli.places.atlas import LAYERS
from ht_cli.places.scene import Scene

ENDINGS = (".svg", ".html", ".png")


def is_picture(path: Path | None) -> TypeGuard[Path]:
    """Say whether a file is to be a picture, by its ending."""
    return path is not None and path.suffix.lower() in ENDINGS


def write_picture(look: Look, topic: Topic, scene: Scene, path: Path, here: Place | None = None) -> None:
    """Write a scene as SVG or PNG, or as a page of the whole country that opens on `here`.

    Raises UsageError when it cannot be written, or the library for PNG is missing.
    """
    if path.suffix.lower() == ".html":
        deliver([_page(look, topic, scene, here)], path)
        return
    from ht_cli.exchange.svg import png_bytes, svg_pieces

    deliver([png_bytes(scene)] if path.suffix.lower() == ".png" else svg_pieces(scene), path)


def _page(look: Look, topic: Topic, scene: Scene, here: Place | None) -> str:
    from ht_cli.exchange.map_page import Book, page_text

    topics = [(layer_heading(layer), Topic(layer)) for layer in LAYERS]
    if topic.needs:
        topics.append((look.words.terms("needs", topic.needs), topic))
    scenes = [(name, scene_of(look, one, whole_country(look.atlas))) for name, one in topics]
    selected = 2 if topic.needs else LAYERS.index(topic.layer)
    name, first = scenes[selected]
    scenes[selected] = name, first._replace(spots=scene.spots, notes=list(dict.fromkeys([*scene.notes, *first.notes])))
    return page_text(Book(scenes, selected, look.networks, read_spellings(look.connection), topic.reaches, here.nis if here else ""))
