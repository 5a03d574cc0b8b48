"""The descriptions of formats that other programs read: the JSON Schema of a resource, and the metadata for Datasette.

They are files of the package, each with its version in its name; a field or a term that is added widens them, one that
goes or changes its meaning makes a new version.
"""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent / "schemas"
FILES = {"json": "resource-1.json", "sqlite": "datasette-1.json"}


def description_of(form: str) -> Iterator[str]:
    """Give the text of what describes a format: `json` (JSON Schema 2020-12) or `sqlite` (metadata for Datasette)."""
    yield (_FOLDER / FILES[form]).read_text("utf-8")
