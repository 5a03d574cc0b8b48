"""Says in the reader's language what Python's readers of CSV, JSON, TOML and UTF-8 say in English."""

import csv
import json
import re

from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _

_OF_CSV = (
    ("unexpected end of data", _help("a quote is opened and never closed")),
    ("expected after", _help("a closed quote is followed by more text; a quote inside a text is written twice")),
    ("field larger than", _help("a cell is longer than can be read; is a quote never closed?")),
    ("new-line character", _help("a line end stands alone where none may stand")),
    ("NUL", _help("a character that no text holds")),
)
_WRONG_FROM = _help("it breaks off or goes on otherwise in line {line}, at character {column}")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def trouble(error: Exception) -> str:
    """Say what is wrong with a text; in the words of the reader where they are not known."""
    if isinstance(error, csv.Error):
        return next((_(said) for words, said in _OF_CSV if words in str(error)), str(error))
    if isinstance(error, UnicodeDecodeError):
        return _("it is none from byte {position} on").format(position=error.start + 1)
    if isinstance(error, RecursionError):
        return _("nested too deep")
    if isinstance(error, json.JSONDecodeError):
        return _wrong_from(error.lineno, error.colno)
    place = _TOML_PLACE.search(str(error))
    return _wrong_from(int(place[1]), int(place[2])) if place else str(error)


def _wrong_from(line: int, column: int) -> str:
    return _(_WRONG_FROM).format(line=line, column=column)


def line_named(said: str) -> int | None:
    """Give the line that a trouble names, out of a sentence that holds it; nothing where it names none."""
    pattern = re.escape(_(_WRONG_FROM)).replace(r"\{line\}", r"(\d+)").replace(r"\{column\}", r"\d+")
    found = re.search(pattern, said)
    return int(found[1]) if found else None
