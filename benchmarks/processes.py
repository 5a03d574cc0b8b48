"""Runs one process to its end, on a terminal or without, and gives what it cost."""

import os
import pty
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds by the clock, CPU seconds (user and system), the highest memory in KB, and the bytes written, where Linux tells them."""

    clock: float
    processor: float
    memory: int
    written: int = 0


def run_to_end(command: Sequence[str], environment: Mapping[str, str], *, terminal: bool) -> Cost:
    """Run a command in the root folder, so that nothing of this checkout is imported by accident, and give its cost; what it says is thrown away."""
    start = time.perf_counter()
    parent, child = pty.openpty() if terminal else (-1, subprocess.DEVNULL)
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=subprocess.DEVNULL, env=environment, cwd="/")
    if terminal:
        os.close(child)
        try:
            while os.read(parent, 65536):
                pass
        except OSError:  # how Linux says that the other side is closed
            pass
        os.close(parent)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    clock, written = time.perf_counter() - start, _written_by(process.pid)
    _pid, _status, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it is waited for already
    return Cost(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, written)


def _written_by(pid: int) -> int:
    """Give the bytes that a process which has ended, and is not yet waited for, handed to the system to be written."""
    try:
        said = Path(f"/proc/{pid}/io").read_text("ascii")
    except OSError:  # another system
        return 0
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("wchar:"))
