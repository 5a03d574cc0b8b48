"""The search tables of places: every name of every municipality, locality, province, region and town abroad."""

import sqlite3
from collections.abc import Iterable

from ht_cli.catalogue.sources import Sources
from ht_cli.model import LANGUAGES
from ht_cli.search.text import fold, key, umlaut_spelling

_SAINTS = {"saint", "sint", "sankt", "st"}, {"sainte", "ste", "sankta"}


def index_places(connection: sqlite3.Connection, sources: Sources) -> None:
    """Write every place one can name: municipalities, localities, postcodes, provinces, regions, abroad."""
    places: list[tuple[object, ...]] = []
    forms: dict[tuple[str, str, str], str] = {}
    municipalities = {row["nis"]: row for row in sources.municipalities}

    def add(code: str, name: str, kind: str, row: dict[str, str], names: Iterable[str], *, country: str = "be") -> None:
        identifier = len(places) + 1
        places.append((
            identifier, code, name, kind, row.get("nis", ""), row.get("province", ""), row.get("region", ""), row.get("language", ""),
            float(row.get("lat") or 0), float(row.get("lon") or 0), int(row.get("population") or 0), country,
        ))  # fmt: skip
        for one in (name, *names):
            for spelling in sorted(place_spellings(one)):
                forms.setdefault((spelling, "abroad" if country != "be" else "place", str(identifier)), one)

    for row in sources.municipalities:
        names = [row[f"name_{language}"] for language in LANGUAGES] + row["aliases"].split(";")
        names += [old[f"old_name_{language}"] for old in sources.former if old["nis"] == row["nis"] for language in ("fr", "nl")]
        if row["nis"] != "21004":  # Bruxelles alone is asked as the region: people live in any of its nineteen
            add(f"nis:{row['nis']}", row["name"], "municipality", row, [*names, *row["postcodes"].split(";")])
        else:
            add(
                f"nis:{row['nis']}",
                row["name"],
                "municipality",
                row,
                [n for n in row["aliases"].split(";") if n != "BXL"] + row["postcodes"].split(";"),
            )
            forms = {k: v for k, v in forms.items() if k[0] != "bruxelles"}
    own = {(spelling, municipality) for (spelling, _, number) in forms for municipality in [str(places[int(number) - 1][4])]}
    for number, row in enumerate(sources.localities):
        home = municipalities[row["nis"]]
        names = [row["display"], row["locality"], row["name_fr"], row["name_nl"], row["name_de"], *row["aliases"].split(";")]
        fresh = [
            n for n in names if n and not any((s, row["nis"]) in own for s in place_spellings(n)) and key(n) not in ("bruxelles", "brussel")
        ]
        if fresh:
            add(f"locality:{number}", fresh[0], "locality", {**home, "lat": row["lat"], "lon": row["lon"], "population": "0"}, fresh)
    for row in sources.provinces:
        names = [row[f"name_{language}"] for language in LANGUAGES]
        if row["province"] == "brussels":
            continue
        prefixed = [
            f"{prefix} {n}"
            for n in names
            for prefix in ("province de", "province du", "provincie", "provinz", "prov", "province of", "province d")
        ]
        prefixed += [f"{n} province" for n in names] + ["BW"] * (row["province"] == "walloon-brabant")
        add(f"province:{row['province']}", row["name_fr"], "province", {**row, "nis": ""}, [*names, *prefixed])
    for region, language, names in _REGIONS:
        add(f"region:{region}", names[0], "region", {"region": region, "language": language, "population": "1200000"}, names)
    add(
        "community:de",
        "Ostbelgien",
        "region",
        {"language": "de"},
        [
            "communauté germanophone",
            "cantons de l'est",
            "Duitstalige Gemeenschap",
            "oostkantons",
            "deutschsprachige gemeinschaft",
            "DG",
            "East Belgium",
            "belgique germanophone",
        ],
    )
    add(
        "country:be",
        "Belgique",
        "country",
        {},
        ["België", "Belgien", "Belgium", "toute la belgique", "heel België", "ganz Belgien", "partout en belgique"],
    )
    short_names = _add_short_names(places, forms)
    taken = {spelling for spelling, _, _ in forms}
    for row in sources.abroad:
        names = [n for n in (row["name"], *row["aliases"].split(";")) if n and key(n) not in taken]
        if names:
            add(f"abroad:{row['country']}:{key(row['name'])}", row["name"], "abroad", {}, names, country=row["country"].lower())
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
    # A word of which people also mean something else is only taken for a town where the question says so.
    risky = sources.ordinary_words | short_names
    country = next(str(number) for number, code, *_ in places if code == "country:be")  # "Essen Belgien" asks about Essen
    concepts = {k for (k,) in connection.execute("SELECT key FROM form WHERE kind NOT IN ('before', 'between')")}
    connection.executemany(
        "INSERT OR IGNORE INTO form VALUES (?,?,?,?,?)",
        [(k, kind, ref, shown, int(k in risky or k in concepts or ref == country)) for (k, kind, ref), shown in forms.items()],
    )


def _add_short_names(places: list[tuple[object, ...]], forms: dict[tuple[str, str, str], str]) -> set[str]:
    """Let a municipality be called by what stands before its hyphen (Marche, Ottignies) where no other place is; give those keys."""
    taken = {spelling for spelling, _, _ in forms}
    short: dict[str, list[int]] = {}
    for identifier, _code, name, kind, *_rest in places:
        if kind == "municipality" and "-" in str(name):
            short.setdefault(key(str(name).split("-")[0]), []).append(int(str(identifier)))
    added = {spelling for spelling, owners in short.items() if len(owners) == 1 and spelling not in taken and len(spelling) > 3}
    for spelling in added:
        forms[spelling, "place", str(short[spelling][0])] = str(places[short[spelling][0] - 1][2])
    return added


_REGIONS = (
    ("brussels", "fr;nl", ["Bruxelles", "Brussel", "Brüssel", "Brussels", "BXL", "Bruxelles-Capitale", "région bruxelloise", "Région de Bruxelles-Capitale", "Brussels Gewest", "Brussels Hoofdstedelijk Gewest", "Region Brüssel-Hauptstadt", "Brussels-Capital Region"]),
    ("wallonia", "fr", ["Wallonie", "Wallonië", "Wallonien", "Wallonia", "région wallonne"]),
    ("flanders", "nl", ["Vlaanderen", "Flandre", "Flandern", "Flanders", "Flandres", "Vlaams Gewest", "région flamande"]),
)  # fmt: skip


def place_spellings(name: str) -> set[str]:
    """Give the keys under which a name is found: as it is, umlauts spelt out, saints written every way."""
    spellings = {fold(name), umlaut_spelling(name)}
    for group in _SAINTS:
        for spelling in list(spellings):
            words = spelling.split()
            for position, word in enumerate(words):
                if word in group:
                    spellings |= {" ".join([*words[:position], other, *words[position + 1 :]]) for other in group}
    return {spelling.replace(" ", "") for spelling in spellings if spelling}
