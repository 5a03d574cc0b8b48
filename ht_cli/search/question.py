"""A question taken apart: its tokens, and the stretches of them that mean something."""

from collections.abc import Collection, Mapping

from ht_cli.search.text import fold
from ht_cli.shapes import NamedTuple

MOST_WORDS = 2_000  # some four pages; a text of hostile length is read so far, and that it was cut is said
_PARTS_WORDS = dict.fromkeys(map(ord, "/,;:!?()[]{}&+|<>="), " ")  # what a hyphen or an apostrophe does not
ENDS_A_CLAUSE = ",;:!?)"
LETTERS_OF_AN_ABBREVIATION = range(2, 7)
FEW_WORDS = 6  # a question in which each word counts: what of it was not understood is named
SMALL_WORDS = ("stop", "before", "between", "number")  # kinds of forms without a meaning of their own


class Span(NamedTuple):
    """Tokens (as a bit mask) read in one way: `kind` is concept, place, abroad, age, name, stop or unknown."""

    tokens: int
    kind: str
    terms: tuple[tuple[str, str], ...] = ()  # (kind, ref) of the forms
    shown: str = ""
    edits: int = 0
    risky: bool = False
    value: int = -1
    moved_first: bool = False  # the correction changed the first letter

    @property
    def start(self) -> int:
        """The position of the first token."""
        return (self.tokens & -self.tokens).bit_length() - 1

    @property
    def end(self) -> int:
        """The position behind the last token."""
        return self.tokens.bit_length()

    @property
    def length(self) -> int:
        """How many tokens it explains."""
        return self.tokens.bit_count()

    @property
    def gaps(self) -> int:
        """How many tokens it leaves out between its first and its last."""
        return self.end - self.start - self.length


AND = frozenset(("et", "and", "en", "und"))
BUT = frozenset(("but", "maar", "mais", "aber"))


