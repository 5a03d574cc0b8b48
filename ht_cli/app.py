"""The Typer app: knows each command's name and line of help, loads it when it is asked for, catches HtError once.

Only the module of the command that runs is imported: that keeps the start fast.
"""

import gettext
import inspect
import os
import re
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ht_cli import __version__, locale, options
from ht_cli.cleaning import in_characters
from ht_cli.errors import HtError
from ht_cli.line.reading import readable
from ht_cli.locale import mark as _
from ht_cli.roster import COMMANDS, FAMILIES
from ht_cli.running import function_of, require_spoken, run_command, say_fault

UsageRefused: Any = typer.BadParameter.__base__  # Click's UsageError, which Typer does not name
VALUES = {"str": "TEXT", "int": "NUMBER", "int range": "NUMBER", "path": "FILE"}  # what stands for a value, by its type
STANDING_FOR = (  # a value, in capitals, in the names that the commands give; whatever is not among them is the same in every language
    _("TEXT"), _("NUMBER"), _("FILE"), _("VALUE"), _("FIELD"), _("DATE"), _("PLACE"), _("WORDS"), _("TOPIC"), _("CHANGE"), _("WHICH"), _("COMMAND"),
    _("AREA"), _("MOMENT"), _("OTHER"),
)  # fmt: skip
_PAGED = "ht.paged"  # whether long help goes through the pager
SINGLE_COMMAND = {
    "add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}  # fmt: skip


class _Translated:
    """Help whose fixed words ("Usage:", the line of --help) are in the reader's language too."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the arguments; help, which comes before them, looks whether the pager is wanted."""
        ctx.meta[_PAGED] = "--no-pager" not in args
        return super().parse_args(ctx, args)  # type: ignore[misc]

    def get_help(self, ctx: Any) -> str:
        """Give the help as wide as the window."""
        from ht_cli.output.help_page import laid_out  # wanted only here

        return laid_out(ctx.make_formatter(), lambda formatter: self.format_help(ctx, formatter))  # type: ignore[attr-defined]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=locale.translate("Usage:") + " ")

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option --help."""
        option: Any = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help, option.callback = locale.translate("Show this message and exit."), _show_help
        return option


def _show_help(context: Any, _option: Any, asked: bool) -> None:
    """Show the help and end; on a terminal through the pager where it is longer than the window."""
    if not asked or context.resilient_parsing:
        return
    from ht_cli.output.terminal import paged, write

    with paged(context.meta[_PAGED]):
        write([f"{context.get_help()}\n"])
    context.exit()


class Command(_Translated, TyperCommand):
    """One command; what it prints goes through the pager where it has the option not to."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read its arguments, the options in any of the four languages."""
        known, typed = self._options(), list(args)  # Click takes words out of `args`
        if any(argument.startswith("--") and argument.partition("=")[0] not in known for argument in args):
            from ht_cli.synonyms import options_meant  # wanted only here

            args = options_meant(args, known, town_is_word=self._names_town_without_option())
            locale.activate(args, os.environ)  # --locale, as people of another language type it
            give_click_its_words()
        if "--how" in known:
            from ht_cli.synonyms import ways_meant

            args = ways_meant(args)
        try:
            return super().parse_args(ctx, args)
        except UsageRefused as error:
            from ht_cli.commands._danger import warn_of_refused  # as much as a search, wanted only where nothing is done

            warn_of_refused(typed)
            error.ctx = error.ctx or ctx  # Click forgets the command of an option without its value
            raise

    def takes(self, option: str) -> bool:
        """Say whether it has an option, by a name in any of the four languages."""
        from ht_cli.synonyms import options_meant

        return options_meant([option], self._options())[0] in self._options()

    def _names_town_without_option(self) -> bool:
        return self.name == "browse" or any(parameter.name == "place" for parameter in self.params)

    def _options(self) -> set[str]:
        return {option for parameter in self.params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}

    def invoke(self, ctx: Any) -> Any:
        """Run it as every command is run."""
        paths = [str(parameter.name) for parameter in self.params if parameter.type.name == "path"]
        ctx.params = readable(str(self.name), ctx.params, paths)
        pager = not ctx.params["no_pager"] if "no_pager" in ctx.params else None
        require_spoken(str(self.name), ctx.params.get("locale"))
        return run_command(str(self.name), lambda: super(Command, self).invoke(ctx), pager)


def load_function(name: str) -> Any:
    """Import the function of a command, what its annotations name put into them: the command itself imports none of it."""
    function = function_of(name)
    function.__annotations__ = inspect.get_annotations(function, locals=vars(options), eval_str=True)
    return function


def load_command(name: str) -> Any:
    """Import a command by its name, its help in the reader's language."""
    single = typer.Typer(**SINGLE_COMMAND)  # type: ignore[arg-type]
    function = load_function(name)
    single.command(name=name, cls=Command)(function)
    command: Any = typer.main.get_command(single)
    command.options_metavar = locale.translate("[OPTIONS]")
    examples = getattr(sys.modules[function.__module__], "EXAMPLES", ())
    command.help = "\n\n".join(locale.translate(line) for line in (COMMANDS[name], *examples))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = locale.translate(parameter.help)
        stands_for = parameter.metavar or VALUES.get(parameter.type.name)
        parameter.metavar = stands_for and _in_readers_language(stands_for)
    return command


def _in_readers_language(name: str) -> str:
    """Give what stands for a value in the reader's language: FIELD=VALUE, [WORDS…]."""
    return re.sub("[A-Z]+", lambda word: locale.translate(word[0]) if word[0] in STANDING_FOR else word[0], name)


class CommandGroup(_Translated, TyperGroup):
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
        if not args and _opens_picker():
            args = ["browse"]
        try:
            return super().parse_args(ctx, list(args))
        except UsageRefused as error:
            option = getattr(error, "option_name", "")
            if option and load_command("find").takes(option):
                position = next(number for number, argument in enumerate(args) if argument.partition("=")[0] == option)
                return super().parse_args(ctx, [*args[:position], *_understood(["find", *args[position:]])])
            raise typer.Exit(say_fault(_refusal(error))) from error

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Give the command that is named; words that name none, nor are one with a letter wrong, are what somebody looks for."""
        if args[0] in COMMANDS:
            return super().resolve_command(ctx, args)
        from ht_cli.slips import line_meant

        return super().resolve_command(ctx, _understood(line_meant(args, ctx.params.get("catalogue"))))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands by what they are for, without importing them."""
        for family, commands in FAMILIES.items():
            with formatter.section(locale.translate(family)):
                formatter.write_dl([(name.ljust(max(map(len, COMMANDS))), locale.translate(text)) for name, text in commands.items()])

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what is expected to go wrong becomes one sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except HtError as error:
            raise typer.Exit(say_fault(error)) from error
        except UsageRefused as error:
            raise typer.Exit(say_fault(_refusal(error))) from error


def _opens_picker() -> bool:
    from ht_cli.commands.browse import why_not

    return not why_not()


def _understood(line: list[str]) -> list[str]:
    """Say as which line what was typed is understood, a search after the lines of its danger, and give that line."""
    from ht_cli.output.terminal import note, note_after_danger

    say = note_after_danger if line[:1] == ["find"] else note
    say(locale.translate("understood: {command}").format(command=in_characters(" ".join(["ht", *line]))))
    return line


def _refusal(error: Exception) -> HtError:
    from ht_cli.synonyms import options_near
    from ht_cli.usage import no_option_of_picker, refusal

    context, option = getattr(error, "ctx", None), getattr(error, "option_name", "")
    if context is not None and context.command.name == "browse" and option and load_command("find").takes(option):
        return no_option_of_picker(option)
    parameters = context.command.params if context is not None and type(error).__name__ == "NoSuchOption" else []
    known = {name for parameter in parameters for name in (*parameter.opts, *parameter.secondary_opts)}
    return refusal(error, options_near(option, known) if known else ())


app = typer.Typer(cls=CommandGroup, **SINGLE_COMMAND)  # type: ignore[arg-type]


def _show_version(asked: bool) -> None:
    if asked:
        from ht_cli.output.terminal import write

        write([f"ht {__version__}\n"])
        raise typer.Exit


@app.callback(invoke_without_command=True)
def ht(
    context: typer.Context,
    catalogue: Annotated[str | None, typer.Option(metavar="FILE", help=_("Read this catalogue instead of the bundled one."))] = None,
    locale_: Annotated[
        str | None, typer.Option("--locale", metavar="|".join(locale.AVAILABLE), help=_("Language of what ht says."))
    ] = None,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_show_version, help=_("Print the version."))] = False,
) -> None:
    """Find mental-health help in Belgium: who serves this town, for this need, for this person."""
    require_spoken(str(context.invoked_subcommand or "find"), locale_)
    if catalogue:  # the same as after the command
        os.environ["HT_CATALOGUE"] = catalogue
        context.default_map = {str(context.invoked_subcommand): {"catalogue": catalogue}}
    if context.invoked_subcommand is None:
        from ht_cli.output.answers import say_first_steps  # 10 ms, wanted only by somebody who types nothing

        say_first_steps()
        raise typer.Exit(2)


def give_click_its_words() -> None:
    """Let Click, inside Typer, say its own words in the reader's language: it asks gettext."""
    os.environ["LANGUAGE"] = locale.languages()[0]
    gettext.bindtextdomain(locale.DOMAIN, locale.DIRECTORY)
    gettext.textdomain(locale.DOMAIN)


def main() -> None:
    """Run `ht` on the command line of this process."""
    arguments = sys.argv[1:]
    locale.activate(arguments, os.environ)
    give_click_its_words()
    command = typer.main.get_command(app)
    command.help = locale.translate(command.help or "")
    command.options_metavar, command.subcommand_metavar = locale.translate("[OPTIONS]"), locale.translate("COMMAND …")  # type: ignore[attr-defined]
    for parameter in command.params:
        parameter.help = locale.translate(getattr(parameter, "help", "") or "")  # type: ignore[attr-defined]
        parameter.metavar = parameter.metavar and _in_readers_language(parameter.metavar)
    try:
        command.main(prog_name="ht")
    except HtError as error:  # of a callback, before there is a command to run
        sys.exit(say_fault(error))
