"""Memory and time of an HSDS export of many resources: `python benchmarks/hsds_memory.py hsds 100000`."""

import os
import resource as usage
import sys
import time
from collections.abc import Iterator
from importlib import import_module

from ht_cli.catalogue.facts.municipalities import read_municipality
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.catalogue.keeping.journal import read_changes_of
from ht_cli.exchange.reference import Reference
from ht_cli.model import Resource


def many(resources: list[Resource], count: int) -> Iterator[Resource]:
    for number in range(count):
        found = resources[number % len(resources)]
        yield found._replace(id=f"{found.id}-{number}")


def main(form: str, count: int) -> None:
    with open_catalogue() as connection:
        resources = read_resources(connection, read_ids(connection, all_statuses=True))
        homes = {nis: home for nis in {a.nis for r in resources for a in r.addresses} if (home := read_municipality(connection, nis))}
        reference = Reference("fr", read_words(connection, "fr"), homes, lambda identifier: read_changes_of(connection, identifier))
        start, size = time.process_time(), 0
        for piece in import_module(f"ht_cli.exchange.{form}").pieces(many(resources, count), reference):
            size += len(piece.encode() if isinstance(piece, str) else piece)
    peak = usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{form}: {count} resources, {size / 1e6:.0f} MB, {time.process_time() - start:.1f} s of CPU, {peak:.0f} MB of memory\n"
    )


if __name__ == "__main__":
    os.environ.setdefault("HT_LANG", "fr")
    main(sys.argv[1], int(sys.argv[2]))
