import re
import tomllib
from importlib.metadata import version

from tests.conftest import ROOT

ROW = re.compile(r"^\| (\w+) \| `([\w-]+)` ([\d.]+) \|", re.MULTILINE)


def test_the_list_of_readers_is_that_of_the_programs_that_the_tests_ran() -> None:
    rows = ROW.findall((ROOT / "docs" / "formats.md").read_text("utf-8"))
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["dev"]
    assert {form for form, _package, _version in rows} == {"geojson", "markdown", "sqlite"}
    for _form, package, said in rows:
        assert version(package) == said
        assert f"{package}=={said}" in pinned
