"""What the manual says of each command, as `--help` says it, in the language that is spoken."""

from typing import Any

import typer

from ht_cli.app import app, load_command
from ht_cli.locale import translate
from ht_cli.shapes import NamedTuple


class Parameter(NamedTuple):
    """An argument or an option as it is typed, and what it is for."""

    typed: str
    meaning: str


class CommandPage(NamedTuple):
    """One command: its line of usage, what it does, its examples, and what it takes."""

    name: str
    usage: str
    about: str
    examples: tuple[str, ...]
    arguments: tuple[Parameter, ...]
    options: tuple[Parameter, ...]


def command_page(name: str) -> CommandPage:
    """Read one command off the app."""
    command = load_command(name)
    context = typer.Context(command, info_name=f"ht {name}")
    about, *examples = str(command.help).split("\n\n")
    taken = [(parameter.param_type_name, _record(parameter, context)) for parameter in command.params if parameter.help]
    return CommandPage(
        name,
        " ".join([f"ht {name}", *command.collect_usage_pieces(context)]),
        about,
        tuple(examples),
        tuple(record for kind, record in taken if kind == "argument"),
        tuple(record for kind, record in taken if kind == "option"),
    )


def general_options() -> tuple[Parameter, ...]:
    """Read what may stand before the name of a command."""
    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="ht")
    records = [_record(parameter, context) for parameter in command.params]
    return tuple(record._replace(meaning=translate(record.meaning)) for record in records)


def _record(parameter: Any, context: typer.Context) -> Parameter:
    typed, meaning = parameter.get_help_record(context)
    return Parameter(typed.strip(), meaning.strip())
