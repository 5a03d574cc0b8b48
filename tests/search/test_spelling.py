"""A correction goes to a word that fits, and never past a nearer ordinary word."""

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from zlib import decompress

import pytest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.spellings import LONGEST, acceptable, learn_words, mask_of, within_edits, within_one_edit
from ht_cli.model import LANGUAGES
from ht_cli.search.reading import read_question
from ht_cli.search.text import MIN_LENGTH, allowed_edits, slip_size

Marked = dict[str, int]  # words with the mark that their list gives them


def words_of(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, int]]:
    """Every word of the lists with its mark, one after the other."""
    for packed, marks in connection.execute(f"SELECT words, marks FROM {table}"):
        for line, mark in zip(decompress(packed).decode().split("\n"), marks, strict=True):
            yield from ((word, mark) for word in line.split())


@pytest.fixture(scope="module")
def listed() -> tuple[Marked, Marked]:
    """The known and the ordinary words of the bundled catalogue."""
    with open_catalogue() as connection:
        return dict(words_of(connection, "known_list")), dict(words_of(connection, "ordinary_list"))


def misspelt(words: list[str], count: int) -> list[str]:
    """Words with one slip or two: a letter left out, added, doubled, another, or two letters swapped."""
    chance = random.Random(11)

    def slipped(word: str) -> str:
        at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
        before, here, after = word[:at], word[at], word[at + 1 :]
        ways = (before + after, before + letter + here + after, before + letter + after, before + here + here + after,
                before + after[:1] + here + after[1:])  # fmt: skip
        return chance.choice(ways) or word

    return [slipped(slipped(word)) if number % 3 == 0 else slipped(word) for number, word in enumerate(chance.sample(words, count))]


def near(word: str, words: list[str], limit: int) -> dict[str, int]:
    """The words within so many edits, found by comparing with every one."""
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=limit, limit=None)
    return {known: edits for known, edits, _place in found if acceptable(word, known, edits)}


@pytest.mark.parametrize("loaded", [True, False], ids=["loaded", "not loaded"])
@pytest.mark.parametrize("table", [0, 1], ids=["known", "ordinary"])
def test_what_is_looked_at_before_rapidfuzz_loses_nothing(
    listed: tuple[Marked, Marked], table: int, loaded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [word for word in listed[table] if word[0] in "bd"]
    if not loaded:
        monkeypatch.delitem(sys.modules, "rapidfuzz.process")
    for word in misspelt(words, 60):
        every = {known: edits for known, edits, _place in process.extract(word, words, scorer=OSA.distance, score_cutoff=2, limit=None)}
        assert within_edits(word, words, 2) == every
        assert within_one_edit(word, words) == {known: edits for known, edits in every.items() if edits < 2}


def test_short_lists_give_what_comparing_with_every_word_gives(lexicon: Lexicon, listed: tuple[Marked, Marked]) -> None:
    known, ordinary = listed
    meant = [word for word, mark in known.items() if mark & 3 > 1]
    fitting = [word for word in meant if MIN_LENGTH - 1 <= len(word) <= LONGEST and not word.isdigit()]
    for number, language in enumerate(LANGUAGES):
        usual = [word for word, mark in ordinary.items() if mark >> number & 1]
        spoken = [word for word in fitting if known[word] >> (3 + number) & 1]
        for word in misspelt(sorted(spoken), 30) + misspelt(sorted(usual), 10) + misspelt(sorted(fitting), 10):
            if not (limit := allowed_edits(word)):
                continue
            wanted = near(word, fitting, limit)
            assert {c.word: c.edits for c in lexicon.corrections(word, names=False)} == wanted
            sizes = [slip_size(word, other, edits) for other, edits in near(word, usual, limit).items() if other[0] == word[0]]
            assert lexicon.nearest_ordinary(word, [language], limit) == min(sizes, default=limit + 1)


def test_a_word_is_told_by_its_own_list_alone(lexicon: Lexicon, listed: tuple[Marked, Marked]) -> None:
    known, ordinary = listed
    asked = [*random.Random(3).sample(sorted(known), 300), *random.Random(4).sample(sorted(ordinary), 300), "qzx", "3", "b", "ß", "日本"]
    told = lexicon.known_words(asked)
    assert {word: (one.weight, mask_of(one.languages)) for word, one in told.items()} == {
        word: (known[word] & 3, known[word] >> 3) for word in asked if word in known
    }
    assert {word: mask_of(languages) for word, languages in lexicon.ordinary_words(asked).items()} == {
        word: ordinary[word] for word in asked if word in ordinary
    }


def test_a_word_that_begins_with_the_last_character_of_all_is_near_nothing(lexicon: Lexicon) -> None:
    assert lexicon.corrections("\U0010ffffabcdef", names=True) == []


def test_a_word_of_a_new_name_is_learned_once_and_the_others_of_its_list_stay() -> None:
    with open_catalogue() as bundled, closing(sqlite3.connect(":memory:")) as connection:
        bundled.backup(connection)
        before = dict(words_of(connection, "known_list"))
        for words in (["zwaluwnestje", "полынья"], ["zwaluwnestje", "depression", "z" * 70]):
            learn_words(connection, words)
        after = dict(words_of(connection, "known_list"))
        assert after == before | dict.fromkeys(("zwaluwnestje", "полынья", "z" * 70), 1 + 4)
        assert [c.word for c in Lexicon(connection).corrections("zwaluwnesje", names=True)] == ["zwaluwnestje"]
        assert Lexicon(connection).corrections("zwaluwnesje", names=False) == []


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("depresion namur", {"depresion"}), ("rouww gnet", {"rouww", "gnet"}), ("zelfmordlijn", set()), ("bruge post partum", {"bruge"}),
        ("burnout leuve", {"leuve"}), ("therapist bruxels", {"bruxels"}), ("angts charleroy", {"angts", "charleroy"}),
    ],
)  # fmt: skip
def test_slips_are_mended_each_of_them(question: str, mended: set[str], lexicon: Lexicon) -> None:
    assert mended <= {typed for typed, _meant in read_question(question, lexicon).corrections}


@pytest.mark.parametrize(
    "question",
    [
        "wij zoeken een wachtlijst voor onze dochter", "die Krankenkasse zahlt nicht", "on me demande une attestation pour la mutuelle",
        "she keeps postponing our meeting", "mijn buren vierden gisteren feest", "les voisins tondent la pelouse", "er repariert sein Fahrrad",
        "the landlord painted the hallway yellow",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_slips(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).corrections == ()


@pytest.mark.parametrize("question", ["je veu mourrir", "ik wil dooood", "ich wil sterbn", "i wanna dye", "jveu crevé"])
def test_nobodys_words_of_despair_are_mended_before_their_eyes(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.danger.level != "none"
    assert not {meant for _typed, meant in query.corrections} & {"mourir", "dood", "sterben", "die", "crever"}
