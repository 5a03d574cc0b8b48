"""Builds data/resources.db from data/sources: `python -m ht_cli.catalogue.release.build`.

The same sources give the same bytes. Nothing is written unless every record holds. What the ears learned is taken over from the file
that is there, as long as nothing that they learn from has changed; `--anew` lets them learn all the same, which takes some minutes.
"""

import os
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from ht_cli import __version__, locale
from ht_cli.catalogue.facts.copying import copy_table
from ht_cli.catalogue.facts.schema import migrate
from ht_cli.catalogue.facts.storing import write_resource
from ht_cli.catalogue.index.gazetteer import index_places
from ht_cli.catalogue.index.indexing import index_other_meanings, index_vocabulary, index_words
from ht_cli.catalogue.index.learned import EAR_TABLES, write_learned
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.ordinary import everyday_words, ordinary_words, used_words
from ht_cli.catalogue.index.postings import ResourceIndexer
from ht_cli.catalogue.release.sentences import lesson_of, lessons_of_forms, lessons_of_towns
from ht_cli.catalogue.release.sources import Sources, read_sources
from ht_cli.errors import InvalidDataError
from ht_cli.hearing.training import learn
from ht_cli.model import DANGERS, LANGUAGES, NEEDS_OF_DANGER, TERM_KINDS, Resource
from ht_cli.places.atlas import LAYERS
from ht_cli.places.marks import mark_networks
from ht_cli.places.outlines import Outline, neighbours, read_rings

ROOT = Path(__file__).parents[3]
LEARNING = (
    "hearing/adagrad.py", "hearing/calibrating.py", "hearing/clauses.py", "hearing/codebooks.py", "hearing/ears.py", "hearing/features.py",
    "hearing/training.py", "catalogue/release/sentences.py", "catalogue/index/learned.py", "search/text.py",
)  # fmt: skip
LARGER_TOWN = 20_000  # inhabitants
DATA_VERSION = "2026.11"


def build(sources: Sources, target: Path, *, resources: Iterable[Resource] | None = None, ears: Path | None = None) -> None:
    """Write a catalogue beside `target` and move it into place.

    `resources` replaces the sources' own; `ears` is a catalogue whose hearing is taken over, where learning anew would take minutes.
    """
    from sqlite_utils import Database  # 43 ms, wanted only when something is written

    beside = target.with_name(f"{target.name}.{os.getpid()}.new")  # two that build at once write no common file
    beside.unlink(missing_ok=True)
    database = Database(str(beside), execute_plugins=False)
    migrate(database)
    database.execute("UPDATE _sqlite_migrations SET applied_at = ''")  # the only clock in the file
    database.close()
    connection = sqlite3.connect(beside)
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        connection.executemany("INSERT OR IGNORE INTO language VALUES (?)", [(language,) for language in LANGUAGES])
        _write_places(connection, sources)
        _write_terms(connection, sources)
        indexer = ResourceIndexer(connection)
        for number, resource in enumerate(sources.resources if resources is None else resources, 1):
            write_resource(connection, number, resource)
            indexer.add(number, resource)
        indexer.finish()
        _write_urgent_lines(connection, sources)
        _write_map(connection, sources)
        index_vocabulary(connection, sources)
        used = {language: used_words(language) for language in LANGUAGES}
        index_places(connection, sources, set().union(*used.values()))
        shortened = _shortened_towns(connection)
        index_words(connection, sources, {language: ordinary_words(words, shortened) for language, words in used.items()})
        index_other_meanings(connection, sources, {language: everyday_words(words) for language, words in used.items()})
        _write_ears(connection, sources, ears)
        connection.executemany("INSERT INTO absorbed VALUES (?)", [(uuid,) for uuid in sources.absorbed])
        connection.executemany(
            "INSERT INTO meta VALUES (?,?)",
            [("data_version", DATA_VERSION), ("built_by", f"ht {__version__}"), ("ears", taught_by(sources))],
        )
    connection.execute("ANALYZE")
    connection.execute("VACUUM")
    connection.close()
    os.replace(beside, target)


def _write_places(connection: sqlite3.Connection, sources: Sources) -> None:
    connection.executemany("INSERT INTO province VALUES (:province, :nis, :region)", sources.provinces)
    connection.executemany(
        "INSERT INTO municipality VALUES (:nis, :name, :postcodes, :arrondissement, :province, :region, :language, :facilities, :lat, :lon,"
        " :population, :area_km2, :network_adult, :network_adult_confidence, :network_adult_source, :network_youth)",
        sources.municipalities,
    )
    places = {f"nis:{row['nis']}": row for row in sources.municipalities} | {
        f"province:{row['province']}": row for row in sources.provinces
    }
    for language in LANGUAGES:
        rows = [(language, code, name) for code, row in places.items() if (name := row[f"name_{language}"]) != row.get("name")]
        connection.executemany("INSERT INTO place_name VALUES (?,?,?)", rows)
    connection.executemany("INSERT OR IGNORE INTO locality VALUES (:postcode, :display, :nis, :lat, :lon)", sources.localities)


