"""Runs a command line in this process, as `ht` reads it, and gives its exit code; what is no expected end is raised."""

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO, TextIOWrapper
from tempfile import TemporaryFile

import typer

from ht_cli import locale
from ht_cli.app import app
from ht_cli.line.reading import read_line
from ht_cli.running import run_line


class Answer:
    """What a command said, and how it ended."""

    def __init__(self, exit_code: int, out: bytes, err: str) -> None:
        self.exit_code, self.out, self.err = exit_code, out, err


def run(words: Sequence[str]) -> Answer:
    """Run a command line with its standard input closed. Raises whatever `ht` did not expect."""
    locale.activate(words, os.environ)
    err = StringIO()
    stdin, sys.stdin = sys.stdin, StringIO()
    with TemporaryFile() as file, TextIOWrapper(file, "utf-8", newline="") as out:
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = _code(words)
        finally:
            sys.stdin = stdin
        out.flush()
        file.seek(0)
        return Answer(code, file.read(), err.getvalue())


def _code(words: Sequence[str]) -> int:
    line = read_line(words, os.environ)
    try:
        if line is not None:
            return run_line(line)
        code = typer.main.get_command(app).main(list(words), prog_name="ht", standalone_mode=False)
        return int(code or 0)
    except typer.Exit as end:
        return end.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
