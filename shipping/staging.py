"""A folder that holds ht with everything it imports, for machines that have Python and nothing else.

The libraries are those of the environment that runs this, so what was tested is what leaves. Compiled parts are left out: they would
tie the folder to one Python and one kind of machine, and RapidFuzz and MarkupSafe do the same in Python where they are missing.
"""

import shutil
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
COMPILED = {".so", ".pyd", ".dylib", ".pyc"}
OF_THE_INSTALLER = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
# sqlite-utils asks for pip, to install plugins of its own; of phonenumbers ht uses neither where a number is nor whose it is
LEFT_OUT = {"pip"}
LEFT_OUT_FOLDERS = ("phonenumbers/geodata/", "phonenumbers/carrierdata/", "phonenumbers/tzdata/")


def libraries() -> list[Distribution]:
    """Give what ht needs at run time, and what that needs, by name; extras are left out."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        needed = map(Requirement, tomllib.load(file)["project"]["dependencies"])
    wanted = [requirement for requirement in needed if _holds(requirement, "")]
    found: dict[str, Distribution] = {}
    looked_at: set[tuple[str, str]] = set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras} if name not in LEFT_OUT else ():
            if (name, extra) not in looked_at:
                looked_at.add((name, extra))
                found[name] = found.get(name) or distribution(name)
                wanted += [further for further in map(Requirement, found[name].requires or ()) if _holds(further, extra)]
    return [found[name] for name in sorted(found)]


def _holds(requirement: Requirement, extra: str) -> bool:
    return not requirement.marker or requirement.marker.evaluate({"extra": extra})


def stage(folder: Path) -> None:
    """Lay ht, its catalogue and its libraries into a folder that is not there yet."""
    shutil.copytree(ROOT / "ht_cli", folder / "ht_cli", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    (folder / "ht_cli" / "data").mkdir()
    shutil.copyfile(ROOT / "data" / "resources.db", folder / "ht_cli" / "data" / "resources.db")
    for library in libraries():
        for name, source in _files(library):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _files(library: Distribution) -> Iterator[tuple[str, Path]]:
    for file in library.files or ():
        name = file.as_posix()
        if ".." in file.parts or "__pycache__" in file.parts or file.suffix in COMPILED or file.name in OF_THE_INSTALLER:
            continue
        if not name.startswith(LEFT_OUT_FOLDERS):
            yield name, Path(str(file.locate()))
