"""The console script `ht`, and `python -m ht_cli`."""

import gc
import os
import sys

OBJECTS = 50_000  # made between two searches for garbage: a start makes nothing but what it keeps, and need not be searched often


def main() -> None:
    """Run `ht` on the command line of this process."""
    gc.set_threshold(OBJECTS)
    _open_missing_streams()
    try:
        _run()
    except KeyboardInterrupt:  # while modules are still loaded; from then on Typer gives the same code
        sys.exit(130)


def _run() -> None:
    if sys.argv[1:2] in (["__complete"], ["__complete_bash"]):  # asked by a shell at each Tab: Typer is not needed, and is not loaded
        from ht_cli.completing import offer, offer_in_bash

        sys.exit(offer(sys.argv[2:]) if sys.argv[1] == "__complete" else offer_in_bash(sys.argv[2]))
    from ht_cli.app import main as run

    run()


def _open_missing_streams() -> None:
    """Give a process that was started with a closed stream (`<&-`) one that is empty, rather than none."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 — open as long as the process


if __name__ == "__main__":
    main()
