"""Phones as others write them: what their type says of them, and which of them is a number to dial."""

import re
from collections.abc import Sequence
from typing import Any

from ht_cli.exchange.hsds.languages import guess_language, language_code
from ht_cli.exchange.hsds.taking import Taken
from ht_cli.exchange.meanings import FileMeanings
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, names_a_fax

Labels = dict[str, str]
VOICE = ("", "voice", "phone", "telephone", "tel", "landline", "hotline", "work", "main")
NOT_TO_DIAL = ("fax", "pager")
KINDS: dict[str, Labels] = {  # of a number that is not spoken into, or not by everybody (types of RFC 6350)
    "cell": {"fr": "GSM", "nl": "gsm", "de": "Handy", "en": "mobile"},
    "video": {"fr": "visiophone", "nl": "beeldtelefoon", "de": "Bildtelefon", "en": "video phone"},
    "text": {"fr": "SMS", "nl": "sms", "de": "SMS", "en": "text messages"},
    "textphone": {"fr": "téléphone à texte", "nl": "teksttelefoon", "de": "Schreibtelefon", "en": "textphone"},
}
SYNONYMS = {"mobile": "cell", "sms": "text", "tty": "textphone", "tdd": "textphone", "tdd/tty": "textphone", "tty/tdd": "textphone", "text phone": "textphone"}  # fmt: skip
_EXTENSION_OF_A_URI = re.compile(r";ext=(\d+)$", re.IGNORECASE)  # tel:+3265123456;ext=12 (RFC 3966)
_EXTENSION_IN_WORDS = re.compile(r"[\s,;]+(?:ext\.?|extension|poste|toestel|durchwahl)\s*(\d+)$", re.IGNORECASE)  # behind the number itself
EXTENSION = {"fr": "poste", "nl": "toestel", "de": "Durchwahl", "en": "ext."}


def phones_of(rows: Sequence[Taken], languages: Sequence[str], meanings: FileMeanings) -> list[dict[str, Any]]:
    """Give the numbers that can be dialled, those that are spoken into first, each once with all that is said beside it; the others are left."""
    found: list[dict[str, Any]] = []
    holding: dict[str, dict[str, Any]] = {}  # by number: the entry in which it stands
    for row in sorted(rows, key=lambda row: list(KINDS).index(kind) if (kind := _kind(row)) in KINDS else -1):
        written = _written(row)
        numbers = meanings.numbers(written)
        fresh = [number for number in numbers if number not in holding]
        if is_fax(row):
            row.leave_whole(_("a number that nobody answers"), f"{row.text('type') or 'fax'} {written}")
        elif not numbers:
            row.leave_whole(_("no number that can be dialled"), written)
        elif not fresh and _kind(row) in KINDS:  # one that is spoken into is no number for texts alone
            row.leave_whole(_("a number that stands there already"), f"{row.text('type')} {written}")
        else:
            if not fresh and re.search(r"[^\W\d_]", written.removeprefix("tel:")):  # words beside a number that stands there already
                row.leave("number", _("a number that stands there already"))
            whole = {"number": written} if len(fresh) == len(numbers) else None
            holding |= {number: whole or {"number": number} for number in fresh}
            found += [whole] if whole else [holding[number] for number in fresh]
            label = label_of(row, languages)
            for entry in [holding[number] for number in numbers] if label else ():
                entry["label"] = joined(entry.get("label", {}), label)
    return found


def can_be_dialled(row: Taken, meanings: FileMeanings) -> bool:
    """Say whether somebody answers at the number of a row, as far as its type and its digits tell."""
    return not is_fax(row) and bool(meanings.numbers(_written(row)))


def _written(row: Taken) -> str:
    return _EXTENSION_IN_WORDS.sub("", _EXTENSION_OF_A_URI.sub("", row.text("number").strip("\"' ")))


def _extensions(row: Taken) -> str:
    """Give every extension that a row says, in its own field and behind the number: neither takes the place of the other."""
    number = row.text("number").strip("\"' ")
    behind = _EXTENSION_OF_A_URI.search(number) or _EXTENSION_IN_WORDS.search(number)
    return "/".join(dict.fromkeys(filter(None, (_whole(row.text("extension")), behind[1] if behind else ""))))


def said_beside(row: Taken, *, kind: bool) -> Labels:
    """Give in each language what the extension of a number says, and its `kind` where that is asked for."""
    kinds = KINDS.get(_kind(row), {}) if kind else {}
    extension = _whole(row.text("extension"))
    beside = {
        code: ", ".join(filter(None, (kinds.get(code, ""), f"{EXTENSION[code]} {extension}" if extension else ""))) for code in LANGUAGES
    }
    return {code: text for code, text in beside.items() if text}


def joined(known: Labels, more: Labels) -> Labels:
    """Give what stands beside a number that is written twice: what both rows say, language by language, what both say once."""
    both = {language: dict.fromkeys(filter(None, (*known.get(language, "").split("; "), more.get(language)))) for language in LANGUAGES}
    return {language: "; ".join(texts) for language, texts in both.items() if texts}


def is_fax(row: Taken) -> bool:
    """Say whether nobody answers at a number: its type says so, or where it has none its description."""
    if row.text("type"):
        return _kind(row) in NOT_TO_DIAL
    return names_a_fax(row.text("description"))


def label_of(row: Taken, languages: Sequence[str]) -> Labels:
    """Give what stands beside a number: its description in its own language, and beside its kind and its extension in each."""
    description, kind, extension = row.text("description"), _kind(row), _extensions(row)
    if kind not in KINDS and kind not in VOICE:
        description = ", ".join(filter(None, (row.text("type"), description)))
    spoken = [language_code(each.text("code")) or each.text("name") for each in row.rows("languages")]
    in_each = kind in KINDS or extension or not description
    label: Labels = {}
    for language in LANGUAGES if in_each else (guess_language(description, languages),):
        beside = f"{EXTENSION[language]} {extension}" if extension else ""
        label[language] = ", ".join(filter(None, (KINDS.get(kind, {}).get(language, ""), description, beside, *spoken)))
    return {language: text for language, text in label.items() if text}


def _kind(row: Taken) -> str:
    kind = row.text("type").lower()
    return SYNONYMS.get(kind, kind)


def _whole(extension: str) -> str:
    return extension.removesuffix(".0")
