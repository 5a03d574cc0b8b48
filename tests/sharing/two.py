"""Keepers with catalogues of their own and one folder, who do what they do by the commands."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.facts import facts
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]


class Two:
    """Two keepers with a folder between them, and a third who comes later."""

    def __init__(self, folder: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place = folder / "place"
        self.place.mkdir()
        self.paths = {name: folder / f"{name}.db" for name in "abc"}
        for path in self.paths.values():
            shutil.copyfile(BUNDLED, path)
        self._ht = ht
        self._monkeypatch = monkeypatch

    def does(self, name: str, *words: str) -> Outcome:
        self._monkeypatch.setenv("HT_CATALOGUE", str(self.paths[name]))
        outcome = self._ht(*words)
        assert outcome.exit_code == 0, outcome.err
        return outcome

    def sync(self, *names: str) -> str:
        return "".join(self.does(name, "sync", str(self.place)).err for name in names)

    def fails(self, name: str, *words: str) -> str:
        self._monkeypatch.setenv("HT_CATALOGUE", str(self.paths[name]))
        outcome = self._ht(*words)
        assert outcome.exit_code
        return outcome.err

    def refuge_of(self, name: str) -> dict[str, Any]:
        return next(record for identifier, record in facts(self.paths[name]).items() if identifier.startswith("refuge-zinnia"))

    def refuge_of_b(self) -> dict[str, Any]:
        return self.refuge_of("b")

    def sent(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.place.rglob("*") if path.is_file())
