"""Notices letters that a program has read in another encoding than they were written in: `dÃ©duite` for `déduite`.

A spreadsheet that opens UTF-8 as Windows-1252, Mac Roman or the code page of DOS makes two or three signs of each letter with an
accent, and saves them. No text of the four languages holds such a pair of signs.
"""

import re
from functools import cache

WRONGLY_READ_AS = ("cp1252", "mac_roman", "cp850")
# What texts of the four languages hold beyond ASCII: the letters and signs of Latin-1, œ, quotes, dashes, the sign of the euro.
_USUAL = "".join(map(chr, range(0xA0, 0x100))) + "œŒŸ‘’‚“”„–—…•‹›€\u202f"
_A_WORD = re.compile("[À-ÖØ-öø-ÿ]+")  # a run that a word in capitals may hold, such as ÔÇÜ, tells nothing by itself


def mended(text: str) -> str:
    """Give a text as it was before its letters were read wrongly; nothing where none was."""
    if text.isascii():
        return ""
    right, pattern = _wrong_signs()
    runs = [run[0] for run in pattern.finditer(text)]
    if all(map(_A_WORD.fullmatch, runs)):
        return ""
    return pattern.sub(lambda run: right[run[0]], text)


@cache
def _wrong_signs() -> tuple[dict[str, str], re.Pattern[str]]:
    """Give the letter that each run of wrong signs was, and what finds those runs."""
    right: dict[str, str] = {}
    for encoding in WRONGLY_READ_AS:
        right |= {_read_as(encoding, letter): letter for letter in _USUAL} | right
    return right, re.compile("|".join(map(re.escape, sorted(right, key=len, reverse=True))))


def _read_as(encoding: str, letter: str) -> str:
    """Give what a program sees for a letter: a byte that the encoding does not know is the character of its number."""
    return "".join(_sign(encoding, byte) for byte in letter.encode())


def _sign(encoding: str, byte: int) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)
