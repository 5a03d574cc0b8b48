"""Reads resources out of files that people bring: CSV, TSV, workbooks, JSON, JSONL, HSDS in JSON; each row with where it stood.

A column or key that is absent says nothing; one that is there and empty says "not known".
"""

import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path
from typing import Any, TextIO

from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.addresses import PARTS as OF_AN_ADDRESS
from ht_cli.exchange.addresses import POINT, joined
from ht_cli.exchange.cells import day_of, value_of
from ht_cli.exchange.columns import DAYS, LOSSLESS, PARTS, REVISION, SPOKEN_COLUMNS
from ht_cli.exchange.headings import DERIVED, KNOWN, OF_OTHERS, of_others
from ht_cli.exchange.in_words import as_meant
from ht_cli.exchange.json_parts import is_json_lines, items_of_list
from ht_cli.exchange.limits import BIGGEST, too_large
from ht_cli.exchange.meanings import NOTHING_KNOWN, FileMeanings, Left
from ht_cli.exchange.sheet_errors import Uncalculated, cell_name, is_error
from ht_cli.exchange.tables import SheetTable, is_workbook, text_table, workbook_table
from ht_cli.exchange.troubles import trouble
from ht_cli.fields import LISTS, NUMBERS, TEXTS, YES_OR_NO
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES
from ht_cli.reasons import reason_of
from ht_cli.shapes import NamedTuple

_FIELD_OF = {f"{column}_{language}": (field, language) for field, column in SPOKEN_COLUMNS.items() for language in LANGUAGES}
_NEWLINE = "\n"  # what alone ends a line of JSON Lines: other line breaks may stand in a text
_LOOK = 4096  # characters in which the first that is no white space is looked for at a time


class Incoming(NamedTuple):
    """One row: its line (of a JSON file: its place in the list), its id, what it says, how it was written, and what was left of it.

    `revision` is the mark of what it was when it left, empty where it bears none; `whole` says that an address in it
    names its street, its postcode and its town apart, and each is meant.
    """

    line: int
    id: str
    values: dict[str, Any]
    raw: Mapping[str, Any]
    left: tuple[Left, ...] = ()
    revision: str = ""
    whole: bool = False


class BadRow(NamedTuple):
    """A row that cannot be taken: its line, the column, the reason, and how it was written; of one that was read, its id and what it says."""

    line: int
    column: str
    reason: str
    raw: Mapping[str, Any]
    id: str = ""
    values: Mapping[str, Any] = {}


def read_rows(path: Path, meanings: FileMeanings = NOTHING_KNOWN) -> Iterator[Incoming | BadRow]:
    """Read a file by its ending, else by how it begins: a table, JSON Lines and a list of JSON row by row, other JSON and a workbook as a whole.

    `meanings` says what the names in somebody else's file mean. The second of two rows with one id cannot be taken.
    Raises UsageError when it cannot be opened, InvalidDataError when it is none of the formats.
    """
    try:
        if path.stat().st_size > BIGGEST:
            raise InvalidDataError(too_large(path))
        yield from each_once(_rows_of(path, meanings))
    except OSError as error:
        raise UsageError(_("cannot read {path}: {reason}").format(path=path, reason=reason_of(error))) from error
    except UnicodeDecodeError as error:
        said = (
            _("{path} is not UTF-8 text: save it as UTF-8")
            if _is_json(path, error.object)
            else _("{path} is not UTF-8 text: save it as “CSV UTF-8”")
        )
        raise InvalidDataError(said.format(path=path.name)) from error


def _is_json(path: Path, start: bytes) -> bool:
    """Say whether a file that is no UTF-8 is meant to be JSON, by its ending or by how it begins, in UTF-16 too."""
    return path.suffix.lower() in (".json", ".jsonl", ".ndjson") or start.lstrip(b"\xff\xfe\x00 \r\n\t")[:1] in (b"{", b"[")


def each_once(rows: Iterable[Incoming | BadRow]) -> Iterator[Incoming | BadRow]:
    """Refuse, of rows, those whose id is no text that a database takes, or stands in one before, and one without id that says all that another says."""
    seen: dict[str, int] = {}
    said: dict[bytes, int] = {}  # by a digest of a row without id: its line
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif not row.id.isprintable():  # half of a surrogate pair among them
            yield BadRow(row.line, "id", _("{field}: a text is wanted").format(field="id"), row.raw)
        elif row.id and row.id in seen:
            yield BadRow(row.line, "id", _("the id {id} stands in line {line} too").format(id=row.id, line=seen[row.id]), row.raw)
        elif not row.id and (first := said.setdefault(_digest(row.values), row.line)) != row.line:
            yield BadRow(row.line, "", _("the same stands in line {line} too").format(line=first), row.raw)
        else:
            if row.id:
                seen[row.id] = row.line
            yield row


