"""Says in the reader's language what Typer refuses: one sentence and the next step.

The copy of Click inside Typer writes its errors in English only. Loaded only when something was refused.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from ht_cli.errors import UsageError
from ht_cli.locale import translate as _

NEAR = 60  # of 100: a command that may have been meant


def refusal(error: Any, near: Sequence[str] = ()) -> UsageError:
    """Turn a usage error of Typer's into ours, exit code 2; `near` are the options that may have been meant, the nearest first."""
    context = error.ctx
    command = context.command_path if context is not None else "ht"
    return UsageError(f"{_sentence(error, near)}; {_('see: {command}').format(command=f'{command} --help')}")


def no_option_of_picker(option: str) -> UsageError:
    """Say that the picker takes words alone, and which command searches with the option."""
    unknown = _("there is no option {option}").format(option=option)
    return UsageError(f"{unknown}; {_('see: {command}').format(command='ht find --help')}")


def no_such_command(name: str, commands: Iterable[str]) -> UsageError:
    """Say that there is no such command, and which are near."""
    return UsageError(f"{_unknown_command(name, commands)}; {_('see: {command}').format(command='ht --help')}")


def no_command_to_explain(words: Sequence[str], commands: Iterable[str]) -> UsageError:
    """Say that help was asked for what is no command, and where somebody who wants help, not the help of a program, finds it."""
    offered = _("to look for help: {find}; where to begin: {guide}").format(find=f"ht find {' '.join(words)}", guide="ht guide")
    return UsageError(f"{_unknown_command(words[0], commands)}; {offered}; {_('see: {command}').format(command='ht --help')}")


def _unknown_command(name: str, commands: Iterable[str]) -> str:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    near = [command for command, _score, _position in extract(name, list(commands), scorer=ratio, limit=3, score_cutoff=NEAR)]
    unknown = _("there is no command {name}").format(name=name)
    return f"{unknown} ({_('near: {options}').format(options=', '.join(near))})" if near else unknown


def _sentence(error: Any, near: Sequence[str]) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        unknown = _("there is no option {option}").format(option=error.option_name)
        return f"{unknown} ({_('near: {options}').format(options=', '.join(near))})" if near else unknown
    if kind == "BadOptionUsage":
        text = _("{option} wants a value") if "require" in str(error.message) else _("{option} takes no value")
        return text.format(option=error.option_name)
    if kind == "MissingParameter":
        missing = _("{name} is missing").format(name=_name(error))
        return f"{missing} ({_wanted(error)})" if _choices(error) else missing
    if kind == "BadParameter":
        return f"{_name(error)}: {_wanted(error)}"
    return _("too many words: {words}").format(words=str(error.message).rpartition(" (")[2].rstrip(")."))


def _name(error: Any) -> str:
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name)


def _wanted(error: Any) -> str:
    wanted = getattr(error.param, "type", None)
    if choices := _choices(error):
        if _name(error) == "--how":  # which is understood in four languages
            return _("choose one of: {choices}").format(choices=_("phone, mail, site, visit"))
        return _("choose one of: {choices}").format(choices=", ".join(choices))
    low, high = getattr(wanted, "min", None), getattr(wanted, "max", None)
    name = getattr(wanted, "name", "")
    if name.startswith("int"):
        if low is not None and high is not None:
            return _("a whole number from {low} to {high} is wanted").format(low=low, high=high)
        return _("a whole number is wanted")
    if name.startswith("float"):
        return _("a number, not below {low}, is wanted").format(low=low) if low is not None else _("a number is wanted")
    return str(error.message)


def _choices(error: Any) -> list[str]:
    """Give the values that a parameter takes; none where it takes any."""
    choices = getattr(getattr(error.param, "type", None), "choices", None) or ()
    return [str(getattr(choice, "value", choice)) for choice in choices]
