"""A text as it is listened to: sentences of clauses of folded words, without what changes nothing of what is meant.

Greetings and thanks, the names of towns, capitals, accents and doubled letters are taken off, and no feature crosses a clause:
so none of them, nor the order of the clauses, can make anybody be heard less.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

Clause = tuple[str, ...]
Sentence = tuple[Clause, ...]
Text = tuple[Sentence, ...]

POLITE, TOWN, BEFORE_TOWN = "polite", "town", "before"  # what a stretch of words may be that changes nothing
LONGEST = 4  # words of a greeting or a town
_SENTENCE_END = re.compile(r"[.!?…\n\r]+(?=\s|$)|[\n\r]+")
_CLAUSE_END = re.compile(r"[,;:()\[\]\"«»„“”–—]+(?:\s|$)|\s[-(«„“\"]")
_DOUBLED = re.compile(r"(.)\1+")

Kinds = Callable[[Collection[str]], Mapping[str, Collection[str]]]  # what joined words are: POLITE, TOWN, BEFORE_TOWN


def listened_to(text: str, fold: Callable[[str], str], kinds: Kinds) -> Text:
    """Give the sentences, clauses and words of a text that count; `kinds` tells which stretches of words change nothing."""
    split = [[fold(clause).split() for clause in _CLAUSE_END.split(sentence)] for sentence in _SENTENCE_END.split(text)]
    joined = {"".join(words) for sentence in split for clause in sentence for words in _windows(clause)}
    known = kinds(joined) if joined else {}
    sentences = (tuple(kept for clause in sentence if (kept := _counting(clause, known))) for sentence in split)
    return tuple(sentence for sentence in sentences if sentence)


def _windows(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            yield words[start:end]


def _counting(words: Sequence[str], known: Mapping[str, Collection[str]]) -> Clause:
    """Leave out greetings, and towns with the word that leads to them."""
    kept: list[str] = []
    start = 0
    while start < len(words):
        for end in range(min(start + LONGEST, len(words)), start, -1):
            kinds = known.get("".join(words[start:end]), ())
            if POLITE in kinds or TOWN in kinds:
                if TOWN in kinds and kept and BEFORE_TOWN in known.get(kept[-1], ()):
                    kept.pop()
                start = end
                break
        else:
            kept.append(words[start])
            start += 1
    return tuple(undoubled(word) for word in kept)


def undoubled(word: str) -> str:
    """Give a word with each run of one letter as a single one."""
    return _DOUBLED.sub(r"\1", word)


def words_of(text: Text) -> list[str]:
    """Give all words of a text in their order."""
    return [word for sentence in text for clause in sentence for word in clause]
