"""The search tables of the vocabulary: forms, phrases, and the words from which spelling is corrected.

Made from the facts alone, so that they can be rebuilt at any time; see docs/architecture.md.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ht_cli.catalogue.index.ordinary import CLEARLY, EVERYDAY
from ht_cli.catalogue.index.spellings import mask_of, write_known_words, write_ordinary_words
from ht_cli.hours.day_names import WEEKDAYS
from ht_cli.model import LANGUAGES, TERM_KINDS
from ht_cli.search.lookups import AGE_CUES, ASKS_FOR_HELP, HOME, HOURS_CUES, LIMIT_CUES, ORDINARY_IN, PAST_CUES, TELLING_IN, VERB
from ht_cli.search.question import SMALL_WORDS
from ht_cli.search.text import fold, key, umlaut_spelling

if TYPE_CHECKING:
    from ht_cli.catalogue.release.sources import Sources

MOST_JOINED = 2  # words of a form that is also known as one word; longer ones are phrases alone
LONGEST_JOINED, LONGEST_CONCEPT, LONGEST_TOWN = 12, 18, 26  # letters of what a misspelt word is corrected to
NARROW_NEEDS = frozenset((
    "suicide", "self-harm", "domestic-violence", "sexual-violence", "child-abuse", "elder-abuse", "fear-of-harming", "radicalisation",
    "perinatal", "trafficking", "psychosis", "bipolar", "personality-disorder", "dementia", "sexuality", "lgbtqia", "justice", "exile",
))  # fmt: skip  # to be taken for one of these by mistake would hurt or mislead
_SPECIFIC_PLURALS = {"fr": ("s", "e", "es", "x"), "nl": ("s", "en", "e"), "de": ("e", "en", "er", "n", "s"), "en": ("s",)}


def index_vocabulary(connection: sqlite3.Connection, sources: "Sources") -> None:
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
        for kind, word in _small_words(words):
            forms.setdefault((key(word), kind, ""), word)
        for kind, word, meant in _hours_words(words.get("hours", {})):
            forms.setdefault((key(word), kind, meant), word)
        for section, cue_kind in (("limits", "limit"), ("past", "past")):
            for cue, cueing in words.get(section, {}).items():
                forms.update({(key(word), f"{cue_kind}-{cue}", ""): word for word in cueing})
        for phrase in words.get("polite", {}).get("phrases", ()):
            forms.setdefault((key(phrase), "polite", ""), phrase)
        for phrase in words.get("help", {}).get("asked", ()):
            forms.setdefault((key(phrase), ASKS_FOR_HELP, ""), phrase)
        for word, meant in words.get("contractions", {}).items():
            forms.setdefault((key(word), "contraction", language), meant)
        for word, value in words.get("age", {}).get("numbers", {}).items():
            forms.setdefault((key(word), "number", str(value)), word)
    taken = {spelling for spelling, *_ in forms}
    for language in LANGUAGES:
        for kind, identifier, form in _vocabulary_forms(sources.words[language]):
            folded = fold(form)
            if " " in folded or "…" in form or len(folded) < 5 or kind == "dangers":
                continue
            for ending in _SPECIFIC_PLURALS[language]:
                if _may_end_so(folded, ending) and folded + ending not in taken:
                    forms.setdefault((folded + ending, kind, identifier), form)
    write_forms(connection, ((k, kind, ref, shown, False) for (k, kind, ref), shown in forms.items() if k))
    _index_phrases(connection, spoken)


def _may_end_so(word: str, ending: str) -> bool:
    """Say whether a word of a language may have an ending: none has two e or two s, and an x stands behind a u."""
    doubled = (ending.startswith("e") and word.endswith("e")) or (ending == "s" and word.endswith(("s", "x", "z")))
    return not doubled and (ending != "x" or word.endswith("u"))


_SMALL_WORDS = (
    ("stop", "stop", "words"), ("before", "place", "before"), ("between", "place", "between"), (HOME, "place", "home"), ("unit", "age", "units"),
    ("of_age", "age", "of_age"), ("old", "age", "old"), ("aged", "age", "aged"), ("person", "age", "persons"), ("being", "age", "being"),
    ("lasting", "age", "lasting"), ("passed", "age", "passed"), ("counted", "age", "counted"), ("gone", "age", "gone"),
    ("lost", "age", "lost"), ("mourning", "age", "mourning"), ("weak_unit", "age", "weak_units"), (VERB, "stop", "verbs"),
)  # fmt: skip


def _hours_words(hours: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give the words that ask when somebody answers: kind, word, and what it means (a day or a part of it)."""
    for position, word in enumerate(hours.get("days", ())):
        yield "hours-day", word, WEEKDAYS["en"][position]
    for word, part in hours.get("parts", {}).items():
        yield "hours-part", word, part
    for kind in ("open", "now", "told"):
        for word in hours.get(kind, ()):
            yield f"hours-{kind}", word, ""


