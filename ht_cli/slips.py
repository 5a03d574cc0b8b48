"""Tells a command with one letter wrong, or of another language, from a question whose first word is like one: "ado anxieux", "ma fille", "man 47".

A question must never be refused because it begins like a command: what follows decides, and the vocabulary. Loaded only where
the first word of a line is no command.
"""

import re
from collections.abc import Sequence

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.cleaning import in_characters
from ht_cli.completing.candidates import FIXED
from ht_cli.completing.table import COMMAND, FILE, FLAG, options_of, word_of
from ht_cli.errors import CatalogueError
from ht_cli.model import Query
from ht_cli.paths import bundled_catalogue
from ht_cli.roster import COMMANDS
from ht_cli.search.reading import read_question
from ht_cli.search.text import fold, key
from ht_cli.synonyms import command_meant, options_meant, topic_meant
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
    translated = command_meant(first)
    near = [translated] if translated else _near(first)
    if not near:
        return ["find", *arguments]
    judged = _translated if translated else _judged
    try:
        return judged(arguments, first, near, catalogue)
    except CatalogueError:  # words are the same in the one that came with ht; the search says what is wrong with the other
        return judged(arguments, first, near, bundled_catalogue())


def _translated(arguments: Sequence[str], first: str, near: Sequence[str], catalogue: str | None) -> list[str]:
    """Give the line that is meant by one whose first word names a command in another language: that command, or a search of all words.

    It is a search where what follows is not what the command takes ("carte bancaire volée"), and where the word belongs to a danger
    that is not heard without it ("suche den Tod").
    """
    command, rest = near[0], list(arguments[1:])
    with open_catalogue(catalogue) as connection:
        slip = Slip(first, near, rest, Lexicon(connection))
        meant = slip.searches_without_the_verb if command == "find" else slip.followed_as_a_command_is
        if meant and command == "help" and not rest:
            from ht_cli.commands._danger import warn  # as much as a search, wanted only where somebody may call for help

            warn(read_question(first, slip.lexicon), slip.lexicon)
    return [command, *rest] if meant else ["find", *arguments]


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
    def searches_without_the_verb(self) -> bool:
        """Whether the words after a verb such as "trouve" speak of as much danger as with it."""
        levels = [read_question(" ".join(words), self.lexicon).danger.level for words in ([self._first, *self._words], self._words)]
        return levels[0] != "alarm" or levels[1] == "alarm"

    @property
    def followed_as_a_command_is(self) -> bool:
        """Whether what follows is what the command takes, and nothing else: nothing, a place, an id, a topic, and options that it has."""
        if not all(_takes(command, word) for command in self._near for word in self._rest if word.startswith("-")):
            return False
        words = self._words_beside_options()
        if not words:
            return "id" not in self._wanted
        if COMMAND in self._wanted:
            return words[1:] == [] and (words[0].lower() in COMMANDS or bool(command_meant(words[0].lower())))
        text = " ".join(words)
        if "id" in self._wanted:
            whole = any(shape == "whole" for _number, _key, shape in self.lexicon.named([key(text)]))
            return whole or all(self.lexicon.numbers_of([word.lower()]) for word in words)
        if "area" in self._wanted:
            return _is_place_alone(read_question(text, self.lexicon))
        networks = self._near == ["terms"] and command_meant(words[0].lower()) == "networks"  # no topic: there it is said where they are
        return networks or any(topic_meant(words[0]) in FIXED.get(wanted, ()) for wanted in self._wanted)

    def _words_beside_options(self) -> list[str]:
        """Give the words that are no values of an option."""
        words, waiting = [], False
        known = options_of(self._near[0])
        for word in self._rest:
            if word.startswith("-"):
                waiting = "=" not in word and known.get(options_meant([word], known)[0], FLAG) != FLAG
            elif waiting:
                waiting = False
            else:
                words.append(in_characters(word))
        return words

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
    return bool(query.places) and not query.names and not query._replace(**_NO_PLACE).facets  # type: ignore[arg-type]
