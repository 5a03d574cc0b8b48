"""`ht open`: the site of a resource, in the browser."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.commands._naming import one_resource
from ht_cli.commands._site import not_opened, site_of
from ht_cli.locale import mark as _help
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import CatalogueOption, LocaleOption


def open_(
    identifier: Annotated[str, typer.Argument(metavar="ID", help=_help("Id of a resource, or its name."))],
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Open the site of a resource in the browser."""
    with open_catalogue(catalogue) as connection:
        resource = one_resource(identifier, Lexicon(connection), connection)
    url = site_of(resource)
    note(url)
    import webbrowser  # wanted only here

    if not webbrowser.open(url):
        raise not_opened(url)
