"""Keepers who do anything that keepers can do, by commands and in any order, end with the same facts and the same journal."""

import os
import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.keeping.journal import read_changes
from ht_cli.catalogue.sharing.merging import conflicts, unlike_the_journal
from ht_cli.catalogue.sharing.syncing import sync
from tests.catalogue.facts import facts
from tests.conftest import Outcome
from tests.sharing.test_syncing import devices, journal

Run = Callable[..., Outcome]
ACTS = int(os.environ.get("HT_ACTS", "60"))  # more of them on a machine that has the time
EXPECTED = (0, 1, 2, 3, 4)  # done, nothing there, refused in words


class Keepers:
    """Four devices, a folder, and one who draws what happens next."""

    def __init__(self, few: Path, tmp_path: Path, ht: Run, seed: int) -> None:
        self.paths = devices(few, tmp_path, 4)
        self.chance = random.Random(seed)
        self.place = tmp_path / "cloud"
        self.place.mkdir()
        self._files = tmp_path
        self._ht = ht

    def act(self, number: int) -> None:
        """Let one of them do something; what they hold is what follows from the journal after it, too."""
        path = self.chance.choice(self.paths)
        doing = self.chance.choice((self.correct, self.correct, self.close, self.check, self.take_back, self.settle, self.propose, self.speak, self.sheet, self.mail, self.exchange, self.exchange))  # fmt: skip
        doing(path, number)
        assert follows(path)

    def run(self, path: Path, *words: str) -> None:
        outcome = self._ht(*words, "--by", path.parent.name, "--catalogue", str(path))
        assert outcome.exit_code in EXPECTED, (words, outcome)

    def some(self, path: Path) -> str:
        known = list(facts(path))
        return self.chance.choice(known[:6] + [identifier for identifier in known if identifier.startswith("groupe")])

    def correct(self, path: Path, number: int) -> None:
        house = self.some(path)
        one = self.chance.choice((
            ("--set", f"phone=04 342 12 {self.chance.randrange(10, 99)}"), ("--add-phone", f"04 342 12 {self.chance.randrange(10, 99)}"),
            ("--set", f"email=a{number}@example.org"), ("--set", f"city={self.chance.choice(('namur', 'liege'))}"),
            ("--add-need", self.chance.choice(("grief", "stress"))), ("--add-area", self.chance.choice(("namur", "liege"))),
        ))  # fmt: skip
        self.run(path, "update", house, *one, "--yes")

    def close(self, path: Path, number: int) -> None:
        house, other = self.some(path), self.some(path)
        new = ("add", "--name", f"Groupe {self.chance.choice('ABC')}", "--kind", "group", "--city", "namur", "--language", "fr", "--force")
        how = self.chance.choice((("remove", house, "--duplicate-of", other), ("remove", house, "--reason", "moved", "--successor", other), ("remove", house, "--reopen"), new))  # fmt: skip
        self.run(path, *how, "--yes")

    def check(self, path: Path, number: int) -> None:
        field = self.chance.choice(("phone", "email", "url", "needs"))
        how = self.chance.choice((("--how", "phone"), ("--field", field, "--how", "site"), ("--failed",)))
        self.run(path, "verify", self.some(path), *how)

    def take_back(self, path: Path, number: int) -> None:
        with closing(sqlite3.connect(path)) as connection:
            known = read_changes(connection, limit=12)
        which: Sequence[str] = ("--last", str(self.chance.randrange(1, 3)))
        if known and self.chance.random() < 0.5:
            which = [self.chance.choice(known).act[:8]]  # a sync among them, or the undo of one
        self.run(path, "undo", *which, "--yes")

    def settle(self, path: Path, number: int) -> None:
        with closing(sqlite3.connect(path)) as connection:
            waiting = conflicts(connection)
        if waiting:
            one = self.chance.choice(waiting)
            self.run(path, "conflicts", one.resource, "--field", one.field, self.chance.choice(("--keep", "--take")), "--yes")

    def propose(self, path: Path, number: int) -> None:
        with closing(sqlite3.connect(path)) as connection:
            waiting = read_changes(connection, "action = 'propose'")
        if waiting and self.chance.random() < 0.5:
            self.run(path, "report", "--accept", self.chance.choice(waiting).uuid[:8], "--yes")
        else:
            self.run(path, "update", self.some(path), "--set", f"url=https://p{number}.example.org/", "--propose")

    def speak(self, path: Path, number: int) -> None:
        words = self.chance.choice((("report", self.some(path), "nobody answers", "--yes"), ("due", "--take", "2")))
        self.run(path, *words)

    def sheet(self, path: Path, number: int) -> None:
        rows = self._files / "rows.csv"
        rows.write_text(f"id,notes,email\n{self.some(path)},n{number},i{number}@example.org\n{self.some(path)},m{number},\n", "utf-8")
        self.run(path, "import", str(rows), "--yes")

    def mail(self, path: Path, number: int) -> None:
        packet = str(self._files / "packet.jsonl")
        self.run_without_name(path, "send", packet, "--force")
        self.run(self.chance.choice(self.paths), "take", packet, "--yes")

    def run_without_name(self, path: Path, *words: str) -> None:
        assert self._ht(*words, "--catalogue", str(path)).exit_code in EXPECTED

    def exchange(self, path: Path, number: int) -> None:
        sync(str(self.place), str(path))


def follows(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return unlike_the_journal(connection) == []


@pytest.mark.parametrize("seed", range(2))
def test_whatever_keepers_do_they_end_with_the_same(few: Path, tmp_path: Path, ht: Run, seed: int) -> None:
    keepers = Keepers(few, tmp_path, ht, seed)
    for number in range(ACTS):
        keepers.act(number)
    for path in (*keepers.paths, *keepers.paths):
        keepers.exchange(path, ACTS)
    first = keepers.paths[0]
    assert all(facts(path) == facts(first) and journal(path) == journal(first) and follows(path) for path in keepers.paths)
