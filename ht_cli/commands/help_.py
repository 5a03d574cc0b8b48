"""`ht help`: how `ht` is used, or one of its commands; the same as `--help`."""

from __future__ import annotations

from ht_cli.locale import mark as _help
from ht_cli.roster import COMMANDS
from ht_cli.usage import no_such_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer


EXAMPLES = (_help("Examples: ht help · ht help find"),)


def help_(
    context: typer.Context,
    command: Annotated[str, typer.Argument(metavar="[COMMAND]", help=_help("The command; none for all of them."))] = "",
) -> None:
    """Say how ht, or one of its commands, is used."""
    if command and command not in COMMANDS:
        raise no_such_command(command, COMMANDS)
    program = context.find_root()
    program.command.main([*filter(None, [command]), "--help"], prog_name=program.info_name, standalone_mode=False)