def _small_words(words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, section, name in _SMALL_WORDS:
        for word in words.get(section, {}).get(name, ()):
            yield kind, word


def _vocabulary_forms(words: dict[str, dict[str, dict[str, list[str]]]]) -> Iterator[tuple[str, str, str]]:
    for kind in TERM_KINDS:
        for identifier, entry in words.get(kind, {}).items():
            for form in dict.fromkeys([str(entry.get("label", "")) if kind != "dangers" else "", *entry.get("forms", ())]):
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
    number = _Numbers(connection)
    connection.executemany(
        "INSERT OR IGNORE INTO phrase VALUES (?,?,?,NULLIF(?,?))",
        [
            (min((w for w in words if w != "…"), key=lambda w: (frequency[w], -len(w), w)), text, number(kind, identifier), form, text)
            for words, kind, identifier, form in phrases
            for text in [" ".join(words)]
        ],
    )


def write_forms(connection: sqlite3.Connection, forms: Iterable[tuple[str, str, str, str, bool]]) -> None:
    """Write forms (key, kind, ref, how it is shown, whether it is risky), with what they mean."""
    number = _Numbers(connection)
    rows = [(spelling, number(kind, ref), shown, spelling, int(risky)) for spelling, kind, ref, shown, risky in forms]
    connection.executemany("INSERT OR IGNORE INTO form VALUES (?,?,NULLIF(?,?),?)", rows)


class _Numbers:
    """The number of each meaning of forms and phrases; a new one is written down."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT kind, ref, number FROM meaning")
        self._numbers: dict[tuple[str, str], int] = {(kind, ref): number for kind, ref, number in rows}

    def __call__(self, kind: str, ref: str) -> int:
        if (kind, ref) not in self._numbers:
            self._numbers[kind, ref] = len(self._numbers) + 1
            self._connection.execute("INSERT INTO meaning VALUES (?,?,?)", (self._numbers[kind, ref], kind, ref))
        return self._numbers[kind, ref]


def index_words(connection: sqlite3.Connection, sources: "Sources", ordinary: Mapping[str, Collection[str]]) -> None:
    """Write the words that a misspelt one may be corrected to, and the ordinary words of each language, which are no mistake.

    Weight: 3 a concept or a town's name, 2 a word inside a phrase, 1 a word of a resource's name,
    0 an everyday word, which is neither corrected nor what others are corrected to.
    """
    weights = dict.fromkeys(sources.everyday_words, 0)
    for (word,) in connection.execute("SELECT DISTINCT word FROM name_word"):
        weights[word] = 1
    harmless: set[str] = set()  # words with a meaning that needs no care
    for words, kind, ref in connection.execute("SELECT words, kind, ref FROM phrase JOIN meaning ON number = meaning"):
        for word in words.split():
            weights[word] = 2
            if not _needs_care(kind, ref):
                harmless.add(word)
    spoken = _languages_of_words(sources)
    for spelling, kind, ref, shown in connection.execute(
        "SELECT key, kind, ref, COALESCE(shown, key) FROM form JOIN meaning ON number = meaning WHERE kind NOT IN ('abroad', 'contraction')"
    ):
        if not _needs_care(kind, ref):
            harmless.add(spelling)
        if kind != "place":
            spoken[spelling] = spoken.get(spelling, 0) | spoken.get(key(shown), 0)
        if kind in SMALL_WORDS or kind in AGE_CUES or kind in HOURS_CUES or kind in (*LIMIT_CUES, *PAST_CUES):
            weights[spelling] = max(weights.get(spelling, 0), 2)
        elif len(spelling) <= (LONGEST_TOWN if kind == "place" else LONGEST_JOINED if " " in fold(shown) else LONGEST_CONCEPT):
            weights[spelling] = 3
    towns = {spelling for (spelling,) in connection.execute("SELECT key FROM form JOIN meaning ON number = meaning WHERE kind = 'place'")}
    write_known_words(
        connection,
        (
            (word, weight, 0 if word in towns or weight == 1 else spoken.get(word, 0), word not in harmless)
            for word, weight in weights.items()
            if word.isalnum()
        ),
    )
    telling = {word for word, weight in weights.items() if weight >= 2}
    write_ordinary_words(connection, {language: set(words) - telling for language, words in ordinary.items()})


def index_other_meanings(connection: sqlite3.Connection, sources: "Sources", everyday: Mapping[str, Mapping[str, float]]) -> None:
    """Write for each language the everyday words that mean a term, or tell an age, in other languages alone: German "nicht" is no Dutch niece.

    And those that tell something in it and are small words in others alone: English "son" is no French "son". `everyday` are the words of
    each language with how often they are used (Zipf); a word is also of everyday where the vocabulary
    of the language has it as a small or an ordinary word.
    """
    telling: dict[str, set[str]] = {}
    small: dict[str, set[str]] = {}
    ordinary: dict[str, set[str]] = {}
    for language in LANGUAGES:
        words = sources.words[language]
        told = [form for kind, _identifier, form in _vocabulary_forms(words) if kind != "dangers"]
        told += [word for kind, word in _small_words(words) if kind in AGE_CUES]
        telling[language] = {key(form) for form in told if len(fold(form).split()) == 1}
        small[language] = {key(word) for kind, word in _small_words(words) if kind in SMALL_WORDS}
        ordinary[language] = {*small[language], *map(key, words["stop"].get("ordinary", ()))}
    elsewhere = set().union(*telling.values())
    rows = []
    for language in LANGUAGES:
        for word in sorted(elsewhere - telling[language]):
            often = max(everyday[other].get(word, EVERYDAY - CLEARLY) for other in LANGUAGES if word in telling[other])
            if word in ordinary[language] or everyday[language].get(word, 0.0) >= often + CLEARLY:
                rows.append((word, ORDINARY_IN, language, word, False))
        for word in sorted(telling[language] - small[language]):
            if any(word in small[other] for other in LANGUAGES):
                rows.append((word, TELLING_IN, language, word, False))
    write_forms(connection, rows)


def _needs_care(kind: str, ref: str) -> bool:
    """Say whether to read this meaning into a slip would do harm: a town, a word of danger or of a narrow need."""
    return kind in ("place", "dangers") or (kind == "needs" and ref in NARROW_NEEDS)


def _languages_of_words(sources: "Sources") -> dict[str, int]:
    """Give the mask of the languages in whose vocabulary each word stands, alone or in a form of several."""
    spoken: dict[str, int] = {}
    for language in LANGUAGES:
        forms = [form for _kind, _identifier, form in _vocabulary_forms(sources.words[language])]
        forms += [word for _kind, word in _small_words(sources.words[language])]
        for form in forms:
            for word in {*fold(form).split(), *umlaut_spelling(form).split(), key(form)}:
                spoken[word] = spoken.get(word, 0) | mask_of([language])
    return spoken
