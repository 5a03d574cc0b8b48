"""docs/postgres.md, command by command, and two devices that sync through the server which it sets up."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BUNDLED, ROOT, program
from tests.sharing.server import ADMINISTRATOR, PASSWORD, Server

PAGE = (ROOT / "docs" / "postgres.md").read_text("utf-8")


@pytest.fixture
def shell(server: Server, tmp_path: Path) -> "Shell":
    return Shell(server, tmp_path)


class Shell:
    """Bash on the server, with the commands of PostgreSQL and `ht`, in a home of its own."""

    def __init__(self, server: Server, home: Path) -> None:
        self._home = home
        tools = home / "bin"
        tools.mkdir()
        (tools / "ht").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m ht_cli "$@"\n')
        (tools / "ht").chmod(0o755)
        (home / ".pgpass").write_text(f"*:*:*:{ADMINISTRATOR}:{PASSWORD}\n")
        (home / ".pgpass").chmod(0o600)
        for device in ("ada", "bea"):
            shutil.copyfile(BUNDLED, home / f"{device}.db")
        self._environment = os.environ | {
            "HOME": str(home), "PATH": f"{tools}:{server.programs}:{os.environ['PATH']}", "HT_LANG": "en",
            "PGHOST": "localhost", "PGPORT": str(server.port), "PGUSER": ADMINISTRATOR, "PGSSLROOTCERT": str(server.certificate),
        }  # fmt: skip

    def run(self, script: str, device: str = "ada") -> str:
        """Give everything that a script says; it must succeed."""
        environment = self._environment | {"HT_CATALOGUE": str(self._home / f"{device}.db")}
        command = [program("bash"), "-euo", "pipefail", "-c", script]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self._home, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


def test_the_page_runs_as_it_stands_and_devices_sync_through_what_it_sets_up(shell: Shell) -> None:
    shell.run("\n".join(re.findall(r"^```bash\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)))
    address = "'postgresql://ada@localhost/keepers?sslmode=verify-full'"
    shell.run("ht update realism --set email=new@example.org --yes; ht sync")
    said = shell.run(f"ht sync {address}; ht show realism", device="bea")
    assert "1 entry came" in said
    assert "new@example.org" in said
    shell.run("ht sync 'postgresql://localhost/keepers_again'", device="bea")  # the backup from before that change
    held = "psql --tuples-only --no-align --dbname keepers_again --command 'SELECT count(*), min(written_by) FROM ht.entry'"
    assert shell.run(held) == f"1|{ADMINISTRATOR}\n"
