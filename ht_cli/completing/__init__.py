"""What a shell offers at Tab; asked at each press, so it loads neither Typer nor a command.

A shell hands over the words of the line up to the cursor, the last of them begun, and is given whole words in its place, each with a note
behind a tab where there is one. `bash`, which cannot take a line apart without running what stands in it, hands over the line.
"""

import os
from collections.abc import Sequence

from ht_cli import locale
from ht_cli.cleaning import in_characters
from ht_cli.completing.candidates import Offered, candidates
from ht_cli.completing.line import place_at_cursor
from ht_cli.completing.table import FOLDER
from ht_cli.errors import CatalogueError
from ht_cli.output.terminal import write

OF_A_FILE, OF_A_FOLDER = 1, 2  # by which the shell knows what it is to complete itself


def offer(words: Sequence[str]) -> int:
    """Print what may stand in place of the last word, one a line, and give 0; 1 where it is the name of a file, which the shell knows, 2 of a folder."""
    found = _found(words)
    if isinstance(found, int):
        return found
    write(f"{candidate.text}\t{candidate.note}\n" if candidate.note else f"{candidate.text}\n" for candidate in found)
    return 0


def offer_in_bash(line: str) -> int:
    """Do the same for a line of bash up to the cursor: what is printed is quoted, and takes the place of what bash takes for the word."""
    from ht_cli.completing.bash import read_line

    read = read_line(line)
    found = _found(read.words[1:])
    if isinstance(found, int):
        return found
    write(f"{read.written(candidate.text)}\n" for candidate in found)
    return 0


def _found(words: Sequence[str]) -> list[Offered] | int:
    """Give what may stand there, nothing where the catalogue cannot be read, and for a file or a folder the code that says so."""
    locale.activate(words[:-1], os.environ)
    place = place_at_cursor(words)
    if place.is_file_for_the_shell:
        return OF_A_FOLDER if place.wanted == FOLDER else OF_A_FILE
    try:
        return candidates(place._replace(typed=in_characters(place.typed)))
    except CatalogueError:
        return []
