"""The words of a command line up to the cursor → what is wanted there."""

from collections.abc import Mapping, Sequence

from ht_cli.completing.table import COMMAND, FILE, FLAG, FOLDER, TEXT, options_of, word_of
from ht_cli.roster import COMMANDS
from ht_cli.shapes import NamedTuple


class CursorPlace(NamedTuple):
    """Where the cursor stands: what is wanted there, what of it is typed, what stands before it in the same word, and the rest of the line.

    `command` is empty before there is one; `catalogue` is the one that the line names.
    """

    wanted: str
    typed: str
    before: str = ""
    command: str = ""
    catalogue: str | None = None

    @property
    def is_file_for_the_shell(self) -> bool:
        """Whether the name of a file or a folder is wanted that a shell completes itself: it does not where the name is joined to a short option."""
        return self.wanted in (FILE, FOLDER) and (not self.before or self.before.startswith("--"))


def place_at_cursor(words: Sequence[str]) -> CursorPlace:
    """Give what is wanted in place of the last word."""
    done, typed = (words[:-1], words[-1]) if words else ((), "")
    command, options, position = "", options_of(""), 0
    waiting, catalogue, ended = "", None, False
    for word in done:
        name, mark, value = word.partition("=")
        if waiting:
            waiting, name, value = "", waiting, word
        elif word == "--":
            ended = True
        elif word.startswith("-") and not ended:
            name = _meant(name, options)
            waiting = name if options.get(name, FLAG) != FLAG and not mark else ""
        elif not command:
            named = word if word in COMMANDS else _command_meant(word)
            command, position = named or "find", int(not named)
            options = options_of(command)
        else:
            position += 1
        catalogue = value if name == "--catalogue" and value else catalogue
    here = CursorPlace(TEXT, typed, "", command, catalogue)
    if waiting:
        return here._replace(wanted=options[waiting])
    if options.get(typed[:2], FLAG) != FLAG and typed[2:] and not ended:  # -cliege
        return here._replace(wanted=options[typed[:2]], typed=typed[2:], before=typed[:2])
    if typed.startswith("-") and not ended:
        name, mark, value = typed.partition("=")
        if not mark:
            return here._replace(wanted="option")
        return here._replace(wanted=options.get(_meant(name, options), TEXT), typed=value, before=name + mark)
    return here._replace(wanted=word_of(command, position) if command else COMMAND)


def _command_meant(word: str) -> str:
    from ht_cli.synonyms import command_meant  # wanted only for what is no command

    return command_meant(word)


def _meant(name: str, options: Mapping[str, str]) -> str:
    if name in options:
        return name
    from ht_cli.synonyms import options_meant  # wanted only for an option of another language

    return options_meant([name], options)[0]
