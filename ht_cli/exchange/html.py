"""A directory as one HTML page that one can search: own CSS and script, nothing loaded from elsewhere; for a site, a USB stick, paper."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ht_cli.exchange.credits import credit_list, licence
from ht_cli.exchange.directory import directory_of
from ht_cli.exchange.finder import finder_of
from ht_cli.exchange.frame import frame_of
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.typography import held
from ht_cli.model import Resource

_APOSTROPHE = "&#39;"  # is escaped for attributes between single quotes, of which there are none: French has two thousand on a page
TEMPLATES = Path(__file__).parent / "templates"


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give the page: a line to search with, urgent lines, contents, resources by place, an index by need, credits."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 60 ms, wanted for pages alone
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=held, trim_blocks=True, lstrip_blocks=True
    )
    directory = directory_of(resources, reference)
    finder = finder_of(directory, reference)
    written = environment.get_template("directory.html.jinja").generate(
        language=reference.language,
        directory=directory,
        say=frame_of(directory, reference),
        licence=licence(),
        credits=credit_list(),
        finder=finder and finder._replace(script=Markup(finder.script)),  # ours, and not to be escaped
    )
    yield from (piece.replace(_APOSTROPHE, "'") for piece in written)
