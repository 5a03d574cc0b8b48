"""What a start costs beside another revision: CPU seconds of whole processes, run in turn. `python benchmarks/against.py REV [RUNS]`.

`--write` puts the figures into docs/start.md as well.

Each process is run in turn with its counterpart and with `python -c pass`, so that whatever else the machine does hurts all alike; the
medians are compared. CPU time and not the clock: it is what the same work costs on a busy machine too.
"""

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from document import machine
from processes import Cost, run_to_end

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "start.md"
RUNS = 15
WARMING = 2


class Case(NamedTuple):
    """A command, whether it stands on a terminal, and the share of the other revision's CPU time that it may take."""

    name: str
    words: Sequence[str]
    terminal: bool
    goal: float


CASES = (
    Case("find, piped", ("find", "burnout", "namur"), False, 0.50),
    Case("find, misspelt", ("find", "depresion", "bruxeles"), False, 0.55),
    Case("find, table", ("find", "burnout", "namur"), True, 0.55),
    Case("show", ("show", "realism"), False, 0.50),
    Case("urgent", ("urgent",), False, 0.60),
    Case("completion, id", ("__complete", "show", "rea"), False, 0.60),
    Case("completion, town", ("__complete", "find", "--city", "nam"), False, 0.60),
    Case("--help", ("--help",), False, 1.0),
)


def cost(words: Sequence[str], package: Path | None, terminal: bool) -> Cost:
    """Run Python on these words, with the package of a folder where one is named, and give what it cost."""
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "40", "HT_LANG": "fr", "HT_CATALOGUE": ""}
    if package:
        environment["PYTHONPATH"] = str(package)
    return run_to_end([sys.executable, *words], environment, terminal=terminal)


def compare(case: Case, before: Path, now: Path, runs: int) -> tuple[Cost, Cost]:
    """Give the medians of a case before and now."""
    found: dict[Path, list[Cost]] = {before: [], now: []}
    for number in range(runs + WARMING):
        for package, costs in found.items():
            spent = cost(["-m", "ht_cli", *case.words], package, case.terminal)
            if number >= WARMING:
                costs.append(spent)
    return tuple(Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in found.values())  # type: ignore[return-value]


def table(revision: str, before: Path, runs: int) -> list[str]:
    """Give the lines of the comparison."""
    base = statistics.median(cost(["-c", "pass"], None, False).processor for _ in range(runs))
    lines = [
        f"python -c pass: {base * 1000:.1f} ms of CPU (median of {runs}); beside {revision}",
        f"{'':<16}{'before':>9}{'now':>9}{'ratio':>8}{'goal':>7}{'x pass':>8}{'memory':>8}",
    ]
    for case in CASES:
        was, now = compare(case, before, ROOT, runs)
        lines.append(
            f"{case.name:<16}{was.processor * 1000:>6.1f} ms{now.processor * 1000:>6.1f} ms{now.processor / was.processor:>8.2f}{case.goal:>7.2f}"
            f"{now.processor / base:>8.2f}{now.memory / was.memory:>8.2f}"
        )
    return lines


def write_down(lines: Sequence[str]) -> None:
    """Put the figures, and on what they were made, between their marks in docs/start.md."""
    before, begin, rest = DOCUMENT.read_text("utf-8").partition("<!-- against -->\n")
    _old, end, after = rest.partition("<!-- end -->")
    figures = "\n".join(("```", *lines, "```", "", f"Measured on {machine()}."))
    DOCUMENT.write_text(f"{before}{begin}{figures}\n{end}{after}", "utf-8")


def main(revision: str, runs: int, *, written: bool) -> None:
    """Check the other revision out beside, and print how the starts compare."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", before, revision], cwd=ROOT, check=True)
        try:
            for package in (before, ROOT):  # an installed ht has its bytecode
                compileall.compile_dir(package / "ht_cli", quiet=1)
            lines = table(revision, before, runs)
            print("\n".join(lines))
            if written:
                write_down(lines)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", before], cwd=ROOT, check=True)


if __name__ == "__main__":
    revision, *runs = (word for word in sys.argv[1:] if word != "--write")
    main(revision, int(runs[0]) if runs else RUNS, written="--write" in sys.argv)
