"""Runs a command, whoever read its line: what is expected to go wrong becomes one sentence and an exit code."""

from __future__ import annotations

import os
from contextlib import contextmanager
from importlib import import_module

from ht_cli import locale
from ht_cli.errors import AmbiguousError, HtError, OwnCatalogueError, UsageError
from ht_cli.line.reading import readable
from ht_cli.roster import GOING_ON, function_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from ht_cli.line.reading import Line

SILENT_ON_RELEASES = ("upgrade", "completion")


def function_of(command: str) -> Any:
    """Import the function that is a command."""
    function = function_name(command)
    return getattr(import_module(f"ht_cli.commands.{function}"), function)


def run_line(line: Line) -> int:
    """Run a command whose line is read already, and give its exit code."""
    function = function_of(line.command)
    takes = function.__code__.co_varnames[: function.__code__.co_argcount]
    pager = not line.values.get("no_pager") if "no_pager" in takes else None
    values = readable(line.command, line.values)
    try:
        run_command(line.command, lambda: function(**values), pager)
    except HtError as error:
        return say_fault(error)
    return 0


def require_spoken(command: str, language: str | None) -> None:
    """Require that a language that is asked for is one that `ht` speaks; who looks for help is told so and answered all the same.

    Raises UsageError.
    """
    if language is None or locale.is_spoken(language):
        return
    said = f"--locale: {locale.translate('choose one of: {choices}').format(choices=', '.join(locale.AVAILABLE))}"
    if command not in GOING_ON:
        raise UsageError(said)
    from ht_cli.output.terminal import note

    note(said)


def run_command(command: str, work: Callable[[], Any], pager: bool | None) -> Any:
    """Do the work of a command; who looks for help is answered whatever became of their own catalogue.

    `pager` says whether long output goes through one; None for a command that does not choose.
    """
    try:
        outcome = _worked(work, pager)
    except OwnCatalogueError as error:
        if command not in GOING_ON:
            raise
        with _bundled_instead(error):
            outcome = _worked(work, pager)
    if command not in SILENT_ON_RELEASES:
        _say_newer_release()
    return outcome


def say_fault(error: HtError) -> int:
    """Say what went wrong, with the candidates where there are some, and give the exit code."""
    from ht_cli.output.terminal import note, say_what_waits

    say_what_waits()
    note(f"ht: {error}")
    for candidate in error.candidates if isinstance(error, AmbiguousError) else ():
        note(f"  {candidate}")
    return error.exit_code


def _worked(work: Callable[[], Any], pager: bool | None) -> Any:
    if pager is None:
        return work()
    from ht_cli.output.terminal import paged

    with paged(pager):
        return work()


@contextmanager
def _bundled_instead(error: OwnCatalogueError) -> Iterator[None]:
    """Read the bundled catalogue for a while, and say why."""
    from ht_cli.output.terminal import note
    from ht_cli.paths import CATALOGUE_VARIABLE, bundled_catalogue

    note(f"ht: {error}")
    note(locale.translate("The catalogue that came with ht is read instead, without what was changed in yours."))
    before = os.environ.get(CATALOGUE_VARIABLE)
    os.environ[CATALOGUE_VARIABLE] = bundled_catalogue()
    try:
        yield
    finally:
        os.environ.pop(CATALOGUE_VARIABLE)
        if before is not None:
            os.environ[CATALOGUE_VARIABLE] = before


def _say_newer_release() -> None:
    from ht_cli.catalogue.facts.opening import newer_release

    version = newer_release()
    if version:
        from ht_cli.output.terminal import note

        note(locale.translate("Release {version} is here; your own catalogue is older. To bring it in, keeping what you changed: ht upgrade").format(version=version))  # fmt: skip