class Reading:
    """The tokens of a question with their spellings (as typed first) and what each window may mean."""

    def __init__(self, tokens: list[str], raw: list[str], typed: list[str], words: list[int], cut: int = 0) -> None:
        self.tokens = tokens
        self.raw = raw
        self.typed = typed  # the whole word of which each token is a part: 24/7
        self.words = words  # the first of the tokens that are joined with each by hyphens and apostrophes
        self.cut = cut  # words that were left unread
        self.listened_to = len(tokens)  # how many words are heard: greetings and towns are none of them
        self.capitals: set[int] = set()  # those typed with a capital behind the first word, and not all in capitals
        self.abbreviations: set[str] = set()  # tokens typed in a few capitals: VDIP, CKG
        self.spellings: list[list[tuple[str, int]]] = []
        self.spans: list[Span] = []
        self.cues: set[int] = set()  # positions of words such as "à", "in", "près", and of "de", "van" after them
        self.homes: set[int] = set()  # positions behind words such as "woont in", where the town stands in which somebody lives
        self.paired: set[int] = set()  # first positions of two towns of which one is near the other
        self.telling: set[int] = set()  # the second of them, which only tells where the first is
        self.led_to: set[int] = set()  # positions of a word that is also a town behind a preposition of place
        self.weak_cues: set[int] = set()  # positions of words such as "de", "van" on their own
        self.mourned: set[int] = set()  # positions of words for somebody who died
        self.ordinary_here: set[str] = set()  # words that mean a term in other languages, and nothing in the one spoken
        self.counting: set[int] = set()  # positions of numbers that count something: 3 enfants
        self.other_senses: set[int] = set()  # positions of words that mean nothing here, though they do elsewhere: "er sucht"
        self.plain: set[str] = set()  # words for a person, a unit or what is counted: understood, though they ask for nothing
        self.shunned: set[int] = set()  # positions of words that name what somebody fears, refuses or has tried
        self.excepted: set[str] = set()  # names of places in which no help is looked for
        self.said: set[int] = set()  # positions of words for a need or a person, and of ages
        self.apart: set[int] = set()  # positions of a word that is also a town and stands between telling ones alone, as towns do
        self.note = False  # in telegraph style, about somebody of an age
        self.weights: list[int] = []  # of each token as a known word, -1 where it is none
        self.languages: frozenset[str] = frozenset()  # those that all of its known words are of
        self.known: set[int] = set()
        self.ordinary: set[int] = set()  # words of a language spoken that tell nothing here
        self.small: set[int] = set()  # positions of words without meaning of their own
        self.empty: set[int] = set()  # those of them that are neither a unit nor a cue: "meer", "mal"

    def sure_towns(self) -> list[Span]:
        """Give the spans that are a place as typed, and no word of a language too."""
        return [span for span in self.spans if span.kind == "place" and not span.edits and not span.risky]

    def tells_something(self, beside: Collection[str] = ()) -> bool:
        """Say whether any word has a meaning of its own, those of `beside` not counted: "il y a quelqu'un ?" has none."""
        return any(
            token not in beside and (position not in self.small or position in self.said) for position, token in enumerate(self.tokens)
        )

    def past_small_words(self, position: int, *, most: int | None = None, wanted: Collection[str] = ()) -> int:
        """Give the last position before this one that holds no small word, or one that is wanted; -1 where there is none.

        Of small words at most so many are passed; without `most`, all.
        """
        before = position - 1
        while before in self.small and self.tokens[before] not in wanted and (most is None or position - before <= most):
            before -= 1
        return before

    def clause_ends_before(self, position: int) -> bool:
        """Say whether a comma or the like stands before a word: what it parts is no name of two words."""
        return self.words[position] != self.words[position - 1] and self.typed[position - 1][-1:] in ENDS_A_CLAUSE

    def clauses(self, but: Collection[str] = ()) -> list[range]:
        """Give the positions of each clause; a word of `but` begins another one."""
        size = len(self.tokens)
        starts = [0, *(position for position in range(1, size) if self.clause_ends_before(position) or self.tokens[position] in but)]
        return [range(start, end) for start, end in zip(starts, [*starts[1:], size], strict=True)]

    def without(self, positions: Collection[int]) -> str:
        """Give the question as it was typed but for some words, its clauses still parted."""
        kept: list[str] = []
        for position, typed in enumerate(self.raw):
            if position not in positions:
                kept.append(typed)
            elif kept and self.typed[position][-1:] in ENDS_A_CLAUSE:
                kept[-1] += self.typed[position][-1:]
        return " ".join(kept)


def part_read(text: str) -> str:
    """Give what is read of a text: all of it, or its first words where it is of hostile length."""
    words = text.split()
    return text if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS])


def tokenize(text: str, contractions: Mapping[str, str] | None = None) -> Reading:
    """Split a question into folded tokens, the typed spelling kept beside each.

    `contractions` are words that stand for several, as people speak and type short messages: jme is "je me", gonna "going to".
    """
    words = text.split()
    tokens: list[str] = []
    raw: list[str] = []
    typed: list[str] = []
    positions: list[int] = []
    capitals: set[int] = set()
    for word in words[:MOST_WORDS]:
        opened = (contractions or {}).get(fold(word), word)
        parts = [part for part in fold(opened).split() if any(map(str.isalnum, part))]
        if tokens and word.istitle():
            capitals.add(len(tokens))
        tokens += parts
        raw += [word.lower() if len(parts) == 1 else part for part in parts]
        typed += [word.lower()] * len(parts)
        for piece in opened.translate(_PARTS_WORDS).split():
            positions += [len(positions)] * sum(any(map(str.isalnum, part)) for part in fold(piece).split())
    reading = Reading(tokens, raw, typed, positions, max(len(words) - MOST_WORDS, 0))
    reading.capitals = capitals
    typed_so = [word.strip(f"{ENDS_A_CLAUSE}(.") for word in words[:MOST_WORDS]]
    if len(words) == 1 or not text.isupper():  # in a question of capitals they tell nothing
        reading.abbreviations = {
            fold(word) for word in typed_so if word.isupper() and word.isalpha() and len(word) in LETTERS_OF_AN_ABBREVIATION
        }
    return reading
