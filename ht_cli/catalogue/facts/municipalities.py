"""Reads municipalities out of an open catalogue: their facts, names, networks, and what names them as its area."""

import sqlite3
from collections.abc import Sequence

from ht_cli.model import LANGUAGES, Municipality, Place


def read_municipality(connection: sqlite3.Connection, nis: str) -> Municipality | None:
    """Give the municipality of a NIS code in force."""
    return read_municipalities(connection, nis).get(nis)


def read_municipalities(connection: sqlite3.Connection, nis: str = "") -> dict[str, Municipality]:
    """Give every municipality by its NIS code, or the one of a code."""
    rows = connection.execute(
        "SELECT nis, name, name_fr, name_nl, name_de, name_en, postcodes, province, region, languages, facilities, latitude, longitude,"
        " population, network_adult, network_adult_confidence, network_youth FROM municipality WHERE ? IN ('', nis) ORDER BY nis",
        (nis,),
    )
    found = {}
    for row in rows:
        names = dict(zip(LANGUAGES, row[2:6], strict=True))
        postcodes, languages, facilities = (tuple(filter(None, row[column].split(";"))) for column in (6, 9, 10))
        found[row[0]] = Municipality(row[0], row[1], names, postcodes, row[7], row[8], languages, facilities, *row[11:])
    return found


def areas_around(home: Municipality) -> set[str]:
    """Give the codes of the areas in which a municipality lies, itself among them: whatever serves one of them serves it."""
    communities = {f"community:{language}" for language in home.helped_in}
    return {"country:be", f"nis:{home.nis}", f"province:{home.province}", f"region:{home.region}", *communities}


def read_networks(connection: sqlite3.Connection, place: Place) -> dict[str, dict[str, int]]:
    """Count, for the adult and the youth networks, how many municipalities of the place each serves."""
    column, value = ("nis", place.nis) if place.nis else ("province", place.province) if place.province else ("region", place.region)
    networks: dict[str, dict[str, int]] = {}
    for layer in ("adult", "youth"):
        rows = connection.execute(
            f"SELECT network_{layer}, COUNT(*) FROM municipality WHERE {column} = ? GROUP BY 1 ORDER BY 2 DESC, 1", (value,)
        )
        networks[layer] = dict(rows)
    return networks


def read_areas(connection: sqlite3.Connection, languages: Sequence[str]) -> dict[str, str]:
    """Name the areas of the codes: `nis:62063` → Liège, in the first of the languages."""
    language = languages[0]
    names = {f"nis:{nis}": name for nis, name in connection.execute(f"SELECT nis, name_{language} FROM municipality")}
    return names | {f"province:{slug}": name for slug, name in connection.execute(f"SELECT slug, name_{language} FROM province")}


def read_municipality_names(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Give the names of every municipality in the four languages, by NIS code, in alphabetical order."""
    rows = connection.execute("SELECT nis, name_fr, name_nl, name_de, name_en FROM municipality ORDER BY name")
    return {nis: dict(zip(LANGUAGES, names, strict=True)) for nis, *names in rows}
