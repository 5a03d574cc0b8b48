"""The language of the interface, and the sentences in it (gettext; msgids are English)."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from ht_cli.locale.sentences import CompiledSentences

DOMAIN = "ht"
DIRECTORY = os.path.dirname(__file__)
AVAILABLE = ("fr", "nl", "de", "en")
DEFAULT = "fr"

_read: dict[str, CompiledSentences] = {}
_preferred: tuple[str, ...] = (DEFAULT,)
_for_now: ContextVar[tuple[str, ...] | None] = ContextVar("languages", default=None)


def _codes(value: str) -> list[str]:
    return [part[:2].lower() for part in value.split(":") if part[:2].lower() in AVAILABLE]


def is_spoken(value: str) -> bool:
    """Say whether a value names one of the four languages: nl, nl_BE.UTF-8, deutsch."""
    return bool(_codes(value))


def preferred_languages(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Order the four languages by what is asked: --locale, HT_LANG, LANGUAGE, LC_ALL, LC_MESSAGES, LANG.

    A locale of another language (or C) says nothing, and French comes first then.
    """
    asked: list[str] = []
    for position, argument in enumerate(arguments):
        if argument == "--locale" and position + 1 < len(arguments):
            asked += _codes(arguments[position + 1])
        elif argument.startswith("--locale="):
            asked += _codes(argument.partition("=")[2])
    for variable in ("HT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked += _codes(environment.get(variable, ""))
    return tuple(dict.fromkeys([*asked, DEFAULT, *AVAILABLE]))


def activate(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Choose the language of everything said from now on."""
    global _preferred
    _preferred = preferred_languages(arguments, environment)


def languages() -> tuple[str, ...]:
    """Give the four languages, the reader's first."""
    return _for_now.get() or _preferred


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak one of the four languages first, until the block ends; in this thread and task alone."""
    token = _for_now.set(tuple(dict.fromkeys([language, *languages()])))
    try:
        yield
    finally:
        _for_now.reset(token)


def mark(message: str) -> str:
    """Give a sentence as it is: who translates finds it here, and it is translated where it is shown."""
    return message


def translate(message: str) -> str:
    """Say a sentence in the reader's language."""
    return translate_into(languages()[0], message)


def translate_count(singular: str, plural: str, count: int) -> str:
    """Say a sentence about so many in the reader's language: in French 0 is singular, in the three others plural."""
    return _sentences(languages()[0]).count(singular, plural, count)


def translate_into(language: str, message: str) -> str:
    """Say a sentence in one of the four languages, whatever the reader's is."""
    return _sentences(language).say(message)


def _sentences(language: str) -> CompiledSentences:
    if language not in _read:
        _read[language] = CompiledSentences(os.path.join(DIRECTORY, language, "LC_MESSAGES", f"{DOMAIN}.mo"))
    return _read[language]