def _digest(values: Mapping[str, Any]) -> bytes:
    return blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _rows_of(path: Path, meanings: FileMeanings) -> Iterator[Incoming | BadRow]:
    ending = path.suffix.lower()
    if is_workbook(path):
        yield from _table_rows(workbook_table(path), meanings)
    elif ending in (".jsonl", ".ndjson"):
        with _opened(path, _NEWLINE) as file:
            yield from _json_lines(file, meanings)
    else:
        with _opened(path, "") as file:
            start = _first_character(file)
            if start == "[":
                yield from _object_rows(_items(path, file), meanings)
            elif ending == ".json" or start == "{":
                text = file.read()
                lines = io.StringIO(text, newline=_NEWLINE) if is_json_lines(text) else None
                yield from _json_lines(lines, meanings) if lines else _json_objects(path, text, meanings)
            else:
                yield from _table_rows(text_table(path, file), meanings)


def _opened(path: Path, newline: str) -> TextIO:
    """Open a text; what comes through a pipe (`<(…)`) cannot be gone back in, and is read as a whole first."""
    if os.path.isfile(path):
        return path.open(encoding="utf-8-sig", newline=newline)
    with path.open("rb") as stream:
        content = stream.read(BIGGEST + 1)
    if len(content) > BIGGEST:
        raise InvalidDataError(too_large(path))
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline=newline)


def _first_character(file: TextIO) -> str:
    """Give the first character that is no white space, and go back to the beginning."""
    start = ""
    while not start.strip() and (more := file.read(_LOOK)):
        start = more
    file.seek(0)
    return start.lstrip()[:1]


def _table_rows(table: SheetTable, meanings: FileMeanings) -> Iterator[Incoming | BadRow]:
    others = of_others(table.columns)
    for line, cells in table.rows:
        yield _table_row(line, table.columns, cells, others, meanings)


def _table_row(line: int, columns: list[str], cells: list[str], others: Mapping[str, str], meanings: FileMeanings) -> Incoming | BadRow:
    """Read a row; the cells that one too short lacks are empty. `others` are columns that say a field of what is not there yet."""
    pairs = list(zip_longest(columns, cells, fillvalue=""))
    raw = {column: cell for column, cell in pairs if column}
    counted = pairs[0][1].strip() if columns and not columns[0] else ""  # the index that pandas writes unless it is told not to
    counted = counted if counted.isdecimal() else ""
    beyond = [cell for column, cell in pairs[bool(counted) :] if not column and cell.strip()]
    if beyond:
        kept = {" " * place: cell for place, cell in enumerate(beyond)}  # under no heading either, where the row is written to be mended
        return BadRow(line, "", _("more cells than columns; is a text with a separator without quotes?"), raw | kept)
    wrong = {column: cell for column, cell in raw.items() if is_error(cell)}
    for column in ("id", REVISION):
        if column in wrong:
            return BadRow(line, column, _unreadable(wrong[column], "…"), raw)
    told = {column: cell for column, cell in raw.items() if column not in wrong}
    others = {} if meanings.known(raw.get("id", "").strip()) else others
    values, unread, left = _told(told, others)
    left += [*_days_as_ours(values), *_closed_by_its_day(values), *joined(values, told)]
    left += _only_shows({column: cell for column, cell in told.items() if column in DERIVED and column not in (*LOSSLESS, *others)})
    left += as_meant(values, meanings)
    identifier, mark = (str(values.pop(column, "") or "").strip() for column in ("id", REVISION))
    if unread:
        (column, reason), *more = unread.items()
        return BadRow(line, column, _("; ").join((reason, *(f"{other}: {said}" for other, said in more))), raw, identifier, values)
    left += [Left("A", counted, _("it only counts the rows"))] if counted else []
    left += [Left(column, f"{cell_name(columns.index(column), line)} {cell}".strip(), _why_nothing(cell)) for column, cell in wrong.items()]
    return Incoming(line, identifier, values, raw, tuple(left), mark)


