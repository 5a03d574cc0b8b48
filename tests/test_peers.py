"""The document names every peer that the script compares ht with; what they find and cost is measured by `just peers` alone."""

import importlib.util
import sys

import pytest

from tests.conftest import ROOT


def test_the_section_names_every_peer_of_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    specification = importlib.util.spec_from_file_location("peers", ROOT / "benchmarks" / "peers.py")
    assert specification
    assert specification.loader
    peers = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, "peers", peers)
    specification.loader.exec_module(peers)
    section = (ROOT / "docs" / "BENCHMARKS.md").read_text("utf-8").partition("## Beside its peers")[2]
    names = [peer.name for peer in peers.PEERS] + list(peers.LEFT_OUT)
    assert [name for name in names if f"| {name} |" not in section and f"**{name}**" not in section] == []
