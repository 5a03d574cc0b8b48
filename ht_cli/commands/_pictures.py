"""A map as a file to look at: SVG, HTML or PNG, by the ending of its name."""

from collections.abc import Mapping
from pathlib import Path

from ht_cli.model import Resource
from ht_cli.places.scene import Scene
from ht_cli.wording import Words


def is_picture(path: Path | None) -> bool:
    """Say whether a file is to be a picture, by its ending."""
    return path is not None and path.suffix.lower() in (".svg", ".html", ".png")


def write_picture(scene: Scene, networks: Mapping[str, Resource], words: Words, path: Path | None) -> None:
    """Write a picture of a scene."""
