"""Runs one command as the child of a process that is small itself, and writes what it cost to a pipe.

What Linux calls the highest memory of a process counts that of its parent between fork and exec, so that a large parent hides a
small child. This one imports nothing else: `python -I -S launching.py FD COMMAND…`.
"""

import os
import sys
import time


def written_by(pid: int) -> int:
    """Give the bytes that a process which has ended, and is not yet waited for, handed to the system to be written."""
    try:
        with open(f"/proc/{pid}/io", encoding="ascii") as said:
            return next(int(line.split()[1]) for line in said if line.startswith("wchar:"))
    except OSError:  # another system
        return 0


def main(pipe: int, command: list[str]) -> None:
    """Run the command, and write its seconds by the clock, its CPU seconds, its highest memory in KB and the bytes it wrote."""
    start = time.perf_counter()
    pid = os.fork()
    if not pid:
        os.close(pipe)
        os.execvp(command[0], command)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    clock, written = time.perf_counter() - start, written_by(pid)
    _pid, _status, usage = os.wait4(pid, 0)
    os.write(pipe, f"{clock} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss} {written}".encode("ascii"))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
