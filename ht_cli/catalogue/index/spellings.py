"""The words that are known, kept so that one near a misspelt word is found by reading the short lists of its first letter.

`known_list` holds what a misspelt word may be meant for, and the everyday words beside it; `ordinary_list` the ordinary words of
each language, which are no mistake and lie between a slip and what it seems to say. A list holds the words that begin with the same
two letters, packed: a line for each mark that its words bear.
"""

import sqlite3
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from zlib import compress, decompress

from ht_cli.catalogue.facts.portions import portions
from ht_cli.model import LANGUAGES
from ht_cli.search.lookups import Correction, Known
from ht_cli.search.text import MIN_LENGTH, allowed_edits, slip_size

KNOWN, ORDINARY = "known_list", "ordinary_list"
LONGEST = 32  # letters of a word that is corrected, or meant by one that is
MOST_EDITS = 2  # that are ever mended
SHORTEST_MOVED = 6  # letters of a word that may be misspelt in its first letter
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BITS = 21  # of a character in the number of a list
_WEIGHT, _GUARDED, _LANGUAGES = 3, 4, 8  # of the mark of a known word: the bits of its weight, that of care, the first of its languages


class WordList:
    """The words of one beginning: a line for each mark, and the marks in their order. A space stands on both sides of each word."""

    def __init__(self, lines: str, marks: bytes) -> None:
        self.lines, self.marks = lines, marks

    def mark_of(self, word: str) -> int | None:
        """Give the mark of a word; None where it is not listed."""
        at = self.lines.find(f" {word} ")
        return None if at < 0 else self.marks[self.lines.count("\n", 0, at)]

    def words(self) -> list[str]:
        """Give the words, whatever their marks."""
        return self.lines.split()

    def words_of(self, mark: int) -> list[str]:
        """Give the words of one mark."""
        return " ".join(line for line, of_line in zip(self.lines.split("\n"), self.marks, strict=True) if of_line == mark).split()


_NO_WORDS = WordList("", b"\0")


