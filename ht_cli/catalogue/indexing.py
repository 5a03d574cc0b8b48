"""The search tables of the vocabulary: forms, phrases, and the words from which spelling is corrected.

Made from the facts alone, so that they can be rebuilt at any time; see docs/architecture.md.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from ht_cli.catalogue.sources import Sources
from ht_cli.model import LANGUAGES
from ht_cli.search.text import deletions, fold, key, umlaut_spelling

MOST_JOINED = 2  # words of a form that is also known as one word; longer ones are phrases alone
LONGEST_JOINED, LONGEST_CONCEPT, LONGEST_TOWN = 12, 18, 26  # letters of what a misspelt word is corrected to
_SPECIFIC_PLURALS = {"fr": ("s", "e", "es", "x"), "nl": ("s", "en", "e"), "de": ("e", "en", "er", "n", "s"), "en": ("s",)}


def index_vocabulary(connection: sqlite3.Connection, sources: Sources) -> None:
    """Write the forms, phrases and cue words of the four languages."""
    forms: dict[tuple[str, str, str], str] = {}
    spoken: list[tuple[str, str, str]] = []
    for language in LANGUAGES:
        words = sources.words[language]
        for kind, identifier, form in _vocabulary_forms(words):
            spoken.append((kind, identifier, form))
            if "…" not in form and len(fold(form).split()) <= MOST_JOINED:
                for spelling in sorted({key(form), umlaut_spelling(form).replace(" ", "")}):
                    forms.setdefault((spelling, kind, identifier), form)
        for kind, section, name in (
            ("stop", "stop", "words"),
            ("before", "place", "before"),
            ("between", "place", "between"),
            ("unit", "age", "units"),
            ("aged", "age", "before"),
        ):
            for word in words.get(section, {}).get(name, ()):
                forms.setdefault((key(word), kind, ""), word)
        for word, value in words.get("age", {}).get("numbers", {}).items():
            forms.setdefault((key(word), "number", str(value)), word)
    taken = {spelling for spelling, *_ in forms}
    for language in LANGUAGES:
        for kind, identifier, form in _vocabulary_forms(sources.words[language]):
            folded = fold(form)
            if " " in folded or "…" in form or len(folded) < 5 or kind == "crisis":
                continue
            for ending in _SPECIFIC_PLURALS[language]:
                if folded + ending not in taken:
                    forms.setdefault((folded + ending, kind, identifier), form)
    connection.executemany(
        "INSERT OR IGNORE INTO form VALUES (?,?,?,?,0)", [(k, kind, ref, shown) for (k, kind, ref), shown in forms.items() if k]
    )
    _index_phrases(connection, spoken)


def _vocabulary_forms(words: dict[str, dict[str, dict[str, list[str]]]]) -> Iterator[tuple[str, str, str]]:
    for kind in ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "referral", "relations", "crisis"):
        for identifier, entry in words.get(kind, {}).items():
            for form in dict.fromkeys([str(entry.get("label", "")) if kind != "crisis" else "", *entry.get("forms", ())]):
                if key(form):
                    yield kind, identifier, form


def _index_phrases(connection: sqlite3.Connection, spoken: Iterable[tuple[str, str, str]]) -> None:
    """Write forms of several words under the rarest of them, a gap as the word `…`."""
    phrases = []
    for kind, identifier, form in spoken:
        words = " … ".join(fold(part) for part in form.split("…") if fold(part)).split()
        if len(words) > 1:
            phrases.append((words, kind, identifier, form))
    frequency = Counter(word for words, *_ in phrases for word in set(words))
    connection.executemany(
        "INSERT OR IGNORE INTO phrase VALUES (?,?,?,?,?)",
        [
            (min((w for w in words if w != "…"), key=lambda w: (frequency[w], -len(w), w)), " ".join(words), kind, identifier, form)
            for words, kind, identifier, form in phrases
        ],
    )


def index_words(connection: sqlite3.Connection, sources: Sources) -> None:
    """Write the words that a misspelt one may be corrected to, with their deletions.

    Weight: 3 a concept or a town's name, 2 a word inside a phrase, 1 a word of a resource's name,
    0 an everyday word, which is neither corrected nor what others are corrected to.
    """
    weights = dict.fromkeys(sources.everyday_words, 0)
    for (word,) in connection.execute("SELECT DISTINCT word FROM name_word"):
        weights[word] = 1
    for (words,) in connection.execute("SELECT DISTINCT words FROM phrase"):
        for word in words.split():
            weights[word] = 2
    for spelling, kind, shown in connection.execute("SELECT key, kind, shown FROM form WHERE kind NOT IN ('abroad')"):
        if kind in ("stop", "before", "between", "unit", "aged", "number"):
            weights[spelling] = 2
        elif len(spelling) <= (LONGEST_TOWN if kind == "place" else LONGEST_JOINED if " " in fold(shown) else LONGEST_CONCEPT):
            weights[spelling] = 3
    rows = [
        (number, word, weights[word], int(weights[word] <= 1)) for number, word in enumerate(sorted(w for w in weights if w.isalnum()), 1)
    ]
    connection.executemany("INSERT INTO word VALUES (?,?,?,?)", rows)
    connection.executemany(
        "INSERT INTO deletion VALUES (?,?)",
        sorted(
            (deletion, number)
            for number, word, *_ in rows
            if weights[word] and not word.isdigit() and len(word) >= 4
            for deletion in deletions(word)
        ),
    )
