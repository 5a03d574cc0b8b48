"""The echo of the terminal: off until the picker reads the keys itself, so that nothing typed meanwhile stands there when it is left."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

INPUT_MODES, LOCAL_MODES = 0, 3  # where they stand among the settings of a terminal
_before: list[Any] | None = None  # the settings that are to be given back


def turn_off() -> None:
    """Turn the echo off, once, where both sides are a terminal that can; whoever ends the process meanwhile gets it back first."""
    global _before
    if _before is not None or sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    import termios

    try:
        before = termios.tcgetattr(sys.stdin)
        silent = [*before]
        silent[LOCAL_MODES] &= ~termios.ECHO
        silent[INPUT_MODES] &= ~termios.ICRNL  # else an Enter would reach the picker as another key
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, _end)
        _before = before
        termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
    except termios.error:  # it is no terminal of this kind
        _before = None


def turn_on() -> None:
    """Set the terminal as it was; nothing where nothing was changed."""
    global _before
    if _before is None or sys.platform == "win32":
        return
    import termios

    before, _before = _before, None
    with suppress(termios.error):  # it was closed
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def _end(number: int, _frame: FrameType | None) -> None:
    """End as the signal would have ended the process: an exception could be swallowed by what is imported at this moment."""
    turn_on()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
