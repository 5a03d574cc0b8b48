"""Resources that make trouble, catalogues that hold them, and what LibreOffice reads in a file."""

import csv
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ht_cli import locale
from ht_cli.catalogue.facts.municipalities import read_municipalities
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_meta, read_resources, read_urgent_ids
from ht_cli.catalogue.facts.storing import write_resource
from ht_cli.catalogue.index.finder import findable, read_finder
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.catalogue.keeping.journal import read_changes_of
from ht_cli.exchange.reference import Reference
from ht_cli.model import Address, Phone, Resource, Source
from tests.conftest import BUNDLED, program

Catalogue = Callable[..., Path]
Spreadsheet = Callable[..., dict[str, list[list[str]]]]

# Everything that may stand in a text and that some format could trip over.
TRICKY = Resource(
    id="tricky-text",
    name='=1+1 "quoted"; semi, comma, é <script>alert(1)</script> [b]x[/b] :heart:',
    kind="service",
    confidence="low",
    alternate_names=("; | \\", " a space before and after ", "'=2+2", "''0800", "+32"),
    descriptions={"fr": "Une ligne,\nune autre ; « fin »\ttabulation\u2028encore\u200dliés", "nl": "'=HYPERLINK(\"http://x.be\")", "de": "'@x", "en": "-1"},
    audiences=("adults", "everyone"),
    needs=("burnout",),
    languages=("fr", "nl"),
    areas=("nis:62063", "province:liege"),
    area_note={"fr": "0800 11 111", "nl": "[fr] \\[nl] "},
    addresses=(Address("Rue de la Paix 1; bte 2|3", "4000", "Liège", "62063"), Address("", "", "", "62063")),
    phones=(Phone("+3243421212", "04 342 12 12", {"fr": "accueil|jour; nuit\\", "de": " [en] x "}, {"nl": "8–9; 10–11"}), Phone("107", "107", {}, {}, "24/7")),
    email="a@b.be",
    url="https://example.be/?q=é",
    hours={"fr": "1E5", "en": "=1+1"},
    hours_osm="Mo-Fr 09:00-17:00; PH off",
    source_date="2026-08",
    sources=(Source("https://example.be/a|b;c", "2026-08"), Source("https://example.be/")),
    notes="  spaces around and 2026-08-10  ",
)  # fmt: skip

# What no text may hold, as only another program could have written it.
HOSTILE = Resource(
    id="hostile-text",
    name="<script>alert(1)</script>\x1b[31mred\x07 \u202egnp.exe BEGIN:VCARD\nEND:VCARD \x00 ]]> -->",
    kind="service",
    confidence="low",
    alternate_names=('=HYPERLINK("http://evil.example","x")', "\u2066isolated\u2069", "\ufffe"),
    descriptions={
        "fr": "x" * 10_000,
        "nl": "</style><img src=x onerror=alert(1)>\x1b]8;;http://evil.example\x1b\\",
        "en": "_x001B_ _x000D_",
    },
    audiences=("everyone",),
    languages=("fr",),
    areas=("nis:62063",),
    addresses=(Address("Secret street 1", "4000", "Liège", "62063", confidential=True), Address("=1+1 <b>", "4000", "Li\rège", "62063")),
    phones=(Phone("+3243421212", "04 342 12 12", {"fr": "@SUM(1)\x9b"}),),
    url="https://example.be/",
    notes="\x85 next line, \x7f delete",
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """Give a catalogue of the user's own that holds these resources too; what no text may hold is in it."""

    def make(*resources: Resource) -> Path:
        path = tmp_path / "own.db"
        shutil.copy(BUNDLED, path)
        connection = sqlite3.connect(path)
        with connection:
            for number, resource in enumerate(resources, 10_000):
                write_resource(connection, number, resource)
        connection.close()
        return path

    return make


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Spreadsheet:
    """Read each sheet of a file through LibreOffice: the cells that a person would see, line by line."""

    def read(path: Path) -> dict[str, list[list[str]]]:
        folder = tmp_path / "read"
        command = [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
        if path.suffix == ".csv":
            command.append("--infilter=Text - txt - csv (StarCalc):59,34,76,1")
        command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"]
        command += ["--outdir", str(folder), str(path)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        sheets = {}
        for written in sorted(folder.glob("*.csv")):
            with written.open(encoding="utf-8", newline="") as file:
                sheets[written.stem.removeprefix(f"{path.stem}-")] = list(csv.reader(file))
        return sheets

    return read


HOSTILE_TEXT = (
    '\x1b[31m<script>alert(1)</script> =HYPERLINK("x") \u202eevil\u202c ]]> --> &amp; {{ x }} | * _ ` # [a](javascript:x) \x00\ud800'
)
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
                finder=lambda: read_finder(connection),
                findable=findable,
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
    text = HOSTILE_TEXT + CARD
    whole = Resource(
        id="x y\"><script>", name=text, kind=text, status="active", confidence="low", alternate_names=(text, ",;\\"),
        descriptions={"nl": f"1. {text}\n\n# {text}\n    - {text}"}, audiences=(text, "everyone"), min_age=12, needs=(text,), offers=(text,),
        channels=(text,), languages=(text, "fr"), cost=text, areas=("nis:62063", text, "province:nowhere"), area_note={"nl": text},
        addresses=(Address(text, text, text, "62063"), Address("Rue Secrète 1", "4000", "Liège", "62063", confidential=True)),
        phones=(Phone("+3243421212", text, {"nl": text}, {"fr": text}, text), Phone("tel:\r\n1", text), Phone("107", label={"fr": text})),
        email="a@b.be\r\nTEL:1", url="javascript:alert(1)//\"><script>", hours={"fr": text}, checked_on=text, changed_on=text, source_date=text,
        sources=(Source(text, text),), notes=text,
    )  # fmt: skip
    return [
        whole,
        whole._replace(id="second", name="BEGIN:VCARD", url='https://a.be/"><script>\r\nx)<b>\\ é', email='"x" <a@b.be>', areas=()),
        whole._replace(id="long", name="é—😀," * 2500, descriptions={"fr": "x" * 10_000}, areas=("nis:62063",)),
        Resource(id="bare", name="-", kind="service"),
    ]
