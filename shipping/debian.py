"""`python -m shipping.debian`: dist/ht-cli_VERSION_all.deb, with what ht needs in a folder of its own under /usr/lib.

Debian's own Typer and Rich are older than what ht is tested with, so the package brings its libraries and wants nothing but Python.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ht_cli import __version__
from shipping.staging import ROOT, libraries, stage

MOMENT = "1577836800"  # 1 January 2020, of every file: the same sources give the same bytes
CONTROL = """Package: ht-cli
Version: {version}
Architecture: all
Section: misc
Priority: optional
Depends: python3 (>= 3.11)
Installed-Size: {kilobytes}
Maintainer: The keepers of ht <noreply@example.org>
Description: find mental-health help in Belgium, offline
 Who serves this town, for this need, for this person: in French, Dutch,
 German and English, from a catalogue that comes with it.
"""
COMPILE = """#!/bin/sh
set -e
if [ "$1" = configure ] && [ -z "$DPKG_ROOT" ] && command -v py3compile >/dev/null; then
    py3compile /usr/lib/ht
fi
"""
CLEAN = """#!/bin/sh
set -e
if [ -z "$DPKG_ROOT" ]; then
    find /usr/lib/ht -depth -name __pycache__ -exec rm -rf {} +
fi
"""
LAUNCHER = """#!/usr/bin/python3
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "lib", "ht"))

from ht_cli.__main__ import main

sys.exit(main())
"""


def make(folder: Path, compression: str = "xz") -> Path:
    """Make the package in a folder, and give its path; `compression` as dpkg-deb names it."""
    folder.mkdir(parents=True, exist_ok=True)
    package = folder / f"ht-cli_{__version__}_all.deb"
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary, "ht-cli")
        stage(root / "usr" / "lib" / "ht")
        _lay_share(root / "usr" / "share")
        _write(root / "usr" / "bin" / "ht", LAUNCHER, executable=True)
        kilobytes = sum(path.stat().st_size for path in root.rglob("*")) // 1024
        _write(root / "DEBIAN" / "control", CONTROL.format(version=__version__, kilobytes=kilobytes))
        _write(root / "DEBIAN" / "postinst", COMPILE, executable=True)
        _write(root / "DEBIAN" / "prerm", CLEAN, executable=True)
        for path in (root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        subprocess.run(
            ["dpkg-deb", f"-Z{compression}", "--root-owner-group", "--build", str(root), str(package)],
            check=True, stdout=subprocess.DEVNULL, env=os.environ | {"SOURCE_DATE_EPOCH": MOMENT},
        )  # fmt: skip
    return package


def _lay_share(share: Path) -> None:
    """Lay the manual, the completions where Debian's shells look for them, and who holds which right."""
    shutil.copytree(ROOT / "shipping" / "share", share)
    for page in share.glob("man/**/ht.1"):
        page.with_suffix(".1.gz").write_bytes(gzip.compress(page.read_bytes(), mtime=0))
        page.unlink()
    (share / "zsh" / "site-functions").rename(share / "zsh" / "vendor-completions")
    about = share / "doc" / "ht-cli"
    about.mkdir(parents=True)
    (about / "changelog.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    _write(about / "copyright", _rights())


def _rights() -> str:
    ours = (ROOT / "LICENSE").read_text("utf-8"), (ROOT / "data" / "LICENSE").read_text("utf-8")
    theirs = "\n".join(f"{library.name} {library.version}: see /usr/lib/ht/*.dist-info" for library in libraries())
    return f"The code of ht:\n\n{ours[0]}\nIts data:\n\n{ours[1]}\nThe libraries that it brings:\n\n{theirs}\n"


def _write(path: Path, text: str, *, executable: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755 if executable else 0o644)


if __name__ == "__main__":
    sys.stdout.write(f"{make(ROOT / 'dist')}\n")
