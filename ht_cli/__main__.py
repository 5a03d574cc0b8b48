"""The console script `ht`, and `python -m ht_cli`."""

from __future__ import annotations

import errno
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

    from ht_cli.line.reading import Line

OBJECTS = 50_000  # made between two searches for garbage: a start makes nothing but what it keeps, and need not be searched often


def main() -> None:
    """Run `ht` on the command line of this process."""
    gc.set_threshold(OBJECTS)
    _open_missing_streams()
    if _may_open_picker(sys.argv[1:], os.environ):
        from ht_cli.browse import echo  # before all that takes time: what is typed meanwhile is for the picker alone

        echo.turn_off()
    try:
        _run()
    except KeyboardInterrupt:  # while modules are still loaded; from then on Typer gives the same code
        sys.exit(130)
    finally:
        _give_echo_back()


def _may_open_picker(arguments: Sequence[str], environment: Mapping[str, str]) -> bool:
    return arguments[:1] in ([], ["browse"]) and environment.get("HT_BROWSE") != "0"


def _give_echo_back() -> None:
    if echo := sys.modules.get("ht_cli.browse.echo"):
        echo.turn_on()


def _run() -> None:
    if sys.argv[1:2] in (["__complete"], ["__complete_bash"]):  # asked by a shell at each Tab: Typer is not needed, and is not loaded
        from ht_cli.completing import offer, offer_in_bash

        _leave(offer(sys.argv[2:]) if sys.argv[1] == "__complete" else offer_in_bash(sys.argv[2]))
    from ht_cli.line.reading import read_line

    line = read_line(sys.argv[1:], os.environ)
    _leave(_run_line(line) if line is not None else _run_with_typer())


def _run_line(line: Line) -> int:
    """Run a command whose line Typer need not read, and give its exit code."""
    from ht_cli import locale
    from ht_cli.running import run_line

    locale.activate(sys.argv[1:], os.environ)
    try:
        return run_line(line)
    except SystemExit as end:
        return _code_of(end)
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        return 1  # who reads has gone, as after `| head`


def _run_with_typer() -> int:
    """Let Typer read the line, which always ends by leaving, and give the exit code."""
    from ht_cli.app import main as run

    try:
        run()
    except SystemExit as end:
        return _code_of(end)
    return 0


def _code_of(end: SystemExit) -> int:
    return end.code if isinstance(end.code, int) else 0


def _leave(code: int) -> NoReturn:
    """End the process at once: taking apart what it holds would cost a tenth of a search, and change nothing."""
    _give_echo_back()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = code or 1
    os._exit(code)


def _open_missing_streams() -> None:
    """Give a process that was started with a closed stream (`<&-`) one that is empty, rather than none."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 — open as long as the process


if __name__ == "__main__":
    main()
