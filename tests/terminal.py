"""What a terminal shows: `ht` in a pseudo-terminal of a given size, with the clock held."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence

from tests.conftest import BUNDLED, ROOT

HELD_FOR = 90  # times that a key comes which is held down
QUIET = 1.5  # seconds without a word after which a program waits for an answer
PATIENCE = 60.0  # seconds; a machine that does much else at once is slow
ALTERNATE, BACK = b"\x1b[?1049h", b"\x1b[?1049l"  # to a screen of its own, and back to the one before
NOON = "2026-11-25 12:00"  # a Wednesday, and no holiday
HELD = (
    "import sys; from datetime import datetime; from ht_cli import clock; at = datetime.fromisoformat(sys.argv.pop(1));"
    "clock.now = lambda: at.replace(tzinfo=clock.BRUSSELS); from ht_cli.__main__ import main; main()"
)


class Terminal:
    """A terminal with `ht` in it."""

    def __init__(self, *arguments: str, before: Callable[[], None] = lambda: None, **environment: str) -> None:
        self.shown = b""
        self.window, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

        def own_the_terminal() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            before()

        given = {name: value for name, value in os.environ.items() if name not in ("TMUX", "HT_BROWSE")}
        given |= {"TERM": "xterm-256color", "HT_LANG": "en", "HT_CATALOGUE": str(BUNDLED)} | environment
        command = [sys.executable, "-m", "ht_cli", *arguments]
        self.process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=given, cwd=ROOT, preexec_fn=own_the_terminal)
        os.close(child)

    def press(self, keys: bytes) -> None:
        os.write(self.window, keys)

    def read(self, seconds: float = 0.1) -> None:
        with contextlib.suppress(OSError):  # how Linux says that the other side is closed
            if select.select([self.window], [], [], seconds)[0]:
                self.shown += os.read(self.window, 65536)

    def until(self, text: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < end, self.shown[-2000:]
            assert self.process.poll() is None or text in self.shown, self.shown[-2000:]
            self.read()

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, as a shell's does."""
        return bool(termios.tcgetattr(self.window)[3] & termios.ECHO)

    def until_silent(self) -> None:
        end = time.monotonic() + PATIENCE
        while self.echoes():
            assert time.monotonic() < end

    def ended(self) -> int:
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, self.shown[-2000:]
            self.read()
        self.read()
        return self.process.returncode

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self.window)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


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


def spoken_with(
    *arguments: str, lines: Sequence[str] = (), keys: Sequence[str] = (), ahead: str = "", held: str = "", seconds: float = 60
) -> str:
    """What a terminal shows when each line, or each key alone, is typed once something was asked after the one before; then the input ends.

    A line that is `\\x03` is Ctrl-C. `ahead` is typed before anything was asked; `held` is a key that is held down behind the others.
    """
    window, child = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "HT_LANG": "en", "PYTHONIOENCODING": "utf-8", "PAGER": ""}
    process = subprocess.Popen([sys.executable, "-m", "ht_cli", *arguments], stdin=child, stdout=child, stderr=child, env=environment, cwd=ROOT, start_new_session=True, preexec_fn=_take_terminal)  # fmt: skip
    os.close(child)
    os.write(window, ahead.encode())
    sent, answered, waiting = b"", 0, [*(line if line == "\x03" else f"{line}\n" for line in lines), *keys]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if held and not waiting:
            _hold_down(held, window)
            held = ""
        ready, *_ = select.select([window], [], [], QUIET)
        if ready:
            try:
                piece = os.read(window, 65536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not piece:
                break
            sent += piece
        elif len(sent) > answered:  # it asked something and waits
            text = waiting.pop(0) if waiting else "\x04"
            os.write(window, text.encode())
            answered = len(sent) + len(text)
    process.kill()
    process.wait()
    os.close(window)
    return sent.decode("utf-8", "replace").replace("\r\n", "\n")


def _hold_down(key: str, window: int) -> None:
    """Send a key as a keyboard does while it is held down: once, after a moment again, then some thirty times a second."""
    for number in range(HELD_FOR):
        os.write(window, key.encode())
        time.sleep(1 / 30 if number else 1 / 4)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
