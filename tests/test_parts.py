"""What ht is made of: known, listed, and free to pass on."""

import json
import re

import pytest

from shipping.parts import licence_of, parts
from shipping.staging import libraries

FREE = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0", "Public Domain"}  # each may be passed on with ht under MIT


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library.name)
def test_each_library_may_be_passed_on(library) -> None:  # type: ignore[no-untyped-def]
    chosen = re.split(r" OR ", licence_of(library))
    assert set(chosen) & FREE, f"{library.name}: {chosen}"


def test_the_list_of_parts_holds_each_library_with_its_version_and_licence() -> None:
    listed = json.loads(parts())
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "ht-cli"
    versions = {part["name"]: part["version"] for part in listed["components"]}
    assert versions == {library.name: library.version for library in libraries()}
    assert all(part["licenses"] for part in listed["components"])