def _told(cells: Mapping[str, str], others: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str], list[Left]]:
    """Give the values of the cells of a row, why one cannot be read, by column, and what was guessed of `others`."""
    values: dict[str, Any] = {}
    unread: dict[str, str] = {}
    left: list[Left] = []
    for column, cell in cells.items():
        if column in others:
            left += _said_by_others(values, others[column], cell)
        elif column in _FIELD_OF:
            field, language = _FIELD_OF[column]
            values.setdefault(field, {})[language] = value_of(column, cell)
        elif column not in (*OF_AN_ADDRESS, *POINT) and (column not in DERIVED or column in DAYS):
            try:
                values[column] = value_of(column, cell)
            except ValueError as error:
                unread[column] = _unreadable(cell, error)
    return values, unread, left


def _days_as_ours(values: dict[str, Any]) -> Iterator[Left]:
    """Put days that others write in their way as we write them, and give which was taken for which."""
    for field in DAYS:
        said = values.get(field)
        if isinstance(said, str) and (day := day_of(said)) != said:
            yield Left(field, f"{said} → {day}", _("guessed"))
            values[field] = day


def _closed_by_its_day(values: dict[str, Any]) -> Iterator[Left]:
    """Take what bears a day of closing and no status for closed: nobody is sent to a door of which somebody wrote when it shut."""
    if values.get("closed_on") and not values.get("status"):
        values["status"] = "closed"
        yield Left("closed_on → status closed", "", _("guessed"))


def _only_shows(cells: Mapping[str, str]) -> list[Left]:
    return [
        Left(column, cell, _("it only shows what other columns hold (phone: phones)")) for column, cell in cells.items() if cell.strip()
    ]


def _why_nothing(cell: str) -> str:
    if isinstance(cell, Uncalculated):
        return _("a formula that was never calculated, which says nothing: the fact stays; open the file in a spreadsheet and save it")
    return _("an error of the spreadsheet, which says nothing: the fact stays")


def _said_by_others(values: dict[str, Any], field: str, text: str) -> list[Left]:
    """Take what others write above a fact itself: a text is in the language that it seems to be in."""
    if field != "descriptions":
        values[field] = value_of(field, text)
        return []
    from ht_cli.exchange.hsds.languages import guess_language

    language = guess_language(text)
    values[field] = {language: text} if text.strip() else {}
    return [Left(f"description → {language}", "", _("guessed"))] if text.strip() else []


def _one_text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _unreadable(value: object, wanted: object) -> str:
    return _("“{value}” cannot be read; wanted: {wanted}").format(value=str(value)[:60], wanted=wanted)


def _items(path: Path, file: TextIO) -> Iterator[tuple[int, Any]]:
    try:
        yield from enumerate(items_of_list(file), 1)
    except UnicodeDecodeError:  # is a ValueError, and told by who opened the file
        raise
    except (ValueError, RecursionError) as error:
        raise _no_json(path, error) from error


def _no_json(path: Path, error: Exception) -> InvalidDataError:
    return InvalidDataError(_("{path} is not JSON: {error}").format(path=path.name, error=trouble(error)))


def _json_objects(path: Path, text: str, meanings: FileMeanings) -> Iterator[Incoming | BadRow]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_json(path, error) from error
    left: Sequence[Left] = ()
    if isinstance(found, dict) and isinstance(found.get("contents"), list):  # the envelope of HSDS
        from ht_cli.exchange.hsds.arriving import other_pages
        from ht_cli.exchange.hsds.documents import document_of, page_of

        left, found = other_pages(page_of(document_of(found))), found["contents"]
    elif isinstance(found, dict) and "id" not in found and "name" not in found:
        from ht_cli.exchange.hsds.joining import is_tabular

        if is_tabular(found):
            from ht_cli.exchange.hsds.arriving import rows_of_tables

            yield from rows_of_tables(found, meanings)
            return
    yield from _object_rows(enumerate(found if isinstance(found, list) else [found], 1), meanings, left)


def _json_lines(file: TextIO, meanings: FileMeanings) -> Iterator[Incoming | BadRow]:
    return _object_rows(_objects_of_lines(file), meanings)


def _objects_of_lines(file: TextIO) -> Iterator[tuple[int, Any] | BadRow]:
    for position, line in enumerate(file, 1):
        if line.strip():
            try:
                yield position, json.loads(line)
            except (ValueError, RecursionError) as error:
                yield BadRow(position, "", _("not JSON: {error}").format(error=trouble(error)), {"line": line})


