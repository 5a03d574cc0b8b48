"""A record as TOML: in the editor of the person who changes it, and in the file of the one who adds it."""

import os
import shlex
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.locale import translate as _


def edited(record: Mapping[str, Any], identifier: str, comment: str = "") -> dict[str, Any]:
    """Open a record in $VISUAL or $EDITOR (without a shell) and give what it says afterwards.

    Raises UsageError when there is no editor or it fails, InvalidDataError when what it leaves is no TOML.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not command:
        raise UsageError(_("no editor is named; set EDITOR, or use --set field=value"))
    head = comment or _("Change what you know, save, and close. A line that is taken out is “not known”.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{identifier}.toml"
        file.write_text("".join(f"# {line}\n" for line in head.splitlines()) + "\n" + written(record), "utf-8")
        try:
            done = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise UsageError(_("the editor {name} does not start: {reason}").format(name=command[0], reason=error.strerror)) from error
        if done.returncode:
            raise UsageError(_("the editor ended with an error; nothing was changed"))
        return read_record_file(file)


def written(record: Mapping[str, Any]) -> str:
    """Write a record as TOML."""
    import tomli_w

    return tomli_w.dumps(record, multiline_strings=False)


def read_record_file(path: Path) -> dict[str, Any]:
    """Read a record from a TOML file. Raises UsageError when it cannot be read, InvalidDataError when it is no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidDataError(_("{path} is not TOML in UTF-8: {error}").format(path=path.name, error=error)) from error
