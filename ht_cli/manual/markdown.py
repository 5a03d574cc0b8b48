"""docs/commands.md: every command with what it takes, for who reads on a site."""

from collections.abc import Iterable, Iterator

from ht_cli.manual.reading import CommandPage, Parameter, command_page, general_options
from ht_cli.roster import FAMILIES

HEAD = """# Every command

Made of the app by `python -m ht_cli.manual`, and not edited by hand: the same as `ht COMMAND --help`. In the four languages it is the
man page, `man ht`.
"""


def commands_page() -> str:
    """Give the text of docs/commands.md, in English."""
    return "\n".join([HEAD, "Before the name of a command may stand:\n", *_table(general_options()), *_families()])


def _families() -> Iterator[str]:
    for family, commands in FAMILIES.items():
        yield f"## {family}\n"
        for name in commands:
            yield from _command(command_page(name))


def _command(page: CommandPage) -> Iterator[str]:
    yield f"### ht {page.name}\n"
    yield f"{page.about}\n"
    yield f"```\n{page.usage}\n```\n"
    yield from _table((*page.arguments, *page.options))
    yield from (f"{example}\n" for example in map(_example, page.examples))


def _table(taken: Iterable[Parameter]) -> Iterator[str]:
    rows = [f"| `{_cell(typed)}` | {_cell(meaning)} |" for typed, meaning in taken]
    if rows:
        yield "\n".join(["| what | meaning |", "|---|---|", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _example(text: str) -> str:
    """Set the lines of an example as code: "Examples: ht find … · ht find …"."""
    head, mark, lines = text.partition(": ht ")
    return f"{head}: " + " · ".join(f"`{line}`" for line in f"ht {lines}".split(" · ")) if mark else text
