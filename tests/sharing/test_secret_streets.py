"""The street of a refuge does not travel, though somebody first wrote it in the clear."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.facts import facts
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]
REFUGE = ("add", "--name", "Refuge Zinnia", "--kind", "service", "--city", "namur", "--street", "Rue Canari 9", "--postcode", "5000",
          "--need", "grief", "--language", "fr", "--phone", "081 22 33 47", "--yes")  # fmt: skip


class Two:
    """Two keepers with a folder between them."""

    def __init__(self, folder: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place = folder / "place"
        self.place.mkdir()
        self.paths = {name: folder / f"{name}.db" for name in "ab"}
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

    def refuge_of_b(self) -> dict[str, Any]:
        return next(record for identifier, record in facts(self.paths["b"]).items() if identifier.startswith("refuge-zinnia"))

    def sent(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.place.rglob("*") if path.is_file())


@pytest.fixture
def two(tmp_path: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> Two:
    return Two(tmp_path, ht, monkeypatch)


def test_a_street_made_confidential_before_it_was_sent_stays_here(two: Two, tmp_path: Path) -> None:
    two.does("a", *REFUGE)
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    said = two.sync("a", "b")
    assert "stay here: they say in the clear" in said
    assert "Canari" not in two.sent()
    two.does("a", "report", "realism", "nobody answers", "--yes")
    packet = tmp_path / "packet.jsonl"
    assert "stay here" in two.does("a", "send", str(packet)).err
    assert "nobody answers" in packet.read_text("utf-8")
    assert "Canari" not in packet.read_text("utf-8")


def test_taken_back_and_added_again_as_confidential_it_is_shared_without_its_street(two: Two) -> None:
    two.does("a", *REFUGE)
    two.does("a", "undo", "--last", "1", "--yes")
    two.does("a", *REFUGE, "--confidential")
    two.sync("a", "b")
    assert "Canari" not in two.sent()
    assert two.refuge_of_b()["name"] == "Refuge Zinnia"
    assert "Canari" not in two.does("b", "history").out


def test_what_marks_a_street_that_travelled_already_goes_where_it_is_known(two: Two) -> None:
    two.does("a", *REFUGE)
    two.sync("a", "b")
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    assert "stay here" not in two.sync("a", "b")
    assert all("Canari" not in str(address) for address in two.refuge_of_b().get("addresses", ()))


def test_a_street_made_public_again_travels(two: Two) -> None:
    two.does("a", *REFUGE, "--confidential")
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=false", "--yes")
    assert "stay here" not in two.sync("a", "b")
    assert "Canari" in str(two.refuge_of_b()["addresses"])
