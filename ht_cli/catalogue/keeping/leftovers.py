"""Copies that are made beside a file before they move into its place, and what a killed process leaves of them."""

import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path

ALONE = 0o600  # may be read and written by the user, and by nobody else


def beside(path: Path) -> Path:
    """Give where this process makes a copy that will move into the place of a file, or lie beside it."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def make_for(copy: Path, like: Path) -> None:
    """Make the empty file of a copy, open to those who may read the catalogue that it is like; to the user alone where there is none yet.

    A catalogue holds addresses that are kept confidential.
    """
    mode = stat.S_IMODE(like.stat().st_mode) if os.path.exists(like) else ALONE
    opened = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ALONE)
    os.close(opened)
    copy.chmod(mode)


def clear_leftovers(path: Path) -> None:
    """Clear the copies beside a file whose process has ended; those of a living one stay.

    Of a catalogue it is called by the one process that may write, so that no other is making a backup. Earlier
    versions made theirs without the number of the process, and under the same right: such a copy is nobody's.
    """
    name = re.escape(path.name)
    ours = re.compile(rf"\.{name}\.(\d+)(-journal)?|\.{name}\.backup-\d+\.new")
    try:
        names = os.listdir(path.parent)
    except OSError:  # what may not be listed is not cleared
        return
    for found in filter(None, map(ours.fullmatch, names)):
        if not (found[1] and _lives(int(found[1]))):
            with suppress(OSError):
                path.with_name(found[0]).unlink()


def _lives(process: int) -> bool:
    """Say whether a process lives; where the system has no harmless way to ask, its open file cannot be cleared anyway."""
    if process == os.getpid():
        return True
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
