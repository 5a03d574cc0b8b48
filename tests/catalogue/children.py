"""Runs commands in a child of this process: what it says, how it ends, and how to end it at any moment."""

import io
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NamedTuple

import typer

from ht_cli.app import app


class Ended(NamedTuple):
    """How a child ended: its exit code (negative: the signal), and what it wrote."""

    exit_code: int
    said: str


def run_command(*arguments: str) -> int:
    """Run a command line in this process, writing to the real streams; give its exit code."""
    try:
        code = typer.main.get_command(app).main(list(arguments), prog_name="ht", standalone_mode=False)
    except typer.Exit as ending:
        return ending.exit_code
    return int(code or 0)


class Child:
    """A forked process that does something and writes what it says to a pipe."""

    def __init__(self, do: Callable[[], int]) -> None:
        self._reads, writes = os.pipe()
        self._heard = b""
        self.pid = os.fork()
        if self.pid == 0:
            code = 70
            try:
                os.close(self._reads)
                sys.stdin = io.StringIO()
                sys.stdout = sys.stderr = open(writes, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
                code = do()
            except BaseException:  # noqa: BLE001 — a child must not go on as a second test run
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        os.close(writes)

    def hear(self, count: int, pattern: str) -> None:
        """Listen until it has said something that many times."""
        while len(re.findall(pattern, self._heard.decode("utf-8", "replace"), re.MULTILINE)) < count:
            piece = os.read(self._reads, 65536)
            if not piece:
                return
            self._heard += piece

    def kill(self) -> Ended:
        """End it now, whatever it does."""
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> Ended:
        """Wait for its end."""
        with open(self._reads, "rb") as pipe:
            said = (self._heard + pipe.read()).decode("utf-8", "replace")
        _pid, status = os.waitpid(self.pid, 0)
        return Ended(os.waitstatus_to_exitcode(status), said)
