"""`python -m ht_cli.locale.gathering`: for who translates. Gathers what ht says, with where it is said, and adds what is new to each language.

Nothing is taken out and nothing moves, so that two people can translate at a time. dist/ht.pot is the whole, for a translator's program.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from ht_cli.locale import AVAILABLE, DIRECTORY, DOMAIN

PACKAGE = Path(DIRECTORY).parent
MARKED = {"_": 1, "_help": 1, "translate": 1, "_n": 2}  # what is called around a sentence, and how many forms of it are given


def gathered() -> Catalog:
    """Give each sentence of the package once, in the order of the modules, with the modules that say it."""
    catalog = Catalog(project="ht", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        for sentence in _sentences(path) if path.suffix == ".py" else _in_template(path) if path.suffix in (".jinja", ".j2") else ():
            catalog.add(sentence, locations=[(path.relative_to(PACKAGE.parent).as_posix(), 1)])
    return catalog


def _in_template(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for _line, _function, sentence, _comments in babel_extract(file, ("_",), (), {}):
            if isinstance(sentence, str):
                yield sentence


def _sentences(path: Path) -> Iterator[str | tuple[str, ...]]:
    """Give what a module says, also inside an f-string."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            forms = [given.value for given in node.args[: MARKED.get(name, 0)] if isinstance(given, ast.Constant)]
            texts = tuple(text for text in forms if isinstance(text, str))
            if texts and len(texts) == MARKED[name]:
                yield texts if len(texts) > 1 else texts[0]


def add_new(path: Path, said: Catalog) -> tuple[list[Message], list[Message]]:
    """Add to the end of a .po file what it has no entry for; give what waits to be translated, and what it holds and nothing says."""
    with path.open("rb") as file:
        known = read_po(file)
    new = [message for message in said if message.id and message.id not in known]
    with path.open("a", encoding="utf-8") as file:
        file.writelines(_entry(message, known.num_plurals) for message in new)
    waiting = [message for message in known if message.id and not _is_said(message)]
    return [*waiting, *new], [message for message in known if message.id and message.id not in said]


def _is_said(message: Message) -> bool:
    return bool(message.string and all(message.string)) if isinstance(message.string, tuple | list) else bool(message.string)


def _entry(message: Message, plurals: int) -> str:
    places = " ".join(sorted({place for place, _line in message.locations}))
    if isinstance(message.id, str):
        return f'\n#: {places}\nmsgid {_quoted(message.id)}\nmsgstr ""\n'
    one, many = message.id
    forms = "".join(f'msgstr[{form}] ""\n' for form in range(plurals))
    return f"\n#: {places}\nmsgid {_quoted(one)}\nmsgid_plural {_quoted(many)}\n{forms}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def gather() -> None:
    """Write dist/ht.pot, bring the languages up to date, and say how each stands."""
    said = gathered()
    template = PACKAGE.parent / "dist" / f"{DOMAIN}.pot"
    template.parent.mkdir(exist_ok=True)
    with template.open("wb") as file:
        write_po(file, said, width=0, include_lineno=False, omit_header=False)
    for language in AVAILABLE:
        waiting, unsaid = add_new(PACKAGE / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po", said)
        sys.stdout.write(f"{language}: {len(waiting)} to translate, {len(unsaid)} that nothing says any more\n")
        sys.stdout.writelines(f"  – {message.id}\n" for message in unsaid)


if __name__ == "__main__":
    gather()
