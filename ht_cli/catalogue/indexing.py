"""The search tables: forms, phrases, words and their deletions, cells and name keys.

Made from the facts alone, so that they can be rebuilt at any time; see docs/architecture.md.
A cell says that a resource serves an area for a need; ranks order the cells of one (area, need).
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from ht_cli.catalogue.sources import Sources
from ht_cli.model import LANGUAGES, Resource
from ht_cli.search.lookups import ANY_NEED, COSTS, GENERAL, HIDDEN, UNREACHABLE_RANK
from ht_cli.search.text import deletions, fold, key, umlaut_spelling

_SPECIFIC_PLURALS = {"fr": ("s", "e", "es", "x"), "nl": ("s", "en", "e"), "de": ("e", "en", "er", "n", "s"), "en": ("s",)}
_SAINTS = {"saint", "sint", "sankt", "st"}, {"sainte", "ste", "sankta"}
_NEEDLESS_IN_NAMES = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "en",
        "van",
        "der",
        "den",
        "het",
        "een",
        "voor",
        "und",
        "für",
        "fur",
        "the",
        "of",
        "and",
        "a",
        "asbl",
        "vzw",
    ]
)


def index_vocabulary(connection: sqlite3.Connection, sources: Sources) -> None:
    """Write the forms, phrases and cue words of the four languages."""
    forms: dict[tuple[str, str, str], str] = {}
    spoken: list[tuple[str, str, str]] = []
    for language in LANGUAGES:
        words = sources.words[language]
        for kind, identifier, form in _vocabulary_forms(words):
            spoken.append((kind, identifier, form))
            if "…" not in form:
                for spelling in sorted({key(form), umlaut_spelling(form).replace(" ", "")}):
                    forms.setdefault((spelling, kind, identifier), form)
        for kind, section, name in (
            ("stop", "stop", "words"),
            ("before", "place", "before"),
            ("unit", "age", "units"),
            ("aged", "age", "before"),
        ):
            for word in words.get(section, {}).get(name, ()):
                forms.setdefault((key(word), kind, ""), word)
    taken = {spelling for spelling, *_ in forms}
    for language in LANGUAGES:
        for kind, identifier, form in _vocabulary_forms(sources.words[language]):
            folded = fold(form)
            if " " in folded or "…" in form or len(folded) < 5 or kind == "crisis":
                continue
            for ending in _SPECIFIC_PLURALS[language]:
                if folded + ending not in taken:
                    forms.setdefault((folded + ending, kind, identifier), form)
    connection.executemany(
        "INSERT OR IGNORE INTO form VALUES (?,?,?,?,0)", [(k, kind, ref, shown) for (k, kind, ref), shown in forms.items() if k]
    )
    _index_phrases(connection, spoken)


def _vocabulary_forms(words: dict[str, dict[str, dict[str, list[str]]]]) -> Iterator[tuple[str, str, str]]:
    for kind in ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "referral", "relations", "crisis"):
        for identifier, entry in words.get(kind, {}).items():
            for form in dict.fromkeys([str(entry.get("label", "")) if kind != "crisis" else "", *entry.get("forms", ())]):
                if key(form):
                    yield kind, identifier, form


def _index_phrases(connection: sqlite3.Connection, spoken: Iterable[tuple[str, str, str]]) -> None:
    """Write forms of several words under the rarest of them, a gap as the word `…`."""
    phrases = []
    for kind, identifier, form in spoken:
        words = " … ".join(fold(part) for part in form.split("…") if fold(part)).split()
        if len(words) > 1:
            phrases.append((words, kind, identifier, form))
    frequency = Counter(word for words, *_ in phrases for word in set(words))
    connection.executemany(
        "INSERT OR IGNORE INTO phrase VALUES (?,?,?,?,?)",
        [
            (min((w for w in words if w != "…"), key=lambda w: (frequency[w], -len(w), w)), " ".join(words), kind, identifier, form)
            for words, kind, identifier, form in phrases
        ],
    )


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
        prefixed += [f"{n} province" for n in names]
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
    _add_short_names(places, forms)
    taken = {spelling for spelling, _, _ in forms}
    for row in sources.abroad:
        names = [n for n in (row["name"], *row["aliases"].split(";")) if n and key(n) not in taken]
        if names:
            add(f"abroad:{row['country']}:{key(row['name'])}", row["name"], "abroad", {}, names, country=row["country"].lower())
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
    # A word of which people also mean something else is only taken for a town where the question says so.
    risky = sources.ordinary_words
    concepts = {k for (k,) in connection.execute("SELECT key FROM form WHERE kind NOT IN ('before')")}
    connection.executemany(
        "INSERT OR IGNORE INTO form VALUES (?,?,?,?,?)",
        [(k, kind, ref, shown, int(k in risky or k in concepts)) for (k, kind, ref), shown in forms.items()],
    )


def _add_short_names(places: list[tuple[object, ...]], forms: dict[tuple[str, str, str], str]) -> None:
    """Let a municipality be called by what stands before its hyphen (Marche, Ottignies) where no other place is."""
    taken = {spelling for spelling, _, _ in forms}
    short: dict[str, list[int]] = {}
    for identifier, _code, name, kind, *_rest in places:
        if kind == "municipality" and "-" in str(name):
            short.setdefault(key(str(name).split("-")[0]), []).append(int(str(identifier)))
    for spelling, owners in short.items():
        if len(owners) == 1 and spelling not in taken and len(spelling) > 3:
            forms[spelling, "place", str(owners[0])] = str(places[owners[0] - 1][2])


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


def index_words(connection: sqlite3.Connection) -> None:
    """Write the words that a misspelt one may be corrected to, with their deletions.

    Weight: 3 a concept or a town's name, 2 a word inside a phrase, 1 a word of a resource's name.
    """
    weights: dict[str, int] = {}
    for (word,) in connection.execute("SELECT DISTINCT word FROM name_word"):
        weights[word] = 1
    for (words,) in connection.execute("SELECT DISTINCT words FROM phrase"):
        for word in words.split():
            weights[word] = 2
    for spelling, kind in connection.execute("SELECT key, kind FROM form WHERE kind NOT IN ('abroad')"):
        if kind in ("stop", "before", "unit", "aged"):
            weights[spelling] = 2
        elif len(spelling) <= 18:
            weights[spelling] = 3
    rows = [
        (number, word, weights[word], int(weights[word] == 1)) for number, word in enumerate(sorted(w for w in weights if w.isalnum()), 1)
    ]
    connection.executemany("INSERT INTO word VALUES (?,?,?,?)", rows)
    connection.executemany(
        "INSERT INTO deletion VALUES (?,?)",
        sorted((deletion, number) for number, word, *_ in rows if not word.isdigit() and len(word) >= 4 for deletion in deletions(word)),
    )


class ResourceIndexer:
    """Writes the cells and name keys of one resource at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._bits = {
            kind: {term: 1 << position for term, position in connection.execute("SELECT id, position FROM term WHERE kind = ?", (kind,))}
            for kind in ("audiences", "offers", "languages", "channels", "kinds")
        }
        self._needs = {term: position + 1 for term, position in connection.execute("SELECT id, position FROM term WHERE kind = 'needs'")}
        self._homes = {
            nis: (province, region, languages.split(";"))
            for nis, province, region, languages in connection.execute("SELECT nis, province, region, languages FROM municipality")
        }
        self._regions = dict(connection.execute("SELECT slug, region FROM province"))
        self._areas: dict[str, int] = {code: number for number, code in connection.execute("SELECT number, code FROM area")}

    def add(self, number: int, resource: Resource) -> None:
        """Write what makes this resource findable."""
        rank = static_rank(resource)
        row = (
            self._mask("audiences", resource.audiences), self._mask("offers", resource.offers), self._mask("languages", resource.languages),
            self._mask("channels", resource.channels), self._mask("kinds", (resource.kind,)), COSTS.index(resource.cost or "unknown"),
            -1 if resource.referral_needed is None else int(resource.referral_needed),
            resource.min_age or 0, 200 if resource.max_age is None else resource.max_age, hidden_bits(resource),
        )  # fmt: skip
        needs = [self._needs[need] for need in resource.needs] or [GENERAL]
        self._connection.executemany(
            "INSERT OR IGNORE INTO cell VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [(self._area(code), need, rank, number, *row) for code in sorted(self._codes(resource)) for need in (*needs, ANY_NEED)],
        )
        self._add_names(number, resource)

    def _mask(self, kind: str, terms: Iterable[str]) -> int:
        return sum(self._bits[kind][term] for term in terms)

    def _area(self, code: str) -> int:
        if code not in self._areas:
            self._areas[code] = len(self._areas) + 1
            self._connection.execute("INSERT INTO area VALUES (?,?)", (self._areas[code], code))
        return self._areas[code]

    def _codes(self, resource: Resource) -> set[str]:
        """Give the areas it serves, those inside which it serves a part, and `any`."""
        codes = {"any", *resource.areas}
        for area in resource.areas:
            kind, _, slug = area.partition(":")
            if kind == "nis":
                province, region, languages = self._homes[slug]
                codes |= {f"in:province:{province}", f"in:region:{region}"} | {
                    f"in:community:{language}" for language in languages if language == "de"
                }
            elif kind == "province":
                codes.add(f"in:region:{self._regions[slug]}")
        return codes

    def _add_names(self, number: int, resource: Resource) -> None:
        keys: set[tuple[str, str]] = set()
        shares: dict[str, float] = {}
        for name in (resource.name, *resource.alternate_names):
            words = fold(name).split()
            if not words:
                continue
            keys.add(("".join(words), "whole"))
            if len(words) > 1:
                keys.add((" ".join(sorted(words)), "bag"))
            for part in _name_parts(name):
                keys.add((key(part), "part"))
            telling = [word for word in words if word not in _NEEDLESS_IN_NAMES and len(word) > 1]
            telling = [word for word in telling if not word.isdigit()] or telling
            for word in telling:
                shares[word] = max(shares.get(word, 0.0), 1 / len(telling))
        self._connection.executemany("INSERT OR IGNORE INTO name_key VALUES (?,?,?)", [(k, number, shape) for k, shape in keys if k])
        self._connection.executemany(
            "INSERT OR IGNORE INTO name_word VALUES (?,?,?)", [(word, number, share) for word, share in shares.items()]
        )


def _name_parts(name: str) -> Iterator[str]:
    for mark in (" – ", " - ", " (", ": ", " | "):
        if mark in name:
            part = name.split(mark)[0].strip()
            if len(key(part)) >= 3:
                yield part


def hidden_bits(resource: Resource) -> int:
    """Say why a resource is not among the ordinary results; 0 when it is."""
    bits = HIDDEN["professionals"] if resource.professionals_only else 0
    bits |= HIDDEN["unverified"] if resource.status in ("unverified", "unreachable") else 0
    return bits | (HIDDEN["closed"] if resource.status == "closed" else 0)


def static_rank(resource: Resource) -> int:
    """Order resources that fit equally well: reachable, sure, complete and checked ones first. Lower is better."""
    rank = 0 if resource.reachable else UNREACHABLE_RANK
    rank += {"high": 0, "medium": 40, "low": 120}[resource.confidence]
    rank += 0 if resource.phones else 30
    rank += 0 if resource.descriptions else 20
    rank += 15 if resource.kind in ("directory", "platform") else 0
    return rank - (20 if resource.checked_on else 0) + 20
