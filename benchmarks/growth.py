"""What grows with the catalogue: each command at 923, 10,000, 100,000 … resources, written into docs/BENCHMARKS.md.

`python benchmarks/growth.py [ROWS…]` builds a catalogue of each size (`generate.py`), measures, and throws it away; `--keep FOLDER` keeps
the files there and takes those that are there already. The smallest size is that of the real catalogue.

CPU is that of whole processes as a ratio to `python -c pass` of the same environment, median of three; memory is the highest; written is
what a process handed to the system. VM steps and pages are those of SQLite for one search, median and worst of the open questions.
This process imports nothing of ht, since Linux counts the memory of a parent as its child's; what is measured inside one is measured in
another.
"""

import argparse
import json
import os
import shlex
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from document import ROOT, machine, seconds_of_nothing, write_section
from processes import Cost, run_to_end

SIZES = (923, 10_000, 100_000)
RUNS = 3
STEP = 10  # the progress handler of SQLite is called every so many instructions
PAGE = 4096  # bytes
CHANGED = 50  # resources in a merge and a sync
LARGEST_SHEET = 200_000_000  # bytes; `ht import` takes no larger file
HT = [sys.executable, "-m", "ht_cli"]
TYPED = ("violence conjugale liege", "groep rouw gent", "burnout namur")
LINES = {
    "find burnout namur": "find burnout namur",
    "find, a shared name": "find cgg leuven",
    "find, a rare kind": "find alcoholics anonymous english",
    "find --near 10": "find burnout namur --near 10",
    "find --open-now": "find burnout namur --open-now",
    "find --limit 100": "find burnout namur --limit 100",
    "show": "show realism",
    "map liege": "map liege",
    "map --need": "map --need burnout",
    "terms needs": "terms needs",
    "info": "info",
    "due": "due",
    "due --city": "due --city namur",
    "add --dry-run": "add --name Alpha --kind group --city Namur --need grief --language fr --phone 081223344 --dry-run",
}
ONCE = {"doctor": "doctor --format tsv", "export csv": "export --all --format csv"}


class Measured(NamedTuple):
    """What was measured at one size: a text for each row of the table."""

    rows: int
    figures: dict[str, str]


def ht(words: Sequence[str], catalogue: Path, **more: str) -> Cost:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HT_CATALOGUE": str(catalogue), "HT_LANG": "en"} | more
    return run_to_end([*HT, *words], environment, terminal=False)


def figures_of(rows: int, catalogue: Path, folder: Path, base: float) -> Iterator[tuple[str, str]]:
    """Give each figure of a catalogue with its name."""
    yield from json.loads(inside("--searching", catalogue)).items()
    for name, line in LINES.items():
        costs = [ht(shlex.split(line), catalogue) for _run in range(RUNS)]
        yield name, f"{statistics.median(cost.processor for cost in costs) / base:.1f} ({max(cost.memory for cost in costs) / 1024:.0f} MB)"
    for name, line in ONCE.items():
        cost = ht(shlex.split(line), catalogue)
        yield name, f"{cost.processor:.1f} s, {cost.memory / 1024:.0f} MB"
    yield from writing(catalogue, folder, base)
    yield "import of all from CSV", importing(catalogue, folder)


def importing(catalogue: Path, folder: Path) -> str:
    """Bring every resource in again, into the catalogue of today: as so many times a plain `sqlite-utils insert` of the same rows, by their CPU.

    The two take turns, and the median counts.
    """
    sheet, ours = folder / "all.csv", folder / "arriving.db"
    ht(["export", "--all", "--format", "csv", "-o", str(sheet)], catalogue)
    if sheet.stat().st_size > LARGEST_SHEET:
        return "larger than a file that is taken"
    ratios, memory = [], 0
    for run in range(RUNS):
        insert = ["insert", str(folder / f"plain-{run}.db"), "row", str(sheet), "--csv"]
        plain = run_to_end([str(Path(sys.executable).with_name("sqlite-utils")), *insert], os.environ, terminal=False)
        shutil.copyfile(ROOT / "data" / "resources.db", ours)
        cost = ht(["import", str(sheet), "--yes", "--force", "--skip-bad"], ours)
        ratios.append(cost.processor / plain.processor)
        memory = max(memory, cost.memory)
    return f"{statistics.median(ratios):.1f} × sqlite-utils, {memory / 1024:.0f} MB"


