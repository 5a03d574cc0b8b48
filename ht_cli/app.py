"""The Typer app: knows each command's name and line of help, loads it when it is asked for, catches HtError once.

Only the module of the command that runs is imported: that keeps the start fast.
"""

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ht_cli import __version__, locale
from ht_cli.errors import AmbiguousError, HtError
from ht_cli.roster import COMMANDS, function_name


def _(text: str) -> str:
    """Mark a line of help for translation; it is translated when it is shown."""
    return text


UsageRefused: Any = typer.BadParameter.__base__  # Click's UsageError, which Typer does not name
VALUES = {"str": _("TEXT"), "int": _("NUMBER"), "int range": _("NUMBER"), "path": _("FILE")}
SINGLE_COMMAND = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}


class _Translated:
    """Help whose fixed words ("Usage:", the line of --help) are in the reader's language too."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=locale.translate("Usage:") + " ")

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option --help."""
        option: Any = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = locale.translate("Show this message and exit.")
        return option


class Command(_Translated, TyperCommand):
    """One command."""


def load_command(name: str) -> Any:
    """Import a command by its name, its help in the reader's language."""
    single = typer.Typer(**SINGLE_COMMAND)  # type: ignore[arg-type]
    function = function_name(name)
    module = import_module(f"ht_cli.commands.{function}")
    single.command(name=name, cls=Command)(getattr(module, function))
    command: Any = typer.main.get_command(single)
    command.options_metavar = locale.translate("[OPTIONS]")
    command.help = "\n\n".join(locale.translate(line) for line in (COMMANDS[name], *getattr(module, "EXAMPLES", ())))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = locale.translate(parameter.help)
        if parameter.metavar is None and parameter.type.name in VALUES:
            parameter.metavar = locale.translate(VALUES[parameter.type.name])
    return command


class Commands(_Translated, TyperGroup):
    """The commands by name, each imported only when it runs or shows its own help."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Give the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Import a command, its help in the reader's language."""
        if cmd_name not in COMMANDS:
            from ht_cli.usage import no_such_command

            raise no_such_command(cmd_name, COMMANDS)
        return load_command(cmd_name)

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read what stands before the command's name."""
        alone = not args
        if alone and _opens_picker():
            args = ["browse"]
        try:
            return super().parse_args(ctx, args)
        except UsageRefused as error:
            if alone:  # `ht` alone shows the help
                raise
            raise _said(_refusal(error)) from error

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands without importing them."""
        with formatter.section(locale.translate("Commands")):
            formatter.write_dl([(name, locale.translate(text)) for name, text in COMMANDS.items()])

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what is expected to go wrong becomes one sentence and an exit code."""
        try:
            outcome = super().invoke(ctx)
            _say_newer_release(ctx.invoked_subcommand)
            return outcome
        except HtError as error:
            raise _said(error) from error
        except UsageRefused as error:
            raise _said(_refusal(error)) from error


def _opens_picker() -> bool:
    from ht_cli.commands.browse import why_not

    return not why_not()


def _say_newer_release(command: str | None) -> None:
    if command in ("upgrade", "completion"):
        return
    from ht_cli.catalogue.opening import newer_release

    version = newer_release()
    if version:
        from ht_cli.output.terminal import note

        note(locale.translate("Release {version} is here; your own catalogue is older. To bring it in, keeping what you changed: ht upgrade").format(version=version))  # fmt: skip


def _refusal(error: Exception) -> HtError:
    from ht_cli.usage import refusal

    return refusal(error)


def _said(error: HtError) -> typer.Exit:
    """Say what went wrong, with the candidates where there are some, and give the way out."""
    from ht_cli.output.terminal import note

    note(f"ht: {error}")
    for candidate in error.candidates if isinstance(error, AmbiguousError) else ():
        note(f"  {candidate}")
    return typer.Exit(error.exit_code)


app = typer.Typer(cls=Commands, **SINGLE_COMMAND)  # type: ignore[arg-type]


def _show_version(asked: bool) -> None:
    if asked:
        from ht_cli.output.terminal import write

        write([f"ht {__version__}\n"])
        raise typer.Exit


@app.callback(no_args_is_help=True)
def ht(
    catalogue: Annotated[str | None, typer.Option(metavar="FILE", help=_("Read this catalogue instead of the bundled one."))] = None,
    locale_: Annotated[str | None, typer.Option("--locale", metavar="fr|nl|de|en", help=_("Language of what ht says."))] = None,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_show_version, help=_("Print the version."))] = False,
) -> None:
    """Find mental-health help in Belgium: who serves this town, for this need, for this person."""
    if catalogue:
        os.environ["HT_CATALOGUE"] = catalogue


def main() -> None:
    """Run `ht` on the command line of this process."""
    arguments = sys.argv[1:]
    locale.activate(arguments, os.environ)
    command = typer.main.get_command(app)
    command.help = locale.translate(command.help or "")
    command.options_metavar, command.subcommand_metavar = locale.translate("[OPTIONS]"), locale.translate("COMMAND …")  # type: ignore[attr-defined]
    for parameter in command.params:
        parameter.help = locale.translate(getattr(parameter, "help", "") or "")  # type: ignore[attr-defined]
    command.main(prog_name="ht")
