"""A release says the same of itself everywhere, and the forge's files are ones that it can read."""

import re
import sqlite3
import tomllib
from contextlib import closing

import pytest
import yaml

from ht_cli import __version__
from ht_cli.catalogue.release.build import DATA_VERSION
from tests.conftest import BUNDLED, ROOT

KINDS = {"Added", "Changed", "Mended", "Removed"}
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_each_version_is_of_its_form() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert re.fullmatch(r"20\d\d\.(?:[1-9]|1[0-2])(?:\.\d+)?", DATA_VERSION)
    with closing(sqlite3.connect(BUNDLED)) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone() == (DATA_VERSION,)


def test_the_changelog_begins_with_what_is_not_released_and_is_by_kind() -> None:
    headings = re.findall(r"^## (.+)$", CHANGELOG, re.M)
    assert headings[0].startswith("Unreleased")
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ – 20\d\d-\d\d-\d\d", heading) for heading in headings[1:])
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.M)) <= KINDS
    for part in re.split(r"^## ", CHANGELOG, flags=re.M)[1:]:
        assert part.split("\n", 2)[2].startswith("### ")  # no line without its kind


def test_what_a_build_needs_is_pinned_to_one_and_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (backend,) = project["build-system"]["requires"]
    assert "==" in backend
    assert backend in project["project"]["optional-dependencies"]["dev"]


@pytest.mark.parametrize("path", sorted((ROOT / ".github").rglob("*.yml")), ids=lambda path: path.name)
def test_the_forge_can_read_its_files(path) -> None:  # type: ignore[no-untyped-def]
    said = yaml.safe_load(path.read_text("utf-8"))
    if path.parent.name == "ISSUE_TEMPLATE" and path.name != "config.yml":
        assert {"name", "description", "body"} <= said.keys()
        fields = [field["id"] for field in said["body"] if field["type"] != "markdown"]
        assert len(fields) == len(set(fields)) > 0
        assert all(field["attributes"]["label"] for field in said["body"] if field["type"] != "markdown")
    elif path.parent.name == "workflows":
        assert said["permissions"] == {"contents": "read"}
        assert {"ubuntu-latest", "macos-latest", "windows-latest"} == set(said["jobs"]["quick"]["strategy"]["matrix"]["system"])


def test_each_python_that_is_tried_is_one_that_is_promised() -> None:
    tried = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8"))["jobs"]["quick"]["strategy"]["matrix"][
        "python"
    ]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    promised = [line.rpartition(" ")[2] for line in project["classifiers"] if line.startswith("Programming Language :: Python :: 3.")]
    assert tried == promised
    assert project["requires-python"] == f">={tried[0]}"


def test_the_links_of_the_papers_lead_somewhere() -> None:
    for paper in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", paper.read_text("utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"
