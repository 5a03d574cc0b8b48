"""Which release of the data is newer: its version is the year and the month, 2026.11, and a third number for another one in that month.

The version of the code (`ht_cli.__version__`) goes its own way: the same program reads many releases of the data.
"""

import re

_NUMBERED = re.compile(r"\d{1,9}(?:\.\d{1,9})*", re.ASCII)


def is_newer(version: str, than: str) -> bool:
    """Compare two versions by their numbers: 2026.11 is newer than 2026.9, and everything than what is no version."""
    return _numbers(version) > _numbers(than)


def month_of(version: str) -> str:
    """Give the month that a version of the data names as 2026-11; empty for what is none."""
    year, month, *_more = (*_numbers(version), 0, 0)
    return f"{year:04}-{month:02}" if month else ""


def _numbers(version: str) -> tuple[int, ...]:
    """Give the numbers of a version without zeros at its end: 2026.11.0 is 2026.11; none of a text of another form."""
    if not _NUMBERED.fullmatch(version):
        return ()
    numbers = [int(number) for number in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
