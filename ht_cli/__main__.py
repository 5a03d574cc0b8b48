"""The console script `ht`, and `python -m ht_cli`."""

from ht_cli.app import main

if __name__ == "__main__":
    main()
