"""A real shell in a pseudo-terminal: what it makes of keys, with `ht` in its place telling the words that it was given."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from ht_cli.commands.completion import SCRIPTS, Shell
from tests.conftest import BUNDLED, ROOT, program

TOLD = re.compile(r"WORDS(\[.*?\])END", re.DOTALL)
TELLS = f"""#!/bin/sh
case "$1" in __complete*) exec {sys.executable} -m ht_cli "$@";; esac
exec {sys.executable} -c 'import json, sys; print("WORDS" + json.dumps(sys.argv[1:]) + "END")' "$@"
"""
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "--interactive"],
}  # fmt: skip
FIRST = {
    "bash": "PS1='ready> '; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; source ./script",
    "zsh": "unsetopt prompt_sp prompt_cr; PS1='ready> '; fpath+=(~/.zfunc); autoload -Uz compinit; compinit -u -D",
    "fish": "set -g fish_greeting; function fish_prompt; echo -n 'ready> '; end; source ./script",
}
PATIENCE = 10.0  # seconds


class RealShell:
    """One shell that has read the completion script, in a folder of its own."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        program(shell)
        (folder / "bin").mkdir()
        (folder / "bin" / "ht").write_text(TELLS)
        (folder / "bin" / "ht").chmod(0o755)
        script = folder / (".zfunc/_ht" if shell == "zsh" else "script")
        script.parent.mkdir(exist_ok=True)
        script.write_text(SCRIPTS[shell])
        home = {"HOME": str(folder), "ZDOTDIR": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        environment = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HT_CATALOGUE": str(BUNDLED), "HT_LANG": "en",
            "TERM": "xterm", "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null", **home,
        }  # fmt: skip
        self._window, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._process = subprocess.Popen(
            START[shell], stdin=child, stdout=child, stderr=child, env=environment, cwd=folder, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # a shell with jobs wants the terminal for itself
        )  # fmt: skip
        os.close(child)
        self._shown = ""
        self.type(f"{FIRST[shell]}\r")
        self.type("ht begun\r")
        self.words()

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._window, keys.encode())

    def words(self) -> list[str]:
        """Give the words that `ht` was run with."""
        found = self._until(TOLD)
        self._shown = self._shown[found.end() :]
        words: list[str] = json.loads(found[1].replace("\r", "").replace("\n", ""))
        return words

    def completed(self, keys: str) -> list[str]:
        """Give the words that `ht` is run with after these keys, Tab among them, and Enter."""
        self.type(f"{keys}\r")
        return self.words()

    def offered(self, line: str) -> str:
        """Give what is shown where Tab is pressed twice at the end of a line."""
        self._shown = ""
        self.type(f"{line}\t")
        self._settle()
        self.type("\t")
        self._settle()
        shown = self._shown
        self.type("\x03")
        self._settle()
        return shown

    def close(self) -> None:
        """End the shell."""
        self._process.kill()
        self._process.wait()
        os.close(self._window)

    def _settle(self) -> None:
        """Read until nothing has come for a while: a completion asks `ht`, which takes its time."""
        while self._read(1.0):
            pass

    def _until(self, wanted: re.Pattern[str]) -> re.Match[str]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = wanted.search(self._shown)
            if found:
                return found
            self._read(0.2)
        raise AssertionError(self._shown)

    def _read(self, seconds: float) -> bool:
        ready, _w, _x = select.select([self._window], [], [], seconds)
        if ready:
            self._shown += os.read(self._window, 65536).decode("utf-8", "replace")
        return bool(ready)
