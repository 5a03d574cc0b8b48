"""Phones as others write them: what their type says of them, and which of them is a number to dial."""

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
EXTENSION = {"fr": "poste", "nl": "toestel", "de": "Durchwahl", "en": "ext."}


def phones_of(rows: Sequence[Taken], languages: Sequence[str], meanings: FileMeanings) -> list[dict[str, Any]]:
    """Give the numbers that can be dialled, those that are spoken into first, each once; the others are left."""
    found: list[dict[str, Any]] = []
    known: set[str] = set()
    for row in sorted(rows, key=lambda row: list(KINDS).index(kind) if (kind := _kind(row)) in KINDS else -1):
        written = row.text("number").strip("\"' ")
        numbers = meanings.numbers(written)
        fresh = [number for number in numbers if number not in known]
        if is_fax(row):
            row.leave_whole(_("a number that nobody answers"), f"{row.text('type') or 'fax'} {written}")
        elif not numbers:
            row.leave_whole(_("no number that can be dialled"), written)
        elif not fresh:
            row.ignore(*row.plain())
        else:
            known.update(fresh)
            label = label_of(row, languages)
            several = [written] if len(fresh) == len(numbers) else fresh
            found += [{"number": number, **({"label": label} if label else {})} for number in several]
    return found


def is_fax(row: Taken) -> bool:
    """Say whether nobody answers at a number: its type says so, or where it has none its description."""
    if row.text("type"):
        return _kind(row) in NOT_TO_DIAL
    return names_a_fax(row.text("description"))


def label_of(row: Taken, languages: Sequence[str]) -> Labels:
    """Give what stands beside a number: its kind and its extension in each language, its description in its own."""
    description, kind, extension = row.text("description"), _kind(row), _whole(row.text("extension"))
    if kind not in KINDS and kind not in VOICE:
        description = ", ".join(filter(None, (row.text("type"), description)))
    spoken = [language_code(each.text("code")) or each.text("name") for each in row.rows("languages")]
    own = guess_language(description, languages) if description else ""
    label: Labels = {}
    for language in LANGUAGES:
        parts = [
            KINDS.get(kind, {}).get(language, ""), description if language == own else "",
            f"{EXTENSION[language]} {extension}" if extension else "", ", ".join(filter(None, spoken)) if language == own else "",
        ]  # fmt: skip
        label[language] = ", ".join(filter(None, parts))
    return {language: text for language, text in label.items() if text and (own in ("", language) or kind in KINDS or extension)}


def _kind(row: Taken) -> str:
    kind = row.text("type").lower()
    return SYNONYMS.get(kind, kind)


def _whole(extension: str) -> str:
    return extension.removesuffix(".0")
