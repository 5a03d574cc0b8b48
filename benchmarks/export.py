"""What an export costs: the whole catalogue to CSV beside `python -c pass`, then 100,000 resources in each format, written into docs/BENCHMARKS.md.

`python benchmarks/export.py [--rows N] [--large FILE] [FORMAT…]`: the large catalogue is made (`generate.py`) and thrown away, or is a
FILE that is there, which is only read. Budgets: CSV of the whole catalogue in 12 × `python -c pass`; each format in 150 MB of memory.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from document import ROOT, machine, seconds_of_nothing, write_section
from processes import Cost, run_to_end

ROWS, RUNS = 100_000, 15
RATIO, MEGABYTES = 12.0, 150
FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "hsds", "hsds-csv", "vcard", "geojson", "sqlite", "markdown", "html")


def exported(form: str, target: Path, catalogue: Path) -> Cost:
    """Write every resource in a format, and give what that cost."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HT_CATALOGUE": str(catalogue), "HT_LANG": "fr"}
    target.unlink(missing_ok=True)
    cost = run_to_end([sys.executable, "-m", "ht_cli", "export", "--all", "--format", form, "-o", str(target)], environment, terminal=False)
    if not target.exists():
        raise SystemExit(f"{form} was not written")
    return cost


def show_ratio(folder: Path) -> str:
    base = seconds_of_nothing(RUNS)
    costs = [exported("csv", folder / "whole.csv", ROOT / "data" / "resources.db") for _run in range(RUNS)]
    ratio = statistics.median(cost.processor for cost in costs) / base
    return f"The catalogue of today leaves as CSV in {ratio:.1f} × `python -c pass` of CPU (budget {RATIO:.0f})."


def table(large: Path, formats: list[str], folder: Path) -> str:
    lines = ["| format | CPU | highest memory | file |", "|---|---|---|---|"]
    for form in formats:
        endings = {"hsds": "json", "hsds-csv": "zip", "vcard": "vcf", "sqlite": "db", "markdown": "md"}
        target = folder / f"out.{endings.get(form, form)}"
        cost = exported(form, target, large)
        mark = f" (over {MEGABYTES})" if cost.memory / 1024 > MEGABYTES else ""
        lines.append(f"| {form} | {cost.processor:.1f} s | {cost.memory / 1024:.0f} MB{mark} | {target.stat().st_size / 1e6:.0f} MB |")
        print(lines[-1], flush=True)
        target.unlink()
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", default=FORMATS, metavar="FORMAT")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--large", type=Path, metavar="FILE")
    asked = parser.parse_args()
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "ht_cli")], check=True)  # an installed ht has its bytecode
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        large = asked.large or folder / f"{asked.rows}.db"
        if not large.exists():  # in a process of its own: Linux counts the memory of a parent as its child's
            command = [sys.executable, str(Path(__file__).with_name("generate.py")), str(asked.rows), str(large)]
            subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
        ratio, formats = show_ratio(folder), table(large, list(asked.formats), folder)
        if [*asked.formats] == [*FORMATS]:  # a part of them would take the place of the whole
            write_section("export", f"Measured on {machine()}. {ratio}\n\n{formats}")


if __name__ == "__main__":
    main()
