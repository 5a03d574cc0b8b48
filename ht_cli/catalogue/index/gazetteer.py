"""The search tables of places: every name of every municipality, locality, quarter, district, province, region and town abroad."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING

from ht_cli.catalogue.index.indexing import write_forms
from ht_cli.model import LANGUAGES
from ht_cli.search.text import fold, key, umlaut_spelling

if TYPE_CHECKING:
    from ht_cli.catalogue.release.sources import Sources

CITY_OF_BRUSSELS = "21004"  # "Bruxelles" alone is asked as the region: people live in any of its nineteen
_SAINTS = {"saint", "sint", "sankt", "st"}, {"sainte", "ste", "sankta"}
_SPOKEN_IN = {"flanders": "nl", "wallonia": "fr"}
MOST_OF_ONE_HALF = 4  # places that share the first half of their name: Braine-l'Alleud, -le-Comte, -le-Château
SHORTEST_HALF_OF_A_VILLAGE = 6  # letters: Houdeng, Marchienne
_ARTICLES = frozenset(("la", "le", "les", "l", "de", "het", "t", "s"))  # people drop them, and lists put them behind
_PROVINCE_MARKS = {  # by which postal lists tell places of one name apart: Machelen (O.-Vl.)
    "antwerp": ("Antw.",), "east-flanders": ("O.-Vl.", "Oost-Vl."), "west-flanders": ("W.-Vl.", "West-Vl."),
    "flemish-brabant": ("Bt.", "Br.", "Vl.-Br."), "walloon-brabant": ("Bt.", "Br.", "Br. w."), "hainaut": ("Ht.", "Hain."),
    "liege": ("Lg.",), "limburg": ("Limb.", "Lb."), "luxembourg": ("Lux.",), "namur": ("Nam.", "Nr."), "brussels": ("Brux.", "Brus."),
}  # fmt: skip


class _Gazetteer:
    """The rows of the tables `place` and `form` while they are gathered."""

    def __init__(self, sources: "Sources") -> None:
        self.sources = sources
        self.homes = {row["nis"]: row for row in sources.municipalities}
        self.places: list[tuple[object, ...]] = []
        self.forms: dict[tuple[str, str, int], str] = {}  # (spelling, kind, place) → as it is written
        self.numbers: dict[str, int] = {}  # of places by their codes
        self.called: dict[int, list[str]] = {}  # the names of places by their numbers

    def add(self, code: str, name: str, kind: str, row: Mapping[str, str], names: Iterable[str] = (), *, country: str = "be") -> None:
        """Add a place, or more names of one that is there."""
        if code not in self.numbers:
            self.numbers[code] = len(self.places) + 1
            self.places.append((
                self.numbers[code], code, name, kind, row.get("nis", ""), row.get("province", ""), row.get("region", ""),
                _languages(row), float(row.get("lat") or 0), float(row.get("lon") or 0), int(row.get("population") or 0), country,
            ))  # fmt: skip
        for one in (name, *names):
            if one:
                self._call(self.numbers[code], one, "place" if country == "be" else "abroad")

    def _call(self, number: int, name: str, kind: str = "place") -> None:
        self.called.setdefault(number, []).append(name)
        for spelling in sorted(place_spellings(name)):
            self.forms.setdefault((spelling, kind, number), name)

    def add_municipalities(self) -> None:
        """Add each with its names in four languages, those of what was merged into it, and its postcodes."""
        for row in self.homes.values():
            names = [*row["aliases"].split(";"), *row["postcodes"].split(";")]
            if row["nis"] != CITY_OF_BRUSSELS:
                names += [row[f"name_{language}"] for language in LANGUAGES]
            names += [old[f"old_name_{language}"] for old in self.sources.former if old["nis"] == row["nis"] for language in ("fr", "nl")]
            self.add(f"nis:{row['nis']}", row["name"], "municipality", row, (n for n in names if n != "BXL"))
        city = self.numbers[f"nis:{CITY_OF_BRUSSELS}"]
        self.forms = {form: shown for form, shown in self.forms.items() if form[0] != "bruxelles" or form[2] != city}

    def add_localities(self) -> None:
        """Add each by the names that its municipality does not have itself; then quarters and villages without a postcode of their own."""
        own = {(spelling, str(self.places[number - 1][4])) for spelling, _kind, number in self.forms}
        for row in self.sources.localities:
            names = [row["display"], row["locality"], row["name_fr"], row["name_nl"], row["name_de"], *row["aliases"].split(";")]
            fresh = [name for name in names if key(name) not in ("", "bruxelles", "brussel") and not self._had(name, row["nis"], own)]
            if fresh:
                self.add(_code("locality", row, fresh[0]), fresh[0], "locality", self._inside(row), fresh)
        for row in self.sources.quarters:
            names = [row["name"], *row["aliases"].split(";")]
            self.add(_code("quarter", row, row["name"]), row["name"], "locality", self._inside(row), names)

    def _had(self, name: str, nis: str, own: set[tuple[str, str]]) -> bool:
        return any((spelling, nis) in own for spelling in place_spellings(name))

    def _inside(self, row: Mapping[str, str]) -> dict[str, str]:
        home = self.homes[row["nis"]]
        return {**home, "lat": row.get("lat") or home["lat"], "lon": row.get("lon") or home["lon"], "population": "0"}

    def add_districts(self) -> None:
        """Add the regions that people name and no law does, with the municipalities that they hold."""
        for row in self.sources.districts:
            homes = [self.homes[nis] for nis in row["nis"].split(";")]
            shared = {field: _one_of({home[field] for home in homes}) for field in ("province", "region", "language")}
            facilities = ";".join(sorted({home["language"] for home in homes})) if not shared["language"] else ""
            self.add(
                _district_code(row),
                row["name"],
                "district",
                {**shared, "facilities": facilities, "nis": row["nis"]},
                row["aliases"].split(";"),
            )

    def add_provinces(self) -> None:
        """Add each by its names, and with the word "province" in front."""
        for row in self.sources.provinces:
            if row["province"] == "brussels":
                continue
            names = [row[f"name_{language}"] for language in LANGUAGES]
            prefixes = ("province de", "province du", "provincie", "provinz", "prov", "province of", "province d")
            names += [f"{prefix} {name}" for prefix in prefixes for name in names] + [f"{name} province" for name in names]
            names += ["BW"] * (row["province"] == "walloon-brabant")
            spoken = {"language": _SPOKEN_IN[row["region"]], "facilities": "de" if row["province"] == "liege" else ""}
            self.add(f"province:{row['province']}", row["name_fr"], "province", {**row, **spoken, "nis": ""}, names)

    def add_regions(self) -> None:
        """Add the regions, the German-speaking Community and the country."""
        for region, language, names in _REGIONS:
            self.add(f"region:{region}", names[0], "region", {"region": region, "language": language, "population": "1200000"}, names)
        self.add("community:de", "Ostbelgien", "region", {"language": "de"}, _EAST_BELGIUM)
        self.add("country:be", "Belgique", "country", {}, _BELGIUM)

    def add_marked_homonyms(self) -> None:
        """Let places of one name be told apart as postal lists do: Machelen (O.-Vl.), Arbre (Ht.)."""
        homes: dict[str, set[object]] = defaultdict(set)
        for spelling, _kind, number in self.forms:
            homes[spelling].add(self.places[number - 1][4])
        for number, names in list(self.called.items()):
            marks = _PROVINCE_MARKS.get(str(self.places[number - 1][5]), ()) if self.places[number - 1][4] else ()
            for name in dict.fromkeys(names):
                if len(homes[key(name)] - {""}) > 1 and not name.isdigit():
                    for mark in marks:
                        self._call(number, f"{name} ({mark})")

    def add_short_names(self, words: Collection[str]) -> set[str]:
        """Let a place be called without its article (Louvière, Roeulx), or by its first half (Rhode, Sint-Genesius, Braine, Marchienne).

        Only where no other place is called so whole; a half that few places share is a homonym of theirs, and the half of a village
        that is a word of some language (`words`) is none. Gives these spellings.
        """
        taken = {spelling for spelling, _kind, _number in self.forms}
        owners: dict[str, set[int]] = defaultdict(set)
        shown: dict[str, str] = {}
        for number, names in self.called.items():
            for name in names:
                for spelling in {spelling for short in self._shortened(number, name, words) for spelling in place_spellings(short)}:
                    owners[spelling].add(number)
                    shown.setdefault(spelling, name)
        added = {short for short, numbers in owners.items() if len(numbers) <= MOST_OF_ONE_HALF and short not in taken and len(short) > 3}
        for short in sorted(added):
            for number in sorted(owners[short]):
                self.forms[short, "place", number] = shown[short]
        return added

    def _shortened(self, number: int, name: str, words: Collection[str]) -> Iterator[str]:
        kind, official = self.places[number - 1][3], self.places[number - 1][2]
        article, _space, rest = fold(name).partition(" ")
        if kind in ("municipality", "locality") and article in _ARTICLES and rest:
            yield rest
        if name != official or "-" not in name:
            return
        half, *others = name.split("-")
        if kind == "locality" and len(half) >= SHORTEST_HALF_OF_A_VILLAGE and fold(half) not in words:
            yield half
        if kind == "municipality" and half not in ("Saint", "Sainte", "Sint"):
            yield half
        elif kind == "municipality" and len(others) > 1:
            yield f"{half}-{others[0]}"

    def add_abroad(self) -> None:
        """Add countries, and towns abroad that are called like no place in Belgium."""
        taken = {spelling for spelling, _kind, _number in self.forms}
        for row in self.sources.abroad:
            names = [name for name in (row["name"], *row["aliases"].split(";")) if name and key(name) not in taken]
            if names:
                code = f"abroad:{row['country']}" + ("" if row["kind"] == "country" else f":{key(row['name'])}")
                self.add(code, row["name"], "abroad", {}, names, country=row["country"].lower())


def index_places(connection: sqlite3.Connection, sources: "Sources", words: Collection[str]) -> None:
    """Write every place one can name: municipalities, localities, quarters, postcodes, districts, provinces, regions, abroad.

    `words` are those that people use in one of the languages: a short name that is one of them is only taken for a town where the
    question says so.
    """
    gazetteer = _Gazetteer(sources)
    gazetteer.add_municipalities()
    gazetteer.add_localities()
    gazetteer.add_districts()
    gazetteer.add_provinces()
    gazetteer.add_regions()
    gazetteer.add_marked_homonyms()
    short_names = gazetteer.add_short_names(words)
    gazetteer.add_abroad()
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", gazetteer.places)
    # A word of which people also mean something else is only taken for a town where the question says so.
    concepts = {
        spelling
        for (spelling,) in connection.execute(
            "SELECT key FROM form JOIN meaning ON number = meaning WHERE kind NOT IN ('before', 'between')"
        )
    }
    risky = sources.ordinary_words | short_names.intersection(words) | concepts
    country = gazetteer.numbers["country:be"]  # "Essen Belgien" asks about Essen
    write_forms(
        connection,
        (
            (spelling, kind, str(number), shown, spelling in risky or number == country)
            for (spelling, kind, number), shown in gazetteer.forms.items()
        ),
    )


def place_spellings(name: str) -> set[str]:
    """Give the keys under which a name is found: as it is, umlauts spelt out, saints written every way, its article behind: Louvière (La)."""
    spellings = {fold(name), umlaut_spelling(name)}
    for group in _SAINTS:
        for spelling in list(spellings):
            ways = [sorted(group) if word in group else [word] for word in spelling.split()]
            spellings |= {" ".join(words) for words in product(*ways)}
    for spelling in list(spellings):
        article, _space, rest = spelling.partition(" ")
        if article in _ARTICLES and rest:
            spellings.add(f"{rest} {article}")
    return {spelling.replace(" ", "") for spelling in spellings if spelling}


def _district_code(row: Mapping[str, str]) -> str:
    """Give the code of a district by its name: district:westhoek."""
    return f"district:{key(row['name'])}"


def _one_of(values: Collection[str]) -> str:
    """Give what is the same for all; nothing where they differ."""
    return next(iter(values)) if len(values) == 1 else ""


def _languages(row: Mapping[str, str]) -> str:
    """Give the languages of a place, the official ones before that of its facilities."""
    return ";".join(filter(None, (row.get("language"), row.get("facilities"))))


def _code(kind: str, row: Mapping[str, str], name: str) -> str:
    """Make the code of a place inside a municipality, with its postcode where it has one of its own: locality:3560:71037:meldert."""
    return f"{kind}:{row.get('postcode', '')}:{row['nis']}:{key(name)}"


_REGIONS = (
    ("brussels", "fr;nl", ["Bruxelles", "Brussel", "Brüssel", "Brussels", "BXL", "Bruxelles-Capitale", "région bruxelloise", "Région de Bruxelles-Capitale", "Brussels Gewest", "Brussels Hoofdstedelijk Gewest", "Region Brüssel-Hauptstadt", "Brussels-Capital Region"]),
    ("wallonia", "fr", ["Wallonie", "Wallonië", "Wallonien", "Wallonia", "région wallonne"]),
    ("flanders", "nl", ["Vlaanderen", "Flandre", "Flandern", "Flanders", "Flandres", "Vlaams Gewest", "région flamande"]),
)  # fmt: skip
_EAST_BELGIUM = (
    "communauté germanophone", "cantons de l'est", "Duitstalige Gemeenschap", "oostkantons", "deutschsprachige gemeinschaft", "DG",
    "East Belgium", "belgique germanophone",
)  # fmt: skip
_BELGIUM = ("België", "Belgien", "Belgium", "toute la belgique", "heel België", "ganz Belgien", "partout en belgique")
