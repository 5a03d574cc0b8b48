"""What a shell offers at Tab: asked at each key press, so it loads Typer only for the names of options."""

import sqlite3
from collections.abc import Iterator, Sequence

from ht_cli.catalogue.candidates import complete_cities, complete_ids, complete_terms
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.errors import CatalogueError
from ht_cli.output.terminal import write
from ht_cli.roster import COMMANDS

FIXED = {
    "--format": ("table", "records", "tsv", "csv", "json", "jsonl", "ids"), "--locale": ("fr", "nl", "de", "en"),
    "--language": ("fr", "nl", "de", "en"), "terms": ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "cities"),
    "completion": ("bash", "zsh", "fish"), "sheet --format": ("text", "html", "markdown", "pdf", "sms", "eml", "vcard"),
}  # fmt: skip
TERMS = {
    "--need": "needs",
    "-n": "needs",
    "--audience": "audiences",
    "-a": "audiences",
    "--offer": "offers",
    "--kind": "kinds",
    "-k": "kinds",
    "--channel": "channels",
}


def list_candidates(words: Sequence[str]) -> None:
    """Print, one a line, what may stand in place of the last word; nothing when the catalogue cannot be read."""
    current, before = (words[-1], words[:-1]) if words else ("", ())
    try:
        with open_catalogue() as connection:
            write(f"{candidate}\n" for candidate in _candidates(connection, before, current))
    except CatalogueError:
        return


def _candidates(connection: sqlite3.Connection, before: Sequence[str], current: str) -> Iterator[str]:
    if not before:
        yield from (command for command in COMMANDS if command.startswith(current))
        return
    command, last = before[0], before[-1]
    if last in TERMS:
        yield from complete_terms(connection, TERMS[last], current)
    elif last in ("--city", "-c") or (command in ("networks", "urgent") and not current.startswith("-")):
        yield from complete_cities(connection, current)
    elif f"{command} {last}" in FIXED:
        yield from (value for value in FIXED[f"{command} {last}"] if value.startswith(current))
    elif last in FIXED and (last.startswith("-") or len(before) == 1):
        yield from (value for value in FIXED[last] if value.startswith(current))
    elif current.startswith("-"):
        yield from (option for option in _options(command) if option.startswith(current))
    elif command == "help":
        yield from (name for name in COMMANDS if name.startswith(current))
    elif command == "guide":
        from ht_cli.guide import TOPICS  # wanted only here

        yield from (topic for topic in TOPICS if topic.startswith(current))
    elif command in ("show", "open", "update", "remove", "verify", "history", "doctor", "sheet"):
        yield from complete_ids(connection, current)
    elif command == "find" and current:
        yield from (*complete_cities(connection, current), *complete_terms(connection, "needs", current))


def _options(command: str) -> Iterator[str]:
    """Give the long options of a command, as the command itself names them."""
    if command not in COMMANDS:
        return
    from ht_cli.app import load_command

    for parameter in load_command(command).params:
        yield from (option for option in (*parameter.opts, *parameter.secondary_opts) if option.startswith("--"))
    yield "--help"
