"""A copy of the facts as a SQLite database for others, with plain tables that Datasette and sqlite-utils open as they are.

Unlike the catalogue's own file it holds no journal and no search tables of `ht`, no confidential address, and lists
stand as JSON arrays, which Datasette turns into facets. What is made of the facts (who serves a town) stands in tables
and not in views, so that each page of each answers at once. The tables are described in docs/formats.md.
"""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from ht_cli import __version__
from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, NETWORKS, Municipality, Resource
from ht_cli.search.text import key
from ht_cli.shapes import Protocol
from ht_cli.wording import Words

BLOCK = 1 << 20
CREDIT = (
    "ht, catalogue of mental-health help in Belgium, CC BY 4.0. Builds on GeoNames (geonames.org, CC BY 4.0, April 2024, modified),"
    " Statbel (REFNIS, mergers of 2025, population of 2020, modified) and BeST addresses (FPS BOSA, CC BY 4.0, September 2026)."
)
_LISTS = ("needs", "offers", "audiences", "channels", "languages", "areas", "alternate_names")
_TEXTS = (
    "email", "url", "hours_osm", "successor", "closed_on", "closed_reason", "checked_on", "checked_how", "checked_by",
    "changed_on", "source_date", "confidence", "notes",
)  # fmt: skip
_PLAIN = (
    "id",
    "name",
    "kind",
    "status",
    "cost",
    "eligibility",
    "professionals_only",
    "referral_needed",
    "min_age",
    "max_age",
    "failed_tries",
)
_DESCRIPTIONS = tuple(f"description_{language}" for language in LANGUAGES)
_SPOKEN = tuple(f"{name}_{language}" for name in ("hours", "area_note") for language in LANGUAGES)
_LABELS = tuple(f"{part}_{language}" for part in ("label", "hours") for language in LANGUAGES)  # of a phone
COLUMNS = (*_PLAIN, *_DESCRIPTIONS, *_LISTS, *_SPOKEN, *_TEXTS)
_INTEGERS = ("professionals_only", "referral_needed", "min_age", "max_age", "failed_tries")
_PARTS = {  # each table: the field of a resource, then for each column the part of an entry in it
    "phone": ("phones", {name: name for name in ("number", "national", *_LABELS, "hours_osm")} | {"fax": "is_fax"}),
    "address": ("addresses", {name: name for name in ("street", "postcode", "locality", "nis")}),
    "source": ("sources", {name: name for name in ("url", "date")}),
    "fact_check": ("fact_checks", {"field": "field", "checked_on": "on", "checked_how": "how", "checked_by": "by"}),
}
_ABOUT_A_TOWN = (  # what people write beside the name of a town and which names no other, folded
    "centre", "centreville", "centrede", "villede", "communede", "commune", "ville", "centrum", "centrumvan", "stad", "stadt", "gemeente",
    "gemeentevan", "zentrum", "stadtzentrum", "gemeinde", "center", "city", "citycentre", "towncentre", "region", "environs", "omgeving",
)  # fmt: skip
_LETTERS = (*range(0x20, 0x250), *range(0x1E00, 0x1F00))  # the Latin ones
_SEARCHED = ("name", "alternate_names", *_DESCRIPTIONS)


class Reference(Protocol):
    """What is looked up: see ht_cli/exchange/reference.py."""

    @property
    def words(self) -> Words:
        """Labels of terms and names of areas."""

    @property
    def homes(self) -> Mapping[str, Municipality]:
        """Municipalities by NIS code."""

    @property
    def spellings(self) -> Callable[[], Mapping[str, str]]:
        """The folded names and postcodes of each municipality and of what lies in it, by NIS code; those of what is wider by its code."""

    @property
    def language(self) -> str:
        """The language of labels and names."""

    @property
    def released(self) -> str:
        """The version of the data."""

    @property
    def made_at(self) -> str:
        """The moment of the export where it is asked for."""


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[bytes]:
    """Give the bytes of a database. Raises CatalogueError when there is no room to make it."""
    with tempfile.TemporaryDirectory(prefix="ht-") as folder:
        path = Path(folder) / "resources.db"
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_tables()}")
                connection.execute("BEGIN")
                _write_places_and_terms(connection, reference)
                for resource in resources:
                    _write_resource(connection, resource)
                connection.execute("INSERT INTO resource_fts (resource_fts) VALUES ('rebuild')")
                for statement in _FOLLOWING:
                    connection.execute(statement)
                connection.execute("COMMIT")
                connection.executescript("ANALYZE; VACUUM;")
        except sqlite3.DatabaseError as error:
            if not getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
                raise  # what is read, and not what is written
            raise CatalogueError(_("the database cannot be made: {error}; is there room in {folder}?").format(error=error, folder=folder)) from error  # fmt: skip
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block


