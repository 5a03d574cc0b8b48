"""A value in one cell, and back without loss.

Items of a list are joined by `; `, parts of a phone, address, source or check by `|`; a `;`, `|` or `\\`
that belongs to a text has a `\\` before it, and so has a space at the edge of one. Yes and no are `true` and
`false`; an empty cell is "not known". A part with a version in each language names each before it: `[fr] accueil [nl] onthaal`;
without one it is a text in the language that is spoken.

A phone that is a number alone ends in `|`: programs that guess the types of columns would take it for a number.

Between tabs nothing is quoted: a tab, a line end and a `\\` are written as `\\t`, `\\n` and `\\\\`, and a `"` at the beginning as `\\"`,
since most readers would take that for the quote of a CSV.

An apostrophe before what a spreadsheet would run as a formula, or turn into a number or a date, and before a text that reads as one of
its errors (`#N/A`), belongs to the cell and not to the text. It is taken off on the way in; where a text itself begins so, it gets one more.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ht_cli.exchange.columns import DAYS, PARTS
from ht_cli.fields import LISTS, NUMBERS, SPOKEN_PARTS, YES_OR_NO
from ht_cli.model import LANGUAGES, Spoken
from ht_cli.wording import NO, YES

_FREE_TEXTS = ("alternate_names",)  # the other lists hold ids
# What spreadsheets take for a formula (OWASP, "CSV Injection"), and texts that they would rewrite: 0800, 1-2, 1E5, True.
_RISKY = re.compile(r"[=+\-@\t\r\n＝＋－＠]|\s*[(.,€$]*\d[\d.,:/ \-+eE%€$()]*\Z|(?i:true|false)\Z")
# The errors of Excel and LibreOffice in the four languages, as they stand in a file where they were saved as texts.
_ERRORS = frozenset((
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#VALEUR!", "#NOM?",
    "#NOMBRE!", "#NUL!", "#N/B", "#VERW!", "#WAARDE!", "#NAAM?", "#DEEL/0!", "#GETAL!", "#LEEG!", "#NV", "#BEZUG!", "#WERT!", "#ZAHL!",
    "#ÜBERLAUF!", "#OVERLOOP!", "#PROPAGATION!",
))  # fmt: skip
_NUMBERED_ERROR = re.compile(r"Err:5\d\d")
_BARE_NUMBER = re.compile(r"\+?\d+(?:[.,]0+)?")
_TABBED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_UNTABBED = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\", '"': '"'}


def guarded(cell: str) -> str:
    """Give a cell that a spreadsheet neither runs nor rewrites, and nobody takes for one of its errors."""
    return f"'{cell}" if _wants_apostrophe(cell.lstrip("'")) else cell


def _wants_apostrophe(text: str) -> bool:
    return bool(_RISKY.match(text)) or reads_as_error(text)


def reads_as_error(text: str) -> bool:
    """Say whether a text is what an error of a spreadsheet leaves when it is saved or pasted."""
    return text[:1] in ("#", "E") and (text.strip() in _ERRORS or bool(_NUMBERED_ERROR.fullmatch(text.strip())))


def in_spreadsheet(cell: str) -> str:
    """Give a cell of a plain file as one that a spreadsheet neither runs nor rewrites; both are read back alike."""
    return cell if cell.startswith("'") else guarded(cell)


def marked(cell: str) -> str:
    """Give a cell of a plain file: as it is, but for a text that itself begins like a guarded one, or reads as an error."""
    return guarded(cell) if cell.startswith("'") or reads_as_error(cell) else cell


def tabbed(cell: str) -> str:
    """Write a cell that stands between tabs."""
    written = cell.translate(_TABBED)
    return f"\\{written}" if written[:1] == '"' else written


def from_tabbed(cell: str) -> str:
    """Read a cell that stood between tabs; a `\\` before anything else belongs to the text."""
    return re.sub(r"\\(.)", lambda found: _UNTABBED.get(found[1], found[0]), cell) if "\\" in cell else cell


def lossless_cell(name: str, value: Any) -> str:
    """Write the value of a column, as the object of a resource holds it; nothing for None."""
    if value is None:
        return ""
    if name in PARTS:
        cell = "; ".join([_row(row, PARTS[name]) for row in value])
        return f"{cell}|" if _BARE_NUMBER.fullmatch(cell) else cell
    if name in LISTS:
        return "; ".join([_escaped(item) for item in value] if name in _FREE_TEXTS else value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _row(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    # most parts are texts or dictionaries, which is quick to see
    parts = [
        _escaped(part) if part.__class__ is str else _versions(part) if isinstance(part, (dict, Mapping)) else _escaped(part or "")
        for part in [row[name] for name in names]
    ]
    while parts and not parts[-1]:
        parts.pop()
    return "|".join(parts)


def _versions(versions: Spoken) -> str:
    return " ".join(f"[{language}] {_unlike_a_version(_escaped(text))}" for language, text in versions.items())


def _unlike_a_version(text: str) -> str:
    """Put a `\\` before each `[` that has none: it would begin a version."""
    return re.sub(r"\\.|\[", lambda token: token[0] if len(token[0]) > 1 else f"\\{token[0]}", text, flags=re.DOTALL)


def _parts_of(name: str, parts: Sequence[str]) -> list[str | dict[str, str]]:
    """Read the parts of an entry; of those with a version in each language the versions, where one is named."""
    spoken = [place for place, part in enumerate(PARTS[name]) if name == "phones" and part in SPOKEN_PARTS]
    return [_part_of(part) if place in spoken else _plain(part) for place, part in enumerate(parts)]


def _part_of(text: str) -> str | dict[str, str]:
    """Read a part of an entry: its versions by language where it names one, else a text."""
    marks = [mark for mark in _VERSION.finditer(text) if mark[1]]
    if not marks or text[: marks[0].start()].strip():
        return _plain(text)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    versions = {mark[1]: _plain(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)}
    return {language: said for language, said in versions.items() if said}


_VERSION = re.compile(rf"\\.|\[({'|'.join(LANGUAGES)})\](?:\s|\Z)", re.DOTALL)


def value_of(name: str, cell: str) -> Any:
    """Read the value of a cell, None when it is empty. Raises ValueError, saying what is wanted, when it cannot be."""
    if not cell:  # most are
        return [] if name in PARTS or name in LISTS else None
    text = cell[1:] if cell.startswith("'") and _wants_apostrophe(cell.lstrip("'")) else cell
    if name in PARTS:
        rows = [_parts_of(name, _cut(item, "|")) for item in _cut(without_decimals(text), ";") if item.strip()]
        if any(any(row[len(PARTS[name]) :]) for row in rows):
            raise ValueError("|".join(PARTS[name]))
        return [{part: value for part, value in zip(PARTS[name], row, strict=False) if value} for row in rows]
    if name in LISTS:
        return [_plain(item) for item in _cut(text, ";") if item.strip()]
    if not text.strip():
        return None
    if name in NUMBERS:
        whole = _COUNTED.get(text.strip().lower(), without_decimals(text.strip()))
        if not re.fullmatch(r"\d+", whole):
            raise ValueError("0, 1, 2 …")
        return int(whole)
    if name in DAYS:
        return without_decimals(text.strip())
    if name in YES_OR_NO:
        said = without_decimals(text.strip().lower())
        if said not in _SAID:
            raise ValueError("true, false")
        return _SAID[said]
    return text


def day_of(text: str) -> str:
    """Give a day that others write in their way as we write it: 2026-08-10 00:00:00, 10/08/2026, the day first as in Belgium; all else as it is."""
    moment = _MIDNIGHT.fullmatch(text.strip())
    parts = _DAY_FIRST.fullmatch(text.strip())
    return moment[1] if moment else f"{parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}" if parts else text


def without_decimals(text: str) -> str:
    """Take off the decimals that a program has put behind a whole number, where some cells of its column were empty: 18.0, 2026.0."""
    return _DECIMALS.sub(r"\1", text)


_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_COUNTED = {"false": "0", "true": "1"}  # what csvkit writes where a column of numbers holds no other
_DECIMALS = re.compile(r"\A(\+?\d+)[.,]0+\Z")
_SAID = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)


def _escaped(text: str) -> str:
    if "\\" not in text and ";" not in text and "|" not in text and text == text.strip():
        return text
    written = text.replace("\\", "\\\\").replace(";", "\\;").replace("|", "\\|")
    if text[-1:].isspace():
        written = f"{written[:-1]}\\{written[-1]}"
    return f"\\{written}" if len(text) > 1 and text[0].isspace() else written


def _plain(item: str) -> str:
    """Take off the space around an item, but for what has a `\\` before it, then those."""
    item = item.lstrip()
    bare = item.rstrip()
    if len(bare) < len(item) and (len(bare) - len(bare.rstrip("\\"))) % 2:
        bare = item[: len(bare) + 1]
    return re.sub(r"\\(.)", r"\1", bare, flags=re.DOTALL) if "\\" in bare else bare


def _cut(text: str, mark: str) -> list[str]:
    """Cut at a mark that has no `\\` before it; what is escaped stays so."""
    if "\\" not in text:  # few have one
        return text.split(mark)
    items = [""]
    for token in _TOKENS.findall(text):
        if token == mark:
            items.append("")
        else:
            items[-1] += token
    return items


_TOKENS = re.compile(r"\\.|[^\\;|]+|[\\;|]", re.DOTALL)
