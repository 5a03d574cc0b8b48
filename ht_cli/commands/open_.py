"""`ht open`: the site of a resource, in the browser."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.commands._naming import one_resource
from ht_cli.errors import NotFoundError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
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
    if not resource.url.startswith(("http://", "https://")):
        raise NotFoundError(_("no site of {name} is known; see: ht show {id}").format(name=resource.name, id=resource.id))
    note(resource.url)
    import webbrowser  # wanted only here

    if not webbrowser.open(resource.url):
        raise NotFoundError(_("no browser could be started; the site is {url}").format(url=resource.url))
