"""Languages as others write them, and the one that a text is in."""

import re
from collections.abc import Sequence

from ht_cli.exchange.hsds.taking import Taken
from ht_cli.exchange.meanings import FileMeanings
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES

CODES = {"fra": "fr", "fre": "fr", "nld": "nl", "dut": "nl", "deu": "de", "ger": "de", "eng": "en"}  # ISO 639-2 and -3
_SMALL_WORDS = {
    "fr": "le la les des et pour une un dans vous est aux sur avec qui", "nl": "de het een en voor van met je uw bij niet zijn wordt naar",
    "de": "der die das und für mit von den ein eine ist nicht bei sie", "en": "the and of for with to is you your are by our we from",
}  # fmt: skip


def languages_of(rows: Sequence[Taken], meanings: FileMeanings) -> list[str]:
    """Give the languages of the catalogue that rows name, by code or by name; the others are left."""
    found: list[str] = []
    for row in rows:
        code, name = row.text("code"), row.text("name")
        language = language_code(code) if code else meanings.term("languages", name)
        if language:
            if code and meanings.term("languages", name) not in ("", language):
                row.leave("name", _("another language than that of its code, which counts"))
            found.append(language)
        else:
            row.leave_whole(_("a language that the catalogue does not know"), name or code)
    return list(dict.fromkeys(found))


def language_code(code: str) -> str:
    """Give the language of a code of two or three letters, with a region or not: fr-BE, nld; nothing when it is none of the four."""
    first = re.split(r"[-_]", code.strip().lower())[0]
    return CODES.get(first, first if first in LANGUAGES else "")


def guess_language(text: str, likely: Sequence[str] = ()) -> str:
    """Guess the language of a text by its small words; where they do not tell, the first of the likely ones."""
    words = re.findall(r"[a-zäöüéèàç]+", text[:2_000].lower())
    counts = {language: sum(word in small.split() for word in words) for language, small in _SMALL_WORDS.items()}
    return max((*likely, *LANGUAGES), key=lambda language: counts[language])


def in_its_language(text: str, likely: Sequence[str]) -> dict[str, str]:
    """Give a text under the language that it is in."""
    return {guess_language(text, likely): text} if text else {}
