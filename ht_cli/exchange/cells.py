"""A value in one cell, and back without loss.

Items of a list are joined by `; `, parts of a phone, address, source or check by `|`; a `;`, `|` or `\\`
that belongs to a text has a `\\` before it. Yes and no are `true` and `false`; an empty cell is "not known".
"""

import re
from collections.abc import Mapping
from typing import Any

from ht_cli.model import LANGUAGES

PARTS = {
    "phones": ("number", "label", "hours", "hours_osm"), "addresses": ("street", "postcode", "locality", "nis"), "sources": ("url", "date"),
    "fact_checks": ("field", "on", "how", "by"),
}  # fmt: skip
LISTS = ("alternate_names", "audiences", "needs", "offers", "channels", "languages", "areas")
NUMBERS = ("min_age", "max_age", "failed_tries")
YES_OR_NO = ("professionals_only", "referral_needed")
LOSSLESS = (
    "id", "name", "kind", "status", "successor", "alternate_names", *(f"description_{language}" for language in LANGUAGES), "audiences",
    "professionals_only", "min_age", "max_age", "needs", "offers", "channels", "languages", "cost", "referral_needed", "areas", "area_note",
    "addresses", "phones", "email", "url", "hours", "hours_osm", "closed_on", "closed_reason", "checked_on", "checked_how", "checked_by",
    "fact_checks", "failed_tries", "changed_on", "source_date", "confidence", "sources", "notes",
)  # fmt: skip
_SPREADSHEET_GUARD = re.compile(r"'(?=[=+\-@\t])")


def lossless_row(found: Mapping[str, Any]) -> list[str]:
    """Write the object of a resource as the cells of LOSSLESS."""
    return [_cell(name, found["descriptions"].get(name[-2:]) if name.startswith("description_") else found.get(name)) for name in LOSSLESS]


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in PARTS:
        return "; ".join("|".join(_escaped(str(row.get(part) or "")) for part in PARTS[name]).rstrip("|") for row in value)
    if name in LISTS:
        return "; ".join(_escaped(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def value_of(name: str, cell: str) -> Any:
    """Read the value of a cell, None when it is empty. Raises ValueError, saying what is wanted, when it cannot be."""
    text = _SPREADSHEET_GUARD.sub("", cell, count=1) if cell.startswith("'") else cell
    if name in PARTS:
        rows = [_split(item, "|") for item in _split(text, ";", strip=True, unescape=False)]
        if any(len(row) > len(PARTS[name]) for row in rows):
            raise ValueError("|".join(PARTS[name]))
        return [{part: value for part, value in zip(PARTS[name], row, strict=False) if value} for row in rows]
    if name in LISTS:
        return _split(text, ";", strip=True)
    if not text.strip():
        return None
    if name in NUMBERS:
        whole = re.fullmatch(r"\s*(\d+)(?:[.,]0+)?\s*", text)
        if not whole:
            raise ValueError("0, 1, 2 …")
        return int(whole[1])
    if name in YES_OR_NO:
        said = text.strip().lower()
        if said not in _SAID:
            raise ValueError("true, false")
        return _SAID[said]
    return text


_SAID = dict.fromkeys(("true", "1", "yes", "ja", "oui", "vrai", "waar", "wahr"), True) | dict.fromkeys(
    ("false", "0", "no", "nee", "nein", "non", "faux", "onwaar", "falsch"), False
)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace("|", "\\|")


def _split(text: str, mark: str, *, strip: bool = False, unescape: bool = True) -> list[str]:
    """Cut at a mark that has no `\\` before it; the items of a list are stripped, and empty ones left out."""
    items, current, position = [], "", 0
    while position < len(text):
        character = text[position]
        if character == "\\" and position + 1 < len(text):
            current += text[position + 1] if unescape else text[position : position + 2]
            position += 2
            continue
        if character == mark:
            items.append(current)
            current = ""
        else:
            current += character
        position += 1
    items.append(current)
    return [item.strip() for item in items if item.strip()] if strip else items
