"""Reads phone numbers as people write them: several in one cell, pairs, extensions, labels; each is kept, or refused by name."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ht_cli.catalogue.facts.records import Record, e164, national
from ht_cli.errors import InvalidDataError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple

LONGEST_SHORT = len("116 123")
LONGEST_RUN = 500  # characters of digits and marks without a word between them: thirty numbers
MOST_PIECES = 20  # pieces of one number: the fifteen digits of E.164, each alone, and what is dialled before them
_OR = re.compile(r"[;\n\r]|,|&|\s(?:et|ou|en|of|und|oder|and|or)\s", re.IGNORECASE)
_NOTE = re.compile(r"\(([^()]*[^\W\d_][^()]*)\)")  # brackets that hold a word: (accueil), and not (0) or (081)
_EXTENSION = re.compile(
    r"(?<![^\W\d_])(?:int(?:erne?)?|ext(?:ension)?|poste?|toestel|tst|apparat|app|durchwahl|dw|nst|x|#)\s*[.:]?\s*\d{1,5}(?!\d)",
    re.IGNORECASE,
)
_NAMES_OF_A_PHONE = re.compile(r"(?:t[ée]l(?:[ée]phone|efoon|efon)?|phone|t|n°|nr|no|num[ée]ro|nummer|number)\b[.:]?", re.IGNORECASE)
_RUN = re.compile(r"\+?[\d(][\d\s./()+–—‑-]*")
_WORD = re.compile(r"[^\W\d_]")
_BETWEEN = re.compile(r"\s+[/–—‑-]\s+")
_LAST_OF_A_WORD = re.compile(r"[^\W\d_](?=\s*[/–—‑-])")
_BEFORE_A_NUMBER = re.compile(r"\s*[/–—‑-]?\s*(?=[+\d(])")
_MARK = re.compile(r"\s*[/–—‑-]\s*|\s+")


class _Read(NamedTuple):
    """A number in E.164 or as it is dialled, and the words that stood beside it."""

    number: str
    label: str


def read_phones(text: str) -> list[Record]:
    """Give the phones of a text, in their order, each once; words beside a number are its label, in the language spoken.

    Raises InvalidDataError, naming each part of it that is no number.
    """
    found: dict[str, str] = {}
    refused: list[str] = []
    for piece in (part for written in _pieces(text) for part in _labelled_apart(written)):
        read = _read(piece)
        if not read:
            refused.append(piece)
        for number, label in read:
            found[number] = found.get(number) or label
    if refused or not found:
        said = ", ".join(_("“{text}”").format(text=piece[:60]) for piece in refused or [text])
        raise InvalidDataError(
            _("phones: there is no number {number}; write 04 342 12 12, +32 4 342 12 12, or a short number").format(number=said)
        )
    return [{"number": number, **({"label": {languages()[0]: label}} if label else {})} for number, label in found.items()]


def phones_of(row: Record) -> list[Record]:
    """Give the phones of one entry of a record whose number stands as somebody wrote it; what else the entry says holds for each.

    Raises InvalidDataError like `read_phones`.
    """
    written = row.get("number")
    if not isinstance(written, str):
        return [row]  # said by the checks
    return [{**phone, **{part: value for part, value in row.items() if part != "number" and value}} for phone in read_phones(written)]


def replaced(phones: Sequence[Record], old: str, new: str) -> list[Record]:
    """Give phones with one number in place of another: its label, its hours and its place stay.

    Raises InvalidDataError when there is no such number, or not one new one.
    """
    (was, *further), (becomes, *more) = read_phones(old), read_phones(new)
    there = [phone["number"] for phone in phones]
    if further or was["number"] not in there:
        raise InvalidDataError(
            _("phones: “{text}” is not in it; it holds: {there}").format(text=old, there=", ".join(map(national, there)) or "–")
        )
    if more:
        raise InvalidDataError(_("phones: one number takes the place of one; add the others with: --add-phone"))
    return [{**phone, **becomes} if phone["number"] == was["number"] else phone for phone in phones if phone["number"] != becomes["number"] or phone["number"] == was["number"]]  # fmt: skip


def _pieces(text: str) -> Iterator[str]:
    """Cut a text where a mark or a word stands between numbers, and not within brackets."""
    start = depth = 0
    marks = {mark.start(): mark.end() for mark in _OR.finditer(text)}
    for position, character in enumerate(text):
        depth = max(0, depth + (character == "(") - (character == ")"))
        if position in marks and depth == 0 and position >= start:
            if text[start:position].strip():
                yield text[start:position].strip()
            start = marks[position]
    if text[start:].strip():
        yield text[start:].strip()


def _labelled_apart(piece: str) -> Iterator[str]:
    """Cut a piece behind each label that stands directly behind a number and before another one: it belongs to the first alone."""
    ends = {found.end() for said in (_NOTE, _EXTENSION, _LAST_OF_A_WORD) for found in said.finditer(piece)}
    for end in sorted(ends):
        further = _BEFORE_A_NUMBER.match(piece, end)
        if further and _read(piece[:end]) and _read(piece[further.end() :]):
            yield piece[:end]
            yield from _labelled_apart(piece[further.end() :])
            return
    yield piece


def _read(piece: str) -> list[_Read]:
    """Give the numbers of a piece; none when anything in it would be lost."""
    notes = _NOTE.findall(piece)
    if any(_number(run.strip()) for note in notes for run in _RUN.findall(note) if len(run.strip()) > LONGEST_SHORT):
        return []  # a number that only a label held would never be dialled
    rest = _NOTE.sub(" ", piece)
    extensions = [found.strip() for found in _EXTENSION.findall(rest)]
    rest = _EXTENSION.sub(" ", rest)
    run = _RUN.search(rest)
    if not run or len(run[0]) > LONGEST_RUN:
        return []
    words = [_NAMES_OF_A_PHONE.sub("", part).strip(" :.,-–/") for part in (rest[: run.start()], rest[run.end() :])]
    if any(character.isdigit() for word in words for character in word):
        return []
    numbers = _numbers(run[0].strip(" ./–—-"))
    beside = [word for word in words if _WORD.search(word)]
    if beside and any(re.fullmatch(r"\d{4}", number) for number in numbers):
        return []  # 1700 Dilbeek is a postcode and its town
    if len(words) != len(beside) and any(set(word) - set("()") for word in words if word and word not in beside):
        return []
    label = ", ".join([*beside, *map(str.strip, notes), *extensions])
    return [_Read(number, label) for number in numbers]


def _numbers(run: str) -> list[str]:
    """Give the numbers of a run of digits and marks: one, several whole ones, or pairs such as 081 22 33 44/45."""
    apart = [_number(part) for part in _BETWEEN.split(run)]
    if len(apart) > 1 and all(apart):  # 107 / 04 342 12 12 are two, though a number of Wavre begins so
        return apart
    whole = _number(run)
    pair = re.fullmatch(r"(.*\d)\s*[/–—‑-]\s*(\d{1,3})", run)
    if pair and not _number(pair[2]) and (not whole or whole.startswith("+32")):
        head = _numbers(pair[1])
        ending = _ending(head, pair[2])
        if ending:
            return [*head, ending]
    return [whole] if whole else _parted(run)


def _ending(numbers: Sequence[str], digits: str) -> str:
    """Give the number that differs from the last one in its last digits only; nothing when there is none."""
    if not numbers or not numbers[-1].startswith("+"):
        return ""
    return _number(numbers[-1][: -len(digits)] + digits)


def _parted(run: str) -> list[str]:
    """Give the fewest whole numbers that a run is made of, cut at its marks; none when something would be left over."""
    tokens = [token for token in _MARK.split(run) if token]
    best: list[list[str] | None] = [[]] + [None] * len(tokens)
    for end in range(1, len(tokens) + 1):
        for start in range(max(0, end - MOST_PIECES), end):
            before, number = best[start], _number(" ".join(tokens[start:end]))
            if before is not None and number and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = [*before, number]
    return best[-1] or []


@lru_cache(maxsize=4096)  # a run is cut in many ways that share their pieces
def _number(text: str) -> str:
    try:
        return e164(text)
    except ValueError:
        return ""
