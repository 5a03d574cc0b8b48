"""Fits the help that Click lays out to the window: no option and no id is broken at its hyphens, and no word by a narrow terminal."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ht_cli.output.terminal import width, wrapped

WIDEST = 80  # columns that are easy to read
NARROW = 52  # columns under which Click would lay out for as many all the same, and long names leave little beside them
LEAST = 24
MARGIN = 2
NAMES, NARROW_NAMES = 30, 12  # columns of the names beside which their meaning stands; under a longer one it takes lines of its own
WHOLE = "\N{NON-BREAKING HYPHEN}"  # in place of a hyphen while lines are broken


def laid_out(formatter: Any, write: Callable[[Any], None]) -> str:
    """Give what is written with a formatter of Click, which is made to fit the window before."""
    formatter.width = min(max(width(), LEAST), WIDEST) - MARGIN
    formatter.write_text = partial(_write_text, formatter.write_text)
    formatter.write_dl = partial(_write_meanings, formatter.write_dl, formatter.width)
    write(formatter)
    page: str = formatter.getvalue()
    return page.replace(WHOLE, "-").rstrip("\n")


def _write_text(write: Callable[[str], None], text: str) -> None:
    write(text.replace("-", WHOLE))


def _write_meanings(write: Callable[..., None], columns: int, rows: Sequence[tuple[str, str]]) -> None:
    """Write names and their meanings; a name that is longer than the window is broken between what one may choose."""
    whole = [(_broken(name, columns), meaning.replace("-", WHOLE)) for name, meaning in rows]
    write(whole, col_max=NARROW_NAMES if width() < NARROW else NAMES)


def _broken(name: str, columns: int) -> str:
    if len(name) + MARGIN <= columns:
        return name
    return "\n".join(wrapped(name.replace("|", "| "), columns - MARGIN, then=" " * 2 * MARGIN)).replace("| ", "|")
