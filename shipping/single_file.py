"""`python -m shipping.single_file`: dist/ht.pyz, one file that runs wherever there is a Python, with nothing installed.

Shiv makes it: on its first start it unpacks itself into the folder of the user's caches, since SQLite reads no catalogue inside a zip.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from shipping.staging import ROOT, stage

UNPACKED = "~/.cache/ht"


def make(target: Path) -> Path:
    """Make the file; the same sources and libraries give the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        stage(Path(folder, "all"))
        subprocess.run(
            [sys.executable, "-m", "shiv", "--site-packages", f"{folder}/all", "--entry-point", "ht_cli.__main__:main",
             "--root", UNPACKED, "--reproducible", "--output-file", str(target)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{make(ROOT / 'dist' / 'ht.pyz')}\n")