def _object_rows(
    items: Iterable[tuple[int, Any] | BadRow], meanings: FileMeanings, left: Sequence[Left] = ()
) -> Iterator[Incoming | BadRow]:
    """Give the rows of objects: records of ours one by one, then the services of HSDS, which may belong together."""
    services: list[tuple[int, Mapping[str, Any]]] = []
    for found in items:
        if isinstance(found, BadRow):
            yield found
            continue
        position, item = found
        if not isinstance(item, dict):
            yield BadRow(position, "", _("an object is wanted"), {"value": item})
        elif "kind" not in item and _is_hsds(item):
            services.append((position, item))
        else:
            yield _own_row(position, item, meanings)
    if services:
        from ht_cli.exchange.hsds.arriving import rows_of_objects

        yield from rows_of_objects(services, meanings, left)


def _is_hsds(item: Mapping[str, Any]) -> bool:
    """Say whether an object without a kind is one of HSDS: every record of ours has one, and the reading is loaded only for what is none."""
    from ht_cli.exchange.hsds.reading import is_hsds

    return is_hsds(item)


def _own_row(position: int, item: Mapping[str, Any], meanings: FileMeanings) -> Incoming | BadRow:
    unknown = [key for key in item if key not in (*KNOWN, *DERIVED) or key in (*OF_AN_ADDRESS, *POINT)]
    if unknown and not {"id", "kind"} & item.keys():
        why = _(
            "this is no resource and no service of HSDS; read are a list of either, HSDS with its “contents” or by table, and JSON Lines"
        )
        return BadRow(position, str(unknown[0]), why, item)
    if unknown:
        return BadRow(position, str(unknown[0]), _("there is no such field"), item)
    values = {
        key: _as_it_was(key, value) for key, value in item.items() if (key not in DERIVED or key in DAYS) and key not in ("id", REVISION)
    }
    shown = {key: _one_text(item[key]) for key in OF_OTHERS if item.get(key)}
    others = of_others([*item]) if shown and not meanings.known(str(item.get("id") or "")) else {}
    left = [said for key, text in shown.items() if key in others for said in _said_by_others(values, others[key], text)]
    left += [
        *_only_shows({key: text for key, text in shown.items() if key not in others}),
        *_days_as_ours(values),
        *_closed_by_its_day(values),
    ]
    for key, wanted in _shapes(values):
        return BadRow(position, key, _unreadable(item[key] if isinstance(item[key], str) else _json(item[key]), wanted), item)
    if others:
        left += as_meant(values, meanings)
    for key in ("hours", "area_note"):  # what an object does not say of them is not known
        if key in values and not isinstance(values[key], str):
            values[key] = {language: (values[key] or {}).get(language) for language in {**dict.fromkeys(LANGUAGES), **(values[key] or {})}}
    for key in PARTS:
        if values.get(key):
            values[key] = [{part: value for part, value in row.items() if value and part != "national"} for row in values[key]]
    identifier, mark = item.get("id") or "", item.get(REVISION) or ""
    for key, text in (("id", identifier), (REVISION, mark)):
        if not isinstance(text, str):
            return BadRow(position, key, _("{field}: a text is wanted").format(field=key), item)
    return Incoming(position, identifier, values, item, tuple(left), mark)


def _as_it_was(key: str, value: Any) -> Any:
    """Give a count or a yes as it was before a program made another kind of number of it: 18.0 is 18, 1 and 1.0 are yes."""
    if key in YES_OR_NO and isinstance(value, (int, float)) and value in (0, 1):
        return bool(value)
    return int(value) if key in NUMBERS and isinstance(value, float) and value.is_integer() else value


def _shapes(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the keys whose value is of a shape that no record has; what it says is checked later."""
    for key, value in values.items():
        if value is None:
            continue
        if key in PARTS and not (isinstance(value, list) and all(isinstance(row, dict) for row in value)):
            yield key, "[{…}]"
        elif key in LISTS and not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
            yield key, "[…]"
        elif key in SPOKEN_COLUMNS and not isinstance(value, dict if key == "descriptions" else (dict, str)):
            yield key, "{…}"
        elif (key in YES_OR_NO and not isinstance(value, bool)) or (key in NUMBERS and not isinstance(value, int)):
            yield key, "true, false" if key in YES_OR_NO else "0, 1, 2 …"
        elif key in (*TEXTS, *DAYS) and not isinstance(value, str):
            yield key, "…"
