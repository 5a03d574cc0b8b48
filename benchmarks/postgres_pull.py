"""Memory and time of a pull of many entries from PostgreSQL: `python -m benchmarks.postgres_pull 100000`; budget 150 MB."""

import sys

from ht_cli.catalogue.sharing.postgres import initialise
from tests.sharing.pulling import fill, measured_pull
from tests.sharing.server import Server, binaries


def main(count: int) -> None:
    programs = binaries()
    if programs is None:
        sys.exit("PostgreSQL is not installed")
    server = Server(programs)
    try:
        url = server.url("postgres")
        initialise(url)
        fill(url, count)
        pull = measured_pull(url)
    finally:
        server.stop()
    sys.stdout.write(f"{pull.entries} entries, {pull.seconds:.1f} s, {pull.megabytes:.0f} MB of memory\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
