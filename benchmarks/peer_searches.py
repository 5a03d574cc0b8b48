"""Searches the records with a library, as its users would: `peer_searches.py NAME FOLDER WORDS…` gives ids, one a line.

With `--all` in place of words it gives the answers and the warm milliseconds (CPU) of all questions as JSON; with `--prepare` it makes the index
that the library keeps. It runs in the environment of the peers, and imports the one library that is asked for.
"""

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

Search = Callable[[str], list[str]]
FIRST = 5


def records_of(folder: Path) -> list[dict[str, str]]:
    return json.loads((folder / "records.json").read_text("utf-8"))


def prepare_sqlite(folder: Path) -> None:
    import sqlite_utils

    table = sqlite_utils.Database(folder / "peers.db")["resource"]
    table.insert_all(records_of(folder), pk="id")
    table.enable_fts(["name", "text"])


def sqlite_utils_search(folder: Path) -> Search:
    import sqlite_utils

    table = sqlite_utils.Database(folder / "peers.db")["resource"]
    return lambda text: [row["id"] for row in table.search(text, limit=FIRST, quote=True)]


def datasette_search(folder: Path) -> Search:
    from datasette.app import Datasette

    datasette = Datasette([str(folder / "peers.db")])
    loop = asyncio.new_event_loop()

    def search(text: str) -> list[str]:
        asked = datasette.client.get("/peers/resource.json", params={"_shape": "array", "_col": "id", "_search": text, "_size": FIRST})
        return [row["id"] for row in loop.run_until_complete(asked).json()]

    return search


def rapidfuzz_search(folder: Path) -> Search:
    from rapidfuzz import fuzz, process, utils

    texts = {record["id"]: utils.default_process(f"{record['name']} {record['text']}") for record in records_of(folder)}
    return lambda text: [
        found[2] for found in process.extract(utils.default_process(text), texts, scorer=fuzz.token_set_ratio, limit=FIRST, score_cutoff=50)
    ]


def prepare_tantivy(folder: Path) -> None:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("name", "text"):
        builder.add_text_field(field)
    (folder / "tantivy").mkdir()
    index = tantivy.Index(builder.build(), path=str(folder / "tantivy"))
    writer = index.writer()
    for record in records_of(folder):
        writer.add_document(tantivy.Document(**record))
    writer.commit()
    writer.wait_merging_threads()


def tantivy_search(folder: Path) -> Search:
    import tantivy

    index = tantivy.Index.open(str(folder / "tantivy"))
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        fuzzy = {"name": (False, 1, True), "text": (False, 1, True)}
        query, _faults = index.parse_query_lenient(text, ["name", "text"], fuzzy_fields=fuzzy)
        return [searcher.doc(address)["id"][0] for _score, address in searcher.search(query, FIRST).hits]

    return search


def prepare_duckdb(folder: Path) -> None:
    import duckdb

    with duckdb.connect(str(folder / "peers.duckdb")) as connection:
        _load_fts(connection)
        connection.execute("CREATE TABLE resource (id TEXT, name TEXT, text TEXT)")
        connection.executemany("INSERT INTO resource VALUES ($id, $name, $text)", records_of(folder))
        connection.execute("PRAGMA create_fts_index('resource', 'id', 'name', 'text')")


def _load_fts(connection: object) -> None:
    """Load the extension from the package that brings it, with no network."""
    from duckdb_extensions import import_extension

    import_extension("fts", con=connection)
    connection.execute("LOAD fts")  # type: ignore[attr-defined]


def duckdb_search(folder: Path) -> Search:
    import duckdb

    connection = duckdb.connect(str(folder / "peers.duckdb"), read_only=True)
    _load_fts(connection)
    statement = (
        "SELECT id FROM (SELECT id, fts_main_resource.match_bm25(id, ?) AS score FROM resource)"
        f" WHERE score IS NOT NULL ORDER BY score DESC LIMIT {FIRST}"
    )
    return lambda text: [row[0] for row in connection.execute(statement, [text]).fetchall()]


def ht_search(folder: Path) -> Search:
    """Search the catalogue itself, whose answers are read from the command: only the time counts here."""
    from growth import search

    connection = sqlite3.connect(f"file:{folder / 'catalogue.db'}?mode=ro", uri=True)

    def found(text: str) -> list[str]:
        search(text, connection)
        return []

    return found


SEARCHES = {
    "ht": ht_search,
    "sqlite-utils": sqlite_utils_search,
    "datasette": datasette_search,
    "rapidfuzz": rapidfuzz_search,
    "tantivy": tantivy_search,
    "duckdb": duckdb_search,
}
PREPARED = {"sqlite-utils": prepare_sqlite, "tantivy": prepare_tantivy, "duckdb": prepare_duckdb}


def main() -> None:
    name, folder, words = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    if words == ["--prepare"]:
        PREPARED[name](folder)
        return
    search = SEARCHES[name](folder)
    if words == ["--all"]:
        questions = json.loads((folder / "questions.json").read_text("utf-8"))
        answers, warm = [search(text) for text in questions], []
        for text in questions:
            start = time.process_time()
            search(text)
            warm.append((time.process_time() - start) * 1000)
        print(json.dumps({"answers": answers, "warm": warm}))
    else:
        print("\n".join(search(" ".join(words))))


if __name__ == "__main__":
    main()
