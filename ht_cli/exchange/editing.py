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
from ht_cli.reasons import reason_of

Faults = Callable[[dict[str, Any]], Sequence[str]]  # what is wrong with a record, each as "field: what it is"
Placed = tuple[
    str, int | None
]  # what is wrong, and which entry of its list it is about, counted from 0; None where it is about no single one
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
    raise InvalidDataError("\n".join(dict.fromkeys(fault for fault, _entry in said)))


def editor_named() -> str:
    """Give the command line of the editor that the reader has named; nothing where there is none."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def _left_by_editor(text: str, identifier: str) -> str:
    command = shlex.split(editor_named())
    if not command:
        raise UsageError(_("no editor is named; set EDITOR, or use --set field=value"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{identifier}.toml"
        file.write_text(text, "utf-8")
        try:
            done = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise UsageError(_("the editor {name} does not start: {reason}").format(name=command[0], reason=reason_of(error))) from error
        if done.returncode:
            raise UsageError(_("the editor ended with an error; nothing was changed"))
        return file.read_text("utf-8-sig", "replace")


def _read(text: str, faults: Faults) -> tuple[dict[str, Any], list[Placed]]:
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, [(_("what you wrote is not TOML: {error}").format(error=trouble(error)), None)]
    said = faults(found)
    return found, _placed(found, said, faults) if said else []


def _placed(record: Mapping[str, Any], said: Sequence[str], faults: Faults) -> list[Placed]:
    """Find of each fault of a record the entry that it is about: each entry of a list is tried without the others.

    What a record cannot be read with hides the rest, which is found beside it.
    """
    listed = {field: entries for field, entries in record.items() if isinstance(entries, list)}
    alone = {field: value for field, value in record.items() if field not in listed}

    def of_list(field: str, entries: Sequence[Any]) -> list[str]:
        return [fault for fault in faults({**alone, field: list(entries)}) if _field_of(fault)[0] == field]

    placed: list[Placed] = []
    for field, entries in listed.items():
        of_none = of_list(field, [])  # of what is not shown, and goes along
        placed += [(fault, number) for number, entry in enumerate(entries) for fault in dict.fromkeys(of_list(field, [entry])) if fault not in of_none]  # fmt: skip
    known = {fault for fault, _entry in placed}
    wrong = {_field_of(fault)[0] for fault in known}
    hidden = [fault for fault in faults({field: value for field, value in record.items() if field not in wrong}) if _field_of(fault)[0] not in wrong]  # fmt: skip
    for fault in dict.fromkeys([*said, *hidden]):
        if fault not in known:
            field = _field_of(fault)[0]
            entries = listed.get(field, [])
            placed.append((fault, next((number for number in range(len(entries)) if fault in of_list(field, entries[: number + 1])), None)))
    return placed


def _field_of(fault: str) -> tuple[str, str]:
    """Give the field that a fault is about, and the part of an entry of it that is named."""
    field, _dot, part = fault.partition(":")[0].strip().partition(".")
    return field, part


def _bare(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(_SAID))


def _with_faults(text: str, said: Sequence[Placed]) -> str:
    """Put each fault above the line that it is about, those that are about no line at the top."""
    lines = text.splitlines()
    above: dict[int, list[str]] = {}
    for fault, entry in said:
        above.setdefault(_line_of(fault, entry, lines), []).extend(f"{_SAID} {line}" for line in fault.splitlines())
    return "".join(f"{line}\n" for number, text in enumerate(lines) for line in (*above.get(number, ()), text))


def _line_of(fault: str, entry: int | None, lines: Sequence[str]) -> int:
    at = line_named(fault)
    if at:
        return min(at, len(lines)) - 1
    table, part = _field_of(fault)
    within = _lines_of_entry(table, entry, lines) if entry is not None else range(0)
    if within:
        quoted = [value.rstrip("…") for value in re.findall("“([^”]+)”", fault)]
        named = (number for number in within if part and re.match(rf"{re.escape(part)}\s*=", lines[number].strip()))
        holding = (number for number in within if any(f'"{value}' in lines[number] for value in quoted))
        return next(named, next(holding, within[0]))
    begins = [re.compile(rf"{re.escape(part)}\s*=")] if part else []
    begins += [re.compile(rf"(?:\[\[?)?{re.escape(table)}\s*[=\].]")]
    return next((number for begin in begins for number, line in enumerate(lines) if begin.match(line)), 0)


def _lines_of_entry(table: str, entry: int, lines: Sequence[str]) -> range:
    """Give the lines of an entry of a list, written as `[[table]]` or as a line of its own between brackets; none where it is not found."""
    headers = [number for number, line in enumerate(lines) if re.match(rf"\[\[\s*{re.escape(table)}\s*\]\]", line)]
    if entry < len(headers):
        after = range(headers[entry] + 1, len(lines))
        ends = (number for number in after if lines[number].startswith("[") and not lines[number].startswith(f"[{table}."))
        return range(headers[entry], next(ends, len(lines)))
    begin = next((number for number, line in enumerate(lines) if re.match(rf"{re.escape(table)}\s*=\s*\[\s*$", line)), len(lines))
    end = next((number for number in range(begin, len(lines)) if lines[number].strip() == "]"), len(lines))
    items = [number for number in range(begin + 1, end) if lines[number].strip() and not lines[number].strip().startswith("#")]
    return range(items[entry], items[entry] + 1) if entry < len(items) else range(0)


def written(record: Mapping[str, Any]) -> str:
    """Write a record as TOML."""
    import tomli_w

    return tomli_w.dumps(record, multiline_strings=False)


def read_record_file(path: Path) -> dict[str, Any]:
    """Read a record from a TOML file. Raises UsageError when it cannot be read, InvalidDataError when it is no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=reason_of(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDataError(_("{path} is not TOML in UTF-8: {error}").format(path=path.name, error=trouble(error))) from error
