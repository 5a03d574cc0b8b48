"""Where the bundled catalogue and the user's own one are."""

import os
import sys
from pathlib import Path

from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _

_PACKAGE = Path(__file__).parent
CATALOGUE_VARIABLE = "HT_CATALOGUE"


def bundled_catalogue() -> Path:
    """Give the catalogue that came with this release: in the wheel, or in a checkout."""
    installed = _PACKAGE / "data" / "resources.db"
    return installed if installed.exists() else _PACKAGE.parent / "data" / "resources.db"


def user_catalogue() -> Path:
    """Give the place of the user's own copy in the platform's data folder; it may not exist."""
    if sys.platform == "linux":  # what platformdirs gives there, without the 6 ms of loading it at each command
        home = os.environ.get("XDG_DATA_HOME", "").strip()
        return (Path(home) if home else Path.home() / ".local" / "share") / "ht" / "resources.db"
    from platformdirs import user_data_path

    return user_data_path("ht") / "resources.db"


def chosen_catalogue(named: str | None = None) -> Path:
    """Give the catalogue to read: the one named, then $HT_CATALOGUE, the user's own, the bundled.

    Raises CatalogueError when the named one does not exist.
    """
    named = named or os.environ.get(CATALOGUE_VARIABLE)
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise CatalogueError(_("no catalogue at {path}; `ht info` without --catalogue shows the bundled one").format(path=path))
        return path
    own = user_catalogue()
    path = own if own.is_file() else bundled_catalogue()
    if not path.is_file():
        raise CatalogueError(_("the bundled catalogue is missing ({path}); install ht again").format(path=path))
    return path
