"""Runs one process to its end, on a terminal or without, and gives what it cost."""

import os
import pty
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LAUNCHING = Path(__file__).with_name("launching.py")


class Cost(NamedTuple):
    """Seconds by the clock, CPU seconds (user and system), the highest memory in KB, and the bytes written, where Linux tells them."""

    clock: float
    processor: float
    memory: int
    written: int = 0


def run_to_end(command: Sequence[str], environment: Mapping[str, str], *, terminal: bool) -> Cost:
    """Run a command in the root folder, so that nothing of this checkout is imported by accident, and give its cost; what it says is thrown away."""
    parent, child = pty.openpty() if terminal else (-1, subprocess.DEVNULL)
    told, telling = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(LAUNCHING), str(telling), *command],
        stdin=child, stdout=child, stderr=subprocess.DEVNULL, env=environment, cwd="/", pass_fds=(telling,),
    )  # fmt: skip
    os.close(telling)
    if terminal:
        os.close(child)
        try:
            while os.read(parent, 65536):
                pass
        except OSError:  # how Linux says that the other side is closed
            pass
        os.close(parent)
    with os.fdopen(told) as pipe:
        clock, processor, memory, written = pipe.read().split()
    process.wait()
    return Cost(float(clock), float(processor), int(memory), int(written))