def _write_map(connection: sqlite3.Connection, sources: Sources) -> None:
    connection.executemany("INSERT INTO outline VALUES (:nis, :outline)", sources.outlines)
    pairs = sorted(neighbours(Outline(row["nis"], read_rings(row["outline"])) for row in sources.outlines))
    for layer in LAYERS:
        networks = {row["nis"]: row[f"network_{layer}"] for row in sources.municipalities}
        connection.executemany("INSERT INTO network_mark VALUES (?,?,?)", mark_networks(networks, pairs))


def _write_terms(connection: sqlite3.Connection, sources: Sources) -> None:
    for kind in TERM_KINDS:
        for position, (identifier, facts) in enumerate(sources.terms[kind].items()):
            others = facts.get("fits") or facts.get("related") or facts.get("audiences") or facts.get("needs") or []
            connection.execute("INSERT INTO term VALUES (?,?,?,?,?)", (kind, identifier, position, " ".join(others), facts.get("due")))
            labels = [(language, kind, identifier, sources.words[language][kind][identifier]["label"]) for language in LANGUAGES]
            connection.executemany("INSERT INTO label VALUES (?,?,?,?)", labels)


def _write_urgent_lines(connection: sqlite3.Connection, sources: Sources) -> None:
    for danger, lines in sources.terms["urgent"].items():
        for minors, name in enumerate(("lines", "minors")):
            rows = [(danger, minors, position, resource) for position, resource in enumerate(lines[name])]
            connection.executemany("INSERT INTO urgent_line VALUES (?,?,?,?)", rows)


def _shortened_towns(connection: sqlite3.Connection) -> set[str]:
    """Give the names of the larger municipalities with one letter left out."""
    sql = (
        "SELECT DISTINCT key FROM form JOIN meaning ON number = meaning JOIN place ON place.id = CAST(ref AS INTEGER)"
        " WHERE meaning.kind = 'place' AND population >= ? AND key GLOB '[a-z]*' AND length(key) >= 6"
    )
    towns = [name for (name,) in connection.execute(sql, (LARGER_TOWN,))]
    return {name[:cut] + name[cut + 1 :] for name in towns for cut in range(1, len(name))}


def taught_by(sources: Sources) -> str:
    """Give a mark of all that the ears learn from: sentences, notions, forms, names of places, and the code that learns."""
    notions = {language: {word: sorted(meant) for word, meant in words.items()} for language, words in sources.notions.items()}
    places = (
        sources.municipalities,
        sources.localities,
        sources.quarters,
        sources.districts,
        sources.provinces,
        sources.former,
        sources.abroad,
    )
    terms = {kind: said for kind, said in sources.terms.items() if kind != "urgent"}  # whom to call is not learned from
    taught = (
        sources.sentences, sources.development, notions, sources.words, terms, sorted(sources.ordinary_words), places,
        NEEDS_OF_DANGER, DANGERS,
    )  # fmt: skip
    code = b"".join((ROOT / "ht_cli" / path).read_bytes() for path in LEARNING)
    return sha256(repr(taught).encode() + code).hexdigest()[:16]


def ears_of(catalogue: Path) -> str:
    """Give the mark of what the ears of a catalogue learned from; nothing where there is no such file, or it is an older one."""
    if not catalogue.exists():
        return ""
    with closing(sqlite3.connect(catalogue)) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'ears'").fetchone()
    return str(row[0]) if row else ""


def _write_ears(connection: sqlite3.Connection, sources: Sources, ears: Path | None) -> None:
    if ears:
        with closing(sqlite3.connect(ears)) as taught:
            for table in EAR_TABLES:
                copy_table(connection, taught, table)
        return
    kinds = Lexicon(connection).changing_nothing
    lessons = [
        *(lesson_of(sentence, kinds) for sentence in sources.sentences),
        *lessons_of_forms(sources.words),
        *lessons_of_towns(sources.municipalities),
    ]
    development = [lesson_of(sentence, kinds) for sentence in sources.development]
    write_learned(connection, learn(lessons, development, tuple(sources.terms["needs"]), LANGUAGES, sources.notions))


def main() -> int:
    """Build the bundled catalogue, or say what in the sources keeps it from being built."""
    locale.activate(sys.argv[1:], os.environ)
    target = ROOT / "data" / "resources.db"
    try:
        sources = read_sources(ROOT / "data" / "sources")
        known = "--anew" not in sys.argv and ears_of(target) == taught_by(sources)
        build(sources, target, ears=target if known else None)
    except InvalidDataError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
