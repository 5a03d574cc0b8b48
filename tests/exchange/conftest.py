import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from ht_cli import locale
from ht_cli.catalogue.journal import read_changes_of
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_ids, read_meta, read_municipalities, read_resources, read_urgent_ids, read_words
from ht_cli.exchange.reference import Reference
from ht_cli.model import Address, Phone, Resource, Source

HOSTILE = '\x1b[31m<script>alert(1)</script> =HYPERLINK("x") \u202eevil\u202c ]]> --> &amp; {{ x }} | * _ ` # [a](javascript:x) \x00\ud800'
CARD = "\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Other\u2028TEL:1\u0085TEL:2\x0bTEL:3"


@pytest.fixture
def make_reference() -> Iterator[Callable[[str], Reference]]:
    """Give what a format may look up in the bundled catalogue, in one language, which everything said then follows."""
    with open_catalogue() as connection:

        def make(language: str) -> Reference:
            locale.activate(["--locale", language], os.environ)
            return Reference(
                language,
                read_words(connection, language),
                read_municipalities(connection),
                lambda resource: read_changes_of(connection, resource),
                read_meta(connection)["data_version"],
                read_resources(connection, read_urgent_ids(connection)),
            )

        yield make


@pytest.fixture
def reference(make_reference: Callable[[str], Reference]) -> Reference:
    return make_reference("fr")


@pytest.fixture(scope="session")
def every_resource() -> list[Resource]:
    with open_catalogue() as connection:
        return read_resources(connection, read_ids(connection, all_statuses=True))


@pytest.fixture
def resource(every_resource: list[Resource]) -> Callable[[str], Resource]:
    return lambda identifier: next(found for found in every_resource if found.id == identifier)


@pytest.fixture(scope="session")
def hostile(every_resource: list[Resource]) -> list[Resource]:
    """A resource of which every text wants to be obeyed, one whose name is a card, one that is too long, one that is nearly empty."""
    text = HOSTILE + CARD
    whole = Resource(
        id="x y\"><script>", name=text, kind=text, status="active", confidence="low", alternate_names=(text, ",;\\"),
        descriptions={"nl": f"1. {text}\n\n# {text}\n    - {text}"}, audiences=(text, "everyone"), min_age=12, needs=(text,), offers=(text,),
        channels=(text,), languages=(text, "fr"), cost=text, areas=("nis:62063", text, "province:nowhere"), area_note=text,
        addresses=(Address(text, text, text, "62063"), Address("Rue Secrète 1", "4000", "Liège", "62063", confidential=True)),
        phones=(Phone("+3243421212", text, text, text, text), Phone("tel:\r\n1", text), Phone("107", label=text)),
        email="a@b.be\r\nTEL:1", url="javascript:alert(1)//\"><script>", hours=text, checked_on=text, changed_on=text, source_date=text,
        sources=(Source(text, text),), notes=text,
    )  # fmt: skip
    return [
        whole,
        replace(whole, id="second", name="BEGIN:VCARD", url='https://a.be/"><script>\r\nx)<b>\\ é', email='"x" <a@b.be>', areas=()),
        replace(whole, id="long", name="é—😀," * 2500, descriptions={"fr": "x" * 10_000}, areas=("nis:62063",)),
        Resource(id="bare", name="-", kind="service"),
    ]
