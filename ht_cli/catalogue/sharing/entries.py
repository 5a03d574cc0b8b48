"""Entries as they travel: one line of JSON each, named after what it says, and read with distrust.

{"id": "…", "at": "2026-11-28T09:12:03.120Z", "device": "3f2a91c4", "who": "AB", "action": "update", "resource": "realism",
 "fields": {"email": ["old@example.org", "new@example.org"]}, "seen": ["…"]}
"""

import json
import re
from datetime import datetime
from typing import Any

from ht_cli.catalogue.keeping.cells import CHECKS
from ht_cli.catalogue.keeping.checking import WANTED_PARTS, shape_faults
from ht_cli.catalogue.keeping.journal import ACTIONS, LONGEST_ENTRY, LONGEST_NOTE, WORDS, content_of, name_of
from ht_cli.errors import InvalidDataError
from ht_cli.fields import RECORD_FIELDS
from ht_cli.locale import translate as _
from ht_cli.model import Change

MOST_SEEN = 10_000  # entries that one entry names as seen
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ACT = re.compile(r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?")
_MOMENT = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}Z")
_RESOURCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DEVICE = re.compile(r"([0-9a-f]{8})?")
_TEXTS = {"at": _MOMENT, "device": _DEVICE, "resource": _RESOURCE, "batch": _ACT, "undoes": _ACT}
_PARTS = {"id", "at", "device", "who", "action", "resource", "note", "batch", "undoes", "seen", "fields", "superseded"}
_OF_A_CHECK = (*CHECKS, "failed_tries", "status")


def line_of(change: Change) -> str:
    """Give an entry as a line of JSON, without the end of the line; confidential addresses stay at home."""
    return json.dumps({"id": change.uuid, **content_of(change)}, ensure_ascii=False, separators=(",", ":"))


def read_line(line: str | bytes) -> Change:
    """Give the entry of a line. Raises InvalidDataError when it is not one that ht wrote, or was altered on its way."""
    if len(line) > LONGEST_ENTRY:
        raise InvalidDataError(_("an entry is longer than any that ht writes"))
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidDataError(_("an entry cannot be read: {error}").format(error=error)) from error
    fault = _fault(said)
    if fault:
        raise InvalidDataError(_("an entry that ht did not write ({fault}): {entry}").format(fault=fault, entry=str(line)[:80]))
    return _change(said)


def is_true(change: Change) -> bool:
    """Say whether an entry that was read elsewhere is one that ht wrote and nobody altered."""
    try:
        return not _fault({"id": change.uuid, **content_of(change)})
    except (TypeError, ValueError, AttributeError):
        return False


def _change(said: dict[str, Any]) -> Change:
    pairs = {name: {field: (pair[0], pair[1]) for field, pair in said.get(name, {}).items()} for name in ("fields", "superseded")}
    texts = {name: said.get(name, "") for name in ("at", "who", "action", "resource", "note", "batch", "undoes", "device")}
    return Change(uuid=said["id"], **texts, fields=pairs["fields"], superseded=pairs["superseded"], seen=tuple(said.get("seen", ())))


def _fault(said: Any) -> str:
    """Say what keeps a value from being an entry; empty when nothing does."""
    if not isinstance(said, dict) or not said.keys() <= _PARTS or not isinstance(said.get("id"), str) or not _UUID.fullmatch(said["id"]):
        return "id"
    texts = {name: said.get(name, "") for name in ("at", "who", "action", "resource", "note", "batch", "undoes", "device")}
    for name, text in texts.items():
        if not isinstance(text, str) or (name in _TEXTS and not _TEXTS[name].fullmatch(text)) or len(text) > _longest(name):
            return name
    if not _is_moment(texts["at"]):
        return "at"
    if texts["action"] not in ACTIONS or texts["action"] == "upgrade":
        return "action"
    seen = said.get("seen", [])
    if not isinstance(seen, list) or len(seen) > MOST_SEEN or not all(isinstance(name, str) and _UUID.fullmatch(name) for name in seen):
        return "seen"
    return _field_fault(texts["action"], said) or _name_fault(texts["device"], said)


def _longest(name: str) -> int:
    """Give how long a text of an entry may be; of a note no version of `ht` was bound to its own limit."""
    return LONGEST_ENTRY if name == "note" else LONGEST_NOTE


def _field_fault(action: str, said: dict[str, Any]) -> str:
    """Say which field an act of this kind may not change: words change nothing, a check confirms and changes no fact."""
    for name in ("fields", "superseded"):
        pairs = said.get(name, {})
        if not isinstance(pairs, dict) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs.values()):
            return name
        for field in pairs:
            wrong = field not in RECORD_FIELDS or field == "changed_on"
            wrong |= name == "fields" and action in WORDS
            wrong |= action in ("verify", "fail") and field not in _OF_A_CHECK
            if wrong or not all(_is_value(field, value) for value in pairs[field]):
                return f"{name}: {field}"[:60]
    return ""


def _is_moment(text: str) -> bool:
    """Say whether there is such a moment: what is written next is to come after it."""
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _is_value(field: str, value: Any) -> bool:
    """Say whether a field can hold a value, by its shape; what it may say is judged with the record that follows."""
    if value is None:
        return True
    if any(shape_faults({field: value})):
        return False
    parts = WANTED_PARTS.get(field, ())
    return not parts or all(row.get(part) for row in value for part in parts)


def _name_fault(device: str, said: dict[str, Any]) -> str:
    """Entries of 0.1.0, which name no device, bear a random name; all others bear that of what they say."""
    try:
        return "" if not device or name_of(_change(said)) == said["id"] else "id"
    except (TypeError, ValueError, AttributeError):
        return "fields"
