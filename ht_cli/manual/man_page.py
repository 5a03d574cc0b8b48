"""The man page ht(1), in the language that is spoken."""

from collections.abc import Iterable, Iterator

from ht_cli import __version__
from ht_cli.errors import AmbiguousError, CatalogueError, InvalidDataError, NotFoundError, UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.manual.reading import CommandPage, Parameter, command_page, general_options
from ht_cli.roster import FAMILIES

ABOUT = _help("Find mental-health help in Belgium: who serves this town, for this need, for this person.")
VARIABLES = {
    "HT_CATALOGUE": _help("The catalogue to read and to write, in place of your own."),
    "HT_LANG": _help("The language of what ht says: fr, nl, de or en."),
    "HT_BY": _help("Your initials, as the journal keeps them."),
    "HT_BROWSE": _help("With 0, ht alone opens no picker."),
    "HT_ACCESSIBLE": _help("With 1, plain lines for a screen reader."),
    "NO_COLOR": _help("Leaves out colour."),
    "PAGER": _help("The program through which long output goes."),
    "EDITOR": _help("The program in which --edit opens a record."),
}
STATUSES = {
    0: _help("It was done."),
    NotFoundError.exit_code: _help("Nothing was found."),
    UsageError.exit_code: _help("The line cannot be read, or the output cannot be written."),
    AmbiguousError.exit_code: _help("Several may be meant; they are named."),
    InvalidDataError.exit_code: _help("What was given breaks a rule; it says which."),
    CatalogueError.exit_code: _help("The catalogue, or the place of a sync, cannot be used; the way out is said."),
}


def man_page() -> str:
    """Give the source of the page, for man(1)."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield f'.TH HT 1 "" "ht {__version__}" "ht"'
    yield from _section(_("NAME"), [f"ht \\- {_text(_(ABOUT))}"])
    yield from _section(_("SYNOPSIS"), [_text(f"ht {_('[OPTIONS]')} {_('COMMAND …')}")])
    yield from _section(_("OPTIONS"), _items(general_options()))
    for family, commands in FAMILIES.items():
        yield from _section(_(family).upper(), (line for name in commands for line in _command(command_page(name))))
    yield from _section(_("ENVIRONMENT"), _items(Parameter(name, _(meaning)) for name, meaning in VARIABLES.items()))
    own = Parameter("~/.local/share/ht/resources.db", _("Your own catalogue, made at your first change; its backups are beside it."))
    yield from _section(_("FILES"), _items([own]))
    yield from _section(_("EXIT STATUS"), _items(Parameter(str(code), _(meaning)) for code, meaning in STATUSES.items()))
    yield from _section(_("SEE ALSO"), [_text("ht help · ht guide")])


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f'.SH "{_text(name)}"'
    yield from lines


def _command(page: CommandPage) -> Iterator[str]:
    yield f'.SS "{_text(page.usage)}"'
    yield _text(page.about)
    yield from _items((*page.arguments, *page.options))
    for example in page.examples:
        yield ".PP"
        yield _text(example)


def _items(taken: Iterable[Parameter]) -> Iterator[str]:
    for typed, meaning in taken:
        yield ".TP"
        yield f"\\fB{_text(typed)}\\fR"
        yield _text(meaning)


def _text(text: str) -> str:
    """Write a text so that man shows it letter for letter; a `.` or `'` at the head of a line would be a request."""
    written = (
        text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace('"', "\\(dq")
        .replace("'", "\\(aq")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti")
    )
    return f"\\&{written}" if written.startswith(".") else written
