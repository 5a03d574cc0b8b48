"""Brings what keepers changed back to the sources of a release: a TOML file for each changed resource, as data/sources/ holds it.

`absorbed.txt` beside them names the entries of the journal that the files say already: the release that is built from them
tells every catalogue that these need not be said again. Confidential addresses stay with the keepers.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from ht_cli.catalogue.facts.records import DEFAULTS, Record, national
from ht_cli.catalogue.keeping import journal
from ht_cli.catalogue.keeping.changing import read_record
from ht_cli.fields import TABLES

ABSORBED = "absorbed.txt"
_ALWAYS = ("status", "confidence")  # written though they say what holds when nothing is said
_WIDTH, _FULL = 106, 96  # characters of a list in one line, and of a line of a longer one
_ORDER = (
    "name", "alternate_names", "kind", "status", "successor", "closed_on", "closed_reason", "confidence", "professionals_only", "areas",
    "audiences", "needs", "offers", "languages", "channels", "min_age", "max_age", "cost", "referral_needed", "url", "email", "hours_osm",
    "checked_on", "checked_how", "checked_by", "failed_tries", "changed_on", "notes",
    "descriptions", "hours", "area_note", "phones", "addresses", "fact_checks", "sources",
)  # fmt: skip


def changed_since_the_release(connection: sqlite3.Connection) -> list[str]:
    """Give the resources that keepers changed or checked, and the release does not know it, by id."""
    marks = ",".join("?" * len(journal.FACTS))
    sql = (
        f"SELECT DISTINCT resource FROM change WHERE action IN ({marks}) AND action <> 'upgrade'"
        " AND uuid NOT IN (SELECT change FROM absorbed) ORDER BY resource"
    )
    return [resource for (resource,) in connection.execute(sql, journal.FACTS)]


def files(connection: sqlite3.Connection, resources: Sequence[str]) -> Iterator[tuple[PurePosixPath, str]]:
    """Give the path and the text of each file; a resource whose adding was taken back has none."""
    absorbed: list[str] = []
    for resource in resources:
        record = read_record(connection, resource)
        absorbed += [change.uuid for change in journal.read_changes_of(connection, resource) if change.action in journal.FACTS]
        if record:
            yield PurePosixPath("resources") / f"{resource}.toml", source_text(record)
    yield PurePosixPath(ABSORBED), "".join(f"{uuid}\n" for uuid in sorted(absorbed))


def source_text(record: Record) -> str:
    """Give a record as the file that data/sources/resources/ holds of it."""
    said = {name: _public(name, record.get(name, DEFAULTS.get(name))) for name in _ORDER if name in record or name in _ALWAYS}
    plain = [name for name in said if name not in TABLES and not isinstance(said[name], Mapping)]
    lines = [f"{name} = {_value(name, said[name])}\n" for name in plain]
    for name, value in said.items():
        if name in TABLES:
            lines += [line for entry in value for line in _entry(name, entry)]
        elif isinstance(value, Mapping):
            lines += ["\n", f"[{name}]\n", *(f"{key} = {_value(key, text)}\n" for key, text in value.items())]
    return "".join(lines)


def _public(name: str, value: Any) -> Any:
    return [address for address in value if not address.get("confidential")] if name == "addresses" else value


def _entry(table: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n[[{table}]]\n"
    for key, value in entry.items():
        if isinstance(value, Mapping) and len(set(value.values())) == 1 and len(value) > 1:
            value = next(iter(value.values()))  # the same in each language: a name
        if not isinstance(value, Mapping):
            yield f"{key} = {_value(key, value)}\n"
    for key, value in entry.items():
        if isinstance(value, Mapping) and not (len(set(value.values())) == 1 and len(value) > 1):
            yield f"\n[{table}.{key}]\n"
            yield from (f"{language} = {_value(language, text)}\n" for language, text in value.items())


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return _list(name, [_text(item) for item in value])
    return _text(_international(value) if name == "number" else value)


def _list(name: str, items: Sequence[str]) -> str:
    line = f"[{', '.join(items)}]"
    if len(name) + 3 + len(line) <= _WIDTH:
        return line
    rows, row = [], ""
    for item in items:
        if row and len(row) + len(item) + 2 > _FULL:
            rows.append(row)
            row = ""
        row += f"{' ' if row else ''}{item},"
    return "[\n" + "".join(f"    {one}\n" for one in (*rows, row)) + "]"


def _text(value: str) -> str:
    """Write a text as TOML does, whose escapes are those of JSON, but for U+007F."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _international(number: str) -> str:
    """Give a number as the sources write it: +32 4 342 12 12, a free one 0800 32 123, a short one as it is dialled."""
    if not number.startswith("+") or number.startswith("+32800"):
        return national(number)
    import phonenumbers  # only to write

    return phonenumbers.format_number(phonenumbers.parse(number, None), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
