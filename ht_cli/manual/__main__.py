"""`python -m ht_cli.manual`: lay the man pages, docs/commands.md and the completion scripts where they belong in a checkout."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ht_cli import locale
from ht_cli.app import give_click_its_words
from ht_cli.commands.completion import SCRIPTS, Shell
from ht_cli.manual.man_page import man_page
from ht_cli.manual.markdown import commands_page

ROOT = Path(__file__).parents[2]
SHARE = Path("shipping", "share")  # as it is laid under /usr or a prefix
COMPLETIONS = {
    Shell.bash: "bash-completion/completions/ht",
    Shell.zsh: "zsh/site-functions/_ht",
    Shell.fish: "fish/vendor_completions.d/ht.fish",
}


def files() -> Iterator[tuple[Path, str]]:
    """Give each file of the manual, by its path in a checkout, with its text."""
    for shell, path in COMPLETIONS.items():
        yield SHARE / path, SCRIPTS[shell]
    for language in locale.AVAILABLE:
        locale.activate(["--locale", language], {})
        give_click_its_words()
        folder = Path("man", "man1") if language == "en" else Path("man", language, "man1")
        yield SHARE / folder / "ht.1", man_page()
        if language == "en":
            yield Path("docs", "commands.md"), commands_page()


def lay() -> None:
    """Write the files that are not current."""
    for path, text in files():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"
    lay()
