import os
from collections.abc import Callable

import pytest

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.commands.sheet import urgent_lines
from ht_cli.exchange.sheet.contents import SheetPage
from ht_cli.exchange.sheet.facts import make_page
from ht_cli.model import Resource

MakePage = Callable[..., SheetPage]


@pytest.fixture
def make() -> MakePage:
    """Make the sheet of resources, or of ids of the bundled catalogue, in one language."""

    def made(language: str, *asked: Resource | str) -> SheetPage:
        locale.activate(["--locale", language], os.environ)
        with open_catalogue() as connection:
            found = [read_resources(connection, [one])[0] if isinstance(one, str) else one for one in asked]
            return make_page(found, urgent_lines(connection), read_words(connection, language))

    return made


@pytest.fixture
def changed(resource: Callable[[str], Resource]) -> Callable[..., Resource]:
    """Give a resource of the bundled catalogue with some fields changed."""
    return lambda identifier, **fields: resource(identifier)._replace(**fields)
