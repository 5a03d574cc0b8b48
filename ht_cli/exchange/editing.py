"""A record as TOML: in the editor of the person who changes it, and in the file of the one who adds it."""

import os
import re
import shlex
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.troubles import line_named, trouble
from ht_cli.locale import translate as _

Faults = Callable[[dict[str, Any]], Sequence[str]]  # what is wrong with a record, each as "field: what it is"
MOST_OPENED = 20  # times that an editor is opened for one record
_SAID = "#!"  # begins the lines in which ht says what is wrong


def edited(
    record: Mapping[str, Any],
    identifier: str,
    comment: str = "",
    *,
    begun: str = "",
    faults: Faults = lambda _record: (),
    keep: Callable[[str], None] = lambda _text: None,
) -> dict[str, Any]:
    """Open a record in $VISUAL or $EDITOR (without a shell) and give what it says afterwards.

    While it does not hold it is opened again, each fault above the line that it is about; saved as it was opened, it is given up.
    `begun` is a text that was written before, opened in place of the record; `keep` gets what was written when it is given up. Raises UsageError when there is no editor or it fails, InvalidDataError, with the
    faults, when it is given up.
    """
    head = comment or _("Change what you know, save, and close. A line that is taken out is “not known”.")
    opened = begun or "".join(f"# {line}\n" for line in head.splitlines()) + "\n" + written(record)
    for time in range(MOST_OPENED):
        text = _left_by_editor(opened, identifier)
        found, said = _read(text, faults)
        if not said:
            return found
        if time and _bare(text) == _bare(opened):
            break
        opened = _with_faults(_bare(text), said)
    keep(_bare(text))
    raise InvalidDataError("\n".join(said))


def _left_by_editor(text: str, identifier: str) -> str:
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not command:
        raise UsageError(_("no editor is named; set EDITOR, or use --set field=value"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{identifier}.toml"
        file.write_text(text, "utf-8")
        try:
            done = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise UsageError(_("the editor {name} does not start: {reason}").format(name=command[0], reason=error.strerror)) from error
        if done.returncode:
            raise UsageError(_("the editor ended with an error; nothing was changed"))
        return file.read_text("utf-8-sig", "replace")


def _read(text: str, faults: Faults) -> tuple[dict[str, Any], list[str]]:
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, [_("what you wrote is not TOML: {error}").format(error=trouble(error))]
    return found, list(faults(found))


def _bare(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(_SAID))


def _with_faults(text: str, said: Sequence[str]) -> str:
    """Put each fault above the line that it is about, those that are about no line at the top."""
    lines = text.splitlines()
    above: dict[int, list[str]] = {}
    for fault in said:
        above.setdefault(_line_of(fault, lines), []).extend(f"{_SAID} {line}" for line in fault.splitlines())
    return "".join(f"{line}\n" for number, text in enumerate(lines) for line in (*above.get(number, ()), text))


def _line_of(fault: str, lines: Sequence[str]) -> int:
    at = line_named(fault)
    if at:
        return min(at, len(lines)) - 1
    table, _dot, part = fault.partition(":")[0].strip().partition(".")
    begins = [re.compile(rf"{re.escape(part)}\s*=")] if part else []
    begins += [re.compile(rf"(?:\[\[?)?{re.escape(table)}\s*[=\].]")]
    return next((number for begin in begins for number, line in enumerate(lines) if begin.match(line)), 0)


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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDataError(_("{path} is not TOML in UTF-8: {error}").format(path=path.name, error=trouble(error))) from error
