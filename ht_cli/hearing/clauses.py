"""A text as it is listened to: sentences of clauses of folded words, without what changes nothing of what is meant.

Greetings and thanks, the names of towns, capitals, accents and doubled letters are taken off, and no feature crosses a clause:
so none of them, nor the order of the clauses, can make anybody be heard less.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

Clause = tuple[str, ...]
Sentence = tuple[Clause, ...]
Text = tuple[Sentence, ...]

POLITE, TOWN, BEFORE_TOWN = "polite", "town", "before"  # what a stretch of words may be that changes nothing
LONGEST = 6  # words of a greeting or a town: Sint-Job-in-'t-Goor
SENTENCE_ENDS, CLAUSE_ENDS, CLAUSE_BEGINS = ".!?…", ',;:)]"»”“–—', '(["«“„–—'

Kinds = Callable[[Collection[str]], Mapping[str, Collection[str]]]  # what stretches of words are: POLITE, TOWN, BEFORE_TOWN


def listened_to(text: str, fold: Callable[[str], str], kinds: Kinds) -> Text:
    """Give the sentences, clauses and words of a text that count; `kinds` tells which stretches of words change nothing."""
    split = [[fold(clause).split() for clause in sentence] for sentence in _parted(text)]
    stretches = {" ".join(words) for sentence in split for clause in sentence for words in _windows(clause)}
    known = kinds(stretches) if stretches else {}
    sentences = (tuple(kept for clause in sentence if (kept := _counting(clause, known))) for sentence in split)
    return tuple(sentence for sentence in sentences if sentence)


def _parted(text: str) -> Iterator[list[str]]:
    """Cut a text into sentences of clauses, by the marks at the ends of its words and by its lines."""
    for line in text.splitlines():
        clauses: list[list[str]] = [[]]
        for word in line.split():
            if word[0] in CLAUSE_BEGINS and clauses[-1]:
                clauses.append([])
            clauses[-1].append(word)
            if word[-1] in SENTENCE_ENDS:
                yield [" ".join(clause) for clause in clauses]
                clauses = [[]]
            elif word[-1] in CLAUSE_ENDS:
                clauses.append([])
        yield [" ".join(clause) for clause in clauses]


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
            kinds = known.get(" ".join(words[start:end]), ())
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
    return "".join(letter for place, letter in enumerate(word) if not place or letter != word[place - 1])


def words_of(text: Text) -> list[str]:
    """Give all words of a text in their order."""
    return [word for sentence in text for clause in sentence for word in clause]
