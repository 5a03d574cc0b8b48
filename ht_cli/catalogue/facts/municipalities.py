"""Reads municipalities out of an open catalogue: their facts, names, networks, and what names them as its area."""

import sqlite3
from collections.abc import Mapping

from ht_cli.model import LANGUAGES, Municipality, Place


def read_municipality(connection: sqlite3.Connection, nis: str) -> Municipality | None:
    """Give the municipality of a NIS code in force."""
    return read_municipalities(connection, nis).get(nis)


def read_municipalities(connection: sqlite3.Connection, nis: str = "") -> dict[str, Municipality]:
    """Give every municipality by its NIS code, or the one of a code."""
    rows = connection.execute(
        "SELECT nis, name, postcodes, province, region, languages, facilities, latitude, longitude, population,"
        " network_adult, network_adult_confidence, network_youth FROM municipality WHERE ? IN ('', nis) ORDER BY nis",
        (nis,),
    )
    names = _read_names(connection, nis)
    found = {}
    for row in rows:
        postcodes, languages, facilities = (tuple(filter(None, row[column].split(";"))) for column in (2, 5, 6))
        found[row[0]] = Municipality(
            row[0], row[1], _called(row[0], row[1], names), postcodes, row[3], row[4], languages, facilities, *row[7:]
        )
    return found


def _read_names(connection: sqlite3.Connection, nis: str = "") -> dict[str, dict[str, str]]:
    """Give by language and code what areas, or the municipality of a NIS code, are called beside the names that they have anyway."""
    names: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    rows = connection.execute("SELECT language, code, name FROM place_name WHERE ? IN ('', code)", (nis and f"nis:{nis}",))
    for language, code, name in rows:
        if language in names:
            names[language][code] = name
    return names


def _called(nis: str, name: str, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Give what a municipality is called in each language: its name, where a language has none of its own for it."""
    return {language: others.get(f"nis:{nis}", name) for language, others in names.items()}


def areas_around(home: Municipality) -> set[str]:
    """Give the codes of the areas in which a municipality lies, itself among them: whatever serves one of them serves it."""
    communities = {f"community:{language}" for language in home.helped_in}
    return {"country:be", f"nis:{home.nis}", f"province:{home.province}", f"region:{home.region}", *communities}


def homes_in(place: Place) -> tuple[str, tuple[str, ...]]:
    """Give, as a query of SQLite with its values, the NIS codes of the municipalities that a place is in or holds."""
    if place.holds:
        return ",".join("?" * len(place.holds)), place.holds
    column, value = ("nis", place.nis) if place.nis else ("province", place.province) if place.province else ("region", place.region)
    return f"SELECT nis FROM municipality WHERE {column} = ?", (value,)


def read_networks(connection: sqlite3.Connection, place: Place) -> dict[str, dict[str, int]]:
    """Count, for the adult and the youth networks, how many municipalities of the place each serves."""
    homes, values = homes_in(place)
    networks: dict[str, dict[str, int]] = {}
    for layer in ("adult", "youth"):
        rows = connection.execute(
            f"SELECT network_{layer}, COUNT(*) FROM municipality WHERE nis IN ({homes}) GROUP BY 1 ORDER BY 2 DESC, 1", values
        )
        networks[layer] = dict(rows)
    return networks


def read_areas(connection: sqlite3.Connection, language: str) -> dict[str, str]:
    """Name the areas of the codes in one language: `nis:62063` → Liège."""
    names = {f"nis:{nis}": name for nis, name in connection.execute("SELECT nis, name FROM municipality")}
    names.update(connection.execute("SELECT code, name FROM place WHERE kind = 'district'"))
    names.update(connection.execute("SELECT code, name FROM place_name WHERE language = ?", (language,)))
    return names


def read_municipality_names(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Give the names of every municipality in each language, by NIS code, in alphabetical order."""
    names = _read_names(connection)
    rows = connection.execute("SELECT nis, name FROM municipality ORDER BY name")
    return {nis: _called(nis, name, names) for nis, name in rows}
