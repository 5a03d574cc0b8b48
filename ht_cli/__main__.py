"""The console script `ht`, and `python -m ht_cli`."""

import sys


def main() -> None:
    """Run `ht` on the command line of this process."""
    if sys.argv[1:2] == ["__complete"]:  # asked by a shell at each Tab: Typer is not needed, and is not loaded
        from ht_cli.completing import list_candidates

        list_candidates(sys.argv[2:])
        return
    from ht_cli.app import main as run

    run()


if __name__ == "__main__":
    main()
