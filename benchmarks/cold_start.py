"""Cold start of the commands as ratios to `python -c pass` of this environment, median of 15 runs, against their budgets."""

import compileall
import os
import statistics
import sys
from pathlib import Path

from processes import run_to_end

ROOT = Path(__file__).parent.parent
RUNS = 15
HT = [sys.executable, "-m", "ht_cli"]
COMMANDS = [
    ("--help", [*HT, "--help"], False, 6.5),
    ("find, piped", [*HT, "find", "ado", "anxieux", "liege"], False, 8),
    ("find, misspelt", [*HT, "find", "depresion", "bruxeles"], False, 8),
    ("find --open-now", [*HT, "find", "ado", "anxieux", "liege", "--open-now"], False, 11),
    ("find, table", [*HT, "find", "ado", "anxieux", "liege"], True, 11),
    ("map", [*HT, "map"], True, 16),
    ("map of a place", [*HT, "map", "liege"], True, 16),
    ("show", [*HT, "show", "realism"], False, 8),
    ("guide", [*HT, "guide"], False, 8),
    ("guide, shown", [*HT, "guide", "not-alone"], True, 8),
]


def seconds(command: list[str], terminal: bool) -> float:
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "PYTHONPATH": str(ROOT)}
    return run_to_end(command, environment, terminal=terminal).clock


def main() -> None:
    # An installed ht has its bytecode; a checkout may be told to write none, and would compile itself at each start.
    compileall.compile_dir(ROOT / "ht_cli", quiet=1)
    base = statistics.median(seconds([sys.executable, "-c", "pass"], False) for _ in range(RUNS))
    print(f"python -c pass: {base * 1000:.1f} ms (median of {RUNS})")
    print(f"{'command':<16}{'ms':>8}{'ratio':>8}{'budget':>8}")
    for name, command, terminal, budget in COMMANDS:
        took = statistics.median(seconds(command, terminal) for _ in range(RUNS))
        print(f"{name:<16}{took * 1000:>8.1f}{took / base:>8.2f}{budget:>8}")


if __name__ == "__main__":
    main()