def inside(*words: str | Path) -> str:
    """Run a part of this script in a process of its own, and give what it says."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, __file__, *map(str, words)], env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def searching(catalogue: Path) -> Iterator[tuple[str, str]]:
    """Measure the open questions in this process: instructions of SQLite, pages read by a new connection, CPU time of a warm one."""
    questions = list(open_questions())
    steps = {text: steps_of(catalogue, text) for text in questions}
    worst = max(steps, key=lambda text: steps[text])
    yield "VM steps, median", f"{statistics.median(steps.values()):,.0f}"
    yield "VM steps, worst", f"{steps[worst]:,} ({worst})"
    pages = [pages_of(catalogue, text) for text in questions]
    yield "pages read, median and most", f"{statistics.median(pages):.0f}, {max(pages):.0f}"
    with closing(sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)) as connection:
        warm = sorted(min(seconds(lambda text=text: search(text, connection)) for _run in range(3)) * 1000 for text in questions)  # type: ignore[misc]
        yield "warm search, p50 and p95", f"{statistics.median(warm):.1f}, {warm[int(0.95 * len(warm))]:.1f} ms"
        begun = [line[:end] for line in TYPED for end in range(1, len(line) + 1)]
        keys = sorted(seconds(lambda text=text: type_so_far(text, connection)) * 1000 for text in begun)  # type: ignore[misc]
        yield "a key of the picker, p50 and p95", f"{statistics.median(keys):.1f}, {keys[int(0.95 * len(keys))]:.1f} ms"


def open_questions() -> Iterator[str]:
    for line in (ROOT / "tests" / "examples" / "queries.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        arguments = question.get("args") or question.get("query")
        words = shlex.split(arguments) if isinstance(arguments, str) else arguments
        if not any(word.startswith("-") for word in words):
            yield " ".join(words)
    yield from ("cgg leuven", "alzheimer cafe gent", "alcoholics anonymous english")


def search(text: str, connection: sqlite3.Connection) -> None:
    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.search.ranking import Asker, rank
    from ht_cli.search.reading import read_question

    lexicon = Lexicon(connection)
    rank(read_question(text, lexicon), lexicon, Asker(("fr", "nl", "de", "en")), 10)


def type_so_far(text: str, connection: sqlite3.Connection) -> None:
    from ht_cli.browse.answering import reply_to
    from ht_cli.browse.question import Question
    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.wording import Words

    reply_to(Question(text), 1, Lexicon(connection), Words())


def steps_of(catalogue: Path, text: str) -> int:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += STEP
        return 0

    with closing(sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)) as connection:
        connection.set_progress_handler(count, STEP)
        search(text, connection)
    return steps


def pages_of(catalogue: Path, text: str) -> float:
    """Give the pages that a new connection reads for one search; none where the system does not tell."""
    before = read_so_far()
    with closing(sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)) as connection:
        search(text, connection)
    return (read_so_far() - before) / PAGE


def read_so_far() -> int:
    try:
        said = Path("/proc/self/io").read_text("ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("rchar:"))


def seconds(deed: Callable[[], None]) -> float:
    """Give the CPU seconds of a deed in this process: what else a machine does lengthens them less than those of the clock."""
    start = time.process_time()
    deed()
    return time.process_time() - start


def writing(catalogue: Path, folder: Path, base: float) -> Iterator[tuple[str, str]]:
    """Measure what writes, on copies of the catalogue."""
    ours, theirs, place = folder / "ours.db", folder / "theirs.db", folder / "place"
    for copy in (ours, theirs):
        shutil.copyfile(catalogue, copy)
    yield "update, the first of an act", cost_text(ht(["update", "realism", "--set", "notes=one", "--yes"], ours), base)
    yield "update, a further one", cost_text(ht(["update", "realism", "--set", "notes=two", "--yes"], ours), base)
    costs = [ht(shlex.split(LINES["find burnout namur"]), ours) for _run in range(RUNS)]
    yield "find, in a file of one's own", f"{statistics.median(cost.processor for cost in costs) / base:.1f}"
    inside("--changing", theirs)
    yield f"merge of {CHANGED}", cost_text(ht(["merge", str(theirs), "--yes"], ours), base)
    yield "undo of the merge, --dry-run", cost_text(ht(["undo", "--last", "1", "--yes", "--dry-run"], ours), base)
    place.mkdir()
    ht(["sync", str(place)], theirs)
    shutil.copyfile(catalogue, ours)
    yield f"sync of {CHANGED}", cost_text(ht(["sync", str(place)], ours), base)


def change(catalogue: Path) -> None:
    """Change some resources of a catalogue."""
    from ht_cli.catalogue.keeping.changing import Editor, Occasion
    from ht_cli.catalogue.keeping.writing import open_for_writing

    with open_for_writing(str(catalogue)) as connection:
        editor = Editor(connection)
        for (identifier,) in connection.execute("SELECT id FROM resource ORDER BY id LIMIT ?", (CHANGED,)).fetchall():
            editor.change(identifier, lambda record: record | {"notes": "theirs"}, Occasion("update"))


def cost_text(cost: Cost, base: float) -> str:
    return f"{cost.processor / base:.1f} ({cost.memory / 1024:.0f} MB, {cost.written / 1e6:.1f} MB written)"


def built(rows: int, target: Path) -> str:
    """Build a catalogue in a process of its own, and say what that cost."""
    command = [sys.executable, str(Path(__file__).with_name("generate.py")), str(rows), str(target)]
    cost = run_to_end(command, os.environ | {"PYTHONPATH": str(ROOT)}, terminal=False)
    return f"{cost.processor:.0f} s of CPU, {cost.memory / 1024:.0f} MB"


def measured(rows: int, kept: Path | None, base: float) -> Measured:
    with tempfile.TemporaryDirectory(dir=kept) as temporary:
        catalogue = (kept or Path(temporary)) / f"{rows}.db"
        note = catalogue.with_suffix(".built")
        if not catalogue.exists():
            note.write_text(built(rows, catalogue), "utf-8")
        figures = {"build": note.read_text("utf-8"), "file": f"{catalogue.stat().st_size / 1e6:.0f} MB"}
        figures |= dict(figures_of(rows, catalogue, Path(temporary), base))
    return Measured(rows, figures)


def table(sizes: Sequence[Measured], base: float) -> str:
    lines = [f"Measured on {machine()}. `python -c pass` takes {base * 1000:.0f} ms of CPU.", ""]
    lines += ["| | " + " | ".join(f"{size.rows:,}" for size in sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(size.figures[name] for size in sizes) + " |" for name in sizes[0].figures]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=SIZES)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--searching", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--changing", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.searching:
        print(json.dumps(dict(searching(asked.searching))))
        return
    if asked.changing:
        change(asked.changing)
        return
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "ht_cli")], check=True)  # an installed ht has its bytecode
    base = seconds_of_nothing(15)
    sizes = []
    for rows in asked.rows:
        sizes.append(measured(rows, asked.keep, base))
        print(json.dumps(sizes[-1], ensure_ascii=False, indent=1), flush=True)
        write_section("growth", table(sorted(sizes), base))


if __name__ == "__main__":
    main()
