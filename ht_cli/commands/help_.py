"""`ht help`: how `ht` is used, or one of its commands; the same as `--help`."""

from __future__ import annotations

from ht_cli.commands._danger import warn_of_refused
from ht_cli.errors import UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.roster import COMMANDS
from ht_cli.usage import no_command_to_explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import NoPagerOption


EXAMPLES = (_help("Examples: ht help · ht help find"),)


def help_(
    context: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(metavar="[COMMAND]", help=_help("The command; none for all of them."))] = None,
    no_pager: NoPagerOption = False,
) -> None:
    """Say how ht, or one of its commands, is used."""
    asked, *more = command or [""]
    if asked and not more and asked.lower() not in COMMANDS:
        asked = _said_as(asked)
    if asked and asked.lower() not in COMMANDS:
        warn_of_refused([asked, *more])
        raise no_command_to_explain([asked, *more], COMMANDS)
    if more:
        raise UsageError(_("too many words: {words}").format(words=" ".join(more)))
    program = context.find_root()
    program.command.main([*filter(None, [asked.lower()]), "--help"], prog_name=program.info_name, standalone_mode=False)


def _said_as(word: str) -> str:
    """Give the command that a word of another language names, and say so; the word itself where it names none."""
    from ht_cli.output.terminal import note
    from ht_cli.synonyms import command_meant  # wanted only here

    meant = command_meant(word)
    if meant:
        note(_("understood: {command}").format(command=f"ht help {meant}"))
    return meant or word
