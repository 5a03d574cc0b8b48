"""What a terminal shows: `ht` in a pseudo-terminal of a given size, with the clock held."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

from tests.conftest import ROOT

NOON = "2026-11-25 12:00"  # a Wednesday, and no holiday
HELD = (
    "import sys; from datetime import datetime; from ht_cli import clock; at = datetime.fromisoformat(sys.argv.pop(1));"
    "clock.now = lambda: at.replace(tzinfo=clock.BRUSSELS); from ht_cli.__main__ import main; main()"
)


def all_sent_to(window: int) -> str:
    """What a pseudo-terminal is sent until the other side closes it; then this side is closed too."""
    sent = b""
    try:
        while piece := os.read(window, 65536):
            sent += piece
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(window)
    return sent.decode("utf-8").replace("\r\n", "\n")


def shown(*arguments: str, columns: int = 80, lines: int = 24, at: str = NOON, keys: str = "", **environment: str) -> str:
    """What the window shows in the end, all of what scrolled out of it included; `keys` are typed beforehand."""
    window, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    settings = {"TERM": "xterm-256color", "HT_LANG": "en", "PYTHONIOENCODING": "utf-8", "PAGER": ""} | environment
    kept = {name: value for name, value in os.environ.items() if name not in ("LESS", "NO_COLOR", "COLUMNS", "LINES", "HT_ACCESSIBLE")}
    process = subprocess.Popen(
        [sys.executable, "-c", HELD, at, *arguments], stdin=child, stdout=child, stderr=child, env=kept | settings, cwd=ROOT, start_new_session=True
    )  # fmt: skip
    os.close(child)
    os.write(window, keys.encode())
    printed = all_sent_to(window)
    process.wait()
    return printed
