"""What an export costs: the whole catalogue to CSV beside `python -c pass`, then 100,000 resources in each format.

`python benchmarks/export.py [rows] [folder]`: the large catalogue is made once in the folder and kept. Budgets: CSV of the
whole catalogue in 12 × `python -c pass`; 100,000 resources to JSON, CSV and HSDS in 150 MB of memory.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ht_cli.model import Resource

ROOT = Path(__file__).parent.parent
ROWS, RUNS = 100_000, 15
RATIO, MEGABYTES = 12.0, 150
STREAMED = ("csv", "tsv", "json", "jsonl", "geojson", "hsds", "hsds-csv", "sqlite")
HT = [sys.executable, "-m", "ht_cli", "export", "--all"]


def multiplied(resources: list[Resource], rows: int) -> Iterator[Resource]:
    """The real resources again and again under other ids."""
    yield from resources
    for number in range(rows - len(resources)):
        model = resources[number % len(resources)]
        yield model._replace(id=f"{model.id[:80]}-copy-{number}", name=f"{model.name} {number}", successor="")


def measured(command: list[str], catalogue: Path | None = None) -> tuple[float, float]:
    """Seconds and the peak of memory in MB of a command."""
    environment = os.environ | ({"HT_CATALOGUE": str(catalogue)} if catalogue else {})
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment, cwd=ROOT)
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def show_ratio() -> None:
    ratios = []
    for _run in range(RUNS):  # in turn, so that a busy machine slows both
        base, _memory = measured([sys.executable, "-c", "pass"])
        took, _memory = measured([*HT, "--format", "csv"])
        ratios.append(took / base)
    print(f"whole catalogue to CSV: {statistics.median(ratios):.1f} × python -c pass (budget {RATIO})")


def make_catalogue(rows: int, path: Path) -> None:
    from ht_cli.catalogue.release.build import build
    from ht_cli.catalogue.release.sources import read_sources

    sources = read_sources(ROOT / "data" / "sources")
    build(sources, path, resources=multiplied(list(sources.resources), rows))


def show_memory(rows: int, folder: Path) -> None:
    large = folder / f"catalogue-{rows}.db"
    if not large.exists():  # in a process of its own: Linux counts the memory of a parent as its child's
        subprocess.run([sys.executable, __file__, "--make", str(rows), str(large)], check=True)
    print(f"{rows:,} resources{'seconds':>18}{'MB':>8}{'budget':>8}{'file, MB':>10}")
    for name in STREAMED:
        seconds, memory = measured([*HT, "--format", name, "-o", str(folder / "out")], large)
        size = (folder / "out").stat().st_size / 1e6
        print(f"{name:<16}{seconds:>18.1f}{memory:>8.0f}{MEGABYTES:>8}{size:>10.0f}", flush=True)
    (folder / "out").unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make_catalogue(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        show_ratio()
        show_memory(int(sys.argv[1]) if sys.argv[1:] else ROWS, Path(sys.argv[2] if sys.argv[2:] else tempfile.mkdtemp()))