def _tables() -> str:
    typed = ", ".join(f"{name} {'INTEGER' if name in _INTEGERS else 'TEXT'}" for name in COLUMNS[1:])
    names = ", ".join(f"name_{language} TEXT" for language in LANGUAGES)
    parts = "".join(
        f"CREATE TABLE {table} (resource TEXT NOT NULL REFERENCES resource(id), {' TEXT, '.join(columns)} TEXT);"
        f"CREATE INDEX {table}_of_resource ON {table} (resource);"
        for table, (_field, columns) in _PARTS.items()
    )
    return (
        "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);"
        "CREATE TABLE term (kind TEXT, id TEXT, label TEXT, PRIMARY KEY (kind, id));"
        "CREATE TABLE area (code TEXT PRIMARY KEY, name TEXT);"
        f"CREATE TABLE municipality (nis TEXT PRIMARY KEY, name TEXT, {names}, province TEXT,"
        " region TEXT, languages TEXT, facilities TEXT, latitude REAL, longitude REAL, network_adult TEXT REFERENCES resource(id),"
        " network_youth TEXT REFERENCES resource(id));"
        "CREATE TABLE town_spelling (spelling TEXT, nis TEXT REFERENCES municipality(nis), PRIMARY KEY (spelling, nis)) WITHOUT ROWID;"
        "CREATE TABLE beside_town (spelling TEXT, code TEXT, PRIMARY KEY (spelling, code)) WITHOUT ROWID;"
        "CREATE TABLE letter (letter TEXT PRIMARY KEY, plain TEXT, digit TEXT) WITHOUT ROWID;"
        "CREATE TABLE resource_term (resource TEXT REFERENCES resource(id), kind TEXT, term TEXT, label TEXT, PRIMARY KEY (resource, kind, term))"
        " WITHOUT ROWID; CREATE INDEX resource_with ON resource_term (kind, term);"
        "CREATE TABLE resource_area (resource TEXT REFERENCES resource(id), area TEXT REFERENCES area(code), name TEXT,"
        " PRIMARY KEY (resource, area)) WITHOUT ROWID; CREATE INDEX resource_in ON resource_area (area);"
        "CREATE TABLE serves (nis TEXT REFERENCES municipality(nis), resource TEXT REFERENCES resource(id), PRIMARY KEY (nis, resource))"
        " WITHOUT ROWID;"
        f"CREATE TABLE resource (id TEXT PRIMARY KEY, {typed}); {parts}"
        "CREATE INDEX address_in ON address (nis); CREATE INDEX resource_kind ON resource (kind);"
        f"CREATE VIRTUAL TABLE resource_fts USING fts5 ({', '.join(_SEARCHED)}, content=[resource], tokenize = 'unicode61 remove_diacritics 2');"
    )


