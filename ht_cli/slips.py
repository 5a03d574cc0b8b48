"""Tells a command with one letter wrong from a question whose first word is like one: "ado anxieux", "ma fille", "man 47".

A question must never be refused because it begins like a command: what follows decides, and the vocabulary. Loaded only where
the first word of a line is no command.
"""

import re
from collections.abc import Sequence

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.cleaning import in_characters
from ht_cli.completing.candidates import FIXED
from ht_cli.completing.table import COMMAND, FILE, options_of, word_of
from ht_cli.errors import CatalogueError
from ht_cli.model import Query
from ht_cli.paths import bundled_catalogue
from ht_cli.roster import COMMANDS
from ht_cli.search.reading import read_question
from ht_cli.search.text import fold, key
from ht_cli.synonyms import options_meant, topic_meant
from ht_cli.usage import no_such_command

TELLING = 2  # weight from which a known word is one of the vocabulary; names and everyday words weigh less
_A_FILE = re.compile(r"\.[A-Za-z]\w{1,6}$|^[.~]?[\\/]|://")
_NO_PLACE = {"places": (), "homonyms": (), "abroad": ""}


def line_meant(arguments: Sequence[str], catalogue: str | None) -> list[str]:
    """Give the line that is meant by one whose first word is no command: the command in small letters, or a search.

    Raises UsageError where it is a command with one letter wrong; where its words speak of danger it is said first whom to call.
    """
    first, rest = in_characters(arguments[0]).lower(), list(arguments[1:])
    if first in COMMANDS:
        return [first, *rest]
    near = _near(first)
    if not near:
        return ["find", *arguments]
    try:
        return _judged(arguments, first, near, catalogue)
    except CatalogueError:  # words are the same in the one that came with ht; the search says what is wrong with the other
        return _judged(arguments, first, near, bundled_catalogue())


def _judged(arguments: Sequence[str], first: str, near: Sequence[str], catalogue: str | None) -> list[str]:
    rest = list(arguments[1:])
    with open_catalogue(catalogue) as connection:
        slip = Slip(first, near, rest, Lexicon(connection))
        if not slip.known and "find" in near and rest:
            return ["find", *rest]
        if not (slip.sure or (not slip.known and slip.likely)):
            return ["find", *arguments]
    from ht_cli.commands._danger import warn_of_refused  # as much as a search, wanted only where nothing is searched

    warn_of_refused(arguments, catalogue)
    raise no_such_command(first, COMMANDS)


class Slip:
    """The first word of a line, the commands that it is within one letter of, and what follows it."""

    def __init__(self, first: str, near: Sequence[str], rest: Sequence[str], lexicon: Lexicon) -> None:
        """Look at a line."""
        self.lexicon = lexicon
        self._first, self._near, self._rest = first, near, rest
        self._words = [in_characters(word) for word in rest if not word.startswith("-")]
        self._wanted = {word_of(command, 0).removesuffix("…") for command in near}

    @property
    def known(self) -> bool:
        """Whether it is a word of the vocabulary: one that is in a term, a town or a phrase."""
        return any(known.weight >= TELLING for known in self.lexicon.known_words(fold(self._first).split()).values())

    @property
    def sure(self) -> bool:
        """Whether only one of the commands can be meant: what follows is an id, a file, or an option that a search does not have."""
        if any(_takes(command, word) and not _takes("find", word) for command in self._near for word in self._rest if word.startswith("-")):
            return True
        first = self._words[0] if self._words else ""
        if "id" in self._wanted and self.lexicon.numbers_of([first.lower()]):
            return True
        return FILE in self._wanted and bool(_A_FILE.search(first))

    @property
    def likely(self) -> bool:
        """Whether a word that is unknown is likelier one of the commands than the beginning of a question."""
        if not self._words or "words" in self._wanted:
            return True
        text, first = " ".join(self._words), self._words[0]
        if "id" in self._wanted and any(shape == "whole" for _number, _key, shape in self.lexicon.named([key(text)])):
            return True
        if (COMMAND in self._wanted and first in COMMANDS) or any(topic_meant(first) in FIXED.get(wanted, ()) for wanted in self._wanted):
            return True
        asked = read_question(text, self.lexicon)
        if "area" in self._wanted and _is_place_alone(asked):
            return True
        return not (asked.facets or asked.names or self.lexicon.ordinary_words([fold(self._first)]))


def _near(word: str) -> list[str]:
    from rapidfuzz.distance import OSA

    return [command for command in COMMANDS if OSA.distance(word, command) <= 1]


def _takes(command: str, option: str) -> bool:
    known = options_of(command)
    return options_meant([option.partition("=")[0]], known)[0] in known


def _is_place_alone(query: Query) -> bool:
    return bool(query.places) and not query._replace(**_NO_PLACE).facets  # type: ignore[arg-type]
