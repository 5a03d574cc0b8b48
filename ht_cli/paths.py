"""Where the bundled catalogue, the user's own one and its backups are; as text, since a search has no use for `pathlib`."""

import os
import sys

from ht_cli.errors import CatalogueError, OwnCatalogueError
from ht_cli.locale import translate as _

StrPath = str | os.PathLike[str]
_PACKAGE = os.path.dirname(os.path.abspath(__file__))
CATALOGUE_VARIABLE = "HT_CATALOGUE"


def bundled_catalogue() -> str:
    """Give the catalogue that came with this release: in the wheel, or in a checkout."""
    installed = os.path.join(_PACKAGE, "data", "resources.db")
    return installed if os.path.exists(installed) else os.path.join(os.path.dirname(_PACKAGE), "data", "resources.db")


def user_catalogue() -> str:
    """Give the place of the user's own copy in the platform's data folder; it may not exist."""
    if sys.platform == "linux":  # what platformdirs gives there, without the 6 ms of loading it at each command
        home = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.join(os.path.expanduser("~"), ".local", "share")
        return os.path.join(home, "ht", "resources.db")
    from platformdirs import user_data_dir

    return os.path.join(user_data_dir("ht"), "resources.db")


def own_catalogue(named: str | None = None) -> str:
    """Give the catalogue that is written and restored: the one named, then $HT_CATALOGUE, the user's own; it may not exist."""
    chosen = named or os.environ.get(CATALOGUE_VARIABLE)
    return os.path.normpath(os.path.expanduser(chosen)) if chosen else user_catalogue()


def chosen_catalogue(named: str | None = None) -> str:
    """Give the catalogue to read: the one named, then $HT_CATALOGUE, the user's own, the bundled.

    Raises CatalogueError when the named one does not exist, and OwnCatalogueError when the user's own is gone:
    $HT_CATALOGUE leads nowhere, or only the backups are left.
    """
    path = own_catalogue(named)
    if os.path.isfile(path):
        return path
    if named:
        raise CatalogueError(_("no catalogue at {path}; `ht info` without --catalogue shows the bundled one").format(path=path))
    if os.environ.get(CATALOGUE_VARIABLE) or backups_beside(path):
        raise OwnCatalogueError(_("no catalogue at {path}, where yours is kept; {way_out}").format(path=path, way_out=way_out(path)))
    path = bundled_catalogue()
    if not os.path.isfile(path):
        raise CatalogueError(_("the bundled catalogue is missing ({path}); install ht again").format(path=path))
    return path


def backups_beside(path: str) -> list[str]:
    """Give the backups of a catalogue, in no order: each bears its name and says when it was made."""
    folder, name = os.path.split(path)
    try:
        names = os.listdir(folder or os.curdir)
    except OSError:  # without the folder there are none
        return []
    return [os.path.join(folder, other) for other in names if other.startswith(f"{name}.backup-")]


def way_out(path: StrPath, named: str | None = None) -> str:
    """Say what to do about a catalogue that is damaged or gone: bring a backup back, or begin anew from the bundled one."""
    if os.fspath(path) == bundled_catalogue():
        return _("install ht again")
    option = f" --catalogue {named}" if named else ""
    if backups_beside(os.fspath(path)):
        return _("to bring a backup back: {command}").format(command=f"ht restore{option}")
    if named:
        return _("take another copy of it")
    return _("to begin anew from the catalogue that came with ht: {command}").format(command="ht restore 0")
