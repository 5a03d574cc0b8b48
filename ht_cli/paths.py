"""Where the bundled catalogue, the user's own one and its backups are."""

import os
import sys
from pathlib import Path

from ht_cli.errors import CatalogueError, OwnCatalogueError
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


def own_catalogue(named: str | None = None) -> Path:
    """Give the catalogue that is written and restored: the one named, then $HT_CATALOGUE, the user's own; it may not exist."""
    chosen = named or os.environ.get(CATALOGUE_VARIABLE)
    return Path(chosen).expanduser() if chosen else user_catalogue()


def chosen_catalogue(named: str | None = None) -> Path:
    """Give the catalogue to read: the one named, then $HT_CATALOGUE, the user's own, the bundled.

    Raises CatalogueError when the named one does not exist, and OwnCatalogueError when the user's own is gone:
    $HT_CATALOGUE leads nowhere, or only the backups are left.
    """
    path = own_catalogue(named)
    if path.is_file():
        return path
    if named:
        raise CatalogueError(_("no catalogue at {path}; `ht info` without --catalogue shows the bundled one").format(path=path))
    if os.environ.get(CATALOGUE_VARIABLE) or backups_beside(path):
        raise OwnCatalogueError(_("no catalogue at {path}, where yours is kept; {way_out}").format(path=path, way_out=way_out(path)))
    path = bundled_catalogue()
    if not path.is_file():
        raise CatalogueError(_("the bundled catalogue is missing ({path}); install ht again").format(path=path))
    return path


def backups_beside(path: Path) -> list[Path]:
    """Give the backups of a catalogue, in no order: each bears its name and says when it was made."""
    beginning = f"{path.name}.backup-"
    try:
        names = os.listdir(path.parent)
    except OSError:  # without the folder there are none
        return []
    return [path.with_name(name) for name in names if name.startswith(beginning)]


def way_out(path: Path, named: str | None = None) -> str:
    """Say what to do about a catalogue that is damaged or gone: bring a backup back, or begin anew from the bundled one."""
    if path == bundled_catalogue():
        return _("install ht again")
    option = f" --catalogue {named}" if named else ""
    if backups_beside(path):
        return _("to bring a backup back: {command}").format(command=f"ht restore{option}")
    if named:
        return _("take another copy of it")
    return _("to begin anew from the catalogue that came with ht: {command}").format(command="ht restore 0")
