"""`python -m shipping.parts`: dist/ht.cdx.json, what ht is made of (CycloneDX), with the licence of each part."""

import sys
from importlib.metadata import Distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from ht_cli import __version__
from shipping.staging import ROOT, libraries

SPDX = {  # what older metadata says → the identifier of the licence
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "MIT": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
}
PUBLIC_DOMAIN = "Public Domain"


def licence_of(library: Distribution) -> str:
    """Give the licence of a library as an SPDX expression, or "Public Domain"; empty where its metadata does not say."""
    said = library.metadata
    if "License-Expression" in said:
        return said["License-Expression"]
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License :: ")]
    named = [name for name in classified if name in SPDX or name == PUBLIC_DOMAIN] or said.get_all("License") or [""]
    return " OR ".join(SPDX.get(name, name if name == PUBLIC_DOMAIN else "") for name in named)


def parts() -> str:
    """Give the list as JSON; the same parts give the same text but for the moment and the number that CycloneDX asks for."""
    licences = LicenseFactory()
    bom = Bom()
    bom.metadata.component = Component(name="ht-cli", version=__version__, type=ComponentType.APPLICATION, bom_ref="ht-cli")
    of_ht = []
    for library in libraries():
        component = Component(
            name=library.name, version=library.version, type=ComponentType.LIBRARY, bom_ref=library.name,
            purl=PackageURL("pypi", name=library.name.lower().replace("_", "-"), version=library.version),
            licenses=[licences.make_from_string(licence_of(library))],
        )  # fmt: skip
        bom.components.add(component)
        of_ht.append(component)
    bom.register_dependency(bom.metadata.component, of_ht)
    return JsonV1Dot6(bom).output_as_string(indent=2)


if __name__ == "__main__":
    target = Path(ROOT, "dist", "ht.cdx.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(parts(), "utf-8")
    sys.stdout.write(f"{target}\n")
