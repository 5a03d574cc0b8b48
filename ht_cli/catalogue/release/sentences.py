"""Reads the reviewed sentences from which the ears learn, and makes lessons of them and of the vocabulary's forms.

data/sources/hearing/training and development hold the sentences, a file for each writer; notions/ what single words stand for.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ht_cli.hearing.clauses import Kinds, Text, listened_to, undoubled
from ht_cli.hearing.ears import NEAR, NOTHING
from ht_cli.hearing.training import SPEAKERS, Lesson
from ht_cli.model import DANGERS, LANGUAGES, NEEDS_OF_DANGER
from ht_cli.search.text import fold
from ht_cli.shapes import NamedTuple

UNKNOWN = "?"  # behind a danger: nobody said whether there is one; behind near: not which it sounds like
SENTENCE, TOWN = 1.2, 0.3  # how much a sentence counts, and the name of a town, beside a form of the vocabulary
_NEARS = frozenset(NEAR + name for name in DANGERS)
_NO_DANGER = frozenset((NOTHING,))
_SAYS_NO_NEED = ("offers", "kinds", "channels", "costs", "languages", "audiences", "relations", "unrecorded")
_NOT_FAR = {*NEEDS_OF_DANGER, "anger", "fear-of-harming", "justice", "trauma", "psychosis", "radicalisation"}


class Sentence(NamedTuple):
    """What somebody might type: the needs meant, who speaks, and the danger (a class, near:class, "-" or "?")."""

    language: str
    needs: tuple[str, ...]
    voice: str
    danger: str
    text: str


def read_sentences(folder: Path, needs: Mapping[str, Any], faults: list[str]) -> list[Sentence]:
    """Read every file of a folder; what a line may not say is added to the faults."""
    sentences = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if number > 1:
                    wrong = list(_faults(row, needs))
                    faults += [f"hearing/{folder.name}/{path.name}:{number}: {fault}" for fault in wrong]
                    if not wrong:
                        named = () if row[0] == NOTHING else tuple(row[0].split(","))
                        sentences.append(Sentence(path.name[:2], named, row[1], row[2], row[3]))
    return sentences


def _faults(row: list[str], needs: Mapping[str, Any]) -> Iterator[str]:
    if len(row) != 4:
        yield "wanted: needs, voice, danger and sentence, with a tab between"
        return
    for need in row[0].split(","):
        if need not in needs and row[0] != NOTHING:
            yield f"unknown need {need!r}"
    if row[1] not in (*SPEAKERS, "search", NOTHING):
        yield f"unknown voice {row[1]!r}"
    if row[2].removeprefix(NEAR) not in (*DANGERS, UNKNOWN) and row[2] != NOTHING:
        yield f"unknown danger {row[2]!r}"


def read_notions(folder: Path) -> dict[str, dict[str, frozenset[str]]]:
    """Read, by language, the notions of each folded word; a stem ends with `*`."""
    notions: dict[str, dict[str, frozenset[str]]] = {}
    for language in LANGUAGES:
        words: dict[str, set[str]] = {}
        for line in (folder / f"{language}.txt").read_text("utf-8").splitlines():
            notion, _, listed = line.partition(":")
            for word in listed.split(","):
                if word.strip():
                    words.setdefault(undoubled(word.strip()), set()).add(notion)
        notions[language] = {word: frozenset(standing) for word, standing in words.items()}
    return notions


def lesson_of(sentence: Sentence, kinds: Kinds) -> Lesson:
    """Give what is learned from a sentence; `kinds` tells which of its words change nothing."""
    text = listened_to(sentence.text, fold, kinds)
    dangers = _NEARS if sentence.danger == NEAR + UNKNOWN else frozenset((sentence.danger,)) - {UNKNOWN}
    voice = sentence.voice if sentence.voice in SPEAKERS else ""
    return Lesson(text, sentence.language, sentence.needs[:3], voice, dangers, SENTENCE, not sentence.needs)


def lessons_of_towns(municipalities: Iterable[Mapping[str, str]]) -> Iterator[Lesson]:
    """Give what is learned from the names of towns: that they say nothing of a need."""
    for row in municipalities:
        for language in LANGUAGES:
            yield Lesson(_said(row[f"name_{language}"]), language, dangers=_NO_DANGER, weight=TOWN, no_need=True)


def lessons_of_forms(words: Mapping[str, Mapping[str, Any]]) -> Iterator[Lesson]:
    """Give what is learned from the vocabulary: each form of a need and of a danger; what is offered says nothing of a need."""
    for language in LANGUAGES:
        for need, entry in words[language]["needs"].items():
            dangers = frozenset() if need in _NOT_FAR else _NO_DANGER
            for form in entry["forms"]:
                yield Lesson(_said(form), language, (need,), dangers=dangers)
        for kind in _SAYS_NO_NEED:
            for entry in words[language].get(kind, {}).values():
                for form in entry["forms"]:
                    yield Lesson(_said(form), language, dangers=_NO_DANGER, no_need=True)
        for danger, entry in words[language]["dangers"].items():
            for form in entry["forms"]:
                yield Lesson(_said(form), language, dangers=frozenset((danger,)))


def _said(form: str) -> Text:
    """Give a form as it is listened to: one clause, nothing left out."""
    return ((tuple(undoubled(word) for word in fold(form).split()),),)
