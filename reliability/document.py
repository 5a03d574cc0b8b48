"""Writes the figures of docs/RELIABILITY.md: each script its own part, with the day, the machine and the revision."""

import datetime
import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "RELIABILITY.md"


def write_part(name: str, lines: Sequence[str]) -> None:
    """Put lines between `<!-- NAME -->` and the next `<!-- end -->`, under the circumstances in which they were made."""
    text = DOCUMENT.read_text("utf-8")
    part = f"<!-- {name} -->\n{circumstances()}\n\n" + "\n".join(lines) + "\n<!-- end -->"
    found = re.compile(rf"<!-- {name} -->\n.*?<!-- end -->", re.DOTALL)
    if not found.search(text):
        raise SystemExit(f"{DOCUMENT.name} has no part {name}")
    DOCUMENT.write_text(found.sub(lambda _match: part, text), "utf-8")
    print(part)


def circumstances() -> str:
    """Say when, of which revision and on what a figure was made."""
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    today = datetime.datetime.now(datetime.UTC).date()
    return (
        f"Made on {today}, revision {revision}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}:"
    )
