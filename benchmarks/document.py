"""Writes docs/BENCHMARKS.md: each script its own section, between its own marks, and on what it was measured."""

import os
import platform
import sqlite3
import statistics
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from processes import run_to_end

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "BENCHMARKS.md"


def write_section(name: str, section: str, of: str = "") -> None:
    """Put a section of a script, named without its ending, in the place of the one before, and leave all else as it is; `of` tells its sections apart."""
    title = f"{name} {of}".rstrip()
    begin, end = f"<!-- {title}: written by benchmarks/{name}.py -->", f"<!-- end of {title} -->"
    before, _begin, rest = DOCUMENT.read_text("utf-8").partition(begin)
    _old, _end, after = rest.partition(end)
    DOCUMENT.write_text(f"{before}{begin}\n\n{section}\n\n{end}{after}", "utf-8")


def seconds_of_nothing(runs: int) -> float:
    """Give the CPU seconds of `python -c pass`, of which a figure is so many times as much: the median of so many runs."""
    return statistics.median(run_to_end([sys.executable, "-c", "pass"], os.environ, terminal=False).processor for _run in range(runs))


def machine() -> str:
    """Say on what was measured."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = next((int(line.split()[1]) // 1_000_000 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("typer", "rich", "sqlite-utils", "rapidfuzz"))
    day = datetime.now(UTC).date().isoformat()
    return (
        f"{day}; {os.cpu_count()} × {model}, {memory} GB, {platform.system()}; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {libraries}"
    )


def _lines(path: str) -> Sequence[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).exists() else ()
