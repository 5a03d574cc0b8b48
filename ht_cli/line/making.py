"""Makes `grammar.py` of Typer's own grammar: `python -m ht_cli.line.making`. A test holds that it is current."""

import sys
from pathlib import Path
from pprint import pformat
from typing import Any

import typer

from ht_cli.app import load_command, load_function
from ht_cli.roster import COMMANDS

TABLE = Path(__file__).with_name("grammar.py")
KINDS = {"str": "text", "text": "text", "int": "whole", "int range": "whole", "integer": "whole", "integer range": "whole",
         "float": "decimal", "float range": "decimal", "choice": "choice"}  # fmt: skip
HEAD = '''"""What each command takes. Made of the Typer app by `python -m ht_cli.line.making`; not to be edited by hand.

By command: its arguments (name, many, required, kind, limits), its options (name, many, kind, limits), and the variables
that give an option a value. A command or an option that is not here is left to Typer.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# fmt: off
'''


def table() -> str:
    """Give the text of `grammar.py` as the app is now."""
    commands = {name: read for name in COMMANDS if (read := _read(name))}
    return f"{HEAD}COMMANDS: dict[str, tuple[Any, ...]] = {pformat(commands, width=140, sort_dicts=False)}\n"


def _read(name: str) -> tuple[Any, ...] | None:
    """Give what a command takes; None where its function wants more than values."""
    arguments: list[tuple[Any, ...]] = []
    options: dict[str, tuple[Any, ...]] = {}
    variables: list[str] = []
    if typer.Context in load_function(name).__annotations__.values():  # which only Typer can make
        return None
    for parameter in load_command(name).params:
        if parameter.envvar:
            variables += [parameter.envvar] if isinstance(parameter.envvar, str) else parameter.envvar
        kind = _kind(parameter)
        if parameter.param_type_name == "argument":
            if not kind or (parameter.nargs not in (1, -1)):
                return None
            arguments.append((parameter.name, parameter.nargs == -1, parameter.required, *kind))
        elif kind and not parameter.expose_value:
            continue
        elif kind and kind[0] == "flag":
            options |= dict.fromkeys(parameter.opts, (parameter.name, False, "flag", True))
            options |= dict.fromkeys(parameter.secondary_opts, (parameter.name, False, "flag", False))
        elif kind and not parameter.required:
            options |= dict.fromkeys(parameter.opts, (parameter.name, parameter.multiple, *kind))
        elif parameter.required:
            return None
    return tuple(arguments), options, tuple(variables)


def _kind(parameter: Any) -> tuple[Any, ...] | None:
    """Give the kind and the limits of a parameter; None where Typer does more than to convert its value."""
    if parameter.callback or getattr(parameter, "prompt", None) or getattr(parameter, "count", False) or parameter.nargs not in (1, -1):
        return None
    if getattr(parameter, "is_flag", False):
        return ("flag", True)
    kind = KINDS.get(parameter.type.name)
    if kind == "choice":
        return (kind, tuple(parameter.type.choices)) if all(isinstance(choice, str) for choice in parameter.type.choices) else None
    if kind in ("whole", "decimal"):
        return (kind, (getattr(parameter.type, "min", None), getattr(parameter.type, "max", None)))
    return (kind, None) if kind else None


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
    sys.stdout.write(f"{TABLE.name}: {len(COMMANDS)} commands looked at\n")