class Spellings:
    """The look-ups of spelling of one open catalogue."""

    _connection: sqlite3.Connection

    def known_words(self, words: Sequence[str]) -> dict[str, Known]:
        """Give what is known of each of the words; those that are not known are left out."""
        return {word: Known(mark & _WEIGHT, _spoken(mark // _LANGUAGES)) for word, mark in self._marks(KNOWN, words).items()}

    def ordinary_words(self, words: Collection[str]) -> dict[str, frozenset[str]]:
        """Give the languages in which each of the words is an ordinary one; words of none are left out."""
        return {word: _spoken(mark) for word, mark in self._marks(ORDINARY, words).items()}

    def corrections(self, word: str, *, names: bool, within: int = MOST_EDITS) -> list[Correction]:
        """Give known words within so many edits, and those that a word of this length allows, the nearest first."""
        limit = min(allowed_edits(word), within)
        if not limit or word.isdigit() or len(word) > LONGEST:
            return []
        least = 1 if names else 2
        edits = {**self._near(KNOWN, word, limit), **self._with_another_first_letter(word)}
        near = [
            Correction(
                known, edits[known], slip_size(word, known, edits[known]),
                mark & _WEIGHT, _spoken(mark // _LANGUAGES), bool(mark & _GUARDED),
            )
            for known, mark in self._marks(KNOWN, edits).items()
            if mark & _WEIGHT >= least
        ]  # fmt: skip
        near.sort(key=lambda c: (c.edits, c.size, sorted(c.word) != sorted(word), c.word[0] != word[0], -c.weight, c.word))
        return near

    def nearest_ordinary(self, word: str, languages: Collection[str], limit: int) -> float:
        """Give the size of the slip from the nearest ordinary word of these languages, `limit` + 1 when none is within so many edits."""
        near = self._near(ORDINARY, word, limit)
        marks, spoken = self._marks(ORDINARY, near), mask_of(languages)
        return min((slip_size(word, known, edits) for known, edits in near.items() if marks[known] & spoken), default=limit + 1)

    def _near(self, table: str, word: str, limit: int) -> Mapping[str, int]:
        """Give the words of a table within so many edits that are acceptable, with their edits; each is looked for once."""
        if (table, word, limit) not in self._kept_near:
            listed = [known for words in self._lists_of(table, word[0]) for known in words.words()]
            near = within_one_edit(word, listed) if limit == 1 else within_edits(word, listed, limit)
            acceptably = {known: edits for known, edits in near.items() if acceptable(word, known, edits) and not known.isdigit()}
            self._kept_near[table, word, limit] = acceptably
        return self._kept_near[table, word, limit]

    def _with_another_first_letter(self, word: str) -> dict[str, int]:
        """Give the known words that differ in their first letter alone, which the lists by first letter do not show."""
        if len(word) < SHORTEST_MOVED:
            return {}
        others = [letter + rest for letter in _LETTERS for rest in (word[1:], word)] + [word[1:], word[1] + word[0] + word[2:]]
        return {known: 1 for known in self._marks(KNOWN, others) if known[0] != word[0]}

    def _marks(self, table: str, words: Collection[str]) -> dict[str, int]:
        """Give the mark of each of the words that is listed."""
        lists = self._lists(table, {_beginning(word) for word in words})
        found = ((word, lists[_beginning(word)].mark_of(word)) for word in words)
        return {word: mark for word, mark in found if mark is not None}

    def _lists(self, table: str, beginnings: Collection[int]) -> Mapping[int, WordList]:
        """Give the lists of these beginnings, each read once."""
        kept = self._kept[table]
        missing = [beginning for beginning in beginnings if beginning not in kept]
        for some in portions(missing):
            kept.update(dict.fromkeys(some, _NO_WORDS))
            kept.update(_read_lists(self._connection, table, f"list IN ({','.join('?' * len(some))})", some))
        return kept

    def _lists_of(self, table: str, initial: str) -> Collection[WordList]:
        """Give all lists of a first letter, read once."""
        kept = self._kept_by_initial[table]
        if initial not in kept:
            first = _beginning(initial)
            lists = _read_lists(self._connection, table, "list BETWEEN ? AND ?", (first, first + (1 << _BITS) - 1))
            self._kept[table].update(lists)
            kept[initial] = lists.values()
        return kept[initial]

    @cached_property
    def _kept(self) -> dict[str, dict[int, WordList]]:
        return {KNOWN: {}, ORDINARY: {}}

    @cached_property
    def _kept_near(self) -> dict[tuple[str, str, int], Mapping[str, int]]:
        return {}

    @cached_property
    def _kept_by_initial(self) -> dict[str, dict[str, Collection[WordList]]]:
        return {KNOWN: {}, ORDINARY: {}}


def within_one_edit(word: str, listed: Collection[str]) -> dict[str, int]:
    """Give those listed that are a word with a letter more, less, other, or swapped with the next, and itself, with their edits.

    Most slips are of this kind, and for them RapidFuzz, of which an import costs more than all else that mends a word, is not loaded.
    """
    letters = set().union(*listed)
    heads = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    variants = {head + tail[1:] for head, tail in heads} | {head + tail[1:2] + tail[:1] + tail[2:] for head, tail in heads}
    variants.update(head + letter + rest for head, tail in heads for letter in letters for rest in (tail, tail[1:]))
    return {known: int(known != word) for known in variants.intersection(listed)}


def within_edits(word: str, listed: Collection[str], limit: int) -> dict[str, int]:
    """Give those listed that are within so many edits, with their edits."""
    alike = listed if "rapidfuzz.process" in sys.modules else _with_such_letters(word, listed, limit)
    if not alike:
        return {}
    from rapidfuzz import process  # 6 ms, wanted only where something may be two edits away
    from rapidfuzz.distance import OSA

    return {known: edits for known, edits, _place in process.extract(word, alike, scorer=OSA.distance, score_cutoff=limit, limit=None)}


def _with_such_letters(word: str, listed: Collection[str], limit: int) -> list[str]:
    """Give those listed whose letters could be made so: 2 ms, wanted only where RapidFuzz, which needs a tenth of it, is not loaded yet."""
    letters, counted = set(word), Counter(word)
    alike = [known for known in listed if abs(len(known) - len(word)) <= limit and len(letters.symmetric_difference(known)) <= 2 * limit]
    return [known for known in alike if (counted - Counter(known)).total() <= limit >= (Counter(known) - counted).total()]


def acceptable(word: str, known: str, edits: int) -> bool:
    """Hold the limits of silent correction: short words keep their first letter, two edits need length."""
    same_start = word[0] == known[0]
    if edits == 1:
        return same_start or len(word) >= SHORTEST_MOVED
    return edits == 0 or (same_start and len(word) >= 7)


def languages_of_known_words(connection: sqlite3.Connection) -> dict[str, int]:
    """Give the mask of languages of each known word that is of some language and not of any."""
    found = {}
    for listed in _read_lists(connection, KNOWN).values():
        for line, mark in zip(listed.lines.split("\n"), listed.marks, strict=True):
            if mark // _LANGUAGES:
                found.update(dict.fromkeys(line.split(), mark // _LANGUAGES))
    return found


def ordinary_words_near(connection: sqlite3.Connection, known: Mapping[str, int]) -> dict[str, int]:
    """Give the ordinary words that are one slip of a letter away from one of these in a language of both, each with the mask of its languages.

    Two words are so near only where both are, perhaps with one letter left out, the same.
    """
    from rapidfuzz.distance import OSA  # wanted only where a page is made

    begun: dict[str, set[str]] = {}
    for word in known:
        for piece in _with_a_letter_less(word):
            begun.setdefault(piece, set()).add(word)
    near = {}
    for listed in _read_lists(connection, ORDINARY).values():
        for line, mark in zip(listed.lines.split("\n"), listed.marks, strict=True):
            for word in line.split():
                alike = (
                    {other for piece in _with_a_letter_less(word) for other in begun.get(piece, ())} if len(word) >= MIN_LENGTH else set()
                )
                if word not in alike and any(
                    known[one] & mark and acceptable(word, one, 1) and OSA.distance(word, one, score_cutoff=1) == 1 for one in alike
                ):
                    near[word] = mark
    return near


def _with_a_letter_less(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def write_known_words(connection: sqlite3.Connection, words: Iterable[tuple[str, int, int, bool]]) -> None:
    """Write the lists of the known words: text, weight, mask of languages, and whether it needs care."""
    _write_lists(connection, KNOWN, {text: _mark(weight, languages, guarded) for text, weight, languages, guarded in words})


def write_ordinary_words(connection: sqlite3.Connection, words: Mapping[str, Collection[str]]) -> None:
    """Write the lists of the ordinary words of each language, folded."""
    languages: dict[str, int] = {}
    for language, ordinary in words.items():
        for word in ordinary:
            if MIN_LENGTH - 1 <= len(word) <= LONGEST:
                languages[word] = languages.get(word, 0) | mask_of([language])
    _write_lists(connection, ORDINARY, languages)


def learn_words(connection: sqlite3.Connection, words: Collection[str]) -> None:
    """Let misspelt words be corrected to these words of names, where they are not known already; each list is written once."""
    new: dict[int, list[str]] = {}
    for word in sorted(words):
        new.setdefault(_beginning(word), []).append(word)
    name = _mark(1, 0, True)
    for beginning, ours in new.items():
        listed = _read_lists(connection, KNOWN, "list = ?", [beginning]).get(beginning, WordList("", b""))
        unknown = [word for word in ours if listed.mark_of(word) is None]
        if unknown:
            known = {word: mark for mark in listed.marks for word in listed.words_of(mark)}
            _write_lists(connection, KNOWN, known | dict.fromkeys(unknown, name))


def mask_of(languages: Iterable[str]) -> int:
    """Give the bits of languages as the lists hold them; of a known word, 0 is any language, such as that of a town."""
    return sum(1 << LANGUAGES.index(language) for language in set(languages))


def _spoken(mask: int) -> frozenset[str]:
    return frozenset(language for bit, language in enumerate(LANGUAGES) if mask >> bit & 1)


def _mark(weight: int, languages: int, guarded: bool) -> int:
    return weight + _GUARDED * guarded + _LANGUAGES * languages


def _beginning(word: str) -> int:
    """Give the number of the list that holds the words with the first two letters of this one."""
    return (ord(word[0]) << _BITS) + (ord(word[1]) if len(word) > 1 else 0)


def _read_lists(connection: sqlite3.Connection, table: str, wanted: str = "TRUE", values: Sequence[int] = ()) -> dict[int, WordList]:
    """Give the wanted lists that are there, or all; `wanted` is a condition of SQL with its values."""
    rows = connection.execute(f"SELECT list, words, marks FROM {table} WHERE {wanted}", values)
    return {number: WordList(decompress(words).decode(), marks) for number, words, marks in rows}


def _write_lists(connection: sqlite3.Connection, table: str, words: Mapping[str, int]) -> None:
    """Write the lists of all these words, each with its mark, in place of those of their beginnings; the same words give the same bytes."""
    lists: dict[int, dict[int, list[str]]] = {}
    for word in sorted(words):
        lists.setdefault(_beginning(word), {}).setdefault(words[word], []).append(word)
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?,?,?)", _packed(lists))


def _packed(lists: Mapping[int, Mapping[int, Sequence[str]]]) -> Iterator[tuple[int, bytes, bytes]]:
    for number, marked in sorted(lists.items()):
        lines = "\n".join(f" {' '.join(words)} " for _mark, words in sorted(marked.items()))
        yield number, compress(lines.encode(), 9), bytes(sorted(marked))