_TERMS_LISTED = " UNION ALL ".join(
    f"SELECT resource.id AS resource, '{kind}' AS kind, value AS term FROM resource, json_each(resource.{kind})" for kind in _LISTS[:5]
)
_AREAS_OF_A_TOWN = """
    SELECT nis, 'nis:' || nis AS area FROM municipality UNION SELECT nis, 'province:' || province FROM municipality
    UNION SELECT nis, 'region:' || region FROM municipality UNION SELECT nis, 'country:be' FROM municipality
    UNION SELECT nis, 'community:' || value FROM municipality, json_each(languages)
    UNION SELECT nis, 'community:' || value FROM municipality, json_each(facilities)
"""
_FOLLOWING = (  # what follows from the facts, once they are all there
    f"""INSERT OR IGNORE INTO resource_term SELECT resource, listed.kind, listed.term, label FROM ({_TERMS_LISTED}) AS listed
    LEFT JOIN term ON term.kind = listed.kind AND term.id = listed.term""",
    """INSERT OR IGNORE INTO resource_area SELECT resource.id, listed.value, area.name FROM resource, json_each(resource.areas) AS listed
    LEFT JOIN area ON area.code = listed.value""",
    f"""INSERT OR IGNORE INTO serves SELECT town.nis, resource.id FROM ({_AREAS_OF_A_TOWN}) AS town
    JOIN resource_area ON resource_area.area = town.area JOIN resource ON resource.id = resource_area.resource
    WHERE resource.kind IN {NETWORKS} OR resource.email <> '' OR resource.url <> ''
        OR resource.id IN (SELECT resource FROM phone UNION SELECT resource FROM address WHERE street <> '')
    ORDER BY town.nis, resource.id""",
    "CREATE INDEX served_by ON serves (resource)",
)


def _write_places_and_terms(connection: sqlite3.Connection, reference: Reference) -> None:
    about = {"credit": CREDIT, "data_version": reference.released, "language": reference.language, "made_by": f"ht {__version__}"}
    if reference.made_at:
        about["made_at"] = reference.made_at
    connection.executemany("INSERT INTO about VALUES (?,?)", sorted(about.items()))
    words = reference.words
    connection.executemany("INSERT INTO term VALUES (?,?,?)", [(kind, term, label) for (kind, term), label in sorted(words.labels.items())])
    wide = (
        "country:be",
        *(f"region:{slug}" for slug in ("brussels", "flanders", "wallonia")),
        *(f"community:{code}" for code in ("de", "fr", "nl")),
    )
    connection.executemany("INSERT INTO area VALUES (?,?)", [(code, words.area(code)) for code in sorted({*wide, *words.areas})])
    connection.executemany(
        f"INSERT INTO municipality VALUES ({','.join('?' * (10 + len(LANGUAGES)))})",
        [
            (
                home.nis, home.names[reference.language], *(home.names[code] for code in LANGUAGES), home.province, home.region,
                _array(home.languages), _array(home.facilities), home.latitude, home.longitude,
                home.network_adult or None, home.network_youth or None,
            )
            for _nis, home in sorted(reference.homes.items())
        ],
    )  # fmt: skip
    spelt = sorted((spelling, code) for code, spellings in reference.spellings().items() for spelling in spellings.split())
    connection.executemany("INSERT INTO town_spelling VALUES (?,?)", [row for row in spelt if ":" not in row[1]])
    beside = [row for row in spelt if ":" in row[1]] + [(word, "") for word in _ABOUT_A_TOWN]
    connection.executemany("INSERT INTO beside_town VALUES (?,?)", beside)
    plain = [(letter, key(letter)) for letter in map(chr, _LETTERS) if key(letter)]
    rows = [(letter, "", folded) if folded.isdecimal() else (letter, folded, "") for letter, folded in plain]
    connection.executemany("INSERT INTO letter VALUES (?,?,?)", rows)


def _write_resource(connection: sqlite3.Connection, resource: Resource) -> None:
    plain = [getattr(resource, name) for name in _PLAIN]
    described = [resource.descriptions.get(language) for language in LANGUAGES]
    lists = [_array(getattr(resource, name)) for name in _LISTS]
    spoken = [_part(resource, name) for name in _SPOKEN]
    texts = [getattr(resource, name) or None for name in _TEXTS]
    row = (*plain, *described, *lists, *spoken, *texts)
    connection.execute(f"INSERT INTO resource VALUES ({','.join('?' * len(COLUMNS))})", row)
    for table, (field, columns) in _PARTS.items():
        rows = [
            (resource.id, *(_part(entry, part) for part in columns.values()))
            for entry in getattr(resource, field)
            if not getattr(entry, "confidential", False)
        ]
        connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * (len(columns) + 1))})", rows)


def _part(entry: Any, name: str) -> Any:
    """Give a part of an entry, of a text with a version in each language the one that the column names."""
    field, _mark, language = name.rpartition("_")
    versions = getattr(entry, field, None) if language in LANGUAGES else None
    return (getattr(entry, name) if versions is None else versions.get(language)) or None


def _array(values: Sequence[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
