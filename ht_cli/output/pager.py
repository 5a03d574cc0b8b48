"""The pager: the program that the user has chosen to read what is longer than the window, as `git` uses it."""

import os
import shlex
import shutil
import signal
import subprocess
import sys

DEFAULT = "less"
# Leave where all fits, pass colours on, keep what was read on the screen; and keep no list of what was searched for.
SETTINGS = {"LESS": "FRX", "LV": "-c", "LESSHISTFILE": "-"}


def show_in_pager(text: str) -> bool:
    """Show a text in PAGER, else in less; say whether that was done: PAGER may be empty or `cat`, or not be there."""
    command = shlex.split(os.environ.get("PAGER", DEFAULT))
    if not command or command == ["cat"] or not shutil.which(command[0]):
        return False
    environment = SETTINGS | os.environ | {"LESSHISTFILE": "-"}
    encoding = sys.stdout.encoding or "utf-8"
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)  # Ctrl-C is the pager's, which stops what it does and stays
    try:
        subprocess.run(command, input=text.encode(encoding, "replace"), env=environment, check=False)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
