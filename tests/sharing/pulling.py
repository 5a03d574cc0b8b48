"""A pull of many entries by a process of its own, measured."""

import os
import subprocess
import sys
from typing import NamedTuple

import psycopg

from ht_cli.catalogue.sharing.entries import line_of
from tests.conftest import ROOT
from tests.sharing.written import written

_READ = """
import re, sys, time
from pathlib import Path
from ht_cli.catalogue.sharing.postgres import PostgresPlace
begun = time.monotonic()
count = sum(len(stretch.entries) for stretch in PostgresPlace(sys.argv[1], "").pull({}))
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(count, time.monotonic() - begun, int(peak[1]) / 1024)
"""


class Pull(NamedTuple):
    entries: int
    seconds: float
    megabytes: float


def fill(url: str, count: int) -> None:
    """Write many entries as only the owner of the tables can, in one stream."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        with cursor.copy("COPY ht.entry (position, line) FROM STDIN") as copy:
            for first in range(0, count, 1_000):
                for position, entry in enumerate(written(1_000, first=first), first + 1):
                    copy.write_row((position, line_of(entry)))
        cursor.execute("UPDATE ht.counter SET last = %s", [count])


def measured_pull(url: str) -> Pull:
    run = subprocess.run([sys.executable, "-c", _READ, url], capture_output=True, text=True, check=True, cwd=ROOT, env=os.environ)
    count, seconds, megabytes = run.stdout.split()
    return Pull(int(count), float(seconds), float(megabytes))
