"""The words that are known, kept so that one near a misspelt word is found by reading a few short lists.

`word` holds what a misspelt word may be meant for. `near_list` holds the same words by first letter and length, and
`ordinary_list` the ordinary words of each language, which are no mistake and lie between a slip and what it seems to say.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from ht_cli.catalogue.facts.portions import portions
from ht_cli.model import LANGUAGES
from ht_cli.search.lookups import Correction, Known
from ht_cli.search.text import MIN_LENGTH, allowed_edits, slip_size

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 32  # letters of a word in a list; nothing longer is corrected


class Spellings:
    """The look-ups of spelling of one open catalogue."""

    _connection: sqlite3.Connection

    def known_words(self, words: Sequence[str]) -> dict[str, Known]:
        """Give what is known of each of the words; those that are not known are left out."""
        found: dict[str, Known] = {}
        for some in portions(words):
            rows = self._connection.execute(f"SELECT text, weight, languages FROM word WHERE text IN ({_marks(some)})", some)
            found |= {text: Known(weight, _spoken(languages)) for text, weight, languages in rows}
        return found

    def ordinary_words(self, words: Collection[str]) -> dict[str, frozenset[str]]:
        """Give the languages in which each of the words is an ordinary one; words of none are left out."""
        found: dict[str, set[str]] = {}
        shapes = sorted({(word[0], len(word)) for word in words})
        for language, _initial, _length, listed in self._lists("ordinary_list", shapes):
            for word in set(listed.split()).intersection(words):
                found.setdefault(word, set()).add(language)
        return {word: frozenset(languages) for word, languages in found.items()}

    def corrections(self, word: str, *, names: bool) -> list[Correction]:
        """Give known words within the edits that a word of this length allows, the nearest first."""
        limit = allowed_edits(word)
        if not limit or word.isdigit() or len(word) > LONGEST:
            return []
        edits = self._near("near_list", word, limit) | self._with_another_first_letter(word)
        if not edits:
            return []
        sql = f"SELECT text, weight, languages, guarded FROM word WHERE text IN ({_marks(edits)})"
        near = [
            Correction(text, edits[text], slip_size(word, text, edits[text]), weight, _spoken(languages), bool(guarded))
            for text, weight, languages, guarded in self._connection.execute(sql, tuple(edits))
            if weight > (0 if names else 1)
        ]
        near.sort(key=lambda c: (c.edits, c.size, sorted(c.word) != sorted(word), c.word[0] != word[0], -c.weight, c.word))
        return near

    def nearest_ordinary(self, word: str, languages: Collection[str], limit: int) -> float:
        """Give the size of the slip from the nearest ordinary word of these languages, `limit` + 1 when none is within so many edits."""
        near = self._near("ordinary_list", word, limit, languages)
        return min((slip_size(word, known, edits) for known, edits in near.items()), default=limit + 1)

    def _near(self, table: str, word: str, limit: int, languages: Collection[str] = ()) -> dict[str, int]:
        from rapidfuzz import process  # 6 ms, wanted only for a word that is not known
        from rapidfuzz.distance import OSA

        shapes = [(word[0], length) for length in range(len(word) - limit, len(word) + limit + 1)]
        edits = {}
        for language, *_shape, listed in self._lists(table, shapes):
            if not languages or language in languages:
                for known, distance, _place in process.extract(word, listed.split(), scorer=OSA.distance, score_cutoff=limit, limit=None):
                    if acceptable(word, known, distance):
                        edits[known] = distance
        return edits

    def _with_another_first_letter(self, word: str) -> dict[str, int]:
        """Give the known words that differ in their first letter alone, which the lists by first letter do not show."""
        others = [letter + rest for letter in _LETTERS for rest in (word[1:], word)] + [word[1:], word[1] + word[0] + word[2:]]
        return {known: 1 for known in self.known_words(others) if known[0] != word[0] and acceptable(word, known, 1)}

    def _lists(self, table: str, shapes: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str, int, str]]:
        if shapes:
            values = ",".join(["(?,?)"] * len(shapes))
            flat = [part for shape in shapes for part in shape]
            columns = "language, initial, length, words" if table == "ordinary_list" else "'', initial, length, words"
            yield from self._connection.execute(f"SELECT {columns} FROM {table} WHERE (initial, length) IN (VALUES {values})", flat)


def acceptable(word: str, known: str, edits: int) -> bool:
    """Hold the limits of silent correction: short words keep their first letter, two edits need length."""
    same_start = word[0] == known[0]
    if edits == 1:
        return same_start or len(word) >= 6
    return edits == 0 or (same_start and len(word) >= 7)


def write_words(connection: sqlite3.Connection, words: Iterable[tuple[str, int, int, int]]) -> None:
    """Write the known words (text, weight, mask of languages, guarded) and their lists; everyday words (weight 0) are in no list."""
    rows = sorted(words)
    connection.executemany("INSERT INTO word VALUES (?,?,?,?)", rows)
    listed = [text for text, weight, *_ in rows if weight and not text.isdigit()]
    connection.executemany("INSERT INTO near_list VALUES (?,?,?)", [(*shape, words) for shape, words in _by_shape(listed)])


def write_ordinary_words(connection: sqlite3.Connection, language: str, words: Iterable[str]) -> None:
    """Write the lists of the ordinary words of one language, folded."""
    rows = [(*shape, language, listed) for shape, listed in _by_shape(sorted(set(words)))]
    connection.executemany("INSERT INTO ordinary_list VALUES (?,?,?,?)", rows)


def learn_word(connection: sqlite3.Connection, word: str) -> None:
    """Let a misspelt word be corrected to a word of a name, unless that is known already."""
    if connection.execute("SELECT 1 FROM word WHERE text = ?", (word,)).fetchone():
        return
    connection.execute("INSERT INTO word VALUES (?,1,0,1)", (word,))
    if not word.isdigit() and MIN_LENGTH <= len(word) <= LONGEST:
        sql = "INSERT INTO near_list VALUES (?,?,?) ON CONFLICT DO UPDATE SET words = words || ' ' || excluded.words"
        connection.execute(sql, (word[0], len(word), word))


def _by_shape(words: Iterable[str]) -> list[tuple[tuple[str, int], str]]:
    lists: dict[tuple[str, int], list[str]] = {}
    for word in words:
        if MIN_LENGTH - 1 <= len(word) <= LONGEST:
            lists.setdefault((word[0], len(word)), []).append(word)
    return [(shape, " ".join(listed)) for shape, listed in sorted(lists.items())]


def mask_of(languages: Iterable[str]) -> int:
    """Give the bits of languages as `word` holds them; 0 is a word of any language, such as a town."""
    return sum(1 << LANGUAGES.index(language) for language in set(languages))


def _spoken(mask: int) -> frozenset[str]:
    return frozenset(language for bit, language in enumerate(LANGUAGES) if mask >> bit & 1)


def _marks(values: Collection[str]) -> str:
    return ",".join("?" * len(values))
